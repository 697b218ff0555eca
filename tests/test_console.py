"""Terminals: colour off where it is unwanted, plain text in pipes, letters that older consoles have."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from mcda.console import nearest

RANK = [sys.executable, "-m", "mcda", "rank", "kazakhstan"]


def said(*arguments: str, **environment: str) -> bytes:
    """What a command writes into a pipe."""
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONIOENCODING", "PYTHONUTF8")}
    return subprocess.run([*RANK, *arguments], env={**env, **environment}, capture_output=True, check=True).stdout


def drawn(*arguments: str, **environment: str) -> bytes:
    """What a command writes on a terminal."""
    ours, theirs = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PYTHONIOENCODING", "TERM")}
    env |= {"TERM": "xterm-256color", "COLUMNS": "120", **environment}
    with subprocess.Popen([*RANK, *arguments], env=env, stdout=theirs, stderr=subprocess.PIPE) as run:
        os.close(theirs)
        out = b""
        try:
            while part := os.read(ours, 65536):
                out += part
        except OSError:  # the other end was closed
            pass
        assert run.wait() == 0
    os.close(ours)
    return out


def test_a_terminal_gets_rules_and_colour_and_a_pipe_neither() -> None:
    shown = drawn()
    assert b"\x1b[" in shown
    assert "─".encode() in shown
    assert b"\x1b[" not in said()
    assert "─".encode() not in said()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"NO_COLOR": ""}, {"TERM": "dumb"}])
def test_colour_can_be_turned_off(environment: dict[str, str]) -> None:
    shown = drawn(**environment)
    assert not any(f"\x1b[{code}".encode() in shown for code in ("3", "4", "9"))  # colours; bold is none
    if "TERM" in environment:
        assert b"\x1b[" not in shown


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "cp437"])
@pytest.mark.parametrize("write", [said, drawn])
def test_consoles_of_other_times_get_letters_that_they_have(write, encoding: str, lang: str) -> None:
    text = write("--lang", lang, PYTHONIOENCODING=encoding).decode(encoding)
    if encoding != "cp437" or lang == "en":  # which has no Cyrillic letters
        assert "?" not in text
        assert {"en": "Alternative", "ru": "Альтернатива", "kk": "Балама"}[lang] in text


def test_pipes_are_utf_8_whatever_the_locale() -> None:
    assert "Жапония" in said("--lang", "kk", LC_ALL="C", LANG="C").decode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "text", "plain"),
    [
        ("cp1251", "Қазақ", "Казак"),
        ("cp866", "«Ә» — 1−2 ≥ 3…", '"А" - 1-2 >= 3...'),
        ("cp866", "€", "?"),
        ("ascii", "Pamučar", "Pamucar"),
        ("cp437", "Соболь", "??????"),
    ],
)
def test_a_letter_that_is_missing_becomes_its_neighbour(encoding: str, text: str, plain: str) -> None:
    written = ""
    for letter in text:
        try:
            letter.encode(encoding)
            written += letter
        except UnicodeEncodeError as error:
            written += nearest(encoding, error)[0]
    assert written == plain
