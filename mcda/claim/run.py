"""Rank under every specification of a claim's universe, many weight vectors at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.claim.grid import Grid, lay_out
from mcda.claim.worlds import World, Worlds, worlds
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE
from mcda.errors import Fault, ProblemError
from mcda.sensitivity.forms import upward
from mcda.sensitivity.sampling import sample_weights
from mcda.study.assertion import FAILS, HOLDS, TIED, Outcomes, judge
from mcda.study.model import Study
from mcda.study.universe import Claim

SKIPPED = 3  # beside FAILS, HOLDS and TIED: the method is undefined on these values
PROBES = 8  # weights at which score functions are held against each other, always the same ones
TOLERANCE = TIE  # of the distance between the best and the worst score, up to which two scores agree

Way: TypeAlias = tuple[str, str | None, Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Skip:
    """Specifications that could not be ranked, and why: one fault stands for all of its kind."""

    method: str
    normalization: str | None
    fault: Fault
    count: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Multiverse:
    """What a claim's assertion does under every specification.

    A row is one distinct matrix under one way of scoring it; with one set of weights it makes one specification.

    Attributes
    ----------
    study, claim, grid : what was asked
    worlds : the distinct matrices
    ways : (p,) the distinct procedures: method, normalization, options
    row : (cells * ways of the grid,) the row of each combination; -1 where it has none
    world, way : (r,) the matrix and the procedure of each row
    outcome : (r, w) ``HOLDS``, ``FAILS``, ``TIED`` or ``SKIPPED``
    margin : (r, w) by how much the assertion holds, from -1 to 1
    leader : (r, w) position of the alternative that is first (or last), -1 where several tie
    probes : (p, c) weights of the criteria drawn once for all, at which rows are held against each other
    prints : (r, p * n) the scores of each row at these weights, from 0 for the worst to 1 for the best; NaN for none
    alternatives : (n,) keys
    skips : why specifications were skipped
    """

    study: Study
    claim: Claim
    grid: Grid
    worlds: Worlds
    ways: tuple[Way, ...]
    row: NDArray[np.int32]
    world: NDArray[np.int32]
    way: NDArray[np.int32]
    outcome: Outcomes
    margin: NDArray[np.float32]
    leader: Outcomes
    probes: Array
    prints: Array
    alternatives: tuple[str, ...]
    skips: tuple[Skip, ...]

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Whether a specification (r, w) is reached by a combination that no rule leaves out."""
        rows = np.zeros((len(self.grid.weights.options), len(self.outcome)), bool)
        for family, excluded in enumerate(self.grid.excluded):
            reached = self.row[(excluded == 0) & (self.row >= 0)]
            rows[family, reached] = True
        return rows[self.grid.family].T

    @property
    def objective(self) -> tuple[int, ...]:
        """The sets of weights that are derived from each matrix."""
        return tuple(w for w, item in enumerate(self.grid.sets) if item.objective)

    @property
    def baseline(self) -> tuple[int, int]:
        """Row and set of weights of the baseline: the first option of every dimension."""
        return int(self.row[0]), 0


