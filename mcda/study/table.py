"""A CSV file as rows, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcda.errors import Fault, StudyError, unknown
from mcda.study.textfile import TextFile

SEPARATORS = ",;"  # Excel writes semicolons where the comma is the decimal sign


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its cells by column, and the line it begins on."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """A CSV file once read."""

    file: TextFile
    separator: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def fault(self, code: str, values: Mapping[str, object], row: Row, column: str) -> Fault:
        """Make a fault about one cell."""
        before = self.columns.index(column)
        start = cell_start(self.file.lines[row.line - 1], self.separator, before)
        return self.file.fault(code, values, line=row.line, column=start + 1, key=column)


def read_table(file: TextFile, required: Iterable[str], optional: Iterable[str] = ()) -> tuple[Table, list[Fault]]:
    """Read a table with a header; columns may stand in any order and be parted by commas or semicolons.

    Raises
    ------
    StudyError
        Where it is empty, has a quote that is not closed, or has not the columns asked for.
    """
    header = file.lines[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader((f"{line}\n" for line in file.lines), delimiter=separator, strict=True)
    lines, begin = [], 1
    try:
        for cells in reader:
            lines.append((begin, [cell.strip() for cell in cells]))
            begin = reader.line_num + 1
    except csv.Error:
        raise StudyError([file.fault("fault.csv", line=min(begin, len(file.lines)))]) from None
    if not lines or not any(lines[0][1]):
        raise StudyError([file.fault("fault.empty_table", {"columns": separator.join(required)})])
    columns = tuple(lines[0][1])
    faults = _columns(file, columns, separator, tuple(required), tuple(optional))
    if faults:
        raise StudyError(faults)
    rows = []
    for line, cells in lines[1:]:
        if len(cells) == len(columns):
            rows.append(Row(line=line, cells=dict(zip(columns, cells, strict=True))))
        elif cells:
            values = {"found": len(cells), "expected": len(columns)}
            faults.append(file.fault("fault.row_length", values, line=line))
    return Table(file=file, separator=separator, columns=columns, rows=tuple(rows)), faults


def _columns(
    file: TextFile, columns: tuple[str, ...], separator: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> list[Fault]:
    faults, known = [], required + optional
    for number, name in enumerate(columns):
        column = cell_start(file.lines[0], separator, number) + 1
        if name in columns[:number]:
            values = {"what": "column", "found": name}
            faults.append(file.fault("fault.duplicate_name", values, column=column))
        elif name not in known:
            fault = unknown("column", name, [other for other in known if other not in columns])
            faults.append(file.fault(fault.code, fault.values, column=column))
    missing = [name for name in required if name not in columns]
    if missing:
        values = {"found": ", ".join(missing), "columns": separator.join(known)}
        faults.append(file.fault("fault.missing_column", values))
    return faults


def cell_start(line: str, separator: str, before: int) -> int:
    """Find where a cell begins: after ``before`` separators that stand outside quotes."""
    quoted = False
    for position, letter in enumerate(line):
        if before == 0:
            return position
        quoted ^= letter == '"'
        before -= letter == separator and not quoted
    return len(line) if before == 0 else 0
