"""Sentences of the catalogue as formulas, so that words follow the numbers of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcda.words import localized, say

MARK = "\N{SYMBOL FOR START OF TEXT}"  # stands around what a formula fills in: a name, and how its number is written
LITERAL = 250  # characters; a text inside a formula holds 255
NUMBER = re.compile(r"\.(\d)([f%])")  # a number of fixed decimals, or a share in per cent


@dataclass(frozen=True)
class _Part:
    """What a formula fills in; says which one, and how the catalogue wants it written."""

    name: str

    def __format__(self, spec: str) -> str:
        return f"{MARK}{self.name}:{spec}{MARK}"


def spoken(key: str, lang: str, parts: Mapping[str, str], **values: object) -> str:
    """Give a message as a formula: ``parts`` are formulas that fill its braces, ``values`` stand as they are.

    A part whose brace says how a number is written, such as ``{share:.1%}``, is written so; the rest stand as they are.
    """
    text = say(key, lang, **{name: _Part(name) for name in parts}, **values)
    pieces = re.split(f"{MARK}([a-z_]+:[^{MARK}]*){MARK}", text)
    joined = [_filled(piece, parts, lang) if i % 2 else quoted(piece) for i, piece in enumerate(pieces) if piece]
    return "&".join(joined)


def _filled(piece: str, parts: Mapping[str, str], lang: str) -> str:
    name, _, spec = piece.partition(":")
    how = NUMBER.fullmatch(spec)
    if how is None:
        return parts[name]
    if how[2] == "f":
        return written(parts[name], lang, int(how[1]))
    return f"{written(f'100*({parts[name]})', lang, int(how[1]))}&{quoted(localized('%', lang))}"


def quoted(text: str) -> str:
    """Write a text inside a formula."""
    return "&".join(f'"{part}"' for part in _cut(text)) or '""'


def written(number: str, lang: str, decimals: int = 3) -> str:
    """Write a number as text with the decimal sign of a language, whichever the reader's own program has."""
    sign = localized(".", lang)
    text = f"FIXED(ROUND({number},{decimals}),{decimals},TRUE)"
    return f'SUBSTITUTE(SUBSTITUTE({text},"{"," if sign == "." else "."}","{sign}"),"-","\N{MINUS SIGN}")'


def _cut(text: str) -> Iterator[str]:
    """Cut a text into parts that a formula can hold, with its quotes doubled."""
    for start in range(0, len(text), LITERAL // 2):
        yield text[start : start + LITERAL // 2].replace('"', '""')
