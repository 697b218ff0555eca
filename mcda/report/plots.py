"""The figures: a result comes in, a Figure goes out. The one door of matplotlib."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import numbers
from mcda.report.answer import method_words, practically_tied
from mcda.report.scorecard import SHADES, Group, Row, Score
from mcda.report.scorecard import scorecard as layout
from mcda.study.scenario import Case
from mcda.words import say

STYLE = Path(__file__).parent / "style.mplstyle"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
INK, QUIET, LINE = "#17202a", "#51606e", "#c9d2da"
FOR, AGAINST, SUM = "#0b5a94", "#d1651a", "#3c4752"  # the side of zero and the sign tell them apart without colour
MERIT = LinearSegmentedColormap.from_list("merit", SHADES)
MARGIN, LEADING = 16.0, 1.3  # points, as all lengths below; lines are this much further apart than letters are high


def scorecard(case: Case, lang: str) -> Figure:
    """Draw every score by sub-criterion and alternative: value, range, merit as shading, grade of evidence."""
    label, column = 182.0, max(62.0, 410.0 / len(case.alternatives))
    width = 2 * MARGIN + label + column * len(case.alternatives)
    with _style():
        head = _heading(say("report.table.scorecard", lang), case.scenario.title.get(lang), width)
        columns = [_wrap(a.title.get(lang), column - 8, 8.5, "bold") for a in case.alternatives]
        blocks = [
            (
                group,
                _wrap(_owner(group, lang), label - 8, 8.5, "bold"),
                [_wrap(_name(row, lang), label - 18, 8.5) for row in group.rows],
            )
            for group in layout(case)
        ]
        notes = _wrap(say("report.figure.scorecard" if case.leaves else "report.figure.balance", lang), width - 32, 7)
        top = MARGIN + _height(head) + 6 + 11 * max(map(len, columns))
        tall = sum(_tall(owner, 20) + sum(_tall(name, 26) for name in names) for _, owner, names in blocks)
        figure, axes = _sheet(width, top + tall + 36 + 9.2 * len(notes) + MARGIN)
        _print(axes, MARGIN, MARGIN, head)
        for i, lines in enumerate(columns):
            x = MARGIN + label + column * (i + 0.5)
            _print(axes, x, top - 11 * len(lines), [(line, 8.5, "bold", INK) for line in lines], ha="center")
        y = top + 3
        for group, owner, names in blocks:
            y = _owner_row(axes, y, group, owner, (label, column))
            for row, name in zip(group.rows, names, strict=True):
                y = _score_row(axes, y, row, name, (label, column))
        _legend(axes, y + 14, notes, lang)
    return figure


def ranking(case: Case, ranking: Ranking, lang: str) -> Figure:
    """Draw the scores as bars, best first, and mark neighbours that are practically tied."""
    order, width = ranking.order(), 560.0
    with _style():
        head = _heading(say("report.table.ranking", lang), case.scenario.title.get(lang), width)
        names = [_wrap(case.title(ranking.alternatives[i], lang), 130, 9, "bold") for i in order]
        left = MARGIN + 34 + max(_width(line, 9, "bold") for lines in names for line in lines)
        note = _wrap(say("report.figure.ranking", lang, method=method_words(ranking, lang)), width - left - MARGIN, 8)
        top, heights = MARGIN + _height(head) + 10, [_tall(lines, 28) for lines in names]
        bottom = top + sum(heights)
        figure, axes = _sheet(width, bottom + 24 + 11 * len(note) + MARGIN)
        _print(axes, MARGIN, MARGIN, head)
        near = practically_tied(ranking)
        place = _scale(axes, ranking.scores.tolist(), (left, width - (150 if near else 64)), (top, bottom))
        middles: list[float] = []
        for i, lines, height in zip(order, names, heights, strict=True):
            middles.append(top + sum(heights[: len(middles)]) + height / 2)
            _rank_row(axes, middles[-1], lines, float(ranking.ranks[i]), float(ranking.scores[i]), place)
        for group in near:
            _bracket(axes, width - 104, middles[group[0]], middles[group[-1]], lang)
        _print(axes, left, bottom + 20, [(line, 8.0, "normal", QUIET) for line in note])
    return figure


def contributions(lead: Lead, case: Case, lang: str) -> Figure:
    """Draw where a lead comes from: signed bars by criterion, below each by sub-criterion, and their sum."""
    width, label = 580.0, 200.0
    first, second = case.title(lead.first, lang), case.title(lead.second, lang)
    with _style():
        heading = say("report.table.contributions", lang, first=first, second=second)
        head = _heading(heading, case.scenario.title.get(lang), width)
        sides = _wrap(say("report.figure.sides", lang, first=first, second=second), width - 2 * MARGIN, 8.5)
        head += [(line, 8.5, "normal", INK) for line in sides]
        bars = _bars(lead, case, lang)
        names = [_wrap(name, label - (18 if thin else 6), 8.5, "normal" if thin else "bold") for name, _, thin in bars]
        heights = [_tall(lines, 16 if thin else 22) for lines, (_, _, thin) in zip(names, bars, strict=True)]
        top = MARGIN + _height(head) + 12
        figure, axes = _sheet(width, top + sum(heights) + 10 + MARGIN)
        _print(axes, MARGIN, MARGIN, head)
        place = _signed_scale([part for _, part, _ in bars], MARGIN + label + 44, width - MARGIN - 44)
        for k, ((_, part, thin), lines, height) in enumerate(zip(bars, names, heights, strict=True)):
            middle = top + sum(heights[:k]) + height / 2 + (6 if k == len(bars) - 1 else 0)
            color = SUM if k == len(bars) - 1 else FOR if part > 0 else AGAINST
            _signed_row(axes, middle, lines, part, place, (color, thin))
        _rule(axes, (place(0), place(0)), (top - 4, top + sum(heights) + 6), color=INK, lw=0.8)
    return figure


def render(figure: Figure, *, title: str, description: str) -> dict[str, bytes]:
    """Turn a figure into the bytes of its files, by ending; the same figure always gives the same bytes."""
    words, out = {"Title": title, "Description": description}, {}
    with _style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a letter outside the font shows as a box
        for ending, stamps in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            buffer = io.BytesIO()
            figure.savefig(buffer, format=ending, metadata={**stamps, **words})
            out[ending] = buffer.getvalue()
    return out


def paper(figure: Figure, *, title: str) -> bytes:
    """Turn a figure into a PDF for papers; the same figure always gives the same bytes."""
    buffer = io.BytesIO()
    stamps = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    with _style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="pdf", metadata=stamps)
    return buffer.getvalue()


Line = tuple[str, float, str, str]  # text, size, weight, colour
Place = Callable[[float], float]


@contextmanager
def _style() -> Iterator[None]:
    """Draw by our own settings alone, whatever the machine's or the caller's are."""
    with matplotlib.rc_context():
        matplotlib.rc_file(STYLE)
        yield


def _sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """Make an empty figure whose coordinates are points from the top left corner."""
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


@cache
def _width(text: str, size: float, weight: str = "normal") -> float:
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text between words so that each line fits; a word that does not fit is broken where it must."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, size, weight) <= width:
            lines[-1] = joined
            continue
        while _width(word, size, weight) > width and len(word) > 1:
            fit = max(k for k in range(1, len(word)) if k == 1 or _width(word[:k], size, weight) <= width)
            lines.append(word[:fit])
            word = word[fit:]
        lines.append(word)
    return lines or [""]


def _tall(lines: Sequence[str], least: float) -> float:
    return max(least, 11 * len(lines) + 4)


def _height(lines: Sequence[Line]) -> float:
    return sum(size * LEADING for _, size, _, _ in lines)


def _heading(title: str, below: str, width: float) -> list[Line]:
    room = width - 2 * MARGIN
    lines: list[Line] = [(line, 12.0, "bold", INK) for line in _wrap(title, room, 12, "bold")]
    return lines + [(line, 8.5, "normal", QUIET) for line in _wrap(below, room, 8.5)]


def _print(axes: Axes, x: float, y: float, lines: Sequence[Line], *, ha: str = "left", halo: bool = False) -> None:
    """Write lines below each other, the first one's top at y; a halo keeps rules off the letters."""
    for text, size, weight, color in lines:
        around = [withStroke(linewidth=3, foreground="white")] if halo else []
        axes.text(x, y + size, text, size=size, weight=weight, color=color, ha=ha, va="baseline", path_effects=around)
        y += size * LEADING


