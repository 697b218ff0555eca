"""The lead of one alternative over another with each score at the ends of its range, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking
from mcda.errors import NotApplicable, ProblemError, unknown
from mcda.sensitivity.variants import checked_ranges, with_value


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What one score does to the lead.

    Attributes
    ----------
    alternative, criterion : the cell
    low, high : the ends of its range
    lead_low, lead_high : the lead with the score there
    span : how far apart the two are
    turns : whether the one that is ahead now is not ahead any more at one of the ends
    """

    alternative: str
    criterion: str
    low: float
    high: float
    lead_low: float
    lead_high: float
    span: float
    turns: bool


@dataclass(frozen=True, kw_only=True)
class Tornado:
    """One-at-a-time ranges of a lead; what scores do together is not in it.

    Attributes
    ----------
    first, second : whose lead over whom
    lead : now, in the method's score, turned so that more is better; 0 where the two tie
    bars : for each uncertain cell, the widest first
    undefined : cells with an end at which the method is undefined
    """

    first: str
    second: str
    lead: float
    bars: tuple[Bar, ...]
    undefined: tuple[tuple[str, str], ...]

    def notes(self) -> list[Note]:
        """Say that this moves one score at a time, which one matters most, and which can turn the lead."""
        values: dict[str, object] = {"first": self.first, "second": self.second, "lead": self.lead}
        notes = [Note(code="sure.one_at_a_time")]
        if self.undefined:
            left_out = {"count": len(self.undefined)}
            notes.insert(0, Note(code="sure.tornado_undefined", values=left_out))
        if not self.bars:
            said = "sure.tornado_unknown" if self.undefined else "sure.tornado_certain"
            return [Note(code=said, values=values), *notes]
        top = self.bars[0]
        values |= {"cell": top.alternative, "criterion": top.criterion, "span": top.span}
        return [Note(code="sure.tornado_widest", values=values), self._turning(values), *notes]

    def _turning(self, values: dict[str, object]) -> Note:
        """Say which scores can turn the lead; nothing can be turned where there is none."""
        turning = [bar for bar in self.bars if bar.turns]
        if not self.lead:
            return Note(code="sure.tornado_level", values=values)
        if not turning:
            return Note(code="sure.tornado_holds", values=values)
        turns = {"count": len(turning), "cell": turning[0].alternative, "criterion": turning[0].criterion}
        return Note(code="sure.tornado_turns", values=values | turns)


def tornado(
    problem: Problem,
    low: ArrayLike,
    high: ArrayLike,
    first: str,
    second: str,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Tornado:
    """Put each score alone at the ends of its range and see how the lead of ``first`` over ``second`` moves [1]_.

    All other scores stay where they are; the normalization moves with the score, so that scores of other alternatives
    can matter too. Scores that ``ranks`` takes for a tie have a lead of 0. What is found this way says nothing of
    scores that move together: see ``sobol_decision`` and ``acceptability`` for that.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    low, high : (n, m) the ends of each value's range; equal where a value is certain
    first, second : names of two alternatives
    method, normalization, options : as in ``rank``

    Returns
    -------
    Tornado

    Raises
    ------
    ProblemError
        For unknown alternatives or ranges that do not fit, and as ``rank``.

    References
    ----------
    .. [1] Eschenbach, "Spiderplots versus tornado diagrams for sensitivity analysis", Interfaces 22(6), 1992.

    Examples
    --------
    >>> problem = Problem([[5, 2], [4, 2]], ["max", "max"], alternatives=["road", "rail"], scales=[[0, 10], [0, 10]])
    >>> found = tornado(problem, [[3, 2], [4, 2]], [[6, 2], [4, 2]], "road", "rail", normalization="scale",
    ...     method="weighted_sum")
    >>> [(bar.alternative, bar.criterion, round(bar.lead_low, 6), bar.turns) for bar in found.bars]
    [('road', 'c1', -0.05, True)]
    """
    names = problem.alternatives
    faults = [unknown("alternative", name, names) for name in (first, second) if name not in names]
    if faults:
        raise ProblemError(faults)
    ends = checked_ranges(problem, low, high)

    def lead(changed: Problem) -> float:
        return lead_of(rank(changed, method=method, normalization=normalization, options=options), first, second)

    now, bars, undefined = lead(problem), [], []
    for row, column in np.argwhere(ends[0] < ends[1]):
        cell = names[row], problem.criteria[column]
        at: Array = np.array([ends[0][row, column], ends[1][row, column]])
        try:
            leads = [lead(with_value(problem, row, column, float(value))) for value in at]
        except NotApplicable:
            undefined.append(cell)
            continue
        bars.append(_bar(cell, at, leads, now))
    bars.sort(key=lambda bar: -bar.span)
    return Tornado(first=first, second=second, lead=now, bars=tuple(bars), undefined=tuple(undefined))


def lead_of(ranking: Ranking, first: str, second: str) -> float:
    """Give by how much ``first`` is ahead of ``second``, more is better; 0 where they share a rank."""
    i, j = (ranking.alternatives.index(name) for name in (first, second))
    if ranking.ranks[i] == ranking.ranks[j]:
        return 0.0
    lead = float(ranking.scores[i] - ranking.scores[j])
    return lead if ranking.higher_is_better else -lead


def turned(now: float, then: float) -> bool:
    """Tell whether the one that is ahead now is ahead no more; never where neither is ahead now."""
    return now != 0 and then * now <= 0


def _bar(cell: tuple[str, str], at: Array, leads: list[float], now: float) -> Bar:
    return Bar(
        alternative=cell[0],
        criterion=cell[1],
        low=float(at[0]),
        high=float(at[1]),
        lead_low=leads[0],
        lead_high=leads[1],
        span=abs(leads[1] - leads[0]),
        turns=any(turned(now, lead) for lead in leads),
    )
