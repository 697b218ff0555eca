"""How far two rankings agree.

With few alternatives these measures move in coarse steps (``levels`` counts them: with five alternatives Kendall's tau
has 11 values, 0.2 apart): read them as a description, not as a test, and say which alternatives changed places.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.engine.ranking import ranks
from mcda.errors import Fault, NotApplicable, ProblemError, unknown
from mcda.words import Word

Measure: TypeAlias = Callable[[Array, Array], Array]

MOST = 8  # alternatives whose orders are all gone through
DIGITS = 10  # decimals in which two values of a measure are the same


def spearman(x: ArrayLike, y: ArrayLike) -> float:
    """Correlate two rankings by Spearman's rho: Pearson's correlation of the average ranks [1]_.

    Parameters
    ----------
    x, y : (n,) ranks, or scores that run the same way; turned into average ranks first, so ties are allowed

    Returns
    -------
    from -1 (reversed) to 1 (the same); symmetric

    Raises
    ------
    NotApplicable
        Where all of x, or all of y, are tied: there is no order to compare.

    References
    ----------
    .. [1] Kendall and Gibbons, "Rank Correlation Methods", 5th ed., 1990, chapters 1 and 3.

    Examples
    --------
    >>> spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])
    0.9
    """
    return _compare(_spearman, x, y)


def kendall_tau_b(x: ArrayLike, y: ArrayLike) -> float:
    """Correlate two rankings by Kendall's tau-b: pairs in the same order less pairs in the other, corrected for ties.

    Parameters
    ----------
    x, y : as for ``spearman``

    Returns
    -------
    from -1 (reversed) to 1 (the same, ties included) [1]_; symmetric

    Raises
    ------
    NotApplicable
        As for ``spearman``.

    References
    ----------
    .. [1] Kendall and Gibbons, "Rank Correlation Methods", 5th ed., 1990, section 3.4.

    Examples
    --------
    >>> kendall_tau_b([1, 2, 2, 4, 5], [1, 2, 2, 4, 5])
    1.0
    """
    return _compare(_kendall, x, y)


def weighted_spearman(x: ArrayLike, y: ArrayLike, *, higher_is_better: bool = False) -> float:
    """Correlate two rankings so that differences near the top count for more [1]_.

    Parameters
    ----------
    x, y : (n,) ranks, 1 best, or scores; turned into average ranks first
    higher_is_better : whether x and y are scores of which the highest is best, rather than ranks

    Returns
    -------
    from -1 (reversed) to 1 (the same); symmetric

    Raises
    ------
    NotApplicable
        As for ``spearman``.

    References
    ----------
    .. [1] Pinto da Costa and Soares, "A weighted rank measure of correlation", ANZ J. Statistics 47, 2005, eq. 2.

    Examples
    --------
    >>> round(weighted_spearman([1, 2, 3, 4, 5], [2, 1, 3, 4, 5]), 4)
    0.85
    """
    return _compare(_weighted_spearman, x, y, higher_is_better=higher_is_better)


def ws(reference: ArrayLike, other: ArrayLike, *, higher_is_better: bool = False) -> float:
    """Tell how similar a ranking is to a reference, by the WS coefficient: the reference's top counts for most [1]_.

    Not symmetric: ``ws(x, y)`` and ``ws(y, x)`` may differ, as each asks after the places of the reference's best.

    Parameters
    ----------
    reference, other : (n,) ranks, 1 best, or scores; turned into average ranks first
    higher_is_better : whether they are scores of which the highest is best, rather than ranks

    Returns
    -------
    1 where they are the same, above 0 otherwise; unlike a correlation, 0 is not "unrelated" and a reversal is not -1

    Raises
    ------
    NotApplicable
        As for ``spearman``.

    References
    ----------
    .. [1] Sałabun and Urbaniak, "A new coefficient of rankings similarity in decision-making problems", ICCS 2020.

    Examples
    --------
    >>> round(ws([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8542
    """
    return _compare(_ws, reference, other, higher_is_better=higher_is_better)


def concordance(rankings: ArrayLike, *, measure: str = "spearman", higher_is_better: bool = False) -> Array:
    """Compare each ranking with each.

    Parameters
    ----------
    rankings : (r, n) ranks, 1 best, or scores; turned into average ranks first
    measure : one of ``MEASURES``
    higher_is_better : whether they are scores of which the highest is best

    Returns
    -------
    (r, r) array with 1 on the diagonal; of ``ws``, the row is the reference

    Raises
    ------
    ProblemError
        For an unknown measure or what is no matrix of finite numbers; NotApplicable where a ranking ties them all.

    Examples
    --------
    >>> concordance([[1, 2, 3], [3, 2, 1]], measure="kendall_tau_b")
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    if measure not in MEASURES:
        raise ProblemError([unknown("measure", measure, MEASURES)])
    rows = average_ranks(rankings, "rankings", dimensions=2, higher_is_better=higher_is_better)
    _require_order(rows, "rankings")
    return MEASURES[measure](rows[:, None, :], rows[None, :, :])


def levels(n: int, measure: str = "kendall_tau_b") -> int:
    """Count the values that a measure can take for two rankings of ``n`` alternatives without ties.

    Parameters
    ----------
    n : at least 2; at most 8, but for Kendall's tau
    measure : one of ``MEASURES``

    Returns
    -------
    How many, 2 or more

    Raises
    ------
    ProblemError
        For an unknown measure; NotApplicable for too few or too many alternatives.

    Examples
    --------
    >>> levels(5), levels(5, "spearman")
    (11, 21)
    """
    if measure not in MEASURES:
        raise ProblemError([unknown("measure", measure, MEASURES)])
    if n < 2 or (n > MOST and measure != "kendall_tau_b"):
        values = {"found": n, "low": 2, "high": MOST}
        raise NotApplicable([Fault(code="fault.alternatives_range", values=values, key="n")])
    if measure == "kendall_tau_b":
        return n * (n - 1) // 2 + 1
    orders = np.array(list(permutations(range(1, n + 1))), float)
    # Renaming the alternatives moves none of the measures: the first order can stand for all.
    return len(np.unique(MEASURES[measure](orders[0], orders).round(DIGITS)))


def caveats(n: int, measure: str) -> tuple[Note, ...]:
    """Give what must be said beside a measure for two rankings of ``n`` alternatives: few levels, no symmetry."""
    notes = []
    if 2 <= n <= MOST:
        values = {"n": n, "measure": Word(f"engine.measure_{measure}"), "levels": levels(n, measure)}
        notes.append(Note(code="engine.few_levels", values=values))
    if measure == "ws":
        notes.append(Note(code="engine.ws_reference"))
    return tuple(notes)


def _spearman(x: Array, y: Array) -> Array:
    """Correlate average ranks (…, n) with (…, n)."""
    x, y = x - x.mean(axis=-1, keepdims=True), y - y.mean(axis=-1, keepdims=True)
    return _cosine(x, y)


def _kendall(x: Array, y: Array) -> Array:
    """Correlate the signs of all differences."""
    signs = (np.sign(ranking[..., :, None] - ranking[..., None, :]) for ranking in (x, y))
    return _cosine(*(sign.reshape(*sign.shape[:-2], -1) for sign in signs))


def _weighted_spearman(x: Array, y: Array) -> Array:
    n = x.shape[-1]
    weights = (n - x + 1) + (n - y + 1)
    distance = np.einsum("...i->...", (x - y) ** 2 * weights)
    out: Array = 1 - 6 * distance / (n**4 + n**3 - n**2 - n)
    return out


def _ws(reference: Array, other: Array) -> Array:
    n = reference.shape[-1]
    farthest = np.maximum(abs(1 - reference), abs(n - reference))
    out: Array = 1 - np.einsum("...i->...", 2.0**-reference * abs(reference - other) / farthest)
    return out


MEASURES: dict[str, Measure] = {
    "spearman": _spearman,
    "kendall_tau_b": _kendall,
    "weighted_spearman": _weighted_spearman,
    "ws": _ws,
}


def _cosine(x: Array, y: Array) -> Array:
    """Give the cosine of the angle between vectors (…, n), which are not 0."""
    lengths = np.einsum("...i,...i->...", x, x) * np.einsum("...i,...i->...", y, y)
    out: Array = np.einsum("...i,...i->...", x, y) / np.sqrt(lengths)
    return out


def _compare(measure: Measure, x: ArrayLike, y: ArrayLike, *, higher_is_better: bool = False) -> float:
    first = average_ranks(x, "x", dimensions=1, higher_is_better=higher_is_better)
    second = average_ranks(y, "y", dimensions=1, higher_is_better=higher_is_better)
    if len(first) != len(second):
        values = {"what": "y", "found": len(second), "expected": len(first), "each": "alternative"}
        raise ProblemError([Fault(code="fault.length", values=values)])
    _require_order(first, "x")
    _require_order(second, "y")
    return float(measure(first, second))


def average_ranks(given: ArrayLike, what: str, *, dimensions: int, higher_is_better: bool) -> Array:
    """Turn ranks or scores into average ranks of the same shape, 1 best."""
    numbers = np.array(given, float)
    if numbers.ndim != dimensions or not numbers.size:
        expected = Word("fault.a_ranking" if dimensions == 1 else "fault.rankings")
        values = {"found": numbers.shape, "expected": expected}
        raise ProblemError([Fault(code="fault.ranks_shape", values=values, key=what)])
    places = np.argwhere(~np.isfinite(numbers))
    if len(places):
        cells = [(float(numbers[tuple(place)]), ", ".join([what, *map(str, place + 1)])) for place in places]
        raise ProblemError([Fault(code="fault.not_finite", values={"found": found}, key=key) for found, key in cells])
    return ranks(numbers if higher_is_better else -numbers)


def _require_order(rows: Array, what: str) -> None:
    """Refuse rankings in which all are tied: they hold no order to compare."""
    flat = np.flatnonzero(np.ptp(np.atleast_2d(rows), axis=1) == 0)
    keys = [what if rows.ndim == 1 else f"{what}, {i + 1}" for i in flat]
    if keys:
        raise NotApplicable([Fault(code="fault.no_order", key=key) for key in keys])
