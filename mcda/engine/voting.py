"""One ranking in place of several: Borda, Copeland and Kemeny."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.concordance import average_ranks
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.engine.ranking import TIE, ranks
from mcda.engine.shares import shares
from mcda.errors import Fault, NotApplicable
from mcda.words import Word

MOST = 14  # alternatives whose best order is found exactly, out of 14! by way of 2^14 sets


@dataclass(frozen=True, kw_only=True, eq=False)
class Compromise:
    """A ranking that stands for several.

    Attributes
    ----------
    method : ``borda``, ``copeland`` or ``kemeny``
    scores : (n,) higher is better: mean points; majorities won less lost; minus the mean place in the best orders
    ranks : (n,) 1 best, ties share their average rank
    distance : mean number of pairs that the rankings have the other way round; a tie on either side counts half
    orders : number of orders that are equally good; more than 1 only for ``kemeny``
    notes : what a reader must know, such as several orders
    """

    method: str
    scores: Array
    ranks: Array
    distance: float
    orders: int = 1
    notes: tuple[Note, ...] = ()


def borda(rankings: ArrayLike, *, weights: ArrayLike | None = None, higher_is_better: bool = False) -> Compromise:
    """Rank by mean points: an alternative gets one point for each that it beats, half a point for a tie [1]_.

    Parameters
    ----------
    rankings : (r, n) ranks, 1 best, or scores; turned into average ranks first
    weights : (r,) numbers of 0 or more, the say of each ranking; None for equal say
    higher_is_better : whether the rankings are scores of which the highest is best

    Returns
    -------
    Compromise; its ``scores`` (n,) run from 0 to n - 1, higher is better

    Raises
    ------
    ProblemError
        For what is no matrix of finite numbers, and weights that do not fit.

    References
    ----------
    .. [1] Borda, "Mémoire sur les élections au scrutin", 1781; with ties as in Black, "The Theory of Committees", 1958.

    Examples
    --------
    >>> borda([[1, 2, 3], [2, 1, 3], [1, 3, 2]]).ranks
    array([1., 2., 3.])
    """
    rows, say = _read(rankings, weights, higher_is_better=higher_is_better)
    scores = np.einsum("r,ri->i", say, rows.shape[1] - rows)
    return _compromise("borda", scores, _majorities(rows, say))


def copeland(rankings: ArrayLike, *, weights: ArrayLike | None = None, higher_is_better: bool = False) -> Compromise:
    """Rank by majorities: the number of others an alternative beats in more than half the rankings, less losses [1]_.

    Parameters
    ----------
    rankings, weights, higher_is_better : as for ``borda``; a ranking that ties two alternatives votes half for each

    Returns
    -------
    Compromise; its ``scores`` (n,) run from 1 - n to n - 1, higher is better

    Raises
    ------
    ProblemError
        For what is no matrix of finite numbers, and weights that do not fit.

    References
    ----------
    .. [1] Copeland, "A reasonable social welfare function", University of Michigan, 1951.

    Examples
    --------
    >>> copeland([[1, 2, 3], [2, 1, 3], [1, 3, 2]]).scores
    array([ 2.,  0., -2.])
    """
    rows, say = _read(rankings, weights, higher_is_better=higher_is_better)
    above = _majorities(rows, say)
    lead = above - above.T
    scores = np.where(np.abs(lead) > TIE, np.sign(lead), 0.0).sum(axis=1)
    return _compromise("copeland", scores, above)


def kemeny(rankings: ArrayLike, *, weights: ArrayLike | None = None, higher_is_better: bool = False) -> Compromise:
    """Rank by the order that has the fewest pairs the other way round than the rankings have them [1]_; exact.

    Where several orders are equally good, ``orders`` counts them and each alternative is ranked by its mean place in
    them, so that a draw shows as a tie.

    Parameters
    ----------
    rankings, weights, higher_is_better : as for ``borda``; at most 14 alternatives

    Returns
    -------
    Compromise; its ``scores`` (n,) are minus the mean places, higher is better

    Raises
    ------
    ProblemError
        For what is no matrix of finite numbers, and weights that do not fit; NotApplicable for more alternatives.

    References
    ----------
    .. [1] Kemeny, "Mathematics without numbers", Daedalus 88, 1959; found by dynamic programming over sets.

    Examples
    --------
    >>> kemeny([[1, 2, 3], [2, 1, 3], [1, 3, 2]]).ranks
    array([1., 2., 3.])
    """
    rows, say = _read(rankings, weights, higher_is_better=higher_is_better)
    if rows.shape[1] > MOST:
        raise NotApplicable([Fault(code="fault.kemeny_many", values={"found": rows.shape[1], "most": MOST})])
    places, orders, distance = _best_orders(_majorities(rows, say))
    notes = (Note(code="engine.kemeny_several", values={"orders": orders}),) if orders > 1 else ()
    return Compromise(
        method="kemeny", scores=-places, ranks=ranks(-places), distance=distance, orders=orders, notes=notes
    )


def _read(rankings: ArrayLike, weights: ArrayLike | None, *, higher_is_better: bool) -> tuple[Array, Array]:
    """Read rankings as average ranks (r, n), and the say of each (r,), summing to 1."""
    rows = average_ranks(rankings, "rankings", dimensions=2, higher_is_better=higher_is_better)
    names = tuple(Word("fault.at.ranking", {"ranking": i + 1}) for i in range(len(rows)))
    return rows, shares(weights, names, "ranking")


def _majorities(rows: Array, say: Array) -> Array:
    """Give the share of the say that has the row above the column (n, n); a tie counts half, 0 on the diagonal."""
    ahead = rows[:, None, :] - rows[:, :, None]
    above: Array = np.einsum("r,rij->ij", say, (np.sign(ahead) + 1) / 2)
    np.fill_diagonal(above, 0.0)
    return above


def _compromise(method: str, scores: Array, above: Array) -> Compromise:
    """Rank by scores and measure how far the ranking is from those it stands for."""
    places = ranks(scores)
    better = (np.sign(places[None, :] - places[:, None]) + 1) / 2
    distance = float(np.einsum("ij,ji->", better, above))
    return Compromise(method=method, scores=scores, ranks=places, distance=distance)


def _best_orders(above: Array) -> tuple[Array, int, float]:
    """Find the mean place (n,) of each alternative in the best orders, how many these are, and their distance.

    A set of alternatives is a number, its bits the members. ``head[s]`` is the least distance at which the set can fill
    the first places, ``tail[s]`` the least at which the others can follow; an order is best where the two meet.
    """
    n = len(above)
    sets, bits = np.arange(2**n), 1 << np.arange(n)
    member = (sets[:, None] & bits) > 0
    # Distance added when i comes right after the set: what has the alternatives still to come above i.
    step = np.einsum("sj,ji->si", (~member).astype(float), above)
    sizes = [sets[member.sum(axis=1) == size] for size in range(n + 1)]
    head, ways_in = np.zeros(len(sets)), np.ones(len(sets))
    for rows in sizes[1:]:
        last = np.where(member[rows], rows[:, None] ^ bits, 0)
        reached = np.where(member[rows], head[last] + step[last, np.arange(n)], np.inf)
        head[rows], ways_in[rows] = _least(reached, ways_in[last])
    tail, ways_out = np.zeros(len(sets)), np.ones(len(sets))
    for rows in sizes[-2::-1]:
        after = rows[:, None] | bits
        left = np.where(member[rows], np.inf, step[rows] + tail[after])
        tail[rows], ways_out[rows] = _least(left, ways_out[after])
    after = sets[:, None] | bits
    best = ~member & (head[:, None] + step + tail[after] <= head[-1] + TIE)
    counts = np.where(best, ways_in[:, None] * ways_out[after], 0.0)
    places: Array = np.einsum("si,s->i", counts, member.sum(axis=1) + 1.0) / ways_in[-1]
    return places, int(ways_in[-1]), float(head[-1])


def _least(distances: Array, ways: Array) -> tuple[Array, Array]:
    """Give the least distance of each row, and in how many ways it comes about."""
    least = distances.min(axis=1)
    count: Array = np.where(distances <= least[:, None] + TIE, ways, 0.0).sum(axis=1)
    return least, count
