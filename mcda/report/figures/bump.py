"""The bump chart: the places of the alternatives in this report and under the study's other scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.report.figures.looks import look
from mcda.report.figures.sheet import (
    LEADING,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    Line,
    box,
    centred,
    entitle,
    heading,
    height,
    lined,
    notes,
    rule,
    sheet,
    style,
    widest,
    wrap,
    wrapped,
    write,
)
from mcda.report.findings import Findings
from mcda.report.live import Other
from mcda.words import say

TALLEST = 540.0  # of all rows together, so that the figure fits on a page
NAME, ROOM, LEAST = 216.0, 260.0, 14.0  # width of the titles, the most that the lines leave to them, height of a row
ACROSS, UPRIGHT, APART = 3, 110.0, 9.0  # lines of a name, length of an upright one, distance of those who share a place
STEP = LEADING * SMALL


@dataclass(frozen=True, kw_only=True)
class Row:
    """A scenario with its title and the places it gives; a heading has none."""

    lines: tuple[Line, ...]
    ranks: Mapping[str, float]

    @property
    def height(self) -> float:
        """How tall it is drawn."""
        return max(LEAST, height(self.lines) + 3)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where everything stands.

    Attributes
    ----------
    left, column, places : start of the first place's column, width of a column, number of columns
    names : by alternative, the lines of its name
    upright : whether names are written upwards
    """

    left: float
    column: float
    places: int
    names: Mapping[str, list[str]]
    upright: bool

    def deep(self, row: Row) -> float:
        """Give the height of the names of those who have a place in a row."""
        inside = [lines for key, lines in self.names.items() if key in row.ranks]
        if self.upright:
            return widest([line for lines in inside for line in lines], SMALL, "bold") + 2
        return max(map(len, inside), default=0) * STEP

    def at(self, rank: float) -> float:
        """Where a place stands."""
        return self.left + self.column * (rank - 0.5)


def bump(found: Findings, lang: str) -> Figure:
    """Draw a line for each alternative down through the scenarios, named above and below."""
    case = found.case
    with style():
        head = heading(say("figure.bump.title", lang), case.scenario.title.get(lang))
        rows, left_out = _rows(found, lang)
        grid = _grid(found, rows, lang)
        below = notes(_notes(found, rows, left_out, lang))
        ends = [row for row in rows if row.ranks]
        top = MARGIN + height(head) + 10 + grid.deep(ends[0]) + 5
        bottom = top + sum(row.height for row in rows)
        under = bottom + 5 + grid.deep(ends[-1]) + 8
        figure, axes = sheet(PAGE, under + height(below) + MARGIN)
        entitle(axes, head)
        ys = [top + sum(row.height for row in rows[:k]) + row.height / 2 for k, row in enumerate(rows)]
        _titles(axes, rows, ys, grid)
        for i, key in enumerate(case.problem.alternatives):
            _line(axes, key, i, rows, ys, grid)
        _ends(axes, ends[0], grid, top - 5, up=True)
        _ends(axes, ends[-1], grid, bottom + 5, up=False)
        write(axes, MARGIN, under, below)
    return figure


def rivals(found: Findings) -> list[Other]:
    """Give the study's other scenarios: judged weights first, and those with like rankings together."""
    order = [found.ranking.alternatives[i] for i in found.ranking.order()]
    others = [other for other in found.others if other.key != found.case.scenario.key]
    return sorted(others, key=lambda other: (not other.profile, [other.ranks.get(key, 0.0) for key in order]))


def _rows(found: Findings, lang: str) -> tuple[list[Row], int]:
    """Lay the rows out: this report, then each group below its heading; and count the scenarios that find no room."""
    ranking = found.ranking
    own = dict(zip(ranking.alternatives, ranking.ranks.tolist(), strict=True))
    rows = [Row(lines=tuple(lined(wrap(say("figure.bump.own", lang), NAME, SMALL, "bold"), SMALL, "bold")), ranks=own)]
    others, said = rivals(found), ""
    for k, other in enumerate(others):
        kind = "profiles" if other.profile else "rest"
        fresh = [Row(lines=tuple(lined(wrapped(other.title.get(lang), NAME, SMALL, 3), SMALL)), ranks=other.ranks)]
        if kind != said:
            words = wrap(say(f"figure.bump.{kind}", lang), NAME, SMALL)
            fresh.insert(0, Row(lines=tuple(lined(words, SMALL, color=QUIET)), ranks={}))
        if sum(row.height for row in (*rows, *fresh)) > TALLEST:
            return rows, len(others) - k
        rows, said = [*rows, *fresh], kind
    return rows, 0


