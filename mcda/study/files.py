"""Read studies and scenarios from files, find the study in use, and check everything at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from mcda.engine.methods import rank
from mcda.errors import Fault, McdaError, StudyError, unknown
from mcda.study.grid import Grid, read_grid
from mcda.study.inherit import Layer, Read, Shelf, about_base, alone, resolve
from mcda.study.load import STUDY, load, read_parts
from mcda.study.model import Study
from mcda.study.scenario import Case, Scenario, build
from mcda.study.standin import StandIn, stand_in
from mcda.study.textfile import shown
from mcda.study.vary import vary_faults

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

    Examples
    --------
    >>> [criterion.key for criterion in read_study(shipped() / "criteria").criteria]
    ['institutionalization', 'investment_scale', 'sovereignty_risk', 'cultural_fit']
    """
    folder, scenario_folder = _folders(criteria, scenarios)
    parts = read_parts(folder)
    study = load(parts, scenario_folder)
    if study is None:
        raise StudyError(in_order(parts.faults))
    return study


def read_scenario(study: Study, name: str | Path) -> Scenario:
    """Read a scenario with everything it inherits, and check it against the study.

    Parameters
    ----------
    study : as ``read_study`` gives it
    name : key of a file in the study's folder of scenarios, or a path that ends in ``.yaml``; of a grid, what its
        scenarios start from is given

    Returns
    -------
    Scenario

    Raises
    ------
    StudyError
        With the faults of the scenario and of what it is based on, by file and line.

    Examples
    --------
    >>> read_scenario(read_study(shipped() / "criteria"), "baseline").method
    'topsis'
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
    found = _read(shelf, path)
    return None if shelf.faults else found, in_order(shelf.faults)


def scenario_keys(study: Study) -> list[str]:
    """List the keys of the scenarios in the study's folder."""
    return Shelf(study).keys()


def check(criteria: str | Path = "criteria", scenarios: str | Path | None = None) -> list[Fault]:
    """List every fault of a study and of all its scenarios, by file and line; every scenario is built and ranked.

    While the study has faults, scenarios are held against what is known of it, and not ranked.
    """
    return checked(criteria, scenarios).faults


@dataclass(frozen=True, kw_only=True, eq=False)
class Checked:
    """A study and its scenarios once checked.

    Attributes
    ----------
    study : with stand-ins for what is at fault
    whole : whether the study itself is without fault
    faults : of the study and of its scenarios, in order
    sure : what keeps, of further faults found with the help of the study, those that are none of the stand-ins' doing
    unread : names of files in the folder of criteria that the study does not name
    """

    study: Study
    whole: bool
    faults: list[Fault]
    sure: Callable[[Iterable[Fault]], Iterable[Fault]]
    unread: tuple[str, ...]


def checked(criteria: str | Path = "criteria", scenarios: str | Path | None = None) -> Checked:
    """Check a study and its scenarios as ``check`` does, and give what else can be checked with its help."""
    folder, scenario_folder = _folders(criteria, scenarios)
    parts = read_parts(folder)
    study = load(parts, scenario_folder)
    known = stand_in(parts, scenario_folder) if study is None else StandIn(study=study, names=True, evidence=True)
    faults = known.sure(_scenario_faults(known.study, ranked=study is not None))
    return Checked(
        study=known.study,
        whole=study is not None,
        faults=in_order([*parts.faults, *faults]),
        sure=known.sure,
        unread=parts.unread,
    )


def _scenario_faults(study: Study, *, ranked: bool) -> list[Fault]:
    """List every fault of a study's scenarios; where ``ranked``, also what keeps one from being ranked."""
    faults: list[Fault] = []
    for key in scenario_keys(study):
        shelf, path = Shelf(study), study.scenario_folder.absolute() / f"{key}.yaml"
        found = _read(shelf, path)
        faults += shelf.faults
        if ranked and found is not None and not shelf.faults:
            case = found if isinstance(found, Case) else build(study, found.scenario)
            faults += [shelf.relocated(fault, path) for fault in _rank_faults(case)]
    return faults


def _read(shelf: Shelf, path: Path) -> Case | Grid | None:
    """Read a scenario and build its case, or read a grid; None where anything is at fault, which is on the shelf."""
    case = _built(shelf, path)
    layer = shelf.layer(path)
    if layer is None or layer.entry.vary is None:
        return case
    if case is not None:
        return read_grid(shelf, layer, case.scenario)
    own = alone(layer)
    shelf.faults += [fault for fault in vary_faults(shelf.study, layer.shaped, own) if not _about_method(fault, layer)]
    shelf.profiles(layer, (layer.entry.vary.weights.profiles if layer.entry.vary.weights else None) or [])
    return None


def _about_method(fault: Fault, layer: Layer) -> bool:
    """Tell whether a fault of what varies may be none with what a base chooses or adds."""
    entry = layer.entry
    chosen = entry.based_on is None or entry.method or (entry.vary and entry.vary.method)
    option = fault.code == "fault.vary_option" or str(fault.key).startswith("vary.options.")
    return (option and not chosen) or (entry.based_on is not None and about_base(fault))


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


def in_order(faults: Iterable[Fault]) -> list[Fault]:
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
