"""The table of methods, and the way from a problem to its ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mcda.engine.additive import copras, copras_details, waspas, weighted_product, weighted_sum
from mcda.engine.borrowed import BORROWED
from mcda.engine.compromise import vikor, vikor_details
from mcda.engine.distance import DISTANCES, edas, mabac, mabac_details, spotis, topsis
from mcda.engine.method import Method, Option
from mcda.engine.needs import NEEDS, cells
from mcda.engine.normalize import NORMALIZATIONS, normalize, stretch, turned
from mcda.engine.options import bounds, one_of, point, share
from mcda.engine.outranking import functions, promethee, promethee_details, threshold
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking, ranks
from mcda.errors import Fault, NotApplicable, ProblemError, unknown
from mcda.words import Word

Scorer: TypeAlias = Callable[[Array], Array]

OPEN = tuple(NORMALIZATIONS)
ABOVE_ZERO = ("vector", "minmax", "max", "sum", "linear", "logarithmic", "scale", "none")

METHODS: dict[str, Method] = {
    "topsis": Method(
        title="TOPSIS",
        kernel=topsis,
        reference="Hwang and Yoon 1981",
        normalization="vector",
        normalizations=OPEN,
        differences=True,
        takes={"distance": Option("euclidean", one_of(*DISTANCES))},
        keeps_rank=False,
        from_zero=True,
        mirror="negative",
    ),
    "weighted_sum": Method(
        title="Weighted sum",
        kernel=weighted_sum,
        reference="Fishburn 1967",
        normalization="minmax",
        normalizations=OPEN,
        mirror="negative",
    ),
    "weighted_product": Method(
        title="Weighted product",
        kernel=weighted_product,
        reference="Miller and Starr 1969",
        normalization="linear",
        normalizations=ABOVE_ZERO,
        positive=True,
        mirror="reciprocal",
    ),
    "waspas": Method(
        title="WASPAS",
        kernel=waspas,
        reference="Zavadskas, Turskis, Antucheviciene and Zakarevicius 2012",
        normalization="linear",
        normalizations=ABOVE_ZERO,
        positive=True,
        takes={"lambda": Option(0.5, share)},
        mirror="reciprocal",
    ),
    "vikor": Method(
        title="VIKOR",
        kernel=vikor,
        reference="Opricovic and Tzeng 2004",
        normalization="minmax",
        raw=True,
        takes={"v": Option(0.5, share)},
        details=vikor_details,
        higher_is_better=False,
        keeps_rank=False,
        mirror="negative",
        corrected="engine.corrected.vikor",
    ),
    "promethee": Method(
        title="PROMETHEE II",
        kernel=promethee,
        reference="Brans, Vincke and Mareschal 1986",
        raw=True,
        takes={
            "preference_functions": Option("usual", functions),
            "q": Option(None, threshold("q")),
            "p": Option(None, threshold("p")),
            "s": Option(None, threshold("s")),
        },
        details=promethee_details,
        mirror="negative",
    ),
    "copras": Method(
        title="COPRAS",
        kernel=copras,
        reference="Zavadskas, Kaklauskas and Sarka 1994",
        raw=True,
        needs=("positive_costs",),
        details=copras_details,
        corrected="engine.corrected.copras",
    ),
    "edas": Method(
        title="EDAS",
        kernel=edas,
        reference="Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis 2015",
        raw=True,
        needs=("positive_averages",),
        from_zero=True,
    ),
    "mabac": Method(
        title="MABAC",
        kernel=mabac,
        reference="Pamučar and Ćirović 2015",
        normalization="minmax",
        details=mabac_details,
        mirror="negative",
        corrected="engine.corrected.mabac",
    ),
    "spotis": Method(
        title="SPOTIS",
        kernel=spotis,
        reference="Dezert, Tchamova, Han and Tacnet 2020",
        raw=True,
        takes={"bounds": Option(None, bounds), "isp": Option(None, point)},
        higher_is_better=False,
        mirror="negative",
    ),
    "ahp": Method(
        title="AHP, ideal mode",
        kernel=weighted_sum,
        reference="Saaty 2008",
        normalization="linear",
        normalizations=("scale", "linear", "sum", "max"),
        on_scales="scale",
        mirror="reciprocal",
    ),
    **BORROWED,
}

# What is left out, and the key of the reason in the catalogue of words.
EXCLUDED: dict[str, str] = {"aroman": "engine.excluded.aroman"}


@dataclass(frozen=True, eq=False)
class Prepared:
    """A method made ready for one problem: checked once, then a function of the weights alone.

    Attributes
    ----------
    entry : the method
    problem : the problem
    normalization : the one that holds, or None
    values : (n, m) as the kernel takes them
    directions : (m,) as the kernel takes them
    options : of the kernel, each with its value
    """

    entry: Method
    problem: Problem
    normalization: str | None
    values: Array
    directions: Array
    options: Mapping[str, object]

    def scores(self, weights: Array) -> Array:
        """Score under weights (k, m): (k, n) in the method's own unit and direction, never NaN."""
        scores = self.entry.kernel(self.values, self.directions, weights, **self.options)
        if np.count_nonzero(np.isfinite(scores)) < scores.size:
            name = self.problem.alternatives[int(np.argwhere(~np.isfinite(scores))[0, 1])]
            values = {"method": self.entry.title, "alternative": name}
            raise NotApplicable([Fault(code="fault.undefined", values=values)])
        return scores

    def details(self, weights: Array) -> Mapping[str, object]:
        """Give what the method says beside its scores under weights (m,)."""
        if self.entry.details is None:
            return {}
        return self.entry.details(self.values, self.directions, weights, **self.options)


