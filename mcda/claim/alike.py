"""Specifications that give the same ranking by the same margins as another one, without being the same.

Two specifications are one and counted once where they rank the same matrix by the same procedure, or where a rule of
the claim says that one repeats the other whatever the data are. Others may agree by the chance of these data, such as
an order of alternatives that a logarithm leaves as it is: each is a choice of its own and counted, and this module says
how many they are and what is left where those that agree are counted once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.claim.run import SKIPPED, TOLERANCE, Multiverse
from mcda.claim.tally import Tally
from mcda.engine.problem import Array
from mcda.study.assertion import HOLDS, TIED


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Specifications that agree with another one.

    Attributes
    ----------
    count : how many could be left out without losing a ranking
    once : what the claim does where each of those that agree is counted once
    """

    count: int
    once: Tally


def alike(found: Multiverse) -> Alike:
    """Count the specifications of a multiverse that agree with another one under all weights.

    They are compared at the weights of ``found.probes``, after each is shifted and stretched so that its worst score is
    0 and its best 1; two agree where no difference is above ``TOLERANCE``. Under an objective method the weights that
    it derives have to agree too.
    """
    ranked = found.alive & (found.outcome != SKIPPED)
    plain = classes(found.prints)
    derived = {w: classes(np.c_[found.prints, _derived(found, w)]) for w in found.objective}
    total = np.zeros(SKIPPED, np.int64)
    for w in range(ranked.shape[1]):
        rows = np.flatnonzero(ranked[:, w])
        _, first = np.unique(derived.get(w, plain)[rows], return_index=True)
        total += np.bincount(found.outcome[rows[first], w], minlength=SKIPPED)
    once = Tally(holds=int(total[HOLDS]), ties=int(total[TIED]), specifications=int(total.sum()))
    return Alike(count=int(ranked.sum()) - once.specifications, once=once)


def classes(prints: Array) -> NDArray[np.intp]:
    """Number rows (r, d) from 0 so that those that agree in every column, up to ``TOLERANCE``, share a number.

    Examples
    --------
    >>> classes(np.array([[0.0, 1.0], [0.5, 1.0], [1e-16, 1.0]])).tolist()
    [0, 1, 0]
    """
    # Rows that agree stand side by side when they are sorted along a direction that no two others share by chance.
    along = np.einsum("rd,d->r", prints, np.random.default_rng(0).standard_normal(prints.shape[1]))
    order = np.argsort(along, kind="stable")
    apart = (np.abs(np.diff(prints[order], axis=0)) > TOLERANCE).any(axis=1)
    numbers = np.empty(len(prints), np.intp)
    numbers[order] = np.cumsum(np.r_[0, apart])[: len(prints)]
    return numbers


def _derived(found: Multiverse, w: int) -> Array:
    """Give the weights of the criteria (r, c) that an objective method derives for each row; 0 where it gives none."""
    by_world = np.array([world.shares[w] for world in found.worlds.items])
    weights: Array = np.nan_to_num(by_world[found.world])
    return weights
