"""Notes of results in a reader's language, with titles in the place of keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mcda.engine.note import Note
from mcda.report import numbers
from mcda.study.grid import Grid
from mcda.words import known, say

TIMES = " \N{MULTIPLICATION SIGN} "
CYRILLIC = re.compile("[\u0400-\u04ff]")
SEPARATOR = ", "  # between the names that a note lists


class Short(float):
    """A number that is written with three decimals where the words do not say how."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec) if spec else numbers.score(self)


def spoken(notes: Iterable[Note], title: Callable[[str], str], lang: str) -> tuple[str, ...]:
    """Give notes in words: keys become titles, fractions are written short."""
    return tuple(
        say(note.code, lang, **{key: _shown(value, title) for key, value in note.values.items()}) for note in notes
    )


def parts(grid: Grid) -> str:
    """Say what a grid goes through: ``7 routes × 4 methods``."""
    said = []
    for key, count in grid.parts():
        code = f"cli.part.{key}"
        said.append(say(code if known(code) else "cli.part.other", count=count, key=key))
    return TIMES.join(said)


def in_english(texts: Iterable[str], lang: str) -> tuple[Note, ...]:
    """Say that texts of a study stand in English, where they do and the reader's language is another one."""
    read = [text for text in texts if text]
    if lang == "en" or not read or any(CYRILLIC.search(text) for text in read):
        return ()
    return (Note(code="cli.written_in_english"),)


def _shown(value: object, title: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return SEPARATOR.join(title(part) for part in value.split(SEPARATOR))
    return Short(value) if isinstance(value, float) else value
