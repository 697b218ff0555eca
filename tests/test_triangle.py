"""Who is first over three weights, against closed forms and against the exact sweep of one weight."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.engine.methods import rank
from mcda.engine.problem import Problem
from mcda.sensitivity.sweep import weight_sweep
from mcda.sensitivity.triangle import SHARED, Triangle, triangle


def first_at(found: Triangle, row: int, way: float) -> set[int]:
    """Who is first at a point; both neighbours where a border passes through it."""
    return {run.first for run in found.rows[row] if run.low - 1e-9 <= way <= run.high + 1e-9}


def test_each_of_three_specialists_is_first_on_a_third() -> None:
    """Utilities are the weights themselves: the borders are the lines on which two weights are level."""
    found = triangle(Problem(np.eye(3), ["max"] * 3), method="weighted_sum", normalization="none")
    assert found is not None
    assert found.shares == pytest.approx([1 / 3] * 3, abs=1e-3)
    for height, row in zip(found.heights.tolist(), found.rows, strict=True):
        if height < 1 / 3 - 1e-9:
            assert [run.first for run in row] == [0, 1]
            assert row[0].high == pytest.approx(0.5, abs=1e-9)
        elif 1 / 3 + 0.01 < height < 0.5 - 0.01:
            assert row[0].high == pytest.approx(1 - height / (1 - height), abs=1e-9)  # w1 = w3
        elif height > 0.5 + 0.01:
            assert [run.first for run in row] == [2]


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "vikor", "promethee"])
@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_the_exact_sweep_of_one_weight(method: str, seed: int) -> None:
    values = np.random.default_rng(seed).uniform(1, 9, (4, 3))
    problem = Problem(values, ["max", "min", "max"], alternatives=list("abcd"), criteria=["x", "y", "z"])
    found, sweep = triangle(problem, method=method), weight_sweep(problem, "z", method=method)
    assert found is not None
    assert found.corners == ("x", "y", "z")
    missed = 0
    for row, height in enumerate(found.heights.tolist()):
        who = {stretch.first for stretch in sweep.winners if stretch.low - 1e-2 <= height <= stretch.high + 1e-2}
        here = first_at(found, row, 0.5)
        missed += not (SHARED in here or any(("abcd"[i],) in who for i in here))
    assert missed <= 3  # where a region is narrower than the rows are apart, at its tip


def test_a_border_lies_where_two_scores_are_level() -> None:
    problem = Problem(5 * np.eye(3) + np.random.default_rng(5).uniform(1, 4, (3, 3)), ["max"] * 3)
    found = triangle(problem)
    assert found is not None
    seen = 0
    for height, row in zip(found.heights.tolist(), found.rows, strict=True):
        for run in row[:-1]:
            weights = [(1 - run.high) * (1 - height), run.high * (1 - height), height]
            scores = np.sort(rank(Problem(problem.values, ["max"] * 3, weights)).scores)
            assert scores[-1] - scores[-2] < 1e-3
            seen += 1
    assert seen > 80


def test_the_three_largest_weights_move_and_the_others_stay() -> None:
    names = ["a", "b", "c", "d", "e"]
    problem = Problem(np.random.default_rng(1).uniform(1, 9, (3, 5)), ["max"] * 5, [1, 4, 2, 1, 2], criteria=names)
    found = triangle(problem)
    assert found is not None
    assert found.corners == ("b", "c", "e")
    assert found.whole == pytest.approx(0.8)
    assert found.now == pytest.approx([0.5, 0.25, 0.25])
    assert found.fixed == pytest.approx({"a": 0.1, "d": 0.1})
    third = round(0.25 * (len(found.rows) - 1))
    assert [problem.alternatives[i] for i in first_at(found, third, 0.25 / 0.75)] == list(rank(problem).first())


def test_who_are_always_level_share_the_whole_triangle() -> None:
    found = triangle(Problem([[3, 3, 3], [3, 3, 3], [1, 1, 1]], ["max"] * 3))
    assert found is not None
    assert {run.first for row in found.rows for run in row} == {SHARED}
    assert found.shares.tolist() == [0.0, 0.0, 0.0]


def test_without_a_third_criterion_or_a_second_alternative_there_is_none() -> None:
    assert triangle(Problem([[1, 2], [2, 1]], ["max"] * 2)) is None
    assert triangle(Problem([[1, 2, 3]], ["max"] * 3)) is None
