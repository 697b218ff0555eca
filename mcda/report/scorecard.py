"""The scorecard: every score of a case with its range, merit and grade of evidence, ready to be drawn or written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.engine.problem import Array
from mcda.report import numbers
from mcda.study.model import Cell, Criterion, Leaf, SwotItem, Title
from mcda.study.scenario import Case, swot_balance

# A grade needs a value from every coding; then, as shares of the declared scale, how far the values may lie apart and
# how wide the range over all codings may be; and how many rows of the ledger they must cite, from how many codings.
# On a scale of ratings from 1 to 5 the first two of A are half a step and one step and a half.
GRADES = (("A", 0.125, 0.375, 3, 2), ("B", 0.25, 0.625, 2, 1))
SHADES = ("#f7f4ee", "#b9d8ea", "#57a3cf")  # of merit, from worst to best; darker is better, in grey too
SLACK = 1e-9  # a range of exactly three eighths may come out of floats a hair wider


@dataclass(frozen=True, kw_only=True)
class Score:
    """One alternative's score on one row of the scorecard.

    Attributes
    ----------
    alternative : key
    value : as used on the route in use, in its own unit; on a SWOT route the net balance
    merit : 0 (worst end of the declared scale) to 1 (best end), costs flipped; values beyond the ends stop there
    small : what stands below the value: the range, or the counts of items with each sign
    grade : A to D, or empty where a scenario set the value or on a SWOT route
    set_by_scenario : whether a scenario set the value
    assumed : whether no value is given, so that a midpoint stands in
    cell : where the value comes from; None on a SWOT route
    items : on a SWOT route, the items that make the balance
    """

    alternative: str
    value: float
    merit: float
    small: str
    grade: str = ""
    set_by_scenario: bool = False
    assumed: bool = False
    cell: Cell | None = None
    items: tuple[SwotItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: a sub-criterion, or a whole criterion on a SWOT route (then ``leaf`` is None)."""

    key: str
    title: Title
    leaf: Leaf | None
    share: float
    scores: tuple[Score, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A criterion with its weight, its mean on the common scale for each alternative, and its rows."""

    criterion: Criterion
    weight: float
    means: tuple[float, ...]
    rows: tuple[Row, ...]


def scorecard(case: Case) -> tuple[Group, ...]:
    """Lay the scores of a case out by criterion and sub-criterion, alternatives in the case's order."""
    rows = _rows(case) if case.leaves else _swot_rows(case)
    means = criterion_means(case)
    weights = case.criterion_weights
    return tuple(
        Group(
            criterion=criterion,
            weight=weights[criterion.key],
            means=tuple(means[:, c].tolist()),
            rows=tuple(rows[criterion.key]),
        )
        for c, criterion in enumerate(case.study.criteria)
    )


def criterion_means(case: Case) -> Array:
    """Give the criteria's scores on the common scale (n, criteria), whatever structure the method works on."""
    if not case.leaves:
        return case.problem.values
    keys = [criterion.key for criterion in case.study.criteria]
    member = np.array([[leaf.criterion == key for key in keys] for leaf in case.leaves], float)
    means: Array = np.einsum("nl,lm->nm", case.leaf_scaled, member * case.leaf_shares[:, None])
    return means


def set_by_scenario(case: Case, cell: Cell) -> bool:
    """Whether a scenario gave a cell its value: it changed the cell or added the alternative."""
    return bool(cell.changed) or any(cell.alternative == added.alternative.key for added in case.scenario.add)


def grade(case: Case, cell: Cell) -> str:
    """Grade how firmly the evidence carries a cell: A, B, C, D; empty where a scenario set it.

    ``D``: no coding gives a value. ``A`` and ``B``: every coding gives one, and ``GRADES`` holds. ``C``: the rest.
    """
    if set_by_scenario(case, cell):
        return ""
    leaf = case.study.leaf(cell.leaf)
    if cell.assumed:
        return "D"
    given = [reading.value for reading in cell.readings.values() if reading.value is not None]
    span = leaf.scale[1] - leaf.scale[0]
    apart, width = (max(given) - min(given)) / span, (cell.high - cell.low) / span
    for name, most_apart, widest, rows, codings in GRADES:
        firm = len(given) == len(cell.readings) >= codings and len(cell.evidence) >= rows
        if firm and apart <= most_apart + SLACK and width <= widest + SLACK:
            return name
    return "C"


def _rows(case: Case) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {criterion.key: [] for criterion in case.study.criteria}
    directions = {criterion.key: criterion.direction for criterion in case.study.criteria}
    assumed = {(cell.alternative, cell.leaf) for cell in case.assumed}
    for j, leaf in enumerate(case.leaves):
        scores = tuple(
            Score(
                alternative=alternative.key,
                value=float(case.leaf_values[i, j]),
                merit=_merit(float(case.leaf_scaled[i, j]), directions[leaf.criterion]),
                small=spread(case.cells[i][j].low, case.cells[i][j].high),
                grade=grade(case, case.cells[i][j]),
                set_by_scenario=set_by_scenario(case, case.cells[i][j]),
                assumed=(alternative.key, leaf.key) in assumed,
                cell=case.cells[i][j],
            )
            for i, alternative in enumerate(case.alternatives)
        )
        row = Row(key=leaf.key, title=leaf.title, leaf=leaf, share=float(case.leaf_shares[j]), scores=scores)
        rows[leaf.criterion].append(row)
    return rows


def _swot_rows(case: Case) -> dict[str, list[Row]]:
    assert case.study.swot is not None
    items = case.study.swot.codings[case.scenario.route]
    balance = swot_balance(items, case.alternatives, case.study.criteria)
    rows = {}
    for c, criterion in enumerate(case.study.criteria):
        scores = []
        for i, alternative in enumerate(case.alternatives):
            own = tuple(x for x in items if x.alternative == alternative.key and x.criterion == criterion.key)
            score = Score(
                alternative=alternative.key,
                value=float(balance[i, c]),
                merit=_merit(float(case.problem.values[i, c]), criterion.direction),
                small=signs(own),
                items=own,
            )
            scores.append(score)
        rows[criterion.key] = [Row(key=criterion.key, title=criterion.title, leaf=None, share=1, scores=tuple(scores))]
    return rows


def spread(low: float, high: float) -> str:
    """Write a range, or nothing where it is one number."""
    return f"{numbers.amount(low)}\N{EN DASH}{numbers.amount(high)}" if low != high else ""


def signs(items: tuple[SwotItem, ...]) -> str:
    """Write how many items raise the criterion and how many lower it."""
    up, down = (sum(item.sign == sign for item in items) for sign in (1, -1))
    return f"+{up} \N{MINUS SIGN}{down}"


def _merit(place: float, direction: int) -> float:
    return min(max(place if direction > 0 else 1 - place, 0.0), 1.0)
