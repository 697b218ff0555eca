"""Open a study and a scenario as the command line names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mcda.commands.changes import changes, require_used, shares
from mcda.commands.named import named_scenario
from mcda.engine.methods import lookup, scorer
from mcda.errors import CommandError, ProblemError, unknown
from mcda.study.files import find_study, read_study
from mcda.study.model import Study
from mcda.study.scenario import Case, Scenario, build
from mcda.words import say

DEFAULT = "baseline"


def open_study(folder: Path | None, lang: str = "en") -> tuple[Study, str]:
    """Read the study in use; give it and the line that says which one it is."""
    criteria, scenarios, where = find_study(folder)
    study = read_study(criteria, scenarios)
    notice = say("cli.study_in_use", title=study.title.get(lang), where=say(f"cli.study_{where}"), folder=criteria)
    return study, notice


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
    fixed = shares(weights, study.siblings())
    require_used(study, chosen, fixed)
    chosen = chosen.with_changes(changes(cells, study, chosen))
    return build(study, chosen.with_weights(fixed) if fixed else chosen)


def changed(scenario: Scenario, *, method: str | None, normalization: str | None) -> Scenario:
    """Set the method and the normalization; a new method brings its own normalization and default options."""
    if method is not None and method != scenario.method:
        check_method(method, None)
        scenario = replace(scenario, method=method, normalization=None, options={})
    if normalization is not None:
        check_method(scenario.method, normalization)
        scenario = replace(scenario, normalization=normalization)
    return scenario


def check_method(method: str, normalization: str | None) -> None:
    """Refuse a method or a normalization that does not exist or do not go together, as a fault of the command line."""
    from mcda.engine.problem import Problem

    try:
        lookup(method)
        scorer(Problem([[1.0]], [1], scales=[[0.0, 2.0]]), method=method, normalization=normalization)
    except ProblemError as error:
        raise CommandError(error.faults) from None


def known(found: str, allowed: Iterable[str], what: str) -> str:
    """Give ``found`` where it is one of ``allowed``, else a fault of the command line with the nearest."""
    allowed = tuple(allowed)
    if found in allowed:
        return found
    raise CommandError([unknown(what, found, allowed)])
