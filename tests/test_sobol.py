"""Sobol indices against closed forms, SALib and their own confidence; what a decision depends on; importance."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.sensitivity.design import POINTS, WIDEST, points
from mcda.sensitivity.sobol import LEAST_BLOCKS

CASES = json.loads((Path(__file__).parent / "data" / "fixtures.json").read_text(encoding="utf-8"))["cases"]
SOBOL = {case["id"]: case for case in CASES if case["topic"] == "Sobol indices"}


def ishigami(uniform):
    x = (2 * uniform - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


MODELS = {"sobol-f01": ishigami, "sobol-f02": lambda uniform: uniform @ np.array([0.8, 0.5, 0.3, 0.9])}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("key", SOBOL)
def test_indices_in_closed_form(key, seed):
    expected = SOBOL[key]["expected"]
    found = mcda.sobol(MODELS[key], len(expected["S1"]), draws=2**14, seed=seed)
    assert found.draws == 2**14
    assert found.first[:, 0] == pytest.approx(expected["S1"], abs=0.01)  # the case allows 0.02
    assert found.total[:, 0] == pytest.approx(expected["ST"], abs=0.01)


def product(uniform):
    """The product of two indicators with probabilities p and q: its indices are known."""
    return (uniform[:, 0] < 0.3) * (uniform[:, 1] < 0.5) * 1.0


P, Q = 0.3, 0.5
VARIANCE = P * Q * (1 - P * Q)
FIRST = np.array([Q * Q * P * (1 - P), P * P * Q * (1 - Q)]) / VARIANCE


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    inside = []
    for seed in range(60):
        found = mcda.sobol(product, 2, draws=2**13, seed=seed, resamples=200)
        for interval, truth in ((found.first_interval, FIRST), (found.total_interval, 1 - FIRST[::-1])):
            inside += list((interval[:, 0, 0] <= truth) & (truth <= interval[:, 0, 1]))
    assert 0.9 < np.mean(inside) < 0.99


def test_errors_shrink_with_more_draws_and_are_those_between_seeds():
    some = [mcda.sobol(product, 2, draws=2**13, seed=seed, resamples=100) for seed in range(40)]
    spread = np.std([found.first[:, 0] for found in some], axis=0)
    assert np.mean([found.first_error[:, 0] for found in some], axis=0) == pytest.approx(spread, rel=0.35)
    more = mcda.sobol(product, 2, draws=2**16)
    assert (more.first_error < some[0].first_error).all()


def test_groups_count_as_one_factor():
    # y = x1 + x2 x3: for the group {x2, x3} first and total are the same.
    found = mcda.sobol(lambda u: u[:, 0] + u[:, 1] * u[:, 2], 3, groups=["a", "b", "b"])
    variance = 1 / 9 - 1 / 16
    share = variance / (variance + 1 / 12)
    assert found.factors == ("a", "b")
    assert found.first[:, 0] == pytest.approx([1 - share, share], abs=0.01)
    assert found.total[:, 0] == pytest.approx([1 - share, share], abs=0.01)
    assert found.evaluations == found.draws * 4


def test_an_outcome_that_never_varies_has_no_indices_and_no_nan():
    found = mcda.sobol(lambda u: np.column_stack([np.full(len(u), 7.0), u[:, 0]]), 2, outputs=["flat", "x"])
    assert found.constant.tolist() == [True, False]
    for each in (found.first, found.total, found.first_error, found.total_error):
        assert (each[:, 0] == 0).all()
        assert np.isfinite(each).all()
    assert found.mean[0] == pytest.approx(7)
    assert [note.code for note in found.notes()] == ["sure.sobol_constant", "sure.sobol_most"]
    assert found.order("x") == ("x1", "x2")


def test_a_small_variance_about_a_large_mean_is_not_taken_for_none():
    found = mcda.sobol(lambda u: 1e6 + u[:, 0] + 2 * u[:, 1], 2)
    assert found.total[:, 0] == pytest.approx([0.2, 0.8], abs=0.01)


def test_results_depend_on_the_seed_alone():
    model = MODELS["sobol-f02"]
    one, again, other = (mcda.sobol(model, 4, seed=seed, resamples=50) for seed in (3, 3, 4))
    assert one.first.tobytes() == again.first.tobytes()
    assert one.total_interval.tobytes() == again.total_interval.tobytes()
    assert one.first.tobytes() != other.first.tobytes()


def test_draws_are_rounded_up_to_whole_blocks():
    assert mcda.sobol(product, 2, draws=10).draws == LEAST_BLOCKS * POINTS
    assert mcda.sobol(product, 2, draws=9 * POINTS + 1).draws == 10 * POINTS


@pytest.mark.parametrize("columns", [1, 2, 8, WIDEST, WIDEST + 1])
def test_points_fill_the_cube_evenly(columns):
    found = points(np.random.default_rng(0), columns)
    assert found.shape == (POINTS, columns)
    assert ((found >= 0) & (found < 1)).all()
    assert found.mean(axis=0) == pytest.approx(np.full(columns, 0.5), abs=0.04)
    if 1 < columns <= 8:
        # Each quarter of each pair of columns holds a quarter of the points, but for a few.
        for j in range(1, columns):
            quarter = ((found[:, 0] < 0.5) & (found[:, j] < 0.5)).mean()
            assert quarter == pytest.approx(0.25, abs=0.02)


def test_salib_finds_the_same_and_takes_five_times_as_long_and_more():
    sample, analyze = (pytest.importorskip(f"SALib.{part}.sobol") for part in ("sample", "analyze"))
    utilities = np.random.default_rng(0).random((5, 4))
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}

    def model(uniform):
        return np.einsum("kj,ij->ki", uniform, utilities)

    ratios = []
    for _ in range(2):
        begun = time.process_time()
        peer = analyze.analyze(
            problem, model(sample.sample(problem, 2**14, calc_second_order=False))[:, 0], calc_second_order=False
        )
        between = time.process_time()
        found = mcda.sobol(model, 4, draws=2**14)
        ratios.append((time.process_time() - between) / (between - begun))
    assert found.first[:, 0] == pytest.approx(peer["S1"], abs=0.01)
    assert found.total[:, 0] == pytest.approx(peer["ST"], abs=0.01)
    assert min(ratios) < 0.2


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"factors": 0}, "there are no factors"),
        ({"factors": 2, "groups": ["a"]}, "groups has 1 entries: give 2"),
        ({"factors": 2, "draws": 0}, "draws: 0 will not do"),
        ({"factors": 2, "seed": -1}, "seed: -1 will not do"),
        ({"factors": 2, "resamples": 1}, "resamples: 1 will not do"),
        ({"factors": 2, "confidence": 1.5}, "confidence: 1.5 is no share"),
        ({"factors": 2, "outputs": ["a", "b"]}, "outputs has 2 entries: give 1"),
    ],
)
def test_bad_questions_are_refused(asked, message):
    factors = asked.pop("factors")
    with pytest.raises(mcda.ProblemError, match=message):
        mcda.sobol(lambda u: u[:, 0], factors, **asked)


def test_outcomes_must_be_finite():
    with pytest.raises(mcda.ProblemError, match="outcome of the model: nan is not a finite number"):
        mcda.sobol(lambda u: np.where(u[:, 0] > 0.5, np.nan, 1.0), 1)


# What a decision depends on


def test_two_criteria_in_closed_form():
    # road is first where w1 > w2, that is x1 > x2 for two like numbers: each alone says 1/3 of it, by symmetry.
    problem = mcda.Problem([[1, 0], [0, 1]], ["max", "max"], [2, 1], alternatives=["road", "rail"])
    found = mcda.sobol_decision(problem, method="weighted_sum", draws=2**15)
    assert found.mean == pytest.approx([0.5, 0.5, 0.5, 0.5], abs=0.01)
    assert found.first == pytest.approx(np.full((2, 4), 1 / 3), abs=0.02)
    assert found.total == pytest.approx(np.full((2, 4), 2 / 3), abs=0.02)


def test_shares_of_first_places_are_acceptabilities():
    rng = np.random.default_rng(5)
    values = 1 + 4 * rng.random((5, 4))
    problem = mcda.Problem(values, ["max", "max", "min", "max"], scales=[[1, 5]] * 4)
    found = mcda.sobol_decision(problem)
    expected = mcda.acceptability(problem, draws=100_000).rank_acceptability[:, 0]
    assert found.mean[:5] == pytest.approx(expected, abs=0.01)
    assert found.mean[5] == pytest.approx(1 - expected[mcda.rank(problem).order()[0]], abs=0.01)


def test_scores_and_weights_share_what_varies():
    values = np.array([[3.0, 2.0], [2.0, 3.0], [1.0, 1.0]])
    problem = mcda.Problem(values, ["max", "max"], scales=[[0, 5], [0, 5]])
    reach = np.array([[1.0, 0.0]])
    model = mcda.ScoreModel(value=values, low=values - reach, high=values + reach)
    found = mcda.sobol_decision(problem, model, method="weighted_sum", normalization="scale")
    assert found.factors == ("weights", "scores:c1")
    assert (found.total.sum(axis=0)[~found.constant] > 0.98).all()
    # The third can never be first; the two that are first now stay so between them.
    assert found.constant.tolist() == [False, False, True, True, False]
    fixed = mcda.sobol_decision(
        problem, model, weights="fixed", by="cell", method="weighted_sum", normalization="scale", draws=2**13
    )
    assert fixed.factors == ("score:a1:c1", "score:a2:c1", "score:a3:c1")
    assert fixed.total[0, 0] > fixed.total[2, 0]
    either = mcda.sobol_decision(problem, model, by="alternative", draws=2**13)
    assert either.factors == ("weights", "scores:a1", "scores:a2", "scores:a3")


def test_weights_of_leaves_are_a_factor_where_they_are_drawn():
    values = np.array([[4.0, 1.0, 2.0], [1.0, 4.0, 2.0]])
    model = mcda.ScoreModel(
        value=values, low=values, high=values, criterion=[0, 0, 1], scales=[[0, 5]] * 3, draw_leaf_weights=True
    )
    problem = mcda.Problem([[0.5, 0.4], [0.5, 0.4]], ["max", "max"], scales=[[0, 1]] * 2)
    found = mcda.sobol_decision(problem, model, method="weighted_sum", normalization="scale")
    assert found.factors == ("weights", "leaf_weights")
    assert found.total[1, 0] == pytest.approx(1, abs=0.03)  # only they can tell the two apart
    assert found.first[0, 0] == pytest.approx(0, abs=0.03)


def test_bad_questions_of_a_decision_are_refused():
    problem = mcda.Problem([[1, 0], [0, 1]], ["max", "max"])
    model = mcda.ScoreModel(value=[[1.0]], low=[[0.0]], high=[[2.0]])
    with pytest.raises(mcda.ProblemError) as caught:
        mcda.sobol_decision(problem, model, weights="some", by="row", leaves=["a", "b"])
    said = str(caught.value)
    for part in ("weights 'some' is unknown", "by 'row' is unknown", "scores are for (1, 1)", "leaves has 2 entries"):
        assert part in said
    with pytest.raises(mcda.ProblemError, match="nothing varies"):
        mcda.sobol_decision(problem, weights="fixed")


# Importance


def test_importance_of_a_straight_line_is_the_squared_correlation():
    rng = np.random.default_rng(1)
    problem = mcda.Problem(rng.random((6, 3)), ["max", "min", "max"], [3, 2, 1])
    found = mcda.importance(problem, method="weighted_sum")
    scores = mcda.rank(problem, method="weighted_sum").scores
    expected = [np.corrcoef(column, scores)[0, 1] ** 2 for column in problem.values.T]
    assert found.degree == 1
    assert found.effects == pytest.approx(expected, abs=1e-11)
    assert found.shares.sum() == pytest.approx(1)


def test_importance_of_independent_criteria_is_their_share_of_the_variance():
    rng = np.random.default_rng(2)
    values = rng.random((4000, 3)) * [1, 1, 0.1]
    problem = mcda.Problem(values, ["max"] * 3, [1, 2, 3])
    found = mcda.importance(problem, method="weighted_sum", normalization="none")
    parts = (problem.weights * [1, 1, 0.1]) ** 2
    assert found.degree == 3
    assert found.effects == pytest.approx(parts / parts.sum(), abs=0.03)
    assert found.notes()[0].values["criterion"] == "c3"  # half the weight, hardly any effect


def test_importance_of_constant_things_is_none():
    found = mcda.importance(mcda.Problem([[1, 2], [1, 3]], ["max", "max"]), method="weighted_sum")
    assert found.effects == pytest.approx([0, 1])
    alike = mcda.importance(mcda.Problem([[1, 2], [1, 2]], ["max", "max"]))
    assert alike.effects.tolist() == [0, 0]
    assert alike.notes()[0].code == "sure.importance_none"
    assert mcda.importance(mcda.Problem([[1, 2]], ["max", "max"])).shares.tolist() == [0, 0]
