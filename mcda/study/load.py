"""Read the files of a study and hold them against each other; every fault at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcda.errors import Fault, StudyError, nearest, suggestion
from mcda.study.assemble import assemble, ratings
from mcda.study.ledger import read_ledger, read_swot
from mcda.study.located import Keys, locate
from mcda.study.model import Evidence, Study, SwotItem
from mcda.study.references import Frame, criterion_faults, key_faults, study_faults, weight_faults
from mcda.study.schema import CriterionFile, StudyFile
from mcda.study.shape import Model, Shaped, shape
from mcda.study.textfile import TextFile, is_file, read_text, shown

STUDY = "study.yaml"


@dataclass(frozen=True, kw_only=True, eq=False)
class Parts:
    """The files of a study once read, each as far as it could be.

    Attributes
    ----------
    folder : of the criteria
    top : the study file; None where too much of it is wrong
    criteria : by key, those that could be read, with stand-ins for what is at fault in them
    evidence : the ledger by id; None where it cannot be held against citations
    swot : the items of each coding whose file could be read
    hashes : SHA-256 of every file read, by name
    faults : all of them
    unread : names of the files of the folder that the study does not name
    """

    folder: Path
    top: Shaped[StudyFile] | None
    criteria: Mapping[str, Shaped[CriterionFile]]
    evidence: Mapping[str, Evidence] | None
    swot: Mapping[str, tuple[SwotItem, ...]]
    hashes: Mapping[str, str]
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]


def read_parts(folder: Path) -> Parts:
    """Read the files of a study; one that cannot be read does not keep the others from being checked."""
    files = _Files(folder)
    top = files.shaped(STUDY, StudyFile)
    criteria = files.criteria(top)
    evidence: dict[str, Evidence] | None = None
    swot: dict[str, tuple[SwotItem, ...]] = {}
    if top is not None:
        evidence = files.evidence(top)
        files.faults += study_faults(top)
        files.faults += key_faults(top, criteria)
        files.faults += weight_faults(top, criteria)
        frame = _frame(top, evidence, files)
        for name, criterion in criteria.items():
            files.faults += criterion_faults(criterion, name, frame)
        swot = files.swot(top, evidence, criteria if len(criteria) == len(top.entry.criteria) else None)
    return Parts(
        folder=folder,
        top=top,
        criteria=criteria,
        evidence=evidence,
        swot=swot,
        hashes=files.hashes,
        faults=tuple(files.faults),
        unread=tuple(files.unread()) if top is not None else (),
    )


def load(parts: Parts, scenario_folder: Path) -> Study | None:
    """Build the study of files without fault; None where there is a fault."""
    if parts.faults or parts.top is None:
        return None
    return assemble(
        parts.top.entry,
        {name: criterion.entry for name, criterion in parts.criteria.items()},
        parts.evidence or {},
        parts.swot,
        folder=parts.folder,
        scenario_folder=scenario_folder,
        hashes=parts.hashes,
    )


class _Files:
    """The files of one study as they are read, with the faults met on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.hashes: dict[str, str] = {}
        self.named = {STUDY}

    def unread(self) -> list[str]:
        """Name the files of the folder that nothing of the study names; hidden ones are none of its business."""
        if not self.folder.is_dir():
            return []
        found = (path for path in self.folder.iterdir() if not path.name.startswith(".") and is_file(path))
        return sorted(shown(path) for path in found if path.name not in self.named)

    def text(self, name: str) -> TextFile | None:
        """Read a file of the folder, or note why not."""
        self.named.add(name)
        try:
            file = read_text(self.folder / name)
        except StudyError as error:
            self.faults += error.faults
            return None
        self.hashes[f"criteria/{name}"] = file.digest
        return file

    def shaped(self, name: str, model: type[Model]) -> Shaped[Model] | None:
        """Read a YAML file as a model, or note why not."""
        file = self.text(name)
        if file is None:
            return None
        try:
            shaped, faults = shape(locate(file), model)
        except StudyError as error:
            self.faults += error.faults
            return None
        self.faults += faults
        return shaped

    def criteria(self, top: Shaped[StudyFile] | None) -> dict[str, Shaped[CriterionFile]]:
        """Read the criteria that the study lists; all there are where the list cannot be read."""
        names = [path.stem for path in sorted(self.folder.glob("*.yaml")) if path.name != STUDY]
        if top is not None:
            names = top.entry.criteria
        read: dict[str, Shaped[CriterionFile]] = {}
        for i, name in enumerate(names):
            if name not in names[:i] and (top is None or self.exists(top, ("criteria", i), f"{name}.yaml")):
                criterion = self.shaped(f"{name}.yaml", CriterionFile)
                if criterion is not None:
                    read[name] = criterion
        return read

    def exists(self, top: Shaped[StudyFile], keys: Keys, name: str) -> bool:
        """Tell whether a file that the study names exists; note where it is named if not."""
        if is_file(self.folder / name):
            return True
        if (self.folder / name).is_dir():
            self.faults.append(top.file.fault("fault.is_folder", {"found": shown(self.folder / name)}, keys=keys))
            return False
        word = nearest(name, sorted(path.name for path in self.folder.iterdir()))
        values = {"found": shown(self.folder / name), "suggestion": suggestion(word)}
        self.faults.append(top.file.fault("fault.no_file", values, keys=keys))
        return False

    def evidence(self, top: Shaped[StudyFile]) -> dict[str, Evidence] | None:
        """Read the ledger; None where it is at fault, so that citations cannot be held against it."""
        name = top.entry.evidence
        if not name:
            return {} if top.sound("evidence") else None
        file = self.text(name) if self.exists(top, ("evidence",), name) else None
        if file is None:
            return None
        try:
            evidence, faults = read_ledger(file, top.entry.sources if top.sound("sources") else None)
        except StudyError as error:
            self.faults += error.faults
            return None
        self.faults += faults
        return None if any(fault.code == "fault.row_length" for fault in faults) else evidence

    def swot(
        self, top: Shaped[StudyFile], evidence: dict[str, Evidence] | None, criteria: Collection[str] | None
    ) -> dict[str, tuple[SwotItem, ...]]:
        """Read the SWOT items of each coding."""
        read = {}
        for coding, name in top.entry.swot.codings.items() if top.entry.swot else ():
            if not self.exists(top, ("swot", "codings", coding), name):
                continue
            file = self.text(name)
            if file is None or evidence is None:
                continue
            ledger = shown(self.folder / top.entry.evidence) if top.entry.evidence else ""
            try:
                items, faults = read_swot(file, evidence, ledger, top.entry.alternatives, criteria)
            except StudyError as error:
                self.faults += error.faults
                continue
            self.faults += faults
            read[coding] = items
        return read


def _frame(top: Shaped[StudyFile], evidence: dict[str, Evidence] | None, files: _Files) -> Frame:
    """Give what the criteria are held against, as far as it is without fault itself."""
    entry, scale = top.entry, top.entry.rating_scale
    return Frame(
        alternatives=tuple(entry.alternatives) if top.sound("alternatives") else None,
        codings=tuple(entry.codings) if top.sound("codings") else None,
        ratings=ratings(scale) if top.sound("rating_scale") and scale.low < scale.high and scale.step > 0 else None,
        evidence=evidence,
        ledger=shown(files.folder / entry.evidence) if entry.evidence else "",
    )
