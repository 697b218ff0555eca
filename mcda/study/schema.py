"""The files of a study as they are written; JSON Schema comes from these models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from mcda.study.scenario import LeafWeights, Missing, Money, Rest, ScenarioKind, Structure

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Weight = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
PERCENTAGE = r"^\s*[0-9]+(\.[0-9]+)?\s*%\s*$"


def _fraction(given: Any) -> Any:
    if not (isinstance(given, str) and re.match(PERCENTAGE, given)):
        return given
    return float(given.replace("%", "")) / 100.0


Share = Annotated[  # a weight that may be written as a percentage
    Weight, BeforeValidator(_fraction, json_schema_input_type=Weight | Annotated[str, Field(pattern=PERCENTAGE)])
]
Ends = Annotated[list[Number], Field(min_length=2, max_length=2)]


class Entry(BaseModel):
    """A mapping in a file: unknown keys are refused, a key with nothing after it counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}
        return data


class Words(Entry):
    """A text by language; a plain text counts as English."""

    en: Annotated[str, Field(min_length=1, description="English; shown where another language is missing")]
    ru: str = Field(default="", description="Russian")
    kk: str = Field(default="", description="Kazakh")


def _plain(text: Any) -> Any:
    return {"en": str(text)} if isinstance(text, (str, int, float)) else text


Text = Annotated[Words, BeforeValidator(_plain, json_schema_input_type=Words | str)]


class ReadingEntry(Entry):
    """What one reader of the evidence says of one cell."""

    value: Number | None = Field(default=None, description="the score; empty where the evidence gives none")
    low: Number | None = Field(default=None, description="the lowest value a fair reader could defend")
    high: Number | None = Field(default=None, description="the highest value a fair reader could defend")
    evidence: list[str] = Field(default=[], description="ids of rows in the ledger of evidence")
    reason: str = Field(default="", description="why, in one sentence")


class DisputeEntry(Entry):
    """A reading that the sources dispute: a scenario may take it, but no draw reaches it through a range."""

    value: Number
    reason: Annotated[str, Field(min_length=1)]
    evidence: list[str] = []


class CellEntry(ReadingEntry):
    """One cell: a reading of its own, or one reading for each coding of the study."""

    codings: dict[Key, ReadingEntry] = Field(default={}, description="readings by coding, side by side")
    disputed: list[DisputeEntry] = Field(default=[], description="readings that are switches: never drawn as a tail")


class SubcriterionEntry(Entry):
    """A sub-criterion with its scale and the cells of all alternatives."""

    title: Text
    weight: Weight = Field(default=1, description="share within the criterion, in proportion to the others")
    kind: Literal["rating", "amount"] = Field(default="rating", description="an anchored rating, or an amount in units")
    unit: str = Field(default="", description="unit of an amount, such as USD bn")
    scale: Ends = Field(description="the two values that become 0 and 1 on the common scale")
    question: Text | None = None
    anchors: dict[int, Text] = Field(default={}, description="what each whole rating means")
    cells: dict[Key, CellEntry]


class CriterionFile(Entry):
    """A criterion: one file of the folder ``criteria``."""

    key: Key
    title: Text
    direction: str = Field(description="benefit (more is better) or cost (less is better)")
    weight: Weight = Field(default=1, description="base weight, in proportion to the other criteria")
    question: Text
    subcriteria: Annotated[dict[Key, SubcriterionEntry], Field(min_length=1)]


class SourceEntry(Entry):
    """A source that the evidence cites."""

    authors: list[str] = Field(min_length=1)
    year: Annotated[int, Field(strict=True)]
    title: str = Field(min_length=1)
    journal: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""


class AlternativeEntry(Entry):
    """An alternative: what is ranked."""

    title: Text
    note: Text | None = None


class CodingEntry(Entry):
    """One independent pass over the evidence."""

    title: Text
    about: Text | None = None


class RatingScale(Entry):
    """The scale of anchored ratings: its ends and the smallest step."""

    low: Number = 1
    high: Number = 5
    step: Number = 0.5


