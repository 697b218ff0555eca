"""Say what the ranking depends on: Sobol indices, weights beside actual importance, and a tornado of the lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.rank import rank_case
from mcda.commands.words import spoken
from mcda.report import answer
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.ledger import ALTERNATIVE, CRITERION, SUBCRITERION
from mcda.report.manifest import manifest
from mcda.sensitivity.decision import sobol_decision
from mcda.sensitivity.importance import Importance
from mcda.sensitivity.importance import importance as effects_of
from mcda.sensitivity.sobol import Sobol
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.tornadoes import LeadTornado, lead_tornado
from mcda.uncertainty import score_model
from mcda.words import say

BY = ("criterion", "alternative", "cell")
SHOWN = 12  # factors and bars
FACTORS = ("winner_flips", "rank_shift", "weights", "weight", "scores", "score", "leaf_weights", "first")


def importance(
    scenario: str | None,
    *,
    vary: str,
    by: str,
    draws: int,
    seed: int,
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Share out what makes the ranking vary, set weights beside effects, and move each score alone."""
    by = known(by, BY, "factor")
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    found = _indices(case, vary=vary, by=by, draws=draws, seed=seed)
    ranking, beside = rank_case(case), _effects(case)
    order = [ranking.alternatives[i] for i in ranking.order()]
    storm = lead_tornado(case, order[0], order[1]) if len(order) > 1 else None
    said = [*found.notes()[-2:], *beside.notes(), *(storm.notes() if storm else ())]
    shown = [_sobol(case, found), _beside(case, beside), *([_storm(case, storm)] if storm and storm.bars else ())]
    return Output(
        data={
            "scenario": case.scenario.key,
            "vary": vary,
            "by": by,
            "sobol": _sobol_data(found),
            "importance": dict(zip(beside.criteria, beside.shares.tolist(), strict=True)),
            "weights": dict(zip(beside.criteria, beside.weights.tolist(), strict=True)),
            "tornado": _storm_data(storm),
            "study": opened.key,
            "manifest": manifest(case, command=command, seed=seed, draws=found.draws),
        },
        sentences=spoken(said, lambda key: _title(case, key, lang), lang),
        tables=tuple(shown),
        closing=(answer.basis(case, ranking, lang, weights_vary=vary != "scores"),),
        notices=(notice,),
    )


def _indices(case: Case, *, vary: str, by: str, draws: int, seed: int) -> Sobol:
    """Share out the variance of a case's ranking among its weights and scores."""
    return sobol_decision(
        case.problem,
        None if vary == "weights" else score_model(case),
        weights={"weights": "each", "scores": "fixed", "both": "group"}[vary],
        by=by,
        leaves=None if vary == "weights" else [leaf.key for leaf in case.leaves],
        draws=draws,
        seed=seed,
        method=case.scenario.method,
        normalization=case.scenario.normalization,
        options=case.scenario.options,
    )


def _effects(case: Case) -> Importance:
    """Measure what each criterion accounts for."""
    chosen = case.scenario
    return effects_of(
        case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options
    )


def _title(case: Case, key: str, lang: str) -> str:
    """Put titles into the names of factors and outcomes, such as ``weight:sovereignty_risk``."""
    parts = {part: say(f"cli.factor.{part}", lang) for part in FACTORS}
    return ": ".join(parts.get(part) or case.title(part, lang) for part in key.split(":"))


def _named(case: Case, key: str) -> Named:
    return Named(key=key, title=Title(**{lang: _title(case, key, lang) for lang in ("en", "ru", "kk")}))


