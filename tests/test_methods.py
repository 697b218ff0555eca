"""Methods: published and computed cases, a slow twin of every kernel, degenerate cases, options, and the door."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from math import exp, log, prod, sqrt
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.distance import ROWS, topsis
from mcda.engine.methods import EXCLUDED, METHODS, lookup, prepare, scorer
from mcda.engine.needs import NEEDS
from mcda.words import say

CASES = json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
KEYS = {
    "TOPSIS": "topsis",
    "WSM": "weighted_sum",
    "WPM": "weighted_product",
    "WASPAS": "waspas",
    "VIKOR": "vikor",
    "COPRAS": "copras",
    "EDAS": "edas",
    "MABAC": "mabac",
    "SPOTIS": "spotis",
}
SCORED = [case for case in CASES if case["topic"] in KEYS and case["kind"] == "numeric"]
TRAPS = {case["id"]: case for case in CASES if case["kind"] == "trap"}
OWN = [key for key, entry in METHODS.items() if not entry.borrowed]
POSITIVE = [key for key, entry in METHODS.items() if {"positive", "positive_costs"} & set(entry.needs)]
RAW_WEIGHTS = {"waspas-f01"}  # its printed weights sum to 1.0155, which its product does not forgive


def problem_of(case):
    inputs = case["inputs"]
    return mcda.Problem(inputs["matrix"], inputs["types"], inputs["weights"])


def choices(case):
    """What a case chooses: method, normalization and options, in the words of the cases."""
    options = {name: value for name, value in case["inputs"].get("options", {}).items() if name != "utility"}
    normalization = options.pop("normalization", None)
    return {
        "method": KEYS[case["topic"]],
        "normalization": None if case["topic"] == "COPRAS" else normalization,
        "options": options,
    }


def random_problem(seed, n=6, m=4, scales=False):
    generator = np.random.default_rng(seed)
    values = generator.uniform(1.1, 9, (n, m))
    directions = generator.choice([-1, 1], m)
    ends = [[0.5, 10]] * m if scales else None
    return mcda.Problem(values, directions.tolist(), generator.dirichlet(np.ones(m)), scales=ends)


class TestCases:
    @pytest.mark.parametrize("case", SCORED, ids=[case["id"] for case in SCORED])
    def test_scores_and_ranks(self, case):
        problem, expected = problem_of(case), case["expected"]
        ranking = mcda.rank(problem, **choices(case))
        scores = ranking.scores
        if case["id"] in RAW_WEIGHTS:
            scores = scorer(problem, **choices(case))(np.array([case["inputs"]["weights"]]))[0]
        vikor = case["topic"] == "VIKOR"
        tolerance = case["tolerance"].get("scores_abs") or case["tolerance"]["abs"]
        np.testing.assert_allclose(scores, expected["Q" if vikor else "scores"], rtol=0, atol=tolerance)
        assert ranking.ranks.tolist() == expected["Q_ranks_average" if vikor else "ranks_average"]
        assert ranking.higher_is_better == case["inputs"]["higher_is_better"]

    @pytest.mark.parametrize("case", SCORED, ids=[case["id"] for case in SCORED])
    def test_details(self, case):
        details, expected = mcda.rank(problem_of(case), **choices(case)).details, case["expected"]
        for name in details.keys() & expected.keys():
            if isinstance(expected[name], bool):
                assert details[name] is expected[name]
            else:
                np.testing.assert_allclose(details[name], expected[name], rtol=0, atol=1e-8)
        if "compromise_set_0based" in expected:
            assert list(details["compromise_set"]) == expected["compromise_set_0based"]

    def test_the_direction_of_costs_in_copras_trap_f01(self):
        case = TRAPS["trap-f01"]
        ranking = mcda.rank(problem_of(case), method="copras")
        np.testing.assert_allclose(ranking.scores, case["expected"]["scores"], atol=1e-8)
        np.testing.assert_allclose(ranking.details["Q"], case["expected"]["Q"], atol=1e-8)
        assert ranking.ranks.tolist() == case["expected"]["ranks_average"]

    def test_vikor_without_spread_trap_f11(self):
        case = TRAPS["trap-f11"]
        ranking = mcda.rank(problem_of(case), method="vikor", options={"v": case["inputs"]["v"]})
        for name in ("S", "R", "Q"):
            np.testing.assert_allclose(ranking.details[name], case["expected"][name], atol=1e-15)
        assert ranking.ranks.tolist() == [1.5, 1.5]

    def test_vikor_takes_what_rounding_leaves_for_no_spread(self):
        ranking = mcda.rank(mcda.Problem([[1, 2], [2, 1]], [1, 1], [0.1 + 0.2, 0.3]), method="vikor")
        assert ranking.scores.tolist() == [0.0, 0.0]

    def test_edas_names_the_criterion_whose_average_is_0_trap_f12(self):
        with pytest.raises(mcda.NotApplicable, match=r"EDAS divides by the average of criterion 'c2', which is 0\.0"):
            mcda.rank(problem_of(TRAPS["trap-f12"]), method="edas")

    @pytest.mark.parametrize("key", METHODS)
    def test_dominance_trap_f17(self, key):
        case = TRAPS["trap-f17"]
        reasons = {"cocoso": "'a3', which is worst in every criterion", "sprobid": "no defined score for 'a1'"}
        if key in reasons:
            with pytest.raises(mcda.NotApplicable, match=reasons[key]):
                mcda.rank(problem_of(case), method=key)
            return
        ranks = mcda.rank(problem_of(case), method=key).ranks
        assert ranks[0] == 1
        assert ranks[2] == 4


class TestDegenerate:
    @pytest.mark.parametrize("trap", ["trap-f06", "trap-f07"])
    @pytest.mark.parametrize("key", METHODS)
    def test_all_alike_and_all_alone(self, key, trap):
        problem = problem_of(TRAPS[trap])
        if key in ("ervd", "probid", "sprobid"):
            with pytest.raises(mcda.NotApplicable, match=r"all alike|at least 4 alternatives"):
                mcda.rank(problem, method=key)
            return
        ranking = mcda.rank(problem, method=key)
        assert np.isfinite(ranking.scores).all()
        assert set(ranking.ranks) == {(1 + len(problem.alternatives)) / 2}

    @pytest.mark.parametrize(
        ("key", "score"),
        [("topsis", 0.5), ("vikor", 0), ("edas", 0.5), ("mabac", 0), ("copras", 1), ("promethee", 0), ("spotis", 0)],
    )
    def test_what_alternatives_all_alike_score(self, key, score):
        ranking = mcda.rank(mcda.Problem([[0.1, 3], [0.1, 3]], ["max", "min"], [0.3, 0.7]), method=key)
        np.testing.assert_allclose(ranking.scores, score, atol=1e-15)

    @pytest.mark.parametrize("key", OWN)
    def test_a_criterion_without_weight_is_as_if_absent(self, key):
        problem = random_problem(3)
        weights = problem.weights.copy()
        weights[1] = 0
        full = mcda.Problem(problem.values, problem.directions.tolist(), weights)
        kept = [0, 2, 3]
        short = mcda.Problem(problem.values[:, kept], problem.directions[kept].tolist(), weights[kept])
        np.testing.assert_allclose(mcda.rank(full, method=key).scores, mcda.rank(short, method=key).scores, atol=1e-12)

    @pytest.mark.parametrize("key", METHODS)
    @pytest.mark.parametrize("seed", range(5))
    def test_all_weight_on_one_criterion_orders_by_it(self, key, seed):
        problem = random_problem(seed)
        weights = np.eye(4)[seed % 4][None, :]
        try:
            scores = scorer(problem, method=key)(weights)[0]
        except mcda.NotApplicable:
            assert key in ("cocoso", "sprobid")
            return
        if METHODS[key].dominance:
            upward = scores if METHODS[key].higher_is_better else -scores
            column = problem.values[:, seed % 4] * problem.directions[seed % 4]
            np.testing.assert_array_equal(mcda.ranks(upward), mcda.ranks(column))


def slow_topsis(u, w, distance):
    best, worst = ([pick(row[j] for row in u) for j in range(len(w))] for pick in (max, min))

    def length(row, point):
        parts = [w[j] * abs(row[j] - point[j]) for j in range(len(w))]
        lengths = {"euclidean": sqrt(sum(p * p for p in parts)), "manhattan": sum(parts), "chebyshev": max(parts)}
        return lengths[distance]

    return [length(row, worst) / (length(row, worst) + length(row, best)) for row in u]


def slow_vikor(x, d, w, v):
    columns = list(zip(*x, strict=True))
    best = [max(c) if s > 0 else min(c) for c, s in zip(columns, d, strict=True)]
    worst = [min(c) if s > 0 else max(c) for c, s in zip(columns, d, strict=True)]
    terms = [[w[j] * (best[j] - row[j]) / (best[j] - worst[j]) for j in range(len(w))] for row in x]
    S, R = [sum(t) for t in terms], [max(t) for t in terms]
    return [
        v * (s - min(S)) / (max(S) - min(S)) + (1 - v) * (r - min(R)) / (max(R) - min(R))
        for s, r in zip(S, R, strict=True)
    ]


def slow_copras(x, d, w):
    totals = [sum(c) for c in zip(*x, strict=True)]
    shares = [[w[j] * row[j] / totals[j] for j in range(len(w))] for row in x]
    good = [sum(p for p, s in zip(row, d, strict=True) if s > 0) for row in shares]
    bad = [sum(p for p, s in zip(row, d, strict=True) if s < 0) for row in shares]
    if not any(s < 0 for s in d):
        return [g / max(good) for g in good]
    Q = [g + min(bad) * sum(bad) / (b * sum(min(bad) / c for c in bad)) for g, b in zip(good, bad, strict=True)]
    return [q / max(Q) for q in Q]


def slow_edas(x, d, w):
    means = [sum(c) / len(c) for c in zip(*x, strict=True)]
    lead = [[d[j] * (row[j] - means[j]) / means[j] for j in range(len(w))] for row in x]
    SP = [sum(w[j] * max(0, row[j]) for j in range(len(w))) for row in lead]
    SN = [sum(w[j] * max(0, -row[j]) for j in range(len(w))) for row in lead]
    return [(p / max(SP) + 1 - n / max(SN)) / 2 for p, n in zip(SP, SN, strict=True)]


def slow_mabac(u, w):
    v = [[w[j] * (row[j] + 1) for j in range(len(w))] for row in u]
    border = [prod(c) ** (1 / len(u)) for c in zip(*v, strict=True)]
    return [sum(row[j] - border[j] for j in range(len(w))) for row in v]


SLOW = {
    "weighted_sum": lambda u, x, d, w: [sum(a * b for a, b in zip(row, w, strict=True)) for row in u],
    "ahp": lambda u, x, d, w: [sum(a * b for a, b in zip(row, w, strict=True)) for row in u],
    "weighted_product": lambda u, x, d, w: [exp(sum(log(a) * b for a, b in zip(row, w, strict=True))) for row in u],
    "topsis": lambda u, x, d, w: slow_topsis(u, w, "euclidean"),
    "vikor": lambda u, x, d, w: slow_vikor(x, d, w, 0.5),
    "copras": lambda u, x, d, w: slow_copras(x, d, w),
    "edas": lambda u, x, d, w: slow_edas(x, d, w),
    "mabac": lambda u, x, d, w: slow_mabac(u, w),
}


class TestSlowTwins:
    @pytest.mark.parametrize("seed", range(5))
    @pytest.mark.parametrize("key", SLOW)
    def test_kernel(self, key, seed):
        problem, entry = random_problem(seed), METHODS[key]
        weights = np.random.default_rng(seed).dirichlet(np.ones(4), 3)
        utilities = mcda.normalize(problem, entry.normalization or "none").tolist()
        x, d = problem.values.tolist(), problem.directions.tolist()
        expected = [SLOW[key](utilities, x, d, row) for row in weights.tolist()]
        np.testing.assert_allclose(scorer(problem, method=key)(weights), expected, rtol=1e-11, atol=1e-13)

    @pytest.mark.parametrize("distance", ["euclidean", "manhattan", "chebyshev"])
    @pytest.mark.parametrize("normalization", ["vector", "minmax", "sum", "logarithmic", "zscore"])
    def test_topsis_by_distance_and_normalization(self, distance, normalization):
        problem = random_problem(7)
        found = mcda.rank(problem, normalization=normalization, options={"distance": distance}).scores
        utilities = mcda.normalize(problem, normalization).tolist()
        np.testing.assert_allclose(found, slow_topsis(utilities, problem.weights.tolist(), distance), rtol=1e-11)

    @pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
    def test_waspas_lies_between_its_parts(self, share):
        problem = random_problem(2)
        parts = [
            mcda.rank(problem, method=f"weighted_{part}", normalization="linear").scores for part in ("sum", "product")
        ]
        found = mcda.rank(problem, method="waspas", options={"lambda": share}).scores
        np.testing.assert_allclose(found, share * parts[0] + (1 - share) * parts[1], rtol=1e-14)

    @pytest.mark.parametrize("v", [0.0, 0.625, 1.0])
    def test_vikor_between_regret_and_utility(self, v):
        problem = random_problem(4)
        expected = slow_vikor(
            problem.values.tolist(), problem.directions.tolist(), problem.weights.tolist(), v
        )
        np.testing.assert_allclose(mcda.rank(problem, method="vikor", options={"v": v}).scores, expected, atol=1e-13)

    def test_copras_without_costs(self):
        values = np.random.default_rng(0).uniform(1, 9, (5, 3))
        problem = mcda.Problem(values, [1, 1, 1])
        np.testing.assert_allclose(
            mcda.rank(problem, method="copras").scores, slow_copras(values.tolist(), [1, 1, 1], [1 / 3] * 3), rtol=1e-13
        )

    @pytest.mark.parametrize("weights", [[1, 0], [0, 1]])
    def test_copras_with_all_the_weight_on_benefits_or_on_costs(self, weights):
        ranking = mcda.rank(mcda.Problem([[1, 4], [2, 2]], ["max", "min"], weights), method="copras")
        assert ranking.scores.tolist() == [0.5, 1.0]

    def test_rows_by_the_thousand_equal_rows_by_the_dozen(self):
        generator = np.random.default_rng(5)
        values = generator.uniform(1, 9, (2 * ROWS + 17, 3))
        directions, weights = np.array([1.0, -1.0, 2.0]), generator.dirichlet(np.ones(3), 2)
        ends = np.stack([values.min(axis=0), values.max(axis=0)])
        few = np.concatenate([ends, values[-40:]])
        np.testing.assert_array_equal(
            topsis(values, directions, weights)[:, -40:], topsis(few, directions, weights)[:, 2:]
        )

    def test_topsis_of_many_alternatives_makes_no_second_matrix(self):
        problem = random_problem(1, n=100_000, m=20)
        tracemalloc.start()
        mcda.rank(problem)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < problem.values.nbytes / 2

    def test_mabac_of_many_alternatives_does_not_underflow(self):
        """A product over 2000 alternatives would be 0, and with it the border; the scores' mean would be 1.5."""
        problem = random_problem(1, n=2000)
        assert abs(mcda.rank(problem, method="mabac").scores.mean()) < 0.1


