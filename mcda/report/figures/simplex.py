"""The simplex map: who is first for every split of three weights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from mcda.report import numbers
from mcda.report.figures.looks import Swatch, draw_legend, legend, look
from mcda.report.figures.sheet import (
    INK,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    Line,
    chip,
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
    wrapped,
    write,
)
from mcda.report.findings import Findings
from mcda.sensitivity.triangle import SHARED, Triangle
from mcda.study.scenario import Case
from mcda.words import say

SIDE, CORNER = 300.0, 140.0  # length of a side, width of the words at a corner
AIR = (6, 4, 2.5, 1.5, 1)  # how much higher than its label a region shall be where the label stands
TALL = SIDE * 3**0.5 / 2
LEFT = (PAGE - SIDE) / 2
Spot = tuple[float, float]


def simplex(found: Findings, lang: str) -> Figure:
    """Draw the triangle of three weights, each region in the look of who is first there, and today's weights."""
    assert found.triangle is not None
    case, map_ = found.case, found.triangle
    with style():
        head = heading(say("figure.simplex.title", lang), case.scenario.title.get(lang))
        corners = [_corner(case, key, map_.whole, lang) for key in map_.corners]
        swatches = legend(_swatches(case, map_, lang))
        below = notes([say("figure.simplex.note", lang), *fixed_words(case, map_, lang)])
        top = MARGIN + height(head) + 8 + height(corners[2]) + 6
        under = top + TALL + 6 + max(map(height, corners[:2])) + 10
        figure, axes = sheet(PAGE, under + swatches.height + 4 + height(below) + MARGIN)
        entitle(axes, head)
        for who in sorted({run.first for row in map_.rows for run in row}):
            _region(axes, map_, who, top)
        edge = [_spot(0, 0, top), _spot(0, 1, top), _spot(1, 0, top), _spot(0, 0, top)]
        axes.plot([x for x, _ in edge], [y for _, y in edge], color=INK, lw=0.9, zorder=4, solid_joinstyle="miter")
        _thirds(axes, top)
        star = _spot(float(map_.now[2]), _way(map_), top)
        _name_regions(axes, case, map_, top, star, lang)
        axes.plot([star[0]], [star[1]], marker="*", ms=13, mfc=INK, mec="white", mew=1, zorder=10)
        _name_corners(axes, corners, top)
        draw_legend(axes, MARGIN, under, swatches)
        write(axes, MARGIN, under + swatches.height + 4, below)
    return figure


def fixed_words(case: Case, map_: Triangle, lang: str) -> list[str]:
    """Say which weights stay as they are."""
    if not map_.fixed:
        return []
    each = [f"{case.title(key, lang)} {numbers.share(weight)}" for key, weight in map_.fixed.items()]
    return [say("figure.simplex.fixed", lang, weights="; ".join(each))]


def _corner(case: Case, key: str, whole: float, lang: str) -> list[Line]:
    words = wrapped(case.title(key, lang), CORNER, WORDS, 3, "bold")
    return [*lined(words, weight="bold"), *lined([numbers.share(whole)], SMALL, color=QUIET)]


def _swatches(case: Case, map_: Triangle, lang: str) -> list[tuple[Swatch, str]]:
    """List who is first somewhere with the part of the triangle; last today's weights."""
    out: list[tuple[Swatch, str]] = []
    for i, share in enumerate(map_.shares.tolist()):
        if share > 0:
            title = case.alternatives[i].title.get(lang)
            out.append((look(i), say("figure.simplex.part", lang, name=title, share=share)))
    if any(run.first == SHARED for row in map_.rows for run in row):
        out.append((look(SHARED), say("figure.tied", lang)))
    return out


def _spot(third: float, way: float, top: float) -> Spot:
    """Place a point: the third criterion's part upwards, along the row from the first corner to the second."""
    return LEFT + SIDE * (third / 2 + way * (1 - third)), top + TALL * (1 - third)


def _way(map_: Triangle) -> float:
    """Give how far along their row today's weights stand."""
    first, second = float(map_.now[0]), float(map_.now[1])
    return second / (first + second) if first + second else 0.5


def _region(axes: Axes, map_: Triangle, who: int, top: float) -> None:
    """Fill the region of one winner with colour and hatch."""
    own, outlines = look(who), list(_outlines(map_, who, top))
    path = Path.make_compound_path(*(Path([*outline, outline[0]], closed=True) for outline in outlines))
    axes.add_patch(PathPatch(path, facecolor=own.fill, edgecolor=own.fill, lw=0.4, zorder=1))
    if own.hatch:
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=own.color, lw=0, hatch=own.hatch, zorder=2))


