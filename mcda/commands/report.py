"""Write a report."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.page import examined
from mcda.errors import CommandError, Fault
from mcda.words import say

if TYPE_CHECKING:
    from mcda.report.letterhead import Letterhead


def report(
    scenario: str | None,
    *,
    out: Path | None,
    letterhead: Path | None,
    claims: Sequence[str],
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Write everything about a scenario into a folder, whole or not at all."""
    from mcda.report.documents import left_out
    from mcda.report.write import write_report

    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    folder = out or Path("reports") / case.scenario.key
    head = None if letterhead is None else _read(letterhead)
    typed = command if letterhead is None else _without_folders(command, letterhead)
    tested = examined(opened, claims)
    names = write_report(case, folder, lang=lang, command=typed, letterhead=head, claims=tested)
    missing = [say("documents.left_out", file=file, extra=extra) for file, extra in left_out().items()]
    said = say("cli.wrote_report", count=len(names), folder=folder)
    return Output(sentences=(said,), notices=(notice, *missing))


def _read(letterhead: Path) -> Letterhead:
    """Read a letterhead."""
    from mcda.report.letterhead import Letterhead

    try:
        return Letterhead(name=letterhead.name, data=letterhead.read_bytes())
    except OSError as error:
        values = {"found": str(letterhead), "reason": error.strerror or str(error)}
        raise CommandError([Fault(code="documents.letterhead.missing", values=values)]) from error


def _without_folders(command: str, file: Path) -> str:
    """Name a file in a command without the folders that it lies in on this machine."""
    return shlex.join(word.replace(str(file), file.name) for word in shlex.split(command))