def _centred(axes: Axes, x: float, y: float, lines: Sequence[Line], *, ha: str = "left", halo: bool = False) -> None:
    """Write lines below each other, centred on y."""
    _print(axes, x, y - _height(lines) / 2, lines, ha=ha, halo=halo)


def _box(axes: Axes, x: float, y: float, size: tuple[float, float], color: str, *, edge: str = "none") -> None:
    dashes = (0, (3, 2)) if edge != "none" else "-"
    axes.add_patch(Rectangle((x, y), *size, facecolor=color, edgecolor=edge, linewidth=0.9, linestyle=dashes))


def _rule(axes: Axes, xs: tuple[float, float], ys: tuple[float, float], *, color: str = LINE, lw: float = 0.6) -> None:
    axes.plot(xs, ys, color=color, lw=lw, solid_capstyle="butt", zorder=0.5)  # below bars and words


def _owner(group: Group, lang: str) -> str:
    """Write a criterion's direction, title and weight."""
    arrow = "\N{BLACK UP-POINTING TRIANGLE}" if group.criterion.direction > 0 else "\N{BLACK DOWN-POINTING TRIANGLE}"
    return f"{arrow} {group.criterion.title.get(lang)} ({numbers.share(group.weight)})"


def _name(row: Row, lang: str) -> str:
    """Write a sub-criterion's title and unit; on a SWOT route what is counted."""
    if row.leaf is None:
        return say("report.balance", lang)
    return f"{row.title.get(lang)} ({row.leaf.unit})" if row.leaf.unit else row.title.get(lang)


