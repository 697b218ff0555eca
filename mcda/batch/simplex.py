"""Weights that fill the simplex, any part of them at a time: the points of a lattice, and random draws."""

from __future__ import annotations

from math import comb

import numpy as np

from mcda.engine.blocks import BLOCK, stream
from mcda.engine.problem import Array
from mcda.sensitivity.sampling import normalized, weight_sampler
from mcda.study.grid import Draws, Lattice, Space


def weights_of(space: Space, criteria: int, start: int, stop: int) -> Array:
    """Give the weights (stop - start, criteria) from number ``start`` on, counted from 0."""
    if isinstance(space, Lattice):
        return lattice(space.divisions, criteria, start, stop)
    return drawn(space, criteria, start, stop)


def lattice(divisions: int, criteria: int, start: int, stop: int) -> Array:
    """Give points of the lattice in rising order: the first weight varies slowest.

    A point is a composition of ``divisions`` into whole parts. Those whose first part leaves at most s to the p others
    number C(s + p, p), which finds the part of any point without going through those before it.

    Examples
    --------
    >>> lattice(2, 2, 0, 3)
    array([[0. , 1. ],
           [0.5, 0.5],
           [1. , 0. ]])
    """
    falling = comb(divisions + criteria - 1, criteria - 1) - 1 - np.arange(start, stop)
    out = np.empty((stop - start, criteria))
    left = np.full(stop - start, divisions)
    for j in range(criteria - 1):
        others = criteria - 1 - j
        counts = np.array([comb(s + others, others) for s in range(divisions + 1)])
        passed = np.searchsorted(counts, falling, side="right")
        out[:, j] = left - passed
        falling = falling - np.where(passed > 0, counts[np.maximum(passed - 1, 0)], 0)
        left = passed
    out[:, -1] = left
    return out / divisions


def drawn(draws: Draws, criteria: int, start: int, stop: int) -> Array:
    """Give random weights; a draw depends on the seed and on its number alone."""
    sampler = weight_sampler([f"c{j}" for j in range(criteria)])
    shares, parts = np.empty((criteria, BLOCK), np.uint32), []
    for block in range(start // BLOCK, -(-stop // BLOCK)):
        sampler.draw(stream(draws.seed, block), shares)
        first, last = max(start - block * BLOCK, 0), min(stop - block * BLOCK, BLOCK)
        parts.append(normalized(shares[:, first:last]))
    return np.concatenate(parts) if parts else np.empty((0, criteria))
