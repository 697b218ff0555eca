"""What a file that is not YAML has wrong, in words for people who do not program."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.error import YAMLError

from mcda.errors import Fault
from mcda.study.textfile import BREAKS, TextFile

# What the parser says: the message, and whether it is about where a construct began rather than where it broke off.
PROBLEMS: tuple[tuple[str, str, bool], ...] = (
    ("could not find expected ':'", "fault.syntax_no_colon", True),
    ("unexpected end of stream", "fault.syntax_quote", True),
    ("expected ',' or", "fault.syntax_bracket", True),
    ("cannot start any token", "fault.syntax_letter", False),
    ("sequence entries are not allowed", "fault.syntax_list", False),
    ("expected <block end>", "fault.syntax_level", False),
    ("expected the node content", "fault.syntax_value", False),
    ("chomping", "fault.syntax_bar", False),
    ("escape", "fault.syntax_escape", False),
)


def syntax_fault(file: TextFile, error: YAMLError) -> Fault:
    """Say what is wrong where a parser gave up."""
    position = getattr(error, "position", None)
    if position is not None:  # a character that YAML does not allow
        before = BREAKS.split(file.text[:position])
        values = {"found": f"U+{ord(file.text[position]):04X}"}
        return file.fault("fault.syntax_character", values, line=len(before), column=len(before[-1]) + 1)
    problem, mark = getattr(error, "problem", None) or "", getattr(error, "problem_mark", None)
    if mark is None:
        return file.fault("fault.syntax")
    if "mapping values are not allowed" in problem:
        return _stray_colon(file, mark.line, mark.column)
    for words, code, begun in PROBLEMS:
        if words in problem:
            start = getattr(error, "context_mark", None) if begun else None
            return _at(file, code, start or mark)
    return _at(file, "fault.syntax", mark)


def _at(file: TextFile, code: str, mark: Any) -> Fault:
    line, column = min(mark.line, len(file.lines) - 1), mark.column
    letter = file.lines[line][column : column + 1]
    tab = re.match(r" *\t", file.lines[line])
    if letter == "\t" or tab:
        return file.fault("fault.syntax_tab", line=line + 1, column=(tab.end() if tab else column + 1))
    return file.fault(code, {"found": letter}, line=line + 1, column=column + 1)


def _stray_colon(file: TextFile, line: int, column: int) -> Fault:
    """Tell the three ways apart in which a colon comes to stand where none can."""
    before = file.lines[line][:column]
    if re.search(r":\s", before):
        return file.fault("fault.syntax_colon", line=line + 1, column=column + 1)
    above = next((n for n in range(line - 1, -1, -1) if file.lines[n].strip()), line)
    if not re.search(r":(\s|$)", file.lines[above]):
        start = len(file.lines[above]) - len(file.lines[above].lstrip())
        return file.fault("fault.syntax_no_colon", line=above + 1, column=start + 1)
    return file.fault("fault.syntax_level", line=line + 1, column=len(before) - len(before.lstrip()) + 1)
