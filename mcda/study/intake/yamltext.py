"""Write data as YAML that people read and edit: one key a line, lists item by item, long texts folded."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from mcda.words import say

WIDTH = 110


def written(data: Mapping[str, Any], source: str) -> str:
    """Write a file of a study, with a line that says where it comes from."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_blocks(dict(data)), out)
    return f"# {say('workbook.intake.origin', source=source)}\n\n{out.getvalue()}"


def _blocks(item: Any) -> Any:
    """Write texts of several lines line by line, and leave the rest to be written as it is."""
    if isinstance(item, Mapping):
        return {key: _blocks(value) for key, value in item.items()}
    if isinstance(item, list):
        return [_blocks(value) for value in item]
    if isinstance(item, str) and "\n" in item:
        return LiteralScalarString(item)
    return item
