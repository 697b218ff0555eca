"""Text from files made safe: for a line of Markdown, for HTML, with code between backticks kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from markupsafe import Markup, escape

CODE = re.compile(r"`([\w.-]+)`")


def markdown(text: str) -> str:
    """Make any text safe inside a line of Markdown: no markup, no HTML, no cell borders, one line."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = re.sub(r"([\\`*\[\]|~$])", r"\\\1", line)
    line = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", line)  # between two letters an underscore is no markup
    line = re.sub(r"^(\d+)([.)])(?= )", r"\1\\\2", line)
    return re.sub(r"^([#+=-])", r"\\\1", line)


def paragraphs(text: str) -> list[str]:
    """Split a text at its empty lines; at every line where it has none, as a folded text of YAML is read."""
    seam = r"\n\s*\n" if re.search(r"\n\s*\n", text.strip()) else r"\n"
    return [part.strip() for part in re.split(seam, text) if part.strip()]


def markdown_paragraphs(text: str) -> list[str]:
    """Make the paragraphs of a text safe for Markdown; a word between backticks stays code."""
    return [_coded(part, markdown, "`{}`".format) for part in paragraphs(text)]


def html_paragraphs(text: str) -> list[Markup]:
    """Make the paragraphs of a text safe for HTML; a word between backticks becomes code."""
    code = "<code>{}</code>".format  # what stands there are letters, digits, dots and hyphens
    return [Markup(_coded(part, lambda words: str(escape(words)), code)) for part in paragraphs(text)]


def link(doi: str, url: str) -> str:
    """Give the address of a source: its DOI's, else its own if that is a web address, else nothing."""
    if doi:
        return f"https://doi.org/{quote(doi, safe='/:;.-_')}"
    return quote(url, safe="/:;.-_?=&%#~+,@") if url.startswith(("https://", "http://")) else ""


def _coded(text: str, safe: Callable[[str], str], code: Callable[[str], str]) -> str:
    """Put the words between backticks through ``code``, all else through ``safe``; spaces at the seams stay."""
    out, end = "", 0
    for match in CODE.finditer(text):
        out += _seam(text[end : match.start()], safe) + code(match[1])
        end = match.end()
    return (out + _seam(text[end:], safe)).strip()


def _seam(text: str, safe: Callable[[str], str]) -> str:
    before, after = text[:1].isspace(), text[-1:].isspace()
    inside = safe(text.strip())
    return f"{' ' * before}{inside}{' ' * (after and bool(inside))}"
