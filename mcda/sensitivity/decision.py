"""What a decision depends on: Sobol indices of who is first, over uncertain weights and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.engine.methods import rank
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking, ranks
from mcda.errors import Fault, ProblemError, unknown
from mcda.sensitivity.forms import upward
from mcda.sensitivity.scores import ScoreModel
from mcda.sensitivity.sobol import DRAWS, RESAMPLES, Sobol, sobol
from mcda.sensitivity.varied import varied

WEIGHTS = ("group", "each", "fixed")
BY = ("criterion", "alternative", "cell")


def sobol_decision(
    problem: Problem,
    scores: ScoreModel | None = None,
    *,
    weights: str | None = None,
    by: str = "criterion",
    leaves: Sequence[str] | None = None,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    resamples: int = RESAMPLES,
    confidence: float = 0.95,
) -> Sobol:
    """Share out what makes the ranking vary among the weights and the scores.

    The outcomes are, for each alternative, whether it is first (``first:NAME``; a tie counts in parts), whether someone
    other than the present first is (``winner_flips``), and by how many places alternatives stand elsewhere than now, on
    average (``rank_shift``) [1]_. Weights that sum to 1 are not independent of each other; what varies independently
    are the exponential numbers whose shares of their sum they are, which makes them uniform over all weights.

    Parameters
    ----------
    problem : with n alternatives and m criteria; its values and weights are what the outcomes are compared with
    scores : what the scores may be; None where they are certain
    weights : ``group`` for all of them as one factor (``weights``), ``each`` for a factor each (``weight:CRITERION``),
        ``fixed`` for the problem's own; None for ``group`` where there are uncertain scores and ``each`` where not
    by : what makes one factor of the scores: a ``criterion``, an ``alternative`` (``scores:NAME``) or a single ``cell``
        (``score:ALTERNATIVE:LEAF``). Leaves' weights, where the score model draws them, are one (``leaf_weights``)
    leaves : (L,) names of the leaves; None for those of the criteria where they are the leaves, else numbers
    method, normalization, options : as in ``rank``
    draws, seed, resamples, confidence : as in ``sobol``

    Returns
    -------
    Sobol

    Raises
    ------
    ProblemError
        For leaves, weights or groups that do not fit, and as ``rank`` and ``sobol``.

    References
    ----------
    .. [1] Saisana, Saltelli and Tarantola, "Uncertainty and sensitivity analysis techniques as tools for the quality
       assessment of composite indicators", J. R. Statist. Soc. A 168, 2005, eq. 4 for the shift.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1]], ["max", "max"], alternatives=["road", "rail"])
    >>> found = sobol_decision(problem, method="weighted_sum")
    >>> found.factors, found.outputs
    (('weight:c1', 'weight:c2'), ('first:road', 'first:rail', 'winner_flips', 'rank_shift'))
    """
    varies = weights or ("each" if scores is None else "group")
    _check(problem, scores, varies, by, leaves)
    plan = _plan(problem, scores, varies, by, leaves)
    now = rank(problem, method=method, normalization=normalization, options=options)
    fixed = upward(problem, method=method, normalization=normalization, options=options)
    if scores is not None:
        at = varied(problem, method=method, normalization=normalization, options=options)

    def model(uniform: Array) -> Array:
        rows = plan.weights(uniform)
        return _outcomes(now, fixed(rows) if scores is None else at(plan.values(scores, uniform))(rows))

    return sobol(
        model,
        len(plan.labels),
        groups=plan.labels,
        outputs=[*(f"first:{name}" for name in problem.alternatives), "winner_flips", "rank_shift"],
        draws=draws,
        seed=seed,
        resamples=resamples,
        confidence=confidence,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Plan:
    """What the columns of uniform numbers stand for: weights first, then cells, then weights of leaves.

    ``labels`` (d,) their factors; ``given`` (m,) the problem's weights; ``drawn`` how many columns are weights;
    ``cells`` (n, L) which cells are uncertain.
    """

    labels: tuple[str, ...]
    given: Array
    drawn: int
    cells: NDArray[np.bool_]

    def weights(self, uniform: Array) -> Array:
        """Give the weights (k, m)."""
        if not self.drawn:
            return np.tile(self.given, (len(uniform), 1))
        return _shares(uniform[:, : self.drawn])

    def values(self, scores: ScoreModel, uniform: Array) -> Array:
        """Give the criteria's values (k, n, m)."""
        cells = np.full((len(uniform), *self.cells.shape), 0.5)
        last = self.drawn + int(self.cells.sum())
        cells[:, self.cells] = uniform[:, self.drawn : last]
        leaf_weights = _shares(uniform[:, last:]) if scores.draw_leaf_weights else None
        return scores.criteria_values(scores.values(cells), leaf_weights)


