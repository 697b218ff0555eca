"""Workbook and intake form in every language, and in one whose words are longer: nothing is cut, no number is foreign."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import mcda.words
from mcda.engine.methods import rank
from mcda.report.intake import write_intake
from mcda.report.workbook import write_workbook
from mcda.sensitivity.acceptability import acceptability
from mcda.study.files import read_scenario, read_study
from mcda.study.intake import import_study
from mcda.study.intake.form import FORMS
from mcda.study.scenario import build
from mcda.words import LANGUAGES, say

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
NAMES = ("workbook.sheet.", "workbook.intake.sheet.")  # of sheets, which hold 31 characters
LONGER = 0.6  # of its length is added to every word


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every word of the catalogue longer; what stands in braces is kept, and so are the bounds of sheet names."""
    template = mcda.words.template

    def stretched(key: str, lang: str, count: object = None) -> str:
        parts = re.split(r"(\{\{|\}\}|\{[^{}]*\})", template(key, lang, count))
        text = "".join(part if i % 2 else re.sub(r"[^\W\d_]+", _longer, part) for i, part in enumerate(parts))
        return text[:31].strip() if key.startswith(NAMES) else text

    monkeypatch.setattr(mcda.words, "template", stretched)


def _longer(word: re.Match[str]) -> str:
    return word[0] + word[0][: math.ceil(LONGER * len(word[0]))].lower()


def workbook(lang: str, method: str = "topsis", options: dict[str, Any] | None = None) -> bytes:
    normalization = {"topsis": "vector", "waspas": "vector"}.get(method)
    chosen: dict[str, Any] = {"method": method, "normalization": normalization, "options": options or {}}
    case = build(STUDY, replace(read_scenario(STUDY, "baseline"), rating_floor=0.2, **chosen))
    ranking = rank(case.problem, **chosen)
    found = acceptability(case.problem, method="topsis", normalization="vector", draws=2_000, seed=7)
    out = io.BytesIO()
    write_workbook(case, ranking, out, lang=lang, acceptability=found)
    return out.getvalue()


def form(lang: str) -> bytes:
    out = io.BytesIO()
    write_intake(out, lang)
    return out.getvalue()


@cache
def as_it_is(write: Callable[[str], bytes], lang: str) -> bytes:
    return write(lang)


def opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl drops what it does not know, and says so
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


@dataclass(frozen=True, kw_only=True)
class Box:
    """A text and the cells that it stands in: size in characters and points, as its letters are."""

    place: str
    text: str
    width: float
    height: float
    size: float
    wrap: bool
    upright: bool

    def fault(self) -> str:
        """Say how the text is cut, or nothing."""
        if self.upright:
            return "too long" if self.size * 0.5 * len(self.text) > self.height else ""
        if not self.wrap:
            return "too long" if len(self.text) > self.width else ""
        if max(map(len, self.text.split()), default=0) > self.width:
            return "a word is broken"
        lines = sum(max(1, math.ceil(len(line) / self.width)) for line in self.text.split("\n"))
        return "too many lines" if lines * self.size * 1.2 > self.height + 1 else ""


def boxes(book: Any) -> Iterator[Box]:
    """Give every text of a workbook with the room that it has."""
    for sheet in book:
        joined = {area.coord.partition(":")[0]: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str):
                    continue
                area = joined.get(cell.coordinate, cell)
                rows = range(getattr(area, "min_row", cell.row), getattr(area, "max_row", cell.row) + 1)
                columns = range(getattr(area, "min_col", cell.column), getattr(area, "max_col", cell.column) + 1)
                size, look = cell.font.sz, cell.alignment
                yield Box(
                    place=f"{sheet.title}!{cell.coordinate}",
                    text=cell.value,
                    width=(sum(_width(sheet, column) for column in columns) - look.indent) * 11 / size,
                    height=sum(sheet.row_dimensions[number].height or 18 for number in rows),
                    size=size,
                    wrap=bool(look.wrap_text),
                    upright=look.textRotation == 90,
                )


def _width(sheet: Any, column: int) -> float:
    """Give the width of a column; columns of equal width may be stored together."""
    kept = sheet.column_dimensions.values()
    return next((one.width for one in kept if one.min <= column <= one.max), 8.43)


