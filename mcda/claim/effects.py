"""What policies and shocks move: scores, ranks and claims, each against the scenario it is based on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcda.claim.examine import pooled
from mcda.claim.grid import lay_out
from mcda.claim.run import run
from mcda.claim.tally import Counter, Tally
from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking
from mcda.errors import Fault, StudyError
from mcda.study.difference import differences
from mcda.study.files import read_scenario
from mcda.study.model import Study, Title
from mcda.study.scenario import Case, Change, Scenario, build
from mcda.study.universe import Claim, Kind

KINDS: tuple[Kind, ...] = ("equivalent",)  # options over which the effect on a claim is counted: it has to be quick
QUICK = 100_000  # combinations, over all claims and scenarios together, that take a few seconds


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

    @property
    def gain(self) -> float:
        """Change of the share of specifications under which it holds."""
        return (self.after.share or 0.0) - (self.before.share or 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Effect:
    """What one policy or shock moves.

    Attributes
    ----------
    scenario : the policy or shock
    base : key of the scenario it is based on
    base_title : its title
    settings : what else it sets otherwise than its base, by field: ``weights``, ``method``, ``drop``, …
    changes : the cells it changes, against its base
    moved : whether the value of each of these cells is another one, not its range alone
    moves : by alternative, the largest change of score first
    first_before, first : who is first
    higher_is_better : which way the method's scores run
    claims : what it does to claims; none where it changes no cell, since a claim has weights and methods of its own
    """

    scenario: Scenario
    base: str
    base_title: Title
    settings: tuple[str, ...]
    changes: tuple[Change, ...]
    moved: tuple[bool, ...]
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
    old, new = build(study, base), build(study, scenario)
    was, now = _ranked(old), _ranked(new)
    changes = tuple(change for change in scenario.changes if change not in base.changes)
    return Effect(
        scenario=scenario,
        base=base.key,
        base_title=base.title,
        settings=tuple(d.field for d in differences(study, scenario, base) if not d.field.startswith("change ")),
        changes=changes,
        moved=tuple(_value(old, change) != _value(new, change) for change in changes),
        moves=_moves(was, now),
        first_before=was.first(),
        first=now.first(),
        higher_is_better=now.higher_is_better,
        claims=tuple(
            ClaimMove(claim=claim, before=tally, after=_counted(study, claim.under(changes)))
            for claim, tally in (zip(claims, before, strict=True) if changes else ())
        ),
    )


def _counted(study: Study, claim: Claim) -> Tally:
    return pooled(Counter(multiverse=run(study, claim)), KINDS)


def _ranked(case: Case) -> Ranking:
    scenario = case.scenario
    return rank(
        case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options
    )


def _value(case: Case, change: Change) -> float | None:
    """Give the value in use of the cell that a change is about; None where the case has no such cell."""
    alternatives, leaves = [a.key for a in case.alternatives], [leaf.key for leaf in case.leaves]
    if change.alternative not in alternatives or change.leaf not in leaves:
        return None
    return float(case.leaf_values[alternatives.index(change.alternative), leaves.index(change.leaf)])


def quick(claims: Iterable[Claim], scenarios: int) -> tuple[list[Claim], list[Claim]]:
    """Divide claims into those whose effects are counted within a few seconds for so many scenarios, and the rest."""
    shown: list[Claim] = []
    rest: list[Claim] = []
    left = QUICK
    for claim in claims:
        size = lay_out(claim.restricted(KINDS)).combinations * (scenarios + 1)
        (shown if size <= left else rest).append(claim)
        left -= size if size <= left else 0
    return shown, rest


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
