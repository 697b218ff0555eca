"""The answer to a claim in a few sentences; the tables hold the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mcda.claim.breaks import Breaks, Specification, Step
from mcda.claim.data import OUTCOMES
from mcda.claim.examine import ClaimResult, Row, Side
from mcda.claim.run import PROBES, TOLERANCE
from mcda.claim.tally import Tally
from mcda.engine.note import Note
from mcda.study.assertion import FAILS, HOLDS, TIED
from mcda.words import say

SHOWN = 3  # ways to turn the outcome, options or choices that a sentence names; tables list them all
HEAVY, LIGHT = 3, 0.1  # times its equal part of the specifications, from and up to which an option is named


def titles(result: ClaimResult, lang: str) -> dict[str, str]:
    """Give the title of every alternative by key."""
    added = [addition.alternative for addition in result.claim.baseline.add]
    return {item.key: item.title.get(lang) for item in (*result.study.alternatives, *added)}


def notes(result: ClaimResult, lang: str = "en") -> list[Note]:
    """Say what was found, in the order in which it is to be read; names are given in ``lang``."""
    return [
        *asserted(result, lang),
        Note(code="claim.not_independent"),
        *_by(result, "route", lang),
        *_by(result, "weights", lang),
        *_verdicts(result, lang),
        *_uneven(result, lang),
        *_start(result, lang),
        *_weight_space(result, lang),
        *_broken(result, lang),
        *_instead(result, lang),
        *_explained(result, lang),
        *_counts(result),
    ]


def asserted(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Say what is claimed, how it is read, what it fixes, and who asserts it."""
    claim = result.claim
    yield Note(code="claim.titled", values={"title": claim.title.get(lang)})
    if claim.note is not None:
        yield Note(code="claim.read_as", values={"note": " ".join(claim.note.get(lang).split())})
    yield Note(code="claim.tested", values={"assertion": _assertion(result, lang)})
    yield from _fixed(result, lang)
    yield Note(
        code="claim.asserted", values={"source": claim.source, "place": claim.place, "words": claim.words.get(lang)}
    )


def _assertion(result: ClaimResult, lang: str) -> str:
    """Give what is asserted as a clause; with the criterion where the claim puts all weight on a single one."""
    clause = result.claim.assertion.words(lang, titles(result, lang))
    for step in result.start.fixed:
        sources = [item.source for item in step.option.weights if item.source is not None]
        shares = sources[0].shares if sources and not sources[0].settings else {}
        alone = [key for key, share in shares.items() if share]
        if len(alone) == 1:
            criterion = result.study.criterion(alone[0]).title.get(lang)
            return say("claim.asserts_by_one", lang, assertion=clause, criterion=criterion)
    return clause


