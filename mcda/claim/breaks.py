"""Away from the baseline: what each single change does, and the fewest changes that turn the outcome round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.claim.run import SKIPPED, Multiverse
from mcda.study.assertion import HOLDS, Outcomes
from mcda.study.universe import Choice, Dimension, Kind

LISTED = 24  # sets of changes that are spelled out; all are counted


@dataclass(frozen=True, kw_only=True)
class Step:
    """One choice that is made otherwise; ``weights`` names the set of weights where the option is a family of them."""

    dimension: Dimension
    option: Choice
    weights: str = ""

    @property
    def text(self) -> str:
        """The option's key, and the set of weights within it."""
        return f"{self.option.key}: {self.weights}" if self.weights else self.option.key


@dataclass(frozen=True, kw_only=True)
class Specification:
    """What the assertion does under one specification.

    Attributes
    ----------
    steps : where it differs from the baseline
    outcome : ``HOLDS``, ``FAILS``, ``TIED``, ``SKIPPED``, or None where a rule leaves it out
    margin : by how much it holds, from -1 to 1
    leader : key of the alternative that is first (or last), None where several tie
    """

    steps: tuple[Step, ...]
    outcome: int | None
    margin: float
    leader: str | None

    @property
    def holds(self) -> bool:
        """Whether the assertion holds."""
        return self.outcome == HOLDS


@dataclass(frozen=True, kw_only=True)
class Breaks:
    """The fewest changes from the baseline after which the claim no longer holds (or holds, where it did not).

    Attributes
    ----------
    size : how many choices must change together; None where no combination turns the outcome
    count : in how many ways that can be done
    sets : up to ``LISTED`` of them, those with options of the strongest kinds first
    """

    size: int | None
    count: int
    sets: tuple[Specification, ...]


class Neighbourhood:
    """The combinations around the baseline, by how many choices they change."""

    def __init__(self, found: Multiverse) -> None:
        self.found, self.grid = found, found.grid
        codes = np.where(found.row[:, None] >= 0, found.outcome[found.row], SKIPPED)
        for family, excluded in enumerate(self.grid.excluded):
            codes[np.ix_(excluded != 0, self.grid.family == family)] = -1
        self.codes: Outcomes = codes
        changed = [axis > 0 for axis in np.indices(self.grid.shape, dtype=np.int8, sparse=True)]
        self.distance = sum(changed, np.zeros(self.grid.shape, np.int8)).reshape(-1, 1)

    def baseline(self) -> Specification:
        """Give the baseline itself."""
        return self.at(0, 0)

    def singles(self) -> tuple[Specification, ...]:
        """Change one choice at a time: every other option of every dimension, and every other set of weights."""
        places = []
        for axis, size in enumerate(self.grid.shape):
            stride = int(np.prod(self.grid.shape[axis + 1 :]))
            places += [(stride * option, 0) for option in range(1, size)]
        places += [(0, w) for w in range(1, len(self.grid.sets))]
        return tuple(self.at(place, w) for place, w in places)

    def breaks(self, kinds: Iterable[Kind] | None = None) -> Breaks:
        """Find the fewest changes that turn the outcome, by options of some kinds alone or of all."""
        before = self.codes[0, 0] == HOLDS
        turned = (self.codes >= 0) & (self.codes != SKIPPED) & ((self.codes == HOLDS) != before)
        if self.codes[0, 0] in (SKIPPED, -1):
            turned[:] = False
        if kinds is not None:
            turned &= self.allowed(frozenset(kinds))
        steps = self.distance + (np.arange(len(self.grid.sets)) > 0)
        if not turned.any():
            return Breaks(size=None, count=0, sets=())
        size = int(steps[turned].min())
        places = np.argwhere(turned & (steps == size))
        specifications = [self.at(int(place), int(w)) for place, w in places[: LISTED * LISTED]]
        chosen = sorted(specifications, key=_strength)[:LISTED]
        return Breaks(size=size, count=len(places), sets=tuple(chosen))

    def allowed(self, kinds: frozenset[Kind]) -> NDArray[np.bool_]:
        """Mark the combinations made of the baseline's options and of options of some kinds."""
        when = {
            item.key: tuple(option.key for i, option in enumerate(item.options) if i == 0 or option.kind in kinds)
            for item in self.grid.dimensions
        }
        named = when[self.grid.weights.key]
        sets = np.array([self.grid.weights.options[f].key in named for f in self.grid.family])
        marked: NDArray[np.bool_] = self.grid.mask(when)[:, None] & sets
        return marked

    def at(self, place: int, w: int) -> Specification:
        """Describe one combination."""
        chosen = self.grid.choices(place)
        steps = [Step(dimension=item, option=option) for item, option in chosen if option is not item.options[0]]
        if w:
            option = self.grid.weights.options[self.grid.family[w]]
            own = self.grid.sets[w].key if len(option.weights) > 1 else ""
            steps.append(Step(dimension=self.grid.weights, option=option, weights=own))
        row, code = int(self.found.row[place]), int(self.codes[place, w])
        leader = int(self.found.leader[row, w]) if row >= 0 and code != SKIPPED else -1
        return Specification(
            steps=tuple(steps),
            outcome=code if code >= 0 else None,
            margin=float(self.found.margin[row, w]) if row >= 0 else 0.0,
            leader=self.found.alternatives[leader] if leader >= 0 else None,
        )


def _strength(found: Specification) -> tuple[int, ...]:
    """Put changes to equivalent options before uncertain ones, and those before the rest."""
    rank = {"equivalent": 0, "uncertain": 1, "non-equivalent": 2}
    return tuple(sorted((rank[step.option.kind] for step in found.steps), reverse=True))
