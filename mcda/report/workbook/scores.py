"""The sheet of the scores: values to type in, sub-weights, and under each score a note with its evidence."""

from __future__ import annotations

from mcda.report import numbers
from mcda.report.scorecard import grade, spread
from mcda.report.workbook.book import Sheet, roomy
from mcda.report.workbook.calc import Calculation
from mcda.report.workbook.places import TOP, Plan
from mcda.report.workbook.weights import between
from mcda.study.model import Cell, SwotItem
from mcda.study.scenario import Case
from mcda.words import say

OWNER, NAME, UNIT, LOW, HIGH = 1, 2, 3, 4, 5  # columns
HEADS = ("criterion", "subcriterion", "unit", "low", "high", "points", "within")
LARGE = 1e12  # an amount above it is a slip of the keyboard


def write_scores(sheet: Sheet, plan: Plan) -> None:
    """Write the sheet of scores."""
    heads = [say(f"workbook.head.{key}", plan.lang) for key in HEADS]
    least = (roomy(plan.criteria, 22), 44, 11, 9, 9, 10, 11)
    fitted = [roomy([head], width) for head, width in zip(heads, least, strict=True)]
    sheet.widths(2, *fitted, *[roomy(plan.names, 13)] * len(plan.names))
    sheet.across(0, OWNER, say("workbook.scores.title", plan.lang), "title")
    kind = "items" if not plan.case.leaves else "live" if plan.live else "stored"
    sheet.across(1, OWNER, say(f"workbook.scores.hint.{kind}", plan.lang), "plain")
    sheet.across(2, OWNER, say("workbook.scores.notes", plan.lang), "plain")
    for c, head in enumerate(heads):
        sheet.text(TOP - 1, OWNER + c, head, "head" if c > 1 else "head_left")
    for j, name in enumerate(plan.names):
        sheet.text(TOP - 1, plan.scores.left + j, name, "head")
    sheet.page.freeze_panes(TOP, NAME + 1)
    (_leaves if plan.case.leaves else _items)(sheet, plan)


def write_means(sheet: Sheet, plan: Plan, found: Calculation) -> None:
    """Write what the method works on below the scores, where that is the criteria."""
    if plan.on_leaves:
        return
    top, values = TOP + plan.scores.rows + 2, plan.case.problem.values
    sheet.across(top - 1, OWNER, say("workbook.scores.means", plan.lang), "section")
    for c, name in enumerate(plan.criteria):
        sheet.join(top + c, OWNER, top + c, plan.scores.left - 1, "group")
        sheet.plain(top + c, OWNER, name, "group")
        for j in range(len(plan.names)):
            sheet.formula(top + c, plan.scores.left + j, found.values.cell(c, j), float(values[j, c]), "score")


def _leaves(sheet: Sheet, plan: Plan) -> None:
    """Write a row for each sub-criterion: scale, sub-weight, share, and the score of each alternative."""
    case, lang = plan.case, plan.lang
    for c in range(len(plan.criteria)):
        first, count = plan.leaves_of(c)
        sheet.join(TOP + first, OWNER, TOP + first + count - 1, OWNER, "group")
        sheet.plain(TOP + first, OWNER, plan.criteria[c], "group")
        own = plan.leaf_points.span(first, 0, count, 1)
        for i in range(first, first + count):
            leaf, row = case.leaves[i], TOP + i
            sheet.text(row, NAME, leaf.title.get(lang))
            sheet.text(row, UNIT, leaf.unit or say("workbook.rating", lang), "word")
            sheet.number(row, LOW, leaf.scale[0])
            sheet.number(row, HIGH, leaf.scale[1])
            sheet.number(row, plan.leaf_points.left, leaf.weight, "input" if plan.live else "number")
            share = f"IF(SUM({own})>0,N({plan.leaf_points.cell(i)})/SUM({own}),0)"
            sheet.formula(row, plan.leaf_shares.left, share, float(case.leaf_shares[i]), "share")
            _scores(sheet, plan, i)
    if plan.live:
        sheet.rule(plan.leaf_points, between(plan, 0, LARGE, "workbook.rule.leaf_weight"))


