"""Open a study and a scenario as the command line names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mcda.commands.changes import changes, require_used, shares
from mcda.commands.chosen import changed, known
from mcda.commands.named import named_scenario
from mcda.study.files import InUse, find_study, read_study
from mcda.study.model import Study
from mcda.study.names import titles
from mcda.study.scenario import Case, build
from mcda.words import say

DEFAULT = "baseline"


def open_study(folder: Path | None, lang: str = "en") -> tuple[Study, str]:
    """Read the study in use; give it and the line that says which one it is."""
    used = find_study(folder)
    study = read_study(used.criteria, used.scenarios)
    return study, notice_of(study, used, lang)


def notice_of(study: Study, used: InUse, lang: str) -> str:
    """Say which study is in use, and where it lies."""
    where = say(f"cli.study_{used.where}")
    return say("cli.study_in_use", title=study.title.get(lang), where=where, folder=used.criteria)


def open_case(
    study: Study,
    scenario: str | None,
    *,
    weights: Iterable[str] = (),
    cells: Iterable[str] = (),
    method: str | None = None,
    normalization: str | None = None,
    route: str | None = None,
) -> Case:
    """Build the case of a scenario with what the command line changes."""
    chosen = changed(named_scenario(study, scenario or DEFAULT), method=method, normalization=normalization)
    if route is not None:
        chosen = replace(chosen, route=known(route, study.routes, "route"))
    fixed = shares(weights, study.siblings(), titles([*study.criteria, *study.leaves]))
    require_used(study, chosen, fixed)
    chosen = chosen.with_changes(changes(cells, study, chosen))
    return build(study, chosen.with_weights(fixed) if fixed else chosen)
