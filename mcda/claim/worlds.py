"""The distinct matrices that a claim's data options lead to, each with every set of weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.claim.grid import Grid
from mcda.engine.problem import Array, Problem
from mcda.engine.weights import objective_weights
from mcda.errors import Fault, McdaError, NotApplicable
from mcda.study.model import Leaf, Study
from mcda.study.scenario import (
    Scenario,
    WeightsSource,
    arranged,
    build,
    common_scale,
    leaf_table,
)
from mcda.study.universe import WeightSet
from mcda.study.weighting import criterion_weights, leaf_shares

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class World:
    """One matrix with all sets of weights.

    Attributes
    ----------
    problem : values (n, m), directions and scales; its own weights play no part
    member : (c, m) what turns weights of the criteria into weights of the columns
    shares : (w, c) each set of weights of the criteria; NaN where an objective method is undefined on the matrix
    weights : (w, m) the same of the columns
    undefined : why, by position of the set
    """

    problem: Problem
    member: Array
    shares: Array
    weights: Array
    undefined: dict[int, Fault]


@dataclass(frozen=True, kw_only=True, eq=False)
class Worlds:
    """All distinct matrices.

    Attributes
    ----------
    items : (u,) the matrices
    of_cell : (cells,) which one each combination of data options leads to; -1 where it leads to none
    refused : why, by cell
    """

    items: tuple[World, ...]
    of_cell: NDArray[np.int32]
    refused: dict[int, Fault]


def worlds(study: Study, grid: Grid, cells: Iterable[int]) -> Worlds:
    """Build the matrices of some combinations of data options; those with the same numbers are one."""
    builder = _Builder(study.without(grid.claim.baseline.exclude), grid)
    of_cell = np.full(grid.cells, -1, np.int32)
    refused: dict[int, Fault] = {}
    for cell in cells:
        try:
            of_cell[cell] = builder.place(grid.scenario(cell))
        except McdaError as error:
            refused[cell] = error.faults[0]
    return Worlds(items=tuple(builder.items), of_cell=of_cell, refused=refused)


class _Builder:
    """Builds matrices and remembers the parts that many of them share."""

    def __init__(self, study: Study, grid: Grid) -> None:
        self.study, self.sets = study.without(grid.claim.baseline.exclude), grid.sets
        self.criteria = [criterion.key for criterion in self.study.criteria]
        self.equal = dict.fromkeys(self.criteria, 1.0)
        self.stated = np.array([self.shares(item, grid.claim.baseline) for item in grid.sets])
        self.items: list[World] = []
        self.asked: dict[Key, int] = {}
        self.found: dict[Key, int] = {}
        self.tables: dict[Key, tuple[tuple[Leaf, ...], Array]] = {}
        self.scaled: dict[Key, Array] = {}
        self.within: dict[Key, Array] = {}
        self.derived: dict[Key, tuple[Array, dict[int, Fault]]] = {}

    def shares(self, item: WeightSet, baseline: Scenario) -> Array:
        """Work out one set of weights of the criteria (c,); NaN where it depends on the matrix."""
        if item.source is None:
            return np.full(len(self.criteria), np.nan)
        shares, _ = criterion_weights(self.study, replace(baseline, weights=item.source))
        return np.array([shares[key] for key in self.criteria])

    def place(self, scenario: Scenario) -> int:
        """Give the position of a scenario's matrix, which is built where it is new."""
        scenario = self.effective(scenario)
        asked = (*_table_key(scenario), *_scale_key(scenario), scenario.structure, scenario.leaf_weights)
        if asked not in self.asked:
            problem, member = self.problem(scenario)
            found = (*_bits(problem), member.tobytes())
            if found not in self.found:
                self.found[found] = len(self.items)
                shares, undefined = self.weights(scenario)
                weights = np.einsum("wc,cm->wm", shares, member)
                self.items.append(
                    World(problem=problem, member=member, shares=shares, weights=weights, undefined=undefined)
                )
            self.asked[asked] = self.found[found]
        return self.asked[asked]

    def effective(self, scenario: Scenario) -> Scenario:
        """Leave out what reaches no number: a SWOT balance has no sub-criteria, so nothing about them does."""
        if self.swot(scenario):
            plain = Scenario(key=scenario.key, title=scenario.title)
            return replace(plain, route=scenario.route, drop=scenario.drop, add=scenario.add)
        return scenario

    def swot(self, scenario: Scenario) -> bool:
        """Tell whether a scenario ranks balances of SWOT items."""
        return self.study.swot is not None and scenario.route in self.study.swot.codings

    def problem(self, scenario: Scenario) -> tuple[Problem, Array]:
        """Build a matrix, and what turns weights of the criteria into weights of its columns (c, m)."""
        itself = np.eye(len(self.criteria))
        if self.swot(scenario):
            return build(self.study, replace(scenario, weights=WeightsSource())).problem, itself
        leaves, values = self.table(scenario)
        key = (*_table_key(scenario), *_scale_key(scenario))
        if key not in self.scaled:
            self.scaled[key] = common_scale(values, leaves, scenario)
        within = self.leaf_shares(scenario, leaves)
        problem = arranged(self.study, scenario, leaves, values, self.scaled[key], within, self.equal)
        if scenario.structure == "criteria":
            return problem, itself
        owned = np.array([[leaf.criterion == key for leaf in leaves] for key in self.criteria], float)
        return problem, owned * within

    def table(self, scenario: Scenario) -> tuple[tuple[Leaf, ...], Array]:
        """Give the sub-criteria and their values."""
        key = _table_key(scenario)
        if key not in self.tables:
            leaves, _, values = leaf_table(self.study, scenario)
            self.tables[key] = leaves, values
        return self.tables[key]

    def leaf_shares(self, scenario: Scenario, leaves: tuple[Leaf, ...]) -> Array:
        """Give the share of each sub-criterion within its criterion."""
        key = (scenario.leaf_weights, scenario.exclude)
        if key not in self.within:
            self.within[key] = leaf_shares(leaves, scenario)
        return self.within[key]

    def weights(self, scenario: Scenario) -> tuple[Array, dict[int, Fault]]:
        """Give every set of weights of the criteria (w, c); objective ones from the matrix of the criteria."""
        if not np.isnan(self.stated).any():
            return self.stated, {}
        problem, _ = self.problem(replace(scenario, structure="criteria"))
        key = _bits(problem)
        if key not in self.derived:
            weights, undefined = self.stated.copy(), {}
            for i, item in enumerate(self.sets):
                if item.objective:
                    try:
                        weights[i] = objective_weights(problem, method=item.objective)
                    except NotApplicable as error:
                        undefined[i] = error.faults[0]
            self.derived[key] = weights, undefined
        return self.derived[key]


def _table_key(scenario: Scenario) -> Key:
    """Name what the values of the sub-criteria depend on."""
    changes = tuple((item.alternative, item.leaf, item.reading.value) for item in scenario.changes)
    added = tuple(item.alternative.key for item in scenario.add)
    return scenario.route, scenario.missing, changes, scenario.drop, added, scenario.exclude


def _scale_key(scenario: Scenario) -> Key:
    """Name what the common scale depends on."""
    return scenario.money, scenario.rating_floor


def _bits(problem: Problem) -> Key:
    """Name the numbers of a problem, without its weights."""
    ends = b"" if problem.scales is None else problem.scales.tobytes()
    return problem.alternatives, problem.criteria, problem.values.tobytes(), problem.directions.tobytes(), ends
