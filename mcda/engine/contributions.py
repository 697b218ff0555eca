"""Where a lead comes from: contributions of criteria and sub-criteria that add up to it exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb
from typing import TypeAlias

import numpy as np

from mcda.engine.problem import Array

Lead: TypeAlias = Callable[[Array], Array]  # masks (k, L) of the leaves taken from the first -> leads (k,)


def contributions(lead: Lead, members: Sequence[int]) -> Array:
    """Share a lead out among leaves that belong to criteria: the Owen value [1]_.

    The lead is taken apart by moving one alternative from another's values to its own, leaf by leaf, over all orders in
    which the leaves of a criterion stay together. Summed by criterion this is the Shapley value [2]_ of the criteria;
    summed over all it is the lead itself, whatever the method.

    Parameters
    ----------
    lead : function from masks (k, L), 1 where the leaf has the first alternative's value and 0 where the second's, to
        leads (k,)
    members : (L,) the criterion of each leaf, as a whole number

    Returns
    -------
    (L,) contributions; positive where the leaf speaks for the first alternative

    References
    ----------
    .. [1] Owen, "Values of games with a priori unions", 1977.
    .. [2] Shapley, "A value for n-person games", 1953.

    Examples
    --------
    >>> contributions(lambda masks: masks @ np.array([3.0, 1.0, -2.0]), [0, 0, 1])
    array([ 3.,  1., -2.])
    """
    owner = np.asarray(members)
    groups = sorted(set(owner.tolist()))
    out = np.zeros(len(owner))
    for leaf in range(len(owner)):
        others = [group for group in groups if group != owner[leaf]]
        siblings = [j for j in np.flatnonzero(owner == owner[leaf]).tolist() if j != leaf]
        masks, shares = [], []
        for outer in _subsets(others):
            for inner in _subsets(siblings):
                mask = np.isin(owner, outer).astype(float)
                mask[list(inner)] = 1.0
                masks.append(mask)
                shares.append(_share(len(outer), len(others)) * _share(len(inner), len(siblings)))
        without = np.array(masks)
        within = without.copy()
        within[:, leaf] = 1.0
        out[leaf] = float(np.dot(shares, lead(within) - lead(without)))
    return out


def _subsets(items: Sequence[int]) -> list[tuple[int, ...]]:
    return [subset for size in range(len(items) + 1) for subset in combinations(items, size)]


def _share(size: int, others: int) -> float:
    """Give the share of orders in which exactly a given set of ``size`` of the ``others`` comes before."""
    return 1.0 / ((others + 1) * comb(others, size))