def _fixed(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Say which choices the claim leaves no alternative to, and from which scenario all else starts."""
    scenario = result.claim.baseline.title.get(lang)
    weights = result.sides[-1]
    if not result.claim.weight_space and len(weights.options) > 1:
        names = _listed([row.option.title.get(lang) for row in weights.options], lang, most=len(weights.options))
        yield Note(code="claim.own_weights", values={"options": names})
    if result.start.fixed:
        parts = [
            say("claim.step", lang, dimension=step.dimension.title.get(lang), option=option_words(step, result, lang))
            for step in result.start.fixed
        ]
        yield Note(code="claim.fixes", values={"parts": _listed(parts, lang)})
    yield Note(code="claim.starts", values={"scenario": scenario})


def _listed(parts: Sequence[str], lang: str, *, most: int = SHOWN) -> str:
    """Name the first few, and count the others."""
    more = len(parts) - most
    return "; ".join([*parts[:most], *([say("claim.more", lang, count=more)] if more > 0 else [])])


def _verdicts(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Give the verdict over the kinds of options that may be pooled with a better conscience, then over all."""
    pools = {"claim.verdict_equivalent_only": result.equivalent, "claim.verdict_plausible_only": result.plausible}
    for code, tally in pools.items():
        if tally.specifications and tally != result.overall:
            yield Note(code=code, values={"verdict": say(tally.verdict, lang), **_counted(tally)})
    even = {"even": result.explained.share or 0.0, "even_verdict": say(result.explained.verdict, lang)}
    yield Note(code="claim.verdict", values={"verdict": say(result.verdict, lang), **_counted(result.overall), **even})
    if result.overall.ties:
        yield Note(code="claim.ties", values={"ties": result.overall.ties})


def _uneven(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Name the options that most specifications, and hardly any, come from, so that no pooled share is taken alone."""
    for side in result.sides:
        for row in side.options:
            values = _part_of(result.overall, side, [row], lang)
            if values["share"] >= HEAVY * values["equal"]:
                yield Note(code="claim.heavy", values=values)
    for side in result.sides:
        light = [row for row in side.options if _thin(result.overall, side, row)]
        if light:
            yield Note(code="claim.light", values=_part_of(result.overall, side, light, lang))


def _thin(overall: Tally, side: Side, row: Row) -> bool:
    return row.tally.specifications * len(side.options) <= LIGHT * overall.specifications


def _part_of(overall: Tally, side: Side, rows: list[Row], lang: str) -> dict[str, Any]:
    """Give the part of all specifications that some options lead to, and what it would be if all led to as many."""
    return {
        "dimension": side.dimension.title.get(lang),
        "options": _listed([row.option.title.get(lang) for row in rows], lang),
        "share": sum(row.tally.specifications for row in rows) / overall.specifications,
        "equal": len(rows) / len(side.options),
    }


def _by(result: ClaimResult, key: str, lang: str) -> Iterator[Note]:
    """Say under which options of a choice the claim holds least and most often."""
    side = result.side(key)
    rows = [row for row in side.options if row.tally.specifications] if side else []
    if side is None or len(rows) < 2:
        return
    shares = [row.tally.share or 0.0 for row in rows]
    ends = _ends(shares, [row.option.title.get(lang) for row in rows], lang)
    code = "claim.by_option" if min(shares) < max(shares) else "claim.by_option_alike"
    yield Note(code=code, values={"dimension": side.dimension.title.get(lang), **ends})


def _ends(shares: Sequence[float], names: Sequence[str], lang: str) -> dict[str, object]:
    """Give the least and the largest share, each with all that have it."""
    ends: dict[str, object] = {}
    for share, end, who in ((min(shares), "least_share", "least"), (max(shares), "most_share", "most")):
        ends[end] = share
        ends[who] = _listed([name for name, own in zip(names, shares, strict=True) if own == share], lang)
    return ends


def _counted(tally: Tally) -> dict[str, object]:
    return {"holds": tally.holds, "count": tally.specifications, "share": tally.share or 0.0}


def _start(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Say what holds where the claim starts from; and, where that is not its scenario, who is first in the latter."""
    at = say("claim.at_start" if result.start.own else "claim.at_baseline", lang)
    found = result.baseline
    edge = say("claim.last" if result.claim.assertion.relation == "bottom" else "claim.first", lang)
    if found.outcome not in (HOLDS, FAILS, TIED):
        yield Note(code="claim.start_undefined", values={"at": at})
    else:
        values = {"at": at, "leader": led_by(found, result, lang), "margin": abs(found.margin), "edge": edge}
        yield Note(code=f"claim.start_{OUTCOMES[found.outcome]}", values=values)
    if result.start.own and result.start.scenario.outcome in (HOLDS, FAILS, TIED):
        values = {"scenario": result.claim.baseline.title.get(lang), "edge": edge}
        values["leader"] = led_by(result.start.scenario, result, lang)
        yield Note(code="claim.scenario_itself", values=values)


def led_by(found: Specification, result: ClaimResult, lang: str) -> str:
    """Name who is first (or last) under a specification."""
    return titles(result, lang)[found.leader] if found.leader else say("claim.several", lang)


def _weight_space(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Give the share of all weights under which the claim holds, and the routes with the least and the largest."""
    if result.weight_space is None:
        return
    first, *others = result.weight_space.shares
    values = {"share": first.share, "draws": first.draws, "seed": result.weight_space.seed}
    if first.unanimous:
        yield Note(code="claim.weight_space_bound", values={**values, "bound": 100 * first.unseen})
    else:
        yield Note(code="claim.weight_space", values={**values, "error": first.standard_error})
    if others:
        routes = {item.route.title.get(lang): item for item in (first, *others) if item.route is not None}
        errors = {item.share: item.unseen if item.unanimous else item.standard_error for item in routes.values()}
        ends = _ends([item.share for item in routes.values()], list(routes), lang)
        spread = {"low_error": errors[min(errors)], "high_error": errors[max(errors)]}
        yield Note(code="claim.weight_space_routes", values={**ends, **spread})


def _broken(result: ClaimResult, lang: str) -> Iterator[Note]:
    """Say how few changes turn the outcome, over all options and over equivalent ones."""
    turned = "breaks" if result.baseline.holds else "makes"
    for kind, found in (("any", result.breaks), ("equivalent", result.equivalent_breaks)):
        if found.size is None:
            yield Note(code=f"claim.{turned}_never_{kind}")
            continue
        values = {"count": found.size, "ways": found.count, "parts": _first(found, result, lang)}
        yield Note(code=f"claim.{turned}_{kind}", values=values)


def _first(found: Breaks, result: ClaimResult, lang: str) -> str:
    """Spell out the first few ways to turn the outcome, the fewer the longer they are, and count the others."""
    parts = [
        say("claim.change_leads", lang, changes=step_words(item, result, lang), leader=led_by(item, result, lang))
        for item in found.sets[: max(1, SHOWN // (found.size or 1))]
    ]
    more = found.count - len(parts)
    return "; ".join([*parts, *([say("claim.more", lang, count=more)] if more else [])])


def step_words(found: Specification, result: ClaimResult, lang: str) -> str:
    """Name the changes of a specification."""
    options = {step.dimension.title.get(lang): option_words(step, result, lang) for step in found.steps}
    return ", ".join(say("claim.step", lang, dimension=name, option=option) for name, option in options.items())


def option_words(step: Step, result: ClaimResult, lang: str) -> str:
    """Name an option, and of a family of weights the one in question: an order by the titles of its criteria."""
    if not step.weights:
        return step.option.title.get(lang)
    source = next(item.source for item in step.option.weights if item.key == step.weights)
    criteria = {item.key: item.title.get(lang) for item in result.study.criteria}
    return " > ".join(criteria[key] for key in source.order) if source and source.order else step.weights


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
    """Name the few choices that the outcome hangs on most."""
    names = {item.key: item.title.get(lang) for item in result.curve.dimensions}
    parts = sorted(result.explained.parts, key=lambda part: -part.total)[:SHOWN]
    if parts:
        told = "; ".join(say("claim.part", lang, name=names[part.key], total=part.total) for part in parts)
        yield Note(code="claim.explained", values={"parts": told})


def _counts(result: ClaimResult) -> Iterator[Note]:
    """Account for every combination of the full cross."""
    (ruled, same), left_out = result.repeats, sum(count for _, count in result.excluded)
    values: dict[str, object] = {"combinations": result.combinations, "ruled": ruled, "same": same}
    values |= {"excluded": left_out, "skipped": result.overall.skipped, "count": result.overall.specifications}
    yield Note(code="claim.counts", values=values)
    if result.alike.count:
        tested = {"alike": result.alike.count, "weightings": PROBES, "tolerance": TOLERANCE}
        yield Note(code="claim.alike", values={**tested, **_counted(result.alike.once)})
