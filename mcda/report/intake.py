"""The empty intake workbook: a form that is filled in with a spreadsheet and becomes a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mcda.report.workbook.book import RULE_TEXT, RULE_TITLE, Block, Book, Sheet, Target, roomy, short, tall
from mcda.report.workbook.phrases import spoken
from mcda.study.intake.form import ANCHORS, DIRECTION, FORMS, HEADS, MEASURE, Column, Form
from mcda.words import say, speaking

STEPS = 10  # of the instructions
# How many rows with a name a sheet may grow to before the lists to choose from no longer hold them.
LISTED = 2000
LARGE = 1e15


def _score(leaf: str, alternative: str, numbers: tuple[float, float, float], row: int) -> dict[str, str | float]:
    value, low, high = numbers
    place: dict[str, str | float] = {"subcriterion": leaf, "alternative": alternative}
    return {**place, "value": value, "low": low, "high": high, "evidence": f"row-{row}", "reason": f"@reason_{row}"}


def _fact(alternative: str, area: str, row: int) -> dict[str, str | float]:
    source: dict[str, str | float] = {"id": f"row-{row}", "paper": "report-2025", "locator": f"@place_{row}"}
    return {**source, "about_alternative": alternative, "area": area, "statement": f"@statement_{row}"}


# The example that stands in the form: by sheet, rows by column. Texts are keys in the catalogue of words.
EXAMPLE: Mapping[str, Sequence[Mapping[str, str | float]]] = {
    "study": ({"study_key": "my-study", "study_title": "@study", "study_question": "@question"},),
    "alternatives": ({"key": "option_a", "title": "@option_a"}, {"key": "option_b", "title": "@option_b"}),
    "criteria": (
        {"key": "cost", "title": "@cost", "direction": "cost", "weight": 1, "question": "@cost.question"},
        {"key": "quality", "title": "@quality", "direction": "benefit", "weight": 1, "question": "@quality.question"},
    ),
    "subcriteria": (
        {
            "criterion": "cost",
            "key": "yearly_cost",
            "title": "@yearly_cost",
            "weight": 1,
            "measure": "amount",
            "unit": "@unit",
            "zero": 0,
            "one": 20,
        },
        {
            "criterion": "quality",
            "key": "satisfaction",
            "title": "@satisfaction",
            "weight": 1,
            "measure": "rating",
            **{f"anchor_{rating}": f"@anchor_{rating}" for rating in range(1, ANCHORS + 1)},
        },
    ),
    "scores": (
        _score("yearly_cost", "option_a", (12, 11, 13), 1),
        _score("yearly_cost", "option_b", (15, 14, 16), 2),
        _score("satisfaction", "option_a", (3, 2.5, 3.5), 3),
        _score("satisfaction", "option_b", (4, 3, 4.5), 4),
    ),
    "evidence": (
        _fact("option_a", "cost", 1),
        _fact("option_b", "cost", 2),
        _fact("option_a", "quality", 3),
        _fact("option_b", "quality", 4),
    ),
    "sources": ({"key": "report-2025", "authors": "@authors", "year": 2025, "source_title": "@source"},),
}
IN_LANGUAGES = ("title", "question", "study_title", "study_question")
WORDS = {"direction": DIRECTION, "measure": MEASURE}
SCALE = {"scale_low": 1, "scale_high": 5, "scale_step": 0.5}


def write_intake(path: Target, lang: str = "en") -> None:
    """Write the form: instructions, and a sheet for each part of a study, with a small example to write over.

    Parameters
    ----------
    path : a file name, or a file open for writing in binary
    lang : of the instructions and headings
    """
    with speaking(lang):
        book = Book(path, title=say("workbook.intake.title", lang))
        _instructions(book.sheet(say("workbook.intake.sheet.start", lang), landscape=False, locked=False), lang)
        for form in FORMS.values():
            sheet = book.sheet(form.name(lang), locked=False)
            (_lines if form.key == "study" else _table)(sheet, form, lang)
        for form in FORMS.values():
            keys = next((column for column in form.columns if column.key in ("key", "id")), None)
            if keys and form.rows:
                _name(book, form, keys, lang)
        book.close()


def _instructions(sheet: Sheet, lang: str) -> None:
    """Write what to do, step by step."""
    sheet.widths(4, 110)
    sheet.across(0, 0, say("workbook.intake.title", lang), "title")
    for i in range(1, STEPS + 1):
        sheet.number(i + 1, 0, i, "step")
        sheet.text(i + 1, 1, say(f"workbook.intake.step_{i}", lang), "text")


def _lines(sheet: Sheet, form: Form, lang: str) -> None:
    """Write the sheet of the study: a line for each of its parts."""
    columns = form.ordered(lang)
    sheet.widths(roomy([column.heading(lang) for column in columns], 42), 80, 60)
    sheet.across(0, 0, form.name(lang), "title")
    sheet.across(1, 0, say(f"workbook.intake.about.{form.key}", lang), "plain")
    example = {**_shown(EXAMPLE["study"][0], lang), **SCALE}
    for i, column in enumerate(columns):
        row = HEADS + i
        sheet.text(row, 0, _marked(column, lang), "head_left")
        _entry(sheet, row, 1, column, example.get(column.key))
        sheet.text(row, 2, column.hint(lang), "beside")
        sheet.height(row, 64.0 if column.key.startswith("study_about") else 20.0)


def _table(sheet: Sheet, form: Form, lang: str) -> None:
    """Write a table: what each column means, the headings, an example, and empty rows."""
    columns = form.ordered(lang)
    sheet.widths(*(_width(column, lang) for column in columns))
    sheet.across(0, 0, form.name(lang), "title", right=len(columns) - 2)
    sheet.across(1, 0, say(f"workbook.intake.about.{form.key}", lang), "plain")
    examples = [_shown(example, lang) for example in EXAMPLE[form.key]]
    for c, column in enumerate(columns):
        sheet.text(HEADS - 1, c, column.hint(lang), "small_hint")
        sheet.text(HEADS, c, _marked(column, lang), "head")
        for r in range(form.rows):
            _entry(sheet, HEADS + 1 + r, c, column, examples[r].get(column.key) if r < len(examples) else None)
        _rule(sheet, form, c, column, lang)
    sheet.page.freeze_panes(HEADS + 1, 2)
    sheet.page.repeat_rows(HEADS)
    if form.key == "scores":
        _progress(sheet, lang)


def _marked(column: Column, lang: str) -> str:
    """Give the heading, with a mark where something must stand in the column, or the same in another language."""
    return f"{column.heading(lang)} *" if column.needed and column.own(lang) else column.heading(lang)


def _width(column: Column, lang: str) -> float:
    """Give the width of a column, which holds the longest word of its heading and its hint."""
    return roomy([column.heading(lang), column.hint(lang)], column.width if column.own(lang) else column.width / 2)


def _shown(example: Mapping[str, str | float], lang: str) -> dict[str, str | float]:
    """Put the example into words; a text goes to the column of its language."""
    out: dict[str, str | float] = {}
    for key, value in example.items():
        if isinstance(value, str) and value.startswith("@"):
            value = say(f"workbook.intake.example.{value[1:]}", lang)
        elif key in WORDS:
            value = say(WORDS[key][str(value)], lang)
        out[f"{key}_{lang}" if key in IN_LANGUAGES else key] = value
    return out


def _entry(sheet: Sheet, row: int, place: int, column: Column, value: str | float | None) -> None:
    """Write a cell to fill in, with what the example has for it."""
    style = {"number": "entry_number", "key": "entry_key"}.get(column.kind, "entry")
    if value is None:
        sheet.blank(row, place, style)
    elif isinstance(value, str):
        sheet.text(row, place, value, style)
    else:
        sheet.number(row, place, value, style)


def _rule(sheet: Sheet, form: Form, place: int, column: Column, lang: str) -> None:
    """Say what may be typed into a column: a key of another sheet, one of a few words, or a number."""
    block = Block(sheet=sheet.name, top=HEADS + 1, left=place, rows=LISTED)
    if column.names:
        said = say("workbook.intake.rule.names", lang, sheet=FORMS[column.names].name(lang))
        rule: dict[str, object] = {"validate": "list", "source": f"={_list(column.names)}"}
    elif column.words:
        words = [say(word, lang) for word in column.words.values()]
        said = say("workbook.intake.rule.words", lang, words=", ".join(words))
        rule = {"validate": "list", "source": words}
    elif column.kind == "number":
        said = say("workbook.intake.rule.number", lang)
        rule = {"validate": "decimal", "criteria": "between", "minimum": -LARGE, "maximum": LARGE}
    else:
        return
    title = say("workbook.rule.title" if column.kind == "number" else "workbook.intake.rule", lang)
    wrong = {"error_title": short(title, RULE_TITLE), "error_message": short(said, RULE_TEXT)}
    sheet.rule(block, {**rule, **wrong})


def _list(form: str) -> str:
    """Name the list of a sheet's keys."""
    return f"keys_of_{form}"


