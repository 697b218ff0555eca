"""Weights: published and computed cases, what each weighting must not depend on, and the degenerate cases."""

from __future__ import annotations

import json
from itertools import permutations
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest

import mcda

CASES = [
    case
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["topic"] == "objective weights"
]
KEYS = {
    "entropy": "entropy",
    "CRITIC": "critic",
    "standard deviation (ddof=1)": "standard_deviation",
    "MEREC": "merec",
    "IDOCRIW": "idocriw",
    "CILOS": "cilos",
    "CRITIC with a constant criterion": "critic",
}
DATA_DRIVEN = [key for key in mcda.WEIGHTINGS if key != "equal"]


def random_problem(seed, n=7, m=4):
    generator = np.random.default_rng(seed)
    return mcda.Problem(generator.uniform(1, 9, (n, m)), generator.choice([-1, 1], m).tolist())


class TestObjective:
    @pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
    def test_fixtures(self, case):
        inputs, expected = case["inputs"], case["expected"]
        raw = {"normalization": "none"} if case["id"] == "sd-f01" else {}
        problem = mcda.Problem(inputs["matrix"], inputs["types"])
        found = mcda.objective_weights(problem, method=KEYS[case["method"]], **raw)
        weights = expected.get("weights") or expected["weights_dropping_constant"]
        np.testing.assert_allclose(found, weights, rtol=0, atol=case["tolerance"]["abs"])
        if "published_weights" in expected:
            np.testing.assert_allclose(found, expected["published_weights"], atol=expected["published_tolerance"])

    @pytest.mark.parametrize("key", mcda.WEIGHTINGS)
    @pytest.mark.parametrize("seed", range(5))
    def test_shares(self, key, seed):
        weights = mcda.objective_weights(random_problem(seed), method=key)
        assert weights.shape == (4,)
        assert (weights >= 0).all()
        assert weights.sum() == pytest.approx(1, abs=1e-14)

    @pytest.mark.parametrize("key", mcda.WEIGHTINGS)
    @pytest.mark.parametrize("seed", range(5))
    def test_units_and_order_do_not_matter(self, key, seed):
        problem, generator = random_problem(seed), np.random.default_rng(seed)
        weights = mcda.objective_weights(problem, method=key)
        scaled = mcda.Problem(problem.values * [1e-6, 1e3, 1, 1e9], problem.directions.tolist())
        np.testing.assert_allclose(mcda.objective_weights(scaled, method=key), weights, rtol=1e-9)
        rows, columns = generator.permutation(7), generator.permutation(4)
        turned = mcda.Problem(problem.values[rows][:, columns], problem.directions[columns].tolist())
        np.testing.assert_allclose(mcda.objective_weights(turned, method=key), weights[columns], rtol=1e-9)

    @pytest.mark.parametrize("key", ["critic", "standard_deviation"])
    def test_a_cost_weighs_as_the_benefit_that_is_its_negative(self, key):
        problem = random_problem(2)
        turned = mcda.Problem(problem.values * problem.directions, [1] * 4)
        np.testing.assert_allclose(
            mcda.objective_weights(problem, method=key), mcda.objective_weights(turned, method=key), rtol=1e-12
        )

    @pytest.mark.parametrize("key", ["entropy", "critic", "standard_deviation", "cilos", "idocriw"])
    @pytest.mark.parametrize("constant", [0.1, 3.0])
    def test_a_constant_criterion_gets_0_and_the_rest_as_if_it_were_absent(self, key, constant):
        problem = random_problem(1)
        values = np.insert(problem.values, 2, constant, axis=1)
        directions = np.insert(problem.directions, 2, 1).tolist()
        weights = mcda.objective_weights(mcda.Problem(values, directions), method=key)
        assert weights[2] == 0
        np.testing.assert_allclose(np.delete(weights, 2), mcda.objective_weights(problem, method=key), rtol=1e-12)

    def test_a_constant_criterion_gets_0_from_merec_too(self):
        """MEREC divides by the number of criteria, constant ones included, so the others feel it a little."""
        problem = random_problem(1)
        weights = mcda.objective_weights(
            mcda.Problem(np.insert(problem.values, 2, 3.0, axis=1), np.insert(problem.directions, 2, 1).tolist()),
            method="merec",
        )
        assert weights[2] == 0
        np.testing.assert_allclose(np.delete(weights, 2), mcda.objective_weights(problem, method="merec"), atol=0.01)

    @pytest.mark.parametrize("key", DATA_DRIVEN)
    @pytest.mark.parametrize("values", [[[0.1, 3.0]], [[0.1, 3.0]] * 3])
    def test_where_nothing_tells_alternatives_apart(self, key, values):
        with pytest.raises(mcda.NotApplicable, match="finds no criterion that tells the alternatives apart"):
            mcda.objective_weights(mcda.Problem(values, [1, -1]), method=key)
        np.testing.assert_array_equal(mcda.objective_weights(mcda.Problem(values, [1, -1]), method="equal"), [0.5, 0.5])

    @pytest.mark.parametrize("key", DATA_DRIVEN)
    def test_the_only_criterion_that_does_gets_all(self, key):
        found = mcda.objective_weights(mcda.Problem([[1.0, 3.0], [2.0, 3.0], [4.0, 3.0]], [1, -1]), method=key)
        assert found.tolist() == [1.0, 0.0]

    def test_critic_of_criteria_in_full_agreement_goes_by_contrast(self):
        values = [[1, 2, 10], [2, 4, 20], [3, 6, 10]]
        weights = mcda.objective_weights(mcda.Problem([row[:2] for row in values], [1, 1]), method="critic")
        np.testing.assert_allclose(weights, [0.5, 0.5])
        assert np.isfinite(mcda.objective_weights(mcda.Problem(values, [1, 1, 1]), method="critic")).all()

    def test_standard_deviation_of_raw_values_depends_on_their_units(self):
        problem = mcda.Problem([[1, 10], [2, 20], [4, 30]], [1, 1])
        metres = mcda.Problem([[1000, 10], [2000, 20], [4000, 30]], [1, 1])
        raw = [mcda.objective_weights(p, method="standard_deviation", normalization="none") for p in (problem, metres)]
        assert raw[0][0] < 0.2
        assert raw[1][0] > 0.99
        own = [mcda.objective_weights(p, method="standard_deviation") for p in (problem, metres)]
        np.testing.assert_allclose(own[0], own[1])

    def test_cilos_of_two_criteria_by_hand(self):
        """Shares (1, 2)/3 and (4, 1)/5: choosing the second's best loses 1/2 of the first, the other way 3/4."""
        weights = mcda.objective_weights(mcda.Problem([[1, 4], [2, 1]], [1, 1]), method="cilos")
        np.testing.assert_allclose(weights, [0.6, 0.4], rtol=1e-12)

    def test_cilos_takes_the_mean_where_several_are_best(self):
        """pymcdm takes the first of them, so that its weights depend on the order of the alternatives."""
        values = [[5, 1, 3], [5, 4, 1], [2, 2, 6]]
        found = [
            mcda.objective_weights(mcda.Problem([values[i] for i in order], [1, 1, 1]), method="cilos")
            for order in permutations(range(3))
        ]
        np.testing.assert_allclose(found, np.tile(found[0], (6, 1)), rtol=1e-12)

    def test_cilos_without_a_single_answer(self):
        with pytest.raises(mcda.NotApplicable, match="the same alternatives are best in several criteria"):
            mcda.objective_weights(mcda.Problem([[1, 1], [2, 3]], [1, 1]), method="cilos")

    @pytest.mark.parametrize(
        ("key", "values", "message"),
        [
            ("entropy", [[-1, 1], [2, 2]], "Entropy needs values of 0 or more in criterion 'c1', but 'a1' has -1.0"),
            ("merec", [[0, 1], [2, 2]], "MEREC needs values above 0 in criterion 'c1', but 'a1' has 0.0"),
            ("cilos", [[1, 0], [2, 2]], "CILOS needs values above 0 in criterion 'c2', but 'a1' has 0.0"),
            ("idocriw", [[-1, 1], [2, 2]], "IDOCRIW needs values of 0 or more in criterion 'c1'"),
        ],
    )
    def test_refusals_name_the_cell(self, key, values, message):
        with pytest.raises(mcda.NotApplicable, match=message):
            mcda.objective_weights(mcda.Problem(values, [1, -1]), method=key)

    @pytest.mark.parametrize(
        ("choices", "message"),
        [
            ({"method": "entropi"}, r"weighting 'entropi' is unknown \(did you mean 'entropy'\?\): write one of"),
            ({"method": "critic", "normalization": "vector"}, "CRITIC fixes its own normalization: leave out 'vector'"),
            ({"method": "standard_deviation", "normalization": "zscore"}, "normalization 'zscore' is unknown"),
        ],
    )
    def test_faults(self, choices, message):
        with pytest.raises(mcda.ProblemError, match=message):
            mcda.objective_weights(random_problem(0), **choices)

    @pytest.mark.parametrize("key", ["entropy", "merec", "cilos", "idocriw"])
    @pytest.mark.parametrize("seed", range(3))
    def test_pymcdm_agrees_where_it_is_right(self, key, seed):
        from pymcdm import weights

        problem = random_problem(seed)
        function = getattr(weights, f"{key}_weights")
        given = (problem.values,) if key == "entropy" else (problem.values, problem.directions.astype(int))
        np.testing.assert_allclose(mcda.objective_weights(problem, method=key), function(*given), rtol=1e-9)

    def test_pymcdm_agrees_on_critic_once_costs_are_turned(self):
        from pymcdm.weights import critic_weights

        problem = random_problem(4)
        ours = mcda.objective_weights(problem, method="critic")
        np.testing.assert_allclose(ours, critic_weights(problem.values * problem.directions), rtol=1e-9)
        assert np.abs(ours - critic_weights(problem.values)).max() > 0.01


class TestPeople:
    def test_rank_order_centroid_is_the_centre_of_the_corners_that_keep_the_order(self):
        corners = [[1, 0, 0, 0], [1 / 2, 1 / 2, 0, 0], [1 / 3, 1 / 3, 1 / 3, 0], [1 / 4] * 4]
        np.testing.assert_allclose(mcda.rank_order_centroid([1, 2, 3, 4]), np.mean(corners, axis=0))

    def test_rank_sum(self):
        np.testing.assert_allclose(mcda.rank_sum([1, 2, 3, 4]), [0.4, 0.3, 0.2, 0.1])

    @pytest.mark.parametrize("function", [mcda.rank_order_centroid, mcda.rank_sum])
    @pytest.mark.parametrize("order", [[1, 2, 2, 4], [1, 2.5, 2.5, 4], [1, 2, 2, 3], [10, 20, 20, 30]])
    def test_ties_share_the_average_however_they_are_written(self, function, order):
        strict = function([1, 2, 3, 4])
        np.testing.assert_allclose(function(order), [strict[0], strict[1:3].mean(), strict[1:3].mean(), strict[3]])

    @pytest.mark.parametrize("function", [mcda.rank_order_centroid, mcda.rank_sum])
    def test_order_follows_the_criteria_and_all_alike_are_equal(self, function):
        np.testing.assert_allclose(function([3, 1, 2]), function([1, 2, 3])[[2, 0, 1]])
        np.testing.assert_allclose(function([1, 1, 1]), [1 / 3] * 3)
        np.testing.assert_allclose(function([7]), [1.0])

    def test_points_and_ratios_are_shares(self):
        np.testing.assert_allclose(mcda.swing_weights([100, 60, 0, 40]), [0.5, 0.3, 0, 0.2])
        np.testing.assert_allclose(mcda.ratio_weights([1, 3, 4]), [0.125, 0.375, 0.5])

    @pytest.mark.parametrize(
        ("function", "given", "message"),
        [
            (mcda.rank_order_centroid, [1, np.nan], r"\[1, nan\] is no order: give each criterion its position"),
            (mcda.rank_sum, [], r"\[\] is no order"),
            (mcda.rank_sum, "abc", "'abc' is no order"),
            (mcda.rank_sum, [[1, 2]], r"\[\[1, 2\]\] is no order"),
            (mcda.swing_weights, [1, -1], r"\[1, -1\] are no points: give each criterion a number of 0 or more"),
            (mcda.swing_weights, [0, 0], "all weights are 0: give at least one above 0"),
            (mcda.ratio_weights, [1, 0], r"\[1, 0\] are no ratios: give each criterion a number above 0"),
        ],
    )
    def test_faults(self, function, given, message):
        with pytest.raises(mcda.ProblemError, match=message):
            function(given)


def test_entropy_and_contrast_by_hand():
    problem = mcda.Problem([[1, 2], [3, 2.5]], [1, 1])
    lack = [1 + sum(p * log(p) for p in shares) / log(2) for shares in ([1 / 4, 3 / 4], [4 / 9, 5 / 9])]
    np.testing.assert_allclose(mcda.objective_weights(problem), np.array(lack) / sum(lack))
    three = mcda.Problem([[0, 0], [1, 5], [2, 10], [4, 10]], [1, -1])
    spread = [sqrt(np.var([0, 1 / 4, 2 / 4, 1])), sqrt(np.var([1, 1 / 2, 0, 0]))]
    found = mcda.objective_weights(three, method="standard_deviation")
    np.testing.assert_allclose(found, np.array(spread) / sum(spread))
