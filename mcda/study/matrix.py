"""Read a plain decision matrix from a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mcda.engine.problem import Problem, direction
from mcda.errors import Fault, StudyError
from mcda.study.table import cell_start
from mcda.study.textfile import TextFile, read_text

SEPARATORS = ",;\t"
SPECIAL = ("direction", "weight")


class Line(NamedTuple):
    """A row of the file: its line, its name, its other cells, and where each cell begins (from 1), the name's first."""

    line: int
    name: str
    cells: list[str]
    starts: list[int]


def read_matrix(path: Path) -> Problem:
    """Read a decision matrix: a header of criteria, one row an alternative, its name in the first column.

    A row named ``direction`` holds benefit or cost for each criterion (needed); a row named ``weight`` holds weights
    (equal where it is left out). Columns are separated by commas, semicolons or tabs, whichever the header uses.

    Raises
    ------
    StudyError
        With every fault at once, each with file, line and column name.
    """
    file = read_text(path)
    header, *rows = _rows(file)
    names = header.cells
    faults = _shape_faults(file, header, rows)
    whole = [row for row in rows if len(row.cells) == len(names)]
    special = {row.name.lower(): row for row in whole if row.name.lower() in SPECIAL}
    body = [row for row in whole if row.name.lower() not in SPECIAL]
    words = special.get("direction", Line(0, "", [], []))
    faults += [
        file.fault("fault.direction", {"found": word}, line=words.line, column=start, key=name)
        for name, word, start in zip(names, words.cells, words.starts[1:], strict=False)
        if direction(word) is None
    ]
    values = [_numbers(file, row, names, faults) for row in body]
    weights = _weights(file, special["weight"], names, faults) if "weight" in special else None
    faults += _weight_faults(file, special.get("weight"), names, weights)
    if faults:
        raise StudyError(sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0)))
    return Problem(values, words.cells, weights, alternatives=[row.name for row in body], criteria=names)


def _rows(file: TextFile) -> list[Line]:
    """Read the rows that are not blank."""
    separator = max(SEPARATORS, key=file.lines[0].count)
    reader = csv.reader(file.lines, delimiter=separator)
    found = ((reader.line_num, [cell.strip() for cell in cells]) for cells in reader)
    rows = [
        Line(line, cells[0], cells[1:], [cell_start(file.lines[line - 1], separator, j) + 1 for j in range(len(cells))])
        for line, cells in found
        if any(cells)
    ]
    if len(rows) < 2 or not rows[0].cells:
        raise StudyError([file.fault("fault.no_matrix")])
    return rows


def _shape_faults(file: TextFile, header: Line, rows: Sequence[Line]) -> list[Fault]:
    """Find rows that are too short or too long, names that are missing or repeated, and missing rows."""
    faults = [
        file.fault("fault.row_length", {"found": len(row.cells) + 1, "expected": len(header.cells) + 1}, line=row.line)
        for row in rows
        if len(row.cells) != len(header.cells)
    ]
    kinds = [row.name.lower() for row in rows]
    if "direction" not in kinds:
        faults.append(file.fault("fault.no_direction_row"))
    if all(kind in SPECIAL for kind in kinds):
        faults.append(file.fault("fault.empty", {"what": "alternatives"}))
    across = [(header.line, start, name) for name, start in zip(header.cells, header.starts[1:], strict=True)]
    faults += _name_faults(file, across, "criterion")
    return faults + _name_faults(file, [(row.line, 1, row.name) for row in rows], "alternative")


def _name_faults(file: TextFile, names: Sequence[tuple[int, int, str]], what: str) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for line, column, name in names:
        if not name:
            faults.append(file.fault("fault.no_name", {"what": what}, line=line, column=column))
        elif name in seen:
            values = {"what": what, "found": name}
            faults.append(file.fault("fault.duplicate_name", values, line=line, column=column))
        seen.add(name)
    return faults


def _numbers(file: TextFile, row: Line, names: Sequence[str], faults: list[Fault]) -> list[float]:
    """Read the numbers of a row; what is none is added to ``faults``."""
    out = []
    for name, cell, start in zip(names, row.cells, row.starts[1:], strict=True):
        try:
            out.append(float(cell))
        except ValueError:
            out.append(float("nan"))
        if out[-1] - out[-1] != 0:  # NaN and infinities
            pointed = cell.replace(",", ".", 1)
            comma = cell.count(",") == 1 and pointed.lstrip("+-").replace(".", "", 1).isdigit()
            code = "fault.decimal_comma" if comma else "fault.not_a_number"
            values = {"found": cell, "pointed": pointed}
            faults.append(file.fault(code, values, line=row.line, column=start, key=name))
    return out


def _weights(file: TextFile, row: Line, names: Sequence[str], faults: list[Fault]) -> list[float]:
    """Read a row of weights, which may be percentages, all of them."""
    percent = [cell.endswith("%") for cell in row.cells]
    if any(percent) and not all(percent):
        faults.append(file.fault("fault.percent_mixed", line=row.line))
    return _numbers(file, row._replace(cells=[cell.removesuffix("%").rstrip() for cell in row.cells]), names, faults)


def _weight_faults(
    file: TextFile, row: Line | None, names: Sequence[str], weights: Sequence[float] | None
) -> list[Fault]:
    if row is None or weights is None:
        return []
    faults = [
        file.fault("fault.weight_negative", {"found": weight}, line=row.line, column=start, key=name)
        for name, weight, start in zip(names, weights, row.starts[1:], strict=True)
        if weight < 0
    ]
    return faults or ([] if any(weights) else [file.fault("fault.weights_zero", line=row.line)])