class SwotEntry(Entry):
    """The second route: SWOT items assigned to criteria with a sign, one file for each coding."""

    scale: Ends = Field(description="the net balances that become 0 and 1")
    codings: dict[Key, str] = Field(description="name of the file of each coding")


class StudyFile(Entry):
    """The study itself: ``study.yaml`` of the folder ``criteria``."""

    key: Key
    title: Text
    question: Text
    about: Text | None = Field(default=None, description="what the study is, and what it is not")
    alternatives: Annotated[dict[Key, AlternativeEntry], Field(min_length=1)]
    criteria: Annotated[list[Key], Field(min_length=1, description="file names without .yaml, in the order shown")]
    evidence: str = Field(default="", description="name of the ledger of evidence (CSV), or nothing")
    sources: dict[Key, SourceEntry] = {}
    rating_scale: RatingScale = RatingScale()
    codings: dict[Key, CodingEntry] = {}
    swot: SwotEntry | None = None


class JudgementEntry(Entry):
    """One pairwise judgement: how many times ``first`` matters more than ``second``."""

    first: Key
    second: Key
    ratio: str | Number = Field(description="above 0, as a number or a fraction such as 1/3")
    evidence: list[str] = []
    reason: str = ""


class WeightsEntry(Entry):
    """Where the weights come from, one source at most, and what is set on top of it or of inherited weights."""

    KINDS: ClassVar[tuple[str, ...]] = ("shares", "pairwise", "order", "profile", "group", "set")

    shares: dict[Key, Share] | None = Field(default=None, description="numbers in proportion, by criterion")
    pairwise: list[JudgementEntry] | dict[Key, list[JudgementEntry]] | None = Field(
        default=None, description="judgements, or judgements by coding, merged by geometric mean"
    )
    order: list[Key] | None = Field(default=None, description="criteria from the most to the least important")
    profile: Key | None = Field(default=None, description="the weights of another scenario")
    group: list[Key] | None = Field(default=None, description="scenarios whose judgements are merged into one group")
    set: dict[Key, Share] | None = Field(
        default=None,
        description="final shares from 0 to 1: of a criterion among all criteria, of a sub-criterion within its own",
    )
    rest: Rest | None = Field(
        default=None,
        description="what the others do: share what is left in their proportions, or stay as they are, before all are "
        "brought to sum to 1",
    )

    @model_validator(mode="after")
    def _one_source(self) -> WeightsEntry:
        sources = self.model_fields_set - {"set", "rest"}
        if len(sources) > 1 or not (sources or self.set):
            raise ValueError("exactly_one")
        return self


class ChangeEntry(Entry):
    """A changed cell and the reason for it."""

    cell: str = Field(pattern=r"^[^.\s]+\.[^.\s]+$", description="alternative.subcriterion, such as china.finance")
    value: Number
    low: Number | None = None
    high: Number | None = None
    reason: str = Field(min_length=1)
    evidence: list[str] = []


class AddedEntry(Entry):
    """An alternative that the scenario adds: one reading for every sub-criterion."""

    title: Text
    cells: dict[Key, ReadingEntry]


if TYPE_CHECKING:

    class RangeEntry(Entry):
        """Numbers in equal steps; its third field is ``from``."""

        to: float
        step: float

else:  # no class statement can have a field of this name
    RangeEntry = create_model(
        "RangeEntry",
        __base__=Entry,
        __doc__="Numbers in equal steps, from the first one to the last one that is not above the other end.",
        **{"from": (Number, ...), "to": (Number, ...), "step": (Number, ...)},
    )
Numbers: TypeAlias = Annotated[list[Number], Field(min_length=1)] | RangeEntry


Shares: TypeAlias = Annotated[list[Share], Field(min_length=1)] | RangeEntry


class LatticeEntry(Entry):
    """All weights of the criteria that are whole multiples of a step: give the step, or how many make up the whole."""

    step: Number | None = None
    divisions: Annotated[int, Field(strict=True, ge=1)] | None = None


