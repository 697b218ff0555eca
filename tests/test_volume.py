"""Exact acceptability against closed forms, against a second way of measuring, and against draws."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from mcda import Problem, acceptability
from mcda.sensitivity.information import WeightInformation, settle
from mcda.sensitivity.regions import Region, above, simplex, upon
from mcda.sensitivity.volume import measure

CASES = {case["id"]: case for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]}
KNOWN = [
    None,
    WeightInformation(order=["abc"]),
    WeightInformation(order=["ab", "ac"], bounds={"c": (0.1, 1)}),
    WeightInformation(bounds={"a": (0.1, 0.5), "b": (0.2, 0.3)}),
    WeightInformation(ratios={("a", "b"): (1, 2)}),
    WeightInformation(bounds={"b": (0.3, 0.3)}),
    WeightInformation(conditions=[({"a": 1, "b": -2}, "=", 0)]),
]


def numbers(rows):
    return np.array([[float(Fraction(str(item))) for item in row] for row in rows])


def side(region, wall):
    """The part of a region above a wall, without what only touches it."""
    part = above(region, wall)
    return part if part.corners.shape[1] == region.corners.shape[1] else Region(region.corners[:0], np.zeros(0))


def cut(utilities, region):
    """The twin: halve simplices along every plane, then count on which side of the planes each piece lies."""
    n = len(utilities)
    whole = region.sizes.sum()
    ranks, wins, centres = np.zeros((n, n)), np.zeros((n, n)), []
    for i in range(n):
        pieces = [(region, 0)]
        for j in set(range(n)) - {i}:
            wall = utilities[j] - utilities[i]
            wins[j, i] = side(region, wall).sizes.sum() / whole
            pieces = [(side(p, sign * wall), count + (sign > 0)) for p, count in pieces for sign in (1, -1)]
            pieces = [(piece, count) for piece, count in pieces if len(piece.sizes)]
        for piece, count in pieces:
            ranks[i, count] += piece.sizes.sum() / whole
        firsts = [piece for piece, count in pieces if count == 0]
        moment = sum((piece.sizes[:, None] * piece.corners.mean(axis=1)).sum(axis=0) for piece in firsts)
        centres.append(moment / (ranks[i, 0] * whole) if ranks[i, 0] > 1e-9 else None)
    return ranks, wins, centres


@pytest.mark.parametrize("key", ["smaa-f01", "smaa-f02", "smaa-f03", "smaa-f04", "smaa-f05", "smaa-f06"])
def test_fixture(key):
    """Exact rational volumes of all orderings."""
    case = CASES[key]
    expected = case["expected"]
    information = WeightInformation(order=[("c1", "c2", "c3")]) if key == "smaa-f06" else None
    problem = Problem(numbers(case["inputs"]["utilities"]), case["inputs"]["types"])
    found = acceptability(problem, method="weighted_sum", normalization="none", information=information)
    assert found.exact
    np.testing.assert_allclose(found.rank_acceptability, numbers(expected["rank_acceptability_exact"]), atol=1e-12)
    np.testing.assert_allclose(found.pairwise_winning, expected["pairwise_winning_index"], atol=1e-9)
    for centre, exact in zip(found.central_weights, expected["central_weights_exact"], strict=True):
        if exact is None:
            assert centre is None
        else:
            np.testing.assert_allclose(centre, [float(Fraction(x)) for x in exact], atol=1e-12)


def test_fixture_f07_minmax_with_a_cost():
    case = CASES["smaa-f07"]
    problem = Problem(case["inputs"]["matrix"], case["inputs"]["types"])
    found = acceptability(problem, method="weighted_sum")
    assert found.normalization == "minmax"
    np.testing.assert_allclose(
        found.rank_acceptability, numbers(case["expected"]["rank_acceptability_exact"]), atol=1e-12
    )


def test_fixture_f08_simplex_not_normalized_uniforms():
    case = CASES["smaa-f08"]
    problem = Problem(numbers(case["inputs"]["utilities"]), [1, 1, 1])
    found = acceptability(problem, method="weighted_sum", normalization="none")
    np.testing.assert_allclose(found.first, [17 / 50, 17 / 50, 8 / 25], atol=1e-12)


def test_fixture_f11_equal_alternatives_share_their_ranks():
    problem = Problem(numbers(CASES["smaa-f11"]["inputs"]["utilities"]), [1, 1])
    found = acceptability(problem, method="weighted_sum", normalization="none")
    expected = [[0.25, 0.5, 0.25], [0.25, 0.5, 0.25], [0.5, 0, 0.5]]
    np.testing.assert_allclose(found.rank_acceptability, expected, atol=1e-12)
    assert found.pairwise_winning[0, 1] == found.pairwise_winning[1, 0] == 0


@pytest.mark.parametrize("m", [2, 3, 4, 5, 6])
def test_one_unit_vector_each(m):
    """By symmetry every alternative takes every rank equally often; the largest of m spacings has mean H_m / m."""
    found = measure(np.eye(m), np.zeros((0, m)), np.zeros((0, m)))
    np.testing.assert_allclose(found.ranks, 1 / m, atol=1e-12)
    assert found.centres[0][0] == pytest.approx(np.sum(1 / np.arange(1, m + 1)) / m, abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_cutting_into_simplices(seed):
    """Two ways that share nothing but the definition; coarse grids make many planes meet in one point."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, 7)), int(rng.integers(2, 5))
    utilities = rng.random((n, m)) if seed % 2 else rng.permutation(np.unique(rng.integers(0, 4, (n, m)) / 3, axis=0))
    found = measure(utilities, np.zeros((0, m)), np.zeros((0, m)))
    ranks, wins, centres = cut(utilities, simplex(m))
    np.testing.assert_allclose(found.ranks, ranks, atol=1e-11)
    np.testing.assert_allclose(found.wins, wins, atol=1e-11)
    for centre, expected in zip(found.centres, centres, strict=True):
        assert (centre is None) == (expected is None)
        if centre is not None:
            np.testing.assert_allclose(centre, expected, atol=1e-10)


