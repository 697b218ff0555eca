"""Priorities from pairwise judgements, with all that tells how far to trust them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mcda.engine.ahp.consistency import ACCEPTABLE, geometric_index, geometric_threshold, share_known, source
from mcda.engine.ahp.incomplete import harker, log_least_squares, optimal
from mcda.engine.ahp.judgements import Judgements, read, require_linked
from mcda.engine.ahp.principal import principal
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.errors import Fault, NotApplicable, ProblemError, unknown

# How each method can deal with missing judgements, its default first.
METHODS: dict[str, tuple[str, ...]] = {
    "eigenvector": ("harker", "lambda_optimal"),
    "geometric": ("log_least_squares", "lambda_optimal"),
    "column_mean": (),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Priorities:
    """Weights out of pairwise judgements.

    Attributes
    ----------
    labels : (n,) names of what was compared
    weights : (n,) summing to 1
    lambda_max : principal root of the judgements, n where none contradicts another
    method : ``eigenvector``, ``geometric`` or ``column_mean``
    missing : how missing judgements were dealt with: ``harker``, ``log_least_squares`` or ``lambda_optimal``; None
        where none was missing
    matrix : (n, n) the judgements as used, mended and made reciprocal; NaN where missing
    completed : (n, n) the same with the gaps filled as ``missing`` has it
    random_index, random_index_source : what random judgements would give, and the table it comes from; where judgements
        are missing, the table's value times the share that is left (a note says so)
    threshold : consistency ratio up to which the judgements pass
    notes : what a reader must know, such as judgements that were mended
    """

    labels: tuple[str, ...]
    weights: Array
    lambda_max: float
    method: str
    missing: str | None
    matrix: Array
    completed: Array
    random_index: float
    random_index_source: str
    threshold: float
    notes: tuple[Note, ...]

    @property
    def consistency_index(self) -> float:
        """How far the root exceeds n, over n - 1: 0 where nothing contradicts."""
        n = len(self.weights)
        return max(0.0, self.lambda_max - n) / (n - 1) if n > 1 else 0.0

    @property
    def consistency_ratio(self) -> float:
        """The consistency index over the random index; 0 where nothing can contradict, as with one or two things."""
        return self.consistency_index / self.random_index if self.random_index > 0 else 0.0

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio passes the threshold."""
        return self.consistency_ratio <= self.threshold

    @property
    def geometric_consistency_index(self) -> float:
        """Variance of the judgements' errors on the scale of logarithms; 0 where nothing contradicts."""
        return geometric_index(self.matrix)

    @property
    def geometric_threshold(self) -> float:
        """The geometric consistency index that goes with the threshold of the consistency ratio."""
        return geometric_threshold(len(self.weights), self.threshold)


def priorities(
    judgements: object,
    *,
    method: str = "eigenvector",
    random_index: str = "aguaron",
    missing: str | None = None,
    labels: Iterable[str] | None = None,
    threshold: float = ACCEPTABLE,
) -> Priorities:
    """Turn pairwise judgements into weights and say how consistent they are.

    Parameters
    ----------
    judgements : (n, n) how many times the row matters more than the column: numbers above 0, fractions such as
        ``"1/3"``, or None, NaN or "" where missing; one of each two reciprocals is enough, the diagonal may be left out
    method : ``eigenvector`` [1]_; ``geometric``, the geometric means of the rows [2]_; ``column_mean``, Saaty's
        approximation by the means of the normalized columns, for complete judgements only
    random_index : the table of random indices, one of ``RANDOM_INDEX``
    missing : for the eigenvector, ``harker`` [3]_ (the default) or ``lambda_optimal`` [4]_, which fills the gaps so
        that the principal root is smallest; for the geometric mean, ``log_least_squares`` [4]_ (the default) or
        ``lambda_optimal``; without effect where nothing is missing
    labels : (n,) names of what is compared; None for c1, c2, …
    threshold : consistency ratio up to which judgements pass

    Returns
    -------
    Priorities with ``weights`` (n,), ``lambda_max``, ``consistency_index``, ``consistency_ratio``, …

    Raises
    ------
    ProblemError
        Where judgements contradict their reciprocals, are not above 0, or fall apart into islands; every fault at once.

    References
    ----------
    .. [1] Saaty, "A scaling method for priorities in hierarchical structures", J. Math. Psychology 15, 1977.
    .. [2] Crawford and Williams, "A note on the analysis of subjective judgment matrices", J. Math. Psych. 29, 1985.
    .. [3] Harker, "Alternative modes of questioning in the analytic hierarchy process", Mathematical Modelling 9, 1987.
    .. [4] Bozóki, Fülöp and Rónyai, "On optimal completions of incomplete pairwise comparison matrices", MCM 52, 2010.

    Examples
    --------
    >>> priorities([[1, 3], [None, 1]]).weights
    array([0.75, 0.25])
    """
    given = read(judgements, labels)
    rule = _rule(method, missing, complete=given.complete)
    require_linked(given)
    index, title, notes = _random_index(given, random_index)
    weights, root, completed = _solve(given.matrix, method, rule)
    for array in (weights, given.matrix, completed):
        array.setflags(write=False)
    return Priorities(
        labels=given.labels,
        weights=weights,
        lambda_max=root,
        method=method,
        missing=rule,
        matrix=given.matrix,
        completed=completed,
        random_index=index,
        random_index_source=title,
        threshold=threshold,
        notes=given.notes + notes,
    )


def _rule(method: str, missing: str | None, *, complete: bool) -> str | None:
    """Choose how missing judgements are dealt with; None where there are none."""
    rules = METHODS.get(method)
    if rules is None:
        raise ProblemError([unknown("method", method, METHODS)])
    if missing is not None and missing not in rules:
        raise ProblemError([unknown("rule for missing judgements", missing, rules)])
    if complete:
        return None
    if not rules:
        raise NotApplicable([Fault(code="fault.judgements_incomplete", values={"method": method})])
    return missing or rules[0]


def _random_index(given: Judgements, name: str) -> tuple[float, str, tuple[Note, ...]]:
    """Look the random index up; say where it is the fit's, or less for want of judgements."""
    n, notes = len(given.labels), []
    table = source(name)
    value, title = table.at(n)
    if title != table.title:
        notes.append(Note(code="engine.random_index_fit", values={"n": n, "table": table.title, "source": title}))
    if not given.complete:
        gaps = int(np.isnan(given.matrix).sum()) // 2
        share = share_known(n, gaps)
        value *= share
        values = {"missing": gaps, "pairs": n * (n - 1) // 2, "share": share}
        notes.append(Note(code="engine.judgements_missing", values=values))
    return value, title, tuple(notes)


def _solve(matrix: Array, method: str, rule: str | None) -> tuple[Array, float, Array]:
    """Give weights, principal root and the completed matrix."""
    if rule in ("harker", "log_least_squares"):
        weights, root = harker(matrix)
        if method == "geometric":
            weights = log_least_squares(matrix)
        return weights, root, np.where(np.isnan(matrix), weights[:, None] / weights, matrix)
    full = matrix if rule is None else optimal(matrix)
    weights, root = principal(full)
    if method == "geometric":
        weights = log_least_squares(full)
    elif method == "column_mean":
        weights = (full / full.sum(axis=0)).mean(axis=1)
    return weights, root, full
