"""The specification curve of a claim: every specification by its margin, and below it the choices behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mcda.claim.examine import ClaimResult
from mcda.report import numbers
from mcda.report.figures.looks import AGAINST, FOR, draw_legend, legend
from mcda.report.figures.sheet import (
    INK,
    LEADING,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    Line,
    Place,
    centred,
    entitle,
    extent,
    heading,
    height,
    kept,
    lined,
    notes,
    rule,
    sheet,
    style,
    ticks,
    wrap,
    wrapped,
    write,
)
from mcda.study.assertion import FAILS, HOLDS, TIED
from mcda.words import say

NAME, DEEP, STEP = 150.0, 115.0, LEADING * SMALL  # width of the titles, height of the curve, height of a line
TALLEST = 430.0  # of all rows together, so that the figure fits on a page
LOOKS = {"holds": (HOLDS, FOR, "o"), "fails": (FAILS, AGAINST, "x"), "tied": (TIED, QUIET, "s")}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A dimension's title, where ``option`` is None, or one of its options, by their positions."""

    dimension: int
    option: int | None
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """How tall it is drawn."""
        return height(self.lines) + (4 if self.option is None else 0.5)


def curve(result: ClaimResult, lang: str) -> Figure:
    """Draw the margins in rising order, above and below the line where the claim stops to hold, and their choices."""
    found = result.curve
    with style():
        head = heading(say("figure.curve.title", lang), result.claim.title.get(lang))
        rows, left_out = _rows(result, lang)
        swatches = legend(_swatches(result, lang))
        below = notes(_notes(result, left_out, lang))
        left, right = MARGIN + NAME + 10, PAGE - MARGIN
        top = MARGIN + height(head) + 8 + swatches.height + 18
        start = top + DEEP + 12
        bottom = start + sum(row.height for row in rows)
        figure, axes = sheet(PAGE, bottom + 8 + height(below) + MARGIN)
        entitle(axes, head)
        draw_legend(axes, MARGIN, MARGIN + height(head) + 8, swatches)
        xs = left + (found.position + 0.5) / max(found.specifications, 1) * (right - left)
        place = _scale(axes, found.margin, (left, right), (top, top + DEEP), lang)
        _dots(axes, xs, [place(float(margin)) for margin in found.margin], found.outcome)
        _baseline(axes, result, xs, place, (left, right), (top, bottom), lang)
        _choices(axes, rows, start, xs, result)
        write(axes, MARGIN, bottom + 8, below)
    return figure


def counts(result: ClaimResult) -> dict[str, int]:
    """Give how many specifications have each outcome; those that none has are left out."""
    tally = result.overall
    out = {"holds": tally.holds, "tied": tally.ties}
    out["fails"] = tally.specifications - tally.holds - tally.ties
    return {name: out[name] for name in LOOKS if out[name]}


def _swatches(result: ClaimResult, lang: str) -> list[tuple[str, str]]:
    whole = result.overall.specifications
    return [
        (LOOKS[name][1], say(f"figure.curve.{name}", lang, count=count, share=count / whole))
        for name, count in counts(result).items()
    ]


def _rows(result: ClaimResult, lang: str) -> tuple[list[Row], int]:
    """List the dimensions that explain most, as many as find room, in their order; and count those that do not."""
    free = [d for d, dimension in enumerate(result.curve.dimensions) if len(dimension.options) > 1]
    weight = {part.key: part.total for part in result.explained.parts}
    keys = [dimension.key for dimension in result.curve.dimensions]
    blocks: dict[int, list[Row]] = {}
    for d in sorted(free, key=lambda d: -weight.get(keys[d], 0.0)):
        block = _block(result, d, lang)
        if not blocks or sum(row.height for rows in (*blocks.values(), block) for row in rows) <= TALLEST:
            blocks[d] = block
    return [row for d in sorted(blocks) for row in blocks[d]], len(free) - len(blocks)


def _block(result: ClaimResult, d: int, lang: str) -> list[Row]:
    """Lay out a dimension's title and its options below it."""
    dimension = result.curve.dimensions[d]
    title = wrapped(dimension.title.get(lang), PAGE - 2 * MARGIN, SMALL, 2, "bold")
    options = [wrapped(option.title.get(lang), NAME - 6, SMALL, 2) for option in dimension.options]
    rows = [Row(dimension=d, option=o, lines=tuple(lined(lines, SMALL))) for o, lines in enumerate(options)]
    return [Row(dimension=d, option=None, lines=tuple(lined(title, SMALL, "bold"))), *rows]


