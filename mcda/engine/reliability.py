"""How far coders agree beyond chance: Krippendorff's alpha."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from mcda.engine.blocks import BLOCK, blocks, require_sampling
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.errors import Fault, NotApplicable, ProblemError, unknown
from mcda.words import Word

Distance: TypeAlias = Callable[[Array, Array], Array]

RELIABLE, TENTATIVE = 0.800, 0.667  # from which to conclude, and to conclude with caution [Krippendorff 2004, p. 241]
FEW = 10  # units below which nothing is concluded: a convention, since intervals from few units are too narrow [1]_
NO_SPREAD = 0.0005
LEVELS = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True, kw_only=True)
class Alpha:
    """Agreement of coders.

    Attributes
    ----------
    value : 1 where all agree, 0 where they agree as by chance, below 0 where they agree less; None where undefined,
        as a note says
    observed, expected : mean disagreement within units, and among all pairable values whatever their unit
    level : ``nominal``, ``ordinal``, ``interval`` or ``ratio``
    pairable : number of values in units that at least two coders rated
    units : number of such units
    parting : number of units to which coders give unlike values, however near
    notes : why the value is undefined

    References
    ----------
    .. [1] Hughes, "Toward improved inference for Krippendorff's alpha agreement coefficient", 2022, arXiv 2210.13265.
    .. [2] Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249(13), 1983.
    """

    value: float | None
    observed: float
    expected: float
    level: str
    pairable: int
    units: int
    parting: int
    notes: tuple[Note, ...] = ()

    @property
    def word(self) -> str:
        """Key of what may be concluded, in the catalogue of words."""
        if self.value is None:
            return "engine.alpha_undefined"
        if self.units < FEW:
            return "engine.alpha_few"
        bounds = ((RELIABLE, "engine.alpha_reliable"), (TENTATIVE, "engine.alpha_tentative"))
        return next((word for bound, word in bounds if self.value >= bound), "engine.alpha_unreliable")

    def most_parting(self, covered: float = 0.95) -> float:
        """Give the largest share of such units, beyond those at hand, on which coders might part [2]_.

        With a larger share, no more units than here would part with a probability of 1 - ``covered`` at most.

        Examples
        --------
        >>> round(krippendorff_alpha([[1, 2, 3, 1, 2]] * 2).most_parting(), 3)
        0.451
        """
        low, high = 0.0, 1.0
        for _ in range(60):
            share = (low + high) / 2
            terms = (comb(self.units, k) * share**k * (1 - share) ** (self.units - k) for k in range(self.parting + 1))
            low, high = (share, high) if sum(terms) > 1 - covered else (low, share)
        return high


@dataclass(frozen=True, kw_only=True)
class AlphaInterval:
    """Agreement of coders with its uncertainty.

    Attributes
    ----------
    value : as in ``Alpha``
    low, high : between which ``covered`` of the resampled values lie; None where undefined
    undefined : number of draws that held no variation and are left out
    level, covered, draws, seed : as asked for
    notes : why something is undefined or left out
    """

    value: float | None
    low: float | None
    high: float | None
    undefined: int
    level: str
    covered: float
    draws: int
    seed: int
    notes: tuple[Note, ...] = ()

    @property
    def no_spread(self) -> bool:
        """Whether both ends are the same to three decimals, as where hardly any unit parts: it shows nothing then."""
        return self.low is not None and self.high is not None and self.high - self.low < NO_SPREAD


def krippendorff_alpha(ratings: ArrayLike, *, level: str = "nominal") -> Alpha:
    """Measure the agreement of coders beyond chance: 1 less observed over expected disagreement [1]_.

    Parameters
    ----------
    ratings : (coders, units) numbers, NaN or None where a coder left a unit out
    level : what differences mean, one of ``LEVELS``: ``nominal`` (same or not), ``ordinal`` (how many ratings lie
        between), ``interval`` (differences of numbers), ``ratio`` (differences in proportion, of numbers of 0 or more)

    Returns
    -------
    Alpha; its value is None where all pairable ratings are the same, since nothing then shows whether the coders can
    tell units apart

    Raises
    ------
    NotApplicable
        Where no unit has two ratings.

    References
    ----------
    .. [1] Krippendorff, "Computing Krippendorff's alpha-reliability", University of Pennsylvania, 2011.

    Examples
    --------
    >>> krippendorff_alpha([[1, 1, 2, 2], [1, 1, 2, None]]).value
    1.0
    """
    counts, domain = _read(ratings, level)
    observed, expected, varied = _disagreements(counts, domain, np.ones((1, len(counts))), level)
    return Alpha(
        value=float(1 - observed[0] / expected[0]) if varied[0] else None,
        observed=float(observed[0]),
        expected=float(expected[0]),
        level=level,
        pairable=int(counts.sum()),
        units=len(counts),
        parting=int(((counts > 0).sum(axis=1) > 1).sum()),
        notes=() if varied[0] else (Note(code="engine.alpha_no_variation"),),
    )


def alpha_interval(
    ratings: ArrayLike,
    *,
    level: str = "nominal",
    draws: int = 20_000,
    seed: int = 1,
    covered: float = 0.95,
) -> AlphaInterval:
    """Give an interval for Krippendorff's alpha by drawing the units anew, with replacement [1]_.

    Parameters
    ----------
    ratings, level : as for ``krippendorff_alpha``
    draws, seed : at least 1; 0 or more
    covered : share of the resampled values between the ends, between 0 and 1

    Returns
    -------
    AlphaInterval; draws in which all ratings are the same have no alpha, are left out and counted

    Raises
    ------
    ProblemError
        For ``covered`` outside 0 to 1, and as ``krippendorff_alpha``.

    References
    ----------
    .. [1] Zapf, Castell, Morawietz and Karch, "Measuring inter-rater reliability for nominal data", BMC Medical
       Research Methodology 16, 2016.

    Examples
    --------
    >>> found = alpha_interval([[1, 2, 3, 1], [1, 2, 3, 3]], level="ordinal", draws=1000)
    >>> found.low < found.value < found.high
    True
    """
    require_sampling(draws, seed)
    if not 0 < covered < 1:
        raise ProblemError([Fault(code="fault.share", values={"found": covered}, key="covered")])
    alpha = krippendorff_alpha(ratings, level=level)
    counts, domain = _read(ratings, level)
    values = np.concatenate([_resampled(counts, domain, level, *block) for block in blocks(draws, seed)])
    left = values[~np.isnan(values)]
    notes, ends = alpha.notes, (None, None)
    if alpha.units < 2:
        notes += (Note(code="engine.alpha_one_unit"),)
    elif alpha.value is not None:
        ends = tuple(np.quantile(left, [(1 - covered) / 2, (1 + covered) / 2]).tolist())
    if 0 < len(left) < draws:
        notes += (Note(code="engine.alpha_draws_undefined", values={"undefined": draws - len(left), "draws": draws}),)
    return AlphaInterval(
        value=alpha.value,
        low=ends[0],
        high=ends[1],
        undefined=draws - len(left),
        level=level,
        covered=covered,
        draws=draws,
        seed=seed,
        notes=notes,
    )


def _resampled(counts: Array, domain: Array, level: str, generator: Generator, kept: int) -> Array:
    """Draw the units of one block anew; NaN where a draw holds no variation."""
    units = len(counts)
    picked = generator.integers(0, units, size=(BLOCK, units))[:kept]
    places = picked + np.arange(kept)[:, None] * units
    times = np.bincount(places.ravel(), minlength=kept * units).reshape(kept, units).astype(float)
    observed, expected, varied = _disagreements(counts, domain, times, level)
    return np.where(varied, 1 - observed / np.where(varied, expected, 1.0), np.nan)


def _disagreements(counts: Array, domain: Array, times: Array, level: str) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Give observed and expected disagreement (k,), and whether there is variation, where each unit counts so often.

    Parameters
    ----------
    counts : (u, v) how many coders gave each value to each unit, at least two a unit
    domain : (v,) the values, rising
    times : (k, u) how often each unit counts
    level : of measurement
    """
    margins = np.einsum("ku,uv->kv", times, counts)
    total = margins.sum(axis=1)
    pairs = counts.sum(axis=1) - 1
    if level == "ordinal":
        places = margins.cumsum(axis=1) - margins / 2
        sums, squares = (np.einsum("uv,kv->ku", counts, power) for power in (places, places**2))
        inside = _spread(counts.sum(axis=1), sums, squares)
        within = np.einsum("ku,ku->k", times, inside / pairs)
        among = _spread(total, np.einsum("kv,kv->k", margins, places), np.einsum("kv,kv->k", margins, places**2))
    else:
        squares = METRICS[level](domain[:, None], domain)
        within = np.einsum("ku,u->k", times, np.einsum("uc,ck,uk->u", counts, squares, counts) / pairs)
        among = np.einsum("kv,kv->k", np.einsum("kc,cv->kv", margins, squares), margins)
    return within / total, among / (total * (total - 1)), (margins > 0).sum(axis=1) > 1


