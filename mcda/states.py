"""Country profiles side by side: what each state's priorities lead to, what the group's do, and what suits most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from mcda.engine.ahp import Priorities
from mcda.engine.ahp.groups import GroupPriorities, group_priorities
from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking, ranks
from mcda.engine.voting import kemeny
from mcda.errors import Fault, StudyError
from mcda.sensitivity.forms import upward
from mcda.sensitivity.stability import Stability, stability
from mcda.study.files import read_scenario
from mcda.study.model import Study
from mcda.study.scenario import Case, Judgement, build
from mcda.words import localized, say

GROUP = "five-states"
LATTICE = 50_000  # points at most at which weights are tried


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One pair of criteria, as the judges of a profile compare it.

    Attributes
    ----------
    first, second : keys of the criteria
    ratios : by judge, how many times the first matters more than the second, as it is written; empty where not judged
    merged : the same over all judges
    evidence : rows of the ledger that they cite, in the order of first mention
    """

    first: str
    second: str
    ratios: Mapping[str, str]
    merged: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """One profile.

    Attributes
    ----------
    key : of the scenario that holds its judgements
    case : the study under it
    ranking : what follows from its weights
    merged : its priorities, over all its judges, with their consistency
    judges : the priorities of each judge (coding) alone
    stability : how far each weight may move before its first place changes
    evidence : rows of the ledger that its judgements cite, in the order of first mention
    compared : its judgements, pair by pair
    """

    key: str
    case: Case
    ranking: Ranking
    merged: Priorities
    judges: Mapping[str, Priorities]
    stability: Stability
    evidence: tuple[str, ...]
    compared: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shared:
    """The weights whose ranking disagrees least with the states' rankings, taken together.

    Disagreement is the number of pairs of alternatives that two rankings have the other way round, a tie counting half,
    summed over the states. The weights are searched over a lattice of the simplex, the states' own, the group's and
    equal weights; of those that are equally good the one nearest to their mean is given.

    Attributes
    ----------
    weights : (c,) by criterion
    ranking : what follows from them
    disagreement : with each state
    total : the sum
    least : below which no ranking at all can come, whatever the weights [1]_
    alike : share of the lattice that is equally good
    tried : number of weights
    group, equal : the sum for the group's weights and for equal weights

    References
    ----------
    .. [1] Kemeny, "Mathematics without numbers", Daedalus 88(4), 1959.
    """

    weights: Mapping[str, float]
    ranking: Ranking
    disagreement: Mapping[str, float]
    total: float
    least: float
    alike: float
    tried: int
    group: float
    equal: float


@dataclass(frozen=True, kw_only=True, eq=False)
class States:
    """Profiles side by side.

    Attributes
    ----------
    states : in the order of the group's scenario
    group : the case of the group, whose judgements are merged by geometric mean (AIJ)
    group_ranking : what follows from the group's weights
    priorities : of the group and its members, with their consensus
    shared : the weights that suit most
    """

    states: tuple[State, ...]
    group: Case
    group_ranking: Ranking
    priorities: GroupPriorities
    shared: Shared

    def notes(self, lang: str = "en") -> list[Note]:
        """Say what each profile leads to, how far they agree, and what suits most."""
        notes = [Note(code="claim.profiles_are")]
        values: dict[str, object]
        for state in self.states:
            values = {"state": state.case.scenario.title.get(lang), "first": _named(state.case, state.ranking, lang)}
            values |= {"ratio": state.merged.consistency_ratio, "count": len(state.evidence)}
            notes.append(Note(code="claim.state", values=values))
        values = {"first": _named(self.group, self.group_ranking, lang), "consensus": self.priorities.consensus}
        word = say(self.priorities.consensus_word, lang)
        notes.append(Note(code="claim.group", values={**values, "word": word}))
        shared = self.shared
        parts = {self.group.title(key, lang): localized(f"{share:.0%}", lang) for key, share in shared.weights.items()}
        weights = ", ".join(f"{title} {share}" for title, share in parts.items())
        values = {"weights": weights, "first": _named(self.group, shared.ranking, lang), "total": shared.total}
        values |= {"least": shared.least, "group": shared.group, "equal": shared.equal, "alike": shared.alike}
        notes.append(Note(code="claim.shared", values=values))
        return notes


def states(study: Study, *, group: str = GROUP) -> States:
    """Put the profiles of a group's members side by side.

    Parameters
    ----------
    study : with a scenario whose weights are those of a group
    group : key of that scenario

    Raises
    ------
    StudyError
        Where the scenario does not exist or holds no group.
    """
    scenario = read_scenario(study, group)
    if scenario.weights.kind != "group":
        raise StudyError([Fault(code="claim.no_group", values={"found": group})])
    members = tuple(_state(study, key) for key in scenario.weights.judgements)
    case = build(study, scenario)
    labels = [criterion.key for criterion in study.criteria]
    return States(
        states=members,
        group=case,
        group_ranking=_ranked(case),
        priorities=group_priorities([member.merged.matrix for member in members], how="AIJ", labels=labels),
        shared=_shared(case, members),
    )


