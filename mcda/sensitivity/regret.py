"""How much each alternative can be regretted over scenarios, and in how many it does well enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE
from mcda.engine.shares import shares
from mcda.errors import Fault, ProblemError
from mcda.words import Word


@dataclass(frozen=True, kw_only=True, eq=False)
class Regret:
    """Regrets of alternatives over scenarios.

    Attributes
    ----------
    alternatives, scenarios : (n,) and (s,) names
    regrets : (s, n) by how much each falls behind the best of the scenario, 0 or more, in the scores' unit
    worst : (n,) the largest regret of each
    worst_scenarios : (n,) where it falls
    mean : (n,) the regret to be expected under the scenarios' weights
    minimax : who has the least largest regret; several where they tie
    domain : (n,) share of the scenarios, by weight, in which each is satisfactory: first, or at the threshold or better
    threshold : the score that was asked for; None for being first, where ties share a scenario
    """

    alternatives: tuple[str, ...]
    scenarios: tuple[str, ...]
    regrets: Array
    worst: Array
    worst_scenarios: tuple[str, ...]
    mean: Array
    minimax: tuple[str, ...]
    domain: Array
    threshold: float | None

    def notes(self) -> list[Note]:
        """Say who is regretted least at worst, and who satisfies in most scenarios."""
        i, share = self.alternatives.index(self.minimax[0]), float(self.domain.max())
        widest = [name for name, own in zip(self.alternatives, self.domain, strict=True) if own >= share - TIE]
        least = {"first": ", ".join(self.minimax), "regret": float(self.worst[i]), "scenario": self.worst_scenarios[i]}
        most = {"first": ", ".join(widest), "share": share, "threshold": self.threshold}
        code = "sure.domain_first" if self.threshold is None else "sure.domain_threshold"
        return [Note(code="sure.minimax", values=least), Note(code=code, values=most)]


def regret(
    scores: ArrayLike,
    *,
    alternatives: Sequence[str] | None = None,
    scenarios: Sequence[str] | None = None,
    weights: ArrayLike | None = None,
    threshold: float | None = None,
    higher_is_better: bool = True,
) -> Regret:
    """Compare alternatives over scenarios by their regrets [1]_ and by the domain criterion [2]_.

    Parameters
    ----------
    scores : (s, n) of n alternatives in s scenarios, in one unit: regrets of different methods cannot be compared
    alternatives, scenarios : names; None for a1, a2, … and s1, s2, …
    weights : (s,) of the scenarios, 0 or more; None for equal ones
    threshold : the score that satisfies; None to count being first
    higher_is_better : which way the scores run

    Returns
    -------
    Regret

    Raises
    ------
    ProblemError
        For scores that are no finite matrix, names or weights that do not fit, a threshold that is no number.

    References
    ----------
    .. [1] Savage, "The theory of statistical decision", J. American Statistical Association 46, 1951.
    .. [2] Starr, "Product Design and Decision Theory", Prentice-Hall, 1963; over sampled states of the world as in
       Herman et al., "How should robustness be defined for water systems planning under change?", J. Water Resources
       Planning and Management 141, 2015, table 2.

    Examples
    --------
    >>> found = regret([[3, 2], [0, 2]], alternatives=["road", "rail"])
    >>> found.worst, found.minimax, found.domain
    (array([2., 1.]), ('rail',), array([0.5, 0.5]))
    """
    given = _matrix(scores)
    _check(given, alternatives, scenarios, threshold)
    s, n = given.shape
    rows = tuple(f"s{i + 1}" for i in range(s)) if scenarios is None else tuple(scenarios)
    names = tuple(f"a{i + 1}" for i in range(n)) if alternatives is None else tuple(alternatives)
    upward = given if higher_is_better else -given
    regrets = upward.max(axis=1, keepdims=True) - upward
    level = TIE * abs(upward).max(axis=1, keepdims=True)
    say = shares(weights, rows, "scenario")
    if threshold is None:
        best = (regrets <= level).astype(float)
        satisfied = best / best.sum(axis=1, keepdims=True)
    else:
        satisfied = (upward >= (threshold if higher_is_better else -threshold) - level).astype(float)
    worst = regrets.max(axis=0)
    least = worst <= worst.min() + TIE * abs(upward).max()
    return Regret(
        alternatives=names,
        scenarios=rows,
        regrets=regrets,
        worst=worst,
        worst_scenarios=tuple(rows[i] for i in regrets.argmax(axis=0)),
        mean=np.einsum("s,sn->n", say, regrets),
        minimax=tuple(names[i] for i in np.flatnonzero(least)),
        domain=np.einsum("s,sn->n", say, satisfied),
        threshold=threshold,
    )


def _matrix(scores: ArrayLike) -> Array:
    """Turn scores into an array; rows of different lengths, and what is no number, are refused."""
    try:
        return np.asarray(scores, float)
    except (TypeError, ValueError):
        raise ProblemError([Fault(code="sure.regret_numbers")]) from None


def _check(
    scores: Array, alternatives: Sequence[str] | None, scenarios: Sequence[str] | None, threshold: float | None
) -> None:
    if scores.ndim != 2 or not scores.size:
        raise ProblemError([Fault(code="sure.regret_shape", values={"found": scores.shape})])
    faults = [
        Fault(code="fault.length", values={"what": what, "found": len(given), "expected": expected, "each": each})
        for what, given, expected, each in (
            ("scenarios", scenarios, scores.shape[0], "row"),
            ("alternatives", alternatives, scores.shape[1], "column"),
        )
        if given is not None and len(given) != expected
    ]
    faults += [
        Fault(
            code="fault.not_finite",
            values={"found": float(scores[i, j])},
            key=Word("fault.at.scenario", {"scenario": i + 1, "alternative": j + 1}),
        )
        for i, j in np.argwhere(~np.isfinite(scores))
    ]
    if threshold is not None and not np.isfinite(threshold):
        faults.append(Fault(code="fault.not_finite", values={"found": threshold}, key="threshold"))
    if faults:
        raise ProblemError(faults)
