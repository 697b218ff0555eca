"""Exact shares of the weights: volumes of the regions where an alternative takes each rank.

Scores that are linear in the weights are compared by the signs of w (u_j - u_i), so alternative i takes rank r in those
cells between the planes of the others where r - 1 signs are positive. Their volume follows from that of their boundary,
which lies on flats of one dimension less, and so on down to points: by the divergence theorem, a part P of a flat of
dimension e and any point x of that flat satisfy

    e volume(P) = sum over the walls of P of (distance from x, outwards) volume(P on that wall)

All ranks are carried along at once, since to cross a plane only shifts the count of positive signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array
from mcda.engine.ranking import TIE
from mcda.sensitivity.linear import minimize

CRITERIA, ALTERNATIVES, POINTS = 6, 10, 10_000  # the largest problems that are measured rather than sampled
NOUGHT = 1e-11  # planes of unit normals that are closer than this are one plane
CERTAIN = 1e-9  # shares that miss their own sums by more than this are not handed out


@dataclass(frozen=True, eq=False)
class Volumes:
    """Exact acceptability: ``ranks`` (n, n), ``wins`` (n, n), and ``centres``, n entries of (m,) or None."""

    ranks: Array
    wins: Array
    centres: tuple[Array | None, ...]


def measure(utilities: Array, limits: Array, equalities: Array) -> Volumes | None:
    """Measure the weights at which each alternative takes each rank by its weighted sum.

    Parameters
    ----------
    utilities : (n, m) more is better; alternatives that are equal wherever the weights may lie share their ranks
    limits : (p, m) coefficients whose product with the weights is 0 or more, besides the weights themselves
    equalities : (q, m) coefficients whose product with the weights is 0

    Returns
    -------
    Volumes, or None where the problem is too large, or where the volumes fail their own check: the shares of each rank
    and of each alternative sum to 1, unless planes nearly but not quite coincide
    """
    n, m = utilities.shape
    if m > CRITERIA or n > ALTERNATIVES:
        return None
    bounds = _needed(np.vstack([np.eye(m), limits]), equalities)
    if comb(len(bounds) + n - 1, m - 1) > POINTS:
        return None
    ranks, wins, centres = np.zeros((n, n)), np.zeros((n, n)), []
    for i in range(n):
        planes = utilities - utilities[i]
        twins = _everywhere(planes, equalities, TIE * np.abs(utilities).max())
        volumes, moment = _integrate(planes[~twins], bounds, equalities)
        begins = volumes / volumes.sum()
        for place in range(twins.sum()):
            ranks[i, place : place + len(begins)] += begins / twins.sum()
        centres.append(moment / volumes[0] if begins[0] > CERTAIN else None)
        for j in np.flatnonzero(~twins[:i]):
            volumes, _ = _integrate(planes[j, None], bounds, equalities)
            wins[i, j], wins[j, i] = volumes / volumes.sum()
    sound = np.abs([ranks.sum(axis=0) - 1, ranks.sum(axis=1) - 1]).max() <= CERTAIN and ranks.min() >= -CERTAIN
    return Volumes(np.clip(ranks, 0, 1), np.clip(wins, 0, 1), tuple(centres)) if sound else None


@dataclass(frozen=True, eq=False)
class _Flats:
    """Flats of one dimension, where walls meet.

    Attributes
    ----------
    inside : (f, a) whether the flat lies within the wall
    points : (f, m) a point of each flat
    slopes : (f, a, m) each wall's normal as far as it runs along the flat
    """

    inside: NDArray[np.bool_]
    points: Array
    slopes: Array


@dataclass(frozen=True, eq=False)
class _Steps:
    """From flats to flats of one dimension less: one row for each such pair.

    Attributes
    ----------
    parent, child : (t,) positions of the two
    distance : (t,) from the parent's point to the child, along the child's normal in the parent
    below, above : (t,) how many planes are positive on that side only; -1 where the side is out of bounds
    """

    parent: NDArray[np.intp]
    child: NDArray[np.intp]
    distance: Array
    below: NDArray[np.intp]
    above: NDArray[np.intp]


def _integrate(planes: Array, bounds: Array, equalities: Array) -> tuple[Array, Array]:
    """Give the volumes (p + 1,) of the parts where 0, 1, … p planes are positive, and the moment (m,) of the first."""
    walls = np.vstack([bounds, planes])
    walls = walls / _length(walls)[:, None]
    counted = np.arange(len(walls)) >= len(bounds)
    flats, dimension = _whole(walls, equalities)
    levels = []
    for e in range(dimension, 0, -1):
        following, steps = _descend(flats, walls, counted, to_points=e == 1)
        levels.append((flats, steps))
        flats = following
    volumes, offsets = _at_points(flats, walls, counted), np.zeros(flats.points.shape)
    for e, (parents, steps) in enumerate(reversed(levels), start=1):
        volumes, offsets = _raise(e, parents, flats, steps, volumes, offsets)
        flats = parents
    return volumes[0], offsets[0] + flats.points[0] * volumes[0, 0]


def _whole(walls: Array, equalities: Array) -> tuple[_Flats, int]:
    """Give the flat of all weights that sum to 1 and keep the equalities, and its dimension."""
    m = walls.shape[1]
    point, dimension = np.full(m, 1 / m), m - 1
    slopes = walls - walls.mean(axis=1, keepdims=True)
    rows = equalities - equalities.mean(axis=1, keepdims=True)
    for row, equality in zip(rows, equalities, strict=True):
        length = float(_length(row))
        if length > NOUGHT * np.abs(equality).max():
            unit = row / length
            point = point - _dot(equality, point) / length * unit
            slopes = slopes - _dot(slopes, unit)[:, None] * unit
            rows -= _dot(rows, unit)[:, None] * unit
            dimension -= 1
    inside = (_length(slopes) <= NOUGHT) & (np.abs(_dot(walls, point)) <= NOUGHT)
    return _Flats(inside[None], point[None], slopes[None]), dimension


def _descend(flats: _Flats, walls: Array, counted: NDArray[np.bool_], *, to_points: bool) -> tuple[_Flats, _Steps]:
    """Cut flats with every wall that passes through them."""
    lengths = _length(flats.slopes)
    parent, wall = np.nonzero(~flats.inside & (lengths > NOUGHT))
    slopes, length = flats.slopes[parent], lengths[parent, wall]
    normal = slopes[np.arange(len(parent)), wall] / length[:, None]
    distance = -np.einsum("tj,tj->t", flats.points[parent], walls[wall]) / length
    points = flats.points[parent] + distance[:, None] * normal
    along = np.einsum("taj,tj->ta", slopes, normal)
    inside = np.abs(np.einsum("tj,aj->ta", points, walls)) <= NOUGHT
    if not to_points:
        slopes = slopes - along[..., None] * normal[:, None]
        inside &= _length(slopes) <= NOUGHT
    _, first, child = np.unique(np.packbits(inside, axis=1), axis=0, return_index=True, return_inverse=True)
    _, step = np.unique(np.stack([parent, child.ravel()]), axis=1, return_index=True)
    met = inside[step] & ~flats.inside[parent[step]]
    rising, falling = met & (along[step] > 0), met & (along[step] < 0)
    below = np.where((rising & ~counted).any(axis=1), -1, (falling & counted).sum(axis=1))
    above = np.where((falling & ~counted).any(axis=1), -1, (rising & counted).sum(axis=1))
    steps = _Steps(parent[step], child.ravel()[step], distance[step], below, above)
    return _Flats(inside[first], points[first], slopes[first]), steps


def _at_points(flats: _Flats, walls: Array, counted: NDArray[np.bool_]) -> Array:
    """Give 1 at the count of positive planes for points within the bounds, and 0 elsewhere (f, p + 1)."""
    heights = np.where(flats.inside, 0.0, np.einsum("fj,aj->fa", flats.points, walls))
    within: NDArray[np.bool_] = np.all(heights[:, ~counted] >= 0, axis=1)
    positive = np.sum(heights[:, counted] > 0, axis=1)
    volumes = np.zeros((len(heights), int(counted.sum()) + 1))
    volumes[np.arange(len(heights)), positive] = within
    return volumes


def _raise(
    e: int, parents: _Flats, children: _Flats, steps: _Steps, volumes: Array, offsets: Array
) -> tuple[Array, Array]:
    """From the children's volumes and moments to those of their parents, of dimension e.

    The moment of the first part is taken from the flat's own point, which makes its integrand a form of degree 1, so
    that the divergence theorem holds for it with e + 1 in place of e.
    """
    part, offset = volumes[steps.child], offsets[steps.child]
    offset = offset + (children.points[steps.child] - parents.points[steps.parent]) * part[:, :1]
    gain, lean = np.zeros(part.shape), np.zeros(len(part))
    for side, sign in ((steps.below, 1.0), (steps.above, -1.0)):
        for shift in range(side.max(initial=-1) + 1):
            chosen = side == shift
            gain[chosen, shift:] += sign * part[chosen, : part.shape[1] - shift]
        lean += sign * (side == 0)
    size = np.zeros((len(parents.points), part.shape[1]))
    moment = np.zeros(parents.points.shape)
    np.add.at(size, steps.parent, steps.distance[:, None] * gain / e)
    np.add.at(moment, steps.parent, (steps.distance * lean)[:, None] * offset / (e + 1))
    return size, moment


def _everywhere(planes: Array, equalities: Array, margin: float) -> NDArray[np.bool_]:
    """Tell which planes (a, m) are 0 at all weights that sum to 1 and keep the equalities."""
    flats, _ = _whole(planes, equalities)
    near = np.abs(_dot(planes, flats.points[0])) <= margin
    flat: NDArray[np.bool_] = near & (_length(flats.slopes[0]) <= margin)
    return flat


def _needed(bounds: Array, equalities: Array) -> Array:
    """Leave out bounds that follow from the others, one after the other."""
    kept = list(range(len(bounds)))
    m = bounds.shape[1]
    fixed = np.vstack([np.ones(m), equalities])
    level = np.concatenate([[1.0], np.zeros(len(equalities))])
    for wall in range(len(bounds)):
        others = [other for other in kept if other != wall]
        # The solver takes variables of 0 or more, so a bound is written for weights that may fall to -1 first.
        rows = -np.hstack([bounds[others], -bounds[others].sum(axis=1, keepdims=True)])
        status, shifted = minimize(
            np.append(bounds[wall], -bounds[wall].sum()),
            rows,
            np.zeros(len(others)),
            np.hstack([fixed, -fixed.sum(axis=1, keepdims=True)]),
            level,
        )
        if status == "optimal" and _dot(bounds[wall], shifted[:m] - shifted[m]) >= -NOUGHT:
            kept = others
    return bounds[kept]


def _dot(rows: Array, vector: Array) -> Array:
    product: Array = np.einsum("...j,j->...", rows, vector)
    return product


def _length(rows: Array) -> Array:
    """Give Euclidean lengths along the last axis, by a sum whose order no library chooses."""
    lengths: Array = np.sqrt(np.einsum("...j,...j->...", rows, rows))
    return lengths
