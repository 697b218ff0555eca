"""Normalizations: closed forms, what they refuse, and what they must not depend on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.normalize import LANES, UNITS, extremes, normalize, stretch

CASE = next(
    case
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["topic"] == "normalization"
)
VALUES = np.array([[2.0, 3.0], [4.0, 6.0], [8.0, 12.0]])
SCALES = [[0, 10], [2, 12]]
# By hand, for a benefit [2, 4, 8] and a cost [3, 6, 12].
FORMS = {
    "vector": [np.array([2, 4, 8]) / np.sqrt(84), 1 - np.array([3, 6, 12]) / np.sqrt(189)],
    "minmax": [[0, 1 / 3, 1], [1, 2 / 3, 0]],
    "max": [[1 / 4, 1 / 2, 1], [3 / 4, 1 / 2, 0]],
    "sum": [[1 / 7, 2 / 7, 4 / 7], [4 / 7, 2 / 7, 1 / 7]],
    "linear": [[1 / 4, 1 / 2, 1], [1, 1 / 2, 1 / 4]],
    "logarithmic": [
        np.log([2, 4, 8]) / np.log(64),
        (1 - np.log([3, 6, 12]) / np.log(216)) / 2,
    ],
    "zscore": [np.array([-8, -2, 10]) / np.sqrt(56), np.array([4, 1, -5]) / np.sqrt(14)],
    "scale": [[0.2, 0.4, 0.8], [0.9, 0.6, 0.0]],
    "none": [[2, 4, 8], [-3, -6, -12]],
}


def problem(values=VALUES, directions=(1, -1), key=""):
    return mcda.Problem(values, list(directions), scales=SCALES if key == "scale" else None)


def test_every_normalization_has_its_closed_form_here():
    assert FORMS.keys() == mcda.NORMALIZATIONS.keys()


@pytest.mark.parametrize("key", FORMS)
def test_closed_form(key):
    np.testing.assert_allclose(mcda.normalize(problem(key=key), key), np.transpose(FORMS[key]), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("key", FORMS)
def test_more_is_better_in_every_column(key):
    utilities = mcda.normalize(problem(key=key), key)
    assert (np.diff(utilities[:, 0]) > 0).all()
    assert (np.diff(utilities[:, 1]) < 0).all()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("values", [np.full((3, 2), 0.1), np.full((1, 2), 1.0), np.full((4, 2), 0.3)])
def test_a_constant_column_is_constant_and_finite(key, values):
    larger = values * 10 if key == "logarithmic" else values  # it needs a product above 1
    utilities = mcda.normalize(problem(larger, key=key), key)
    assert np.isfinite(utilities).all()
    assert (utilities == utilities[0]).all()


@pytest.mark.parametrize("key", ["vector", "minmax", "max", "sum", "linear", "zscore"])
def test_units_do_not_matter(key):
    found = mcda.normalize(problem(VALUES * [1e-9, 1e12]), key)
    np.testing.assert_allclose(found, mcda.normalize(problem(), key), rtol=1e-12)


@pytest.mark.parametrize("key", ["minmax", "max", "sum", "linear", "logarithmic"])
def test_pymcdm_agrees_on_positive_values(key):
    from pymcdm.helpers import normalize_matrix

    values = np.random.default_rng(1).uniform(2, 9, (6, 4))
    directions = [1, -1, -1, 1]
    np.testing.assert_allclose(
        mcda.normalize(problem(values, directions), key), normalize_matrix(values, key, directions), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("key", "values", "message"),
    [
        ("max", [[1, -2], [3, 4]], "max needs values of 0 or more in criterion 'c2', but 'a1' has -2.0"),
        ("sum", [[-1, 2], [3, 4]], "sum needs values of 0 or more in criterion 'c1', but 'a1' has -1.0"),
        ("sum", [[1, 2], [3, 0]], "sum needs values above 0 in criterion 'c2', but 'a2' has 0.0"),
        ("linear", [[1, 0], [3, 1]], "linear needs values above 0 in criterion 'c2', but 'a1' has 0.0"),
        ("logarithmic", [[0, 2], [3, 4]], "logarithmic needs values above 0 in criterion 'c1', but 'a1' has 0.0"),
        ("logarithmic", [[0.5, 2], [0.9, 4]], "needs values in criterion 'c1' whose product is above 1"),
        ("scale", [[1, 2]], "no scale is declared for criterion 'c1'"),
    ],
)
def test_refusals_name_the_cell(key, values, message):
    with pytest.raises(mcda.NotApplicable, match=message):
        mcda.normalize(problem(values), key)


def test_an_unknown_normalization_is_the_callers_fault():
    with pytest.raises(mcda.ProblemError, match=r"'vectr' is unknown \(did you mean 'vector'\?\)") as caught:
        mcda.normalize(problem(), "vectr")
    assert not isinstance(caught.value, mcda.NotApplicable)


def test_a_zero_benefit_is_harmless_for_shares_trap_f13():
    inputs = CASE["inputs"]
    found = mcda.rank(
        mcda.Problem(inputs["matrix"], inputs["types"], inputs["weights"]), method="weighted_sum", normalization="sum"
    )
    np.testing.assert_allclose(found.scores, CASE["expected"]["scores"], atol=CASE["tolerance"]["abs"])


@pytest.mark.parametrize("key", ["sum", "linear"])
def test_on_declared_scales_a_cost_counts_as_one_minus_itself(key):
    ratings = mcda.Problem([[0.2, 0.0], [0.8, 0.5]], [1, -1], scales=[[0, 1], [0, 1]])
    turned = mcda.Problem([[0.2, 1.0], [0.8, 0.5]], [1, 1])
    np.testing.assert_allclose(mcda.normalize(ratings, key), mcda.normalize(turned, key))


def test_declared_scales_know_nothing_of_the_other_alternatives():
    utilities = mcda.normalize(problem(key="scale"), "scale")
    np.testing.assert_array_equal(mcda.normalize(problem(VALUES[:2], key="scale"), "scale"), utilities[:2])


def test_values_beyond_a_declared_scale_are_not_clamped():
    np.testing.assert_allclose(mcda.normalize(problem([[12.0, 1.0]], key="scale"), "scale"), [[1.2, 1.1]])


@pytest.mark.parametrize("size", [1e-200, 1e-12, 1e12, 1e200])
def test_the_norm_of_huge_and_tiny_values(size):
    found = mcda.normalize(mcda.Problem([[3 * size], [4 * size]], [1]), "vector")
    np.testing.assert_allclose(found, [[0.6], [0.8]], rtol=1e-15)


@pytest.mark.parametrize("key", mcda.NORMALIZATIONS)
def test_stretch_says_what_the_normalization_does_to_differences(key):
    given = problem(key=key)
    factors = stretch(given, key)
    if key not in UNITS:
        assert factors is None
        return
    utilities = mcda.normalize(given, key)
    np.testing.assert_allclose((VALUES - VALUES[0]) * factors, utilities - utilities[0], atol=1e-15)


def test_stretch_of_a_constant_column_is_nothing():
    assert stretch(problem([[1, 5], [2, 5]]), "minmax").tolist() == [1.0, 0.0]


@pytest.mark.parametrize("count", [1, 63, 64, 79, LANES, 1000, 16 * LANES, 16 * LANES + 77, 40 * LANES - 1])
def test_extremes_of_tall_matrices(count):
    values = np.random.default_rng(count).normal(size=(count, 3))
    for given in (values, np.asfortranarray(values)):
        low, high = extremes(given)
        np.testing.assert_array_equal(low, values.min(axis=0))
        np.testing.assert_array_equal(high, values.max(axis=0))


def test_ratings_that_start_above_0_keep_their_own_unit_where_shares_are_taken() -> None:
    values, scales = [[2.0, 3.0, 4.0], [4.0, 5.0, 1.0]], [[1.0, 5.0], [1.0, 5.0], [0.0, 8.0]]
    problem = mcda.Problem(values, ["benefit", "cost", "cost"], scales=scales)
    # Of a cost from 1 to 5 the reciprocal exists; one from 0 to 8 is reflected: 1 - 4/8 and 1 - 1/8.
    expected = {"linear": [[1 / 2, 1, 4 / 7], [1, 3 / 5, 1]], "sum": [[1 / 3, 5 / 8, 4 / 11], [2 / 3, 3 / 8, 7 / 11]]}
    for key, utilities in expected.items():
        assert normalize(problem, key) == pytest.approx(np.array(utilities), abs=1e-12)
    bare = mcda.Problem([row[:2] for row in values], ["benefit", "cost"])
    for key in expected:
        assert (normalize(problem, key)[:, :2] == normalize(bare, key)).all()
    # COPRAS takes shares as well, and turns a cost by itself.
    scaled = mcda.Problem(bare.values, ["benefit", "cost"], scales=scales[:2])
    copras = [mcda.rank(each, method="copras").scores.tolist() for each in (bare, scaled)]
    assert copras[0] == copras[1]
