"""What policies and shocks move: scores, ranks and claims, each against the scenario it is based on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcda.claim.examine import pooled
from mcda.claim.run import run
from mcda.claim.tally import Counter, Tally
from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.ranking import Ranking
from mcda.errors import Fault, StudyError
from mcda.study.files import read_scenario
from mcda.study.model import Study
from mcda.study.scenario import Change, Scenario, build
from mcda.study.universe import Claim, Kind

KINDS: tuple[Kind, ...] = ("equivalent",)  # options over which the effect on a claim is counted: it has to be quick


@dataclass(frozen=True, kw_only=True)
class Move:
    """What happens to one alternative: its score and rank before and after."""

    alternative: str
    score_before: float
    score: float
    rank_before: float
    rank: float

    @property
    def gain(self) -> float:
        """Change of the score."""
        return self.score - self.score_before


@dataclass(frozen=True, kw_only=True)
class ClaimMove:
    """What happens to one claim: counts over specifications of equivalent options, before and after."""

    claim: Claim
    before: Tally
    after: Tally


@dataclass(frozen=True, kw_only=True, eq=False)
class Effect:
    """What one policy or shock moves.

    Attributes
    ----------
    scenario : the policy or shock
    base : key of the scenario it is based on
    changes : the cells it changes, against its base
    moves : by alternative, the largest change of score first
    first_before, first : who is first
    higher_is_better : which way the method's scores run
    claims : what it does to claims
    """

    scenario: Scenario
    base: str
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    first_before: tuple[str, ...]
    first: tuple[str, ...]
    higher_is_better: bool
    claims: tuple[ClaimMove, ...]


def effects(study: Study, keys: Iterable[str], *, claims: Iterable[Claim] = ()) -> tuple[Effect, ...]:
    """Hold scenarios against the ones they are based on.

    Parameters
    ----------
    study : as ``read_study`` gives it
    keys : scenarios that are based on another one
    claims : counted over their equivalent options with the changed cells in place; a choice of the claim about the same
        cell stands above the change, and SWOT routes, which have no such cells, do not move

    Raises
    ------
    StudyError
        Where a scenario does not exist or is based on none.
    """
    read = [read_scenario(study, key) for key in keys]
    alone = [scenario.key for scenario in read if not scenario.chain]
    if alone:
        raise StudyError([Fault(code="claim.no_base", values={"found": key}) for key in alone])
    small = [claim.restricted(KINDS) for claim in claims]
    before = [_counted(study, claim) for claim in small]
    return tuple(_effect(study, scenario, small, before) for scenario in read)


def _effect(study: Study, scenario: Scenario, claims: list[Claim], before: list[Tally]) -> Effect:
    base = read_scenario(study, scenario.chain[0])
    was, now = _ranked(study, base), _ranked(study, scenario)
    changes = tuple(change for change in scenario.changes if change not in base.changes)
    return Effect(
        scenario=scenario,
        base=base.key,
        changes=changes,
        moves=_moves(was, now),
        first_before=was.first(),
        first=now.first(),
        higher_is_better=now.higher_is_better,
        claims=tuple(
            ClaimMove(claim=claim, before=tally, after=_counted(study, claim.under(changes)))
            for claim, tally in zip(claims, before, strict=True)
        ),
    )


def _counted(study: Study, claim: Claim) -> Tally:
    return pooled(Counter(multiverse=run(study, claim)), KINDS)


def _ranked(study: Study, scenario: Scenario) -> Ranking:
    return rank(
        build(study, scenario).problem,
        method=scenario.method,
        normalization=scenario.normalization,
        options=scenario.options,
    )


def _moves(before: Ranking, after: Ranking) -> tuple[Move, ...]:
    """Compare the alternatives that both rankings have."""
    was, now = (_by_key(ranking) for ranking in (before, after))
    moves = [
        Move(
            alternative=key,
            score_before=was[key][0],
            score=now[key][0],
            rank_before=was[key][1],
            rank=now[key][1],
        )
        for key in was
        if key in now
    ]
    return tuple(sorted(moves, key=lambda move: -abs(move.gain)))


def _by_key(ranking: Ranking) -> dict[str, tuple[float, float]]:
    pairs = zip(ranking.scores.tolist(), ranking.ranks.tolist(), strict=True)
    return dict(zip(ranking.alternatives, pairs, strict=True))


def notes(study: Study, found: Iterable[Effect], lang: str = "en") -> list[Note]:
    """Say of each effect whom it moves most, what it does to the first place and to claims; then which moves most."""
    names = {item.key: item.title.get(lang) for item in study.alternatives}
    out, largest = [], None
    for effect in found:
        names |= {item.alternative.key: item.alternative.title.get(lang) for item in effect.scenario.add}
        move = effect.moves[0]
        values: dict[str, object] = {"scenario": effect.scenario.title.get(lang), "who": names[move.alternative]}
        values |= {"gain": move.gain, "cells": len(effect.changes), "before": move.rank_before, "after": move.rank}
        values |= {"first": ", ".join(names[key] for key in effect.first), "base": effect.base}
        changed = effect.first != effect.first_before
        out.append(Note(code="claim.effect_first" if changed else "claim.effect", values=values))
        for item in effect.claims:
            told = {"claim": item.claim.title.get(lang), "count": item.after.specifications}
            shares = {"before": item.before.share or 0.0, "after": item.after.share or 0.0}
            out.append(Note(code="claim.effect_claim", values={**told, **shares}))
        if largest is None or abs(move.gain) > abs(largest[1].gain):
            largest = effect, move
    if largest is not None:
        values = {"scenario": largest[0].scenario.title.get(lang), "who": names[largest[1].alternative]}
        out.append(Note(code="claim.moves_most", values={**values, "gain": largest[1].gain}))
    return out
