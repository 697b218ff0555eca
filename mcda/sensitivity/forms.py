"""What is left of a problem once values, normalization and method are fixed: a short function of the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.engine.methods import Scorer, lookup, prepare, scorer
from mcda.engine.normalize import extremes
from mcda.engine.problem import Array, Problem

# The kind of function that the score of a method is; a method that is not listed has no short form.
KINDS = {
    "weighted_sum": "linear",
    "ahp": "linear",
    "promethee": "linear",
    "mabac": "linear",
    "spotis": "linear",
    "weighted_product": "loglinear",
    "topsis": "topsis2",
    "vikor": "vikor",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """The reduced form of a method on one problem, from which scores and exact flip points follow.

    Attributes
    ----------
    kind : what ``parts`` mean, for weights w and alternative i

        ``linear``: score = sum_j w_j u_ij with parts (u,);
        ``loglinear``: score = exp(sum_j w_j u_ij) with parts (u,);
        ``topsis2``: score = sqrt(M) / (sqrt(M) + sqrt(F)), where M = sum_j w_j^2 merit_ij and
        F = sum_j w_j^2 farness_ij, with parts (merit, farness), the squared distances from the worst and the best;
        ``vikor``: score = share (S - S*) / (S- - S*) + (1 - share) (R - R*) / (R- - R*), where S = sum_j w_j d_ij and
        R = max_j w_j d_ij, with parts (d,), the regrets, and S*, R* the least and S-, R- the largest of them
    parts : arrays (n, m)
    share : VIKOR's weight of the group's utility; 0 for the others
    higher_is_better : which way the scores run
    """

    kind: str
    parts: tuple[Array, ...]
    share: float = 0.0
    higher_is_better: bool = True

    def scores(self, weights: Array) -> Array:
        """Score by the reduced form: weights (k, m) to scores (k, n), in the method's own unit."""
        sums = [_sum(weights * weights if self.kind == "topsis2" else weights, part) for part in self.parts]
        if self.kind == "topsis2":
            merit, farness = np.sqrt(sums[0]), np.sqrt(sums[1])
            span = merit + farness
            return np.where(span > 0, merit / np.where(span > 0, span, 1.0), 0.5)
        if self.kind == "vikor":
            largest = (weights[:, None, :] * self.parts[0]).max(axis=2)
            return self.share * _placed(sums[0]) + (1 - self.share) * _placed(largest)
        return np.exp(sums[0]) if self.kind == "loglinear" else sums[0]


def reduced(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Form | None:
    """Reduce a method on a problem to its short form, or give None where it has none.

    Examples
    --------
    >>> reduced(Problem([[3, 1], [1, 2]], ["max", "max"]), method="weighted_sum", normalization="none").parts[0]
    array([[3., 1.],
           [1., 2.]])
    """
    kind = KINDS.get(method)
    ready = prepare(lookup(method), problem, normalization, options)
    if kind is None or ready.options.get("distance", "euclidean") != "euclidean":
        return None
    corners = np.eye(len(problem.criteria))
    if kind == "topsis2":
        return Form(kind=kind, parts=_squares(ready.values, ready.directions))
    if kind == "vikor":
        regrets = np.stack([np.asarray(ready.details(corner)["S"], float) for corner in corners], axis=1)
        return Form(kind=kind, parts=(regrets,), share=float(str(ready.options["v"])), higher_is_better=False)
    # What sums over the criteria is known from its values at the corners of the simplex.
    sums = ready.scores(corners).T
    parts = (np.log(sums) if kind == "loglinear" else sums,)
    return Form(kind=kind, parts=parts, higher_is_better=ready.entry.higher_is_better)


def upward(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Scorer:
    """Give the function from weights (k, m) to scores (k, n) turned so that more is better for every method."""
    score = scorer(problem, method=method, normalization=normalization, options=options)
    return score if lookup(method).higher_is_better else lambda weights: -score(weights)


def _squares(values: Array, factors: Array) -> tuple[Array, Array]:
    """Give the squared distances (n, m) of values times factors from the worst and from the best of each column."""
    low, high = extremes(values)
    best, worst = np.where(factors > 0, high, low), np.where(factors > 0, low, high)
    return ((values - worst) * factors) ** 2, ((best - values) * factors) ** 2


def _sum(weights: Array, part: Array) -> Array:
    sums: Array = np.einsum("kj,ij->ki", weights, part)
    return sums


def _placed(amounts: Array) -> Array:
    """Place amounts (k, n) between the least (0) and the largest (1) of each row; 0 where all are alike."""
    low = amounts.min(axis=1, keepdims=True)
    span = amounts.max(axis=1, keepdims=True) - low
    return np.where(span > 0, (amounts - low) / np.where(span > 0, span, 1.0), 0.0)
