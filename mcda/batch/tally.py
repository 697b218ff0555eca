"""What a batch adds up to: how often each alternative is first, its ranks, and what differs from the baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mcda.batch.results import Stretch
from mcda.engine.problem import Array
from mcda.engine.ranking import Ranking, ranks

Flags = NDArray[np.bool_]

REASONS = 50  # that are told apart; what comes later is counted together


@dataclass
class Standing:
    """What has been seen of one alternative.

    Attributes
    ----------
    ranked : in how many scenarios it was ranked
    first, tied : in how many it was first alone, and first together with others
    best, worst : its ranks; 0 before the first scenario
    twice : twice the sum of its ranks, a whole number
    better, worse : in how many it ranked above and below its place in the baseline
    """

    ranked: int = 0
    first: int = 0
    tied: int = 0
    best: float = 0.0
    worst: float = 0.0
    twice: int = 0
    better: int = 0
    worse: int = 0

    def add(self, column: Array, tops: Flags, alone: Flags, before: float | None) -> None:
        """Count the ranks (k,) of some scenarios; ``before`` is the rank in the baseline."""
        self.first += int((tops & alone).sum())
        self.tied += int((tops & ~alone).sum())
        self.best = min(self.best or np.inf, float(column.min()))
        self.worst = max(self.worst, float(column.max()))
        self.twice += int(np.rint(2 * column).sum())
        self.ranked += len(column)
        if before is not None:
            self.better += int((column < before).sum())
            self.worse += int((column > before).sum())


@dataclass
class Counts:
    """What has been seen of one scenario file: how many scenarios were ranked, and why others were not."""

    ranked: int = 0
    failed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, eq=False)
class Seen:
    """What one stretch says, scenario by scenario (k,).

    Attributes
    ----------
    ranked : whether a scenario could be ranked
    tops : (k, n) who is first
    first_changed, order_changed : whether another alternative is first than in the baseline, and whether any two
        alternatives of both changed places; None without a baseline
    """

    ranked: Flags
    tops: Flags
    first_changed: Flags | None
    order_changed: Flags | None


class Tally:
    """Adds up a batch, stretch by stretch.

    Parameters
    ----------
    alternatives : keys, in the order of the study
    baseline : the ranking that others are held against, or None
    expect : key of the alternative that is expected first, alone; or None

    Attributes
    ----------
    unexpected : in how many scenarios it is not
    example : the first of these: its name, and who is first there
    """

    def __init__(self, alternatives: Iterable[str], baseline: Ranking | None, expect: str | None = None) -> None:
        self.baseline, self.expect = baseline, expect
        self.unexpected = 0
        self.example = "", ""
        self.standings = {key: Standing() for key in alternatives}
        self.counts: dict[int, Counts] = {}
        self.first_changed = self.first_shared = self.order_changed = 0
        self._before = dict(zip(baseline.alternatives, baseline.ranks.tolist(), strict=True)) if baseline else {}

    @property
    def ranked(self) -> int:
        """In how many scenarios alternatives were ranked."""
        return sum(counts.ranked for counts in self.counts.values())

    def add(self, stretch: Stretch) -> Seen:
        """Count a stretch, and say what it shows."""
        counts = self.counts.setdefault(stretch.source, Counts())
        for run in stretch.runs:
            for code, text in enumerate(run.reasons, start=1):
                known = text in counts.failed or len(counts.failed) < REASONS
                counts.failed[text if known else ""] += int((run.reason == code).sum())
        ranked, places = stretch.ranked, stretch.ranks
        if not ranked.any():
            nobody = np.zeros(places.shape, bool)
            return Seen(ranked, nobody, self._nothing(ranked), self._nothing(ranked))
        tops = places == np.where(np.isnan(places), np.inf, places).min(axis=1, keepdims=True)
        alone = tops.sum(axis=1) == 1
        counts.ranked += int(ranked.sum())
        for i, key in enumerate(stretch.alternatives):
            standing = self.standings.setdefault(key, Standing())
            standing.add(places[ranked, i], tops[ranked, i], alone[ranked], self._before.get(key))
        self._hold(stretch, tops, tops & alone[:, None])
        seen = Seen(ranked, tops, *self._changes(stretch.alternatives, places, tops, ranked))
        if seen.first_changed is not None and seen.order_changed is not None:
            self.first_changed += int(seen.first_changed.sum())
            self.first_shared += int((seen.first_changed & self._shared(stretch.alternatives, tops)).sum())
            self.order_changed += int(seen.order_changed.sum())
        return seen

    def _hold(self, stretch: Stretch, tops: Flags, alone: Flags) -> None:
        """Count the scenarios in which another alternative than the expected one is first, or first as well."""
        if self.expect is None:
            return
        wrong = stretch.ranked.copy()
        if self.expect in stretch.alternatives:
            wrong &= ~alone[:, stretch.alternatives.index(self.expect)]
        if wrong.any() and not self.unexpected:
            i = int(wrong.argmax())
            first = ", ".join(stretch.alternatives[j] for j in np.flatnonzero(tops[i]))
            self.example = stretch.grid.name(stretch.first + i), first
        self.unexpected += int(wrong.sum())

    def _nothing(self, ranked: Flags) -> Flags | None:
        return None if self.baseline is None else np.zeros(len(ranked), bool)

    def _shared(self, alternatives: tuple[str, ...], tops: Flags) -> Flags:
        """Tell where one that is first in the baseline shares the first place."""
        assert self.baseline is not None
        before = np.array([key in self.baseline.first() for key in alternatives])
        shared: Flags = tops[:, before].any(axis=1) & (tops.sum(axis=1) > 1)
        return shared

    def _changes(
        self, alternatives: tuple[str, ...], places: Array, tops: Flags, ranked: Flags
    ) -> tuple[Flags | None, Flags | None]:
        """Tell where another one is first than in the baseline, and where those in both stand in another order."""
        if self.baseline is None:
            return None, None
        first = np.array([key in self.baseline.first() for key in alternatives])
        gone = not set(self.baseline.first()) <= set(alternatives)
        first_changed = ranked & (gone | (tops != first).any(axis=1))
        both = [i for i, key in enumerate(alternatives) if key in self._before]
        now = np.nan_to_num(places[:, both])
        before = ranks(-np.array([self._before[alternatives[i]] for i in both])) if both else np.empty(0)
        order_changed = ranked & (ranks(-now) != before).any(axis=1) if both else np.zeros(len(places), bool)
        return first_changed, order_changed
