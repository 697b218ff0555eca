"""What each criterion weighs by the values alone: how much it tells the alternatives apart."""

from __future__ import annotations

import numpy as np

from mcda.engine.normalize import extremes, normalize
from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, NotApplicable

NOISE = 1e-12  # a conflict or a loss below it is what rounding leaves of none


def equal(problem: Problem) -> Array:
    """Weigh all criteria alike."""
    return np.ones(len(problem.criteria))


def entropy(problem: Problem) -> Array:
    """Weigh a criterion by what its shares lack in entropy, d_j = 1 + sum_i p_ij ln p_ij / ln n [1]_.

    The direction plays no part. Needs values of 0 or more; 0 ln 0 is 0.

    References
    ----------
    .. [1] Shannon 1948; Zeleny, "Multiple Criteria Decision Making", 1982; Xu, EJOR 156(2), 2004, pp. 530-532.
    """
    values = problem.values
    total = values.sum(axis=0)
    shares = values / np.where(total > 0, total, 1.0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    disorder = -np.einsum("ij,ij->j", shares, logs) / np.log(max(len(values), 2))
    return np.where(_varied(problem), np.maximum(1 - disorder, 0.0), 0.0)


def standard_deviation(problem: Problem, normalization: str) -> Array:
    """Weigh a criterion by the standard deviation of its utilities [1]_; of raw values it would depend on their units.

    References
    ----------
    .. [1] Diakoulaki, Mavrotas and Papayannakis, Computers and Operations Research 22(7), 1995, p. 765.
    """
    utilities = normalize(problem, normalization)
    return np.where(_varied(problem), utilities.std(axis=0), 0.0)


def critic(problem: Problem) -> Array:
    """Weigh a criterion by contrast and conflict, C_j = s_j sum_l (1 - r_jl), over min-max utilities [1]_.

    A cost is turned first, so that its correlations are those of what is better. Constant criteria take no part. Where
    all others agree fully, the contrast s alone decides, as it does for two criteria on the way there.

    References
    ----------
    .. [1] Diakoulaki, Mavrotas and Papayannakis, Computers and Operations Research 22(7), 1995, eq. 1 to 3.
    """
    varied = _varied(problem)
    utilities = normalize(problem, "minmax")[:, varied]
    offsets = utilities - utilities.mean(axis=0)
    contrast = np.sqrt(np.einsum("ij,ij->j", offsets, offsets))
    conflict = 1 - np.einsum("ij,il->jl", offsets / contrast, offsets / contrast)
    conflict[conflict < NOISE] = 0.0
    amounts = np.zeros(len(varied))
    amounts[varied] = contrast * (conflict.sum(axis=0) if conflict.any() else 1.0)
    return amounts


def merec(problem: Problem) -> Array:
    """Weigh a criterion by how much the overall performances change when it is left out [1]_. Needs values above 0.

    References
    ----------
    .. [1] Keshavarz-Ghorabaee et al., Symmetry 13(4), 525, 2021, eq. 2 to 6.
    """
    values = problem.values
    low, high = extremes(values)
    m = len(problem.criteria)
    logs = np.abs(np.log(np.where(problem.directions > 0, low / values, values / high)))
    whole = logs.sum(axis=1, keepdims=True)
    lost: Array = (np.log1p(whole / m) - np.log1p((whole - logs) / m)).sum(axis=0)
    return np.where(_varied(problem), lost, 0.0)


def cilos(problem: Problem) -> Array:
    """Weigh a criterion the more, the less it loses where the others are at their best [1]_.

    With a_lj the share of criterion j where criterion l is best, p_lj = (a_jj - a_lj) / a_jj is the relative loss; the
    weights q solve sum_j p_lj q_j = q_l sum_j p_jl. Where several alternatives are best in l, a_lj is their mean, so
    that the order of the alternatives does not matter. Constant criteria take no part. Needs costs above 0 and benefits
    of 0 or more.

    References
    ----------
    .. [1] Zavadskas and Podvezko, Int. J. Information Technology and Decision Making 15(2), 2016, eq. 11 to 16.
    """
    values = problem.values
    varied = _varied(problem)
    low, _ = extremes(values)
    gains = np.where(problem.directions > 0, values, low / np.where(values > 0, values, 1.0))[:, varied]
    amounts = np.zeros(len(varied))
    if varied.any():
        amounts[varied] = _balance(_losses(gains))
    return amounts


def idocriw(problem: Problem) -> Array:
    """Weigh a criterion by entropy times CILOS [1]_; needs what both need.

    References
    ----------
    .. [1] Zavadskas and Podvezko, Int. J. Information Technology and Decision Making 15(2), 2016, eq. 17.
    """
    return entropy(problem) * cilos(problem)


def _varied(problem: Problem) -> np.ndarray:
    low, high = extremes(problem.values)
    varied: np.ndarray = low < high
    return varied


def _losses(gains: Array) -> Array:
    """Give the relative losses p (m, m) of gains (n, m), of the column's criterion where the row's is best."""
    shares = gains / gains.sum(axis=0)
    best = (shares == shares.max(axis=0)).astype(float)
    at_best = np.einsum("il,ij->lj", best / best.sum(axis=0), shares)
    top = np.diag(at_best)
    losses: Array = (top - at_best) / top
    return losses


def _balance(losses: Array) -> Array:
    """Give the amounts q (m,) for which sum_j p_lj q_j = q_l sum_j p_jl; refuse where there is no single answer."""
    system = losses - np.diag(losses.sum(axis=0))
    _, lengths, rows = np.linalg.svd(system)
    if len(lengths) > 1 and not lengths[-2] > NOISE * len(lengths):
        raise NotApplicable([Fault(code="fault.no_loss", values={"method": "CILOS"})])
    amounts: Array = np.abs(rows[-1])
    return np.where(amounts > NOISE, amounts, 0.0)
