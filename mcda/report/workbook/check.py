"""The sheet of the check: the numbers of Python beside those of the workbook, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.engine.problem import Array
from mcda.report.workbook.book import Block, Sheet, roomy, tall
from mcda.report.workbook.calc import Calculation
from mcda.report.workbook.phrases import quoted, spoken
from mcda.report.workbook.places import Plan
from mcda.words import say

LABEL, FIRST = 1, 2  # columns
SCORES = 6  # row of the first score
HEADS = ("alternative", "python_score", "score", "difference", "python_rank", "rank")
APART = 4  # rows from the end of one table to the first number of the next
AGREE = 1e-9  # how far apart the numbers may lie


@dataclass(frozen=True, kw_only=True, eq=False)
class Stored:
    """Where the numbers of the study stand on the sheet of the check."""

    sheet: str
    plan: Plan

    @property
    def scores(self) -> Block:
        """The scores (n, 1)."""
        return self._block(SCORES, len(self.plan.names))

    @property
    def ranks(self) -> Block:
        """The ranks (n, 1)."""
        return self._block(SCORES, len(self.plan.names), left=FIRST + 3)

    @property
    def points(self) -> Block:
        """The weights of the criteria as they were (c, 1)."""
        return self._block(_after(self.scores), len(self.plan.criteria))

    @property
    def leaf_points(self) -> Block:
        """The weights within a criterion as they were (L, 1)."""
        return self._block(_after(self.points), self.plan.scores.rows)

    @property
    def entries(self) -> Block:
        """The scores of the evidence as they were (L, n)."""
        block = self.leaf_points
        return self._block(block.top, block.rows, left=FIRST + 1, columns=len(self.plan.names))

    @property
    def values(self) -> Block:
        """What the method works on (m, n)."""
        return self._block(_after(self.entries), len(self.plan.columns), columns=len(self.plan.names))

    @property
    def utilities(self) -> Block:
        """The normalized values (m, n)."""
        return self._block(_after(self.values), self.values.rows, columns=len(self.plan.names))

    @property
    def changed(self) -> str:
        """The formula that counts the yellow cells that were typed over."""
        pairs = [(self.plan.points, self.points), (self.plan.scores, self.entries)]
        if self.plan.case.leaves:
            pairs.append((self.plan.leaf_points, self.leaf_points))
        return "+".join(f"SUMPRODUCT(--({now.all}<>{then.all}))" for now, then in pairs)

    def _block(self, top: int, rows: int, *, left: int = FIRST, columns: int = 1) -> Block:
        return Block(sheet=self.sheet, top=top, left=left, rows=rows, columns=columns)


def _after(block: Block) -> int:
    return block.top + block.rows + APART


def write_check(sheet: Sheet, plan: Plan, found: Calculation, stored: Stored) -> Block:
    """Write both sets of numbers and one line that says whether they agree; give the cell that counts changed cells."""
    lang = plan.lang
    heads = [say(f"workbook.head.{key}", lang) for key in (*HEADS, "points")]
    sheet.widths(2, 48, *[roomy([*plan.names, *heads], 14)] * max(len(plan.names) + 1, 6))
    sheet.across(0, LABEL, say("workbook.check.title", lang), "title")
    sheet.across(1, LABEL, say("workbook.check.hint", lang), "plain")
    numbers = plan.case.problem.values.T
    apart = [_scores(sheet, plan, found, stored)]
    apart.append(_matrix(sheet, plan, "values", stored.values, found.values, numbers))
    if found.utilities:
        apart.append(_matrix(sheet, plan, "utilities", stored.utilities, *found.utilities))
    _inputs(sheet, plan, stored)
    counted = Block(sheet=sheet.name, top=2, left=FIRST)
    sheet.text(2, LABEL, say("workbook.check.typed", lang))
    sheet.formula(2, FIRST, stored.changed, 0.0, "number")
    ranks = Block(sheet=sheet.name, top=SCORES, left=FIRST + 4, rows=len(plan.names))
    agree = f"AND(MAX({','.join(apart)})<={AGREE!r},SUMPRODUCT(--({ranks.all}<>{stored.ranks.all}))=0)"
    good, bad = (say(f"workbook.check.{key}", lang, limit=AGREE) for key in ("good", "bad"))
    other = spoken("workbook.check.changed", lang, {"count": counted.cell()})
    changed = say("workbook.check.changed", lang, count=stored.leaf_points.rows)
    said = f"IF({counted.cell()}>0,{other},IF({agree},{quoted(good)},{quoted(bad)}))"
    wide = sum(sheet.columns[LABEL : FIRST + 6]) * 11 / 13
    sheet.join(3, LABEL, 3, FIRST + 5, "verdict")
    sheet.height(3, max(tall(text, wide, line=18) + 8 for text in (good, bad, changed, "\n")))
    sheet.formula(3, LABEL, said, good, "verdict")
    return counted


def _scores(sheet: Sheet, plan: Plan, found: Calculation, stored: Stored) -> str:
    """Write scores and ranks side by side; give the cells of the differences."""
    _heads(sheet, SCORES - 1, [say(f"workbook.head.{key}", plan.lang) for key in HEADS])
    ranking, order = plan.ranking, found.order
    apart = Block(sheet=sheet.name, top=SCORES, left=FIRST + 2, rows=len(plan.names))
    for i, name in enumerate(plan.names):
        row, score, rank = SCORES + i, float(ranking.scores[i]), float(ranking.ranks[i])
        sheet.text(row, LABEL, name)
        sheet.number(row, stored.scores.left, score, "figure")
        sheet.formula(row, FIRST + 1, order.scores.cell(0, i), score, "figure")
        sheet.formula(row, apart.left, f"ABS({stored.scores.cell(i)}-{order.scores.cell(0, i)})", 0.0, "tiny")
        sheet.number(row, stored.ranks.left, rank, "whole")
        sheet.formula(row, FIRST + 4, order.ranks.cell(0, i), rank, "whole")
    return apart.all


def _matrix(sheet: Sheet, plan: Plan, key: str, block: Block, here: Block, numbers: Array) -> str:
    """Write numbers (m, n) of Python, and below them how far those of the workbook lie from them at most."""
    sheet.across(block.top - 2, LABEL, say(f"workbook.check.{key}", plan.lang), "section")
    _heads(sheet, block.top - 1, ["", *plan.names])
    for i, name in enumerate(plan.columns):
        sheet.text(block.top + i, LABEL, name)
        for j in range(block.columns):
            sheet.number(block.top + i, block.left + j, numbers[i, j], "figure")
    last = Block(sheet=sheet.name, top=block.top + block.rows, left=FIRST)
    sheet.text(last.top, LABEL, say("workbook.check.apart", plan.lang), "group")
    sheet.formula(last.top, FIRST, f"SUMPRODUCT(MAX(ABS({block.all}-{here.all})))", 0.0, "tiny")
    return last.cell()


def _inputs(sheet: Sheet, plan: Plan, stored: Stored) -> None:
    """Write what was in the yellow cells, to compare with and to go back to."""
    case, lang = plan.case, plan.lang
    sheet.across(stored.points.top - 2, LABEL, say("workbook.check.weights", lang), "section")
    _heads(sheet, stored.points.top - 1, [say(f"workbook.head.{key}", lang) for key in ("criterion", "points")])
    for c, name in enumerate(plan.criteria):
        sheet.text(stored.points.top + c, LABEL, name)
        sheet.number(stored.points.top + c, FIRST, 100 * float(plan.weights[c]), "points")
    top = stored.entries.top
    sheet.across(top - 2, LABEL, say("workbook.check.entries", lang), "section")
    labels = [leaf.title.get(lang) for leaf in case.leaves] or _item_labels(plan)
    _heads(sheet, top - 1, [say("workbook.head.subcriterion", lang), say("workbook.head.points", lang), *plan.names])
    for i, (label, row) in enumerate(zip(labels, entries(plan), strict=True)):
        sheet.text(top + i, LABEL, label)
        if case.leaves:
            sheet.number(top + i, FIRST, case.leaves[i].weight)
        for j, value in enumerate(row):
            sheet.number(top + i, stored.entries.left + j, value)


def entries(plan: Plan) -> list[list[float]]:
    """Give what stands in the cells of the scores (L, n); on a SWOT route the numbers of items (2c, n)."""
    case = plan.case
    if case.leaves:
        return [[float(value) for value in row] for row in case.leaf_values.T]
    assert case.study.swot is not None
    items = [(x.alternative, x.criterion, x.sign) for x in case.study.swot.codings[case.scenario.route]]
    return [
        [float(items.count((alternative.key, criterion.key, sign))) for alternative in case.alternatives]
        for criterion in case.study.criteria
        for sign in (1, -1)
    ]


def _item_labels(plan: Plan) -> list[str]:
    signs = [say(f"workbook.scores.{key}", plan.lang) for key in ("raise", "lower")]
    return [f"{name}: {sign}" for name in plan.criteria for sign in signs]


def _heads(sheet: Sheet, row: int, words: Sequence[str]) -> None:
    for c, word in enumerate(words):
        sheet.text(row, LABEL + c, word, "head" if c else "head_left")
