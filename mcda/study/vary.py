"""Hold what a grid varies against the study and the methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mcda.engine.methods import lookup, scorer
from mcda.engine.normalize import NORMALIZATIONS
from mcda.engine.problem import Problem
from mcda.errors import Fault, NotApplicable, ProblemError
from mcda.study.located import Keys, Located, spelled
from mcda.study.model import Study
from mcda.study.names import list_faults, name_faults
from mcda.study.readings import number_fault
from mcda.study.scenario import Scenario
from mcda.study.schema import RangeEntry, ScenarioFile, VariedWeights, VaryEntry
from mcda.study.shape import Shaped

SLACK = 1e-9  # by which a range may miss its other end, and a step the whole


def steps_of(given: RangeEntry) -> int:
    """Count the numbers of a range; 0 where it is empty."""
    first = getattr(given, "from")
    if given.step <= 0 or first > given.to:
        return 0
    return int((given.to - first) / given.step + SLACK) + 1


def vary_faults(study: Study, shaped: Shaped[ScenarioFile], scenario: Scenario) -> Iterator[Fault]:
    """Name what a grid varies that does not exist, or cannot be.

    Whether a combination can be ranked is left to the run, which skips those that cannot.
    """
    file, entry = shaped.file, shaped.entry.vary
    assert entry is not None
    if not file.data["vary"]:
        yield file.fault("fault.no_entries", keys=("vary",), at="key")
    yield from _procedure_faults(file, entry, scenario)
    yield from list_faults(file, ("vary", "route"), entry.route or [], study.routes, "route")
    for field in ("structure", "money", "missing", "leaf_weights"):
        yield from _twice(file, ("vary", field), getattr(entry, field) or [])
    floors: Keys = ("vary", "rating_floor")
    for keys, floor in _numbers(entry.rating_floor, floors):
        if not 0 <= floor < 1:
            yield file.fault("fault.vary_floor", {"found": spelled(floor)}, keys=keys)
    yield from _range_faults(file, floors, entry.rating_floor)
    yield from _change_faults(study, file, entry, scenario)
    alternatives = _alternatives(study, scenario)
    both = tuple(key for group in study.siblings() for key in group)
    for i, names in enumerate(entry.drop or ()):
        yield from list_faults(file, ("vary", "drop", i), names, alternatives, "alternative")
    for i, names in enumerate(entry.exclude or ()):
        yield from list_faults(file, ("vary", "exclude", i), names, both, "criterion or sub-criterion")
    if entry.weights is not None:
        yield from _weights_faults(file, entry.weights, both)
        owners = {leaf.key: leaf.criterion for leaf in study.leaves}
        for key in entry.weights.set or ():
            if {key, owners.get(key)} & set(scenario.exclude):
                yield file.fault("fault.set_excluded", {"found": key}, keys=("vary", "weights", "set", key), at="key")


def _procedure_faults(file: Located, entry: VaryEntry, scenario: Scenario) -> Iterator[Fault]:
    """Name methods, normalizations and options that do not exist."""
    methods = entry.method or [scenario.method]
    known = []
    for i, key in enumerate(entry.method or ()):
        try:
            lookup(key)
            known.append(key)
        except ProblemError as error:
            yield from (file.fault(f.code, f.values, keys=("vary", "method", i)) for f in error.faults)
    yield from _twice(file, ("vary", "method"), entry.method or [])
    normalizations: Keys = ("vary", "normalization")
    yield from list_faults(file, normalizations, entry.normalization or [], tuple(NORMALIZATIONS), "normalization")
    if len(known) < len(entry.method or ()):
        return
    for name, values in entry.options.items():
        keys: Keys = ("vary", "options", name)
        takers = [key for key in methods if name in lookup(key).takes]
        if not takers:
            yield file.fault("fault.vary_option", {"found": name}, keys=keys, at="key")
            continue
        yield from _range_faults(file, keys, values)
        yield from _twice(file, keys, values if isinstance(values, list) else [])
        for place, value in _numbers(values, keys):
            yield from _option_faults(file, place, takers, name, value)


def _option_faults(file: Located, keys: Keys, methods: list[str], name: str, value: Any) -> Iterator[Fault]:
    """Name a value of an option that none of the methods which take it accepts."""
    found: tuple[Fault, ...] = ()
    for method in methods:
        try:
            scorer(Problem([[1.0]], [1], scales=[[0.0, 2.0]]), method=method, options={name: value})
            return
        except NotApplicable:
            return
        except ProblemError as error:
            found = error.faults
    yield from (file.fault(fault.code, fault.values, keys=keys) for fault in found)


def _change_faults(study: Study, file: Located, entry: VaryEntry, scenario: Scenario) -> Iterator[Fault]:
    """Name cells that do not exist, and values that they cannot have."""
    leaves = {leaf.key: leaf for leaf in study.leaves}
    for cell, values in entry.change.items():
        keys: Keys = ("vary", "change", cell)
        alternative, dot, name = cell.partition(".")
        if not dot:
            yield file.fault("fault.not_a_cell", {"found": spelled(cell)}, keys=keys, at="key")
            continue
        yield from name_faults(file, keys, alternative, _alternatives(study, scenario), "alternative", at="key")
        yield from name_faults(file, keys, name, tuple(leaves), "sub-criterion", at="key")
        yield from _range_faults(file, keys, values)
        yield from _twice(file, keys, values if isinstance(values, list) else [])
        if name in leaves:
            for place, value in _numbers(values, keys):
                fault = number_fault(value, kind=leaves[name].kind, ratings=study.ratings)
                if fault is not None:
                    yield file.fault(fault.code, fault.values, keys=place)


def _weights_faults(file: Located, weights: VariedWeights, known: tuple[str, ...]) -> Iterator[Fault]:
    """Name steps that do not fit, and shares that are none."""
    lattice = weights.lattice
    if lattice is not None:
        given = [name for name in ("step", "divisions") if getattr(lattice, name) is not None]
        keys: Keys = ("vary", "weights", "lattice")
        if len(given) != 1:
            code = "fault.lattice" if given else "fault.lattice_empty"
            yield file.fault(code, {"found": " + ".join(given)}, keys=keys, at="key")
        elif lattice.step is not None and not (lattice.step > 0 and abs(1 / lattice.step % 1 - 0.5) > 0.5 - SLACK):
            yield file.fault("fault.lattice_step", {"found": spelled(lattice.step)}, keys=(*keys, "step"))
    yield from _twice(file, ("vary", "weights", "profiles"), weights.profiles or [])
    if weights.rest is not None and not weights.set:
        yield file.fault("fault.rest_alone", keys=("vary", "weights", "rest"), at="key")
    for key, values in (weights.set or {}).items():
        keys = ("vary", "weights", "set", key)
        yield from name_faults(file, keys, key, known, "criterion or sub-criterion", at="key")
        yield from _range_faults(file, keys, values)
        yield from _twice(file, keys, values if isinstance(values, list) else [])
        for place, share in _numbers(values, keys):
            if not 0 <= share <= 1:
                code = "fault.share_above" if share > 1 else "fault.too_low"
                yield file.fault(code, {"found": spelled(share), "limit": 0}, keys=place)


def _numbers(given: Any, keys: Keys) -> list[tuple[Keys, Any]]:
    """Give the values of a list, and the ends of a range, each with its place."""
    if given is None:
        return []
    if isinstance(given, RangeEntry):
        return [((*keys, name), getattr(given, name)) for name in ("from", "to")] if steps_of(given) else []
    return [((*keys, i), value) for i, value in enumerate(given)]


def _range_faults(file: Located, keys: Keys, given: Any) -> Iterable[Fault]:
    """Refuse an empty range."""
    if isinstance(given, RangeEntry) and not steps_of(given):
        ends = {"first": spelled(getattr(given, "from")), "last": spelled(given.to), "step": spelled(given.step)}
        yield file.fault("fault.steps", ends, keys=keys, at="key")


def _twice(file: Located, keys: Keys, values: list[Any]) -> Iterator[Fault]:
    """Refuse a value that stands twice."""
    for i, value in enumerate(values):
        if value in values[:i]:
            yield file.fault("fault.item_twice", {"found": value}, keys=(*keys, i))


def _alternatives(study: Study, scenario: Scenario) -> tuple[str, ...]:
    """Give the keys of the alternatives that a scenario can speak of."""
    return (*(a.key for a in study.alternatives), *(added.alternative.key for added in scenario.add))