def run(study: Study, claim: Claim) -> Multiverse:
    """Rank under every specification and hold the claim's assertion against each ranking."""
    grid = lay_out(claim)
    wanted = (grid.excluded == 0).any(axis=0)
    homes = np.unique(grid.home[wanted])
    found = worlds(study, grid, np.unique(homes // grid.ways).tolist())
    ways, way_of = _distinct([grid.way(way) for way in range(grid.ways)])
    world = found.of_cell[grid.home // grid.ways]
    pair = np.where(world < 0, -1, world * len(ways) + way_of[grid.home % grid.ways])
    pairs = np.unique(pair[wanted & (pair >= 0)])
    row = np.searchsorted(pairs, pair).astype(np.int32)
    row[~np.isin(pair, pairs)] = -1
    alternatives = found.items[0].problem.alternatives if found.items else ()
    probes = sample_weights(len(found.items[0].member), draws=PROBES, seed=0) if found.items else np.empty((0, 0))
    scored = _Scored(claim, alternatives, len(pairs), len(grid.sets), probes)
    for number, item in enumerate(found.items):
        begin, end = np.searchsorted(pairs, [number * len(ways), (number + 1) * len(ways)])
        scored.add(item, range(begin, end), [ways[k] for k in pairs[begin:end] % len(ways)])
    scored.refuse(found, wanted, grid)
    return Multiverse(
        study=study,
        claim=claim,
        grid=grid,
        worlds=found,
        ways=ways,
        row=row,
        world=(pairs // len(ways)).astype(np.int32),
        way=(pairs % len(ways)).astype(np.int32),
        outcome=scored.outcome,
        margin=scored.margin,
        leader=scored.leader,
        probes=probes,
        prints=scored.prints,
        alternatives=alternatives,
        skips=tuple(
            Skip(method=method, normalization=normalization, fault=fault, count=count)
            for (method, normalization, _), (fault, count) in scored.skips.items()
        ),
    )


def _distinct(ways: list[Way]) -> tuple[tuple[Way, ...], NDArray[np.int32]]:
    """Join ways that are the same, such as the normalizations of a method that fixes its own."""
    places: dict[str, int] = {}
    kept: list[Way] = []
    of_way = []
    for way in ways:
        name = repr((*way[:2], sorted(way[2].items())))
        if name not in places:
            places[name] = len(kept)
            kept.append(way)
        of_way.append(places[name])
    return tuple(kept), np.array(of_way, np.int32)


def stretched(scores: Array) -> Array:
    """Shift and stretch scores (k, n) so that the worst is 0 and the best 1; all 0 where they are alike."""
    low, spread = scores.min(axis=1, keepdims=True), np.ptp(scores, axis=1, keepdims=True)
    alike = spread <= TIE * np.abs(scores).max(axis=1, keepdims=True)
    out: Array = np.where(alike, 0.0, (scores - low) / np.where(alike, 1.0, spread))
    return out


class _Scored:
    """Takes in the results row by row."""

    def __init__(self, claim: Claim, alternatives: tuple[str, ...], rows: int, sets: int, probes: Array) -> None:
        self.claim, self.alternatives, self.probes = claim, alternatives, probes
        self.outcome: Outcomes = np.full((rows, sets), SKIPPED, np.int8)
        self.margin = np.zeros((rows, sets), np.float32)
        self.leader: Outcomes = np.full((rows, sets), -1, np.int8)
        self.prints: Array = np.full((rows, len(probes) * len(alternatives)), np.nan)
        self.skips: dict[tuple[str, str | None, str], tuple[Fault, int]] = {}

    def add(self, world: World, rows: range, ways: list[Way]) -> None:
        """Score one matrix in several ways with all sets of weights at once."""
        defined = np.array([i for i in range(len(world.weights)) if i not in world.undefined])
        for fault in world.undefined.values():
            self.skip("", None, fault, len(rows))
        weights = np.concatenate([world.weights[defined], np.einsum("pc,cm->pm", self.probes, world.member)])
        kept, scores = [], []
        for row, way in zip(rows, ways, strict=True):
            score = self.score(world, way, weights, len(defined))
            if score is not None:
                kept.append(row)
                scores.append(score[: len(defined)])
                self.prints[row] = stretched(score[len(defined) :]).ravel()
        if kept and len(defined):
            shape = len(kept), len(defined)
            found = judge(self.claim.assertion, np.concatenate(scores), self.alternatives)
            place = np.ix_(np.array(kept), defined)
            self.outcome[place] = found[0].reshape(shape)
            self.margin[place] = found[1].reshape(shape)
            self.leader[place] = found[2].reshape(shape)

    def score(self, world: World, way: Way, weights: Array, count: int) -> Array | None:
        """Give scores (k, n), higher is better; None, noted for ``count`` specifications, where they are undefined."""
        method, normalization, options = way
        try:
            score = upward(world.problem, method=method, normalization=normalization, options=options)
            scores = score(weights)
        except ProblemError as error:
            self.skip(method, normalization, error.faults[0], count)
            return None
        if np.isfinite(scores).all():
            return scores
        fault = Fault(code="claim.undefined_scores", values={"method": method})
        self.skip(method, normalization, fault, count)
        return None

    def skip(self, method: str, normalization: str | None, fault: Fault, count: int) -> None:
        """Count specifications that cannot be ranked, by method, normalization and kind of fault."""
        key = method, normalization, fault.code
        first, before = self.skips.get(key, (fault, 0))
        self.skips[key] = first, before + count

    def refuse(self, found: Worlds, wanted: NDArray[np.bool_], grid: Grid) -> None:
        """Count the combinations whose data options do not go together."""
        for cell, fault in found.refused.items():
            combinations = wanted[cell * grid.ways : (cell + 1) * grid.ways].sum() * len(grid.sets)
            self.skip("", None, fault, int(combinations))


__all__ = ["FAILS", "HOLDS", "SKIPPED", "TIED", "Multiverse", "Skip", "run"]
