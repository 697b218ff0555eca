"""How weighted numbers of several criteria are put together, in cells and in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.engine.problem import Array
from mcda.report.workbook.book import Block
from mcda.report.workbook.pen import Pen


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A way to put numbers together that the weights of the criteria can be drawn out of.

    Attributes
    ----------
    join : formula that puts a criterion's sub-criteria together, from their shares {s} and numbers {p}
    gather : the same from shares (r,) and numbers (r, n) to (n,)
    total : formula of the whole, from the criteria's weights {w} and numbers {p}
    """

    join: str
    gather: Callable[[Array, Array], Array]
    total: str


SQUARES = Parts(
    join="SUMPRODUCT({s},{s},{p})",
    gather=lambda shares, rows: np.einsum("r,rn->n", shares * shares, rows),
    total="SQRT(SUMPRODUCT({w},{w},{p}))",
)
SUMS = Parts(
    join="SUMPRODUCT({s},{p})",
    gather=lambda shares, rows: np.einsum("r,rn->n", shares, rows),
    total="SUMPRODUCT({w},{p})",
)
LARGEST = Parts(
    join="SUMPRODUCT(MAX({s}*{p}))",
    gather=lambda shares, rows: (shares[:, None] * rows).max(axis=0),
    total="SUMPRODUCT(MAX({w}*{p}))",
)


@dataclass(frozen=True, kw_only=True)
class Distance:
    """A distance between the columns {a} and {b} of weighted values.

    Attributes
    ----------
    formula : of the distance; {a} is nowhere below {b}
    length : from weighted gaps (m, n) to (n,)
    gap : of one row, as a formula from the plain gap {g}
    plain : the same in numbers
    parts : how the gaps of the rows make the whole
    """

    formula: str
    length: Callable[[Array], Array]
    gap: str
    plain: Callable[[Array], Array]
    parts: Parts


DISTANCES: Mapping[str, Distance] = {
    "euclidean": Distance(
        formula="SQRT(SUMXMY2({a},{b}))",
        length=lambda gaps: np.sqrt((gaps * gaps).sum(axis=0)),
        gap="({g})^2",
        plain=np.square,
        parts=SQUARES,
    ),
    "manhattan": Distance(
        formula="SUMPRODUCT({a}-{b})",
        length=lambda gaps: gaps.sum(axis=0),
        gap="{g}",
        plain=np.asarray,
        parts=SUMS,
    ),
    "chebyshev": Distance(
        formula="SUMPRODUCT(MAX({a}-{b}))",
        length=lambda gaps: gaps.max(axis=0),
        gap="{g}",
        plain=np.asarray,
        parts=LARGEST,
    ),
}


def gathered(pen: Pen, rows: Block, values: Array, parts: Parts) -> tuple[Block, Array]:
    """Put the rows (m, n) of each criterion's sub-criteria together (c, n); criteria are together already."""
    plan = pen.plan
    if not plan.on_leaves:
        return rows, values
    ranges = [plan.range_of(c) for c in range(len(plan.criteria))]

    def formula(c: int, j: int) -> str:
        first, count = ranges[c]
        shares = plan.leaf_shares.span(first, 0, count, 1)
        return parts.join.format(s=shares, p=rows.span(first, j, count, 1))

    joined = np.array([parts.gather(plan.within[a : a + r], values[a : a + r]) for a, r in ranges])
    pen.step("gathered")
    return pen.table(plan.criteria, formula, joined).numbers, joined
