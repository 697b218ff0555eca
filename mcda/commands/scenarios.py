"""List the scenarios of a study: what each is based on, what it changes, and how large each grid is."""

from __future__ import annotations

from pathlib import Path

from mcda.batch.sources import Reader
from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.commands.words import parts
from mcda.engine.note import Note
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.manifest import manifest_of_study, scenario_hashes
from mcda.study.difference import Difference, differences
from mcda.study.files import open_scenario, scenario_keys
from mcda.study.grid import Grid
from mcda.study.model import Study
from mcda.study.scenario import Scenario
from mcda.words import say

COLUMNS = (
    Column(key="scenario", heading="report.head.scenario"),
    Column(key="title", heading="cli.head.title"),
    Column(key="based_on", heading="cli.head.based_on"),
    Column(key="changes", heading="cli.head.changes"),
    Column(key="scenarios", heading="cli.head.size", kind="count"),
)


def scenarios(*, study: Path | None, command: str, lang: str) -> Output:
    """List every scenario of the study's folder; one that is at fault is listed with its faults."""
    opened, notice = open_study(study, lang)
    reader = Reader(opened)
    rows: list[tuple[Value, ...]] = []
    data: list[dict[str, object]] = []
    for key in scenario_keys(opened):
        found, faults = open_scenario(opened, opened.scenario_folder.absolute() / f"{key}.yaml", read=reader.layer)
        if found is None:
            told = "; ".join(fault.text(lang) for fault in faults)
            rows.append((key, "", "", say("cli.scenarios.fault", lang, fault=told), None))
            data.append({"scenario": key, "fault": told})
            continue
        scenario = found.scenario
        changes = list(differences(opened, scenario, _base(opened, scenario, reader)))
        grid = found if isinstance(found, Grid) else None
        base = scenario.chain[0] if scenario.chain else ""
        text = "; ".join([*map(_text, changes), *_varied(grid)])
        size = 1 if grid is None else grid.size
        rows.append((key, Named(key=scenario.title.en, title=scenario.title), base, text, size))
        data.append(
            {
                "scenario": key,
                "title": scenario.title.get(lang),
                "based_on": base or None,
                "changes": [vars(change) for change in changes],
                "scenarios": size,
                "varies": None if grid is None else dict(grid.parts()),
            }
        )
    notes = (Note(code="cli.scenarios.combinations"),) if any(item.get("varies") for item in data) else ()
    return Output(
        data={
            "study": opened.key,
            "scenarios": data,
            "manifest": manifest_of_study(opened, scenario_hashes(opened), command=command),
        },
        tables=(Table(title_key="cli.scenarios.table", columns=COLUMNS, rows=tuple(rows), notes=notes),),
        notices=(notice,),
    )


def _base(study: Study, scenario: Scenario, reader: Reader) -> Scenario:
    """Give what a scenario is based on; what holds where nothing is chosen, where it is based on nothing."""
    for key in scenario.chain[:1]:
        found, _ = open_scenario(study, study.scenario_folder.absolute() / f"{key}.yaml", read=reader.layer)
        if found is not None:
            return found.scenario
    return Scenario(key="", title=scenario.title)


def _text(change: Difference) -> str:
    """Write a change: ``method topsis -> vikor``; without what was before where there was nothing, or too much."""
    if change.before and change.field != "weights":
        return f"{change.field} {change.before} -> {change.after}"
    return f"{change.field}: {change.after}"


def _varied(grid: Grid | None) -> list[str]:
    if grid is None:
        return []
    return [say("cli.scenarios.varies", parts=parts(grid))]
