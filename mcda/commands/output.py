"""What a command answers, and how it is printed: tables, JSON, CSV or Markdown."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import combining, east_asian_width

from mcda.report.grid import Column, Table, caption, heading, remark, shown, to_csv, to_markdown, to_records
from mcda.report.numbers import rounded_data


@dataclass(frozen=True, kw_only=True)
class Output:
    """The answer of a command.

    Attributes
    ----------
    data : what ``--format json`` prints; floats are rounded to 12 significant digits
    sentences : what a person reads first
    tables : what follows; ``--format csv`` and ``jsonl`` print the first alone
    closing : sentences after the tables
    notices : messages for stderr
    exit_code : 0, or 3 where an expectation did not hold
    """

    data: Mapping[str, object] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    exit_code: int = 0


def render(output: Output, form: str, lang: str) -> str:
    """Write an answer in one of the forms ``table``, ``json``, ``jsonl``, ``csv``, ``markdown``."""
    if form == "json":
        return json.dumps(rounded_data(output.data), ensure_ascii=False, indent=2) + "\n"
    if form == "jsonl":
        records = to_records(output.tables[0]) if output.tables else []
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    if form == "csv":
        return to_csv(output.tables[0]) if output.tables else ""
    if form == "markdown":
        written = [to_markdown(table, lang).rstrip("\n") for table in output.tables]
        parts = [*output.sentences, *written, *output.closing]
        return "\n\n".join(parts) + "\n"
    return _for_people(output, lang)


def _for_people(output: Output, lang: str) -> str:
    """Write sentences and tables: with rules and colour on a terminal, as plain text into a pipe or a file."""
    drawn = _drawn if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else _plain
    parts = ["\n".join(output.sentences), *(drawn(table, lang) for table in output.tables), *output.closing]
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(table: Table, lang: str) -> str:
    """Lay a table out in columns of letters, as wide as they need."""
    heads = [heading(column, lang) for column in table.columns]
    rows = [[shown(item, column, lang) for item, column in zip(row, table.columns, strict=True)] for row in table.rows]
    widths = [max(map(_width, cells)) for cells in zip(heads, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines = ["  ".join(map(_placed, cells, widths, table.columns)) for cells in (heads, rule, *rows)]
    notes = ["", *(remark(note, lang) for note in table.notes)] if table.notes else []
    return "\n".join(line.rstrip() for line in (caption(table, lang), "", *lines, *notes))


def _placed(cell: str, width: int, column: Column) -> str:
    """Put a cell into its column: text to the left, numbers to the right."""
    space = " " * (width - _width(cell))
    return cell + space if column.kind in ("text", "flag") else space + cell


def _width(text: str) -> int:
    """Count the places that a text takes: none for a mark on a letter, two for a wide letter."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _drawn(table: Table, lang: str) -> str:
    """Draw a table for a terminal; colour is off where NO_COLOR is set."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    canvas = io.StringIO()
    console = Console(file=canvas, force_terminal=True, no_color="NO_COLOR" in os.environ, legacy_windows=False)
    drawn = RichTable(box=box.SIMPLE_HEAD if _has_rules() else box.ASCII2, title_justify="left")
    drawn.title = Text(caption(table, lang), style="bold")
    for column in table.columns:
        side: Literal["left", "right"] = "left" if column.kind in ("text", "flag") else "right"
        drawn.add_column(Text(heading(column, lang)), justify=side, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(shown(value, column, lang)) for value, column in zip(row, table.columns, strict=True)))
    console.print(drawn)
    for note in table.notes:
        console.print(Text(remark(note, lang)))
    return canvas.getvalue().rstrip("\n")


def _has_rules() -> bool:
    """Whether the output's encoding has the letters of which rules are drawn."""
    try:
        "\N{BOX DRAWINGS LIGHT HORIZONTAL}".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
