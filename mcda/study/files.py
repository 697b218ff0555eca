"""Read studies and scenarios from files, find the study in use, and check everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from mcda.engine.methods import rank
from mcda.errors import Fault, McdaError, StudyError, unknown
from mcda.study.grid import Grid, read_grid
from mcda.study.inherit import Read, Shelf, read_file, resolve
from mcda.study.load import STUDY, load
from mcda.study.model import Study
from mcda.study.scenario import Case, Scenario, build
from mcda.study.textfile import shown

PACKAGE = Path(__file__).parent.parent


def read_study(criteria: str | Path = "criteria", scenarios: str | Path | None = None) -> Study:
    """Read and check a study.

    Parameters
    ----------
    criteria : folder that holds ``study.yaml``, a file for each criterion, and the tables that they name
    scenarios : folder of the scenarios; None for the folder ``scenarios`` beside the criteria

    Returns
    -------
    Study, without its scenarios: see ``read_scenario``

    Raises
    ------
    StudyError
        With the faults of all files, by file and line.
    """
    study, faults = load(*_folders(criteria, scenarios))
    if study is None:
        raise StudyError(_in_order(faults))
    return study


def read_scenario(study: Study, name: str | Path) -> Scenario:
    """Read a scenario with everything it inherits, and check it against the study.

    Parameters
    ----------
    study : as ``read_study`` gives it
    name : key of a file in the study's folder of scenarios, or a path that ends in ``.yaml``; of a grid, what its
        scenarios start from is given

    Raises
    ------
    StudyError
        With the faults of the scenario and of what it is based on, by file and line.
    """
    found, faults = open_scenario(study, scenario_path(study, name))
    if found is None:
        raise StudyError(faults)
    return found.scenario


def scenario_path(study: Study, name: str | Path) -> Path:
    """Find the file of a scenario by its key in the study's folder, or by a path that ends in ``.yaml``.

    Raises
    ------
    StudyError
        For a key that the folder does not hold.
    """
    path = Path(name).absolute()
    if path.suffix in (".yaml", ".yml"):
        return path
    shelf = Shelf(study)
    found = shelf.find(str(name))
    if found is None:
        raise StudyError([unknown("scenario", str(name), shelf.keys())])
    return found


def open_scenario(study: Study, path: Path, *, read: Read | None = None) -> tuple[Case | Grid | None, list[Fault]]:
    """Read a scenario and build its case, or read a grid; None with the faults where anything is wrong.

    Parameters
    ----------
    study : as ``read_study`` gives it
    path : of the file, absolute
    read : what reads one file; None to read each anew
    """
    shelf = Shelf(study, read)
    case = _built(shelf, path)
    layer = None if case is None else shelf.layer(path)
    if case is None or layer is None or layer.entry.vary is None:
        return case, _in_order(shelf.faults)
    return read_grid(shelf, layer, case.scenario), _in_order(shelf.faults)


def scenario_keys(study: Study) -> list[str]:
    """List the keys of the scenarios in the study's folder."""
    return Shelf(study).keys()


def check(criteria: str | Path = "criteria", scenarios: str | Path | None = None) -> list[Fault]:
    """List every fault of a study and of all its scenarios, by file and line; every scenario is built and ranked.

    While the study has faults, each scenario file is checked by itself.
    """
    folder, scenario_folder = _folders(criteria, scenarios)
    study, faults = load(folder, scenario_folder)
    if study is None:
        for path in scenario_folder.glob("*.yaml"):
            faults += read_file(path)[1]
        return _in_order(faults)
    for key in scenario_keys(study):
        shelf, path = Shelf(study), scenario_folder.absolute() / f"{key}.yaml"
        case = _built(shelf, path)
        faults += shelf.faults if case is None else [shelf.relocated(fault, path) for fault in _rank_faults(case)]
        layer = None if case is None else shelf.layer(path)
        if case is not None and layer is not None and layer.entry.vary is not None:
            faults += shelf.faults if read_grid(shelf, layer, case.scenario) is None else []
    return _in_order(faults)


def _built(shelf: Shelf, path: Path) -> Case | None:
    """Resolve a scenario and build its case; None where anything is at fault, which is then left on the shelf."""
    scenario = resolve(shelf, path)
    if scenario is None or shelf.faults:
        return None
    try:
        return build(shelf.study, scenario)
    except McdaError as error:
        shelf.faults += [shelf.relocated(fault, path) for fault in error.faults]
        return None


def _rank_faults(case: Case) -> tuple[Fault, ...]:
    """Give what keeps the scenario's method from ranking its case, such as a 0 where logarithms are taken."""
    scenario = case.scenario
    try:
        rank(case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options)
    except McdaError as error:
        return tuple(replace(fault, key="method") for fault in error.faults)
    return ()


def _folders(criteria: str | Path, scenarios: str | Path | None) -> tuple[Path, Path]:
    folder = Path(criteria)
    return folder, folder.absolute().parent / "scenarios" if scenarios is None else Path(scenarios)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by file and place, each named once."""
    once = {fault.text(): fault for fault in faults}
    return sorted(once.values(), key=lambda fault: (fault.file or "", fault.line or 0, fault.column or 0, fault.text()))


class InUse(NamedTuple):
    """Where a study lies, and how it was found: named, in the current folder, or shipped with the package."""

    criteria: Path
    scenarios: Path
    where: Literal["option", "here", "shipped"]


def find_study(folder: str | Path | None = None) -> InUse:
    """Find the study in use: in ``folder``, else in the current folder, else the shipped one.

    ``folder`` holds ``criteria/`` and ``scenarios/``, or is a folder of criteria itself.

    Raises
    ------
    StudyError
        Where ``folder`` holds no study.
    """
    if folder is None:
        if (Path("criteria") / STUDY).is_file():
            return InUse(Path("criteria"), Path("scenarios"), "here")
        return InUse(shipped() / "criteria", shipped() / "scenarios", "shipped")
    folder = Path(folder)
    if (folder / "criteria" / STUDY).is_file():
        return InUse(folder / "criteria", folder / "scenarios", "option")
    if (folder / STUDY).is_file():
        return InUse(folder, folder.absolute().parent / "scenarios", "option")
    raise StudyError([Fault(code="fault.no_study", values={"found": shown(folder)})])


def shipped() -> Path:
    """Give the folder of the shipped study: inside the installed package, or around it in a checkout."""
    inside = PACKAGE / "shipped"
    return inside if inside.is_dir() else PACKAGE.parent
