"""Run a batch: find what is missing, have it computed in tasks of about a second, keep each piece as it comes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from mcda.batch.compute import Context, Done, Task
from mcda.batch.executors import Executor
from mcda.batch.store import Store
from mcda.batch.units import Names, Robustness, Unit, units
from mcda.study.grid import Grid
from mcda.study.model import Study

SECONDS = 1.0  # that a task shall take, so that what it costs to hand it out does not count
POINTS = 400_000  # scenarios in a task at most, so that its answer stays small (40 bytes each)


class Progress(Protocol):
    """Is told how many scenarios need not be computed, and how many were."""

    def keep(self, count: int) -> None:
        """Count scenarios that the store held already."""

    def add(self, count: int) -> None:
        """Count scenarios that were computed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """What is to be computed, in order: the pieces with their names."""

    study: Study
    grids: Sequence[Grid]
    robustness: Robustness | None
    pieces: tuple[tuple[str, Unit], ...]

    @property
    def size(self) -> int:
        """How many scenarios there are."""
        return sum(grid.size for grid in self.grids)


def plan(study: Study, study_hash: str, grids: Sequence[Grid], robustness: Robustness | None) -> Plan:
    """Cut grids into pieces and name these by their content."""
    names = Names(study_hash, robustness)
    pieces = tuple(
        (names.name(unit, grid), unit) for source, grid in enumerate(grids) for unit in units(source, grid, robustness)
    )
    return Plan(study=study, grids=grids, robustness=robustness, pieces=pieces)


def run(planned: Plan, store: Store, executor: Executor, progress: Progress) -> int:
    """Compute what the store does not hold; give the number of scenarios that it held already."""
    missing: dict[str, Unit] = {}
    kept = 0
    for name, unit in planned.pieces:
        if name in store:
            kept += unit.size
        else:
            missing.setdefault(name, unit)
    progress.keep(kept)
    context = pickle.dumps(Context(planned.study, planned.robustness))
    pace = _Pace()
    for done in executor.run(context, _tasks(planned, missing, pace)):
        finished = 0
        for name, data in done.parts.items():
            store.put(name, data)
            finished += missing[name].size
        pace.learn(done, finished)
        progress.add(finished)
    return kept


class _Pace:
    """How fast scenarios are computed, by the last answers."""

    def __init__(self) -> None:
        self.seconds = 0.0  # for one scenario; 0 while nothing is known

    def learn(self, done: Done, scenarios: int) -> None:
        seen = done.seconds / max(scenarios, 1)
        self.seconds = seen if self.seconds == 0 else (self.seconds + seen) / 2

    def room(self) -> float:
        """How many scenarios the next task shall hold."""
        return min(POINTS, SECONDS / self.seconds) if self.seconds else 1


def _tasks(planned: Plan, missing: dict[str, Unit], pace: _Pace) -> Iterator[Task]:
    """Bundle missing pieces into tasks; the first ones hold one piece, to learn how long they take."""
    pieces: list[tuple[str, Unit]] = []
    scenarios = 0
    for name, unit in missing.items():
        pieces.append((name, unit))
        scenarios += unit.size
        if scenarios >= pace.room():
            yield Task(tuple(pieces), {unit.source: planned.grids[unit.source] for _, unit in pieces})
            pieces, scenarios = [], 0
    if pieces:
        yield Task(tuple(pieces), {unit.source: planned.grids[unit.source] for _, unit in pieces})
