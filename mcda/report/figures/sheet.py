"""The sheet that every figure is drawn on: one style, measured words, marks placed in points from the top left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Rectangle
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.ticker import MaxNLocator

STYLE = Path(__file__).parent / "style.mplstyle"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FACES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
EM, WIDEST = 100.0, 1.3  # size at which letters are measured; width of a box in place of one, as a part of the size
INK, QUIET, LINE = "#17202a", "#51606e", "#c9d2da"
PAGE = 454.0  # points: 16 cm, the width of a text on A4, so that a figure is printed at its own size
MARGIN, LEADING = 8.0, 1.3  # points, as all lengths; lines are this much further apart than letters are high
TITLE, WORDS, SMALL = 11.0, 8.5, 7.5  # sizes of letters; none is smaller
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # at which a line may be broken
HEADING = "heading"  # label of the texts above a figure
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

Line = tuple[str, float, str, str]  # text, size, weight, colour
Place = Callable[[float], float]


@contextmanager
def style() -> Iterator[None]:
    """Draw by our own settings alone, whatever the machine's or the caller's are."""
    with matplotlib.rc_context():
        matplotlib.rc_file(STYLE)
        yield


def sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """Make an empty figure whose coordinates are points from the top left corner."""
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def extent(text: str, size: float, weight: str = "normal") -> float:
    """Measure how wide a text is, by its letters; kerning would only make it narrower."""
    return sum(_advance(letter, weight) for letter in text) * size


@cache
def _advance(letter: str, weight: str) -> float:
    """Give how far a letter moves the next one, as a part of the size; one outside the font shows as a wide box."""
    font = get_font(FONTS / FACES[weight])
    if not font.get_char_index(ord(letter)):
        return WIDEST
    font.set_size(EM, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / EM


def widest(lines: Sequence[str], size: float, weight: str = "normal") -> float:
    """Measure the widest of some lines."""
    return max((extent(line, size, weight) for line in lines), default=0.0)


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text between words so that each line fits; a word that does not fit is broken where it must."""
    lines: list[str] = []
    for word in SPACES.split(text.strip()):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and extent(joined, size, weight) <= width:
            lines[-1] = joined
            continue
        while extent(word, size, weight) > width and len(word) > 1:
            fit = max(k for k in range(1, len(word)) if k == 1 or extent(f"{word[:k]}-", size, weight) <= width)
            lines.append(f"{word[:fit]}-")
            word = word[fit:]
        lines.append(word)
    return lines or [""]


