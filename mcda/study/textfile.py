"""The text of a file that the user wrote, and faults that show the place in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mcda.errors import Fault, StudyError

LARGEST = 5_000_000  # bytes of a file
WIDTH = 100  # characters of a source line shown with a fault
BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where YAML begins a new line


@dataclass(frozen=True, kw_only=True, eq=False)
class TextFile:
    """A file once read.

    Attributes
    ----------
    path : where it lies
    name : as faults show it: relative to the current folder where it lies inside
    text : without a byte order mark
    digest : SHA-256 of the bytes
    """

    path: Path
    name: str
    text: str
    digest: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return BREAKS.split(self.text)

    def fault(
        self, code: str, values: Mapping[str, object] | None = None, *, line: int = 1, column: int = 1, key: str = ""
    ) -> Fault:
        """Make a fault that shows its place; lines and columns count from 1."""
        snippet = _snippet(self.lines, line, column)
        return Fault(
            code=code, values=values or {}, file=self.name, line=line, column=column, key=key, snippet=snippet
        )


def read_text(path: Path) -> TextFile:
    """Read a text file in UTF-8.

    Raises
    ------
    StudyError
        Where it cannot be read, is larger than 5 MB or is not UTF-8.
    """
    name = shown(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise StudyError([Fault(code="fault.too_big", values={"found": round(size / 1e6, 1)}, file=name)])
        data = path.read_bytes()
    except OSError as error:
        raise StudyError([Fault(code="fault.unreadable", values={"reason": error.strerror}, file=name)]) from None
    return text_of(path, name, data)


def text_of(path: Path, name: str, data: bytes) -> TextFile:
    """Read a text from its bytes in UTF-8; ``name`` is how faults show it.

    Raises
    ------
    StudyError
        Where it is larger than 5 MB or is not UTF-8.
    """
    if len(data) > LARGEST:
        raise StudyError([Fault(code="fault.too_big", values={"found": round(len(data) / 1e6, 1)}, file=name)])
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refuse_bytes(path, name, data, error.start)
    return TextFile(path=path, name=name, text=text, digest=digest)


def _refuse_bytes(path: Path, name: str, data: bytes, start: int) -> TextFile:
    """Name the first byte that is not UTF-8, with its place."""
    before = BREAKS.split(data[:start].decode("utf-8-sig"))
    file = TextFile(path=path, name=name, text=data.decode("utf-8-sig", errors="replace"), digest="")
    values = {"found": f"0x{data[start]:02x}"}
    raise StudyError([file.fault("fault.not_utf8", values, line=len(before), column=len(before[-1]) + 1)])


def is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def shown(path: Path) -> str:
    """Give a path as faults show it: relative to the current folder where it lies inside or was given so."""
    absolute, here = path.absolute(), Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()


def _snippet(lines: list[str], line: int, column: int) -> tuple[str, ...]:
    """Draw the line with a caret under the column, between the line before and the line after."""
    first, last = max(1, line - 1), min(len(lines), line + 1)
    if last > line and not lines[last - 1].strip():
        last = line
    gutter = len(str(last))
    start = max(0, column - 1 - WIDTH * 2 // 3) if len(lines[line - 1]) > WIDTH else 0
    drawn = []
    for number in range(first, last + 1):
        text = _window(lines[number - 1], start if number == line else 0)
        drawn.append(f"  {number:>{gutter}} | {text}".rstrip())
        if number == line:
            drawn.append(f"  {'':>{gutter}} | {'':>{column - 1 - start + (start > 0)}}^")
    return tuple(drawn)


def _window(text: str, start: int) -> str:
    """Cut ``WIDTH`` characters out of a line; what cannot be printed, such as a tab, becomes a dot."""
    text = "".join(letter if letter.isprintable() else "·" for letter in text)
    before, after = "…" if start else "", "…" if len(text) > start + WIDTH else ""
    return before + text[start : start + WIDTH] + after
