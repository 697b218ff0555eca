"""The specification curve: every specification in the order of its margin, and the choices behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.claim.run import SKIPPED, Multiverse
from mcda.engine.problem import Array
from mcda.study.assertion import Outcomes
from mcda.study.universe import Dimension

POINTS = 400  # drawn of the whole curve


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """A specification curve [1]_, thinned evenly for drawing; its ends and the baseline always stay.

    Attributes
    ----------
    dimensions : (d,) the choices, weights last
    position : (q,) place of each specification in the whole curve, from 0, by rising margin
    margin : (q,) by how much the assertion holds, from -1 to 1 of the distance between best and worst score
    outcome : (q,) ``HOLDS``, ``FAILS`` or ``TIED``
    choice : (q, d) position of the option; -1 where several options of the dimension lead to the specification
    specifications : length of the whole curve
    below : how many specifications of the whole curve have a margin below 0
    baseline : place of the baseline, None where it could not be ranked

    References
    ----------
    .. [1] Simonsohn, Simmons and Nelson, "Specification curve analysis", Nature Human Behaviour 4, 2020.
    """

    dimensions: tuple[Dimension, ...]
    position: NDArray[np.int64]
    margin: Array
    outcome: Outcomes
    choice: NDArray[np.int16]
    specifications: int
    below: int
    baseline: int | None


def curve(found: Multiverse, *, points: int = POINTS) -> Curve:
    """Sort the specifications of a multiverse by margin and thin them.

    Parameters
    ----------
    found : as ``run`` gives it
    points : to keep, at least 2
    """
    ranked = found.alive & (found.outcome != SKIPPED)
    places = np.flatnonzero(ranked)
    margins = found.margin.reshape(-1)[places]
    order = np.argsort(margins, kind="stable")
    row, sets = found.baseline[0], len(found.grid.sets)
    baseline = np.flatnonzero(places[order] == row * sets) if row >= 0 else np.empty(0, int)
    kept = np.unique(np.r_[np.linspace(0, len(order) - 1, min(points, len(order))).round().astype(int), baseline])
    chosen = places[order[kept]]
    return Curve(
        dimensions=found.grid.dimensions,
        position=kept,
        margin=margins[order[kept]].astype(float),
        outcome=found.outcome.reshape(-1)[chosen],
        choice=_choices(found, chosen // sets, chosen % sets),
        specifications=len(order),
        below=int((margins < 0).sum()),
        baseline=int(baseline[0]) if len(baseline) else None,
    )


def _choices(found: Multiverse, rows: NDArray[np.int64], sets: NDArray[np.int64]) -> NDArray[np.int16]:
    """Give the options (q, d) behind some specifications; -1 where a choice makes no difference to one."""
    grid = found.grid
    by_row = np.argsort(found.row, kind="stable")
    begins = np.searchsorted(found.row[by_row], [rows, rows + 1])
    out = np.empty((len(rows), len(grid.dimensions)), np.int16)
    for q, (begin, end, w) in enumerate(zip(*begins, sets, strict=True)):
        family = int(grid.family[w])
        places = by_row[begin:end]
        places = places[grid.excluded[family][places] == 0]
        for axis, options in enumerate(np.unravel_index(places, grid.shape)):
            out[q, axis] = options[0] if (options == options[0]).all() else -1
        out[q, -1] = family
    return out
