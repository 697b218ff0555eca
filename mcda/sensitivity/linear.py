"""Linear programming for small problems: a dense simplex in two phases, the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.engine.problem import Array

NOUGHT = 1e-10  # what counts as zero among coefficients of the order of 1
LIMIT = 20_000  # pivots; rounding could defeat the rule that forbids cycles


def minimize(
    c: ArrayLike,
    A_ub: ArrayLike | None = None,
    b_ub: ArrayLike | None = None,
    A_eq: ArrayLike | None = None,
    b_eq: ArrayLike | None = None,
) -> tuple[str, Array]:
    """Find x of 0 or more with the least c x, where A_ub x <= b_ub and A_eq x = b_eq.

    Parameters
    ----------
    c : (d,) costs
    A_ub, b_ub : (p, d) and (p,) inequalities, or None
    A_eq, b_eq : (q, d) and (q,) equalities, or None

    Returns
    -------
    status and x (d,): ``"optimal"``, ``"infeasible"`` or ``"unbounded"``; x is the solution only where optimal, and
    otherwise the last point looked at

    References
    ----------
    .. [1] Bland, "New finite pivoting rules for the simplex method", Mathematics of Operations Research 2, 1977.

    Examples
    --------
    >>> minimize([-1, -2], [[1, 1]], [4])
    ('optimal', array([0., 4.]))
    """
    costs = np.asarray(c, float)
    d = len(costs)
    upper, limits = _rows(A_ub, b_ub, d)
    equal, levels = _rows(A_eq, b_eq, d)
    p, q = len(upper), len(equal)
    slack = np.vstack([np.eye(p), np.zeros((q, p))])
    matrix = np.hstack([np.vstack([upper, equal]), slack, np.concatenate([limits, levels])[:, None]])
    matrix[matrix[:, -1] < 0] *= -1
    tableau, basis, feasible = _first_phase(matrix)
    if not feasible:
        return "infeasible", _point(tableau, basis, d)
    bounded = _descend(tableau, basis, np.concatenate([costs, np.zeros(p)]))
    return "optimal" if bounded else "unbounded", _point(tableau, basis, d)


def _rows(matrix: ArrayLike | None, sides: ArrayLike | None, d: int) -> tuple[Array, Array]:
    """Give rows and right-hand sides, each row brought to a largest coefficient of 1."""
    if matrix is None or sides is None:
        return np.zeros((0, d)), np.zeros(0)
    rows, ends = np.asarray(matrix, float).reshape(-1, d), np.asarray(sides, float).reshape(-1)
    size = np.abs(rows).max(axis=1, initial=0.0)
    size[size == 0] = 1.0
    return rows / size[:, None], ends / size


def _first_phase(matrix: Array) -> tuple[Array, NDArray[np.intp], bool]:
    """Find a first corner: an artificial variable for each row, then rid of them; rows that say nothing are dropped."""
    count, width = len(matrix), matrix.shape[1] - 1
    tableau = np.hstack([matrix[:, :-1], np.eye(count), matrix[:, -1:]])
    basis = np.arange(width, width + count)
    _descend(tableau, basis, np.concatenate([np.zeros(width), np.ones(count)]))
    feasible = bool(tableau[basis >= width, -1].sum() <= NOUGHT * max(1.0, np.abs(matrix[:, -1]).max(initial=0.0)))
    needed = np.ones(count, bool)
    for row in np.flatnonzero(basis >= width):
        useful = np.flatnonzero(np.abs(tableau[row, :width]) > NOUGHT)
        if feasible and useful.size:
            _pivot(tableau, basis, int(row), int(useful[0]))
        else:
            needed[row] = not feasible
    return np.delete(tableau, np.s_[width : width + count], axis=1)[needed], basis[needed], feasible


def _descend(tableau: Array, basis: NDArray[np.intp], costs: Array) -> bool:
    """Move from corner to corner by Bland's rule until no column helps; False where the costs have no least value."""
    for _ in range(LIMIT):
        reduced = costs - np.einsum("i,ij->j", costs[basis], tableau[:, :-1])
        helpful = np.flatnonzero(reduced < -NOUGHT)
        if not helpful.size:
            return True
        column = tableau[:, helpful[0]]
        open_rows = np.flatnonzero(column > NOUGHT)
        if not open_rows.size:
            return False
        steps = tableau[open_rows, -1] / column[open_rows]
        nearest = open_rows[steps <= steps.min() + NOUGHT]
        _pivot(tableau, basis, int(nearest[np.argmin(basis[nearest])]), int(helpful[0]))
    raise ArithmeticError(f"no solution after {LIMIT} pivots")


def _pivot(tableau: Array, basis: NDArray[np.intp], row: int, column: int) -> None:
    tableau[row] /= tableau[row, column]
    others = tableau[:, column].copy()
    others[row] = 0.0
    tableau -= others[:, None] * tableau[row]
    basis[row] = column


def _point(tableau: Array, basis: NDArray[np.intp], d: int) -> Array:
    values = np.zeros(max(tableau.shape[1] - 1, int(basis.max(initial=0)) + 1))
    values[basis] = tableau[:, -1]
    return values[:d]
