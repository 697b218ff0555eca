"""The matrix of each combination; what many of them share is worked out once."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import numpy as np

from mcda.batch.combinations import Combination
from mcda.engine.problem import Array, Problem
from mcda.study.model import Leaf, Study
from mcda.study.scenario import Scenario, WeightsSource, arranged, build, common_scale, leaf_table
from mcda.study.weighting import leaf_shares

Key: TypeAlias = tuple[object, ...]


class Matrices:
    """Builds the matrices of a grid's combinations."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._tables: dict[Key, tuple[tuple[Leaf, ...], list[str], Array]] = {}

    def build(self, combination: Combination, scenario: Scenario) -> tuple[Problem, Array]:
        """Build a matrix, and what turns weights of the criteria in use into weights of its columns (c, m).

        Raises
        ------
        StudyError
            Where the scenario asks what the study cannot give.
        """
        used = self.study.without(scenario.exclude)
        itself = np.eye(len(used.criteria))
        if used.swot is not None and scenario.route in used.swot.codings:
            return build(self.study, replace(scenario, weights=_within(used, scenario))).problem, itself
        leaves, values = self._table(used, combination, scenario)
        scaled, within = common_scale(values, leaves, scenario), leaf_shares(leaves, scenario)
        equal = {criterion.key: 1.0 for criterion in used.criteria}
        problem = arranged(used, scenario, leaves, values, scaled, within, equal)
        if scenario.structure == "criteria":
            return problem, itself
        owned = np.array([[leaf.criterion == criterion.key for leaf in leaves] for criterion in used.criteria], float)
        return problem, owned * within

    def _table(self, used: Study, combination: Combination, scenario: Scenario) -> tuple[tuple[Leaf, ...], Array]:
        """Give the sub-criteria and their values; cells that the grid varies are put into a table that is kept."""
        key = scenario.route, scenario.missing, scenario.drop, scenario.exclude
        if key not in self._tables:
            leaves, cells, values = leaf_table(used, replace(scenario, changes=combination.grid.scenario.changes))
            self._tables[key] = leaves, [row[0].alternative for row in cells], values
        leaves, alternatives, values = self._tables[key]
        varied = [(axis.name.partition("."), value) for axis, value in combination.values() if axis.field == "change"]
        if varied:
            values = values.copy()
            keys = [leaf.key for leaf in leaves]
            for (alternative, _, leaf), value in varied:
                if alternative in alternatives and leaf in keys:
                    values[alternatives.index(alternative), keys.index(leaf)] = value
        return leaves, values


def _within(study: Study, scenario: Scenario) -> WeightsSource:
    """Keep of a scenario's weights what is set within a criterion, which is all that a matrix depends on."""
    keys = {leaf.key for leaf in study.leaves}
    kept = tuple(setting for setting in scenario.weights.settings if keys & setting.shares.keys())
    return WeightsSource(kind="shares", shares={c.key: 1.0 for c in study.criteria}, settings=kept)
