"""Does an order stand when an alternative is dropped, doubled, worsened, or compared pair by pair?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TypeAlias

import numpy as np

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking
from mcda.errors import Fault, NotApplicable
from mcda.sensitivity.variants import only, widths, with_alternative, with_value

TESTS = ("drop", "clone", "near_clone", "worsen", "pairs", "cycles")
NEAR = 0.01  # of a criterion's scale, by which a near clone is worse
STEP = 0.1  # of a criterion's scale, by which a value is worsened

Ranked: TypeAlias = Callable[[Problem], Ranking]


@dataclass(frozen=True, kw_only=True)
class Reversal:
    """One change of the order that the change of the problem does not call for.

    Attributes
    ----------
    test : ``drop``, ``clone``, ``near_clone``, ``worsen``, ``pairs`` or ``cycles``
    changed : the alternatives that were dropped, doubled, worsened or compared
    criterion : which value was worsened; empty for the other tests
    first_before, first_after : who was first and who is first then, among those that are there both times
    reversed : pairs, the one that was ahead first, whose order turned round; ties do not count
    """

    test: str
    changed: tuple[str, ...]
    criterion: str
    first_before: tuple[str, ...]
    first_after: tuple[str, ...]
    reversed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class RankReversal:
    """Every reversal found, and how many trials there were.

    Attributes
    ----------
    method, normalization : as given
    findings : the reversals, test by test
    trials : how many trials each test had
    skipped : trials that the method does not allow: test, what was changed, why
    """

    method: str
    normalization: str | None
    findings: tuple[Reversal, ...]
    trials: Mapping[str, int]
    skipped: tuple[tuple[str, tuple[str, ...], Fault], ...]

    def of(self, test: str) -> tuple[Reversal, ...]:
        """Give the findings of one test."""
        return tuple(finding for finding in self.findings if finding.test == test)

    def notes(self) -> list[Note]:
        """Say for each test in how many trials the order was reversed, and in how many the first place changed."""
        notes = []
        for test in TESTS:
            found = self.of(test)
            lost = sum(finding.first_before != finding.first_after for finding in found)
            values = {"found": len(found), "trials": self.trials[test], "first": lost}
            notes.append(Note(code=f"sure.reversal_{test}" if found else f"sure.no_reversal_{test}", values=values))
        if self.skipped:
            notes.append(Note(code="sure.reversal_skipped", values={"count": len(self.skipped)}))
        return notes


def rank_reversal(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    near: float = NEAR,
    step: float = STEP,
) -> RankReversal:
    """Look for rank reversals in every way that is known.

    ``drop`` leaves out each alternative in turn and ``clone`` adds a copy of each; ``near_clone`` adds a copy that is
    slightly worse on every criterion [1]_: the others should keep their order. ``worsen`` makes one value of one that
    is not first worse: the first should stay first [2]_. ``pairs`` ranks every two alternatives by themselves: their
    order should be that of the whole ranking, and, in ``cycles``, no three should beat each other in a circle [2]_.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method, normalization, options : as in ``rank``
    near, step : shares of each criterion's scale (without one, of its values' range) by which a near clone and a
        worsened value are worse; neither goes beyond the worst value that stands in the column

    Returns
    -------
    RankReversal

    Raises
    ------
    ProblemError
        As ``rank``; a changed problem that the method refuses is skipped and counted.

    References
    ----------
    .. [1] Belton and Gear, "On a short-coming of Saaty's method of analytic hierarchies", Omega 11, 1983.
    .. [2] Wang and Triantaphyllou, "Ranking irregularities when evaluating alternatives by using some ELECTRE methods",
       Omega 36, 2008, tests 1 to 3.

    Examples
    --------
    >>> found = rank_reversal(Problem([[1, 9], [2, 5], [5, 2]], ["max", "max"]), method="weighted_sum")
    >>> found.trials["drop"], len(found.of("worsen"))
    (3, 0)
    """

    def ranked(changed: Problem) -> Ranking:
        return rank(changed, method=method, normalization=normalization, options=options)

    now = ranked(problem)
    log = _Log(problem, now, ranked)
    n = len(problem.alternatives)
    for i in range(n):
        if n > 1:
            log.trial("drop", (i,), partial(only, problem, [j for j in range(n) if j != i]))
        log.trial("clone", (i,), partial(_copy, problem, i, 0.0))
        log.trial("near_clone", (i,), partial(_copy, problem, i, near))
        if now.ranks[i] != now.ranks.min():
            for j in range(len(problem.criteria)):
                log.worsened(i, j, step)
    log.compare_pairs()
    return RankReversal(
        method=method,
        normalization=now.normalization,
        findings=tuple(sorted(log.findings, key=lambda finding: TESTS.index(finding.test))),
        trials=dict(log.trials),
        skipped=tuple(log.skipped),
    )


class _Log:
    """What the trials have found so far."""

    def __init__(self, problem: Problem, now: Ranking, ranked: Ranked) -> None:
        self.problem, self.now, self.ranked = problem, now, ranked
        self.findings: list[Reversal] = []
        self.trials = dict.fromkeys(TESTS, 0)
        self.skipped: list[tuple[str, tuple[str, ...], Fault]] = []

    def trial(self, test: str, changed: tuple[int, ...], make: Callable[[], Problem]) -> np.ndarray | None:
        """Rank a changed problem and note which pairs turned round; give the ranks of those still there."""
        after = self._after(test, changed, make)
        if after is None:
            return None
        kept = [i for i, name in enumerate(self.problem.alternatives) if name in after]
        places = np.array([after[self.problem.alternatives[i]] for i in kept])
        before = self.now.ranks[kept]
        turned = [
            (a, b) if before[a] < before[b] else (b, a)
            for a, b in combinations(range(len(kept)), 2)
            if (before[a] - before[b]) * (places[a] - places[b]) < 0
        ]
        if turned:
            pairs = tuple((self._name(kept[a]), self._name(kept[b])) for a, b in turned)
            self._note(test, changed, kept, before, places, pairs)
        return places

    def worsened(self, i: int, j: int, step: float) -> None:
        """Worsen one value of an alternative that is not first; note it if the first place changes."""
        value = self._worse(i, j, step)
        if value == self.problem.values[i, j]:
            return
        after = self._after("worsen", (i,), partial(with_value, self.problem, i, j, value))
        if after is None:
            return
        kept = list(range(len(self.problem.alternatives)))
        places = np.array([after[name] for name in self.problem.alternatives])
        if set(np.flatnonzero(places == places.min())) != set(np.flatnonzero(self.now.ranks == self.now.ranks.min())):
            self._note("worsen", (i,), kept, self.now.ranks, places, (), self.problem.criteria[j])

    def compare_pairs(self) -> None:
        """Rank every two alternatives by themselves, and look for circles among the outcomes."""
        n = len(self.problem.alternatives)
        beats, tried = np.zeros((n, n), bool), np.zeros((n, n), bool)
        for a, b in combinations(range(n), 2):
            places = self.trial("pairs", (a, b), partial(only, self.problem, [a, b]))
            if places is not None:
                beats[a, b], beats[b, a] = places[0] < places[1], places[1] < places[0]
                tried[a, b] = True
        self.trials["cycles"] = int((tried[:, :, None] & tried[None] & tried[:, None, :]).sum())
        for a, b, c in np.argwhere(beats[:, :, None] & beats[None] & beats.T[:, None, :]):
            if a < b and a < c:
                names = self._name(a), self._name(b), self._name(c)
                pairs = tuple(zip(names, (*names[1:], names[0]), strict=True))
                turned = tuple(pair for pair in pairs if self._rank(pair[1]) < self._rank(pair[0]))
                self.findings.append(
                    Reversal(
                        test="cycles", changed=names, criterion="", first_before=(), first_after=(), reversed=turned
                    )
                )

    def _after(
        self, test: str, changed: tuple[int, ...], make: Callable[[], Problem]
    ) -> dict[str, float] | None:
        try:
            now = self.ranked(make())
        except NotApplicable as reason:
            self.skipped.append((test, tuple(self._name(i) for i in changed), reason.faults[0]))
            return None
        self.trials[test] += 1
        return dict(zip(now.alternatives, now.ranks.tolist(), strict=True))

    def _note(
        self,
        test: str,
        changed: tuple[int, ...],
        kept: list[int],
        before: Array,
        after: Array,
        pairs: tuple[tuple[str, str], ...],
        criterion: str = "",
    ) -> None:
        firsts = [
            tuple(self._name(kept[place]) for place in np.flatnonzero(places == places.min()))
            for places in (before, after)
        ]
        self.findings.append(
            Reversal(
                test=test,
                changed=tuple(self._name(i) for i in changed),
                criterion=criterion,
                first_before=firsts[0],
                first_after=firsts[1],
                reversed=pairs,
            )
        )

    def _worse(self, i: int, j: int, share: float) -> float:
        return float(_worse(self.problem, i, share)[j])

    def _name(self, i: int) -> str:
        return self.problem.alternatives[i]

    def _rank(self, name: str) -> float:
        return float(self.now.ranks[self.problem.alternatives.index(name)])


def _copy(problem: Problem, i: int, share: float) -> Problem:
    """Add a copy of an alternative, worse by a share of each scale, under a name that is not taken."""
    name = f"{problem.alternatives[i]}'"
    while name in problem.alternatives:
        name += "'"
    return with_alternative(problem, name, _worse(problem, i, share))


def _worse(problem: Problem, i: int, share: float) -> Array:
    """Give the values (m,) of an alternative, worse by a share of each scale, at worst the worst in the column."""
    lower = np.maximum(problem.values[i] - share * widths(problem), problem.values.min(axis=0))
    higher = np.minimum(problem.values[i] + share * widths(problem), problem.values.max(axis=0))
    worse: Array = np.where(problem.directions > 0, lower, higher)
    return worse
