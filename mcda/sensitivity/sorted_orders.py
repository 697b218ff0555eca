"""Count the orders of more classes than can be numbered: by sorting the scores."""

from __future__ import annotations

from abc import abstractmethod
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.blocks import BLOCK
from mcda.engine.problem import Array
from mcda.sensitivity.network import sort_rows
from mcda.sensitivity.orders import CodedOrders, Orders, Places, Shares
from mcda.sensitivity.tally import Classes, Counts, Tally

CODED = 7  # up to so many classes, their orders are numbered
NETWORKED = 32  # up to so many, a network sorts all draws side by side; beyond, each draw is sorted by itself
SINGLE = 128  # up to so many, the name of a class and a score of single precision fit into 32 bits
WIDTH = 1008  # draws whose scores stay in the cache; not 1024, since rows a power of two apart crowd one part of it
STRIP = 256  # draws that are sorted and counted at once
RUN = 3  # neighbouring places that are counted at once: 32 classes each make 32,768 counters, which stay in the cache
ROW = (4200, 10_000)  # draws along which pairs are compared: numpy copies rows up to half its buffer of 8192 numbers
MOST = 255  # words of eight flags that are added before a byte would overflow

Keys: TypeAlias = NDArray[Any]  # whole numbers of 32 or 64 bits


def orders(groups: Classes, m: int, *, single: bool, details: bool) -> Orders:
    """Choose how the orders of so many classes are counted, for scores of single or double precision."""
    c = len(groups.chosen)
    if c <= CODED:
        return CodedOrders(groups, m, single=single, details=details)
    kind = NetworkOrders if c <= NETWORKED else RowOrders
    return kind(groups, m, single=single, details=details)


