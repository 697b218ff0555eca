"""Priorities where some judgements are missing."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.ahp.principal import principal
from mcda.engine.problem import Array

Places: TypeAlias = NDArray[np.intp]

SETTLED = 1e-12  # of 1: missing entries that move less are found
MOVES = 500  # at most; a dozen is usual


def harker(matrix: Array) -> tuple[Array, float]:
    """Take the principal eigenvector of a matrix in which a missing judgement counts for the diagonal [1]_.

    Parameters
    ----------
    matrix : (n, n) reciprocal judgements, NaN where missing; linked

    Returns
    -------
    weights (n,) summing to 1, and the principal root, n where nothing contradicts

    References
    ----------
    .. [1] Harker, "Alternative modes of questioning in the analytic hierarchy process", Mathematical Modelling 9, 1987.
    """
    return principal(harker_matrix(matrix))


def harker_matrix(matrix: Array) -> Array:
    """Put 0 in place of each missing judgement (NaN) and add 1 to the diagonal of its row."""
    missing = np.isnan(matrix)
    filled = np.where(missing, 0.0, matrix)
    np.fill_diagonal(filled, 1.0 + missing.sum(axis=1))
    return filled


def log_least_squares(matrix: Array) -> Array:
    """Fit the logarithms of the judgements given; with none missing, the geometric means of the rows [1]_.

    Parameters
    ----------
    matrix : (n, n) reciprocal judgements, NaN where missing; linked

    Returns
    -------
    (n,) weights summing to 1

    References
    ----------
    .. [1] Bozóki, Fülöp and Rónyai, "On optimal completions of incomplete pairwise comparison matrices", MCM 52, 2010,
       section 4.
    """
    known = ~np.isnan(matrix)
    logs = np.log(np.where(known, matrix, 1.0))
    if known.all():
        heights = logs.mean(axis=1)
    else:
        laplacian = np.diag(known.sum(axis=1)) - known.astype(float)
        heights = np.linalg.solve(laplacian + 1.0 / len(matrix), logs.sum(axis=1))
    amounts = np.exp(heights - heights.max())
    weights: Array = amounts / amounts.sum()
    return weights


def optimal(matrix: Array) -> Array:
    """Fill in the missing judgements so that the principal root is as small as it can be [1]_.

    At the optimum each missing judgement makes as much of the root in its own place as its reciprocal does in the
    other: every step moves all of them there, and is halved until the root, which is convex in their logarithms, falls.

    Parameters
    ----------
    matrix : (n, n) reciprocal judgements, NaN where missing; linked

    Returns
    -------
    (n, n) reciprocal array without NaN; unique

    References
    ----------
    .. [1] Bozóki, Fülöp and Rónyai, "On optimal completions of incomplete pairwise comparison matrices", MCM 52, 2010,
       theorem 2.
    """
    weights = log_least_squares(matrix)
    filled = np.where(np.isnan(matrix), weights[:, None] / weights, matrix)
    rows, columns = np.nonzero(np.triu(np.isnan(matrix)))
    weights, root = principal(filled)
    for _ in range(MOVES):
        left, _ = principal(filled.T)
        wanted = np.sqrt(left[columns] * weights[rows] / (left[rows] * weights[columns]))
        step = np.log(wanted / filled[rows, columns])
        if not len(step) or np.abs(step).max() <= SETTLED:
            break
        filled, weights, root = _shorten(filled, rows, columns, step, root)
    return filled


def _shorten(filled: Array, rows: Places, columns: Places, step: Array, root: float) -> tuple[Array, Array, float]:
    """Take the step, or the longest half, quarter, … of it that does not raise the root."""
    while True:
        moved = filled.copy()
        moved[rows, columns] *= np.exp(step)
        moved[columns, rows] = 1.0 / moved[rows, columns]
        weights, lower = principal(moved)
        if lower <= root * (1 + 1e-15) or np.abs(step).max() <= SETTLED:
            return moved, weights, lower
        step = step / 2
