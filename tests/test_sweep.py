"""One weight from 0 to 1: published breakpoints, quartics solved another way, and dense grids as the obvious twin."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.methods import METHODS, scorer
from mcda.sensitivity.crossings import line
from mcda.sensitivity.forms import KINDS, reduced, upward
from mcda.sensitivity.scan import scan

CASES = json.loads((Path(__file__).parent / "data" / "fixtures.json").read_text(encoding="utf-8"))["cases"]
BREAKPOINTS = [case for case in CASES if "breakpoints_w1" in case["expected"]]
EXACT = tuple(KINDS)


def some(seed, *, low=3, high=7, whole=False):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(low, high), rng.integers(2, 5)
    values = 1 + 4 * rng.random((n, m))
    values = values.round() if whole else values
    return mcda.Problem(values, rng.choice([-1, 1], m), 0.1 + rng.random(m))


@pytest.mark.parametrize("case", BREAKPOINTS, ids=lambda case: case["id"])
def test_breakpoints_of_two_criteria_are_the_roots_at_40_digits(case):
    given, expected = case["inputs"], case["expected"]
    problem = mcda.Problem(given["matrix"], given["types"])
    sweep = mcda.weight_sweep(problem, "c1", normalization=given["normalization"])
    assert [c.weight for c in sweep.crossings] == pytest.approx(expected["breakpoints_w1"], abs=1e-9)
    orders = [np.argsort(stretch.ranks).tolist() for stretch in sweep.intervals]
    assert orders == expected["orders_between_breakpoints_0based"]
    assert sweep.exact
    assert sweep.resolution == 0


@pytest.mark.parametrize("seed", range(12))
def test_topsis_crossings_are_the_real_roots_of_the_quartic(seed):
    problem = some(seed)
    merit, farness = reduced(problem).parts
    others = line(problem.weights, 0).others ** 2
    # t^2 q_c + (1 - t)^2 rest, highest power first
    squares = [
        [np.array([q[0] + (q @ others), -2 * (q @ others), q @ others]) for q in part] for part in (merit, farness)
    ]
    expected = []
    n = len(problem.alternatives)
    for i in range(n):
        for j in range(i + 1, n):
            quartic = np.polysub(np.polymul(squares[0][i], squares[1][j]), np.polymul(squares[0][j], squares[1][i]))
            roots = np.roots(quartic)
            expected += [r.real for r in roots if abs(r.imag) < 1e-9 and 1e-6 < r.real < 1 - 1e-6]
    found = [c.weight for c in mcda.weight_sweep(problem, "c1").crossings if 1e-6 < c.weight < 1 - 1e-6]
    assert found == pytest.approx(sorted(expected), abs=1e-7)


@pytest.mark.parametrize("whole", [False, True], ids=["any", "whole numbers"])
@pytest.mark.parametrize("key", EXACT)
def test_ranks_between_crossings_are_those_of_every_weight_of_a_grid(key, whole):
    for seed in range(6):
        problem = some(seed, whole=whole)
        sweep = mcda.weight_sweep(problem, "c1", method=key)
        weights = np.random.default_rng(seed).random(200)
        ranks = mcda.ranks(upward(problem, method=key)(line(problem.weights, 0).weights(weights)))
        for weight, rank in zip(weights, ranks, strict=True):
            stretch = next(part for part in sweep.intervals if part.low <= weight <= part.high)
            # Close to a crossing, and towards 0 and 1, scores may tie by the tolerance of ranks.
            if min(weight - stretch.low, stretch.high - weight) > 1e-4:
                assert rank.tolist() == stretch.ranks.tolist()


@pytest.mark.parametrize("key", [*EXACT, "waspas", "copras", "edas"])
def test_both_alternatives_score_the_same_at_a_crossing_and_only_jumps_of_vikor_do_not(key):
    for seed in range(6):
        problem = some(seed)
        along = line(problem.weights, 0)
        score = scorer(problem, method=key)
        for crossing in mcda.weight_sweep(problem, "c1", method=key).crossings:
            scores = score(along.weights(np.array([crossing.weight])))[0]
            i, j = (problem.alternatives.index(name) for name in (crossing.first, crossing.second))
            assert scores[i] == pytest.approx(scores[j], abs=1e-11)


@pytest.mark.parametrize("key", ["topsis", "weighted_sum", "weighted_product", "promethee"])
def test_the_scan_finds_what_the_closed_forms_give(key):
    for seed in range(8):
        problem = some(seed)
        found = zip(*scan(upward(problem, method=key), line(problem.weights, 0), 512), strict=True)
        names = problem.alternatives
        inner = {(round(w, 8), names[i], names[j]) for w, i, j in found if 1e-6 < w < 1 - 1e-6}
        expected = {
            (round(c.weight, 8), c.first, c.second)
            for c in mcda.weight_sweep(problem, "c1", method=key).crossings
            if c.crosses and 1e-6 < c.weight < 1 - 1e-6
        }
        assert inner == expected


def test_the_scan_sees_every_window_wider_than_its_step():
    problem = some(3)
    sweep = mcda.weight_sweep(problem, "c1", method="waspas", steps=64)
    assert not sweep.exact
    assert sweep.resolution == 1 / 64
    fine = mcda.weight_sweep(problem, "c1", method="waspas", steps=8192)
    wide = [part for part in fine.intervals if part.high - part.low > 1 / 64]
    for part in wide:
        assert any(part.ranks.tolist() == other.ranks.tolist() for other in sweep.intervals)


def window(value):
    """Give three contenders of which the third is first only in a window around 0.31 that opens with its value."""
    values = [[9, 2, 5], [2, 9, 4], [5, 5, value], [0, 0, 3], [10, 0, 0], [0, 10, 0]]
    return mcda.weight_sweep(mcda.Problem(values, ["max"] * 3), "c1", normalization="minmax")


def test_a_window_that_a_grid_of_8001_weights_misses_is_found():
    low, high = 0.0, 5.0  # the third is never first; it is first somewhere
    for _ in range(60):
        middle = (low + high) / 2
        if any(part.first == ("a3",) for part in window(middle).winners):
            high = middle
        else:
            low = middle
    found = next(part for part in window(high + 1e-6).winners if part.first == ("a3",))
    assert 1e-9 < found.high - found.low < 1 / 8000
    grid = np.arange(8001) / 8000
    assert not ((found.low < grid) & (grid < found.high)).any()


def test_alternatives_that_touch_without_crossing_are_told_from_those_that_cross():
    # c2 and c3 hold the rest of the weight in equal parts; a1 and a2 are level at 1/2 for a weighted sum.
    problem = mcda.Problem([[1, 0, 0], [0, 1, 1], [0, 0, 0]], ["max"] * 3)
    sweep = mcda.weight_sweep(problem, "c1", method="weighted_sum", normalization="none")
    found = {(c.first, c.second): (c.weight, c.crosses) for c in sweep.crossings}
    assert found == {("a1", "a3"): (0.0, False), ("a1", "a2"): (0.5, True), ("a2", "a3"): (1.0, False)}


def touching(value):
    """Give the crossings of two alternatives that meet twice, once or not at all as the value of one of them grows."""
    values = [[0, 8, 6], [10, 0, 10], [4, 9, 6], [9, 2, value]]
    sweep = mcda.weight_sweep(mcda.Problem(values, ["max"] * 3, [7, 5, 5]), "c1")
    return [c for c in sweep.crossings if (c.first, c.second) == ("a2", "a4") and 0 < c.weight < 1]


def test_a_double_root_of_topsis_is_one_touch():
    two, none = 7.0, 5.0
    assert [c.weight for c in touching(two)] == pytest.approx([0.20880482, 0.64767339], abs=1e-8)
    assert touching(none) == []
    for _ in range(60):
        middle = (two + none) / 2
        two, none = (middle, none) if touching(middle) else (two, middle)
    # Where the two roots meet they are told apart by less than rounding leaves, and nobody changes places.
    (touch,) = touching(two)
    assert not touch.crosses


def test_equal_rows_tie_all_along_and_have_no_crossing():
    problem = mcda.Problem([[3, 1], [3, 1], [1, 3]], ["max", "max"])
    for key in ("topsis", "weighted_sum", "vikor", "waspas"):
        sweep = mcda.weight_sweep(problem, "c1", method=key)
        assert ("a1", "a2") not in {(c.first, c.second) for c in sweep.crossings}
        assert sweep.winners[-1].first == ("a1", "a2")


def test_constant_columns_and_a_single_alternative_have_one_stretch():
    for values in ([[2, 5], [2, 5]], [[1, 4]]):
        for key in ("topsis", "weighted_sum", "vikor", "edas"):
            sweep = mcda.weight_sweep(mcda.Problem(values, ["max", "min"]), "c2", method=key)
            assert [(part.low, part.high) for part in sweep.intervals] == [(0, 1)]
            assert sweep.changes().size == 0
            assert sweep.crossings == ()


def test_a_single_criterion_always_weighs_1():
    sweep = mcda.weight_sweep(mcda.Problem([[1], [3], [2]], ["max"]), "c1")
    assert [part.first for part in sweep.winners] == [("a2",)]
    assert (sweep.scores == sweep.scores[0]).all()


def test_where_the_other_weights_are_0_they_share_equally():
    sweep = mcda.weight_sweep(mcda.Problem([[1, 0, 3], [0, 2, 1]], ["max"] * 3, [1, 0, 0]), "c1")
    assert sweep.others.tolist() == [0, 0.5, 0.5]
    assert sweep.weight == 1


def test_lower_scores_can_be_better():
    problem = mcda.Problem([[4, 1], [1, 4]], ["max", "max"], scales=[[0, 5], [0, 5]])
    sweep = mcda.weight_sweep(problem, "c1", method="spotis")
    assert [part.first for part in sweep.winners] == [("a2",), ("a1",)]
    assert sweep.changes() == pytest.approx([0.5])
    assert not sweep.higher_is_better
    assert sweep.scores[-1] == pytest.approx([0.2, 0.8])


def test_a_method_that_is_undefined_at_0_or_1_is_swept_just_inside():
    rng = np.random.default_rng(0)
    problem = mcda.Problem(1 + 4 * rng.random((5, 3)), ["max", "max", "min"])
    sweep = mcda.weight_sweep(problem, "c1", method="cocoso", steps=64)
    assert np.isfinite(sweep.scores).all()
    assert sweep.winners[0].low == 0


def test_an_unknown_criterion_is_named():
    with pytest.raises(mcda.ProblemError, match="criterion 'price' is unknown"):
        mcda.weight_sweep(mcda.Problem([[1, 2]], ["max", "max"]), "price")


@pytest.mark.parametrize("key", EXACT)
def test_the_reduced_form_gives_the_scores_of_the_method(key):
    for seed in range(5):
        problem = some(seed, whole=seed % 2 == 1)
        weights = np.random.default_rng(seed).dirichlet(np.ones(len(problem.criteria)), 50)
        found = reduced(problem, method=key).scores(weights)
        assert found == pytest.approx(scorer(problem, method=key)(weights), abs=1e-14)
        assert reduced(problem, method=key).higher_is_better == METHODS[key].higher_is_better


def test_methods_without_a_short_form_have_none():
    problem = some(1)
    assert reduced(problem, method="waspas") is None
    assert reduced(problem, options={"distance": "chebyshev"}) is None


def test_the_notes_name_who_is_first_and_where():
    problem = mcda.Problem([[1, 0], [0, 1]], ["max", "max"], alternatives=["road", "rail"], criteria=["speed", "price"])
    said = [str(note) for note in mcda.weight_sweep(problem, "speed", method="weighted_sum").notes()]
    assert said[0] == "rail is first while speed weighs less than 50.0%."
    assert said[1:] == ["road is first while speed weighs more than 50.0%."]
