"""Every ``$ mcda …`` line of the README runs and prints what the README shows; `…` alone on a line skips lines."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MCDA = [sys.executable, "-c", "from mcda.cli import main; main()"]


def sessions() -> list[tuple[str, str]]:
    """Commands of all console blocks with the output shown below each."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("mcda "):
                found.append((command, output.strip("\n")))
    return found


def matches(shown: str, printed: str) -> bool:
    lines = (r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed.strip("\n") + "\n") is not None


@pytest.mark.parametrize(("command", "shown"), sessions(), ids=lambda item: item.splitlines()[0][:60] if item else "")
def test_readme_session_is_true(command: str, shown: str, tmp_path: Path) -> None:
    arguments = [str(tmp_path / "out") if word in ("DIR", "my-study") else word for word in shlex.split(command)[1:]]
    done = subprocess.run([*MCDA, *arguments], capture_output=True, text=True, cwd=tmp_path, encoding="utf-8")
    assert done.returncode in (0, 3), done.stderr
    printed = "\n".join(line.rstrip() for line in done.stdout.replace(str(tmp_path / "out"), "my-study").splitlines())
    if shown:
        assert matches("\n".join(line.rstrip() for line in shown.splitlines()), printed), printed


def test_the_comparison_can_fail() -> None:
    assert matches("a\n…\nd", "a\nb\nc\nd")
    assert not matches("a\n…\nd", "a\nb\nc\ne")


def test_every_command_stands_in_the_readme() -> None:
    from mcda.cli import cli

    for name in cli.commands:
        assert f"mcda {name}" in README, name
