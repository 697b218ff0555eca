"""How far each weight may move alone before the first place, or any place, changes hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking
from mcda.sensitivity.forms import Form, reduced
from mcda.sensitivity.sweep import STEPS, Interval, WeightSweep, weight_sweep


@dataclass(frozen=True, kw_only=True, eq=False)
class CriticalWeights:
    """The change of one weight that levels a pair, and how critical that makes each criterion [1]_.

    Attributes
    ----------
    pairs : (q,) the better alternative of each pair first
    changes : (q, m) the amount to take from a weight, the others being rescaled afterwards, that levels the pair;
        negative where the weight must grow, infinite where no amount does
    percents : (q, m) the same in percent of the present weight
    feasible : (q, m) whether the amount is not larger than the weight
    top : (q,) whether the pair contains the first alternative
    degree : (m,) the least feasible change of the criterion in percent of its weight; infinite where there is none
    sensitivity : (m,) 1 / degree; 0 where no change of that weight reverses any pair

    References
    ----------
    .. [1] Triantaphyllou and Sanchez, "A sensitivity analysis approach for some deterministic multi-criteria
       decision-making methods", Decision Sciences 28, 1997, theorem 1 and definitions 1 to 6.
    """

    pairs: tuple[tuple[str, str], ...]
    criteria: tuple[str, ...]
    changes: Array
    percents: Array
    feasible: NDArray[np.bool_]
    top: NDArray[np.bool_]
    degree: Array
    sensitivity: Array

    def most_critical(
        self, *, among: str = "any", measure: str = "percent"
    ) -> tuple[str, tuple[str, str], float] | None:
        """Give the criterion, the pair and the size of the smallest feasible change, or None where there is none.

        Parameters
        ----------
        among : ``any`` pair, or those of the ``top``
        measure : ``percent`` of the weight, or ``absolute``
        """
        sizes = abs(self.percents if measure == "percent" else self.changes)
        sizes = np.where(self.feasible & (self.top[:, None] | (among == "any")), sizes, np.inf)
        if not sizes.size or not np.isfinite(sizes.min()):
            return None
        pair, criterion = np.unravel_index(int(sizes.argmin()), sizes.shape)
        return self.criteria[criterion], self.pairs[pair], float(sizes[pair, criterion])


@dataclass(frozen=True, kw_only=True, eq=False)
class Stability:
    """For each criterion, the weights over which today's first place and today's ranking hold.

    Attributes
    ----------
    criteria, weights : (m,) names and present weights
    first : who is first now; several where they tie
    first_intervals : (m, 2) the stretch around the present weight on which they stay first; its ends are level
    ranking_intervals : (m, 2) the stretch on which the whole ranking stays
    successors : (m, 2) who is first beyond each end of the first stretch; empty where it ends at 0 or 1
    sweeps : (m,) what else happens along each weight; the first place may come back farther away
    critical : closed-form critical weights, for methods linear in the weights or in their logarithms; else None
    exact, resolution : as in ``WeightSweep``
    """

    criteria: tuple[str, ...]
    weights: Array
    first: tuple[str, ...]
    first_intervals: Array
    ranking_intervals: Array
    successors: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    sweeps: tuple[WeightSweep, ...]
    critical: CriticalWeights | None
    exact: bool
    resolution: float

    def notes(self) -> list[Note]:
        """Say for each criterion how far its weight may move before the first place changes."""
        rows = zip(self.criteria, self.weights, self.first_intervals, self.successors, strict=True)
        notes = [_note(self.first, *row) for row in rows]
        most = self.critical.most_critical() if self.critical else None
        if most is not None:
            values = {"criterion": most[0], "first": most[1][0], "second": most[1][1], "change": most[2]}
            notes.append(Note(code="sure.critical", values=values))
        return notes


def stability(
    problem: Problem,
    *,
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    points: int = 2,
    steps: int = STEPS,
) -> Stability:
    """Find how far each weight may move alone, the others in proportion, before ranks change [1]_.

    An interval is the stretch of the weight around its present value on which the present order, ties included, holds;
    where alternatives tie at the present weights by chance, it is that single point.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    method, normalization, options : as in ``rank``
    points : number of weights at which the sweeps give scores for drawing
    steps : of the scan, for methods without a closed form

    Returns
    -------
    Stability with an interval (2,) within 0 to 1 for each criterion, and what comes first beyond its ends

    Raises
    ------
    ProblemError
        As ``rank``.

    References
    ----------
    .. [1] Mareschal, "Weight stability intervals in multicriteria decision aid", EJOR 33, 1988.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1]], ["max", "max"], [3, 1])
    >>> stability(problem, method="weighted_sum").first_intervals
    array([[0.5, 1. ],
           [0. , 0.5]])
    """
    now = rank(problem, method=method, normalization=normalization, options=options)
    sweeps = tuple(
        weight_sweep(
            problem, name, method=method, normalization=normalization, options=options, points=points, steps=steps
        )
        for name in problem.criteria
    )
    firsts = [
        _around(sweep.weight, sweep.winners, [part.first == now.first() for part in sweep.winners]) for sweep in sweeps
    ]
    whole = [
        _around(sweep.weight, sweep.intervals, [np.array_equal(part.ranks, now.ranks) for part in sweep.intervals])
        for sweep in sweeps
    ]
    form = reduced(problem, method=method, normalization=normalization, options=options)
    summed = form is not None and form.kind in ("linear", "loglinear")
    return Stability(
        criteria=problem.criteria,
        weights=problem.weights,
        first=now.first(),
        first_intervals=np.array(firsts),
        ranking_intervals=np.array(whole),
        successors=tuple(_successors(sweep, ends) for sweep, ends in zip(sweeps, firsts, strict=True)),
        sweeps=sweeps,
        critical=critical_weights(problem, form, now) if form is not None and summed else None,
        exact=all(sweep.exact for sweep in sweeps),
        resolution=max(sweep.resolution for sweep in sweeps),
    )


def critical_weights(problem: Problem, form: Form, now: Ranking) -> CriticalWeights:
    """Give the closed-form critical weights of a method that sums over the criteria; in logarithms for a product."""
    utilities = form.parts[0] if form.higher_is_better else -form.parts[0]
    order = now.order()
    pairs = [(order[a], order[b]) for a in range(len(order)) for b in range(a + 1, len(order))]
    i, j = np.array(pairs, np.intp).reshape(-1, 2).T
    totals = np.einsum("j,ij->i", problem.weights, utilities)
    gap, slope = (totals[j] - totals[i])[:, None], utilities[j] - utilities[i]
    changes = np.where(slope != 0, gap / np.where(slope != 0, slope, 1.0), np.inf)
    weighs = problem.weights > 0
    percents = np.where(weighs, 100 * changes / np.where(weighs, problem.weights, 1.0), np.inf)
    feasible = np.isfinite(changes) & (changes <= problem.weights)
    degree = np.where(feasible, abs(percents), np.inf).min(axis=0, initial=np.inf)
    best = now.ranks == now.ranks.min()
    return CriticalWeights(
        pairs=tuple((problem.alternatives[a], problem.alternatives[b]) for a, b in pairs),
        criteria=problem.criteria,
        changes=changes,
        percents=percents,
        feasible=feasible,
        top=best[i] | best[j],
        degree=degree,
        sensitivity=np.where(degree > 0, 1.0 / np.where(degree > 0, degree, 1.0), np.inf),
    )


def _around(weight: float, stretches: tuple[Interval, ...], agrees: list[bool]) -> tuple[float, float]:
    """Give the ends of the stretches around the weight that agree with the present order, or the weight alone."""
    holding = [k for k, part in enumerate(stretches) if agrees[k] and part.low <= weight <= part.high]
    if not holding:
        return weight, weight
    return stretches[holding[0]].low, stretches[holding[-1]].high


def _successors(sweep: WeightSweep, ends: tuple[float, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give who is first just below and just above a stretch of the weight."""
    below = [part.first for part in sweep.winners if part.low < ends[0] <= part.high]
    above = [part.first for part in sweep.winners if part.low <= ends[1] < part.high]
    return (below[-1] if below else ()), (above[0] if above else ())


def _note(
    first: tuple[str, ...], criterion: str, weight: float, ends: Array, successors: tuple[tuple[str, ...], ...]
) -> Note:
    """Say between which weights of a criterion the first place holds, and who takes it beyond them."""
    low, high = float(ends[0]), float(ends[1])
    values = {"criterion": criterion, "now": float(weight), "low": low, "high": high, "first": ", ".join(first)}
    values |= {"below": ", ".join(successors[0]), "above": ", ".join(successors[1])}
    if low == high and successors != ((), ()):
        return Note(code="sure.stays_first_nowhere", values=values)
    ends_at = {(False, False): "", (True, False): "_from", (False, True): "_to", (True, True): "_between"}
    code = f"sure.stays_first{ends_at[bool(successors[0]), bool(successors[1])]}"
    return Note(code=code if len(first) == 1 else f"{code}_tied", values=values)