class TestVikorsConclusions:
    @pytest.mark.parametrize(
        ("values", "weights", "advantage", "stability", "positions"),
        [
            ([[9, 9], [5, 5], [1, 1]], [1, 1], True, True, (0,)),  # first in all, far ahead
            ([[9, 9], [8.9, 8.9], [1, 1]], [1, 1], False, True, (0, 1)),  # the second is close
            ([[9, 9], [9, 9], [1, 1]], [1, 1], False, True, (0, 1)),  # two share the first place
            ([[3, 4]], [1, 1], True, True, (0,)),  # alone
        ],
    )
    def test_conclusions(self, values, weights, advantage, stability, positions):
        details = mcda.rank(mcda.Problem(values, [1, 1], weights), method="vikor").details
        assert details["acceptable_advantage"] is advantage
        assert details["acceptable_stability"] is stability
        assert details["compromise_set"] == positions

    def test_a_first_that_is_best_by_neither_measure_takes_the_second_along(self):
        values = [[4, 2, 3], [5, 8, 3], [9, 7, 1], [6, 9, 2], [8, 8, 1], [2, 1, 8], [5, 2, 4]]
        details = mcda.rank(mcda.Problem(values, [1, 1, 1], [2, 3, 4]), method="vikor").details
        assert np.argsort(details["Q"])[:2].tolist() == [1, 5]
        assert np.argmin(details["S"]) == 3
        assert np.argmin(details["R"]) == 6
        assert details["acceptable_advantage"]
        assert not details["acceptable_stability"]
        assert details["compromise_set"] == (1, 5)


