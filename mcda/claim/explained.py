"""How much of a claim's outcome each choice explains: a decomposition of variance over the full cross.

The outcome is 1 where the claim holds and 0 where it fails or a tie leaves it open. Each choice is taken as if it were
drawn by itself, every option alike; a choice that does not matter in some corner simply changes nothing there, and what
is left out or cannot be ranked is left out of the sums. Every combination is gone through and none is drawn, so the
shares carry no sampling error, and no interval of confidence exists for them. What is open is which options belong to
the universe: the ranges hold the least and the largest value that a share takes when any one option is left out. They
say nothing of two options left out together, nor of options that nobody thought of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.claim.run import SKIPPED, Multiverse
from mcda.claim.verdict import verdict
from mcda.engine.problem import Array
from mcda.study.assertion import HOLDS

Counts: TypeAlias = NDArray[np.int64]
Way: TypeAlias = tuple[int, int]  # an axis and one of its options


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one choice explains of the outcome.

    Attributes
    ----------
    key : of the dimension
    first : share of the variance that it explains alone, 0 to 1 [1]_
    total : share of the variance that would be left if all other choices were settled, its interactions included [1]_
    first_range, total_range : the least and the largest value with any one option of the universe left out; an option
        of the choice itself only where more than two are there
    shares : share of the outcomes under each option that hold, with all other choices drawn evenly; None where there
        are none

    References
    ----------
    .. [1] Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics Communications 181,
       2010, equations 2 and 4.
    """

    key: str
    first: float
    total: float
    first_range: tuple[float, float]
    total_range: tuple[float, float]
    shares: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The decomposition.

    Attributes
    ----------
    holds, total : outcomes that hold, and all, counted so that every option of every choice counts alike
    parts : by dimension, in the order of the axes; empty where the outcome is the same everywhere
    """

    holds: int
    total: int
    parts: tuple[Part, ...]

    @property
    def share(self) -> float | None:
        """Share of the outcomes that hold; None where there are none."""
        return self.holds / self.total if self.total else None

    @property
    def verdict(self) -> str:
        """Key of the verdict where every option of every choice counts alike."""
        return verdict(self.holds, self.total)


def explained(found: Multiverse) -> Explained:
    """Take the outcome of a multiverse apart."""
    grid = found.grid
    codes = np.where(found.row[:, None] >= 0, found.outcome[found.row], SKIPPED)
    valid = codes != SKIPPED
    for family, excluded in enumerate(grid.excluded):
        if excluded.any():
            valid[np.ix_(excluded != 0, grid.family == family)] = False
    holds = (codes == HOLDS) & valid
    shape = (*grid.shape, len(grid.sets))
    cross = _Cross(holds.reshape(shape), valid.reshape(shape), grid.family, grid.mass)
    hits, size = cross.total
    return Explained(holds=hits, total=size, parts=tuple(cross.parts([item.key for item in grid.dimensions])))


class _Cross:
    """Sums over the full cross; all counts are exact whole numbers, weighted by the mass of each set of weights."""

    def __init__(
        self, holds: NDArray[np.bool_], valid: NDArray[np.bool_], family: NDArray[np.intp], mass: Counts
    ) -> None:
        self.holds, self.valid, self.mass = holds.view(np.int8), valid.view(np.int8), mass
        self.starts = np.flatnonzero(np.r_[True, np.diff(family) != 0])
        self.shape = (*holds.shape[:-1], len(self.starts))
        self.pairs = _tables(self.folded(self.holds)), _tables(self.folded(self.valid))
        self.hits, self.sizes = ([table[i, i].diagonal() for i in range(len(self.shape))] for table in self.pairs)
        self.total = int(self.hits[0].sum()), int(self.sizes[0].sum())

    def folded(self, amounts: NDArray[np.int8]) -> NDArray[np.int32]:
        """Sum over the sets of each family of weights, each with its mass."""
        return np.add.reduceat(amounts * self.mass.astype(np.int32), self.starts, axis=-1)

    def parts(self, keys: list[str]) -> Iterator[Part]:
        """Give what each dimension with several options explains."""
        hits, size = self.total
        if hits in (0, size):
            return
        for axis, key in enumerate(keys):
            if self.shape[axis] > 1:
                firsts, totals = self.first(axis), self.left(axis)
                yield Part(
                    key=key,
                    first=firsts[0],
                    total=totals[0],
                    first_range=(min(firsts), max(firsts)),
                    total_range=(min(totals), max(totals)),
                    shares=tuple(
                        hit / size if size else None
                        for hit, size in zip(self.hits[axis].tolist(), self.sizes[axis].tolist(), strict=True)
                    ),
                )

    def without(self, axis: int) -> Iterator[Way]:
        """List the options that are left out in turn."""
        for other, options in enumerate(self.shape):
            if options > (2 if other == axis else 1):
                yield from ((other, option) for option in range(options))

    def variance(self, left_out: Way | None) -> float:
        """Give the sum of squares of the outcome around its mean, without one option."""
        hits, size = self.total
        if left_out is not None:
            other, option = left_out
            hits, size = hits - int(self.hits[other][option]), size - int(self.sizes[other][option])
        return hits * (size - hits) / size if size else 0.0

    def first(self, axis: int) -> list[float]:
        """Give the share that a dimension explains alone: with all options, then with each one left out."""
        return [self.between(axis, None), *(self.between(axis, left_out) for left_out in self.without(axis))]

    def between(self, axis: int, left_out: Way | None) -> float:
        """Give the share of the sum of squares that lies between the options of a dimension."""
        hits, sizes = self.hits[axis], self.sizes[axis]
        if left_out is not None:
            other, option = left_out
            hits = hits - self.pairs[0][axis, other][:, option]
            sizes = sizes - self.pairs[1][axis, other][:, option]
        whole = self.variance(left_out)
        return max(0.0, 1 - _within(hits, sizes) / whole) if whole else 0.0

    def left(self, axis: int) -> list[float]:
        """Give the share left to a dimension once all others are settled: with all options, then with each left out."""
        last = axis == len(self.shape) - 1
        hits, sizes = self.summed(self.holds, axis), self.summed(self.valid, axis)
        scatter = _scatter(hits, sizes)
        inside = scatter if last else np.add.reduceat(scatter * self.mass, self.starts, axis=-1)
        whole = float(inside.sum())
        found = [whole / self.variance(None)]
        axes = [other for other in range(len(self.shape)) if other != axis]
        margins = {other: inside.sum(axis=tuple(k for k in range(len(axes)) if axes[k] != other)) for other in axes}
        for other, option in self.without(axis):
            rest = self.variance((other, option))
            amount = whole - margins[other][option] if other != axis else self.own(axis, option, hits, sizes)
            found.append(max(0.0, float(amount)) / rest if rest else 0.0)
        return found

    def summed(self, amounts: NDArray[np.int8], axis: int) -> NDArray[np.int32]:
        """Sum over one dimension; the sets of weights, where they are summed, with their mass."""
        if axis == len(self.shape) - 1:
            return np.asarray((amounts * self.mass.astype(np.int32)).sum(axis=-1, dtype=np.int32))
        return np.asarray(amounts.sum(axis=axis, dtype=np.int32))

    def own(self, axis: int, option: int, hits: NDArray[np.int32], sizes: NDArray[np.int32]) -> float:
        """Give the sum of squares left to a dimension without one option of its own."""
        if axis == len(self.shape) - 1:
            begin, end = (*self.starts, len(self.mass))[option : option + 2]
            mass = self.mass[begin:end].astype(np.int32)
            taken = [(part[..., begin:end] * mass).sum(axis=-1, dtype=np.int32) for part in (self.holds, self.valid)]
            return float(_scatter(hits - taken[0], sizes - taken[1]).sum())
        taken = [part.take(option, axis=axis) for part in (self.holds, self.valid)]
        return float((_scatter(hits - taken[0], sizes - taken[1]) * self.mass).sum())


def _scatter(hits: NDArray[np.int32], sizes: NDArray[np.int32]) -> Array:
    """Give the sum of squares within each group of outcomes of 0 and 1, by how many are 1 and how many there are."""
    return hits * (sizes - hits) / np.maximum(sizes, 1)


def _within(hits: Counts, sizes: Counts) -> float:
    return float((hits * (sizes - hits) / np.maximum(sizes, 1)).sum())


def _tables(folded: NDArray[np.int32]) -> dict[Way, Counts]:
    """Sum counts over all dimensions but two, for every pair of dimensions; and over all but one."""
    axes = range(folded.ndim)
    last = folded.ndim - 1
    plain = folded.sum(axis=-1, dtype=np.int64)
    tables: dict[Way, Counts] = {}
    for i, j in combinations(axes, 2):
        source = folded if j == last else plain
        table = source.sum(axis=tuple(k for k in range(source.ndim) if k not in (i, j)), dtype=np.int64)
        tables[i, j], tables[j, i] = table, table.T
    for i in axes:
        source = folded if i == last else plain
        tables[i, i] = np.diag(source.sum(axis=tuple(k for k in range(source.ndim) if k != i), dtype=np.int64))
    return tables
