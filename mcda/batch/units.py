"""What is computed and kept as one piece: a stretch of a grid, named by all that its numbers depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

import mcda
from mcda.batch.combinations import axis_positions
from mcda.engine.methods import lookup
from mcda.study.grid import Axis, Draws, Grid
from mcda.study.scenario import Scenario

FORMAT = 2  # of what is kept; a new one makes what older programs have kept unknown
POINTS = 16384  # scenarios in one piece at most
COMBINATIONS = 2048  # in one piece at most, since each has a matrix of its own: about half a second
FIELDS = [f.name for f in fields(Scenario) if f.name not in ("key", "title", "note", "kind", "chain", "hashes")]
DRAWN = 2_000_000  # draws in one piece at most, unless one combination alone has more


@dataclass(frozen=True)
class Robustness:
    """Random weights for each matrix and method: how often each alternative is first."""

    draws: int
    seed: int


@dataclass(frozen=True)
class Unit:
    """A stretch of one grid: some combinations with all weights, or one combination with some weights.

    Attributes
    ----------
    source : position of the grid in the run
    cells : (first, last) combination, the last one not included
    weightings : (first, last) number of the weights, the last one not included
    """

    source: int
    cells: tuple[int, int]
    weightings: tuple[int, int]

    @property
    def size(self) -> int:
        """How many scenarios it holds."""
        return (self.cells[1] - self.cells[0]) * (self.weightings[1] - self.weightings[0])

    def first(self, grid: Grid) -> int:
        """Give the number, from 1, of its first scenario."""
        return self.cells[0] * grid.weightings + self.weightings[0] + 1


def units(source: int, grid: Grid, robustness: Robustness | None) -> Iterator[Unit]:
    """Cut a grid into pieces; where the cuts lie depends on the grid and the draws alone."""
    every = grid.weightings
    if every >= POINTS:
        for cell in range(grid.combinations):
            for start in range(0, every, POINTS):
                yield Unit(source, (cell, cell + 1), (start, min(start + POINTS, every)))
        return
    most = min(COMBINATIONS, POINTS // every)
    if robustness is not None:
        most = min(most, max(1, DRAWN // robustness.draws))
    for cell in range(0, grid.combinations, most):
        yield Unit(source, (cell, min(cell + most, grid.combinations)), (0, every))


class Names:
    """Names pieces by the content that their numbers depend on: equal names mean equal numbers."""

    def __init__(self, study: str, robustness: Robustness | None) -> None:
        draws = None if robustness is None else asdict(robustness)
        self.top = {"format": FORMAT, "study": study, "versions": versions(), "robustness": draws}
        self._grids: dict[int, str] = {}

    def name(self, unit: Unit, grid: Grid) -> str:
        """Give SHA-256 of all that the numbers of a piece depend on; what the grid is called is no part of it."""
        if unit.source not in self._grids:
            self._grids = {unit.source: _digest({**self.top, **_content(grid)})}
        found = hashlib.sha256(self._grids[unit.source].encode())
        found.update(repr((unit.weightings, unit.cells[1] - unit.cells[0])).encode())
        places = axis_positions(grid, *unit.cells)
        for axis, column in zip(grid.data, places.T, strict=True):
            found.update(axis.key.encode() + _values(axis, column).tobytes())
        return found.hexdigest()


def versions() -> dict[str, str]:
    """Give the versions of what computes."""
    return {"mcda": mcda.__version__, "numpy": np.__version__}


def borrowed(grid: Grid) -> bool:
    """Tell whether a method of a grid belongs to another package."""
    named = [value for axis in grid.data if axis.field == "method" for value in axis.values]
    return any(lookup(key).borrowed for key in named or [grid.scenario.method])


def _content(grid: Grid) -> dict[str, object]:
    """Give what the numbers of a grid depend on, but for the choices of each combination."""
    scenario, space = grid.scenario, grid.space
    weights = replace(scenario.weights, scenario="")
    fields = [weights if name == "weights" else getattr(scenario, name) for name in FIELDS]
    return {
        "scenario": repr(fields),
        "criteria": grid.criteria,
        "space": {"seed": space.seed} if isinstance(space, Draws) else repr(space),
        "shares": [(axis.name, repr(axis.values)) for axis in grid.shares],
        "rest": grid.rest,
        "packages": {"pymcdm": version("pymcdm")} if borrowed(grid) else {},
    }


def _digest(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _values(axis: Axis, places: NDArray[np.intp]) -> NDArray[np.bytes_]:
    """Give for each place on an axis a digest of its value."""
    used, back = np.unique(places, return_inverse=True)
    values = [axis.values[place] for place in used.tolist()]
    if axis.field == "profile":
        values = [replace(weights, scenario="") for _, weights in values]
    digests = [hashlib.sha256(repr(value).encode()).hexdigest().encode() for value in values]
    return np.array(digests)[back]
