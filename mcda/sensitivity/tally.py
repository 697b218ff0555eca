"""Count ranks over draws in whole numbers, so that any split of the draws over workers adds up to the same."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array

Counts = NDArray[np.int64]
CHUNK = 1 << 20  # comparisons of ranks held in memory at once


@dataclass(frozen=True, eq=False)
class Classes:
    """Alternatives that are equal in everything, taken as one: ``chosen`` (c,) of them and the ``member`` (n,) of each.

    ``sizes`` (c,) says how many share a class.
    """

    chosen: NDArray[np.intp]
    member: NDArray[np.intp]
    sizes: NDArray[np.intp]


def classes(rows: Array) -> Classes:
    """Find rows (n, m) that are equal to the bit."""
    first: dict[bytes, int] = {}
    member = np.array([first.setdefault(row.tobytes(), len(first)) for row in rows + 0.0])
    _, chosen = np.unique(member, return_index=True)
    return Classes(chosen, member, np.bincount(member))


class Tally:
    """What has been counted of n alternatives.

    Attributes
    ----------
    begins : by size of a tie, (n, n) how often each alternative is in a tie of this size that begins at each rank;
        size 1 is no tie
    sums : by size of a tie, (n, m) shares of weight summed over the draws that put the alternative first
    wins : (n, n) how often the alternative of the row has a better rank than that of the column
    """

    def __init__(self, n: int, m: int) -> None:
        self.n, self.m = n, m
        self.begins: dict[int, Counts] = {}
        self.sums: dict[int, Counts] = {}
        self.wins: Counts = np.zeros((n, n), np.int64)

    def add(self, other: Tally) -> None:
        """Take over the counts of another tally of the same alternatives."""
        for mine, theirs in ((self.begins, other.begins), (self.sums, other.sums)):
            for size, counts in theirs.items():
                mine[size] = mine[size] + counts if size in mine else counts
        self.wins += other.wins

    def add_classes(self, groups: Classes, begins: Counts, wins: Counts, sums: Counts) -> None:
        """Take over counts of classes, (c, n), (c, c) and (c, m); the members of a class tie in every draw."""
        for size in np.unique(groups.sizes):
            members = np.flatnonzero(groups.sizes[groups.member] == size)
            self._begins(int(size))[members] += begins[groups.member[members]]
            self._sums(int(size))[members] += sums[groups.member[members]]
        self.wins += wins[groups.member[:, None], groups.member]

    def add_ranks(self, ranks: Array, shares: NDArray[np.uint32] | None) -> None:
        """Count ranks (k, n) in which ties share their average; ``shares`` (m, k) of weight, or None to sum none."""
        step = max(1, CHUNK // self.n**2)
        for start in range(0, len(ranks), step):
            part = ranks[start : start + step]
            self._count(part, None if shares is None else shares[:, start : start + step])

    def add_first(self, i: int, ranks: Array) -> None:
        """Count the draws (k, n) that put alternative ``i`` first, alone or in a tie."""
        size = (ranks == ranks[:, i, None]).sum(axis=1)
        for each, count in zip(*np.unique(size[ranks[:, i] == (size + 1) / 2], return_counts=True), strict=True):
            self._begins(int(each))[i, 0] += count

    def acceptability(self, draws: int) -> tuple[Counts, int]:
        """Give how often each alternative takes each rank (n, n), times the second number, the parts of a draw."""
        unit = lcm(*self.begins)
        exact = np.int64 if unit * draws < 2**62 else object
        steps = np.zeros((self.n, self.n + 1), exact)
        for size, begins in sorted(self.begins.items()):
            parts = begins.astype(exact) * (unit // size)
            steps[:, :-1] += parts
            steps[:, size:] -= parts[:, : self.n + 1 - size]
        return np.cumsum(steps[:, :-1], axis=1), unit

    def centre_sums(self) -> tuple[Array, Array]:
        """Give the draws that put each alternative first (n,), ties counting in part, and their weights (n, m)."""
        favourable, weights = np.zeros(self.n), np.zeros((self.n, self.m))
        for size, begins in sorted(self.begins.items()):
            favourable += begins[:, 0] / size
            weights += self.sums.get(size, 0) / size
        return favourable, weights

    def _count(self, ranks: Array, shares: NDArray[np.uint32] | None) -> None:
        better = ranks[:, :, None] < ranks[:, None, :]
        self.wins += better.sum(axis=0)
        size = self.n - better.sum(axis=1) - better.sum(axis=2)
        begin = np.rint(ranks - (size + 1) / 2).astype(np.intp)
        for each in np.unique(size):
            draw, i = np.nonzero(size == each)
            np.add.at(self._begins(int(each)), (i, begin[draw, i]), 1)
            if shares is not None:
                top = begin[draw, i] == 0
                np.add.at(self._sums(int(each)), i[top], shares.T[draw[top]].astype(np.int64))

    def _begins(self, size: int) -> Counts:
        return self.begins.setdefault(size, np.zeros((self.n, self.n), np.int64))

    def _sums(self, size: int) -> Counts:
        return self.sums.setdefault(size, np.zeros((self.n, self.m), np.int64))
