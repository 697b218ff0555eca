"""The gettext catalogues: kept in step with the English one and compiled by ``python -m tests.catalogues``."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mcda.words import LOCALE

PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "kk": "nplurals=2; plural=(n != 1);",
}
HEADER = """msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
WIDTH = 118


class _Undated(Catalog):
    """A catalogue whose header says nothing that differs from day to day or from one version of Babel to another."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Give what gettext needs to know."""
        plurals = PLURALS[str(self.locale)]
        return [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", plurals)]


def source(lang: str, area: str) -> Path:
    """Give the file that people edit."""
    return LOCALE / lang / "LC_MESSAGES" / f"{area}.po"


def read(lang: str, area: str) -> Catalog:
    """Read a catalogue; the comment above an entry is the English text that was translated."""
    path = source(lang, area)
    return read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=lang, charset="utf-8")


def key(message: Message) -> str:
    """Give the key of a message, which one with plural forms has twice."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def texts(message: Message) -> tuple[str, ...]:
    """Give all forms of a message."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def translated_from(message: Message) -> str:
    """Give the English text beside an entry, as one line; two forms are divided by a bar."""
    return " ".join(" ".join(message.auto_comments).split())


def comment(english: Message) -> str:
    """Write an English text as it stands beside its translations."""
    return " ".join(" | ".join(texts(english)).split())


def written(catalog: Catalog, lang: str) -> str:
    """Write a catalogue as a file: entries in order, nothing that differs from day to day."""
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, omit_header=True)
    return HEADER.format(lang=lang, plurals=PLURALS[lang]) + out.getvalue().decode("utf-8").strip() + "\n"


def compiled(lang: str, area: str) -> bytes:
    """Compile a catalogue to the form that is read when the program runs."""
    out, catalog = io.BytesIO(), _Undated(locale=lang)
    for message in read(lang, area):
        if message.id:
            catalog.add(message.id, message.string)
    write_mo(out, catalog)
    return out.getvalue()


def in_step(lang: str, area: str) -> Catalog:
    """Give a catalogue with every entry of the English one in its order; a text whose English changed is emptied."""
    old, new = read(lang, area), Catalog(locale=lang)
    for english in read("en", area):
        if not english.id:
            continue
        message = old.get(english.id)
        same = message is not None and translated_from(message) == comment(english)
        empty = "" if isinstance(english.id, str) else ("",) * new.num_plurals
        new.add(english.id, message.string if message and same else empty, auto_comments=[comment(english)])
    return new
