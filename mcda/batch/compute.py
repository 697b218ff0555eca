"""Compute pieces of grids: pure functions of the study and the grids, wherever they run."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter

import numpy as np

import mcda
from mcda.batch.combinations import Combination, combinations
from mcda.batch.matrices import Matrices
from mcda.batch.parts import Run, encode
from mcda.batch.units import Robustness, Unit
from mcda.batch.weightings import Weightings, used_criteria
from mcda.engine.methods import Prepared, lookup, prepare
from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, McdaError, NotApplicable
from mcda.sensitivity.acceptability import acceptability
from mcda.study.grid import Grid
from mcda.study.model import Study
from mcda.study.scenario import Scenario
from mcda.words import speaking


@dataclass(frozen=True)
class Task:
    """What a worker is asked at once: pieces by name, and the grids that they are of."""

    pieces: tuple[tuple[str, Unit], ...]
    grids: Mapping[int, Grid]


@dataclass(frozen=True)
class Done:
    """What a worker answers: the results of each piece, written down, and how long it took."""

    parts: Mapping[str, bytes]
    seconds: float


@dataclass(frozen=True)
class Context:
    """What all tasks of a run have in common."""

    study: Study
    robustness: Robustness | None
    version: str = mcda.__version__


class OtherVersion(Exception):
    """A worker has another version of this program than the one that asks."""


def work(context: bytes, task: Task) -> Done:
    """Compute the pieces of a task; ``context`` is a pickled ``Context``, which each worker reads once."""
    begun = perf_counter()
    opened = _opened(context)
    if opened.version != mcda.__version__:
        raise OtherVersion(mcda.__version__)
    with speaking("en"):  # so that the same results are the same bytes, whoever asks for them
        parts = {
            name: encode(list(compute(opened.study, task.grids[unit.source], unit, opened.robustness)))
            for name, unit in task.pieces
        }
    return Done(parts, perf_counter() - begun)


@lru_cache(maxsize=2)
def _opened(context: bytes) -> Context:
    found: Context = pickle.loads(context)
    return found


def compute(study: Study, grid: Grid, unit: Unit, robustness: Robustness | None) -> Iterable[Run]:
    """Rank every scenario of a piece, combination by combination, all weights of one at once."""
    matrices, weightings = Matrices(study), Weightings(study, grid)
    for combination in combinations(grid, *unit.cells):
        scenario = combination.scenario()
        repeats = combination.repeats(scenario, study)
        if repeats is not None:
            yield _nothing(unit, [repeats])
            continue
        try:
            yield _ranked(matrices, weightings, combination, scenario, unit, robustness)
        except McdaError as error:
            yield _nothing(unit, error.faults)


def _nothing(unit: Unit, faults: Sequence[Fault]) -> Run:
    """Give the results of a combination that cannot be ranked."""
    k = unit.weightings[1] - unit.weightings[0]
    return Run(scores=np.empty((k, 0)), reasons=(joined(faults),), reason=np.ones(k, np.int32))


def _ranked(
    matrices: Matrices,
    weightings: Weightings,
    combination: Combination,
    scenario: Scenario,
    unit: Unit,
    robustness: Robustness | None,
) -> Run:
    """Score one combination under all its weights."""
    used = used_criteria(matrices.study, scenario)
    problem, member = matrices.build(combination, scenario)
    ready = prepare(lookup(scenario.method), problem, scenario.normalization, scenario.options)
    own = weightings.own(combination, scenario)
    rows = weightings.rows(used, own, *unit.weightings)
    reasons: dict[str, int] = {}
    reason = np.zeros(len(rows), np.int32)
    possible = ~np.isnan(rows[:, 0])
    if not possible.all():
        reason[~possible] = reasons.setdefault(Fault(code="fault.no_shares").text(), len(reasons) + 1)
    scores = np.full((len(rows), len(problem.alternatives)), np.nan)
    weights = np.einsum("kc,cm->km", rows[possible], member)
    for i, found in zip(np.flatnonzero(possible), _scores(ready, weights), strict=True):
        if isinstance(found, str):
            reason[i] = reasons.setdefault(found, len(reasons) + 1)
        else:
            scores[i] = found
    return Run(
        alternatives=problem.alternatives,
        criteria=used,
        normalization=ready.normalization,
        higher_is_better=ready.entry.higher_is_better,
        own=None if own is None else own[0],
        scores=scores,
        reasons=tuple(reasons),
        reason=reason,
        robustness=None if robustness is None else _robust(problem, scenario, robustness),
    )


def _scores(ready: Prepared, weights: Array) -> Iterable[Array | str]:
    """Score weights (k, m) together, or each by itself where some of them leave a score undefined."""
    if not len(weights):
        return []
    try:
        return ready.scores(weights)
    except NotApplicable:
        return [_one(ready, row) for row in weights]


def _one(ready: Prepared, weights: Array) -> Array | str:
    try:
        scores: Array = ready.scores(weights[None, :])[0]
    except NotApplicable as error:
        return joined(error.faults)
    return scores


def joined(faults: Sequence[Fault]) -> str:
    """Give all faults of a scenario in one line."""
    return "; ".join(fault.text() for fault in faults)


def _robust(problem: Problem, scenario: Scenario, robustness: Robustness) -> Array:
    """Give the share of random weights that put each alternative first, and its mean rank under them (2, n)."""
    found = acceptability(
        problem,
        method=scenario.method,
        normalization=scenario.normalization,
        options=scenario.options,
        draws=robustness.draws,
        seed=robustness.seed,
        details=False,
    )
    places = np.arange(1.0, len(problem.alternatives) + 1)
    return np.array([found.first, np.einsum("nr,r->n", found.rank_acceptability, places)])
