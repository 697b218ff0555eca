"""The results of a batch in order: scenario after scenario, read from what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mcda.batch.combinations import Combination, combinations
from mcda.batch.parts import Run
from mcda.batch.run import Plan
from mcda.batch.store import Store
from mcda.batch.weightings import Weightings
from mcda.engine.problem import Array
from mcda.engine.ranking import ranks
from mcda.study.grid import Grid


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretch:
    """Scenarios of one grid, in order, that rank the same alternatives by the same criteria.

    They are p combinations of everything but the weights of the criteria, each with q weights: k = p q scenarios.

    Attributes
    ----------
    source : position of the grid in the batch
    weightings : of the grid
    first : number, from 1, of the first scenario
    combinations : (p,)
    runs : (p,) what came out
    alternatives, criteria : (n,) and (c,) keys; empty where nothing could be ranked
    """

    source: int
    weightings: Weightings
    first: int
    combinations: Sequence[Combination]
    runs: Sequence[Run]
    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]

    @property
    def grid(self) -> Grid:
        """The grid that they are of."""
        return self.weightings.grid

    @property
    def each(self) -> int:
        """How many weights each combination has here."""
        return len(self.runs[0].scores)

    @property
    def size(self) -> int:
        """How many scenarios there are."""
        return len(self.runs) * self.each

    @cached_property
    def scores(self) -> Array:
        """Scores (k, n) in each method's own unit; NaN where a scenario could not be ranked."""
        shape = self.each, len(self.alternatives)
        return np.concatenate([run.scores if run.alternatives else np.full(shape, np.nan) for run in self.runs])

    @cached_property
    def ranked(self) -> NDArray[np.bool_]:
        """Whether a scenario could be ranked (k,)."""
        ranked: NDArray[np.bool_] = np.concatenate([run.reason for run in self.runs]) == 0
        return ranked

    @cached_property
    def ranks(self) -> Array:
        """Ranks (k, n), 1 best; NaN where a scenario could not be ranked."""
        signs = np.array([1.0 if run.higher_is_better else -1.0 for run in self.runs])
        out = np.full(self.scores.shape, np.nan)
        if self.ranked.any():
            out[self.ranked] = ranks((self.scores * np.repeat(signs, self.each)[:, None])[self.ranked])
        return out

    @cached_property
    def weights(self) -> Array:
        """Weights (k, c) of the criteria in use; NaN where a combination could not be ranked."""
        nothing = np.full(len(self.criteria), np.nan)
        own = None if self.grid.space else np.array([nothing if run.own is None else run.own for run in self.runs])
        return self.weightings.rows(self.criteria, own, self._start, self._start + self.each, times=len(self.runs))

    def reasons(self) -> list[str]:
        """Give why each scenario (k,) could not be ranked; empty texts where it was."""
        return [("", *run.reasons)[code] for run in self.runs for code in run.reason.tolist()]

    def shares(self) -> dict[str, Array]:
        """Give the shares of criteria that are set on top (k,), by the key of the axis."""
        axes = self.grid.shares
        numbers = np.tile(np.arange(self._start, self._start + self.each), len(self.runs))
        return {axis.key: axis.taken(at) for axis, at in zip(axes, self.weightings.places(numbers), strict=True)}

    @property
    def _start(self) -> int:
        """Number, from 0, of the first weights of each combination."""
        return (self.first - 1) % self.grid.weightings


def stretches(planned: Plan, store: Store) -> Iterator[Stretch]:
    """Read the results in the order of the plan, each stretch as long as it can be.

    Raises
    ------
    Broken
        Where a piece is missing or not whole.
    """
    weightings: Weightings | None = None
    for name, unit in planned.pieces:
        grid = planned.grids[unit.source]
        if weightings is None or weightings.grid is not grid:
            weightings = Weightings(planned.study, grid)
        runs, made = store.get(name), list(combinations(grid, *unit.cells))
        each = unit.weightings[1] - unit.weightings[0]
        for begin, end in _alike(runs):
            shown = next((run for run in runs[begin:end] if run.alternatives), runs[begin])
            yield Stretch(
                source=unit.source,
                weightings=weightings,
                first=unit.first(grid) + begin * each,
                combinations=made[begin:end],
                runs=runs[begin:end],
                alternatives=shown.alternatives,
                criteria=shown.criteria,
            )


def _alike(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Cut runs where other alternatives or criteria begin; runs with none of them go with their neighbours."""
    begin, held = 0, None
    for i, run in enumerate(runs):
        names = (run.alternatives, run.criteria) if run.alternatives else None
        if names is not None and held is not None and names != held:
            yield begin, i
            begin = i
        held = names or held
    yield begin, len(runs)
