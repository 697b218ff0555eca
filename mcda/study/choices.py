"""Hold a scenario against its study: criteria, judgements, methods, cells and formats that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcda.engine.methods import lookup, scorer
from mcda.engine.problem import Problem
from mcda.errors import Fault, NotApplicable, ProblemError
from mcda.study.ledger import cited
from mcda.study.located import Keys, Located, spelled
from mcda.study.model import Study
from mcda.study.names import list_faults, mapping_faults, name_faults
from mcda.study.readings import reading_faults
from mcda.study.scenario import Scenario
from mcda.study.schema import JudgementEntry, ScenarioFile, WeightsEntry
from mcda.study.shape import Shaped
from mcda.study.textfile import shown
from mcda.study.weighting import SLACK


def weights_faults(study: Study, scenario: Shaped[ScenarioFile]) -> Iterable[Fault]:
    """Name what is wrong with the weights that a scenario gives itself."""
    file, weights = scenario.file, scenario.entry.weights
    if weights is None:
        return
    keys = tuple(criterion.key for criterion in study.criteria)
    if weights.shares is not None:
        place: Keys = ("weights", "shares")
        missing = "fault.criterion_left_out"
        yield from mapping_faults(file, place, weights.shares, keys, "criterion", missing=missing)
        if weights.shares and not any(weights.shares.values()):
            yield file.fault("fault.weights_zero", keys=place, at="key")
        written = [value for value in file.found(place).values() if value != 0]
        if len({isinstance(value, str) for value in written}) > 1:  # of percentages, which are texts in YAML
            yield file.fault("fault.percent_mixed", keys=place, at="key")
    if weights.order is not None:
        yield from list_faults(file, ("weights", "order"), weights.order, keys, "criterion")
        for key in set(keys) - set(weights.order):
            yield file.fault("fault.order_left_out", {"found": key}, keys=("weights", "order"), at="key")
    for coding, judgements in judgement_lists(weights).items():
        place = ("weights", "pairwise", coding) if coding else ("weights", "pairwise")
        yield from _judgement_list_faults(study, scenario, place, judgements)
    yield from _set_faults(study, file, weights)


def _set_faults(study: Study, file: Located, weights: WeightsEntry) -> Iterable[Fault]:
    """Name what is wrong with shares that are set on top: keys, sizes, and what they leave to the others."""
    groups, keys = study.siblings(), ("weights", "set")
    if weights.set is None:
        if weights.rest is not None:
            yield file.fault("fault.rest_alone", keys=("weights", "rest"), at="key")
        return
    known = tuple(key for group in groups for key in group)
    for key, share in weights.set.items():
        yield from name_faults(file, (*keys, key), key, known, "criterion or sub-criterion", at="key")
        if share > 1:
            yield file.fault("fault.share_above", {"found": spelled(share)}, keys=(*keys, key))
    for group in groups:
        fault = sum_fault({key: weights.set[key] for key in group if key in weights.set}, group, weights.rest)
        if fault is not None:
            yield file.fault(fault.code, fault.values, keys=keys, at="key")


def sum_fault(shares: Mapping[str, float], group: tuple[str, ...], rest: str | None = None) -> Fault | None:
    """Refuse shares within one whole that leave nothing sensible to the others; None where they do."""
    total = sum(shares.values())
    values = {"found": ", ".join(shares), "total": f"{total:.6g}"}
    if rest == "keep":
        return Fault(code="fault.weights_zero") if len(shares) == len(group) and not total else None
    if total > 1 + SLACK and all(share <= 1 for share in shares.values()):
        return Fault(code="fault.set_above", values=values)
    return Fault(code="fault.set_not_one", values=values) if len(shares) == len(group) and total < 1 - SLACK else None


def excluded_faults(study: Study, scenario: Shaped[ScenarioFile], after: Scenario) -> Iterable[Fault]:
    """Refuse to set the share of what the scenario leaves out."""
    weights = scenario.entry.weights
    owners = {leaf.key: leaf.criterion for leaf in study.leaves}
    for key in (weights.set or ()) if weights else ():
        if {key, owners.get(key)} & set(after.exclude):
            yield scenario.file.fault("fault.set_excluded", {"found": key}, keys=("weights", "set", key), at="key")


def judgement_lists(weights: WeightsEntry) -> dict[str, list[JudgementEntry]]:
    """Give the lists of judgements by coding; a single list stands under the empty key."""
    return {"": weights.pairwise} if isinstance(weights.pairwise, list) else weights.pairwise or {}


def _judgement_list_faults(
    study: Study, scenario: Shaped[ScenarioFile], keys: Keys, judgements: list[JudgementEntry]
) -> Iterable[Fault]:
    from mcda.study.judged import judgement_faults  # with the whole of AHP, which few scenarios need

    file, criteria = scenario.file, tuple(criterion.key for criterion in study.criteria)
    sound = [i for i in range(len(judgements)) if scenario.sound(*keys, i)]
    for i in sound:
        yield from name_faults(file, (*keys, i, "first"), judgements[i].first, criteria, "criterion")
        yield from name_faults(file, (*keys, i, "second"), judgements[i].second, criteria, "criterion")
        yield from citation_faults(study, file, (*keys, i, "evidence"), judgements[i].evidence)
    yield from judgement_faults(file, keys, judgements, sound, criteria)


def ratio(entry: JudgementEntry) -> str:
    """Give a judgement as it is written."""
    return entry.ratio.strip() if isinstance(entry.ratio, str) else f"{entry.ratio:.15g}"


def citation_faults(study: Study, file: Located, keys: Keys, ids: list[str]) -> Iterable[Fault]:
    """Name the citations of a scenario that the ledger does not hold."""
    if not ids:
        return ()
    return cited(file, keys, ids, study.evidence, shown(study.folder / study.ledger) if study.ledger else "")


def method_faults(scenario: Shaped[ScenarioFile], after: Scenario) -> Iterable[Fault]:
    """Name a method, a normalization or an option that does not exist, or that do not go together."""
    file, entry = scenario.file, scenario.entry
    try:
        method = lookup(after.method)
    except ProblemError as error:
        if entry.method is not None:
            yield from (file.fault(fault.code, fault.values, keys=("method",)) for fault in error.faults)
        return
    trials: dict[Keys, Mapping[str, object]] = {}
    if entry.normalization is not None:
        trials["normalization",] = {}
    for name in entry.options or {}:
        trials["options", name] = {name: method.options.get(name)}
    for keys, options in trials.items():
        try:
            scorer(
                Problem([[1.0]], [1], scales=[[0.0, 2.0]]),
                method=after.method,
                normalization=None if options else entry.normalization,
                options=options,
            )
        except NotApplicable:
            continue
        except ProblemError as error:
            yield from (file.fault(fault.code, fault.values, keys=keys, at="key") for fault in error.faults)


def route_faults(study: Study, scenario: Shaped[ScenarioFile]) -> Iterable[Fault]:
    """Name a route or a sub-criterion that the study has not."""
    file, entry = scenario.file, scenario.entry
    if entry.route is not None:
        yield from name_faults(file, ("route",), entry.route, study.routes, "route")
    both = tuple(key for group in study.siblings() for key in group)
    yield from list_faults(file, ("exclude",), entry.exclude, both, "criterion or sub-criterion")


def alternative_faults(study: Study, scenario: Shaped[ScenarioFile], before: Scenario) -> Iterable[Fault]:
    """Name dropped alternatives and changed cells that do not exist, and additions that are not whole."""
    file, entry = scenario.file, scenario.entry
    own = tuple(alternative.key for alternative in study.alternatives)
    inherited = tuple(addition.alternative.key for addition in before.add)
    taken = {*own, *(criterion.key for criterion in study.criteria), *(leaf.key for leaf in study.leaves)}
    yield from list_faults(file, ("drop",), entry.drop, own + inherited, "alternative")
    yield from _change_faults(study, scenario, (*own, *inherited, *entry.add))
    for key in entry.add:
        if key in taken:
            yield file.fault("fault.add_taken", {"found": key}, keys=("add", key), at="key")
        yield from _addition_faults(study, scenario, key)


def _addition_faults(study: Study, scenario: Shaped[ScenarioFile], key: str) -> Iterable[Fault]:
    """Ask for a sound reading on every sub-criterion."""
    file, cells = scenario.file, scenario.entry.add[key].cells
    keys: Keys = ("add", key, "cells")
    names = tuple(leaf.key for leaf in study.leaves)
    found = [*cells, *(name for name in names if not scenario.sound(*keys, name))]
    yield from mapping_faults(file, keys, found, names, "sub-criterion", missing="fault.no_cell")
    for leaf in study.leaves:
        if leaf.key in cells:
            place: Keys = (*keys, leaf.key)
            yield from reading_faults(file, place, cells[leaf.key], kind=leaf.kind, ratings=study.ratings)
            yield from citation_faults(study, file, (*place, "evidence"), cells[leaf.key].evidence)


def _change_faults(study: Study, scenario: Shaped[ScenarioFile], alternatives: tuple[str, ...]) -> Iterable[Fault]:
    file, leaves = scenario.file, {leaf.key: leaf for leaf in study.leaves}
    cells = [change.cell for change in scenario.entry.change]
    for i, change in enumerate(scenario.entry.change):
        keys: Keys = ("change", i)
        if not scenario.sound(*keys):
            continue
        alternative, leaf = change.cell.split(".")
        if change.cell in cells[:i]:
            yield file.fault("fault.item_twice", {"found": change.cell}, keys=(*keys, "cell"))
        yield from name_faults(file, (*keys, "cell"), alternative, alternatives, "alternative")
        yield from name_faults(file, (*keys, "cell"), leaf, tuple(leaves), "sub-criterion")
        yield from citation_faults(study, file, (*keys, "evidence"), change.evidence)
        if leaf in leaves:
            yield from reading_faults(file, keys, change, kind=leaves[leaf].kind, ratings=study.ratings)
