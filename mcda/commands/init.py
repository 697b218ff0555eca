"""Start a study of one's own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import mcda.study
from mcda.commands.output import Output
from mcda.errors import CommandError, Fault
from mcda.study.files import shipped
from mcda.words import say


def init(folder: Path, *, empty: bool) -> Output:
    """Copy the shipped study, or a template, into a new folder; all of it or nothing."""
    if folder.exists() and not folder.is_dir():
        raise CommandError([Fault(code="cli.not_a_folder", values={"found": str(folder)})])
    if folder.exists() and any(folder.iterdir()):
        raise CommandError([Fault(code="cli.folder_not_empty", values={"found": str(folder)})])
    source = Path(mcda.study.__file__).parent / "template" if empty else shipped()
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".mcda-") as draft:
            for name in ("criteria", "scenarios"):
                shutil.copytree(source / name, Path(draft) / "study" / name)
            count = sum(path.is_file() for path in Path(draft).rglob("*"))
            if folder.exists():
                folder.rmdir()
            (Path(draft) / "study").rename(folder)
    except OSError as error:
        values = {"found": str(folder), "reason": error.strerror}
        raise CommandError([Fault(code="cli.cannot_write", values=values)]) from None
    return Output(sentences=(say("cli.wrote_study", count=count, folder=folder),))


def form(file: Path, *, lang: str) -> Output:
    """Write a workbook to be filled in by whoever does not write YAML."""
    from mcda.report.intake import write_intake

    if file.suffix.lower() != ".xlsx":
        raise CommandError([Fault(code="cli.form_name", values={"found": str(file)})])
    if file.exists():
        raise CommandError([Fault(code="cli.file_exists", values={"found": str(file)})])
    try:
        write_intake(file, lang)
    except OSError as error:
        values = {"found": str(file), "reason": error.strerror}
        raise CommandError([Fault(code="cli.cannot_write", values=values)]) from None
    return Output(sentences=(say("cli.wrote_form", file=file),))


def from_form(file: Path, folder: Path) -> Output:
    """Turn a filled-in workbook into a study."""
    from mcda.study.intake import import_study

    names = import_study(file, folder)
    return Output(sentences=(say("cli.wrote_study", count=len(names), folder=folder),))
