"""How sure the priorities are, were each judgement a little different."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from mcda.engine.ahp.incomplete import Places, harker_matrix
from mcda.engine.ahp.principal import principals
from mcda.engine.ahp.prioritize import Priorities, priorities
from mcda.engine.blocks import BLOCK, blocks, require_sampling
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE
from mcda.errors import Fault, NotApplicable, ProblemError, unknown

COVERED = 0.95  # share of the draws that an interval holds


@dataclass(frozen=True, kw_only=True, eq=False)
class JudgementNoise:
    """Priorities under noisy judgements.

    Attributes
    ----------
    priorities : without noise
    sigma : standard deviation of the noise on the scale of logarithms: about how far, as a share, judgements are off
    low, median, high : (n,) quantiles of the weights; ``covered`` of the draws lie between low and high
    mean : (n,) of the weights
    first_share : (n,) share of draws in which each has the largest weight; a tie splits its draw evenly
    standard_error : (n,) of ``first_share``
    covered, draws, seed : as asked for
    """

    priorities: Priorities
    sigma: float
    low: Array
    median: Array
    high: Array
    mean: Array
    first_share: Array
    standard_error: Array
    covered: float
    draws: int
    seed: int


def judgement_noise(
    judgements: object,
    *,
    draws: int = 100_000,
    seed: int = 1,
    sigma: float | None = None,
    covered: float = COVERED,
    method: str = "eigenvector",
    labels: Iterable[str] | None = None,
) -> JudgementNoise:
    """Draw the judgements anew, each times a log-normal factor, and see how far the priorities move [1]_.

    Parameters
    ----------
    judgements, method, labels : as for ``priorities``; ``eigenvector`` or ``geometric``
    draws : at least 1; the weights of all are kept, 8 n bytes a draw
    seed : 0 or more
    sigma : standard deviation of the factor's logarithm, above 0, such as 0.1 for about 10 %; None for what the
        judgements' own contradictions show, the square root of their geometric consistency index [2]_
    covered : share of the draws that the intervals hold, between 0 and 1

    Returns
    -------
    JudgementNoise; the same for the same seed, whatever the machine's number of processors

    Raises
    ------
    NotApplicable
        Where no sigma is given and the judgements do not contradict each other, so that they show no noise.

    References
    ----------
    .. [1] Vargas, "Reciprocal matrices with random coefficients", Mathematical Modelling 3, 1982.
    .. [2] Crawford and Williams, "A note on the analysis of subjective judgment matrices", J. Math. Psych. 29, 1985.

    Examples
    --------
    >>> noise = judgement_noise([[1, 2], [None, 1]], sigma=0.1, draws=1000, seed=1)
    >>> noise.first_share
    array([1., 0.])
    """
    require_sampling(draws, seed)
    base = priorities(judgements, method=method, labels=labels)
    spread = _sigma(base, sigma)
    if not 0 < covered < 1:
        raise ProblemError([Fault(code="fault.share", values={"found": covered}, key="covered")])
    weights = np.empty((draws, len(base.weights)))
    begin = 0
    for generator, kept in blocks(draws, seed):
        weights[begin : begin + kept] = _draw(base, spread, generator)[:kept]
        begin += kept
    low, median, high = np.quantile(weights, [(1 - covered) / 2, 0.5, (1 + covered) / 2], axis=0)
    first = _first_share(weights)
    return JudgementNoise(
        priorities=base,
        sigma=spread,
        low=low,
        median=median,
        high=high,
        mean=weights.mean(axis=0),
        first_share=first,
        standard_error=np.sqrt(first * (1 - first) / draws),
        covered=covered,
        draws=draws,
        seed=seed,
    )


def _sigma(base: Priorities, sigma: float | None) -> float:
    """Take the noise as given, or learn it from the contradictions."""
    if base.method == "column_mean":
        raise ProblemError([unknown("method", base.method, ("eigenvector", "geometric"))])
    if sigma is not None:
        if not 0 < sigma < np.inf:
            raise ProblemError([Fault(code="fault.sigma", values={"found": sigma}, key="sigma")])
        return float(sigma)
    index = base.geometric_consistency_index
    if index <= TIE:
        raise NotApplicable([Fault(code="fault.no_noise", key="sigma")])
    return float(np.sqrt(index))


def _draw(base: Priorities, sigma: float, generator: Generator) -> Array:
    """Draw one block of weights (BLOCK, n)."""
    rows, columns = np.nonzero(np.triu(~np.isnan(base.matrix), 1))
    noise = sigma * generator.standard_normal((len(rows), BLOCK))
    if base.method == "geometric":
        return _geometric(base, rows, columns, noise)
    stack = np.repeat(harker_matrix(base.matrix)[:, :, None], BLOCK, axis=2)
    factors = np.exp(noise)
    stack[rows, columns] *= factors
    stack[columns, rows] /= factors
    return principals(np.moveaxis(stack, -1, 0))[0]


def _geometric(base: Priorities, rows: Places, columns: Places, noise: Array) -> Array:
    """Carry noise (p, BLOCK) on the logarithms of p judgements to weights (BLOCK, n): log least squares is linear."""
    n, judged = len(base.weights), np.arange(len(rows))
    incidence = np.zeros((n, len(rows)))
    incidence[rows, judged], incidence[columns, judged] = 1.0, -1.0
    laplacian = np.einsum("ip,jp->ij", incidence, incidence)
    shifts = np.einsum("ip,pb->bi", np.linalg.solve(laplacian + 1.0 / n, incidence), noise)
    amounts = np.exp(np.log(base.weights) + shifts)
    weights: Array = amounts / amounts.sum(axis=1, keepdims=True)
    return weights


def _first_share(weights: Array) -> Array:
    """Count how often each weight of (draws, n) is the largest; a tie splits its draw."""
    largest = weights >= weights.max(axis=1, keepdims=True) * (1 - TIE)
    shares: Array = (largest / largest.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares
