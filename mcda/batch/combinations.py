"""The combinations of a grid's choices: what each sets in the scenario, and which repeat another one's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.engine.methods import lookup
from mcda.errors import Fault
from mcda.study.grid import Axis, Grid
from mcda.study.model import Reading, Study
from mcda.study.scenario import Change, Scenario
from mcda.words import say

SWOT_LACKS = ("money", "rating_floor", "missing", "leaf_weights")  # what reaches no number on a SWOT route
RAW_LACKS = ("money", "rating_floor")  # what reaches no number where sub-criteria keep their own units


@dataclass(frozen=True, eq=False)
class Combination:
    """One combination of everything but the weights of the criteria.

    Attributes
    ----------
    grid : what it is of
    places : the position that it takes on each axis of ``grid.data``
    """

    grid: Grid
    places: tuple[int, ...]

    def values(self) -> Iterator[tuple[Axis, Any]]:
        """Give each axis with the value chosen."""
        for axis, place in zip(self.grid.data, self.places, strict=True):
            yield axis, axis.values[place]

    def columns(self) -> dict[str, str | float]:
        """Give what is chosen as columns of results hold it, by the key of the axis."""
        out: dict[str, str | float] = {}
        for axis, value in self.values():
            if axis.field == "profile":
                out[axis.key] = value[0]
            elif isinstance(value, tuple):
                out[axis.key] = " ".join(value)
            else:
                out[axis.key] = value if isinstance(value, (str, float)) else str(value)
        return out

    def profile(self) -> int:
        """Give the position of the profile whose weights are taken; -1 where none is."""
        named = [place for axis, place in zip(self.grid.data, self.places, strict=True) if axis.field == "profile"]
        return named[0] if named else -1

    def scenario(self) -> Scenario:
        """Lay the choices over the scenario of the grid.

        A method brings its own normalization and default options; choices that it has no use for are left out.
        """
        scenario = self.grid.scenario
        fields: dict[str, Any] = {}
        options: dict[str, object] = {}
        shares: dict[str, float] = {}
        changes: list[Change] = []
        for axis, value in self.values():
            if axis.field == "options":
                options[axis.name] = value
            elif axis.field == "change":
                changes.append(_change(axis.name, value))
            elif axis.field == "set":
                shares[axis.name] = value
            elif axis.field == "profile":
                fields["weights"] = value[1]
            elif axis.field in ("drop", "exclude"):
                fields[axis.field] = tuple(dict.fromkeys((*getattr(scenario, axis.field), *value)))
                if axis.field == "drop":
                    fields["add"] = tuple(added for added in scenario.add if added.alternative.key not in value)
            else:
                fields[axis.field] = value
        scenario = _applied(scenario, fields, options).with_changes(changes)
        return scenario.with_weights(shares, rest=self.grid.rest) if shares else scenario

    def repeats(self, scenario: Scenario, study: Study) -> Fault | None:
        """Name a choice that reaches no number here, so that the combination repeats the one with its first value."""
        method = lookup(scenario.method)
        swot = study.swot is not None and scenario.route in study.swot.codings
        idle = SWOT_LACKS if swot else RAW_LACKS if scenario.structure == "leaves-raw" else ()
        gone = {*scenario.drop, *scenario.exclude}
        gone |= {leaf.key for leaf in study.leaves if leaf.criterion in gone}
        for axis, place in zip(self.grid.data, self.places, strict=True):
            lost = axis.field in idle or (axis.field in ("change", "set") and bool(gone & set(axis.name.split("."))))
            lost |= axis.field == "normalization" and not method.normalizations
            lost |= axis.field == "options" and axis.name not in method.takes
            if lost and place > 0:
                return Fault(code="fault.repeats", values={"found": axis.key})
        return None


def combinations(grid: Grid, first: int, last: int) -> Iterator[Combination]:
    """Give the combinations from number ``first`` up to ``last``, counted from 0; the last axis varies fastest."""
    for places in axis_positions(grid, first, last).tolist():
        yield Combination(grid, tuple(places))


def axis_positions(grid: Grid, first: int, last: int) -> NDArray[np.intp]:
    """Give the positions (last - first, axes) of combinations on the axes of ``grid.data``."""
    if not grid.data:
        return np.empty((last - first, 0), np.intp)
    return np.array(np.unravel_index(np.arange(first, last), [len(axis.values) for axis in grid.data])).T


def _applied(scenario: Scenario, fields: dict[str, Any], options: dict[str, object]) -> Scenario:
    if fields.get("method", scenario.method) != scenario.method:
        fields = {"normalization": None, "options": {}, **fields}
    method = lookup(fields.get("method", scenario.method))
    if not method.normalizations and "normalization" in fields:
        fields["normalization"] = None
    taken = {name: value for name, value in options.items() if name in method.takes}
    if taken:
        fields["options"] = {**fields.get("options", scenario.options), **taken}
    return replace(scenario, **fields) if fields else scenario


def _change(cell: str, value: float) -> Change:
    alternative, _, leaf = cell.partition(".")
    reading = Reading(value=value, low=value, high=value, reason=say("fault.set_by_grid"))
    return Change(alternative=alternative, leaf=leaf, reading=reading)
