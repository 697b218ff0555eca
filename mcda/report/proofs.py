"""What stands behind every score: what each coding reads and why, and the rows of the ledger, each written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from mcda.report import numbers
from mcda.report.ledger import coding
from mcda.report.scorecard import Group, Row, Score, spread
from mcda.report.texts import Texts
from mcda.study.model import Evidence, Reading
from mcda.study.scenario import Case
from mcda.words import say


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in a paper, and the rows of the ledger that were taken from it."""

    paper: str
    locator: str
    rows: tuple[Evidence, ...]


def cited(case: Case, groups: Sequence[Group]) -> list[Place]:
    """List the rows of the ledger that the scores cite, each once, by paper and by place in it."""
    ids = dict.fromkeys(
        id for group in groups for row in group.rows for score in row.scores for id in _ids(score)
    )
    order = {id: number for number, id in enumerate([*case.study.evidence, *ids])}
    found: dict[tuple[str, str], list[Evidence]] = {}
    for id in sorted(ids, key=lambda id: order[id]):
        row = _row(case, id)
        found.setdefault((row.paper, row.locator), []).append(row)
    papers = list(dict.fromkeys(paper for paper, _ in found))
    ordered = sorted(found.items(), key=lambda item: papers.index(item[0][0]))
    return [Place(paper=paper, locator=locator, rows=tuple(rows)) for (paper, locator), rows in ordered]


def proofs(case: Case, groups: Sequence[Group], places: Sequence[Place], texts: Texts) -> dict[str, object]:
    """Give what opens behind the scores, ready for JSON: lines of the scorecard, and the titles of the codings.

    A row of the ledger is the number of its line in the list of ``places``. A line is a mapping of ``key``, ``title``,
    ``unit``, ``question``, ``anchors`` and ``cells``; a cell holds how its value was adopted, its readings (coding,
    value, range, reason, rows) and its SWOT items (sign, row, reason).
    """
    number = {row.id: k for k, row in enumerate(row for place in places for row in place.rows)}
    codings = list(dict.fromkeys(key for row in case.cells for cell in row for key in cell.readings))
    lines = [_line(case, row, number, codings, texts) for group in groups for row in group.rows]
    return {"codings": [texts.titled(coding(case, key).title) for key in codings], "lines": lines}


def _line(case: Case, row: Row, number: dict[str, int], codings: list[str], texts: Texts) -> dict[str, object]:
    leaf = row.leaf
    return {
        "key": row.key,
        "title": texts.titled(row.title),
        "unit": leaf.unit if leaf else "",
        "question": texts.titled(leaf.question) if leaf and leaf.question else None,
        "anchors": [[step, texts.titled(words)] for step, words in sorted(leaf.anchors.items())] if leaf else [],
        "cells": [_cell(case, score, number, codings, texts) for score in row.scores],
    }


def _cell(case: Case, score: Score, number: dict[str, int], codings: list[str], texts: Texts) -> list[object]:
    readings = score.cell.readings if score.cell else {}
    return [
        texts.spoken(partial(_adopted, case, score)),
        [[codings.index(key), *_reading(reading, number)] for key, reading in readings.items()],
        [[numbers.whole_signed(item.sign), number[item.id], item.reason] for item in score.items],
    ]


def _reading(reading: Reading, number: dict[str, int]) -> list[object]:
    value = "" if reading.value is None else numbers.amount(reading.value)
    return [value, spread(reading.low, reading.high), reading.reason, [number[id] for id in reading.evidence]]


def _ids(score: Score) -> list[str]:
    return [*(score.cell.evidence if score.cell else ()), *(item.id for item in score.items)]


def _row(case: Case, id: str) -> Evidence:
    """Find a row of the ledger; a study without a ledger has only ids."""
    return case.study.evidence.get(id) or Evidence(id=id, paper="", locator="", format="", area="", statement="")


def _adopted(case: Case, score: Score, lang: str) -> str:
    """Say where an adopted value comes from."""
    if score.cell is None:
        return say("report.adopted.balance", lang)
    if score.set_by_scenario:
        reason = score.cell.changed or next(iter(score.cell.readings.values())).reason
        return say("report.adopted.changed", lang, reason=reason)
    if score.assumed:
        return say(f"report.missing.{case.scenario.missing}", lang)
    if case.scenario.route in score.cell.readings:
        return say("report.adopted.coding", lang)
    return say("report.adopted.median" if len(score.cell.readings) > 1 else "report.adopted.value", lang)
