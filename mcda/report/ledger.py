"""The tables of the evidence: cells, codings, assumptions, changes, rows of the ledger, sources."""

from __future__ import annotations

from mcda.engine.note import Note
from mcda.report.grid import Column, Named, Table, Value, named, word
from mcda.report.scorecard import grade, set_by_scenario, spread
from mcda.study.model import Alternative, Criterion, Source, Title
from mcda.study.scenario import Case

ALTERNATIVE = Column(key="alternative", heading="report.head.alternative")
CRITERION = Column(key="criterion", heading="report.head.criterion")
SUBCRITERION = Column(key="subcriterion", heading="report.head.subcriterion")
RANGE = (
    Column(key="low", heading="report.head.low", kind="amount"),
    Column(key="high", heading="report.head.high", kind="amount"),
)
UNIT = Column(key="unit", heading="report.head.unit")
EVIDENCE = Column(key="evidence", heading="report.head.evidence")
REASON = Column(key="reason", heading="report.head.reason")


def cells(case: Case) -> Table:
    """Tabulate every score in use with its range, place on the common scale, grade and evidence."""
    assumed = {(cell.alternative, cell.leaf) for cell in case.assumed}
    rows: list[tuple[Value, ...]] = []
    for j, leaf in enumerate(case.leaves):
        for i, alternative in enumerate(case.alternatives):
            cell = case.cells[i][j]
            place = (named(case.study.criterion(leaf.criterion)), named(leaf), named(alternative))
            values = (float(case.leaf_values[i, j]), cell.low, cell.high, leaf.unit, float(case.leaf_scaled[i, j]))
            marks = (grade(case, cell), (alternative.key, leaf.key) in assumed, set_by_scenario(case, cell))
            rows.append((*place, *values, *marks, len(cell.evidence), _ids(cell.evidence)))
    return Table(
        title_key="report.table.cells",
        columns=(
            CRITERION,
            SUBCRITERION,
            ALTERNATIVE,
            Column(key="value", heading="report.head.value", kind="amount"),
            *RANGE,
            UNIT,
            Column(key="scaled", heading="report.head.scaled", kind="score"),
            Column(key="grade", heading="report.head.grade"),
            Column(key="assumed", heading="report.head.assumed", kind="flag"),
            Column(key="changed", heading="report.head.changed", kind="flag"),
            Column(key="rows", heading="report.head.rows", kind="count"),
            EVIDENCE,
        ),
        rows=tuple(rows),
        notes=(Note(code="report.note.grades"),),
    )


def overview(case: Case) -> Table:
    """Tabulate the scores for people: value, range, grade, what each coding gives, rows of the ledger."""
    keys = tuple(dict.fromkeys(key for row in case.cells for cell in row for key in cell.readings if key))
    rows: list[tuple[Value, ...]] = []
    for j, leaf in enumerate(case.leaves):
        for i, alternative in enumerate(case.alternatives):
            cell = case.cells[i][j]
            given = tuple(cell.readings[key].value if key in cell.readings else None for key in keys)
            value = (float(case.leaf_values[i, j]), spread(cell.low, cell.high), grade(case, cell))
            rows.append((named(leaf), named(alternative), *value, *given, _ids(cell.evidence)))
    return Table(
        title_key="report.table.cells",
        columns=(
            SUBCRITERION,
            ALTERNATIVE,
            Column(key="value", heading="report.head.value", kind="amount"),
            Column(key="range", heading="report.head.range"),
            Column(key="grade", heading="report.head.grade"),
            *(Column(key=key, heading=coding(case, key).title, kind="amount") for key in keys),
            EVIDENCE,
        ),
        rows=tuple(rows),
        notes=(Note(code="report.note.empty"), Note(code="report.note.grades")),
    )


def codings(case: Case) -> Table:
    """Tabulate every reading of every cell in use, one row for each coding."""
    rows: list[tuple[Value, ...]] = []
    for j, leaf in enumerate(case.leaves):
        for i, alternative in enumerate(case.alternatives):
            for key, reading in case.cells[i][j].readings.items():
                place = (named(leaf), named(alternative), coding(case, key))
                numbers = (reading.value, reading.low, reading.high)
                rows.append((*place, *numbers, _ids(reading.evidence), reading.reason))
    return Table(
        title_key="report.table.codings",
        columns=(
            SUBCRITERION,
            ALTERNATIVE,
            Column(key="coding", heading="report.head.coding"),
            Column(key="value", heading="report.head.value", kind="amount"),
            *RANGE,
            EVIDENCE,
            REASON,
        ),
        rows=tuple(rows),
    )


def coding(case: Case, key: str) -> Named:
    """Name a coding of the study; a reading that belongs to none is called a reading."""
    titles = {item.key: item.title for item in case.study.codings}
    return Named(key=key, title=titles.get(key) or (Title(en=key) if key else word("reading").title))


