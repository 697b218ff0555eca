"""The table of methods, and the kernels of the aggregation methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from mcda.engine.normalize import NORMALIZATIONS, normalize
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking, ranks
from mcda.errors import Fault, NotApplicable, ProblemError, nearest
from mcda.words import say

Kernel: TypeAlias = Callable[..., Array]
Scorer: TypeAlias = Callable[[Array], Array]


def topsis(values: Array, directions: Array, weights: Array) -> Array:
    """Score by closeness to the best and distance from the worst [1]_.

    Parameters
    ----------
    values : (n, m) finite, normalized
    directions : (m,) +1 (more is better) or -1 (less is better)
    weights : (k, m) rows non-negative, summing to 1

    Returns
    -------
    (k, n) array in [0, 1], higher is better; 0.5 where all alternatives are alike

    References
    ----------
    .. [1] Hwang and Yoon, "Multiple Attribute Decision Making", Springer, 1981, steps 2 to 5 of TOPSIS.
    """
    utilities = values * directions
    best, worst = utilities.max(axis=0), utilities.min(axis=0)
    squares = weights * weights
    farness = np.sqrt(np.einsum("kj,ij->ki", squares, (utilities - best) ** 2))
    merit = np.sqrt(np.einsum("kj,ij->ki", squares, (utilities - worst) ** 2))
    span = farness + merit
    return np.where(span > 0, merit / np.where(span > 0, span, 1.0), 0.5)


def weighted_sum(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the weighted mean of the utilities (k, n); values normalized (n, m), weights (k, m)."""
    scores: Array = np.einsum("kj,ij->ki", weights, values * directions)
    return scores


def weighted_product(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the weighted geometric mean of the utilities (k, n), which must be above 0; a cost counts as 1/x."""
    scores: Array = np.exp(np.einsum("kj,ij->ki", weights, np.log(values) * directions))
    return scores


@dataclass(frozen=True, kw_only=True)
class Method:
    """What is known of a method.

    Attributes
    ----------
    title : as the literature calls it
    kernel : ``kernel(values (n, m), directions (m,), weights (k, m), **options) -> scores (k, n)``
    reference : author, year and place of the equations
    normalization : the method's own; None where the kernel fixes it and takes raw values
    normalizations : those it leaves open; empty where the kernel fixes it
    positive : whether every utility must be above 0
    higher_is_better : which way the scores run
    dominance : whether a dominated alternative never ranks above the one that dominates it
    options : names of the options with their defaults
    """

    title: str
    kernel: Kernel
    reference: str
    normalization: str | None = None
    normalizations: tuple[str, ...] = ()
    positive: bool = False
    higher_is_better: bool = True
    dominance: bool = True
    options: Mapping[str, object] = field(default_factory=dict)


OPEN = tuple(NORMALIZATIONS)

METHODS: dict[str, Method] = {
    "topsis": Method(
        title="TOPSIS",
        kernel=topsis,
        reference="Hwang and Yoon 1981",
        normalization="vector",
        normalizations=OPEN,
    ),
    "weighted_sum": Method(
        title="Weighted sum",
        kernel=weighted_sum,
        reference="Fishburn 1967",
        normalization="minmax",
        normalizations=OPEN,
    ),
    "weighted_product": Method(
        title="Weighted product",
        kernel=weighted_product,
        reference="Miller and Starr 1969",
        normalization="linear",
        normalizations=("vector", "minmax", "max", "sum", "linear", "scale"),
        positive=True,
    ),
}


def rank(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Ranking:
    """Rank the alternatives of a problem.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method : one of ``METHODS``
    normalization : one of ``NORMALIZATIONS``; None for the method's own
    options : of the method, by name

    Returns
    -------
    Ranking with ``scores`` (n,) and ``ranks`` (n,), 1 best

    Raises
    ------
    ProblemError
        For an unknown method, normalization or option; NotApplicable where the method is undefined on these values.

    Examples
    --------
    >>> rank(Problem([[7, 2], [4, 1]], ["max", "min"], alternatives=["road", "rail"]), method="weighted_sum").ranks
    array([1.5, 1.5])
    """
    entry = lookup(method)
    scores = scorer(problem, method=method, normalization=normalization, options=options)(problem.weights[None, :])[0]
    return Ranking(
        alternatives=problem.alternatives,
        scores=scores,
        ranks=ranks(scores if entry.higher_is_better else -scores),
        method=method,
        normalization=normalization or entry.normalization,
        weights=problem.weights,
        higher_is_better=entry.higher_is_better,
    )


def scorer(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Scorer:
    """Check a method against a problem once, and give the function from weights (k, m) to scores (k, n)."""
    entry = lookup(method)
    chosen = {**entry.options, **_checked(entry, options or {})}
    if not entry.normalizations:
        if normalization is not None:
            values = {"method": entry.title, "found": normalization}
            raise ProblemError([Fault(code="fault.fixed_normalization", values=values)])
        return lambda weights: entry.kernel(problem.values, problem.directions.astype(float), weights, **chosen)
    key = normalization or entry.normalization or "none"
    if key in NORMALIZATIONS and key not in entry.normalizations:
        raise ProblemError([_unknown("normalization", key, entry.normalizations)])
    utilities = normalize(problem, key)
    if entry.positive:
        _require_positive(problem, entry, utilities)
    upward = np.ones(len(problem.criteria))
    return lambda weights: entry.kernel(utilities, upward, weights, **chosen)


def lookup(method: str) -> Method:
    """Find a method by key."""
    if method not in METHODS:
        raise ProblemError([_unknown("method", method, METHODS)])
    return METHODS[method]


def _unknown(what: str, found: object, allowed: Mapping[str, object] | tuple[str, ...]) -> Fault:
    word = nearest(found, allowed)
    suggestion = say("fault.suggestion", word=word) if word else ""
    values = {"what": what, "found": found, "suggestion": suggestion, "allowed": ", ".join(allowed)}
    return Fault(code="fault.unknown", values=values)


def _checked(entry: Method, options: Mapping[str, object]) -> Mapping[str, object]:
    faults = []
    for name in options:
        if name not in entry.options:
            word = nearest(name, entry.options)
            suggestion = say("fault.suggestion", word=word) if word else ""
            allowed = ", ".join(entry.options) or "none"
            values = {"method": entry.title, "found": name, "suggestion": suggestion, "allowed": allowed}
            faults.append(Fault(code="fault.option", values=values))
    if faults:
        raise ProblemError(faults)
    return options


def _require_positive(problem: Problem, entry: Method, utilities: Array) -> None:
    faults = [
        Fault(
            code="fault.not_positive",
            values={
                "normalization": entry.title,
                "criterion": problem.criteria[j],
                "alternative": problem.alternatives[i],
                "found": float(utilities[i, j]),
            },
        )
        for i, j in np.argwhere(~(utilities > 0))
    ]
    if faults:
        raise NotApplicable(faults)
