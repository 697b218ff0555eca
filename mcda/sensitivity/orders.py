"""Count the orders of many score vectors at once, leaving aside those in which two scores are too close to call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from itertools import pairwise
from math import factorial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.blocks import BLOCK
from mcda.engine.problem import Array
from mcda.sensitivity.network import sort_rows
from mcda.sensitivity.tally import Classes, Counts, Tally

CODED = 7  # up to so many classes, their orders are numbered
NETWORKED = 32  # up to so many, a network sorts all draws side by side; beyond, each draw is sorted by itself
SINGLE = 128  # up to so many, the place of a class and a score of single precision fit into 32 bits
STRIP = 256  # draws that are sorted and counted at once
WORDS = 128  # words of eight flags that are added before a byte could overflow

Places: TypeAlias = NDArray[np.intp]
Shares: TypeAlias = NDArray[np.uint32]
Keys: TypeAlias = NDArray[Any]  # whole numbers of 32 or 64 bits


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


def orders(groups: Classes, m: int, *, single: bool, details: bool) -> Orders:
    """Choose how the orders of so many classes are counted, for scores of single or double precision."""
    c = len(groups.chosen)
    if c <= CODED:
        return CodedOrders(groups, m, single=single, details=details)
    kind = NetworkOrders if c <= NETWORKED else RowOrders
    return kind(groups, m, single=single, details=details)


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


class SortedOrders(Orders):
    """For many classes: scores become whole numbers whose last bits name the class, and these are sorted.

    Draws left aside are counted as if the first class were best, the second next and so on, and taken back at the end.
    """

    def __init__(self, groups: Classes, m: int, *, width: int, single: bool, details: bool) -> None:
        super().__init__(groups, m, width=width, details=details)
        c = len(groups.chosen)
        self.real: type = np.float32 if single else np.float64
        self.whole: type = np.int32 if single else np.int64
        self.top = 2**30 if single else 2**62
        self.bits = max((c - 1).bit_length(), 1)
        self.mask = self.whole((1 << self.bits) - 1)
        self.names: Keys = np.arange(c, dtype=self.whole)[:, None]
        self.words = min(WORDS, width // 8)
        self.flags = np.empty((c - 1, -(-width // (8 * self.words)) * 8 * self.words if details else 0), bool)
        self.aside, self.aside_shares = 0, np.zeros(m, np.int64)

    def count(self, scores: Array, spare: Array, guard: float | Array, shares: Shares) -> Places:
        """Sort, find the narrow gaps, and count which class stands in which place."""
        keys: Keys = spare.view(self.whole)
        scores *= self.real(self.top)
        np.copyto(keys, scores, casting="unsafe")
        narrow = (np.ceil(np.minimum(guard, 1.0) * self.top) + (1 << self.bits)).astype(self.whole)
        near, first = self._places(keys, narrow)
        self.aside += len(near)
        if self.details:
            scores[:, near] = -self.names
            self._wins(scores)
            self.aside_shares += shares[:, near].sum(axis=1, dtype=np.int64)
            self._sum(self.sums, first.astype(np.intp), shares)
        return near

    @abstractmethod
    def _places(self, keys: Keys, narrow: Keys) -> tuple[Places, Keys]:
        """Count scores that are whole numbers (c, k); give the draws left aside and the first class of every draw."""

    def _wins(self, scores: Array) -> None:
        """Compare each class with the later ones; flags are added eight to a word."""
        c, k = scores.shape
        self.flags[:, k:] = False
        for i in range(c - 1):
            flags = self.flags[i:]
            np.greater(scores[i], scores[i + 1 :], out=flags[:, :k])
            words = flags.view(np.uint64).reshape(c - 1 - i, -1, self.words).sum(axis=2)
            self.wins[i, i + 1 :] += words.view(np.uint8).reshape(c - 1 - i, -1).sum(axis=1, dtype=np.int64)
            self.wins[i + 1 :, i] += k

    def into(self, tally: Tally) -> None:
        """Take back the draws left aside, then hand over."""
        c, sizes = len(self.groups.chosen), self.groups.sizes
        self.begins[np.arange(c), np.cumsum(sizes) - sizes] -= self.aside
        if self.details:
            self.sums[:, 0] -= self.aside_shares
            later = np.triu_indices(c, 1)
            self.wins.T[later] -= self.wins[later]
            self.wins[later] -= self.aside
        super().into(tally)


class NetworkOrders(SortedOrders):
    """Some classes: a row holds one place of every draw, and a network exchanges rows."""

    def __init__(self, groups: Classes, m: int, *, single: bool, details: bool) -> None:
        super().__init__(groups, m, width=BLOCK, single=single, details=details)
        c, side = len(groups.chosen), 1 << self.bits
        self.pairs: Counts = np.zeros((c // 2, side * side), np.int64)
        self.index = np.empty(self.width, np.intp)

    def _places(self, keys: Keys, narrow: Keys) -> tuple[Places, Keys]:
        for name, row in enumerate(keys):
            row &= ~self.mask
            row |= self.whole(name)
        rows = sort_rows(keys)
        gap, spare = rows[1] - rows[0], np.empty_like(rows[0])
        for low, high in pairwise(rows[1:]):
            np.minimum(gap, np.subtract(high, low, out=spare), out=gap)
        near = np.flatnonzero(gap <= narrow)
        for place, row in enumerate(rows):
            row &= self.mask
            row[near] = len(rows) - 1 - place
        if self.groups.sizes.max() == 1:
            self._count_pairs(rows, spare)
        else:
            self._count_each(rows)
        return near, rows[-1]

    def _count_pairs(self, rows: list[Keys], spare: Keys) -> None:
        """Count two neighbouring places at a time, which costs as much as one; of an odd number, the best alone."""
        index = self.index[: len(spare)]
        for low, high, pairs in zip(rows[::2], rows[1::2], self.pairs, strict=False):
            np.left_shift(low, self.bits, out=spare)
            np.bitwise_or(spare, high, out=spare)
            np.copyto(index, spare)
            np.add.at(pairs, index, 1)
        if len(rows) % 2:
            np.copyto(index, rows[-1])
            np.add.at(self.begins[:, 0], index, 1)

    def _count_each(self, rows: list[Keys]) -> None:
        """Count where each class begins when some hold several alternatives."""
        begin = np.full(rows[0].shape, self.begins.shape[1])
        for row in rows:
            begin -= self.groups.sizes[row]
            np.add.at(self.begins, (row, begin), 1)

    def into(self, tally: Tally) -> None:
        """Take the pairs of places apart, then hand over."""
        c, side = len(self.groups.chosen), 1 << self.bits
        for place, pairs in enumerate(self.pairs.reshape(-1, side, side)):
            self.begins[:, c - 1 - 2 * place] += pairs.sum(axis=1)[:c]
            self.begins[:, c - 2 - 2 * place] += pairs.sum(axis=0)[:c]
        super().into(tally)


class RowOrders(SortedOrders):
    """Many classes: a row holds one draw, and each row is sorted by itself."""

    def __init__(self, groups: Classes, m: int, *, single: bool, details: bool) -> None:
        c = len(groups.chosen)
        # Pairs are compared along long rows; all else is fastest while it stays in the cache. Rows are a little shorter
        # than a power of two, since the same place of many such rows would crowd into one part of the cache.
        width = max(64, min(4080 if details and single else 1008, (1 << 19) // c // 16 * 16))
        super().__init__(groups, m, width=width, single=single, details=details)
        self.lines: Keys = np.empty((self.width, c), self.whole)
        self.gaps: Keys = np.empty(self.width * c, self.whole)
        self.close = np.zeros((self.width * c + 7) // 8 * 8, bool)
        self.index = np.empty((STRIP, c), np.intp)
        self.labels = np.tile(self.names[:, 0], (STRIP, 1))
        self.places = np.tile(np.arange(c, dtype=self.whole) << self.bits, (STRIP, 1))
        self.histogram: Counts = np.zeros(c << self.bits, np.int64)

    def _places(self, keys: Keys, narrow: Keys) -> tuple[Places, Keys]:
        lines = self.lines[: keys.shape[1]]
        np.copyto(lines, keys.T)
        strips = [lines[start : start + STRIP] for start in range(0, len(lines), STRIP)]
        for strip in strips:
            strip &= ~self.mask
            strip |= self.labels[: len(strip)]
            strip.sort(axis=1)
        near = self._narrow(lines, narrow)
        lines &= self.mask
        lines[near] = self.names[::-1, 0]
        first = lines[:, -1].copy()
        for strip in strips:
            self._count_strip(strip)
        return near, first

    def _count_strip(self, strip: Keys) -> None:
        """Count which class stands in which place, or where it begins if some hold several alternatives."""
        index = self.index[: len(strip)]
        if self.groups.sizes.max() == 1:
            strip += self.places[: len(strip)]
            np.copyto(index, strip)
            np.add.at(self.histogram, index.ravel(), 1)
        else:
            begin = self.begins.shape[1] - np.cumsum(self.groups.sizes[strip], axis=1)
            np.add.at(self.begins, (strip, begin), 1)

    def _narrow(self, lines: Keys, narrow: Keys) -> Places:
        """Find the rows with a narrow gap; a step down to the next row is a wide one as an unsigned number."""
        c, flat = lines.shape[1], lines.ravel()
        gaps = np.subtract(flat[1:], flat[:-1], out=self.gaps[: len(flat) - 1])
        unsigned = np.uint32 if self.whole is np.int32 else np.uint64
        limit = np.repeat(narrow.astype(unsigned), c)[:-1] if narrow.ndim else narrow.astype(unsigned)
        np.less_equal(gaps.view(unsigned), limit, out=self.close[: len(gaps)])
        self.close[len(gaps) :] = False
        words = np.flatnonzero(self.close.view(np.uint64))  # eight at a time: they are few
        word, byte = np.nonzero(self.close.reshape(-1, 8)[words])
        rows = np.zeros(len(lines), bool)
        rows[(words[word] * 8 + byte) // c] = True
        near: Places = np.flatnonzero(rows)
        return near

    def into(self, tally: Tally) -> None:
        """Turn places, the worst first, into ranks, then hand over."""
        c = len(self.groups.chosen)
        self.begins[:, c - 1 :: -1] += self.histogram.reshape(c, -1)[:, :c].T
        super().into(tally)
