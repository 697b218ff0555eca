"""Methods that add up or multiply what each criterion gives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mcda.engine.problem import Array


def weighted_sum(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the weighted mean of the utilities, Q_i = sum_j w_j u_ij [1]_.

    Parameters
    ----------
    values : (n, m) utilities
    directions : (m,) +1 (more is better) or -1 (less is better)
    weights : (k, m) rows non-negative

    Returns
    -------
    (k, n) array, higher is better

    References
    ----------
    .. [1] Fishburn, "Additive utilities with incomplete product sets", Operations Research 15, 1967.
    """
    # Not a matrix product: equal rows must get equal bits, on every machine.
    scores: Array = np.einsum("kj,ij->ki", weights, values * directions)
    return scores


def weighted_product(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the weighted geometric mean of the utilities, P_i = prod_j u_ij ** w_j [1]_.

    Parameters
    ----------
    values : (n, m) utilities above 0
    directions : (m,) +1, or -1 for a cost, which counts as 1/u
    weights : (k, m) rows non-negative

    Returns
    -------
    (k, n) array above 0, higher is better

    References
    ----------
    .. [1] Miller and Starr, "Executive Decisions and Operations Research", Prentice-Hall, 1969.
    """
    return np.exp(weighted_sum(np.log(values), directions, weights))


def waspas(values: Array, directions: Array, weights: Array, **options: float) -> Array:
    """Score by ``lambda`` times the weighted sum plus the rest times the weighted product [1]_.

    Parameters
    ----------
    values : (n, m) utilities above 0
    directions : (m,) +1
    weights : (k, m) rows non-negative
    options : ``lambda``, the share of the weighted sum, from 0 to 1

    Returns
    -------
    (k, n) array above 0, higher is better

    References
    ----------
    .. [1] Zavadskas, Turskis, Antucheviciene and Zakarevicius, Elektronika ir Elektrotechnika 122(6), 2012, eq. 5.
    """
    share = options["lambda"]  # a word of Python, hence no name of a parameter
    added, multiplied = weighted_sum(values, directions, weights), weighted_product(values, directions, weights)
    return share * added + (1 - share) * multiplied


def copras(values: Array, directions: Array, weights: Array) -> Array:
    """Score by the relative significance, as a share of the largest: Q_i / max Q [1]_.

    Parameters
    ----------
    values : (n, m) raw: benefits of 0 or more, costs above 0
    directions : (m,) +1 or -1
    weights : (k, m) rows non-negative

    Returns
    -------
    (k, n) array from 0 to 1, higher is better; with no cost criterion the benefits alone; 1 where all are alike

    References
    ----------
    .. [1] Zavadskas, Kaklauskas and Sarka, "The new method of multicriteria complex proportional assessment of
       projects", 1994; Zavadskas et al., Baltic J. Road and Bridge Engineering 2(4), 2007, eq. 4 to 8.
    """
    scores = _significance(values, directions, weights)
    largest = scores.max(axis=1, keepdims=True)
    shares: Array = np.divide(scores, largest, out=np.ones_like(scores), where=largest > 0)
    return shares


def copras_details(values: Array, directions: Array, weights: Array) -> Mapping[str, object]:
    """Give the relative significance ``Q`` (n,), which COPRAS divides by its largest."""
    return {"Q": _significance(values, directions, weights[None, :])[0]}


def _significance(values: Array, directions: Array, weights: Array) -> Array:
    """Give Q_i = S+_i + sum(S-) / (S-_i sum(1 / S-)), (k, n).

    S+ and S- sum the weighted shares x_ij / sum_i x_ij of the benefits and of the costs.
    """
    total = values.sum(axis=0)
    shares = values / np.where(total > 0, total, 1.0)
    good = np.einsum("kj,ij->ki", weights, shares * (directions > 0))
    bad = np.einsum("kj,ij->ki", weights, shares * (directions < 0))
    least = bad.min(axis=1, keepdims=True)
    ease = np.divide(least, bad, out=np.zeros_like(bad), where=bad > 0)  # 1 / S-, scaled so that it cannot overflow
    easy = ease.sum(axis=1, keepdims=True)
    scores: Array = good + bad.sum(axis=1, keepdims=True) * ease / np.where(easy > 0, easy, 1.0)
    return scores
