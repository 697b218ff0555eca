"""Write a report into a folder, whole or not at all."""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from mcda.claim.data import as_data
from mcda.claim.examine import ClaimResult
from mcda.claim.told import notes
from mcda.engine.ranking import Ranking
from mcda.errors import Fault, StudyError
from mcda.explain import Lead
from mcda.report import alt, alt_sure, figures, tables
from mcda.report.briefing import PLACES
from mcda.report.claimed import claim_tables
from mcda.report.documents import documents, left_out, packages
from mcda.report.findings import Findings, findings
from mcda.report.grid import Table, to_csv, to_markdown
from mcda.report.letterhead import Letterhead
from mcda.report.manifest import manifest
from mcda.report.markdown import report_markdown
from mcda.report.numbers import rounded_data
from mcda.report.page import report_page
from mcda.report.prose import markdown
from mcda.report.workbook import write_workbook
from mcda.study.scenario import Case
from mcda.words import speaking

RECORD = "manifest.json"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")  # what desktops leave in folders that were looked at


def write_report(
    case: Case,
    folder: str | os.PathLike[str],
    *,
    lang: str = "en",
    command: str,
    letterhead: Letterhead | None = None,
    claims: Sequence[ClaimResult] = (),
) -> list[str]:
    """Write the report of a case: text, page, briefings, a folder for a paper, tables, figures and the manifest.

    Everything is made first and written into a folder beside the named one, which then takes its place. An earlier
    report is replaced; whatever goes wrong before that leaves it as it was.

    Parameters
    ----------
    folder : where the report shall lie; may hold an earlier report and nothing else
    lang : of the study's titles
    command : as typed, for the manifest
    letterhead : for the briefing in Word
    claims : that were tested; their specification curves are shown, and what was found is written beside

    Returns
    -------
    names of the files, relative to the folder

    Raises
    ------
    StudyError
        Where the folder holds files that are not a report's, or cannot be written; where the letterhead will not do.
    """
    place = Path(folder).resolve()
    try:
        _recover(place)
        _refuse_foreign(place)
        files = contents(case, lang=lang, command=command, letterhead=letterhead, claims=claims)
        _put(place, files)
    except OSError as error:
        values = {"found": str(folder), "reason": error.strerror or str(error)}
        raise StudyError([Fault(code="report.cannot_write", values=values)]) from error
    return list(files)


def contents(
    case: Case,
    *,
    lang: str = "en",
    command: str,
    letterhead: Letterhead | None = None,
    claims: Sequence[ClaimResult] = (),
) -> dict[str, bytes]:
    """Make the bytes of every file of a report, by name."""
    with speaking(lang):
        return _contents(case, lang, command, letterhead, claims)


def _contents(
    case: Case, lang: str, command: str, letterhead: Letterhead | None, claims: Sequence[ClaimResult]
) -> dict[str, bytes]:
    found = findings(case)
    ranking, lead = found.ranking, found.lead
    beside = {f"tables/{name}.csv": table for name, table in _tables(case, ranking, lead).items()}
    words = alt.words(found, lang)
    drawn, bare = _figures(found, words, lang)
    made_by = ("matplotlib", "Jinja2", "XlsxWriter", *packages())
    record = manifest(case, command=command, seed=found.seed, draws=found.draws, packages=made_by)
    record |= {"left_out": left_out()}
    if letterhead is not None:
        record |= {"letterhead": {"name": letterhead.name, "sha256": letterhead.sha256}}
    papers = documents(found, record, bare, lang=lang, letterhead=letterhead)
    tested = _claims(claims, lang)
    book = {"workbook.xlsx": _workbook(found, lang, command)}
    names = ["report.md", "index.html", *book, *papers, *tested, *beside, *drawn, RECORD]
    text = report_markdown(found, record, lang, files=beside, pictures=words)
    page = report_page(case, ranking, lead, record, lang, files=names, rivals=found.others, claims=claims)
    return {
        "report.md": text.encode(),
        "index.html": page.encode(),
        **book,
        **papers,
        **tested,
        **{name: to_csv(table).encode("utf-8-sig") for name, table in beside.items()},
        **drawn,
        RECORD: (json.dumps({**record, "files": names}, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def _workbook(found: Findings, lang: str, command: str) -> bytes:
    """Write the workbook in which weights and scores can be changed."""
    data = io.BytesIO()
    write_workbook(found.case, found.ranking, data, lang=lang, acceptability=found.weights, command=command)
    return data.getvalue()


def _claims(claims: Sequence[ClaimResult], lang: str) -> dict[str, bytes]:
    """Write what was found of each claim, in sentences, as data and as its specification curve."""
    out: dict[str, bytes] = {}
    for result in claims:
        said = "\n\n".join(markdown(note.text(lang)) for note in notes(result, lang))
        title = markdown(result.claim.title.get(lang))
        words = alt_sure.curve(result, lang)
        image = f"![{markdown(words)}]({result.claim.key}.svg)"
        listed = "\n".join(to_markdown(table, lang) for table in claim_tables(result, lang))
        out[f"claims/{result.claim.key}.md"] = f"# {title}\n\n{said}\n\n{image}\n\n{listed}".encode()
        data = json.dumps(rounded_data(as_data(result)), ensure_ascii=False, indent=1) + "\n"
        out[f"claims/{result.claim.key}.json"] = data.encode()
        figure, named = figures.curve(result, lang), result.claim.title.get(lang)
        images = figures.render(figure, title=named, description=words)
        out |= {f"claims/{result.claim.key}.{ending}": data for ending, data in images.items()}
        out[f"paper/figures/claim-{result.claim.key}.pdf"] = figures.paper(figures.bare(figure), title=named)
    return out


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


def _figures(
    found: Findings, words: Mapping[str, str], lang: str
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Draw the figures that have something to say: as files, and without their headings for the documents.

    The documents, and so the PDF for a paper, have captions that say what the headings do.
    """
    title = found.case.scenario.title.get(lang)
    out: dict[str, bytes] = {}
    shown: dict[str, bytes] = {}
    for name, said in words.items():
        figure = figures.draw(name, found, lang)
        images = figures.render(figure, title=title, description=said)
        out |= {f"figures/{name}.{ending}": data for ending, data in images.items()}
        figures.bare(figure)
        out[f"paper/figures/{name}.pdf"] = figures.paper(figure, title=title)
        if name in PLACES:
            images = figures.render(figure, title=title, description=said)
            shown |= {f"figures/{name}.{ending}": data for ending, data in images.items()}
    return out, shown


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
