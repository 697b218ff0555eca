"""The form of the intake workbook: its sheets and columns, for the one who writes it and the one who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mcda.words import LANGUAGES, say

Kind = Literal["key", "text", "number", "word"]

HEADS = 3  # row of the headings, from 0; above it stand the title, what to do, and what each column means
ANCHORS = 5  # columns for what the whole ratings mean


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the form, or a line of the sheet of the study.

    Attributes
    ----------
    key : in the catalogue of words; for a text in one of several languages with the language after it
    kind : ``key`` and ``text`` are read as text, ``number`` as a number, ``word`` as one of ``words``
    needed : whether something must stand in it, or in its place the same text in another language
    names : the sheet whose keys it may name
    words : what may stand in it, by the word's key in the catalogue
    width : in characters; half of it where the text is in another language than the form
    """

    key: str
    kind: Kind = "text"
    needed: bool = False
    names: str = ""
    words: Mapping[str, str] | None = None
    width: float = 16

    @property
    def language(self) -> str:
        """The language of the text, where there is a column for each; else nothing."""
        rest = self.key.rpartition("_")[2]
        return rest if rest in LANGUAGES else ""

    @property
    def stem(self) -> str:
        """The key without the language."""
        return self.key.removesuffix(f"_{self.language}") if self.language else self.key

    def own(self, lang: str) -> bool:
        """Whether a form in ``lang`` asks for this column first: a text in another language may stay empty."""
        return self.language in ("", lang)

    def heading(self, lang: str) -> str:
        """Give the heading in words."""
        if self.language:
            return say(f"workbook.intake.in_{self.language}", lang, what=say(f"workbook.intake.head.{self.stem}", lang))
        stem, _, rest = self.key.rpartition("_")
        if stem == "anchor":
            return say("workbook.intake.head.anchor", lang, rating=rest)
        return say(f"workbook.intake.head.{self.key}", lang)

    def hint(self, lang: str) -> str:
        """Say what to write."""
        if not self.own(lang):
            return say(f"workbook.intake.hint.{'other' if self.needed else 'language'}", lang)
        stem = self.key.rpartition("_")[0]
        hint = say(f"workbook.intake.hint.{stem if stem == 'anchor' else self.stem}", lang)
        return say("workbook.intake.hint.any", lang, hint=hint) if self.language and self.needed else hint


@dataclass(frozen=True, kw_only=True)
class Form:
    """A sheet of the form: its columns, and how many rows are ready to be filled in."""

    key: str
    columns: tuple[Column, ...]
    rows: int = 0

    def name(self, lang: str) -> str:
        """Give the sheet's name."""
        return say(f"workbook.intake.sheet.{self.key}", lang)

    def column(self, key: str) -> Column:
        """Find a column."""
        return next(column for column in self.columns if column.key == key)

    def ordered(self, lang: str) -> tuple[Column, ...]:
        """Give the columns as they stand in a form in ``lang``: of a text in several languages that one comes first."""
        stems = [column.stem for column in self.columns]
        return tuple(sorted(self.columns, key=lambda column: (stems.index(column.stem), not column.own(lang))))

    def alike(self, column: Column) -> tuple[Column, ...]:
        """Give the columns for the same text in all languages; a column that has no language stands alone."""
        return tuple(other for other in self.columns if other.stem == column.stem)


def _in_languages(key: str, *, needed: bool, width: float) -> tuple[Column, ...]:
    """Make one column for each language."""
    return tuple(Column(key=f"{key}_{lang}", needed=needed, width=width) for lang in LANGUAGES)


DIRECTION = {"benefit": "report.word.benefit", "cost": "report.word.cost"}
MEASURE = {"rating": "workbook.rating", "amount": "workbook.intake.amount"}

FORMS = {
    form.key: form
    for form in (
        Form(
            key="study",
            columns=(
                Column(key="study_key", kind="key", needed=True),
                *_in_languages("study_title", needed=True, width=60),
                *_in_languages("study_question", needed=True, width=60),
                *_in_languages("study_about", needed=False, width=60),
                *(Column(key=f"scale_{end}", kind="number", needed=True) for end in ("low", "high", "step")),
            ),
        ),
        Form(
            key="alternatives",
            columns=(
                Column(key="key", kind="key", needed=True),
                *_in_languages("title", needed=True, width=34),
                *_in_languages("note", needed=False, width=40),
            ),
            rows=30,
        ),
        Form(
            key="criteria",
            columns=(
                Column(key="key", kind="key", needed=True, width=20),
                *_in_languages("title", needed=True, width=34),
                Column(key="direction", kind="word", words=DIRECTION, needed=True, width=18),
                Column(key="weight", kind="number", width=10),
                *_in_languages("question", needed=True, width=50),
            ),
            rows=20,
        ),
        Form(
            key="subcriteria",
            columns=(
                Column(key="criterion", kind="key", names="criteria", needed=True, width=20),
                Column(key="key", kind="key", needed=True, width=20),
                *_in_languages("title", needed=True, width=34),
                Column(key="weight", kind="number", width=10),
                Column(key="measure", kind="word", words=MEASURE, needed=True, width=12),
                Column(key="unit", width=12),
                Column(key="zero", kind="number", width=12),
                Column(key="one", kind="number", width=12),
                *_in_languages("question", needed=False, width=40),
                *(Column(key=f"anchor_{rating}", width=28) for rating in range(1, ANCHORS + 1)),
            ),
            rows=60,
        ),
        Form(
            key="scores",
            columns=(
                Column(key="subcriterion", kind="key", names="subcriteria", needed=True, width=22),
                Column(key="alternative", kind="key", names="alternatives", needed=True, width=18),
                Column(key="value", kind="number", width=10),
                Column(key="low", kind="number", width=10),
                Column(key="high", kind="number", width=10),
                Column(key="evidence", width=34),
                Column(key="reason", width=60),
            ),
            rows=240,
        ),
        Form(
            key="evidence",
            columns=(
                Column(key="id", kind="key", needed=True, width=18),
                Column(key="paper", kind="key", names="sources", needed=True, width=18),
                Column(key="locator", kind="key", needed=True, width=22),
                Column(key="about_alternative", kind="key", width=16),
                Column(key="area", width=16),
                Column(key="statement", needed=True, width=70),
                Column(key="stated_value", kind="key", width=12),
                Column(key="stated_unit", width=12),
                Column(key="stated_year", kind="key", width=10),
            ),
            rows=240,
        ),
        Form(
            key="sources",
            columns=(
                Column(key="key", kind="key", needed=True, width=18),
                Column(key="authors", needed=True, width=40),
                Column(key="year", kind="number", needed=True, width=10),
                Column(key="source_title", needed=True, width=60),
                Column(key="journal", width=30),
                Column(key="issue", kind="key", width=14),
                Column(key="pages", kind="key", width=14),
                Column(key="doi", kind="key", width=28),
                Column(key="url", kind="key", width=34),
            ),
            rows=40,
        ),
    )
}
