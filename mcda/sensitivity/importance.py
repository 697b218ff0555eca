"""What a weight says a criterion counts for, against what it does count for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem

# Alternatives from which a curve of degree 1, 2 or 3 is drawn through scores against values.
DEGREES = ((20, 3), (10, 2), (0, 1))


@dataclass(frozen=True, kw_only=True, eq=False)
class Importance:
    """Nominal weights of criteria beside their main effects.

    Attributes
    ----------
    criteria, weights : (m,) names and weights
    effects : (m,) from 0 to 1, the share of the scores' variance over the alternatives that the criterion alone
        explains; 0 for a constant criterion or constant scores
    shares : (m,) the effects, brought to sum to 1; 0 where there are none
    degree : of the curve through which an effect is measured
    """

    criteria: tuple[str, ...]
    weights: Array
    effects: Array
    shares: Array
    degree: int

    def notes(self) -> list[Note]:
        """Name the criterion whose effect differs most from its weight."""
        if not self.shares.any():
            return [Note(code="sure.importance_none")]
        j = int(abs(self.shares - self.weights).argmax())
        values = {"criterion": self.criteria[j], "weight": float(self.weights[j]), "share": float(self.shares[j])}
        return [Note(code="sure.importance", values=values)]


def importance(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Importance:
    """Measure how much of the differences in score each criterion accounts for, and set it beside its weight.

    The effect is Pearson's correlation ratio, S_j = Var(E(score | value_j)) / Var(score), over the alternatives [1]_,
    the expectation being drawn as a straight line for fewer than 10 alternatives and as a curve for more. Effects of
    criteria that go together overlap, and do not sum to 1. With few alternatives they describe these alternatives and
    nothing beyond them.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method, normalization, options : as in ``rank``

    Returns
    -------
    Importance with an effect from 0 to 1 for each criterion; 0 for a constant one and where all scores are equal

    Raises
    ------
    ProblemError
        As ``rank``.

    References
    ----------
    .. [1] Paruolo, Saisana and Saltelli, "Ratings and rankings: voodoo or science?", J. R. Statist. Soc. A 176, 2013,
       eq. 3.

    Examples
    --------
    >>> problem = Problem([[1, 0], [2, 0], [3, 0]], ["max", "max"])
    >>> importance(problem, method="weighted_sum").effects
    array([1., 0.])
    """
    scores = rank(problem, method=method, normalization=normalization, options=options).scores
    degree = next(each for least, each in DEGREES if len(scores) >= least)
    effects = np.array([_effect(column, scores, degree) for column in problem.values.T])
    total = effects.sum()
    return Importance(
        criteria=problem.criteria,
        weights=problem.weights,
        effects=effects,
        shares=effects / total if total > 0 else effects,
        degree=degree,
    )


def _effect(column: Array, scores: Array, degree: int) -> float:
    """Give the share of the scores' variance that a polynomial in the column explains."""
    spread, variance = np.ptp(column), scores.var()
    if spread == 0 or variance <= 1e-24 * (scores * scores).max():
        return 0.0
    powers = np.polynomial.chebyshev.chebvander(2 * (column - column.min()) / spread - 1, degree)
    fitted, *_ = np.linalg.lstsq(powers, scores, rcond=None)
    left = scores - np.einsum("nd,d->n", powers, fitted)
    return float(np.clip(np.round(1 - left.var() / variance, 12), 0.0, 1.0))
