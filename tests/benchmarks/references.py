"""What ours is measured against: plain numpy, and other packages in loops of their own making."""

from __future__ import annotations

import numpy as np


def values(n: int, m: int, seed: int = 1) -> np.ndarray:
    """Give a decision matrix (n, m) of benefits above 0."""
    return np.random.default_rng(seed).random((n, m)) + 0.1


def topsis_formula(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """TOPSIS of benefits in six lines of numpy."""
    weighted = matrix / np.sqrt((matrix**2).sum(axis=0)) * weights
    best, worst = weighted.max(axis=0), weighted.min(axis=0)
    far = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    near = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    return near / (near + far)


def pymcdm_loop(matrix: np.ndarray, draws: int):
    """SMAA with TOPSIS as a loop over pymcdm, vector norm, validation off: draw, score, rank, count."""
    from pymcdm.helpers import rrankdata
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    method, types = TOPSIS(normalization_function=vector_normalization), np.ones(matrix.shape[1])
    n, m = matrix.shape

    def run() -> np.ndarray:
        counts, rows = np.zeros((n, n), int), np.arange(n)
        for weights in np.random.default_rng(1).dirichlet(np.ones(m), size=draws):
            preferences = method(matrix, weights, types, validation=False)
            counts[rows, rrankdata(preferences).astype(int) - 1] += 1
        return counts

    return run


def whole_arrays(matrix: np.ndarray, draws: int):
    """SMAA with the weighted sum on whole arrays: Dirichlet, product, double argsort, bincount."""
    n, m = matrix.shape

    def run() -> np.ndarray:
        weights = np.random.default_rng(1).dirichlet(np.ones(m), size=draws)
        places = np.argsort(np.argsort(-(weights @ matrix.T), axis=1), axis=1)
        return np.bincount((places + np.arange(n) * n).ravel(), minlength=n * n).reshape(n, n)

    return run


def bare(matrix: np.ndarray, draws: int):
    """Less than SMAA: exponential numbers, a matrix product and a sort of each draw; nothing is counted."""
    m = matrix.shape[1]

    def run() -> np.ndarray:
        weights = np.random.Generator(np.random.SFC64(1)).standard_exponential((draws, m))
        return np.sort(weights @ matrix.T, axis=1)

    return run


def promethee_dense(matrix: np.ndarray, weights: np.ndarray, q: float, p: float) -> np.ndarray:
    """PROMETHEE II with linear preferences over all pairs, one criterion after another."""
    n, m = matrix.shape
    total = np.zeros((n, n))
    for j in range(m):
        gap = matrix[:, j, None] - matrix[None, :, j]
        total += weights[j] * np.clip((gap - q) / (p - q), 0, 1)
    return (total.sum(axis=1) - total.sum(axis=0)) / (n - 1)
