"""Hold policies and shocks against the scenarios they are based on: whom each moves, and which moves most."""

from __future__ import annotations

from pathlib import Path

from mcda.claim.effects import Effect, notes
from mcda.claim.effects import effects as moves
from mcda.commands.load import known, open_study
from mcda.commands.output import Output
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest
from mcda.study.claims import claim_keys, read_claim
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.model import Study, Title
from mcda.study.scenario import build


def effects(
    scenarios: tuple[str, ...], *, claims: tuple[str, ...], study: Path | None, command: str, lang: str
) -> Output:
    """Compare each scenario that changes cells with its base; all of them where none is named."""
    opened, notice = open_study(study, lang)
    keys = scenario_keys(opened)
    chosen = [known(key, keys, "scenario") for key in scenarios] or _changing(opened, keys)
    tested = [read_claim(opened, known(key, claim_keys(opened), "claim")) for key in claims]
    found = moves(opened, chosen, claims=tested)
    record = manifest(build(opened, read_scenario(opened, chosen[0])), command=command) if chosen else None
    return Output(
        data={"study": opened.key, "effects": [_data(effect) for effect in found], "manifest": record},
        sentences=tuple(note.text(lang) for note in notes(opened, found, lang)),
        tables=(_table(opened, found),),
        notices=(notice,),
    )


def _changing(study: Study, keys: list[str]) -> list[str]:
    """Find the scenarios that change cells of the one they are based on."""
    read = [read_scenario(study, key) for key in keys]
    return [scenario.key for scenario in read if scenario.chain and scenario.changes]


def _table(study: Study, found: tuple[Effect, ...]) -> Table:
    """Tabulate score and rank before and after, alternative by alternative."""
    titles = {alternative.key: alternative.title for alternative in study.alternatives}
    rows: list[tuple[Value, ...]] = []
    for effect in found:
        scenario = Named(key=effect.scenario.key, title=effect.scenario.title)
        for move in effect.moves:
            name = Named(key=move.alternative, title=titles.get(move.alternative, Title(en=move.alternative)))
            rows.append((scenario, name, move.score_before, move.score, move.gain, move.rank_before, move.rank))
    return Table(
        title_key="cli.effects.table",
        columns=(
            Column(key="scenario", heading="report.head.scenario"),
            ALTERNATIVE,
            Column(key="score_before", heading="cli.head.score_before", kind="score"),
            Column(key="score", heading="report.head.score", kind="score"),
            Column(key="gain", heading="cli.head.change", kind="signed"),
            Column(key="rank_before", heading="cli.head.rank_before", kind="rank"),
            Column(key="rank", heading="report.head.rank", kind="rank"),
        ),
        rows=tuple(rows),
    )


def _data(effect: Effect) -> dict[str, object]:
    return {
        "scenario": effect.scenario.key,
        "based_on": effect.base,
        "changes": [
            {"cell": f"{c.alternative}.{c.leaf}", "value": c.reading.value, "reason": c.reading.reason}
            for c in effect.changes
        ],
        "first_before": list(effect.first_before),
        "first": list(effect.first),
        "moves": [
            {
                "alternative": move.alternative,
                "score_before": move.score_before,
                "score": move.score,
                "rank_before": move.rank_before,
                "rank": move.rank,
            }
            for move in effect.moves
        ],
        "claims": [
            {"claim": item.claim.key, "before": item.before.share, "after": item.after.share} for item in effect.claims
        ],
    }
