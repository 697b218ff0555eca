"""Count the orders of many score vectors at once, leaving aside those in which two scores are too close to call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from math import factorial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.blocks import BLOCK
from mcda.engine.problem import Array
from mcda.sensitivity.tally import Classes, Counts, Tally

Places: TypeAlias = NDArray[np.intp]
Shares: TypeAlias = NDArray[np.uint32]


class Orders(ABC):
    """Counts of orders of the classes of equal alternatives.

    Scores come as (c, k), a row a class and a column a draw, from 0 to 1, more is better.

    Attributes
    ----------
    width : the most draws that are counted at once
    begins, wins, sums : as in ``Tally``, for classes: (c, n), (c, c) and (m, c)
    """

    def __init__(self, groups: Classes, m: int, *, width: int, details: bool) -> None:
        self.groups, self.width, self.details = groups, width, details
        c, n = len(groups.chosen), len(groups.member)
        self.begins: Counts = np.zeros((c, n), np.int64)
        self.wins: Counts = np.zeros((c, c), np.int64)
        self.sums: Counts = np.zeros((m, c), np.int64)
        self.amounts: Counts = np.empty(width, np.int64)

    @abstractmethod
    def count(self, scores: Array, spare: Array, guard: float | Array, shares: Shares) -> Places:
        """Count the draws in which all scores lie further apart than ``guard``, one number or (k,).

        Returns the places of the draws left aside; ``shares`` (m, k) are summed where details are asked for, and
        ``scores`` and ``spare``, which has room for as many, are used up.
        """

    def into(self, tally: Tally) -> None:
        """Hand over what was counted."""
        tally.add_classes(self.groups, self.begins, self.wins, self.sums.T)

    def _sum(self, into: Counts, index: Places, shares: Shares) -> None:
        """Add shares (m, k) of weight to the bins ``index`` (k,) of ``into`` (m, bins)."""
        for bins, share in zip(into, shares, strict=True):
            amounts = self.amounts[: len(share)]
            np.copyto(amounts, share)
            np.add.at(bins, index, amounts)


class CodedOrders(Orders):
    """For few classes: each order has a number, its Lehmer code, and the numbers are counted."""

    def __init__(self, groups: Classes, m: int, *, single: bool, details: bool) -> None:
        super().__init__(groups, m, width=BLOCK, details=details)
        c = len(groups.chosen)
        self.aside = factorial(c)
        self.histogram: Counts = np.zeros(self.aside + 1, np.int64)
        self.code_sums: Counts = np.zeros((m, self.aside + 1), np.int64)
        self.over, self.under = np.empty((2, max(c - 1, 1), self.width), bool)
        self.digit, self.other, self.settled = np.empty((3, self.width), np.uint8)
        self.code = np.empty(self.width, np.uint8 if self.aside < 256 else np.uint16)
        self.index = np.empty(self.width, np.intp)

    def count(self, scores: Array, spare: Array, guard: float | Array, shares: Shares) -> Places:
        """Number each draw's order digit by digit: how many of the later classes are better than each."""
        c, k = scores.shape
        upper = np.add(scores, guard, out=spare)
        code, digit, other, settled = self.code[:k], self.digit[:k], self.other[:k], self.settled[:k]
        code.fill(0)
        settled.fill(0)
        for i in range(c - 1):
            later = c - 1 - i
            over, under = self.over[:later, :k], self.under[:later, :k]
            np.greater(scores[i + 1 :], upper[i], out=over)
            np.greater(scores[i], upper[i + 1 :], out=under)
            np.add.reduce(over.view(np.uint8), axis=0, out=digit)
            np.add.reduce(under.view(np.uint8), axis=0, out=other)
            np.multiply(code, code.dtype.type(later + 1), out=code)
            np.add(code, digit, out=code)
            settled += digit
            settled += other
        near: Places = np.flatnonzero(settled != c * (c - 1) // 2)
        code[near] = self.aside
        index = self.index[:k]
        np.copyto(index, code)
        np.add.at(self.histogram, index, 1)
        if self.details:
            self._sum(self.code_sums, index, shares)
        return near

    def into(self, tally: Tally) -> None:
        """Read the orders back from their numbers, then hand over."""
        c, sizes = len(self.groups.chosen), self.groups.sizes
        ranks = _decoded(c)
        better = ranks[:, :, None] < ranks[:, None, :]
        seen = self.histogram[:-1]
        begin = np.einsum("j,oji->oi", sizes, better)
        np.add.at(self.begins, (np.arange(c), begin), seen[:, None])
        self.wins += np.einsum("o,oij->ij", seen, better)
        np.add.at(self.sums.T, ranks.argmin(axis=1), self.code_sums[:, :-1].T)
        super().into(tally)


@cache
def _decoded(c: int) -> NDArray[np.int64]:
    """Give the ranks (c!, c) from 0 that each Lehmer code stands for."""
    code = np.arange(factorial(c))
    digits = np.zeros((len(code), c), np.int64)
    for i in range(c - 2, -1, -1):
        code, digits[:, i] = np.divmod(code, c - i)
    for i in range(c - 2, -1, -1):
        digits[:, i + 1 :] += digits[:, i + 1 :] >= digits[:, i, None]
    return digits
