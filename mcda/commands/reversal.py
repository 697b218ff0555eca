"""Look for rank reversals: does an alternative's place depend on which others are there?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case
from mcda.commands.words import spoken
from mcda.report import answer
from mcda.report.grid import Column, Table, Value, word
from mcda.report.manifest import manifest
from mcda.sensitivity.reversal import RankReversal, rank_reversal
from mcda.study.scenario import Case


def reversal(scenario: str | None, *, study: Path | None, command: str, lang: str, **choices: Any) -> Output:
    """Drop, clone and worsen alternatives, and rank pairs alone."""
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    chosen = case.scenario
    found = rank_reversal(
        case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options
    )
    findings = [
        {
            "test": item.test,
            "changed": list(item.changed),
            "criterion": item.criterion,
            "first_before": list(item.first_before),
            "first_after": list(item.first_after),
            "reversed": [list(pair) for pair in item.reversed],
        }
        for item in found.findings
    ]
    return Output(
        data={
            "scenario": chosen.key,
            "method": found.method,
            "normalization": found.normalization,
            "trials": dict(found.trials),
            "findings": findings,
            "skipped": [
                {"test": test, "changed": list(names), "reason": str(fault)} for test, names, fault in found.skipped
            ],
            "study": opened.key,
            "manifest": manifest(case, command=command),
        },
        sentences=spoken(found.notes(), lambda key: case.title(key, lang), lang),
        tables=(_table(case, found, lang),) if found.findings else (),
        closing=(answer.basis(case, rank_case(case), lang),),
        notices=(notice,),
    )


def _table(case: Case, found: RankReversal, lang: str) -> Table:
    """Tabulate every reversal: what was changed, which pairs turned round, who is first then."""

    def titles(keys: tuple[str, ...]) -> str:
        return ", ".join(case.title(key, lang) for key in keys)

    rows: list[tuple[Value, ...]] = [
        (
            word(item.test, "cli.reversal."),
            titles((*item.changed, item.criterion) if item.criterion else item.changed),
            "; ".join(titles(pair) for pair in item.reversed),
            titles(item.first_after),
        )
        for item in found.findings
    ]
    return Table(
        title_key="cli.reversal.table",
        columns=(
            Column(key="test", heading="cli.head.test"),
            Column(key="changed", heading="cli.head.what"),
            Column(key="reversed", heading="cli.head.reversed"),
            Column(key="first", heading="cli.head.first_then"),
        ),
        rows=tuple(rows),
    )
