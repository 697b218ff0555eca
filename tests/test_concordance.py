"""Comparing rankings, and putting one in place of several: published examples, definitions, other programs."""

from __future__ import annotations

import json
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kendalltau, spearmanr

import mcda
from mcda.engine.concordance import MEASURES, caveats
from mcda.errors import NotApplicable, ProblemError

CASES = [
    case
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["topic"] == "rank correlation"
]
FUNCTIONS = {
    "spearman": mcda.spearman,
    "kendall_tau_b": mcda.kendall_tau_b,
    "weighted_spearman": mcda.weighted_spearman,
    "ws": mcda.ws,
}


def tied(seed, n=7):
    return np.random.default_rng(seed).integers(1, n, (2, n))


class TestMeasures:
    @pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
    def test_fixtures(self, case):
        x, y, expected = case["inputs"]["x"], case["inputs"]["y"], case["expected"]
        found = {
            "spearman": mcda.spearman(x, y),
            "kendall_tau_b": mcda.kendall_tau_b(x, y),
            "weighted_spearman_rw": mcda.weighted_spearman(x, y),
            "ws_x_reference": mcda.ws(x, y),
            "ws_y_reference": mcda.ws(y, x),
        }
        keys = found.keys() & expected.keys()
        assert keys
        for key in keys:
            assert found[key] == pytest.approx(expected[key], abs=case["tolerance"]["abs"])
            if key in expected.get("published", {}):
                assert found[key] == pytest.approx(expected["published"][key], abs=0.00005)

    @pytest.mark.parametrize("seed", range(20))
    def test_scipy_agrees_also_on_ties(self, seed):
        x, y = tied(seed)
        assert mcda.spearman(x, y) == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)
        assert mcda.kendall_tau_b(x, y) == pytest.approx(kendalltau(x, y).statistic, abs=1e-12)

    @pytest.mark.parametrize("seed", range(5))
    def test_pymcdm_agrees_without_ties(self, seed):
        from pymcdm import correlations

        rng = np.random.default_rng(seed)
        x, y = rng.permutation(6) + 1.0, rng.permutation(6) + 1.0
        assert mcda.weighted_spearman(x, y) == pytest.approx(correlations.weighted_spearman(x, y), abs=1e-12)
        assert mcda.ws(x, y) == pytest.approx(correlations.ws(x, y), abs=1e-12)

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_the_same_ranking_is_one_and_ranks_are_made_first(self, name):
        x = [0.3, 0.1 + 0.2, 5, 1000]
        assert FUNCTIONS[name](x, x) == 1
        assert FUNCTIONS[name](x, [1, 1, 2, 3]) == 1

    @pytest.mark.parametrize("name", ["weighted_spearman", "ws"])
    def test_scores_and_their_ranks_say_the_same(self, name):
        x, y = np.array([0.9, 0.2, 0.5, 0.4]), np.array([0.1, 0.8, 0.9, 0.3])
        by_scores = FUNCTIONS[name](x, y, higher_is_better=True)
        assert by_scores == FUNCTIONS[name](mcda.ranks(x), mcda.ranks(y))
        assert by_scores != FUNCTIONS[name](x, y)

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_each_with_each(self, name):
        rankings = np.random.default_rng(3).integers(1, 6, (4, 6))
        table = mcda.concordance(rankings, measure=name)
        for i, j in np.ndindex(4, 4):
            assert table[i, j] == pytest.approx(FUNCTIONS[name](rankings[i], rankings[j]), abs=1e-15)

    def test_ws_is_not_symmetric(self):
        x, y = [1, 2, 3, 4], [2, 3, 1, 4]
        assert mcda.ws(x, y) != mcda.ws(y, x)

    @pytest.mark.parametrize("name", FUNCTIONS)
    @pytest.mark.parametrize(
        ("x", "y", "message"),
        [
            ([1, 1, 1], [1, 2, 3], "x: all alternatives are tied"),
            ([1, 2, 3], [2, 2, 2], "y: all alternatives are tied"),
            ([1], [1], "x: all alternatives are tied"),
            ([1, 2, 3], [1, 2], "y has 2 entries: give 3, one for each alternative"),
            ([1, 2, float("nan")], [1, 2, 3], "x, 3: nan is not a finite number"),
            ([[1, 2]], [1, 2], "x: ranks have shape (1, 2): give n ranks"),
        ],
    )
    def test_faults(self, name, x, y, message):
        with pytest.raises(ProblemError) as caught:
            FUNCTIONS[name](x, y)
        assert str(caught.value).startswith(message)

    def test_faults_of_tables(self):
        with pytest.raises(NotApplicable, match="rankings, 2: all alternatives are tied"):
            mcda.concordance([[1, 2], [1, 1]])
        with pytest.raises(ProblemError, match="measure 'kendall' is unknown"):
            mcda.concordance([[1, 2], [2, 1]], measure="kendall")


