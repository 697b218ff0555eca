"""Texts of the page in all languages, each once, so that the page can change its language in place."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from mcda.report.live import to_json
from mcda.report.prose import html_paragraphs, paragraphs
from mcda.study.model import Title
from mcda.words import LANGUAGES, speaking

SAFE = str.maketrans("<>&", ",.:")  # letters of base 85 that mean something in HTML
ROOM = 128  # for characters that are not ASCII
Triple = tuple[str, ...]  # a text in each of LANGUAGES


class Texts:
    """Texts in all languages, by their place among all texts.

    A text that stands in the document in the page's own language is not written again among the others: the script
    reads it there.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.places: dict[Triple, int] = {}
        self.seen: set[int] = set()

    def place(self, triple: Sequence[str]) -> int:
        """Give the place of a text among all texts."""
        return self.places.setdefault(tuple(triple), len(self.places))

    def titled(self, title: Title) -> int:
        """Give the place of a title."""
        return self.place([title.get(lang) for lang in LANGUAGES])

    def spoken(self, words: Callable[[str], str]) -> int:
        """Give the place of what a function says in a language, with numbers as that language writes them."""
        return self.place(_each(words))

    def said(self, words: Callable[[str], str]) -> Markup:
        """Write what a function says, so that it can be said in another language."""
        return self._mark(_each(words), "")

    def lines(self, words: Callable[[str], Sequence[str]]) -> list[Markup]:
        """Write the sentences that a function says, as many in every language."""
        told = []
        for lang in LANGUAGES:
            with speaking(lang):
                told.append(words(lang))
        return [self._mark(triple, "") for triple in zip(*told, strict=True)]

    def title(self, title: Title) -> Markup:
        """Write a title; English is called English where it stands alone."""
        return self._mark(tuple(title.get(lang) for lang in LANGUAGES), ' lang="en"')

    def label(self, words: Callable[[str], str]) -> Markup:
        """Write what a function says as the name of an element for those who hear it."""
        triple = _each(words)
        return Markup('aria-label="{}" data-l="{}"').format(triple[LANGUAGES.index(self.lang)], self._shown(triple))

    def prose(self, title: Title, style: str = "") -> Markup:
        """Write a text of several paragraphs, with words between backticks as code."""
        triple = tuple("\n".join(paragraphs(title.get(lang))) for lang in LANGUAGES)
        inside = Markup("\n").join(Markup("<p>{}</p>").format(part) for part in html_paragraphs(title.get(self.lang)))
        own = Markup(' lang="en"') if self.lang != "en" and title.get(self.lang) == title.en else ""
        look = Markup(' class="{}"').format(style) if style else ""
        if len(set(triple)) == 1:
            return Markup('<div lang="en"{}>{}</div>').format(look, inside)
        return Markup('<div data-p="{}"{}{}>{}</div>').format(self._shown(triple), look, own, inside)

    def listed(self) -> list[list[str]]:
        """List all texts by language; the page's own is empty where the document has it already."""
        own = LANGUAGES.index(self.lang)
        return [
            ["" if place in self.seen and k == own else triple[k] for triple, place in self.places.items()]
            for k in range(len(LANGUAGES))
        ]

    def _mark(self, triple: Triple, alone: str) -> Markup:
        """Write a text in an element that is named after its place; plain where it is the same in all languages."""
        english, text = triple[0], triple[LANGUAGES.index(self.lang)]
        if len(set(triple)) == 1:
            named = alone and re.search("[A-Za-z]{4}", text)
            return Markup("<span{}>{}</span>").format(Markup(alone), text) if named else Markup("{}").format(text)
        own = Markup(' lang="en"') if self.lang != "en" and text == english else ""
        return Markup("<t-{0}{1}>{2}</t-{0}>").format(self._shown(triple), own, text)

    def _shown(self, triple: Triple) -> int:
        """Give the place of a text that stands in the document."""
        place = self.place(triple)
        self.seen.add(place)
        return place


def packed(data: object) -> str:
    """Write data as JSON in letters: other than ASCII one byte for each of the most frequent characters, deflated."""
    text = to_json(data)
    usual = Counter(letter for letter in text if "\x7f" < letter <= "\uffff")
    alphabet = "".join(letter for letter, _ in sorted(usual.items(), key=lambda item: (-item[1], item[0]))[:ROOM])
    rare = {letter for letter in text if letter > "\x7f" and letter not in alphabet}
    spelled = text.translate({ord(letter): json.dumps(letter)[1:-1] for letter in rare})
    codes = {letter: ROOM + k for k, letter in enumerate(alphabet)}
    deflated = zlib.compress(bytes(codes.get(letter) or ord(letter) for letter in spelled), 9)
    return f"{alphabet} {base64.b85encode(deflated).decode().translate(SAFE)}"


def _each(words: Callable[[str], str]) -> Triple:
    """Say something in all languages."""
    triple = []
    for lang in LANGUAGES:
        with speaking(lang):
            triple.append(words(lang))
    return tuple(triple)
