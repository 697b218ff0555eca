"""Ranks: 1 is best, ties share their average."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.ranking import TIE

CASE = next(
    case
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["id"] == "trap-f05"
)


def slow(scores):
    """Rank one by one: each score within the tolerance of the one before it joins its group."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    margin, out, start = TIE * max(map(abs, scores)), [0.0] * len(scores), 0
    for place in range(1, len(scores) + 1):
        if place == len(scores) or scores[order[place - 1]] - scores[order[place]] > margin:
            for i in order[start:place]:
                out[i] = (start + 1 + place) / 2
            start = place
    return out


@pytest.mark.parametrize("seed", range(30))
def test_slow_twin(seed):
    generator, shape = np.random.default_rng(seed), (4, 1 + seed % 9)
    scores = generator.integers(0, 5, shape) * 0.1 + generator.choice([0.0, 1e-17, 1e-12], shape)
    np.testing.assert_array_equal(mcda.ranks(scores), [slow(row) for row in scores.tolist()])
    np.testing.assert_array_equal(mcda.ranks(scores[0]), slow(scores[0].tolist()))


def test_ties_hidden_by_rounding_trap_f05():
    inputs = CASE["inputs"]
    problem = mcda.Problem(inputs["utilities"], [1] * 4, inputs["weights"])
    ranking = mcda.rank(problem, method="weighted_sum", normalization=inputs["normalization"])
    assert ranking.ranks.tolist() == CASE["expected"]["ranks_average"]
    assert ranking.first() == ("a3",)
    assert ranking.order() == [2, 0, 1]


def test_average_of_the_places_that_ties_span():
    assert mcda.ranks(np.array([4.0, 2.0, 2.0, 1.0])).tolist() == [1.0, 2.5, 2.5, 4.0]
    assert mcda.ranks(np.zeros(3)).tolist() == [2.0, 2.0, 2.0]
    assert mcda.ranks(np.array([-1.0])).tolist() == [1.0]


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0,)])
def test_nothing_to_rank(shape):
    assert mcda.ranks(np.empty(shape)).shape == shape


def test_lower_is_better():
    ranking = mcda.rank(mcda.Problem([[1.0], [2.0]], [1]), method="vikor")
    assert ranking.scores.tolist() == [1.0, 0.0]
    assert ranking.ranks.tolist() == [2.0, 1.0]
    assert not ranking.higher_is_better
