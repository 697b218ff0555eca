"""The answer to a claim as sentences and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mcda.claim.breaks import Breaks, Specification, Step
from mcda.claim.examine import ClaimResult, Row
from mcda.claim.explained import Part
from mcda.claim.tally import Tally
from mcda.engine.note import Note
from mcda.study.assertion import FAILS, HOLDS, TIED
from mcda.study.universe import Rule
from mcda.words import say

OUTCOMES = {HOLDS: "holds", FAILS: "fails", TIED: "tied", None: "excluded"}  # and "undefined" for the rest
WEIGHTY = 0.05  # share of the variance from which a choice is named among those that matter


def titles(result: ClaimResult, lang: str) -> dict[str, str]:
    """Give the title of every alternative by key."""
    added = [addition.alternative for addition in result.claim.baseline.add]
    return {item.key: item.title.get(lang) for item in (*result.study.alternatives, *added)}


def notes(result: ClaimResult, lang: str = "en") -> list[Note]:
    """Say what was found, in the order in which it is to be read; names are given in ``lang``."""
    return [
        *_asserted(result, lang),
        *_verdicts(result, lang),
        *_by(result, "route", lang),
        *_by(result, "weights", lang),
        *_baseline(result, lang),
        *_broken(result, lang),
        *_instead(result, lang),
        *_explained(result, lang),
        *_counts(result, lang),
    ]


def _asserted(result: ClaimResult, lang: str) -> Iterator[Note]:
    claim = result.claim
    values = {"assertion": claim.assertion.words(lang, titles(result, lang)), "source": claim.source}
    yield Note(code="claim.asserted", values={**values, "place": claim.place, "words": claim.words.get(lang)})


def _verdicts(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Give the verdict over all, then over the kinds of options that may be pooled with a better conscience."""
    yield Note(code="claim.verdict", values={"verdict": say(result.verdict, lang), **_counted(result.overall)})
    yield Note(code="claim.not_independent")
    pools = {"claim.verdict_equivalent_only": result.equivalent, "claim.verdict_plausible_only": result.plausible}
    for code, tally in pools.items():
        if tally.specifications and tally != result.overall:
            yield Note(code=code, values={"verdict": say(tally.verdict, lang), **_counted(tally)})
    if result.explained.share is not None:
        yield Note(code="claim.balanced", values={"share": result.explained.share})
    if result.overall.ties:
        yield Note(code="claim.ties", values={"ties": result.overall.ties})


def _by(result: ClaimResult, key: str, lang: str) -> Iterator[Note]:
    side = result.side(key)
    if side is not None and len(side.options) > 1:
        parts = "; ".join(_shared(row, lang) for row in side.options if row.tally.specifications)
        yield Note(code="claim.by_option", values={"dimension": side.dimension.title.get(lang), "parts": parts})


def _shared(row: Row, lang: str) -> str:
    return say("claim.option_share", lang, option=row.option.title.get(lang), **_counted(row.tally))


def _counted(tally: Tally) -> dict[str, object]:
    return {"holds": tally.holds, "count": tally.specifications, "share": tally.share or 0.0}


def _baseline(result: ClaimResult, lang: str) -> Iterator[Note]:
    names, found = titles(result, lang), result.baseline
    if found.outcome not in (HOLDS, FAILS, TIED):
        yield Note(code="claim.baseline_undefined")
        return
    leader = names[found.leader] if found.leader else say("claim.several", lang)
    edge = say("claim.last" if result.claim.assertion.relation == "bottom" else "claim.first", lang)
    values = {"leader": leader, "margin": abs(found.margin), "edge": edge}
    yield Note(code=f"claim.baseline_{OUTCOMES[found.outcome]}", values=values)
    if result.weight_space is not None:
        shares = result.weight_space.shares
        first = shares[0]
        values = {"share": first.share, "error": first.standard_error, "draws": first.draws}
        yield Note(code="claim.weight_space", values={**values, "seed": result.weight_space.seed})
        told = {item.route.title.get(lang): item for item in shares if item.route is not None}
        parts = "; ".join(
            say("claim.route_share", lang, route=route, share=item.share, error=item.standard_error)
            for route, item in told.items()
        )
        if len(shares) > 1:
            yield Note(code="claim.weight_space_routes", values={"parts": parts})


