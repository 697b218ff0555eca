"""Say how far the codings agree, where they part, and what each would give alone."""

from __future__ import annotations

from pathlib import Path

from mcda.commands.chosen import known
from mcda.commands.load import DEFAULT, open_study
from mcda.commands.output import Output
from mcda.engine.note import Note
from mcda.engine.ranking import Ranking
from mcda.engine.reliability import FEW
from mcda.report import numbers
from mcda.report.grid import Column, Named, Table, Value, named, word
from mcda.report.ledger import ALTERNATIVE, SUBCRITERION
from mcda.report.manifest import manifest
from mcda.report.tables import route
from mcda.study.agreement import Agreement, Measure
from mcda.study.agreement import agreement as measure
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.model import Study, Title
from mcda.study.scenario import build
from mcda.words import say

SHOWN = 15  # cells of greatest disagreement


def agreement(
    scenario: str | None, *, draws: int, seed: int, study: Path | None, command: str, lang: str
) -> Output:
    """Measure the agreement of a study's codings and rank by each alone."""
    opened, notice = open_study(study, lang)
    key = known(scenario or DEFAULT, scenario_keys(opened), "scenario")
    chosen = read_scenario(opened, key)
    found = measure(opened, chosen, draws=draws, seed=seed)
    record = manifest(build(opened, chosen), command=command, seed=seed, draws=draws)
    return Output(
        data={**_data(found), "study": opened.key, "scenario": key, "manifest": record},
        sentences=tuple(note.text(lang) for note in found.notes(lang)),
        tables=(_alphas(found, lang), _cells(found), _alone(found)),
        notices=(notice,),
    )


def _about(study: Study, measure: Measure, lang: str) -> Named:
    titles = {criterion.key: criterion.title for criterion in study.criteria}
    title = titles.get(measure.about) or Title(en=say(f"claim.about_{measure.about}", lang))
    return Named(key=measure.about, title=title)


def _alphas(found: Agreement, lang: str) -> Table:
    """Tabulate Krippendorff's alpha with its bootstrap interval."""
    return Table(
        title_key="cli.agreement.alphas",
        columns=(
            Column(key="about", heading="cli.head.about"),
            Column(key="level", heading="cli.head.level"),
            Column(key="alpha", heading="cli.head.alpha", kind="score"),
            Column(key="low", heading="report.head.low", kind="score"),
            Column(key="high", heading="report.head.high", kind="score"),
            Column(key="units", heading="cli.head.units", kind="count"),
            Column(key="parting", heading="cli.head.parting", kind="share"),
            Column(key="conclusion", heading="cli.head.conclusion"),
        ),
        rows=tuple(_alpha(found.study, measure, lang) for measure in found.measures),
        notes=(Note(code="cli.agreement.few", values={"few": FEW}),),
    )


def _alpha(study: Study, measure: Measure, lang: str) -> tuple[Value, ...]:
    """Give one row; where an interval has no spread, the share of units that might part stands in its place."""
    alpha, interval = measure.alpha, measure.interval
    ends = (None, None) if interval.no_spread else (interval.low, interval.high)
    parting = alpha.most_parting() if interval.no_spread else None
    conclusion = word(alpha.word.removeprefix("engine.alpha_"), "engine.alpha_")
    level = word(alpha.level, "claim.level_")
    return _about(study, measure, lang), level, alpha.value, *ends, alpha.units, parting, conclusion


def _cells(found: Agreement) -> Table:
    """Tabulate the cells on which the codings part most."""
    rows: list[tuple[Value, ...]] = []
    for parting in found.partings[:SHOWN]:
        values = (numbers.amount(v) if v is not None else "–" for v in parting.values.values())
        place = (named(found.study.alternative(parting.alternative)), named(found.study.leaf(parting.leaf)))
        rows.append((*place, *values, parting.spread))
    return Table(
        title_key="cli.agreement.cells",
        columns=(
            ALTERNATIVE,
            SUBCRITERION,
            *(Column(key=coding.key, heading=coding.title) for coding in found.study.codings),
            Column(key="spread", heading="cli.head.spread", kind="share"),
        ),
        rows=tuple(rows),
    )


def _alone(found: Agreement) -> Table:
    """Tabulate the ranks that each single coding gives."""
    rows: list[tuple[Value, ...]] = [
        (route(found.study, key), *_ranks(found, ranking)) for key, ranking in found.alone.items()
    ]
    return Table(
        title_key="cli.agreement.alone",
        columns=(
            Column(key="route", heading="report.head.route"),
            *(Column(key=a.key, heading=a.title, kind="rank") for a in found.study.alternatives),
        ),
        rows=tuple(rows),
    )


def _ranks(found: Agreement, ranking: Ranking) -> list[float | None]:
    by_key = dict(zip(ranking.alternatives, ranking.ranks.tolist(), strict=True))
    return [by_key.get(alternative.key) for alternative in found.study.alternatives]


def _data(found: Agreement) -> dict[str, object]:
    return {
        "measures": [
            {
                "about": m.about,
                "level": m.alpha.level,
                "alpha": m.alpha.value,
                "low": m.interval.low,
                "high": m.interval.high,
                "units": m.alpha.units,
                "parting": m.alpha.parting,
                "most_parting": m.alpha.most_parting(),
                "few_units": m.alpha.units < FEW,
            }
            for m in found.measures
        ],
        "cells": found.cells,
        "partings": [
            {"alternative": p.alternative, "subcriterion": p.leaf, "values": dict(p.values), "spread": p.spread}
            for p in found.partings
        ],
        "items": found.items,
        "item_partings": [
            {"id": p.id, "alternative": p.alternative, "assigned": {k: list(v) for k, v in p.assigned.items()}}
            for p in found.item_partings
        ],
        "alone": {
            route: dict(zip(ranking.alternatives, ranking.ranks.tolist(), strict=True))
            for route, ranking in found.alone.items()
        },
    }
