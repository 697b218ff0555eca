"""One decision problem: values, directions, weights; checked once, here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import Fault, ProblemError
from mcda.words import Word

Array: TypeAlias = NDArray[np.float64]
Signs: TypeAlias = NDArray[np.int8]

BENEFIT = frozenset({"benefit", "max", "maximize", "+", "+1", "1"})
COST = frozenset({"cost", "min", "minimize", "-", "-1"})


def direction(word: object) -> int | None:
    """Read one direction in any usual spelling: +1, -1, or None where it is none."""
    spelled = str(int(word)) if isinstance(word, (int, float, np.number)) and word in (1, -1) else str(word).lower()
    return 1 if spelled in BENEFIT else -1 if spelled in COST else None


@dataclass(frozen=True, init=False, eq=False)
class Problem:
    """A decision matrix with the direction and weight of each criterion.

    Parameters
    ----------
    values : (n, m) finite numbers; one row an alternative, one column a criterion, in the criteria's own units
    directions : (m,) each benefit/cost, max/min, +/- or 1/-1; stored as +1 (more is better) or -1
    weights : (m,) numbers of 0 or more, not all 0; stored so that they sum to 1; None for equal weights
    alternatives, criteria : n and m distinct names; None for a1, a2, … and c1, c2, …
    scales : (m, 2) the lower and upper end of each criterion's declared scale, for the normalization ``scale``; or None

    Raises
    ------
    ProblemError
        With every fault at once; a faulty cell is named by its alternative and criterion.

    Examples
    --------
    >>> problem = Problem([[7, 2], [4, 1]], ["benefit", "cost"], [3, 1], alternatives=["road", "rail"])
    >>> problem.weights
    array([0.75, 0.25])
    """

    values: Array
    directions: Signs
    weights: Array
    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    scales: Array | None

    def __init__(
        self,
        values: ArrayLike,
        directions: Sequence[object],
        weights: ArrayLike | None = None,
        *,
        alternatives: Iterable[str] | None = None,
        criteria: Iterable[str] | None = None,
        scales: ArrayLike | None = None,
    ) -> None:
        matrix = _numbers(values, "values")
        if matrix.ndim != 2:
            raise ProblemError([Fault(code="fault.shape", values={"found": matrix.shape}, key="values")])
        n, m = matrix.shape
        rows = tuple(f"a{i + 1}" for i in range(n)) if alternatives is None else tuple(map(str, alternatives))
        columns = tuple(f"c{j + 1}" for j in range(m)) if criteria is None else tuple(map(str, criteria))
        shares = np.ones(m) if weights is None else _numbers(weights, "weights")
        signs = [direction(word) for word in directions]
        ends = None if scales is None else _numbers(scales, "scales")
        faults = [
            *_names(rows, n, "alternative"),
            *_names(columns, m, "criterion"),
            *_cells(matrix, values, rows, columns),
            *_directions(signs, directions, m, columns),
            *_weights(shares, weights, m, columns),
            *_scales(ends, m, columns),
        ]
        if faults:
            raise ProblemError(faults)
        for name, item in (
            ("values", _frozen(matrix)),
            ("directions", _frozen(np.array(signs, np.int8))),
            ("weights", _frozen(shares / shares.max() / (shares / shares.max()).sum())),
            ("alternatives", rows),
            ("criteria", columns),
            ("scales", None if ends is None else _frozen(ends)),
        ):
            object.__setattr__(self, name, item)

    def __repr__(self) -> str:
        return f"Problem({len(self.alternatives)} alternatives x {len(self.criteria)} criteria)"


def _numbers(given: ArrayLike, what: str) -> Array:
    """Turn what was given into floats; what is no number becomes NaN, so that the checks can name its place."""
    try:
        if np.iscomplexobj(given):  # NumPy would drop the imaginary part
            raise TypeError
        return np.array(given, np.float64)
    except (TypeError, ValueError):
        loose = np.array(given, object)
        if loose.ndim == 0 or any(isinstance(item, (list, tuple)) for item in loose.flat):
            raise ProblemError([Fault(code="fault.shape", values={"found": Word("fault.ragged")}, key=what)]) from None
        return np.array([_number(item) for item in loose.flat], np.float64).reshape(loose.shape)


def _number(item: object) -> float:
    try:
        return float(item)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")


def _frozen(array: NDArray) -> NDArray:  # type: ignore[type-arg]
    array.setflags(write=False)
    return array


def _names(names: tuple[str, ...], count: int, what: str) -> list[Fault]:
    plural = {"alternative": "alternatives", "criterion": "criteria"}[what]
    if count == 0:
        return [Fault(code="fault.empty", values={"what": plural})]
    if len(names) != count:
        values = {"what": plural, "found": len(names), "expected": count, "each": what}
        return [Fault(code="fault.length", values=values)]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) != len(names) else []
    return [Fault(code="fault.duplicate_name", values={"what": what, "found": name}) for name in twice]


def _cells(matrix: Array, given: ArrayLike, rows: tuple[str, ...], columns: tuple[str, ...]) -> list[Fault]:
    if (len(rows), len(columns)) != matrix.shape:
        return []
    return [
        _no_number(given, (int(i), int(j)), f"{rows[i]}, {columns[j]}") for i, j in np.argwhere(~np.isfinite(matrix))
    ]


def _no_number(given: ArrayLike | None, place: tuple[int, ...], key: str | Word) -> Fault:
    """Say what stands in a place where a number should: a number that is not finite, or what was written there."""
    found = np.array(given, object)[place]
    if isinstance(found, (float, np.floating)):
        return Fault(code="fault.not_finite", values={"found": float(found)}, key=key)
    return Fault(code="fault.not_a_number", values={"found": found}, key=key)


def _directions(signs: list[int | None], given: Sequence[object], m: int, columns: tuple[str, ...]) -> list[Fault]:
    if len(signs) != m:
        values = {"what": "directions", "found": len(signs), "expected": m, "each": "criterion"}
        return [Fault(code="fault.length", values=values)]
    return [
        Fault(code="fault.direction", values={"found": word}, key=str(column))
        for sign, word, column in zip(signs, given, columns, strict=False)
        if sign is None
    ]


def _weights(shares: Array, given: ArrayLike | None, m: int, columns: tuple[str, ...]) -> list[Fault]:
    if shares.shape != (m,):
        values = {"what": "weights", "found": shares.size, "expected": m, "each": "criterion"}
        return [Fault(code="fault.length", values=values)]
    faults = []
    for j, (share, column) in enumerate(zip(shares, columns, strict=False)):
        if not np.isfinite(share):
            faults.append(_no_number(given, (j,), Word("fault.at.weight", {"name": column})))
        elif share < 0:
            faults.append(Fault(code="fault.weight_negative", values={"found": float(share)}, key=str(column)))
    if not faults and not shares.any():
        faults.append(Fault(code="fault.weights_zero"))
    return faults


def _scales(ends: Array | None, m: int, columns: tuple[str, ...]) -> list[Fault]:
    if ends is None:
        return []
    if ends.shape != (m, 2):
        pairs = Word("fault.pairs", {"count": m})
        values = {"what": "scales", "found": len(ends), "expected": pairs, "each": "criterion"}
        return [Fault(code="fault.length", values=values)]
    return [
        Fault(code="fault.scale", values={"low": float(low), "high": float(high)}, key=str(column))
        for (low, high), column in zip(ends, columns, strict=False)
        if not (np.isfinite(low) and np.isfinite(high) and low < high)
    ]
