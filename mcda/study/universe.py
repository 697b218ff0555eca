"""A claim once read: what is asserted, by whom, and the universe of choices it is tested over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from mcda.study.assertion import Assertion
from mcda.study.model import Title
from mcda.study.scenario import Change, Scenario, WeightsSource

Kind: TypeAlias = Literal["equivalent", "uncertain", "non-equivalent"]
Role: TypeAlias = Literal["data", "procedure", "weights"]

PROCEDURE = ("method", "normalization", "options")  # fields of a scenario that say how values become scores


@dataclass(frozen=True, kw_only=True)
class WeightSet:
    """One set of weights: from a source, or by the ``objective`` method that derives them from each matrix."""

    key: str
    source: WeightsSource | None = None
    objective: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option of a dimension.

    Attributes
    ----------
    key, title : of the option
    kind : ``equivalent`` where it answers the same question as well as the others do, ``uncertain`` where that is open,
        ``non-equivalent`` where it answers another question [1]_
    why : its justification
    fields : what it sets in the scenario
    changes : cells that it changes
    weights : the sets of weights that it stands for: one, several for a family, none where it is not about weights

    References
    ----------
    .. [1] Del Giudice and Gangestad, "A traveler's guide to the multiverse", Advances in Methods and Practices in
       Psychological Science 4(1), 2021.
    """

    key: str
    title: Title
    kind: Kind
    why: Title
    fields: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    weights: tuple[WeightSet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One question that every specification has to answer; the first option is the baseline's answer."""

    key: str
    title: Title
    options: tuple[Choice, ...]

    @property
    def role(self) -> Role:
        """What its options set: weights, the procedure (method, normalization and their options), or the data."""
        if any(option.weights for option in self.options):
            return "weights"
        named = {name for option in self.options for name in option.fields}
        return "procedure" if named and named <= set(PROCEDURE) else "data"

    def position(self, option: str) -> int:
        """Find an option by key."""
        return [item.key for item in self.options].index(option)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Combinations of options, and what is true of them.

    Attributes
    ----------
    when : options by dimension; a combination is meant where each of these dimensions takes one of them
    like : options by dimension whose numbers the combination repeats, so that it is no specification of its own; empty
        for combinations that are left out
    why : the reason
    """

    when: Mapping[str, tuple[str, ...]]
    like: Mapping[str, str] = field(default_factory=dict)
    why: Title


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """A statement about the ranking, who makes it, and the choices under which it is tested.

    Attributes
    ----------
    key, title, note : of the claim
    assertion : what is asserted
    source, place : key of the paper that asserts it, and where
    words : what the paper says, in the words of this study
    evidence : rows of the ledger that hold the statement
    baseline : scenario from which the first option of each dimension starts
    weight_space : whether the claim leaves the weights open, so that its share of all weights has a meaning
    dimensions : the universe, in the order of the file
    same : combinations that repeat the numbers of others
    excluding : combinations that make no sense
    hashes : SHA-256 of every file read, by name
    """

    key: str
    title: Title
    note: Title | None
    assertion: Assertion
    source: str
    place: str
    words: Title
    evidence: tuple[str, ...]
    baseline: Scenario
    weight_space: bool
    dimensions: tuple[Dimension, ...]
    same: tuple[Rule, ...] = ()
    excluding: tuple[Rule, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)

    def dimension(self, key: str) -> Dimension:
        """Find a dimension by key."""
        return next(item for item in self.dimensions if item.key == key)

    def restricted(self, kinds: Iterable[Kind]) -> Claim:
        """Keep the options of some kinds; the baseline's option of a dimension always stays."""
        kept = frozenset(kinds)
        dimensions = tuple(
            replace(item, options=tuple(o for i, o in enumerate(item.options) if i == 0 or o.kind in kept))
            for item in self.dimensions
        )
        names = {item.key: {option.key for option in item.options} for item in dimensions}
        return replace(
            self, dimensions=dimensions, same=_left(self.same, names), excluding=_left(self.excluding, names)
        )

    def under(self, changes: Iterable[Change]) -> Claim:
        """Test the claim in a world where some cells are changed, as by a policy or a shock."""
        return replace(self, baseline=self.baseline.with_changes(changes))


def _left(rules: tuple[Rule, ...], names: Mapping[str, set[str]]) -> tuple[Rule, ...]:
    """Keep of each rule what is about options that are left."""
    left = []
    for rule in rules:
        when = {key: tuple(o for o in options if o in names[key]) for key, options in rule.when.items()}
        if all(when.values()) and all(option in names[key] for key, option in rule.like.items()):
            left.append(replace(rule, when=when))
    return tuple(left)
