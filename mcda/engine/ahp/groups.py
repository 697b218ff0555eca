"""One set of priorities for several judges, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.ahp.consistency import ACCEPTABLE
from mcda.engine.ahp.prioritize import Priorities, priorities
from mcda.engine.problem import Array
from mcda.engine.shares import shares
from mcda.errors import Fault, ProblemError, unknown, within
from mcda.words import Word

HOWS = ("AIJ", "AIP")
MEANS = ("geometric", "arithmetic")
SCALE = 9.0  # the largest judgement on Saaty's scale

# Words for the consensus, each up to its bound [Goepel, "AHP group consensus indicator", BPMSG 2013, table 1].
CONSENSUS = ((0.5, "very_low"), (0.625, "low"), (0.75, "moderate"), (0.875, "high"), (np.inf, "very_high"))


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupPriorities:
    """What several judges together say.

    Attributes
    ----------
    labels : (n,) names of what was compared
    weights : (n,) of the group, summing to 1
    how : ``AIJ`` or ``AIP``
    merged : the priorities of the merged judgements (AIJ), whatever ``how`` is
    members : the priorities of each judge
    member_weights : (r,) share of each judge, summing to 1
    consensus : how much the judges' priorities overlap, 1 where they are alike and 0 where they could not differ more
    """

    labels: tuple[str, ...]
    weights: Array
    how: str
    merged: Priorities
    members: tuple[Priorities, ...]
    member_weights: Array
    consensus: float

    @property
    def consensus_word(self) -> str:
        """Key of the word for the consensus in the catalogue, from ``engine.consensus_very_low`` to ``…_very_high``."""
        return "engine.consensus_" + next(word for bound, word in CONSENSUS if self.consensus < bound)


def group_priorities(
    judgements: Iterable[object],
    *,
    weights: ArrayLike | None = None,
    how: str = "AIJ",
    mean: str = "geometric",
    method: str = "eigenvector",
    random_index: str = "aguaron",
    labels: Sequence[str] | None = None,
    threshold: float = ACCEPTABLE,
) -> GroupPriorities:
    """Merge the judgements, or the priorities, of several judges [1]_.

    Parameters
    ----------
    judgements : r matrices (n, n), each as for ``priorities``
    weights : (r,) numbers of 0 or more, the say of each judge; None for equal say
    how : ``AIJ`` takes the weighted geometric mean of the judgements and then their priorities, each pair over those
        who judged it; ``AIP`` takes the weighted mean of the priorities
    mean : of the priorities under AIP, ``geometric`` or ``arithmetic``
    method, random_index, labels, threshold : as for ``priorities``

    Returns
    -------
    GroupPriorities with ``weights`` (n,), ``merged``, ``members`` and ``consensus``; with row geometric means, AIJ and
    geometric AIP are the same

    Raises
    ------
    ProblemError
        With the judge named by number where judgements are at fault.

    References
    ----------
    .. [1] Forman and Peniwati, "Aggregating individual judgments and priorities with the AHP", EJOR 108, 1998.

    Examples
    --------
    >>> group_priorities([[[1, 4], [None, 1]], [[1, 1], [None, 1]]]).merged.matrix
    array([[1. , 2. ],
           [0.5, 1. ]])
    """
    _require_choice(how, mean)
    members = _members(judgements, method=method, random_index=random_index, labels=labels, threshold=threshold)
    say = shares(weights, tuple(Word("fault.at.judge", {"judge": i + 1}) for i in range(len(members))), "judge")
    matrix = merge(np.array([member.matrix for member in members]), say)
    names = members[0].labels
    merged = priorities(matrix, method=method, random_index=random_index, labels=names, threshold=threshold)
    own = np.array([member.weights for member in members])
    largest = max(SCALE, *(float(np.nanmax(member.matrix)) for member in members))
    return GroupPriorities(
        labels=names,
        weights=merged.weights if how == "AIJ" else _mean(own, say, mean),
        how=how,
        merged=merged,
        members=members,
        member_weights=say,
        consensus=consensus(own, say, scale=largest),
    )


def merge(matrices: Array, say: Array) -> Array:
    """Take the weighted geometric mean (n, n) of matrices (r, n, n), each pair over those who judged it."""
    known = ~np.isnan(matrices)
    logs = np.log(np.where(known, matrices, 1.0))
    total = np.einsum("r,rij->ij", say, known.astype(float))
    means = np.einsum("r,rij->ij", say, logs) / np.where(total > 0, total, 1.0)
    # One half decides both, so that the reciprocals are exact.
    upper = np.where(total > 0, np.exp(np.triu(means)), np.nan)
    rows, columns = np.tril_indices(len(upper), -1)
    upper[rows, columns] = 1 / upper[columns, rows]
    return upper


def consensus(weights: Array, say: Array, *, scale: float = SCALE) -> float:
    """Measure how much priorities overlap, by Shannon's entropies [1]_.

    Parameters
    ----------
    weights : (r, n) priorities of each judge, rows summing to 1
    say : (r,) share of each judge, summing to 1
    scale : the largest judgement there may be

    Returns
    -------
    1 where all are alike; 0 where each is for one thing alone, as strongly as the scale allows, and together for all

    References
    ----------
    .. [1] Goepel, "Implementing the AHP as a standard method for multi-criteria decision making in corporate
       enterprises", ISAHP 2013; with the largest gamma diversity taken as n, as its author has it since 2016.
    """
    n = weights.shape[1]
    if n == 1:
        return 1.0
    alpha = float(np.einsum("r,r->", say, _entropy(weights)))
    gamma = float(_entropy(np.einsum("r,rj->j", say, weights)))
    one_sided = np.array([scale, *np.ones(n - 1)]) / (scale + n - 1)
    least = float(np.exp(_entropy(one_sided))) / n
    return float((np.exp(alpha - gamma) - least) / (1 - least))


def _entropy(shares: Array) -> Array:
    """Give Shannon's entropy over the last axis."""
    entropy: Array = -np.einsum("...j,...j->...", shares, np.log(shares))
    return entropy


def _mean(weights: Array, say: Array, mean: str) -> Array:
    """Take the weighted mean of priorities (r, n), summing to 1."""
    if mean == "arithmetic":
        amounts = np.einsum("r,rj->j", say, weights)
    else:
        amounts = np.exp(np.einsum("r,rj->j", say, np.log(weights)))
    out: Array = amounts / amounts.sum()
    return out


def _require_choice(how: str, mean: str) -> None:
    choices = (("way to merge", how, HOWS), ("mean", mean, MEANS))
    faults = [unknown(what, found, allowed) for what, found, allowed in choices if found not in allowed]
    if faults:
        raise ProblemError(faults)


def _members(
    judgements: Iterable[object],
    *,
    method: str,
    random_index: str,
    labels: Sequence[str] | None,
    threshold: float,
) -> tuple[Priorities, ...]:
    """Prioritize each judge alone; faults are told with the judge's number."""
    members, faults = [], []
    for number, matrix in enumerate(judgements, start=1):
        try:
            members.append(
                priorities(matrix, method=method, random_index=random_index, labels=labels, threshold=threshold)
            )
        except ProblemError as error:
            judge = Word("fault.at.judge", {"judge": number})
            faults += [replace(fault, key=within(judge, fault.key)) for fault in error.faults]
    sizes = {len(member.labels) for member in members}
    if len(sizes) > 1:
        faults.append(Fault(code="fault.judges_differ", values={"found": ", ".join(map(str, sorted(sizes)))}))
    if not members and not faults:
        faults.append(Fault(code="fault.empty", values={"what": "judges"}))
    if faults:
        raise ProblemError(faults)
    return tuple(members)
