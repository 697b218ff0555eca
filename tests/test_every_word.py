"""No word that a person reads stands outside the catalogue: with an empty one only data, keys and names are left."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

import mcda.words
from mcda.cli import cli
from mcda.engine.ahp.consistency import RANDOM_INDEX
from mcda.engine.methods import EXCLUDED, METHODS
from mcda.engine.normalize import NORMALIZATIONS
from mcda.engine.weights import WEIGHTINGS
from tests.catalogues import read, texts

COMMANDS = (
    "rank",
    "rank --method vikor --format markdown",
    "rank --method promethee",
    "explain {0} --format markdown",
    "explain {0} {1}",
    "compare baseline {2}",
    "sweep",
    "flip {1}",
    "robustness --vary both --draws 500",
    "importance --draws 64",
    "reversal",
    "methods",
    "scenarios",
    "check",
    "flip nobody",
    "rank nothing",
    "rank -w nothing=0.4",
    "rank --method nothing",
    "batch {2} -o out",
)
WORD = re.compile(r"[^\W\d_]{3,}")


def emptied(text: str) -> str:
    """Take every letter out of a message but for what its braces bring."""
    out = ""
    for literal, name, spec, how in Formatter().parse(text):
        out += re.sub(r"[^\W\d_]", "·", literal).replace("{", "{{").replace("}", "}}")
        if name is not None:
            out += "{" + name + (f"!{how}" if how else "") + (f":{spec}" if spec else "") + "}"
    return out


@pytest.fixture
def no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = mcda.words.template
    monkeypatch.setattr(mcda.words, "template", lambda key, lang, count=None: emptied(whole(key, lang, count)))


def words_of(item: object) -> set[str]:
    """Give all words of a file's data: keys, titles, reasons."""
    if isinstance(item, dict):
        return set().union(*(words_of(key) | words_of(value) for key, value in item.items()))
    if isinstance(item, list):
        return set().union(*map(words_of, item))
    return set(WORD.findall(str(item)))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "own"), "--empty"])
    assert result.exit_code == 0, result.output
    other = "title: Other\nbased_on: baseline\nweights: {pairwise: [{first: cost, second: quality, ratio: 3}]}\n"
    (tmp_path / "own" / "scenarios" / "other.yaml").write_text(other, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "own")
    return tmp_path / "own"


def names_of_the_program(folder: Path) -> set[str]:
    """Give what is no word of a language: keys, titles of methods and of papers, options, words of files."""
    data = set()
    for path in folder.rglob("*.yaml"):
        data |= words_of(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) | words_of(path.stem)
    for path in folder.rglob("*.csv"):
        data |= words_of(path.read_text(encoding="utf-8"))
    for key, method in METHODS.items():
        data |= words_of([key, method.title, method.reference, list(method.takes)])
    for entry in read("en", "term"):
        data |= words_of(list(texts(entry)))
    for method in METHODS.values():
        data |= words_of([option.default for option in method.takes.values()])
    for key, weighting in WEIGHTINGS.items():
        data |= words_of([key, weighting.title, weighting.reference])
    for index in RANDOM_INDEX.values():
        data |= words_of(index.title)
    return data | words_of([list(NORMALIZATIONS), list(EXCLUDED), str(folder), "mcda", "nobody", "nothing", "out", "baseline", "ratings"])


def test_commands_print_words_of_the_catalogue_alone(study: Path, no_words: None) -> None:
    known = names_of_the_program(study)
    keys = sorted(YAML(typ="safe").load((study / "criteria" / "study.yaml").read_text(encoding="utf-8"))["alternatives"])
    for command in COMMANDS:
        shutil.rmtree("out", ignore_errors=True)
        result = CliRunner().invoke(cli, command.format(*keys[:2], "other").split())
        said = result.output + "".join(f"{fault}\n" for fault in getattr(result.exception, "faults", ()))
        left = {word for word in WORD.findall(said) if word not in known}
        assert left == set(), f"{command}: {sorted(left)}: {said}"
