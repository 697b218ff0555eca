"""What went wrong, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mcda.words import Word, say

ALIKE = 0.6  # share of common letters from which a word is suggested for another


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault of a file or an array: a message key with its values, and an address.

    Parameters
    ----------
    code : key of the message in the catalogue of words, such as ``"fault.not_a_number"``
    values : what fills the message's braces; what has words of its own is a ``Word``, so that one fault can be told in
        every language
    file, line, column : where it stands (lines and columns count from 1); None where there is no file
    key : path inside the file, such as ``subcriteria.trade.cells.usa``, or the name of a cell
    snippet : lines of the file around the fault, with a caret under the place
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: int | None = None
    key: str | Word = ""
    snippet: tuple[str, ...] = ()

    def address(self, lang: str | None = None) -> str:
        """Give ``file:line:column: key`` as far as they are known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        key = self.key.text(lang) if isinstance(self.key, Word) else self.key
        return ": ".join(part for part in (place, key) if part)

    def text(self, lang: str | None = None) -> str:
        """Give the whole fault on one line: address, what was found, what to write."""
        return ": ".join(part for part in (self.address(lang), say(self.code, lang, **self.values)) if part)

    def full(self, lang: str | None = None) -> str:
        """Give the fault on one line, then the lines of the file around its place."""
        return "\n".join((self.text(lang), *self.snippet))

    def __str__(self) -> str:
        return self.text()


class McdaError(Exception):
    """The root of the errors of this package.

    Attributes
    ----------
    faults : every fault found, not only the first

    ::

        Exception
        └── McdaError
            ├── StudyError            the user's file or data: exit code 1
            ├── CommandError          the command line: exit code 2
            └── ProblemError          the caller's arrays or options (also a ValueError)
                └── NotApplicable     a method cannot be used on these values
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class StudyError(McdaError):
    """Files or data of the user are at fault; holds all faults at once."""


class CommandError(McdaError):
    """What was typed on the command line is at fault."""


class ProblemError(McdaError, ValueError):
    """An array, a weight or an option is at fault; names the cell."""


class NotApplicable(ProblemError):
    """A method or a normalization cannot be used on these values; a batch skips it and gives the reason."""


def nearest(found: object, allowed: Iterable[str]) -> str:
    """Suggest the allowed word that ``found`` may have meant, the first of equals, or the empty string."""
    likeness = {word: SequenceMatcher(None, word, str(found).lower()).ratio() for word in allowed}
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if best and likeness[best] >= ALIKE else ""


def within(outer: str | Word, inner: str | Word) -> str | Word:
    """Name a place inside another one, as far as the two have names."""
    if not (outer and inner):
        return outer or inner
    if isinstance(outer, str) and isinstance(inner, str):
        return f"{outer}: {inner}"
    return Word("fault.at.within", {"outer": outer, "inner": inner})


def suggestion(word: str) -> Word | str:
    """Ask whether a word was meant, inside a message; the empty string where there is none to suggest."""
    return Word("fault.suggestion", {"word": word}) if word else ""


def unknown(what: str, found: object, allowed: Iterable[str], key: str | Word = "") -> Fault:
    """Make the fault of a word that is none of those allowed, with the one that may have been meant."""
    words = tuple(allowed)
    meant = suggestion(nearest(found, words))
    values = {"what": what, "found": found, "suggestion": meant, "allowed": ", ".join(words)}
    return Fault(code="fault.unknown", values=values, key=key)
