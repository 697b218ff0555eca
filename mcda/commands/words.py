"""Notes of results in a reader's language, with titles in the place of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mcda.engine.note import Note
from mcda.report import numbers
from mcda.study.grid import Grid
from mcda.words import known, say

TIMES = " \N{MULTIPLICATION SIGN} "
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


def _shown(value: object, title: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return SEPARATOR.join(title(part) for part in value.split(SEPARATOR))
    return Short(value) if isinstance(value, float) else value
