"""Regions of the weight simplex that linear conditions leave open, cut into small simplices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.engine.problem import Array

NOUGHT = 1e-12  # of the largest coefficient: a corner this close to a wall lies on it


@dataclass(frozen=True, eq=False)
class Region:
    """A set of weights as simplices that do not overlap.

    Attributes
    ----------
    corners : (s, d + 1, m) weights at the corners of each of the s simplices of dimension d
    sizes : (s,) their volumes, up to a common factor
    """

    corners: Array
    sizes: Array


def simplex(m: int) -> Region:
    """Give the whole simplex of m weights."""
    return Region(np.eye(m)[None], np.ones(1))


def above(region: Region, wall: Array) -> Region:
    """Keep the part where ``wall`` (m,) times the weights is 0 or more.

    What is left may be of a lower dimension (then as ``upon`` gives it), or empty: no simplices.
    """
    corners, sizes, heights = _split(region, wall)
    kept = (heights >= 0).all(axis=1) & (heights > 0).any(axis=1)
    if kept.any():
        return Region(corners[kept], sizes[kept])
    return _floor(corners, heights)


def upon(region: Region, wall: Array) -> Region:
    """Keep the part where ``wall`` (m,) times the weights is 0: of a lower dimension, or empty: no simplices."""
    corners, sizes, heights = _split(region, wall)
    if not heights.any():
        return Region(corners, sizes)
    return _floor(corners, heights)


def _split(region: Region, wall: Array) -> tuple[Array, Array, Array]:
    """Cut every simplex that the wall passes through, and give corners, sizes and heights above the wall (s, d + 1).

    A simplex with corners on both sides is halved at the point where the edge between its highest and its lowest corner
    meets the wall: each half has one corner fewer on the wrong side, and its volume is the share of the edge.
    """
    corners, sizes = region.corners, region.sizes
    heights = np.einsum("svj,j->sv", corners, wall)
    heights[np.abs(heights) <= NOUGHT * np.abs(wall).max()] = 0.0
    done: list[tuple[Array, Array, Array]] = []
    while len(corners):
        mixed = (heights.max(axis=1) > 0) & (heights.min(axis=1) < 0)
        done.append((corners[~mixed], sizes[~mixed], heights[~mixed]))
        corners, sizes, heights = _halved(corners[mixed], sizes[mixed], heights[mixed])
    if not done:
        return corners, sizes, heights
    return tuple(map(np.concatenate, zip(*done, strict=True)))  # type: ignore[return-value]


def _halved(corners: Array, sizes: Array, heights: Array) -> tuple[Array, Array, Array]:
    row = np.arange(len(corners))
    high, low = heights.argmax(axis=1), heights.argmin(axis=1)
    share = heights[row, high] / (heights[row, high] - heights[row, low])
    meeting = corners[row, high] + share[:, None] * (corners[row, low] - corners[row, high])
    upper, lower = corners.copy(), corners
    upper_heights, lower_heights = heights.copy(), heights
    upper[row, low], lower[row, high] = meeting, meeting
    upper_heights[row, low], lower_heights[row, high] = 0.0, 0.0
    halves = (upper, lower), (sizes * share, sizes * (1 - share)), (upper_heights, lower_heights)
    return tuple(map(np.concatenate, halves))  # type: ignore[return-value]


def _floor(corners: Array, heights: Array) -> Region:
    """Give the faces that lie on the wall, of the largest dimension there is, each once."""
    touching = (heights == 0).sum(axis=1)
    count = int(touching.max(initial=0))
    if count == 0:
        return Region(corners[:0], np.zeros(0))
    chosen = touching == count
    faces = corners[chosen][heights[chosen] == 0].reshape(-1, count, corners.shape[2])
    order = np.lexsort(np.round(faces, 9).transpose(2, 0, 1)[::-1], axis=1)
    faces = np.take_along_axis(faces, order[:, :, None], axis=1)
    _, once = np.unique(np.round(faces, 9).reshape(len(faces), -1), axis=0, return_index=True)
    faces = faces[np.sort(once)]
    edges = faces[:, 1:] - faces[:, :1]
    return Region(faces, _size(edges))


def _size(edges: Array) -> Array:
    """Give the volumes spanned by edges (s, d, m), up to a common factor: lengths left over by Gram and Schmidt."""
    left, size = edges.copy(), np.ones(len(edges))
    for axis in range(edges.shape[1]):
        length = np.sqrt(np.einsum("sj,sj->s", left[:, axis], left[:, axis]))
        unit = left[:, axis] / np.where(length > 0, length, 1.0)[:, None]
        left[:, axis + 1 :] -= np.einsum("sej,sj->se", left[:, axis + 1 :], unit)[..., None] * unit[:, None]
        size *= length
    return size
