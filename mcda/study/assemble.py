"""Build a study out of files that were checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, overload

from mcda.engine.problem import direction
from mcda.study.model import (
    Alternative,
    Cell,
    Coding,
    Criterion,
    Dispute,
    Evidence,
    Leaf,
    Ratings,
    Source,
    Study,
    Swot,
    SwotItem,
    Title,
)
from mcda.study.readings import reading
from mcda.study.schema import CellEntry, CriterionFile, RatingScale, StudyFile, SubcriterionEntry, Words


def assemble(
    entry: StudyFile,
    criteria: Mapping[str, CriterionFile],
    evidence: Mapping[str, Evidence],
    swot: Mapping[str, tuple[SwotItem, ...]],
    *,
    folder: Path,
    scenario_folder: Path,
    hashes: Mapping[str, str],
) -> Study:
    """Build the study; criteria, sub-criteria and cells keep the order of the files."""
    return Study(
        key=entry.key,
        title=title(entry.title),
        question=title(entry.question),
        about=title(entry.about),
        alternatives=tuple(
            Alternative(key=key, title=title(a.title), note=title(a.note)) for key, a in entry.alternatives.items()
        ),
        criteria=tuple(_criterion(key, criteria[key], tuple(entry.alternatives)) for key in entry.criteria),
        codings=tuple(Coding(key=key, title=title(c.title), about=title(c.about)) for key, c in entry.codings.items()),
        sources={
            key: Source(**{**source.model_dump(), "key": key, "authors": tuple(source.authors)})
            for key, source in entry.sources.items()
        },
        ledger=entry.evidence,
        evidence=evidence,
        ratings=ratings(entry.rating_scale),
        swot=Swot(scale=(entry.swot.scale[0], entry.swot.scale[1]), codings=swot) if entry.swot else None,
        folder=folder,
        scenario_folder=scenario_folder,
        hashes=hashes,
    )


@overload
def title(words: Words) -> Title: ...
@overload
def title(words: Words | None) -> Title | None: ...
def title(words: Words | None) -> Title | None:
    """Turn an entry into a text by language; block texts of YAML end without a line break."""
    return None if words is None else Title(en=words.en.strip(), ru=words.ru.strip(), kk=words.kk.strip())


def ratings(entry: RatingScale) -> Ratings:
    """Turn an entry into the scale of ratings."""
    return Ratings(low=entry.low, high=entry.high, step=entry.step)


def _criterion(key: str, entry: CriterionFile, alternatives: tuple[str, ...]) -> Criterion:
    sign: Literal[1, -1] = 1 if direction(entry.direction) == 1 else -1
    return Criterion(
        key=key,
        title=title(entry.title),
        direction=sign,
        weight=entry.weight,
        question=title(entry.question),
        leaves=tuple(_leaf(name, key, leaf, alternatives) for name, leaf in entry.subcriteria.items()),
    )


def _leaf(key: str, criterion: str, entry: SubcriterionEntry, alternatives: tuple[str, ...]) -> Leaf:
    return Leaf(
        key=key,
        criterion=criterion,
        title=title(entry.title),
        weight=entry.weight,
        kind=entry.kind,
        unit=entry.unit,
        scale=(entry.scale[0], entry.scale[1]),
        question=title(entry.question),
        anchors={rating: title(words) for rating, words in entry.anchors.items()},
        cells={name: _cell(name, key, entry.cells[name]) for name in alternatives},
    )


def _cell(alternative: str, leaf: str, entry: CellEntry) -> Cell:
    readings = {coding: reading(given) for coding, given in entry.codings.items()} or {"": reading(entry)}
    disputed = tuple(
        Dispute(value=d.value, reason=d.reason.strip(), evidence=tuple(d.evidence)) for d in entry.disputed
    )
    return Cell(alternative=alternative, leaf=leaf, readings=readings, disputed=disputed)
