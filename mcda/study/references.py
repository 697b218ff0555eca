"""Hold the files of a study against each other: keys that must agree, cells that must exist, citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcda.engine.problem import direction
from mcda.errors import Fault
from mcda.study.ledger import cited
from mcda.study.located import Keys, Located, spelled
from mcda.study.model import Evidence, Ratings
from mcda.study.names import mapping_faults
from mcda.study.readings import reading_faults
from mcda.study.schema import CellEntry, CriterionFile, ReadingEntry, StudyFile, SubcriterionEntry
from mcda.study.shape import Shaped

ADOPTED = "ratings"  # the route of adopted values, which no coding may take for its key


def study_faults(study: Shaped[StudyFile]) -> Iterable[Fault]:
    """Name what is wrong with the study file by itself."""
    file, entry = study.file, study.entry
    scale = entry.rating_scale
    if study.sound("rating_scale") and (scale.low >= scale.high or scale.step <= 0):
        values = {"low": spelled(scale.low), "high": spelled(scale.high), "step": spelled(scale.step)}
        yield file.fault("fault.rating_scale", values, keys=("rating_scale",), at="key")
    if entry.swot and study.sound("swot"):
        yield from ends_faults(file, ("swot", "scale"), entry.swot.scale)
    routes = [ADOPTED]
    places: list[Keys] = [("codings", key) for key in entry.codings]
    places += [("swot", "codings", key) for key in (entry.swot.codings if entry.swot else ())]
    for place in places:
        if place[-1] in routes:
            yield file.fault("fault.route_twice", {"found": place[-1]}, keys=place, at="key")
        routes.append(str(place[-1]))


def key_faults(study: Shaped[StudyFile], criteria: Mapping[str, Shaped[CriterionFile]]) -> Iterable[Fault]:
    """Name keys that stand for two things: alternatives, criteria and sub-criteria are called by key alone."""
    owners: dict[str, str] = {}
    places: list[tuple[Located, Keys, str, str]]
    places = [(study.file, ("alternatives", key), key, "alternative") for key in study.entry.alternatives]
    places += [(study.file, ("criteria", i), key, "criterion") for i, key in enumerate(study.entry.criteria)]
    for criterion in criteria.values():
        file, leaves = criterion.file, criterion.entry.subcriteria
        places += [
            (file, ("subcriteria", key), key, "sub-criterion") for key in leaves if ("subcriteria", key) in file.places
        ]
    for file, keys, key, what in places:
        if key in owners:
            values = {"what": what, "found": key, "first": owners[key]}
            yield file.fault("fault.name_taken", values, keys=keys, at="key")
        owners.setdefault(key, f"{file.file.name}:{file.places[keys][0] + 1}")


def weight_faults(study: Shaped[StudyFile], criteria: Mapping[str, Shaped[CriterionFile]]) -> Iterable[Fault]:
    """Refuse base weights that are all 0."""
    if len(criteria) == len(study.entry.criteria) and not any(c.entry.weight for c in criteria.values()):
        yield study.file.fault("fault.weights_zero", keys=("criteria",), at="key")


def ends_faults(file: Located, keys: Keys, ends: list[float]) -> Iterable[Fault]:
    """Refuse a declared scale whose second number is not the higher one."""
    low, high = ends
    if low >= high:
        yield file.fault("fault.scale", dict(zip(("low", "high"), file.found(keys), strict=True)), keys=keys)


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """What the cells of a criterion are held against; None where it is at fault itself.

    Attributes
    ----------
    alternatives, codings : keys
    ratings : the scale of ratings
    evidence : the ledger by id
    ledger : name of its file, empty where the study has none
    """

    alternatives: tuple[str, ...] | None
    codings: tuple[str, ...] | None
    ratings: Ratings | None
    evidence: Mapping[str, Evidence] | None
    ledger: str


def criterion_faults(criterion: Shaped[CriterionFile], name: str, frame: Frame) -> Iterable[Fault]:
    """Name what is wrong with the file ``name`` of a criterion in the frame of its study."""
    file, entry = criterion.file, criterion.entry
    if criterion.sound("key") and entry.key != name:
        yield file.fault("fault.key_is_not_name", {"found": entry.key, "name": name}, keys=("key",))
    if direction(entry.direction) is None:
        yield file.fault("fault.direction", {"found": entry.direction}, keys=("direction",))
    if criterion.sound("subcriteria") and not any(leaf.weight for leaf in entry.subcriteria.values()):
        yield file.fault("fault.weights_zero", keys=("subcriteria",), at="key")
    for key, leaf in entry.subcriteria.items():
        if criterion.sound("subcriteria", key, "scale"):
            yield from ends_faults(file, ("subcriteria", key, "scale"), leaf.scale)
            if leaf.kind == "amount" and leaf.scale[0] < 0:
                values = {"found": spelled(leaf.scale[0])}
                yield file.fault("fault.negative_amount", values, keys=("subcriteria", key, "scale", 0))
        yield from _leaf_faults(criterion, key, leaf, frame)


def _leaf_faults(
    criterion: Shaped[CriterionFile], key: str, leaf: SubcriterionEntry, frame: Frame
) -> Iterable[Fault]:
    """Hold the cells of a sub-criterion against alternatives, codings, scale and ledger."""
    file, keys = criterion.file, ("subcriteria", key, "cells")
    if frame.ratings is not None:
        yield from _anchor_faults(file, ("subcriteria", key, "anchors"), leaf, frame.ratings)
    if frame.alternatives is not None:
        cells = [*leaf.cells, *(name for name in frame.alternatives if not criterion.sound(*keys, name))]
        yield from mapping_faults(file, keys, cells, frame.alternatives, "alternative", missing="fault.no_cell")
    for alternative, cell in leaf.cells.items():
        yield from _cell_faults(criterion, (*keys, alternative), cell, leaf.kind, frame)


def _anchor_faults(file: Located, keys: Keys, leaf: SubcriterionEntry, ratings: Ratings) -> Iterable[Fault]:
    for rating in leaf.anchors:
        if not ratings.low <= rating <= ratings.high:
            values = {"found": rating, "low": spelled(ratings.low), "high": spelled(ratings.high)}
            yield file.fault("fault.anchor", values, keys=(*keys, str(rating)), at="key")


def _cell_faults(
    criterion: Shaped[CriterionFile], keys: Keys, cell: CellEntry, kind: str, frame: Frame
) -> Iterable[Fault]:
    """Hold a cell against the codings of the study, and each of its readings against scale and ledger."""
    file = criterion.file
    plain = [name for name in cell.model_fields_set if name not in ("codings", "disputed")]
    if frame.codings is not None:
        if cell.codings and plain:
            yield file.fault("fault.cell_both", {"found": ", ".join(sorted(plain))}, keys=keys, at="key")
            return
        if plain and frame.codings:
            yield file.fault("fault.cell_plain", {"codings": ", ".join(frame.codings)}, keys=keys, at="key")
            return
        yield from _coding_faults(criterion, keys, cell, frame.codings)
    readings: dict[Keys, ReadingEntry] = {(*keys, "codings", key): entry for key, entry in cell.codings.items()}
    if not readings and not frame.codings and criterion.sound(*keys):
        readings = {keys: cell}
    for place, entry in readings.items():
        yield from reading_faults(file, place, entry, kind=kind, ratings=frame.ratings)
        if frame.evidence is not None:
            if frame.ledger and not entry.evidence:
                yield file.fault("fault.no_citation", {"ledger": frame.ledger}, keys=place, at="key")
            yield from cited(file, (*place, "evidence"), entry.evidence, frame.evidence, frame.ledger)
    for number, dispute in enumerate(cell.disputed):
        if frame.evidence is not None:
            place = (*keys, "disputed", number)
            yield from cited(file, (*place, "evidence"), dispute.evidence, frame.evidence, frame.ledger)


def _coding_faults(
    criterion: Shaped[CriterionFile], keys: Keys, cell: CellEntry, codings: tuple[str, ...]
) -> Iterable[Fault]:
    """Hold the codings of a cell against those of the study."""
    file, place = criterion.file, (*keys, "codings")
    if cell.codings and not codings:
        yield file.fault("fault.no_codings", keys=place, at="key")
        return
    found = [*cell.codings, *(coding for coding in codings if not criterion.sound(*place, coding))]
    yield from mapping_faults(file, place, found, codings, "coding", missing="fault.no_coding")
