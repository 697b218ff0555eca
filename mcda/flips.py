"""Which single score, changed alone, puts an alternative first: in the sub-criteria's own units and ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.sensitivity.score_flip import ScoreChanges, smallest_score_change
from mcda.study.scenario import Case


@dataclass(frozen=True, kw_only=True)
class ScoreFlip:
    """One score that, changed alone, puts the alternative first alone.

    Attributes
    ----------
    alternative, leaf : keys of the cell; on a SWOT route the criterion stands in for the leaf
    value, reached : now, and the nearest value that does it, in the leaf's own unit
    share : the size of the change, as a share of the declared scale
    low, high : the range over all codings
    within : whether ``reached`` lies in that range
    """

    alternative: str
    leaf: str
    value: float
    reached: float
    share: float
    low: float
    high: float
    within: bool


def score_flips(case: Case, winner: str) -> tuple[ScoreChanges, tuple[ScoreFlip, ...]]:
    """Find every single score that can put ``winner`` first within its declared scale, the smallest change first.

    A criterion that is the mean of its sub-criteria moves by the sub-criterion's share of a change, so that what is
    found for the criterion carries over to each of them exactly.
    """
    found = smallest_score_change(
        case.problem,
        winner,
        method=case.scenario.method,
        normalization=case.scenario.normalization,
        options=case.scenario.options,
    )
    flips = [
        flip
        for change in found.changes
        for flip in _carried(case, change.alternative, change.criterion, change.reached)
    ]
    return found, tuple(sorted(flips, key=lambda flip: flip.share))


def _carried(case: Case, alternative: str, column: str, reached: float) -> list[ScoreFlip]:
    """Carry a change of one value of the problem over to the leaves behind it, as far as their scales allow."""
    i = case.problem.alternatives.index(alternative)
    moved = reached - float(case.problem.values[i, case.problem.criteria.index(column)])
    if not case.leaves:
        return [_swot_flip(case, i, column, moved)]
    if case.scenario.structure == "leaves-raw":
        j = [leaf.key for leaf in case.leaves].index(column)
        low, high = case.leaves[j].scale
        return [_flip(case, i, j, reached, abs(moved) / (high - low))]
    flips = []
    for j, leaf in enumerate(case.leaves):
        if column not in (leaf.key, leaf.criterion):
            continue
        share = float(case.leaf_shares[j]) if case.scenario.structure == "criteria" else 1.0
        placed = float(case.leaf_scaled[i, j]) + moved / share
        floor = case.scenario.rating_floor if leaf.kind == "rating" else 0.0
        if floor - 1e-12 <= placed <= 1 + 1e-12:
            flips.append(_flip(case, i, j, _unscaled(case, j, placed), abs(moved) / share))
    return flips


def _unscaled(case: Case, j: int, placed: float) -> float:
    """Turn a place on the common scale back into the leaf's own unit."""
    leaf = case.leaves[j]
    low, high = leaf.scale
    if leaf.kind == "rating":
        floor = case.scenario.rating_floor
        return low + (placed - floor) / (1 - floor) * (high - low)
    if case.scenario.money == "log":
        return float(np.expm1(np.log1p(low) + placed * (np.log1p(high) - np.log1p(low))))
    return low + placed * (high - low)


def _flip(case: Case, i: int, j: int, reached: float, share: float) -> ScoreFlip:
    cell = case.cells[i][j]
    return ScoreFlip(
        alternative=cell.alternative,
        leaf=cell.leaf,
        value=float(case.leaf_values[i, j]),
        reached=reached,
        share=share,
        low=cell.low,
        high=cell.high,
        within=cell.low <= reached <= cell.high,
    )


def _swot_flip(case: Case, i: int, column: str, moved: float) -> ScoreFlip:
    assert case.study.swot is not None
    low, high = case.study.swot.scale
    value = low + float(case.problem.values[i, case.problem.criteria.index(column)]) * (high - low)
    return ScoreFlip(
        alternative=case.problem.alternatives[i],
        leaf=column,
        value=value,
        reached=value + moved * (high - low),
        share=abs(moved),
        low=value,
        high=value,
        within=moved == 0,
    )