@pytest.mark.parametrize("information", KNOWN)
def test_conditions_agree_with_cutting_into_simplices(information):
    utilities = np.array([[0.8, 0.3, 0.5], [0.2, 0.9, 0.4], [0.5, 0.5, 0.7], [0.4, 0.6, 0.6], [0.5, 0.45, 0.55]])
    conditions = settle(information, "abc")
    region = simplex(3)
    for wall in conditions.equalities:
        region = upon(region, wall)
    for wall in conditions.limits:
        region = above(region, wall)
    found = measure(utilities, conditions.limits, conditions.equalities)
    ranks, wins, _ = cut(utilities, region)
    np.testing.assert_allclose(found.ranks, ranks, atol=1e-11)
    np.testing.assert_allclose(found.wins, wins, atol=1e-11)


def test_alternatives_that_tie_only_where_the_weights_may_lie():
    """With w1 = w2, (1, 0) and (0, 1) always tie."""
    utilities = np.array([[1.0, 0, 0.2], [0, 1.0, 0.2], [0.4, 0.4, 0.9]])
    found = measure(utilities, np.zeros((0, 3)), np.array([[1.0, -1.0, 0]]))
    np.testing.assert_allclose(found.ranks[0], found.ranks[1], atol=1e-12)
    assert found.wins[0, 1] == found.wins[1, 0] == 0
    # w = (t, t, 1 - 2t): 0.2 + 0.6 t beats 0.9 - t where t > 7/16, of t from 0 to 1/2.
    np.testing.assert_allclose(found.ranks[2], [7 / 8, 0, 1 / 8], atol=1e-12)


@pytest.mark.parametrize(("n", "m", "seed"), [(5, 4, 0), (10, 6, 3)])
def test_ten_million_draws_lie_within_three_standard_errors(n, m, seed):
    problem = Problem(np.random.default_rng(seed).random((n, m)), ["max"] * m)
    exact = acceptability(problem, method="weighted_sum", exact=True)
    drawn = acceptability(problem, method="weighted_sum", exact=False, draws=10_000_000, details=False)
    share = exact.rank_acceptability
    error = np.sqrt(share * (1 - share) / 1e7)
    assert (np.abs(drawn.rank_acceptability - share) <= 3 * error + 1e-12).all()


def test_too_large_problems_are_drawn_and_say_so():
    problem = Problem(np.random.default_rng(0).random((11, 3)), ["max"] * 3)
    found = acceptability(problem, method="weighted_sum", draws=1000)
    assert not found.exact
    assert (found.sampling, found.draws) == ("uniform", 1000)


class TestRegions:
    def test_halves_have_the_volumes_of_their_shares(self):
        region = simplex(3)
        wall = np.array([1.0, -1.0, 0.0])
        assert above(region, wall).sizes.sum() == pytest.approx(0.5)
        assert above(above(region, wall), np.array([0.0, 1, -1])).sizes.sum() == pytest.approx(1 / 6)

    def test_a_chain_of_orders_stays_one_simplex(self):
        region = simplex(12)
        for j in range(11):
            region = above(region, np.eye(12)[j] - np.eye(12)[j + 1])
        assert region.corners.shape == (1, 12, 12)
        np.testing.assert_allclose(region.corners[0].sum(axis=1), 1)

    def test_a_wall_that_only_touches_leaves_a_face(self):
        region = above(simplex(3), np.array([0.0, -1.0, 0.0]))
        assert region.corners.shape == (1, 2, 3)

    def test_a_wall_beyond_leaves_nothing(self):
        assert not len(above(simplex(3), -np.ones(3)).sizes)

    def test_a_section_is_measured_once(self):
        """w1 = 1/2 w2 cuts the triangle in one segment, whichever side it is seen from."""
        region = upon(Region(np.eye(3)[None], np.ones(1)), np.array([1.0, -0.5, 0]))
        assert region.corners.shape == (1, 2, 3)
        np.testing.assert_allclose(np.sort(region.corners[0], axis=0), [[0, 0, 0], [1 / 3, 2 / 3, 1]], atol=1e-12)
