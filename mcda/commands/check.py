"""Check a study and all its scenarios and claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from mcda.commands.load import notice_of
from mcda.commands.output import Output
from mcda.errors import Fault, StudyError
from mcda.report.grid import Column, Table
from mcda.report.manifest import manifest_of_program, manifest_of_study, scenario_hashes
from mcda.study.claims import FOLDER, check_claims, claim_keys
from mcda.study.files import Checked, checked, find_study, in_order, scenario_keys
from mcda.study.model import Study
from mcda.study.textfile import shown
from mcda.words import say

FAULT = ("file", "line", "column", "key", "code", "text")


def check(folder: Path | None, *, command: str, lang: str) -> Output:
    """Gather every fault of a study, its scenarios and its claims; without faults, say what was checked.

    Faults are messages, and data for who asks for JSON or CSV; the exit code is 1 then.
    """
    try:
        used = find_study(folder)
    except StudyError as error:
        empty: dict[str, object] = {"study": None, "faults": _data(error.faults, lang), "unread": []}
        return _faulty({**empty, "manifest": manifest_of_program(command=command)}, error.faults, (), lang)
    found = checked(used.criteria, used.scenarios)
    study, faults = found.study, in_order([*found.faults, *found.sure(check_claims(found.study))])
    counts = _counts(study) if not faults else {}
    data = {
        "study": study.key if found.whole else None,
        **counts,
        "faults": _data(faults, lang),
        "unread": list(found.unread),
        "manifest": manifest_of_study(study, scenario_hashes(study), command=command),
    }
    notices = [*([notice_of(study, used, lang)] if found.whole else []), *_unread(found)]
    if faults:
        return _faulty(data, faults, notices, lang)
    said = say("cli.check_ok", lang, title=study.title.get(lang), **counts)
    return Output(data=data, sentences=(said,), notices=tuple(notices))


def _faulty(data: Mapping[str, object], faults: Sequence[Fault], notices: Sequence[str], lang: str) -> Output:
    """Give faults as messages and as a table."""
    said = (*notices, *(fault.full(lang) for fault in faults))
    return Output(data=data, tables=(_table(faults, lang),), notices=said, exit_code=1)


def _counts(study: Study) -> dict[str, int]:
    """Count what was checked."""
    return {
        "alternatives": len(study.alternatives),
        "criteria": len(study.criteria),
        "leaves": len(study.leaves),
        "cells": sum(len(leaf.cells) for leaf in study.leaves),
        "codings": len(study.codings),
        "evidence": len(study.evidence),
        "scenarios": len(scenario_keys(study)),
        "claims": len(claim_keys(study)),
    }


def _unread(found: Checked) -> list[str]:
    """Mention files that look like parts of the study and are none."""
    folder = found.study.scenario_folder
    others = [*sorted(folder.glob("*.yml")), *sorted((folder / FOLDER).glob("*.yml"))]
    return [say("cli.check.unread", found=name) for name in found.unread] + [
        say("cli.check.not_yaml", found=shown(path)) for path in others
    ]


def _data(faults: Sequence[Fault], lang: str) -> list[dict[str, object]]:
    return [dict(zip(FAULT, _fault(fault, lang), strict=True)) for fault in faults]


def _fault(fault: Fault, lang: str) -> tuple[str | int | None, ...]:
    key = fault.key if isinstance(fault.key, str) else fault.key.text(lang)
    return fault.file, fault.line, fault.column, key, fault.code, say(fault.code, lang, **fault.values)


def _table(faults: Sequence[Fault], lang: str) -> Table:
    """Tabulate faults."""
    kinds = {"line": "count", "column": "count"}
    return Table(
        title_key="cli.check.faults",
        columns=tuple(Column(key=key, heading=f"cli.check.{key}", kind=kinds.get(key, "text")) for key in FAULT),  # type: ignore[arg-type]
        rows=tuple(_fault(fault, lang) for fault in faults),
    )
