"""Which factor an outcome depends on, alone and together with others: Sobol indices with confidence intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import NDArray

from mcda.engine.blocks import require_sampling, stream
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError
from mcda.sensitivity.design import POINTS, points
from mcda.sensitivity.quantiles import normal

# From independent uniform numbers (N, d) in [0, 1) to outcomes (N, q), or (N,) for a single one.
Model: TypeAlias = Callable[[Array], Array]

DRAWS = 2**14
LEAST_BLOCKS = 8  # whose spread tells the error
RESAMPLES = 1000
ROWS = 1 << 13  # of the design that the model is given at a time
VAGUE = 0.2  # a standard error of an index beyond which it says nothing
DIGITS = 12  # that are the same on every machine


@dataclass(frozen=True, kw_only=True, eq=False)
class Sobol:
    """First-order and total indices of each factor for each outcome.

    Attributes
    ----------
    factors, outputs : (g,) and (q,) names
    first : (g, q) share of the outcome's variance that fixing this factor alone would remove, on average
    total : (g, q) share that would be left if all others were fixed: its own part and all it has together with others
    first_error, total_error : (g, q) standard errors, by the bootstrap over independent blocks of the design
    first_interval, total_interval : (g, q, 2) confidence intervals, from the errors and Student's t
    mean, variance : (q,) of the outcomes
    constant : (q,) outcomes that never vary; their indices do not exist and stand as 0, with errors of 0
    confidence : of the intervals
    draws, evaluations, seed : points of each of the two samples, runs of the model, and the seed
    """

    factors: tuple[str, ...]
    outputs: tuple[str, ...]
    first: Array
    total: Array
    first_error: Array
    total_error: Array
    first_interval: Array
    total_interval: Array
    mean: Array
    variance: Array
    constant: NDArray[np.bool_]
    confidence: float
    draws: int
    evaluations: int
    seed: int

    def order(self, output: str) -> tuple[str, ...]:
        """Give the factors by their total index for an outcome, the largest first."""
        column = self.outputs.index(output)
        return tuple(self.factors[i] for i in np.argsort(-self.total[:, column], kind="stable"))

    def notes(self) -> list[Note]:
        """Say for each outcome what it depends on most, and name those that never vary."""
        return [self._note(column) for column in range(len(self.outputs))]

    def _note(self, column: int) -> Note:
        output = self.outputs[column]
        if self.constant[column]:
            return Note(code="sure.sobol_constant", values={"output": output, "mean": float(self.mean[column])})
        best = int(self.total[:, column].argmax())
        values: dict[str, object] = {
            "output": output,
            "mean": float(self.mean[column]),
            "factor": self.factors[best],
            "first": float(self.first[best, column]),
            "first_error": float(self.first_error[best, column]),
            "total": float(self.total[best, column]),
            "total_error": float(self.total_error[best, column]),
        }
        rare = self.total_error[best, column] > VAGUE
        return Note(code="sure.sobol_rare" if rare else "sure.sobol_most", values=values)


def sobol(
    model: Model,
    factors: int | Sequence[str],
    *,
    groups: Sequence[str] | None = None,
    outputs: Sequence[str] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    resamples: int = RESAMPLES,
    confidence: float = 0.95,
) -> Sobol:
    """Share out the variance of outcomes among independent factors [1]_.

    Two samples A and B of the factors are drawn; for each factor, A with that factor's columns from B tells what it
    does [2]_ [3]_. The samples are made of independent blocks of 1024 points, each an evenly filled lattice with a
    random shift of its own, and the errors come from the spread between blocks, whatever the shape of the model.

    Parameters
    ----------
    model : function from independent uniform numbers (N, d) in [0, 1) to outcomes (N, q) or (N,); it maps the uniforms
        to what they stand for, and is called with many rows at once
    factors : d, or the names of the d columns
    groups : (d,) the group of each column; columns of one group count as one factor. None for each on its own
    outputs : (q,) names of the outcomes; None for y1, y2, …
    draws : points of each sample, rounded up to whole blocks and to at least 8 of them; the model runs
        ``draws`` times the number of factors plus 2
    seed : 0 or more; the result depends on it alone
    resamples : of the bootstrap
    confidence : of the intervals, between 0 and 1

    Returns
    -------
    Sobol

    Raises
    ------
    ProblemError
        For numbers or names that do not fit, or outcomes that are not finite.

    References
    ----------
    .. [1] Sobol, "Global sensitivity indices for nonlinear mathematical models", Mathematics and Computers in
       Simulation 55, 2001.
    .. [2] Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics Communications 181,
       2010, table 2 (b) for the first-order index and (f) for the total index.
    .. [3] Jansen, "Analysis of variance designs for model output", Computer Physics Communications 117, 1999.

    Examples
    --------
    >>> found = sobol(lambda u: 3 * u[:, 0] + u[:, 1], ["x", "y"])
    >>> found.total.round(2).ravel()
    array([0.9, 0.1])
    """
    names = [f"x{j + 1}" for j in range(factors)] if isinstance(factors, int) else list(factors)
    labels = names if groups is None else list(groups)
    _check(names, labels, draws, seed, resamples, confidence)
    group_names = list(dict.fromkeys(labels))
    columns = [np.flatnonzero([label == name for label in labels]) for name in group_names]
    blocks = max(ceil(draws / POINTS), LEAST_BLOCKS)
    sums, centre = _sums(model, len(names), columns, blocks, seed)
    indices, mean, variance = _indices(sums.sum(axis=0)[None], blocks * POINTS, centre)
    errors = _errors(sums, centre, resamples, seed)
    reach = _student(confidence, blocks - 1) * errors
    intervals = np.round(np.stack([indices[0] - reach, indices[0] + reach], axis=-1), DIGITS)
    (first, total), (first_error, total_error) = np.round(indices[0], DIGITS), np.round(errors, DIGITS)
    return Sobol(
        factors=tuple(group_names),
        outputs=_output_names(outputs, sums.shape[2]),
        first=first,
        total=total,
        first_error=first_error,
        total_error=total_error,
        first_interval=intervals[0],
        total_interval=intervals[1],
        mean=mean[0],
        variance=variance[0],
        constant=variance[0] == 0,
        confidence=confidence,
        draws=blocks * POINTS,
        evaluations=blocks * POINTS * (len(columns) + 2),
        seed=seed,
    )


def _errors(sums: Array, centre: Array, resamples: int, seed: int) -> Array:
    """Give the standard errors (2, g, q) of the first and the total indices, by drawing blocks anew."""
    blocks = len(sums)
    counts = _resampled(blocks, resamples, seed)
    drawn, _, _ = _indices(np.einsum("rb,bsq->rsq", counts, sums), blocks * POINTS, centre)
    errors: Array = drawn.std(axis=0) * np.sqrt(blocks / (blocks - 1))
    return errors


def _check(names: list[str], labels: list[str], draws: int, seed: int, resamples: int, confidence: float) -> None:
    require_sampling(draws, seed)
    faults = []
    if not names:
        faults.append(Fault(code="fault.empty", values={"what": "factors"}))
    if len(labels) != len(names):
        values = {"what": "groups", "found": len(labels), "expected": len(names), "each": "factor"}
        faults.append(Fault(code="fault.length", values=values))
    if isinstance(resamples, bool) or resamples != int(resamples) or resamples < 2:
        faults.append(Fault(code="fault.count", values={"found": resamples, "least": 2}, key="resamples"))
    if not 0 < confidence < 1:
        faults.append(Fault(code="fault.share", values={"found": confidence}, key="confidence"))
    if faults:
        raise ProblemError(faults)


def _output_names(outputs: Sequence[str] | None, count: int) -> tuple[str, ...]:
    """Name the outcomes that the model gives."""
    names = tuple(f"y{i + 1}" for i in range(count)) if outputs is None else tuple(outputs)
    if len(names) != count:
        values = {"what": "outputs", "found": len(names), "expected": count, "each": "outcome"}
        raise ProblemError([Fault(code="fault.length", values=values)])
    return names


def _sums(
    model: Model, d: int, columns: Sequence[NDArray[np.intp]], blocks: int, seed: int
) -> tuple[Array, Array]:
    """Run the model block by block; give sums (blocks, 2 g + 2, q) and the centre (q,) they are taken about.

    The sums are, for each factor, those of table 2 (b) and (f), then those of the outcomes and of their squares.
    """
    rows, centre = [], None
    for block in range(blocks):
        both = points(stream(seed, block), 2 * d)
        a, b = both[:, :d], both[:, d:]
        design = [a, b]
        for chosen in columns:
            mixed = a.copy()
            mixed[:, chosen] = b[:, chosen]
            design.append(mixed)
        y = _run(model, np.concatenate(design)).reshape(len(design), POINTS, -1)
        if centre is None:
            centre = y[:2].mean(axis=(0, 1))  # any constant near the mean keeps the products small
        y = y - centre
        f_a, f_b, f_ab = y[0], y[1], y[2:]
        gap = f_ab - f_a
        first = (f_b * gap).sum(axis=1)  # Saltelli et al. 2010, table 2 (b)
        total = (gap * gap).sum(axis=1) / 2  # table 2 (f), Jansen
        rows.append(np.concatenate([first, total, (f_a + f_b).sum(axis=0)[None], (f_a**2 + f_b**2).sum(axis=0)[None]]))
    assert centre is not None
    return np.stack(rows), centre


def _run(model: Model, design: Array) -> Array:
    """Run the model on the design, some rows at a time: outcomes (rows, q)."""
    parts = []
    for start in range(0, len(design), ROWS):
        given = design[start : start + ROWS]
        y = np.asarray(model(given), float)
        parts.append(y.reshape(len(given), -1))
    outcomes = np.concatenate(parts)
    if not np.isfinite(outcomes).all():
        found = outcomes[~np.isfinite(outcomes)][0]
        raise ProblemError([Fault(code="fault.not_finite", values={"found": float(found)}, key="outcome of the model")])
    return outcomes


def _indices(sums: Array, draws: int, centre: Array) -> tuple[Array, Array, Array]:
    """Turn sums (r, 2 g + 2, q) into indices (2, g, q) for r = 1 or (r, 2, g, q), with means and variances (r, q)."""
    g = (sums.shape[1] - 2) // 2
    mean, square = sums[:, -2] / (2 * draws), sums[:, -1] / (2 * draws)
    variance = square - mean * mean
    variance = np.where(variance > 1e-14 * (square + centre * centre), variance, 0.0)
    parts = sums[:, :-2].reshape(len(sums), 2, g, -1) / draws
    over = variance[:, None, None, :]
    indices = np.where(over > 0, parts / np.where(over > 0, over, 1.0), 0.0)
    return indices, mean + centre, variance


def _resampled(blocks: int, resamples: int, seed: int) -> Array:
    """Draw how often each block counts in each resample (resamples, blocks)."""
    generator = Generator(SFC64(SeedSequence(seed, spawn_key=(0, 1))))
    drawn = generator.integers(0, blocks, (resamples, blocks))
    return np.stack([np.bincount(row, minlength=blocks) for row in drawn]).astype(float)


def _student(confidence: float, freedom: int) -> float:
    """Give the two-sided quantile of Student's t, from the normal one.

    References
    ----------
    .. [1] Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, formula 26.7.5.
    """
    z = float(normal(np.array(0.5 + confidence / 2)))
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return float(z + sum(term / freedom ** (power + 1) for power, term in enumerate(terms)))
