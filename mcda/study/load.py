"""Read the files of a study and hold them against each other; every fault at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from mcda.errors import Fault, StudyError, nearest
from mcda.study.assemble import assemble, ratings
from mcda.study.ledger import read_ledger, read_swot
from mcda.study.located import Keys, locate
from mcda.study.model import Evidence, Study, SwotItem
from mcda.study.references import Frame, criterion_faults, key_faults, study_faults, weight_faults
from mcda.study.schema import CriterionFile, StudyFile
from mcda.study.shape import Model, Shaped, shape
from mcda.study.textfile import TextFile, is_file, read_text, shown
from mcda.words import say

STUDY = "study.yaml"


def load(folder: Path, scenario_folder: Path) -> tuple[Study | None, list[Fault]]:
    """Read a study, or give all its faults; a file that cannot be read does not keep the others from being checked."""
    files = _Files(folder)
    top = files.shaped(STUDY, StudyFile)
    criteria = files.criteria(top)
    if top is None:
        return None, files.faults
    evidence = files.evidence(top)
    files.faults += study_faults(top)
    files.faults += key_faults(top, criteria)
    files.faults += weight_faults(top, criteria)
    frame = _frame(top, evidence, files)
    for name, criterion in criteria.items():
        files.faults += criterion_faults(criterion, name, frame)
    swot = files.swot(top, evidence, criteria if len(criteria) == len(top.entry.criteria) else None)
    if files.faults:
        return None, files.faults
    study = assemble(
        top.entry,
        {name: criterion.entry for name, criterion in criteria.items()},
        evidence or {},
        swot,
        folder=folder,
        scenario_folder=scenario_folder,
        hashes=files.hashes,
    )
    return study, []


class _Files:
    """The files of one study as they are read, with the faults met on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.hashes: dict[str, str] = {}

    def text(self, name: str) -> TextFile | None:
        """Read a file of the folder, or note why not."""
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
        word = nearest(name, sorted(path.name for path in self.folder.iterdir()))
        suggestion = say("fault.suggestion", word=word) if word else ""
        values = {"found": shown(self.folder / name), "suggestion": suggestion}
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
