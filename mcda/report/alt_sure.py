"""What the figures of how sure a result is say, in words from the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.report import numbers
from mcda.report.answer import together
from mcda.report.findings import Findings
from mcda.sensitivity.sweep import Interval, WeightSweep
from mcda.study.scenario import Case
from mcda.words import say

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

BARS = 12  # of the tornado, as many as are drawn


def acceptability(found: Findings, lang: str) -> str:
    """Say how often each alternative takes each place, over weights and over scores."""
    parts = [say("figure.alt.acceptability", lang)]
    for kind, shares in (("weights", found.weights), ("scores", found.scores)):
        if shares is not None:
            panel = "exact" if shares.exact else kind
            head = say(f"figure.acceptability.{panel}_panel", lang, draws=shares.draws)
            each = [
                f"{found.case.title(shares.alternatives[i], lang)} "
                + ", ".join(numbers.share(share) for share in shares.rank_acceptability[i].tolist())
                for i in found.ranking.order()
            ]
            parts.append(f"{head}: {'; '.join(each)}.")
    return " ".join(parts)


def bands(found: Findings, lang: str) -> str:
    """Say who is first on which stretch of each weight."""
    parts = [say("figure.alt.bands", lang)]
    for sweep in _sweeps(found):
        stretches = [_stretch(found.case, stretch, lang) for stretch in sweep.winners]
        parts.append(_criterion(found.case, sweep, ", ".join(stretches), lang))
    return " ".join(parts)


def sweep(found: Findings, lang: str) -> str:
    """Say where each line begins and ends, and where the first place changes hands."""
    parts = [say("figure.alt.sweep", lang)]
    for sweep in _sweeps(found):
        ends = zip(sweep.alternatives, sweep.scores[0].tolist(), sweep.scores[-1].tolist(), strict=True)
        lines = [
            say(
                "figure.alt.line",
                lang,
                name=found.case.title(key, lang),
                low=numbers.score(low),
                high=numbers.score(high),
            )
            for key, low, high in ends
        ]
        changes = ", ".join(numbers.share(weight) for weight in sweep.changes().tolist())
        flips = say("figure.alt.flips", lang, weights=changes) if changes else say("figure.alt.steady", lang)
        parts.append(_criterion(found.case, sweep, f"{', '.join(lines)}; {flips}", lang))
    return " ".join(parts)


def tornado(found: Findings, lang: str) -> str:
    """Say how far each score's range moves the lead."""
    assert found.tornado is not None
    case, moves = found.case, found.tornado
    bars = [
        say(
            "figure.alt.bar",
            lang,
            criterion=case.title(bar.criterion, lang),
            alternative=case.title(bar.alternative, lang),
            low=numbers.amount(bar.low),
            high=numbers.amount(bar.high),
            low_lead=numbers.signed(bar.lead_low),
            high_lead=numbers.signed(bar.lead_high),
        )
        for bar in moves.bars[:BARS]
    ]
    names = {"first": case.title(moves.first, lang), "second": case.title(moves.second, lang)}
    return say("figure.alt.tornado", lang, **names, lead=numbers.signed(moves.lead), bars="; ".join(bars))


def bump(found: Findings, lang: str) -> str:
    """Say between which places each alternative moves over the scenarios, and under how many it is first."""
    others = [other for other in found.others if other.key != found.case.scenario.key]
    own = dict(zip(found.ranking.alternatives, found.ranking.ranks.tolist(), strict=True))
    lines = []
    for i in found.ranking.order():
        key = found.ranking.alternatives[i]
        places = [ranks[key] for ranks in (own, *(other.ranks for other in others)) if key in ranks]
        values = {"best": numbers.rank(min(places)), "worst": numbers.rank(max(places)), "first": places.count(1.0)}
        lines.append(say("figure.alt.places", lang, name=found.case.title(key, lang), **values))
    return say("figure.alt.bump", lang, count=len(others), lines="; ".join(lines))


def simplex(found: Findings, lang: str) -> str:
    """Say in which part of the triangle each alternative is first."""
    assert found.triangle is not None
    case, map_ = found.case, found.triangle
    parts = [
        f"{case.title(key, lang)} {say('figure.whole_share', lang, share=share)}"
        for key, share in zip(map_.alternatives, map_.shares.tolist(), strict=True)
    ]
    first = together([case.title(key, lang) for key in found.ranking.first()], lang)
    criteria = together([case.title(key, lang) for key in map_.corners], lang)
    return say("figure.alt.simplex", lang, criteria=criteria, parts=", ".join(parts), first=first)


def curve(result: ClaimResult, lang: str) -> str:
    """Say in how many specifications a claim holds, and under each option in which share of them."""
    found, tally = result.curve, result.overall
    values = {"holds": tally.holds, "count": tally.specifications}
    ends = {"low": numbers.signed(float(found.margin.min())), "high": numbers.signed(float(found.margin.max()))}
    parts = [say("figure.alt.curve", lang, claim=result.claim.title.get(lang), **values, **ends)]
    for side in result.sides:
        rows = [(row.option, row.tally) for row in side.options if row.tally.specifications]
        if len(rows) > 1:
            each = [f"{o.title.get(lang)} {numbers.share(tally.holds / tally.specifications)}" for o, tally in rows]
            choice = side.dimension.title.get(lang)
            parts.append(say("figure.alt.option", lang, choice=choice, options=", ".join(each)))
    return " ".join(parts)


def _sweeps(found: Findings) -> tuple[WeightSweep, ...]:
    assert found.stability is not None
    return found.stability.sweeps


def _stretch(case: Case, stretch: Interval, lang: str) -> str:
    name = " = ".join(case.title(key, lang) for key in stretch.first)
    low, high = numbers.share(stretch.low), numbers.share(stretch.high)
    return say("figure.alt.stretch", lang, name=name, low=low, high=high)


def _criterion(case: Case, sweep: WeightSweep, parts: str, lang: str) -> str:
    now = numbers.share(sweep.weight)
    return say("figure.alt.criterion", lang, criterion=case.title(sweep.criterion, lang), now=now, parts=parts)
