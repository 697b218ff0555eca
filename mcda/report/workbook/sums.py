"""Methods that add up or multiply, as formulas: step by step and in one cell."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array
from mcda.report.workbook.book import Block
from mcda.report.workbook.parts import SUMS, gathered
from mcda.report.workbook.pen import Pen
from mcda.report.workbook.work import Outcome, Stage, Work


def additive(pen: Pen, work: Work) -> Outcome:
    """Write a weighted sum of the utilities."""
    return _weighted_sum(pen, work, work.u, work.scaled)


def _weighted_sum(pen: Pen, work: Work, rows: Block, values: Array) -> Outcome:
    """Write the weighted sum of rows (m, n), and the same for the sweep."""
    scores = _added(pen, work, rows, values, "row.sum", pen.plan.ranking.scores)
    parts, _ = gathered(pen, rows, values, SUMS)

    def total(weights: str, i: int, t: int, before: list[Block]) -> str:
        return SUMS.total.format(w=weights, p=parts.column(i))

    return Outcome(scores=scores, stages=(Stage(formula=total),))


def _added(pen: Pen, work: Work, rows: Block, values: Array, label: str, sums: Array) -> Block:
    w = work.weights
    pen.step("contributions")
    table = pen.table(pen.plan.columns, lambda i, j: f"{w.cell(i)}*{rows.cell(i, j)}", work.shares * values).numbers
    return pen.line(pen.word(label), lambda j: f"SUM({table.column(j)})", sums)


def product(pen: Pen, work: Work) -> Outcome:
    """Write the weighted product of the utilities."""
    scores = _multiplied(pen, work, pen.plan.ranking.scores)
    logs = _logarithms(pen, work)

    def total(weights: str, i: int, t: int, before: list[Block]) -> str:
        return f"EXP({SUMS.total.format(w=weights, p=logs.column(i))})"

    return Outcome(scores=scores, stages=(Stage(formula=total),))


def waspas(pen: Pen, work: Work) -> Outcome:
    """Write the weighted sum and the weighted product of the utilities, and the mixture of the two."""
    share, u, plan = float(str(work.options["lambda"])), work.u, pen.plan
    plain = np.einsum("mi,mn->n", work.shares, work.scaled)
    sums = _added(pen, work, u, work.scaled, "row.sum", plain)
    products = _multiplied(pen, work, np.exp(np.einsum("mi,mn->n", work.shares, np.log(work.scaled))))
    pen.step("mixture", share=share, rest=1 - share)
    pen.header()
    mixed = f"{share!r}*{{}}+{1 - share!r}*{{}}"
    label = pen.word("row.mixture")
    scores = pen.line(label, lambda j: mixed.format(sums.cell(0, j), products.cell(0, j)), plan.ranking.scores)
    logs = _logarithms(pen, work)
    parts, _ = gathered(pen, u, work.scaled, SUMS)

    def total(weights: str, i: int, t: int, before: list[Block]) -> str:
        added, grown = (SUMS.total.format(w=weights, p=block.column(i)) for block in (parts, logs))
        return mixed.format(added, f"EXP({grown})")

    return Outcome(scores=scores, stages=(Stage(formula=total),))


def _multiplied(pen: Pen, work: Work, products: Array) -> Block:
    u, w = work.u, work.weights
    pen.step("powers")
    grown = work.scaled**work.shares
    rows = pen.table(
        pen.plan.columns, lambda i, j: f"IF({u.cell(i, j)}>0,{u.cell(i, j)}^{w.cell(i)},0)", grown
    ).numbers
    scores = pen.line(pen.word("row.product"), lambda j: f"PRODUCT({rows.column(j)})", products)
    pen.needs.append((f"MIN({u.all})>0", "above_zero"))
    return scores


def _logarithms(pen: Pen, work: Work) -> Block:
    u, logs = work.u, np.log(work.scaled)
    pen.step("logarithms")
    rows = pen.table(pen.plan.columns, lambda i, j: f"IF({u.cell(i, j)}>0,LN({u.cell(i, j)}),0)", logs).numbers
    return gathered(pen, rows, logs, SUMS)[0]


def mabac(pen: Pen, work: Work) -> Outcome:
    """Write the distances from the border between approved and rejected, the geometric mean of utilities plus 1."""
    u, n = work.u, len(pen.plan.names)
    rows = work.scaled + 1 - np.exp(np.log1p(work.scaled).mean(axis=1))[:, None]
    pen.step("border")

    def gap(i: int, j: int) -> str:
        return f"{u.cell(i, j)}+1-EXP(SUMPRODUCT(LN(1+{u.row(i)}))/{n})"

    table = pen.table(pen.plan.columns, gap, rows)
    return _weighted_sum(pen, work, table.numbers, rows)


def spotis(pen: Pen, work: Work) -> Outcome:
    """Write the distances from the ideal point as shares of the criteria's bounds."""
    x = work.values
    bounds = np.asarray(work.options["bounds"], float)
    ends = np.where(work.problem.directions > 0, bounds[:, 1], bounds[:, 0])
    given = work.options["isp"]
    ideal = ends if given is None else np.asarray(given, float)
    width = bounds[:, 1] - bounds[:, 0]
    pen.step("ideal")
    rows = np.abs(work.problem.values - ideal).T / width[:, None]
    table = pen.table(
        pen.plan.columns, lambda i, j: f"ABS({x.cell(i, j)}-{float(ideal[i])!r})/{float(width[i])!r}", rows
    )
    return _weighted_sum(pen, work, table.numbers, rows)


def promethee(pen: Pen, work: Work) -> Outcome:
    """Write, for each criterion, the share of the others an alternative beats minus the share that beat it."""
    x, others = work.values, max(len(pen.plan.names) - 1, 1)
    values = work.problem.values * work.problem.directions
    flows = np.sign(np.round(values[:, None, :] - values[None, :, :], 13)).sum(axis=1).T / others
    pen.step("flows")

    def flow(i: int, j: int) -> str:
        lead = f"{x.row(i)}-{x.cell(i, j)}" if work.cost(i) else f"{x.cell(i, j)}-{x.row(i)}"
        return f"SUMPRODUCT(SIGN(ROUND({lead},13)))/{others}"

    table = pen.table(pen.plan.columns, flow, flows)
    return _weighted_sum(pen, work, table.numbers, flows)
