"""Score many problems at once that differ in their values only, as they do when scores are uncertain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from mcda.engine.additive import weighted_sum
from mcda.engine.methods import lookup, prepare
from mcda.engine.normalize import normalize
from mcda.engine.problem import Array, Problem
from mcda.sensitivity.forms import reduced, upward

At: TypeAlias = Callable[[Array], Array]  # from weights (k, m), one row a problem, to scores (k, n), more is better


def varied(
    problem: Problem,
    *,
    method: str,
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Callable[[Array], At]:
    """Give the function from values (k, n, m) of k problems like this one to the function that scores them.

    Each of the k problems is normalized by itself. TOPSIS with Euclidean distances and the weighted sum are computed
    for all of them at once, any other method problem by problem.
    """
    chosen = {"method": method, "normalization": normalization, "options": options}
    entry = lookup(method)
    key = prepare(entry, problem, normalization, options).normalization or "none"
    form = reduced(problem, **chosen)  # type: ignore[arg-type]
    if form is not None and form.kind == "topsis2":
        return lambda values: _closeness(_normalized(problem, values, key))
    if entry.kernel is weighted_sum:
        return lambda values: _sums(_normalized(problem, values, key))

    def one_by_one(values: Array) -> At:
        scorers = [upward(with_values(problem, matrix), **chosen) for matrix in values]  # type: ignore[arg-type]
        return lambda weights: np.concatenate([score(row[None]) for score, row in zip(scorers, weights, strict=True)])

    return one_by_one


def with_values(problem: Problem, values: Array) -> Problem:
    """Give the problem with other values (n, copies of m); they come from checked ranges and are not checked again."""
    copies = values.shape[1] // len(problem.criteria)
    changed = object.__new__(Problem)
    for name, item in (
        ("values", values),
        ("directions", np.tile(problem.directions, copies)),
        ("weights", np.tile(problem.weights, copies)),
        ("alternatives", problem.alternatives),
        ("criteria", problem.criteria * copies),
        ("scales", None if problem.scales is None else np.tile(problem.scales, (copies, 1))),
    ):
        object.__setattr__(changed, name, item)
    return changed


def _normalized(problem: Problem, values: Array, key: str) -> Array:
    """Normalize k problems (k, n, m) as one with k times the columns, since a column is normalized by itself."""
    k, n, m = values.shape
    wide = with_values(problem, np.ascontiguousarray(values.transpose(1, 0, 2)).reshape(n, k * m))
    return normalize(wide, key).reshape(n, k, m).transpose(1, 0, 2)


def _closeness(utilities: Array) -> At:
    """Score by closeness, as TOPSIS does for one problem."""
    merit = (utilities - utilities.min(axis=1, keepdims=True)) ** 2
    farness = (utilities.max(axis=1, keepdims=True) - utilities) ** 2

    def at(weights: Array) -> Array:
        squares = weights * weights
        near, far = (np.sqrt(np.einsum("kj,kij->ki", squares, part)) for part in (merit, farness))
        span = near + far
        return np.where(span > 0, near / np.where(span > 0, span, 1.0), 0.5)

    return at


def _sums(utilities: Array) -> At:
    return lambda weights: np.einsum("kj,kij->ki", weights, utilities)
