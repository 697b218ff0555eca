"""The answer to a claim as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcda.claim.breaks import Breaks, Specification
from mcda.claim.examine import ClaimResult
from mcda.claim.explained import Part
from mcda.claim.run import PROBES, TOLERANCE
from mcda.claim.tally import Tally
from mcda.study.assertion import FAILS, HOLDS, TIED
from mcda.words import say

OUTCOMES = {HOLDS: "holds", FAILS: "fails", TIED: "tied", None: "excluded"}  # and "undefined" for the rest


def as_data(result: ClaimResult) -> dict[str, object]:
    """Give the answer as plain data, for JSON."""
    claim = result.claim
    return {
        "claim": claim.key,
        "assertion": claim.assertion.text,
        "asserted": {"by": claim.source, "where": claim.place, "evidence": list(claim.evidence)},
        **_tally(result.overall),
        "verdict": say(result.verdict),
        "fixes": {step.dimension.key: step.text for step in result.start.fixed},
        "scenario": _scenario(result),
        "baseline": _specification(result.baseline),
        "breaks": _breaks(result.breaks),
        "breaks_equivalent": _breaks(result.equivalent_breaks),
        "equivalent": {**_tally(result.equivalent), "verdict": say(result.equivalent.verdict)},
        "plausible": {**_tally(result.plausible), "verdict": say(result.plausible.verdict)},
        "balanced_share": result.explained.share,
        "balanced_verdict": say(result.explained.verdict),
        "options": _options(result),
        "by_route_and_weights": _crossed(result),
        "explained": {part.key: _explains(part) for part in result.explained.parts},
        "single_changes": [_specification(item) for item in result.singles],
        "leaders": [{"alternative": i.alternative, "count": i.count, "instead": i.instead} for i in result.leaders],
        "weight_space": _weight_space(result),
        "combinations": result.combinations,
        "repeats": {"by_rule": result.repeats[0], "same_numbers": result.repeats[1]},
        "alike": _alike(result),
        "excluded": [
            {"when": _plain(rule.when), "why": rule.why.en, "count": count} for rule, count in result.excluded
        ],
        "skipped": [
            {"method": i.method, "normalization": i.normalization, "reason": i.fault.text(), "count": i.count}
            for i in result.skips
        ],
        "curve": _curve(result),
    }


def _scenario(result: ClaimResult) -> dict[str, object]:
    start = result.start.scenario
    return {
        "key": result.claim.baseline.key,
        "is_baseline": not result.start.own,
        "outcome": OUTCOMES.get(start.outcome, "undefined"),
        "margin": start.margin,
        "leader": start.leader,
    }


def _options(result: ClaimResult) -> dict[str, object]:
    return {
        side.dimension.key: {
            row.option.key: {"kind": row.option.kind, "why": row.option.why.en, **_tally(row.tally)}
            for row in side.options
        }
        for side in result.sides
    }


def _alike(result: ClaimResult) -> dict[str, object]:
    found = result.alike
    return {"count": found.count, "weightings": PROBES, "tolerance": TOLERANCE, "each_once": _tally(found.once)}


def _tally(tally: Tally) -> dict[str, object]:
    counts = {"holds": tally.holds, "specifications": tally.specifications, "share": tally.share}
    return {**counts, "ties": tally.ties, "undefined": tally.skipped}


def _specification(found: Specification) -> dict[str, object]:
    return {
        "changes": {step.dimension.key: step.text for step in found.steps},
        "outcome": OUTCOMES.get(found.outcome, "undefined"),
        "margin": found.margin,
        "leader": found.leader,
    }


def _breaks(found: Breaks) -> dict[str, object]:
    return {"size": found.size, "count": found.count, "sets": [_specification(item) for item in found.sets]}


def _crossed(result: ClaimResult) -> dict[str, object]:
    """Give the counts by route and option of the weights; empty where the claim has no routes."""
    side = result.side("route")
    weights = result.sides[-1].options
    return {
        row.option.key: {o.option.key: _tally(tally) for o, tally in zip(weights, row.by_weights, strict=True)}
        for row in (side.options if side else ())
    }


def _explains(part: Part) -> dict[str, object]:
    ranges = {"first_range": list(part.first_range), "total_range": list(part.total_range)}
    return {"first": part.first, "total": part.total, **ranges}


def _weight_space(result: ClaimResult) -> dict[str, object] | None:
    if result.weight_space is None:
        return None
    first = result.weight_space.shares[0]
    return {
        "share": first.share,
        "standard_error": first.standard_error,
        "draws": first.draws,
        "seed": result.weight_space.seed,
        "by_route": {
            item.route.key: {"share": item.share, "standard_error": item.standard_error, "ties": item.ties}
            for item in result.weight_space.shares
            if item.route is not None
        },
    }


def _curve(result: ClaimResult) -> dict[str, object]:
    found = result.curve
    options = [[option.key for option in item.options] for item in found.dimensions]
    return {
        "specifications": found.specifications,
        "below": found.below,
        "baseline": found.baseline,
        "dimensions": [item.key for item in found.dimensions],
        "position": found.position.tolist(),
        "margin": found.margin.tolist(),
        "outcome": [OUTCOMES[code] for code in found.outcome.tolist()],
        "choice": [
            [names[i] if i >= 0 else None for names, i in zip(options, row, strict=True)]
            for row in found.choice.tolist()
        ],
    }


def _plain(when: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {key: list(options) for key, options in when.items()}
