"""What a method written out in formulas starts from, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mcda.engine.problem import Array, Problem
from mcda.report.workbook.book import Block
from mcda.report.workbook.pen import Pen


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """One line for each alternative on the sheet of sweeps.

    Attributes
    ----------
    formula : of one cell, from the weights of the criteria (a column), the alternative, the position of the swept
        weight and the lines of the stages before
    values : from weights of the criteria (k, c) to the values (k, n); None for the scores themselves
    label : what stands before the alternative's name; empty for the scores
    """

    formula: Callable[[str, int, int, list[Block]], str]
    values: Callable[[Array], Array] | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """Where the scores stand (1, n), and how they follow for other weights."""

    scores: Block
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Work:
    """What a method starts from, as cells and as numbers.

    Attributes
    ----------
    values, weights : of the problem, (m, n) and (m, 1)
    utilities : the normalized values (m, n); None where the method takes the values as they are
    problem : the numbers behind values and weights
    scaled : the numbers behind the utilities (m, n)
    options : of the method
    """

    values: Block
    weights: Block
    utilities: Block | None
    problem: Problem
    scaled: Array
    options: Mapping[str, object]

    @property
    def u(self) -> Block:
        """The utilities, for the methods that have them."""
        return self.utilities or self.values

    @property
    def shares(self) -> Array:
        """The weights as a column of numbers (m, 1)."""
        return self.problem.weights[:, None]

    def cost(self, i: int) -> bool:
        """Whether less is better in a row."""
        return bool(self.problem.directions[i] < 0)


Writer: TypeAlias = Callable[[Pen, Work], Outcome]
