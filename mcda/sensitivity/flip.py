"""The smallest change of the weights that puts an alternative first, or ends its being so; or a proof of none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mcda.engine.methods import lookup, rank
from mcda.engine.problem import Problem
from mcda.engine.ranking import TIE
from mcda.errors import ProblemError, unknown
from mcda.sensitivity.forms import reduced, upward
from mcda.sensitivity.reach import Quest, SmallestChange, reach

NORMS = ("l1", "l2", "linf")
CELLS = 200_000


def smallest_change(
    problem: Problem,
    winner: str,
    *,
    norm: str = "l1",
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    resolution: float | None = None,
    cells: int = CELLS,
) -> SmallestChange:
    """Find the smallest change of the problem's weights that puts ``winner`` first alone, over all weights.

    For methods linear in the weights or in their logarithms the answer is exact; for TOPSIS and VIKOR all weights are
    cut into pieces until the answer is proven within ``resolution`` or ``cells`` pieces have been looked at; for the
    others a lattice of weights is scanned and refined. See ``SmallestChange`` for what each proves.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    winner : name of the alternative
    norm : how changes of weights are measured: ``l1``, ``l2`` or ``linf``
    method, normalization, options : as in ``rank``
    resolution : of the distance, for ``subdivision``; None for 1e-6 with TOPSIS and 1e-4 with VIKOR
    cells : pieces to look at before giving up, for ``subdivision``

    Returns
    -------
    SmallestChange; its ``distance`` is 0 where ``winner`` is first already, and infinite where no weights put it first

    Raises
    ------
    ProblemError
        For an unknown alternative or norm, and as ``rank``.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1]], ["max", "max"], [3, 1], alternatives=["road", "rail"])
    >>> found = smallest_change(problem, "rail", method="weighted_sum")
    >>> found.status, round(found.distance, 6), found.level
    ('changes', 0.5, ('road',))
    """
    if winner not in problem.alternatives:
        raise ProblemError([unknown("alternative", winner, problem.alternatives)])
    chosen = problem.alternatives.index(winner)
    quest = _quest(problem, chosen, norm, method, normalization, options, resolution, cells)
    scores = quest.score(problem.weights[None, :])[0]
    ahead = [i for i in quest.rivals if scores[i] >= scores[chosen] - TIE * abs(scores).max()]
    return replace(
        reach(quest),
        ahead=tuple(problem.alternatives[i] for i in ahead),
        twins=tuple(problem.alternatives[i] for i in _twins(problem, chosen)),
    )


def distance_to_losing(
    problem: Problem,
    *,
    norm: str = "l1",
    method: str = "topsis",
    normalization: str | None = None,
    options: Mapping[str, object] | None = None,
    resolution: float | None = None,
    cells: int = CELLS,
) -> SmallestChange:
    """Find the smallest change of the problem's weights at which another alternative overtakes the present first.

    Parameters
    ----------
    problem : with n alternatives and m criteria
    norm, method, normalization, options, resolution, cells : as in ``smallest_change``

    Returns
    -------
    SmallestChange with the ``goal`` ``losing``; ``already`` where several tie for the first place, since then no
    alternative is first alone; ``never`` or ``not_found`` where no weights put another one level

    Raises
    ------
    ProblemError
        For an unknown norm, and as ``rank``.

    Examples
    --------
    >>> problem = Problem([[1, 0], [0, 1]], ["max", "max"], [3, 1], alternatives=["road", "rail"])
    >>> found = distance_to_losing(problem, method="weighted_sum")
    >>> found.alternative, round(found.distance, 6), found.level
    ('road', 0.5, ('rail',))
    """
    now = rank(problem, method=method, normalization=normalization, options=options)
    chosen = now.order()[0]
    quest = _quest(problem, chosen, norm, method, normalization, options, resolution, cells)
    held = SmallestChange(
        goal="losing",
        alternative=problem.alternatives[chosen],
        status="never",
        evidence="now",
        norm=norm,
        start=problem.weights,
        twins=tuple(problem.alternatives[i] for i in _twins(problem, chosen)),
    )
    tied = tuple(problem.alternatives[i] for i in quest.rivals if now.ranks[i] == now.ranks[chosen])
    if tied:
        return replace(held, status="already", weights=problem.weights, distance=0.0, bound=0.0, level=tied)
    for rival in quest.rivals:
        found = reach(
            replace(quest, chosen=rival, rivals=(chosen,), cap=held.distance, quests=len(quest.rivals))
        )
        held = _nearer(held, found)
    return held


def _nearer(held: SmallestChange, found: SmallestChange) -> SmallestChange:
    """Take over a rival's way to the lead where it is shorter than those before; keep what is proven for all rivals."""
    shorter = found.distance < held.distance
    status = "changes" if "changes" in (held.status, found.status) else held.status
    return replace(
        held,
        status="not_found" if "not_found" in (status, found.status) and status != "changes" else status,
        evidence=found.evidence,
        weights=found.weights if shorter else held.weights,
        distance=min(found.distance, held.distance),
        bound=min(found.bound, held.bound),
        resolution=found.resolution,
        undecided=held.undecided + found.undecided,
        level=(found.alternative,) if shorter else held.level,
    )


def _quest(
    problem: Problem,
    chosen: int,
    norm: str,
    method: str,
    normalization: str | None,
    options: Mapping[str, object] | None,
    resolution: float | None,
    cells: int,
) -> Quest:
    """Check the norm and the method, and set out to bring the chosen alternative before all but its twins."""
    if norm not in NORMS:
        raise ProblemError([unknown("norm", norm, NORMS)])
    aside = {chosen, *_twins(problem, chosen)}
    return Quest(
        problem=problem,
        score=upward(problem, method=method, normalization=normalization, options=options),
        form=reduced(problem, method=method, normalization=normalization, options=options),
        chosen=chosen,
        rivals=tuple(i for i in range(len(problem.alternatives)) if i not in aside),
        norm=norm,
        resolution=resolution,
        cells=cells,
        slow=lookup(method).borrowed,
    )


def _twins(problem: Problem, chosen: int) -> tuple[int, ...]:
    """Give the other alternatives with the same values."""
    same = (problem.values == problem.values[chosen]).all(axis=1)
    return tuple(int(i) for i in np.flatnonzero(same) if i != chosen)
