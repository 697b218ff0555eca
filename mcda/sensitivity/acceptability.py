"""How sure a ranking is: what share of the weights and scores that may be right gives each alternative each rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from numbers import Real

import numpy as np

from mcda.engine.blocks import require_sampling
from mcda.engine.problem import Problem
from mcda.errors import Fault, ProblemError, unknown
from mcda.sensitivity.information import WeightInformation, settle
from mcda.sensitivity.sampling import Sampler, WeightGroups, weight_sampler
from mcda.sensitivity.scores import ScoreModel
from mcda.sensitivity.simulation import Question, Redraw, confidence, upright, vary_scores, vary_weights
from mcda.sensitivity.smaa import RANK_WEIGHTS, Acceptability, centres, from_tally, from_volumes
from mcda.sensitivity.smaa import rank_weights as weights_of_ranks
from mcda.sensitivity.tally import Tally
from mcda.sensitivity.volume import Volumes, measure
from mcda.words import Word

DRAWS = 100_000
VARIED = ("weights", "scores", "both")


def acceptability(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    vary: str = "weights",
    draws: int | None = None,
    error: float | None = None,
    seed: int = 1,
    information: WeightInformation | None = None,
    groups: WeightGroups | None = None,
    scores: ScoreModel | None = None,
    rank_weights: str | Sequence[float] | None = None,
    details: bool = True,
    exact: bool | None = None,
    workers: int = 1,
    tell: Callable[[int], None] | None = None,
) -> Acceptability:
    """Ask how much of what may be right gives each alternative each rank [1]_.

    Parameters
    ----------
    problem : with n alternatives and m criteria; its weights matter only where they do not vary
    method, normalization, options : as for ``rank``
    vary : ``"weights"``, ``"scores"`` or ``"both"``
    draws : how many; 100,000 where ``error`` is not given either. Fewer draws are the beginning of more
    error : in place of ``draws``, the standard error that no share shall exceed: (0.5 / error)**2 draws
    seed : 0 or more; the result depends on it alone, to the bit, and not on ``workers``
    information : what is known of the weights; None for uniform weights on the simplex
    groups : of criteria, whose weights are drawn first; None for criteria alone
    scores : what the scores may be; needed where they vary. Where it draws the weights of leaves, these vary with the
        weights of the criteria. Every draw is normalized and ranked anew: TOPSIS and the weighted sum many at a time,
        other methods one by one, which takes some seconds for 10,000 draws
    rank_weights : for the holistic acceptability: ``"linear"``, ``"inverse"``, ``"centroid"`` or (n,) numbers; or None
    details : whether central weights and pairwise winning are wanted; ranks alone are faster
    exact : None for volumes instead of draws wherever they can be had (a method that is linear in the weights, crisp
        scores, no centre and no groups, up to 6 criteria and 10 alternatives); True to refuse draws; False for draws
    workers : threads that share the draws; they help from about 12 alternatives on
    tell : told, as draws are counted, how many more are done; or None

    Returns
    -------
    Acceptability; its ``sampling`` says whether it is exact

    Raises
    ------
    ProblemError
        With every fault of the options at once; with the clash named where no weights meet the conditions.

    References
    ----------
    .. [1] Lahdelma and Salminen, "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making",
       Operations Research 49, 2001.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1], [0.6, 0.6]], ["max", "max"])
    >>> acceptability(problem, method="weighted_sum", normalization="none").first
    array([0.4, 0.4, 0.2])
    """
    size, faults = _draws(draws, error)
    faults += _option_faults(len(problem.alternatives), vary, rank_weights, workers)
    faults += _score_faults(problem, vary, scores)
    if faults:
        raise ProblemError(faults)
    require_sampling(size, seed)
    asked = Question(problem, method, normalization, options, details=details, vary=vary, seed=seed, tell=tell)
    ranked = weights_of_ranks(rank_weights, len(problem.alternatives))
    crisp = vary == "weights" and (scores is None or not scores.draw_leaf_weights)
    if exact is not False:
        volumes = _volumes(asked, information) if crisp and groups is None else None
        if volumes is not None:
            return from_volumes(asked, volumes, ranked)
        if exact:
            raise ProblemError([Fault(code="sure.not_exact")])
    sampler = weight_sampler(problem.criteria, information, groups)
    tally, sure = _tallied(asked, sampler, None if crisp else scores, draws=size, workers=workers)
    how = "fixed" if vary == "scores" else sampler.how
    return from_tally(asked, tally, draws=size, sampling=how, confidence=sure, rank_weights=ranked)


def _tallied(
    asked: Question, sampler: Sampler, scores: ScoreModel | None, *, draws: int, workers: int
) -> tuple[Tally, tuple[float | None, ...] | None]:
    """Draw and count; with the confidence factors where scores are uncertain."""
    if scores is None:
        return vary_weights(asked, sampler, draws=draws, workers=workers), None
    redraw = Redraw(asked, scores, uncertain=asked.vary != "weights")
    tally = vary_scores(redraw, None if asked.vary == "scores" else sampler, draws=draws, workers=workers)
    return tally, _confidence(redraw, tally, draws=draws, workers=workers)


def _volumes(asked: Question, information: WeightInformation | None) -> Volumes | None:
    """Measure instead of drawing, where the method is linear in the weights and these have equal density."""
    form = asked.form
    if form is None or form.kind != "linear" or (information is not None and information.centre is not None):
        return None
    conditions = settle(information, asked.problem.criteria)
    return measure(upright(form), conditions.limits, conditions.equalities)


def _confidence(redraw: Redraw, tally: Tally, *, draws: int, workers: int) -> tuple[float | None, ...] | None:
    if not redraw.uncertain:
        return None
    if redraw.question.vary == "scores":
        return tuple((tally.centre_sums()[0] / draws).tolist())
    return confidence(redraw, centres(tally), draws=draws, workers=workers) if redraw.question.details else None


def _draws(draws: int | None, error: float | None) -> tuple[int, list[Fault]]:
    """Choose how many draws: the standard error of a share is at most 0.5 / sqrt(draws)."""
    if error is None:
        return DRAWS if draws is None else draws, []
    if draws is not None:
        return DRAWS, [Fault(code="sure.draws_and_error")]
    if not (isinstance(error, Real) and 0 < error <= 0.5):
        return DRAWS, [Fault(code="sure.error", values={"found": error})]
    return ceil((0.5 / error) ** 2 - 1e-9), []


def _option_faults(n: int, vary: str, rank_weights: str | Sequence[float] | None, workers: int) -> list[Fault]:
    faults = [] if vary in VARIED else [unknown("vary", vary, VARIED)]
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        faults.append(Fault(code="fault.count", values={"found": workers, "least": 1}, key="workers"))
    if isinstance(rank_weights, str):
        faults += [] if rank_weights in RANK_WEIGHTS else [unknown("rank_weights", rank_weights, RANK_WEIGHTS)]
    elif rank_weights is not None:
        numbers = np.asarray(rank_weights, float)
        if numbers.shape != (n,) or not np.isfinite(numbers).all():
            expected = Word("fault.numbers", {"count": n})
            values = {"what": "rank_weights", "found": numbers.size, "expected": expected, "each": "rank"}
            faults.append(Fault(code="fault.length", values=values))
    return faults


def _score_faults(problem: Problem, vary: str, scores: ScoreModel | None) -> list[Fault]:
    if scores is None:
        return [Fault(code="sure.no_scores", values={"vary": vary})] if vary in ("scores", "both") else []
    n, _, m = scores.shape
    if (n, m) != problem.values.shape:
        return [Fault(code="sure.scores_do_not_fit", values={"found": (n, m), "expected": problem.values.shape})]
    return []