def _state(study: Study, key: str) -> State:
    scenario = read_scenario(study, key)
    case = build(study, scenario)
    judged = [(judge, item) for each in scenario.weights.judgements.values() for judge in each for item in each[judge]]
    return State(
        key=key,
        case=case,
        ranking=_ranked(case),
        merged=case.priorities[key],
        judges={name: found for name, found in case.priorities.items() if name != key},
        stability=stability(
            case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options
        ),
        evidence=tuple(dict.fromkeys(row for _, item in judged for row in item.evidence)),
        compared=tuple(_compared(judged, case.priorities[key])),
    )


def _compared(judged: list[tuple[str, Judgement]], merged: Priorities) -> Iterator[Compared]:
    """Put the judgements of all judges on each pair side by side, read the same way round."""
    for (i, first), (j, second) in combinations(enumerate(merged.labels), 2):
        found = {judge: item for judge, item in judged if {item.first, item.second} == {first, second}}
        if found:
            yield Compared(
                first=first,
                second=second,
                ratios={judge: _read(item, first) for judge, item in found.items()},
                merged=float(merged.matrix[i, j]),
                evidence=tuple(dict.fromkeys(row for item in found.values() for row in item.evidence)),
            )


def _read(item: Judgement, first: str) -> str:
    """Give the ratio of a judgement with ``first`` first: 1/3 the other way round is 3."""
    if item.first == first:
        return item.ratio
    over, _, under = (part.strip() for part in item.ratio.partition("/"))
    return under or "1" if over == "1" else f"{under or 1}/{over}"


def _ranked(case: Case, problem: Problem | None = None) -> Ranking:
    scenario = case.scenario
    return rank(
        problem or case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options
    )


def _shared(case: Case, members: tuple[State, ...]) -> Shared:
    """Search the weights of the criteria that the states disagree with least."""
    scenario, problem = case.scenario, case.problem
    criteria = [criterion.key for criterion in case.study.criteria]
    member = _columns(case, criteria)
    own = [[state.case.criterion_weights[key] for key in criteria] for state in members]
    group = [case.criterion_weights[key] for key in criteria]
    equal = [1 / len(criteria)] * len(criteria)
    tried = np.concatenate([np.array([group, equal, *own]), lattice(len(criteria))])
    score = upward(
        problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options
    )
    placed = ranks(score(np.einsum("kc,cm->km", tried, member)))
    wanted = np.array([state.ranking.ranks for state in members])
    apart = disagreement(placed, wanted)
    totals = apart.sum(axis=1)
    best = np.flatnonzero(totals == totals.min())
    middle = tried[best].mean(axis=0)
    chosen = int(best[((tried[best] - middle) ** 2).sum(axis=1).argmin()])
    weights = dict(zip(criteria, tried[chosen].tolist(), strict=True))
    given = Problem(
        problem.values,
        list(problem.directions),
        np.einsum("c,cm->m", tried[chosen], member),
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        scales=problem.scales,
    )
    return Shared(
        weights=weights,
        ranking=_ranked(case, given),
        disagreement={state.key: float(apart[chosen, i]) for i, state in enumerate(members)},
        total=float(totals[chosen]),
        least=round(2 * kemeny(wanted).distance * len(members)) / 2,
        alike=float((totals[2 + len(members) :] == totals.min()).mean()),
        tried=len(tried),
        group=float(totals[0]),
        equal=float(totals[1]),
    )


def _columns(case: Case, criteria: list[str]) -> Array:
    """Give what turns weights of the criteria into weights of the problem's columns (c, m)."""
    if case.scenario.structure == "criteria":
        return np.eye(len(criteria))
    owned = np.array([[leaf.criterion == key for leaf in case.leaves] for key in criteria], float)
    return owned * case.leaf_shares


def lattice(criteria: int) -> Array:
    """Give evenly spaced weights (k, c), corners included, as finely as ``LATTICE`` points allow.

    Examples
    --------
    >>> len(lattice(4))
    47905
    """
    if criteria == 1:
        return np.ones((1, 1))
    steps = 1
    while comb(steps + criteria, criteria - 1) <= LATTICE:
        steps += 1
    bars = np.array(list(combinations(range(steps + criteria - 1), criteria - 1)))
    edges = np.concatenate([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), steps + criteria - 1)], axis=1)
    points: Array = (np.diff(edges, axis=1) - 1) / steps
    return points


def disagreement(placed: Array, wanted: Array) -> Array:
    """Count the pairs that rankings (k, n) have the other way round than others (s, n); a tie counts half: (k, s)."""
    first, second = np.triu_indices(placed.shape[1], 1)
    ours, theirs = (np.sign(item[:, first] - item[:, second]) for item in (placed, wanted))
    apart: Array = np.abs(ours[:, None, :] - theirs).sum(axis=2) / 2
    return apart


def _named(case: Case, ranking: Ranking, lang: str) -> str:
    return ", ".join(case.title(key, lang) for key in ranking.first())
