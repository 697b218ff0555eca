"""Write the page of a scenario alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.errors import CommandError, Fault, StudyError
from mcda.study.model import Study
from mcda.words import say

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

HEAD = 1000  # bytes of a page in which its mark stands


def page(
    scenario: str | None,
    *,
    out: Path | None,
    claims: Sequence[str],
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Write the page of a scenario into one file that needs nothing beside it."""
    from mcda.report.page import MARK, page_alone

    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    path = out or Path(f"{case.scenario.key}.html")
    _require_free(path, MARK)
    text = page_alone(case, lang=lang, command=command, claims=examined(opened, claims))
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        values = {"found": str(path), "reason": error.strerror or str(error)}
        raise StudyError([Fault(code="report.cannot_write", values=values)]) from error
    return Output(sentences=(say("cli.wrote_page", path=path),), notices=(notice,))


def _require_free(path: Path, mark: str) -> None:
    """Refuse a file that no earlier run wrote, and a folder that does not exist."""
    code = ""
    try:
        if not path.absolute().parent.is_dir():
            code = "cli.page.no_folder"
        elif path.exists() and (path.is_dir() or mark.encode() not in path.read_bytes()[:HEAD]):
            code = "cli.page.foreign"
    except OSError as error:
        values = {"found": str(path), "reason": error.strerror or str(error)}
        raise CommandError([Fault(code="cli.cannot_write", values=values)]) from None
    if code:
        raise CommandError([Fault(code=code, values={"found": str(path), "folder": str(path.parent)})])


def examined(study: Study, claims: Sequence[str]) -> list[ClaimResult]:
    """Test claims, by key in the study's folder or by a path that ends in ``.yaml``."""
    if not claims:
        return []
    from mcda.claim.examine import examine
    from mcda.study.claims import claim_keys, read_claim

    keys = claim_keys(study)
    names = [name if name.endswith((".yaml", ".yml")) else known(name, keys, "claim") for name in claims]
    return [examine(study, read_claim(study, name)) for name in names]
