"""Problems that differ from a given one in a value or in their alternatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, ProblemError


def with_value(problem: Problem, alternative: int, criterion: int, value: float) -> Problem:
    """Put another value into one cell."""
    values = problem.values.copy()
    values[alternative, criterion] = value
    return Problem(
        values,
        problem.directions.tolist(),
        problem.weights,
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        scales=problem.scales,
    )


def only(problem: Problem, alternatives: Sequence[int]) -> Problem:
    """Keep some alternatives, in the order given."""
    return Problem(
        problem.values[list(alternatives)],
        problem.directions.tolist(),
        problem.weights,
        alternatives=[problem.alternatives[i] for i in alternatives],
        criteria=problem.criteria,
        scales=problem.scales,
    )


def with_alternative(problem: Problem, name: str, values: Array) -> Problem:
    """Add an alternative with values (m,) at the end."""
    return Problem(
        np.vstack([problem.values, values]),
        problem.directions.tolist(),
        problem.weights,
        alternatives=[*problem.alternatives, name],
        criteria=problem.criteria,
        scales=problem.scales,
    )


def widths(problem: Problem) -> Array:
    """Give the width (m,) of each criterion's declared scale; without scales, of the range of its values."""
    if problem.scales is not None:
        spread: Array = problem.scales[:, 1] - problem.scales[:, 0]
        return spread
    span: Array = problem.values.max(axis=0) - problem.values.min(axis=0)
    return span


def checked_ranges(problem: Problem, low: ArrayLike | None, high: ArrayLike | None) -> tuple[Array, Array]:
    """Check the ends (n, m) of the values' ranges: both are needed, in the values' shape, no lower above its higher."""
    ends = [np.array([] if end is None else end, float) for end in (low, high)]
    faults = [
        Fault(code="fault.shape", values={"found": end.shape}, key=key)
        for key, end in zip(("low", "high"), ends, strict=True)
        if end.shape != problem.values.shape
    ]
    if not faults:
        faults = [
            Fault(
                code="fault.range_upside_down",
                values={"low": float(ends[0][i, j]), "high": float(ends[1][i, j])},
                key=f"{problem.alternatives[i]}, {problem.criteria[j]}",
            )
            for i, j in np.argwhere(~(ends[0] <= ends[1]))
        ]
    if faults:
        raise ProblemError(faults)
    return ends[0], ends[1]
