"""Writes the steps of a calculation below each other, each with its heading, labels and formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mcda.engine.problem import Array
from mcda.report.workbook.book import Block, Sheet
from mcda.report.workbook.places import Plan
from mcda.words import say

LABEL, FIRST = 1, 2  # columns of the labels and of the first alternative


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """A column after the numbers of a table: texts, or a formula with its value for each row."""

    heading: str
    texts: Sequence[str] = ()
    formula: Callable[[int], str] = str
    values: Sequence[float] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Written:
    """A table once written: its numbers (r, n) and the columns after them (r, 1)."""

    numbers: Block
    sides: tuple[Block, ...] = ()


@dataclass(eq=False)
class Pen:
    """Writes step after step down a sheet and numbers them."""

    sheet: Sheet
    plan: Plan
    row: int = 3
    steps: int = 0
    needs: list[tuple[str, str]] = field(default_factory=list)  # condition that must hold, and what to say if not

    def step(self, key: str, **values: object) -> None:
        """Begin a step with its heading and what it does."""
        self.row += self.steps > 0
        self.steps += 1
        lang = self.plan.lang
        self.sheet.across(self.row, LABEL, f"{self.steps}. {say(f'workbook.step.{key}', lang)}", "section")
        self.sheet.across(self.row + 1, LABEL, say(f"workbook.step.{key}.note", lang, **values), "plain")
        self.row += 2

    def header(self, sides: Sequence[Side] = ()) -> None:
        """Write the headings of a table: the alternatives, and what stands after them."""
        for j, heading in enumerate(("", *self.plan.names, *(side.heading for side in sides))):
            self.sheet.text(self.row, LABEL + j, heading, "head")
        self.row += 1

    def beside(self, rows: int, count: int) -> list[Block]:
        """Say where the columns after the numbers will stand in the next table; its formulas may refer to them."""
        after = FIRST + len(self.plan.names)
        return [Block(sheet=self.sheet.name, top=self.row + 1, left=after + c, rows=rows) for c in range(count)]

    def next(self, rows: int) -> Block:
        """Say where the numbers of the next table will stand; its formulas may refer to them."""
        return Block(sheet=self.sheet.name, top=self.row + 1, left=FIRST, rows=rows, columns=len(self.plan.names))

    def table(
        self,
        labels: Sequence[str],
        formula: Callable[[int, int], str],
        values: Array,
        *,
        sides: Sequence[Side] = (),
    ) -> Written:
        """Write a table of formulas; values (r, n) have a row for each label and a column for each alternative."""
        self.header(sides)
        rows, columns = values.shape
        block = Block(sheet=self.sheet.name, top=self.row, left=FIRST, rows=rows, columns=columns)
        for i, label in enumerate(labels):
            self.sheet.text(self.row + i, LABEL, label)
            for j in range(columns):
                self.sheet.formula(block.top + i, block.left + j, formula(i, j), values[i, j], "figure")
        written = Written(
            numbers=block,
            sides=tuple(self._side(block, side, FIRST + columns + c) for c, side in enumerate(sides)),
        )
        self.row += rows
        return written

    def line(
        self, label: str, formula: Callable[[int], str], values: Sequence[float] | Array, style: str = "figure"
    ) -> Block:
        """Write one line of formulas (n)."""
        block = Block(sheet=self.sheet.name, top=self.row, left=FIRST, columns=len(values))
        self.sheet.text(self.row, LABEL, label)
        for j, value in enumerate(values):
            self.sheet.formula(self.row, FIRST + j, formula(j), value, style)
        self.row += 1
        return block

    def word(self, key: str, **values: object) -> str:
        """Give a label."""
        return say(f"workbook.{key}", self.plan.lang, **values)

    def figure(self, key: str) -> str:
        """Give the heading of a figure of each row."""
        return self.word(f"figure.{key}")

    def _side(self, block: Block, side: Side, column: int) -> Block:
        place = Block(sheet=block.sheet, top=block.top, left=column, rows=block.rows)
        for i, text in enumerate(side.texts):
            self.sheet.text(block.top + i, column, text, "word")
        for i, value in enumerate(side.values):
            self.sheet.formula(block.top + i, column, side.formula(i), value, "figure")
        return place
