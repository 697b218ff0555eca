"""What each score's range does to a lead, one score at a time: in the sub-criteria's own units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.tornado import Bar, Tornado, tornado
from mcda.study.scenario import Case, common_scale


def lead_tornado(case: Case, first: str, second: str) -> Tornado:
    """Put each score alone at the ends of its range, short of disputed readings, and see how a lead moves.

    A bar's ``criterion`` is the key of the sub-criterion, and its ends are in that one's own unit; on a SWOT route,
    which has no ranges, there are no bars.
    """
    found = None
    bars: list[Bar] = []
    undefined: list[tuple[str, str]] = []
    for j, leaf in enumerate(case.leaves):
        least, most = case.problem.values.copy(), case.problem.values.copy()
        column = _column(case, j)
        ends = np.array([[_range(case, i, j)[end] for i in range(len(case.alternatives))] for end in (0, 1)])
        least[:, column], most[:, column] = (_moved(case, j, end) for end in ends)
        found = _of(case, least, most, first, second)
        at = {alternative.key: i for i, alternative in enumerate(case.alternatives)}
        bars += [
            replace(bar, criterion=leaf.key, low=float(low), high=float(high))
            for bar, (low, high) in ((bar, ends[:, at[bar.alternative]]) for bar in found.bars)
        ]
        undefined += [(alternative, leaf.key) for alternative, _ in found.undefined]
    if found is None:
        found = _of(case, case.problem.values, case.problem.values, first, second)
    bars.sort(key=lambda bar: -bar.span)
    return replace(found, bars=tuple(bars), undefined=tuple(undefined))


def _of(case: Case, low: Array, high: Array, first: str, second: str) -> Tornado:
    chosen = case.scenario
    return tornado(
        case.problem,
        low,
        high,
        first,
        second,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
    )


def _column(case: Case, j: int) -> int:
    """Find the column of the problem that a sub-criterion moves."""
    leaf = case.leaves[j]
    return case.problem.criteria.index(leaf.criterion if case.scenario.structure == "criteria" else leaf.key)


def _range(case: Case, i: int, j: int) -> tuple[float, float]:
    """Give the ends over the readings that count on the route, around the value in use."""
    cell = case.cells[i][j]
    own = cell.undisputed.get(case.scenario.route)
    readings = [own] if own is not None else list(cell.undisputed.values())
    value = float(case.leaf_values[i, j])
    return min(value, *(r.low for r in readings)), max(value, *(r.high for r in readings))


def _moved(case: Case, j: int, values: Array) -> Array:
    """Give the problem's column with one sub-criterion at other values (n,) for every alternative."""
    if case.scenario.structure == "leaves-raw":
        return values
    scaled = common_scale(values[:, None], (case.leaves[j],), case.scenario)[:, 0]
    if case.scenario.structure == "leaves":
        return scaled
    step = case.leaf_shares[j] * (scaled - case.leaf_scaled[:, j])
    moved: Array = case.problem.values[:, _column(case, j)] + step
    return moved
