"""Read the sheets of an intake workbook: cells with their addresses, and their faults. The one door of openpyxl."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from mcda.errors import Fault, StudyError, unknown
from mcda.study.intake.form import FORMS, Column, Form
from mcda.study.textfile import LARGEST, shown
from mcda.words import LANGUAGES, language, say

UNPACKED = 20  # how many times larger than the file its parts may be
SEARCHED = 12  # rows in which the headings may stand


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in a cell: a text, a number, or nothing; and its address."""

    value: str | float | None
    at: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row that is not empty, by column."""

    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        """Give the text of a cell; a column that is not there is empty."""
        value = self.cells[key].value if key in self.cells else None
        return "" if value is None else str(value)

    def at(self, key: str) -> str:
        """Give the address of a cell, or of the row's first where the column is not there."""
        return (self.cells.get(key) or next(iter(self.cells.values()))).at


@dataclass(eq=False)
class Intake:
    """The sheets of an intake workbook as rows, with the faults met on the way."""

    name: str
    sheets: dict[str, list[Row]]
    places: dict[str, str]  # by sheet: the name under which it stands in the file
    faults: list[Fault]
    lang: str  # of the sheets' names


def read_intake(path: Path) -> Intake:
    """Read the sheets of an intake workbook.

    Raises
    ------
    StudyError
        Where the file cannot be read, or is no workbook.
    """
    values, formulas = _open(path)
    titles = {title.casefold().strip(): title for title in values.sheetnames}
    lang = _spoken(titles, lambda lang: [form.name(lang) for form in FORMS.values()], language())
    intake = Intake(name=shown(path), sheets={}, places={}, faults=[], lang=lang)
    for form in FORMS.values():
        names = [form.key, *(form.name(lang) for lang in LANGUAGES)]
        found = next((titles[name.casefold()] for name in names if name.casefold() in titles), None)
        if found is None:
            intake.faults.append(_fault(intake.name, "no_sheet", found=form.name(lang)))
            intake.sheets[form.key] = []
            continue
        intake.places[form.key] = f"{intake.name}!{found}"
        reader = _Reader(intake, form, values[found], formulas[found])
        intake.sheets[form.key] = reader.lines() if form.key == "study" else reader.rows()
    return intake


def _open(path: Path) -> tuple[Any, Any]:
    """Open a workbook twice: for values, and for formulas without one."""
    import openpyxl

    name = shown(path)
    try:
        size = path.stat().st_size
        if size <= LARGEST:
            with zipfile.ZipFile(path) as parts:
                size = sum(part.file_size for part in parts.infolist()) // UNPACKED
        if size > LARGEST:
            raise StudyError([Fault(code="fault.too_big", values={"found": round(size / 1e6, 1)}, file=name)])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it drops what it does not know, such as pictures, and says so
            return openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    except StudyError:
        raise
    except OSError as error:
        raise StudyError([Fault(code="fault.unreadable", values={"reason": error.strerror}, file=name)]) from None
    except Exception:  # a broken part makes openpyxl raise whatever it happens to meet
        raise StudyError([_fault(name, "no_workbook")]) from None


