"""Save a scenario as the command line has changed it."""

from __future__ import annotations

from pathlib import Path

from mcda.batch.store import write_whole
from mcda.commands.named import STDIN
from mcda.errors import CommandError, Fault
from mcda.study.difference import briefly, written
from mcda.study.files import open_scenario
from mcda.study.grid import Grid
from mcda.study.model import Study, Title
from mcda.study.scenario import Scenario
from mcda.words import say


def save(file: Path, study: Study, name: str, scenario: Scenario) -> str:
    """Write a scenario into a new file, based on the one that was named, and say so.

    Parameters
    ----------
    file : ends in ``.yaml`` and does not exist; a file outside the study's folder can be based on one beside it
    name : as the command line named the scenario
    scenario : as it was changed; of a grid, the file is based on what the grid is based on
    """
    if file.suffix not in (".yaml", ".yml"):
        raise _refused("cli.save_name", found=str(file))
    if file.exists():
        raise _refused("cli.save_exists", found=str(file))
    if name == STDIN:
        raise _refused("cli.save_stdin")
    base = _base(file, study, name, scenario)
    old = scenario.title
    what = briefly(scenario, base or Scenario(key="", title=old)) or scenario.key
    title = Title(en=f"{old.en} ({what})", ru=old.ru and f"{old.ru} ({what})", kk=old.kk and f"{old.kk} ({what})")
    try:
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, written(study, scenario, base, title).encode())
    except OSError as error:
        raise _refused("cli.cannot_write", found=str(file), reason=error.strerror or str(error)) from None
    return say("cli.saved", found=file)


def _base(file: Path, study: Study, name: str, scenario: Scenario) -> Scenario | None:
    """Read what the file is based on: the scenario named; for one of a grid, what that is based on, if anything."""
    folder = study.scenario_folder.absolute()
    path = Path(name).absolute() if name.endswith((".yaml", ".yml")) else folder / f"{scenario.key}.yaml"
    if ":" in scenario.key:
        if not scenario.chain:
            return None
        path = folder / f"{scenario.chain[0]}.yaml"
    if path.parent not in (folder, file.absolute().parent):
        raise _refused("cli.save_base", found=str(file), base=path.stem)
    found, _ = open_scenario(study, path)
    if found is None or isinstance(found, Grid):
        raise _refused("cli.save_base", found=str(file), base=path.stem)
    return found.scenario


def _refused(code: str, **values: object) -> CommandError:
    return CommandError([Fault(code=code, values=values)])
