"""Weights of criteria and sub-criteria: where a scenario takes them from, and what it sets on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine.problem import Array
from mcda.errors import Fault, StudyError
from mcda.study.model import Leaf, Study

if TYPE_CHECKING:
    from mcda.engine.ahp import Priorities
    from mcda.study.scenario import Judgement, Rest, Scenario, Setting

SLACK = 1e-9  # by which shares that are set may sum to more than 1


def criterion_weights(study: Study, scenario: Scenario) -> tuple[dict[str, float], dict[str, Priorities]]:
    """Work out the weights of the criteria in use, summing to 1, and what the judgements behind them say.

    Weights are worked out over all criteria; excluded ones are left out then, and the others keep their proportions.
    What the scenario sets comes last and is final.
    """
    keys = [criterion.key for criterion in study.criteria]
    source, priorities = scenario.weights, {}
    if source.kind == "base":
        raw = {criterion.key: criterion.weight for criterion in study.criteria}
    elif source.kind == "shares":
        raw = {key: float(source.shares.get(key, 0.0)) for key in keys}
    elif source.kind == "order":
        from mcda.engine.weights import rank_order_centroid

        places = np.arange(1, len(source.order) + 1)
        raw = dict(zip(source.order, rank_order_centroid(places).tolist(), strict=True))
    else:
        priorities = _judged(keys, scenario)
        merged = priorities[scenario.key]
        raw = dict(zip(merged.labels, merged.weights.tolist(), strict=True))
    used = {key: raw[key] for key in keys if key not in scenario.exclude}
    return settled(used, source.settings), priorities


def _judged(keys: list[str], scenario: Scenario) -> dict[str, Priorities]:
    """Prioritize every judge, every profile of a group, and all of them merged by geometric mean (AIJ)."""
    source = scenario.weights
    judges = tuple(
        (profile, coding, judgements)
        for profile, by_coding in source.judgements.items()
        for coding, judgements in by_coding.items()
    )
    judged = (key for _, _, judgements in judges for j in judgements for key in (j.first, j.second))
    out = dict(_prioritized(tuple(dict.fromkeys((*keys, *judged))), judges, source.kind == "group"))
    out[scenario.key] = out.pop("")
    return out


@lru_cache(maxsize=64)  # many scenarios are based on a few lists of judgements
def _prioritized(
    labels: tuple[str, ...], judges: tuple[tuple[str, str, tuple[Judgement, ...]], ...], grouped: bool  # noqa: FBT001
) -> Mapping[str, Priorities]:
    """Prioritize each of some lists of judgements, named by profile and coding; the merged one has no name."""
    from mcda.engine.ahp import group_priorities, judgement_matrix, priorities

    out: dict[str, Priorities] = {}
    matrices: dict[str, list[Array]] = {}
    for profile, coding, judgements in judges:
        matrix = judgement_matrix(labels, [(j.first, j.second, j.ratio) for j in judgements])
        matrices.setdefault(profile, []).append(matrix)
        out[" ".join(part for part in (profile, coding) if part)] = priorities(matrix, labels=labels)
    if grouped:
        out |= {name: group_priorities(own, how="AIJ", labels=labels).merged for name, own in matrices.items()}
    every = [matrix for own in matrices.values() for matrix in own]
    return {**out, "": group_priorities(every, how="AIJ", labels=labels).merged}


def leaf_shares(leaves: tuple[Leaf, ...], scenario: Scenario) -> Array:
    """Give the share (L,) of each sub-criterion within its criterion.

    ``leaf_weights: evidence`` counts the rows of the ledger that any cell of the sub-criterion cites in the study's
    files; where a criterion cites none, its sub-criteria keep their declared weights. What the scenario sets is final.
    """
    weights = {leaf.key: leaf.weight for leaf in leaves}
    if scenario.leaf_weights == "evidence":
        cited = {leaf.key: len({row for cell in leaf.cells.values() for row in cell.evidence}) for leaf in leaves}
        rows = {leaf.criterion for leaf in leaves if cited[leaf.key]}
        weights = {leaf.key: cited[leaf.key] if leaf.criterion in rows else leaf.weight for leaf in leaves}
    shares: dict[str, float] = {}
    for criterion in dict.fromkeys(leaf.criterion for leaf in leaves):
        own = {leaf.key: weights[leaf.key] for leaf in leaves if leaf.criterion == criterion}
        shares |= settled(own, scenario.weights.settings)
    return np.array([shares[leaf.key] for leaf in leaves])


def settled(raw: Mapping[str, float], settings: Iterable[Setting]) -> dict[str, float]:
    """Bring weights to sum to 1, then set shares, one setting after the other; those of other keys are left aside."""
    total = sum(raw.values())
    if total <= 0:
        raise StudyError([Fault(code="fault.weights_zero", key="weights")])
    shares = {key: value / total for key, value in raw.items()}
    for setting in settings:
        shares = with_fixed(shares, setting.shares, rest=setting.rest)
    return shares


def with_fixed(raw: Mapping[str, float], fixed: Mapping[str, float], *, rest: Rest = "proportion") -> dict[str, float]:
    """Bring weights to sum to 1 and set some of them; keys that are not among the weights are left aside."""
    keys, total = list(raw), sum(raw.values())
    shares = np.array([[value / total for value in raw.values()]])
    chosen = [key for key in keys if key in fixed]
    if chosen:
        to = np.array([[fixed[key] for key in chosen]])
        shares = set_shares(shares, [keys.index(key) for key in chosen], to, rest=rest)
    if np.isnan(shares).any():
        total = sum(fixed[key] for key in chosen)
        values = {"found": ", ".join(chosen), "total": f"{total:.6g}"}
        code = "fault.set_above" if total > 1 else "fault.weights_zero"
        raise StudyError([Fault(code=code, values=values, key="weights")])
    return dict(zip(keys, shares[0].tolist(), strict=True))


def set_shares(shares: Array, columns: Sequence[int], to: Array, *, rest: Rest = "proportion") -> Array:
    """Set some shares in each row of weights.

    Parameters
    ----------
    shares : (k, c) numbers of 0 or more, each row summing to 1
    columns : (f,) which ones are set
    to : (k, f) what they become, 0 or more
    rest : ``proportion`` lets the others share what is left in their proportions, equally where they are all 0;
        ``keep`` leaves them as they are and then brings each row to sum to 1

    Returns
    -------
    (k, c) array, each row summing to 1; NaN where what is set exceeds 1 in proportion, or where nothing is above 0
    """
    out = shares.copy()
    out[:, columns] = to
    free = np.ones(shares.shape[1], bool)
    free[columns] = False
    if rest == "proportion" and free.any():
        others, left = shares[:, free], 1.0 - to.sum(axis=1, keepdims=True)
        total = others.sum(axis=1, keepdims=True)
        others = np.where(total > 0, others / np.where(total > 0, total, 1.0), 1.0 / free.sum())
        out[:, free] = np.where(left < -SLACK, np.nan, np.maximum(left, 0.0) * others)
        return out
    total = out.sum(axis=1, keepdims=True)
    scaled: Array = np.where(total > 0, out / np.where(total > 0, total, 1.0), np.nan)
    return scaled
