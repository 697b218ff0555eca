"""Move one weight from 0 to 1 and say where the winner changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case
from mcda.commands.words import spoken
from mcda.report import answer
from mcda.report.grid import Column, Named, Table, Value, several
from mcda.report.ledger import CRITERION
from mcda.report.manifest import manifest
from mcda.sensitivity.sweep import WeightSweep, weight_sweep
from mcda.study.names import titles
from mcda.study.scenario import Case


def sweep(
    scenario: str | None, *, criterion: str | None, study: Path | None, command: str, lang: str, **choices: Any
) -> Output:
    """Sweep the weight of each criterion of the problem, or of one."""
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    names = case.problem.criteria
    if criterion is not None:
        names = (known(criterion, names, "criterion", titles([*case.study.criteria, *case.leaves])),)
    sweeps = [sweep_case(case, name) for name in names]
    said = [sentence for item in sweeps for sentence in spoken(item.notes(), lambda key: case.title(key, lang), lang)]
    data = {
        "scenario": case.scenario.key,
        "method": sweeps[0].method,
        "normalization": sweeps[0].normalization,
        "sweeps": [_data(item) for item in sweeps],
        "study": opened.key,
        "manifest": manifest(case, command=command),
    }
    basis = answer.basis(case, rank_case(case), lang, weights_vary=True)
    return Output(
        data=data, sentences=tuple(said), tables=(_table(case, sweeps),), closing=(basis,), notices=(notice,)
    )


def sweep_case(case: Case, criterion: str) -> WeightSweep:
    """Sweep one weight of a case under its scenario's method."""
    chosen = case.scenario
    return weight_sweep(
        case.problem,
        criterion,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
    )


def _table(case: Case, sweeps: list[WeightSweep]) -> Table:
    """Tabulate who is first in each stretch of each weight."""
    rows: list[tuple[Value, ...]] = []
    for item in sweeps:
        for stretch in item.winners:
            first = several([case.alternative(key) for key in stretch.first])
            rows.append((_column(case, item.criterion), item.weight, stretch.low, stretch.high, first))
    return Table(
        title_key="cli.sweep.table",
        columns=(
            CRITERION,
            Column(key="weight", heading="cli.head.weight_now", kind="share"),
            Column(key="from", heading="cli.head.from", kind="share"),
            Column(key="to", heading="cli.head.to", kind="share"),
            Column(key="first", heading="cli.head.first"),
        ),
        rows=tuple(rows),
    )


def _column(case: Case, key: str) -> Named:
    """Name a criterion of the problem: a criterion of the study, or a sub-criterion where these are its columns."""
    titles = {leaf.key: leaf.title for leaf in case.leaves} | {c.key: c.title for c in case.study.criteria}
    return Named(key=key, title=titles[key])


def _data(item: WeightSweep) -> dict[str, object]:
    """Give one sweep for JSON."""
    return {
        "criterion": item.criterion,
        "weight": item.weight,
        "exact": item.exact,
        "resolution": item.resolution,
        "winners": [{"from": s.low, "to": s.high, "first": list(s.first)} for s in item.winners],
        "crossings": [
            {"weight": c.weight, "first": c.first, "second": c.second, "crosses": c.crosses} for c in item.crossings
        ],
    }
