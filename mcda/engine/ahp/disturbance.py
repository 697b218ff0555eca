"""Which judgements contradict the others most, and what would fit instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcda.engine.ahp.judgements import islands
from mcda.engine.ahp.prioritize import Priorities, priorities
from mcda.engine.problem import Array

NOTICEABLE = 1e-9  # of 1: a judgement nearer to what fits disturbs nothing


@dataclass(frozen=True, kw_only=True)
class Disturbance:
    """A judgement that contradicts the others.

    Attributes
    ----------
    first, second : names of what was compared, in the order in which the judgement is 1 or more
    row, column : their positions, from 0
    judged : how many times the first was said to matter more than the second
    fits : how many times it matters more by all the other judgements
    error : how many times too large or too small the judgement is beside the priorities; above 1
    ratio_before, ratio_after : the consistency ratio as judged, and with ``fits`` in place of ``judged``
    """

    first: str
    second: str
    row: int
    column: int
    judged: float
    fits: float
    error: float
    ratio_before: float
    ratio_after: float


def disturbing(
    judgements: object,
    *,
    method: str = "eigenvector",
    random_index: str = "aguaron",
    labels: Iterable[str] | None = None,
    top: int = 3,
) -> tuple[Disturbance, ...]:
    """Name the judgements that disturb consistency most, each with the value that would fit best.

    A judgement disturbs by as much as it differs, as a ratio, from the ratio of the priorities; the value that fits
    best is the ratio of the priorities that follow when the judgement is withdrawn, so that it has no say in its own
    correction [1]_. A judgement that alone ties two groups together cannot disturb.

    Parameters
    ----------
    judgements, method, random_index, labels : as for ``priorities``
    top : how many to name at most

    Returns
    -------
    Those that disturb, the worst first; fewer than ``top``, or none, where the others fit

    Raises
    ------
    ProblemError
        As ``priorities``.

    References
    ----------
    .. [1] Saaty, "Decision-making with the AHP: why is the principal eigenvector necessary", EJOR 145, 2003, section 5.

    Examples
    --------
    >>> worst, *_ = disturbing([[1, 2, 9, 8], [None, 1, 2, 4], [None, None, 1, 2], [None, None, None, 1]])
    >>> worst.first, worst.second, worst.judged, round(worst.fits, 2)
    ('c1', 'c3', 9.0, 4.0)
    """
    base = priorities(judgements, method=method, random_index=random_index, labels=labels)
    errors = _errors(base)
    worst = sorted(errors, key=lambda pair: -errors[pair])[:top]
    return tuple(_disturbance(base, pair, errors[pair], random_index) for pair in worst)


def _errors(base: Priorities) -> dict[tuple[int, int], float]:
    """Give the factor by which each judgement misses the ratio of the priorities, where it can and does."""
    logs = np.abs(np.log(base.matrix * base.weights / base.weights[:, None]))
    return {
        (i, j): float(np.exp(logs[i, j]))
        for i, j in combinations(range(len(base.weights)), 2)
        if logs[i, j] > NOTICEABLE and len(islands(_with(base.matrix, (i, j), np.nan))) == 1
    }


def _disturbance(base: Priorities, pair: tuple[int, int], error: float, random_index: str) -> Disturbance:
    i, j = pair if base.matrix[pair] >= 1 else pair[::-1]
    # The means of the columns need every judgement.
    method = "eigenvector" if base.method == "column_mean" else base.method
    without = priorities(_with(base.matrix, pair, np.nan), method=method)
    fits = float(without.weights[i] / without.weights[j])
    mended = priorities(_with(base.matrix, (i, j), fits), method=base.method, random_index=random_index)
    return Disturbance(
        first=base.labels[i],
        second=base.labels[j],
        row=i,
        column=j,
        judged=float(base.matrix[i, j]),
        fits=fits,
        error=error,
        ratio_before=base.consistency_ratio,
        ratio_after=mended.consistency_ratio,
    )


def _with(matrix: Array, pair: tuple[int, int], ratio: float) -> Array:
    """Copy the matrix with one judgement changed, or withdrawn where the ratio is NaN."""
    changed = matrix.copy()
    changed[pair], changed[pair[::-1]] = ratio, 1 / ratio
    return changed