class TestLevels:
    @pytest.mark.parametrize("n", range(2, 7))
    def test_kendall_by_enumeration(self, n):
        values = {round(mcda.kendall_tau_b(range(n), order), 10) for order in permutations(range(n))}
        assert mcda.levels(n) == len(values)

    @pytest.mark.parametrize(("n", "count"), [(2, 2), (3, 4), (4, 11), (5, 21), (6, 36)])
    def test_spearman(self, n, count):
        """(n cubed - n) / 6 + 1, as the sum of squared differences is even; for n = 3 one of these is not reached."""
        assert mcda.levels(n, "spearman") == count

    def test_five_alternatives(self):
        assert {key: mcda.levels(5, key) for key in MEASURES} == {
            "spearman": 21,
            "kendall_tau_b": 11,
            "weighted_spearman": len({round(mcda.weighted_spearman(range(5), p), 9) for p in permutations(range(5))}),
            "ws": len({round(mcda.ws(range(5), p), 9) for p in permutations(range(5))}),
        }

    def test_what_must_be_said(self):
        few, asymmetric = caveats(5, "ws")
        assert "With 5 alternatives WS can take only" in few.text()
        assert "not symmetric" in asymmetric.text()
        assert caveats(20, "spearman") == ()

    @pytest.mark.parametrize("n", [1, 9])
    def test_out_of_range(self, n):
        with pytest.raises(NotApplicable, match=f"n: {n} alternatives: give 2 to 8"):
            mcda.levels(n, "ws")


# Wikipedia, "Kemeny-Young method" and "Borda count": Memphis, Nashville, Chattanooga, Knoxville.
TENNESSEE = ([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]], [42, 26, 15, 17])
METHODS = {"borda": mcda.borda, "copeland": mcda.copeland, "kemeny": mcda.kemeny}


def kendall_distance(order, rankings, say):
    """Pairs that rankings have the other way round, a tie counting half; by the definition."""
    total = 0.0
    for ranking, weight in zip(rankings, say, strict=True):
        for above, below in combinations(order, 2):
            total += weight * (0.5 if ranking[above] == ranking[below] else ranking[above] > ranking[below])
    return total / sum(say)


class TestVoting:
    def test_tennessee(self):
        rankings, votes = TENNESSEE
        found = {key: method(rankings, weights=votes) for key, method in METHODS.items()}
        assert found["borda"].scores * 100 == pytest.approx([126, 194, 173, 107])
        assert found["copeland"].scores.tolist() == [-3, 3, 1, -1]
        assert found["kemeny"].ranks.tolist() == [4, 1, 2, 3]
        assert found["kemeny"].distance == pytest.approx((600 - 393) / 100)  # 393 of 600 pairs agree
        assert found["kemeny"].orders == 1

    @pytest.mark.parametrize("seed", range(12))
    def test_kemeny_is_the_best_of_all_orders(self, seed):
        rng = np.random.default_rng(seed)
        rankings = rng.integers(1, 6, (4, 5)) if seed % 2 else np.array([rng.permutation(5) for _ in range(3)])
        say = rng.integers(1, 4, len(rankings))
        distances = {order: kendall_distance(order, rankings, say) for order in permutations(range(5))}
        least = min(distances.values())
        best = np.array([np.argsort(order) + 1 for order, value in distances.items() if value <= least + 1e-9])
        found = mcda.kemeny(rankings, weights=say)
        assert found.distance == pytest.approx(least)
        assert found.orders == len(best)
        assert -found.scores == pytest.approx(best.mean(axis=0))
        assert bool(found.notes) == (len(best) > 1)

    @pytest.mark.parametrize("name", METHODS)
    def test_one_ranking_stands_for_itself(self, name):
        found = METHODS[name]([[2, 3, 1, 4]])
        assert found.ranks.tolist() == [2, 3, 1, 4]
        assert found.distance == 0

    @pytest.mark.parametrize("name", METHODS)
    def test_a_circle_is_a_tie(self, name):
        found = METHODS[name]([[1, 2, 3], [3, 1, 2], [2, 3, 1]])
        assert found.ranks.tolist() == [2, 2, 2]

    @pytest.mark.parametrize("name", METHODS)
    @pytest.mark.parametrize("seed", range(5))
    def test_names_and_weights(self, name, seed):
        rng = np.random.default_rng(seed)
        rankings, order = rng.random((3, 6)), rng.permutation(6)
        found = METHODS[name](rankings, weights=[2, 1, 1])
        assert METHODS[name](rankings[:, order], weights=[4, 2, 2]).ranks.tolist() == found.ranks[order].tolist()
        assert METHODS[name](rankings[[0, 0, 1, 2]]).ranks.tolist() == found.ranks.tolist()
        assert METHODS[name](-rankings, weights=[2, 1, 1], higher_is_better=True).ranks.tolist() == found.ranks.tolist()

    def test_kemeny_puts_the_winner_of_all_pairs_first(self):
        """The winner of every majority is first by Kemeny and Copeland, not always by Borda."""
        rankings, votes = [[1, 2, 3], [3, 1, 2]], [3, 2]
        assert mcda.kemeny(rankings, weights=votes).ranks[0] == 1
        assert mcda.copeland(rankings, weights=votes).ranks[0] == 1
        assert mcda.borda(rankings, weights=votes).ranks[0] == 2

    def test_many_alternatives(self):
        assert mcda.kemeny([range(14)]).ranks.tolist() == list(range(1, 15))
        with pytest.raises(NotApplicable, match="15 alternatives are too many for the exact order: give at most 14"):
            mcda.kemeny([range(15)])

    @pytest.mark.parametrize("name", METHODS)
    @pytest.mark.parametrize(
        ("rankings", "weights", "message"),
        [
            ([1, 2, 3], None, "rankings: ranks have shape (3,): give rankings in rows"),
            ([[1, float("inf")]], None, "rankings, 1, 2: inf is not a finite number"),
            ([[1, 2]], [1, 2], "weights has 2 entries: give 1, one for each ranking"),
            ([[1, 2]], [-1], "weight of ranking 1: weight -1.0 is negative"),
        ],
    )
    def test_faults(self, name, rankings, weights, message):
        with pytest.raises(ProblemError) as caught:
            METHODS[name](rankings, weights=weights)
        assert str(caught.value).startswith(message)
