"""A study that stands in for a faulty one, so that its scenarios and claims can be checked in the same run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcda.errors import Fault
from mcda.study.assemble import assemble
from mcda.study.load import Parts
from mcda.study.model import Study
from mcda.study.readings import is_whole
from mcda.study.schema import (
    AlternativeEntry,
    CellEntry,
    CriterionFile,
    RatingScale,
    StudyFile,
    SubcriterionEntry,
    Words,
)
from mcda.study.shape import Shaped

UNKNOWN = Words(en="?")
# Parts of a file in which a fault leaves the names of alternatives, criteria, sub-criteria and routes as they are.
HARMLESS_TOP = frozenset({"key", "title", "question", "about", "alternatives", "sources"})
HARMLESS_LEAF = frozenset({"title", "question", "weight", "scale", "unit", "anchors", "cells"})
# What may be said of a scenario for no other reason than that the study has lost a name or a scale to a fault.
NAMES = frozenset({
    "alternative", "criterion", "criterion or sub-criterion", "sub-criterion", "route", "coding", "source"
})  # fmt: skip
ABOUT_NAMES = frozenset({
    "fault.add_taken",
    "fault.criterion_empty",
    "fault.criterion_left_out",
    "fault.empty",
    "fault.judgement_islands",
    "fault.negative_amount",
    "fault.no_cell",
    "fault.off_scale",
    "fault.off_step",
    "fault.order_left_out",
    "fault.set_not_one",
    "fault.swot_cannot",
    "fault.weights_zero",
})
ABOUT_EVIDENCE = frozenset({"fault.no_evidence", "fault.no_ledger"})


@dataclass(frozen=True, kw_only=True, eq=False)
class StandIn:
    """A study with stand-ins for what is at fault.

    Attributes
    ----------
    study : its names are those of the files; its numbers mean nothing
    names, evidence : whether all names, and the whole ledger, are known
    """

    study: Study
    names: bool
    evidence: bool

    def sure(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Keep the faults that are none of the stand-ins' doing."""
        for fault in faults:
            named = fault.code in ABOUT_NAMES or (fault.code == "fault.unknown" and fault.values["what"] in NAMES)
            if not (named and not self.names) and not (fault.code in ABOUT_EVIDENCE and not self.evidence):
                yield fault


def stand_in(parts: Parts, scenario_folder: Path) -> StandIn:
    """Build a study out of what could be read."""
    top = _top(parts)
    keys = list(dict.fromkeys(top.criteria))
    entries = {key: parts.criteria[key].entry if key in parts.criteria else _nothing(key) for key in keys}
    alternatives, codings = tuple(top.alternatives), tuple(top.codings)
    swot = {coding: parts.swot.get(coding, ()) for coding in (top.swot.codings if top.swot else ())}
    study = assemble(
        top.model_copy(update={"criteria": keys}),
        {key: _whole(entry, alternatives, codings) for key, entry in entries.items()},
        parts.evidence or {},
        swot,
        folder=parts.folder,
        scenario_folder=scenario_folder,
        hashes=parts.hashes,
    )
    return StandIn(study=study, names=_names_known(parts), evidence=parts.evidence is not None)


def _names_known(parts: Parts) -> bool:
    """Tell whether no fault has taken a name away, or made one stand for two things."""
    top = parts.top
    if top is None or any(key not in parts.criteria for key in top.entry.criteria):
        return False
    if any(fault.code in ("fault.name_taken", "fault.rating_scale") for fault in parts.faults):
        return False
    lost = any(place[0] not in HARMLESS_TOP for place in top.mended if place)
    return not lost and not any(map(_leaf_lost, parts.criteria.values()))


def _leaf_lost(criterion: Shaped[CriterionFile]) -> bool:
    places = [place for place in criterion.mended if place[:1] == ("subcriteria",)]
    return any(len(place) < 3 or place[2] not in HARMLESS_LEAF for place in places)


def _top(parts: Parts) -> StudyFile:
    """Give the study file with scales that can be counted on; where there is none, what the other files name."""
    if parts.top is not None:
        entry = parts.top.entry
        scale, swot = entry.rating_scale, entry.swot
        changes: dict[str, object] = {}
        if scale.low >= scale.high or scale.step <= 0:
            changes["rating_scale"] = RatingScale()
        if swot is not None and swot.scale[0] >= swot.scale[1]:
            changes["swot"] = swot.model_copy(update={"scale": [0.0, 1.0]})
        return entry.model_copy(update=changes)
    leaves = [leaf for criterion in parts.criteria.values() for leaf in criterion.entry.subcriteria.values()]
    names = dict.fromkeys(name for leaf in leaves for name in leaf.cells) or {"?": None}
    stems = [Path(name).stem for name in parts.hashes if Path(name).suffix == ".yaml"]
    return StudyFile.model_construct(
        key="?",
        title=UNKNOWN,
        question=UNKNOWN,
        alternatives={name: AlternativeEntry(title=UNKNOWN) for name in names},
        criteria=[*parts.criteria, *(stem for stem in stems if stem not in parts.criteria and stem != "study")],
    )


def _nothing(key: str) -> CriterionFile:
    """Give a criterion of which nothing could be read, with a sub-criterion that nobody names."""
    leaf = SubcriterionEntry.model_construct(title=UNKNOWN, kind="amount", scale=[0.0, 1.0], cells={})
    return CriterionFile.model_construct(
        key=key, title=UNKNOWN, direction="benefit", question=UNKNOWN, subcriteria={f"?{key}": leaf}
    )


def _whole(entry: CriterionFile, alternatives: tuple[str, ...], codings: tuple[str, ...]) -> CriterionFile:
    """Fill in what a criterion lacks, and take numbers for 0 and 1 where its own cannot be."""
    weighs = any(leaf.weight for leaf in entry.subcriteria.values())
    leaves = {}
    for key, leaf in entry.subcriteria.items():
        scale = leaf.scale if leaf.scale[0] < leaf.scale[1] else [0.0, 1.0]
        cells = {name: _cell(leaf, name, scale[0], codings) for name in alternatives}
        leaves[key] = leaf.model_copy(
            update={"scale": scale, "cells": cells, "weight": leaf.weight if weighs else 1.0}
        )
    return entry.model_copy(update={"subcriteria": leaves, "weight": entry.weight or 1.0})


def _cell(leaf: SubcriterionEntry, name: str, value: float, codings: tuple[str, ...]) -> CellEntry:
    """Give a cell where it is whole, else one with the same value in every coding."""
    cell = leaf.cells.get(name)
    if cell is not None and all(map(is_whole, cell.codings.values() or [cell])):
        return cell
    plain: Mapping[str, float] = {"value": value}
    readings = dict.fromkeys(codings, plain)
    return CellEntry.model_validate({"codings": readings} if readings else plain)
