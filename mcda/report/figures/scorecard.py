"""The scorecard: every score with its range, merit as shading, and the grade of its evidence."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from mcda.report import numbers
from mcda.report.figures.sheet import (
    INK,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    box,
    centred,
    entitle,
    extent,
    heading,
    height,
    lined,
    notes,
    sheet,
    style,
    tall,
    widest,
    wrap,
    write,
)
from mcda.report.findings import Findings
from mcda.report.scorecard import SHADES, Group, Row, Score
from mcda.report.scorecard import scorecard as layout
from mcda.words import say

MERIT = LinearSegmentedColormap.from_list("merit", SHADES)
LABEL, ROW, GRADE = 128.0, 27.0, 10.0  # width of the titles, height of a row, room for a grade
Places = tuple[float, float]  # width of the titles and of a column


def scorecard(found: Findings, lang: str) -> Figure:
    """Draw every score by sub-criterion and alternative: value, range, merit as shading, grade of evidence."""
    case = found.case
    groups = layout(case)
    with style():
        column = max(_needed(groups), (PAGE - 2 * MARGIN - LABEL) / len(case.alternatives))
        places, width = (LABEL, column), 2 * MARGIN + LABEL + column * len(case.alternatives)
        head = heading(say("report.table.scorecard", lang), case.scenario.title.get(lang), width)
        columns = [lined(wrap(a.title.get(lang), column - 4, SMALL, "bold"), SMALL, "bold") for a in case.alternatives]
        blocks = [
            (
                group,
                wrap(_owner(group, lang), LABEL - 8, WORDS, "bold"),
                [wrap(_name(row, lang), LABEL - 14, WORDS) for row in group.rows],
            )
            for group in groups
        ]
        below = notes([say("report.figure.scorecard" if case.leaves else "report.figure.balance", lang)], width)
        top = MARGIN + height(head) + 6 + max(map(height, columns))
        rows = sum((tall(owner, 17) + 3) + sum(tall(name, ROW) for name in names) for _, owner, names in blocks)
        figure, axes = sheet(width, top + rows + 32 + height(below) + MARGIN)
        entitle(axes, head)
        for i, lines in enumerate(columns):
            write(axes, MARGIN + LABEL + column * (i + 0.5), top - height(lines), lines, ha="center")
        y = top + 3
        for group, owner, names in blocks:
            y = _owner_row(axes, y, group, owner, places)
            for row, name in zip(group.rows, names, strict=True):
                y = _score_row(axes, y, row, name, places)
        _steps(axes, y + 10, lang)
        write(axes, MARGIN, y + 25, below)
    return figure


def _needed(groups: tuple[Group, ...]) -> float:
    """Give how wide a column must be for its values and ranges."""
    scores = [(score, row.leaf is None) for group in groups for row in group.rows for score in row.scores]
    values = widest([_value(score, whole=whole) for score, whole in scores], WORDS)
    return max(values + 2 * GRADE, widest([score.small for score, _ in scores], SMALL)) + 8


def _value(score: Score, *, whole: bool) -> str:
    mark = "\N{DAGGER}" if score.assumed else "\N{INCREMENT}" if score.set_by_scenario else ""
    return (numbers.whole_signed(score.value) if whole else numbers.amount(score.value)) + mark


def _owner(group: Group, lang: str) -> str:
    """Write a criterion's direction, title and weight."""
    arrow = "\N{BLACK UP-POINTING TRIANGLE}" if group.criterion.direction > 0 else "\N{BLACK DOWN-POINTING TRIANGLE}"
    return f"{arrow} {group.criterion.title.get(lang)} ({numbers.share(group.weight)})"


def _name(row: Row, lang: str) -> str:
    """Write a sub-criterion's title and unit; on a SWOT route what is counted."""
    if row.leaf is None:
        return say("report.balance", lang)
    return f"{row.title.get(lang)} ({row.leaf.unit})" if row.leaf.unit else row.title.get(lang)


def _owner_row(axes: Axes, y: float, group: Group, lines: list[str], places: Places) -> float:
    """Draw a criterion's line with its means; give where the next row begins."""
    label, column = places
    deep = tall(lines, 17) + 3
    box(axes, MARGIN, y + 1, (label + column * len(group.means) - 2, deep - 2), "#e9eef3")
    centred(axes, MARGIN + 4, y + deep / 2, lined(lines, weight="bold"))
    for i, mean in enumerate(group.means):
        x = MARGIN + label + column * (i + 0.5)
        centred(axes, x, y + deep / 2, lined([numbers.score(mean)], SMALL, "bold", QUIET), ha="center")
    return y + deep


def _score_row(axes: Axes, y: float, row: Row, lines: list[str], places: Places) -> float:
    """Draw a sub-criterion's line of cells; give where the next row begins."""
    label, column = places
    deep = tall(lines, ROW)
    centred(axes, MARGIN + 8, y + deep / 2, lined(lines))
    for i, score in enumerate(row.scores):
        _score(axes, MARGIN + label + column * i, y, score, (column, deep), whole=row.leaf is None)
    return y + deep


def _score(axes: Axes, x: float, y: float, score: Score, size: tuple[float, float], *, whole: bool) -> None:
    width, deep = size
    color = to_hex(MERIT(score.merit))
    box(axes, x + 1, y + 1, (width - 2, deep - 2), color, edge=INK if score.assumed else "none")
    top = y + (deep - (23 if score.small else 12)) / 2
    write(axes, x + width / 2, top, lined([_value(score, whole=whole)]), ha="center")
    if score.small:
        write(axes, x + width / 2, top + 12.5, lined([score.small], SMALL), ha="center")
    if score.grade:
        write(axes, x + width - 4, top + 1, lined([score.grade], SMALL, "bold"), ha="right")


def _steps(axes: Axes, y: float, lang: str) -> None:
    """Draw the five steps of shading."""
    worse, better = say("report.figure.worse", lang), say("report.figure.better", lang)
    write(axes, MARGIN, y, lined([worse], SMALL, color=QUIET))
    x = MARGIN + extent(worse, SMALL) + 6
    for step in range(5):
        box(axes, x + 20 * step, y, (20, 9), to_hex(MERIT(step / 4)))
    write(axes, x + 106, y, lined([better], SMALL, color=QUIET))
