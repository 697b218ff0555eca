"""Weights of the criteria: from the values alone, and from what people say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.dispersion import cilos, critic, entropy, equal, idocriw, merec, standard_deviation
from mcda.engine.needs import NEEDS
from mcda.engine.normalize import NORMALIZATIONS
from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, NotApplicable, ProblemError, unknown

Amounts: TypeAlias = Callable[..., Array]


@dataclass(frozen=True, kw_only=True)
class Weighting:
    """What is known of a way to draw weights from the values.

    Attributes
    ----------
    title : as the literature calls it
    amounts : ``amounts(problem)`` or, where it leaves the normalization open, ``amounts(problem, normalization)``: what
        each criterion weighs (m,), 0 or more, in any unit
    reference : author, year and place of the equations
    normalizations : those it leaves open, its own first; empty where it fixes its own
    needs : keys of ``NEEDS``, what must be true of the values
    corrected : key of what was put right against pymcdm 1.4.0, in the catalogue of words; empty where nothing was
    """

    title: str
    amounts: Amounts
    reference: str
    normalizations: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    corrected: str = ""


def objective_weights(problem: Problem, *, method: str = "entropy", normalization: str | None = None) -> Array:
    """Draw weights from the values of a problem; the problem's own weights play no part.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method : one of ``WEIGHTINGS``
    normalization : one of those that the method leaves open; None for its own

    Returns
    -------
    (m,) array summing to 1; a constant criterion gets 0, except with equal weights

    Raises
    ------
    ProblemError
        For an unknown method or normalization; NotApplicable where the method is undefined on these values.

    Examples
    --------
    >>> objective_weights(Problem([[1, 5, 2], [2, 5, 4]], ["max", "max", "max"]), method="entropy")
    array([0.5, 0. , 0.5])
    """
    if method not in WEIGHTINGS:
        raise ProblemError([unknown("weighting", method, WEIGHTINGS)])
    entry = WEIGHTINGS[method]
    key = _normalization(entry, normalization)
    given = problem.values, problem.directions.astype(float)
    faults = [fault for need in entry.needs for fault in NEEDS[need](entry.title, problem, *given)]
    if faults:
        raise NotApplicable(faults)
    amounts = entry.amounts(problem) if key is None else entry.amounts(problem, key)
    if not amounts.any():
        raise NotApplicable([Fault(code="fault.nothing_told_apart", values={"method": entry.title})])
    return _shares(amounts)


WEIGHTINGS: dict[str, Weighting] = {
    "equal": Weighting(title="Equal weights", amounts=equal, reference="Dawes and Corrigan 1974"),
    "entropy": Weighting(
        title="Entropy",
        amounts=entropy,
        reference="Zeleny 1982",
        needs=("not_negative",),
        corrected="engine.corrected.entropy",
    ),
    "critic": Weighting(
        title="CRITIC",
        amounts=critic,
        reference="Diakoulaki, Mavrotas and Papayannakis 1995",
        corrected="engine.corrected.critic",
    ),
    "merec": Weighting(
        title="MEREC", amounts=merec, reference="Keshavarz-Ghorabaee et al. 2021", needs=("positive",)
    ),
    "standard_deviation": Weighting(
        title="Standard deviation",
        amounts=standard_deviation,
        reference="Diakoulaki, Mavrotas and Papayannakis 1995",
        normalizations=("minmax", *(key for key in NORMALIZATIONS if key not in ("minmax", "zscore"))),
        corrected="engine.corrected.standard_deviation",
    ),
    "cilos": Weighting(
        title="CILOS",
        amounts=cilos,
        reference="Zavadskas and Podvezko 2016",
        needs=("positive_costs",),
        corrected="engine.corrected.cilos",
    ),
    "idocriw": Weighting(
        title="IDOCRIW",
        amounts=idocriw,
        reference="Zavadskas and Podvezko 2016",
        needs=("positive_costs",),
        corrected="engine.corrected.cilos",
    ),
}


def rank_order_centroid(order: ArrayLike) -> Array:
    """Give each criterion the mean weight of all weights that keep the order, (1/m) sum over t >= r of 1/t [1]_.

    Parameters
    ----------
    order : (m,) position of each criterion, the most important first; equal positions share their average

    Returns
    -------
    (m,) array summing to 1

    Raises
    ------
    ProblemError
        For what is no list of finite numbers.

    References
    ----------
    .. [1] Barron and Barrett, Management Science 42(11), 1996, eq. 3.

    Examples
    --------
    >>> rank_order_centroid([2, 1])
    array([0.25, 0.75])
    """
    return _by_place(order, lambda places: np.cumsum(1 / places[::-1])[::-1])


def rank_sum(order: ArrayLike) -> Array:
    """Give each criterion a weight that falls in equal steps with its place, 2 (m + 1 - r) / (m (m + 1)) [1]_.

    Parameters
    ----------
    order : (m,) position of each criterion, the most important first; equal positions share their average

    Returns
    -------
    (m,) array summing to 1

    Raises
    ------
    ProblemError
        For what is no list of finite numbers.

    References
    ----------
    .. [1] Stillwell, Seaver and Edwards, Organizational Behavior and Human Performance 28(1), 1981.

    Examples
    --------
    >>> rank_sum([1, 2, 2])
    array([0.5 , 0.25, 0.25])
    """
    return _by_place(order, lambda places: places[::-1])


def swing_weights(points: ArrayLike) -> Array:
    """Give each criterion its share of the points for a swing from its worst to its best value [1]_.

    Parameters
    ----------
    points : (m,) numbers of 0 or more, usually 100 for the swing that matters most

    Returns
    -------
    (m,) array summing to 1

    Raises
    ------
    ProblemError
        For what is no list of finite numbers of 0 or more, or holds only zeros.

    References
    ----------
    .. [1] von Winterfeldt and Edwards, "Decision Analysis and Behavioral Research", Cambridge, 1986, ch. 8.

    Examples
    --------
    >>> swing_weights([100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    amounts = _amounts(points, "fault.points", lambda given: np.isfinite(given) & (given >= 0))
    if not amounts.any():
        raise ProblemError([Fault(code="fault.weights_zero")])
    return _shares(amounts)


def ratio_weights(ratios: ArrayLike) -> Array:
    """Give each criterion its share of the ratios of importance to the least important one [1]_.

    Parameters
    ----------
    ratios : (m,) numbers above 0, usually 1 (or 10) for the criterion that matters least

    Returns
    -------
    (m,) array summing to 1

    Raises
    ------
    ProblemError
        For what is no list of finite numbers above 0.

    References
    ----------
    .. [1] Edwards, IEEE Transactions on Systems, Man and Cybernetics 7(5), 1977 (SMART).

    Examples
    --------
    >>> ratio_weights([1, 3, 4])
    array([0.125, 0.375, 0.5  ])
    """
    return _shares(_amounts(ratios, "fault.ratios", lambda given: np.isfinite(given) & (given > 0)))


def _normalization(entry: Weighting, asked: str | None) -> str | None:
    """Give the normalization that holds where this one is asked for; None where the method fixes its own."""
    if not entry.normalizations and asked is not None:
        values = {"method": entry.title, "found": asked}
        raise ProblemError([Fault(code="fault.fixed_normalization", values=values)])
    key = asked or next(iter(entry.normalizations), None)
    if key is not None and key not in entry.normalizations:
        raise ProblemError([unknown("normalization", key, entry.normalizations)])
    return key


def _by_place(order: ArrayLike, worth: Callable[[Array], Array]) -> Array:
    """Weigh each position by what its place, 1 to m, is worth; equal positions by the mean of the places they span."""
    positions = _amounts(order, "fault.positions", np.isfinite)
    before = (positions[:, None] > positions).sum(axis=1)
    until = (positions[:, None] >= positions).sum(axis=1)
    running = np.concatenate([[0.0], np.cumsum(worth(np.arange(1.0, len(positions) + 1)))])
    return _shares((running[until] - running[before]) / (until - before))


def _shares(amounts: Array) -> Array:
    shares: Array = amounts / amounts.sum()
    return shares


def _amounts(given: ArrayLike, code: str, holds: Callable[[Array], np.ndarray]) -> Array:
    """Take one number for each criterion (m,), or refuse with the fault ``code``."""
    try:
        amounts = np.array(given, np.float64)
    except (TypeError, ValueError):
        amounts = np.empty(0)
    if amounts.ndim != 1 or not amounts.size or not holds(amounts).all():
        raise ProblemError([Fault(code=code, values={"found": given})])
    return amounts
