"""Find what would have to change before an alternative came first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case
from mcda.commands.words import spoken
from mcda.flips import TIMES, ScoreFlip, ScoreFlips, score_flips
from mcda.report import answer, numbers
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.ledger import ALTERNATIVE, CRITERION, SUBCRITERION
from mcda.report.manifest import manifest
from mcda.sensitivity.flip import NORMS, distance_to_losing, smallest_change
from mcda.sensitivity.reach import SmallestChange
from mcda.study.model import Title
from mcda.study.names import titles
from mcda.study.scenario import Case
from mcda.words import say

SHOWN = 10  # single scores; those within their ranges are all shown


def flip(
    alternative: str,
    *,
    scenario: str | None,
    norm: str,
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Answer for the weights and for single scores; for the present winner, how far it is from losing."""
    norm = known(norm, NORMS, "norm")
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    alternative = known(alternative, case.problem.alternatives, "alternative", titles(case.alternatives))
    chosen = case.scenario
    asked = {"norm": norm, "method": chosen.method, "normalization": chosen.normalization, "options": chosen.options}
    ranking = rank_case(case)
    found = smallest_change(case.problem, alternative, **asked)  # type: ignore[arg-type]
    shown, said = [], list(_told(case, found, lang))
    data: dict[str, object] = {"alternative": alternative, "weights": _change(case, found)}
    if ranking.first() == (alternative,):
        found = distance_to_losing(case.problem, **asked)  # type: ignore[arg-type]
        said = list(_told(case, found, lang))
        data["losing"] = _change(case, found)
    else:
        scores = score_flips(case, alternative)
        said += _score_sentences(case, scores, lang)
        shown += [_scores(case, scores)] if scores.flips else []
        data |= {"scores": [_score(item) for item in scores.flips], "resolution": scores.resolution}
        data["amounts_up_to"] = TIMES
    if found.weights is not None and found.distance > 0:
        shown.insert(0, _weights(case, found))
    record = manifest(case, command=command)
    return Output(
        data={**data, "scenario": chosen.key, "method": chosen.method, "study": opened.key, "manifest": record},
        sentences=tuple(said),
        tables=tuple(shown),
        closing=(answer.basis(case, ranking, lang),),
        notices=(notice,),
    )


def _told(case: Case, found: SmallestChange, lang: str) -> tuple[str, ...]:
    return spoken(found.notes(), lambda key: case.title(key, lang), lang)


def _score_sentences(case: Case, found: ScoreFlips, lang: str) -> list[str]:
    """Say which single score is enough with the smallest change, within its range, by a dispute, and beyond."""
    kind = "scores" if case.leaves else "balances"
    searched = say(f"cli.flip.searched_{kind}", lang, times=TIMES, step=found.resolution)
    if not found.flips:
        return [say("cli.flip.no_score", lang, alternative=case.title(found.alternative, lang)), searched]
    least, *others = found.flips
    said = [_one_score(case, least, lang)]
    inside = [item for item in found.flips if item.undisputed]
    if inside and inside[0] != least:
        said.append(_one_score(case, inside[0], lang))
    if not inside and case.leaves:
        disputed = any(cell.disputed for row in case.cells for cell in row)
        said.append(say("cli.flip.none_undisputed" if disputed else "cli.flip.none_within", lang))
    said += [_switch(case, item, lang) for item in others if item.disputed is not None]
    return [*said, searched]


def _one_score(case: Case, least: ScoreFlip, lang: str) -> str:
    """Say what one score would have to become."""
    span = ""
    if case.leaves:
        code = "beyond" if not least.within else "within" if least.disputed is None else "disputed"
        span = say(f"cli.flip.{code}", lang, **_amounts(least))
    return say("cli.flip.one_score", lang, cell=_cell(case, least, lang), range=span, **_amounts(least))


def _switch(case: Case, item: ScoreFlip, lang: str) -> str:
    """Say what only a disputed reading reaches."""
    return say("cli.flip.switch", lang, cell=_cell(case, item, lang), **_amounts(item))


def _cell(case: Case, item: ScoreFlip, lang: str) -> str:
    return f"{case.title(item.alternative, lang)}, {case.title(item.leaf, lang)}"


def _amounts(item: ScoreFlip) -> dict[str, str]:
    values = {"now": item.value, "then": item.reached, "low": item.low, "high": item.high, "disputed": item.disputed}
    return {name: numbers.amount(value) for name, value in values.items() if value is not None}


def _weights(case: Case, found: SmallestChange) -> Table:
    """Tabulate the weights now and where the change is reached."""
    assert found.weights is not None
    rows: list[tuple[Value, ...]] = []
    for j, key in enumerate(case.problem.criteria):
        then, now = float(found.weights[j]), float(found.start[j])
        rows.append((Named(key=key, title=_title(case, key)), now, then, then - now))
    return Table(
        title_key=f"cli.flip.weights_{found.goal}",
        title_values={"alternative": _title(case, found.alternative)},
        columns=(
            CRITERION,
            Column(key="now", heading="cli.head.now", kind="share"),
            Column(key="then", heading="cli.head.then", kind="share"),
            Column(key="change", heading="cli.head.change_points", kind="points"),
        ),
        rows=tuple(rows),
    )


def _scores(case: Case, found: ScoreFlips) -> Table:
    """Tabulate the single scores that are enough, the smallest change first, and all those within their ranges."""
    units = {leaf.key: leaf.unit for leaf in case.leaves}
    rows: list[tuple[Value, ...]] = [
        (
            Named(key=item.alternative, title=_title(case, item.alternative)),
            Named(key=item.leaf, title=_title(case, item.leaf)),
            item.value,
            item.reached,
            units.get(item.leaf, ""),
            item.share,
            item.low,
            item.high,
            item.within,
            item.disputed,
        )
        for place, item in enumerate(found.flips)
        if place < SHOWN or item.within
    ]
    return Table(
        title_key="cli.flip.scores",
        title_values={"alternative": _title(case, found.alternative)},
        columns=(
            ALTERNATIVE,
            SUBCRITERION,
            Column(key="now", heading="cli.head.now", kind="amount"),
            Column(key="then", heading="cli.head.then", kind="amount"),
            Column(key="unit", heading="report.head.unit"),
            Column(key="share", heading="cli.head.share_of_scale", kind="share"),
            Column(key="low", heading="report.head.low", kind="amount"),
            Column(key="high", heading="report.head.high", kind="amount"),
            Column(key="within", heading="cli.head.within_range", kind="flag"),
            Column(key="disputed", heading="cli.head.disputed", kind="amount"),
        ),
        rows=tuple(rows),
    )


def _title(case: Case, key: str) -> Title:
    return Title(en=case.title(key, "en"), ru=case.title(key, "ru"), kk=case.title(key, "kk"))


def _change(case: Case, found: SmallestChange) -> dict[str, object]:
    keys = case.problem.criteria
    return {
        "status": found.status,
        "evidence": found.evidence,
        "norm": found.norm,
        "distance": found.distance if found.weights is not None else None,
        "bound": found.bound if found.bound < float("inf") else None,
        "resolution": found.resolution,
        "undecided": found.undecided,
        "weights": None if found.weights is None else dict(zip(keys, found.weights.tolist(), strict=True)),
        "level": list(found.level),
        "ahead": list(found.ahead),
    }


def _score(item: ScoreFlip) -> dict[str, object]:
    return {
        "alternative": item.alternative,
        "subcriterion": item.leaf,
        "now": item.value,
        "then": item.reached,
        "share_of_scale": item.share,
        "low": item.low,
        "high": item.high,
        "within": item.within,
        "disputed": item.disputed,
    }