def assumed(case: Case) -> Table:
    """Tabulate the scores for which the route gives no value, so that a midpoint stands in."""
    rows: list[tuple[Value, ...]] = []
    for cell in case.assumed:
        i, j = next((i, row.index(cell)) for i, row in enumerate(case.cells) if cell in row)
        place = (named(case.alternatives[i]), named(case.leaves[j]))
        rows.append((*place, float(case.leaf_values[i, j]), cell.low, cell.high, case.leaves[j].unit))
    return Table(
        title_key="report.table.assumed",
        columns=(
            ALTERNATIVE,
            SUBCRITERION,
            Column(key="value", heading="report.head.midpoint", kind="amount"),
            *RANGE,
            UNIT,
        ),
        rows=tuple(rows),
    )


def changes(case: Case) -> Table:
    """Tabulate what the scenario changed, added, dropped and left out, with the reasons it gives."""
    rows: list[tuple[Value, ...]] = []
    for change in case.scenario.changes:
        place = (named(case.study.alternative(change.alternative)), named(case.study.leaf(change.leaf)))
        before = case.study.leaf(change.leaf).cells[change.alternative].value
        rows.append((word("changed"), *place, before, change.reading.best, change.reading.reason))
    rows += [(word("added"), named(added.alternative), None, None, None, "") for added in case.scenario.add]
    rows += [(word("dropped"), named(case.study.alternative(key)), None, None, None, "") for key in case.scenario.drop]
    rows += [(word("excluded"), None, named(item), None, None, "") for item in case.excluded]
    return Table(
        title_key="report.table.changes",
        columns=(
            Column(key="what", heading="report.head.what"),
            ALTERNATIVE,
            SUBCRITERION,
            Column(key="before", heading="report.head.before", kind="amount"),
            Column(key="after", heading="report.head.after", kind="amount"),
            REASON,
        ),
        rows=tuple(rows),
    )


def evidence(case: Case) -> Table:
    """Tabulate the rows of the ledger that the scores in use cite, in the ledger's order."""
    cited = cited_rows(case)
    return Table(
        title_key="report.table.evidence",
        columns=(
            Column(key="id", heading="report.head.id"),
            Column(key="paper", heading="report.head.paper"),
            Column(key="locator", heading="report.head.locator"),
            Column(key="statement", heading="report.head.statement"),
            Column(key="value", heading="report.head.value"),
            UNIT,
            Column(key="year", heading="report.head.year"),
        ),
        rows=tuple(
            (row.id, row.paper, row.locator, row.statement, row.value, row.unit, row.year)
            for row in case.study.evidence.values()
            if row.id in cited
        ),
    )


def cited_rows(case: Case) -> set[str]:
    """Give the ids of all rows of the ledger that the case rests on."""
    if case.leaves:
        return {row for cells in case.cells for cell in cells for row in cell.evidence}
    assert case.study.swot is not None
    shown = {alternative.key for alternative in case.alternatives}
    return {item.id for item in case.study.swot.codings[case.scenario.route] if item.alternative in shown}


def swot(case: Case) -> Table:
    """Tabulate the SWOT items as the route in use assigns them, those that speak to no criterion included."""
    assert case.study.swot is not None
    titles: dict[str, Alternative | Criterion] = {alternative.key: alternative for alternative in case.alternatives}
    titles |= {criterion.key: criterion for criterion in case.study.criteria}
    items = [item for item in case.study.swot.codings[case.scenario.route] if item.alternative in titles]
    return Table(
        title_key="report.table.swot",
        title_values={"route": case.scenario.route},
        columns=(
            Column(key="id", heading="report.head.id"),
            ALTERNATIVE,
            CRITERION,
            Column(key="sign", heading="report.head.sign", kind="count"),
            REASON,
        ),
        rows=tuple(
            (
                item.id,
                named(titles[item.alternative]),
                named(titles[item.criterion]) if item.criterion else None,
                int(item.sign),
                item.reason,
            )
            for item in items
        ),
        notes=(Note(code="report.note.silent", values={"count": sum(item.criterion is None for item in items)}),),
    )


def sources(case: Case) -> Table:
    """Tabulate the sources that the evidence cites."""
    keys = ("authors", "year", "title", "journal", "issue", "pages", "doi", "url")
    return Table(
        title_key="report.table.sources",
        columns=(
            Column(key="key", heading="report.head.key"),
            *(Column(key=key, heading=f"report.head.{key}") for key in keys),
        ),
        rows=tuple(
            (s.key, "; ".join(s.authors), str(s.year), s.title, s.journal, s.issue, s.pages, s.doi, s.url)
            for s in case.study.sources.values()
        ),
    )


def citation(source: Source) -> str:
    """Write a source in one line, without its DOI or address."""
    place = ", ".join(part for part in (source.journal, source.issue, source.pages) if part)
    return f"{', '.join(source.authors)} ({source.year}). {source.title.rstrip('.')}. {place}".rstrip(". ") + "."


def _ids(rows: tuple[str, ...]) -> str:
    return "; ".join(rows)
