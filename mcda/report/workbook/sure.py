"""The sheet of robustness: how often each alternative takes each rank, as Python drew it."""

from __future__ import annotations

from mcda.report.workbook.book import NAVY, Block, Sheet, roomy
from mcda.report.workbook.places import Plan
from mcda.sensitivity.smaa import Acceptability
from mcda.words import say

LABEL, FIRST, TOP = 1, 2, 6
SHADES = ("#08519C", "#3182BD", "#6BAED6", "#9ECAE1", "#C6DBEF", "#E3EEF8")  # of the ranks, the first the darkest


def write_sure(sheet: Sheet, plan: Plan, found: Acceptability) -> None:
    """Write the shares of the ranks as numbers, which do not follow the yellow cells, and as stacked bars."""
    lang, shares = plan.lang, found.rank_acceptability
    n = len(plan.names)
    ranks = [say("workbook.sure.rank", lang, rank=r + 1) for r in range(n)]
    sheet.widths(2, 40, *[roomy(ranks, 10)] * max(n, 8))
    sheet.across(0, LABEL, say("workbook.sure.title", lang), "title")
    sheet.across(1, LABEL, say(f"workbook.sure.{found.vary}", lang), "plain")
    sheet.across(2, LABEL, _source(found, lang), "plain")
    sheet.across(3, LABEL, say("workbook.sure.static", lang), "plain")
    sheet.text(TOP - 1, LABEL, say("workbook.head.alternative", lang), "head_left")
    for r, rank in enumerate(ranks):
        sheet.text(TOP - 1, FIRST + r, rank, "head")
    order = sorted(range(n), key=lambda i: tuple(-shares[i]))
    for row, i in enumerate(order):
        sheet.text(TOP + row, LABEL, plan.names[i])
        for r in range(n):
            sheet.number(TOP + row, FIRST + r, shares[i, r], "share")
    sheet.bars(Block(sheet=sheet.name, top=TOP, left=FIRST, rows=n, columns=n), "#9CC3E6")
    _chart(sheet, n, lang)


def _source(found: Acceptability, lang: str) -> str:
    """Say where the shares come from."""
    if found.exact:
        return say("workbook.sure.exact", lang)
    error = 100 * float(found.standard_error.max())
    return say("workbook.sure.drawn", lang, draws=found.draws, seed=found.seed, error=error)


def _chart(sheet: Sheet, n: int, lang: str) -> None:
    """Draw the shares of each alternative as one bar."""
    chart = sheet.book.file.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for r in range(n):
        chart.add_series(
            {
                "name": [sheet.name, TOP - 1, FIRST + r],
                "categories": [sheet.name, TOP, LABEL, TOP + n - 1, LABEL],
                "values": [sheet.name, TOP, FIRST + r, TOP + n - 1, FIRST + r],
                "fill": {"color": SHADES[min(r, len(SHADES) - 1)]},
                "border": {"color": "white"},
                "gap": 40,
            }
        )
    title = say("workbook.sure.chart", lang)
    chart.set_title({"name": title, "name_font": {"size": 12, "color": NAVY}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none"})
    chart.set_x_axis({"num_format": "0%"})
    chart.set_size({"width": 860, "height": 130 + 34 * n})
    sheet.page.insert_chart(TOP + n + 1, LABEL, chart, {"description": title, "object_position": 2})
