"""Show where an alternative's scores come from, or why one stands above another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case
from mcda.commands.words import in_english
from mcda.engine.ranking import Ranking
from mcda.errors import CommandError, Fault
from mcda.explain import Trace, explain_lead, swot_items, trace
from mcda.report import answer, grid, ledger, numbers, tables
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.manifest import manifest
from mcda.study.model import Title
from mcda.study.names import titles
from mcda.study.scenario import Case
from mcda.words import LANGUAGES, say


def explain(
    first: str,
    second: str | None,
    *,
    scenario: str | None,
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Take one alternative down to the ledger, or the lead of one over another down to the sub-criteria."""
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    keys, names = case.problem.alternatives, titles(case.alternatives)
    first = known(first, keys, "alternative", names)
    second = None if second is None else known(second, keys, "alternative", names)
    if first == second:
        raise CommandError([Fault(code="cli.same_alternative", values={"found": first})])
    record = manifest(case, command=command)
    about: dict[str, object] = {"scenario": case.scenario.key, "study": opened.key, "manifest": record}
    ranking = rank_case(case)
    if second is None:
        return _score(case, ranking, first, lang, about, notice)
    return _lead(case, ranking, first, second, lang, about, notice)


def _score(case: Case, ranking: Ranking, key: str, lang: str, about: dict[str, object], notice: str) -> Output:
    """Answer for one alternative: its rank, and every score down to papers and tables."""
    i = ranking.alternatives.index(key)
    said = say(
        "cli.explain.rank",
        alternative=case.title(key, lang),
        rank=numbers.rank(float(ranking.ranks[i])),
        count=len(ranking.alternatives),
        score=numbers.score(float(ranking.scores[i])),
    )
    traces = trace(case, key)
    shown: tuple[Table, ...] = (_items(case, key, lang),)
    if case.leaves:
        shown = _cells(case, key, traces), _readings(case, traces), _ledger(case, traces, lang)
    data = {
        "alternative": key,
        "rank": float(ranking.ranks[i]),
        "score": float(ranking.scores[i]),
        "scores": [_traced(item) for item in traces],
        "swot": [
            {"id": item.id, "criterion": item.criterion, "sign": item.sign, "reason": item.reason}
            for item in swot_items(case, key)
        ],
        **about,
    }
    sentences = (said, answer.basis(case, ranking, lang))
    return Output(data=data, sentences=sentences, tables=shown, notices=(notice,))


def _lead(
    case: Case, ranking: Ranking, first: str, second: str, lang: str, about: dict[str, object], notice: str
) -> Output:
    """Answer for a pair: the lead, and what each criterion and sub-criterion adds to it."""
    lead = explain_lead(case, first, second)
    names = {"first": case.title(first, lang), "second": case.title(second, lang)}
    scores = {"first_score": numbers.score(lead.scores[0]), "second_score": numbers.score(lead.scores[1])}
    said = [say("cli.explain.lead", **names, **scores, lead=numbers.signed(lead.lead))]
    for code, sign in (("cli.explain.for", 1), ("cli.explain.against", -1)):
        parts = sorted((part for part in lead.criteria.items() if sign * part[1] >= 5e-4), key=lambda p: -abs(p[1]))
        if parts:
            words = ", ".join(f"{case.title(key, lang)} {numbers.signed(value)}" for key, value in parts)
            said.append(say(code, **names, parts=words))
    data = {
        "first": first,
        "second": second,
        "scores": list(lead.scores),
        "lead": lead.lead,
        "criteria": lead.criteria,
        "subcriteria": lead.leaves,
        **about,
    }
    closing = (answer.basis(case, ranking, lang),)
    shown = (tables.contributions(lead, case),)
    return Output(data=data, sentences=tuple(said), tables=shown, closing=closing, notices=(notice,))


def _cells(case: Case, key: str, traces: tuple[Trace, ...]) -> Table:
    """Tabulate the scores of one alternative with the readings of every coding side by side."""
    rows: list[tuple[Value, ...]] = []
    for item in traces:
        leaf = case.study.leaf(item.leaf)
        readings = [(coding, r.value) for coding, r in item.cell.readings.items()]
        said = " | ".join("–" if value is None else numbers.amount(value) for _, value in readings)
        rows.append(
            (
                grid.named(case.study.criterion(item.criterion)),
                grid.named(leaf),
                item.value,
                item.cell.low,
                item.cell.high,
                leaf.unit,
                item.scaled,
                said,
                item.assumed,
                len(item.evidence),
            )
        )
    return Table(
        title_key="cli.explain.scores",
        title_values={"alternative": tables.title(case, key)},
        columns=(
            ledger.CRITERION,
            ledger.SUBCRITERION,
            Column(key="value", heading="report.head.value", kind="amount"),
            Column(key="low", heading="report.head.low", kind="amount"),
            Column(key="high", heading="report.head.high", kind="amount"),
            Column(key="unit", heading="report.head.unit"),
            Column(key="scaled", heading="report.head.scaled", kind="score"),
            Column(key="codings", heading="cli.head.codings"),
            Column(key="assumed", heading="report.head.assumed", kind="flag"),
            Column(key="rows", heading="report.head.rows", kind="count"),
        ),
        rows=tuple(rows),
    )


