"""What the command line chooses by name: it must exist, and a method and a normalization must go together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mcda.engine.methods import METHODS, lookup, scorer
from mcda.engine.normalize import NORMALIZATIONS
from mcda.engine.problem import Problem
from mcda.errors import CommandError, Fault, ProblemError, unknown
from mcda.study.names import Titles, meant
from mcda.study.scenario import Scenario
from mcda.words import LANGUAGES, term


def known(found: str, allowed: Iterable[str], what: str, titles: Titles | None = None) -> str:
    """Give the key that ``found`` stands for, by its title too, else a fault of the command line with the nearest."""
    allowed = tuple(allowed)
    key = meant(found, allowed, titles)
    if key is not None:
        return key
    fault = Fault(code="fault.none_there", values={"what": what, "found": found})
    raise CommandError([unknown(what, found, allowed) if allowed else fault])


def changed(scenario: Scenario, *, method: str | None, normalization: str | None) -> Scenario:
    """Set the method and the normalization; a new method brings its own normalization and default options."""
    if method is not None:
        method = meant(method, METHODS, _method_titles()) or method
    if normalization is not None:
        normalization = meant(normalization, NORMALIZATIONS) or normalization
    if method is not None and method != scenario.method:
        check_method(method, None)
        scenario = replace(scenario, method=method, normalization=None, options={})
    if normalization is not None:
        check_method(scenario.method, normalization)
        scenario = replace(scenario, normalization=normalization)
    return scenario


def _method_titles() -> Titles:
    return {key: tuple(term(method.title, lang) for lang in LANGUAGES) for key, method in METHODS.items()}


def check_method(method: str, normalization: str | None) -> None:
    """Refuse a method or a normalization that does not exist or do not go together, as a fault of the command line."""
    try:
        lookup(method)
        scorer(Problem([[1.0]], [1], scales=[[0.0, 2.0]]), method=method, normalization=normalization)
    except ProblemError as error:
        raise CommandError(error.faults) from None
