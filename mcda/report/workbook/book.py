"""A workbook while it is written: cells, formulas with their values, styles, notes. The one door of XlsxWriter."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TypeAlias

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

Properties: TypeAlias = dict[str, object]
Target: TypeAlias = str | os.PathLike[str] | BinaryIO

CREATED = datetime(2025, 1, 1)  # the same in every workbook, so that equal input gives equal bytes
LONGEST = 32_000  # characters; a cell holds 32,767
RULE_TITLE, RULE_TEXT = 32, 255  # characters of the message of a rule
FORMULA = 8_000  # characters; a formula holds 8,192
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
ROW = 18.0  # points, the height of a row of one line
LIVELY = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what begins a formula when a cell is typed in again

NAVY, INK, QUIET, LINE, YELLOW, PALE = "#17365D", "#17202A", "#51606E", "#BFC8D0", "#FFF2CC", "#EEF2F6"
# One colour for the line and one for the cell of each alternative; after the last they begin again.
COLOURS = (
    ("#0072B2", "#CFE5F3"),
    ("#B34E00", "#FBDCC4"),
    ("#00755B", "#C9EBDF"),
    ("#8E3A74", "#EFD7E7"),
    ("#5C5C5C", "#E3E3E3"),
    ("#8A6D00", "#FAEDB5"),
    ("#2F4B9E", "#D5DCF5"),
    ("#7A2E2E", "#F2D3D3"),
)

BORDER: Properties = {"border": 1, "border_color": LINE}
BOLD = 1.15  # the width of a bold letter, in characters of a column
HEAD: Properties = {**BORDER, "bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "text_wrap": True}
FIGURE: Properties = {**BORDER, "align": "right", "indent": 1}
INPUT: Properties = {**FIGURE, "bg_color": YELLOW, "locked": False}
ENTRY: Properties = {**BORDER, "bg_color": YELLOW, "text_wrap": True, "align": "left", "indent": 1}
STYLES: dict[str, Properties] = {
    "title": {"bold": True, "font_size": 16, "font_color": NAVY, "text_wrap": True},
    "subtitle": {"font_size": 12, "font_color": QUIET, "text_wrap": True},
    "hint": {"font_color": QUIET, "text_wrap": True, "valign": "top"},
    "beside": {"font_color": QUIET, "text_wrap": True, "indent": 1},
    "verdict": {"bold": True, "font_size": 13, "font_color": NAVY, "text_wrap": True, "bg_color": PALE, "indent": 1},
    "section": {"bold": True, "font_size": 12, "font_color": NAVY, "text_wrap": True},
    "plain": {"font_color": QUIET, "font_size": 10, "text_wrap": True},
    "text": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "text_wrap": True, "valign": "top"},
    "head": {**HEAD, "align": "center"},
    "head_left": {**HEAD, "indent": 1},
    "label": {**BORDER, "text_wrap": True, "indent": 1},
    "group": {**BORDER, "bold": True, "text_wrap": True, "bg_color": PALE, "indent": 1},
    "word": {**BORDER, "align": "center", "text_wrap": True},
    "band": {**BORDER, "align": "center", "rotation": 90, "font_size": 9},
    "number": FIGURE,
    "whole": {**BORDER, "align": "center"},
    "points": {**FIGURE, "num_format": "0.0"},
    "share": {**FIGURE, "num_format": "0.0%"},
    "percent": {**BORDER, "num_format": "0%", "align": "center", "font_size": 9},
    "percent_head": {**HEAD, "num_format": "0%", "align": "center", "font_size": 9},
    "score": {**FIGURE, "num_format": "0.000"},
    "figure": {**FIGURE, "num_format": "0.000000"},
    "small": {**BORDER, "num_format": "0.000", "font_size": 9},
    "tiny": {**FIGURE, "num_format": "0.000000000"},
    "input": INPUT,
    "input_points": {**INPUT, "num_format": "0.0"},
    "entry": ENTRY,
    "entry_key": {**ENTRY, "num_format": "@"},
    "entry_number": {**FIGURE, "bg_color": YELLOW},
    "small_hint": {"font_color": QUIET, "font_size": 9, "text_wrap": True, "valign": "bottom", "indent": 1},
    "step": {"bold": True, "font_color": NAVY, "valign": "top", "align": "center"},
}


@dataclass(frozen=True, kw_only=True)
class Block:
    """A rectangle of cells; rows and columns count from 0, and references to it name its sheet."""

    sheet: str
    top: int
    left: int
    rows: int = 1
    columns: int = 1

    def cell(self, i: int = 0, j: int = 0) -> str:
        """Refer to the cell in row ``i`` and column ``j`` of the block."""
        return prefix(self.sheet) + _named(self.top + i, self.left + j)

    def span(self, i: int, j: int, rows: int, columns: int) -> str:
        """Refer to a part of the block that begins in row ``i`` and column ``j``."""
        return f"{self.cell(i, j)}:{_named(self.top + i + rows - 1, self.left + j + columns - 1)}"

    def part(self, i: int) -> Block:
        """Give one row as a block."""
        return Block(sheet=self.sheet, top=self.top + i, left=self.left, columns=self.columns)

    def row(self, i: int) -> str:
        """Refer to a whole row."""
        return self.span(i, 0, 1, self.columns)

    def column(self, j: int) -> str:
        """Refer to a whole column."""
        return self.span(0, j, self.rows, 1)

    @property
    def all(self) -> str:
        """Refer to the whole block."""
        return self.span(0, 0, self.rows, self.columns)


def _named(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def prefix(sheet: str) -> str:
    """Give what stands before a reference to a cell of a sheet."""
    name = sheet.replace("'", "''")
    return f"'{name}'!"


class Book:
    """A workbook: equal content gives equal bytes, and no text of a study becomes a formula or a link."""

    def __init__(self, target: Target, *, title: str) -> None:
        path = target if hasattr(target, "write") else os.fspath(target)
        self.file = xlsxwriter.Workbook(path, OPTIONS)
        self.file.set_properties({"title": clean(title)[:255], "created": CREATED})
        self.sheets: list[Sheet] = []
        self.formats: dict[tuple[str, tuple[tuple[str, object], ...]], xlsxwriter.format.Format] = {}

    def sheet(self, name: str, *, landscape: bool = True, locked: bool = True) -> Sheet:
        """Add a sheet; on a locked one nothing can be typed in but into the cells for it."""
        self.sheets.append(Sheet(self, name, landscape=landscape))
        if locked:
            self.sheets[-1].page.protect("", {"format_columns": True, "format_rows": True, "objects": True})
        return self.sheets[-1]

    def style(self, name: str, **extra: object) -> xlsxwriter.format.Format:
        """Give a style by name, each made once."""
        key = (name, tuple(sorted(extra.items())))
        if key not in self.formats:
            base: Properties = {"font_name": "Calibri", "font_color": INK, "valign": "vcenter"}
            self.formats[key] = self.file.add_format({**base, **STYLES[name], **extra})
        return self.formats[key]

    def close(self) -> None:
        """Write everything."""
        for sheet in self.sheets:
            sheet.settle()
        self.file.close()


class Sheet:
    """One sheet of a book."""

    def __init__(self, book: Book, name: str, *, landscape: bool) -> None:
        self.book, self.name = book, name
        self.page = book.file.add_worksheet(name)
        self.page.hide_gridlines(2)
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.set_footer("&L&8&F&R&8&A, &P/&N")
        self.page.set_default_row(ROW)
        self.heights: dict[int, float] = {}
        self.columns: tuple[float, ...] = ()
        if landscape:
            self.page.set_landscape()

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns, in characters, from the first on."""
        self.columns = widths
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def span(self, left: int) -> int:
        """Give the pixels from the column ``left`` to the end of the last."""
        return round(sum(7 * width + 5 for width in self.columns[left:]))  # 7 to a character, 5 around a cell

    def height(self, row: int, height: float) -> None:
        """Make a row at least so high."""
        self.heights[row] = max(height, self.heights.get(row, ROW))

    def settle(self) -> None:
        """Set the heights of the rows; no program is left to work them out by itself."""
        for row, height in self.heights.items():
            self.page.set_row(row, height)

    def text(self, row: int, column: int, text: str, style: str = "label") -> None:
        """Write a text, which stays a text even when the cell is typed in again."""
        self.page.write_string(row, column, clean(text), self._text_style(text, style))
        if STYLES[style].get("text_wrap") and column < len(self.columns):
            letter = BOLD if STYLES[style].get("bold") else 1.0
            self.height(row, tall(text, (self.columns[column] - 1) / letter))

    def blank(self, row: int, column: int, style: str) -> None:
        """Leave a cell empty, in a style."""
        self.page.write_blank(row, column, None, self.book.style(style))

    def number(self, row: int, column: int, value: float, style: str = "number") -> None:
        """Write a number."""
        self.page.write_number(row, column, float(value), self.book.style(style))

    def formula(self, row: int, column: int, formula: str, value: float | str, style: str = "number") -> None:
        """Write a formula with its value, which is what a viewer shows that does not calculate."""
        formula = formula.replace(prefix(self.name), "")
        assert len(formula) < FORMULA, f"{self.name}: formula of {len(formula)} characters"
        shown = clean(value) if isinstance(value, str) else float(value)
        self.page.write_formula(row, column, f"={formula}", self.book.style(style), shown)

    def join(self, top: int, left: int, bottom: int, right: int, style: str) -> None:
        """Make one cell of several; what is written at the first is shown across them."""
        if (top, left) != (bottom, right):
            self.page.merge_range(top, left, bottom, right, "", self.book.style(style))

    def across(self, row: int, left: int, text: str, style: str, *, right: int | None = None) -> None:
        """Write a text across the columns up to ``right``, or to the last, in as many lines as it takes."""
        right = len(self.columns) - 1 if right is None else right
        size = float(str(STYLES[style].get("font_size", 11)))
        width = (sum(self.columns[left : right + 1]) - 1) * 11 / size
        self.join(row, left, row, right, style)
        self.plain(row, left, text, style)
        self.height(row, tall(text, width, line=15 * size / 11))

    def plain(self, row: int, column: int, text: str, style: str) -> None:
        """Write a text that does not make its row higher."""
        self.page.write_string(row, column, clean(text), self._text_style(text, style))

    def note(self, row: int, column: int, text: str) -> None:
        """Hang a note on a cell, in a box that holds it."""
        text = clean(text)
        box = {"width": 460, "height": 24 + 15 * lines(text, 84), "start_row": row + 1}
        options = {**box, "font_size": 9, "author": "mcda"}
        self.page.write_comment(row, column, text, options)

    def rule(self, block: Block, rule: Mapping[str, object]) -> None:
        """Say what may be typed into a block."""
        last = block.top + block.rows - 1, block.left + block.columns - 1
        self.page.data_validation(block.top, block.left, *last, dict(rule))

    def colour(self, block: Block, condition: str, **look: object) -> None:
        """Colour the cells of a block for which a condition holds, written for its first cell."""
        last = block.top + block.rows - 1, block.left + block.columns - 1
        condition = condition.replace(prefix(self.name), "")
        options = {"type": "formula", "criteria": f"={condition}", "format": self.book.file.add_format(look)}
        self.page.conditional_format(block.top, block.left, *last, options)

    def bars(self, block: Block, colour: str) -> None:
        """Draw the numbers of a block as bars in their cells."""
        last = block.top + block.rows - 1, block.left + block.columns - 1
        options = {"type": "data_bar", "bar_color": colour, "bar_solid": True, "min_type": "num", "min_value": 0}
        self.page.conditional_format(block.top, block.left, *last, options)

    def _text_style(self, text: str, style: str) -> xlsxwriter.format.Format:
        return self.book.style(style, quote_prefix=True) if text.startswith(LIVELY) else self.book.style(style)


def clean(text: str) -> str:
    """Make any text fit for a cell: no characters that XML cannot hold, not too long, never taken for markup."""
    text = ILLEGAL.sub("", text)[:LONGEST]
    return f" {text}" if text.startswith("<r>") else text  # XlsxWriter writes what lies between <r> and </r> as it is


def lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes in a box so many characters wide."""
    return sum(max(1, len(textwrap.wrap(part, max(int(width), 1)))) for part in text.split("\n"))


def tall(text: str, width: float, *, line: float = 15.0) -> float:
    """Estimate the height of a row, in points, that holds a text in cells so many characters wide."""
    return max(line * lines(text, width) + 3, ROW)


def short(text: str, limit: int) -> str:
    """Cut a text that is longer than a spreadsheet takes, with a mark where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def roomy(names: Iterable[str], least: float) -> float:
    """Give the width of a column that holds the longest word of its headings, and wholly those that nearly fit."""
    names = list(names)
    width = max([least, *(len(word) * BOLD + 2 for name in names for word in name.split())])
    return max([width, *(len(name) + 3 for name in names if abs(len(name) - width) < 2)])
