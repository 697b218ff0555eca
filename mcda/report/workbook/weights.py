"""The sheet that a person works on: weights to type in, the ranking, its bars, and the answer in words."""

from __future__ import annotations

from mcda.report.answer import basis
from mcda.report.workbook.book import NAVY, RULE_TEXT, RULE_TITLE, Block, Sheet, roomy, short, tall
from mcda.report.workbook.calc import Calculation
from mcda.report.workbook.order import verdict
from mcda.report.workbook.phrases import quoted, spoken
from mcda.report.workbook.places import FIRST, Plan
from mcda.words import say

LEFT, RIGHT = 1, 7  # first columns of the two tables
INPUTS = ("criterion", "direction", "points", "share", "base")
WIDTHS = (2, 34, 17, 10, 11, 12, 3, 7, 30, 11, 13, 12, 12)


def write_weights(sheet: Sheet, plan: Plan, found: Calculation, base: Block, changed: str) -> None:
    """Write the sheet of weights; ``base`` holds the ranks of the study, ``changed`` counts cells typed over."""
    sheet.widths(*_widths(plan))
    _top(sheet, plan, found, changed)
    _inputs(sheet, plan)
    _ranking(sheet, plan, found, base)
    _chart(sheet, plan)


def _widths(plan: Plan) -> list[float]:
    """Give each column the width that its heading takes at least."""
    heads = ["", *INPUTS, "", *_results(plan)]
    words = [say(f"workbook.head.{key}", plan.lang) if key else "" for key in heads]
    return [roomy([word], width) for word, width in zip(words, WIDTHS, strict=True)]


def _results(plan: Plan) -> tuple[str, ...]:
    """Name the columns of the ranking."""
    score = "score" if plan.ranking.higher_is_better else "score_low"
    return ("rank", "alternative", score, "behind", "near", "base_rank")


def _top(sheet: Sheet, plan: Plan, found: Calculation, changed: str) -> None:
    """Write title, scenario, answer, and what the answer rests on."""
    case, lang = plan.case, plan.lang
    last, wide = len(WIDTHS) - 1, sum(sheet.columns[LEFT:]) - 1
    said, now = verdict(plan, found.order)
    rests = basis(case, plan.ranking, lang)
    other, over = spoken("workbook.changed", lang, {"count": changed}), say("workbook.changed", lang, count=100)
    hint = say("workbook.hint" if plan.live else "workbook.hint.stored", lang, method=plan.method)
    titles = case.study.title.get(lang), case.scenario.title.get(lang)
    for row, (style, text) in enumerate((("title", titles[0]), ("subtitle", titles[1]), ("hint", hint))):
        sheet.across(row, LEFT, text, style)
    sheet.join(4, LEFT, 4, last, "verdict")
    sheet.height(4, max(tall(now, wide / 1.3, line=18) + 8, 44.0))
    sheet.formula(4, LEFT, said, now, "verdict")
    sheet.join(5, LEFT, 5, last, "hint")
    sheet.height(5, max(*(tall(text, wide) for text in (rests, over)), 34.0))
    sheet.formula(5, LEFT, f"IF({changed}=0,{quoted(rests)},{other})", rests, "hint")


def _inputs(sheet: Sheet, plan: Plan) -> None:
    """Write the weights, yellow where they may be typed over, with their shares."""
    lang, points, shares = plan.lang, plan.points, plan.shares
    for c, key in enumerate(INPUTS):
        sheet.text(FIRST - 1, LEFT + c, say(f"workbook.head.{key}", lang), "head" if c else "head_left")
    for c, criterion in enumerate(plan.case.study.criteria):
        weight, row = float(plan.weights[c]), FIRST + c
        sheet.text(row, LEFT, plan.criteria[c])
        direction = say("report.word.benefit" if criterion.direction > 0 else "report.word.cost", lang)
        sheet.text(row, LEFT + 1, direction, "word")
        sheet.number(row, points.left, 100 * weight, "input_points" if plan.live else "points")
        share = f"IF(SUM({points.all})>0,N({points.cell(c)})/SUM({points.all}),0)"
        sheet.formula(row, shares.left, share, weight, "share")
        sheet.number(row, shares.left + 1, weight, "share")
    last = FIRST + points.rows
    sheet.text(last, LEFT, say("workbook.sum", lang), "group")
    sheet.text(last, LEFT + 1, "", "group")
    sheet.formula(last, points.left, f"SUM({points.all})", 100.0, "points")
    sheet.formula(last, shares.left, f"SUM({shares.all})", 1.0, "share")
    sheet.number(last, shares.left + 1, 1.0, "share")
    sheet.bars(shares, "#9CC3E6")
    if plan.live:
        sheet.rule(points, between(plan, 0, 100, "workbook.rule.weight"))


def between(plan: Plan, low: float, high: float, key: str, *, firm: bool = True) -> dict[str, object]:
    """Make the rule that a cell takes a number between two ends."""
    words = say(key, plan.lang, low=low, high=high)
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "ignore_blank": False,
        "error_title": short(say("workbook.rule.title", plan.lang), RULE_TITLE),
        "error_message": short(words, RULE_TEXT),
        "error_type": "stop" if firm else "warning",
    }


def _ranking(sheet: Sheet, plan: Plan, found: Calculation, base: Block) -> None:
    """Write the alternatives, best first."""
    lang, order, ranking = plan.lang, found.order, plan.ranking
    place, near = ranking.order(), say("report.yes", lang)
    for c, key in enumerate(_results(plan)):
        sheet.text(FIRST - 1, RIGHT + c, say(f"workbook.head.{key}", lang), "head_left" if c == 1 else "head")
    columns, n = order.columns, len(place)
    held = found.order.values
    for p in range(n):
        row = FIRST + p
        cells = {key: columns[key].cell(p) for key in columns}
        base_rank = f"INDEX({base.all},{cells['position']})"
        shown = (
            (_if_sound(order.sound, cells["rank"]), held["rank"][p], "whole"),
            (cells["alternative"], held["alternative"][p], "label"),
            (_if_sound(order.sound, cells["score"]), held["score"][p], "score"),
            (_if_sound(order.sound, cells["behind"]) if p else '""', held["behind"][p] if p else "", "score"),
            (f'IF({cells["near"]}=1,{quoted(near)},"")', near if held["near"][p] else "", "word"),
            (base_rank, float(ranking.ranks[place[p]]), "whole"),
        )
        for c, (formula, value, style) in enumerate(shown):
            sheet.formula(row, RIGHT + c, formula, value, style)
    sheet.bars(Block(sheet=sheet.name, top=FIRST, left=RIGHT + 2, rows=n), "#A9D3B5")


def _if_sound(sound: str, cell: str) -> str:
    return f'IF({sound},{cell},"\N{EN DASH}")'


def _chart(sheet: Sheet, plan: Plan) -> None:
    """Draw the scores as bars, the best on top."""
    n, top = len(plan.names), FIRST + max(len(plan.criteria) + 1, len(plan.names)) + 1
    title = say("workbook.chart.ranking", plan.lang, method=plan.method)
    chart = sheet.book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [sheet.name, FIRST, RIGHT + 1, FIRST + n - 1, RIGHT + 1],
            "values": [sheet.name, FIRST, RIGHT + 2, FIRST + n - 1, RIGHT + 2],
            "fill": {"color": "#0072B2"},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0.000"},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12, "color": NAVY}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": sheet.span(LEFT), "height": 90 + 34 * n})
    options = {"description": say("workbook.chart.ranking.alt", plan.lang), "object_position": 2}
    sheet.page.insert_chart(top, LEFT, chart, options)