def _owner_row(axes: Axes, y: float, group: Group, lines: list[str], places: tuple[float, float]) -> float:
    """Draw a criterion's line with its means; give where the next row begins."""
    label, column = places
    tall = _tall(lines, 20)
    _box(axes, MARGIN, y + 1, (label + column * len(group.means) - 2, tall - 2), "#e9eef3")
    _centred(axes, MARGIN + 4, y + tall / 2, [(line, 8.5, "bold", INK) for line in lines])
    for i, mean in enumerate(group.means):
        x = MARGIN + label + column * (i + 0.5)
        _centred(axes, x, y + tall / 2, [(numbers.score(mean), 7.5, "bold", QUIET)], ha="center")
    return y + tall


def _score_row(axes: Axes, y: float, row: Row, lines: list[str], places: tuple[float, float]) -> float:
    """Draw a sub-criterion's line of cells; give where the next row begins."""
    label, column = places
    tall = _tall(lines, 26)
    _centred(axes, MARGIN + 12, y + tall / 2, [(line, 8.5, "normal", INK) for line in lines])
    for i, score in enumerate(row.scores):
        _score(axes, MARGIN + label + column * i, y, score, (column, tall), whole=row.leaf is None)
    return y + tall


def _score(axes: Axes, x: float, y: float, score: Score, size: tuple[float, float], *, whole: bool) -> None:
    width, tall = size
    _box(axes, x + 1, y + 1, (width - 2, tall - 2), to_hex(MERIT(score.merit)), edge=INK if score.assumed else "none")
    mark = "\N{DAGGER}" if score.assumed else "\N{INCREMENT}" if score.set_by_scenario else ""
    text = (numbers.whole_signed(score.value) if whole else numbers.amount(score.value)) + mark
    lines: list[Line] = [(text, 9.0, "normal", INK)]
    if score.small:
        lines.append((score.small, 6.5, "normal", INK))
    _centred(axes, x + width / 2, y + tall / 2 - 0.5, lines, ha="center")
    if score.grade:
        _print(axes, x + width - 5, y + 2.5, [(score.grade, 6.5, "bold", INK)], ha="right")


