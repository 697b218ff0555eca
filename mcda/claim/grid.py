"""The full cross of a claim's choices: which combinations are alike, which are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.engine.methods import lookup
from mcda.study.model import Title
from mcda.study.scenario import Change, Scenario
from mcda.study.universe import Choice, Claim, Dimension, Rule, WeightSet

Mask = NDArray[np.bool_]
Places = NDArray[np.int32]

PLAIN = Title(en="")


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """All combinations of options, data first, then the procedure, then the weights.

    A combination of data options is a ``cell``, one of procedure options a ``way``; both count in the order of their
    dimensions, the last one fastest.

    Attributes
    ----------
    claim : the claim
    data, procedure : dimensions that say which numbers are ranked, and how
    weights : the dimension of weights; the baseline's own where the claim has none
    """

    claim: Claim
    data: tuple[Dimension, ...]
    procedure: tuple[Dimension, ...]
    weights: Dimension

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All dimensions in the order of the axes."""
        return (*self.data, *self.procedure, self.weights)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each dimension but the weights."""
        return tuple(len(item.options) for item in (*self.data, *self.procedure))

    @property
    def cells(self) -> int:
        """Number of combinations of data options."""
        return prod(len(item.options) for item in self.data)

    @property
    def ways(self) -> int:
        """Number of combinations of procedure options."""
        return prod(len(item.options) for item in self.procedure)

    @cached_property
    def sets(self) -> tuple[WeightSet, ...]:
        """Every set of weights (w,), family by family."""
        return tuple(item for option in self.weights.options for item in option.weights)

    @cached_property
    def family(self) -> NDArray[np.intp]:
        """The option of weights that each set (w,) belongs to."""
        return np.repeat(np.arange(len(self.weights.options)), [len(option.weights) for option in self.weights.options])

    @cached_property
    def mass(self) -> NDArray[np.int64]:
        """How much each set (w,) counts, in whole numbers, where every option of weights counts the same."""
        sizes = [len(option.weights) for option in self.weights.options]
        return np.array([lcm(*sizes) // size for size in sizes])[self.family]

    @property
    def combinations(self) -> int:
        """Number of combinations with every set of weights."""
        return self.cells * self.ways * len(self.sets)

    def mask(self, when: Mapping[str, tuple[str, ...]]) -> Mask:
        """Mark the combinations (cells * ways,) in which each dimension named takes one of its options."""
        marked = np.ones(self.shape, bool)
        for axis, item in enumerate((*self.data, *self.procedure)):
            if item.key in when:
                chosen = np.array([option.key in when[item.key] for option in item.options])
                marked &= chosen.reshape(-1, *[1] * (len(self.shape) - axis - 1))
        return marked.reshape(-1)

    def choices(self, place: int) -> Iterator[tuple[Dimension, Choice]]:
        """Give the option that a combination (of cell and way) takes in each dimension but the weights."""
        for item, position in zip((*self.data, *self.procedure), np.unravel_index(place, self.shape), strict=True):
            yield item, item.options[int(position)]

    def scenario(self, cell: int) -> Scenario:
        """Give the baseline as the data options of a cell change it."""
        chosen = [option for item, option in self.choices(cell * self.ways) if item.role == "data"]
        return applied(self.claim.baseline, chosen)

    def way(self, way: int) -> tuple[str, str | None, Mapping[str, object]]:
        """Give method, normalization (None where the method fixes its own) and the method's options of a way."""
        chosen = [option for item, option in self.choices(way) if item.role == "procedure"]
        scenario = applied(self.claim.baseline, chosen)
        open_ones = lookup(scenario.method).normalizations
        return scenario.method, scenario.normalization if open_ones else None, scenario.options

    @cached_property
    def excluded(self) -> NDArray[np.int16]:
        """The rule, counted from 1, that leaves a combination out (options of weights, cells * ways); 0 for none."""
        out = np.zeros((len(self.weights.options), self.cells * self.ways), np.int16)
        for number, rule in enumerate(self.claim.excluding, start=1):
            marked = self.mask(rule.when)
            for row in self._families(rule):
                out[row, marked & (out[row] == 0)] = number
        return out

    def _families(self, rule: Rule) -> list[int]:
        """List the options of weights that a rule is about: all where it does not name them."""
        named = rule.when.get(self.weights.key)
        return [i for i, option in enumerate(self.weights.options) if named is None or option.key in named]

    @cached_property
    def home(self) -> Places:
        """The combination (cells * ways,) whose numbers each one repeats by the rules: itself where none does."""
        home = np.arange(self.cells * self.ways, dtype=np.int32).reshape(self.shape)
        places = {item.key: axis for axis, item in enumerate((*self.data, *self.procedure))}
        for rule in self.claim.same:
            picked: list[list[int]] = [list(range(size)) for size in self.shape]
            for key, options in rule.when.items():
                picked[places[key]] = [self._position(key, option) for option in options]
            target = [*picked]
            for key, option in rule.like.items():
                target[places[key]] = [self._position(key, option)]
            home[np.ix_(*picked)] = home[np.ix_(*target)]
        flat = home.reshape(-1)
        for _ in self.claim.same:
            flat = flat[flat]
        return flat

    def _position(self, key: str, option: str) -> int:
        return self.claim.dimension(key).position(option)


def applied(scenario: Scenario, options: list[Choice]) -> Scenario:
    """Lay options over a scenario; later ones win, a new method brings its own normalization and options."""
    fields: dict[str, Any] = {}
    changes: tuple[Change, ...] = ()
    for option in options:
        fields |= option.fields
        changes += option.changes
    if fields.get("method", scenario.method) != scenario.method:
        fields = {"normalization": None, "options": {}, **fields}
    return replace(scenario, **fields).with_changes(changes)


def lay_out(claim: Claim) -> Grid:
    """Order the dimensions of a claim into a grid."""
    own = WeightSet(key=claim.baseline.key, source=claim.baseline.weights)
    alone = Choice(key=claim.baseline.key, title=claim.baseline.title, kind="equivalent", why=PLAIN, weights=(own,))
    about = [item for item in claim.dimensions if item.role == "weights"]
    return Grid(
        claim=claim,
        data=tuple(item for item in claim.dimensions if item.role == "data"),
        procedure=tuple(item for item in claim.dimensions if item.role == "procedure"),
        weights=about[0] if about else Dimension(key="weights", title=PLAIN, options=(alone,)),
    )
