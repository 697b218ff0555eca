"""Borrowed methods: cases, what is mended in front of pymcdm, and the faults in it that make that necessary."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.borrowed import BORROWED, TWINS
from mcda.engine.methods import METHODS, scorer

CASES = json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
KEYS = {
    "MAIRCA": "mairca",
    "COMET": "comet",
    "ARAS": "aras",
    "CODAS": "codas",
    "MARCOS": "marcos",
    "CoCoSo": "cocoso",
}
SCORED = [case for case in CASES if case["topic"] in KEYS]


def random_problem(seed, n=6, m=4):
    generator = np.random.default_rng(seed)
    values = generator.uniform(1, 9, (n, m))
    return mcda.Problem(values, [1, -1, 1, -1][:m], generator.dirichlet(np.ones(m)))


class TestCases:
    @pytest.mark.parametrize("case", SCORED, ids=[case["id"] for case in SCORED])
    def test_scores_and_ranks(self, case):
        inputs, expected = case["inputs"], case["expected"]
        types, weights = (inputs.get(name) or inputs[f"expert_{name}"] for name in ("types", "weights"))
        options = {name: value for name, value in inputs.get("options", {}).items() if name != "normalization"}
        if "characteristic_values" in inputs:
            options["characteristic_values"] = inputs["characteristic_values"]
        key = KEYS[case["topic"]]
        ranking = mcda.rank(mcda.Problem(inputs["matrix"], types, weights), method=key, options=options)
        tolerance = case["tolerance"].get("scores_abs") or case["tolerance"]["abs"]
        np.testing.assert_allclose(ranking.scores, expected["scores"], rtol=0, atol=tolerance)
        assert ranking.ranks.tolist() == expected["ranks_average"]
        assert ranking.higher_is_better == inputs["higher_is_better"]


class TestTheDoor:
    def test_every_class_of_pymcdm_is_ours_borrowed_or_left_out(self):
        from pymcdm import methods
        from pymcdm.methods.mcda_method import MCDA_method

        names = {name.lower() for name, item in vars(methods).items() if isinstance(item, type)}
        assert issubclass(methods.TOPSIS, MCDA_method)
        ours = {"wsm": "weighted_sum", "wpm": "weighted_product", "promethee_ii": "promethee"}
        ours["balancedspotis"] = "balanced_spotis"
        assert {ours.get(name, name) for name in names} == METHODS.keys() - {"ahp"} | mcda.EXCLUDED.keys()

    def test_borrowed_rows_stand_in_the_table(self):
        assert {key for key, entry in METHODS.items() if entry.borrowed} == BORROWED.keys()
        assert all(entry.raw for entry in BORROWED.values())
        assert TWINS.keys() <= METHODS.keys() - BORROWED.keys()

    @pytest.mark.parametrize("key", BORROWED)
    def test_one_weight_vector_a_call_gives_a_row_each(self, key):
        weights = np.random.default_rng(0).dirichlet(np.ones(4), 3)
        assert scorer(random_problem(1), method=key)(weights).shape == (3, 6)

    def test_our_own_kernels_do_not_load_it(self):
        import subprocess

        code = "import mcda, sys; mcda.rank(mcda.Problem([[1, 2], [2, 1]], [1, 1])); print('pymcdm' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"


class TestMended:
    def test_codas_takes_any_threshold(self):
        """By the definition: h = dE + dT where |dE| reaches tau, else dE alone."""
        problem = random_problem(3)
        low = problem.values.min(axis=0)
        shares = np.where(problem.directions > 0, problem.values / problem.values.max(axis=0), low / problem.values)
        gaps = problem.weights * shares - (problem.weights * shares).min(axis=0)
        E, T = np.sqrt((gaps**2).sum(axis=1)), gaps.sum(axis=1)
        for tau in (0.001, 0.02, 0.07, 0.5):
            dE, dT = E[:, None] - E, T[:, None] - T
            expected = (dE + np.where(np.abs(dE) >= tau, dT, 0)).sum(axis=1)
            found = mcda.rank(problem, method="codas", options={"tau": tau}).scores
            np.testing.assert_allclose(found, expected, atol=1e-12)

    def test_moora_takes_problems_without_costs(self):
        values = np.random.default_rng(0).uniform(1, 9, (5, 3))
        expected = (values / np.sqrt((values**2).sum(axis=0))).mean(axis=1)
        np.testing.assert_allclose(mcda.rank(mcda.Problem(values, [1, 1, 1]), method="moora").scores, expected)

    def test_lopm_is_lower_the_better_and_pymcdm_ranks_it_upside_down(self):
        from pymcdm.methods import LoPM

        problem = mcda.Problem([[9, 1], [5, 2], [1, 9]], ["max", "min"])
        ranking = mcda.rank(problem, method="lopm")
        assert ranking.ranks.tolist() == [1.0, 2.0, 3.0]
        assert LoPM().rank(ranking.scores).tolist() == [3.0, 2.0, 1.0]

    def test_lopm_with_limits_of_ones_own(self):
        found = mcda.rank(mcda.Problem([[4, 2], [8, 1]], [1, -1]), method="lopm", options={"limits": [4, 2]})
        np.testing.assert_allclose(found.scores, [1.0, 0.5])

    def test_comet_does_not_depend_on_the_order_of_the_criteria(self):
        """Objects that mirror one another tie in exact arithmetic, but the bits of their scores go by the order."""
        from pymcdm.methods import COMET, TOPSIS
        from pymcdm.methods.comet_tools import MethodExpert

        values, weights = np.random.default_rng(1).uniform(0, 1, (5, 4)), np.array([5, 5, 1, 1]) / 12
        order, grid = [3, 1, 0, 2], [[0.0, 1.0]] * 4

        def scores(columns):
            problem = mcda.Problem(values[:, columns], [1] * 4, weights[columns])
            return mcda.rank(problem, method="comet", options={"characteristic_values": grid}).scores

        def theirs(columns):
            return COMET(grid, MethodExpert(TOPSIS(), weights[columns], np.ones(4)))(values[:, columns])

        np.testing.assert_allclose(scores(order), scores([0, 1, 2, 3]), rtol=1e-12)
        assert np.abs(theirs(order) - theirs([0, 1, 2, 3])).max() > 0.01

    def test_balanced_spotis_between_the_ideal_and_the_expected_point(self):
        problem, bounds, esp = random_problem(2), [[0, 10]] * 4, [5, 5, 5, 5]

        def scores(**options):
            return mcda.rank(problem, method="balanced_spotis", options={"bounds": bounds, **options}).scores

        ideal = mcda.rank(problem, method="spotis", options={"bounds": bounds}).scores
        expected = mcda.rank(problem, method="spotis", options={"bounds": bounds, "isp": esp}).scores
        np.testing.assert_allclose(scores(), ideal)
        np.testing.assert_allclose(scores(esp=esp, alpha=0.25), 0.75 * ideal + 0.25 * expected)

    def test_rafsi_by_the_definition(self):
        """Places from 1 to 6 between the ends; a benefit over twice their mean 3.5, a cost as 12/7 over twice it."""
        problem = mcda.Problem([[2, 10], [6, 20]], [1, -1], [0.3, 0.7])
        found = mcda.rank(problem, method="rafsi", options={"bounds": [[0, 10], [10, 30]]}).scores
        places = np.array([[2.0, 1.0], [4.0, 3.5]])
        expected = 0.3 * places[:, 0] / 7 + 0.7 * (12 / 7) / (2 * places[:, 1])
        np.testing.assert_allclose(found, expected)

    @pytest.mark.parametrize(
        ("key", "options", "message"),
        [
            ("codas", {"tau": 0}, "option tau of CODAS is 0: write a number above 0"),
            ("rafsi", {"n1": 7}, r"option n2k of RAFSI is 6\.0: write a number above n1, which is 7\.0"),
            ("rim", {"ideal": [[0, 99]] * 4}, "write 4 pairs, the two ends of the ideal of each criterion, within"),
            ("ervd", {"reference": [0, 1, 1, 1]}, "write 4 numbers above 0, one for each criterion"),
            ("comet", {"characteristic_values": [[1, 2]] * 3}, "write 4 lists, each of two or more rising numbers"),
            ("comet", {"characteristic_values": [[0, 5, 4]] * 4}, "write 4 lists, each of two or more rising numbers"),
            ("comet", {"characteristic_values": [[0, 2]] * 4}, "hold the values of criterion 'c1'"),
            ("comet", {"characteristic_values": [list(range(20))] * 4}, "so that at most 20000 combinations"),
            ("comet", {"characteristic_values": 7}, "write 4 lists"),
        ],
    )
    def test_faults_of_options(self, key, options, message):
        with pytest.raises(mcda.ProblemError, match=message) as caught:
            mcda.rank(random_problem(0), method=key, options=options)
        assert not isinstance(caught.value, mcda.NotApplicable)


class TestRefused:
    @pytest.mark.parametrize(
        ("key", "values", "message"),
        [
            ("sprobid", np.eye(3) + 1, "sPROBID needs at least 4 alternatives, but there are 3"),
            ("sprobid", [[9, 9], [1, 2], [2, 1], [3, 3]], "sPROBID has no defined score for 'a1'"),
            ("lmaw", np.ones((1001, 2)), "LMAW takes at most 1000 alternatives, but there are 1001"),
            ("lmaw", [[1e-7, 1], [1, 2]], "more than a factor of 1000000, as in 'c1'"),
            ("cocoso", [[1, 1], [2, 3]], "CoCoSo divides by the score of 'a1', which is worst in every criterion"),
            ("moora", [[0, 1], [0, 2]], "MOORA divides by the length of criterion 'c1', which is 0 for all"),
            ("probid", [[1, 1], [1, 1]], "PROBID cannot tell alternatives apart that are all alike"),
            ("ervd", [[0, 1], [1, 1]], r"ERVD needs values above 0 in criterion 'c1', but 'a1' has 0\.0"),
            ("comet", np.random.default_rng(0).uniform(0, 1, (3, 10)), "so that at most 20000 combinations"),
        ],
    )
    def test_with_the_reason(self, key, values, message):
        with pytest.raises(mcda.NotApplicable, match=message):
            mcda.rank(mcda.Problem(values, [1] * np.shape(values)[1]), method=key)


class TestFaultsOfPymcdm:
    """Why COPRAS is ours, AROMAN left out and sPROBID refused for three: each fault, shown on pymcdm itself."""

    def test_copras_adds_costs(self):
        from pymcdm.methods import COPRAS

        values, weights, types = np.array([[3.0, 4], [3, 8], [5, 6]]), np.array([0.5, 0.5]), np.array([1, -1])
        shares = values / values.sum(axis=0) * weights
        total = shares.sum(axis=1)
        np.testing.assert_allclose(COPRAS()(values, weights, types, validation=False), total / total.max())
        assert mcda.rank(mcda.Problem(values, [1, -1]), method="copras").ranks[1] == 3

    def test_aroman_ranks_a_dominated_alternative_first(self):
        from pymcdm.methods import AROMAN

        values, weights, types = np.array([[5.0, 1], [5, 9], [4, 2]]), np.array([0.5, 0.5]), np.array([1, -1])
        scores = AROMAN()(values, weights, types, validation=False)
        assert scores.argmax() == 1

    def test_sprobid_takes_a_row_for_a_column(self):
        """With three alternatives its scores are distances of the first alternative alone."""
        from pymcdm.methods import SPROBID

        values, weights, types = np.array([[1.0, 5], [4, 2], [3, 3]]), np.array([0.5, 0.5]), np.array([1, 1])
        order = [1, 0, 2]
        first, second = (SPROBID()(values[rows], weights, types, validation=False) for rows in ([0, 1, 2], order))
        assert not np.allclose(first[order], second)

    def test_mabac_underflows_with_many_alternatives(self):
        from pymcdm.methods import MABAC

        problem = mcda.Problem(random_problem(1, n=2000).values, [1, -1, 1, -1])
        theirs = MABAC()(problem.values, problem.weights, problem.directions.astype(int), validation=False)
        ours = mcda.rank(problem, method="mabac")
        assert theirs.mean() > 1.4
        assert abs(ours.scores.mean()) < 0.1
        assert np.isnan(TWINS["mabac"](problem.values, problem.directions, problem.weights[None, :])).all()

    def test_lmaw_overflows_without_a_word(self):
        from pymcdm.methods import LMAW

        with np.errstate(over="ignore"):
            scores = LMAW()(np.full((1100, 2), 2.0), np.array([0.5, 0.5]), np.array([1, 1]), validation=False)
        assert not scores.any()
