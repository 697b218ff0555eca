"""The ranking: scores as bars, best first."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.report import numbers
from mcda.report.answer import method_words, practically_tied
from mcda.report.figures.looks import FOR
from mcda.report.figures.sheet import (
    INK,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    Place,
    box,
    centred,
    entitle,
    extent,
    heading,
    height,
    lined,
    rule,
    sheet,
    style,
    tall,
    ticks,
    widest,
    wrap,
    write,
)
from mcda.report.findings import Findings
from mcda.words import say

NAME, SIZE, NEAR = 112.0, 9.0, 62.0  # widths of titles and of the words beside a bracket; size of letters


def ranking(found: Findings, lang: str) -> Figure:
    """Draw the scores as bars, best first, and mark neighbours that are practically tied."""
    case, ranking = found.case, found.ranking
    order, near = ranking.order(), practically_tied(ranking)
    with style():
        head = heading(say("report.table.ranking", lang), case.scenario.title.get(lang))
        names = [wrap(case.title(ranking.alternatives[i], lang), NAME, SIZE, "bold") for i in order]
        left = MARGIN + 30 + max(widest(lines, SIZE, "bold") for lines in names)
        note = say("report.figure.ranking", lang, method=method_words(ranking, lang))
        below = lined(wrap(note, PAGE - left - MARGIN, SMALL), SMALL, color=QUIET)
        top, heights = MARGIN + height(head) + 10, [tall(lines, 26, SIZE) for lines in names]
        bottom = top + sum(heights)
        figure, axes = sheet(PAGE, bottom + 20 + height(below) + MARGIN)
        entitle(axes, head)
        right = PAGE - MARGIN - extent(numbers.score(-8.888), SIZE, "bold") - (NEAR + 22 if near else 6)
        place = _scale(axes, ranking.scores.tolist(), (left, right), (top, bottom))
        middles: list[float] = []
        for i, lines, deep in zip(order, names, heights, strict=True):
            middles.append(top + sum(heights[: len(middles)]) + deep / 2)
            _row(axes, middles[-1], lines, float(ranking.ranks[i]), float(ranking.scores[i]), place)
        for group in near:
            _bracket(axes, PAGE - MARGIN - NEAR - 8, middles[group[0]], middles[group[-1]], lang)
        write(axes, left, bottom + 17, below)
    return figure


def _scale(axes: Axes, values: list[float], xs: tuple[float, float], ys: tuple[float, float]) -> Place:
    """Draw a scale that holds 0 and all values, from 0 to 1 where they lie there; give where a value stands."""
    within = min(values) >= 0 and max(values) <= 1
    low, high = (0.0, 1.0) if within else (min(0.0, *values), max(0.0, *values))
    span = high - low or 1.0

    def place(value: float) -> float:
        return xs[0] + (value - low) / span * (xs[1] - xs[0])

    for tick in ticks(low, high):
        rule(axes, (place(tick), place(tick)), ys, color=LINE if tick else INK)
        write(axes, place(tick), ys[1] + 3, lined([numbers.amount(tick)], SMALL, color=QUIET), ha="center")
    return place


def _row(axes: Axes, y: float, lines: list[str], rank: float, score: float, place: Place) -> None:
    start, end = sorted((place(0), place(score)))
    centred(axes, MARGIN + 10, y, lined([numbers.rank(rank)], 10.0, "bold", QUIET), ha="center")
    centred(axes, MARGIN + 24, y, lined(lines, SIZE, "bold"))
    box(axes, start, y - 8, (end - start, 16), FOR)
    centred(axes, end + 5, y, lined([numbers.score(score)], SIZE, "bold"), halo=True)


def _bracket(axes: Axes, x: float, first: float, last: float, lang: str) -> None:
    """Tie rows together whose scores hardly differ."""
    axes.plot([x, x + 5, x + 5, x], [first, first, last, last], color=QUIET, lw=1)
    lines = wrap(say("report.figure.near", lang), NEAR, SMALL)
    centred(axes, x + 9, (first + last) / 2, lined(lines, SMALL, color=QUIET))