def _shares(uniform: Array) -> Array:
    """Turn uniform numbers (k, m) into weights: exponential numbers over their sum."""
    amounts = -np.log1p(-uniform)
    total = amounts.sum(axis=1, keepdims=True)
    return np.where(total > 0, amounts / np.where(total > 0, total, 1.0), 1.0 / uniform.shape[1])


def _plan(problem: Problem, scores: ScoreModel | None, varies: str, by: str, leaves: Sequence[str] | None) -> _Plan:
    m = 0 if varies == "fixed" else len(problem.criteria)
    labels = [f"weight:{name}" if varies == "each" else "weights" for name in problem.criteria[:m]]
    if scores is None:
        return _Plan(labels=tuple(labels), given=problem.weights, drawn=m, cells=np.zeros((0, 0), bool))
    cells = np.nanmin(scores.low, axis=0) < np.nanmax(scores.high, axis=0)
    names = _leaf_names(problem, scores, leaves)
    for i, leaf in np.argwhere(cells):
        alternative, criterion = problem.alternatives[i], problem.criteria[scores.criterion[leaf]]
        single = f"score:{alternative}:{names[leaf]}"
        labels.append({"cell": single, "criterion": f"scores:{criterion}"}.get(by, f"scores:{alternative}"))
    if scores.draw_leaf_weights:
        labels += ["leaf_weights"] * len(names)
    return _Plan(labels=tuple(labels), given=problem.weights, drawn=m, cells=cells)


def _leaf_names(problem: Problem, scores: ScoreModel, leaves: Sequence[str] | None) -> Sequence[str]:
    count = scores.shape[1]
    if leaves is not None:
        return leaves
    plain = scores.criterion.tolist() == list(range(len(problem.criteria)))
    return problem.criteria if plain else [str(leaf + 1) for leaf in range(count)]


def _outcomes(now: Ranking, scores: Array) -> Array:
    """Turn scores (k, n), more is better, into the outcomes (k, n + 2)."""
    places = ranks(scores)
    best = places == places.min(axis=1, keepdims=True)
    first = best / best.sum(axis=1, keepdims=True)
    held = first[:, now.ranks == now.ranks.min()].sum(axis=1)
    shift = abs(places - now.ranks).mean(axis=1)
    return np.column_stack([first, 1 - held, shift])


def _check(problem: Problem, scores: ScoreModel | None, varies: str, by: str, leaves: Sequence[str] | None) -> None:
    faults = [] if varies in WEIGHTS else [unknown("weights", varies, WEIGHTS)]
    faults += [] if by in BY else [unknown("by", by, BY)]
    if scores is None and varies == "fixed":
        faults.append(Fault(code="sure.nothing_varies"))
    if scores is not None:
        n, count, m = scores.shape
        if (n, m) != problem.values.shape:
            values = {"found": (n, m), "expected": problem.values.shape}
            faults.append(Fault(code="sure.scores_do_not_fit", values=values))
        if leaves is not None and len(leaves) != count:
            said = {"what": "leaves", "found": len(leaves), "expected": count, "each": "leaf"}
            faults.append(Fault(code="fault.length", values=said))
    if faults:
        raise ProblemError(faults)
