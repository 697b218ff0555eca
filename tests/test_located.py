"""YAML with positions: values as YAML 1.2 has them, the place of every part, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

import mcda
from mcda.errors import StudyError
from mcda.study import located
from mcda.study.located import Located, dotted, locate, spelled
from mcda.study.textfile import TextFile, read_text

ROOT = Path(mcda.__file__).parent.parent


def from_text(text: str) -> Located:
    return locate(TextFile(path=Path("a.yaml"), name="a.yaml", text=text, digest=""))


def refused(text: str) -> str:
    with pytest.raises(StudyError) as error:
        from_text(text)
    assert len(error.value.faults) == 1
    return error.value.faults[0].text()


# Values. The core schema of YAML 1.2.2, section 10.3.2, table of tag resolution.
@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, None) for word in ("null", "Null", "NULL", "~", "")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0),
        ("0o7", 7),
        ("0x3A", 58),
        ("-19", -19),
        ("0.", 0.0),
        ("-0.0", 0.0),
        (".5", 0.5),
        ("+12e03", 12000.0),
        ("-2E+05", -200000.0),
        (".inf", float("inf")),
        ("-.Inf", float("-inf")),
    ],
)
def test_plain_words_are_read_as_in_the_core_schema(written: str, value: object) -> None:
    found = from_text(f"a: {written}\n").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "written", ["NO", "yes", "on", "1:30", "2025-07-01", "5,1", "1_000", "0b1", "1/3", "-1-", "6O"]
)
def test_what_other_versions_convert_stays_text(written: str) -> None:
    assert from_text(f"a: {written}\n").data == {"a": written}


def test_not_a_number_is_read_as_such() -> None:
    found = from_text("a: .nan\n").data["a"]
    assert found != found


def test_quoted_words_are_texts_and_keys_are_texts() -> None:
    assert from_text("1: \"2\"\nNO: 'true'\n~: |\n  3\n").data == {"1": "2", "NO": "true", "~": "3\n"}


# Places.
TEXT = """\
# a comment
key: small
cells:
  road: {value: 3.5, evidence: [a, b]}
  rail:
    value:
    reason: >-
      long
list:
  - one
  - cell: x
    value: 2
