"""Test whether a claim about the ranking survives every defensible choice."""

from __future__ import annotations

from pathlib import Path

from mcda.claim.data import as_data
from mcda.claim.examine import examine
from mcda.claim.told import notes
from mcda.commands.chosen import known
from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.errors import CommandError, Fault
from mcda.report.claimed import claim_tables
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
    if key is None and not keys:
        raise CommandError([Fault(code="cli.claim.none")])
    name = key or (DEFAULT if DEFAULT in keys else keys[0])
    if not name.endswith((".yaml", ".yml")):
        name = known(name, keys, "claim")
    result = examine(opened, read_claim(opened, name), draws=draws, seed=seed)
    path = Path(name) if name.endswith((".yaml", ".yml")) else opened.scenario_folder / "claims" / f"{name}.yaml"
    record = manifest_of_file(path, command=command)
    held = result.overall.holds == result.overall.specifications
    return Output(
        data={**as_data(result), "study": opened.key, "manifest": record},
        sentences=tuple(note.text(lang) for note in notes(result, lang)),
        tables=claim_tables(result, lang),
        notices=(notice,) if held or not expect else (notice, say("cli.claim.expected", lang, claim=result.claim.key)),
        exit_code=3 if expect and not held else 0,
    )
