"""Options of methods, checked at the door: each check gives the value as the kernel takes it, or what to write."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from mcda.engine.method import Check, Expected
from mcda.engine.normalize import extremes
from mcda.engine.problem import Array, Problem

Before: TypeAlias = Mapping[str, Any]  # the options that passed before
OBJECTS = 20_000  # combinations of values that COMET may compare; each costs a step of Python


def share(value: Any, problem: Problem, before: Before) -> float:
    """Take a number from 0 to 1."""
    number = _number(value)
    if not 0 <= number <= 1:
        raise Expected("engine.expected.share")
    return number


def above_zero(value: Any, problem: Problem, before: Before) -> float:
    """Take a number above 0."""
    number = _number(value)
    if not 0 < number < np.inf:
        raise Expected("engine.expected.above_zero")
    return number


def one_of(*words: str) -> Check:
    """Take one of a few words."""

    def check(value: Any, problem: Problem, before: Before) -> str:
        if value not in words:
            raise Expected("engine.expected.one_of", words=", ".join(words))
        return str(value)

    return check


def bounds(value: Any, problem: Problem, before: Before) -> Array:
    """Take a lower and an upper end for each criterion (m, 2) that hold every value.

    None stands for the declared scales, or for the range of the values where none are declared; the range of a constant
    column is widened away from its best end, so that the column counts as met in full.
    """
    if value is None:
        value = _range(problem) if problem.scales is None else problem.scales
    ends = _numbers(value, (len(problem.criteria), 2))
    if ends is None or not (ends[:, 0] < ends[:, 1]).all():
        raise Expected("engine.expected.bounds", count=len(problem.criteria))
    _hold(ends, problem)
    return ends


def point(value: Any, problem: Problem, before: Before) -> Array | None:
    """Take one value for each criterion (m,) within the option ``bounds``; None stays None."""
    if value is None or "bounds" not in before:
        return None
    place = _numbers(value, (len(problem.criteria),))
    if place is None or not _within(_ends(before), place[:, None]):
        raise Expected("engine.expected.point", count=len(problem.criteria))
    return place


def interval(value: Any, problem: Problem, before: Before) -> Array | None:
    """Take the two ends of an ideal for each criterion (m, 2) within the option ``bounds``; None stays None."""
    if value is None or "bounds" not in before:
        return None
    ideal = _numbers(value, (len(problem.criteria), 2))
    if ideal is None or not _within(_ends(before), ideal):
        raise Expected("engine.expected.interval", count=len(problem.criteria))
    return ideal


def positive_point(value: Any, problem: Problem, before: Before) -> Array | None:
    """Take one number above 0 for each criterion (m,); None stays None."""
    if value is None:
        return None
    place = _numbers(value, (len(problem.criteria),))
    if place is None or not (place > 0).all():
        raise Expected("engine.expected.positive_point", count=len(problem.criteria))
    return place


def above(name: str) -> Check:
    """Take a number above another option's, which stands before it."""

    def check(value: Any, problem: Problem, before: Before) -> float:
        number = above_zero(value, problem, before)
        if name in before and not number > _number(before[name]):
            raise Expected("engine.expected.above", option=name, found=before[name])
        return number

    return check


def grid(value: Any, problem: Problem, before: Before) -> tuple[Array, ...]:
    """Take two or more rising values for each criterion that hold every value of it.

    None stands for the ends and the middle of the declared scales, or of the range of the values.
    """
    if value is None:
        value = [np.linspace(low, high, 3) for low, high in bounds(None, problem, before)]
    given = tuple(value) if isinstance(value, (Sequence, np.ndarray)) else ()
    rows = tuple(row for row in map(_numbers, given) if row is not None and row.ndim == 1 and _rises(row))
    if not len(rows) == len(given) == len(problem.criteria):
        raise Expected("engine.expected.grid", count=len(problem.criteria))
    _hold(np.array([(row[0], row[-1]) for row in rows]), problem)
    if math.prod(map(len, rows)) > OBJECTS:
        raise Expected("engine.expected.objects", most=OBJECTS)
    return rows


def per_criterion(value: Any, problem: Problem) -> Array | None:
    """Take one number of 0 or more for all criteria, or one for each (m,); None stays None, no number is refused."""
    if value is None:
        return None
    m = len(problem.criteria)
    numbers = _numbers(value if isinstance(value, (Sequence, np.ndarray)) else [value] * m, (m,))
    if numbers is None or not (numbers >= 0).all():
        raise Expected("engine.expected.per_criterion", count=m)
    return numbers


def _hold(ends: Array, problem: Problem) -> None:
    """Refuse ends (m, 2) that do not hold every value."""
    low, high = extremes(problem.values)
    for j in np.flatnonzero((low < ends[:, 0]) | (high > ends[:, 1])):
        raise Expected("engine.expected.within", criterion=problem.criteria[j], low=float(low[j]), high=float(high[j]))


def _range(problem: Problem) -> Array:
    low, high = extremes(problem.values)
    width = np.where(high > low, 0.0, np.maximum(np.abs(low), 1.0))
    return np.stack([low - width * (problem.directions > 0), high + width * (problem.directions < 0)], axis=1)


def _ends(before: Before) -> Array:
    return np.asarray(before["bounds"], float)


def _within(ends: Array, inside: Array) -> bool:
    """Tell whether each row of ``inside`` is in order and lies within its ends."""
    return bool((np.diff(np.hstack([ends[:, :1], inside, ends[:, 1:]]), axis=1) >= 0).all())


def _number(value: Any) -> float:
    """Give a number, or NaN for what is none."""
    try:
        return float(value) if not isinstance(value, (str, bool)) else np.nan
    except (TypeError, ValueError):
        return np.nan


def _rises(row: Array) -> bool:
    return len(row) > 1 and bool((np.diff(row) > 0).all())


def _numbers(value: Any, shape: tuple[int, ...] | None = None) -> Array | None:
    """Give finite numbers of that shape, or None for what is none."""
    try:
        numbers = np.array(value, np.float64)
    except (TypeError, ValueError):
        return None
    return numbers if (shape is None or numbers.shape == shape) and np.isfinite(numbers).all() else None
