"""The columns of a batch's tables: which there are, what they hold, and their values scenario by scenario."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from mcda.batch.results import Stretch
from mcda.batch.run import Plan
from mcda.engine.problem import Array
from mcda.study.grid import PLAIN

Kind = Literal["text", "number"]
Values: TypeAlias = "list[str] | Array"

PROCEDURE = ("method", "normalization", "route")
WEIGHT = "weight."


@dataclass(frozen=True)
class Columns:
    """The columns of the table of results.

    Attributes
    ----------
    cell : of an alternative in a scenario: its score, its rank, and what random weights say of it
    scenario : of the scenario alone, the same in all its rows
    """

    cell: dict[str, Kind]
    scenario: dict[str, Kind]

    @property
    def kinds(self) -> dict[str, Kind]:
        """All columns in the order of the table, each with what it holds."""
        return {"scenario": "text", **self.cell, **self.scenario}


def columns_of(planned: Plan) -> Columns:
    """Say which columns a batch has: they depend on what is asked, not on what comes out."""
    cell: dict[str, Kind] = {"alternative": "text", "score": "number", "rank": "number"}
    if planned.robustness is not None:
        cell |= {"first_share": "number", "mean_rank": "number"}
    scenario: dict[str, Kind] = dict.fromkeys(PROCEDURE, "text")
    scenario |= {f"{WEIGHT}{criterion.key}": "number" for criterion in planned.study.criteria}
    for axes in ((axis for grid in planned.grids for axis in grid.data), (a for g in planned.grids for a in g.shares)):
        for axis in axes:
            if axis.key not in PROCEDURE:
                numeric = axis.numeric and scenario.get(axis.key) != "text"
                scenario[axis.key] = "number" if numeric else "text"
    return Columns(cell, scenario)


def scenario_values(stretch: Stretch, columns: Columns) -> dict[str, Values]:
    """Give the values (k,) of the columns that all rows of a scenario share; NaN or an empty text for nothing."""
    chosen = [combination.columns() for combination in stretch.combinations]
    shares = stretch.shares()
    out: dict[str, Values] = {}
    for key, kind in columns.scenario.items():
        if key.startswith(WEIGHT):
            out[key] = _weights(stretch, key.removeprefix(WEIGHT))
        elif key in shares:
            out[key] = shares[key]
        elif key == "normalization":
            out[key] = _each((run.normalization or "" for run in stretch.runs), stretch.each)
        else:
            usual = _usual(stretch, key)
            found = [choices.get(key, usual) for choices in chosen]
            if kind == "number":
                given = np.array([np.nan if value == "" else float(value) for value in found])
                out[key] = np.repeat(given, stretch.each)
            else:
                out[key] = _each(map(str, found), stretch.each)
    return out


def _usual(stretch: Stretch, key: str) -> str | float:
    """Give what holds where a grid does not vary a column: the scenario's own choice, or nothing."""
    if key in PLAIN or key == "rating_floor":
        usual: str | float = getattr(stretch.grid.scenario, key)
        return usual
    return ""


def _weights(stretch: Stretch, criterion: str) -> Array:
    if criterion not in stretch.criteria:
        return np.full(stretch.size, np.nan)
    return stretch.weights[:, stretch.criteria.index(criterion)]


def _each(values: Iterable[str], times: int) -> list[str]:
    return [value for value in values for _ in range(times)]


def cell_values(stretch: Stretch, columns: Columns) -> dict[str, Array]:
    """Give the numbers (k, n) of the columns that each alternative has for itself."""
    out = {"score": stretch.scores, "rank": stretch.ranks}
    if "first_share" in columns.cell:
        nothing = np.full((2, len(stretch.alternatives)), np.nan)
        found = np.array([nothing if run.robustness is None else run.robustness for run in stretch.runs])
        out["first_share"] = np.repeat(found[:, 0], stretch.each, axis=0)
        out["mean_rank"] = np.repeat(found[:, 1], stretch.each, axis=0)
    return out
