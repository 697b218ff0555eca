"""Who is first for every split of three weights, while the other weights stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.engine.methods import lookup
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import ranks
from mcda.sensitivity.forms import upward

ROWS, SLOW_ROWS = 120, 30  # of the triangle; fewer for methods that take one weight vector a call
SHARED = -1  # stands for several who are first together


@dataclass(frozen=True, kw_only=True)
class Run:
    """A stretch of a row on which the first place stays: from ``low`` to ``high`` of the way from the first corner to
    the second, with the position of who is first, ``SHARED`` where several are."""

    low: float
    high: float
    first: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Triangle:
    """The first place over a triangle of weights.

    Attributes
    ----------
    alternatives : names
    corners : names of the three criteria; at each corner one of them has all that the three share
    whole : what the three weights share
    now : (3,) today's parts of it, summing to 1; thirds where the whole is 0
    fixed : the other criteria's weights, by name
    heights : (r,) part of the third criterion in each row, rising from 0 to 1
    rows : by row, its runs from the first corner to the second
    shares : (n,) part of the triangle's area in which each alternative is first alone
    """

    alternatives: tuple[str, ...]
    corners: tuple[str, str, str]
    whole: float
    now: Array
    fixed: Mapping[str, float]
    heights: Array
    rows: tuple[tuple[Run, ...], ...]
    shares: Array


def triangle(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Triangle | None:
    """Find who is first while the three largest weights share what they have now in every way.

    Where several weights are as large, the earlier ones count; with three equal weights at most that is the order of
    the criteria. The weights are tried on rows of points, and between two points with different winners the change is
    put where a straight line through the difference of their scores says.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method, normalization, options : as in ``rank``

    Returns
    -------
    Triangle; None for fewer than three criteria or a single alternative

    Raises
    ------
    ProblemError
        As ``rank``, and where the method is undefined for some of the weights.

    Examples
    --------
    >>> problem = Problem([[1, 0, 0], [0, 1, 0], [0, 0, 1]], ["max"] * 3, alternatives=["road", "rail", "ship"])
    >>> found = triangle(problem, method="weighted_sum", normalization="none")
    >>> found.corners, found.shares.round(2).tolist()
    (('c1', 'c2', 'c3'), [0.33, 0.33, 0.33])
    """
    if len(problem.criteria) < 3 or len(problem.alternatives) < 2:
        return None
    chosen = sorted(np.argsort(-problem.weights, kind="stable")[:3].tolist())
    whole = float(problem.weights[chosen].sum())
    score = upward(problem, method=method, normalization=normalization, options=options)
    count = SLOW_ROWS if lookup(method).borrowed else ROWS
    heights = np.arange(count + 1) / count
    ways = [np.linspace(0.0, 1.0, count - k + 1) for k in range(count + 1)]
    points = np.concatenate([_points(way, third) for way, third in zip(ways, heights, strict=True)])
    weights = np.tile(problem.weights, (len(points), 1))
    weights[:, chosen] = points * whole
    scores = np.split(score(weights), np.cumsum([len(way) for way in ways])[:-1])
    rows = tuple(_runs(way, row) for way, row in zip(ways, scores, strict=True))
    names = problem.criteria
    return Triangle(
        alternatives=problem.alternatives,
        corners=(names[chosen[0]], names[chosen[1]], names[chosen[2]]),
        whole=whole,
        now=problem.weights[chosen] / whole if whole else np.full(3, 1 / 3),
        fixed={name: float(problem.weights[j]) for j, name in enumerate(names) if j not in chosen},
        heights=heights,
        rows=rows,
        shares=_shares(rows, heights, len(problem.alternatives)),
    )


def _points(way: Array, third: float) -> Array:
    """Give the parts (k, 3) along a row, from the first corner's side to the second's."""
    rest = 1.0 - third
    return np.column_stack([(1.0 - way) * rest, way * rest, np.full(len(way), third)])


def _runs(way: Array, scores: Array) -> tuple[Run, ...]:
    """Cut a row where the first place changes."""
    first = _settled(_first(scores))
    changes = np.flatnonzero(first[1:] != first[:-1])
    cuts = [_between(way, scores, first, int(k)) for k in changes]
    ends = [0.0, *cuts, 1.0]
    winners = [int(first[k]) for k in (*changes, len(first) - 1)]
    return tuple(
        Run(low=low, high=high, first=who) for low, high, who in zip(ends[:-1], ends[1:], winners, strict=True)
    )


def _first(scores: Array) -> NDArray[np.intp]:
    """Give the position of who is first at each point; ``SHARED`` where several are."""
    places = ranks(scores)
    alone = (places == places.min(axis=1, keepdims=True)).sum(axis=1) == 1
    return np.where(alone, places.argmin(axis=1), SHARED)


def _settled(first: NDArray[np.intp]) -> NDArray[np.intp]:
    """Give a single point at which several are first to its neighbour: it lies on a border, which passes through it."""
    known = np.r_[first[1:2], first, first[-2:-1]] if len(first) > 1 else np.r_[first, first, first]
    lone = (first == SHARED) & (known[:-2] != SHARED) & (known[2:] != SHARED)
    return np.where(lone, known[:-2], first)


def _between(way: Array, scores: Array, first: NDArray[np.intp], k: int) -> float:
    """Give where the first place changes between two neighbouring points; the middle where a tie is at one of them."""
    old, new = first[k], first[k + 1]
    if SHARED in (old, new):
        return float(way[k] + way[k + 1]) / 2
    here, there = scores[k, old] - scores[k, new], scores[k + 1, old] - scores[k + 1, new]
    return float(way[k] + (way[k + 1] - way[k]) * here / (here - there))


def _shares(rows: tuple[tuple[Run, ...], ...], heights: Array, n: int) -> Array:
    """Give the parts of the area (n,), by the trapezoid rule over the rows."""
    lengths = np.zeros((len(rows), n))
    for k, row in enumerate(rows):
        for run in row:
            if run.first != SHARED:
                lengths[k, run.first] += (run.high - run.low) * (1.0 - heights[k])
    shares: Array = (lengths[1:] + lengths[:-1]).sum(axis=0) / (len(rows) - 1)
    return shares