def _grid(found: Findings, rows: Sequence[Row], lang: str) -> Grid:
    places = max(len(row.ranks) for row in rows)
    title = max(widest([text for text, *_ in row.lines], SMALL, "bold") for row in rows)
    left = MARGIN + min(title, ROOM) + 12
    column = (PAGE - MARGIN - left) / places
    titles = {alternative.key: alternative.title.get(lang) for alternative in found.case.alternatives}
    names = {key: wrap(title, column - 4, SMALL, "bold") for key, title in titles.items()}
    whole = all(widest(title.split(), SMALL, "bold") <= column - 4 for title in titles.values())
    if whole and max(map(len, names.values())) <= ACROSS:
        return Grid(left=left, column=column, places=places, names=names, upright=False)
    most = max(1, min(ACROSS, int((column - 2) / STEP)))
    names = {key: wrapped(title, UPRIGHT, SMALL, most, "bold") for key, title in titles.items()}
    return Grid(left=left, column=column, places=places, names=names, upright=True)


def _titles(axes: Axes, rows: Sequence[Row], ys: Sequence[float], grid: Grid) -> None:
    """Write the titles of the scenarios, and rule the places."""
    for place in range(grid.places):
        x = grid.at(place + 1)
        rule(axes, (x, x), (ys[0] - rows[0].height / 2, ys[-1] + rows[-1].height / 2), lw=0.4)
    box(axes, MARGIN, ys[0] - rows[0].height / 2, (PAGE - 2 * MARGIN, rows[0].height), "#e9eef3")
    for row, y in zip(rows, ys, strict=True):
        centred(axes, MARGIN + 3, y, row.lines)


def _sharing(key: str, row: Row) -> tuple[int, int]:
    """Give how many share a place, and which of them this one is."""
    sharing = [other for other, rank in row.ranks.items() if rank == row.ranks[key]]
    return len(sharing), sharing.index(key)


def _line(axes: Axes, key: str, i: int, rows: Sequence[Row], ys: Sequence[float], grid: Grid) -> None:
    """Draw one alternative's line; it breaks where a scenario does not have it."""
    own, xs, down = look(i), [], []
    for row, y in zip(rows, ys, strict=True):
        if row.ranks:
            count, which = _sharing(key, row) if key in row.ranks else (1, 0)
            shift = (which - (count - 1) / 2) * min(APART, grid.column)
            xs.append(grid.at(row.ranks[key]) + shift if key in row.ranks else float("nan"))
            down.append(y)
    ls = (0, own.dashes) if own.dashes else "-"
    axes.plot(xs, down, color="white", lw=3, zorder=2)
    axes.plot(xs, down, color=own.color, lw=1.4, ls=ls, zorder=2)
    axes.plot(xs, down, color=own.color, lw=0, marker=own.marker, ms=5.5, mec="white", mew=0.6, zorder=3)


def _ends(axes: Axes, row: Row, grid: Grid, y: float, *, up: bool) -> None:
    """Write the names at one end of the lines; those who share a place stand in the columns that they span."""
    for i, (key, lines) in enumerate(grid.names.items()):
        if key not in row.ranks:
            continue
        count, which = _sharing(key, row)
        x, color = grid.at(row.ranks[key] - (count - 1) / 2 + which), look(i).color
        if not grid.upright:
            top = y - len(lines) * STEP if up else y
            write(axes, x, top, lined(lines, SMALL, "bold", color), ha="center")
            continue
        for k, line in enumerate(lines):
            across, va = x + (k - (len(lines) - 1) / 2) * STEP, "bottom" if up else "top"
            axes.text(across, y, line, size=SMALL, weight="bold", color=color, rotation=90, ha="center", va=va)


def _notes(found: Findings, rows: Sequence[Row], left_out: int, lang: str) -> list[str]:
    out = [say("figure.bump.note", lang)]
    keys = set(found.case.problem.alternatives)
    if any(set(row.ranks) != keys for row in rows if row.ranks):
        out.append(say("figure.bump.gaps", lang))
    return [*out, say("figure.bump.more", lang, count=left_out)] if left_out else out
