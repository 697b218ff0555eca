"""The lead of one alternative over another with each score at the ends of its range, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.methods import lookup, rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
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
    lead : now, in the method's score, turned so that more is better
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
        if not self.bars:
            return [Note(code="sure.tornado_certain", values=values), *notes]
        top = self.bars[0]
        values |= {"cell": top.alternative, "criterion": top.criterion, "span": top.span}
        widest, turning = Note(code="sure.tornado_widest", values=values), [bar for bar in self.bars if bar.turns]
        if not turning:
            return [widest, Note(code="sure.tornado_holds", values=values), *notes]
        turns = {"count": len(turning), "cell": turning[0].alternative, "criterion": turning[0].criterion}
        return [widest, Note(code="sure.tornado_turns", values=values | turns), *notes]


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
    """Put each score alone at the ends of its range and see how the lead of ``first`` over ``second`` moves.

    All other scores stay where they are; the normalization moves with the score, so that scores of other alternatives
    can matter too. What is found this way says nothing of scores that move together: see ``sobol_decision`` and
    ``acceptability`` for that.

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
    i, j = names.index(first), names.index(second)
    sign = 1.0 if lookup(method).higher_is_better else -1.0

    def lead(changed: Problem) -> float:
        scores = rank(changed, method=method, normalization=normalization, options=options).scores
        return float(sign * (scores[i] - scores[j]))

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


def _bar(cell: tuple[str, str], at: Array, leads: list[float], now: float) -> Bar:
    return Bar(
        alternative=cell[0],
        criterion=cell[1],
        low=float(at[0]),
        high=float(at[1]),
        lead_low=leads[0],
        lead_high=leads[1],
        span=abs(leads[1] - leads[0]),
        turns=any(lead * np.sign(now) <= 0 for lead in leads) and now != 0,
    )