class TestScales:
    def test_ahp_takes_the_declared_scales_where_there_are_any(self):
        problem = random_problem(1, scales=True)
        ranking = mcda.rank(problem, method="ahp")
        assert ranking.normalization == "scale"
        np.testing.assert_allclose(ranking.scores, mcda.normalize(problem, "scale") @ problem.weights)
        assert mcda.rank(random_problem(1), method="ahp").normalization == "linear"

    def test_spotis_takes_the_declared_scales_as_bounds_and_is_free_of_rank_reversal(self):
        problem = random_problem(2, scales=True)
        fewer = mcda.Problem(problem.values[:3], problem.directions.tolist(), problem.weights, scales=problem.scales)
        scores = mcda.rank(problem, method="spotis").scores
        np.testing.assert_allclose(mcda.rank(fewer, method="spotis").scores, scores[:3], rtol=1e-14)
        np.testing.assert_allclose(scores, 1 - mcda.normalize(problem, "scale") @ problem.weights)

    def test_spotis_refuses_values_beyond_the_declared_scales(self):
        problem = mcda.Problem([[1.0], [12.0]], [1], scales=[[0, 10]], criteria=["money"])
        with pytest.raises(mcda.NotApplicable, match=r"hold the values of criterion 'money', from 1\.0 to 12\.0"):
            mcda.rank(problem, method="spotis")

    @pytest.mark.parametrize("key", POSITIVE)
    def test_on_declared_scales_costs_count_as_one_minus_themselves(self, key):
        values, ends = [[0.2, 0.0, 0.9], [0.8, 0.5, 0.4], [0.5, 0.3, 0.6]], [[0, 1]] * 3
        turned = [[a, 1 - b, c] for a, b, c in values]
        found = mcda.rank(mcda.Problem(values, [1, -1, 1], scales=ends), method=key).scores
        np.testing.assert_allclose(found, mcda.rank(mcda.Problem(turned, [1, 1, 1]), method=key).scores, rtol=1e-12)

    def test_what_stays_0_on_a_declared_scale_is_refused_by_its_cell(self):
        problem = mcda.Problem([[0.0, 0.5], [0.4, 0.2]], [1, -1], scales=[[0, 1]] * 2)
        with pytest.raises(mcda.NotApplicable, match="product needs values above 0 in criterion 'c1', but 'a1'"):
            mcda.rank(problem, method="weighted_product")
        with pytest.raises(mcda.NotApplicable, match=r"ARAS needs values above 0 in criterion 'c1', but 'a1' has 0\.0"):
            mcda.rank(problem, method="aras")