class _Reader:
    """Reads one sheet."""

    def __init__(self, intake: Intake, form: Form, values: Any, formulas: Any) -> None:
        self.intake, self.form = intake, form
        self.values, self.formulas = values, formulas
        self.place = f"{intake.name}!{values.title}"
        self.lang = intake.lang
        self.words = {
            _plain(spelling): column
            for column in form.columns
            for spelling in (column.key, *(column.heading(lang) for lang in LANGUAGES))
        }

    def rows(self) -> list[Row]:
        """Read a table below its headings."""
        head, columns = self.heads()
        if not columns:
            self.note(self.place, "no_heads", heads=", ".join(column.heading(self.lang) for column in self.needed()))
            return []
        for column in self.needed():
            if not any(other in columns.values() for other in self.form.alike(column)):
                self.note(self.place, "no_column", found=column.heading(self.lang))
        out = []
        for number in range(head + 1, self.values.max_row + 1):
            cells = {column.key: self.cell(number, place, column) for place, column in columns.items()}
            if any(cell.value is not None for cell in cells.values()):
                out.append(Row(cells=cells))
                self.require(cells)
        return out

    def lines(self) -> list[Row]:
        """Read the lines of the sheet of the study, a name at the left and a value beside it, as one row."""
        cells: dict[str, Cell] = {}
        self.lang = self.told(self.values.cell(number, 1).value for number in range(1, self.values.max_row + 1))
        for number in range(1, self.values.max_row + 1):
            column = self.words.get(_plain(self.values.cell(number, 1).value))
            if column is not None and column.key not in cells:
                cells[column.key] = self.cell(number, 2, column)
        for column in self.needed():
            if not any(other.key in cells for other in self.form.alike(column)):
                self.note(self.place, "no_line", found=column.heading(self.lang))
        self.require(cells)
        return [Row(cells=cells)] if cells else []

    def heads(self) -> tuple[int, dict[int, Column]]:
        """Find the row with the most headings, and which column each stands over."""
        best: tuple[int, dict[int, Column]] = 0, {}
        for number in range(1, min(SEARCHED, self.values.max_row) + 1):
            found: dict[int, Column] = {}
            for place in range(1, self.values.max_column + 1):
                column = self.words.get(_plain(self.values.cell(number, place).value))
                if column is not None and column not in found.values():
                    found[place] = column
            if len(found) > len(best[1]):
                best = number, found
        if len(best[1]) < 2:
            return 0, {}
        self.lang = self.told(self.values.cell(best[0], place).value for place in best[1])
        return best

    def told(self, words: Iterable[object]) -> str:
        """Tell the language of the headings."""
        return _spoken(map(_plain, words), lambda lang: [c.heading(lang) for c in self.form.columns], self.intake.lang)

    def needed(self) -> list[Column]:
        """Give what must be there: of a text in several languages the column in that of the sheet, or any other."""
        return [column for column in self.form.columns if column.needed and column.own(self.lang)]

    def require(self, cells: Mapping[str, Cell]) -> None:
        """Name the cells that must not be empty and are; a text may stand in any language."""
        faulty = {fault.file for fault in self.intake.faults}
        for column in self.needed():
            alike = [other for other in (column, *self.form.alike(column)) if other.key in cells]
            if not alike or any(cells[other.key].value is not None or cells[other.key].at in faulty for other in alike):
                continue
            code = "no_text" if column.language else "nothing"
            self.note(cells[alike[0].key].at, code, column=alike[0].heading(self.lang))

    def cell(self, number: int, place: int, column: Column) -> Cell:
        """Read one cell; what does not fit counts as nothing and is noted."""
        found = self.values.cell(number, place)
        at = f"{self.place}!{found.coordinate}"
        value = found.value
        if value is None and self.formulas.cell(number, place).value is not None:
            self.note(at, "no_result")
        elif found.data_type == "e":
            self.note(at, "error", found=value)
        elif isinstance(value, (date, time)):
            self.note(at, "date", found=_day(value), example=_meant(value))
        elif column.kind == "number":
            return Cell(value=self.number(at, value), at=at)
        elif value is not None:
            return Cell(value=self.word(at, _spelled(value), column), at=at)
        return Cell(value=None, at=at)

    def word(self, at: str, text: str | None, column: Column) -> str | None:
        """Read a text; a word of a list in any language is read as its key, and what is none of them is named."""
        if text is None or not column.words:
            return text
        for key, word in column.words.items():
            if text.casefold() in {key, *(say(word, lang).casefold() for lang in LANGUAGES)}:
                return key
        allowed = ", ".join(say(word, self.lang) for word in column.words.values())
        self.note(at, "not_listed", found=text, column=column.heading(self.lang), allowed=allowed)
        return text

    def number(self, at: str, value: Any) -> float | None:
        """Read a number; a text that looks like one is named with the number it seems to mean."""
        if isinstance(value, bool) or (value is not None and not isinstance(value, (int, float, str))):
            self.note(at, "no_number", found=str(value))
            return None
        if not isinstance(value, str):
            return value
        text = re.sub(r"\s", "", value)
        if not text:
            return None
        pointed = text.replace(",", ".")
        if re.fullmatch(r"[-+]?\d+(\.\d+)?", pointed):
            number = float(pointed)
            self.note(at, "number_as_text", found=value, number=int(number) if number.is_integer() else number)
        else:
            self.note(at, "no_number", found=value)
        return None

    def note(self, at: str, code: str, **values: object) -> None:
        """Note a fault."""
        self.intake.faults.append(_fault(at, code, **values))


def _spoken(found: Iterable[str], names: Callable[[str], Iterable[str]], lang: str) -> str:
    """Tell the language in which most of what was found is named; among equals it is ``lang``."""
    words = set(found)
    counts = {one: len(words & {_plain(name) for name in names(one)}) for one in (lang, *LANGUAGES)}
    return max(counts, key=counts.__getitem__)


def _fault(at: str, code: str, **values: object) -> Fault:
    return Fault(code=f"workbook.fault.{code}", values=values, file=at)


def _plain(heading: object) -> str:
    """Make headings comparable: small letters, single spaces, without marks of what is needed."""
    return " ".join(str(heading or "").replace("*", " ").casefold().split())


def _spelled(value: Any) -> str | None:
    """Read a text; numbers are written as they are shown, and nothing but spaces is nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    lines = [" ".join(line.split()) for line in str(value).replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip() or None


def _day(value: date | time) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()


def _meant(value: date | time) -> float:
    """Guess the number that a spreadsheet took for a date: 3.5 becomes the third of May."""
    return float(f"{value.day}.{value.month}") if isinstance(value, date) else 3.5


def known(what: str, cell: Cell, allowed: Sequence[str]) -> Fault:
    """Make the fault of a cell that names what does not exist."""
    fault = unknown(what, cell.value, allowed)
    return Fault(code=fault.code, values=fault.values, file=cell.at)
