"""Under which share of all weights a claim holds, all other choices being the baseline's."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from mcda.claim.run import Multiverse
from mcda.errors import ProblemError
from mcda.sensitivity.forms import upward
from mcda.sensitivity.sampling import sample_weights
from mcda.sensitivity.smaa import UNSEEN
from mcda.study.assertion import HOLDS, TIED, judge
from mcda.study.universe import Choice

DRAWS = 100_000


@dataclass(frozen=True, kw_only=True)
class WeightShare:
    """Share of the weights, drawn uniformly from all there are, under which an assertion holds.

    Attributes
    ----------
    holds, ties, draws : counts; a tie does not count as holding
    route : the option of the dimension ``route``; None where the claim has no such dimension
    """

    holds: int
    ties: int
    draws: int
    route: Choice | None = None

    @property
    def share(self) -> float:
        """The share."""
        return self.holds / self.draws

    @property
    def standard_error(self) -> float:
        """Its standard error, from the number of draws alone."""
        return sqrt(self.share * (1 - self.share) / self.draws)

    @property
    def unanimous(self) -> bool:
        """Whether all draws agree, so that the standard error vanishes and says nothing."""
        return self.holds in (0, self.draws)

    @property
    def unseen(self) -> float:
        """How far from the true share one of all draws or of none lies at most, with 95% confidence."""
        return 1.0 - float(UNSEEN ** (1.0 / self.draws))


@dataclass(frozen=True, kw_only=True)
class WeightSpace:
    """The share of all weights: at the baseline (first), and with its route exchanged for each other one."""

    shares: tuple[WeightShare, ...]
    seed: int


def weight_space(found: Multiverse, *, draws: int = DRAWS, seed: int = 1) -> WeightSpace | None:
    """Draw weights of the criteria uniformly and count; None where the claim fixes the weights itself."""
    if not found.claim.weight_space:
        return None
    grid = found.grid
    weights = sample_weights(len(found.worlds.items[0].member), draws=draws, seed=seed)
    axis = next((i for i, item in enumerate(grid.data) if item.key == "route"), None)
    size = grid.shape[axis] if axis is not None else 1
    stride = int(np.prod(grid.shape[axis + 1 :])) if axis is not None else 0
    shares = []
    for option in range(size):
        row = int(found.row[option * stride])
        route = grid.data[axis].options[option] if axis is not None else None
        share = None if row < 0 else _share(found, row, weights, route)
        if share is not None:
            shares.append(share)
    return WeightSpace(shares=tuple(shares), seed=seed) if shares else None


def _share(found: Multiverse, row: int, weights: np.ndarray, route: Choice | None) -> WeightShare | None:
    """Count over the weights for one matrix; None where the method is undefined on it."""
    world = found.worlds.items[found.world[row]]
    method, normalization, options = found.ways[found.way[row]]
    columns = np.einsum("kc,cm->km", weights, world.member)
    try:
        score = upward(world.problem, method=method, normalization=normalization, options=options)
        outcome, _, _ = judge(found.claim.assertion, score(columns), found.alternatives)
    except ProblemError:
        return None
    return WeightShare(
        holds=int((outcome == HOLDS).sum()), ties=int((outcome == TIED).sum()), draws=len(weights), route=route
    )