class TestDoor:
    @pytest.mark.parametrize(
        ("choices", "message"),
        [
            ({"method": "topsi"}, r"method 'topsi' is unknown \(did you mean 'topsis'\?\): write one of topsis, "),
            ({"method": "vikor", "options": {"v": 1.2}}, r"option v of VIKOR is 1\.2: write a number from 0 to 1"),
            ({"method": "vikor", "options": {"v": True}}, "option v of VIKOR is True: write a number from 0 to 1"),
            ({"method": "vikor", "options": {"w": 0.5}}, "option 'w' is unknown: write one of v"),
            ({"method": "waspas", "options": {"lambda": "half"}}, "option lambda of WASPAS is 'half': write a num"),
            ({"method": "edas", "options": {"q": 1}}, "EDAS takes no options: leave out 'q'"),
            ({"options": {"distance": "taxi"}}, "write one of euclidean, manhattan, chebyshev"),
            ({"method": "vikor", "normalization": "vector"}, "VIKOR fixes its own normalization: leave out 'vector'"),
            ({"normalization": "vectr"}, r"normalization 'vectr' is unknown \(did you mean 'vector'\?\)"),
            (
                {"method": "weighted_product", "normalization": "zscore"},
                "Weighted product cannot use normalization 'zscore': write one of vector, minmax, ",
            ),
            ({"method": "spotis", "options": {"bounds": [[1, 0]] * 4}}, "write 4 pairs, the lower and the upper end"),
            ({"method": "spotis", "options": {"bounds": [[0, 3]] * 4}}, "hold the values of criterion 'c1'"),
            ({"method": "spotis", "options": {"isp": [0, 0, 0, 99]}}, "write 4 numbers, one for each criterion, with"),
            ({"method": "spotis", "options": {"isp": [1, 2]}}, "write 4 numbers, one for each criterion, within"),
        ],
    )
    def test_one_clear_line_for_each_fault(self, choices, message):
        with pytest.raises(mcda.ProblemError, match=message) as caught:
            mcda.rank(random_problem(0), **choices)
        assert not isinstance(caught.value, mcda.NotApplicable)
        assert len(str(caught.value).splitlines()) == len(caught.value.faults) == 1

    def test_all_faults_of_options_at_once(self):
        with pytest.raises(mcda.ProblemError) as caught:
            mcda.rank(random_problem(0), method="vikor", options={"v": 2, "u": 1})
        assert len(caught.value.faults) == 2

    @pytest.mark.parametrize("key", EXCLUDED)
    def test_what_is_left_out_is_refused_with_the_reason(self, key):
        assert key not in METHODS
        with pytest.raises(mcda.ProblemError, match=f"{key} is left out, because it adds what alternatives cost"):
            lookup(key)

    @pytest.mark.parametrize("key", METHODS)
    def test_every_entry_is_whole(self, key):
        entry = METHODS[key]
        assert entry.title
        assert entry.reference
        assert set(entry.needs) <= NEEDS.keys()
        assert entry.normalization is None or entry.normalization in mcda.NORMALIZATIONS
        assert set(entry.normalizations) <= mcda.NORMALIZATIONS.keys()
        assert not entry.normalizations or entry.normalization in entry.normalizations
        assert entry.mirror in (None, "negative", "reciprocal")
        assert entry.options == {name: option.default for name, option in entry.takes.items()}

    @pytest.mark.parametrize("need", NEEDS)
    def test_every_need_can_be_said(self, need):
        assert say(f"engine.needs.{need}")

    @pytest.mark.parametrize("key", METHODS)
    def test_the_own_normalization_may_be_named(self, key):
        problem, own = random_problem(1), METHODS[key].normalization
        if own is not None:
            np.testing.assert_array_equal(
                mcda.rank(problem, method=key, normalization=own).scores, mcda.rank(problem, method=key).scores
            )

    @pytest.mark.parametrize("key", METHODS)
    def test_the_normalization_is_named_in_the_result(self, key):
        assert mcda.rank(random_problem(1), method=key).normalization == METHODS[key].normalization

    def test_a_kernel_that_gives_nan_is_refused(self):
        broken = replace(METHODS["weighted_sum"], kernel=lambda values, directions, weights: np.full((1, 6), np.nan))
        problem = random_problem(0)
        with pytest.raises(mcda.NotApplicable, match="Weighted sum has no defined score for 'a1'"):
            prepare(broken, problem).scores(problem.weights[None, :])


