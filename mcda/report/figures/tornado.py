"""The tornado: what each score's range does to the lead of the first over the second, one score at a time."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.report import numbers
from mcda.report.figures.looks import AGAINST, FOR, Look, draw_legend, legend, lighter
from mcda.report.figures.sheet import (
    INK,
    LINE,
    MARGIN,
    PAGE,
    QUIET,
    SMALL,
    WORDS,
    Line,
    Place,
    box,
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
    widest,
    wrap,
    wrapped,
    write,
)
from mcda.report.findings import Findings
from mcda.sensitivity.tornado import Bar
from mcda.study.scenario import Case
from mcda.words import say

SHOWN, LABEL, ROW = 12, 150.0, 24.0  # scores, width of their titles, height of a row
LOW = Look(color=FOR, fill=lighter(FOR, 0.75), hatch="////", marker="o", dashes=())
HIGH = Look(color=FOR, fill=FOR, hatch="", marker="o", dashes=())
LOST = Look(color=AGAINST, fill=lighter(AGAINST, 0.6), hatch="xxxx", marker="o", dashes=())


def tornado(found: Findings, lang: str) -> Figure:
    """Draw, for the scores that move it most, how the lead moves to either end of a score's range."""
    assert found.tornado is not None
    case, moves = found.case, found.tornado
    bars = moves.bars[:SHOWN]
    first, second = case.title(moves.first, lang), case.title(moves.second, lang)
    with style():
        title = say("figure.tornado.title", lang, first=first, second=second)
        head = heading(title, case.scenario.title.get(lang))
        names = [_name(case, bar, lang) for bar in bars]
        heights = [max(ROW, height(name) + 5) for name in names]
        swatches = legend(_swatches(bars, second, lang))
        more = len(moves.bars) - len(bars)
        below = notes(_notes(bars, moves.lead, more, lang))
        marks = [_mark(say("figure.tornado.now", lang, lead=numbers.signed(moves.lead)))]
        marks.append(_mark(say("figure.tornado.zero", lang, second=second)))
        top = MARGIN + height(head) + 10 + sum(map(height, marks)) + 4
        bottom = top + sum(heights)
        figure, axes = sheet(PAGE, bottom + 18 + swatches.height + 4 + height(below) + MARGIN)
        entitle(axes, head)
        place = _scale(bars, moves.lead)
        _axis(axes, place, ticks(*_ends_of(bars, moves.lead)), (top, bottom))
        _rules(axes, place, moves.lead, (top, bottom), marks)
        y = top
        for bar, name, deep in zip(bars, names, heights, strict=True):
            centred(axes, MARGIN, y + deep / 2, name)
            _ends(axes, y + deep / 2, bar, moves.lead, place)
            y += deep
        draw_legend(axes, MARGIN, bottom + 18, swatches)
        write(axes, MARGIN, bottom + 18 + swatches.height + 4, below)
    return figure


def _name(case: Case, bar: Bar, lang: str) -> list[Line]:
    """Name a score: its sub-criterion, and below whose it is."""
    title = wrapped(case.title(bar.criterion, lang), LABEL, WORDS, 3)
    whose = wrapped(case.title(bar.alternative, lang), LABEL, SMALL, 2, "bold")
    return [*lined(title), *lined(whose, SMALL, "bold", QUIET)]


def _swatches(bars: tuple[Bar, ...], second: str, lang: str) -> list[tuple[Look, str]]:
    out = [(LOW, say("figure.tornado.low", lang)), (HIGH, say("figure.tornado.high", lang))]
    turned = any(bar.turns for bar in bars)
    return [*out, (LOST, say("figure.tornado.lost", lang, second=second))] if turned else out


def _notes(bars: tuple[Bar, ...], lead: float, more: int, lang: str) -> list[str]:
    """Say how to read the picture, as far as it shows it."""
    out = [say("figure.tornado.note", lang)]
    if any(_lost(lead, end) for bar in bars for end in (bar.lead_low, bar.lead_high)):
        out.append(say("figure.tornado.bold", lang))
    return [*out, say("figure.tornado.more", lang, count=more)] if more else out


def _lost(lead: float, end: float) -> bool:
    """Whether the lead is no more at an end of a range."""
    return lead * end <= 0


def _mark(text: str) -> list[Line]:
    return lined(wrap(text, PAGE - 3 * MARGIN - LABEL, SMALL, "bold"), SMALL, "bold")


def _ends_of(bars: tuple[Bar, ...], lead: float) -> tuple[float, float]:
    """Give the least and the largest lead that is shown."""
    leads = [0.0, lead, *(bar.lead_low for bar in bars), *(bar.lead_high for bar in bars)]
    return min(leads), max(leads)


def _scale(bars: tuple[Bar, ...], lead: float) -> Place:
    """Give where a lead stands, with room for the scores beside the bars."""
    room = widest([numbers.amount(end) for bar in bars for end in (bar.low, bar.high)], SMALL, "bold") + 8
    left, right = MARGIN + LABEL + 6 + room, PAGE - MARGIN - room
    low, high = _ends_of(bars, lead)
    span = high - low or 1.0
    return lambda value: left + (value - low) / span * (right - left)


def _rules(axes: Axes, place: Place, lead: float, room: tuple[float, float], marks: list[list[Line]]) -> None:
    """Draw the lead now and the lead that is no more, each with its words above, on a line of its own."""
    top, bottom = room
    y = top - 4
    for value, lines, look in ((lead, marks[0], (QUIET, 1.0, (3, 2))), (0.0, marks[1], (INK, 1.4, ()))):
        y -= height(lines)
        across = max(extent(text, SMALL, "bold") for text, *_ in lines)
        middle = kept(place(value), across, MARGIN + LABEL + 6, PAGE - MARGIN)
        write(axes, middle, y, lines, ha="center", halo=True)
        rule(axes, (place(value), place(value)), (y + height(lines), bottom), color=look[0], lw=look[1], dashes=look[2])


def _axis(axes: Axes, place: Place, marks: list[float], room: tuple[float, float]) -> None:
    """Draw the scale of the lead."""
    top, bottom = room
    for tick in marks:
        rule(axes, (place(tick), place(tick)), (top, bottom + 3), color=LINE)
        write(axes, place(tick), bottom + 4, lined([numbers.amount(tick)], SMALL, color=QUIET), ha="center")


def _ends(axes: Axes, y: float, bar: Bar, lead: float, place: Place) -> None:
    """Draw two thin bars, from the lead now to the lead at either end of the range, with the score at that end."""
    for end, score, own, top in ((bar.lead_low, bar.low, LOW, y - 9), (bar.lead_high, bar.high, HIGH, y + 0.5)):
        start, stop = sorted((place(lead), place(end)))
        box(axes, start, top, (stop - start, 8.5), own.fill, hatch=own.hatch, ink=own.color)
        if lead * end < 0:
            start, stop = sorted((place(0.0), place(end)))
            box(axes, start, top, (stop - start, 8.5), LOST.fill, hatch=LOST.hatch, ink=LOST.color)
        weight = "bold" if _lost(lead, end) else "normal"
        x, ha = (place(end) + 3, "left") if end >= lead else (place(end) - 3, "right")
        centred(axes, x, top + 4.25, lined([numbers.amount(score)], SMALL, weight), ha=ha, halo=True)
