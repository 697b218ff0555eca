"""The weight sweep: the scores while one weight runs, a small panel for every criterion."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.report import numbers
from mcda.report.figures.bands import exact_words, position
from mcda.report.figures.looks import look
from mcda.report.figures.sheet import (
    INK,
    LEADING,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    Line,
    Place,
    centred,
    entitle,
    extent,
    heading,
    height,
    kept,
    levels,
    lined,
    notes,
    rule,
    sheet,
    spaced,
    style,
    ticks,
    widest,
    wrap,
    wrapped,
    write,
)
from mcda.report.findings import Findings
from mcda.sensitivity.sweep import WeightSweep
from mcda.words import say

PANELS, NAMED = 8, 8  # criteria and alternatives that are shown by name, at most
LEAST, GAP, LABEL = 96.0, 14.0, 76.0  # height of a panel, room between two, width of the names beside the lines
STEP = LEADING * SMALL


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One criterion's panel before it is drawn.

    Attributes
    ----------
    left : of the whole panel
    x, width : of the lines
    head : the criterion, and its weight now
    lines : levels of the percentages above the panel
    """

    sweep: WeightSweep
    left: float
    x: float
    width: float
    head: tuple[Line, ...]
    lines: tuple[int, ...]

    @property
    def above(self) -> float:
        """Room above the lines."""
        return height(self.head) + 4 + (max(self.lines, default=-1) + 1) * STEP

    def at(self, weight: float) -> float:
        """Where a weight stands."""
        return self.x + weight * self.width


def sweep(found: Findings, lang: str) -> Figure:
    """Draw the scores against each weight, lines named beside their ends, with every change of the first place."""
    case, sweeps = found.case, shown(found)
    named = _named(found, sweeps)
    with style():
        head = heading(say("figure.sweep.title", lang), case.scenario.title.get(lang))
        texts = {i: wrapped(case.alternatives[i].title.get(lang), LABEL, SMALL, 3, "bold") for i in named}
        deep = max(LEAST, sum(STEP * len(lines) + 2 for lines in texts.values()))
        low, high = min(float(s.scores.min()) for s in sweeps), max(float(s.scores.max()) for s in sweeps)
        marks = ticks(low, high, 4)
        scale = widest([numbers.amount(mark) for mark in marks], SMALL) + 4
        names = max(widest(lines, SMALL, "bold") for lines in texts.values()) + 12
        panels = [_panel(found, one, k, (scale, names), lang) for k, one in enumerate(sweeps)]
        rows = [panels[k : k + 2] for k in range(0, len(panels), 2)]
        below = notes(_notes(found, len(named), lang))
        top = MARGIN + height(head) + 10
        tall = sum(max(panel.above for panel in row) + deep + 26 for row in rows)
        figure, axes = sheet(PAGE, top + tall + height(below) + MARGIN)
        entitle(axes, head)
        y = top
        for row in rows:
            start = y + max(panel.above for panel in row)
            place = _place(low, high, start, deep, higher=sweeps[0].higher_is_better)
            for panel in row:
                write(axes, panel.left, y, panel.head)
                _grid(axes, panel, (start, deep), place, marks)
                _lines(axes, panel, place, texts)
                _flips(axes, panel, start, place, deep)
                _names(axes, panel, place, texts, (start - 4, start + deep + 6))
            y = start + deep + 26
        write(axes, MARGIN, y, below)
    return figure


def shown(found: Findings) -> list[WeightSweep]:
    """Give the sweeps that are shown: all, or those whose change of the first place lies nearest to today's weight."""
    assert found.stability is not None
    sweeps = list(found.stability.sweeps)
    if len(sweeps) <= PANELS:
        return sweeps
    nearest = sorted(sweeps, key=lambda one: float(abs(one.changes() - one.weight).min(initial=2.0)))
    return [one for one in sweeps if one in nearest[:PANELS]]


def _named(found: Findings, sweeps: list[WeightSweep]) -> list[int]:
    """Give who is shown by name, in the order of the study: who is first somewhere, and the best ranked."""
    winners = {position(found.case, stretch.first) for one in sweeps for stretch in one.winners}
    best = [i for i in found.ranking.order() if i in winners] + [i for i in found.ranking.order() if i not in winners]
    return sorted(best[:NAMED])


def _panel(found: Findings, one: WeightSweep, k: int, sides: tuple[float, float], lang: str) -> Panel:
    """Lay a panel out between the numbers on its left and the names on its right."""
    whole = (PAGE - 2 * MARGIN - GAP) / 2
    left = MARGIN + (k % 2) * (whole + GAP)
    x, width = left + sides[0], whole - sum(sides)
    title = lined(wrap(found.case.title(one.criterion, lang), whole, WORDS, "bold"), weight="bold")
    now = lined([say("figure.now", lang, share=numbers.share(one.weight))], SMALL, color=QUIET)
    panel = Panel(sweep=one, left=left, x=x, width=width, head=(*title, *now), lines=())
    return replace(panel, lines=tuple(levels(*_percentages(panel))))