def _scale(
    axes: Axes, margins: NDArray[np.float64], xs: tuple[float, float], ys: tuple[float, float], lang: str
) -> Place:
    """Draw the scale of the margins and the line at 0; give where a margin stands."""
    low, high = min(0.0, float(margins.min())), max(0.0, float(margins.max()))
    span = high - low or 1.0

    def place(margin: float) -> float:
        return ys[1] - (margin - low) / span * (ys[1] - ys[0])

    for tick in ticks(low, high):
        rule(axes, xs, (place(tick), place(tick)), color=LINE if tick else INK, lw=0.6 if tick else 1.1)
        centred(axes, xs[0] - 4, place(tick), lined([numbers.amount(tick)], SMALL, color=QUIET), ha="right")
    words = lined(wrap(say("figure.curve.margin", lang), NAME - 26, SMALL), SMALL, color=QUIET)
    centred(axes, MARGIN, (ys[0] + ys[1]) / 2, words)
    return place


def _dots(axes: Axes, xs: NDArray[np.float64], ys: Sequence[float], outcome: NDArray[np.int8]) -> None:
    """Draw a dot for every specification, a cross where the claim fails; as pixels, since there are many."""
    for code, color, marker in LOOKS.values():
        here = np.flatnonzero(outcome == code)
        axes.plot(
            xs[here], np.asarray(ys)[here], lw=0, marker=marker, ms=2.6, mfc=color, mec=color, mew=0.7, rasterized=True
        )


def _baseline(
    axes: Axes,
    result: ClaimResult,
    xs: NDArray[np.float64],
    place: Place,
    across: tuple[float, float],
    down: tuple[float, float],
    lang: str,
) -> None:
    """Mark the baseline through all rows, and ring its dot."""
    found = result.curve
    at = [] if found.baseline is None else np.flatnonzero(found.position == found.baseline).tolist()
    for q in at:
        x, text = float(xs[q]), say("figure.curve.baseline", lang)
        rule(axes, (x, x), (down[0] - 4, down[1]), color=INK, lw=0.7, dashes=(1.5, 1.5))
        axes.plot([x], [place(float(found.margin[q]))], marker="o", ms=8, mfc="none", mec=INK, mew=1.1, zorder=5)
        middle = kept(x, extent(text, SMALL, "bold"), *across)
        write(axes, middle, down[0] - 4 - STEP, lined([text], SMALL, "bold"), ha="center")


def _choices(axes: Axes, rows: Sequence[Row], y: float, xs: NDArray[np.float64], result: ClaimResult) -> None:
    """Draw a stroke in the row of every option that a specification takes; none where several lead to it."""
    found, strokes, colors = result.curve, [], []
    shades = {code: color for code, color, _ in LOOKS.values()}
    for row in rows:
        if row.option is None:
            write(axes, MARGIN, y + 3, row.lines)
            rule(axes, (MARGIN, PAGE - MARGIN), (y + 1, y + 1))
        else:
            centred(axes, MARGIN + 6, y + row.height / 2, row.lines)
            for q in np.flatnonzero(found.choice[:, row.dimension] == row.option).tolist():
                x, middle = float(xs[q]), y + row.height / 2
                half = 3.4 if found.outcome[q] == HOLDS else 1.6  # short where the claim fails: told apart in grey too
                strokes.append([(x, middle - half), (x, middle + half)])
                colors.append(shades[int(found.outcome[q])])
        y += row.height
    axes.add_collection(LineCollection(strokes, colors=colors, linewidths=0.8, rasterized=True), autolim=False)


def _notes(result: ClaimResult, left_out: int, lang: str) -> list[str]:
    found = result.curve
    out = [say("figure.curve.note", lang)]
    if len(found.position) < found.specifications:
        out.append(say("figure.curve.thinned", lang, shown=len(found.position), count=found.specifications))
    return [*out, say("figure.curve.left_out", lang, count=left_out)] if left_out else out
