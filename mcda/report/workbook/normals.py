"""The normalizations as formulas: what ``mcda.engine.normalize`` does, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from mcda.engine.problem import Array

Figure: TypeAlias = tuple[str, str, Callable[[Array], Array]]


@dataclass(frozen=True, kw_only=True)
class Normal:
    """A normalization in formulas.

    Attributes
    ----------
    benefit, cost : formula of a cell, from its value {x} and the figures {a} and {b} of its row
    figures : of each row: key of the heading, formula from {row}, and the same from values (m, n) to (m,)
    placed : whether it starts from values placed on their declared scales, costs turned round
    positive : whether it needs values of 0 or more
    """

    benefit: str
    cost: str
    figures: tuple[Figure, ...] = ()
    placed: bool = False
    positive: bool = False


def _or_one(amounts: Array) -> Array:
    return np.where(amounts > 0, amounts, 1.0)


LEAST: Figure = ("least", "MIN({row})", lambda rows: rows.min(axis=1))
LARGEST: Figure = ("largest", "MAX({row})", lambda rows: rows.max(axis=1))
TOP: Figure = ("largest", "IF(MAX({row})>0,MAX({row}),1)", lambda rows: _or_one(rows.max(axis=1)))
SUM: Figure = ("sum", "IF(SUM({row})>0,SUM({row}),1)", lambda rows: _or_one(rows.sum(axis=1)))
NORM: Figure = (
    "norm",
    "IF(SUMSQ({row})>0,SQRT(SUMSQ({row})),1)",
    lambda rows: _or_one(np.sqrt((rows * rows).sum(axis=1))),
)
MEAN: Figure = ("mean", "AVERAGE({row})", lambda rows: rows.mean(axis=1))
DEVIATION: Figure = (
    "deviation",
    "IF(MAX({row})>MIN({row}),STDEVP({row}),1)",
    lambda rows: np.where(np.ptp(rows, axis=1) > 0, rows.std(axis=1), 1.0),
)

NORMALS: Mapping[str, Normal] = {
    "vector": Normal(benefit="{x}/{a}", cost="1-{x}/{a}", figures=(NORM,)),
    "minmax": Normal(
        benefit="IF({b}>{a},({x}-{a})/({b}-{a}),1)", cost="IF({b}>{a},({b}-{x})/({b}-{a}),1)", figures=(LEAST, LARGEST)
    ),
    "max": Normal(benefit="{x}/{a}", cost="1-{x}/{a}", figures=(TOP,), positive=True),
    "sum": Normal(benefit="{x}/{a}", cost="{x}/{a}", figures=(SUM,), placed=True, positive=True),
    "linear": Normal(benefit="{x}/{a}", cost="{x}/{a}", figures=(TOP,), placed=True, positive=True),
    "zscore": Normal(benefit="({x}-{a})/{b}", cost="({a}-{x})/{b}", figures=(MEAN, DEVIATION)),
    "scale": Normal(benefit="{x}", cost="{x}", placed=True),
    "none": Normal(benefit="{x}", cost="-{x}"),
}