def rank(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Ranking:
    """Rank the alternatives of a problem.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method : one of ``METHODS``
    normalization : one of ``NORMALIZATIONS``; None for the method's own
    options : of the method, by name

    Returns
    -------
    Ranking with ``scores`` (n,), ``ranks`` (n,), 1 best, and ``details``, what else the method says

    Raises
    ------
    ProblemError
        For an unknown method, normalization or option; NotApplicable where the method is undefined on these values.

    Examples
    --------
    >>> rank(Problem([[7, 2], [4, 1]], ["max", "min"], alternatives=["road", "rail"]), method="weighted_sum").ranks
    array([1.5, 1.5])
    """
    entry = lookup(method)
    ready = prepare(entry, problem, normalization, options)
    scores = ready.scores(problem.weights[None, :])[0]
    return Ranking(
        alternatives=problem.alternatives,
        scores=scores,
        ranks=ranks(scores if entry.higher_is_better else -scores),
        method=method,
        normalization=ready.normalization,
        weights=problem.weights,
        higher_is_better=entry.higher_is_better,
        details=ready.details(problem.weights),
    )


def scorer(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Scorer:
    """Check a method against a problem once, to score it under many weight vectors.

    Parameters
    ----------
    problem : with n alternatives and m criteria; its own weights play no part
    method, normalization, options : as for ``rank``

    Returns
    -------
    function from weights (k, m), rows of 0 or more that sum to 1, to scores (k, n) in the method's own unit and
    direction; it raises NotApplicable where a score is undefined under some weights

    Raises
    ------
    ProblemError
        As ``rank``.

    Examples
    --------
    >>> score = scorer(Problem([[7, 2], [4, 1]], ["max", "min"]), method="weighted_sum")
    >>> score(np.array([[1.0, 0.0], [0.5, 0.5]]))
    array([[1. , 0. ],
           [0.5, 0.5]])
    """
    return prepare(lookup(method), problem, normalization, options).scores


def lookup(method: str) -> Method:
    """Find a method by key; one that is left out is refused with the reason."""
    if method in EXCLUDED:
        values = {"method": method, "reason": Word(EXCLUDED[method])}
        raise ProblemError([Fault(code="fault.excluded", values=values)])
    if method not in METHODS:
        raise ProblemError([unknown("method", method, METHODS)])
    return METHODS[method]


def prepare(
    entry: Method,
    problem: Problem,
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Prepared:
    """Check a method against a problem and bring the values into the form that its kernel takes."""
    chosen = entry.chosen(problem, options or {})
    entry.check_normalization(normalization)
    key = normalization or entry.own_normalization(problem)
    values, directions = _raw(entry, problem) if entry.raw else _utilities(entry, problem, key or "none")
    faults = [fault for need in entry.needs for fault in NEEDS[need](entry.title, problem, values, directions)]
    if entry.positive:
        faults += cells(entry.title, problem, values, values > 0, "fault.not_positive")
    if faults:
        raise NotApplicable(faults)
    return Prepared(entry, problem, key, values, directions, chosen)


def _raw(entry: Method, problem: Problem) -> tuple[Array, Array]:
    """Give values and directions as they are, but for a method that needs values above 0 and a problem with scales.

    Where 0 lies on a cost's scale, the cost becomes 1 minus its place there and counts as a benefit.
    """
    if problem.scales is not None and set(entry.needs) & {"positive", "positive_costs"}:
        values, benefit = turned(problem)
        return values, np.where(benefit, 1.0, -1.0)
    return problem.values, problem.directions.astype(float)


def _utilities(entry: Method, problem: Problem, key: str) -> tuple[Array, Array]:
    """Give utilities and directions of +1, or, where differences alone matter, the values and signed factors."""
    factors = stretch(problem, key) if entry.differences else None
    if factors is not None:
        return problem.values, factors
    return normalize(problem, key), np.ones(len(problem.criteria))
