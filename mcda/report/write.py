"""Write a report into a folder, whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking
from mcda.errors import Fault, StudyError
from mcda.explain import Lead, explain_lead
from mcda.report import alt, plots, tables
from mcda.report.grid import Table, to_csv
from mcda.report.manifest import manifest
from mcda.report.markdown import report_markdown
from mcda.report.page import report_page
from mcda.study.scenario import Case

RECORD = "manifest.json"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")  # what desktops leave in folders that were looked at


def write_report(case: Case, folder: str | os.PathLike[str], *, lang: str = "en", command: str) -> list[str]:
    """Write the report of a case: ``report.md``, ``index.html``, tables, figures and ``manifest.json``.

    Everything is made first and written into a folder beside the named one, which then takes its place. An earlier
    report is replaced; whatever goes wrong before that leaves it as it was.

    Parameters
    ----------
    folder : where the report shall lie; may hold an earlier report and nothing else
    lang : of the study's titles
    command : as typed, for the manifest

    Returns
    -------
    names of the files, relative to the folder

    Raises
    ------
    StudyError
        Where the folder holds files that are not a report's, or cannot be written.
    """
    place = Path(folder).resolve()
    try:
        _recover(place)
        _refuse_foreign(place)
        files = contents(case, lang=lang, command=command)
        _put(place, files)
    except OSError as error:
        values = {"found": str(folder), "reason": error.strerror or str(error)}
        raise StudyError([Fault(code="report.cannot_write", values=values)]) from error
    return list(files)


def contents(case: Case, *, lang: str = "en", command: str) -> dict[str, bytes]:
    """Make the bytes of every file of a report, by name."""
    scenario = case.scenario
    ranking = rank(case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options)
    best = [ranking.alternatives[i] for i in ranking.order()[:2]]
    lead = explain_lead(case, *best) if len(best) == 2 else None
    beside = {f"tables/{name}.csv": table for name, table in _tables(case, ranking, lead).items()}
    figures = _figures(case, ranking, lead, lang)
    names = ["report.md", "index.html", *beside, *figures, RECORD]
    record = manifest(case, command=command, packages=("matplotlib", "Jinja2"))
    text = report_markdown(case, ranking, lead, record, lang, files=beside)
    page = report_page(case, ranking, lead, record, lang, files=names)
    return {
        "report.md": text.encode(),
        "index.html": page.encode(),
        **{name: to_csv(table).encode("utf-8-sig") for name, table in beside.items()},
        **figures,
        RECORD: (json.dumps({**record, "files": names}, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def _tables(case: Case, ranking: Ranking, lead: Lead | None) -> dict[str, Table]:
    """Make the tables that are written as files, those that have something to say."""
    out = {
        "ranking": tables.ranking(case, ranking),
        "weights": tables.weights(case),
        "criterion_scores": tables.criterion_scores(case),
        "matrix": tables.matrix(case),
    }
    if lead is not None:
        out["contributions"] = tables.contributions(lead, case)
    if case.leaves:
        out |= {"cells": tables.cells(case), "codings": tables.codings(case)}
    else:
        out["swot"] = tables.swot(case)
    if case.priorities:
        out |= {"judgements": tables.judgements(case), "consistency": tables.consistency(case)}
    out |= {"changes": tables.changes(case), "evidence": tables.evidence(case), "sources": tables.sources(case)}
    return {name: table for name, table in out.items() if table.rows}


def _figures(case: Case, ranking: Ranking, lead: Lead | None, lang: str) -> dict[str, bytes]:
    drawn = {
        "ranking": (plots.ranking(case, ranking, lang), alt.ranking(case, ranking, lang)),
        "scorecard": (plots.scorecard(case, lang), alt.scorecard(case, lang)),
    }
    if lead is not None:
        drawn["contributions"] = (plots.contributions(lead, case, lang), alt.contributions(lead, case, lang))
    return {
        f"figures/{name}.{ending}": data
        for name, (figure, words) in drawn.items()
        for ending, data in plots.render(figure, title=case.scenario.title.get(lang), description=words).items()
    }


def _refuse_foreign(place: Path) -> None:
    """Refuse a folder that holds anything an earlier report did not write."""
    if not place.exists():
        return
    if not place.is_dir():
        raise StudyError([Fault(code="report.not_a_folder", values={"found": str(place)})])
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_symlink() or not path.is_dir()}
    foreign = sorted(name for name in there - _written(place) if Path(name).name not in LITTER)
    if foreign:
        values = {"found": str(place), "files": ", ".join(foreign[:3]), "more": ", …" if len(foreign) > 3 else ""}
        raise StudyError([Fault(code="report.foreign_files", values=values)])


def _written(place: Path) -> set[str]:
    """Give the files that the manifest of an earlier report names, itself included; nothing where it is not ours."""
    try:
        record = json.loads((place / RECORD).read_text("utf-8"))
        return set(record["files"]) if "mcda" in record["versions"] else set()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()


def _put(place: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder beside the place and let it take the place; leave nothing behind on failure."""
    made = [folder for folder in place.parents if not folder.exists()]
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.parent / f".{place.name}.{secrets.token_hex(4)}.new"
    try:
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(data)
        _swap(fresh, place)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _swap(fresh: Path, place: Path) -> None:
    """Let a folder take the place of another; the other returns if that fails."""
    old = _aside(place)
    try:
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _aside(place: Path) -> Path:
    """Say where the earlier report waits while the new one takes its place."""
    return place.parent / f".{place.name}.old"


def _recover(place: Path) -> None:
    """Put an earlier report back that a run left aside when it was killed between two steps."""
    old = _aside(place)
    if _written(old) and not place.exists():
        old.rename(place)
    elif _written(old):
        shutil.rmtree(old)
