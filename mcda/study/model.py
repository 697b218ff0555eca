"""A study once read: criteria, cells, codings, evidence; and the values that follow from the codings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from pathlib import Path
from statistics import median
from typing import Literal, TypeVar


@dataclass(frozen=True, kw_only=True)
class Title:
    """A text by language; English stands in where a language is missing."""

    en: str
    ru: str = ""
    kk: str = ""

    def get(self, lang: str) -> str:
        """Give the text in ``lang``."""
        return str(getattr(self, lang)) or self.en


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one reader of the evidence says of one cell; ``value`` is None where the evidence gives none."""

    value: float | None
    low: float
    high: float
    evidence: tuple[str, ...] = ()
    reason: str = ""

    @property
    def midpoint(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def best(self) -> float:
        """The value where there is one, else the midpoint."""
        return self.midpoint if self.value is None else self.value


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """A reading that the sources dispute: a switch for scenarios, not a tail of a range."""

    value: float
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One alternative on one sub-criterion: the readings of all codings, side by side.

    ``readings`` maps the key of a coding to its reading; a study without codings has one, under the empty key.
    """

    alternative: str
    leaf: str
    readings: Mapping[str, Reading]
    changed: str = ""  # the reason, where a scenario changed the cell
    disputed: tuple[Dispute, ...] = ()

    @cached_property
    def assumed(self) -> bool:
        """Whether no coding gives a value, so that the adopted one is a median of midpoints."""
        return all(reading.value is None for reading in self.readings.values())

    @cached_property
    def value(self) -> float:
        """The adopted value: the median of the codings' values; of their midpoints where none gives a value."""
        given = [reading.value for reading in self.readings.values() if reading.value is not None]
        return float(median(given or [reading.midpoint for reading in self.readings.values()]))

    @cached_property
    def low(self) -> float:
        """The lowest end of any coding's range."""
        return min(reading.low for reading in self.readings.values())

    @cached_property
    def high(self) -> float:
        """The highest end of any coding's range."""
        return max(reading.high for reading in self.readings.values())

    @cached_property
    def undisputed(self) -> Mapping[str, Reading]:
        """The readings with ranges that stop short of the disputed readings.

        An end of a range that lies at or beyond a disputed reading gives way to the farthest end on its side that any
        coding gives without the dispute, but never passes the reading's own value.
        """
        return {coding: _short_of(reading, self) for coding, reading in self.readings.items()}

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of all rows of the ledger that any coding cites, in the order of first mention."""
        return tuple(dict.fromkeys(row for reading in self.readings.values() for row in reading.evidence))


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A sub-criterion: a rating or an amount, with the two values that become 0 and 1 on the common scale."""

    key: str
    criterion: str
    title: Title
    weight: float
    kind: Literal["rating", "amount"]
    unit: str
    scale: tuple[float, float]
    question: Title | None
    anchors: Mapping[int, Title]
    cells: Mapping[str, Cell]  # by alternative


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion with its direction (+1 more is better, -1 less is better), base weight and sub-criteria."""

    key: str
    title: Title
    direction: Literal[1, -1]
    weight: float
    question: Title
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What is ranked."""

    key: str
    title: Title
    note: Title | None = None


@dataclass(frozen=True, kw_only=True)
class Coding:
    """One independent pass over the evidence."""

    key: str
    title: Title
    about: Title | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source that the evidence cites."""

    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    journal: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One row of the ledger: what a paper says, and where."""

    id: str
    paper: str
    locator: str
    format: str
    area: str
    statement: str
    value: str = ""
    unit: str = ""
    year: str = ""


@dataclass(frozen=True, kw_only=True)
class SwotItem:
    """One SWOT item as a coding assigned it: ``criterion`` None where it speaks to none, ``sign`` +1, -1 or 0."""

    id: str
    alternative: str
    criterion: str | None
    sign: Literal[1, -1, 0]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Swot:
    """The second route: the items of each coding, and the net balances that become 0 and 1."""

    scale: tuple[float, float]
    codings: Mapping[str, tuple[SwotItem, ...]]


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """The scale of anchored ratings: its ends and the smallest step."""

    low: float = 1.0
    high: float = 5.0
    step: float = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Study:
    """A study, read and checked.

    Attributes
    ----------
    key, title, question, about : what files call it, what people do, what it asks, what it is, or None
    alternatives, criteria : (n,) and (m,) in the order of the files
    codings : those who read the evidence; empty where the scores are the study's own
    sources : by key
    evidence : rows of the ledger, by id
    swot : the second route; None where there is none
    ledger : name of the file of evidence, empty where there is none
    ratings : the scale of ratings
    folder, scenario_folder : where the criteria and the scenarios lie
    hashes : SHA-256 of every file read, by name
    """

    key: str
    title: Title
    question: Title
    about: Title | None
    alternatives: tuple[Alternative, ...]
    criteria: tuple[Criterion, ...]
    codings: tuple[Coding, ...]
    sources: Mapping[str, Source]
    evidence: Mapping[str, Evidence]
    swot: Swot | None
    ledger: str = ""  # name of the file of evidence, empty where there is none
    ratings: Ratings = Ratings()
    folder: Path  # of the criteria
    scenario_folder: Path
    hashes: Mapping[str, str]  # SHA-256 of every file read, by name

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All sub-criteria, criterion by criterion."""
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves)

    @property
    def routes(self) -> tuple[str, ...]:
        """The routes from evidence to scores: ratings, each single coding, each SWOT coding."""
        return ("ratings", *(coding.key for coding in self.codings), *(self.swot.codings if self.swot else ()))

    def siblings(self) -> tuple[tuple[str, ...], ...]:
        """Give the keys that share a whole: all criteria, then the sub-criteria of each."""
        return tuple(c.key for c in self.criteria), *(tuple(leaf.key for leaf in c.leaves) for c in self.criteria)

    def without(self, keys: Collection[str]) -> Study:
        """Leave criteria out, with their sub-criteria and the SWOT items assigned to them."""
        kept = tuple(criterion for criterion in self.criteria if criterion.key not in keys)
        if len(kept) == len(self.criteria):
            return self
        swot = self.swot
        if swot is not None:
            assigned = {key: tuple(i for i in items if i.criterion not in keys) for key, items in swot.codings.items()}
            swot = replace(swot, codings=assigned)
        return replace(self, criteria=kept, swot=swot)

    def criterion(self, key: str) -> Criterion:
        """Find a criterion by key."""
        return _find(self.criteria, key)

    def alternative(self, key: str) -> Alternative:
        """Find an alternative by key."""
        return _find(self.alternatives, key)

    def leaf(self, key: str) -> Leaf:
        """Find a sub-criterion by key."""
        return _find(self.leaves, key)


def _short_of(reading: Reading, cell: Cell) -> Reading:
    """Pull the ends of a reading's range in front of the disputed readings of its cell."""
    above = min((d.value for d in cell.disputed if d.value > reading.best), default=inf)
    below = max((d.value for d in cell.disputed if d.value < reading.best), default=-inf)
    low, high = reading.low, reading.high
    if low <= below:
        low = min((r.low for r in cell.readings.values() if r.low > below), default=reading.best)
    if high >= above:
        high = max((r.high for r in cell.readings.values() if r.high < above), default=reading.best)
    return replace(reading, low=min(low, reading.best), high=max(high, reading.best))


Keyed = TypeVar("Keyed", Alternative, Criterion, Leaf)


def _find(items: Iterable[Keyed], key: str) -> Keyed:
    return next(item for item in items if item.key == key)
