"""Winner bands: who is first at each weight of one criterion, a strip for every criterion."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.report import numbers
from mcda.report.figures.looks import Swatch, area, draw_legend, legend, look
from mcda.report.figures.sheet import (
    INK,
    LEADING,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    Line,
    centred,
    chip,
    cut,
    entitle,
    extent,
    frame,
    heading,
    height,
    kept,
    levels,
    lined,
    notes,
    rule,
    sheet,
    style,
    widest,
    wrap,
    write,
)
from mcda.report.findings import Findings
from mcda.sensitivity.sweep import Interval, WeightSweep
from mcda.study.scenario import Case
from mcda.words import say

NAME, DEEP, LEAST = 118.0, 16.0, 30.0  # width of the titles, depth of a strip, the least room for a name in it


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One criterion's strip before it is drawn: its words, and how many lines of percentages stand below."""

    sweep: WeightSweep
    name: tuple[Line, ...]
    lines: tuple[int, ...]

    @property
    def height(self) -> float:
        """How deep it is, with what stands around it."""
        below = (max(self.lines, default=-1) + 1) * LEADING * SMALL
        return max(8 + DEEP + 3 + below, height(self.name)) + 4


def bands(found: Findings, lang: str) -> Figure:
    """Draw, for each criterion, who is first while its weight runs from 0 to 100%, exactly where the sweeps are."""
    assert found.stability is not None
    case, sweeps = found.case, found.stability.sweeps
    with style():
        head = heading(say("figure.bands.title", lang), case.scenario.title.get(lang))
        names = [_name(case, sweep, lang) for sweep in sweeps]
        left = MARGIN + 8 + max(widest([text for text, *_ in name], WORDS, "bold") for name in names)
        ends = (left, PAGE - MARGIN - 10)
        strips = [
            Strip(sweep=sweep, name=tuple(name), lines=tuple(_lines(sweep, ends)))
            for sweep, name in zip(sweeps, names, strict=True)
        ]
        swatches = legend(_swatches(case, sweeps, lang))
        below = notes([say("figure.bands.note", lang), exact_words(found, lang)])
        top = MARGIN + height(head) + 10
        bottom = top + sum(strip.height for strip in strips)
        figure, axes = sheet(PAGE, bottom + 18 + swatches.height + 4 + height(below) + MARGIN)
        entitle(axes, head)
        y = top
        for strip in strips:
            _strip(axes, y, strip, ends, case, lang)
            y += strip.height
        _axis(axes, bottom, ends)
        draw_legend(axes, MARGIN, bottom + 18, swatches)
        write(axes, MARGIN, bottom + 18 + swatches.height + 4, below)
    return figure


def exact_words(found: Findings, lang: str) -> str:
    """Say how exact the places are at which the first place changes."""
    assert found.stability is not None
    if found.stability.exact:
        return say("figure.exact", lang)
    return say("figure.scan", lang, step=found.stability.resolution)


def position(case: Case, first: tuple[str, ...]) -> int:
    """Give the position of who is first; -1 where several are."""
    return case.problem.alternatives.index(first[0]) if len(first) == 1 else -1


def _name(case: Case, sweep: WeightSweep, lang: str) -> list[Line]:
    now = say("figure.now", lang, share=numbers.share(sweep.weight))
    title = lined(wrap(case.title(sweep.criterion, lang), NAME, WORDS, "bold"), weight="bold")
    return [*title, *lined(wrap(now, NAME, SMALL), SMALL, color=QUIET)]


def _lines(sweep: WeightSweep, ends: tuple[float, float]) -> list[int]:
    """Give each change of the first place the line below the strip on which its percentage stands."""
    widths = [extent(numbers.share(weight), SMALL) for weight in sweep.changes().tolist()]
    middles = [
        kept(_at(weight, ends), width, ends[0], ends[1] + 10)
        for weight, width in zip(sweep.changes().tolist(), widths, strict=True)
    ]
    return levels(middles, widths)


def _at(weight: float, ends: tuple[float, float]) -> float:
    return ends[0] + weight * (ends[1] - ends[0])


def _swatches(case: Case, sweeps: tuple[WeightSweep, ...], lang: str) -> list[tuple[Swatch, str]]:
    """List who is first somewhere, in the order of the study."""
    seen = {position(case, stretch.first) for sweep in sweeps for stretch in sweep.winners}
    out: list[tuple[Swatch, str]] = [(look(i), case.alternatives[i].title.get(lang)) for i in sorted(seen) if i >= 0]
    return [*out, (look(-1), say("figure.tied", lang))] if -1 in seen else out


def _strip(axes: Axes, y: float, strip: Strip, ends: tuple[float, float], case: Case, lang: str) -> None:
    sweep, top = strip.sweep, y + 8
    centred(axes, MARGIN, max(top + DEEP / 2, y + height(strip.name) / 2), strip.name)
    now = _at(sweep.weight, ends)
    for stretch in sweep.winners:
        _stretch(axes, top, stretch, ends, now, case, lang)
    frame(axes, ends[0], top, (ends[1] - ends[0], DEEP), INK, lw=0.6)
    for weight, line in zip(sweep.changes().tolist(), strip.lines, strict=True):
        x, text = _at(weight, ends), numbers.share(weight)
        below = top + DEEP + 3 + line * LEADING * SMALL
        rule(axes, (x, x), (top, top + DEEP), color="white", lw=2.2, front=True)
        rule(axes, (x, x), (top, below), color=INK, lw=0.7, front=True)
        middle = kept(x, extent(text, SMALL), ends[0], ends[1] + 10)
        write(axes, middle, below - 1, lined([text], SMALL), ha="center", halo=True)
    rule(axes, (now, now), (top - 1, top + DEEP + 1), color="white", lw=4, front=True)
    rule(axes, (now, now), (top - 1, top + DEEP + 1), color=INK, lw=1.6, front=True)
    axes.plot([now], [top - 4], marker="v", ms=6, mfc=INK, mec="white", mew=0.5, zorder=6)


def _stretch(
    axes: Axes, top: float, stretch: Interval, ends: tuple[float, float], now: float, case: Case, lang: str
) -> None:
    """Fill a stretch, and name who is first in it beside the mark of today's weight, where there is room."""
    x0, x1 = _at(stretch.low, ends), _at(stretch.high, ends)
    area(axes, x0, top, (x1 - x0, DEEP), look(position(case, stretch.first)))
    parts = [(x0, now), (now, x1)] if x0 < now < x1 else [(x0, x1)]
    start, end = max(parts, key=lambda part: part[1] - part[0])
    name = " = ".join(case.title(key, lang) for key in stretch.first)
    shown = cut(name, end - start - 14, SMALL, "bold")
    if end - start - 14 < LEAST and shown != name:
        return
    chip(axes, (start + end) / 2, top + DEEP / 2, lined([shown], SMALL, "bold"))


def _axis(axes: Axes, y: float, ends: tuple[float, float]) -> None:
    """Draw the scale of the weights."""
    rule(axes, ends, (y, y), color=QUIET)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        rule(axes, (_at(tick, ends), _at(tick, ends)), (y, y + 3), color=QUIET)
        write(axes, _at(tick, ends), y + 4, lined([numbers.share(tick)], SMALL, color=QUIET), ha="center")
