"""Put the rankings of several scenarios side by side: places, agreement, and a ranking that stands for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case, ranking_data
from mcda.commands.words import spoken
from mcda.engine.concordance import caveats, kendall_tau_b, spearman, weighted_spearman, ws
from mcda.engine.methods import lookup
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.engine.ranking import Ranking
from mcda.engine.voting import Compromise, borda, copeland, kemeny
from mcda.errors import NotApplicable
from mcda.report import answer, grid, tables
from mcda.report.grid import Column, Table, Value
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest, manifest_of_study
from mcda.sensitivity.regret import Regret, regret
from mcda.study.model import Study
from mcda.study.scenario import Case

COMPARISONS: dict[str, Callable[[Array, Array], float]] = {
    "spearman": spearman,
    "kendall_tau_b": kendall_tau_b,
    "weighted_spearman": weighted_spearman,
    "ws": ws,
}


def compare(scenarios: Sequence[str], *, study: Path | None, command: str, lang: str) -> Output:
    """Rank a study under each scenario; hold each ranking against the first; give compromise rankings."""
    opened, notice = open_study(study, lang)
    cases = [open_case(opened, key) for key in dict.fromkeys(scenarios)]
    rankings = [rank_case(case) for case in cases]
    results = list(zip(cases, rankings, strict=True))
    shared = _shared(rankings)
    agreement = [_agreement(ranking, rankings[0], shared) for ranking in rankings[1:]]
    compromises = _compromises(rankings, shared) if len(rankings) > 1 and len(shared) > 1 else []
    data: dict[str, object] = {
        "study": opened.key,
        "manifest": _record(opened, cases, command),
        "scenarios": [_data(case, ranking, command) for case, ranking in results],
        "reference": cases[0].scenario.key,
        "agreement": {
            case.scenario.key: measures for case, measures in zip(cases[1:], agreement, strict=True)
        },
        "compromise": {
            item.method: dict(zip(shared, item.ranks.tolist(), strict=True)) for item in compromises
        },
    }
    regrets = _regrets(cases, rankings, shared)
    if regrets is not None:
        data["regret"] = {
            "worst": dict(zip(shared, regrets.worst.tolist(), strict=True)),
            "mean": dict(zip(shared, regrets.mean.tolist(), strict=True)),
            "domain": dict(zip(shared, regrets.domain.tolist(), strict=True)),
            "minimax": list(regrets.minimax),
        }
    said = tuple(f"{case.scenario.title.get(lang)}: {answer.order_words(case, rank, lang)}" for case, rank in results)
    shown = [tables.comparison(results)]
    if agreement:
        shown.append(_agreement_table(cases, agreement, len(shared)))
    if compromises:
        shown.append(_compromise_table(cases[0], shared, compromises))
    if regrets is not None:
        shown.append(_regret_table(cases, regrets))
        said += spoken(regrets.notes(), lambda key: _title(cases, key, lang), lang)
    return Output(data=data, sentences=said, tables=tuple(shown), notices=(notice,))


def _record(study: Study, cases: Sequence[Case], command: str) -> dict[str, object]:
    """Give what is needed to get the whole comparison again."""
    inputs = {name: digest for case in cases for name, digest in case.scenario.hashes.items()}
    packages = ["pymcdm"] if any(lookup(case.scenario.method).borrowed for case in cases) else []
    return manifest_of_study(study, inputs, command=command, packages=packages)


def _title(cases: Sequence[Case], key: str, lang: str) -> str:
    titles = {case.scenario.key: case.scenario.title.get(lang) for case in cases}
    return titles.get(key) or cases[0].title(key, lang)


def _regrets(cases: Sequence[Case], rankings: Sequence[Ranking], shared: tuple[str, ...]) -> Regret | None:
    """Compare regrets where all scenarios score in one unit: by one method and normalization."""
    units = {(ranking.method, ranking.normalization) for ranking in rankings}
    if len(rankings) < 2 or len(units) > 1 or not shared:
        return None
    return regret(
        [[float(r.scores[r.alternatives.index(key)]) for key in shared] for r in rankings],
        alternatives=shared,
        scenarios=[case.scenario.key for case in cases],
        higher_is_better=rankings[0].higher_is_better,
    )


def _regret_table(cases: Sequence[Case], found: Regret) -> Table:
    named = {alternative.key: grid.named(alternative) for alternative in cases[0].alternatives}
    titles = {case.scenario.key: grid.Named(key=case.scenario.key, title=case.scenario.title) for case in cases}
    rows: list[tuple[Value, ...]] = [
        (named[key], float(worst), titles[where], float(mean), float(domain))
        for key, worst, where, mean, domain in zip(
            found.alternatives, found.worst, found.worst_scenarios, found.mean, found.domain, strict=True
        )
    ]
    return Table(
        title_key="cli.compare.regret",
        columns=(
            ALTERNATIVE,
            Column(key="worst", heading="cli.compare.worst", kind="score"),
            Column(key="worst_in", heading="cli.compare.worst_in"),
            Column(key="mean", heading="cli.compare.mean", kind="score"),
            Column(key="domain", heading="cli.compare.domain", kind="share"),
        ),
        rows=tuple(rows),
    )


def _shared(rankings: Sequence[Ranking]) -> tuple[str, ...]:
    """Give the alternatives that every ranking has."""
    others = [set(ranking.alternatives) for ranking in rankings[1:]]
    return tuple(key for key in rankings[0].alternatives if all(key in names for names in others))


def _ranks(ranking: Ranking, shared: tuple[str, ...]) -> Array:
    return np.array([ranking.ranks[ranking.alternatives.index(key)] for key in shared])


def _agreement(ranking: Ranking, reference: Ranking, shared: tuple[str, ...]) -> dict[str, float | None]:
    """Measure how far a ranking agrees with the reference; None where a measure is undefined."""
    out: dict[str, float | None] = {}
    for name, measure in COMPARISONS.items():
        try:
            out[name] = measure(_ranks(reference, shared), _ranks(ranking, shared))
        except NotApplicable:
            out[name] = None
    return out


def _compromises(rankings: Sequence[Ranking], shared: tuple[str, ...]) -> list[Compromise]:
    """Rank by Borda, Copeland and, where it can be exact, Kemeny."""
    matrix = np.array([_ranks(ranking, shared) for ranking in rankings])
    out = []
    for rule in (borda, copeland, kemeny):
        try:
            out.append(rule(matrix))
        except NotApplicable:
            continue
    return out


def _agreement_table(cases: Sequence[Case], agreement: Sequence[dict[str, float | None]], n: int) -> Table:
    notes = [note for name in COMPARISONS for note in caveats(n, name)]
    return Table(
        title_key="cli.compare.agreement",
        title_values={"reference": cases[0].scenario.title},
        columns=(
            Column(key="scenario", heading="report.head.scenario"),
            *(Column(key=name, heading=f"engine.measure_{name}", kind="score") for name in COMPARISONS),
        ),
        rows=tuple(
            (grid.Named(key=case.scenario.key, title=case.scenario.title), *measures.values())
            for case, measures in zip(cases[1:], agreement, strict=True)
        ),
        notes=tuple(notes),
    )


def _compromise_table(case: Case, shared: tuple[str, ...], compromises: Sequence[Compromise]) -> Table:
    named = {alternative.key: grid.named(alternative) for alternative in case.alternatives}
    rows: list[tuple[Value, ...]] = [
        (named[key], *(float(item.ranks[i]) for item in compromises)) for i, key in enumerate(shared)
    ]
    notes = [note for item in compromises for note in item.notes]
    return Table(
        title_key="cli.compare.compromise",
        columns=(
            ALTERNATIVE,
            *(Column(key=item.method, heading=f"cli.compare.{item.method}", kind="rank") for item in compromises),
        ),
        rows=tuple(rows),
        notes=(Note(code="cli.compare.compromise_note"), *notes),
    )


def _data(case: Case, ranking: Ranking, command: str) -> dict[str, object]:
    return {
        "scenario": case.scenario.key,
        "method": ranking.method,
        "normalization": ranking.normalization,
        "route": case.scenario.route,
        "weights": case.criterion_weights,
        "ranking": ranking_data(ranking),
        "manifest": manifest(case, command=command),
    }
