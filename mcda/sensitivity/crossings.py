"""Where two alternatives score the same while one weight runs from 0 to 1: from closed forms, else by a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array
from mcda.sensitivity.forms import Form

Whole: TypeAlias = NDArray[np.intp]
Roots: TypeAlias = tuple[Array, Whole, Whole]  # weights (q,) with the two alternatives that are level there
EPS = float(np.finfo(float).eps)


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """One criterion's weight running from 0 to 1, while the others share the rest in fixed proportions.

    Attributes
    ----------
    criterion : position of the criterion
    others : (m,) proportions of the other weights, summing to 1, with 0 for the criterion itself
    margin : how far from 0 and 1 the weight stays, for a method that is undefined where all or no weight is on one
    """

    criterion: int
    others: Array
    margin: float = 0.0

    def weights(self, shares: Array) -> Array:
        """Give the weights (k, m) at the shares (k,) of the criterion; a single criterion always weighs 1."""
        if len(self.others) == 1:
            return np.ones((len(shares), 1))
        shares = np.clip(shares, self.margin, 1.0 - self.margin) if self.margin else shares
        rows = (1.0 - shares)[:, None] * self.others
        rows[:, self.criterion] = shares
        return rows


def line(weights: Array, criterion: int) -> Line:
    """Let a criterion's weight run and the others keep their proportions; where those are all 0, equal ones."""
    others = np.array(weights, float)
    others[criterion] = 0.0
    if not others.any():
        others = np.ones(len(weights))
        others[criterion] = 0.0
    return Line(criterion=criterion, others=others / max(others.sum(), EPS))


def crossings(form: Form, along: Line) -> Roots:
    """Find every weight in [0, 1] at which two alternatives are level, from the reduced form.

    Pairs that are level all along have no roots; a root at which two only touch is given once.
    """
    solvers: dict[str, Callable[[Form, Line], Roots]] = {"topsis2": _topsis, "vikor": _vikor}
    return solvers.get(form.kind, _linear)(form, along)


def _linear(form: Form, along: Line) -> Roots:
    """Solve t a + (1 - t) b = 0 for each pair, where a and b are differences at t = 1 and t = 0."""
    whole, rest = form.parts[0][:, along.criterion], _rest(form.parts[0], along.others)
    i, j = np.triu_indices(len(whole), 1)
    a, b = whole[i] - whole[j], rest[i] - rest[j]
    crosses = a * b < 0
    a, b, i, j = a[crosses], b[crosses], i[crosses], j[crosses]
    return b / (b - a), i, j


def _topsis(form: Form, along: Line) -> Roots:
    """Solve M_i F_j = M_j F_i, a quadratic in s = (t / (1 - t))^2, since M and F are linear in s on such a line.

    With weights t and (1 - t) p, each squared distance is t^2 q_c + (1 - t)^2 sum_j p_j^2 q_j.
    """
    squares = along.others * along.others
    merit, farness = form.parts
    m1, f1 = merit[:, along.criterion], farness[:, along.criterion]
    m0, f0 = _rest(merit, squares), _rest(farness, squares)
    i, j = np.triu_indices(len(m1), 1)
    terms = [
        (m1[i] * f1[j], m1[j] * f1[i]),
        (m1[i] * f0[j] + m0[i] * f1[j], m1[j] * f0[i] + m0[j] * f1[i]),
        (m0[i] * f0[j], m0[j] * f0[i]),
    ]
    ratios = _quadratic([left - right for left, right in terms], [left + right for left, right in terms])
    pair, which = np.nonzero(ratios > 0)
    root = np.sqrt(ratios[pair, which])
    return root / (1.0 + root), i[pair], j[pair]


def _vikor(form: Form, along: Line) -> Roots:
    """Solve a quadratic on each piece of the line on which S, R and their extremes are linear.

    There Q_i = Q_j reads share (S_i - S_j) (R- - R*) + (1 - share) (R_i - R_j) (S- - S*) = 0.
    """
    ends = _pieces(form, along)
    sums, largest = _regrets(form, along, ends)
    i, j = np.triu_indices(sums.shape[1], 1)
    gaps = (form.share * (sums[:, i] - sums[:, j]), (1 - form.share) * (largest[:, i] - largest[:, j]))
    wide = [_width(largest), _width(sums)]
    terms = [_product(gap, across) for gap, across in zip(gaps, wide, strict=True)]
    bernstein = [left + right for left, right in zip(*terms, strict=True)]
    sizes = [abs(left) + abs(right) for left, right in zip(*terms, strict=True)]
    ratios = _quadratic(bernstein[::-1], sizes[::-1])
    piece, pair, which = np.nonzero(ratios > 0)
    inner = ratios[piece, pair, which]
    roots = ends[piece] + (ends[piece + 1] - ends[piece]) * (inner / (1.0 + inner))
    # Where all S or all R meet, Q may jump: the ends of the pieces are looked at for every pair.
    inside = ends[1:-1]
    every, all_i, all_j = np.repeat(inside, len(i)), np.tile(i, len(inside)), np.tile(j, len(inside))
    return np.r_[roots, every], np.r_[i[pair], all_i], np.r_[j[pair], all_j]


