"""Score many drawn weights fast, settle those that are clear, and pass on those that are not.

A tie is what ``engine.ranking`` says it is. A screen counts only draws in which no two scores come near a tie even if
every rounding error went the same way; the others fall through to a finer screen, and at last to the scores and the
rule of ties themselves. So the counts are those of ranking every draw by itself, whatever the precision of a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from mcda.engine.methods import Scorer
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE, ranks
from mcda.sensitivity.orders import Orders, Places, Shares
from mcda.sensitivity.sampling import WHOLE, normalized
from mcda.sensitivity.sorted_orders import SINGLE, WIDTH, orders
from mcda.sensitivity.tally import Classes, Tally

ROOM = WIDTH  # draws that a screen leaves aside before they are passed on together
LEAST = 1e-12  # of the largest squared range: smaller ones could vanish in single precision
# Closeness sqrt(r) / (sqrt(r) + sqrt(1 - r)) rises at least half as fast as r, so that ties have r within this.
RATIO_TIE = 2 * TIE * (1 + 1e-6)


class Screen(Protocol):
    """Counts the clear ones among drawn shares (m, k)."""

    orders: Orders

    def count(self, shares: Shares) -> Places:
        """Count, and give the places of the draws left aside."""


class RatioScreen:
    """TOPSIS: ranks by r = D-^2 / (D-^2 + D+^2), which orders alternatives as closeness does, without a root.

    Parameters
    ----------
    merit, farness : (n, m) squared distances of the utilities from the worst and from the best
    """

    def __init__(self, merit: Array, farness: Array, groups: Classes, *, single: bool, details: bool) -> None:
        real = np.float32 if single else np.float64
        m = merit.shape[1]
        size = max(merit.max(), farness.max(), np.finfo(float).tiny)
        self.merit, self.farness = ((part[groups.chosen] / size / WHOLE**2).astype(real) for part in (merit, farness))
        self.orders = orders(groups, m, single=single, details=details)
        width = self.orders.width
        self.squares = np.empty((m, width), real)
        self.scores, self.span = np.empty((2, len(groups.chosen), width), real)
        # In units of half an eps: r (1 - r) <= 1/4 of the m + 1 roundings of each sum and of twice the 3 of each
        # square, and 2 for the quotient; twice that for a pair.
        self.guard = RATIO_TIE + (m + 8) / 2 * float(np.finfo(real).eps)

    def count(self, shares: Shares) -> Places:
        """Count, and give the places of the draws left aside."""
        k = shares.shape[1]
        squares, scores, span = self.squares[:, :k], self.scores[:, :k], self.span[:, :k]
        np.copyto(squares, shares)
        squares *= squares
        np.einsum("ij,jk->ik", self.merit, squares, out=scores)
        np.einsum("ij,jk->ik", self.farness, squares, out=span)
        span += scores
        # Weights that are 0 wherever alternatives differ give 0/0 for all of these, which is not counted.
        with np.errstate(invalid="ignore"):
            scores /= span
            return self.orders.count(scores, span, self.guard, shares)


class SumScreen:
    """Methods that are linear in the weights: scores (n, m) at the corners of the simplex, more is better."""

    def __init__(self, corners: Array, groups: Classes, *, single: bool, details: bool) -> None:
        real = np.float32 if single else np.float64
        m = corners.shape[1]
        raised = corners[groups.chosen] - corners.min(axis=0)
        size = max(raised.max(), np.finfo(float).tiny)
        self.corners = (raised / size / (WHOLE + m)).astype(real)
        self.orders = orders(groups, m, single=single, details=details)
        self.weights = np.empty((m, self.orders.width), real)
        self.scores, self.spare = np.empty((2, len(groups.chosen), self.orders.width), real)
        # In units of half an eps, m + 2 roundings of a sum that is at most 1; twice that for a pair.
        tie = min(TIE * (1 + 1e-6) * np.abs(corners).max() / size, 1.0)
        self.guard = tie + (m + 3) * float(np.finfo(real).eps)

    def count(self, shares: Shares) -> Places:
        """Count, and give the places of the draws left aside."""
        k = shares.shape[1]
        weights, scores = self.weights[:, :k], self.scores[:, :k]
        np.copyto(weights, shares)
        np.einsum("ij,jk->ik", self.corners, weights, out=scores)
        return self.orders.count(scores, self.spare[:, :k], self.guard, shares)


class ScoreScreen:
    """Any method: the scores themselves, brought to 0 to 1 draw by draw."""

    def __init__(self, score: Scorer, groups: Classes, m: int, *, details: bool) -> None:
        self.score, self.groups = score, groups
        self.orders = orders(groups, m, single=False, details=details)

    def count(self, shares: Shares) -> Places:
        """Count, and give the places of the draws left aside."""
        return count_scores(self.orders, self.score(normalized(shares)), shares)


def count_scores(counter: Orders, scores: Array, shares: Shares) -> Places:
    """Count scores (k, n), more is better, and give the places of the draws left aside."""
    rows = scores.T[counter.groups.chosen]
    low, span = rows.min(axis=0), np.ptp(rows, axis=0)
    scale = np.where(span > 0, span, 1.0)
    guard = TIE * (1 + 1e-6) * np.abs(rows).max(axis=0) / scale + 8 * np.finfo(float).eps
    placed = (rows - low) / scale
    return counter.count(placed, rows.copy(), np.where(span > 0, guard, 1.0), shares)


class Sieve:
    """Screens from coarse to fine, each made when it is first needed, and below them the rule of ties."""

    def __init__(self, makers: Sequence[Callable[[], Screen]], score: Scorer, tally: Tally, *, details: bool) -> None:
        self.makers, self.score, self.tally, self.details = makers, score, tally, details
        self.screens: list[Screen] = []
        self.waiting: list[list[Shares]] = [[] for _ in makers]
        self.lengths = [0 for _ in makers]

    def take(self, shares: Shares, level: int = 0) -> None:
        """Count drawn shares (m, k) for good."""
        if level == len(self.makers):
            found = ranks(self.score(normalized(shares)))
            self.tally.add_ranks(found, shares if self.details else None)
            return
        if level == len(self.screens):
            self.screens.append(self.makers[level]())
        width = self.screens[level].orders.width
        for start in range(0, shares.shape[1], width):
            part = shares[:, start : start + width]
            near = self.screens[level].count(part)
            if near.size:
                self.waiting[level].append(part[:, near])
                self.lengths[level] += near.size
        if self.lengths[level] >= ROOM:
            self._pass_on(level, ROOM * (self.lengths[level] // ROOM))

    def finish(self) -> Tally:
        """Settle what still waits, and give the counts."""
        for level in range(len(self.makers)):
            self._pass_on(level, self.lengths[level])
        for screen in self.screens:
            screen.orders.into(self.tally)
        return self.tally

    def _pass_on(self, level: int, count: int) -> None:
        """Hand the first ``count`` of those that wait to the next level."""
        if count:
            shares = np.concatenate(self.waiting[level], axis=1)
            self.waiting[level] = [shares[:, count:]]
            self.lengths[level] -= count
            self.take(shares[:, :count], level + 1)


def precisions(groups: Classes, ranges: Array | None = None) -> tuple[bool, ...]:
    """Choose whether single precision goes first: where it can tell so many classes, and columns so unlike, apart."""
    held = np.ones(1) if ranges is None else ranges[ranges > 0]
    steady = held.size > 0 and held.min() > LEAST * held.max()
    return (True, False) if len(groups.chosen) <= SINGLE and steady else (False,)
