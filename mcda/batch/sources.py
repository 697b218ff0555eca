"""What a batch is asked to run: scenarios and grids by key, file or folder; claims are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mcda.batch.weightings import point
from mcda.errors import CommandError, Fault, McdaError, StudyError, unknown
from mcda.study.files import open_scenario, scenario_keys
from mcda.study.grid import Grid, single
from mcda.study.inherit import Layer, layer_of
from mcda.study.located import Located, locate
from mcda.study.model import Study
from mcda.study.names import meant
from mcda.study.scenario import build
from mcda.study.schema import ScenarioFile
from mcda.study.shape import shape
from mcda.study.textfile import is_file, read_text, shown

POINT = re.compile(r"(?P<grid>.+):(?P<number>[0-9]+)")
CLAIM = frozenset({"claim", "asserted"})  # keys that a claim has and a scenario has not
MOST = 1_000_000_000  # scenarios of one grid
REMEMBERED = 64  # files that stay in memory


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """A scenario or a grid once read.

    Attributes
    ----------
    name : of the scenario, or of the grid
    grid : a scenario is a grid of one; None where it is at fault
    varies : whether it is a grid by its file
    faults : of the file and of what it is based on
    """

    name: str
    grid: Grid | None
    varies: bool = False
    faults: tuple[Fault, ...] = ()


class Reader:
    """Reads scenario files, and remembers those that many others are based on."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.located = lru_cache(REMEMBERED)(self._locate)
        self.layer = lru_cache(REMEMBERED)(self._layer)

    def is_claim(self, path: Path) -> bool:
        """Tell whether a file holds a claim rather than a scenario."""
        try:
            return bool(self.located(path).data.keys() & CLAIM)
        except StudyError:
            return False

    def _locate(self, path: Path) -> Located:
        return locate(read_text(path))

    def _layer(self, path: Path) -> tuple[Layer | None, list[Fault]]:
        try:
            return layer_of(self.study, path, shape(self.located(path), ScenarioFile))
        except StudyError as error:
            return None, list(error.faults)


def gather(study: Study, paths: Iterable[str]) -> tuple[list[Source], int]:
    """Read all that is named, in the order given; what is named twice is run once, and claims are counted.

    Raises
    ------
    CommandError
        For a name that is no scenario, file or folder, and where two scenarios would have the same name in the results.
    """
    reader, keys = Reader(study), scenario_keys(study)
    named: dict[str, tuple[Path, int | None]] = {}
    sources: list[Source] = []
    claims = 0
    for given in paths:
        for name, path, number in _files(study, given, keys):
            if reader.is_claim(path):
                claims += 1
            elif name not in named:
                source = _source(study, name, path, number, reader)
                if named.setdefault(source.name, (path, number)) == (path, number):
                    sources.append(source)
                named[name] = path, number
            elif named[name] != (path, number):
                values = {"found": name, "first": shown(named[name][0]), "second": shown(path)}
                raise CommandError([Fault(code="fault.same_name", values=values)])
    return sources, claims


def _files(study: Study, given: str, keys: list[str]) -> Iterator[tuple[str, Path, int | None]]:
    """Give the files that an argument names, each with its name in the results and the number of a grid's scenario."""
    folder = study.scenario_folder.absolute()
    match = POINT.fullmatch(given)
    key, grid = meant(given, keys), meant(match["grid"], keys) if match else None
    if key is not None:
        yield key, folder / f"{key}.yaml", None
    elif match and grid is not None:
        yield f"{grid}:{match['number']}", folder / f"{grid}.yaml", int(match["number"])
    elif Path(given).is_dir():
        for path in sorted(Path(given).absolute().glob("*.y*ml")):
            yield path.stem, path, None
    elif Path(given).suffix in (".yaml", ".yml") and is_file(Path(given)):
        yield Path(given).stem, Path(given).absolute(), None
    else:
        raise CommandError([unknown("scenario, file or folder", given, keys)])


def _source(study: Study, name: str, path: Path, number: int | None, reader: Reader) -> Source:
    found, faults = open_scenario(study, path, read=reader.layer)
    if found is None:
        return Source(name=name, grid=None, faults=tuple(faults))
    if isinstance(found, Grid):
        if number is not None:
            return _point(study, name, found, number)
        faults = _too_many(found)
        return Source(name=name, grid=None if faults else found, varies=True, faults=tuple(faults))
    return Source(name=name, grid=single(study, found.scenario))


def _point(study: Study, name: str, grid: Grid, number: int) -> Source:
    try:
        scenario = point(study, grid, number)
        build(study, scenario)
    except McdaError as error:
        return Source(name=name, grid=None, faults=error.faults)
    return Source(name=scenario.key, grid=single(study, scenario))


def _too_many(grid: Grid) -> list[Fault]:
    values = {"found": f"{grid.size:,}", "most": f"{MOST:,}"}
    return [Fault(code="fault.grid_size", values=values, key=grid.scenario.key)] if grid.size > MOST else []
