"""How alternatives and places are told apart: by colour, and without it by hatch, marker and dash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from mcda.report.figures.sheet import (
    INK,
    LEADING,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    box,
    frame,
    lined,
    widest,
    wrap,
    write,
)
from mcda.report.page import COLORS

# Colours, hatches, markers and dashes come round at different paces: no two of 24 alternatives look the same.
HATCHES = ("", "////", "..", "xxxx", "\\\\\\\\", "---", "|||", "+++", "//", "xx", "\\\\", "oo")
TINTS = (0.25, 0.6, 0.8)  # share of white in a fill
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p", "h", "<", ">", "*")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 1.6), (1.4, 1.4), (6, 1.5, 1.4, 1.5), (9, 2.5), (3, 1.2, 1.2, 1.2))
# Of places, the first one darkest; white letters can be read on the first two, dark ones on the others.
RAMP = ("#0b3c66", "#1f5f96", "#5b9bd0", "#93bfdf", "#c6dcec", "#eef3f7")
FOR, AGAINST, SUM = "#0b5a94", "#d1651a", "#3c4752"  # the side of zero and the sign tell them apart without colour
SHARED = "#ffffff"  # of a place that several share


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one alternative is drawn: ``color`` for lines and hatches, ``fill`` for areas."""

    color: str
    fill: str
    hatch: str
    marker: str
    dashes: tuple[float, ...]


TIED = Look(color=QUIET, fill=SHARED, hatch="", marker="o", dashes=())  # stands for several alternatives at once


def look(position: int) -> Look:
    """Give the look of the alternative at a position among all, the same in every figure; of several at -1."""
    if position < 0:
        return TIED
    color = COLORS[position % len(COLORS)]
    return Look(
        color=color,
        fill=lighter(color, TINTS[(position + position // len(HATCHES)) % len(TINTS)]),
        hatch=HATCHES[position % len(HATCHES)],
        marker=MARKERS[position % len(MARKERS)],
        dashes=DASHES[position % len(DASHES)],
    )


def lighter(color: str, white: float) -> str:
    """Mix a colour with white."""
    red, green, blue = (white + (1 - white) * part for part in to_rgb(color))
    return to_hex((red, green, blue))


def shade(place: int, places: int) -> str:
    """Give the shade of a place (0 is the first) among at most six: darkest for the first, each next one lighter."""
    return RAMP[round(place / max(places - 1, 1) * (len(RAMP) - 1))]


def letters(color: str) -> str:
    """Choose letters that can be read on a shade of a place."""
    return "white" if color in RAMP[:2] else INK


def area(axes: Axes, x: float, y: float, size: tuple[float, float], of: Look) -> None:
    """Fill a rectangle with an alternative's colour and hatch."""
    box(axes, x, y, size, of.fill, hatch=of.hatch, ink=of.color)


Swatch = Look | str  # an alternative's, or a plain colour


@dataclass(frozen=True, kw_only=True)
class Legend:
    """Swatches with words beside them, in lines as wide as the figure."""

    entries: tuple[tuple[Swatch, tuple[str, ...], float, float], ...]  # with the place of each
    height: float


def legend(entries: Sequence[tuple[Swatch, str]], width: float = PAGE - 2 * MARGIN) -> Legend:
    """Lay a legend out."""
    out, x, y, row = [], 0.0, 0.0, 0.0
    for swatch, words in entries:
        lines = wrap(words, width - 24, SMALL)
        across = 22 + widest(lines, SMALL)
        if x and x + across > width:
            x, y, row = 0.0, y + row, 0.0
        out.append((swatch, tuple(lines), x, y))
        row = max(row, LEADING * SMALL * len(lines) + 4)
        x += across + 12
    return Legend(entries=tuple(out), height=y + row)


def draw_legend(axes: Axes, x: float, y: float, of: Legend) -> None:
    """Draw a legend with its top left corner at a point."""
    for swatch, lines, right, down in of.entries:
        if isinstance(swatch, Look):
            area(axes, x + right, y + down, (18, 9), swatch)
        else:
            box(axes, x + right, y + down, (18, 9), swatch)
        frame(axes, x + right, y + down, (18, 9), LINE)
        write(axes, x + right + 22, y + down, lined(lines, SMALL))
