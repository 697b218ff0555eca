"""Nearer weights with a property: points pulled towards the start, then led along the boundary step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from mcda.engine.blocks import stream
from mcda.engine.problem import Array
from mcda.sensitivity.polyhedron import nearest_weights

# Weights (k, m) -> leads (k, r); a property holds where all of them are above 0. With none (r = 0) it holds everywhere.
Leads: TypeAlias = Callable[[Array], Array]
HALVINGS = 26  # of a pull: to 1e-8 of the way
STILL = 1e-9  # a change of weights that ends the programmes
NUDGE = 1e-6  # for slopes by differences
TURNS = 30  # of the linear programmes
ROUNDS = 40  # of the poll
FINEST = 1e-7  # last step of the poll
SEED = 0  # of the poll's directions; they decide how soon it ends, never what is proven


def length(change: Array, norm: str) -> Array:
    """Measure changes of weights (..., m): ``l1`` their sum, ``l2`` Euclidean, ``linf`` the largest."""
    sizes: Array = abs(change)
    if norm == "l2":
        sizes = np.sqrt((sizes * sizes).sum(axis=-1))
    else:
        sizes = sizes.sum(axis=-1) if norm == "l1" else sizes.max(axis=-1)
    return sizes


def holds(leads: Leads, points: Array) -> np.ndarray:
    """Tell at which of the points (k, m) the property holds."""
    if not len(points):
        return np.zeros(0, bool)
    yes: np.ndarray = leads(points).min(axis=1, initial=np.inf) > 0
    return yes


def nearest_known(leads: Leads, points: Array, start: Array, norm: str, *, tries: int = 4) -> Array | None:
    """Give the nearest weights with the property that a descent from some of the points (k, m) reaches, or None."""
    holding = points[holds(leads, points)]
    if not len(holding):
        return None
    closer = pulled(leads, holding, start)
    closer = closer[np.argsort(length(closer - start, norm), kind="stable")]
    ends = np.stack([_programmes(leads, point, start, norm) for point in closer[:tries]])
    return _poll(leads, ends[length(ends - start, norm).argmin()], start, norm)


def pulled(leads: Leads, points: Array, start: Array) -> Array:
    """Move points (k, m) with the property towards the start as far as halving finds that they keep it."""
    low, high = np.zeros(len(points)), np.ones(len(points))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        keeps = holds(leads, start + middle[:, None] * (points - start))
        low, high = np.where(keeps, low, middle), np.where(keeps, middle, high)
    return start + high[:, None] * (points - start)


def descend(leads: Leads, point: Array, start: Array, norm: str) -> Array:
    """Move one point with the property closer to the start: by programmes where leads are smooth, then by polling."""
    return _poll(leads, _programmes(leads, point, start, norm), start, norm)


def highest(height: Callable[[Array], Array], point: Array) -> Array:
    """Move weights (m,) to where no small step makes a function of the weights (k, m) -> (k,) larger."""
    moves, step, top = _moves(len(point)), 0.25, float(height(point[None])[0])
    for _ in range(ROUNDS):
        there = point + step * moves
        there = there[there.min(axis=1) >= 0]
        heights = height(there) if len(there) else np.full(1, -np.inf)
        if heights.max() > top:
            point, top = there[heights.argmax()], float(heights.max())
        else:
            step /= 2
    return point


def _programmes(leads: Leads, point: Array, start: Array, norm: str) -> Array:
    """Solve for the nearest weights with the leads drawn as straight as they are at the last ones, again and again."""
    here, moved = point, np.inf
    for _ in range(TURNS):
        at = leads(here[None])[0]
        there = (1 - NUDGE) * here + NUDGE * np.eye(len(here))
        # On the simplex a straight lead is sum_j w_j (its value extrapolated to corner j).
        rows = (at + (leads(there) - at) / NUDGE).T
        if not np.isfinite(rows).all():
            break
        found = nearest_weights(rows - 1e-11 * abs(rows).max(initial=0.0), start, norm)
        if found is None:
            break
        step = float(abs(found - here).max())
        here = found if step < moved else (here + found) / 2
        moved = step
        if holds(leads, here[None])[0] and length(here - start, norm) < length(point - start, norm):
            point = here
        if step < STILL:
            break
    return point


def _poll(leads: Leads, point: Array, start: Array, norm: str) -> Array:
    """Try steps in many directions, shorter and shorter, each pulled towards the start."""
    moves, step = _moves(len(start)), 0.1
    for _ in range(ROUNDS):
        there = point + step * moves
        there = there[there.min(axis=1) >= 0]
        there = pulled(leads, there[holds(leads, there)], start)
        away = length(there - start, norm)
        if len(there) and away.min() < length(point - start, norm) * (1 - 1e-3 * step):
            point = there[away.argmin()]
        else:
            step /= 4
        if step < FINEST:
            break
    return point


def _moves(m: int) -> Array:
    """Give directions that keep the sum: from each weight to each other, and as many at random again."""
    one = np.eye(m)
    a, b = np.nonzero(~np.eye(m, dtype=bool))
    shifts = one[a] - one[b]
    loose = stream(SEED, 0).standard_normal((len(a), m))
    loose -= loose.mean(axis=1, keepdims=True)
    return np.concatenate([shifts, loose / np.maximum(abs(loose).max(axis=1, keepdims=True), 1e-12)])
