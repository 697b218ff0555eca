"""The intake workbook: the form becomes a study as it is, and every fault of what is filled in is named at its cell."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mcda.engine.methods import rank
from mcda.errors import CommandError, StudyError
from mcda.report.intake import write_intake
from mcda.study.files import check, read_scenario, read_study
from mcda.study.intake import import_study
from mcda.study.intake.form import DIRECTION, FORMS
from mcda.study.scenario import build
from mcda.words import LANGUAGES, say, speaking


@cache
def form(lang: str = "en") -> bytes:
    out = io.BytesIO()
    write_intake(out, lang)
    return out.getvalue()


def filled_in(path: Path, *edits: tuple[str, str, object], lang: str = "en") -> Path:
    """Save the form with some cells typed over: sheet, cell, value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl drops what it does not know, and says so
        book = openpyxl.load_workbook(io.BytesIO(form(lang)))
    for sheet, cell, value in edits:
        book[sheet][cell].value = value
    book.save(path)
    return path


def faults(path: Path, folder: Path) -> list[str]:
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(StudyError) as error:
        import_study(path, folder / "new")
    assert sorted(folder.parent.rglob("*")) == before
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_as_it_is_becomes_a_study_that_ranks(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "intake.xlsx"
    path.write_bytes(form(lang))
    names = import_study(path, tmp_path / "new" / "study")
    assert names == [
        "criteria/cost.yaml",
        "criteria/evidence.csv",
        "criteria/quality.yaml",
        "criteria/study.yaml",
        "scenarios/baseline.yaml",
    ]
    folder = tmp_path / "new" / "study"
    assert check(folder / "criteria") == []
    study = read_study(folder / "criteria")
    case = build(study, read_scenario(study, "baseline"))
    ranking = rank(case.problem, normalization="vector")
    assert ranking.first() == ("option_b",)
    assert [leaf.scale for leaf in study.leaves] == [(0, 20), (1, 5)]
    assert study.leaf("satisfaction").anchors[5].en == say("workbook.intake.example.anchor_5", lang)
    assert study.leaf("satisfaction").cells["option_a"].low == 2.5


# What is typed into one cell of the form, and the one line that answers it.
FAULTS: dict[str, tuple[tuple[str, str, object], str]] = {
    "text for a number": (
        ("Scores", "C6", "many"),
        "Scores!C6: 'many' is no number: write one, or leave the cell empty",
    ),
    "number as text": (
        ("Scores", "C7", "3,5"),
        "Scores!C7: '3,5' is a text: write the number 3.5, with the decimal sign of your spreadsheet",
    ),
    "date": (
        ("Scores", "C7", datetime(2025, 5, 3)),
        "Scores!C7: 2025-05-03 is a date (was 3.5 meant?): format the cell as a number and write it again",
    ),
    "error": (
        ("Scores", "C7", "#REF!"),
        "Scores!C7: #REF! is an error of a formula: correct the formula, or write the value",
    ),
    "formula": (
        ("Scores", "C7", "=1+2"),
        "Scores!C7: the formula has no result: open the file in a spreadsheet and save it, or write the value",
    ),
    "truth": (
        ("Scores", "D7", True),
        "Scores!D7: 'True' is no number: write one, or leave the cell empty",
    ),
    "off the scale": (
        ("Scores", "E8", 7),
        "Scores!E8: rating 7 lies outside the scale",
    ),
    "between steps": (
        ("Scores", "C7", 3.2),
        "Scores!C7: rating 3.2 lies between two steps",
    ),
    "outside its range": (
        ("Scores", "C5", 40),
        "Scores!C5: value 40 lies ",
    ),
    "range upside down": (
        ("Scores", "D5", 14),
        "Scores!D5: low 14 lies above high 13",
    ),
    "negative amount": (
        ("Scores", "D5", -1),
        "Scores!D5: amount -1 is negative",
    ),
    "no evidence": (
        ("Scores", "F6", None),
        "Scores!F6: the score cites no evidence: write the id of a row of {name}!Evidence",
    ),
    "unknown evidence": (
        ("Scores", "F6", "row-1, row-22"),
        "Scores!F6: 'row-22' is no row of {name}!Evidence (did you mean 'row-2'?)",
    ),
    "unknown sub-criterion": (
        ("Scores", "A6", "yearly_costs"),
        "Scores!A6: sub-criterion 'yearly_costs' is unknown (did you mean 'yearly_cost'?): write one of yearly_cost, "
        "satisfaction",
    ),
    "unknown alternative": (
        ("Scores", "B6", "option_c"),
        "Scores!B6: alternative 'option_c' is unknown (did you mean 'option_",
    ),
    "row twice": (
        ("Scores", "B6", "option_a"),
        "Scores!A6: yearly_cost and option_a stand together already, at Scores!A5: keep one of the rows",
    ),
    "no key": (
        ("Alternatives", "A6", "Option B"),
        "Alternatives!A6: 'Option B' is not a key",
    ),
    "key twice": (
        ("Criteria", "A6", "option_a"),
        "Criteria!A6: 'option_a' stands for something else already, at Alternatives!A5: choose another key",
    ),
    "no title": (
        ("Criteria", "B5", None),
        "Criteria!B5: nothing stands in 'Title (English)': write it, here or in another language",
    ),
    "direction": (
        ("Criteria", "E5", "sideways"),
        "Criteria!E5: 'sideways' is not on the list of 'Direction': write one of more is better, less is better",
    ),
    "negative weight": (
        ("Criteria", "F5", -2),
        "Criteria!F5: -2 is below 0",
    ),
    "unknown criterion": (
        ("Sub-criteria", "A5", "costs"),
        "Sub-criteria!A5: criterion 'costs' is unknown (did you mean 'cost'?): write one of cost, quality",
    ),
    "unknown measure": (
        ("Sub-criteria", "G5", "sum"),
        "Sub-criteria!G5: 'sum' is not on the list of 'Measure': write one of rating, amount",
    ),
    "no end of the scale": (
        ("Sub-criteria", "J5", None),
        "Sub-criteria!J5: nothing says which amount counts as 0 or 1: write the number",
    ),
    "empty scale": (
        ("Sub-criteria", "I5", 20),
        "Sub-criteria!I5: the declared scale from 20",
    ),
    "scale of ratings": (
        ("Study", "B16", 0),
        "Study!B14: the scale of ratings runs from 1 to 5 in steps of 0",
    ),
    "unknown source": (
        ("Evidence", "B5", "report-2024"),
        "Evidence!B5: source 'report-2024' is unknown (did you mean 'report-2025'?): write one of report-2025",
    ),
    "evidence twice": (
        ("Evidence", "A6", "row-1"),
        "Evidence!A6: 'row-1' stands for something else already, at Evidence!A5: choose another key",
    ),
    "no place": (
        ("Evidence", "C5", None),
        "Evidence!C5: nothing stands in 'Place': write it",
    ),
    "year": (
        ("Sources", "C5", 2025.5),
        "Sources!C5: 2025.5 is not a whole number",
    ),
    "reserved key": (
        ("Criteria", "A5", "study"),
        "Criteria!A5: 'study' is the name of the study's own file: choose another key",
    ),
}


# What is rightly named besides: cells that name a key which is no more, or a row that is missing.
FOLLOWING = {"row twice": 1, "no key": 2, "key twice": 1, "evidence twice": 1, "reserved key": 1}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_at_its_cell(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    edit, expected = FAULTS[name]
    found = faults(filled_in(tmp_path / "intake.xlsx", edit), tmp_path / "study")
    expected = f"intake.xlsx!{expected.format(name='intake.xlsx')}"
    named = [line for line in found if line.startswith(expected)]
    assert len(named) == 1, found
    assert len(found) == 1 + FOLLOWING.get(name, 0), found


def test_all_faults_come_at_once_in_the_order_of_the_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("text for a number", "off the scale", "direction", "unknown source", "no title", "unknown evidence")
    edits = [FAULTS[name][0] for name in names]
    found = faults(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    expected = [f"intake.xlsx!{FAULTS[name][1].format(name='intake.xlsx')}" for name in names]
    assert len(found) == len(expected)
    assert all(any(line.startswith(one) for line in found) for one in expected)
    assert found == sorted(found, key=lambda line: line.split("!")[1])


def test_a_missing_row_is_named_with_what_it_should_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    edits = [("Scores", f"{column}6", None) for column in "ABCDEFG"]
    found = faults(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    assert found == ["intake.xlsx!Scores: yearly_cost has no row for option_b: write one for each"]


def test_a_criterion_without_sub_criteria_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    new = {"A": "new", "B": "New", "E": "cost", "G": "Why?"}
    edits = [("Criteria", f"{column}7", value) for column, value in new.items()]
    found = faults(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    assert found == [
        "intake.xlsx!Criteria!A7: criterion 'new' has no sub-criterion: write one on the sheet of sub-criteria"
    ]


def change(path: Path, how: Callable[[Any], None], lang: str = "en") -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(form(lang)))
    how(book)
    book.save(path)
    return path


BROKEN: dict[str, tuple[Callable[[Any], None], str]] = {
    "sheet": (
        lambda book: book.remove(book["Evidence"]),
        "intake.xlsx: the sheet 'Evidence' is missing: put it back, or begin with a new form (mcda init --xlsx)",
    ),
    "column": (
        lambda book: book["Scores"].delete_cols(2),
        "intake.xlsx!Scores: the column 'Alternative' is missing: write its heading",
    ),
    "headings": (
        lambda book: book["Scores"].delete_rows(1, 4),
        "intake.xlsx!Scores: no headings were found: write Sub-criterion, Alternative above the columns",
    ),
    "rows": (
        lambda book: book["Scores"].delete_rows(5, 4),
        "intake.xlsx!Scores: there are no rows: fill in at least one",
    ),
    "line": (
        lambda book: book["Study"].delete_rows(14),
        "intake.xlsx!Study: the line 'Lowest rating' is missing: write it at the left, and its value beside it",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    how, expected = BROKEN[name]
    assert faults(change(tmp_path / "intake.xlsx", how), tmp_path / "study") == [expected]


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 no workbook either", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "intake.xlsx").write_bytes(data)
    found = faults(tmp_path / "intake.xlsx", tmp_path / "study")
    assert found == ["intake.xlsx: this is no workbook that can be read: save it as .xlsx, without a password"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in faults(tmp_path / "no.xlsx", tmp_path / "study")[0]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    path, folder = filled_in(tmp_path / "intake.xlsx"), tmp_path / "study"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        import_study(path, folder)
    assert [p.name for p in folder.iterdir()] == ["mine"]
    (folder / "mine").unlink()
    assert len(import_study(path, folder)) == 5


def test_columns_may_stand_in_another_order_under_headings_of_any_language(tmp_path: Path) -> None:
    def turned(book: Any) -> None:
        sheet = book["Scores"]
        for row in range(3, 20):
            cells = [sheet.cell(row, column).value for column in range(1, 8)]
            for column, value in enumerate(reversed(cells), start=1):
                sheet.cell(row, column).value = value
        sheet["C4"].value = "HIGH  *"
        sheet["A4"].value = FORMS["scores"].column("reason").heading("ru")

    import_study(change(tmp_path / "intake.xlsx", turned), tmp_path / "study")
    study = read_study(tmp_path / "study" / "criteria")
    assert study.leaf("yearly_cost").cells["option_a"].high == 13
    assert study.leaf("yearly_cost").cells["option_a"].readings[""].reason.startswith("The table's")


TEXTS = (
    *("yes: no # [a, b] {c}", "NO", "~", "1/2", "- item", "1e5", "@x %y &z *w"),
    *("'quoted' \"twice\"", "Ұлттық қауіпсіздік", "a\nb\n\nc"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_reach_the_study_as_they_were_typed(text: str, tmp_path: Path) -> None:
    edits = [("Study", "B5", text), ("Alternatives", "B5", text), ("Scores", "G5", text), ("Evidence", "F5", text)]
    import_study(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    study = read_study(tmp_path / "study" / "criteria")
    reading = study.leaf("yearly_cost").cells["option_a"].readings[""]
    assert [study.title.en, study.alternatives[0].title.en, reading.reason] == [text] * 3
    assert study.evidence["row-1"].statement == " ".join(text.split())


def test_one_language_is_enough_and_stands_in_for_english(tmp_path: Path) -> None:
    edits = [("Criteria", "B5", None), ("Criteria", "C5", "Стоимость"), ("Criteria", "D6", "Сапа")]
    import_study(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    cost, quality = read_study(tmp_path / "study" / "criteria").criteria
    assert (cost.title.en, cost.title.ru) == ("Стоимость", "Стоимость")
    assert (quality.title.en, quality.title.kk) == ("Quality", "Сапа")


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_a_form_needs_no_english(lang: str, tmp_path: Path) -> None:
    import_study(filled_in(tmp_path / "intake.xlsx", lang=lang), tmp_path / "study")
    study = read_study(tmp_path / "study" / "criteria")
    for one in (*study.criteria, *study.leaves, *study.alternatives, study):
        assert one.title.en == one.title.get(lang) != ""
    assert study.title.en == say("workbook.intake.example.study", lang)


def test_the_language_of_the_form_stands_in_for_english(tmp_path: Path) -> None:
    sheet = FORMS["criteria"].name("kk")
    import_study(filled_in(tmp_path / "intake.xlsx", (sheet, "D5", "Затраты"), lang="kk"), tmp_path / "study")
    title = read_study(tmp_path / "study" / "criteria").criteria[0].title
    assert (title.en, title.ru) == (title.kk, "Затраты")


# What is typed over or taken away in a form, and the fault that names it in the words of that form.
FOREIGN: dict[str, tuple[str, str, str, object, str, dict[str, Any]]] = {
    "no title": ("criteria", "B5", "no_text", None, "title_{lang}", {}),
    "no place": ("evidence", "C5", "nothing", None, "locator", {}),
    "no direction": ("criteria", "E6", "not_listed", "sideways", "direction", {"found": "sideways"}),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FOREIGN)
def test_faults_name_headings_as_they_stand_in_the_form(
    name: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    key, cell, code, value, column, values = FOREIGN[name]
    sheet, heading = FORMS[key].name(lang), FORMS[key].column(column.format(lang=lang)).heading(lang)
    path = filled_in(tmp_path / "intake.xlsx", (sheet, cell, value), lang=lang)
    if values:
        values = {**values, "allowed": ", ".join(say(word, lang) for word in DIRECTION.values())}
    with speaking(lang):
        found = faults(path, tmp_path / "study")
        said = say(f"workbook.fault.{code}", column=heading, **values)
    assert found == [f"intake.xlsx!{sheet}!{cell}: {said}"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [1, 2])
def test_what_is_missing_is_named_in_the_language_of_the_form(place: int, lang: str, tmp_path: Path) -> None:
    """The first column of the scores, and both sheet and titles of the criteria, in words of the form."""

    def broken(book: Any) -> None:
        book.remove(book[FORMS["evidence"].name(lang)])
        book[FORMS["scores"].name(lang)].delete_cols(place)
        book[FORMS["alternatives"].name(lang)].delete_cols(2, 3)

    found = faults(change(tmp_path / "intake.xlsx", broken, lang), tmp_path / "study")
    columns = (FORMS["scores"].columns[place - 1], FORMS["alternatives"].column(f"title_{lang}"))
    assert len(found) == 3
    assert any(f"the sheet {FORMS['evidence'].name(lang)!r} is missing" in line for line in found)
    for column in columns:
        assert any(f"the column {column.heading(lang)!r} is missing" in line for line in found)


def test_one_column_of_titles_is_enough(tmp_path: Path) -> None:
    """A form in Russian from which the columns in Russian and English were taken away."""

    def kazakh(book: Any) -> None:
        sheet = book[FORMS["alternatives"].name("ru")]
        sheet.delete_cols(2, 2)
        sheet["B5"].value, sheet["B6"].value = "А нұсқасы", "Б нұсқасы"

    import_study(change(tmp_path / "intake.xlsx", kazakh, "ru"), tmp_path / "study")
    first = read_study(tmp_path / "study" / "criteria").alternatives[0].title
    assert (first.en, first.ru, first.kk) == ("А нұсқасы", "", "А нұсқасы")


def test_a_number_is_suggested_with_the_decimal_sign_of_the_language(tmp_path: Path) -> None:
    edits = [(FORMS["scores"].name("ru"), "C7", "3.5"), (FORMS["scores"].name("ru"), "C8", datetime(2025, 5, 3))]
    path = filled_in(tmp_path / "intake.xlsx", *edits, lang="ru")
    with speaking("ru"):
        found = faults(path, tmp_path / "study")
    assert len(found) == 2
    assert found[0].endswith(say("workbook.fault.number_as_text", "ru", found="3.5", number=3.5))
    assert "3,5 " in found[0]
    assert found[1].endswith(say("workbook.fault.date", "ru", found="2025-05-03", example=3.5))


def test_the_measure_without_ends_is_named_in_the_language_of_the_form(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "intake.xlsx", (FORMS["subcriteria"].name("ru"), "J5", None), lang="ru")
    with speaking("ru"):
        found = faults(path, tmp_path / "study")
        assert found[0].endswith(say("workbook.fault.no_end", measure=say("workbook.intake.amount")))


def test_numbers_dates_and_pages_as_text_keep_their_form(tmp_path: Path) -> None:
    edits = [("Sources", "G5", "40-53"), ("Sources", "F5", 3), ("Evidence", "G5", 12.5), ("Evidence", "I5", 2025)]
    import_study(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    study = read_study(tmp_path / "study" / "criteria")
    assert (study.sources["report-2025"].pages, study.sources["report-2025"].issue) == ("40-53", "3")
    assert (study.evidence["row-1"].value, study.evidence["row-1"].year) == ("12.5", "2025")


def test_without_evidence_scores_need_no_citation(tmp_path: Path) -> None:
    edits = [("Scores", f"F{row}", None) for row in range(5, 9)]
    edits += [("Evidence", f"{column}{row}", None) for column in "ABCDEF" for row in range(5, 9)]
    names = import_study(filled_in(tmp_path / "intake.xlsx", *edits), tmp_path / "study")
    assert "criteria/evidence.csv" not in names
    assert read_study(tmp_path / "study" / "criteria").evidence == {}


def test_equal_forms_and_studies_have_equal_bytes(tmp_path: Path) -> None:
    write_intake(tmp_path / "intake.xlsx")
    assert (tmp_path / "intake.xlsx").read_bytes() == form()
    for name in ("a", "b"):
        import_study(tmp_path / "intake.xlsx", tmp_path / name)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_to_choose_from_can_be_written(lang: str) -> None:
    """A list of words holds at most 255 letters and no commas; names of sheets hold at most 31."""
    for one in FORMS.values():
        assert len(one.name(lang)) <= 31
        for column in one.columns:
            words = [say(word, lang) for word in (column.words or {}).values()]
            assert len(",".join(words)) <= 255
            assert not any("," in word for word in words)


def test_headings_of_a_sheet_differ_in_every_language() -> None:
    for one in FORMS.values():
        for lang in LANGUAGES:
            headings = [column.heading(lang).casefold() for column in one.columns]
            assert len(set(headings)) == len(headings)


def test_the_command_takes_the_language_of_its_faults(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "intake.xlsx", (FORMS["criteria"].name("kk"), "B5", None), lang="kk")
    command = [sys.executable, "-m", "mcda", "import", str(path), str(tmp_path / "study"), "--lang", "ru"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=60)
    heading = FORMS["criteria"].column("title_kk").heading("kk")
    assert done.returncode == 1
    assert say("workbook.fault.no_text", "ru", column=heading) in done.stderr
