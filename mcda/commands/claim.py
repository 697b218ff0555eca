"""Test whether a claim about the ranking survives every defensible choice."""

from __future__ import annotations

from pathlib import Path

from mcda.claim.examine import ClaimResult, Row, examine
from mcda.claim.explained import Part
from mcda.claim.told import OUTCOMES, as_data, notes, step_words
from mcda.commands.load import known, open_study
from mcda.commands.output import Output
from mcda.engine.note import Note
from mcda.report import numbers
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.manifest import manifest_of_file
from mcda.study.claims import claim_keys, read_claim
from mcda.words import say

DEFAULT = "eu-most-promising"


def claim(
    key: str | None, *, draws: int, seed: int, expect: bool, study: Path | None, command: str, lang: str
) -> Output:
    """Run a claim over its whole universe and tell what was found."""
    opened, notice = open_study(study, lang)
    keys = claim_keys(opened)
    name = key or (DEFAULT if DEFAULT in keys or not keys else keys[0])
    if not name.endswith((".yaml", ".yml")):
        known(name, keys, "claim")
    result = examine(opened, read_claim(opened, name), draws=draws, seed=seed)
    path = Path(name) if name.endswith((".yaml", ".yml")) else opened.scenario_folder / "claims" / f"{name}.yaml"
    record = manifest_of_file(path, command=command)
    held = result.overall.holds == result.overall.specifications
    return Output(
        data={**as_data(result), "study": opened.key, "manifest": record},
        sentences=tuple(note.text(lang) for note in notes(result, lang)),
        tables=(*_sides(result), _singles(result, lang)),
        notices=(notice,) if held or not expect else (notice, say("cli.claim.expected", lang, claim=result.claim.key)),
        exit_code=3 if expect and not held else 0,
    )


def _sides(result: ClaimResult) -> list[Table]:
    """Tabulate each dimension: the share under each of its options, and how much the choice explains."""
    explained = {part.key: part for part in result.explained.parts}
    tables = []
    for side in result.sides:
        part = explained.get(side.dimension.key)
        remarks = () if part is None else (_explains(part),)
        tables.append(
            Table(
                title_key="cli.claim.side",
                title_values={"dimension": side.dimension.title},
                columns=(
                    Column(key="option", heading="cli.head.option"),
                    Column(key="kind", heading="cli.head.kind"),
                    Column(key="holds", heading="cli.head.holds", kind="count"),
                    Column(key="specifications", heading="cli.head.of", kind="count"),
                    Column(key="share", heading="cli.head.share", kind="share"),
                ),
                rows=tuple(_row(row) for row in side.options),
                notes=remarks,
            )
        )
    return tables


def _row(row: Row) -> tuple[Value, ...]:
    tally = row.tally
    option = Named(key=row.option.key, title=row.option.title)
    return (option, say(f"cli.kind.{row.option.kind}"), tally.holds, tally.specifications, tally.share)


def _explains(part: Part) -> Note:
    values = {"first": numbers.share(part.first), "total": numbers.share(part.total)}
    return Note(code="cli.claim.explains", values=values)


def _singles(result: ClaimResult, lang: str) -> Table:
    """Tabulate what every single change from the baseline does to the claim."""
    rows: list[tuple[Value, ...]] = [
        (step_words(item, result, lang), say(f"cli.claim.{OUTCOMES.get(item.outcome, 'undefined')}", lang), item.margin)
        for item in result.singles
    ]
    return Table(
        title_key="cli.claim.singles",
        columns=(
            Column(key="change", heading="cli.head.single_change"),
            Column(key="outcome", heading="cli.head.outcome"),
            Column(key="margin", heading="cli.head.margin", kind="signed"),
        ),
        rows=tuple(rows),
        notes=(Note(code="cli.claim.margin_note"),),
    )
