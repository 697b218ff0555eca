"""From counts or volumes to shares: rank acceptability, central weights, confidence and pairwise winning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.sampling import WHOLE
from mcda.sensitivity.simulation import Question
from mcda.sensitivity.tally import Counts, Tally
from mcda.sensitivity.volume import Volumes

UNSEEN = 0.05  # probability with which a share above the bound shows in no draw
FAVOURABLE = 100  # draws that must put an alternative first before its central weights are shown

# Weights of the ranks, 1 for the first and falling.
RANK_WEIGHTS: dict[str, Callable[[int], Array]] = {
    "linear": lambda n: (n - np.arange(n)) / n,
    "inverse": lambda n: 1 / np.arange(1, n + 1),
    "centroid": lambda n: np.cumsum(1 / np.arange(n, 0, -1))[::-1] / np.sum(1 / np.arange(1, n + 1)),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Acceptability:
    """What draws or volumes say of each alternative (SMAA-2 [1]_).

    Attributes
    ----------
    alternatives, criteria : (n,) and (m,) names
    method, normalization : that ranked; ``normalization`` is None where the method has a form of its own
    vary : ``"weights"``, ``"scores"`` or ``"both"``
    sampling : how weights came about: ``"exact"`` (volumes, no draws), ``"uniform"``, ``"triangulated"`` (uniform
        within conditions, without rejection), ``"rejection"`` (likewise, with), ``"dirichlet"``,
        ``"dirichlet, rejection"`` or ``"fixed"``
    draws, seed : how many, 0 where exact; and the seed that they depend on
    counts : (n, n) whole numbers, how often each alternative took each rank, times ``per_draw``; None where exact
    per_draw : what one draw adds to ``counts``: 1, or what all sizes of ties divide where draws were split by ties
    rank_acceptability : (n, n) share of all that gives an alternative (row) a rank (column, the best first); a tie is
        split evenly over the ranks it spans, so that rows and columns sum to 1
    standard_error : (n, n) of each such share b, sqrt(b (1 - b) / draws); 0 where exact
    central_weights : n entries, the mean (m,) of the weights that put the alternative first; None where fewer than 100
        draws do (or no volume), where weights do not vary, and where details were not asked for
    confidence : n entries, the share of draws of the scores that put the alternative first under its central weights
        (under the fixed ones, where weights do not vary); None where it has none, and None altogether where scores are
        not uncertain, since it would always be 1
    pairwise_winning : (n, n) share in which the alternative of the row ranks above that of the column, a tie counting
        for neither; None where details were not asked for
    holistic, rank_weights : (n,) shares summed over the ranks with the weights of the ranks, and these; or None

    References
    ----------
    .. [1] Lahdelma and Salminen, "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making",
       Operations Research 49, 2001; pairwise winning after Leskinen, Viitanen, Kangas and Kangas, "Alternatives to
       incorporate uncertainty and risk attitude in multicriteria evaluation of forest plans", Forest Science 52, 2006.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    method: str
    normalization: str | None
    vary: str
    sampling: str
    draws: int
    seed: int
    counts: Counts | None
    per_draw: int
    rank_acceptability: Array
    standard_error: Array
    central_weights: tuple[Array | None, ...]
    confidence: tuple[float | None, ...] | None
    pairwise_winning: Array | None
    holistic: Array | None
    rank_weights: Array | None

    @property
    def first(self) -> Array:
        """The share (n,) that puts each alternative first."""
        return self.rank_acceptability[:, 0]

    @property
    def unseen(self) -> float:
        """What a share lies below, with 95% confidence, where none of the draws shows it; 0 where exact.

        No draw in N has a probability of (1 - share) ** N; the standard error vanishes there and says nothing. About
        3 / N: Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249, 1983.
        """
        return 0.0 if self.exact else 1.0 - UNSEEN ** (1.0 / self.draws)

    @property
    def exact(self) -> bool:
        """Whether the shares are volumes rather than counts."""
        return self.sampling == "exact"


def from_volumes(question: Question, volumes: Volumes, rank_weights: Array | None) -> Acceptability:
    """Give the exact shares."""
    return _result(
        question,
        sampling="exact",
        draws=0,
        counts=None,
        per_draw=1,
        ranks=volumes.ranks,
        centres=volumes.centres,
        confidence=None,
        wins=volumes.wins,
        rank_weights=rank_weights,
    )


def from_tally(
    question: Question,
    tally: Tally,
    *,
    draws: int,
    sampling: str,
    confidence: tuple[float | None, ...] | None = None,
    rank_weights: Array | None = None,
) -> Acceptability:
    """Give the shares of the draws."""
    counts, per_draw = tally.acceptability(draws)
    return _result(
        question,
        sampling=sampling,
        draws=draws,
        counts=counts,
        per_draw=per_draw,
        ranks=(counts / (per_draw * draws)).astype(float),
        centres=centres(tally) if question.details and sampling != "fixed" else (None,) * tally.n,
        confidence=confidence,
        wins=tally.wins / draws if question.details else None,
        rank_weights=rank_weights,
    )


def centres(tally: Tally) -> tuple[Array | None, ...]:
    """Give the mean weights that put each alternative first, or None where too few draws do."""
    favourable, sums = tally.centre_sums()
    return tuple(
        total / (count * WHOLE) if count >= FAVOURABLE else None for count, total in zip(favourable, sums, strict=True)
    )


def rank_weights(given: str | Sequence[float] | None, n: int) -> Array | None:
    """Give the weights of n ranks, by name or as they are."""
    if given is None:
        return None
    return RANK_WEIGHTS[given](n) if isinstance(given, str) else np.asarray(given, float)


def _result(
    question: Question,
    *,
    sampling: str,
    draws: int,
    counts: Counts | None,
    per_draw: int,
    ranks: Array,
    centres: tuple[Array | None, ...],
    confidence: tuple[float | None, ...] | None,
    wins: Array | None,
    rank_weights: Array | None,
) -> Acceptability:
    problem = question.problem
    return Acceptability(
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        method=question.method,
        normalization=question.ready.normalization,
        vary=question.vary,
        sampling=sampling,
        draws=draws,
        seed=question.seed,
        counts=counts,
        per_draw=per_draw,
        rank_acceptability=ranks,
        standard_error=np.sqrt(ranks * (1 - ranks) / draws) if draws else np.zeros(ranks.shape),
        central_weights=centres,
        confidence=confidence,
        pairwise_winning=wins,
        holistic=None if rank_weights is None else np.einsum("ir,r->i", ranks, rank_weights),
        rank_weights=rank_weights,
    )
