"""The smallest change of a single value that puts an alternative first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.errors import NotApplicable, ProblemError, unknown
from mcda.sensitivity.variants import checked_ranges, widths, with_value

HALVINGS = 40


@dataclass(frozen=True, kw_only=True)
class ScoreChange:
    """One value that, changed alone, puts the alternative first alone.

    Attributes
    ----------
    alternative, criterion : the cell
    value : now
    reached : the nearest value in that direction at which the alternative is first alone
    share : the size of the change, as a share of the criterion's declared scale or, without one, of its values' range
    within : whether ``reached`` lies in the range given for the cell; None where no ranges are given
    """

    alternative: str
    criterion: str
    value: float
    reached: float
    share: float
    within: bool | None


@dataclass(frozen=True, kw_only=True)
class ScoreChanges:
    """Every single value that can put an alternative first, the smallest change first.

    Attributes
    ----------
    alternative : who is to be first
    status : ``already``, ``changes``, or ``not_found`` where no single value does it
    changes : at most two for a cell, one upwards and one downwards
    resolution : share of the scale; a stretch of values at least this long that puts the alternative first is found
    """

    alternative: str
    status: str
    changes: tuple[ScoreChange, ...]
    resolution: float

    def within(self) -> tuple[ScoreChange, ...]:
        """Give the changes that stay in the ranges given."""
        return tuple(change for change in self.changes if change.within)

    def notes(self) -> list[Note]:
        """Say which single value does it with the smallest change, within its range and beyond."""
        said = {"alternative": self.alternative, "resolution": self.resolution}
        if not self.changes:
            return [Note(code=f"sure.score_{self.status}", values=said)]
        inside, ranged = self.within(), self.changes[0].within is not None
        notes = [_note("sure.score_changes", self.alternative, self.changes[0])]
        if inside and inside[0] != self.changes[0]:
            notes.append(_note("sure.score_within", self.alternative, inside[0]))
        elif ranged:
            notes.append(Note(code="sure.score_is_within" if inside else "sure.score_only_beyond", values=said))
        return [*notes, Note(code="sure.score_resolution", values=said)]


def smallest_score_change(
    problem: Problem,
    winner: str,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    steps: int = 100,
) -> ScoreChanges:
    """Find for every cell the smallest change of its value that puts ``winner`` first alone.

    Each value is moved alone over its criterion's declared scale, or without one over the range of its column, and over
    the cell's own range where that reaches farther; a value that lies beyond both is moved back to them. The
    normalization moves with it, so that a value of one alternative can turn the order of two others. The way is scanned
    from the present value outwards in ``steps`` steps of the scale, so that the nearest of several turns is found, and
    that turn is bracketed to the last digits. Values at which the method is undefined do not count.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    winner : name of the alternative
    low, high : (n, m) the range of each value; None for no ranges
    method, normalization, options : as in ``rank``
    steps : of the scan; its resolution is 1 / ``steps`` of the scale

    Returns
    -------
    ScoreChanges

    Raises
    ------
    ProblemError
        For an unknown alternative, ranges of another shape than the values, or one range without the other.

    Examples
    --------
    >>> problem = Problem([[7, 2], [4, 1]], ["max", "max"], alternatives=["road", "rail"], scales=[[0, 10], [0, 4]])
    >>> found = smallest_score_change(problem, "rail", method="weighted_sum", normalization="scale").changes[0]
    >>> found.alternative, found.criterion, round(found.reached, 4), round(found.share, 4)
    ('road', 'c1', 1.5, 0.55)
    """
    if winner not in problem.alternatives:
        raise ProblemError([unknown("alternative", winner, problem.alternatives)])
    ranges = None if low is None and high is None else checked_ranges(problem, low, high)
    chosen = problem.alternatives.index(winner)

    def first(changed: Problem) -> bool:
        try:
            now = rank(changed, method=method, normalization=normalization, options=options)
        except NotApplicable:
            return False
        return bool(now.ranks[chosen] == 1)

    if rank(problem, method=method, normalization=normalization, options=options).ranks[chosen] == 1:
        return ScoreChanges(alternative=winner, status="already", changes=(), resolution=1 / steps)
    n, m = problem.values.shape
    found = [
        change for i in range(n) for j in range(m) for change in _cell(problem, i, j, ranges, first, steps)
    ]
    found.sort(key=lambda change: change.share)
    status = "changes" if found else "not_found"
    return ScoreChanges(alternative=winner, status=status, changes=tuple(found), resolution=1 / steps)


def _cell(
    problem: Problem,
    i: int,
    j: int,
    ranges: tuple[Array, Array] | None,
    first: Callable[[Problem], bool],
    steps: int,
) -> list[ScoreChange]:
    """Move one value downwards and upwards to the ends of where it may go."""
    width, value = float(widths(problem)[j]), float(problem.values[i, j])
    if width <= 0:
        return []
    column = problem.values[:, j]
    ends = (column.min(), column.max()) if problem.scales is None else problem.scales[j]
    cell = None if ranges is None else (float(ranges[0][i, j]), float(ranges[1][i, j]))
    reach = [value, *ends, *(cell or ())]
    found = []
    for end in (min(reach), max(reach)):
        count = int(np.ceil(abs(end - value) / width * steps - 1e-9))
        reached = _nearest(lambda x: first(with_value(problem, i, j, x)), np.linspace(value, end, count + 1))
        if reached is not None:
            found.append(
                ScoreChange(
                    alternative=problem.alternatives[i],
                    criterion=problem.criteria[j],
                    value=value,
                    reached=reached,
                    share=abs(reached - value) / width,
                    within=None if cell is None else bool(cell[0] <= reached <= cell[1]),
                )
            )
    return found


def _nearest(holds: Callable[[float], bool], points: Array) -> float | None:
    """Give the place nearest to the first of the points from which on a property holds, or None."""
    for before, here in pairwise(points.tolist()):
        if holds(here):
            low, high = before, here
            for _ in range(HALVINGS):
                middle = (low + high) / 2
                low, high = (low, middle) if holds(middle) else (middle, high)
            return float(high)
    return None


def _note(code: str, winner: str, change: ScoreChange) -> Note:
    values = {
        "alternative": winner,
        "cell": change.alternative,
        "criterion": change.criterion,
        "value": change.value,
        "reached": change.reached,
        "share": change.share,
    }
    return Note(code=code, values=values)
