"""Drawn weights: uniform where they should be, within what is known of them, and the same on every machine."""

from __future__ import annotations

import hashlib
import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from mcda.engine.blocks import BLOCK, stream
from mcda.errors import ProblemError
from mcda.sensitivity.information import WeightInformation
from mcda.sensitivity.network import comparators, sort_rows
from mcda.sensitivity.sampling import WHOLE, WeightGroups, sample_weights, spacings, weight_sampler

CASES = {case["id"]: case for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]}
DRAWS = 400_000
ABC = ("a", "b", "c")
KNOWN = {
    "chain": WeightInformation(order=[ABC]),
    "partial order": WeightInformation(order=[("a", "b"), ("a", "c")]),
    "bounds": WeightInformation(bounds={"a": (0.1, 0.5), "b": (0.2, 0.3)}),
    "ratio": WeightInformation(ratios={("a", "b"): (1, 2)}),
    "sum": WeightInformation(conditions=[({"a": 1, "b": 1}, "<=", 0.5), ({"a": 2, "c": -1}, ">=", 0)]),
}


def within(share, expected, draws=DRAWS, errors=4.0):
    return abs(share - expected) <= errors * np.sqrt(expected * (1 - expected) / draws)


class TestSimplex:
    def test_trap_f19_moments_and_tails(self):
        expected = CASES["trap-f19"]["expected"]
        weights = sample_weights(3, draws=DRAWS)
        variance, covariance = expected["variance_each"], expected["covariance_each"]
        np.testing.assert_allclose(weights.mean(axis=0), expected["mean"], atol=4 * np.sqrt(variance / DRAWS))
        np.testing.assert_allclose(np.diag(np.cov(weights.T)), variance, atol=4 * 1.1 * variance / np.sqrt(DRAWS))
        assert np.cov(weights.T)[0, 1] == pytest.approx(covariance, abs=4 * 0.06 / np.sqrt(DRAWS))
        assert within((weights[:, 0] > 0.5).mean(), expected["P(w1 > 1/2)"])
        assert within((weights.max(axis=1) > 0.5).mean(), expected["P(max weight > 1/2)"])

    @pytest.mark.parametrize("m", [2, 4, 7, 12, 20])
    def test_every_weight_has_the_tail_of_a_spacing(self, m):
        """P(w > x) = (1 - x)^(m - 1), Devroye 1986, chapter V, theorem 2.1, for each weight alike."""
        weights = sample_weights(m, draws=DRAWS // 4)
        for x in (0.5 / m, 1 / m, 3 / m):
            for share in (weights > x).mean(axis=0):
                assert within(share, (1 - x) ** (m - 1) if x < 1 else 0.0, DRAWS // 4, errors=4.5)

    def test_one_criterion_has_all_the_weight(self):
        assert (sample_weights(1, draws=10) == 1).all()

    def test_rows_sum_to_one_and_nothing_is_negative(self):
        weights = sample_weights(6, draws=1000)
        np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-15)
        assert (weights >= 0).all()

    def test_shares_sum_to_the_whole(self):
        shares = np.empty((5, BLOCK), np.uint32)
        spacings(stream(3, 0), shares)
        assert (shares.sum(axis=0, dtype=np.uint64) == WHOLE).all()


class TestDeterminism:
    def test_fewer_draws_are_the_beginning_of_more(self):
        more = sample_weights(4, draws=2 * BLOCK + 5, seed=9)
        assert (sample_weights(4, draws=BLOCK + 3, seed=9) == more[: BLOCK + 3]).all()

    def test_blocks_depend_on_their_number_not_on_their_order(self):
        shares = np.empty((4, BLOCK), np.uint32)
        weight_sampler("abcd").draw(stream(9, 1), shares)
        assert (sample_weights(4, draws=2 * BLOCK, seed=9)[BLOCK:] == (shares / shares.sum(axis=0)).T).all()

    def test_another_seed_gives_other_weights(self):
        assert (sample_weights(3, draws=9, seed=1) != sample_weights(3, draws=9, seed=2)).any()

    def test_shares_are_these_whole_numbers_on_every_machine(self):
        shares = np.empty((4, BLOCK), np.uint32)
        spacings(stream(1, 0), shares)
        digest = hashlib.sha256(shares.astype("<u4").tobytes()).hexdigest()
        assert digest == "b72ca3c5d5001c4369cfb43e50d28273c24ac8e7d6dff67bd2a916e400ca7a5f"

    def test_the_first_draws_follow_from_the_stream_itself(self):
        """The recipe said in words, done slowly: two numbers from each 64 bits, row by row, sorted, differences."""
        shares = np.empty((4, BLOCK), np.uint32)
        spacings(stream(1, 0), shares)
        bits = [int(word) for word in stream(1, 0).bit_generator.random_raw(3 * BLOCK // 2)]
        numbers = [half for word in bits for half in (word & WHOLE, word >> 32)]
        for draw in (0, 1, BLOCK - 1):
            cuts = sorted(numbers[row * BLOCK + draw] for row in range(3))
            assert shares[:, draw].tolist() == [b - a for a, b in zip([0, *cuts], [*cuts, WHOLE], strict=True)]


class TestNetwork:
    @pytest.mark.parametrize("n", range(1, 11))
    def test_sorts_every_sequence_of_zeros_and_ones(self, n):
        """A network that sorts these sorts everything: Knuth, volume 3, theorem 5.3.4Z."""
        lists = np.array(list(product([0, 1], repeat=n)), np.uint8).T
        assert (np.array(sort_rows(lists.copy())) == np.sort(lists, axis=0)).all()

    @pytest.mark.parametrize("n", [19, 32, 45])
    def test_sorts_numbers(self, n):
        rows = np.random.default_rng(n).integers(0, 99, (n, 50))
        assert (np.array(sort_rows(rows.copy())) == np.sort(rows, axis=0)).all()

    def test_number_of_comparators(self):
        """Knuth, volume 3, section 5.3.4, table 1, row of merge exchange."""
        assert [len(comparators(n)) for n in range(1, 9)] == [0, 1, 3, 5, 9, 12, 16, 19]


class TestInformation:
    @pytest.mark.parametrize("key", KNOWN)
    def test_conditions_hold_and_the_rest_is_uniform(self, key):
        """Weights drawn without rejection have the moments of uniform weights that were rejected."""
        information = KNOWN[key]
        walls = np.array([wall.coefficients for wall in information.walls(ABC)])
        assert weight_sampler(ABC, information).how == "triangulated"
        weights = sample_weights(ABC, draws=100_000, information=information)
        assert (weights @ walls.T).min() > -1e-9
        free = sample_weights(ABC, draws=1_000_000, seed=2)
        kept = free[(free @ walls.T >= 0).all(axis=1)]
        for power in (1, 2):
            error = np.sqrt((weights**power).var(axis=0) / len(weights) + (kept**power).var(axis=0) / len(kept))
            assert (abs((weights**power).mean(axis=0) - (kept**power).mean(axis=0)) < 4 * error).all()

    def test_order_of_all_gives_the_rank_order_centroid(self):
        """Means 1/m sum of 1/k: Barron and Barrett, Management Science 42, 1996, equation 3."""
        weights = sample_weights("abcd", draws=200_000, information=WeightInformation(order=["abcd"]))
        np.testing.assert_allclose(weights.mean(axis=0), [25 / 48, 13 / 48, 7 / 48, 3 / 48], atol=1e-3)

    @pytest.mark.parametrize(
        ("information", "expected"),
        [
            (WeightInformation(bounds={"a": (0.4, 0.4)}), [0.4, 0.3, 0.3]),
            (WeightInformation(ratios={("a", "b"): (2, 2)}), [1 / 3, 1 / 6, 1 / 2]),
            (WeightInformation(conditions=[({"a": 1, "b": -1}, "=", 0.5)]), [0.625, 0.125, 0.25]),
            (WeightInformation(bounds={"a": (0.6, 1), "b": (0.4, 1)}), [0.6, 0.4, 0.0]),
            (WeightInformation(bounds={"a": (0.5, 0.5)}, ratios={("b", "c"): (4, 4)}), [0.5, 0.4, 0.1]),
        ],
    )
    def test_equalities_said_and_implied(self, information, expected):
        """Means of uniform weights on what an equality leaves: midpoints of segments, or the one point left."""
        weights = sample_weights(ABC, draws=100_000, information=information)
        np.testing.assert_allclose(weights.mean(axis=0), expected, atol=3e-3)

    def test_ten_bounded_criteria(self):
        names = [f"c{j}" for j in range(10)]
        information = WeightInformation(bounds=dict.fromkeys(names, (0.05, 0.2)))
        assert weight_sampler(names, information).how in ("triangulated", "rejection")
        weights = sample_weights(names, draws=20_000, information=information)
        assert weights.min() > 0.05 - 1e-9
        assert weights.max() < 0.2 + 1e-9
        np.testing.assert_allclose(weights.mean(axis=0), 0.1, atol=1.5e-3)

    def test_rejection_where_there_would_be_too_many_pieces(self):
        names = [f"c{j}" for j in range(9)]
        information = WeightInformation(bounds=dict.fromkeys(names, (0, 0.25)))
        assert weight_sampler(names, information).how == "rejection"
        weights = sample_weights(names, draws=20_000, information=information)
        assert weights.max() < 0.25 + 1e-9
        np.testing.assert_allclose(weights.mean(axis=0), 1 / 9, atol=2e-3)

    def test_conditions_that_are_always_true_change_nothing(self):
        information = WeightInformation(conditions=[({"a": 1, "b": 1, "c": 1}, ">=", 1)])
        assert weight_sampler(ABC, information).how == "uniform"

    def test_centre(self):
        """Dirichlet: mean c, variance c (1 - c) / (concentration + 1)."""
        centre = np.array([0.5, 0.3, 0.2])
        information = WeightInformation(centre=dict(zip(ABC, 10 * centre, strict=True)), concentration=24)
        weights = sample_weights(ABC, draws=100_000, information=information)
        variance = centre * (1 - centre) / 25
        np.testing.assert_allclose(weights.mean(axis=0), centre, atol=4 * np.sqrt(variance.max() / 1e5))
        np.testing.assert_allclose(weights.var(axis=0), variance, rtol=0.03)

    def test_centre_with_conditions(self):
        information = WeightInformation(centre={"a": 1, "b": 1, "c": 1}, order=[ABC])
        assert weight_sampler(ABC, information).how == "dirichlet, rejection"
        weights = sample_weights(ABC, draws=100_000, information=information)
        np.testing.assert_allclose(weights.mean(axis=0), [11 / 18, 5 / 18, 2 / 18], atol=4e-3)

    @pytest.mark.parametrize(
        ("information", "message"),
        [
            (
                WeightInformation(bounds={"a": (0.6, 1), "b": (0.5, 1)}, order=[("b", "c")]),
                "no weights meet a >= 0.6; b >= 0.5: loosen or leave out one of them",
            ),
            (
                WeightInformation(order=[("a", "b", "c")], bounds={"c": (0.35, 1)}, ratios={("a", "c"): (0.1, 9)}),
                "no weights meet a >= b; b >= c; c >= 0.35: loosen or leave out one of them",
            ),
            (
                WeightInformation(ratios={("a", "b"): (2, 3)}, conditions=[({"a": 1, "b": -1}, "<=", -0.1)]),
                "no weights meet a >= 2 b; 1 a - 1 b <= -0.1: loosen or leave out one of them",
            ),
            (
                WeightInformation(bounds={"a": (0.5, 0.2), "x": (0, 1)}),
                "criterion 'x' is unknown: write one of a, b, c\n"
                "a: the range from 0.5 to 0.2 is empty: write two numbers of 0 or more, the lower first",
            ),
            (
                WeightInformation(conditions=[({"a": 1}, "=>", 0.2)]),
                "relation '=>' is unknown (did you mean '='?): write one of >=, <=, =",
            ),
            (
                WeightInformation(centre={"a": 1, "b": 0}),
                "b: the centre is 0: write a number above 0 for every criterion\n"
                "c: the centre is None: write a number above 0 for every criterion",
            ),
            (
                WeightInformation(centre={"a": 1, "b": 1, "c": 1}, bounds={"a": (0.2, 0.2)}),
                "a centre cannot be combined with equalities: leave one of the two out",
            ),
            (
                WeightInformation(centre={"a": 1, "b": 1, "c": 98}, concentration=500, bounds={"a": (0.5, 1)}),
                "only 0 of 16384 draws meet the conditions: loosen them, or leave some out",
            ),
        ],
    )
    def test_faults_are_named(self, information, message):
        with pytest.raises(ProblemError) as caught:
            weight_sampler(ABC, information)
        assert str(caught.value) == message

    def test_draws_and_seed_are_checked(self):
        with pytest.raises(ProblemError) as caught:
            sample_weights(3, draws=0, seed=-1)
        assert len(caught.value.faults) == 2


class TestGroups:
    def test_group_weights_are_uniform_and_shared_out(self):
        groups = WeightGroups(groups=("x", "x", "y", "z"), shares=(3, 1, 5, 1))
        weights = sample_weights("abcd", draws=100_000, groups=groups)
        np.testing.assert_allclose(weights[:, 0], 3 * weights[:, 1], atol=1e-8)
        np.testing.assert_allclose(weights[:, [0, 2, 3]].mean(axis=0), [0.25, 1 / 3, 1 / 3], atol=3e-3)

    def test_shares_within_groups_can_be_drawn(self):
        """Given a group's weight, two members split it uniformly: the share's mean is 1/2 and its variance 1/12."""
        weights = sample_weights("abc", draws=100_000, groups=WeightGroups(groups=("x", "x", "y")))
        share = weights[:, 0] / (weights[:, 0] + weights[:, 1])
        assert share.mean() == pytest.approx(0.5, abs=4e-3)
        assert share.var() == pytest.approx(1 / 12, abs=1e-3)

    def test_information_is_about_groups(self):
        groups = WeightGroups(groups=("x", "y", "y"))
        weights = sample_weights(ABC, draws=1000, groups=groups, information=WeightInformation(order=[("y", "x")]))
        assert (weights[:, 1] + weights[:, 2] > weights[:, 0] - 1e-9).all()

    @pytest.mark.parametrize(
        ("groups", "message"),
        [
            (WeightGroups(groups=("x",)), "groups has 1 entries: give 3, one for each criterion"),
            (WeightGroups(groups="xxy", shares=(1, -1, 1)), "b: weight -1.0 is negative: write 0 or more"),
            (WeightGroups(groups="xxy", shares=(0, 0, 1)), "all weights are 0: give at least one above 0"),
        ],
    )
    def test_faults_are_named(self, groups, message):
        with pytest.raises(ProblemError) as caught:
            weight_sampler(ABC, None, groups)
        assert str(caught.value) == message