class SortedOrders(Orders):
    """For many classes: scores become whole numbers whose last bits name the class, and these are sorted.

    Draws left aside are counted as if the first class were best, the second next and so on, and taken back at the end.
    """

    def __init__(self, groups: Classes, m: int, *, width: int, row: int, single: bool, details: bool) -> None:
        super().__init__(groups, m, width=width, details=details)
        c = len(groups.chosen)
        self.real: type = np.float32 if single else np.float64
        self.whole: type = np.int32 if single else np.int64
        self.top = 2**30 if single else 2**62
        self.bits = max((c - 1).bit_length(), 1)
        self.mask = self.whole((1 << self.bits) - 1)
        self.names: Keys = np.arange(c, dtype=self.whole)[:, None]
        self.alone = bool(groups.sizes.max() == 1)
        parts = -(-row // (8 * MOST))
        words = -(-row // (8 * parts))
        self.flags = np.zeros((c - 1, parts, words * 8) if details else (0, parts, 8), bool)
        self.flagged = np.zeros((c, c, parts) if details else (0, 0, parts), np.uint64)
        self.aside, self.aside_shares = 0, np.zeros(m, np.int64)

    def count(self, scores: Array, spare: Array, guard: float | Array, shares: Shares) -> Places:
        """Sort, find the narrow gaps, and count which class stands in which place."""
        keys: Keys = spare.view(self.whole)
        np.multiply(scores, self.real(self.top), out=keys, casting="unsafe", dtype=self.real)
        narrow = (np.ceil(np.minimum(guard, 1.0) * self.top) + (1 << self.bits)).astype(self.whole)
        near, first = self._places(keys, narrow, scores)
        self.aside += len(near)
        if self.details:
            self.aside_shares += shares[:, near].sum(axis=1, dtype=np.int64)
            self._hold(first, shares)
        return near

    def _hold(self, first: Keys, shares: Shares) -> None:
        """Add the shares of weight to the first class of each draw."""
        self._sum(self.sums, first.astype(np.intp), shares)

    @abstractmethod
    def _places(self, keys: Keys, narrow: Keys, scores: Array) -> tuple[Places, Keys]:
        """Count scores, as whole numbers and as they are; give the draws left aside and the first class of all."""

    def _compare(self, merits: NDArray[Any]) -> None:
        """Count in how many draws each class has more merit (c, k) than each later one; flags are added as words."""
        c, k = merits.shape
        rows = self.flags.reshape(c - 1, -1)
        rows[:, k:] = False
        words = self.flags.view(np.uint64)
        for i in range(c - 1):
            later = c - 1 - i
            np.greater(merits[i], merits[i + 1 :], out=rows[:later, :k])
            np.add.reduce(words[:later], axis=2, out=self.flagged[i, i + 1 :])
        more = self.flagged.view(np.uint8).sum(axis=2, dtype=np.int64)
        self.wins += more + np.tril(k - more.T, -1)

    def into(self, tally: Tally) -> None:
        """Take back the draws left aside, then hand over."""
        c, sizes = len(self.groups.chosen), self.groups.sizes
        self.begins[np.arange(c), np.cumsum(sizes) - sizes] -= self.aside
        if self.details:
            self.sums[:, 0] -= self.aside_shares
            self.wins[np.triu_indices(c, 1)] -= self.aside
        super().into(tally)


class NetworkOrders(SortedOrders):
    """Some classes: a row holds one place of every draw, and a network exchanges rows."""

    def __init__(self, groups: Classes, m: int, *, single: bool, details: bool) -> None:
        super().__init__(groups, m, width=BLOCK, row=BLOCK, single=single, details=details)
        c, side = len(groups.chosen), 1 << self.bits
        self.runs: Counts = np.zeros((-(-c // RUN), side**RUN), np.int64)
        self.index = np.empty(self.width, np.intp)

    def _places(self, keys: Keys, narrow: Keys, scores: Array) -> tuple[Places, Keys]:
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
        if self.alone:
            self._count_runs(rows, spare)
        else:
            self._count_each(rows)
        if self.details:
            scores[:, near] = -self.names
            self._compare(scores)
        return near, rows[-1]

    def _count_runs(self, rows: list[Keys], spare: Keys) -> None:
        """Count a run of neighbouring places at a time, which costs hardly more than one place."""
        index = self.index[: len(spare)]
        for run, start in zip(self.runs, range(0, len(rows), RUN), strict=True):
            code = rows[start]
            for row in rows[start + 1 : start + RUN]:
                np.left_shift(code, self.bits, out=spare)
                code = np.bitwise_or(spare, row, out=spare)
            np.copyto(index, code)
            np.add.at(run, index, 1)

    def _count_each(self, rows: list[Keys]) -> None:
        """Count where each class begins when some hold several alternatives."""
        begin = np.full(rows[0].shape, self.begins.shape[1])
        for row in rows:
            begin -= self.groups.sizes[row]
            np.add.at(self.begins, (row, begin), 1)

    def into(self, tally: Tally) -> None:
        """Take the runs of places apart, then hand over."""
        c, side = len(self.groups.chosen), 1 << self.bits
        for run, start in zip(self.runs, range(0, c, RUN), strict=True):
            places = range(min(RUN, c - start))
            counts = run[: side ** len(places)].reshape((side,) * len(places))
            for place in places:
                others = tuple(other for other in places if other != place)
                self.begins[:, c - 1 - start - place] += counts.sum(axis=others)[:c]
        super().into(tally)


class RowOrders(SortedOrders):
    """Many classes: a row holds one draw, and each row is sorted by itself.

    For pairs, the places of the classes are gathered and compared along rows of many draws.
    """

    def __init__(self, groups: Classes, m: int, *, single: bool, details: bool) -> None:
        c = len(groups.chosen)
        width = max(64, min(WIDTH, (1 << 19) // c // 16 * 16))
        room = -(-max(ROW[0], min(ROW[1], (1 << 20) // c)) // width) * width
        super().__init__(groups, m, width=width, row=room, single=single, details=details)
        self.lines: Keys = np.empty((self.width, c), self.whole)
        self.gaps: Keys = np.empty((self.width, c), self.whole)
        self.index = np.empty((STRIP, c), np.intp)
        self.labels = np.tile(self.names[:, 0], (STRIP, 1))
        self.places = np.tile(np.arange(c, dtype=self.whole) << self.bits, (STRIP, 1))
        self.histogram: Counts = np.zeros(c << self.bits, np.int64)
        kind = np.uint8 if c <= 256 else np.uint16
        self.starts = np.tile(np.arange(STRIP)[:, None] * c, (1, c))
        self.merit, self.merits = np.tile(np.arange(c, dtype=kind), STRIP), np.empty(STRIP * c, kind)
        room = room if details else 0
        self.gathered, self.filled = np.empty((c, room), kind), 0
        self.first, self.shares, self.held = np.empty(room, np.intp), np.empty((m, room), np.uint32), 0
        self.amounts = np.empty(room, np.int64)

    def _places(self, keys: Keys, narrow: Keys, scores: Array) -> tuple[Places, Keys]:
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
            if self.details:
                self._gather(strip)
            self._count_strip(strip)
        return near, first

    def _gather(self, strip: Keys) -> None:
        """Turn the class in each place into the place of each class, and compare where enough are gathered."""
        k, c = strip.shape
        if self.filled + k > self.gathered.shape[1]:
            self._compare(self.gathered[:, : self.filled])
            self.filled = 0
        index = self.index[:k]
        np.copyto(index, strip)
        index += self.starts[:k]
        self.merits[index.ravel()] = self.merit[: k * c]
        self.gathered[:, self.filled : self.filled + k] = self.merits[: k * c].reshape(k, c).T
        self.filled += k

    def _hold(self, first: Keys, shares: Shares) -> None:
        """Keep first classes and shares until there are many, which costs less for each."""
        k = len(first)
        if self.held + k > len(self.first):
            self._sum(self.sums, self.first[: self.held], self.shares[:, : self.held])
            self.held = 0
        self.first[self.held : self.held + k] = first
        self.shares[:, self.held : self.held + k] = shares
        self.held += k

    def _count_strip(self, strip: Keys) -> None:
        """Count which class stands in which place, or where it begins if some hold several alternatives."""
        if self.alone:
            strip += self.places[: len(strip)]
            index = self.index[: len(strip)]
            np.copyto(index, strip)
            np.add.at(self.histogram, index.ravel(), 1)
        else:
            begin = self.begins.shape[1] - np.cumsum(self.groups.sizes[strip], axis=1)
            np.add.at(self.begins, (strip, begin), 1)

    def _narrow(self, lines: Keys, narrow: Keys) -> Places:
        """Find the rows with a narrow gap."""
        flat, gaps = lines.ravel(), self.gaps[: len(lines)]
        np.subtract(flat[1:], flat[:-1], out=gaps.ravel()[:-1])
        gaps[:, -1] = self.top  # from one row to the next there is no gap
        near: Places = np.flatnonzero(np.minimum.reduce(gaps, axis=1) <= narrow)
        return near

    def into(self, tally: Tally) -> None:
        """Turn places, the worst first, into ranks, then hand over."""
        c = len(self.groups.chosen)
        self.begins[:, c - 1 :: -1] += self.histogram.reshape(c, -1)[:, :c].T
        if self.details:
            self._compare(self.gathered[:, : self.filled])
            self._sum(self.sums, self.first[: self.held], self.shares[:, : self.held])
        super().into(tally)
