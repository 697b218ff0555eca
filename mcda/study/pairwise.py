"""Read pairwise judgements from a CSV file: a list of judgements, or a square table."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from mcda.engine.ahp import judgement_matrix, priorities
from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError, StudyError, within
from mcda.study.table import SEPARATORS, read_table
from mcda.study.textfile import TextFile, read_text

LIST = ("first", "second", "ratio")
JUDGE = ("profile", "coding", "judge")
EXTRA = ("evidence", "why", "reason")


def read_judgements(path: Path) -> tuple[tuple[str, ...], Mapping[str, Array]]:
    """Read judgements by judge from a CSV file.

    A list has the columns ``first``, ``second`` and ``ratio`` (and may name the judge in ``judge``, ``profile`` or
    ``coding``); a square table has the names of what is compared in the header and in the first column, and may leave
    cells empty. Ratios are positive numbers or fractions such as 1/3.

    Returns
    -------
    the names of what is compared (m,), and a matrix (m, m) for each judge, NaN where nothing was judged

    Raises
    ------
    StudyError
        With every fault at once.
    """
    file = read_text(path)
    header = {cell.strip() for separator in SEPARATORS for cell in file.lines[0].split(separator)}
    labels, matrices = _from_list(file) if set(LIST) <= header else _from_square(file)
    for judge, matrix in matrices.items():
        try:
            priorities(matrix, labels=labels)
        except ProblemError as error:
            raise _located(error, file, judge) from None
    return labels, matrices


def _from_list(file: TextFile) -> tuple[tuple[str, ...], dict[str, Array]]:
    table, faults = read_table(file, LIST, (*JUDGE, *EXTRA))
    if not faults and not table.rows:
        faults = [file.fault("fault.no_judgement_rows", {"example": table.separator.join(("cost", "quality", "3"))})]
    if faults:
        raise StudyError(faults)
    by = [name for name in JUDGE if name in table.columns]
    labels = tuple(dict.fromkeys(row.cells[end] for row in table.rows for end in ("first", "second")))
    judges: dict[str, list[tuple[str, str, str]]] = {}
    for row in table.rows:
        name = " ".join(row.cells[column] for column in by)
        judges.setdefault(name, []).append((row.cells["first"], row.cells["second"], row.cells["ratio"]))
    out = {}
    for judge, pairs in judges.items():
        try:
            out[judge] = judgement_matrix(labels, pairs)
        except ProblemError as error:
            raise _located(error, file, judge) from None
    return labels, out


def _from_square(file: TextFile) -> tuple[tuple[str, ...], dict[str, Array]]:
    separator = max(SEPARATORS, key=file.lines[0].count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(file.lines, delimiter=separator) if any(row)]
    if not any(any(row) for row in rows):
        raise StudyError([file.fault("fault.empty_table", {"columns": ",".join(LIST)})])
    labels = tuple(rows[0][1:])
    if len(rows) != len(labels) + 1 or len(labels) < 1 or any(len(row) != len(rows[0]) for row in rows):
        raise StudyError([file.fault("fault.not_square", {"rows": len(rows) - 1, "columns": len(labels)})])
    if tuple(row[0] for row in rows[1:]) != labels:
        found, expected = ", ".join(row[0] for row in rows[1:]), ", ".join(labels)
        raise StudyError([file.fault("fault.square_names", {"found": found, "expected": expected})])
    try:
        return labels, {"": priorities([row[1:] for row in rows[1:]], labels=labels).matrix}
    except ProblemError as error:
        raise _located(error, file, "") from None


def _located(error: ProblemError, file: TextFile, judge: str) -> StudyError:
    """Give the faults of an array the name of the file, and of the judge where there are several."""
    return StudyError(
        Fault(code=f.code, values=f.values, file=file.name, key=within(judge, f.key)) for f in error.faults
    )
