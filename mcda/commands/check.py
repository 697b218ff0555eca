"""Check a study and all its scenarios."""

from __future__ import annotations

from pathlib import Path

from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.errors import StudyError
from mcda.study.claims import check_claims, claim_keys
from mcda.study.files import check as faults_of
from mcda.study.files import find_study, scenario_keys
from mcda.words import say


def check(folder: Path | None, *, lang: str) -> Output:
    """Gather every fault of a study, its scenarios and its claims; without faults, say what was checked."""
    criteria, scenarios, _ = find_study(folder)
    faults = faults_of(criteria, scenarios)
    if faults:
        raise StudyError(faults)
    study, notice = open_study(folder, lang)
    faults = check_claims(study)
    if faults:
        raise StudyError(faults)
    counts = {
        "alternatives": len(study.alternatives),
        "criteria": len(study.criteria),
        "leaves": len(study.leaves),
        "cells": sum(len(leaf.cells) for leaf in study.leaves),
        "codings": len(study.codings),
        "evidence": len(study.evidence),
        "scenarios": len(scenario_keys(study)),
        "claims": len(claim_keys(study)),
    }
    sentence = say("cli.check_ok", title=study.title.get(lang), **counts)
    return Output(data={"study": study.key, **counts, "faults": 0}, sentences=(sentence,), notices=(notice,))
