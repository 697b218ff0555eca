"""VIKOR: the compromise between the good of the many and the regret of the one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mcda.engine.distance import chebyshev, manhattan
from mcda.engine.normalize import extremes
from mcda.engine.problem import Array

NOISE = 1e-12  # of the largest measure; a spread below it is what rounding leaves of none
SLACK = 1e-9  # by which an advantage may fall short of the one demanded


def vikor(values: Array, directions: Array, weights: Array, *, v: float = 0.5) -> Array:
    """Score by the compromise of utility and regret, Q_i [1]_.

    With the share d_ij of a criterion's range by which an alternative stays behind the best, S_i = sum_j w_j d_ij,
    R_i = max_j w_j d_ij and Q_i = v (S_i - S*) / (S- - S*) + (1 - v) (R_i - R*) / (R- - R*).

    Parameters
    ----------
    values : (n, m) raw
    directions : (m,) +1 or -1
    weights : (k, m) rows non-negative
    v : the weight of the group's utility S against the single regret R, from 0 to 1

    Returns
    -------
    (k, n) array from 0 to 1, lower is better; a term without spread is 0

    References
    ----------
    .. [1] Opricovic and Tzeng, European Journal of Operational Research 156(2), 2004, pp. 447-448.

    Examples
    --------
    >>> vikor(np.array([[1.0, 3000], [2, 3750], [5, 4500]]), np.array([-1, 1]), np.array([[0.5, 0.5]]))
    array([[1., 0., 1.]])
    """
    behind = _behind(values, directions)
    return v * _placed(manhattan(behind, weights)) + (1 - v) * _placed(chebyshev(behind, weights))


def vikor_details(values: Array, directions: Array, weights: Array, *, v: float) -> Mapping[str, object]:
    """Give ``S``, ``R`` and ``Q`` (n,) and what Opricovic and Tzeng conclude from them.

    ``acceptable_advantage`` (their C1): the second lags the first by at least 1/(n - 1) in Q; ``acceptable_stability``
    (C2): the first by Q is also first by S or by R; ``compromise_set``: positions of the alternatives to choose from,
    which are the first alone where both conditions hold, the first and second where only C2 fails, and all that lag by
    less than 1/(n - 1) where C1 fails. Alternatives tied for a place come together.
    """
    behind = _behind(values, directions)
    S, R = manhattan(behind, weights[None, :])[0], chebyshev(behind, weights[None, :])[0]
    Q = v * _placed(S) + (1 - v) * _placed(R)
    lag = Q - Q.min()
    demanded = 1 / max(len(Q) - 1, 1) - SLACK
    first, second = np.argmin(Q), np.sort(lag)[:2][-1]
    advantage = len(Q) == 1 or bool(second >= demanded)
    stability = bool(S[first] <= S.min() + SLACK or R[first] <= R.min() + SLACK)
    within = lag < demanded if not advantage else lag <= (0.0 if stability else second) + SLACK
    return {
        "S": S,
        "R": R,
        "Q": Q,
        "acceptable_advantage": advantage,
        "acceptable_stability": stability,
        "compromise_set": tuple(np.flatnonzero(within).tolist()),
    }


def _behind(values: Array, directions: Array) -> Array:
    """Give d_ij = (best - x_ij) / (best - worst), 0 in a constant column."""
    low, high = extremes(values)
    gaps = np.where(directions > 0, high - values, values - low)
    return np.divide(gaps, high - low, out=np.zeros_like(gaps), where=high > low)


def _placed(amounts: Array) -> Array:
    """Place amounts (…, n) between the least (0) and the largest (1) of each row; 0 where they have no spread."""
    low, high = amounts.min(axis=-1, keepdims=True), amounts.max(axis=-1, keepdims=True)
    spread = high - low
    placed: Array = np.divide(amounts - low, spread, out=np.zeros_like(amounts), where=spread > NOISE * high)
    return placed
