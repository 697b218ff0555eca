"""What moving one score alone does to a problem, and what its range holds."""

from __future__ import annotations

from mcda.engine.problem import Array
from mcda.study.model import Cell
from mcda.study.scenario import Case, common_scale


def leaf_column(case: Case, j: int) -> int:
    """Find the column of the problem that a sub-criterion moves."""
    leaf = case.leaves[j]
    return case.problem.criteria.index(leaf.criterion if case.scenario.structure == "criteria" else leaf.key)


def moved_column(case: Case, j: int, values: Array) -> Array:
    """Give the problem's column with one sub-criterion at other values (n,) for every alternative."""
    if case.scenario.structure == "leaves-raw":
        return values
    scaled = common_scale(values[:, None], (case.leaves[j],), case.scenario)[:, 0]
    if case.scenario.structure == "leaves":
        return scaled
    step = case.leaf_shares[j] * (scaled - case.leaf_scaled[:, j])
    moved: Array = case.problem.values[:, leaf_column(case, j)] + step
    return moved


def disputed_by(cell: Cell, value: float) -> float | None:
    """Give the disputed reading without which the cell's range would not hold a value; None where it holds it without.

    Of several disputed readings it is the nearest one at or beyond the value, else the nearest one.
    """
    low = min(reading.low for reading in cell.undisputed.values())
    high = max(reading.high for reading in cell.undisputed.values())
    if low <= value <= high or not cell.disputed:
        return None
    beyond = [d.value for d in cell.disputed if (d.value >= value if value > high else d.value <= value)]
    return min(beyond or [d.value for d in cell.disputed], key=lambda reading: abs(reading - value))
