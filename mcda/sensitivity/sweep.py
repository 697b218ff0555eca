"""One weight from 0 to 1, the others in proportion: where alternatives change places and who is first in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mcda.engine.methods import Scorer, lookup
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import ranks
from mcda.errors import NotApplicable, ProblemError, unknown
from mcda.sensitivity.crossings import Line, Roots, crossings, line
from mcda.sensitivity.forms import reduced, upward
from mcda.sensitivity.scan import scan

SAME = 1e-12  # weights closer than this are one place
MARGIN = 1e-9  # from 0 and 1, for a method that is undefined there
STEPS = 2048  # of the scan, for methods without a short form


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A weight at which two alternatives are level: they change places there (``crosses``) or only touch."""

    weight: float
    first: str
    second: str
    crosses: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Interval:
    """A stretch of weights, ends included, on which the ranking stays the same.

    Attributes
    ----------
    low, high : its ends; the two are equal for the stretch on which nothing but the present weight agrees
    first : who is first inside it, several where they tie
    ranks : (n,) inside it; at an end two alternatives may be level
    """

    low: float
    high: float
    first: tuple[str, ...]
    ranks: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class WeightSweep:
    """What happens while one criterion's weight runs from 0 to 1.

    Attributes
    ----------
    criterion : its name
    weight : its present weight
    others : (m,) proportions that the other weights keep, 0 for the criterion
    alternatives, method, normalization : as given
    grid, scores : (k,) weights and (k, n) scores for drawing, in the method's own unit
    crossings : every weight at which two alternatives are level without being so all along, in rising order
    intervals : the stretches between them, in rising order, each with the ranking inside it
    winners : the same, joined where the first place does not change
    exact : whether the crossings are roots of closed forms
    resolution : 0 where they are; otherwise every stretch at least this long has been found
    higher_is_better : which way the scores run
    """

    criterion: str
    weight: float
    others: Array
    alternatives: tuple[str, ...]
    method: str
    normalization: str | None
    grid: Array
    scores: Array
    crossings: tuple[Crossing, ...]
    intervals: tuple[Interval, ...]
    winners: tuple[Interval, ...]
    exact: bool
    resolution: float
    higher_is_better: bool = True

    def changes(self) -> Array:
        """Give the weights (q,) at which the first place changes hands, in rising order."""
        return np.array([stretch.low for stretch in self.winners[1:]])

    def notes(self) -> list[Note]:
        """Say who is first in each stretch of the weight, and how exact that is."""
        values = {"criterion": self.criterion, "now": self.weight}
        notes = [_stretch_note(stretch, values) for stretch in self.winners]
        if not self.exact:
            notes.append(Note(code="sure.resolution", values={"resolution": self.resolution}))
        return notes


def weight_sweep(
    problem: Problem,
    criterion: str,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    points: int = 201,
    steps: int = STEPS,
) -> WeightSweep:
    """Let one criterion's weight run from 0 to 1 and find every weight at which the ranking changes.

    The other weights keep their proportions [1]_; where they are all 0 they share equally. With a single criterion its
    weight is always 1 and nothing changes. Values, and so their normalization, stay as they are. Where a method is
    undefined with all or none of the weight on one criterion, 0 and 1 stand for weights just inside.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    criterion : name of the criterion whose weight runs
    method, normalization, options : as in ``rank``
    points : number of weights at which scores are given for drawing
    steps : of the scan, for methods without a closed form; its resolution is 1 / ``steps``

    Returns
    -------
    WeightSweep; the crossings are exact for methods that are linear in the weights or in their logarithms, for TOPSIS
    (roots of a quadratic in the squared odds of the weight) and VIKOR (roots of quadratics on pieces)

    Raises
    ------
    ProblemError
        For an unknown criterion, and as ``rank``.

    References
    ----------
    .. [1] Mareschal, "Weight stability intervals in multicriteria decision aid", EJOR 33, 1988, for the
       proportions that the other weights keep.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1]], ["max", "max"], [3, 1], alternatives=["road", "rail"])
    >>> sweep = weight_sweep(problem, "c1", method="weighted_sum")
    >>> [(stretch.low, stretch.high, stretch.first) for stretch in sweep.winners]
    [(0.0, 0.5, ('rail',)), (0.5, 1.0, ('road',))]
    """
    position = _position(problem, criterion)
    entry = lookup(method)
    score = upward(problem, method=method, normalization=normalization, options=options)
    form = reduced(problem, method=method, normalization=normalization, options=options)
    along = _defined(score, line(problem.weights, position))
    roots = crossings(form, along) if form else scan(score, along, steps)
    found, intervals = _divide(problem, score, along, roots)
    grid = np.linspace(0.0, 1.0, points)
    scores = score(along.weights(grid))
    return WeightSweep(
        criterion=criterion,
        weight=float(problem.weights[position]),
        others=along.others,
        alternatives=problem.alternatives,
        method=method,
        normalization=normalization or entry.normalization,
        grid=grid,
        scores=scores if entry.higher_is_better else -scores,
        crossings=found,
        intervals=intervals,
        winners=_joined(intervals),
        exact=form is not None,
        resolution=0.0 if form else 1.0 / steps,
        higher_is_better=entry.higher_is_better,
    )


