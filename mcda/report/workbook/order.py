"""The ranking in cells: places, ties, ranks, and the answer in words that follows the numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mcda.engine.ranking import TIE
from mcda.report import numbers
from mcda.report.answer import PRACTICALLY_TIED, answer, gaps, practically_tied
from mcda.report.workbook.book import Block, tall
from mcda.report.workbook.pen import LABEL, Pen
from mcda.report.workbook.phrases import quoted, spoken, written
from mcda.report.workbook.places import Plan
from mcda.words import say

Cell: TypeAlias = Callable[[int], str]

# The columns of the table of places, from the labels on.
COLUMNS = (
    *("alternative", "place", "position", "score", "behind", "begins"),
    *("first", "last", "rank", "near", "tied", "close"),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Order:
    """Where the ranking stands.

    Attributes
    ----------
    scores, ranks : by alternative (1, n)
    columns : the table of places, best first, by column (n, 1)
    values : what it holds now
    status : a cell that is empty, or says what is wrong with the inputs
    """

    scores: Block
    ranks: Block
    columns: dict[str, Block]
    values: dict[str, Sequence[float | str]]
    status: Block

    @property
    def sound(self) -> str:
        """The condition that the inputs are complete and suit the method."""
        return f'{self.status.cell()}=""'


def write_order(pen: Pen, scores: Block) -> Order:
    """Write what is wrong with the inputs, the places, and the ranks."""
    plan = pen.plan
    pen.step("inputs")
    status = Block(sheet=pen.sheet.name, top=pen.row, left=LABEL)
    pen.sheet.join(pen.row, LABEL, pen.row, len(pen.sheet.columns) - 1, "label")
    pen.sheet.formula(pen.row, LABEL, _status(pen), "", "label")
    pen.row += 1
    pen.step("places", tie=TIE)
    pen.header()
    order, better = plan.ranking.order(), plan.ranking.higher_is_better
    turned = plan.ranking.scores if better else -plan.ranking.scores
    label = pen.word("row.upward")
    upward = pen.line(label, lambda j: scores.cell(0, j) if better else f"-{scores.cell(0, j)}", turned)
    at = [order.index(j) + 1.0 for j in range(len(order))]
    places = pen.line(pen.word("row.place"), lambda j: _place(upward, j), at, "whole")
    n = len(order)
    table = {
        key: Block(sheet=pen.sheet.name, top=pen.row + 3, left=LABEL + c, rows=n) for c, key in enumerate(COLUMNS)
    }
    ranks = pen.line(
        pen.word("row.rank"), lambda j: f"INDEX({table['rank'].all},{places.cell(0, j)})", plan.ranking.ranks, "whole"
    )
    pen.row += 1
    _table(pen, table, scores, places)
    return Order(scores=scores, ranks=ranks, columns=table, values=_values(plan), status=status)


def verdict(plan: Plan, order: Order) -> tuple[str, str]:
    """Give the answer in one sentence as a formula, and as it reads now."""
    lang, n, columns = plan.lang, len(plan.names), order.columns
    tied, near = columns["last"].cell(0), _near_count(columns["score"])

    def number(place: str) -> str:
        return written(f"INDEX({columns['score'].all},{place})", lang)

    def gap(place: str) -> str:
        return written(f"ABS({columns['score'].cell(0)}-INDEX({columns['score'].all},{place}))", lang)

    def name(place: str) -> str:
        return f"INDEX({columns['alternative'].all},{place})"

    both = {"first": f"INDEX({columns['tied'].all},{tied})", "score": number("1")}
    count: dict[str, object] = {"count": n, "limit": PRACTICALLY_TIED}
    if n == 1:
        said = spoken("report.answer.alone", lang, {"first": name("1")}, **count)
    else:
        single = {
            "first": name("1"),
            "score": number("1"),
            "second": name("2"),
            "second_score": number("2"),
            "gap": gap("2"),
        }
        close = {"names": f"INDEX({columns['close'].all},{near})"}
        after = f"MIN({tied}+1,{n})"
        next_ = {"second": name(after), "gap": gap(after)}
        cases = (
            (f"{tied}={n}", spoken("report.answer.all_tied", lang, both, **count)),
            (f"{tied}>1", spoken("report.answer.tied", lang, both | next_, **count)),
            (f"{near}>1", spoken("report.answer.near", lang, close, **count)),
        )
        said = spoken("report.answer.first", lang, single, **count)
        for condition, words in reversed(cases):
            said = f"IF({condition},{words},{said})"
    return f"IF({order.sound},{said},{order.status.cell()})", answer(plan.case, plan.ranking, lang)


def _near_count(scores: Block) -> str:
    """Count the alternatives whose score is practically the best."""
    return f"SUMPRODUCT(--(ABS({scores.all}-{scores.cell(0)})<{PRACTICALLY_TIED!r}))"


def _place(upward: Block, j: int) -> str:
    """Count who is better, and who is as good and stands before."""
    return (
        f"SUMPRODUCT(--({upward.all}>{upward.cell(0, j)}))"
        f"+SUMPRODUCT(--({upward.span(0, 0, 1, j + 1)}={upward.cell(0, j)}))"
    )


def _table(pen: Pen, table: dict[str, Block], scores: Block, places: Block) -> None:
    """Write the table of places, the best first."""
    plan = pen.plan
    for c, key in enumerate(COLUMNS):
        pen.sheet.text(pen.row, LABEL + c, pen.word(f"order.{key}"), "head")
    formulas, values = _formulas(plan, table, scores, places), _values(plan)
    for key, formula in formulas.items():
        style = {"score": "figure", "behind": "figure", "alternative": "label", "tied": "label", "close": "label"}
        for p, value in enumerate(values[key]):
            pen.sheet.formula(table[key].top + p, table[key].left, formula(p), value, style.get(key, "whole"))
    for key in ("tied", "close"):
        for p, names in enumerate(values[key]):
            pen.sheet.height(table[key].top + p, tall(str(names), pen.sheet.columns[-1] - 1))
    pen.row += 1 + len(plan.names)


def _formulas(plan: Plan, table: dict[str, Block], scores: Block, places: Block) -> dict[str, Cell]:
    """Give the formula of each column of the table of places, by position from the best."""
    at = {key: block.cell for key, block in table.items()}
    last, largest = len(plan.names) - 1, f"MAX(MAX({scores.all}),-MIN({scores.all}))"
    limit, near = repr(PRACTICALLY_TIED), _near_count(table["score"])

    def begins(p: int) -> str:
        return f"IF({at['behind'](p)}>{TIE!r}*{largest},1,0)" if p else "1"

    def last_of_tie(p: int) -> str:
        return f"IF({at['begins'](p + 1)}=1,{at['place'](p)},{at['last'](p + 1)})" if p < last else str(last + 1)

    def close(p: int) -> str:
        gaps = [at["behind"](q) for q in (p, p + 1) if 0 < q <= last]
        return f"IF(OR({','.join(f'{gap}<{limit}' for gap in gaps)}),1,0)" if gaps else "0"

    def with_score(p: int) -> str:
        return f'{at["alternative"](p)}&" ("&{written(at["score"](p), plan.lang)}&")"'

    return {
        "place": lambda p: str(p + 1),
        "position": lambda p: f"MATCH({at['place'](p)},{places.all},0)",
        "alternative": lambda p: f"INDEX({plan.alternatives.all},{at['position'](p)})",
        "score": lambda p: f"INDEX({scores.all},{at['position'](p)})",
        "behind": lambda p: f"ABS({at['score'](p - 1)}-{at['score'](p)})" if p else "0",
        "begins": begins,
        "first": lambda p: f"IF({at['begins'](p)}=1,{at['place'](p)},{at['first'](p - 1)})" if p else "1",
        "last": last_of_tie,
        "rank": lambda p: f"({at['first'](p)}+{at['last'](p)})/2",
        "near": close,
        "tied": lambda p: _join(plan, at["tied"], at["alternative"], p, at["place"](p), at["last"](0)),
        "close": lambda p: _join(plan, at["close"], with_score, p, at["place"](p), near),
    }


def _join(plan: Plan, so_far: Cell, item: Cell, p: int, place: str, count: str) -> str:
    """Add a name to those of the places before; the last one closes the list, and after it there is nothing."""
    if not p:
        return item(0)
    parts = {"most": so_far(p - 1), "last": item(p)}
    both = spoken("report.and", plan.lang, parts)
    more = f"{parts['most']}&{quoted(', ')}&{parts['last']}"
    return f'IF({place}>{count},"",IF({place}={count},{both},{more}))'


def _values(plan: Plan) -> dict[str, Sequence[float | str]]:
    """Give what each column of the table of places holds now."""
    order, ranking = plan.ranking.order(), plan.ranking
    n = len(order)
    names, scores = [plan.names[i] for i in order], [float(ranking.scores[i]) for i in order]
    ranks = [float(ranking.ranks[i]) for i in order]
    begins = [p == 0 or ranks[p] != ranks[p - 1] for p in range(n)]
    firsts = [ranks.index(rank) for rank in ranks]
    lasts = [n - 1 - ranks[::-1].index(rank) for rank in ranks]
    near = {place for group in practically_tied(ranking) for place in group}
    close = sum(abs(scores[0] - score) < PRACTICALLY_TIED for score in scores)
    items = [f"{name} ({numbers.score(score)})" for name, score in zip(names, scores, strict=True)]
    return {
        "place": range(1, n + 1),
        "position": [i + 1 for i in order],
        "alternative": names,
        "score": scores,
        "behind": [0.0, *gaps(ranking)],
        "begins": begins,
        "first": [p + 1 for p in firsts],
        "last": [p + 1 for p in lasts],
        "rank": ranks,
        "near": [float(p in near) for p in range(n)],
        "tied": _joined(names, lasts[0] + 1, plan.lang),
        "close": _joined(items, close, plan.lang),
    }


def _joined(words: list[str], count: int, lang: str) -> list[str]:
    """Join the words up to each one; the one at ``count`` closes the list, and after it there is nothing."""
    out = words[:1]
    for p, word in enumerate(words[1:count], start=2):
        out.append(say("report.and", lang, most=out[-1], last=word) if p == count else f"{out[-1]}, {word}")
    return out + [""] * (len(words) - len(out))


def _status(pen: Pen) -> str:
    """Say what is wrong with the inputs, or nothing."""
    plan, lang = pen.plan, pen.plan.lang
    said = '""'
    for condition, key in reversed([*_conditions(plan), *pen.needs]):
        words = quoted(say(f"workbook.status.{key}", lang, method=plan.method))
        said = f"IF({condition},{said},{words})"
    return said


def _conditions(plan: Plan) -> list[tuple[str, str]]:
    """List what must be true of the yellow cells, and what to say where it is not."""
    points, scores, case = plan.points, plan.scores, plan.case
    out = [
        (f"COUNT({points.all})={points.rows}", "weights_numbers"),
        (f"MIN({points.all})>=0", "weights_negative"),
        (f"SUM({points.all})>0", "weights_zero"),
        (f"COUNT({scores.all})={scores.rows * scores.columns}", "scores_numbers"),
    ]
    if not case.leaves:
        return [*out, (f"MIN({scores.all})>=0", "items_negative")]
    own = plan.leaf_points
    sums = [f"SUM({own.span(first, 0, count, 1)})>0" for first, count in map(plan.leaves_of, range(points.rows))]
    amounts = [f"MIN({scores.row(i)})>=0" for i, leaf in enumerate(case.leaves) if leaf.kind == "amount"]
    out += [
        (f"COUNT({own.all})={own.rows}", "weights_numbers"),
        (f"MIN({own.all})>=0", "weights_negative"),
        (f"AND({','.join(sums)})", "leaf_weights_zero"),
    ]
    return [*out, (f"AND({','.join(amounts)})", "amounts_negative")] if amounts else out