OPEN = [(key, normalization) for key, entry in METHODS.items() for normalization in entry.normalizations]


class TestOpenNormalizations:
    """What a method promises for its own normalization, of all that it leaves open."""

    @pytest.mark.parametrize(("key", "normalization"), OPEN)
    def test_dominance_and_equal_bits_and_batches(self, key, normalization):
        for seed in range(12):
            problem = random_problem(seed, n=7, m=1 + seed % 4, scales=normalization == "scale")
            values = problem.values.copy()
            values[1] = values[0] + problem.directions * np.random.default_rng(seed).choice([0, 0.5], values.shape[1])
            values[2] = values[0]
            problem = mcda.Problem(values, problem.directions.tolist(), problem.weights, scales=problem.scales)
            if normalization == "none" and METHODS[key].positive:
                problem = mcda.Problem(values, [1] * values.shape[1], problem.weights)
                values[1] = np.maximum(values[1], values[0])
                problem = mcda.Problem(values, [1] * values.shape[1], problem.weights)
            try:
                score = scorer(problem, method=key, normalization=normalization)
            except mcda.NotApplicable:
                assert METHODS[key].positive  # the worst value of a criterion is 0
                continue
            weights = np.random.default_rng(seed).dirichlet(np.ones(values.shape[1]), 4)
            scores = score(weights)
            assert np.isfinite(scores).all()
            assert (scores[:, 1] >= scores[:, 0] - 1e-12).all()
            np.testing.assert_array_equal(scores[:, 0], scores[:, 2])
            np.testing.assert_array_equal(scores, np.concatenate([score(row[None, :]) for row in weights]))
