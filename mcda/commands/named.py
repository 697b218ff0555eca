"""Find the scenario that the command line names: a key, a file, one of a grid, or what comes in on stdin."""

from __future__ import annotations

import sys
from pathlib import Path

from mcda.errors import CommandError, Fault, StudyError, unknown
from mcda.study.files import open_scenario, scenario_keys
from mcda.study.grid import Grid
from mcda.study.inherit import Layer, layer_of, read_file, shaped_text
from mcda.study.model import Study
from mcda.study.names import meant
from mcda.study.scenario import Case, Scenario
from mcda.study.textfile import text_of

STDIN = "-"


def named_scenario(study: Study, name: str) -> Scenario:
    """Read a scenario: by key, from a file (``mine.yaml``), by its number in a grid (``grid:42``), from stdin (``-``).

    Raises
    ------
    CommandError
        For a key that does not exist, and for a whole grid.
    StudyError
        With the faults of the scenario and of what it is based on.
    """
    if name == STDIN:
        return _single(name, _from_stdin(study))
    keys, folder = scenario_keys(study), study.scenario_folder.absolute()
    if name.endswith((".yaml", ".yml")):
        return _single(name, _read(study, Path(name).absolute()))
    key = meant(name, keys)
    if key is not None:
        return _single(key, _read(study, folder / f"{key}.yaml"))
    before, _, number = name.rpartition(":")
    grid = meant(before, keys)
    if grid is None or not number.isdecimal():
        raise CommandError([_no_scenario(study, name, keys)])
    found = _read(study, folder / f"{grid}.yaml")
    if not isinstance(found, Grid):
        raise CommandError([Fault(code="fault.no_grid", values={"found": grid, "number": number})])
    from mcda.batch.weightings import point  # which loads what draws weights

    try:
        return point(study, found, int(number))
    except StudyError as error:
        if not 1 <= int(number) <= found.size:
            raise CommandError(error.faults) from None
        raise


def _no_scenario(study: Study, name: str, keys: list[str]) -> Fault:
    """Say that a name is no scenario, or that it is a claim."""
    from mcda.study.claims import claim_keys  # which loads more than most commands need

    claim = meant(name, claim_keys(study))
    return unknown("scenario", name, keys) if claim is None else Fault(code="cli.is_claim", values={"found": claim})


def _single(name: str, found: Case | Grid) -> Scenario:
    if isinstance(found, Grid):
        values = {"found": name, "size": f"{found.size:,}", "example": found.name(1)}
        raise CommandError([Fault(code="fault.grid_point", values=values)])
    return found.scenario


def _read(study: Study, path: Path) -> Case | Grid:
    found, faults = open_scenario(study, path)
    if found is None:
        raise StudyError(faults)
    return found


def _from_stdin(study: Study) -> Case | Grid:
    """Read a scenario from stdin; what it is based on lies in the current folder or in the study's."""
    path = Path("stdin.yaml").absolute()
    text = text_of(path, "stdin", sys.stdin.buffer.read())

    def read(other: Path) -> tuple[Layer | None, list[Fault]]:
        return layer_of(study, other, shaped_text(text) if other == path else read_file(other))

    found, faults = open_scenario(study, path, read=read)
    if found is None:
        raise StudyError(faults)
    return found
