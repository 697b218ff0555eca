"""Bring the columns of a problem to comparable utilities, where more is better."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

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
    whole = n - n % LANES
    if n < 16 * LANES or not values.flags.c_contiguous:
        return values.min(axis=0), values.max(axis=0)
    wide = values[:whole].reshape(-1, LANES * m)
    low, high = wide.min(axis=0).reshape(LANES, m).min(axis=0), wide.max(axis=0).reshape(LANES, m).max(axis=0)
    rest = values[whole - 1 :]
    return np.minimum(low, rest.min(axis=0)), np.maximum(high, rest.max(axis=0))


def _norm(problem: Problem) -> Array:
    """Give the Euclidean norm of each column, scaled first where squares would be lost."""
    with np.errstate(over="ignore", under="ignore"):
        squares = np.einsum("ij,ij->j", problem.values, problem.values)
    if ((squares > SQUARES[0]) & (squares < SQUARES[1])).all():
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


def _share_of_best(problem: Problem, normalization: str) -> Array:
    """Give x/max for a benefit and min/x for a cost, in [0, 1].

    On declared scales a cost is first reflected on its scale and then counts as a benefit: there 0 is the best a cost
    can be, and its reciprocal does not exist.
    """
    values = problem.values if problem.scales is None else scale(problem)
    benefit = np.broadcast_to((problem.directions > 0) | (problem.scales is not None), values.shape)
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
