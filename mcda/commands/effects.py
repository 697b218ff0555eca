"""Hold policies and shocks against the scenarios they are based on: whom each moves, and which moves most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mcda.claim.effects import Effect, quick
from mcda.claim.effects import effects as moves
from mcda.claim.effects_told import by_kind, notes
from mcda.commands.chosen import known
from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.errors import CommandError, Fault
from mcda.report.grid import Column, Named, Table, Value, word
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest
from mcda.study.claims import claim_keys, read_claim
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.model import Study, Title
from mcda.study.scenario import build
from mcda.study.universe import Claim
from mcda.words import say

SCENARIO = Column(key="scenario", heading="report.head.scenario")
KIND = Column(key="kind", heading="cli.head.kind")


def effects(
    scenarios: tuple[str, ...], *, claims: tuple[str, ...], study: Path | None, command: str, lang: str
) -> Output:
    """Compare scenarios that change cells with their bases: all of them, and all quick claims, where none is named."""
    opened, notice = open_study(study, lang)
    keys = scenario_keys(opened)
    chosen = _based(opened, [known(key, keys, "scenario") for key in scenarios]) or _changing(opened, keys)
    asked = [read_claim(opened, known(key, claim_keys(opened), "claim")) for key in claims or claim_keys(opened)]
    tested, rest = (asked, []) if claims else quick(asked, len(chosen))
    found = by_kind(moves(opened, chosen, claims=tested))
    record = manifest(build(opened, read_scenario(opened, chosen[0])), command=command) if chosen else None
    return Output(
        data={"study": opened.key, "effects": [_data(effect) for effect in found], "manifest": record},
        sentences=tuple(note.text(lang) for note in notes(opened, found, lang)),
        tables=(_table(opened, found), *([_claims(found)] if any(effect.claims for effect in found) else [])),
        closing=(*_unmoved(found, asked, lang), *(say("cli.effects.ask", lang, claim=claim.key) for claim in rest)),
        notices=(notice,),
    )


def _unmoved(found: tuple[Effect, ...], asked: list[Claim], lang: str) -> Iterator[str]:
    """Say why no claim is counted under scenarios that change no cell."""
    still = [effect.scenario.title.get(lang) for effect in found if not effect.changes]
    if asked and still:
        yield say("claim.effect_no_cells", lang, scenarios="; ".join(still))


def _based(study: Study, keys: list[str]) -> list[str]:
    """Refuse scenarios that were named and are based on none."""
    alone = [key for key in keys if not read_scenario(study, key).chain]
    if alone:
        raise CommandError([Fault(code="claim.no_base", values={"found": key}) for key in alone])
    return keys


def _changing(study: Study, keys: list[str]) -> list[str]:
    """Find the scenarios that change cells of the one they are based on."""
    read = [read_scenario(study, key) for key in keys]
    return [scenario.key for scenario in read if scenario.chain and scenario.changes]


def _table(study: Study, found: tuple[Effect, ...]) -> Table:
    """Tabulate score and rank before and after, alternative by alternative."""
    titles = {alternative.key: alternative.title for alternative in study.alternatives}
    rows: list[tuple[Value, ...]] = []
    for effect in found:
        scenario, kind = _named(effect), _kind(effect)
        for move in effect.moves:
            name = Named(key=move.alternative, title=titles.get(move.alternative, Title(en=move.alternative)))
            numbers = (move.score_before, move.score, move.gain, move.rank_before, move.rank)
            rows.append((scenario, kind, name, *numbers))
    return Table(
        title_key="cli.effects.table",
        columns=(
            SCENARIO,
            KIND,
            ALTERNATIVE,
            Column(key="score_before", heading="cli.head.score_before", kind="score"),
            Column(key="score", heading="report.head.score", kind="score"),
            Column(key="gain", heading="cli.head.change", kind="signed"),
            Column(key="rank_before", heading="cli.head.rank_before", kind="rank"),
            Column(key="rank", heading="report.head.rank", kind="rank"),
        ),
        rows=tuple(rows),
    )


def _claims(found: tuple[Effect, ...]) -> Table:
    """Tabulate in which share of the specifications each claim holds before and after."""
    rows: list[tuple[Value, ...]] = []
    for effect in found:
        for item in effect.claims:
            claim = Named(key=item.claim.key, title=item.claim.title)
            shares = (item.before.share, item.after.share, item.gain, item.after.specifications)
            rows.append((_named(effect), _kind(effect), claim, *shares))
    return Table(
        title_key="cli.effects.claims",
        columns=(
            SCENARIO,
            KIND,
            Column(key="claim", heading="cli.head.claim"),
            Column(key="share_before", heading="cli.head.share_before", kind="share"),
            Column(key="share", heading="cli.head.share", kind="share"),
            Column(key="gain", heading="cli.head.change_points", kind="points"),
            Column(key="specifications", heading="cli.head.of", kind="count"),
        ),
        rows=tuple(rows),
    )


def _named(effect: Effect) -> Named:
    return Named(key=effect.scenario.key, title=effect.scenario.title)


def _kind(effect: Effect) -> Named:
    return word(effect.scenario.kind or "other", "cli.effects.kind.")


def _data(effect: Effect) -> dict[str, object]:
    return {
        "scenario": effect.scenario.key,
        "kind": effect.scenario.kind,
        "based_on": effect.base,
        "settings": list(effect.settings),
        "changes": [
            {
                "cell": f"{change.alternative}.{change.leaf}",
                "value": change.reading.value,
                "moved": moved,
                "reason": change.reading.reason,
            }
            for change, moved in zip(effect.changes, effect.moved, strict=True)
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