def _scores(sheet: Sheet, plan: Plan, i: int) -> None:
    case, leaf, block = plan.case, plan.case.leaves[i], plan.scores
    for j in range(block.columns):
        place = block.top + i, block.left + j
        sheet.number(*place, float(case.leaf_values[j, i]), "input" if plan.live else "number")
        sheet.note(*place, evidence(case, case.cells[j][i], plan.lang))
    if not plan.live:
        return
    row = block.part(i)
    if leaf.kind == "amount":
        sheet.rule(row, between(plan, 0, LARGE, "workbook.rule.amount"))
    else:
        sheet.rule(row, between(plan, *leaf.scale, "workbook.rule.rating", firm=False))


def evidence(case: Case, cell: Cell, lang: str) -> str:
    """Write where a score comes from: range, grade, what each coding says and why, papers and tables."""
    leaf = next(leaf for leaf in case.leaves if leaf.key == cell.leaf)
    out = [f"{case.title(cell.alternative, lang)}: {leaf.title.get(lang)}"]
    if cell.changed:
        out.append(say("workbook.note.changed", lang, reason=cell.changed))
    span, mark = spread(cell.low, cell.high), grade(case, cell)
    if span:
        out.append(say("workbook.note.range", lang, range=span))
    if mark:
        out.append(say("workbook.note.grade", lang, grade=mark))
    if cell in case.assumed:
        out.append(say("workbook.note.assumed", lang))
    titles = {coding.key: coding.title.get(lang) for coding in case.study.codings}
    for key, reading in () if cell.changed else cell.readings.items():
        value = say("workbook.note.none", lang) if reading.value is None else numbers.amount(reading.value)
        within = spread(reading.low, reading.high)
        said = f"{value} ({within})" if within else value
        name = titles.get(key) or say("workbook.note.reading", lang)
        out.append(f"\n{name}: {said}. {reading.reason}".rstrip())
    rows = [case.study.evidence[key] for key in cell.evidence if key in case.study.evidence]
    if rows:
        out.append("\n" + say("workbook.note.evidence", lang))
        out += [f"{row.id}: {row.paper}, {row.locator}: {row.statement}" for row in rows]
    return "\n".join(out)


def _items(sheet: Sheet, plan: Plan) -> None:
    """Write two rows for each criterion: how many SWOT items raise it, and how many lower it."""
    case, lang, block = plan.case, plan.lang, plan.scores
    assert case.study.swot is not None
    items = case.study.swot.codings[case.scenario.route]
    for c, criterion in enumerate(case.study.criteria):
        row = TOP + 2 * c
        sheet.join(row, OWNER, row + 1, OWNER, "group")
        sheet.plain(row, OWNER, plan.criteria[c], "group")
        for below, (sign, word) in enumerate(((1, "raise"), (-1, "lower"))):
            sheet.text(row + below, NAME, say(f"workbook.scores.{word}", lang))
            sheet.text(row + below, UNIT, say("workbook.items", lang), "word")
            for column, end in zip((LOW, HIGH), case.study.swot.scale, strict=True):
                sheet.number(row + below, column, end)
            for column in (plan.leaf_points.left, plan.leaf_shares.left):
                sheet.text(row + below, column, "", "number")
            for j, alternative in enumerate(case.alternatives):
                key = (alternative.key, criterion.key, sign)
                own = [x for x in items if (x.alternative, x.criterion, x.sign) == key]
                sheet.number(row + below, block.left + j, len(own), "input" if plan.live else "number")
                if own:
                    sheet.note(row + below, block.left + j, _listed(case, own))
    if plan.live:
        sheet.rule(block, between(plan, 0, 1000, "workbook.rule.items"))


def _listed(case: Case, items: list[SwotItem]) -> str:
    """List SWOT items with what the papers say, where, and why the coding assigned them here."""
    out = []
    for item in items:
        row = case.study.evidence[item.id]
        out.append(f"{item.id}: {row.paper}, {row.locator}: {row.statement}. {item.reason}".rstrip())
    return "\n".join(out)
