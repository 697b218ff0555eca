"""A grid once read: what a scenario's ``vary`` goes through, and how many scenarios that makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import comb, prod
from typing import Any, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from mcda.study.inherit import Layer, Shelf
from mcda.study.model import Study
from mcda.study.scenario import Rest, Scenario, WeightsSource
from mcda.study.schema import RangeEntry, VariedWeights, VaryEntry
from mcda.study.vary import steps_of, vary_faults

PLAIN = ("method", "normalization", "route", "structure", "money", "missing", "leaf_weights")
LISTS = ("drop", "exclude")


@dataclass(frozen=True)
class Steps(Sequence[float]):
    """Numbers in equal steps, none of them held in memory."""

    first: float
    step: float
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, i: int) -> float: ...
    @overload
    def __getitem__(self, i: slice) -> list[float]: ...
    def __getitem__(self, i: int | slice) -> float | list[float]:
        if isinstance(i, slice):
            return [self[j] for j in range(*i.indices(self.size))]
        if not -self.size <= i < self.size:
            raise IndexError(i)
        return float(f"{self.first + self.step * (i % self.size):.12g}")  # 0.3, not 0.30000000000000004


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One thing that a grid varies.

    Attributes
    ----------
    field : the field of a scenario; ``profile`` for the weights of other scenarios, ``set`` for a share
    name : the option, cell or key of the share; empty where the field is one word or number
    values : what it goes through; of ``profile``, pairs of a key and its weights
    """

    field: str
    name: str = ""
    values: Sequence[Any]

    def taken(self, places: NDArray[np.intp]) -> NDArray[Any]:
        """Give the values at some positions (k,); no others are worked out."""
        used, back = np.unique(places, return_inverse=True)
        return np.array([self.values[place] for place in used.tolist()])[back]

    @property
    def numeric(self) -> bool:
        """Whether all values are numbers."""
        if isinstance(self.values, Steps):
            return True
        return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in self.values)

    @property
    def key(self) -> str:
        """Name the axis as columns of results do: ``method``, ``options.v``, ``change.china.finance``."""
        return f"{self.field}.{self.name}" if self.name else self.field


@dataclass(frozen=True)
class Lattice:
    """All weights of the criteria that are multiples of one part in ``divisions``."""

    divisions: int

    def size(self, criteria: int) -> int:
        """Count them: compositions of ``divisions`` into ``criteria`` parts of 0 or more."""
        return comb(self.divisions + criteria - 1, criteria - 1)


@dataclass(frozen=True)
class Draws:
    """Weights of the criteria drawn uniformly from all there are."""

    count: int
    seed: int

    def size(self, criteria: int) -> int:
        """Count them."""
        return self.count


Space: TypeAlias = Lattice | Draws


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """Scenarios that differ from one in every combination of some choices.

    They are numbered from 1. What stands first in the file varies slowest; weights of the criteria from a lattice or
    from draws, and shares of criteria, vary fastest.

    Attributes
    ----------
    scenario : what all of them start from
    data : everything but the weights of the criteria
    space : what the weights of the criteria go through; None where they are those of the scenario
    shares : shares of criteria that are set on top
    rest : what becomes of the other shares
    criteria : keys of the criteria in use
    """

    scenario: Scenario
    data: tuple[Axis, ...]
    space: Space | None
    shares: tuple[Axis, ...]
    rest: Rest
    criteria: tuple[str, ...]

    @cached_property
    def combinations(self) -> int:
        """How many combinations there are of everything but the weights of the criteria."""
        return prod(len(axis.values) for axis in self.data)

    @cached_property
    def weightings(self) -> int:
        """How many weights of the criteria there are."""
        space = 1 if self.space is None else self.space.size(len(self.criteria))
        return space * prod(len(axis.values) for axis in self.shares)

    @property
    def size(self) -> int:
        """How many scenarios there are."""
        return self.combinations * self.weightings

    @property
    def varies(self) -> bool:
        """Whether anything varies; a grid of one is a scenario."""
        return bool(self.data or self.space or self.shares)

    def name(self, number: int) -> str:
        """Name the scenario of a number from 1: ``grid-weights:00042``."""
        return f"{self.scenario.key}:{number:0{len(str(self.size))}d}" if self.varies else self.scenario.key

    def names(self, first: int, count: int) -> list[str]:
        """Name scenarios from a number on."""
        width, key = len(str(self.size)), self.scenario.key
        return [f"{key}:{number:0{width}d}" for number in range(first, first + count)] if self.varies else [key] * count

    def parts(self) -> list[tuple[str, int]]:
        """Give what is varied and how many values it takes, in the order of numbering."""
        axes = [(axis.key, len(axis.values)) for axis in self.data]
        if self.space is not None:
            axes.append((type(self.space).__name__.lower(), self.space.size(len(self.criteria))))
        return axes + [(axis.key, len(axis.values)) for axis in self.shares]


def read_grid(shelf: Shelf, layer: Layer, scenario: Scenario) -> Grid | None:
    """Read what a scenario file varies; None where anything is at fault, which is then left on the shelf."""
    entry = layer.entry.vary
    assert entry is not None
    faults = list(vary_faults(shelf.study, layer.shaped, scenario))
    weights = entry.weights or VariedWeights.model_construct()
    profiles = shelf.profiles(layer, weights.profiles or [])
    if faults or shelf.faults:
        shelf.faults += faults
        return None
    criteria = tuple(c.key for c in shelf.study.without(scenario.exclude).criteria)
    axes = tuple(_axes(entry, layer.shaped.file.data["vary"], profiles))
    shares = tuple(axis for axis in axes if axis.field == "set" and axis.name in criteria)
    return Grid(
        scenario=replace(scenario, hashes=shelf.hashes()),
        data=tuple(axis for axis in axes if axis not in shares),
        space=_space(weights),
        shares=shares,
        rest=weights.rest or "proportion",
        criteria=criteria,
    )


def single(study: Study, scenario: Scenario) -> Grid:
    """Give a scenario as a grid of one."""
    criteria = tuple(c.key for c in study.without(scenario.exclude).criteria)
    return Grid(scenario=scenario, data=(), space=None, shares=(), rest="proportion", criteria=criteria)


def _axes(
    entry: VaryEntry, written: Mapping[str, Any], profiles: Sequence[tuple[str, WeightsSource]]
) -> Iterator[Axis]:
    """Give the axes in the order of the file."""
    for field in written:
        given = getattr(entry, field)
        if field in (*PLAIN, *LISTS, "rating_floor"):
            yield Axis(field=field, values=values_of(given))
        elif field == "weights":
            if profiles:
                yield Axis(field="profile", values=tuple(profiles))
            yield from (Axis(field="set", name=name, values=values_of(v)) for name, v in (given.set or {}).items())
        else:
            yield from (Axis(field=field, name=name, values=values_of(values)) for name, values in given.items())


def values_of(given: Any) -> Sequence[Any]:
    """Give the values of a list or a range."""
    if not isinstance(given, RangeEntry):
        return tuple(tuple(item) if isinstance(item, list) else item for item in given)
    return Steps(getattr(given, "from"), given.step, steps_of(given))


def _space(weights: VariedWeights) -> Space | None:
    if weights.lattice is not None:
        return Lattice(weights.lattice.divisions or round(1 / (weights.lattice.step or 1)))
    return None if weights.draws is None else Draws(weights.draws.count, weights.draws.seed)
