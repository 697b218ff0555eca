"""The sheet of sweeps: who is first at each weight of each criterion, while the others keep their proportions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcda.engine.methods import scorer
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE, ranks
from mcda.report.workbook.book import COLOURS, NAVY, Block, Sheet, tall
from mcda.report.workbook.calc import Calculation
from mcda.report.workbook.phrases import spoken
from mcda.report.workbook.places import STEPS, Plan
from mcda.words import say

LABEL, FIRST = 1, 2  # columns of the labels and of the first weight
GRID = np.linspace(0.0, 1.0, STEPS + 1)
BANDS, CHART = 4, 15  # row of the winner bands; rows that a chart takes
UNIT = ("topsis", "vikor", "spotis")  # methods whose scores lie between 0 and 1
DASHES = ("solid", "dash", "square_dot", "dash_dot", "long_dash", "round_dot")  # told apart without colour
GREY = {"color": "#DDE3E8"}
EQUAL = " ="  # after the name of one that shares the first place


@dataclass(frozen=True, kw_only=True, eq=False)
class Swept:
    """Where one sweep stands: winners (1, k) with their names now, and scores (n, k) with the names before them."""

    winners: Block
    held: Sequence[str]
    scores: Block

    @property
    def names(self) -> Block:
        """The alternatives' names (n, 1)."""
        return Block(sheet=self.scores.sheet, top=self.scores.top, left=LABEL, rows=self.scores.rows)


