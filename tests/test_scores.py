"""Uncertain scores: codings, ranges, distributions, and the way from leaves to criteria."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from mcda.engine.blocks import stream
from mcda.errors import ProblemError
from mcda.sensitivity.quantiles import normal, pert, triangular
from mcda.sensitivity.scores import ScoreModel

UNIFORM = np.concatenate([10.0 ** -np.arange(1, 16), np.linspace(0.001, 0.999, 999), 1 - 10.0 ** -np.arange(3, 12)])
NONE = np.nan


def one_cell(distribution="triangular", value=3.0, low=1.0, high=5.0):
    return ScoreModel(value=[[value]], low=[[low]], high=[[high]], distribution=distribution)


class TestQuantiles:
    """Against scipy.stats."""

    @pytest.mark.parametrize("mode", [0.0, 0.2, 0.5, 0.9, 1.0])
    def test_triangular(self, mode):
        np.testing.assert_allclose(triangular(UNIFORM, np.array(mode)), stats.triang.ppf(UNIFORM, mode), atol=1e-12)

    def test_normal(self):
        np.testing.assert_allclose(normal(UNIFORM), stats.norm.ppf(UNIFORM), rtol=1e-14, atol=1e-15)
        assert np.isfinite(normal(np.array([0.0, 1 - 2.0**-53]))).all()

    @pytest.mark.parametrize("mode", [0.0, 0.2, 0.5, 0.9, 1.0])
    def test_pert(self, mode):
        shape = 1 + 4 * mode, 5 - 4 * mode
        np.testing.assert_allclose(stats.beta.cdf(pert(UNIFORM, mode), *shape), UNIFORM, atol=1e-6)


class TestDraws:
    def test_a_number_chooses_the_coding_and_then_the_value(self):
        """Three codings: below 1/3 the first, and so on; the middle of each third is the middle of its distribution."""
        value, low, high = [[[2.0]], [[NONE]], [[9.0]]], [[[1.0]], [[4.0]], [[8.0]]], [[[3.0]], [[6.0]], [[10.0]]]
        model = ScoreModel(value=value, low=low, high=high)
        found = model.values(np.array([1 / 6, 1 / 2, 5 / 6]).reshape(3, 1, 1))
        np.testing.assert_allclose(found.ravel(), [2, 5, 9], atol=1e-12)

    def test_codings_keep_their_own_ranges(self):
        """Nothing falls between the ranges of two codings that do not meet."""
        model = ScoreModel(value=[[[1.0]], [[9.0]]], low=[[[0.0]], [[8.0]]], high=[[[2.0]], [[10.0]]])
        drawn = model.draw(stream(1, 0), 20_000).ravel()
        assert not ((drawn > 2) & (drawn < 8)).any()
        assert (drawn < 5).mean() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(20_000))

    def test_codings_that_say_nothing_are_passed_over(self):
        model = ScoreModel(value=[[[NONE]], [[4.0]]], low=[[[NONE]], [[4.0]]], high=[[[NONE]], [[4.0]]])
        assert (model.draw(stream(1, 0), 50) == 4).all()

    @pytest.mark.parametrize(
        ("distribution", "mean", "variance"),
        [
            ("triangular", (1 + 4 + 5) / 3, (1 + 16 + 25 - 4 - 5 - 20) / 18),
            ("uniform", 3.0, 16 / 12),
            ("pert", (1 + 16 + 5) / 6, (22 / 6 - 1) * (5 - 22 / 6) / 7),
            ("normal", 4.0, (4 / 3.919927969080108) ** 2),
        ],
    )
    def test_moments(self, distribution, mean, variance):
        """Range 1 to 5, value 4: closed forms; PERT after Malcolm and others 1959, variance (m - a)(b - m) / 7."""
        drawn = one_cell(distribution, value=4.0).draw(stream(2, 0), 200_000)
        assert drawn.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / 200_000))
        assert drawn.var() == pytest.approx(variance, rel=0.02)

    @pytest.mark.parametrize("distribution", ["triangular", "uniform", "pert", "normal"])
    def test_a_range_without_a_value_is_uniform(self, distribution):
        drawn = one_cell(distribution, value=NONE).draw(stream(2, 0), 20_000)
        assert stats.kstest(drawn.ravel(), "uniform", args=(1, 4)).pvalue > 1e-3

    @pytest.mark.parametrize("distribution", ["triangular", "uniform", "pert", "normal"])
    def test_a_single_point_stays_put(self, distribution):
        assert (one_cell(distribution, value=2.0, low=2.0, high=2.0).draw(stream(1, 0), 9) == 2).all()

    def test_cells_are_independent(self):
        zeros, ones = np.zeros((2, 3)), np.ones((2, 3))
        drawn = ScoreModel(value=ones / 2, low=zeros, high=ones).draw(stream(1, 0), 50_000).reshape(-1, 6)
        correlation = np.corrcoef(drawn.T) - np.eye(6)
        assert np.abs(correlation).max() < 4.5 / np.sqrt(50_000)

    def test_adopted_value_is_the_median_of_values_or_else_of_midpoints(self):
        value = [[[1.0, NONE]], [[4.0, NONE]], [[NONE, NONE]]]
        low, high = [[[0.0, 0]], [[3.0, 2]], [[0.0, 10]]], [[[2.0, 4]], [[5.0, 6]], [[9.0, 90]]]
        np.testing.assert_allclose(ScoreModel(value=value, low=low, high=high).adopted(), [[2.5, 4.0]])


class TestCriteria:
    MODEL = ScoreModel(
        value=np.zeros((1, 3)),
        low=np.zeros((1, 3)),
        high=np.ones((1, 3)),
        criterion=[0, 0, 1],
        scales=[[1, 5], [0, 30], [0, 99]],
        leaf_weights=[3, 1, 1],
        logarithmic=[False, False, True],
    )

    def test_weighted_means_on_the_common_scale(self):
        found = self.MODEL.criteria_values(np.array([[[3.0, 15.0, 9.0]], [[5.0, 60.0, 0.0]]]))
        np.testing.assert_allclose(found, [[[0.5, 0.5]], [[(3 + 2) / 4, 0.0]]], atol=1e-15)

    def test_drawn_leaf_weights_stand_in(self):
        found = self.MODEL.criteria_values(np.array([[[5.0, 0.0, 0.0]]] * 2), np.array([[0.2, 0.8, 1], [1.0, 0.0, 1]]))
        np.testing.assert_allclose(found[:, 0, 0], [0.2, 1.0])

    def test_leaves_that_are_the_criteria_pass_through(self):
        values = np.random.default_rng(0).random((4, 3, 2))
        model = ScoreModel(value=values[0], low=values[0], high=values[0])
        assert (model.criteria_values(values) == values).all()


class TestFaults:
    FIRST = "coding 1, alternative 1, leaf 1: "
    NEEDED = "write numbers that do, low first"

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"value": [[6.0]]}, f"{FIRST}the range from 1.0 to 5.0 does not hold 6.0: {NEEDED}"),
            ({"low": [[7.0]]}, f"{FIRST}the range from 7.0 to 5.0 does not hold 3.0: {NEEDED}"),
            ({"high": [[np.inf]]}, f"{FIRST}the range from 1.0 to inf does not hold 3.0: {NEEDED}"),
            (
                {"value": [[NONE]], "low": [[NONE]], "high": [[NONE]]},
                "alternative 1, leaf 1: no coding says anything of this cell: give at least one range",
            ),
            ({"distribution": "t"}, "distribution 't' is unknown: write one of triangular, uniform, pert, normal"),
            ({"criterion": [1]}, "the leaves belong to criteria [1]: number the criteria from 0, each with a leaf"),
            (
                {"leaf_weights": [0.0]},
                "weights [0.0] of the leaves of criterion 1 will not do: give numbers of 0 or more, one of them above 0",
            ),
            ({"scales": [[2, 2]]}, "the scale of a leaf is empty: write two numbers, the lower first"),
            ({"scales": [2, 2]}, "scales has (2,) entries: give (1, 2), one for each leaf"),
            (
                {"low": [[1.0, 2.0]]},
                "values, lows and highs have shapes [(1, 1, 1), (1, 1, 2)]: give each as codings, alternatives, leaves",
            ),
        ],
    )
    def test_named(self, change, message):
        with pytest.raises(ProblemError) as caught:
            ScoreModel(**({"value": [[3.0]], "low": [[1.0]], "high": [[5.0]]} | change))
        assert str(caught.value) == message
