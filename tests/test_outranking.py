"""PROMETHEE: published flows, the six preference functions pair by pair, thresholds, and the partial order."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.methods import scorer
from mcda.engine.outranking import FUNCTIONS, PAIRS, RELATIONS, SPELLINGS, flows

CASES = [
    case
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["topic"] == "PROMETHEE II"
]


def rank_of(case):
    inputs = case["inputs"]
    problem = mcda.Problem(inputs["matrix"], inputs["types"], inputs["weights"])
    return mcda.rank(problem, method="promethee", options=inputs["options"])


def preference(function, d, q, p, s):
    """One preference, as the paper draws it."""
    if d <= 0:
        return 0.0
    return {
        "usual": lambda: 1.0,
        "ushape": lambda: float(d > q),
        "vshape": lambda: min(d / p, 1.0),
        "level": lambda: 0.0 if d <= q else 0.5 if d <= p else 1.0,
        "linear": lambda: 0.0 if d <= q else 1.0 if d > p else (d - q) / (p - q),
        "gaussian": lambda: 1 - exp(-d * d / (2 * s * s)),
    }[function]()


def slow_flows(values, directions, functions, q, p, s):
    n, m = values.shape
    plus, minus = np.zeros((n, m)), np.zeros((n, m))
    for j in range(m):
        for i in range(n):
            for k in range(n):
                lead = directions[j] * (values[i, j] - values[k, j])
                share = preference(functions[j], lead, q[j], p[j], s[j]) / (n - 1)
                plus[i, j] += share
                minus[k, j] += share
    return plus, minus


class TestCases:
    @pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
    def test_flows_and_ranks(self, case):
        ranking, expected = rank_of(case), case["expected"]
        net = expected.get("phi_net") or expected["phi_net_first_and_second_call"]
        np.testing.assert_allclose(ranking.scores, net, rtol=0, atol=case["tolerance"]["abs"])
        for name in ("phi_plus", "phi_minus"):
            if name in expected:
                np.testing.assert_allclose(ranking.details[name], expected[name], rtol=0, atol=case["tolerance"]["abs"])
        if "ranks_average" in expected:
            assert ranking.ranks.tolist() == expected["ranks_average"]

    def test_the_same_scorer_serves_twice_trap_f02(self):
        case = next(case for case in CASES if case["id"] == "trap-f02")
        inputs = case["inputs"]
        problem = mcda.Problem(inputs["matrix"], inputs["types"], inputs["weights"])
        score = scorer(problem, method="promethee", options=inputs["options"])
        np.testing.assert_array_equal(score(problem.weights[None, :]), score(problem.weights[None, :]))

    def test_linear_with_p_equal_to_q_is_the_step_trap_f18(self):
        inputs = next(case for case in CASES if case["id"] == "trap-f18")["inputs"]
        problem = mcda.Problem(inputs["matrix"], inputs["types"], inputs["weights"])
        step = mcda.rank(problem, method="promethee", options={"preference_functions": "ushape", "q": 2})
        line = mcda.rank(problem, method="promethee", options=inputs["options"])
        np.testing.assert_array_equal(step.scores, line.scores)


class TestPreferenceFunctions:
    @pytest.mark.parametrize("seed", range(6))
    @pytest.mark.parametrize("function", FUNCTIONS)
    def test_pair_by_pair(self, function, seed):
        generator = np.random.default_rng(seed)
        n = int(generator.integers(2, 40))
        values = generator.normal(0, 3, (n, 3)) if seed % 2 else generator.integers(0, 9, (n, 3)).astype(float)
        directions, q = np.array([1, -1, 1]), generator.integers(0, 3, 3).astype(float)
        p, s = q + generator.integers(1, 4, 3), generator.uniform(0.5, 3, 3)
        found = flows(values * directions, [function] * 3, q, p, s)
        expected = slow_flows(values, directions, [function] * 3, q, p, s)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)

    def test_a_lead_equal_to_a_threshold_but_for_rounding_is_no_preference(self):
        column = np.array([[0.3], [0.1], [0.2]])  # 0.3 - 0.1 is above 0.2 by a bit, 0.3 - 0.2 below 0.1
        plus, _ = flows(column, ["ushape"], np.array([0.2]), np.zeros(1), np.zeros(1))
        assert plus[:, 0].tolist() == [0.0, 0.0, 0.0]
        plus, _ = flows(np.array([[0.1 + 0.2], [0.3]]), ["usual"], np.zeros(1), np.zeros(1), np.zeros(1))
        assert plus[:, 0].tolist() == [0.0, 0.0]

    @pytest.mark.parametrize("function", FUNCTIONS)
    def test_net_flows_sum_to_0(self, function):
        values = np.random.default_rng(3).normal(0, 3, (300, 2))
        plus, minus = flows(values, [function] * 2, np.full(2, 0.5), np.full(2, 2.0), np.full(2, 1.0))
        np.testing.assert_allclose((plus - minus).sum(axis=0), 0, atol=1e-10)
        np.testing.assert_allclose(plus.sum(axis=0), minus.sum(axis=0), rtol=1e-12)

    def test_gaussian_by_blocks_of_rows(self):
        n = int(PAIRS**0.5) + 50
        values = np.random.default_rng(0).normal(size=(n, 1))
        plus, minus = flows(values, ["gaussian"], np.zeros(1), np.zeros(1), np.ones(1))
        lead = np.maximum(values - values.T, 0)
        np.testing.assert_allclose(plus[:, 0], (1 - np.exp(-(lead**2) / 2)).sum(axis=1) / (n - 1), rtol=1e-10)
        np.testing.assert_allclose(minus.sum(), plus.sum(), rtol=1e-12)

    @pytest.mark.parametrize("word", ["U-shape", "u_shape", "Quasi", "t2", "ushape"])
    def test_usual_spellings(self, word):
        problem = mcda.Problem([[1], [3], [4]], [1])
        found = mcda.rank(problem, method="promethee", options={"preference_functions": word, "q": 2})
        assert found.scores.tolist() == [-0.5, 0.0, 0.5]

    def test_every_spelling_means_a_function(self):
        assert set(SPELLINGS.values()) == set(FUNCTIONS)
        assert [SPELLINGS[f"t{i}"] for i in range(1, 7)] == ["usual", "ushape", "vshape", "level", "linear", "gaussian"]


class TestThresholds:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"preference_functions": "triangle"}, "write one of usual, ushape, vshape, level, linear, gaussian, or"),
            ({"preference_functions": ["usual"]}, "or 2 of them, one for each criterion"),
            ({"preference_functions": 5}, "or 2 of them, one for each criterion"),
            ({"preference_functions": "linear"}, "option p of PROMETHEE II is None: write a threshold of preference"),
            ({"preference_functions": ["usual", "ushape"]}, "option q of .* which ushape of criterion 'c2' needs"),
            ({"preference_functions": "gaussian", "s": [1, 0]}, "a spread above 0, which gaussian of criterion 'c2'"),
            ({"preference_functions": "linear", "q": 2, "p": [3, 1]}, r"write at least 2\.0 for criterion 'c2'"),
            ({"q": -1}, "write a number of 0 or more, or 2 of them"),
            ({"q": [1, 2, 3]}, "write a number of 0 or more, or 2 of them"),
            ({"p": "high"}, "write a number of 0 or more, or 2 of them"),
        ],
    )
    def test_faults(self, options, message):
        with pytest.raises(mcda.ProblemError, match=message) as caught:
            mcda.rank(mcda.Problem([[1, 2], [3, 4]], [1, 1]), method="promethee", options=options)
        assert len(caught.value.faults) == 1
        assert not isinstance(caught.value, mcda.NotApplicable)

    def test_one_threshold_for_all(self):
        problem = mcda.Problem([[1, 2], [3, 4], [6, 1]], [1, -1])
        one = mcda.rank(problem, method="promethee", options={"preference_functions": "linear", "q": 1, "p": 3})
        each = {"preference_functions": ["linear"] * 2, "q": [1, 1], "p": [3, 3], "s": None}
        np.testing.assert_array_equal(one.scores, mcda.rank(problem, method="promethee", options=each).scores)


class TestPartialOrder:
    def test_every_pair_stands_in_one_relation(self):
        for seed in range(10):
            values = np.random.default_rng(seed).integers(1, 5, (6, 3))
            details = mcda.rank(mcda.Problem(values, [1, -1, 1]), method="promethee").details
            preferred, alike, apart = (details[name] for name in ("preferred", "indifferent", "incomparable"))
            count = preferred.astype(int) + preferred.T + alike + apart
            np.testing.assert_array_equal(count, 1 - np.eye(6, dtype=int))
            assert (alike == alike.T).all()
            assert (apart == apart.T).all()

    def test_by_hand(self):
        """phi+ = .55 .35 .6, phi- = .45 .65 .4 in Zhao, Peng and Li 2013: a chain, no two incomparable."""
        details = mcda.rank(
            mcda.Problem([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [1, 1, 1], [0.5, 0.3, 0.2]), method="promethee"
        ).details
        assert details["preferred"].tolist() == [[False, True, False], [False, False, False], [True, True, False]]
        assert not details["incomparable"].any()

    def test_incomparable(self):
        """The first leads and lags more than the second, which is middling in both: level with it in net flow."""
        problem = mcda.Problem([[9, 1], [5, 5], [1, 9], [5, 5]], [1, 1])
        details = mcda.rank(problem, method="promethee", options={"preference_functions": "ushape", "q": 4}).details
        assert details["indifferent"][1, 3]
        assert details["incomparable"][0, 1]
        assert not details["preferred"].any()

    def test_beyond_some_hundred_alternatives_only_the_flows(self):
        values = np.random.default_rng(0).normal(size=(RELATIONS + 1, 2))
        assert mcda.rank(mcda.Problem(values, [1, 1]), method="promethee").details.keys() == {"phi_plus", "phi_minus"}


def test_a_single_alternative_has_flows_of_0():
    ranking = mcda.rank(mcda.Problem([[3, 4]], [1, -1]), method="promethee")
    assert ranking.scores.tolist() == [0.0]
    assert ranking.details["phi_plus"].tolist() == [0.0]
