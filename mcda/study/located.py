"""A YAML file as plain data, and where each part of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from mcda.errors import Fault, StudyError
from mcda.study.syntax import syntax_fault
from mcda.study.textfile import TextFile
from mcda.words import Word

Keys: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int, int, int]  # line and column of the key, line and column of the value, from 0

LONGEST = 60  # characters of a value in a message
DEEPEST = 20  # levels of nesting; the files of a study have eight

# The core schema of YAML 1.2, section 10.3.2: `NO` and `1:30` are texts.
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
TRUTH = {word: word[0] in "tT" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, kw_only=True, eq=False)
class Located:
    """The data of a YAML file and the place of each part.

    Attributes
    ----------
    file : the text it comes from
    data : mappings (all keys are texts), lists, texts, numbers, true and false, None
    places : by path of keys and list indices
    faults : what is wrong with the data, though it could be read: keys that stand twice
    """

    file: TextFile
    data: dict[str, Any]
    places: Mapping[Keys, Place] = field(repr=False)
    faults: tuple[Fault, ...] = ()

    def fault(
        self, code: str, values: Mapping[str, object] | None = None, *, keys: Keys = (), at: str = "value"
    ) -> Fault:
        """Make a fault about the part under ``keys``, shown at its value or, with ``at="key"``, at its key.

        A part that does not stand in the file is shown at the nearest part around it that does.
        """
        around = keys
        while around and around not in self.places:
            around = around[:-1]
        place = self.places.get(around, (0, 0, 0, 0))
        line, column = place[:2] if at == "key" or around != keys else place[2:]
        return self.file.fault(code, values, line=line + 1, column=column + 1, key=dotted(keys))

    def found(self, keys: Keys) -> Any:
        """Give what stands under ``keys``."""
        part: Any = self.data
        for key in keys:
            part = part[key]
        return part


def dotted(keys: Keys) -> str:
    """Spell a path with dots; entries of lists count from 1, as lines do."""
    return ".".join(str(key + 1 if isinstance(key, int) else key) for key in keys)


def locate(file: TextFile) -> Located:
    """Read YAML 1.2 with the place of every part.

    Read with libyaml where it is installed. What libyaml refuses is read again by the parser in Python, so that
    the fault found is the same everywhere.

    Raises
    ------
    StudyError
        For what is not YAML, no mapping, empty, several documents, nested too deeply; for aliases, anchors and tags.
    """
    try:
        return _Composer(file, YAML(typ="safe").parse(file.text)).compose()
    except YAMLError:
        pass
    try:
        return _Composer(file, YAML(typ="safe", pure=True).parse(file.text)).compose()
    except YAMLError as error:
        raise StudyError([syntax_fault(file, error)]) from None


class _Composer:
    """Builds the data of one file from its stream of events."""

    def __init__(self, file: TextFile, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.places: dict[Keys, Place] = {}
        self.faults: list[Fault] = []

    def compose(self) -> Located:
        """Read the one document of the stream."""
        data = None
        started = False
        for event in self.events:
            if event.__class__ is DocumentStartEvent:
                if started:
                    raise self.refuse("fault.documents", event)
                started = True
                data = self.node(next(self.events), ())
        if data is None:
            raise StudyError([self.file.fault("fault.empty_file")])
        if data.__class__ is not dict:
            raise StudyError([self.file.fault("fault.not_keys", {"found": spelled(data)})])
        return Located(file=self.file, data=data, places=self.places, faults=tuple(self.faults))

    def node(self, event: Any, keys: Keys) -> Any:
        """Read a text, a number, a mapping or a list."""
        kind = event.__class__
        if kind is AliasEvent or event.anchor is not None:
            raise self.refuse("fault.alias", event, found=("*" if kind is AliasEvent else "&") + event.anchor)
        if event.tag is not None:
            raise self.refuse("fault.tag", event)
        if kind is ScalarEvent:
            return event.value if event.style else _plain(event.value)
        if len(keys) == DEEPEST:
            raise self.refuse("fault.deep", event)
        return self.mapping(keys) if kind is MappingStartEvent else self.items(keys)

    def mapping(self, keys: Keys) -> dict[str, Any]:
        """Read keys and values up to the end of a mapping; all keys are texts."""
        data: dict[str, Any] = {}
        for event in self.events:
            if event.__class__ is MappingEndEvent:
                break
            if event.__class__ is not ScalarEvent:
                raise self.refuse("fault.key_not_text", event)
            self.node(event, keys)
            key, place = event.value, (event.start_mark.line, event.start_mark.column)
            here = (*keys, key)
            if key in data:
                self.faults.append(self.twice(here, place))
            value_event = next(self.events)
            value = self.node(value_event, here)
            # Nothing has no place of its own, and a block of keys or items stands under its key.
            flow = getattr(value_event, "flow_style", False)
            if flow or (value_event.__class__ is ScalarEvent and value is not None):
                self.places[here] = (*place, value_event.start_mark.line, value_event.start_mark.column)
            else:
                self.places[here] = (*place, *place)
            data[key] = value
        return data

    def items(self, keys: Keys) -> list[Any]:
        """Read the items up to the end of a list."""
        data: list[Any] = []
        for event in self.events:
            if event.__class__ is SequenceEndEvent:
                break
            here = (*keys, len(data))
            place = event.start_mark.line, event.start_mark.column
            self.places[here] = (*place, *place)
            data.append(self.node(event, here))
        return data

    def twice(self, keys: Keys, place: tuple[int, int]) -> Fault:
        """Name both places of a key that stands twice."""
        values = {"found": keys[-1], "first": self.places[keys][0] + 1}
        return self.file.fault(
            "fault.key_twice", values, line=place[0] + 1, column=place[1] + 1, key=dotted(keys[:-1])
        )

    def refuse(self, code: str, event: Any, **values: object) -> StudyError:
        """Refuse what YAML has and the files of a study have not."""
        mark = event.start_mark
        return StudyError([self.file.fault(code, values, line=mark.line + 1, column=mark.column + 1)])


def _plain(text: str) -> Any:
    """Read a text without quotes as what YAML 1.2 takes it for."""
    if text in NOTHING:
        return None
    if text in TRUTH:
        return TRUTH[text]
    if text[0] in "+-.0123456789":
        if WHOLE.fullmatch(text) and len(text) < 100:
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if NUMBER.fullmatch(text):
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def spelled(value: object) -> str | Word:
    """Show a value found in a file: a text in quotes, a mapping or a long list by its kind; long texts are cut."""
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else value[: LONGEST - 1] + "…")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list) and all(isinstance(item, (str, float, int)) for item in value):
        text = f"[{', '.join(map(str, value))}]"
        return text if len(text) <= LONGEST else Word("fault.a_list")
    if isinstance(value, (list, dict)):
        return Word("fault.a_list" if isinstance(value, list) else "fault.keys")
    return Word("fault.none") if value is None else str(value)