def write_sweep(sheet: Sheet, plan: Plan, found: Calculation) -> None:
    """Write winner bands, charts, and below them the numbers of every sweep."""
    count = len(plan.criteria)
    sheet.widths(2, 40, *[5.6] * len(GRID))
    sheet.across(0, LABEL, say("workbook.sweep.title", plan.lang), "title")
    sheet.across(1, LABEL, say("workbook.sweep.hint", plan.lang), "plain")
    sheet.across(2, LABEL, say("workbook.sweep.tie" if plan.live else "workbook.sweep.stored", plan.lang), "plain")
    charts = BANDS + count + 2
    tall = 5 + count + max(len(found.stages), 1) * len(plan.names)
    top = charts + CHART * -(-count // 2) + 1
    sweeps = [_sweep(sheet, plan, found, c, top + c * tall) for c in range(count)]
    _bands(sheet, plan, sweeps)
    sheet.page.set_h_pagebreaks([top, *(top + c * tall for c in range(3, count, 3))])
    for c, swept in enumerate(sweeps):
        _chart(sheet, plan, c, swept, charts + CHART * (c // 2))


def swept_weights(plan: Plan, criterion: int) -> Array:
    """Give the weights of the criteria (k, c) while one runs from 0 to 1 and the others keep their proportions."""
    others = plan.weights.copy()
    others[criterion] = 0.0
    if len(others) == 1:
        return np.ones((len(GRID), 1))
    if not others.any():
        others[np.arange(len(others)) != criterion] = 1.0
    rows: Array = (1.0 - GRID)[:, None] * others / others.sum()
    rows[:, criterion] = GRID
    return rows


def _sweep(sheet: Sheet, plan: Plan, found: Calculation, criterion: int, top: int) -> Swept:
    """Write one sweep: weights, the winner at each, the scores."""
    sheet.across(top, LABEL, say("workbook.sweep.of", plan.lang, criterion=plan.criteria[criterion]), "section")
    shares = swept_weights(plan, criterion)
    weights = _weights(sheet, plan, criterion, shares, top + 1)
    case, ranking = plan.case, plan.ranking
    score = scorer(
        case.problem,
        method=ranking.method,
        normalization=ranking.normalization,
        options=case.scenario.options,
    )
    values = score(plan.spread(shares))
    winners = _block(sheet, weights.top + weights.rows, 1)
    scores = _scores(sheet, plan, found, weights, shares, values)
    placed = ranks(values if ranking.higher_is_better else -values)
    firsts = [np.flatnonzero(row == row.min()) for row in placed]
    held = [plan.names[first[0]] + (EQUAL if len(first) > 1 else "") for first in firsts]
    swept = Swept(winners=winners, held=held, scores=scores)
    sheet.text(winners.top, LABEL, say("workbook.sweep.first", plan.lang), "group")
    for t, name in enumerate(held):
        formula = _winner(swept.names.all, scores.column(t), higher=ranking.higher_is_better)
        sheet.formula(winners.top, winners.left + t, formula, name, "band")
    sheet.height(winners.top, _rise(plan.names))
    _colour(sheet, winners, swept.names)
    return swept


def _block(sheet: Sheet, top: int, rows: int) -> Block:
    return Block(sheet=sheet.name, top=top, left=FIRST, rows=rows, columns=len(GRID))


def _weights(sheet: Sheet, plan: Plan, criterion: int, shares: Array, top: int) -> Block:
    """Write the weights of all criteria while one of them runs."""
    sheet.text(top, LABEL, say("workbook.sweep.weight", plan.lang), "head_left")
    grid, block = _block(sheet, top, 1), _block(sheet, top + 1, len(plan.criteria))
    for t, share in enumerate(GRID):
        sheet.number(top, FIRST + t, share, "percent_head")
    for c, name in enumerate(plan.criteria):
        sheet.text(block.top + c, LABEL, say("workbook.sweep.share", plan.lang, criterion=name))
        for t in range(block.columns):
            formula = _share(plan, c, criterion, grid.cell(0, t))
            sheet.formula(block.top + c, FIRST + t, formula, shares[t, c], "percent")
    return block


def _share(plan: Plan, c: int, swept: int, now: str) -> str:
    """Give the formula of a criterion's weight where the swept one is ``now``."""
    points, count = plan.points, len(plan.criteria)
    if c == swept:
        return now if count > 1 else "1"
    around = [(0, swept), (swept + 1, count - swept - 1)]
    rest = "+".join(f"SUM({points.span(first, 0, rows, 1)})" for first, rows in around if rows)
    return f"(1-{now})*IF({rest}>0,N({points.cell(c)})/({rest}),1/{count - 1})"


def _scores(sheet: Sheet, plan: Plan, found: Calculation, weights: Block, shares: Array, values: Array) -> Block:
    """Write the scores at each weight, below what they are made of; numbers alone where there are no formulas."""
    before: list[Block] = []
    for stage in found.stages:
        block = _block(sheet, weights.top + weights.rows + 1 + len(before) * len(plan.names), len(plan.names))
        held = values if stage.values is None else stage.values(shares)
        for i, name in enumerate(plan.names):
            sheet.text(block.top + i, LABEL, f"{stage.label}: {name}" if stage.label else name)
            for t in range(block.columns):
                formula = stage.formula(weights.column(t), i, t, before)
                sheet.formula(block.top + i, FIRST + t, formula, held[t, i], "small")
        before.append(block)
    if before:
        return before[-1]
    block = _block(sheet, weights.top + weights.rows + 1, len(plan.names))
    for i, name in enumerate(plan.names):
        sheet.text(block.top + i, LABEL, name)
        for t in range(block.columns):
            sheet.number(block.top + i, FIRST + t, values[t, i], "small")
    return block


def _winner(names: str, scores: str, *, higher: bool) -> str:
    """Give the formula of the name that is first, with a mark where it is not alone."""
    best = f"MAX({scores})" if higher else f"MIN({scores})"
    behind = f"{best}-{scores}" if higher else f"{scores}-{best}"
    level = f"SUMPRODUCT(--({behind}<={TIE!r}*MAX(MAX({scores}),-MIN({scores}))))"
    return f'INDEX({names},MATCH({best},{scores},0))&IF({level}>1,"{EQUAL}","")'


def _colour(sheet: Sheet, block: Block, names: Block) -> None:
    """Give each winner its colour."""
    cell = Block(sheet=block.sheet, top=block.top, left=block.left).cell().replace("$", "")
    for i in range(names.rows):
        line, fill = COLOURS[i % len(COLOURS)]
        condition = f'OR({cell}={names.cell(i)},{cell}={names.cell(i)}&"{EQUAL}")'
        sheet.colour(block, condition, bg_color=fill, font_color=line)


def _rise(names: Sequence[str]) -> float:
    """Give the height of a row that holds the longest name upright."""
    return min(max(44.0, 12.0 + 5.4 * max(len(name) + len(EQUAL) for name in names)), 150.0)


def _bands(sheet: Sheet, plan: Plan, sweeps: Sequence[Swept]) -> None:
    """Write who is first at each weight of each criterion, one line below the other."""
    sheet.text(BANDS, LABEL, say("workbook.sweep.bands", plan.lang), "head_left")
    for t, share in enumerate(GRID):
        sheet.number(BANDS, FIRST + t, share, "percent_head")
    block = _block(sheet, BANDS + 1, len(sweeps))
    for c, swept in enumerate(sweeps):
        key, name = "workbook.sweep.now", plan.criteria[c]
        label = spoken(key, plan.lang, {"share": plan.shares.cell(c)}, criterion=name)
        now = say(key, plan.lang, share=float(plan.weights[c]), criterion=name)
        sheet.formula(block.top + c, LABEL, label, now, "label")
        sheet.height(block.top + c, max(_rise(plan.names), tall(now, sheet.columns[LABEL] - 1)))
        for t, held in enumerate(swept.held):
            sheet.formula(block.top + c, FIRST + t, swept.winners.cell(0, t), held, "band")
    _colour(sheet, block, sweeps[0].names)


def _chart(sheet: Sheet, plan: Plan, criterion: int, swept: Swept, row: int) -> None:
    """Draw the scores of all alternatives over the weight of one criterion; charts stand two beside each other."""
    scores = swept.scores
    chart = sheet.book.file.add_chart({"type": "line"})
    for i in range(scores.rows):
        at = scores.top + i
        chart.add_series(
            {
                "name": [sheet.name, at, LABEL],
                "categories": [sheet.name, BANDS, FIRST, BANDS, FIRST + STEPS],
                "values": [sheet.name, at, FIRST, at, FIRST + STEPS],
                "line": {"color": COLOURS[i % len(COLOURS)][0], "width": 2, "dash_type": DASHES[i % len(DASHES)]},
            }
        )
    title = say("workbook.sweep.chart", plan.lang, criterion=plan.criteria[criterion])
    chart.set_title({"name": title, "name_font": {"size": 11, "color": NAVY}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    chart.set_x_axis({"interval_unit": 4, "num_format": "0%", "num_font": {"size": 9}, "position_axis": "on_tick"})
    ends = {"min": 0, "max": 1} if plan.ranking.method in UNIT else {}
    lines = {"visible": True, "line": GREY}
    chart.set_y_axis({"num_format": "0.0", "num_font": {"size": 9}, "major_gridlines": lines, **ends})
    chart.set_size({"width": 600, "height": 24 * (CHART - 1)})
    options = {"description": title, "object_position": 2, "x_offset": 0 if criterion % 2 == 0 else 620}
    sheet.page.insert_chart(row, LABEL, chart, options)
