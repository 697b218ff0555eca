"""Bring the columns of a problem to comparable utilities, where more is better."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, NotApplicable, nearest
from mcda.words import say

Normalization: TypeAlias = Callable[[Problem], Array]


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
    NotApplicable
        Where the normalization is undefined on a cell, with the cell named.

    Examples
    --------
    >>> normalize(Problem([[2, 3], [4, 6]], ["benefit", "cost"]), "minmax")
    array([[0., 1.],
           [1., 0.]])
    """
    if key not in NORMALIZATIONS:
        word = nearest(key, NORMALIZATIONS)
        suggestion = say("fault.suggestion", word=word) if word else ""
        values = {"what": "normalization", "found": key, "suggestion": suggestion, "allowed": ", ".join(NORMALIZATIONS)}
        raise NotApplicable([Fault(code="fault.unknown", values=values)])
    return NORMALIZATIONS[key](problem)


def vector(problem: Problem) -> Array:
    """Divide each column by its Euclidean norm; a cost becomes 1 minus that [Hwang and Yoon 1981, eq. 3.1]."""
    largest = np.abs(problem.values).max(axis=0)
    scaled = problem.values / np.where(largest > 0, largest, 1.0)
    norm = np.sqrt(np.einsum("ij,ij->j", scaled, scaled))
    return _reflect(problem, scaled / np.where(norm > 0, norm, 1.0))


def minmax(problem: Problem) -> Array:
    """Stretch each column from its worst (0) to its best value (1); a constant column is 1."""
    low, high = problem.values.min(axis=0), problem.values.max(axis=0)
    span = high - low
    distance = np.where(problem.directions > 0, problem.values - low, high - problem.values)
    return np.where(span > 0, distance / np.where(span > 0, span, 1.0), 1.0)


def largest(problem: Problem) -> Array:
    """Divide each column by its largest value; a cost becomes 1 minus that. Needs values of 0 or more."""
    _require(problem, "max", problem.values >= 0, "fault.negative_value")
    top = problem.values.max(axis=0)
    return _reflect(problem, problem.values / np.where(top > 0, top, 1.0))


def share(problem: Problem) -> Array:
    """Divide each column by its sum; of a cost, its reciprocals. Needs benefits of 0 or more and costs above 0."""
    values, benefit = _benefits_on_scale(problem)
    _require(problem, "sum", (values >= 0) | ~benefit, "fault.negative_value")
    _require(problem, "sum", (values > 0) | benefit, "fault.not_positive")
    amounts = np.where(benefit, values, 1.0 / np.where(benefit, 1.0, values))
    total = amounts.sum(axis=0)
    return amounts / np.where(total > 0, total, 1.0)


def linear(problem: Problem) -> Array:
    """Give the share of the best value: x/max for a benefit, min/x for a cost. Needs costs above 0."""
    values, benefit = _benefits_on_scale(problem)
    _require(problem, "linear", (values >= 0) | ~benefit, "fault.negative_value")
    _require(problem, "linear", (values > 0) | benefit, "fault.not_positive")
    top, low = values.max(axis=0), values.min(axis=0)
    return np.where(benefit, values / np.where(top > 0, top, 1.0), low / np.where(benefit, 1.0, values))


def scale(problem: Problem) -> Array:
    """Place each value on its criterion's declared scale, from 0 to 1; a cost becomes 1 minus that.

    Values beyond the scale fall below 0 or above 1 and are not clamped. Independent of the other alternatives, so that
    an added or dropped one moves nothing.
    """
    if problem.scales is None:
        raise NotApplicable([Fault(code="fault.no_scale", values={"criterion": name}) for name in problem.criteria])
    low, high = problem.scales.T
    return _reflect(problem, (problem.values - low) / (high - low))


def none(problem: Problem) -> Array:
    """Take the values as they are; a cost is negated."""
    return problem.values * problem.directions


NORMALIZATIONS: dict[str, Normalization] = {
    "vector": vector,
    "minmax": minmax,
    "max": largest,
    "sum": share,
    "linear": linear,
    "scale": scale,
    "none": none,
}


def _reflect(problem: Problem, amounts: Array) -> Array:
    """Turn amounts of a cost into 1 minus the amount."""
    return np.where(problem.directions > 0, amounts, 1.0 - amounts)


def _benefits_on_scale(problem: Problem) -> tuple[Array, np.ndarray]:
    """Give values and a mask of benefits for forms that need ratios; on declared scales a cost becomes 1 minus it.

    The reason: on a declared scale 0 is the best a cost can be, and its reciprocal does not exist.
    """
    if problem.scales is not None:
        return scale(problem), np.ones(problem.values.shape, bool)
    return problem.values, np.broadcast_to(problem.directions > 0, problem.values.shape)


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
