"""The sheet of the calculation: from the scores typed in to ranks and words, every step in cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mcda.engine.methods import lookup
from mcda.engine.normalize import normalize, scale, turned
from mcda.engine.problem import Array, Problem
from mcda.report.workbook.book import Block, Sheet, roomy
from mcda.report.workbook.methods import RAW, writer_of
from mcda.report.workbook.normals import NORMALS, Figure
from mcda.report.workbook.order import COLUMNS, Order, write_order
from mcda.report.workbook.pen import FIRST, LABEL, Pen, Side, Written
from mcda.report.workbook.places import Plan
from mcda.report.workbook.work import Outcome, Stage, Work
from mcda.words import say

FIGURES = ("best", "worst", "least", "largest", "sum", "norm", "mean", "deviation")  # after the numbers of a table
Cell: TypeAlias = Callable[[Plan, int, int], str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Calculation:
    """Where the results of the calculation stand.

    Attributes
    ----------
    values, weights : what the method works on (m, n) and its weights (m, 1)
    utilities : the normalized values (m, n) with their numbers; None where the method takes the values as they are
    stages : how scores follow from weights, for the sheet of sweeps; empty where the method is not written out
    order : the ranking, best first, and what is said of it
    """

    values: Block
    weights: Block
    utilities: tuple[Block, Array] | None
    stages: tuple[Stage, ...]
    order: Order


def write_calc(sheet: Sheet, plan: Plan) -> Calculation:
    """Write every step; which steps follow from the values depends on the method."""
    keys = [*(f"order.{key}" for key in COLUMNS), *(f"figure.{key}" for key in FIGURES)]
    keys += ["head.direction", "head.weight"]
    heads = [say(f"workbook.{key}", plan.lang) for key in keys]
    sheet.widths(2, 44, *[roomy([*plan.names, *heads], 15)] * max(len(plan.names) + 2, len(COLUMNS) - 1))
    sheet.across(0, 1, say("workbook.calc.title", plan.lang), "title")
    sheet.across(1, 1, say("workbook.calc.hint", plan.lang), "plain")
    sheet.page.freeze_panes(3, 2)
    pen = Pen(sheet=sheet, plan=plan)
    matrix = _matrix(pen)
    utilities, outcome = _method(pen, matrix) if plan.live else (None, _stored(pen))
    return Calculation(
        values=matrix.numbers,
        weights=matrix.sides[1],
        utilities=utilities,
        stages=outcome.stages,
        order=write_order(pen, outcome.scores),
    )


def options_of(plan: Plan) -> Mapping[str, object]:
    """Give every option of the method its value."""
    case = plan.case
    return lookup(plan.ranking.method).chosen(case.problem, case.scenario.options)


def _matrix(pen: Pen) -> Written:
    """Write what the method works on, with directions and weights: criteria, or sub-criteria."""
    plan = pen.plan
    case, structure = plan.case, plan.case.scenario.structure
    if not case.leaves:
        return _worked_on(pen, "balance", _balance)
    if structure != "criteria":
        return _worked_on(pen, structure, _scaled if structure == "leaves" else _raw)
    pen.step("scaled")
    titles = [leaf.title.get(plan.lang) for leaf in case.leaves]
    scaled = pen.table(titles, lambda i, j: _scaled(plan, i, j), case.leaf_scaled.T).numbers

    def mean(plan: Plan, c: int, j: int) -> str:
        first, count = plan.leaves_of(c)
        return f"SUMPRODUCT({plan.leaf_shares.span(first, 0, count, 1)},{scaled.span(first, j, count, 1)})"

    return _worked_on(pen, "means", mean)


def _worked_on(pen: Pen, key: str, cell: Cell) -> Written:
    plan, problem = pen.plan, pen.plan.case.problem
    words = [say("report.word.benefit" if sign > 0 else "report.word.cost", plan.lang) for sign in problem.directions]
    sides = (
        Side(heading=pen.word("head.direction"), texts=words),
        Side(heading=pen.word("head.weight"), formula=lambda i: _weight(plan, i), values=problem.weights.tolist()),
    )
    pen.step(key)
    return pen.table(plan.columns, lambda i, j: cell(plan, i, j), problem.values.T, sides=sides)


def _weight(plan: Plan, i: int) -> str:
    """Give the weight of what the method works on: a criterion's, times the share within it."""
    if not plan.on_leaves:
        return plan.shares.cell(i)
    return f"{plan.shares.cell(plan.owners[i])}*{plan.leaf_shares.cell(i)}"


def _raw(plan: Plan, i: int, j: int) -> str:
    return f"N({plan.scores.cell(i, j)})"


def _balance(plan: Plan, c: int, j: int) -> str:
    """Place the items with + minus those with - on the declared scale."""
    low, high = plan.ends.cell(2 * c, 0), plan.ends.cell(2 * c, 1)
    return f"(N({plan.scores.cell(2 * c, j)})-N({plan.scores.cell(2 * c + 1, j)})-{low})/({high}-{low})"