class DrawsEntry(Entry):
    """Weights of the criteria drawn uniformly from all there are."""

    count: Annotated[int, Field(strict=True, ge=1)]
    seed: Annotated[int, Field(strict=True, ge=0)] = 1


class VariedWeights(Entry):
    """Where the weights of a grid come from, one source at most, and what is set on top of it."""

    KINDS: ClassVar[tuple[str, ...]] = ("lattice", "draws", "profiles", "set")

    lattice: LatticeEntry | None = None
    draws: DrawsEntry | None = None
    profiles: Annotated[list[Key], Field(min_length=1)] | None = Field(
        default=None, description="scenarios whose weights are taken"
    )
    set: dict[Key, Shares] | None = Field(default=None, description="final shares, by key, as in weights")
    rest: Rest | None = None

    @model_validator(mode="after")
    def _one_source(self) -> VariedWeights:
        sources = self.model_fields_set - {"set", "rest"}
        if len(sources) > 1 or not (sources or self.set):
            raise ValueError("exactly_one")
        return self


class VaryEntry(Entry):
    """What a grid goes through: every combination of these becomes a scenario. What stands first varies slowest."""

    method: Annotated[list[str], Field(min_length=1)] | None = None
    normalization: Annotated[list[str], Field(min_length=1)] | None = None
    options: dict[str, Annotated[list[Any], Field(min_length=1)] | RangeEntry] = {}
    route: Annotated[list[str], Field(min_length=1)] | None = None
    structure: Annotated[list[Structure], Field(min_length=1)] | None = None
    money: Annotated[list[Money], Field(min_length=1)] | None = None
    rating_floor: Numbers | None = None
    missing: Annotated[list[Missing], Field(min_length=1)] | None = None
    leaf_weights: Annotated[list[LeafWeights], Field(min_length=1)] | None = None
    change: dict[str, Numbers] = Field(default={}, description="values by cell, such as china.finance")
    drop: Annotated[list[list[Key]], Field(min_length=1)] | None = Field(
        default=None, description="lists of alternatives; [] drops none"
    )
    exclude: Annotated[list[list[Key]], Field(min_length=1)] | None = Field(
        default=None, description="lists of criteria and sub-criteria; [] leaves none out"
    )
    weights: VariedWeights | None = None


class ScenarioFile(Entry):
    """A scenario: what differs from the one it is based on. What is left out is inherited."""

    title: Text
    note: Text | None = None
    kind: ScenarioKind | None = Field(
        default=None,
        description="what its changes stand for: a policy that somebody may choose, a shock that befalls, or a reading "
        "of what the sources dispute; not inherited",
    )
    based_on: Key | None = None
    weights: WeightsEntry | None = None
    method: str | None = None
    normalization: str | None = None
    options: dict[str, Any] | None = None
    route: str | None = Field(default=None, description="ratings, one of the codings, or one of the SWOT codings")
    structure: Structure | None = None
    money: Money | None = Field(default=None, description="how amounts reach the common scale")
    rating_floor: Annotated[Weight, Field(lt=1)] | None = Field(
        default=None, description="what the lowest rating becomes on the common scale: 0, or 0.2 for x/5"
    )
    missing: Missing | None = Field(
        default=None,
        description="what stands in where no coding in use gives a value: the median of the middles of their ranges, "
        "the middle of all their ranges together, the lowest or the highest end",
    )
    leaf_weights: LeafWeights | None = Field(
        default=None,
        description="weights of sub-criteria within a criterion: as declared, or by the number of rows they cite",
    )
    change: list[ChangeEntry] = []
    drop: list[Key] = []
    add: dict[Key, AddedEntry] = {}
    exclude: list[Key] = Field(default=[], description="criteria and sub-criteria left out")
    vary: VaryEntry | None = Field(default=None, description="makes the scenario a grid of scenarios")


FILES: dict[str, type[Entry]] = {"study": StudyFile, "criterion": CriterionFile, "scenario": ScenarioFile}


def json_schema(kind: str) -> dict[str, Any]:
    """Give the JSON Schema of one kind of file: ``study``, ``criterion`` or ``scenario``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **FILES[kind].model_json_schema()}
