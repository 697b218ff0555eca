"""Principal eigenvectors of positive matrices, one or many at a time."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array

CLOSE = 1e-13  # of the root: how near its lower and upper bound must come
STEPS = 60  # of the power iteration; consistent judgements need about ten


def principal(matrix: Array) -> tuple[Array, float]:
    """Find the principal eigenvector (n,), summing to 1, and its root, of one non-negative matrix (n, n)."""
    roots, vectors = np.linalg.eig(matrix)
    place = roots.real.argmax()
    weights: Array = abs(vectors[:, place].real)
    return weights / weights.sum(), float(roots[place].real)


def principals(matrices: Array) -> tuple[Array, Array]:
    """Find the principal eigenvectors (k, n) and roots (k,) of many matrices (k, n, n).

    The matrices are non-negative, with a diagonal above 0. Power iteration on all of them together, until the root of
    each lies between bounds that agree (Collatz and Wielandt); the few that are slow, being full of contradictions, go
    one by one.
    """
    stacked = np.ascontiguousarray(np.moveaxis(matrices, 0, -1))  # k last: long inner loops
    n, _, k = stacked.shape
    weights = np.full((n, k), 1.0 / n)
    for _ in range(STEPS):
        product = np.einsum("ijk,jk->ik", stacked, weights)
        bounds = product / weights
        low, high = bounds.min(axis=0), bounds.max(axis=0)
        roots = product.sum(axis=0)
        weights = product / roots
        slow = high - low > CLOSE * high
        if not slow.any():
            break
    out = weights.T.copy()
    for index in np.flatnonzero(slow):
        out[index], roots[index] = principal(matrices[index])
    return out, roots
