"""Crossings of two alternatives along a line for methods without a short form: a scan, then halving."""

from __future__ import annotations

import numpy as np

from mcda.engine.methods import Scorer
from mcda.engine.problem import Array
from mcda.sensitivity.crossings import EPS, Line, Roots, Whole

HALVINGS = 52
ZOOMS = 6  # times that a place where two alternatives come close without crossing is looked at ten times closer
CLOSE = 0.01  # of the largest absolute score: nearer than this is looked at closer
MOST = 2000  # such places, so that large problems stay quick


def scan(score: Scorer, along: Line, steps: int) -> Roots:
    """Find the weights in [0, 1] at which the order of two alternatives changes, by ``steps`` equal steps.

    What is sure: every stretch of the line that is at least 1 / ``steps`` long and on which a pair stands in another
    order than beside it holds a point of the scan, and so is found. Shorter stretches are found where the scores come
    close between two points; a method that jumps within one step may hide one. Each change that is found is bracketed
    to the last digits.

    Parameters
    ----------
    score : function from weights (k, m) to scores (k, n), more is better
    along : the line
    steps : number of equal steps

    Returns
    -------
    weights (q,) of the criterion, and the pairs that change places there
    """
    shares = np.linspace(0.0, 1.0, steps + 1)
    scores = score(along.weights(shares))
    i, j = np.triu_indices(scores.shape[1], 1)
    signs = _signs(scores, i, j)
    step, pair = np.nonzero(signs[1:] != signs[:-1])
    low, high, first, second = shares[step], shares[step + 1], i[pair], j[pair]
    near = _near(score, along, shares, scores, signs)
    return _halve(
        score, along, np.r_[low, near[0]], np.r_[high, near[1]], np.r_[first, near[2]], np.r_[second, near[3]]
    )


def _signs(scores: Array, i: Whole, j: Whole) -> Array:
    """Give the order of each pair: 1, 0 (level to the last digits) or -1."""
    gap = scores[:, i] - scores[:, j]
    margin = 4 * EPS * abs(scores).max(axis=1, keepdims=True)
    signs: Array = np.where(abs(gap) <= margin, 0.0, np.sign(gap))
    return signs


def _order(score: Scorer, along: Line, shares: Array, i: Whole, j: Whole) -> tuple[Array, Array]:
    """Give the gaps (q,) of the pairs at the shares (q,), and their signs."""
    scores = score(along.weights(shares))
    row = np.arange(len(shares))
    gap = scores[row, i] - scores[row, j]
    margin = 4 * EPS * abs(scores).max(axis=1, initial=0.0)
    return gap, np.where(abs(gap) <= margin, 0.0, np.sign(gap))


def _halve(score: Scorer, along: Line, low: Array, high: Array, i: Whole, j: Whole) -> Roots:
    """Close in on the place where each pair leaves the order it has at ``low``."""
    if not len(low):
        return low, i, j
    _, begins = _order(score, along, low, i, j)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = _order(score, along, middle, i, j)[1] == begins
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return high, i, j


def _near(
    score: Scorer, along: Line, shares: Array, scores: Array, signs: Array
) -> tuple[Array, Array, Whole, Whole]:
    """Look closer where a pair comes close between points of the scan; give the brackets of the changes found there."""
    i, j = np.triu_indices(scores.shape[1], 1)
    gap = abs(scores[:, i] - scores[:, j])
    small = gap[1:-1] <= CLOSE * abs(scores).max()
    lowest = (gap[1:-1] <= gap[:-2]) & (gap[1:-1] <= gap[2:]) & small
    plain = (signs[1:-1] != 0) & (signs[1:-1] == signs[:-2]) & (signs[1:-1] == signs[2:])
    place, pair = np.nonzero(lowest & plain)
    keep = np.argsort(gap[place + 1, pair], kind="stable")[:MOST]
    place, pair = place[keep], pair[keep]
    low, high, first, second = shares[place], shares[place + 2], i[pair], j[pair]
    side = signs[place + 1, pair]
    for _ in range(ZOOMS):
        low, high = _closer(score, along, low, high, first, second, side)
    middle = (low + high) / 2
    changed = _order(score, along, middle, first, second)[1] != side if len(middle) else np.zeros(0, bool)
    ends = [(shares[place], middle), (shares[place + 2], middle)]
    return (
        np.concatenate([start[changed] for start, _ in ends]),
        np.concatenate([end[changed] for _, end in ends]),
        np.tile(first[changed], 2),
        np.tile(second[changed], 2),
    )


def _closer(
    score: Scorer, along: Line, low: Array, high: Array, i: Whole, j: Whole, side: Array
) -> tuple[Array, Array]:
    """Narrow each stretch tenfold around the point where the pair's gap, on the side it has, is least."""
    if not len(low):
        return low, high
    points = np.linspace(low, high, 21, axis=1)
    gaps, _ = _order(score, along, points.ravel(), np.repeat(i, 21), np.repeat(j, 21))
    least = (gaps.reshape(points.shape) * side[:, None]).argmin(axis=1)
    step = (high - low) / 20
    centre = points[np.arange(len(low)), least]
    return np.maximum(centre - step, low), np.minimum(centre + step, high)
