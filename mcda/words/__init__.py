"""The catalogue of words: every message a user sees, once, by key."""

from __future__ import annotations

from functools import cache
from importlib import import_module

LANGUAGES = ("en", "ru", "kk")
AREAS = {
    "fault": "faults",
    "engine": "engine",
    "sure": "sure",
    "claim": "claim",
    "cli": "terminal",
    "report": "report",
    "page": "page",
    "workbook": "workbook",
    "documents": "documents",
}


@cache
def area(name: str) -> dict[str, str]:
    """Load one area of the catalogue; an area is loaded when its first word is needed."""
    words: dict[str, str] = import_module(f"mcda.words.{AREAS[name]}").WORDS
    return words


def say(key: str, lang: str = "en", /, **values: object) -> str:
    """Give the message ``key`` with its braces filled, in ``lang`` (English where no translation exists yet).

    A key is ``area.name``; an unknown key is a KeyError, so that a missing word cannot reach a user unnoticed.
    """
    return area(key.partition(".")[0])[key].format(**values)
