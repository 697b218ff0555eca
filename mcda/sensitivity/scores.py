"""Uncertain scores: each cell has the readings of several codings, and each reading its own range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError, unknown
from mcda.sensitivity.quantiles import normal, pert, triangular
from mcda.words import Word

DISTRIBUTIONS = ("triangular", "uniform", "pert", "normal")
WIDTH_95 = 2 * 1.959963984540054  # standard deviations between the ends of a normal range


@dataclass(frozen=True, init=False, eq=False)
class ScoreModel:
    """What the scores may be, cell by cell, and how the leaves of a hierarchy make up the criteria.

    A draw chooses, for each cell, one of its codings with equal chances, then a value within that coding's own range;
    so one coding's extreme does not stretch the others. Cells are independent of each other.

    Parameters
    ----------
    value : (c, n, L) the reading of each coding for each alternative and leaf; NaN where a coding gives a range only
        (its values are then uniform on it). (n, L) for a single coding
    low, high : (c, n, L) the ends of each range; both NaN where a coding says nothing of a cell
    criterion : (L,) the position of each leaf's criterion, from 0; None where the leaves are the criteria
    scales : (L, 2) what becomes 0 and 1 on the common scale; None to keep the leaves' own units
    leaf_weights : (L,) weights of the leaves within their criterion, in any proportion; None for equal ones
    logarithmic : (L,) whether a leaf is taken as log(1 + x), the ends of its scale likewise; None for none
    distribution : within a range: ``"triangular"`` with its top at the value, ``"uniform"``, ``"pert"`` (a beta with
        its mode at the value) or ``"normal"`` (its mean at the value, 95% of it as wide as the range, not cut off)
    draw_leaf_weights : whether the weights of the leaves are drawn too, uniformly within each criterion

    Raises
    ------
    ProblemError
        With every fault at once; a faulty cell is named by coding, alternative and leaf, counted from 1.

    Examples
    --------
    >>> model = ScoreModel(value=[[4, 3], [2, 5]], low=[[3, 3], [1, 4]], high=[[5, 3], [4, 5]])
    >>> model.values(np.full((1, 2, 2), 0.5))
    array([[[4.        , 3.        ],
            [2.26794919, 4.70710678]]])
    """

    value: Array
    low: Array
    high: Array
    criterion: NDArray[np.intp]
    scales: Array | None
    leaf_weights: Array
    logarithmic: NDArray[np.bool_] | None
    distribution: str
    draw_leaf_weights: bool

    def __init__(
        self,
        *,
        value: ArrayLike,
        low: ArrayLike,
        high: ArrayLike,
        criterion: ArrayLike | None = None,
        scales: ArrayLike | None = None,
        leaf_weights: ArrayLike | None = None,
        logarithmic: ArrayLike | None = None,
        distribution: str = "triangular",
        draw_leaf_weights: bool = False,
    ) -> None:
        cells = {"value": _cells(value), "low": _cells(low), "high": _cells(high)}
        shapes = sorted({array.shape for array in cells.values()})
        if len(shapes) > 1 or len(shapes[0]) != 3:
            raise ProblemError([Fault(code="sure.score_shapes", values={"found": shapes})])
        leaves = shapes[0][2]
        for name, item in {
            **cells,
            "criterion": np.arange(leaves) if criterion is None else np.asarray(criterion),
            "scales": None if scales is None else np.asarray(scales, float),
            "leaf_weights": np.ones(leaves) if leaf_weights is None else np.asarray(leaf_weights, float),
            "logarithmic": None if logarithmic is None else np.asarray(logarithmic, bool),
            "distribution": distribution,
            "draw_leaf_weights": draw_leaf_weights,
        }.items():
            object.__setattr__(self, name, item)
        faults = [*self._range_faults(), *self._leaf_faults()]
        if faults:
            raise ProblemError(faults)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Give the numbers of alternatives, leaves and criteria."""
        _, n, leaves = self.value.shape
        return n, leaves, int(self.criterion.max()) + 1

    def adopted(self) -> Array:
        """Give the values (n, L) without uncertainty: medians of the values, or of the midpoints where none has one."""
        none = np.isnan(self.value).all(axis=0)
        shown = np.where(none, (self.low + self.high) / 2, self.value)
        median: Array = np.nanmedian(shown, axis=0)
        return median

    def draw(self, generator: Generator, count: int) -> Array:
        """Draw ``count`` times the values of all leaves (count, n, L)."""
        return self.values(generator.random((count, *self.value.shape[1:])))

    def values(self, uniform: Array) -> Array:
        """Turn uniform numbers (k, n, L) in [0, 1), one a cell, into values of the leaves (k, n, L).

        A number chooses the coding; what is left of it, stretched to [0, 1), chooses the value.
        """
        speaking = self._speaking
        stretched = uniform * speaking
        reading = np.minimum(stretched.astype(np.intp), speaking - 1)
        left = stretched - reading
        if self.distribution == "pert":
            return self._pert(left, reading)
        cell = reading * speaking.size + np.arange(speaking.size).reshape(speaking.shape)
        low, width, mode = (each.ravel()[cell] for each in self._readings)
        if self.distribution == "triangular":
            left = np.where(np.isnan(mode), left, triangular(left, mode))
        elif self.distribution == "normal":
            left = np.where(np.isnan(mode), left, mode + normal(left) / WIDTH_95)
        return low + width * left

    def criteria_values(self, values: Array, leaf_weights: Array | None = None) -> Array:
        """Turn values of the leaves (k, n, L) into those of the criteria (k, n, m): weighted means on the common scale.

        ``leaf_weights`` (k, L) stand in for the model's own where they are drawn.
        """
        weights = self.leaf_weights if leaf_weights is None else leaf_weights
        member = (self.criterion[:, None] == np.arange(self.shape[2])).astype(float)
        total = np.einsum("...l,lm->...m", weights, member)
        shares = weights / np.einsum("...m,lm->...l", total, member)
        criteria: Array = np.einsum("knl,lm->knm", self._scaled(values) * shares[..., None, :], member)
        return criteria

    def _pert(self, left: Array, reading: NDArray[np.intp]) -> Array:
        """Turn what is left of the uniform numbers into values, reading by reading."""
        values = np.empty(left.shape)
        low, width, mode = self._readings
        for c, i, leaf in np.argwhere(np.arange(len(low))[:, None, None] < self._speaking):
            chosen, at = reading[:, i, leaf] == c, (c, i, leaf)
            inner = left[chosen, i, leaf]
            values[chosen, i, leaf] = low[at] + width[at] * (inner if np.isnan(mode[at]) else pert(inner, mode[at]))
        return values

    def _scaled(self, values: Array) -> Array:
        logs = self.logarithmic
        if logs is not None:
            values = np.where(logs, np.log1p(np.where(logs, values, 0.0)), values)
        if self.scales is None:
            return values
        ends = self.scales
        if logs is not None:
            ends = np.where(logs[:, None], np.log1p(np.where(logs[:, None], ends, 0.0)), ends)
        low, high = ends.T
        scaled: Array = (values - low) / (high - low)
        return scaled

    @cached_property
    def _speaking(self) -> NDArray[np.intp]:
        """How many codings speak of each cell (n, L)."""
        speaking: NDArray[np.intp] = (~np.isnan(self.low)).sum(axis=0)
        return speaking

    @cached_property
    def _readings(self) -> tuple[Array, Array, Array]:
        """Low end, width and mode of each reading (c, n, L), those that speak first; the mode from 0 to 1 or NaN."""
        order = np.argsort(np.isnan(self.low), axis=0, kind="stable")
        low, high, value = (np.take_along_axis(each, order, axis=0) for each in (self.low, self.high, self.value))
        width = high - low
        return low, width, (value - low) / np.where(width > 0, width, 1.0)

    def _range_faults(self) -> list[Fault]:
        inside = (self.low <= self.high) & ~(self.value < self.low) & ~(self.value > self.high)
        silent = np.isnan(self.low) & np.isnan(self.high) & np.isnan(self.value)
        wrong = ~(silent | (inside & np.isfinite(self.low) & np.isfinite(self.high)))
        faults = [
            Fault(
                code="sure.score_range",
                values={"low": float(self.low[at]), "high": float(self.high[at]), "found": float(self.value[at])},
                key=Word("fault.at.reading", {"coding": at[0] + 1, "alternative": at[1] + 1, "leaf": at[2] + 1}),
            )
            for at in map(tuple, np.argwhere(wrong))
        ]
        return faults + [
            Fault(code="sure.score_missing", key=Word("fault.at.score", {"alternative": i + 1, "leaf": leaf + 1}))
            for i, leaf in np.argwhere(silent.all(axis=0))
        ]

    def _leaf_faults(self) -> list[Fault]:
        leaves, faults = self.value.shape[2], []
        if self.distribution not in DISTRIBUTIONS:
            faults.append(unknown("distribution", self.distribution, DISTRIBUTIONS))
        shapes = {"criterion": (leaves,), "leaf_weights": (leaves,), "scales": (leaves, 2), "logarithmic": (leaves,)}
        for name, expected in shapes.items():
            found = getattr(self, name)
            if found is not None and found.shape != expected:
                values = {"what": name, "found": found.shape, "expected": expected, "each": "leaf"}
                faults.append(Fault(code="fault.length", values=values))
        if faults:
            return faults
        positions = set(self.criterion.tolist())
        if positions != set(range(len(positions))):
            faults.append(Fault(code="sure.leaf_criterion", values={"found": sorted(positions)}))
        for position in positions:
            own = self.leaf_weights[self.criterion == position]
            if not ((own >= 0).all() and own.sum() > 0):
                values = {"found": own.tolist(), "criterion": position + 1}
                faults.append(Fault(code="sure.leaf_weights", values=values))
        ends = np.array([[0.0, 1.0]]) if self.scales is None else self.scales
        if not (np.isfinite(ends).all() and (ends[:, 0] < ends[:, 1]).all()):
            faults.append(Fault(code="sure.leaf_scales"))
        return faults


def _cells(given: ArrayLike) -> Array:
    array = np.asarray(given, float)
    return array[None] if array.ndim == 2 else array