def _scaled(plan: Plan, i: int, j: int) -> str:
    """Place a score on its declared scale, as ``mcda.study.scenario.common_scale`` does."""
    leaf, scenario = plan.case.leaves[i], plan.case.scenario
    value, low, high = f"N({plan.scores.cell(i, j)})", plan.ends.cell(i, 0), plan.ends.cell(i, 1)
    if leaf.kind == "amount" and scenario.money == "log":
        return f"(LN(1+MAX({value},0))-LN(1+{low}))/(LN(1+{high})-LN(1+{low}))"
    place = f"({value}-{low})/({high}-{low})"
    floor = scenario.rating_floor
    return f"{floor!r}+{1 - floor!r}*{place}" if leaf.kind == "rating" and floor else place


def _method(pen: Pen, matrix: Written) -> tuple[tuple[Block, Array] | None, Outcome]:
    """Write the normalization, where the method has one, and the method."""
    plan, problem = pen.plan, pen.plan.case.problem
    write = writer_of(plan, options_of(plan))
    assert write is not None
    raw = plan.ranking.method in RAW
    scaled = problem.values.T if raw else normalize(problem, plan.ranking.normalization or "none").T
    utilities = None if raw else _normalized(pen, matrix.numbers, scaled)
    work = Work(
        values=matrix.numbers,
        weights=matrix.sides[1],
        utilities=utilities,
        problem=problem,
        scaled=scaled,
        options=options_of(plan),
    )
    return (utilities, scaled) if utilities else None, write(pen, work)


def _normalized(pen: Pen, values: Block, utilities: Array) -> Block:
    """Write the normalization: first the values turned round on their scales, where it starts from these."""
    plan, problem = pen.plan, pen.plan.case.problem
    key = plan.ranking.normalization or "none"
    normal, base = NORMALS[key], problem.values.T
    if normal.placed:
        own = _in_own_units(plan, key)
        base = _placed_values(problem, key).T
        pen.step("turned" if any(own) else "placed")
        values = pen.table(plan.columns, lambda i, j: _placed(plan, values, i, j, own), base).numbers
        if key == "scale":
            return values
    if normal.positive:
        pen.needs.append((f"MIN({values.all})>=0", "not_negative"))
    block = values

    def cell(i: int, j: int) -> str:
        marks = dict(zip("ab", (side.cell(i) for side in places), strict=False))
        form = normal.benefit if problem.directions[i] > 0 else normal.cost
        return form.format(x=block.cell(i, j), **marks)

    pen.step(f"normalized.{key}")
    places = pen.beside(len(plan.columns), len(normal.figures))
    sides = tuple(_figure(pen, figure, block, base) for figure in normal.figures)
    return pen.table(plan.columns, cell, utilities, sides=sides).numbers


def _figure(pen: Pen, figure: Figure, rows: Block, values: Array) -> Side:
    """Give a figure of each row, such as its norm."""
    word, form, of = figure
    return Side(
        heading=pen.figure(word), formula=lambda i: form.format(row=rows.row(i)), values=of(values).tolist()
    )


def _in_own_units(plan: Plan, key: str) -> list[bool]:
    """Mark what keeps its own unit where shares are taken: what ``mcda.engine.normalize.turned`` leaves as it is."""
    scales = plan.case.problem.scales
    assert scales is not None
    return [key != "scale" and low > 0 for low in scales[:, 0].tolist()]


def _placed_values(problem: Problem, key: str) -> Array:
    """Give the values (n, m) turned so that more is better: placed on their scales, or reciprocals of costs."""
    if key == "scale":
        return scale(problem)
    values, benefit = turned(problem)
    return np.where(benefit, values, 1.0 / np.where(benefit, 1.0, values))


def _placed(plan: Plan, values: Block, i: int, j: int, own: Sequence[bool]) -> str:
    """Place a value between the declared ends, costs turned round; on the common scale the ends are 0 and 1."""
    place = values.cell(i, j)
    more = plan.case.problem.directions[i] > 0
    if own[i]:
        return place if more else f"1/{place}"
    if plan.case.scenario.structure == "leaves-raw" and plan.case.leaves:
        low, high = plan.ends.cell(i, 0), plan.ends.cell(i, 1)
        place = f"({place}-{low})/({high}-{low})"
    return place if more else f"1-{place}"


def _stored(pen: Pen) -> Outcome:
    """Write the scores that were computed outside, where the method is not written out."""
    plan = pen.plan
    pen.step("stored", method=plan.method)
    pen.header()
    for j, score in enumerate(plan.ranking.scores.tolist()):
        pen.sheet.number(pen.row, FIRST + j, score, "figure")
    pen.sheet.text(pen.row, LABEL, pen.word("row.score"))
    pen.row += 1
    return Outcome(scores=Block(sheet=pen.sheet.name, top=pen.row - 1, left=FIRST, columns=len(plan.names)))
