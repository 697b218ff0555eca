"""Where a result comes from: what was scored, by whom, on which evidence; sentences and the table of scores."""

from __future__ import annotations

from collections import Counter

from mcda.report import numbers, tables
from mcda.report.answer import together
from mcda.report.blocks import Entry, Tabular, tabular, tidy
from mcda.report.ledger import cited_rows
from mcda.report.page import shades
from mcda.report.prose import CODE
from mcda.report.scorecard import Group, Row, Score, scorecard
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.words import say

SIDE_BY_SIDE = 8  # alternatives up to which every score is shown; beyond, the means by criterion are
MARKS = {1: "\N{BLACK UP-POINTING TRIANGLE}", -1: "\N{BLACK DOWN-POINTING TRIANGLE}"}


def origin(case: Case, lang: str) -> list[str]:
    """Say what was scored, what the codings are and how far they agree, and how firm the evidence is."""
    counts = {
        "alternatives": len(case.alternatives),
        "criteria": len(case.study.criteria),
        "sources": len(cited_sources(case)),
    }
    if not case.leaves:
        return [_items(case, counts, lang), *codings(case, lang)]
    cells = [cell for row in case.cells for cell in row]
    counts |= {"scores": len(cells), "assumed": len(case.assumed), "rows": len(cited_rows(case))}
    out = [say("documents.origin.counts", lang, leaves=len(case.leaves), **counts), *codings(case, lang)]
    same, coded = agreeing(case)
    if coded:
        out.append(say("documents.origin.same", lang, same=same, count=coded))
    grades = Counter(grade_of(case))
    return [*out, say("documents.origin.grades", lang, **{name.lower(): grades[name] for name in "ABCD"})]


def codings(case: Case, lang: str) -> list[str]:
    """Say what the codings are, in the study's own words, those that are told alike together."""
    told: dict[str, list[str]] = {}
    for coding in case.study.codings:
        told.setdefault(plain(coding.about, lang), []).append(coding.title.get(lang))
    if not told:
        return [say("documents.origin.single", lang)]
    words = [
        say("documents.origin.coding", lang, codings=together(names, lang), about=about)
        for about, names in told.items()
        if about
    ]
    return [*words, say("documents.origin.codings", lang)]


def grade_of(case: Case) -> list[str]:
    """List the grades of all scores in use; empty for those that the scenario set."""
    return [score.grade for group in scorecard(case) for row in group.rows for score in row.scores]


def agreeing(case: Case) -> tuple[int, int]:
    """Count the scores for which all codings give the same value, and those that have several codings."""
    coded = [cell for row in case.cells for cell in row if len(cell.readings) > 1]
    return sum(len({reading.value for reading in cell.readings.values()}) == 1 for cell in coded), len(coded)


def cited_sources(case: Case) -> list[str]:
    """List the keys of the sources that the cited rows of the ledger come from, in the study's order."""
    papers = {case.study.evidence[row].paper for row in cited_rows(case) if row in case.study.evidence}
    return [key for key in case.study.sources if key in papers]


def plain(title: Title | None, lang: str) -> str:
    """Give a text of the study on one line, words between backticks without them."""
    return tidy(CODE.sub(r"\1", title.get(lang))) if title else ""


def scores(case: Case, lang: str) -> Tabular:
    """Lay every score out by sub-criterion and alternative, with range and grade; of many alternatives the means."""
    if len(case.alternatives) > SIDE_BY_SIDE:
        return tabular(tables.criterion_scores(case), lang, key="criterion_scores")
    rows: list[tuple[Entry, ...]] = []
    for group in scorecard(case):
        rows.append(_group(group, lang))
        rows += [(Entry(text=_name(row, lang)), *(_score(score) for score in row.scores)) for row in group.rows]
    head = "report.head.subcriterion" if case.leaves else "report.head.criterion"
    return Tabular(
        key="scores",
        title=say("report.table.scorecard", lang),
        heads=(say(head, lang), *(tidy(alternative.title.get(lang)) for alternative in case.alternatives)),
        rows=tuple(rows),
        right=(False, *(True for _ in case.alternatives)),
        notes=(say("documents.note.scorecard" if case.leaves else "documents.note.balances", lang),),
    )


def _items(case: Case, counts: dict[str, int], lang: str) -> str:
    assert case.study.swot is not None
    shown = {alternative.key for alternative in case.alternatives}
    items = [item for item in case.study.swot.codings[case.scenario.route] if item.alternative in shown]
    silent = sum(item.criterion is None for item in items)
    return say("documents.origin.items", lang, items=len(items), silent=silent, **counts)


def _group(group: Group, lang: str) -> tuple[Entry, ...]:
    """Write a criterion's line: direction, title, weight, and the means where sub-criteria follow."""
    criterion = group.criterion
    weight = numbers.share(group.weight)
    values = {"mark": MARKS[criterion.direction], "title": criterion.title.get(lang), "weight": weight}
    head = Entry(text=tidy(say("documents.origin.weighed", lang, **values)), strong=True)
    return (head, *(Entry(text=numbers.score(mean), strong=True) for mean in group.means))


def _name(row: Row, lang: str) -> str:
    """Write a sub-criterion's title and unit; on a SWOT route what is counted."""
    if row.leaf is None:
        return say("report.balance", lang)
    title = row.title.get(lang)
    return tidy(say("documents.origin.unit", lang, title=title, unit=row.leaf.unit) if row.leaf.unit else title)


def _score(score: Score) -> Entry:
    """Write a score with its mark, below it range and grade, behind it the shade of its merit."""
    mark = "\N{DAGGER}" if score.assumed else "\N{INCREMENT}" if score.set_by_scenario else ""
    value = (numbers.amount if score.cell else numbers.whole_signed)(score.value)
    colours = shades()
    return Entry(
        text=value + mark,
        small=" \N{MIDDLE DOT} ".join(part for part in (score.small, score.grade) if part),
        shade=colours[round(score.merit * (len(colours) - 1))].removeprefix("#"),
    )
