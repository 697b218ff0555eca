"""Rank acceptability: how often each alternative takes each place, over all weights and over the scores' ranges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.engine.problem import Array
from mcda.report.figures.looks import RAMP, draw_legend, legend, letters, shade
from mcda.report.figures.sheet import (
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    box,
    centred,
    entitle,
    extent,
    frame,
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
from mcda.sensitivity.smaa import Acceptability
from mcda.words import say

NAME = 92.0  # width of the titles
PLACES = len(RAMP)  # that can be told apart; the places from there on are one
ROW, GAP = 17.0, 12.0  # height of a bar, room between panels


def acceptability(found: Findings, lang: str) -> Figure:
    """Draw, for each alternative, a bar of one whole that its places divide: one panel for weights, one for scores."""
    case, order = found.case, found.ranking.order()
    panels = [(kind, shares) for kind, shares in measured(found).items()]
    with style():
        head = heading(say("figure.acceptability.title", lang), case.scenario.title.get(lang))
        names = [wrap(case.alternatives[i].title.get(lang), NAME, WORDS, "bold") for i in order]
        left = MARGIN + 8 + max(widest(lines, WORDS, "bold") for lines in names)
        width = (PAGE - MARGIN - left + GAP) / len(panels) - GAP
        heads = [lined(wrap(_panel(*panel, lang), width, SMALL), SMALL) for panel in panels]
        heights = [tall(lines, ROW) for lines in names]
        swatches = legend(_places(len(order), lang))
        below = notes([say("figure.acceptability.note", lang), *error_words(found, lang)])
        under = MARGIN + height(head) + 8 + max(map(height, heads)) + 3
        top = under + sum(heights) + 8
        figure, axes = sheet(PAGE, top + swatches.height + 3 + height(below) + MARGIN)
        entitle(axes, head)
        for k, ((_, shares), lines) in enumerate(zip(panels, heads, strict=True)):
            x, y = left + k * (width + GAP), under
            write(axes, x, under - 3 - height(lines), lines)
            for i, deep in zip(order, heights, strict=True):
                _bar(axes, (x, y + 1, x + width, deep - 2), grouped(shares.rank_acceptability[i]), lang)
                y += deep
        for k, (name, deep) in enumerate(zip(names, heights, strict=True)):
            centred(axes, MARGIN, under + sum(heights[:k]) + deep / 2, lined(name, weight="bold"))
        draw_legend(axes, MARGIN, top, swatches)
        write(axes, MARGIN, top + swatches.height + 3, below)
    return figure


def measured(found: Findings) -> dict[str, Acceptability]:
    """Give what was measured, by what was drawn."""
    both = {"weights": found.weights, "scores": found.scores}
    return {kind: shares for kind, shares in both.items() if shares is not None}


def error_words(found: Findings, lang: str) -> list[str]:
    """Say how exact the shares are."""
    drawn = [shares for shares in measured(found).values() if not shares.exact]
    if not drawn:
        return [say("figure.acceptability.exact", lang)]
    error = max(float(shares.standard_error.max()) for shares in drawn)
    return [say("figure.acceptability.error", lang, error=error)]


def grouped(shares: Array) -> Array:
    """Join the last places into one where there are more than can be told apart."""
    if len(shares) <= PLACES:
        return shares
    joined: Array = np.append(shares[: PLACES - 1], shares[PLACES - 1 :].sum())
    return joined


def _panel(kind: str, shares: Acceptability, lang: str) -> str:
    code = "exact" if shares.exact else kind
    return say(f"figure.acceptability.{code}_panel", lang, draws=shares.draws)


def _places(count: int, lang: str) -> list[tuple[str, str]]:
    shown = min(count, PLACES)
    words = [say("figure.place", lang, rank=place + 1) for place in range(shown)]
    if shown < count:
        words[-1] = say("figure.place_from", lang, rank=shown)
    return [(shade(place, shown), word) for place, word in enumerate(words)]


def _bar(axes: Axes, room: tuple[float, float, float, float], shares: Sequence[float] | Array, lang: str) -> None:
    """Divide a bar, and write the shares that find room in their part."""
    left, y, right, deep = room
    ends = left + np.r_[0.0, np.cumsum(shares)] * (right - left)
    for place, (share, x0, x1) in enumerate(zip(shares, ends[:-1], ends[1:], strict=True)):
        color = shade(place, len(shares))
        box(axes, x0, y, (x1 - x0, deep), color)
        text = say("figure.whole_share", lang, share=float(share))
        if share > 0 and extent(text, SMALL) + 4 <= x1 - x0:
            centred(axes, (x0 + x1) / 2, y + deep / 2, lined([text], SMALL, color=letters(color)), ha="center")
    for x in ends[1:-1]:
        axes.plot((x, x), (y, y + deep), color="white", lw=0.8, zorder=3)
    frame(axes, left, y, (right - left, deep), QUIET)
