"""Rows as lines of text, CSV or JSON, many at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.batch.results import Stretch
from mcda.engine.problem import Array
from mcda.report.batch.columns import Columns, Values, cell_values, scenario_values
from mcda.report.grid import harmless
from mcda.report.numbers import DIGITS

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:;> -")


@dataclass(frozen=True)
class Form:
    """How a row is written.

    Attributes
    ----------
    before, after : of a row
    label : what stands before the value of a column, given its key and whether it is the first one
    text : how a text is written
    nothing : what stands for no number
    """

    before: str
    label: Callable[[str, bool], str]
    text: Callable[[str], str]
    nothing: str
    after: str


def _field(text: str) -> str:
    """Write a text into CSV, in quotes where it needs them."""
    safe = harmless(text)
    return safe if PLAIN.issuperset(safe) else '"' + safe.replace('"', '""') + '"'


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


CSV = Form("", lambda key, first: "" if first else ",", _field, "", "\n")
JSON_LINES = Form("{", lambda key, first: f"{'' if first else ', '}{_json(key)}: ", _json, "null", "}\n")


def header(keys: Iterable[str]) -> str:
    """Write the first line of a CSV file."""
    return ",".join(map(_field, keys)) + "\n"


def result_lines(stretch: Stretch, columns: Columns, form: Form) -> str:
    """Write the rows of the table of results: one for each alternative of each scenario that was ranked."""
    kept = np.flatnonzero(stretch.ranked)
    if not len(kept):
        return ""
    names = stretch.grid.names(stretch.first, stretch.size)
    named = [form.text(names[i]) for i in kept]
    tails = _joined({key: _kept(values, kept) for key, values in scenario_values(stretch, columns).items()}, form)
    numbers = {key: values[kept] for key, values in cell_values(stretch, columns).items()}
    each = iter(_joined({key: values.ravel() for key, values in numbers.items()}, form))
    first, second = form.label("scenario", True), form.label("alternative", False)
    alternatives = [second + form.text(key) for key in stretch.alternatives]
    begin, end = form.before + first, form.after
    return "".join(
        [
            f"{begin}{name}{alternative}{cells}{tail}{end}"
            for name, tail in zip(named, tails, strict=True)
            for alternative, cells in zip(alternatives, each, strict=False)
        ]
    )


def plain_lines(values: Mapping[str, Values], form: Form) -> str:
    """Write rows of which every column is given (k,)."""
    rows = _joined(values, form, begins=True)
    return "".join([f"{form.before}{row}{form.after}" for row in rows])


def _joined(values: Mapping[str, Values], form: Form, *, begins: bool = False) -> list[str]:
    """Write some columns of each row, one after the other, each with its label."""
    parts = []
    for i, (key, column) in enumerate(values.items()):
        label = form.label(key, begins and i == 0)
        texts = numbers(column, form.nothing) if isinstance(column, np.ndarray) else _texts(column, form)
        parts.append([label + text for text in texts] if label else texts)
    return ["".join(row) for row in zip(*parts, strict=True)]


def _texts(values: Sequence[str], form: Form) -> list[str]:
    """Write texts, each different one once."""
    written = {text: form.text(text) for text in set(values)}
    return [written[text] for text in values]


def numbers(values: Array, nothing: str) -> list[str]:
    """Write numbers with 12 significant digits, as all files that are compared have them."""
    if not len(values):
        return []
    texts = (f"%.{DIGITS}g\n" * len(values) % tuple((values + 0.0).tolist())).splitlines()
    for i in np.flatnonzero(np.isnan(values)):
        texts[i] = nothing
    return texts


def _kept(values: Values, kept: NDArray[np.intp]) -> Values:
    return values[kept] if isinstance(values, np.ndarray) else [values[i] for i in kept]
