"""Where the inputs of a workbook stand, so that every sheet can refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.engine.methods import lookup
from mcda.engine.problem import Array
from mcda.engine.ranking import Ranking
from mcda.report.workbook.book import Block
from mcda.study.scenario import Case
from mcda.words import say

FIRST = 8  # row of the first criterion on the sheet of weights
TOP = 5  # row of the first score on the sheet of scores
STEPS = 20  # of a swept weight
SHEETS = ("weights", "scores", "calc", "sweep", "check", "sure", "about")


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """A case and its ranking, and where they stand in a workbook.

    Attributes
    ----------
    case, ranking, lang : as given
    live : whether the method is written out in formulas, so that numbers may be typed in
    """

    case: Case
    ranking: Ranking
    lang: str
    live: bool

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The names of the sheets."""
        return {key: say(f"workbook.sheet.{key}", self.lang) for key in SHEETS}

    @cached_property
    def names(self) -> list[str]:
        """The titles of the alternatives (n)."""
        return [alternative.title.get(self.lang) for alternative in self.case.alternatives]

    @cached_property
    def criteria(self) -> list[str]:
        """The titles of the criteria (c)."""
        return [criterion.title.get(self.lang) for criterion in self.case.study.criteria]

    @cached_property
    def columns(self) -> list[str]:
        """The titles of what the method works on (m): criteria, or sub-criteria."""
        return [self.case.title(key, self.lang) for key in self.case.problem.criteria]

    @cached_property
    def owners(self) -> list[int]:
        """The position of each sub-criterion's criterion (L)."""
        keys = [criterion.key for criterion in self.case.study.criteria]
        return [keys.index(leaf.criterion) for leaf in self.case.leaves]

    @cached_property
    def method(self) -> str:
        """The method's name."""
        return lookup(self.ranking.method).title

    @property
    def on_leaves(self) -> bool:
        """Whether the method works on the sub-criteria."""
        return bool(self.case.leaves) and self.case.scenario.structure != "criteria"

    @cached_property
    def weights(self) -> Array:
        """The weights of the criteria (c)."""
        return np.array(list(self.case.criterion_weights.values()))

    @cached_property
    def within(self) -> Array:
        """The share within its criterion of each thing that the method works on (m)."""
        return self.case.leaf_shares if self.on_leaves else np.ones(len(self.criteria))

    def spread(self, weights: Array) -> Array:
        """Spread weights of the criteria (k, c) over what the method works on (k, m)."""
        return weights[:, self.owners] * self.within if self.on_leaves else weights

    def range_of(self, criterion: int) -> tuple[int, int]:
        """Give position and number of the things of a criterion that the method works on."""
        if not self.on_leaves:
            return criterion, 1
        return self.owners.index(criterion), self.owners.count(criterion)

    def leaves_of(self, criterion: int) -> tuple[int, int]:
        """Give position and number of the sub-criteria of a criterion."""
        return self.owners.index(criterion), self.owners.count(criterion)

    @property
    def points(self) -> Block:
        """The weights as they are typed in (c, 1)."""
        return Block(sheet=self.sheets["weights"], top=FIRST, left=3, rows=len(self.criteria))

    @property
    def shares(self) -> Block:
        """The weights as shares (c, 1)."""
        return Block(sheet=self.sheets["weights"], top=FIRST, left=4, rows=len(self.criteria))

    @property
    def alternatives(self) -> Block:
        """The titles of the alternatives (1, n)."""
        return Block(sheet=self.sheets["scores"], top=TOP - 1, left=8, columns=len(self.names))

    @property
    def scores(self) -> Block:
        """The scores as they are typed in (L, n); on a SWOT route the numbers of items, + and - by turns (2c, n)."""
        rows = len(self.case.leaves) or 2 * len(self.criteria)
        return Block(sheet=self.sheets["scores"], top=TOP, left=8, rows=rows, columns=len(self.names))

    @property
    def ends(self) -> Block:
        """The declared ends of the scales (L, 2), or (2c, 2)."""
        return Block(sheet=self.sheets["scores"], top=TOP, left=4, rows=self.scores.rows, columns=2)

    @property
    def leaf_points(self) -> Block:
        """The weights within a criterion as they are typed in (L, 1)."""
        return Block(sheet=self.sheets["scores"], top=TOP, left=6, rows=self.scores.rows)

    @property
    def leaf_shares(self) -> Block:
        """The weights within a criterion as shares (L, 1)."""
        return Block(sheet=self.sheets["scores"], top=TOP, left=7, rows=self.scores.rows)