def _name(book: Book, form: Form, column: Column, lang: str) -> None:
    """Define the list of the keys that stand on a sheet, as long as it is at the moment."""
    keys = _column(form, column, lang)
    book.file.define_name(_list(form.key), f"=OFFSET({keys.cell()},0,0,MAX(1,COUNTA({keys.all})),1)")


def _column(form: Form, column: Column, lang: str) -> Block:
    return Block(sheet=form.name(lang), top=HEADS + 1, left=form.ordered(lang).index(column), rows=LISTED)


def _progress(sheet: Sheet, lang: str) -> None:
    """Say how many of the scores are there."""
    scores, own = FORMS["scores"], sheet.name
    rows = Block(sheet=own, top=HEADS + 1, left=0, rows=LISTED)
    parts = [FORMS[key] for key in ("alternatives", "subcriteria")]
    counts = [f"COUNTA({_column(form, form.column('key'), lang).all})" for form in parts]
    needed = len(EXAMPLE["alternatives"]) * len(EXAMPLE["subcriteria"])
    said = spoken("workbook.intake.progress", lang, {"count": f"COUNTA({rows.all})", "needed": "*".join(counts)})
    now = say("workbook.intake.progress", lang, count=len(EXAMPLE["scores"]), needed=needed)
    sheet.formula(0, len(scores.columns) - 1, said, now, "strong")
    sheet.height(0, tall(now, sheet.columns[-1] - 1))
