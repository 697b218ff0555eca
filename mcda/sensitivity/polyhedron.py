"""Exact answers where leads are linear in the weights: the nearest weights, the largest lead, the proof of a never."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.linear import minimize
from mcda.sensitivity.nonnegative import nonnegative_least_squares


def largest_lead(leads: Array) -> tuple[float, Array]:
    """Find the weights at which the least of the leads is largest.

    Parameters
    ----------
    leads : (r, m); the lead over rival r at weights w is sum_j leads_rj w_j

    Returns
    -------
    the largest least lead, and weights (m,) that reach it; below 0 where no weights lead every rival
    """
    r, m = leads.shape
    # Unknowns: w (m), and the least lead as a difference (2).
    costs = np.r_[np.zeros(m), -1.0, 1.0]
    upper = np.hstack([-_of_order_one(leads), np.ones((r, 1)), -np.ones((r, 1))])
    _, found = minimize(costs, upper, np.zeros(r), _sum_of(m, 2), np.ones(1))
    weights = found[:m] / found[:m].sum()
    return float(np.einsum("rj,j->r", leads, weights).min()), weights


def dominating_mixture(leads: Array) -> Array:
    """Find the mixture (r,) of rivals that is ahead by the most on the criterion where it is ahead the least.

    If no weights lead every rival, that mixture is at least as good on every criterion, which proves it: whatever the
    weights, the rivals' mean score with these shares is not less, and so the best of them is not less either.
    """
    r, m = leads.shape
    costs = np.r_[np.zeros(r), 1.0, -1.0]
    upper = np.hstack([_of_order_one(leads).T, -np.ones((m, 1)), np.ones((m, 1))])
    _, found = minimize(costs, upper, np.zeros(m), _sum_of(r, 2), np.ones(1))
    shares: Array = found[:r] / found[:r].sum()
    return shares


def nearest_weights(leads: Array, start: Array, norm: str) -> Array | None:
    """Find the weights nearest to ``start`` at which no lead is below 0, or None where there are none.

    Parameters
    ----------
    leads : (r, m) as above
    start : (m,) weights, summing to 1
    norm : ``l1`` and ``linf``, by linear programmes; ``l2``, a projection, by least squares over active sets
    """
    solve = {"l1": _nearest_l1, "linf": _nearest_linf, "l2": _nearest_l2}[norm]
    found = solve(_of_order_one(leads), start)
    return None if found is None else found / found.sum()


def _nearest_l1(leads: Array, start: Array) -> Array | None:
    """Write w = start + up - down with up, down >= 0 and minimize their sum."""
    m = leads.shape[1]
    upper = np.vstack([np.hstack([-leads, leads]), np.hstack([-np.eye(m), np.eye(m)])])
    limits = np.r_[np.einsum("rj,j->r", leads, start), start]
    level = np.r_[np.ones(m), -np.ones(m)][None]
    status, found = minimize(np.ones(2 * m), upper, limits, level, np.zeros(1))
    return np.maximum(start + found[:m] - found[m:], 0.0) if status == "optimal" else None


def _nearest_linf(leads: Array, start: Array) -> Array | None:
    """Minimize t over w and t with |w - start| <= t."""
    r, m = leads.shape
    one = np.ones((m, 1))
    upper = np.vstack(
        [np.hstack([-leads, np.zeros((r, 1))]), np.hstack([np.eye(m), -one]), np.hstack([-np.eye(m), -one])]
    )
    limits = np.r_[np.zeros(r), start, -start]
    status, found = minimize(np.r_[np.zeros(m), 1.0], upper, limits, _sum_of(m, 1), np.ones(1))
    return found[:m] if status == "optimal" else None


def _nearest_l2(leads: Array, start: Array) -> Array | None:
    """Project on the polyhedron: the least y with G y >= h is least squares with coefficients of 0 or more [1]_.

    With w = start + Z y, where the columns of Z are orthonormal and sum to 0, |w - start| = |y|.

    References
    ----------
    .. [1] Lawson and Hanson, "Solving Least Squares Problems", Prentice-Hall, 1974, section 23.4, problem LDP.
    """
    m = len(start)
    if m == 1:
        return start if (leads[:, 0] >= 0).all() else None
    best, inside = largest_lead(leads) if len(leads) else (0.0, start)
    if best < 0:
        return None
    across = _helmert(m)
    size = np.maximum(np.sqrt((leads * leads).sum(axis=1)), 1e-300)
    rows = np.vstack([leads / size[:, None], np.eye(m)])
    needed = -np.einsum("rj,j->r", rows, start)
    matrix = np.vstack([np.einsum("rj,jy->yr", rows, across), needed])
    aim = np.r_[np.zeros(m - 1), 1.0]
    rest = np.einsum("yr,r->y", matrix, nonnegative_least_squares(matrix, aim)) - aim
    if abs(rest[-1]) < 1e-14:  # a polyhedron so flat that rounding hides it: its best point is what is left
        return inside
    found: Array = np.maximum(start - np.einsum("jy,y->j", across, rest[:-1] / rest[-1]), 0.0)
    return found


def _helmert(m: int) -> Array:
    """Give orthonormal columns (m, m - 1) that each sum to 0."""
    columns = np.zeros((m, m - 1))
    for k in range(1, m):
        columns[:k, k - 1] = 1.0
        columns[k, k - 1] = -k
    unit: Array = columns / np.sqrt((columns * columns).sum(axis=0))
    return unit


def _of_order_one(leads: Array) -> Array:
    """Scale leads to a largest size of 1, which changes no sign and keeps the programmes clear of rounding."""
    scaled: Array = leads / max(abs(leads).max(initial=0.0), 1e-300)
    return scaled


def _sum_of(count: int, others: int) -> Array:
    """Give the row that sums the first ``count`` unknowns."""
    row: Array = np.r_[np.ones(count), np.zeros(others)][None]
    return row
