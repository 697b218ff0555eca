"""What documents are made of, in the words of one language: paragraphs, lists, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mcda.report.grid import Column, Table, Value, caption, heading, remark, shown

NOTHING = "\N{EN DASH}"  # in a cell that has nothing to say
UNBROKEN = "\N{NON-BREAKING HYPHEN}"
SUFFIX = re.compile(r"(?<=\d)-(?=\w)")  # the hyphen of an ordinal number, as in "1-е"
PADDING = 2.0  # letters that the space around a cell takes
LEFT = ("text", "flag", "rank")  # kinds of columns that are set to the left
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # by XML 1.0, and in PDF


Look = Literal["plain", "lead", "quiet", "code"]


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph, and how it looks; ``link`` is an address that follows it."""

    text: str
    look: Look = "plain"
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Points:
    """A list with bullets."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A figure by name, its caption, and what it says in words for those who do not see it."""

    name: str
    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A cell: its words, a smaller line below them, the colour behind them (six hexadecimal digits, or none)."""

    text: str
    small: str = ""
    shade: str = ""
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Tabular:
    """A table in words.

    Attributes
    ----------
    key : tells a document's tables apart, in the names of files and labels
    title : the caption
    heads : (c,) headings
    rows : each of c cells
    right : (c,) whether a column is set to the right, as numbers are
    notes : below the table
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    right: tuple[bool, ...]
    notes: tuple[str, ...] = ()


Block: TypeAlias = Paragraph | Points | Picture | Tabular


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it; ``key`` is the same in every language."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


def points(texts: Sequence[str]) -> tuple[Points, ...]:
    """Make a list of sentences, or nothing of none."""
    items = tuple(Paragraph(text=tidy(text)) for text in texts if text)
    return (Points(items=items),) if items else ()


def tabular(table: Table, lang: str, *, key: str, without: Sequence[str] = ()) -> Tabular:
    """Put plain table data into words, without the columns named."""
    kept = [k for k, column in enumerate(table.columns) if column.key not in without]
    columns = [table.columns[k] for k in kept]
    return Tabular(
        key=key,
        title=tidy(caption(table, lang)),
        heads=tuple(SUFFIX.sub(UNBROKEN, tidy(heading(column, lang))) for column in columns),
        rows=tuple(tuple(_entry(row[k], table.columns[k], lang) for k in kept) for row in table.rows),
        right=tuple(column.kind not in LEFT for column in columns),
        notes=tuple(tidy(remark(note, lang)) for note in table.notes),
    )


def tidy(text: str) -> str:
    """Bring a text onto one line, without the characters that no document can hold; fixed spaces stay."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", FORBIDDEN.sub("", text)).strip()


def widths(table: Tabular, room: float) -> list[float]:
    """Share a line of ``room`` letters among the columns, no word broken where that is possible; sums to 1."""
    columns = list(zip(table.heads, *([entry.text for entry in row] for row in table.rows), strict=True))
    small = list(zip(*([entry.small for entry in row] for row in table.rows), strict=True)) or [()] * len(columns)
    least, most = [], []
    for cells, below in zip(columns, small, strict=True):
        longest = max((len(word) for cell in cells for word in cell.split()), default=1)
        whole = max((len(cell) for cell in cells[1:]), default=1)
        least.append(PADDING + max(longest, *(0.8 * len(line) for line in below), 1))
        most.append(max(least[-1], PADDING + min(whole, room)))
    spare, wish = room - sum(least), sum(most) - sum(least)
    if spare <= 0 or wish <= 0:
        return [width / sum(least) for width in least]
    given = [low + min(spare, wish) * (high - low) / wish for low, high in zip(least, most, strict=True)]
    return [width / sum(given) for width in given]


def _entry(value: Value, column: Column, lang: str) -> Entry:
    return Entry(text=tidy(shown(value, column, lang)) or NOTHING)
