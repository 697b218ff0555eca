"""Methods that measure how far alternatives lie from points of reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from mcda.engine.normalize import LANES, extremes
from mcda.engine.problem import Array

ROWS = 8192  # alternatives taken at a time, so that what is computed on the way stays in the cache


def euclidean(gaps: Array, weights: Array) -> Array:
    """Give the weighted Euclidean length (k, n) of gaps (n, m)."""
    lengths: Array = np.sqrt(np.einsum("kj,ij->ki", weights * weights, gaps * gaps))
    return lengths


def manhattan(gaps: Array, weights: Array) -> Array:
    """Give the weighted sum (k, n) of gaps (n, m) of 0 or more."""
    lengths: Array = np.einsum("kj,ij->ki", weights, gaps)
    return lengths


def chebyshev(gaps: Array, weights: Array) -> Array:
    """Give the largest weighted gap (k, n) of gaps (n, m) of 0 or more."""
    lengths = np.zeros((len(weights), len(gaps)))
    for share, gap in zip(weights.T, gaps.T, strict=True):
        np.maximum(lengths, share[:, None] * gap, out=lengths)
    return lengths


Distance: TypeAlias = Callable[[Array, Array], Array]

DISTANCES: dict[str, Distance] = {
    "euclidean": euclidean,
    "manhattan": manhattan,
    "chebyshev": chebyshev,
}


def topsis(values: Array, directions: Array, weights: Array, *, distance: str = "euclidean") -> Array:
    """Score by closeness to the best and distance from the worst, C_i = D-_i / (D+_i + D-_i) [1]_.

    Parameters
    ----------
    values : (n, m) finite
    directions : (m,) +1 (more is better) or -1 (less is better), times what normalizes the column where values are raw
    weights : (k, m) rows non-negative
    distance : one of ``DISTANCES``

    Returns
    -------
    (k, n) array from 0 to 1, higher is better; 0.5 where all alternatives are alike

    References
    ----------
    .. [1] Hwang and Yoon, "Multiple Attribute Decision Making", Springer, 1981, steps 2 to 5 of TOPSIS.

    Examples
    --------
    >>> topsis(np.array([[1.0, 5.0], [2.0, 5.0]]), np.ones(2), np.array([[0.5, 0.5]]))
    array([[0., 1.]])
    """
    low, high = extremes(values)
    points = (np.where(directions > 0, high, low), directions, (high - low) * np.abs(directions))
    scores = np.empty((len(weights), len(values)))
    for start in range(0, len(values), ROWS):
        rows = slice(start, start + ROWS)
        scores[:, rows] = _closeness(values[rows], *points, weights, DISTANCES[distance])
    return scores


def edas(values: Array, directions: Array, weights: Array) -> Array:
    """Score by distances above and below the average, AS_i = (NSP_i + NSN_i) / 2 [1]_.

    Parameters
    ----------
    values : (n, m) raw, each column with an average above 0
    directions : (m,) +1 or -1
    weights : (k, m) rows non-negative

    Returns
    -------
    (k, n) array from 0 to 1, higher is better; 0.5 where all alternatives are alike

    References
    ----------
    .. [1] Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis, Informatica 26(3), 2015, eq. 3 to 12.
    """
    # From the first row on, so that a constant column lies exactly on its average.
    average = values[0] + (values - values[0]).mean(axis=0)
    lead = (values - average) * directions / average
    above = manhattan(np.maximum(lead, 0.0), weights)
    below = manhattan(np.maximum(-lead, 0.0), weights)
    gain = _part(above, above.max(axis=1, keepdims=True), 0.0)
    loss = _part(below, below.max(axis=1, keepdims=True), 0.0)
    return (gain + 1 - loss) / 2


def mabac(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the distance from the border between approved and rejected, S_i = sum_j (v_ij - g_j) [1]_.

    Here v_ij = w_j (u_ij + 1) and g_j = prod_i v_ij ** (1/n), so that w_j can be drawn out of both.

    Parameters
    ----------
    values : (n, m) utilities from 0 to 1
    directions : (m,) +1
    weights : (k, m) rows non-negative

    Returns
    -------
    (k, n) array around 0, higher is better; 0 where all alternatives are alike

    References
    ----------
    .. [1] Pamučar and Ćirović, Expert Systems with Applications 42(6), 2015, eq. 5 to 11.
    """
    return manhattan(values + 1 - _border(values), weights)


def mabac_details(values: Array, directions: Array, weights: Array) -> Mapping[str, object]:
    """Give the ``border_approximation_area`` g (m,)."""
    return {"border_approximation_area": weights * _border(values)}


def spotis(
    values: Array, directions: Array, weights: Array, *, bounds: Array, isp: Array | None = None
) -> Array:
    """Score by the mean distance from the ideal solution point, P_i = sum_j w_j |x_ij - s_j| / width_j [1]_.

    Parameters
    ----------
    values : (n, m) raw, within the bounds
    directions : (m,) +1 or -1
    weights : (k, m) rows non-negative
    bounds : (m, 2) lower and upper end of each criterion
    isp : (m,) the ideal solution point; None for the better end of each criterion

    Returns
    -------
    (k, n) array from 0 to 1, lower is better

    References
    ----------
    .. [1] Dezert, Tchamova, Han and Tacnet, "The SPOTIS rank reversal free method", FUSION 2020, eq. 5 to 7.
    """
    low, high = bounds.T
    ideal = np.where(directions > 0, high, low) if isp is None else isp
    return manhattan(np.abs(values - ideal) / (high - low), weights)


def _closeness(block: Array, best: Array, directions: Array, reach: Array, weights: Array, measure: Distance) -> Array:
    """Give TOPSIS's closeness (k, r) of a block of rows (r, m), where the worst lies ``reach`` (m,) behind the best."""
    r, m = block.shape
    if r == ROWS:
        block = block.reshape(-1, LANES * m)
        best, directions, reach = (np.tile(row, LANES) for row in (best, directions, reach))
    gaps = np.empty((2, *block.shape))
    behind, ahead = gaps
    np.subtract(best, block, out=behind)
    behind *= directions
    np.subtract(reach, behind, out=ahead)
    lengths = measure(gaps.reshape(-1, m), weights)
    farness, merit = lengths[:, :r], lengths[:, r:]
    return _part(merit, merit + farness, 0.5)


def _border(values: Array) -> Array:
    """Give the geometric mean of each column of utilities plus 1."""
    border: Array = np.exp(np.log1p(values).mean(axis=0))
    return border


def _part(amount: Array, whole: Array, otherwise: float) -> Array:
    """Give amount / whole, and ``otherwise`` where the whole is 0."""
    if np.count_nonzero(whole) == whole.size:  # said at a fraction of the cost of whole.all()
        return amount / whole
    return np.divide(amount, whole, out=np.full_like(amount, otherwise), where=whole > 0)
