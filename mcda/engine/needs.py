"""What a method needs of the values, each need checked with the reason in its message."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from mcda.engine.normalize import extremes
from mcda.engine.problem import Array, Problem
from mcda.errors import Fault

# From the method's title, the problem, and the values (n, m) and directions (m,) that the kernel is given, to faults.
Need: TypeAlias = Callable[[str, Problem, Array, Array], list[Fault]]

FACTOR = 1e6  # between values of a criterion beyond which LMAW's ln(1 + x) loses what x is
ALTERNATIVES = 1000  # of LMAW, whose product over them overflows beyond 2**1023


def positive(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """Every value is above 0."""
    return cells(title, problem, values, values > 0, "fault.not_positive")


def not_negative(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """Every value is 0 or more."""
    return cells(title, problem, values, values >= 0, "fault.negative_value")


def positive_costs(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """Every cost is above 0 and every benefit 0 or more."""
    negative = cells(title, problem, values, (values >= 0) | (directions < 0), "fault.negative_value")
    return negative + cells(title, problem, values, (values > 0) | (directions > 0), "fault.not_positive")


def positive_averages(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """The average of every criterion is above 0."""
    average = values.mean(axis=0)
    noise = np.finfo(float).eps * np.abs(values).max(axis=0)  # what rounding may leave of an average of 0
    return [
        Fault(
            code="fault.average",
            values={"method": title, "criterion": problem.criteria[j], "found": float(average[j])},
        )
        for j in np.flatnonzero(average <= noise)
    ]


def something_in_each(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """No criterion is 0 for all alternatives."""
    empty = np.flatnonzero(~values.any(axis=0))
    return [Fault(code="fault.all_zero", values={"method": title, "criterion": problem.criteria[j]}) for j in empty]


def different(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """At least two alternatives differ."""
    low, high = extremes(values)
    return [] if (low < high).any() else [Fault(code="fault.all_alike", values={"method": title})]


def none_worst_in_all(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """No alternative is worst in every criterion."""
    low, high = extremes(values)
    if not (low < high).all():  # a constant criterion is met in full by all
        return []
    worst = (values == np.where(directions > 0, low, high)).all(axis=1)
    named = [problem.alternatives[i] for i in np.flatnonzero(worst)]
    return [Fault(code="fault.worst_in_all", values={"method": title, "alternative": name}) for name in named]


def four_alternatives(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """There are at least 4 alternatives."""
    few = Fault(code="fault.too_few", values={"method": title, "found": len(values), "least": 4})
    return [few] if len(values) < 4 else []


def at_most_1000(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """There are at most 1000 alternatives."""
    many = Fault(code="fault.too_many", values={"method": title, "found": len(values), "most": ALTERNATIVES})
    return [many] if len(values) > ALTERNATIVES else []


def narrow(title: str, problem: Problem, values: Array, directions: Array) -> list[Fault]:
    """The values of a criterion differ by less than a factor of a million."""
    low, high = extremes(values)
    return [
        Fault(code="fault.too_wide", values={"method": title, "criterion": problem.criteria[j], "most": FACTOR})
        for j in np.flatnonzero(high > low * FACTOR)
    ]


NEEDS: dict[str, Need] = {
    "positive": positive,
    "not_negative": not_negative,
    "positive_costs": positive_costs,
    "positive_averages": positive_averages,
    "something_in_each": something_in_each,
    "different": different,
    "none_worst_in_all": none_worst_in_all,
    "four_alternatives": four_alternatives,
    "at_most_1000": at_most_1000,
    "narrow": narrow,
}


def cells(title: str, problem: Problem, values: Array, holds: np.ndarray, code: str) -> list[Fault]:
    """Name every cell (i, j) where ``holds`` (n, m) is false."""
    return [
        Fault(
            code=code,
            values={
                "normalization": title,
                "criterion": problem.criteria[j],
                "alternative": problem.alternatives[i],
                "found": float(values[i, j]),
            },
        )
        for i, j in np.argwhere(~holds)
    ]
