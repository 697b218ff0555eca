"""Where a method breaks a law that one would expect of it: small problems that anyone can follow by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Counterexample:
    """A problem without costs on which a method breaks a law.

    Attributes
    ----------
    values, weights : of the problem
    cell : (alternative, criterion) of the value that is raised
    better : what it is raised to
    """

    values: Sequence[Sequence[float]]
    weights: Sequence[float]
    cell: tuple[int, int] = (0, 0)
    better: float = 0.0


NINE = [[6, 4], [2, 4], [10, 9], [1, 8], [7, 6], [4, 1], [3, 2], [7, 9], [1, 10]]

COUNTEREXAMPLES: dict[tuple[str, str], Counterexample] = {
    # The first column's norm grows, so that the column counts for less; the second, weak only there, gains more.
    ("topsis", "rank"): Counterexample(values=[[8, 17], [1, 20], [10, 3]], weights=[1, 5], cell=(0, 0), better=10),
    # A new best in the third criterion stretches S, so that R decides more.
    ("vikor", "rank"): Counterexample(
        values=[[7, 4, 4], [1, 10, 7], [5, 3, 6]], weights=[3, 2, 2], cell=(1, 2), better=15
    ),
    ("cocoso", "rank"): Counterexample(values=[[1, 7], [5, 3], [5, 1]], weights=[2, 5], cell=(1, 0), better=14),
    # The first dominates the second, but is so near the third that its Manhattan lead is left out; the second's is not.
    ("codas", "dominance"): Counterexample(values=[[10, 1, 10], [10, 1, 7], [2, 8, 2]], weights=[7, 7, 2]),
    ("codas", "monotonicity"): Counterexample(
        values=[[1, 7, 4], [3, 6, 4], [6, 1, 5]], weights=[6, 6, 3], cell=(1, 2), better=13
    ),
    ("codas", "rank"): Counterexample(
        values=[[4, 5, 4], [10, 4, 1], [1, 8, 4]], weights=[1, 1, 1], cell=(0, 1), better=6
    ),
    # Distance from the average counts as merit, whichever way.
    ("probid", "dominance"): Counterexample(values=[[7, 3], [6, 3], [2, 10], [7, 1]], weights=[1, 5]),
    ("probid", "monotonicity"): Counterexample(values=[[9, 5], [7, 5], [7, 1]], weights=[1, 5], cell=(2, 1), better=5),
    ("probid", "rank"): Counterexample(
        values=[[2, 9], [1, 7], [7, 7], [8, 3]], weights=[6, 1], cell=(1, 0), better=3
    ),
    # Distance from the second-best values counts against an alternative, also where it is better than they are.
    ("sprobid", "dominance"): Counterexample(values=NINE, weights=[1, 6]),
    ("sprobid", "monotonicity"): Counterexample(
        values=[[7, 2], [7, 5], [1, 5], [7, 2], [5, 3], [7, 6], [6, 5], [9, 6], [8, 5]],
        weights=[1, 7],
        cell=(7, 1),
        better=14,
    ),
    ("sprobid", "rank"): Counterexample(
        values=[[9, 10], [7, 2], [3, 10], [1, 7], [4, 2], [9, 10], [10, 5], [1, 10]],
        weights=[7, 1],
        cell=(5, 1),
        better=14,
    ),
}
