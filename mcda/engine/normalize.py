"""Bring the columns of a problem to comparable utilities, where more is better."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, NotApplicable, ProblemError, unknown

Normalization: TypeAlias = Callable[[Problem], Array]

LANES = 256  # rows of a tall matrix taken side by side, since numpy is quick only where its inner loop is long
SQUARES = (1e-280, 1e280)  # sums of squares within these lost nothing to underflow or overflow


def normalize(problem: Problem, key: str) -> Array:
    """Turn a problem's values into utilities by the normalization ``key``.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    key : one of ``NORMALIZATIONS``

    Returns
    -------
    (n, m) array, more is better in every column; a constant column is constant

    Raises
    ------
    ProblemError
        For an unknown key; NotApplicable where the normalization is undefined on a cell, with the cell named.

    Examples
    --------
    >>> normalize(Problem([[2, 3], [4, 6]], ["benefit", "cost"]), "minmax")
    array([[0., 1.],
           [1., 0.]])
    """
    if key not in NORMALIZATIONS:
        raise ProblemError([unknown("normalization", key, NORMALIZATIONS)])
    return NORMALIZATIONS[key](problem)


def stretch(problem: Problem, key: str) -> Array | None:
    """Give the signed factor (m,) by which a normalization stretches each column; None where it bends a column.

    For methods that look at differences within a column alone, the values with these factors do what the utilities
    would, and no second matrix is needed. A column that the normalization makes constant has the factor 0.
    """
    if key not in UNITS:
        return None
    unit = UNITS[key](problem)
    if np.count_nonzero(unit) == len(unit):
        return problem.directions / unit
    factors: Array = np.divide(problem.directions, unit, out=np.zeros(len(unit)), where=unit > 0)
    return factors


def vector(problem: Problem) -> Array:
    """Divide each column by its Euclidean norm; a cost becomes 1 minus that [Hwang and Yoon 1981, eq. 3.1]."""
    return _reflect(problem, _over(problem.values, _norm(problem)))


def minmax(problem: Problem) -> Array:
    """Stretch each column from its worst (0) to its best value (1); a constant column is 1."""
    low, high = extremes(problem.values)
    distance = np.where(problem.directions > 0, problem.values - low, high - problem.values)
    return np.where(high > low, _over(distance, high - low), 1.0)


def largest(problem: Problem) -> Array:
    """Divide each column by its largest value; a cost becomes 1 minus that. Needs values of 0 or more."""
    return _reflect(problem, _over(problem.values, _top(problem)))


def share(problem: Problem) -> Array:
    """Divide each column by its sum; of a cost, its reciprocals. Needs benefits of 0 or more and costs above 0."""
    amounts = _share_of_best(problem, "sum")
    return _over(amounts, amounts.sum(axis=0))


def linear(problem: Problem) -> Array:
    """Give the share of the best value: x/max for a benefit, min/x for a cost. Needs costs above 0."""
    return _share_of_best(problem, "linear")


def logarithmic(problem: Problem) -> Array:
    """Give the share of a column's logarithms, ln x / sum ln x [Zavadskas and Turskis 2008, eq. 9 and 10].

    A cost becomes (1 minus the share) / (n - 1), which is 1/n where all are alike, as for a benefit. Needs values above
    0 whose product is above 1: below it the formula turns the order round.
    """
    _require(problem, "logarithmic", problem.values > 0, "fault.not_positive")
    n = len(problem.alternatives)
    logs = np.log(problem.values)
    total = logs.sum(axis=0)
    ones = ~logs.any(axis=0)
    turned = [
        Fault(code="fault.product", values={"normalization": "logarithmic", "criterion": problem.criteria[j]})
        for j in np.flatnonzero(~ones & (total <= 0))
    ]
    if turned:
        raise NotApplicable(turned)
    shares = np.where(ones, 1 / n, logs / np.where(ones, 1.0, total))
    return np.where(problem.directions > 0, shares, (1 - shares) / (n - 1) if n > 1 else shares)


def zscore(problem: Problem) -> Array:
    """Subtract the mean and divide by the standard deviation (of the n values, not of a sample); a cost is negated."""
    offsets = problem.values - problem.values[0]
    return _over((offsets - offsets.mean(axis=0)) * problem.directions, _deviation(problem))


def scale(problem: Problem) -> Array:
    """Place each value on its criterion's declared scale, from 0 to 1; a cost becomes 1 minus that.

    Values beyond the scale fall below 0 or above 1 and are not clamped. Independent of the other alternatives, so that
    an added or dropped one moves nothing.
    """
    low, high = _declared(problem).T
    return _reflect(problem, (problem.values - low) / (high - low))


def none(problem: Problem) -> Array:
    """Take the values as they are; a cost is negated."""
    return problem.values * problem.directions


def extremes(values: Array) -> tuple[Array, Array]:
    """Give the least and the largest value of each column (m,), (m,)."""
    n, m = values.shape
    lanes = min(n // 16, LANES)
    if lanes < 4 or not values.flags.c_contiguous:
        # Not values.min(axis=0), which does the same by a detour that costs more than a few rows do.
        return np.minimum.reduce(values), np.maximum.reduce(values)
    whole = n - n % lanes
    wide, rest = values[:whole].reshape(-1, lanes * m), values[whole - 1 :]
    low, high = (fold.reduce(fold.reduce(wide).reshape(lanes, m)) for fold in (np.minimum, np.maximum))
    return np.minimum(low, np.minimum.reduce(rest)), np.maximum(high, np.maximum.reduce(rest))


def _norm(problem: Problem) -> Array:
    """Give the Euclidean norm of each column, scaled first where squares would be lost."""
    squares = np.einsum("ij,ij->j", problem.values, problem.values)  # which is silent where squares overflow
    listed = squares.tolist()  # for a few numbers Python is quicker than numpy
    if SQUARES[0] < min(listed) and max(listed) < SQUARES[1]:
        norm: Array = np.sqrt(squares)
        return norm
    top = np.abs(problem.values).max(axis=0)
    shrunk = _over(problem.values, top)
    scaled: Array = np.sqrt(np.einsum("ij,ij->j", shrunk, shrunk)) * top
    return scaled


def _span(problem: Problem) -> Array:
    low, high = extremes(problem.values)
    return high - low


def _top(problem: Problem) -> Array:
    low, high = extremes(problem.values)
    if (low < 0).any():
        _require(problem, "max", problem.values >= 0, "fault.negative_value")
    return high


def _deviation(problem: Problem) -> Array:
    """Give the standard deviation of each column; from its first value on, so that a constant column has exactly 0."""
    deviation: Array = (problem.values - problem.values[0]).std(axis=0)
    return deviation


def _length(problem: Problem) -> Array:
    length: Array = np.ptp(_declared(problem), axis=1)
    return length


NORMALIZATIONS: dict[str, Normalization] = {
    "vector": vector,
    "minmax": minmax,
    "max": largest,
    "sum": share,
    "linear": linear,
    "logarithmic": logarithmic,
    "zscore": zscore,
    "scale": scale,
    "none": none,
}

# What they need of the values, where they need anything: keys of ``engine.needs`` in the catalogue of words.
DEMANDS: dict[str, tuple[str, ...]] = {
    "max": ("not_negative",),
    "sum": ("positive_costs",),
    "linear": ("positive_costs",),
    "logarithmic": ("positive", "product"),
    "scale": ("scale",),
}

# What one step of utility is in each criterion's own unit, for those that only shift and stretch a column.
UNITS: dict[str, Normalization] = {
    "vector": _norm,
    "minmax": _span,
    "max": _top,
    "zscore": _deviation,
    "scale": _length,
    "none": lambda problem: np.ones(len(problem.criteria)),
}


def _over(amounts: Array, unit: Array) -> Array:
    """Divide columns by their units; a column whose unit is 0 stays as it is."""
    return amounts / np.where(unit > 0, unit, 1.0)


def _reflect(problem: Problem, amounts: Array) -> Array:
    """Turn amounts of a cost into 1 minus the amount."""
    return np.where(problem.directions > 0, amounts, 1.0 - amounts)


def _declared(problem: Problem) -> Array:
    if problem.scales is None:
        raise NotApplicable([Fault(code="fault.no_scale", values={"criterion": name}) for name in problem.criteria])
    return problem.scales


def turned(problem: Problem) -> tuple[Array, NDArray[np.bool_]]:
    """Give values (n, m) of which shares can be taken, and which columns (m,) count as benefits.

    Where 0 lies on the declared scale of a cost, it is the best that a cost can be and has no reciprocal: such a
    cost is reflected on its scale and then counts as a benefit. On a scale that begins above 0, such as ratings from 1
    to 5, values stay in their own units, and so they do where no scale is declared.
    """
    benefit = problem.directions > 0
    if problem.scales is None:
        return problem.values, benefit
    placed = problem.scales[:, 0] <= 0
    return np.where(placed, scale(problem), problem.values), benefit | placed


def _share_of_best(problem: Problem, normalization: str) -> Array:
    """Give x/max for a benefit and min/x for a cost, in [0, 1]."""
    values, benefit = turned(problem)
    _require(problem, normalization, (values >= 0) | ~benefit, "fault.negative_value")
    _require(problem, normalization, (values > 0) | benefit, "fault.not_positive")
    low, high = extremes(values)
    return np.where(benefit, _over(values, high), low / np.where(benefit, 1.0, values))


def _require(problem: Problem, normalization: str, holds: np.ndarray, code: str) -> None:
    faults = [
        Fault(
            code=code,
            values={
                "normalization": normalization,
                "criterion": problem.criteria[j],
                "alternative": problem.alternatives[i],
                "found": float(problem.values[i, j]),
            },
        )
        for i, j in np.argwhere(~holds)
    ]
    if faults:
        raise NotApplicable(faults)
