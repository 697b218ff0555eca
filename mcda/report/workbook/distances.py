"""TOPSIS and VIKOR as formulas: distances from the best and the worst, step by step and in one cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mcda.engine.problem import Array
from mcda.report.workbook.book import Block
from mcda.report.workbook.parts import DISTANCES, LARGEST, SUMS, Distance, gathered
from mcda.report.workbook.pen import Pen, Side
from mcda.report.workbook.work import Outcome, Stage, Work

NOISE = "1E-12"  # of the largest measure of VIKOR; a spread below it is what rounding leaves of none


def topsis(pen: Pen, work: Work) -> Outcome:
    """Write weighted values, the best and the worst of each row, the two distances and the closeness."""
    u, w, plan = work.u, work.weights, pen.plan
    weighted = work.shares * work.scaled
    best, worst = weighted.max(axis=1), weighted.min(axis=1)
    pen.step("weighted")
    v = pen.next(len(plan.columns))
    sides = (
        Side(heading=pen.figure("best"), formula=lambda i: f"MAX({v.row(i)})", values=best.tolist()),
        Side(heading=pen.figure("worst"), formula=lambda i: f"MIN({v.row(i)})", values=worst.tolist()),
    )
    table = pen.table(plan.columns, lambda i, j: f"{w.cell(i)}*{u.cell(i, j)}", weighted, sides=sides)
    distance = DISTANCES[str(work.options["distance"])]
    top, bottom = table.sides
    pen.step(f"distance.{work.options['distance']}")
    pen.header()
    far = pen.line(
        pen.word("row.farness"),
        lambda j: distance.formula.format(a=top.all, b=v.column(j)),
        distance.length(best[:, None] - weighted),
    )
    near = pen.line(
        pen.word("row.merit"),
        lambda j: distance.formula.format(a=v.column(j), b=bottom.all),
        distance.length(weighted - worst[:, None]),
    )
    scores = pen.line(pen.word("row.closeness"), lambda j: _part(near.cell(0, j), far.cell(0, j)), plan.ranking.scores)
    low, high = work.scaled.min(axis=1)[:, None], work.scaled.max(axis=1)[:, None]
    parts = (
        _gaps(pen, "merit", lambda i, j: f"{u.cell(i, j)}-MIN({u.row(i)})", work.scaled - low, distance),
        _gaps(pen, "farness", lambda i, j: f"MAX({u.row(i)})-{u.cell(i, j)}", high - work.scaled, distance),
    )

    def closeness(weights: str, i: int, t: int, before: list[Block]) -> str:
        return _part(*(distance.parts.total.format(w=weights, p=part.column(i)) for part in parts))

    return Outcome(scores=scores, stages=(Stage(formula=closeness),))


def _gaps(pen: Pen, key: str, gap: Callable[[int, int], str], values: Array, distance: Distance) -> Block:
    """Write the gaps (m, n) from the best or the worst utility of each row, ready for any weights."""
    pen.step(key)
    plain = distance.plain(values)
    rows = pen.table(pen.plan.columns, lambda i, j: distance.gap.format(g=gap(i, j)), plain).numbers
    return gathered(pen, rows, plain, distance.parts)[0]


def vikor(pen: Pen, work: Work) -> Outcome:
    """Write the regrets, their weighted sum S and largest weighted one R, and the compromise Q of the two."""
    x, w, plan = work.values, work.weights, pen.plan
    share = float(str(work.options["v"]))
    regrets = _regrets(work)
    pen.step("regrets")

    def regret(i: int, j: int) -> str:
        gap = f"{x.cell(i, j)}-MIN({x.row(i)})" if work.cost(i) else f"MAX({x.row(i)})-{x.cell(i, j)}"
        return f"IF(MAX({x.row(i)})>MIN({x.row(i)}),({gap})/(MAX({x.row(i)})-MIN({x.row(i)})),0)"

    table = pen.table(plan.columns, regret, regrets).numbers
    pen.step("compromise", share=share, rest=1 - share)
    pen.header()
    S = np.einsum("mi,mn->n", work.shares, regrets)
    R = (work.shares * regrets).max(axis=0)
    sums = pen.line(pen.word("row.S"), lambda j: SUMS.total.format(w=w.all, p=table.column(j)), S)
    largest = pen.line(pen.word("row.R"), lambda j: LARGEST.total.format(w=w.all, p=table.column(j)), R)
    scores = pen.line(
        pen.word("row.Q"),
        lambda j: _compromise(share, (sums.all, sums.cell(0, j)), (largest.all, largest.cell(0, j))),
        plan.ranking.scores,
    )
    return Outcome(scores=scores, stages=_stages(pen, table, regrets, share))


def _stages(pen: Pen, rows: Block, regrets: Array, share: float) -> tuple[Stage, ...]:
    """Give S, R and Q for any weights, each from the one before."""
    added, s = gathered(pen, rows, regrets, SUMS)
    single, r = gathered(pen, rows, regrets, LARGEST)
    return (
        Stage(
            formula=lambda weights, i, t, before: SUMS.total.format(w=weights, p=added.column(i)),
            values=lambda weights: np.einsum("kc,cn->kn", weights, s),
            label="S",
        ),
        Stage(
            formula=lambda weights, i, t, before: LARGEST.total.format(w=weights, p=single.column(i)),
            values=lambda weights: (weights[:, :, None] * r).max(axis=1),
            label="R",
        ),
        Stage(
            formula=lambda weights, i, t, before: _compromise(
                share, *((block.column(t), block.cell(i, t)) for block in before)
            )
        ),
    )


def _regrets(work: Work) -> Array:
    values = (work.problem.values * work.problem.directions).T
    high, low = values.max(axis=1)[:, None], values.min(axis=1)[:, None]
    regrets: Array = np.divide(high - values, high - low, out=np.zeros_like(values), where=high > low)
    return regrets


def _compromise(share: float, sums: tuple[str, str], largest: tuple[str, str]) -> str:
    """Give Q from S and R, each as the cells of all alternatives and the cell of one."""
    return f"{share!r}*{_placed(*sums)}+{1 - share!r}*{_placed(*largest)}"


def _placed(all_: str, one: str) -> str:
    spread = f"MAX({all_})-MIN({all_})"
    return f"IF({spread}>{NOISE}*MAX({all_}),({one}-MIN({all_}))/({spread}),0)"


def _part(amount: str, rest: str) -> str:
    """Give the share of an amount in the sum of it and the rest; a half where both are 0."""
    return f"IF({amount}+{rest}>0,{amount}/({amount}+{rest}),0.5)"
