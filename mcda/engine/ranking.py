"""From scores to ranks: 1 is best, scores equal within a tolerance share their average rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mcda.engine.problem import Array

TIE = 1e-9  # of the largest absolute score; the one place where the tolerance of ties is said


def ranks(scores: Array) -> Array:
    """Rank scores where more is better: 1 is best, ties share the average of the ranks they span.

    Scores within ``TIE`` times the largest absolute score of the next better one are equal to it.

    Parameters
    ----------
    scores : (n,) or (k, n) finite numbers

    Returns
    -------
    array of the same shape, from 1 to n

    Examples
    --------
    >>> ranks(np.array([0.1 + 0.2, 0.3, 0.4]))
    array([2.5, 2.5, 1. ])
    """
    rows = np.asarray(scores, float)
    n = rows.shape[-1]
    order = (-rows).argsort(axis=-1)
    if rows.ndim > 1:
        order += n * np.arange(len(rows))[:, None]  # places in the rows laid end to end
    falling = rows.take(order)
    largest = np.maximum(falling[..., :1], -falling[..., -1:])
    apart = falling[..., :-1] - falling[..., 1:] > TIE * largest
    out = np.empty(rows.size)
    out[order] = np.arange(1.0, n + 1) if np.count_nonzero(apart) == apart.size else _shared(apart, rows.shape)
    return out.reshape(rows.shape)


def _shared(apart: np.ndarray, shape: tuple[int, ...]) -> Array:
    """Give the average place of each group of ties, place by place; ``apart`` tells which later places begin one."""
    begins = np.ones(shape, bool)
    begins[..., 1:] = apart
    first = np.flatnonzero(begins)
    size = np.diff(first, append=begins.size)
    places: Array = np.repeat(first % shape[-1] + (size + 1) / 2, size)
    return places.reshape(shape)


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranking:
    """Scores and ranks of one problem under one method.

    Attributes
    ----------
    alternatives : (n,) names
    scores : (n,) in the method's own unit
    ranks : (n,) 1 is best, ties share their average rank
    method, normalization : keys; ``normalization`` is None where the method has a form of its own
    weights : (m,) that were used, summing to 1
    higher_is_better : which way the scores run
    details : what else the method says, such as VIKOR's S and R
    """

    alternatives: tuple[str, ...]
    scores: Array
    ranks: Array
    method: str
    normalization: str | None
    weights: Array
    higher_is_better: bool = True
    details: Mapping[str, object] = field(default_factory=dict)

    def order(self) -> list[int]:
        """Give the positions of the alternatives, best first; ties keep the problem's order."""
        return [int(i) for i in np.argsort(self.ranks, kind="stable")]

    def first(self) -> tuple[str, ...]:
        """Give the alternatives that no other one beats: one name, or several where they tie."""
        best = self.ranks.min()
        return tuple(name for name, rank in zip(self.alternatives, self.ranks, strict=True) if rank == best)