def legal(book: Any) -> bool:
    """Whether the sheets are named as a spreadsheet allows."""
    names = [name.casefold() for name in book.sheetnames]
    return len(set(names)) == len(names) and all(
        0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("write", [workbook, form])
def test_no_text_is_cut(write: Callable[[str], bytes], lang: str) -> None:
    book = opened(as_it_is(write, lang))
    assert legal(book)
    assert [(box, box.fault()) for box in boxes(book) if box.fault()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("write", [workbook, form])
@pytest.mark.usefixtures("longer")
def test_no_text_is_cut_where_words_are_longer(write: Callable[[str], bytes], lang: str) -> None:
    book = opened(write(lang))
    assert legal(book)
    found = list(boxes(book))
    assert [(box, box.fault()) for box in found if box.fault()] == []
    title = say("workbook.intake.title" if write is form else "workbook.calc.title", lang)
    assert title in {box.text for box in found}


@pytest.mark.parametrize("method", ["vikor", "waspas", "weighted_sum", "spotis", "promethee", "copras"])
@pytest.mark.usefixtures("longer")
def test_every_method_has_room_for_longer_words(method: str) -> None:
    book = opened(workbook("ru", method))
    assert [(box, box.fault()) for box in boxes(book) if box.fault()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("longer")
def test_a_form_with_longer_words_can_be_read_back(lang: str, tmp_path: Path) -> None:
    (tmp_path / "intake.xlsx").write_bytes(form(lang))
    assert len(import_study(tmp_path / "intake.xlsx", tmp_path / "study")) == 5
    study = read_study(tmp_path / "study" / "criteria")
    assert [criterion.key for criterion in study.criteria] == ["cost", "quality"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("write", [workbook, form])
def test_messages_of_rules_are_whole(write: Callable[[str], bytes], lang: str) -> None:
    """A title of a message holds 32 characters, its text 255."""
    rules = [rule for sheet in opened(as_it_is(write, lang)) for rule in sheet.data_validations.dataValidation]
    said = [text for rule in rules for text in (rule.errorTitle, rule.error)]
    assert len(said) > 10
    assert all(text and not text.endswith("\N{HORIZONTAL ELLIPSIS}") for text in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_and_a_number_are_refused_in_words_of_their_own(lang: str) -> None:
    rules = [rule for sheet in opened(as_it_is(form, lang)) for rule in sheet.data_validations.dataValidation]
    titles = {kind: {rule.errorTitle for rule in rules if rule.type == kind} for kind in ("list", "decimal")}
    assert titles["list"] == {say("workbook.intake.rule", lang)}
    assert titles["decimal"] == {say("workbook.rule.title", lang)}


OPTIONS: dict[str, dict[str, Any]] = {"topsis": {}, "vikor": {"v": 0.625}, "waspas": {"lambda": 0.3}}


@pytest.mark.parametrize("method", OPTIONS)
@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_numbers_in_words_have_the_decimal_sign_of_the_language(lang: str, method: str) -> None:
    book = opened(workbook(lang, method, OPTIONS[method]))
    del book[book.sheetnames[-1]]  # versions, sources and the study's own words
    texts = [box.text for box in boxes(book)]
    texts += [rule.error for sheet in book for rule in sheet.data_validations.dataValidation]
    assert [text for text in texts if re.search(r"\d\.\d", text)] == []
    assert [text for text in texts if re.search(r"\d,\d", text)]
    expected = {"topsis": "0,000000001", "vikor": "0,625", "waspas": "0,3"}[method]
    assert [text for text in texts if expected in text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_of_a_form_stands_first_and_is_marked(lang: str) -> None:
    for one in FORMS.values():
        columns = one.ordered(lang)
        assert sorted(column.key for column in columns) == sorted(column.key for column in one.columns)
        for place, column in enumerate(columns):
            before = [other for other in columns[:place] if other.stem == column.stem]
            assert column.own(lang) == (not before)
    sheet = opened(as_it_is(form, lang))[FORMS["criteria"].name(lang)]
    marked = [cell.value.removesuffix(" *") for cell in sheet[4] if cell.value and cell.value.endswith("*")]
    keys = ("key", f"title_{lang}", "direction", f"question_{lang}")
    assert marked == [FORMS["criteria"].column(key).heading(lang) for key in keys]
    assert sheet["B5"].value == say("workbook.intake.example.cost", lang)