def _outlines(map_: Triangle, who: int, top: float) -> list[list[Spot]]:
    """Outline a winner's runs: smooth over rows with the same winners, with a step halfway between others."""
    out = []
    for start, stop in _alike(map_):
        for k, run in enumerate(map_.rows[start]):
            if run.first != who:
                continue
            left = [(map_.heights[r], map_.rows[r][k].low) for r in range(start, stop)]
            right = [(map_.heights[r], map_.rows[r][k].high) for r in range(start, stop)]
            half = (map_.heights[1] - map_.heights[0]) / 2
            for side in (left, right):
                if start:
                    side.insert(0, (map_.heights[start] - half, side[0][1]))
                if stop < len(map_.rows):
                    side.append((map_.heights[stop - 1] + half, side[-1][1]))
            out.append([_spot(float(h), float(w), top) for h, w in (*left, *reversed(right))])
    return out


def _alike(map_: Triangle) -> list[tuple[int, int]]:
    """Give the stretches of rows with the same winners in the same order."""
    winners = [tuple(run.first for run in row) for row in map_.rows]
    begins = [0, *(k for k in range(1, len(winners)) if winners[k] != winners[k - 1]), len(winners)]
    return list(pairwise(begins))


def _thirds(axes: Axes, top: float) -> None:
    """Rule light lines at a quarter, a half and three quarters of each weight."""
    for part in (0.25, 0.5, 0.75):
        ends = [
            (_spot(part, 0, top), _spot(part, 1, top)),
            (_spot(0, part, top), _spot(1 - part, 1.0, top) if part < 1 else _spot(1, 0, top)),
            (_spot(0, part, top), _spot(part, 0, top)),
        ]
        for (x0, y0), (x1, y1) in ends:
            rule(axes, (x0, x1), (y0, y1), color="white", lw=0.7, front=True)


def _name_regions(axes: Axes, case: Case, map_: Triangle, top: float, star: Spot, lang: str) -> None:
    """Name each region where it is widest, if its name finds room there beside the mark of today's weights."""
    for i in np.flatnonzero(map_.shares > 0).tolist():
        lines = lined(wrapped(case.alternatives[i].title.get(lang), 90, SMALL, 3, "bold"), SMALL, "bold")
        across, deep = max(extent(text, SMALL, "bold") for text, *_ in lines) + 10, height(lines) + 6
        spots = (_room(map_, i, (across, deep * air), top, star) for air in AIR)
        spot = next((spot for spot in spots if spot is not None), None)
        if spot is not None:
            chip(axes, *spot, lines)


def _room(map_: Triangle, who: int, size: tuple[float, float], top: float, star: Spot) -> Spot | None:
    """Find the middle of the widest stretch of a region that holds a label of some size."""
    half = max(1, round(size[1] / 2 / (TALL * (map_.heights[1] - map_.heights[0]))))
    best, spot = size[0], None
    for r in range(half, len(map_.rows) - half, 2):
        for start, end in _common([_ends(map_, k, who, top) for k in (r - half, r, r + half)]):
            y = _spot(float(map_.heights[r]), 0, top)[1]
            parts = [(start, end)]
            if abs(star[1] - y) < size[1] / 2 + 8 and start < star[0] < end:
                parts = [(start, star[0] - 9), (star[0] + 9, end)]
            for x0, x1 in parts:
                if x1 - x0 > best + 0.01:
                    best, spot = x1 - x0, ((x0 + x1) / 2, y)
    return spot


def _ends(map_: Triangle, row: int, who: int, top: float) -> list[tuple[float, float]]:
    third = float(map_.heights[row])
    runs = [run for run in map_.rows[row] if run.first == who]
    return [(_spot(third, run.low, top)[0], _spot(third, run.high, top)[0]) for run in runs]


def _common(rows: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Give the stretches that lie in all rows."""
    out = rows[0]
    for other in rows[1:]:
        out = [(max(a, c), min(b, d)) for a, b in out for c, d in other if min(b, d) > max(a, c)]
    return out


def _name_corners(axes: Axes, corners: Sequence[Sequence[Line]], top: float) -> None:
    """Write at each corner whose weight is whole there."""
    for lines, x, y in (
        (corners[0], LEFT, top + TALL + 6),
        (corners[1], LEFT + SIDE, top + TALL + 6),
        (corners[2], LEFT + SIDE / 2, top - 6 - height(corners[2])),
    ):
        across = max(extent(text, size, weight) for text, size, weight, _ in lines)
        write(axes, kept(x, across, MARGIN, PAGE - MARGIN), y, lines, ha="center")
