"""What a whole cell of weights cannot hold, for TOPSIS: bounds on polynomials by their Bernstein coefficients."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.crossings import EPS
from mcda.sensitivity.forms import Form
from mcda.sensitivity.nonnegative import nonnegative_least_squares
from mcda.sensitivity.subdivision import Hopeless, Target

TIGHT = 1e-4  # what is nearer to its limit than this, in weight, is held to be at it


def topsis_judge(form: Form, winner: int, rivals: list[int]) -> Callable[[Target], Hopeless]:
    """Give the judge of cells for the property that ``winner`` leads every one of ``rivals``.

    ``winner`` leads j where G_j = M_w F_j - M_j F_w > 0, a polynomial of degree 4 in the weights. With the weights
    written as w = sum_a l_a V_a for the corners V_a of a cell, it lies below its largest Bernstein coefficient in l
    [1]_. A cell is hopeless if that is 0 or less for one rival, or if it is for sum_j mu_j G_j + (what is left of the
    distance), which must be above 0 at any nearer weights whatever the multipliers mu >= 0; those of the nearest known
    weights decide the cells around them [2]_.

    References
    ----------
    .. [1] Leroy, "Certificates of positivity in the simplicial Bernstein basis", 2008.
    .. [2] Neumaier, "Complete search in continuous global optimization", Acta Numerica 13, 2004, section 16.
    """

    def judge(target: Target) -> Hopeless:
        slope, multipliers = _multipliers(form, winner, rivals, target)
        # Those most in the way first: most cells fall to them and need not be compared with the others.
        order = np.lexsort((_gradients(form, winner, rivals, target.start)[0], -multipliers))

        def hopeless(cells: Array) -> np.ndarray:
            none = np.zeros(len(cells), bool)
            merit, farness = _quadratics(form, cells)
            total = None if slope is None else _left(cells, target, slope)
            for rival in order:
                open_ = np.flatnonzero(~none)
                lead, size = _leads(merit[..., open_], farness[..., open_], winner, rivals[rival])
                # What is within rounding of 0 is 0: the corners at which both are best, for instance.
                none[open_] = (lead <= 16 * EPS * size).all(axis=0)
                if total is not None and multipliers[rival] > 0:
                    total[:, open_] += multipliers[rival] * lead
            if total is not None:
                none |= (total <= 0).all(axis=0)
            return none

        return hopeless

    return judge


def _quadratics(form: Form, cells: Array) -> tuple[Array, Array]:
    """Give the Bernstein coefficients of degree 2 (n, p, k) of M and F over each cell; cells last, side by side."""
    a, b = np.triu_indices(cells.shape[1])
    corners = np.ascontiguousarray(cells.transpose(1, 2, 0))
    products = corners[a] * corners[b]
    return np.einsum("ij,pjk->ipk", form.parts[0], products), np.einsum("ij,pjk->ipk", form.parts[1], products)


def _leads(merit: Array, farness: Array, winner: int, rival: int) -> tuple[Array, Array]:
    """Give the Bernstein coefficients of degree 4 of the lead (g, k), and of the sum of its terms' sizes."""
    gained = _times(merit[winner], farness[rival])
    lost = _times(farness[winner], merit[rival])
    return gained - lost, gained + lost


def _left(cells: Array, target: Target, slope: Array) -> Array:
    """Give the Bernstein coefficients of degree 4 (g, k) of what must be above 0 at weights nearer than the target.

    For L2 this is (r^2 - |w - start|^2) / (2 r); for the others r - slope (w - start), the slope having dual norm 1.
    """
    shifted = np.ascontiguousarray((cells - target.start).transpose(1, 2, 0))
    a, b = np.triu_indices(cells.shape[1])
    if target.norm == "l2":
        squares = (target.within**2 - (shifted[a] * shifted[b]).sum(axis=1)) / (2 * target.within)
    else:
        linear = target.within - np.einsum("ajk,j->ak", shifted, slope)
        squares = (linear[a] + linear[b]) / 2
    return _times(squares, np.ones_like(squares))


def _times(left: Array, right: Array) -> Array:
    """Multiply two quadratic forms (p, k), given by Bernstein coefficients: the product's of degree 4 (g, k).

    It has at g the coefficient sum over a + b = g of C(2, a) C(2, b) / C(4, g) left_a right_b.
    """
    a, b, share, starts = _fourth_degree(len(left))
    products = left[a]
    products *= right[b]
    products *= share[:, None]
    summed: Array = np.add.reduceat(products, starts, axis=0)
    return summed


@cache
def _fourth_degree(pairs: int) -> tuple[np.ndarray, np.ndarray, Array, np.ndarray]:
    """List, for each monomial of degree 4, the pairs of quadratic ones that make it up, with their shares."""
    m = int((np.sqrt(8 * pairs + 1) - 1) / 2)
    i, j = np.triu_indices(m)
    powers = np.eye(m, dtype=int)[i] + np.eye(m, dtype=int)[j]
    left, right = (index.ravel() for index in np.indices((pairs, pairs)))
    total = powers[left] + powers[right]
    factorial = np.array([1.0, 1.0, 2.0, 6.0, 24.0])
    twice = 2.0 / factorial[powers].prod(axis=1)
    share = twice[left] * twice[right] / (24.0 / factorial[total].prod(axis=1))
    place = np.unique(total, axis=0, return_inverse=True)[1].ravel()
    order = np.argsort(place, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(place[order]) > 0])
    return left[order], right[order], share[order], starts