def cut(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Shorten a text to a width; what was left out shows as an ellipsis."""
    text = " ".join(SPACES.split(text.strip()))
    if extent(text, size, weight) <= width:
        return text
    fits = [k for k in range(len(text)) if extent(text[:k].rstrip() + ELLIPSIS, size, weight) <= width]
    return text[: max(fits, default=0)].rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, most: int, weight: str = "normal") -> list[str]:
    """Break a text into lines, at most so many; the last one is shortened where it must."""
    lines = wrap(text, width, size, weight)
    if len(lines) <= most:
        return lines
    last = f"{lines[most - 1].removesuffix('-')} {lines[most]}"
    return [*lines[: most - 1], cut(last, width, size, weight)]


def lined(lines: Sequence[str], size: float = WORDS, weight: str = "normal", color: str = INK) -> list[Line]:
    """Give all lines one look."""
    return [(line, size, weight, color) for line in lines]


def tall(lines: Sequence[str], least: float, size: float = WORDS) -> float:
    """Give the height of a row that holds some lines."""
    return max(least, size * LEADING * len(lines) + 1.5)


def height(lines: Sequence[Line]) -> float:
    """Give the height of some lines."""
    return sum(size * LEADING for _, size, _, _ in lines)


def heading(title: str, below: str, width: float = PAGE) -> list[Line]:
    """Lay out what stands above a figure."""
    room = width - 2 * MARGIN
    lines = lined(wrap(title, room, TITLE, "bold"), TITLE, "bold")
    return lines + lined(wrap(below, room, WORDS), color=QUIET)


def entitle(axes: Axes, lines: Sequence[Line]) -> None:
    """Write the heading at the top, so that ``bare`` finds it."""
    before = len(axes.texts)
    write(axes, MARGIN, MARGIN, lines)
    for text in list(axes.texts)[before:]:
        text.set_label(HEADING)


def bare(figure: Figure) -> Figure:
    """Take the heading off a figure, for documents whose captions say the same."""
    axes = figure.axes[0]
    lines = [text for text in axes.texts if text.get_label() == HEADING]
    width, deep = figure.get_size_inches() * 72
    top = max((text.get_position()[1] + (LEADING - 1) * float(text.get_fontsize()) for text in lines), default=0.0)
    for text in lines:
        text.remove()
    axes.set_ylim(deep, top)
    figure.set_size_inches(width / 72, (deep - top) / 72)
    return figure


def notes(sentences: Sequence[str], width: float = PAGE) -> list[Line]:
    """Lay out what stands below a figure."""
    return lined(wrap(" ".join(sentences), width - 2 * MARGIN, SMALL), SMALL, color=QUIET)


def write(axes: Axes, x: float, y: float, lines: Sequence[Line], *, ha: str = "left", halo: bool = False) -> None:
    """Write lines below each other, the first one's top at y; a halo keeps rules off the letters."""
    for text, size, weight, color in lines:
        around: list[AbstractPathEffect] = [withStroke(linewidth=3, foreground="white")] if halo else []
        put = axes.text(x, y + size, text, size=size, weight=weight, color=color, ha=ha, va="baseline", zorder=9)
        put.set_path_effects(around)
        y += size * LEADING


def centred(axes: Axes, x: float, y: float, lines: Sequence[Line], *, ha: str = "left", halo: bool = False) -> None:
    """Write lines below each other, centred on y."""
    write(axes, x, y - height(lines) / 2, lines, ha=ha, halo=halo)


def chip(axes: Axes, x: float, y: float, lines: Sequence[Line]) -> None:
    """Write lines centred on a point, on a white ground that keeps hatches off the letters."""
    across, down = max(extent(text, size, weight) for text, size, weight, _ in lines) + 6, height(lines) + 2
    axes.add_patch(Rectangle((x - across / 2, y - down / 2), across, down, facecolor="white", linewidth=0, zorder=8))
    centred(axes, x, y, lines, ha="center")


def box(
    axes: Axes,
    x: float,
    y: float,
    size: tuple[float, float],
    color: str,
    *,
    edge: str = "none",
    hatch: str = "",
    ink: str = "white",
) -> None:
    """Fill a rectangle; a dashed edge or a hatch in another ink where asked for."""
    axes.add_patch(Rectangle((x, y), *size, facecolor=color, edgecolor=ink, linewidth=0, hatch=hatch or None))
    if edge != "none":
        axes.add_patch(Rectangle((x, y), *size, facecolor="none", edgecolor=edge, linewidth=0.9, linestyle=(0, (3, 2))))


def frame(axes: Axes, x: float, y: float, size: tuple[float, float], color: str, *, lw: float = 0.5) -> None:
    """Draw a thin line around a rectangle, in front of what fills it."""
    right, down = x + size[0], y + size[1]
    axes.plot((x, right, right, x, x), (y, y, down, down, y), color=color, lw=lw, zorder=3)


def rule(
    axes: Axes,
    xs: tuple[float, float],
    ys: tuple[float, float],
    *,
    color: str = LINE,
    lw: float = 0.6,
    dashes: tuple[float, ...] = (),
    front: bool = False,
) -> None:
    """Draw a straight line: below bars and words, or in front of bars."""
    look = (0, dashes) if dashes else "-"
    axes.plot(xs, ys, color=color, lw=lw, ls=look, solid_capstyle="butt", zorder=4 if front else 0.5)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Give round numbers between two."""
    found = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = (high - low) * 1e-9
    return [float(tick) for tick in found if low - slack <= tick <= high + slack]


def levels(middles: Sequence[float], widths: Sequence[float], gap: float = 4.0) -> list[int]:
    """Give each label, from the left, the lowest level on which it touches no other."""
    ends: list[float] = []
    out = [0] * len(middles)
    for k in sorted(range(len(middles)), key=lambda k: middles[k]):
        left = middles[k] - widths[k] / 2
        free = [level for level, end in enumerate(ends) if end + gap <= left]
        out[k] = free[0] if free else len(ends)
        ends += [0.0] if not free else []
        ends[out[k]] = middles[k] + widths[k] / 2
    return out


def kept(middle: float, width: float, low: float, high: float) -> float:
    """Move the middle of a label so that the label stays between two ends."""
    return min(max(middle, low + width / 2), high - width / 2)


def spaced(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels below each other, as near as can be to where they belong, so that none touches its neighbour."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    out = list(wanted)
    edge = low
    for k in order:
        out[k] = max(wanted[k], edge + heights[k] / 2)
        edge = out[k] + heights[k] / 2
    edge = high
    for k in reversed(order):
        out[k] = min(out[k], edge - heights[k] / 2)
        edge = out[k] - heights[k] / 2
    return out
