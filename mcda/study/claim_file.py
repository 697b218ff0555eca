"""A claim as it is written: one file of the folder ``scenarios/claims``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from mcda.study.scenario import Missing, Structure
from mcda.study.schema import Entry, Key, Text, Weight
from mcda.study.universe import Kind


class WeightsChoice(Entry):
    """Where the weights of an option come from: exactly one of these."""

    profile: Key | None = Field(default=None, description="the weights of a scenario")
    shares: dict[Key, Weight] | None = Field(default=None, description="numbers in proportion, by criterion")
    objective: str | None = Field(default=None, description="a method that derives weights from the matrix itself")
    orders: Literal["all"] | None = Field(
        default=None, description="every order of importance of the criteria, each by its rank-order centroid"
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> WeightsChoice:
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly_one")
        return self


class SettingEntry(Entry):
    """What an option sets in the scenario."""

    route: str | None = None
    structure: Structure | None = None
    money: Literal["linear", "log"] | None = None
    rating_floor: Annotated[Weight, Field(lt=1)] | None = None
    missing: Missing | None = None
    leaf_weights: Literal["declared", "evidence"] | None = None
    exclude: list[Key] | None = None
    changes_of: list[Key] | None = Field(default=None, description="scenarios whose changed cells are taken over")
    method: str | None = None
    normalization: str | None = None
    options: dict[str, Any] | None = None
    weights: WeightsChoice | None = None


class ChoiceEntry(Entry):
    """One option of a dimension: what it sets, of which kind it is, and why it is defensible."""

    title: Text | None = None
    kind: Kind = Field(
        description="equivalent: answers the same question as well as the others; uncertain: whether it does is open; "
        "non-equivalent: answers another question"
    )
    why: Text
    set: SettingEntry | None = Field(
        default=None, description="left out: the key of the option itself is the value, or nothing changes"
    )


class DimensionEntry(Entry):
    """One question that every specification answers; the first option is the baseline's."""

    title: Text
    options: Annotated[dict[Key, ChoiceEntry], Field(min_length=1)]


class SameEntry(Entry):
    """Combinations that repeat the numbers of others."""

    when: Annotated[dict[Key, Key | list[Key]], Field(min_length=1)]
    like: Annotated[dict[Key, Key], Field(min_length=1)]
    why: Text


class ExcludingEntry(Entry):
    """Combinations that make no sense."""

    when: Annotated[dict[Key, Key | list[Key]], Field(min_length=1)]
    why: Text


class AssertedEntry(Entry):
    """Who asserts it, and where."""

    by: str = Field(description="key of a source of the study")
    where: str = Field(min_length=1, description="section or page")
    words: Text
    evidence: list[str] = Field(default=[], description="ids of rows in the ledger of evidence")


class ClaimFile(Entry):
    """A claim; what is left out is taken over from the claim it is based on, dimension by dimension."""

    title: Text
    note: Text | None = None
    claim: str = Field(description="such as: eu first, eu above china, eu in the top two, china last")
    asserted: AssertedEntry
    based_on: Key | None = Field(default=None, description="another claim whose universe is taken over")
    baseline: Key | None = Field(default=None, description="scenario that the first options start from")
    weight_space: bool | None = Field(
        default=None, description="whether the claim leaves the weights open; true where left out"
    )
    universe: dict[Key, DimensionEntry] = Field(default={}, description="the choices, each with its options")
    same: list[SameEntry] = Field(default=[], description="combinations that give the numbers of others")
    excluding: list[ExcludingEntry] = Field(default=[], description="combinations that make no sense")
