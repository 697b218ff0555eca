"""Sort many short lists side by side: each row holds the same place of every list."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def comparators(n: int) -> tuple[tuple[int, int], ...]:
    """Give the pairs of places to compare, in order, so that n places come out sorted.

    References
    ----------
    Batcher's merge exchange: Knuth, "The Art of Computer Programming", volume 3, 1998, algorithm 5.2.2M.
    """
    pairs: list[tuple[int, int]] = []
    half = 1 << max((n - 1).bit_length() - 1, 0)
    stride = half
    while stride:
        reach, phase, step = half, 0, stride
        while True:
            pairs += [(i, i + step) for i in range(n - step) if i & stride == phase]
            if reach == stride:
                break
            step, reach, phase = reach - stride, reach >> 1, stride
        stride >>= 1
    return tuple(pairs)


def sort_rows(rows: NDArray) -> list[NDArray]:  # type: ignore[type-arg]
    """Sort each column of ``rows`` (n, k) upwards, and give the n sorted rows; ``rows`` is used up.

    A row at a time is exchanged with a spare one, so that nothing is copied.
    """
    sorted_rows, spare = list(rows), np.empty(rows.shape[1:], rows.dtype)
    for low, high in comparators(len(rows)):
        first, second = sorted_rows[low], sorted_rows[high]
        np.minimum(first, second, out=spare)
        np.maximum(first, second, out=second)
        sorted_rows[low], spare = spare, first
    return sorted_rows
