"""PROMETHEE: alternatives compared pair by pair, criterion by criterion, through preference functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mcda.engine.method import Check, Expected
from mcda.engine.options import Before, per_criterion
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import TIE

# The preference for a lead d of 0 or more, with thresholds of indifference q and preference p [Brans et al. 1986]:
# usual      1 where d > 0                     ushape  1 where d > q
# vshape     d / p, at most 1                  level   1/2 where d > q, 1 where d > p
# linear     (d - q) / (p - q), from 0 to 1    gaussian  1 - exp(-d² / 2s²)
FUNCTIONS = ("usual", "ushape", "vshape", "level", "linear", "gaussian")
SPELLINGS = {
    **{name: name for name in FUNCTIONS},
    **{f"t{i}": name for i, name in enumerate(("usual", "ushape", "vshape", "level", "linear", "gaussian"), 1)},
    "u": "ushape",
    "quasi": "ushape",
    "v": "vshape",
    "vshape2": "linear",
    "vshapei": "linear",
    "vshapewithindifference": "linear",
    "gauss": "gaussian",
}
USERS = {"q": ("ushape",), "p": ("vshape", "level", "linear"), "s": ("gaussian",)}  # that cannot do without it

NOISE = 2.0**-50  # of a value; what rounding can do to a lead that would exactly meet a threshold
PAIRS = 1 << 20  # compared at a time where each pair of alternatives must be
RELATIONS = 200  # alternatives up to which the partial order is given; beyond, nobody could read its n² cells


def promethee(
    values: Array,
    directions: Array,
    weights: Array,
    *,
    preference_functions: Sequence[str],
    q: Array,
    p: Array,
    s: Array,
) -> Array:
    """Score by the net outranking flow, phi_i = sum_j w_j (phi+_ij - phi-_ij), PROMETHEE II [1]_.

    phi+_ij is the mean preference of alternative i over the others in criterion j, phi-_ij that of the others over it.

    Parameters
    ----------
    values : (n, m) raw
    directions : (m,) +1 or -1
    weights : (k, m) rows non-negative
    preference_functions : (m,) each one of ``FUNCTIONS``
    q, p, s : (m,) thresholds of indifference and preference and the spread of the Gaussian, in the criteria's own units

    Returns
    -------
    (k, n) array from -1 to 1, higher is better; 0 where all alternatives are alike

    References
    ----------
    .. [1] Brans, Vincke and Mareschal, European Journal of Operational Research 24, 1986, pp. 228-238.
    """
    plus, minus = flows(values * directions, preference_functions, q, p, s)
    scores: Array = np.einsum("kj,ij->ki", weights, plus - minus)
    return scores


def promethee_details(values: Array, directions: Array, weights: Array, **options: Any) -> Mapping[str, object]:
    """Give the flows and the partial order of PROMETHEE I, under weights (m,) and the options of ``promethee``.

    ``phi_plus``, ``phi_minus`` (n,); and, for up to ``RELATIONS`` alternatives, three arrays (n, n): ``preferred``,
    true where row i is better than column l in one flow and not worse in the other; ``indifferent``, equal in both;
    ``incomparable``, better in one and worse in the other.
    """
    both = flows(values * directions, **options)
    plus, minus = (np.einsum("j,ij->i", weights, flow) for flow in both)
    details: dict[str, object] = {"phi_plus": plus, "phi_minus": minus}
    if len(plus) <= RELATIONS:
        better = _above(plus) | _above(-minus)
        alike = ~(better | better.T)
        np.fill_diagonal(alike, val=False)
        details |= {"preferred": better & ~better.T, "indifferent": alike, "incomparable": better & better.T}
    return details


def flows(
    utilities: Array, preference_functions: Sequence[str], q: Array, p: Array, s: Array
) -> tuple[Array, Array]:
    """Give the positive and the negative flow of each alternative in each criterion, (n, m) and (n, m)."""
    plus, minus = np.zeros_like(utilities), np.zeros_like(utilities)
    others = max(len(utilities) - 1, 1)
    for j, function in enumerate(preference_functions):
        for flow, column in ((plus, utilities[:, j]), (minus, -utilities[:, j])):
            flow[:, j] = _preference(column, function, q[j], p[j], s[j]) / others
    return plus, minus


def _preference(column: Array, function: str, q: float, p: float, s: float) -> Array:
    """Sum the preference for each entry of a column (n,) over all its entries."""
    if function == "gaussian":
        return _gaussian(column, s)
    indifference = q if function in ("ushape", "level", "linear") else 0.0
    strict = p if function in ("vshape", "level", "linear") else indifference
    # Sorted first, since numpy looks up entries much faster where they come in rising order.
    order = np.argsort(column)
    rising = column[order]
    total = np.empty_like(column)
    if function in ("vshape", "linear") and strict > indifference:
        total[order] = _ramp(rising, indifference, strict)
    else:
        total[order] = (_ahead(rising, indifference) + _ahead(rising, strict)) / 2
    return total


def _ahead(rising: Array, threshold: float) -> Array:
    """Count the entries that each entry leads by more than a threshold; a lead equal to it but for rounding is none."""
    noise = NOISE * (np.abs(rising) + threshold)
    return np.searchsorted(rising, rising - threshold - noise).astype(float)


def _ramp(rising: Array, indifference: float, strict: float) -> Array:
    """Sum (d - q) / (p - q), from 0 to 1, over the leads d of each entry of a sorted column, from sums over it."""
    base = rising[0]
    sums = np.concatenate([[0.0], np.cumsum(rising - base)])
    full, some = np.searchsorted(rising, rising - strict), np.searchsorted(rising, rising - indifference)
    partly = (some - full) * (rising - indifference - base) - (sums[some] - sums[full])
    total: Array = full + partly / (strict - indifference)
    return total


def _gaussian(column: Array, spread: float) -> Array:
    """Sum 1 - exp(-d² / 2s²) over the leads d of each entry, pair by pair."""
    total = np.empty_like(column)
    step = max(PAIRS // len(column), 1)
    for start in range(0, len(column), step):
        rows = slice(start, start + step)
        lead = np.maximum(column[rows, None] - column, 0.0) / spread
        total[rows] = -np.expm1(-lead * lead / 2).sum(axis=1)
    return total


def _above(flow: Array) -> np.ndarray:
    """Tell which rows' flows are above which columns' (n, n), by more than rounding."""
    above: np.ndarray = flow[:, None] - flow > TIE
    return above


def functions(value: Any, problem: Problem, before: Before) -> tuple[str, ...]:
    """Take one preference function for all criteria, or one for each (m,), in any usual spelling."""
    words = [value] * len(problem.criteria) if isinstance(value, str) else value
    if not isinstance(words, Sequence) or len(words) != len(problem.criteria):
        raise Expected("engine.expected.functions", words=", ".join(FUNCTIONS), count=len(problem.criteria))
    names = [SPELLINGS.get("".join(filter(str.isalnum, str(word).lower()))) for word in words]
    if None in names:
        raise Expected("engine.expected.functions", words=", ".join(FUNCTIONS), count=len(problem.criteria))
    return tuple(name for name in names if name is not None)


def threshold(name: str) -> Check:
    """Take the threshold q, p or s of each criterion, 0 or more; None where no function uses it."""

    def check(value: Any, problem: Problem, before: Before) -> Array:
        numbers = per_criterion(value, problem)
        given = np.zeros(len(problem.criteria)) if numbers is None else numbers
        least = before.get("q", given) if name == "p" else np.zeros_like(given)
        for j, function in enumerate(before.get("preference_functions", ())):
            where = {"criterion": problem.criteria[j], "function": function}
            if function in USERS[name] and (numbers is None or (name == "s" and given[j] == 0)):
                raise Expected(f"engine.expected.{name}", **where)
            if function in ("level", "linear") and given[j] < least[j]:
                raise Expected("engine.expected.p_above_q", q=float(least[j]), **where)
        return given

    return check
