"""The nearest weights with a property, by cutting the simplex until each piece is decided: a search with a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.descent import Leads, descend, holds, length

BATCH = 512  # cells cut at a time
ROOM = 2**20  # of these times the fourth power of the number of criteria at most, which is what judging them takes


@dataclass(frozen=True, kw_only=True, eq=False)
class Target:
    """What a cell must be able to hold to be kept: weights with the property, nearer to ``start`` than ``within``.

    ``point`` are the nearest such weights known so far, None where there are none.
    """

    start: Array
    norm: str
    within: float
    point: Array | None


# Cells (k, m, m), whose rows are corners, to (k,): true only where no weights in the cell meet the target.
Hopeless: TypeAlias = Callable[[Array], "np.ndarray"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Search:
    """The outcome of a search over all weights.

    Attributes
    ----------
    point : (m,) the nearest weights found that have the property; None where there are none
    distance : of the point; infinite without one
    bound : no weights nearer than this have it: what is proven, but for the undecided pieces
    cells : how many pieces of the simplex were looked at
    undecided : pieces that became smaller than the resolution before they were decided
    finished : whether every piece was decided or became that small, within the number of cells allowed
    """

    point: Array | None
    distance: float
    bound: float
    cells: int
    undecided: int
    finished: bool


def search(
    leads: Leads,
    judge: Callable[[Target], Hopeless],
    start: Array,
    *,
    norm: str,
    resolution: float,
    most: int,
    known: Array | None = None,
    cap: float = np.inf,
) -> Search:
    """Find the weights nearest to ``start`` with a property, over the whole simplex.

    Pieces are cut at their longest edge, those nearest to ``start`` first, and dropped when they are shown to hold no
    such weights, or none that are nearer than those found [1]_.

    Parameters
    ----------
    leads : weights (k, m) to (k, r), all above 0 where the property holds
    judge : gives for a target the function that tells which cells cannot meet it
    start : (m,) weights, summing to 1
    norm : ``l1``, ``l2`` or ``linf``
    resolution : of the distance, and the length below which a cell is not cut further
    most : cells to look at before giving up; the bound then says what is proven so far
    known : (m,) weights that are known to have the property, to begin with
    cap : only weights nearer than this are asked for

    References
    ----------
    .. [1] Horst and Tuy, "Global Optimization: Deterministic Approaches", 3rd ed., Springer, 1996, section IV.3.
    """
    best = _Best(leads=leads, start=start, norm=norm, resolution=resolution, point=known, cap=cap)
    cells = np.eye(len(start))[None]
    bounds = nearest_of_cells(cells, start, norm)
    hopeless = judge(best.target())
    seen, undecided, batch = 1, 0, int(np.clip(ROOM // len(start) ** 4, 16, BATCH))
    keep = ~hopeless(cells)
    cells, bounds = cells[keep], bounds[keep]
    while len(cells) and seen < most:
        order = np.argsort(bounds, kind="stable")
        chosen, others = order[:batch], order[batch:]
        children, long = _cut(cells[chosen])
        small = long <= resolution
        undecided += int(small.sum())
        children = children[np.r_[~small, ~small]]
        seen += len(children)
        children = children[~hopeless(children)]
        cells = np.concatenate([cells[others], children])
        bounds = np.r_[bounds[others], nearest_of_cells(children, start, norm)]
        if best.improve(children):
            hopeless = judge(best.target())
            keep = ~hopeless(cells)
            cells, bounds = cells[keep], bounds[keep]
        near = bounds < best.within
        cells, bounds = cells[near], bounds[near]
    return best.outcome(bounds, seen, undecided)


class _Best:
    """The nearest weights with the property so far."""

    def __init__(
        self, *, leads: Leads, start: Array, norm: str, resolution: float, point: Array | None, cap: float
    ) -> None:
        self.leads, self.start, self.norm, self.resolution = leads, start, norm, resolution
        self.point = point
        self.distance = cap if point is None else float(length(point - start, norm))

    @property
    def within(self) -> float:
        """How near weights must be to matter."""
        return self.distance - self.resolution

    def target(self) -> Target:
        """Give what a cell must be able to hold."""
        return Target(start=self.start, norm=self.norm, within=self.within, point=self.point)

    def outcome(self, bounds: Array, cells: int, undecided: int) -> Search:
        """Put together what was found, given the bounds of the cells that are still open."""
        return Search(
            point=self.point,
            distance=np.inf if self.point is None else self.distance,
            bound=min(float(bounds.min(initial=np.inf)), max(self.within, 0.0)),
            cells=cells,
            undecided=undecided,
            finished=not len(bounds),
        )

    def improve(self, cells: Array) -> bool:
        """Look at the centres and corners of cells for nearer weights; tell whether they are nearer by enough."""
        candidates = np.concatenate([cells.mean(axis=1), cells.reshape(-1, len(self.start))])
        candidates = candidates[length(candidates - self.start, self.norm) < self.distance]
        candidates = candidates[holds(self.leads, candidates)]
        if not len(candidates):
            return False
        nearest = candidates[length(candidates - self.start, self.norm).argmin()]
        self.point = descend(self.leads, nearest, self.start, self.norm)
        self.distance = float(length(self.point - self.start, self.norm))
        return True


def nearest_of_cells(cells: Array, start: Array, norm: str) -> Array:
    """Bound the distance of each cell (k, m, m) from below: by its bounding box, and by a plane supporting the norm."""
    shifted = cells - start
    clear = np.maximum(np.maximum(shifted.min(axis=1), -shifted.max(axis=1)), 0.0)
    boxed = length(clear, norm)
    if norm == "linf":
        return boxed
    centre = shifted.mean(axis=1)
    size = length(centre, "l2")[:, None]
    slope = np.sign(centre) if norm == "l1" else centre / np.where(size > 0, size, 1.0)
    bound: Array = np.maximum(boxed, np.einsum("kaj,kj->ka", shifted, slope).min(axis=1))
    return bound


def _cut(cells: Array) -> tuple[Array, Array]:
    """Halve each cell at its longest edge: children (2k, m, m), and the lengths (k,) of those edges."""
    m = cells.shape[1]
    a, b = np.triu_indices(m, 1)
    if not len(a):
        return np.repeat(cells, 2, axis=0), np.zeros(len(cells))
    edges = ((cells[:, a] - cells[:, b]) ** 2).sum(axis=2)
    longest = edges.argmax(axis=1)
    row = np.arange(len(cells))
    middle = (cells[row, a[longest]] + cells[row, b[longest]]) / 2
    left, right = cells.copy(), cells.copy()
    left[row, a[longest]] = middle
    right[row, b[longest]] = middle
    return np.concatenate([left, right]), np.sqrt(edges[row, longest])