def _spread(count: Array, total: Array, squares: Array) -> Array:
    """Sum the squared differences of all ordered pairs of ``count`` numbers, from their sum and sum of squares."""
    return 2 * (count * squares - total**2)


def _read(ratings: ArrayLike, level: str) -> tuple[Array, Array]:
    """Count how many coders gave each value (v,) to each unit that at least two rated: (u, v), values rising."""
    if level not in LEVELS:
        raise ProblemError([unknown("level", level, LEVELS)])
    try:
        numbers = np.array(ratings, float)
    except (TypeError, ValueError):
        numbers = np.empty(0)
    if numbers.ndim != 2:
        raise ProblemError([Fault(code="fault.ratings_shape", key="ratings")])
    unfit = np.isinf(numbers) | ((numbers < 0) & (level == "ratio"))
    faults = [
        Fault(
            code="fault.rating",
            values={"found": float(numbers[c, u])},
            key=Word("fault.at.rating", {"coder": c + 1, "unit": u + 1}),
        )
        for c, u in np.argwhere(unfit)
    ]
    if faults:
        raise ProblemError(faults)
    paired = numbers[:, (~np.isnan(numbers)).sum(axis=0) >= 2]
    domain = np.unique(paired[~np.isnan(paired)])
    if not len(domain):
        raise NotApplicable([Fault(code="fault.nothing_paired", key="ratings")])
    counts: Array = (paired[:, :, None] == domain).sum(axis=0).astype(float)
    return counts, domain


def _proportion(x: Array, y: Array) -> Array:
    """Give the squared difference as a share of the sum; 0 for 0 and 0."""
    total = x + y
    out: Array = ((x - y) / np.where(total > 0, total, 1.0)) ** 2
    return out


# Squared distances between values; the ordinal one depends on how often each value was given.
METRICS: dict[str, Distance] = {
    "nominal": lambda x, y: (x != y).astype(float),
    "interval": lambda x, y: (x - y) ** 2,
    "ratio": _proportion,
}
