"""The catalogue of words: every message a user sees, once, by key, in gettext catalogues of three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

LANGUAGES = ("en", "ru", "kk")
AREAS = ("fault", "engine", "term", "sure", "claim", "cli", "report", "page", "workbook", "documents", "figure")
TERMS = ("what", "each", "method", "normalization")  # values that are terms of the field, with a translation of their own
SHARES = ("share", "even", "before", "after", "least_share", "most_share", "error", "low_error", "high_error")
LOCALE = Path(__file__).with_name("locale")
NOTHING = 1e-12  # what arithmetic leaves of 0, or lacks of 1
_SPOKEN: ContextVar[str] = ContextVar("language", default="en")


@dataclass(frozen=True)
class Word:
    """A message among the values of another one; said with it, in its language.

    Parameters
    ----------
    key : of the message, ``area.name``
    values : what fills its braces
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, lang: str | None = None) -> str:
        """Say it, in ``lang`` or else in the language that is spoken."""
        return say(self.key, lang, **self.values)

    def __str__(self) -> str:
        return self.text()


def language() -> str:
    """Give the language that is spoken."""
    return _SPOKEN.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak ``lang`` inside the block wherever no other language is asked for."""
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def area(name: str, lang: str) -> GNUTranslations:
    """Load one area of the catalogue when its first word is needed; what lacks a translation is said in English."""
    with (LOCALE / lang / "LC_MESSAGES" / f"{name}.mo").open("rb") as file:
        words = GNUTranslations(file)
    if lang != "en":
        words.add_fallback(area(name, "en"))
    return words


def known(key: str) -> bool:
    """Whether the catalogue has a message of that key."""
    name = key.partition(".")[0]
    return name in AREAS and area(name, "en").gettext(key) != key


def say(key: str, lang: str | None = None, /, **values: object) -> str:
    """Give the message ``key`` with its braces filled, in ``lang`` or else in the language that is spoken.

    A key is ``area.name``; an unknown key is a KeyError, so that a missing word cannot reach a user unnoticed. Where a
    message has plural forms, the value ``count`` chooses among them. Numbers are written as the language writes them,
    and a value that is a ``Word`` is said in the same language.
    """
    spoken = lang or _SPOKEN.get()
    text = template(key, spoken, values.get("count"))
    values |= {name: value.text(spoken) for name, value in values.items() if isinstance(value, Word)}
    if spoken == "en":
        return _Localized(spoken).vformat(text, (), values)
    values |= {name: term(values[name], spoken) for name in TERMS if isinstance(values.get(name), str)}
    return _Localized(spoken).vformat(text, (), values)


def term(text: object, lang: str | None = None) -> str:
    """Give a term, such as ``sub-criterion`` or ``Weighted sum``, in a language; a text that is none stays as it is."""
    key = "term." + re.sub("[^a-z0-9]+", "_", str(text).lower()).strip("_")
    return say(key, lang) if known(key) else str(text)


def template(key: str, lang: str, count: object = None) -> str:
    """Give a message before its braces are filled, in the form that goes with a count or the only one it has."""
    words = area(key.partition(".")[0], lang)
    text = words.ngettext(key, key, count) if isinstance(count, int) else key
    text = words.gettext(key) if text == key else text
    if text == key:
        raise KeyError(key)
    return text


def percentage(share: float, decimals: int) -> str:
    """Write a share in English: what is neither 0 nor 1 is not written as if it were: ``<0.1%``, ``>99.9%``."""
    text = f"{share:.{decimals}%}"
    if not NOTHING < share < 1 - NOTHING or text not in (f"{0:.{decimals}%}", f"{1:.{decimals}%}"):
        return text
    step = 10.0 ** -(decimals + 2)
    return f"<{step:.{decimals}%}" if share < step else f">{1 - step:.{decimals}%}"


class _Share(float):
    """A share among the values of a message."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __format__(self, spec: str, /) -> str:
        decimals = re.fullmatch(r"\.(\d)%", spec)
        return percentage(self.value, int(decimals[1])) if decimals else format(self.value, spec)


class _Localized(Formatter):
    """Fills braces as ``str.format`` does; numbers have the separators of a language and, formatted, a true minus."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_field(self, field_name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> tuple[object, str]:
        value, used = super().get_field(field_name, args, kwargs)
        return (_Share(value) if field_name in SHARES and isinstance(value, float) else value), str(used)

    def format_field(self, value: object, format_spec: str) -> str:
        text = format(value, format_spec)
        if not isinstance(value, (int, float)):
            return text
        if format_spec.endswith("g") and "e-0" in text:  # a small number, but no power of ten for readers
            text = format(Decimal(text), "f")
        if format_spec and text.startswith("-"):
            text = "\N{MINUS SIGN}" + text[1:]
        return localized(text, self.lang)


def localized(number: str, lang: str | None = None) -> str:
    """Give a number that is written in English, such as ``1,234.5%``, as a language writes it: ``1 234,5 %``."""
    spoken = lang or _SPOKEN.get()
    return number if spoken == "en" else number.translate(_separators(spoken))


@cache
def _separators(lang: str) -> dict[int, str]:
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    percent = Locale.parse(lang).percent_formats[None].pattern.removeprefix("#,##0")
    space = percent.removesuffix("%")  # also after the sign of a bound
    bounds = {sign: sign + space for sign in "<>"}
    return str.maketrans({".": get_decimal_symbol(lang), ",": get_group_symbol(lang), "%": percent, **bounds})
