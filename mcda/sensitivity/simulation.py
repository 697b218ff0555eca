"""Draw weights and scores, and count the ranks that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from math import ceil

import numpy as np
from numpy.random import Generator

from mcda.engine.blocks import BLOCK, stream
from mcda.engine.methods import Prepared, Scorer, lookup, prepare
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import ranks
from mcda.sensitivity.forms import Form, reduced
from mcda.sensitivity.sampling import WHOLE, Sampler, normalized, spacings
from mcda.sensitivity.scores import ScoreModel
from mcda.sensitivity.screens import RatioScreen, ScoreScreen, Screen, Sieve, SumScreen, count_scores, precisions
from mcda.sensitivity.sorted_orders import orders
from mcda.sensitivity.tally import Tally, classes
from mcda.sensitivity.varied import At, varied

CONFIDENCE = 1 << 31  # blocks from here on belong to the confidence factors
CELLS = 1 << 18  # values that are drawn at once


@dataclass(frozen=True, eq=False)
class Question:
    """A problem, how it is ranked, what varies, and the seed of the draws.

    ``details`` says whether weights and pairs are counted too, not ranks alone; ``tell`` is told of every block of
    draws how many it had.
    """

    problem: Problem
    method: str
    normalization: str | None
    options: Mapping[str, object] | None
    details: bool = field(default=True, kw_only=True)
    vary: str = field(default="weights", kw_only=True)
    seed: int = field(default=1, kw_only=True)
    tell: Callable[[int], None] | None = field(default=None, kw_only=True)

    def done(self, count: int) -> None:
        """Tell that so many draws more are done."""
        if self.tell is not None:
            self.tell(count)

    @cached_property
    def ready(self) -> Prepared:
        """The method, checked against the problem."""
        return prepare(lookup(self.method), self.problem, self.normalization, self.options)

    @cached_property
    def form(self) -> Form | None:
        """The short form of the method on the problem, where it has one."""
        return reduced(self.problem, method=self.method, normalization=self.normalization, options=self.options)

    @cached_property
    def score(self) -> Scorer:
        """The function from weights (k, m) to scores (k, n), more is better."""
        score = self.ready.scores
        return score if self.ready.entry.higher_is_better else lambda weights: -score(weights)

    def anew(self) -> Callable[[Array], At]:
        """Give the function from other values (k, n, m) to the functions that score them."""
        return varied(self.problem, method=self.method, normalization=self.normalization, options=self.options)

    def sieve(self) -> Sieve:
        """Make the counter of one worker, for weights that vary alone."""
        n, m = self.problem.values.shape
        return Sieve(self._screens(), self.score, Tally(n, m), details=self.details)

    def _screens(self) -> list[Callable[[], Screen]]:
        form, details = self.form, self.details
        if form is not None and form.kind == "topsis2":
            merit, farness = form.parts
            groups = classes(np.hstack(form.parts))
            steps = precisions(groups, merit.max(axis=0))
            return [partial(RatioScreen, merit, farness, groups, single=each, details=details) for each in steps]
        if form is not None and form.kind == "linear":
            corners = upright(form)
            groups = classes(corners)
            return [partial(SumScreen, corners, groups, single=each, details=details) for each in precisions(groups)]
        values = self.problem.values
        return [partial(ScoreScreen, self.score, classes(values), values.shape[1], details=details)]


def upright(form: Form) -> Array:
    """Give the scores (n, m) of a linear form at the corners of the simplex, more is better."""
    return form.parts[0] if form.higher_is_better else -form.parts[0]


def vary_weights(question: Question, sampler: Sampler, *, draws: int, workers: int) -> Tally:
    """Count the ranks under drawn weights."""
    m = len(question.problem.criteria)

    def work(numbers: range) -> Tally:
        sieve, shares = question.sieve(), np.empty((m, BLOCK), np.uint32)
        for number in numbers:
            sampler.draw(stream(question.seed, number), shares)
            sieve.take(shares[:, : draws - number * BLOCK])
            question.done(min(BLOCK, draws - number * BLOCK))
        return sieve.finish()

    return _shared_out(work, draws, workers)


@dataclass(frozen=True, eq=False)
class Redraw:
    """What makes the values of a problem differ from draw to draw.

    Attributes
    ----------
    question : the problem, whose values are replaced
    model : what the scores may be
    uncertain : whether scores are drawn; if not, the adopted ones stand, and only the weights of leaves may be drawn
    """

    question: Question
    model: ScoreModel
    uncertain: bool = field(kw_only=True)

    def scored(self, generator: Generator, count: int, width: int) -> Iterator[tuple[slice, At]]:
        """Draw values, some draws at a time, and give which draws they are and the function that scores them."""
        model, score = self.model, self.question.anew()
        leaf_weights = self._leaf_weights(generator)
        n, leaves, _ = model.shape
        step = max(1, min(width, CELLS // (n * leaves)))
        for start in range(0, count, step):
            part = slice(start, min(start + step, count))
            k = part.stop - start
            values = model.draw(generator, k) if self.uncertain else np.broadcast_to(model.adopted(), (k, n, leaves))
            yield part, score(model.criteria_values(values, None if leaf_weights is None else leaf_weights[part]))

    def _leaf_weights(self, generator: Generator) -> Array | None:
        """Draw a block of weights of the leaves (BLOCK, L), uniformly within each criterion."""
        if not self.model.draw_leaf_weights:
            return None
        weights = np.empty((BLOCK, self.model.shape[1]))
        for position in range(self.model.shape[2]):
            member = np.flatnonzero(self.model.criterion == position)
            shares = np.empty((len(member), BLOCK), np.uint32)
            spacings(generator, shares)
            weights[:, member] = normalized(shares)
        return weights


def vary_scores(redraw: Redraw, sampler: Sampler | None, *, draws: int, workers: int) -> Tally:
    """Count the ranks under drawn scores, and under drawn weights too where there is a sampler."""
    asked = redraw.question
    n, m = asked.problem.values.shape
    weights = np.broadcast_to(asked.problem.weights, (BLOCK, m))

    def work(numbers: range) -> Tally:
        every = classes(np.arange(n, dtype=float)[:, None])
        tally, counter = Tally(n, m), orders(every, m, single=False, details=asked.details)
        shares = np.rint(weights.T * WHOLE).astype(np.uint32)
        for number in numbers:
            generator = stream(asked.seed, number)
            if sampler is not None:
                sampler.draw(generator, shares)
            drawn = weights if sampler is None else normalized(shares)
            for part, at in redraw.scored(generator, min(BLOCK, draws - number * BLOCK), counter.width):
                scores = at(drawn[part])
                near = count_scores(counter, scores, shares[:, part])
                if near.size:
                    tally.add_ranks(ranks(scores[near]), shares[:, part][:, near] if asked.details else None)
                asked.done(part.stop - part.start)
        counter.into(tally)
        return tally

    return _shared_out(work, draws, workers)


def confidence(
    redraw: Redraw, centres: Sequence[Array | None], *, draws: int, workers: int
) -> tuple[float | None, ...]:
    """Give how often each alternative is first under its own central weights, a tie counting for its part.

    The scores are drawn afresh, from blocks that the centres were not found with.
    """
    asked = redraw.question
    n, m = asked.problem.values.shape

    def work(numbers: range) -> Tally:
        tally = Tally(n, m)
        for number in numbers:
            generator = stream(asked.seed, CONFIDENCE + number)
            for part, at in redraw.scored(generator, min(BLOCK, draws - number * BLOCK), BLOCK):
                for i, centre in enumerate(centres):
                    if centre is not None:
                        tally.add_first(i, ranks(at(np.broadcast_to(centre, (part.stop - part.start, m)))))
        return tally

    first, _ = _shared_out(work, draws, workers).centre_sums()
    return tuple(None if centre is None else float(count / draws) for count, centre in zip(first, centres, strict=True))


def _shared_out(work: Callable[[range], Tally], draws: int, workers: int) -> Tally:
    """Let each worker count every so-manieth block, and add up; whole numbers add up to the same in any order."""
    blocks = ceil(draws / BLOCK)
    parts = [range(first, blocks, workers) for first in range(min(workers, blocks))]
    if len(parts) == 1:
        return work(parts[0])
    with ThreadPoolExecutor(len(parts)) as pool:
        total, *others = pool.map(work, parts)
    for other in others:
        total.add(other)
    return total
