"""Bars of the page: the ranking, the weights, and what makes the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import answer, grid, numbers, tables
from mcda.report.texts import Texts
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.words import say


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar: where it starts, how long it is and where zero lies, in percent of its track."""

    start: float
    length: float
    zero: float


@dataclass(frozen=True, kw_only=True)
class Place:
    """One line of the ranking."""

    rank: str
    title: Title
    score: str
    bar: Bar
    near: bool
    index: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line of what makes the lead; ``look`` is for, against or sum."""

    level: str
    name: Markup
    text: str
    bar: Bar
    look: str


def places(case: Case, ranking: Ranking) -> list[Place]:
    """Lay the ranking out, best first."""
    near = {place for group in answer.practically_tied(ranking) for place in group}
    ends = _ends(ranking.scores.tolist())
    return [
        Place(
            rank=numbers.rank(float(ranking.ranks[i])),
            title=case.alternatives[i].title,
            score=numbers.score(float(ranking.scores[i])),
            bar=bar(float(ranking.scores[i]), *ends),
            near=place in near,
            index=i,
        )
        for place, i in enumerate(ranking.order())
    ]


def parts(case: Case, lead: Lead, texts: Texts) -> list[Part]:
    """Lay out what each criterion and sub-criterion contributes to a lead."""
    table = tables.contributions(lead, case)
    values = [row[3] for row in table.rows if isinstance(row[3], float)]
    ends = min(0.0, *values), max(0.0, *values)
    return [_part(row, value, ends, texts) for row, value in zip(table.rows, values, strict=True)]


def share(value: float) -> Bar:
    """Place the bar of a share."""
    return bar(value, 0.0, 1.0)


def bar(value: float, low: float, high: float) -> Bar:
    """Place a bar from 0 to a value on a track from ``low`` to ``high``."""
    span = high - low or 1.0
    start, end = sorted(100 * (x - low) / span for x in (0.0, value))
    return Bar(start=start, length=end - start, zero=100 * (0.0 - low) / span)


def _part(row: Sequence[grid.Value], value: float, ends: tuple[float, float], texts: Texts) -> Part:
    level, criterion, leaf, _ = row
    assert isinstance(level, grid.Named)
    name = leaf or criterion
    look = "sum" if level.key == "total" else "for" if value > 0 else "against"
    return Part(
        level=level.key,
        name=texts.title(name.title) if isinstance(name, grid.Named) else texts.said(_sum),
        text=numbers.signed(value),
        bar=bar(value, *ends),
        look=look,
    )


def _sum(lang: str) -> str:
    return say("report.figure.sum", lang)


def _ends(values: list[float]) -> tuple[float, float]:
    """Give the ends of a scale that holds 0 and all values: 0 and 1 where they lie there."""
    if min(values) >= 0 and max(values) <= 1:
        return 0.0, 1.0
    return min(0.0, *values), max(0.0, *values)
