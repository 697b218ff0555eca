"""The weights of a grid's criteria, any part of them at a time; and one scenario of a grid by its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from mcda.batch.combinations import Combination, combinations
from mcda.batch.simplex import weights_of
from mcda.engine.problem import Array
from mcda.errors import Fault, StudyError
from mcda.study.grid import Grid
from mcda.study.model import Study
from mcda.study.scenario import Scenario, WeightsSource
from mcda.study.weighting import criterion_weights, set_shares


class Weightings:
    """The weights of the criteria that a grid goes through in each of its combinations."""

    def __init__(self, study: Study, grid: Grid) -> None:
        self.study, self.grid = study, grid
        self._own: dict[object, Array] = {}
        self._inner = prod(len(axis.values) for axis in grid.shares)

    def own(self, combination: Combination, scenario: Scenario) -> Array | None:
        """Give the weights (1, c) that a combination has by itself; None where the grid goes through others."""
        if self.grid.space is not None:
            return None
        key = combination.profile(), scenario.exclude
        if key not in self._own:
            shares, _ = criterion_weights(self.study, scenario)
            self._own[key] = np.array([list(shares.values())])
        return self._own[key]

    def rows(self, used: tuple[str, ...], own: Array | None, start: int, stop: int, *, times: int = 1) -> Array:
        """Give weights of the criteria in use, for one combination after the other.

        Parameters
        ----------
        used : (c,) keys of the criteria in use
        own : (times, c) weights that each combination has by itself, or None
        start, stop : numbers of the first and, not included, the last weights, counted from 0
        times : how many combinations there are

        Returns
        -------
        (times * (stop - start), c) array; rows sum to 1, or are NaN where what is set exceeds 1, or is set for a
        criterion that is excluded
        """
        grid = self.grid
        numbers = np.tile(np.arange(start, stop), times)
        if own is None:
            first = start // self._inner
            rows = self._spaced(used, first, (stop - 1) // self._inner + 1)[numbers // self._inner - first]
        else:
            rows = np.repeat(own, stop - start, axis=0)
        if not grid.shares:
            return rows
        if not {axis.name for axis in grid.shares} <= set(used):
            return np.full_like(rows, np.nan)
        to = np.array([axis.taken(places) for axis, places in zip(grid.shares, self.places(numbers), strict=True)]).T
        rows = set_shares(rows, [used.index(axis.name) for axis in grid.shares], to, rest=grid.rest)
        rows[np.isnan(rows).any(axis=1)] = np.nan
        return rows

    def places(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.intp], ...]:
        """Give the positions (k,) of weights on the axes of shares that are set on top."""
        sizes = [len(axis.values) for axis in self.grid.shares]
        return tuple(np.unravel_index(numbers % self._inner, sizes)) if sizes else ()

    def _spaced(self, used: tuple[str, ...], first: int, last: int) -> Array:
        """Give weights of the lattice or of the draws; those of excluded criteria go to the others in proportion."""
        assert self.grid.space is not None
        rows = weights_of(self.grid.space, len(self.grid.criteria), first, last)
        if used == self.grid.criteria:
            return rows
        rows = rows[:, [self.grid.criteria.index(key) for key in used]]
        total = rows.sum(axis=1, keepdims=True)
        return np.where(total > 0, rows / np.where(total > 0, total, 1.0), np.nan)


def used_criteria(study: Study, scenario: Scenario) -> tuple[str, ...]:
    """Give the keys of the criteria that a scenario does not exclude."""
    return tuple(criterion.key for criterion in study.criteria if criterion.key not in scenario.exclude)


def point(study: Study, grid: Grid, number: int) -> Scenario:
    """Give one scenario of a grid by its number from 1.

    Raises
    ------
    StudyError
        Where the grid has no such number, or the shares that it sets there do not go together.
    """
    if not 1 <= number <= grid.size:
        values = {"found": grid.scenario.key, "number": number, "first": grid.name(1), "last": grid.name(grid.size)}
        raise StudyError([Fault(code="fault.no_point", values=values)])
    cell, place = divmod(number - 1, grid.weightings)
    combination = next(combinations(grid, cell, cell + 1))
    scenario = combination.scenario()
    if grid.space is not None or grid.shares:
        used, weightings = used_criteria(study, scenario), Weightings(study, grid)
        row = weightings.rows(used, weightings.own(combination, scenario), place, place + 1)[0]
        if np.isnan(row).any():
            raise StudyError([Fault(code="fault.no_shares", key=grid.name(number))])
        scenario = replace(scenario, weights=_written(grid, scenario, dict(zip(used, row.tolist(), strict=True))))
    return replace(scenario, key=grid.name(number))


def _written(grid: Grid, scenario: Scenario, shares: Mapping[str, float]) -> WeightsSource:
    """Write weights of the criteria out; what is set within a criterion stays."""
    settings = tuple(
        replace(setting, shares=within)
        for setting in scenario.weights.settings
        if (within := {key: share for key, share in setting.shares.items() if key not in grid.criteria})
    )
    return WeightsSource(kind="shares", scenario=grid.scenario.key, shares=shares, settings=settings)
