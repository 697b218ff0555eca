"""Why one alternative stands above another, and where each score comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.engine.contributions import contributions
from mcda.engine.methods import lookup, scorer
from mcda.engine.problem import Array, Problem
from mcda.study.model import Cell, Evidence, SwotItem
from mcda.study.scenario import Case


@dataclass(frozen=True, kw_only=True)
class Lead:
    """The lead of one alternative over another and where it comes from.

    Attributes
    ----------
    first, second : keys of the alternatives
    scores : of the two, in the method's own unit
    lead : how much better the first scores (below 0 where it scores worse)
    criteria : contribution of each criterion; they sum to ``lead``
    leaves : contribution of each sub-criterion; they sum to their criterion's; empty on a SWOT route
    """

    first: str
    second: str
    scores: tuple[float, float]
    lead: float
    criteria: dict[str, float]
    leaves: dict[str, float]


def explain_lead(case: Case, first: str, second: str) -> Lead:
    """Take the lead of ``first`` over ``second`` apart by criterion and sub-criterion.

    Contributions are Owen values over hybrids: the first alternative with the second one's values on some
    sub-criteria, ranked in its place among all the others. They add up to the lead exactly, whatever the method.
    """
    problem = case.problem
    i, j = problem.alternatives.index(first), problem.alternatives.index(second)
    steps, owners, keys = _steps(case, i, j)
    known: dict[bytes, float] = {}

    def lead(masks: Array) -> Array:
        out = []
        for mask in masks:
            name = mask.astype(bool).tobytes()
            if name not in known:
                known[name] = _lead_of(case, problem.values[i] - np.einsum("l,lm->m", 1.0 - mask, steps), i, j)
            out.append(known[name])
        return np.array(out)

    parts = contributions(lead, owners)
    scores = _scores(case, problem)
    criteria = [criterion.key for criterion in case.study.criteria]
    return Lead(
        first=first,
        second=second,
        scores=(float(scores[i]), float(scores[j])),
        lead=_sign(case) * float(scores[i] - scores[j]),
        criteria={key: float(parts[np.array(owners) == c].sum()) for c, key in enumerate(criteria)},
        leaves=dict(zip(keys, parts.tolist(), strict=True)) if case.leaves else {},
    )


def _steps(case: Case, i: int, j: int) -> tuple[Array, list[int], list[str]]:
    """Give what each sub-criterion adds to the row of ``j`` on the way to the row of ``i`` (L, m), and its owner."""
    gap = case.problem.values[i] - case.problem.values[j]
    criteria = [criterion.key for criterion in case.study.criteria]
    if not case.leaves:
        return np.diag(gap), list(range(len(criteria))), criteria
    owners = [criteria.index(leaf.criterion) for leaf in case.leaves]
    keys = [leaf.key for leaf in case.leaves]
    if case.scenario.structure != "criteria":
        return np.diag(gap), owners, keys
    steps = np.zeros((len(keys), len(criteria)))
    for leaf, owner in enumerate(owners):
        steps[leaf, owner] = case.leaf_shares[leaf] * (case.leaf_scaled[i, leaf] - case.leaf_scaled[j, leaf])
    return steps, owners, keys


def _lead_of(case: Case, row: Array, i: int, j: int) -> float:
    """Rank a hybrid in the place of alternative ``i`` and give its lead over ``j``."""
    values = case.problem.values.copy()
    values[i] = row
    hybrid = Problem(values, case.problem.directions.tolist(), case.problem.weights, scales=case.problem.scales)
    scores = _scores(case, hybrid)
    return _sign(case) * float(scores[i] - scores[j])


def _scores(case: Case, problem: Problem) -> Array:
    scenario = case.scenario
    score = scorer(problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options)
    scores: Array = score(problem.weights[None, :])[0]
    return scores


def _sign(case: Case) -> float:
    return 1.0 if lookup(case.scenario.method).higher_is_better else -1.0


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One score of an alternative, down to the rows of the ledger that the codings cite.

    Attributes
    ----------
    criterion, leaf : keys
    cell : with all readings
    value : in the sub-criterion's own unit, on the scenario's route
    scaled : on the common scale
    assumed : whether the route has no value here, so that a midpoint stands in
    evidence : the rows cited, in the order of first mention
    """

    criterion: str
    leaf: str
    cell: Cell
    value: float
    scaled: float
    assumed: bool
    evidence: tuple[Evidence, ...]


def trace(case: Case, alternative: str) -> tuple[Trace, ...]:
    """Follow every sub-criterion's score of an alternative down to its evidence; empty on a SWOT route."""
    i = case.problem.alternatives.index(alternative)
    return tuple(
        Trace(
            criterion=leaf.criterion,
            leaf=leaf.key,
            cell=cell,
            value=float(case.leaf_values[i, j]),
            scaled=float(case.leaf_scaled[i, j]),
            assumed=cell in case.assumed,
            evidence=tuple(case.study.evidence[row] for row in cell.evidence if row in case.study.evidence),
        )
        for j, (leaf, cell) in enumerate(zip(case.leaves, case.cells[i], strict=True))
    )


def swot_items(case: Case, alternative: str) -> tuple[SwotItem, ...]:
    """Give the SWOT items of an alternative as the scenario's route assigns them; empty on a route of ratings."""
    swot = case.study.swot
    items = swot.codings.get(case.scenario.route, ()) if swot else ()
    return tuple(item for item in items if item.alternative == alternative)
