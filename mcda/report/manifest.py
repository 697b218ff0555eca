"""What is needed to get the same bytes again; nothing in it differs from run to run."""

from __future__ import annotations

import hashlib
import platform
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

import mcda
from mcda.engine.methods import METHODS
from mcda.study.model import Study
from mcda.study.scenario import Case

ELSEWHERE = ("-o", "--out", "--output", "--study", "--jobs", "--cluster")  # options that say where, not what
ALONE = ("--resume",)  # such an option without a value


def manifest(
    case: Case, *, command: str, seed: int | None = None, draws: int | None = None, packages: Sequence[str] = ()
) -> dict[str, object]:
    """Describe a run on a study: its title and hash, inputs, versions, seed, draws and command.

    Parameters
    ----------
    case : what was computed on
    command : as typed; the options that say where files lie (``-o``, ``--study``) are left out
    seed, draws : of the sampling; None where nothing was drawn
    packages : distributions that had a part in the result, besides numpy

    Returns
    -------
    dict of plain values, ready for JSON
    """
    study = {
        "key": case.study.key,
        "title": case.study.title.en,
        "sha256": study_hash(case.study.hashes),
        "scenario": case.scenario.key,
    }
    inputs = dict(sorted({**case.study.hashes, **case.scenario.hashes}.items()))
    return _record(study, inputs, command, seed, draws, (*packages, *_borrowed(case)))


def manifest_of_file(path: Path, *, command: str, packages: Sequence[str] = ()) -> dict[str, object]:
    """Describe a run on one file, such as a plain decision matrix or a table of judgements."""
    name, digest = path.name, hashlib.sha256(path.read_bytes()).hexdigest()
    return _record({"key": None, "title": name, "sha256": digest}, {name: digest}, command, None, None, packages)


def manifest_of_study(
    study: Study,
    inputs: Mapping[str, str],
    *,
    command: str,
    seed: int | None = None,
    draws: int | None = None,
    packages: Sequence[str] = (),
) -> dict[str, object]:
    """Describe a run on many scenarios; who computed them, and whether it was resumed, is no part of it."""
    named: dict[str, object] = {"key": study.key, "title": study.title.en, "sha256": study_hash(study.hashes)}
    files = dict(sorted({**study.hashes, **inputs}.items()))
    typed = [Path(word).name if Path(word).is_absolute() else word for word in shlex.split(plain_command(command))]
    return _record(named, files, shlex.join(typed), seed, draws, packages)


def manifest_of_program(
    *, command: str, seed: int | None = None, draws: int | None = None, packages: Sequence[str] = ()
) -> dict[str, object]:
    """Describe a run on nothing but the program itself."""
    return _record({"key": None, "title": None, "sha256": None}, {}, command, seed, draws, packages)


def scenario_hashes(study: Study) -> dict[str, str]:
    """Give SHA-256 of every file of the study's scenarios and claims, by name."""
    folder = study.scenario_folder
    paths = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("*/*.yaml"))]
    return {
        f"scenarios/{path.relative_to(folder).as_posix()}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file()
    }


def study_hash(hashes: Mapping[str, str]) -> str:
    """Give one SHA-256 for all files of a study: of the lines ``name hash``, sorted by name."""
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def plain_command(command: str) -> str:
    """Leave out of a command the options that say where files lie, and where and in how many goes it runs."""
    kept: list[str] = []
    words = iter(shlex.split(command))
    for word in words:
        if word in ELSEWHERE:
            next(words, None)
        elif word not in ALONE and not any(word.startswith(f"{o}=") for o in ELSEWHERE) and not _joined(word):
            kept.append(word)
    return shlex.join(kept)


def _borrowed(case: Case) -> tuple[str, ...]:
    """Name the package that a method of the case is borrowed from."""
    entry = METHODS.get(case.scenario.method)
    return ("pymcdm",) if entry and getattr(entry.kernel, "__module__", "").endswith(".borrowed") else ()


def _joined(word: str) -> bool:
    return word.startswith("-o") and not word.startswith("--")


def _record(
    study: Mapping[str, object],
    inputs: Mapping[str, str],
    command: str,
    seed: int | None,
    draws: int | None,
    packages: Sequence[str],
) -> dict[str, object]:
    versions = {"python": platform.python_version(), "mcda": mcda.__version__, "numpy": np.__version__}
    if packages:
        from importlib.metadata import version  # slow to load, and most runs need numpy's version alone

        versions |= {name: version(name) for name in sorted(packages)}
    return {
        "study": dict(study),
        "inputs": dict(inputs),
        "versions": versions,
        "seed": seed,
        "draws": draws,
        "command": plain_command(command),
    }