def _position(problem: Problem, criterion: str) -> int:
    if criterion in problem.criteria:
        return problem.criteria.index(criterion)
    raise ProblemError([unknown("criterion", criterion, problem.criteria)])


def _defined(score: Scorer, along: Line) -> Line:
    """Keep clear of the ends of the line where the method is undefined there."""
    try:
        score(along.weights(np.array([0.0, 1.0])))
    except NotApplicable:
        return replace(along, margin=MARGIN)
    return along


def _divide(
    problem: Problem, score: Scorer, along: Line, roots: Roots
) -> tuple[tuple[Crossing, ...], tuple[Interval, ...]]:
    """Rank at every root and between roots: what changes there is a crossing, what only levels there a touch."""
    weights, i, j = roots
    n = len(problem.alternatives)
    pairs = np.triu_indices(n, 1)
    ends = np.repeat([0.0, 1.0], len(pairs[0]))
    weights, i, j = np.r_[weights, ends], np.r_[i, np.tile(pairs[0], 2)], np.r_[j, np.tile(pairs[1], 2)]
    places, where = _places(np.r_[weights, 0.0, 1.0])
    where = where[: len(weights)]
    at = ranks(score(along.weights(places)))
    inside = ranks(score(along.weights((places[1:] + places[:-1]) / 2)))
    left = _sign(np.r_[inside[:1], inside], where, i, j)
    right = _sign(np.r_[inside, inside[-1:]], where, i, j)
    crosses = left != right
    touches = (_sign(at, where, i, j) == 0) & (left != 0)
    names = problem.alternatives
    found = {
        (float(places[where[q]]), names[i[q]], names[j[q]]): bool(crosses[q])
        for q in np.lexsort((j, i, where))
        if crosses[q] or touches[q]
    }
    listed = tuple(Crossing(weight=w, first=a, second=b, crosses=c) for (w, a, b), c in found.items())
    return listed, _intervals(problem, places, inside)


def _places(weights: Array) -> tuple[Array, np.ndarray]:
    """Join weights closer than ``SAME`` into places, the ends 0 and 1 among them; give for each weight its place."""
    order = np.argsort(weights, kind="stable")
    rising = weights[order]
    begins = np.r_[True, np.diff(rising) > SAME]
    group = np.cumsum(begins) - 1
    places = rising[begins]
    places[0], places[-1] = 0.0, 1.0
    where = np.empty(len(weights), np.intp)
    where[order] = group
    return places, where


def _sign(rank: Array, row: np.ndarray, i: np.ndarray, j: np.ndarray) -> Array:
    signs: Array = np.sign(rank[row, j] - rank[row, i])
    return signs


def _intervals(problem: Problem, places: Array, inside: Array) -> tuple[Interval, ...]:
    """Join neighbouring stretches with the same ranks."""
    begins = np.flatnonzero(np.r_[True, (inside[1:] != inside[:-1]).any(axis=1)])
    ends = np.r_[begins[1:], len(inside)]
    return tuple(
        Interval(low=float(places[a]), high=float(places[b]), first=_first(problem, inside[a]), ranks=inside[a])
        for a, b in zip(begins, ends, strict=True)
    )


def _first(problem: Problem, rank: Array) -> tuple[str, ...]:
    return tuple(problem.alternatives[i] for i in np.flatnonzero(rank == rank.min()))


def _joined(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Join neighbouring stretches with the same first place; ``ranks`` are those of the first of them."""
    joined: list[Interval] = []
    for stretch in intervals:
        if joined and joined[-1].first == stretch.first:
            last = joined.pop()
            stretch = Interval(low=last.low, high=stretch.high, first=last.first, ranks=last.ranks)
        joined.append(stretch)
    return tuple(joined)


def _stretch_note(stretch: Interval, values: Mapping[str, object]) -> Note:
    """Say who is first while the weight lies in a stretch."""
    ends = {"low": stretch.low, "high": stretch.high, "first": ", ".join(stretch.first)}
    if stretch.low == 0.0 and stretch.high == 1.0:
        code = "sure.first_always"
    elif stretch.low == 0.0:
        code = "sure.first_below"
    else:
        code = "sure.first_above" if stretch.high == 1.0 else "sure.first_between"
    tied = "_tied" if len(stretch.first) > 1 else ""
    return Note(code=code + tied, values={**values, **ends})
