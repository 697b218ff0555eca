"""Write a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.words import say


def report(
    scenario: str | None, *, out: Path | None, study: Path | None, command: str, lang: str, **choices: Any
) -> Output:
    """Write everything about a scenario into a folder, whole or not at all."""
    from mcda.report.write import write_report

    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    folder = out or Path("reports") / case.scenario.key
    names = write_report(case, folder, lang=lang, command=command)
    return Output(sentences=(say("cli.wrote_report", count=len(names), folder=folder),), notices=(notice,))