"""


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        (("key",), (2, 1), (2, 6)),
        (("cells",), (3, 1), (3, 1)),
        (("cells", "road"), (4, 3), (4, 9)),
        (("cells", "road", "value"), (4, 10), (4, 17)),
        (("cells", "road", "evidence"), (4, 22), (4, 32)),
        (("cells", "road", "evidence", 1), (4, 36), (4, 36)),
        (("cells", "rail", "value"), (6, 5), (6, 5)),
        (("cells", "rail", "reason"), (7, 5), (7, 13)),
        (("list", 0), (10, 5), (10, 5)),
        (("list", 1), (11, 5), (11, 5)),
        (("list", 1, "value"), (12, 5), (12, 12)),
        (("cells", "rail", "low"), (5, 3), (5, 3)),  # absent: shown at the part around it
    ],
)
def test_place_of_keys_and_values(keys: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    file = from_text(TEXT)
    at_key, at_value = file.fault("fault.syntax", keys=keys, at="key"), file.fault("fault.syntax", keys=keys)
    assert (at_key.line, at_key.column) == key
    assert (at_value.line, at_value.column) == value


def test_data_of_the_same_text() -> None:
    assert from_text(TEXT).data == {
        "key": "small",
        "cells": {
            "road": {"value": 3.5, "evidence": ["a", "b"]},
            "rail": {"value": None, "reason": "long"},
        },
        "list": ["one", {"cell": "x", "value": 2}],
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("[cs]*/*.yaml")), ids=lambda path: path.stem)
def test_data_and_places_do_not_depend_on_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = read_text(path)
    fast = locate(file)
    monkeypatch.setattr(located, "YAML", lambda typ, pure=True: YAML(typ=typ, pure=True))
    slow = locate(file)
    assert fast.data == slow.data
    assert fast.places == slow.places


def test_data_are_those_of_the_safe_loader() -> None:
    for path in ROOT.glob("[cs]*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert as_texts(locate(read_text(path)).data) == as_texts(YAML(typ="safe", pure=True).load(text)), path


def as_texts(data: object) -> object:
    """Make all keys texts, as `locate` gives them."""
    if isinstance(data, dict):
        return {str(key): as_texts(value) for key, value in data.items()}
    return [as_texts(item) for item in data] if isinstance(data, list) else data


# What is refused.
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.yaml:1:1: the file is empty: write keys with their values, such as title: …"),
        ("# only this\n", "a.yaml:1:1: the file is empty: write keys with their values, such as title: …"),
        ("---\n", "a.yaml:1:1: the file is empty: write keys with their values, such as title: …"),
        ("word\n", "a.yaml:1:1: the file holds 'word': write keys with their values, such as title: …"),
        ("? [a]\n: 1\n", "a.yaml:1:3: a list or a mapping stands in the place of a key: write a word"),
        ("a: &x 1\n", "a.yaml:1:4: &x is a shorthand of YAML that is not read here: write the value itself"),
        ("a: *x\n", "a.yaml:1:4: *x is a shorthand of YAML that is not read here: write the value itself"),
        ("<<: *x\n", "a.yaml:1:5: *x is a shorthand of YAML that is not read here: write the value itself"),
        ("&x a: 1\n", "a.yaml:1:1: &x is a shorthand of YAML that is not read here: write the value itself"),
        ("a: !x 1\n", "a.yaml:1:4: a tag of YAML (!) stands here: write the value without it"),
        ("a: " + "[" * 30, "a.yaml:1:23: lists or keys lie more than 20 deep: write the file flatter"),
        ("a: \x07\n", "a.yaml:1:4: character U+0007 cannot stand in a text: take it out"),
        ("a: 1\nb\n", "a.yaml:2:1: no colon stands after the key: write key: value, with a space after the colon"),
        ("a:1\nb: 2\n", "a.yaml:1:1: no colon stands after the key: write key: value, with a space after the colon"),
        ("a: b: c", "a.yaml:1:5: a second colon stands in the line: put the whole text after the first one in quotes"),
        (
            "a: 1\n  b: 2\n",
            "a.yaml:2:3: this does not line up with the lines above: give the keys of one level the same indentation",
        ),
        ("a: - b\n", "a.yaml:1:4: a list begins on the line of its key: begin it on the next line"),
        ('a: "\\q"\n', "a.yaml:1:6: a backslash stands in double quotes: use single quotes"),
        ("a: [, 1]\n", "a.yaml:1:5: ',' stands where a value belongs: write one, or put the text in quotes"),
        ("a: |x\n b", "a.yaml:1:5: a text stands right after | or >: begin it on the next line, or put it in quotes"),
        ("%YAML 9.9\n---\na: 1\n", "a.yaml:1:1: this is not YAML: look for a quote, a bracket or a colon that is "
         "missing or too many"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    assert refused(text) == message


@pytest.mark.parametrize("text", ["a: 'x\n", "a: [1\nb: 2\n", "a:\n\tb: 1\n", "a: b: c\n", "a: 1\n- b\n", "a: @x\n"])
def test_syntax_faults_do_not_depend_on_libyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = refused(text)
    monkeypatch.setattr(located, "YAML", lambda typ, pure=True: YAML(typ=typ, pure=True))
    assert refused(text) == before


def test_keys_that_stand_twice_are_all_named_and_the_rest_is_read() -> None:
    file = from_text("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [fault.text() for fault in file.faults] == [
        "a.yaml:2:11: b: key 'c' stands twice, first in line 2: keep one of them",
        "a.yaml:3:1: key 'a' stands twice, first in line 1: keep one of them",
    ]
    assert file.data == {"a": 3, "b": {"c": 2}}


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    levels = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert refused(f"a: &a [lol, lol]\n{levels}").startswith("a.yaml:1:4: &a is a shorthand")


# How faults are shown.


def test_snippet_has_the_lines_around_and_a_caret() -> None:
    fault = from_text("a: 1\nbb: 22\nc: 3\n").fault("fault.syntax", keys=("bb",))
    assert fault.full().splitlines()[1:] == ["  1 | a: 1", "  2 | bb: 22", "    |     ^", "  3 | c: 3"]


def test_long_lines_are_cut_around_the_caret() -> None:
    file = from_text("a: " + "x" * 300 + "\nb: [" + "y, " * 80 + "here, " + "z, " * 80 + "z]\n")
    fault = file.fault("fault.syntax", keys=("b", 80))
    lines = fault.snippet
    assert all(len(line) < 110 for line in lines)
    assert lines[0].startswith("  1 | a: xxx")
    assert lines[0].endswith("…")
    assert lines[1].startswith("  2 | …")
    assert lines[1].endswith("…")
    assert lines[1][lines[2].index("^") :].startswith("here")
    assert "\n" not in fault.text()


def test_what_cannot_be_printed_is_shown_as_a_dot() -> None:
    fault = from_text("a: 1 #\t\x85b: 2\n").fault("fault.syntax", keys=("b",))
    assert fault.line == 2
    assert fault.snippet == ("  1 | a: 1 #·", "  2 | b: 2", "    |    ^")


def test_paths_are_spelled_with_dots_and_count_from_one() -> None:
    assert dotted(("change", 0, "evidence", 2)) == "change.1.evidence.3"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a'b", '"a\'b"'),
        ("x" * 80, repr("x" * 59 + "…")),
        (True, "true"),
        (5.0, "5"),
        (0.1, "0.1"),
        (None, "an empty value"),
        ([1, 2.5, "a"], "[1, 2.5, a]"),
        ([{}], "a list"),
        ({"a": 1}, "keys with values"),
    ],
)
def test_values_are_shown_as_they_are_written(value: object, text: str) -> None:
    assert f"{spelled(value)}" == text
