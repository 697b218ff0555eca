"""Take a study over from an intake workbook that was filled in with a spreadsheet."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcda.errors import CommandError, Fault, StudyError
from mcda.study.intake.draft import LEDGER, RENAMED, Draft, draft
from mcda.study.intake.sheets import Intake, read_intake
from mcda.study.textfile import shown

__all__ = ["import_study"]

# Faults of the form itself, after which the rest cannot be checked.
BROKEN = frozenset(f"workbook.fault.{code}" for code in ("no_sheet", "no_heads", "no_column", "no_line", "no_rows"))
# What speaks of files in the checks of a study, and what is said of a workbook instead.
REWORDED = {
    "fault.no_citation": "workbook.fault.no_citation",
    "fault.no_ledger": "workbook.fault.no_ledger",
}
# Where a fault of a whole cell of a study is better shown.
POINTED = {"fault.no_citation": "evidence"}
# What only follows from a fault of the sheets that was named at its own cell.
CONSEQUENCES = frozenset({"fault.no_cell", "fault.name_taken", "fault.no_entries"})
NEEDED_ROWS = ("alternatives", "criteria", "subcriteria", "scores")
SCENARIO: Mapping[str, Any] = {"title": "Baseline", "method": "topsis", "normalization": "vector"}


def import_study(path: str | Path, folder: str | Path) -> list[str]:
    """Turn a filled-in intake workbook into the folder of a study, all of it or nothing.

    Parameters
    ----------
    path : the workbook, as ``write_intake`` made it and a spreadsheet saved it
    folder : where the study shall lie; new, or empty

    Returns
    -------
    names of the files, relative to the folder

    Raises
    ------
    StudyError
        With every fault of the workbook, each at its cell: ``file!Sheet!D14: what was found: what to write``.
    CommandError
        Where the folder holds something, or cannot be written.
    """
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise CommandError([Fault(code="cli.folder_not_empty", values={"found": str(folder)})])
    intake = read_intake(Path(path))
    faults = [*intake.faults, *_empty(intake)]
    if any(fault.code in BROKEN for fault in faults):
        raise StudyError(_in_order(faults))
    try:
        _put(draft(intake), intake, place)
    except OSError as error:
        values = {"found": str(folder), "reason": error.strerror}
        raise CommandError([Fault(code="cli.cannot_write", values=values)]) from None
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def _put(made: Draft, intake: Intake, place: Path) -> None:
    """Try the files out elsewhere; without faults write them beside the place, which they then take."""
    with tempfile.TemporaryDirectory(prefix="mcda-") as name:
        trial = Path(name) / "study"
        _write(made, intake, trial)
        faults = [*intake.faults, *made.faults, *_checked(made, intake, trial)]
    if faults:
        raise StudyError(_in_order(faults))
    place.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.absolute().parent, prefix=".mcda-") as name:
        _write(made, intake, Path(name) / "study")
        if place.exists():
            place.rmdir()
        (Path(name) / "study").rename(place)


def _empty(intake: Intake) -> list[Fault]:
    """Name the sheets without a single row that need one."""
    return [
        Fault(code="workbook.fault.no_rows", file=intake.places[key])
        for key in NEEDED_ROWS
        if key in intake.places and not intake.sheets[key] and not _noted(intake, intake.places[key])
    ]


def _noted(intake: Intake, place: str) -> bool:
    return any(fault.file == place for fault in intake.faults)


def _write(made: Draft, intake: Intake, folder: Path) -> None:
    """Write the files of a study and a first scenario."""
    from mcda.study.intake.yamltext import written

    (folder / "criteria").mkdir(parents=True)
    (folder / "scenarios").mkdir()
    source = Path(intake.name).name
    for name, data in made.files.items():
        (folder / "criteria" / name).write_text(written(data, source), encoding="utf-8")
    if made.ledger:
        (folder / "criteria" / LEDGER).write_text(made.csv(), encoding="utf-8")
    (folder / "scenarios" / "baseline.yaml").write_text(written(SCENARIO, source), encoding="utf-8")


def _checked(made: Draft, intake: Intake, folder: Path) -> list[Fault]:
    """Check the study as any other, and name the cells instead of the files; what was named already is left out."""
    from mcda.study.files import check

    own = {fault.file for fault in (*intake.faults, *made.faults)}
    moved = [_moved(fault, made, intake, folder) for fault in check(folder / "criteria", folder / "scenarios")]
    if not own:
        return moved
    return [fault for fault in moved if fault.file not in own and fault.code not in CONSEQUENCES]


def _moved(fault: Fault, made: Draft, intake: Intake, folder: Path) -> Fault:
    """Give a fault of a file the address of the cell that it comes from."""
    file, key = Path(fault.file or "").name, str(fault.key)
    if file == LEDGER and fault.line and fault.line - 2 < len(made.ledger):
        at = made.ledger[fault.line - 2].at(RENAMED.get(key, key))
    else:
        at = _place(made, intake, file, f"{key}.{POINTED[fault.code]}" if fault.code in POINTED else key)
    evidence = intake.places["evidence"]
    ledger = shown(folder / "criteria" / LEDGER)
    values = {name: evidence if value == ledger else value for name, value in fault.values.items()}
    code = REWORDED.get(fault.code, fault.code)
    values = {**values, "sheet": evidence}
    return replace(fault, code=code, values=values, file=at, line=None, column=None, key="", snippet=())


def _place(made: Draft, intake: Intake, file: str, key: str) -> str:
    """Find the cell of a part of a file, or of the nearest part around it."""
    while (file, key) not in made.places and key:
        key = key.rpartition(".")[0]
    return made.places.get((file, key), intake.name)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by cell, each named once."""
    once = {fault.text(): fault for fault in faults}
    return sorted(once.values(), key=_order)


def _order(fault: Fault) -> tuple[str, int, int, str]:
    stem, _, cell = (fault.file or "").rpartition("!")
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", cell)
    if not match:
        return fault.file or "", 0, 0, fault.text()
    return stem, int(match[2]), len(match[1]), fault.text()
