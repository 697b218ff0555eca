"""Least squares with coefficients of 0 or more."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array


def nonnegative_least_squares(matrix: Array, target: Array) -> Array:
    """Minimize |matrix x - target| over x of 0 or more, by active sets [1]_.

    Parameters
    ----------
    matrix : (r, c)
    target : (r,)

    Returns
    -------
    (c,) array of 0 or more

    References
    ----------
    .. [1] Lawson and Hanson, "Solving Least Squares Problems", Prentice-Hall, 1974, section 23.3.

    Examples
    --------
    >>> nonnegative_least_squares(np.eye(2), np.array([3.0, -1.0]))
    array([3., 0.])
    """
    columns = matrix.shape[1]
    x, free = np.zeros(columns), np.zeros(columns, bool)
    slack = 1e-13 * abs(matrix).max(initial=0.0) * max(abs(target).max(initial=0.0), 1e-300)
    for _ in range(10 * columns):
        slope = np.einsum("rc,r->c", matrix, target - np.einsum("rc,c->r", matrix, x))
        slope[free] = -np.inf
        if not columns or slope.max() <= slack:
            break
        free[slope.argmax()] = True
        x = _inside(matrix, target, x, free)
    return x


def _inside(matrix: Array, target: Array, x: Array, free: np.ndarray) -> Array:
    """Solve on the free columns; step back to where one of them reaches 0, and let it go, until all stay above 0."""
    while True:
        trial = np.zeros(len(x))
        trial[free] = np.linalg.lstsq(matrix[:, free], target, rcond=None)[0]
        leaving = free & (trial <= 0)
        if not leaving.any():
            return trial
        steps = np.where(leaving, x / np.where(leaving & (x - trial > 0), x - trial, 1.0), np.inf)
        x = x + steps.min() * (trial - x)
        free &= ~(leaving & (steps <= steps.min())) & ((x > 0) | ~leaving)
        x = np.where(free, np.maximum(x, 0.0), 0.0)
