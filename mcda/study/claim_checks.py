"""Hold the parts of a claim against each other: rules against choices, choices against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcda.errors import Fault, ProblemError, StudyError, unknown
from mcda.study.assemble import title
from mcda.study.claim_file import ClaimFile, ExcludingEntry, SameEntry
from mcda.study.located import Keys
from mcda.study.shape import Shaped
from mcda.study.universe import Dimension, Rule


@dataclass(frozen=True, kw_only=True, eq=False)
class ClaimLayer:
    """One claim file: what it says itself."""

    key: str
    path: Path
    shaped: Shaped[ClaimFile]

    @property
    def entry(self) -> ClaimFile:
        """The data as a model."""
        return self.shaped.entry

    def fault(self, code: str, values: Mapping[str, object], *, keys: Keys, at: str = "value") -> Fault:
        """Make a fault that shows its place."""
        return self.shaped.file.fault(code, values, keys=keys, at=at)

    def refused(self, error: StudyError | ProblemError, keys: Keys, at: str = "value") -> list[Fault]:
        """Show faults that know no place at a place of this file."""
        return [self.fault(fault.code, fault.values, keys=keys, at=at) for fault in error.faults]

    def known(self, what: str, found: str, allowed: Iterable[str], keys: Keys, at: str = "value") -> list[Fault]:
        """Give the fault of a name that is none of those allowed."""
        names = tuple(allowed)
        if found in names:
            return []
        fault = unknown(what, found, names)
        return [self.fault(fault.code, fault.values, keys=keys, at=at)]


def read_rule(entry: SameEntry | ExcludingEntry) -> Rule:
    """Turn an entry into a rule."""
    when = {key: (options,) if isinstance(options, str) else tuple(options) for key, options in entry.when.items()}
    like = entry.like if isinstance(entry, SameEntry) else {}
    return Rule(when=when, like=like, why=title(entry.why))


def rule_faults(
    layer: ClaimLayer, keys: Keys, rule: Rule, names: Mapping[str, tuple[str, ...]], roles: Mapping[str, str]
) -> Iterator[Fault]:
    """Hold a rule against the dimensions and their options."""
    parts = [("when", key, option) for key, options in rule.when.items() for option in options]
    parts += [("like", key, option) for key, option in rule.like.items()]
    for part, key, option in parts:
        place = (*keys, part, key)
        yield from layer.known("dimension", key, names, place, "key")
        if key in names:
            yield from layer.known(f"option of {key}", option, names[key], place)
        if rule.like and roles.get(key) == "weights":
            yield layer.fault("claim.same_weights", {"found": key}, keys=place, at="key")


def dimension_faults(layer: ClaimLayer, dimensions: tuple[Dimension, ...]) -> Iterator[Fault]:
    """Refuse a universe without dimensions, two of weights, and weights mixed with other things."""
    if not dimensions:
        yield layer.fault("claim.no_universe", {}, keys=("universe",), at="key")
    about = [item.key for item in dimensions if item.role == "weights"]
    for key in about[1:]:
        values = {"found": key, "first": about[0]}
        yield layer.fault("claim.weights_twice", values, keys=("universe", key), at="key")
    for item in dimensions:
        for option in item.options:
            if item.role == "weights" and (option.fields or option.changes or not option.weights):
                keys: Keys = ("universe", item.key, "options", option.key)
                yield layer.fault("claim.weights_mixed", {"found": option.key}, keys=keys, at="key")


def share_faults(layer: ClaimLayer, keys: Keys, shares: Mapping[str, float], criteria: list[str]) -> Iterator[Fault]:
    """Hold weights that are written out against the criteria."""
    for key in shares:
        yield from layer.known("criterion", key, criteria, (*keys, key), "key")
    for key in criteria:
        if key not in shares:
            yield layer.fault("fault.criterion_left_out", {"found": key}, keys=keys, at="key")
    if not any(shares.values()):
        yield layer.fault("fault.weights_zero", {}, keys=keys, at="key")