def _broken(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Say how few changes turn the outcome, over all options and over equivalent ones."""
    turned = "breaks" if result.baseline.holds else "makes"
    for kind, found in (("any", result.breaks), ("equivalent", result.equivalent_breaks)):
        if found.size is None:
            yield Note(code=f"claim.{turned}_never_{kind}")
            continue
        parts = "; ".join(step_words(item, result, lang) for item in found.sets)
        values = {"size": found.size, "count": found.count, "parts": parts, "listed": len(found.sets)}
        yield Note(code=f"claim.{turned}_{kind}", values=values)


def step_words(found: Specification, result: ClaimResult, lang: str) -> str:
    """Name the changes of a specification, and who is first (or last) there."""
    names = titles(result, lang)
    options = {step.dimension.title.get(lang): _option(step, lang) for step in found.steps}
    changes = ", ".join(say("claim.step", lang, dimension=name, option=option) for name, option in options.items())
    leader = names[found.leader] if found.leader else say("claim.several", lang)
    return say("claim.change_leads", lang, changes=changes, leader=leader)


def _option(step: Step, lang: str) -> str:
    name = step.option.title.get(lang)
    return f"{name} ({step.weights})" if step.weights else name


def _instead(result: ClaimResult, lang: str) -> Iterator[Note]:
    names, missed = titles(result, lang), sum(leader.instead for leader in result.leaders)
    if not missed:
        return
    parts = "; ".join(
        say(
            "claim.leader_share",
            lang,
            leader=names[item.alternative] if item.alternative else say("claim.several", lang),
            count=item.instead,
            share=item.instead / missed,
        )
        for item in sorted(result.leaders, key=lambda item: -item.instead)
        if item.instead
    )
    bottom = result.claim.assertion.relation == "bottom"
    yield Note(code="claim.instead_last" if bottom else "claim.instead", values={"parts": parts, "count": missed})


def _explained(result: ClaimResult, lang: str) -> Iterator[Note]:
    names = {item.key: item.title.get(lang) for item in result.curve.dimensions}
    parts = sorted(result.explained.parts, key=lambda part: -part.total)
    weighty = [part for part in parts if part.total >= WEIGHTY]
    if weighty:
        told = "; ".join(_part(part, names[part.key], lang) for part in weighty)
        yield Note(code="claim.explained", values={"parts": told})
        yield Note(code="claim.explained_how")
    small = [names[part.key] for part in parts if part.total < WEIGHTY]
    if small:
        yield Note(code="claim.explained_little", values={"parts": "; ".join(small), "limit": WEIGHTY})


def _part(part: Part, name: str, lang: str) -> str:
    values = {"low": part.total_range[0], "high": part.total_range[1], "first": part.first, "total": part.total}
    return say("claim.part", lang, name=name, **values)


def _counts(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Account for every combination of the full cross."""
    excluded, skipped = sum(count for _, count in result.excluded), result.overall.skipped
    values = {"combinations": result.combinations, "repeats": result.repeats, "excluded": excluded, "skipped": skipped}
    yield Note(code="claim.counts", values={**values, "count": result.overall.specifications})
    for rule, count in result.excluded:
        if count:
            yield Note(
                code="claim.excluded",
                values={"count": count, "when": _when(rule, result, lang), "why": rule.why.get(lang)},
            )
    for skip in result.skips:
        way = ", ".join(part for part in (skip.method, skip.normalization or "") if part)
        yield Note(
            code="claim.skipped",
            values={"count": skip.count, "way": way or say("claim.any_way", lang), "reason": skip.fault.text(lang)},
        )


def _when(rule: Rule, result: ClaimResult, lang: str) -> str:
    parts = []
    for key, options in rule.when.items():
        item = result.claim.dimension(key)
        chosen = [option.title.get(lang) for option in item.options if option.key in options]
        parts.append(say("claim.step", lang, dimension=item.title.get(lang), option=", ".join(chosen)))
    return "; ".join(parts)


def as_data(result: ClaimResult) -> dict[str, object]:
    """Give the answer as plain data, for JSON."""
    claim = result.claim
    return {
        "claim": claim.key,
        "assertion": claim.assertion.text,
        "asserted": {"by": claim.source, "where": claim.place, "evidence": list(claim.evidence)},
        **_tally(result.overall),
        "verdict": say(result.verdict),
        "baseline": _specification(result.baseline),
        "breaks": _breaks(result.breaks),
        "breaks_equivalent": _breaks(result.equivalent_breaks),
        "equivalent": {**_tally(result.equivalent), "verdict": say(result.equivalent.verdict)},
        "plausible": {**_tally(result.plausible), "verdict": say(result.plausible.verdict)},
        "balanced_share": result.explained.share,
        "options": {
            side.dimension.key: {
                row.option.key: {"kind": row.option.kind, "why": row.option.why.en, **_tally(row.tally)}
                for row in side.options
            }
            for side in result.sides
        },
        "by_route_and_weights": _crossed(result),
        "explained": {part.key: _explains(part) for part in result.explained.parts},
        "single_changes": [_specification(item) for item in result.singles],
        "leaders": [{"alternative": i.alternative, "count": i.count, "instead": i.instead} for i in result.leaders],
        "weight_space": _weight_space(result),
        "combinations": result.combinations,
        "repeats": result.repeats,
        "excluded": [
            {"when": _plain(rule.when), "why": rule.why.en, "count": count} for rule, count in result.excluded
        ],
        "skipped": [
            {"method": i.method, "normalization": i.normalization, "reason": i.fault.text(), "count": i.count}
            for i in result.skips
        ],
        "curve": _curve(result),
    }


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
