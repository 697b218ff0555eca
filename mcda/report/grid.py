"""A table of typed cells, and how it is written: CSV, Markdown, records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from mcda.engine.note import Note
from mcda.report import numbers
from mcda.report.prose import markdown
from mcda.study.model import Title
from mcda.words import LANGUAGES, say


@dataclass(frozen=True, kw_only=True)
class Named:
    """A cell that files call by its key and people by its title."""

    key: str
    title: Title


class Item(Protocol):
    """Anything of a study with a key and a title."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def title(self) -> Title:
        """Its title."""


def named(item: Item) -> Named:
    """Make a cell of an alternative, a criterion, a sub-criterion or a coding."""
    return Named(key=item.key, title=item.title)


def word(key: str, stem: str = "report.word.") -> Named:
    """Make a cell of a word that files call by its key, such as ``benefit``, and the catalogue by a longer one."""
    return Named(key=key, title=Title(**{lang: say(f"{stem}{key}", lang) for lang in LANGUAGES}))


def several(items: Sequence[Item]) -> Named:
    """Make one cell of several items, as of those that share a rank."""
    titles = {lang: "; ".join(item.title.get(lang) for item in items) for lang in LANGUAGES}
    return Named(key="; ".join(item.key for item in items), title=Title(**titles))


Kind = Literal["text", "rank", "score", "signed", "share", "points", "amount", "count", "flag"]
Value: TypeAlias = "Named | str | float | int | bool | None"

NUMBERS = {
    "rank": numbers.rank,
    "score": numbers.score,
    "signed": numbers.signed,
    "share": numbers.share,
    "points": numbers.points,
    "amount": numbers.amount,
    "count": numbers.count,
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its key in files, its heading for people (a message key or a title), what its cells hold."""

    key: str
    heading: str | Title
    kind: Kind = "text"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Plain table data; numbers stay numbers until they are written.

    Attributes
    ----------
    title_key, title_values : message of the caption; a value that is a ``Title`` is shown in the reader's language
    columns : from left to right
    rows : one value for each column; None where there is nothing
    notes : what a reader must know, below the table
    """

    title_key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Note, ...] = ()
    title_values: Mapping[str, object] = field(default_factory=dict)


def caption(table: Table, lang: str) -> str:
    """Give the caption in words."""
    return remark(Note(code=table.title_key, values=table.title_values), lang)


def remark(note: Note, lang: str) -> str:
    """Give a note in words, the titles among its values in the reader's language."""
    values = {key: item.get(lang) if isinstance(item, Title) else item for key, item in note.values.items()}
    return say(note.code, lang, **values)


def heading(column: Column, lang: str) -> str:
    """Give the heading of a column in words."""
    return column.heading.get(lang) if isinstance(column.heading, Title) else say(column.heading, lang)


def shown(value: Value, column: Column, lang: str) -> str:
    """Write a cell for people: titles, short numbers, yes or nothing."""
    if value is None:
        return ""
    if isinstance(value, Named):
        return value.title.get(lang)
    if isinstance(value, bool):
        return say("report.yes", lang) if value else ""
    if isinstance(value, str):
        return value
    return NUMBERS.get(column.kind, numbers.amount)(value)


def to_records(table: Table) -> list[dict[str, str | float | int | bool | None]]:
    """Give the rows as mappings from column key to plain value, numbers rounded as in files; for JSON."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows]


def to_csv(table: Table) -> str:
    """Write a table as CSV: keys, decimal points, 12 significant digits; text cannot become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless(column.key) for column in table.columns])
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return out.getvalue()


def to_markdown(table: Table, lang: str, *, titled: bool = True) -> str:
    """Write a table as a pipe table, its caption above where ``titled``, its notes below; numbers to the right."""
    heads = [markdown(heading(column, lang)) for column in table.columns]
    rules = ["---" if column.kind in ("text", "flag") else "---:" for column in table.columns]
    rows = [[_cell(*pair, lang) for pair in zip(row, table.columns, strict=True)] for row in table.rows]
    lines = [f"**{markdown(caption(table, lang))}**", ""] if titled else []
    lines += ["| " + " | ".join(cells) + " |" for cells in (heads, rules, *rows)]
    for note in table.notes:
        lines += ["", markdown(remark(note, lang))]
    return "\n".join(lines) + "\n"


def harmless(text: str) -> str:
    """Keep a text from being read as a formula by a spreadsheet: an apostrophe goes before = + - @ (also full-width).

    A text that is a plain number, such as ``-5``, stays as it is.
    """
    line = " ".join(text.split())
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?%?", line):
        return line
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else line


def _cell(value: Value, column: Column, lang: str) -> str:
    """Write a cell of a pipe table; numbers need no protection."""
    text = shown(value, column, lang)
    return text if isinstance(value, (int, float)) else markdown(text)


def _plain(value: Value) -> str | float | int | bool | None:
    if isinstance(value, Named):
        return value.key
    return numbers.plain(value) if isinstance(value, float) else value


def _field(value: Value) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return harmless(plain) if isinstance(plain, str) else numbers.exact(plain)
