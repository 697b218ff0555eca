"""What policies and shocks move, as sentences: one after the other, then which of each kind moves most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mcda.claim.effects import ClaimMove, Effect, Move
from mcda.engine.note import Note
from mcda.study.model import Study
from mcda.words import Word, say

SMALL = 0.0005  # change of a score that is written as 0
ORDER = ("policy", "shock", "reading", None)  # kinds of scenarios, as they are told


def by_kind(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """Put policies first, then shocks, readings, and scenarios of no kind; each in the order given."""
    return tuple(sorted(found, key=lambda effect: ORDER.index(effect.scenario.kind)))


def notes(study: Study, found: Iterable[Effect], lang: str = "en") -> list[Note]:
    """Say of each effect whom it moves and what it does to the first place and claims; then, by kind, which most."""
    out: list[Note] = []
    effects = by_kind(found)
    names = {item.key: item.title.get(lang) for item in study.alternatives}
    names |= {a.alternative.key: a.alternative.title.get(lang) for effect in effects for a in effect.scenario.add}
    for effect in effects:
        out += _told(effect, names, lang)
    for kind in ORDER:
        same = [effect for effect in effects if effect.scenario.kind == kind]
        if len(same) > 1:
            out += _most(same, names, lang)
    return out


def _told(effect: Effect, names: Mapping[str, str], lang: str) -> Iterator[Note]:
    """Say what one scenario moves; claims only where their count changes."""
    move = effect.moves[0]
    values: dict[str, object] = {"scenario": effect.scenario.title.get(lang), "who": names[move.alternative]}
    values |= {"gain": move.gain, "place": _place(move), "changed": "; ".join(_changed(effect, lang))}
    values |= {"first": ", ".join(names[key] for key in effect.first), "base": effect.base_title.get(lang)}
    if abs(move.gain) < SMALL:
        yield Note(code="claim.effect_none", values=values)
    else:
        yield Note(code="claim.effect_first" if effect.first != effect.first_before else "claim.effect", values=values)
    for item in effect.claims:
        if item.before != item.after:
            yield Note(code="claim.effect_claim", values=_shares(item, lang))


def _changed(effect: Effect, lang: str) -> Iterator[str]:
    """Name what a scenario sets otherwise than its base, and count the cells that it changes."""
    yield from (say(f"claim.changed_{field}", lang) for field in effect.settings)
    moved = sum(effect.moved)
    if moved:
        yield say("claim.changed_cells", lang, count=moved)
    elif effect.changes:
        yield say("claim.changed_ranges", lang, count=len(effect.changes))
    elif not effect.settings:
        yield say("claim.changed_nothing", lang)


def _most(same: list[Effect], names: Mapping[str, str], lang: str) -> Iterator[Note]:
    """Say which scenario of one kind moves an alternative most, and which a claim."""
    kind = say(f"claim.kind_{same[0].scenario.kind or 'other'}", lang, count=len(same))
    largest = max(same, key=lambda effect: abs(effect.moves[0].gain))
    move = largest.moves[0]
    values: dict[str, object] = {"kind": kind, "scenario": largest.scenario.title.get(lang)}
    values |= {"who": names[move.alternative], "gain": move.gain, "place": _place(move)}
    yield Note(code="claim.moves_most", values=values)
    claims = [(effect, item) for effect in same for item in effect.claims if item.before != item.after]
    if claims:
        effect, item = max(claims, key=lambda pair: abs(pair[1].gain))
        named = {"kind": kind, "scenario": effect.scenario.title.get(lang)}
        yield Note(code="claim.moves_claim_most", values={**named, **_shares(item, lang)})
    elif any(effect.claims for effect in same):
        yield Note(code="claim.moves_no_claim", values={"kind": kind, "count": len(same[0].claims)})


def _place(move: Move) -> Word:
    """Say which rank an alternative had and has."""
    code = "claim.place_kept" if move.rank == move.rank_before else "claim.place_moved"
    return Word(code, {"before": move.rank_before, "after": move.rank})


def _shares(item: ClaimMove, lang: str) -> dict[str, object]:
    told = {"claim": item.claim.title.get(lang), "count": item.after.specifications}
    return {**told, "before": item.before.share or 0.0, "after": item.after.share or 0.0}