def _pieces(form: Form, along: Line) -> Array:
    """Give the ends of the pieces of [0, 1] on which all R are linear and the same ones are at the ends of S and R."""
    whole, rest, most = _regret_parts(form, along)
    i, j = np.triu_indices(len(whole), 1)
    fall, rise = whole[i] - whole[j], rest[i] - rest[j]
    crosses = fall * rise < 0
    meets = (most[None, :] / np.maximum(whole[:, None] + most[None, :], EPS)).ravel()
    ends = np.unique(np.r_[0.0, 1.0, rise[crosses] / (rise - fall)[crosses], meets[(meets > 0) & (meets < 1)]])
    middle = (ends[1:] + ends[:-1]) / 2
    sums, largest = _regrets(form, along, middle)
    branch = np.outer(middle, whole) > np.outer(1 - middle, most)
    extremes = [sums.argmin(1), sums.argmax(1), largest.argmin(1), largest.argmax(1)]
    marks = np.column_stack([branch, *extremes])
    return ends[np.r_[True, (marks[1:] != marks[:-1]).any(axis=1), True]]


def _regret_parts(form: Form, along: Line) -> tuple[Array, Array, Array]:
    """Give each alternative's regret in the criterion, and the sum and the largest of the others' weighted ones."""
    regrets = form.parts[0]
    return regrets[:, along.criterion], _rest(regrets, along.others), (along.others * regrets).max(axis=1)


def _regrets(form: Form, along: Line, shares: Array) -> tuple[Array, Array]:
    """Give S and R (k, n) at the shares (k,)."""
    whole, rest, most = _regret_parts(form, along)
    over, left = shares[:, None], (1 - shares)[:, None]
    return over * whole + left * rest, np.maximum(over * whole, left * most)


def _width(amounts: Array) -> Array:
    """Give largest minus least at the ends (k, 1); 1 at both ends of a piece where all are alike throughout."""
    width: Array = np.ptp(amounts, axis=1, keepdims=True)
    return width


def _product(gap: Array, across: Array) -> list[Array]:
    """Multiply two functions that are linear on each piece, given at its ends: three Bernstein coefficients."""
    left, right = across[:-1], across[1:]
    flat = (left == 0) & (right == 0)  # all alike there: this term drops out of Q, and its gaps are 0
    left, right = np.where(flat, 1.0, left), np.where(flat, 1.0, right)
    return [gap[:-1] * left, gap[:-1] * right + gap[1:] * left, gap[1:] * right]


def _quadratic(coefficients: list[Array], sizes: list[Array]) -> Array:
    """Solve a s^2 + b s + c = 0 for s >= 0; -1 where there is no such root, and once where it is a double one.

    ``sizes`` are the sums of the absolute terms of a, b and c: they tell what is rounding.
    """
    noise = [8 * EPS * size for size in sizes]
    a, b, c = (np.where(abs(x) <= slack, 0.0, x) for x, slack in zip(coefficients, noise, strict=True))
    inside = b * b - 4 * a * c
    slack = 2 * (abs(b) * noise[1] + 2 * abs(a) * noise[2] + 2 * abs(c) * noise[0])
    double = (abs(inside) <= slack) & (a != 0)
    half = -(b + np.copysign(np.sqrt(np.maximum(inside, 0.0)), b)) / 2
    first = _divide(np.where(double, -b / 2, half), a)
    second = np.where(double, -1.0, _divide(c, half))
    out = np.stack([first, second], axis=-1)
    return np.where((inside >= -slack)[..., None] & np.isfinite(out), out, -1.0)


def _divide(over: Array, under: Array) -> Array:
    return np.where(under != 0, over / np.where(under != 0, under, 1.0), -1.0)


def _rest(part: Array, others: Array) -> Array:
    sums: Array = np.einsum("ij,j->i", part, others)
    return sums
