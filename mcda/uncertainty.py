"""From a case to what its scores may be: the readings of all codings on its route, each with its own range."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array
from mcda.errors import Fault, StudyError
from mcda.sensitivity.scores import ScoreModel
from mcda.study.model import Cell, Leaf, Reading
from mcda.study.scenario import Case


def score_model(case: Case, *, distribution: str = "triangular", draw_leaf_weights: bool = False) -> ScoreModel:
    """Describe the uncertain scores of a case: per cell its codings, or the one coding of a single-coding route.

    Parameters
    ----------
    case : on a route of ratings
    distribution : within a reading's range; see ``ScoreModel``
    draw_leaf_weights : whether the shares of the sub-criteria within their criterion are drawn too

    Returns
    -------
    ScoreModel with c readings a cell, n alternatives and L leaves, on the scenario's structure and scales

    Raises
    ------
    StudyError
        On a SWOT route, whose counts have no ranges.
    """
    if not case.leaves:
        raise StudyError([Fault(code="fault.no_ranges", values={"route": case.scenario.route}, key="route")])
    rows = [[_readings(cell, case.scenario.route) for cell in row] for row in case.cells]
    most = max(len(readings) for row in rows for readings in row)
    cube = np.full((3, most, len(rows), len(case.leaves)), np.nan)
    for i, row in enumerate(rows):
        for j, readings in enumerate(row):
            for c, reading in enumerate(readings):
                cube[:, c, i, j] = (np.nan if reading.value is None else reading.value, reading.low, reading.high)
    keys = [criterion.key for criterion in case.study.criteria]
    whole = case.scenario.structure == "criteria"
    return ScoreModel(
        value=cube[0],
        low=cube[1],
        high=cube[2],
        criterion=[keys.index(leaf.criterion) for leaf in case.leaves] if whole else None,
        scales=None if case.scenario.structure == "leaves-raw" else _scales(case),
        leaf_weights=case.leaf_shares if whole else None,
        logarithmic=[leaf.kind == "amount" and case.scenario.money == "log" for leaf in case.leaves],
        distribution=distribution,
        draw_leaf_weights=draw_leaf_weights,
    )


def _readings(cell: Cell, route: str) -> list[Reading]:
    """Give the readings that count on a route, the coding's own or all of them, short of disputed readings."""
    own = cell.undisputed.get(route)
    return list(cell.undisputed.values()) if own is None else [own]


def _scales(case: Case) -> Array:
    """Give the ends of the common scale (L, 2); a floor under ratings lies that far below the lowest rating."""
    return np.array([_ends(leaf, case.scenario.rating_floor) for leaf in case.leaves])


def _ends(leaf: Leaf, floor: float) -> tuple[float, float]:
    low, high = leaf.scale
    return (low - floor / (1 - floor) * (high - low) if leaf.kind == "rating" else low), high
