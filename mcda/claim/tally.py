"""Count the specifications under which a claim holds: over all of them, or over those that some options lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mcda.claim.grid import Mask
from mcda.claim.run import SKIPPED, Multiverse
from mcda.claim.verdict import verdict
from mcda.study.assertion import HOLDS, TIED


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What an assertion does under a number of specifications.

    Attributes
    ----------
    holds, ties, specifications : counts; a tie leaves the assertion open and does not count as holding
    skipped : specifications that could not be ranked, not among the others
    """

    holds: int
    ties: int
    specifications: int
    skipped: int = 0

    @property
    def share(self) -> float | None:
        """Share of the specifications under which it holds; None where there are none."""
        return self.holds / self.specifications if self.specifications else None

    @property
    def verdict(self) -> str:
        """Key of the verdict in the catalogue of words."""
        return verdict(self.holds, self.specifications)


@dataclass(frozen=True, kw_only=True, eq=False)
class Counter:
    """Counts over the distinct specifications of a multiverse, each once however many combinations lead to it."""

    multiverse: Multiverse

    def tally(self, when: Mapping[str, tuple[str, ...]]) -> Tally:
        """Count the specifications that combinations lead to in which each dimension named takes one of its options."""
        grid = self.multiverse.grid
        named = when.get(grid.weights.key)
        families = [f for f, option in enumerate(grid.weights.options) if named is None or option.key in named]
        return self.count(grid.mask(when), families)

    def count(self, mask: Mask, families: Iterable[int]) -> Tally:
        """Count over marked combinations (cells * ways,) and some options of weights."""
        wanted = frozenset(families)
        total = np.zeros(4, np.int64)
        for group in self._groups:
            rows = self._reached(mask, group[0])
            for family in wanted & frozenset(group):
                total += self._by_family[family][rows].sum(axis=0)
        specifications = int(total.sum() - total[SKIPPED])
        return Tally(
            holds=int(total[HOLDS]), ties=int(total[TIED]), specifications=specifications, skipped=int(total[SKIPPED])
        )

    def split(self, mask: Mask) -> list[Tally]:
        """Count over marked combinations for each option of weights apart."""
        out = {}
        for group in self._groups:
            rows = self._reached(mask, group[0])
            for family in group:
                total = self._by_family[family][rows].sum(axis=0)
                out[family] = Tally(
                    holds=int(total[HOLDS]),
                    ties=int(total[TIED]),
                    specifications=int(total.sum() - total[SKIPPED]),
                    skipped=int(total[SKIPPED]),
                )
        return [out[family] for family in sorted(out)]

    def _reached(self, mask: Mask, family: int) -> Mask:
        """Mark the rows (r,) that marked combinations lead to and no rule leaves out."""
        found = self.multiverse
        rows = np.zeros(len(found.outcome), bool)
        rows[found.row[mask & (found.row >= 0) & (found.grid.excluded[family] == 0)]] = True
        return rows

    @cached_property
    def _groups(self) -> list[list[int]]:
        """Join the options of weights that the same rules leave out."""
        excluded = self.multiverse.grid.excluded
        groups: dict[bytes, list[int]] = {}
        for family, row in enumerate(excluded):
            groups.setdefault(row.tobytes(), []).append(family)
        return list(groups.values())

    @cached_property
    def _by_family(self) -> list[NDArray[np.int64]]:
        """Count each outcome in each row (r, 4), for each option of weights."""
        found = self.multiverse
        out = []
        for family in range(len(found.grid.weights.options)):
            part = found.outcome[:, found.grid.family == family]
            out.append(np.stack([(part == code).sum(axis=1) for code in range(SKIPPED + 1)], axis=1))
        return out
