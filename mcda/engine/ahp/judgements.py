"""Judgements as people write them, checked once and made into a reciprocal matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import combinations, combinations_with_replacement
from math import isnan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError, unknown
from mcda.words import Word

Cell: TypeAlias = tuple[int, int]
Cells: TypeAlias = NDArray[np.object_]

SAME = 1e-12  # of 1: products of exact reciprocals differ from 1 by less
SINGLE = 1e-6  # of 1: reciprocals that went through single precision
SMALLEST = 1e-100  # judgement; its square still is a number
COARSEST = 0.05  # of 1: no printed rounding of a reciprocal may miss by more, such as .3 for 1/3


@dataclass(frozen=True, kw_only=True, eq=False)
class Judgements:
    """Pairwise judgements in good order.

    Attributes
    ----------
    matrix : (n, n) how many times the row matters more than the column; reciprocal, NaN where no judgement was given
    labels : (n,) names of what is compared
    complete : whether every pair was judged
    notes : judgements that were mended
    """

    matrix: Array
    labels: tuple[str, ...]
    complete: bool = True
    notes: tuple[Note, ...] = ()


def judgement_matrix(labels: Iterable[str], pairs: Iterable[Sequence[object]]) -> Array:
    """Make a matrix of judgements out of pairs.

    Parameters
    ----------
    labels : n distinct names
    pairs : each (first, second, ratio): how many times the first matters more than the second, as a number above 0 or
        a fraction such as ``"1/3"``; a pair given twice must say the same both times

    Returns
    -------
    (n, n) reciprocal array with 1 on the diagonal, NaN where no pair was given

    Raises
    ------
    ProblemError
        With every fault at once: unknown names, unreadable ratios, pairs that contradict each other.

    Examples
    --------
    >>> judgement_matrix(["price", "speed", "looks"], [("price", "speed", 2), ("looks", "speed", "1/3")])
    array([[1.        , 2.        ,        nan],
           [0.5       , 1.        , 3.        ],
           [       nan, 0.33333333, 1.        ]])
    """
    names = tuple(map(str, labels))
    faults = _distinct(names)
    matrix = np.where(np.eye(len(names), dtype=bool), 1.0, np.nan)
    for number, pair in enumerate(pairs, start=1):
        faults += _enter(matrix, names, tuple(pair), Word("fault.at.pair", {"pair": number}))
    if faults:
        raise ProblemError(faults)
    return matrix


def _enter(matrix: Array, names: tuple[str, ...], pair: tuple[object, ...], key: Word) -> list[Fault]:
    """Write one pair and its reciprocal into the matrix, or say why not."""
    if len(pair) != 3:
        return [Fault(code="fault.judgement_pair", values={"found": pair}, key=key)]
    first, second, found = pair
    ratio, faults = _read_cell(found, key)
    faults += [unknown("name", name, names, key) for name in (first, second) if str(name) not in names]
    if faults:
        return faults
    i, j = names.index(str(first)), names.index(str(second))
    if isnan(ratio):
        return []
    if i == j:
        return [] if ratio == 1 else [_self(names[i], found, key)]
    if not isnan(matrix[i, j]) and abs(matrix[i, j] / ratio - 1) > SAME:
        values = {"first": first, "second": second, "found": spell(ratio), "before": spell(matrix[i, j])}
        return [Fault(code="fault.judgement_twice", values=values, key=key)]
    matrix[i, j], matrix[j, i] = (ratio, 1 / ratio) if ratio >= 1 else (1 / (1 / ratio), 1 / ratio)
    return []


def read(judgements: object, labels: Iterable[str] | None = None) -> Judgements:
    """Read a square of judgements: numbers, fractions such as ``"1/3"``, or None, NaN and "" where none was given.

    The diagonal may be missing, and so may one of each two reciprocals. A reciprocal that is rounded, such as .333 for
    1/3, gives way to the exact one, with a note; any other contradiction is refused.
    """
    plain = _plain(judgements)
    if plain is not None and labels is None:
        return Judgements(matrix=plain, labels=numbered(len(plain)))
    cells = np.array(judgements, object)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or not len(cells):
        raise ProblemError([Fault(code="fault.judgement_shape", values={"found": _shape(cells)}, key="judgements")])
    names = numbered(len(cells)) if labels is None else tuple(map(str, labels))
    faults = _distinct(names)
    if len(names) != len(cells):
        values = {"what": "labels", "found": len(names), "expected": len(cells), "each": "row"}
        raise ProblemError([Fault(code="fault.length", values=values)])
    matrix, unreadable = _read_cells(cells, names)
    notes, contradictions = _settle(matrix, cells, names)
    if faults or unreadable or contradictions:
        raise ProblemError(faults + unreadable + contradictions)
    return Judgements(matrix=matrix, labels=names, complete=not np.isnan(matrix).any(), notes=tuple(notes))


def _plain(given: object) -> Array | None:
    """Take numbers that leave nothing to read or to mend, being complete and reciprocal; None where they are not."""
    try:
        matrix = np.array(given, np.float64)
    except (TypeError, ValueError):
        return None
    n = len(matrix) if matrix.ndim else 0
    if n == 0 or matrix.shape != (n, n):
        return None
    rows = matrix.tolist()  # few numbers: plain ones are quicker than arrays
    for i, j in _places(n):
        if not (rows[i][j] >= SMALLEST and abs(rows[i][j] * rows[j][i] - 1) <= SAME):
            return None
    return matrix


def _read_cells(cells: Cells, names: tuple[str, ...]) -> tuple[Array, list[Fault]]:
    """Read every cell as a number (NaN where missing); a missing diagonal is 1."""
    matrix, faults = np.full(cells.shape, np.nan), []
    for (i, j), item in np.ndenumerate(cells):
        at = Word("fault.at.cell", {"cell": f"({i + 1},{j + 1})"})
        matrix[i, j], found = _read_cell(item, at)
        faults += found
        if i == j and not found and not isnan(matrix[i, i]) and abs(matrix[i, i] - 1) > SAME:
            faults.append(_self(names[i], item, at))
    np.fill_diagonal(matrix, 1.0)
    return matrix, faults


def _read_cell(item: object, key: str | Word) -> tuple[float, list[Fault]]:
    """Read one judgement; NaN where it is missing or unreadable."""
    try:
        value = _number(item)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return float("nan"), [_unreadable(item, key)]
    if isnan(value) or SMALLEST <= value <= 1 / SMALLEST:
        return value, []
    code = "fault.judgement_not_positive" if value <= 0 else "fault.judgement"
    return float("nan"), [Fault(code=code, values={"found": item}, key=key)]


def _number(item: object) -> float:
    """Turn 3, "3", "1/3", None or "" into a float."""
    if item is None:
        return float("nan")
    if isinstance(item, (bool, np.bool_)):
        raise TypeError
    if isinstance(item, str):
        upper, stroke, lower = item.partition("/")
        return float("nan") if not item.strip() else float(upper) / float(lower) if stroke else float(upper)
    return float(item)  # type: ignore[arg-type]


def _unreadable(item: object, key: str | Word) -> Fault:
    """Say what to write in place of a judgement that is none; 2,5 and 1:3 are recognized."""
    hint = str(item).strip().replace(",", ".").replace(":", "/")
    try:
        meant = isinstance(item, str) and _number(hint) > 0
    except (ValueError, ZeroDivisionError):
        meant = False
    if meant:
        return Fault(code="fault.judgement_hint", values={"found": item, "hint": hint}, key=key)
    return Fault(code="fault.judgement", values={"found": item}, key=key)


def _settle(matrix: Array, cells: Cells, names: tuple[str, ...]) -> tuple[list[Note], list[Fault]]:
    """Make the matrix reciprocal in place: fill in what is missing, mend what is rounded, name what contradicts."""
    notes, faults = [], []
    for i, j in combinations(range(len(matrix)), 2):
        known = [cell for cell in ((i, j), (j, i)) if not isnan(matrix[cell])]
        if not known:
            continue
        high = max(known, key=matrix.__getitem__)
        low = high[::-1]
        if len(known) == 2 and abs(matrix[high] * matrix[low] - 1) > SAME:
            if _rounded(matrix[high], matrix[low], cells[high], cells[low]):
                notes.append(_mended(names, low, cells, matrix[high]))
            else:
                faults.append(_contradiction(names, high, cells, matrix[high]))
        matrix[low] = 1 / matrix[high]
    return notes, faults


def _rounded(high: float, low: float, high_item: object, low_item: object) -> bool:
    """Tell whether ``low`` is the reciprocal of ``high`` but for the rounding of what was written."""
    slack = _half_unit(low_item, low) + _half_unit(high_item, high) / high**2 + SINGLE * low
    return abs(low - 1 / high) <= slack and abs(high * low - 1) <= COARSEST


def _half_unit(item: object, value: float) -> float:
    """Give half a unit of the last decimal written; 0 for whole numbers and fractions, which are exact."""
    if value == round(value):
        return 0.0
    try:
        exponent = Decimal(str(item).strip()).as_tuple().exponent
    except InvalidOperation:
        return 0.0
    return 0.5 * 10.0**exponent if isinstance(exponent, int) else 0.0


def _mended(names: tuple[str, ...], low: Cell, cells: Cells, high: float) -> Note:
    first, second = names[low[0]], names[low[1]]
    values = {"first": first, "second": second, "found": str(cells[low]), "used": spell(1 / high), "other": spell(high)}
    return Note(code="engine.reciprocal_mended", values=values)


def _contradiction(names: tuple[str, ...], high: Cell, cells: Cells, value: float) -> Fault:
    """Name both cells; the one of 1 or more is taken at its word."""
    i, j = high
    values = {
        "first": names[i],
        "second": names[j],
        "found": str(cells[i, j]),
        "other": str(cells[j, i]),
        "expected": spell(1 / value),
        "decimal": f"{1 / value:.6g}",
    }
    both = Word("fault.at.cells", {"first": f"({i + 1},{j + 1})", "second": f"({j + 1},{i + 1})"})
    return Fault(code="fault.not_reciprocal", values=values, key=both)


def _self(name: str, found: object, key: str | Word) -> Fault:
    return Fault(code="fault.judgement_self", values={"name": name, "found": str(found)}, key=key)


def _distinct(names: tuple[str, ...]) -> list[Fault]:
    if not names:
        return [Fault(code="fault.empty", values={"what": "labels"})]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [Fault(code="fault.duplicate_name", values={"what": "label", "found": name}) for name in twice]


def _shape(cells: Cells) -> str | Word:
    ragged = any(isinstance(item, (list, tuple, np.ndarray)) for item in cells.flat)
    return Word("fault.ragged") if ragged else str(cells.shape)


@cache
def _places(n: int) -> tuple[Cell, ...]:
    """Give the places of the diagonal and above."""
    return tuple(combinations_with_replacement(range(n), 2))


@cache
def numbered(n: int) -> tuple[str, ...]:
    """Give names where none were given: c1, c2, …"""
    return tuple(f"c{i + 1}" for i in range(n))


def spell(ratio: float) -> str:
    """Write a ratio as people do: 3, 1/3, 2.5."""
    for top, form in ((ratio, "{:.0f}"), (1 / ratio, "1/{:.0f}")):
        if abs(top - round(top)) <= 1e-9 * top and round(top) >= 1:
            return form.format(top)
    return f"{ratio:.6g}"


def islands(matrix: Array) -> list[list[int]]:
    """Find the groups that judgements tie together; one group where everything is comparable with everything."""
    known = ~np.isnan(matrix)
    left, found = set(range(len(matrix))), []
    while left:
        reached, edge = set(), {min(left)}
        while edge:
            reached |= edge
            edge = {int(j) for i in edge for j in np.flatnonzero(known[i])} - reached
        found.append(sorted(reached))
        left -= reached
    return found


def require_linked(judgements: Judgements) -> None:
    """Refuse judgements that fall apart, with the islands named: no ratio between two islands can be known."""
    groups = [[]] if judgements.complete else islands(judgements.matrix)
    if len(groups) == 1:
        return
    named = " | ".join(", ".join(judgements.labels[i] for i in group) for group in groups)
    first, second = (judgements.labels[group[0]] for group in groups[:2])
    values = {"islands": named, "first": first, "second": second}
    raise ProblemError([Fault(code="fault.judgement_islands", values=values, key="judgements")])
