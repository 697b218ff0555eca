"""Texts of the page in all languages, so that it can change its language in place."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from mcda.report.live import to_json
from mcda.study.model import Title
from mcda.words import LANGUAGES, say
from mcda.words.page import translated


class Texts:
    """Texts in all languages, each once, by their place among all texts."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.places: dict[tuple[str, ...], int] = {}

    def place(self, triple: Sequence[str]) -> int:
        """Give the place of a text among all texts."""
        return self.places.setdefault(tuple(triple), len(self.places))

    def mark(self, triple: Sequence[str]) -> Markup:
        """Write a text in the page's language, marked with its place and language; plain where it is English alone."""
        english, text = triple[0], triple[LANGUAGES.index(self.lang)]
        if all(other == english for other in triple):
            return escape(english)
        own = Markup(' lang="{}"').format(self.lang) if text != english else ""
        return Markup('<span data-t="{}"{}>{}</span>').format(self.place(triple), own, text)

    def title(self, title: Title) -> Markup:
        """Write a title."""
        return self.mark([title.get(lang) for lang in LANGUAGES])

    def json(self) -> Markup:
        """Write all texts that were marked so far."""
        return Markup(to_json(list(self.places)))


def said(key: str, lang: str, **values: object) -> str:
    """Say a word of the page in a language, in English where the page has no translation."""
    own = translated(key, lang)
    return say(key, lang, **values) if own is None else own.format(**values)
