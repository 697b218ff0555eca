"""What is written to the terminal can be read there: in UTF-8, or with the letters that an older console has."""

from __future__ import annotations

import codecs
import os
import sys
from functools import partial
from unicodedata import combining, normalize

from mcda.worded import in_language
from mcda.words import say

# For consoles that lack a letter: Kazakh letters become their Russian neighbours, signs their plain forms.
LETTERS = dict(zip("ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё", "АаГгКкНнОоУуУуХхИиЕе", strict=True))
SIGNS = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "—": "-", "…": "...", "→": "->", "≥": ">=", "≤": "<="}
SIGNS |= {"×": "x", "±": "+-", "«": '"', "»": '"', "“": '"', "”": '"', "•": "*", "†": "+", "∆": "*"}
SIGNS |= {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " "}
SIGNS |= {"─": "-", "━": "-", "│": "|", **dict.fromkeys("╭╮╰╯", "+")}
NEAREST = {**LETTERS, **SIGNS}


def plain_streams() -> None:
    """Write UTF-8 into pipes and files; on a console, and where PYTHONIOENCODING says so, its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        encoding = stream.encoding if stream.isatty() or "PYTHONIOENCODING" in os.environ else "utf-8"
        codecs.register_error(f"mcda_{encoding}", partial(nearest, encoding))
        stream.reconfigure(encoding=encoding, errors=f"mcda_{encoding}")


def tell_lost(error: OSError) -> None:
    """Say that the answer could not be written, as on a full disk; an error about a named file is another one."""
    if error.filename is not None:
        raise error
    with in_language(sys.argv[1:]):
        print(say("cli.no_answer", reason=error.strerror), file=sys.stderr)  # noqa: T201


def nearest(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """Give what stands for letters that an encoding lacks: the nearest that it has, else a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    return "".join(_near(letter, encoding) for letter in error.object[error.start : error.end]), error.end


def _near(letter: str, encoding: str) -> str:
    plain = "".join(part for part in normalize("NFKD", letter) if not combining(part))
    for text in (NEAREST.get(letter, ""), plain):
        if text and text.encode(encoding, "ignore").decode(encoding) == text:
            return text
    return "?"