def _sobol(case: Case, found: Sobol) -> Table:
    """Tabulate total indices with their errors: whether the winner changes, and how far ranks shift."""
    flips, shift = found.outputs.index("winner_flips"), found.outputs.index("rank_shift")
    order = sorted(range(len(found.factors)), key=lambda i: -found.total[i, flips])[:SHOWN]
    rows: list[tuple[Value, ...]] = [
        (
            _named(case, found.factors[i]),
            float(found.first[i, flips]),
            float(found.total[i, flips]),
            float(found.total_error[i, flips]),
            float(found.first[i, shift]),
            float(found.total[i, shift]),
            float(found.total_error[i, shift]),
        )
        for i in order
    ]
    return Table(
        title_key="cli.importance.sobol",
        columns=(
            Column(key="factor", heading="cli.head.factor"),
            Column(key="flips_alone", heading="cli.head.flips_alone", kind="score"),
            Column(key="flips_total", heading="cli.head.flips_total", kind="score"),
            Column(key="flips_error", heading="cli.head.error", kind="score"),
            Column(key="shift_alone", heading="cli.head.shift_alone", kind="score"),
            Column(key="shift_total", heading="cli.head.shift_total", kind="score"),
            Column(key="shift_error", heading="cli.head.error", kind="score"),
        ),
        rows=tuple(rows),
    )


def _beside(case: Case, found: Importance) -> Table:
    """Tabulate nominal weights beside the share of the differences in score that criteria account for."""
    return Table(
        title_key="cli.importance.beside",
        columns=(
            CRITERION,
            Column(key="weight", heading="report.head.weight", kind="share"),
            Column(key="share", heading="cli.head.actual", kind="share"),
        ),
        rows=tuple(
            (_named(case, key), float(weight), float(share))
            for key, weight, share in zip(found.criteria, found.weights, found.shares, strict=True)
        ),
    )


def _storm(case: Case, found: LeadTornado) -> Table:
    """Tabulate what each score's range does to the lead, one at a time."""
    rows: list[tuple[Value, ...]] = [
        (_named(case, b.alternative), _named(case, b.criterion), b.low, b.high, b.lead_low, b.lead_high, b.turns)
        for b in found.bars[:SHOWN]
    ]
    return Table(
        title_key="cli.importance.tornado",
        title_values={"first": _named(case, found.first).title, "second": _named(case, found.second).title},
        columns=(
            ALTERNATIVE,
            SUBCRITERION,
            Column(key="low", heading="report.head.low", kind="amount"),
            Column(key="high", heading="report.head.high", kind="amount"),
            Column(key="lead_low", heading="cli.head.lead_low", kind="signed"),
            Column(key="lead_high", heading="cli.head.lead_high", kind="signed"),
            Column(key="turns", heading="cli.head.turns", kind="flag"),
        ),
        rows=tuple(rows),
    )


def _sobol_data(found: Sobol) -> dict[str, object]:
    return {
        "factors": list(found.factors),
        "outputs": list(found.outputs),
        "first": found.first.tolist(),
        "total": found.total.tolist(),
        "first_interval": found.first_interval.tolist(),
        "total_interval": found.total_interval.tolist(),
        "confidence": found.confidence,
        "draws": found.draws,
        "evaluations": found.evaluations,
        "seed": found.seed,
    }


def _storm_data(found: LeadTornado | None) -> dict[str, object] | None:
    if found is None:
        return None
    bars = [
        {
            "alternative": bar.alternative,
            "subcriterion": bar.criterion,
            "low": bar.low,
            "high": bar.high,
            "lead_low": bar.lead_low,
            "lead_high": bar.lead_high,
            "turns": bar.turns,
        }
        for bar in found.bars
    ]
    switches = [
        {
            "alternative": switch.alternative,
            "subcriterion": switch.criterion,
            "disputed": switch.value,
            "lead": switch.lead,
            "turns": switch.turns,
        }
        for switch in found.switches
    ]
    undefined = [{"alternative": alternative, "subcriterion": leaf} for alternative, leaf in found.undefined]
    lead = {"first": found.first, "second": found.second, "lead": found.lead}
    return {**lead, "bars": bars, "disputed": switches, "undefined": undefined}