def _percentages(panel: Panel) -> tuple[list[float], list[float]]:
    """Place the percentages above a panel."""
    changes = panel.sweep.changes().tolist()
    widths = [extent(numbers.share(weight), SMALL) for weight in changes]
    ends = panel.x - 10, panel.x + panel.width + 20
    return [kept(panel.at(w), width, *ends) for w, width in zip(changes, widths, strict=True)], widths


def _place(low: float, high: float, top: float, deep: float, *, higher: bool) -> Place:
    """Give where a score stands: the better, the higher up."""
    span = high - low or 1.0
    if higher:
        return lambda score: top + deep - (score - low) / span * deep
    return lambda score: top + (score - low) / span * deep


def _grid(axes: Axes, panel: Panel, room: tuple[float, float], place: Place, marks: list[float]) -> None:
    top, deep = room
    for mark in marks:
        rule(axes, (panel.x, panel.x + panel.width), (place(mark), place(mark)))
        centred(axes, panel.x - 3, place(mark), lined([numbers.amount(mark)], SMALL, color=QUIET), ha="right")
    for share in (0.0, 0.5, 1.0):
        rule(axes, (panel.at(share), panel.at(share)), (top + deep, top + deep + 3), color=QUIET)
        write(
            axes, panel.at(share), top + deep + 4, lined([numbers.share(share)], SMALL, color=QUIET), ha="center"
        )
    now = panel.at(panel.sweep.weight)
    rule(axes, (now, now), (top, top + deep), color=QUIET, lw=1.1)
    rule(axes, (panel.x, panel.x + panel.width), (top + deep, top + deep), color=QUIET)


def _lines(axes: Axes, panel: Panel, place: Place, texts: dict[int, list[str]]) -> None:
    """Draw the lines, those without a name thin and grey."""
    xs = panel.x + panel.sweep.grid * panel.width
    for i, scores in enumerate(panel.sweep.scores.T):
        ys = [place(float(score)) for score in scores]
        if i not in texts:
            axes.plot(xs, ys, color=LINE, lw=0.6, zorder=1)
            continue
        own = look(i)
        ls = (0, own.dashes) if own.dashes else "-"
        axes.plot(xs, ys, color=own.color, lw=1.2, ls=ls, zorder=2)
        every = [len(xs) // 4, 3 * len(xs) // 4]
        axes.plot(xs, ys, color=own.color, lw=0, marker=own.marker, ms=3.6, markevery=every, mew=0, zorder=2)


def _flips(axes: Axes, panel: Panel, top: float, place: Place, deep: float) -> None:
    """Ring the points at which the first place changes hands, and write their weights above the panel."""
    one = panel.sweep
    best = one.scores.max(axis=1) if one.higher_is_better else one.scores.min(axis=1)
    middles, _ = _percentages(panel)
    for weight, middle, level in zip(one.changes().tolist(), middles, panel.lines, strict=True):
        x, text = panel.at(weight), numbers.share(weight)
        above = top - 3 - level * STEP
        y = place(float(np.interp(weight, one.grid, best)))
        rule(axes, (x, x), (above, top + deep), color=INK, lw=0.6, dashes=(1.5, 1.5))
        axes.plot([x], [y], marker="o", ms=7, mfc="none", mec=INK, mew=1, zorder=5)
        write(axes, middle, above - STEP, lined([text], SMALL), ha="center", halo=True)


def _names(
    axes: Axes, panel: Panel, place: Place, texts: dict[int, list[str]], room: tuple[float, float]
) -> None:
    """Write the names beside the right ends of the lines, moved apart, each tied to its end."""
    end = panel.x + panel.width
    wanted = [place(float(panel.sweep.scores[-1, i])) for i in texts]
    middles = spaced(wanted, [STEP * len(lines) + 1.5 for lines in texts.values()], *room)
    for (i, lines), there, middle in zip(texts.items(), wanted, middles, strict=True):
        color = look(i).color
        axes.plot((end, end + 3, end + 9), (there, there, middle), color=color, lw=0.6, zorder=1)
        axes.plot([end + 1], [there], color=color, marker=look(i).marker, ms=3.6, mew=0, zorder=3)
        centred(axes, end + 11, middle, lined(lines, SMALL, "bold", color))


def _notes(found: Findings, named: int, lang: str) -> list[str]:
    assert found.stability is not None
    sweeps = found.stability.sweeps
    out = [say("figure.sweep.note", lang), exact_words(found, lang)]
    if not sweeps[0].higher_is_better:
        out.append(say("figure.sweep.lower", lang))
    if named < len(found.case.alternatives):
        out.append(say("figure.sweep.grey", lang))
    if len(sweeps) > PANELS:
        out.append(say("figure.sweep.shown", lang, shown=PANELS, count=len(sweeps)))
    return out
