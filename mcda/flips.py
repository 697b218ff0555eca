"""Which single score, changed alone, puts an alternative first: in the sub-criteria's own units and ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.engine.problem import Array
from mcda.moves import disputed_by, leaf_column, moved_column
from mcda.sensitivity.score_flip import smallest_score_change
from mcda.study.model import Cell, Leaf
from mcda.study.scenario import Case

TIMES = 10  # as far as amounts are moved: so many times the upper end of their declared scale


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
    disputed : the disputed reading without which the range would not reach as far; None where it does without
    """

    alternative: str
    leaf: str
    value: float
    reached: float
    share: float
    low: float
    high: float
    within: bool
    disputed: float | None = None

    @property
    def undisputed(self) -> bool:
        """Whether the range reaches that far without a disputed reading."""
        return self.within and self.disputed is None


@dataclass(frozen=True, kw_only=True)
class ScoreFlips:
    """Every single score that can put an alternative first, the smallest change first.

    Attributes
    ----------
    alternative : who is to be first
    status : ``already``, ``changes``, or ``not_found``
    flips : at most two for a cell, one upwards and one downwards
    resolution : share of a declared scale; a stretch of values at least this long that puts the alternative first is
        found
    """

    alternative: str
    status: str
    flips: tuple[ScoreFlip, ...]
    resolution: float


def score_flips(case: Case, winner: str) -> ScoreFlips:
    """Find every single score that can put ``winner`` first, the smallest change first.

    Ratings are moved over the whole scale of ratings; amounts from 0 to ``TIMES`` times the upper end of their scale,
    or to the end of their range where that lies beyond; balances of SWOT items over their declared scale. A criterion
    that is the mean of its sub-criteria moves by the sub-criterion's share of a change, so that what is found for the
    criterion carries over to each of them exactly.
    """
    ends = _reach(case)
    low, high = _columns(case, ends)
    found = smallest_score_change(
        case.problem,
        winner,
        low=low,
        high=high,
        method=case.scenario.method,
        normalization=case.scenario.normalization,
        options=case.scenario.options,
    )
    flips = [
        flip
        for change in found.changes
        for flip in _carried(case, ends, change.alternative, change.criterion, change.reached)
    ]
    return ScoreFlips(
        alternative=winner,
        status="changes" if flips else "not_found" if found.changes else found.status,
        flips=tuple(sorted(flips, key=lambda flip: flip.share)),
        resolution=found.resolution / _least_share(case),
    )


def _reach(case: Case) -> Array:
    """Give how far each score is moved (2, n, L), in the leaves' own units."""
    ends = np.empty((2, *case.leaf_values.shape))
    for i, row in enumerate(case.cells):
        for j, cell in enumerate(row):
            ends[:, i, j] = _limits(case, case.leaves[j], cell, float(case.leaf_values[i, j]))
    return ends


def _limits(case: Case, leaf: Leaf, cell: Cell, value: float) -> tuple[float, float]:
    ratings = case.study.ratings
    low, high = (ratings.low, ratings.high) if leaf.kind == "rating" else (0.0, TIMES * leaf.scale[1])
    known = [value, cell.low, cell.high, *(dispute.value for dispute in cell.disputed)]
    return min(low, *known), max(high, *known)


def _columns(case: Case, ends: Array) -> tuple[Array, Array]:
    """Give how far the values of the problem move (n, m) where each leaf behind them moves alone to its ends."""
    low, high = case.problem.values.copy(), case.problem.values.copy()
    if not case.leaves:
        return np.minimum(low, 0.0), np.maximum(high, 1.0)
    for j in range(len(case.leaves)):
        column = leaf_column(case, j)
        for end in ends[:, :, j]:
            moved = moved_column(case, j, end)
            low[:, column], high[:, column] = np.minimum(low[:, column], moved), np.maximum(high[:, column], moved)
    return low, high


def _least_share(case: Case) -> float:
    """Give by how much of its own scale a column moves at least where a sub-criterion moves by all of its scale."""
    if case.scenario.structure != "criteria" or not case.leaves:
        return 1.0
    return float(case.leaf_shares[case.leaf_shares > 0].min())


def _carried(case: Case, ends: Array, alternative: str, column: str, reached: float) -> list[ScoreFlip]:
    """Carry a change of one value of the problem over to the leaves behind it, as far as each may move."""
    i = case.problem.alternatives.index(alternative)
    moved = reached - float(case.problem.values[i, case.problem.criteria.index(column)])
    if not case.leaves:
        return [_swot_flip(case, i, column, moved)]
    flips = []
    for j, leaf in enumerate(case.leaves):
        if column not in (leaf.key, leaf.criterion) or not case.leaf_shares[j]:
            continue
        if case.scenario.structure == "leaves-raw":
            low, high = leaf.scale
            value, share = reached, abs(moved) / (high - low)
        else:
            part = float(case.leaf_shares[j]) if case.scenario.structure == "criteria" else 1.0
            value, share = _unscaled(case, j, float(case.leaf_scaled[i, j]) + moved / part), abs(moved) / part
        slack = 1e-9 * (leaf.scale[1] - leaf.scale[0])
        if ends[0, i, j] - slack <= value <= ends[1, i, j] + slack:
            flips.append(_flip(case, i, j, value, share))
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
    within = cell.low <= reached <= cell.high
    return ScoreFlip(
        alternative=cell.alternative,
        leaf=cell.leaf,
        value=float(case.leaf_values[i, j]),
        reached=reached,
        share=share,
        low=cell.low,
        high=cell.high,
        within=within,
        disputed=disputed_by(cell, reached) if within else None,
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
