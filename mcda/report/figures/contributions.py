"""The contributions: where the lead of the first over the second comes from."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.explain import Lead
from mcda.report import numbers
from mcda.report.figures.looks import AGAINST, FOR, SUM, lighter
from mcda.report.figures.sheet import (
    INK,
    MARGIN,
    PAGE,
    SMALL,
    WORDS,
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
    wrap,
    write,
)
from mcda.report.findings import Findings
from mcda.study.scenario import Case
from mcda.words import say

LABEL = 192.0  # width of the titles


def contributions(found: Findings, lang: str) -> Figure:
    """Draw where a lead comes from: signed bars by criterion, below each by sub-criterion, and their sum."""
    assert found.lead is not None
    lead, case = found.lead, found.case
    first, second = case.title(lead.first, lang), case.title(lead.second, lang)
    with style():
        title = say("report.table.contributions", lang, first=first, second=second)
        sides = wrap(say("report.figure.sides", lang, first=first, second=second), PAGE - 2 * MARGIN, WORDS)
        head, own = heading(title, case.scenario.title.get(lang)), lined(sides)
        bars = _bars(lead, case, lang)
        names = [wrap(name, LABEL - (16 if thin else 6), WORDS, "normal" if thin else "bold") for name, _, thin in bars]
        heights = [tall(lines, 12.5 if thin else 16.5) for lines, (_, _, thin) in zip(names, bars, strict=True)]
        under = MARGIN + height(head) + 2
        top = under + height(own) + 10
        figure, axes = sheet(PAGE, top + sum(heights) + 10 + MARGIN)
        entitle(axes, head)
        write(axes, MARGIN, under, own)
        place = _scale([part for _, part, _ in bars])
        for k, ((_, part, thin), lines, deep) in enumerate(zip(bars, names, heights, strict=True)):
            whole = k == len(bars) - 1
            middle = top + sum(heights[:k]) + deep / 2 + (6 if whole else 0)
            color = SUM if whole else FOR if part > 0 else AGAINST
            _row(axes, middle, lines, part, place, (color, thin))
        rule(axes, (place(0), place(0)), (top - 4, top + sum(heights) + 6), color=INK, lw=0.8)
    return figure


def _bars(lead: Lead, case: Case, lang: str) -> list[tuple[str, float, bool]]:
    """List label, length and whether it is thin: each criterion, its sub-criteria, and last the sum."""
    bars = []
    for criterion in case.study.criteria:
        bars.append((criterion.title.get(lang), lead.criteria[criterion.key], False))
        own = [leaf for leaf in case.leaves if leaf.criterion == criterion.key]
        bars += [(leaf.title.get(lang), lead.leaves[leaf.key], True) for leaf in own]
    return [*bars, (say("report.figure.sum", lang), lead.lead, False)]


def _scale(parts: Sequence[float]) -> Place:
    """Give where a part stands between the labels and the edge, with room for numbers at both ends."""
    room = max(extent(numbers.signed(part), WORDS, "bold") for part in parts) + 6
    left, right = MARGIN + LABEL + (room if min(parts) < 0 else 0), PAGE - MARGIN - room
    low, high = min(0.0, *parts), max(0.0, *parts)
    span = high - low or 1.0
    return lambda part: left + (part - low) / span * (right - left)


def _row(axes: Axes, y: float, lines: list[str], part: float, place: Place, look: tuple[str, bool]) -> None:
    color, thin = look
    weight = "normal" if thin else "bold"
    start, end = sorted((place(0), place(part)))
    half = 3.5 if thin else 6.0
    centred(axes, MARGIN + (10 if thin else 0), y, lined(lines, weight=weight))
    box(axes, start, y - half, (end - start, 2 * half), lighter(color, 0.5) if thin else color)
    x, ha = (end + 4, "left") if part >= 0 else (start - 4, "right")
    centred(axes, x, y, lined([numbers.signed(part)], SMALL if thin else WORDS, weight), ha=ha)
