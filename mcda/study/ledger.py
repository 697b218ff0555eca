"""The tables of a study: the ledger of evidence, and the SWOT items as each coding assigned them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from mcda.errors import Fault, nearest, suggestion, unknown
from mcda.study.located import Keys, Located
from mcda.study.model import Evidence, SwotItem
from mcda.study.table import Row, Table, read_table
from mcda.study.textfile import TextFile

NEEDED = ("id", "paper", "locator", "format", "area", "statement")
OPTIONAL = ("value", "unit", "year")
SWOT_COLUMNS = ("id", "criterion", "sign", "why")
SWOT_AREAS = frozenset({"strength", "weakness", "opportunity", "threat"})
SIGNS: Mapping[str, Literal[1, -1]] = {"+": 1, "-": -1}


def read_ledger(file: TextFile, sources: Iterable[str] | None) -> tuple[dict[str, Evidence], list[Fault]]:
    """Read the rows of evidence by id; papers are held against ``sources``, or left alone where that is None."""
    table, faults = read_table(file, NEEDED, OPTIONAL)
    papers = None if sources is None else tuple(sources)
    evidence: dict[str, Evidence] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        faults += _row_faults(table, row, papers, lines)
        key = row.cells["id"]
        if key and key not in lines:
            lines[key] = row.line
            evidence[key] = Evidence(**row.cells)
    return evidence, faults


def _row_faults(table: Table, row: Row, papers: tuple[str, ...] | None, lines: Mapping[str, int]) -> list[Fault]:
    faults = [
        table.fault("fault.empty_cell", {"column": name}, row, name)
        for name in ("id", "paper", "locator", "statement")
        if not row.cells[name]
    ]
    key, paper = row.cells["id"], row.cells["paper"]
    if key in lines:
        faults.append(table.fault("fault.id_twice", {"found": key, "first": lines[key]}, row, "id"))
    if papers is not None and paper and paper not in papers:
        fault = unknown("source", paper, papers)
        faults.append(table.fault(fault.code, fault.values, row, "paper"))
    return faults


def cited(
    file: Located, keys: Keys, ids: Iterable[str], evidence: Mapping[str, Evidence], ledger: str
) -> Iterable[Fault]:
    """Name the citations of rows that do not exist, with the file that should hold them."""
    for number, key in enumerate(ids):
        if key not in evidence:
            meant = suggestion(nearest(key, evidence))
            values = {"found": key, "suggestion": meant, "ledger": ledger}
            code = "fault.no_evidence" if ledger else "fault.no_ledger"
            yield file.fault(code, values, keys=(*keys, number))


def read_swot(
    file: TextFile,
    evidence: Mapping[str, Evidence],
    ledger: str,
    alternatives: Iterable[str],
    criteria: Iterable[str] | None,
) -> tuple[tuple[SwotItem, ...], list[Fault]]:
    """Read how one coding assigned the SWOT items of the ledger: each once, to a criterion with a sign, or to none.

    Criteria are left alone where they are None.
    """
    table, faults = read_table(file, SWOT_COLUMNS[:3], SWOT_COLUMNS[3:])
    items = {key: row for key, row in evidence.items() if row.area in SWOT_AREAS}
    alternatives = tuple(alternatives)
    known = None if criteria is None else (*criteria, "none")
    lines: dict[str, int] = {}
    assigned = []
    for row in table.rows:
        found = _item_faults(table, row, items, ledger, lines, known)
        key, criterion = row.cells["id"], row.cells["criterion"]
        lines.setdefault(key, row.line)
        if not found and items[key].format not in alternatives:
            values = {"found": key, "format": items[key].format, "ledger": ledger, "allowed": ", ".join(alternatives)}
            found.append(table.fault("fault.swot_format", values, row, "id"))
        faults += found
        if not found:
            assigned.append(
                SwotItem(
                    id=key,
                    alternative=items[key].format,
                    criterion=None if criterion == "none" else criterion,
                    sign=SIGNS.get(row.cells["sign"], 0),
                    reason=row.cells.get("why", ""),
                )
            )
    for key in items:
        if key not in lines:
            faults.append(file.fault("fault.swot_unassigned", {"found": key, "ledger": ledger}))
    return tuple(assigned), faults


def _item_faults(
    table: Table,
    row: Row,
    items: Mapping[str, Evidence],
    ledger: str,
    lines: Mapping[str, int],
    criteria: tuple[str, ...] | None,
) -> list[Fault]:
    key, criterion, sign = (row.cells[name] for name in SWOT_COLUMNS[:3])
    faults = []
    if key not in items:
        values = {"found": key, "suggestion": suggestion(nearest(key, items)), "ledger": ledger}
        faults.append(table.fault("fault.no_swot_item", values, row, "id"))
    if key in lines:
        faults.append(table.fault("fault.id_twice", {"found": key, "first": lines[key]}, row, "id"))
    if criteria is not None and criterion not in criteria:
        fault = unknown("criterion", criterion, criteria)
        faults.append(table.fault(fault.code, fault.values, row, "criterion"))
    elif criterion == "none" and sign:
        faults.append(table.fault("fault.swot_no_sign", {"found": sign}, row, "sign"))
    elif criterion != "none" and sign not in SIGNS:
        faults.append(table.fault("fault.swot_sign", {"found": sign}, row, "sign"))
    return faults