def _legend(axes: Axes, y: float, notes: list[str], lang: str) -> None:
    """Draw the five steps of shading, and the notes below."""
    words = [say("report.figure.worse", lang), say("report.figure.better", lang)]
    _print(axes, MARGIN, y, [(words[0], 7.0, "normal", QUIET)])
    x = MARGIN + _width(words[0], 7) + 6
    for step in range(5):
        _box(axes, x + 20 * step, y, (20, 9), to_hex(MERIT(step / 4)))
    _print(axes, x + 106, y, [(words[1], 7.0, "normal", QUIET)])
    _print(axes, MARGIN, y + 15, [(line, 7.0, "normal", QUIET) for line in notes])


def _scale(axes: Axes, values: list[float], xs: tuple[float, float], ys: tuple[float, float]) -> Place:
    """Draw a scale that holds 0 and all values, from 0 to 1 where they lie there; give where a value stands."""
    within = min(values) >= 0 and max(values) <= 1
    low, high = (0.0, 1.0) if within else (min(0.0, *values), max(0.0, *values))
    ticks = [t for t in MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high) if low <= t <= high]
    span = high - low or 1.0

    def place(value: float) -> float:
        return xs[0] + (value - low) / span * (xs[1] - xs[0])

    for tick in ticks:
        _rule(axes, (place(tick), place(tick)), ys, color=INK if tick == 0 else LINE)
        _print(axes, place(tick), ys[1] + 3, [(numbers.amount(tick), 7.5, "normal", QUIET)], ha="center")
    return place


def _rank_row(axes: Axes, y: float, lines: list[str], rank: float, score: float, place: Place) -> None:
    start, end = sorted((place(0), place(score)))
    _centred(axes, MARGIN + 10, y, [(numbers.rank(rank), 11.0, "bold", QUIET)], ha="center")
    _centred(axes, MARGIN + 26, y, [(line, 9.0, "bold", INK) for line in lines])
    _box(axes, start, y - 8, (end - start, 16), FOR)
    _centred(axes, end + 5, y, [(numbers.score(score), 9.0, "bold", INK)], halo=True)


def _bracket(axes: Axes, x: float, first: float, last: float, lang: str) -> None:
    """Tie rows together whose scores hardly differ."""
    axes.plot([x, x + 5, x + 5, x], [first, first, last, last], color=QUIET, lw=1)
    lines = _wrap(say("report.figure.near", lang), 80, 7.5)
    _centred(axes, x + 10, (first + last) / 2, [(line, 7.5, "normal", QUIET) for line in lines])


def _bars(lead: Lead, case: Case, lang: str) -> list[tuple[str, float, bool]]:
    """List label, length and whether it is thin: each criterion, its sub-criteria, and last the sum."""
    bars = []
    for criterion in case.study.criteria:
        bars.append((criterion.title.get(lang), lead.criteria[criterion.key], False))
        own = [leaf for leaf in case.leaves if leaf.criterion == criterion.key]
        bars += [(leaf.title.get(lang), lead.leaves[leaf.key], True) for leaf in own]
    return [*bars, (say("report.figure.sum", lang), lead.lead, False)]


def _signed_scale(parts: list[float], left: float, right: float) -> Place:
    low, high = min(0.0, *parts), max(0.0, *parts)
    span = high - low or 1.0
    return lambda part: left + (part - low) / span * (right - left)


def _signed_row(
    axes: Axes, y: float, lines: list[str], part: float, place: Place, look: tuple[str, bool]
) -> None:
    color, thin = look
    weight = "normal" if thin else "bold"
    start, end = sorted((place(0), place(part)))
    half = 3.5 if thin else 6.5
    _centred(axes, MARGIN + (12 if thin else 0), y, [(line, 8.5, weight, INK) for line in lines])
    _box(axes, start, y - half, (end - start, 2 * half), to_hex(_tint(color)) if thin else color)
    x, ha = (end + 4, "left") if part >= 0 else (start - 4, "right")
    _centred(axes, x, y, [(numbers.signed(part), 7.5 if thin else 8.5, weight, INK)], ha=ha)


def _tint(color: str) -> tuple[float, float, float]:
    """Lighten a colour halfway to white."""
    return tuple((1 + part) / 2 for part in to_rgb(color))  # type: ignore[return-value]