def _multipliers(form: Form, winner: int, rivals: list[int], target: Target) -> tuple[Array | None, Array]:
    """Find a slope of the norm and multipliers that balance each other at the nearest known weights.

    They solve slope = sum_j mu_j grad G_j + eta 1 + nu as well as can be, with mu >= 0 on the leads that are tight
    there and nu >= 0 on the weights that are 0. Any slope of dual norm 1 and any mu >= 0 prove what they prove.
    """
    multipliers, point = np.zeros(len(rivals)), target.point
    if point is None or not target.within > 0:
        return None, multipliers
    gaps, slopes = _gradients(form, winner, rivals, point)
    steep = np.maximum(np.sqrt((slopes * slopes).sum(axis=1)), 1e-300)
    tight = np.flatnonzero(gaps <= TIGHT * steep)
    m, change = len(point), point - target.start
    fixed, loose, total = _support(change, target.norm)
    columns = [(slopes[tight] / steep[tight, None]).T, np.ones((m, 1)), -np.ones((m, 1)), np.eye(m)[:, point <= TIGHT]]
    matrix = np.concatenate([*columns, -loose], axis=1)
    sums = np.r_[np.zeros(matrix.shape[1] - loose.shape[1]), np.full(loose.shape[1], total)]
    solved = nonnegative_least_squares(np.vstack([matrix, sums]), np.r_[fixed, total])
    slope = fixed + np.einsum("jq,q->j", loose, solved[len(solved) - loose.shape[1] :])
    size = max(_dual(slope, target.norm), 1e-300)
    multipliers[tight] = solved[: len(tight)] / steep[tight] / size
    return slope / size, multipliers


def _support(change: Array, norm: str) -> tuple[Array, Array, float]:
    """Give the slopes of the norm at a change as a fixed part (m,), directions (m, q) that may be added, and what the
    amounts of those must sum to, with a weight that enforces it (0 where they may sum to anything).
    """
    m, sizes, signs = len(change), abs(change), np.diag(np.sign(change))
    if norm == "l1":
        still = sizes <= TIGHT
        either = np.concatenate([np.eye(m)[:, still], -np.eye(m)[:, still]], axis=1)
        return np.where(still, 0.0, np.sign(change)), either, 0.0
    if norm == "linf":
        return np.zeros(m), signs[:, sizes >= sizes.max() - TIGHT], 100.0
    return change, np.zeros((m, 0)), 0.0


def _dual(slope: Array, norm: str) -> float:
    """Give the dual norm of a slope."""
    if norm == "l2":
        return float(np.sqrt((slope * slope).sum()))
    return float(abs(slope).max() if norm == "l1" else abs(slope).sum())


def _gradients(form: Form, winner: int, rivals: list[int], point: Array) -> tuple[Array, Array]:
    """Give the leads (rivals,) at a point and their gradients (rivals, m)."""
    merit, farness = form.parts
    squares = point * point
    m_sum, f_sum = np.einsum("ij,j->i", merit, squares), np.einsum("ij,j->i", farness, squares)
    gaps = m_sum[winner] * f_sum[rivals] - m_sum[rivals] * f_sum[winner]
    gained = m_sum[winner] * farness[rivals] + f_sum[rivals][:, None] * merit[winner]
    lost = f_sum[winner] * merit[rivals] + m_sum[rivals][:, None] * farness[winner]
    return gaps, 2 * point * (gained - lost)


def topsis_floor(form: Form, winner: int, rivals: list[int], start: Array, norm: str) -> float:
    """Give a distance from ``start`` within which ``winner`` cannot lead some rival, whatever the number of criteria.

    Each distance of TOPSIS is the length of a stretched weight vector, so it changes by no more than the stretch
    allows: while |F_w| |M_j| - |M_w| |F_j|, with the first two as small and the last two as large as they can get,
    stays above 0, the rival stays ahead.
    """
    merit, farness = (np.sqrt(part) for part in form.parts)
    names = [winner, *rivals]
    m_now = np.sqrt(((merit[names] * start) ** 2).sum(axis=1))
    f_now = np.sqrt(((farness[names] * start) ** 2).sum(axis=1))
    m_slope, f_slope = _stretch(merit[names], norm), _stretch(farness[names], norm)
    low, high = np.zeros(len(rivals)), np.full(len(rivals), 2.0)
    for _ in range(60):
        reach = (low + high) / 2
        behind = np.maximum(f_now[0] - f_slope[0] * reach, 0) * np.maximum(m_now[1:] - m_slope[1:] * reach, 0)
        ahead = (m_now[0] + m_slope[0] * reach) * (f_now[1:] + f_slope[1:] * reach)
        low, high = np.where(behind > ahead, reach, low), np.where(behind > ahead, high, reach)
    return float(low.max(initial=0.0))


def _stretch(factors: Array, norm: str) -> Array:
    """Bound for each row of factors (r, m) the length |factors * change| over changes of norm 1 that sum to 0."""
    falling = -np.sort(-factors, axis=1)
    if norm == "l2":
        return falling[:, 0]
    # The extreme changes of norm 1 for L1 take half from one weight and give it to another.
    reach: Array = np.sqrt((falling[:, :2] ** 2).sum(axis=1)) / 2 if norm == "l1" else np.sqrt((falling**2).sum(axis=1))
    return reach