def _readings(case: Case, traces: tuple[Trace, ...]) -> Table:
    """Tabulate what each coding says of each score, with its own range and its reason; then what is disputed."""
    titles = {coding.key: grid.named(coding) for coding in case.study.codings}
    disputed = Named(key="disputed", title=Title(**{lang: say("cli.explain.disputed", lang) for lang in LANGUAGES}))
    own = Named(key="", title=Title(en="–"))
    rows: list[tuple[Value, ...]] = []
    for item in traces:
        leaf = grid.named(case.study.leaf(item.leaf))
        rows += [
            (leaf, titles.get(coding, own), r.value, r.low, r.high, r.reason)
            for coding, r in item.cell.readings.items()
        ]
        rows += [(leaf, disputed, dispute.value, None, None, dispute.reason) for dispute in item.cell.disputed]
    return Table(
        title_key="cli.explain.readings",
        columns=(
            ledger.SUBCRITERION,
            Column(key="coding", heading="cli.head.coding"),
            Column(key="value", heading="report.head.value", kind="amount"),
            Column(key="low", heading="report.head.low", kind="amount"),
            Column(key="high", heading="report.head.high", kind="amount"),
            Column(key="reason", heading="report.head.reason"),
        ),
        rows=tuple(rows),
    )


def _ledger(case: Case, traces: tuple[Trace, ...], lang: str) -> Table:
    """Tabulate the rows of the ledger behind the scores, each once, with the sub-criteria that cite it."""
    cited: dict[str, list[str]] = {}
    for item in traces:
        for row in item.evidence:
            cited.setdefault(row.id, []).append(item.leaf)
    rows = [case.study.evidence[row] for row in cited]
    return Table(
        title_key="cli.explain.ledger",
        columns=(
            Column(key="id", heading="report.head.evidence"),
            Column(key="place", heading="cli.head.place"),
            Column(key="statement", heading="cli.head.statement"),
            Column(key="cited_for", heading="cli.head.cited_for"),
        ),
        rows=tuple((row.id, f"{row.paper}, {row.locator}", row.statement, ", ".join(cited[row.id])) for row in rows),
        notes=in_english([row.statement for row in rows], lang),
    )


def _items(case: Case, key: str, lang: str) -> Table:
    """Tabulate the SWOT items of one alternative as the route's coding assigns them."""
    titles = {criterion.key: grid.named(criterion) for criterion in case.study.criteria}
    nothing = Named(key="none", title=Title(en="–"))
    rows = [
        (
            item.id,
            case.study.evidence[item.id].statement,
            titles[item.criterion] if item.criterion else nothing,
            {1: "+", -1: "\N{MINUS SIGN}", 0: ""}[item.sign],
            item.reason,
        )
        for item in swot_items(case, key)
    ]
    return Table(
        title_key="cli.explain.swot",
        title_values={"alternative": tables.title(case, key), "route": case.scenario.route},
        columns=(
            Column(key="id", heading="cli.head.item"),
            Column(key="statement", heading="cli.head.statement"),
            ledger.CRITERION,
            Column(key="sign", heading="cli.head.sign"),
            Column(key="reason", heading="report.head.reason"),
        ),
        rows=tuple(rows),
        notes=in_english([item.reason for item in swot_items(case, key)], lang),
    )


def _traced(item: Trace) -> dict[str, object]:
    """Give one score for JSON: value, range, codings with reasons, rows of the ledger."""
    readings = {
        coding: {"value": r.value, "low": r.low, "high": r.high, "evidence": list(r.evidence), "reason": r.reason}
        for coding, r in item.cell.readings.items()
    }
    rows = [{"id": e.id, "paper": e.paper, "place": e.locator, "statement": e.statement} for e in item.evidence]
    return {
        "criterion": item.criterion,
        "subcriterion": item.leaf,
        "value": item.value,
        "low": item.cell.low,
        "high": item.cell.high,
        "scaled": item.scaled,
        "assumed": item.assumed,
        "changed": item.cell.changed,
        "codings": readings,
        "disputed": [
            {"value": d.value, "reason": d.reason, "evidence": list(d.evidence)} for d in item.cell.disputed
        ],
        "evidence": rows,
    }
