"""Draw weights: uniform on the simplex, within what is known of them, or around a centre.

A draw is m whole shares of ``WHOLE``, so that sums over draws are exact in any order. All draws of a block come from
the block's own stream, so that they depend on the seed and on their number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mcda.engine.blocks import BLOCK, blocks, require_sampling
from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError
from mcda.sensitivity.information import Conditions, WeightInformation, settle
from mcda.sensitivity.network import sort_rows
from mcda.sensitivity.regions import Region, above, simplex, upon

WHOLE = 2**32 - 1  # what the shares of one draw sum to, but for rounding where weights are not uniform on the simplex
PIECES = 512  # simplices into which conditions may cut the weights; what would take more is left to rejection
RAREST = 1 / 2048  # of the draws must meet the conditions that are left to rejection

Shares: TypeAlias = NDArray[np.uint32]
Draw: TypeAlias = Callable[[Generator, Shares], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sampler:
    """How weights are drawn.

    Attributes
    ----------
    draw : from a block's generator, into shares (m, BLOCK); what is given is reused, since fresh memory costs time
    how : ``"uniform"`` (spacings), ``"triangulated"`` (uniform, without rejection), ``"rejection"`` (uniform),
        ``"dirichlet"`` or ``"dirichlet, rejection"``
    """

    draw: Draw
    how: str


@dataclass(frozen=True, kw_only=True)
class WeightGroups:
    """Criteria in groups, whose weights are drawn for the groups first.

    Attributes
    ----------
    groups : (m,) the group of each criterion; what is known of the weights is known of the groups
    shares : (m,) fixed parts of the group's weight, in any proportion; None to draw them uniformly within each group
    """

    groups: Sequence[str]
    shares: Sequence[float] | None = None


def sample_weights(
    criteria: int | Sequence[str],
    *,
    draws: int,
    seed: int = 1,
    information: WeightInformation | None = None,
    groups: WeightGroups | None = None,
) -> Array:
    """Draw weight vectors that agree with what is known of them, as ``acceptability`` does.

    Parameters
    ----------
    criteria : how many there are, or their names (which ``information`` needs)
    draws : how many weight vectors; fewer are the beginning of more
    seed : 0 or more; the result depends on it alone
    information : what is known; None for uniform weights on the simplex
    groups : of criteria, whose weights are drawn first; None for criteria alone

    Returns
    -------
    (draws, m) array, rows of 0 or more that sum to 1, in steps of 2**-32

    Raises
    ------
    ProblemError
        For conditions that clash, with the clash named.

    Examples
    --------
    >>> sample_weights(3, draws=2).sum(axis=1)
    array([1., 1.])
    """
    require_sampling(draws, seed)
    names = [f"c{j + 1}" for j in range(criteria)] if isinstance(criteria, int) else list(criteria)
    sampler = weight_sampler(names, information, groups)
    weights, shares = np.empty((draws, len(names))), np.empty((len(names), BLOCK), np.uint32)
    for number, (generator, kept) in enumerate(blocks(draws, seed)):
        sampler.draw(generator, shares)
        weights[number * BLOCK : number * BLOCK + kept] = normalized(shares[:, :kept])
    return weights


def normalized(shares: Shares) -> Array:
    """Turn shares (m, k) into weights (k, m) that sum to 1."""
    weights: Array = (shares / shares.sum(axis=0, dtype=np.float64)).T
    return weights


def weight_sampler(
    criteria: Sequence[str], information: WeightInformation | None = None, groups: WeightGroups | None = None
) -> Sampler:
    """Choose how weights of these criteria are drawn: exactly and without rejection wherever that is practical."""
    if groups is not None:
        return _grouped(criteria, information, groups)
    m = len(criteria)
    parameters = information.parameters(criteria) if information else None
    conditions = settle(information, criteria)
    if parameters is not None:
        return _around(parameters, conditions)
    if not len(conditions.limits) and not len(conditions.equalities):
        return Sampler(draw=spacings, how="uniform")
    region, left = _triangulated(conditions, m)

    def draw(generator: Generator) -> Array:
        return _within(generator, region)

    if not len(left):
        return Sampler(draw=_rounding(draw), how="triangulated")
    return Sampler(draw=_rejecting(draw, left), how="rejection")


def spacings(generator: Generator, out: Shares) -> None:
    """Draw shares ``out`` (m, BLOCK) uniformly on the simplex: the gaps between m - 1 sorted uniform numbers.

    References
    ----------
    .. [1] Devroye, "Non-Uniform Random Variate Generation", Springer, 1986, chapter V, theorem 2.1.
    """
    m = len(out)
    out[-1] = WHOLE
    if m == 1:
        return
    # Two numbers from each 64 bits; the lower half first on every machine.
    bits = generator.bit_generator.random_raw((m - 1) * BLOCK // 2).astype("<u8", copy=False)
    rows = sort_rows(bits.view("<u4").reshape(m - 1, BLOCK))
    out[0] = rows[0]
    for j in range(1, m - 1):
        np.subtract(rows[j], rows[j - 1], out=out[j])
    out[-1] -= rows[-1]


def _fresh(generator: Generator, m: int) -> Array:
    """Draw m weights (m, BLOCK) uniformly on the simplex."""
    out = np.empty((m, BLOCK), np.uint32)
    spacings(generator, out)
    return out / WHOLE


def _rounding(draw: Callable[[Generator], Array]) -> Draw:
    """Round weights (m, BLOCK) that sum to 1 to whole shares."""

    def rounded(generator: Generator, out: Shares) -> None:
        np.copyto(out, np.rint(np.clip(draw(generator), 0, 1) * WHOLE), casting="unsafe")

    return rounded


def _within(generator: Generator, region: Region) -> Array:
    """Draw weights (m, BLOCK) uniformly from a region: a simplex by its volume, then a point of it."""
    pieces, corners, m = region.corners.shape
    parts = _fresh(generator, corners)
    if pieces == 1:
        only: Array = np.einsum("cj,cb->jb", region.corners[0], parts)
        return only
    edges = np.cumsum(region.sizes / region.sizes.max())
    piece = np.searchsorted(edges, generator.random(BLOCK) * edges[-1], side="right").clip(max=pieces - 1)
    weights = np.zeros((m, BLOCK))
    for corner, part in enumerate(parts):
        weights += region.corners[piece, corner].T * part
    return weights


def _triangulated(conditions: Conditions, m: int) -> tuple[Region, Array]:
    """Cut the simplex by as many conditions as leave few pieces; give the region and the conditions left over."""
    region = simplex(m)
    for wall in conditions.equalities:
        region = upon(region, wall)
    left = []
    for wall in sorted(conditions.limits, key=_pieces):
        smaller = above(region, wall)
        if len(smaller.sizes) <= PIECES:
            region = smaller
        else:
            left.append(wall)
    return region, np.array(left).reshape(-1, m)


def _pieces(wall: Array) -> int:
    """Count the simplices into which a wall cuts the part of the whole simplex above it."""
    low = int((wall < 0).sum())
    return comb(low + int((wall > 0).sum()) - 1, low)


def _around(parameters: Array, conditions: Conditions) -> Sampler:
    """Draw from a Dirichlet distribution, as gamma variates over their sum."""
    if len(conditions.equalities):
        raise ProblemError([Fault(code="sure.centre_and_equality")])

    def draw(generator: Generator) -> Array:
        amounts = generator.standard_gamma(parameters[:, None], size=(len(parameters), BLOCK))
        total = amounts.sum(axis=0)
        return np.where(total > 0, amounts / np.where(total > 0, total, 1.0), (parameters / parameters.sum())[:, None])

    if not len(conditions.limits):
        return Sampler(draw=_rounding(draw), how="dirichlet")
    return Sampler(draw=_rejecting(draw, conditions.limits), how="dirichlet, rejection")


def _rejecting(draw: Callable[[Generator], Array], limits: Array) -> Draw:
    """Draw until a block is full of weights that keep the limits; refuse limits that hardly any weights keep."""

    def kept(generator: Generator) -> Array:
        weights = draw(generator)
        return weights[:, (np.einsum("pj,jk->pk", limits, weights) >= 0).all(axis=0)]

    accepted = kept(next(blocks(1, 0))[0]).shape[1]
    if accepted < RAREST * BLOCK:
        raise ProblemError([Fault(code="sure.too_narrow", values={"found": accepted, "draws": BLOCK})])

    def full(generator: Generator) -> Array:
        found, parts = 0, []
        while found < BLOCK:
            parts.append(kept(generator))
            found += parts[-1].shape[1]
        return np.concatenate(parts, axis=1)[:, :BLOCK]

    return _rounding(full)


def _grouped(criteria: Sequence[str], information: WeightInformation | None, given: WeightGroups) -> Sampler:
    """Draw the weights of groups, then each criterion's part of its group's weight."""
    groups = list(dict.fromkeys(given.groups))
    if len(given.groups) != len(criteria):
        values = {"what": "groups", "found": len(given.groups), "expected": len(criteria), "each": "criterion"}
        raise ProblemError([Fault(code="fault.length", values=values)])
    outer = weight_sampler(groups, information)
    members = [np.flatnonzero([group == name for name in given.groups]) for group in groups]
    parts = [_parts(given.shares, member, criteria) for member in members]

    def draw(generator: Generator) -> Array:
        shares = np.empty((len(groups), BLOCK), np.uint32)
        outer.draw(generator, shares)
        weights = normalized(shares).T
        leaves = np.empty((len(criteria), BLOCK))
        for weight, member, part in zip(weights, members, parts, strict=True):
            leaves[member] = weight * part(generator)
        return leaves

    return Sampler(draw=_rounding(draw), how=outer.how)


def _parts(
    shares: Sequence[float] | None, member: NDArray[np.intp], criteria: Sequence[str]
) -> Callable[[Generator], Array]:
    """Give the function from a generator to each member's part of its group, (members, 1) or (members, BLOCK)."""
    if shares is None:
        return lambda generator: _fresh(generator, len(member))
    amounts = np.asarray(shares, float)
    faults = [
        Fault(code="fault.weight_negative", values={"found": float(amount)}, key=name)
        for name, amount in zip(criteria, amounts, strict=True)
        if not amount >= 0
    ]
    if faults or not amounts[member].sum() > 0:
        raise ProblemError(faults or [Fault(code="fault.weights_zero")])
    fixed = (amounts[member] / amounts[member].sum())[:, None]
    return lambda _: fixed
