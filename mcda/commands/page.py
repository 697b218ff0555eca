"""Write the page of a scenario alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.errors import Fault, StudyError
from mcda.words import say


def page(
    scenario: str | None, *, out: Path | None, study: Path | None, command: str, lang: str, **choices: Any
) -> Output:
    """Write the page of a scenario into one file that needs nothing beside it."""
    from mcda.report.page import page_alone

    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    path = out or Path(f"{case.scenario.key}.html")
    text = page_alone(case, lang=lang, command=command)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        values = {"found": str(path), "reason": error.strerror or str(error)}
        raise StudyError([Fault(code="report.cannot_write", values=values)]) from error
    return Output(sentences=(say("cli.wrote_page", path=path),), notices=(notice,))
