"""Problems to try a method on: random, hard, known to break it, and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from mcda.engine.blocks import stream
from mcda.engine.counterexamples import COUNTEREXAMPLES
from mcda.engine.problem import Array, Problem
from mcda.engine.published import PUBLISHED, Published


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """A problem, and one value in it that is to be raised.

    Attributes
    ----------
    kind : key of ``KINDS``, or where a constructed one comes from
    problem : the problem
    cell : (alternative, criterion) of the value that is to be raised
    better : what it is raised to, in the direction of the criterion
    generator : for what a law draws
    example : the published example that the problem is, or None
    """

    kind: str
    problem: Problem
    cell: tuple[int, int]
    better: float
    generator: Generator
    example: Published | None = None

    def raised(self) -> Problem:
        """Give the problem with the one value raised."""
        values = self.problem.values.copy()
        values[self.cell] = self.better
        return changed(self.problem, values=values)


def trials(method: str, law: str, count: int, seed: int) -> Iterator[Trial]:
    """Give the trials of a method under a law: the kinds in turn, then the counterexample to it where one is known.

    A trial depends on the seed and its number alone.
    """
    for number in range(count):
        yield _drawn(seed, number)
    if (method, law) in COUNTEREXAMPLES:
        known = COUNTEREXAMPLES[method, law]
        problem = Problem(known.values, [1] * len(known.weights), known.weights)
        generator = stream(seed, count)
        yield Trial(kind="known", problem=problem, cell=known.cell, better=known.better, generator=generator)


def examples(method: str, law: str, count: int, seed: int) -> Iterator[Trial]:
    """Give the published examples of a method."""
    for number, example in enumerate(example for example in PUBLISHED if example.method == method):
        generator, problem = stream(seed, number), example.problem()
        yield Trial(kind="published", problem=problem, cell=(0, 0), better=0.0, generator=generator, example=example)


def _drawn(seed: int, number: int) -> Trial:
    generator, names = stream(seed, number), tuple(KINDS)
    kind = names[number % len(names)]
    if kind == "many" and number >= len(names):
        kind = "uniform"  # once is enough of the slow one
    values = KINDS[kind](generator)
    n, m = values.shape
    directions = np.where(generator.random(m) < 0.5, 1, -1)
    weights = generator.dirichlet(np.ones(m))
    if kind == "weightless" and m > 1:
        weights[generator.integers(m)] = 0.0
    cell = int(generator.integers(n)), int(generator.integers(m))
    upward = float(directions[cell[1]])
    factor = float(np.exp(generator.exponential() * upward))
    better = values[cell] * factor if values[cell] > 0 else values[cell] + upward
    problem = Problem(values, directions.tolist(), weights)
    return Trial(kind=kind, problem=problem, cell=cell, better=better, generator=generator)


def changed(
    problem: Problem, *, values: Array | None = None, directions: Array | None = None, weights: Array | None = None
) -> Problem:
    """Give the problem with other values, directions or weights, and names by number."""
    return Problem(
        problem.values if values is None else values,
        (problem.directions if directions is None else directions).tolist(),
        problem.weights if weights is None else weights,
    )


def _uniform(generator: Generator) -> Array:
    n, m = int(generator.integers(4, 10)), int(generator.integers(1, 6))
    return generator.uniform(1, 10, (n, m))


def _dominated(generator: Generator) -> Array:
    """Give rows that differ from the one before in a single criterion."""
    values = _uniform(generator)
    for i in range(1, len(values), 2):
        values[i] = values[i - 1]
        values[i, generator.integers(values.shape[1])] *= generator.uniform(0.5, 2)
    return values


def _constant(generator: Generator) -> Array:
    values = _uniform(generator)
    values[:, generator.integers(values.shape[1])] = 0.1
    return values


def _twice(generator: Generator) -> Array:
    values = _uniform(generator)
    return generator.permutation(np.concatenate([values, values[:2]]))


# What the values are like.
KINDS: dict[str, Callable[[Generator], Array]] = {
    "uniform": _uniform,
    "dominated": _dominated,
    "ratings": lambda generator: generator.integers(1, 6, (6, 4)).astype(float),
    "wide": lambda generator: 10.0 ** generator.uniform(-12, 12, (5, 3)),
    "units": lambda generator: _uniform(generator) * 10.0 ** generator.integers(-12, 13),
    "close": lambda generator: 1000 + generator.random((6, 3)),
    "constant": _constant,
    "twice": _twice,
    "two-valued": lambda generator: generator.integers(1, 3, (7, 3)).astype(float),
    "alike": lambda generator: np.repeat(_uniform(generator)[:1], 5, axis=0),
    "single": lambda generator: _uniform(generator)[:1],
    "pair": lambda generator: _uniform(generator)[:2],
    "one criterion": lambda generator: _uniform(generator)[:, :1],
    "zeros": lambda generator: generator.integers(0, 3, (6, 3)).astype(float),
    "negative": lambda generator: generator.normal(0, 5, (6, 3)),
    "weightless": _uniform,
    "many": lambda generator: generator.uniform(1, 10, (200, 4)),
}
