"""Sentences of the catalogue as formulas, so that words follow the numbers of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mcda.words import say

MARK = "\N{SYMBOL FOR START OF TEXT}"  # stands around the name of what a formula fills in
LITERAL = 250  # characters; a text inside a formula holds 255


def spoken(key: str, lang: str, parts: Mapping[str, str], **values: object) -> str:
    """Give a message as a formula: ``parts`` are formulas that fill its braces, ``values`` stand as they are."""
    text = say(key, lang, **{name: f"{MARK}{name}{MARK}" for name in parts}, **values)
    pieces = re.split(f"{MARK}([a-z_]+){MARK}", text)
    joined = [parts[piece] if i % 2 else quoted(piece) for i, piece in enumerate(pieces) if piece]
    return "&".join(joined)


def quoted(text: str) -> str:
    """Write a text inside a formula."""
    return "&".join(f'"{part}"' for part in _cut(text)) or '""'


def written(number: str, decimals: int = 3) -> str:
    """Write a number as text, in the reader's own decimal sign."""
    return f'SUBSTITUTE(FIXED(ROUND({number},{decimals}),{decimals},TRUE),"-","\N{MINUS SIGN}")'


def _cut(text: str) -> Iterator[str]:
    """Cut a text into parts that a formula can hold, with its quotes doubled."""
    for start in range(0, len(text), LITERAL // 2):
        yield text[start : start + LITERAL // 2].replace('"', '""')
