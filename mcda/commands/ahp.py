"""Show what pairwise judgements say, how consistent they are, and which ones disturb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from mcda.commands.chosen import known
from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.engine.ahp import (
    Disturbance,
    GroupPriorities,
    JudgementNoise,
    Priorities,
    disturbing,
    group_priorities,
    judgement_matrix,
    judgement_noise,
)
from mcda.engine.ahp.consistency import RANDOM_INDEX
from mcda.engine.problem import Array
from mcda.errors import CommandError, Fault, NotApplicable
from mcda.report import numbers
from mcda.report.answer import together
from mcda.report.grid import Column, Table, Value
from mcda.report.manifest import manifest_of_file
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.model import Title
from mcda.study.pairwise import read_judgements
from mcda.words import say

METHODS = ("eigenvector", "geometric")
GROUPS = ("AIJ", "AIP")
ALIKE = 1e-9  # weights closer than this are equal


def ahp(
    source: str,
    *,
    method: str,
    random_index: str,
    how: str,
    draws: int,
    seed: int,
    study: Path | None,
    command: str,
    lang: str,
) -> Output:
    """Work out the weights of every judge and of all together."""
    method = known(method, METHODS, "method")
    random_index = known(random_index, RANDOM_INDEX, "random index")
    how = known(how, GROUPS, "way of merging")
    labels, judges, titles, notice, record = _read(source, study, lang, command)
    group = group_priorities(
        judges.values(), how=how, method=method, random_index=random_index, labels=labels
    )
    everyone = dict(zip(judges, group.members, strict=True))
    whole = group.merged
    if len(judges) > 1:
        everyone[say("cli.ahp.merged", lang)] = whole
    worst = disturbing(whole.matrix, method=method, random_index=random_index, labels=labels)
    noise = _noise(whole, method, draws, seed)
    said = _sentences(source, group, whole, noise, titles, lang)
    shown = [_weights(everyone, group, labels, titles), _consistency(everyone)]
    if worst:
        shown.append(_disturbing(worst, titles))
    notices = [notice, *(note.text(lang) for member in group.members for note in member.notes)]
    data = {
        **_group_record(group, labels, how),
        "judges": {name: _record(item) for name, item in everyone.items()},
        "disturbing": [_disturbance(item) for item in worst],
        "noise": None if noise is None else _noise_record(noise, labels),
        "manifest": record,
    }
    return Output(
        data=data, sentences=said, tables=tuple(shown), notices=tuple(dict.fromkeys(filter(None, notices)))
    )


def _group_record(group: GroupPriorities, labels: tuple[str, ...], how: str) -> dict[str, object]:
    """Give what the judges say together; how, and how far they agree, where there are several."""
    several = len(group.members) > 1
    return {
        "weights": dict(zip(labels, group.weights.tolist(), strict=True)),
        "how": how if several else None,
        "consensus": group.consensus if several else None,
    }


def _read(
    source: str, study: Path | None, lang: str, command: str
) -> tuple[tuple[str, ...], Mapping[str, Array], Callable[[str], str], str, object]:
    """Read judgements from a CSV file, or from a scenario of a study: names, matrices, titles, notice, manifest."""
    if source.endswith(".csv"):
        labels, found = read_judgements(Path(source))
        matrices = {judge or Path(source).stem: matrix for judge, matrix in found.items()}
        return labels, matrices, lambda key: key, "", manifest_of_file(Path(source), command=command)
    opened, notice = open_study(study, lang)
    if not source.endswith((".yaml", ".yml")):
        source = known(source, scenario_keys(opened), "scenario")
    scenario = read_scenario(opened, source)
    if not scenario.weights.judgements:
        raise CommandError([Fault(code="fault.no_judgements", values={"found": source})])
    labels = tuple(criterion.key for criterion in opened.criteria)
    judges = {
        " ".join(part for part in (profile, coding) if part): judgement_matrix(
            labels, [(j.first, j.second, j.ratio) for j in judgements]
        )
        for profile, codings in scenario.weights.judgements.items()
        for coding, judgements in codings.items()
    }
    titles = {criterion.key: criterion.title.get(lang) for criterion in opened.criteria}
    path = opened.scenario_folder / f"{scenario.key}.yaml"
    record = manifest_of_file(path if path.is_file() else Path(source), command=command)
    return labels, judges, lambda key: titles.get(key, key), notice, record


def _noise(whole: Priorities, method: str, draws: int, seed: int) -> JudgementNoise | None:
    """Draw the judgements anew; None where they contradict each other nowhere and so show no noise."""
    try:
        return judgement_noise(whole.matrix, draws=draws, seed=seed, method=method, labels=whole.labels)
    except NotApplicable:
        return None


def _sentences(
    source: str,
    group: GroupPriorities,
    whole: Priorities,
    noise: JudgementNoise | None,
    title: Callable[[str], str],
    lang: str,
) -> tuple[str, ...]:
    top = int(group.weights.argmax())
    first = title(group.labels[top])
    said = [_largest(Path(source).stem, group, title, lang)]
    if len(whole.weights) < 3:
        said.append(say("cli.ahp.trivial", lang))
    else:
        code = "cli.ahp.passes" if whole.consistent else "cli.ahp.fails"
        index = {"index": numbers.amount(whole.random_index), "source": whole.random_index_source}
        said.append(say(code, lang, ratio=numbers.score(whole.consistency_ratio), limit=whole.threshold, **index))
    if len(group.members) > 1:
        word = say(group.consensus_word, lang)
        count, consensus = len(group.members), numbers.share(group.consensus)
        values = {"consensus": consensus, "word": word, "how": say(f"cli.ahp.{group.how}", lang)}
        said.append(say("cli.ahp.consensus", lang, count=count, **values))
    if noise is None:
        said.append(say("cli.ahp.no_noise", lang))
    else:
        ends = {"low": numbers.share(float(noise.low[top])), "high": numbers.share(float(noise.high[top]))}
        factor = float(np.exp(noise.sigma))
        said.append(say("cli.ahp.noise", lang, first=first, factor=factor, draws=noise.draws, seed=noise.seed, **ends))
    return tuple(said)


def _largest(judge: str, group: GroupPriorities, title: Callable[[str], str], lang: str) -> str:
    """Say what weighs most; several things may."""
    most = float(group.weights.max())
    names = [title(label) for label, weight in zip(group.labels, group.weights, strict=True) if most - weight < ALIKE]
    values = {"judge": judge, "first": together(names, lang), "weight": numbers.share(most)}
    if len(names) == 1:
        return say("cli.ahp.largest", lang, **values)
    return say("cli.ahp.equal" if len(names) == len(group.labels) else "cli.ahp.largest_tied", lang, **values)


def _weights(
    everyone: Mapping[str, Priorities], group: GroupPriorities, labels: tuple[str, ...], title: Callable[[str], str]
) -> Table:
    """Tabulate the weights, one row for each judge and one for all together."""
    rows: list[tuple[Value, ...]] = [(name, *item.weights.tolist()) for name, item in everyone.items()]
    if len(everyone) > 1:
        rows[-1] = (rows[-1][0], *group.weights.tolist())
    columns = [Column(key=label, heading=Title(en=title(label)), kind="share") for label in labels]
    return Table(
        title_key="cli.ahp.weights",
        columns=(Column(key="judge", heading="cli.head.judge"), *columns),
        rows=tuple(rows),
    )


def _consistency(everyone: Mapping[str, Priorities]) -> Table:
    """Tabulate how far each judge contradicts itself, with the source of the random index."""
    return Table(
        title_key="cli.ahp.consistency",
        columns=(
            Column(key="judge", heading="cli.head.judge"),
            Column(key="lambda_max", heading="cli.head.lambda_max", kind="amount"),
            Column(key="consistency_ratio", heading="cli.head.consistency_ratio", kind="score"),
            Column(key="random_index", heading="cli.head.random_index", kind="amount"),
            Column(key="random_index_source", heading="cli.head.source"),
            Column(key="geometric_consistency_index", heading="cli.head.gci", kind="score"),
        ),
        rows=tuple(
            (
                name,
                item.lambda_max,
                item.consistency_ratio,
                item.random_index,
                item.random_index_source,
                item.geometric_consistency_index,
            )
            for name, item in everyone.items()
        ),
    )


def _disturbing(worst: tuple[Disturbance, ...], title: Callable[[str], str]) -> Table:
    """Tabulate the judgements that disturb most, with the value that would fit and what it would do."""
    return Table(
        title_key="cli.ahp.disturbing",
        columns=(
            Column(key="first", heading="cli.head.first_thing"),
            Column(key="second", heading="cli.head.second_thing"),
            Column(key="judged", heading="cli.head.judged", kind="amount"),
            Column(key="fits", heading="cli.head.fits", kind="amount"),
            Column(key="ratio_after", heading="cli.head.ratio_after", kind="score"),
        ),
        rows=tuple((title(d.first), title(d.second), d.judged, d.fits, d.ratio_after) for d in worst),
    )


def _record(item: Priorities) -> dict[str, object]:
    return {
        "weights": dict(zip(item.labels, item.weights.tolist(), strict=True)),
        "lambda_max": item.lambda_max,
        "consistency_index": item.consistency_index,
        "consistency_ratio": item.consistency_ratio,
        "consistent": item.consistent,
        "random_index": item.random_index,
        "random_index_source": item.random_index_source,
        "geometric_consistency_index": item.geometric_consistency_index,
        "missing": item.missing,
    }


def _disturbance(item: Disturbance) -> dict[str, object]:
    return {
        "first": item.first,
        "second": item.second,
        "judged": item.judged,
        "fits": item.fits,
        "consistency_ratio_before": item.ratio_before,
        "consistency_ratio_after": item.ratio_after,
    }


def _noise_record(noise: JudgementNoise, labels: tuple[str, ...]) -> dict[str, object]:
    return {
        "sigma": noise.sigma,
        "draws": noise.draws,
        "seed": noise.seed,
        "covered": noise.covered,
        "low": dict(zip(labels, noise.low.tolist(), strict=True)),
        "high": dict(zip(labels, noise.high.tolist(), strict=True)),
        "largest": dict(zip(labels, noise.first_share.tolist(), strict=True)),
        "standard_error": dict(zip(labels, noise.standard_error.tolist(), strict=True)),
    }
