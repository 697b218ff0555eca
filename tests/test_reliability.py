"""Krippendorff's alpha: published examples, the definition taken slowly, and the krippendorff package."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import beta

import mcda
from mcda.engine.blocks import BLOCK, blocks, stream
from mcda.engine.reliability import LEVELS
from mcda.errors import NotApplicable, ProblemError

CASES = {case["id"]: case for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]}
WIKIPEDIA = CASES["kripp-f01"]["inputs"]["coders_by_units"]


def codings(seed, coders=3, units=15, values=5, missing=0.2):
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, values + 1, units)
    out = np.where(rng.random((coders, units)) < 0.6, truth, rng.integers(1, values + 1, (coders, units))).astype(float)
    out[rng.random((coders, units)) < missing] = np.nan
    return out


def slowly(ratings, level):
    """Krippendorff 2011, word for word, in fractions: coincidences of all ordered pairs within each unit."""
    units = [[Fraction(v) for v in column[~np.isnan(column)].tolist()] for column in np.asarray(ratings, float).T]
    units = [unit for unit in units if len(unit) >= 2]
    pairs = [(a, b, Fraction(1, len(unit) - 1)) for unit in units for a, b in permutations(unit, 2)]
    flat = sorted(value for unit in units for value in unit)
    count = {value: flat.count(value) for value in set(flat)}

    def square(c, k):
        if level == "nominal":
            return Fraction(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else Fraction(0)
        between = sum(count[g] for g in count if min(c, k) <= g <= max(c, k))
        return (between - Fraction(count[c] + count[k], 2)) ** 2

    n = len(flat)
    observed = sum(square(a, b) * share for a, b, share in pairs) / n
    expected = sum(count[c] * count[k] * square(c, k) for c in count for k in count) / Fraction(n * (n - 1))
    return 1 - observed / expected, observed, expected


class TestAlpha:
    @pytest.mark.parametrize(
        ("key", "level"),
        [(key, level) for key in ("kripp-f01", "kripp-f02") for level in LEVELS if level in CASES[key]["expected"]],
    )
    def test_fixtures(self, key, level):
        case = CASES[key]
        expected = case["expected"]
        found = mcda.krippendorff_alpha(case["inputs"]["coders_by_units"], level=level)
        assert found.value == pytest.approx(expected[level], abs=case["tolerance"]["abs"])
        assert found.value == pytest.approx(float(Fraction(expected[f"{level}_exact"])), abs=1e-12)
        if level in expected["published"]:
            assert found.value == pytest.approx(expected["published"][level], abs=0.0005)

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("seed", range(5))
    def test_definition(self, level, seed):
        ratings = codings(seed)
        alpha, observed, expected = slowly(ratings, level)
        found = mcda.krippendorff_alpha(ratings, level=level)
        assert found.value == pytest.approx(float(alpha), rel=1e-11, abs=1e-12)
        assert found.observed == pytest.approx(float(observed), rel=1e-11)
        assert found.expected == pytest.approx(float(expected), rel=1e-11)
        paired = (~np.isnan(ratings)).sum(axis=0)
        assert (found.units, found.pairable) == ((paired >= 2).sum(), paired[paired >= 2].sum())

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("seed", range(5))
    def test_krippendorff_package_agrees(self, level, seed):
        import krippendorff

        ratings = codings(seed, coders=4, units=30)
        expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)
        assert mcda.krippendorff_alpha(ratings, level=level).value == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize("level", LEVELS)
    def test_agreement_is_one(self, level):
        found = mcda.krippendorff_alpha([[1, 2, 3, None], [1, 2, 3, 4], [1, None, 3, None]], level=level)
        assert (found.value, found.observed, found.parting) == (1.0, 0.0, 0)

    @pytest.mark.parametrize("level", LEVELS)
    def test_order_of_coders_and_units_does_not_matter(self, level):
        ratings = codings(8)
        rng = np.random.default_rng(0)
        mixed = ratings[rng.permutation(3)][:, rng.permutation(15)]
        found = mcda.krippendorff_alpha(mixed, level=level).value
        assert found == pytest.approx(mcda.krippendorff_alpha(ratings, level=level).value, abs=1e-12)

    @pytest.mark.parametrize(
        ("level", "change"),
        [
            ("nominal", lambda x: (x * 3) % 7),
            ("ordinal", lambda x: np.exp(x)),
            ("interval", lambda x: 1e6 - 7 * x),
            ("ratio", lambda x: 1000 * x),
        ],
    )
    def test_what_each_level_leaves_alone(self, level, change):
        ratings = codings(9)
        found = mcda.krippendorff_alpha(change(ratings), level=level).value
        assert found == pytest.approx(mcda.krippendorff_alpha(ratings, level=level).value, abs=1e-12)

    @pytest.mark.parametrize("level", LEVELS)
    def test_no_variation_is_undefined_and_says_so(self, level):
        found = mcda.krippendorff_alpha(CASES["kripp-f03"]["inputs"]["coders_by_units"], level=level)
        assert (found.value, found.word) == (None, "engine.alpha_undefined")
        assert "alpha is undefined" in found.notes[0].text()

    @pytest.mark.parametrize(
        ("ratings", "word"),
        [
            (WIKIPEDIA, "engine.alpha_tentative"),
            ([[1, 2] * 5, [2, 1] * 5], "engine.alpha_unreliable"),
            ([[1, 2] * 5, [1, 2] * 5], "engine.alpha_reliable"),
            ([[1, 2, 1, 2, 1, 2, 1, 2, 1], [1, 2, 1, 2, 1, 2, 1, 2, 1]], "engine.alpha_few"),
            ([[1, 2, 1, 2], [2, 1, 2, 1]], "engine.alpha_few"),
        ],
    )
    def test_words(self, ratings, word):
        assert mcda.krippendorff_alpha(ratings).word == word

    @pytest.mark.parametrize(("units", "parting"), [(5, 0), (11, 0), (11, 2), (40, 7), (3, 3)])
    def test_most_parting_is_the_upper_end_of_clopper_and_pearson(self, units, parting):
        first = np.arange(units, dtype=float)
        second = np.where(np.arange(units) < parting, first + units, first)
        found = mcda.krippendorff_alpha([first, second])
        assert found.parting == parting
        expected = 1.0 if parting == units else beta.ppf(0.95, parting + 1, units - parting)
        assert found.most_parting() == pytest.approx(expected, abs=1e-12)

    def test_an_interval_without_spread_is_known(self):
        alike = [[1, 2, 3, 1, 2], [1, 2, 3, 1, 2]]
        assert mcda.alpha_interval(alike, draws=500).no_spread
        assert not mcda.alpha_interval([*alike[:1], [1, 2, 3, 1, 1]], draws=500).no_spread

    @pytest.mark.parametrize(
        ("ratings", "level", "error", "message"),
        [
            ([[1, None], [None, 2]], "nominal", NotApplicable, "ratings: no unit was rated by two coders"),
            ([[1, 2]], "nominal", NotApplicable, "ratings: no unit was rated by two coders"),
            ([1, 2], "nominal", ProblemError, "ratings: these are no ratings"),
            ([["a", "b"]], "nominal", ProblemError, "ratings: these are no ratings"),
            ([[1, -2], [1, 2]], "ratio", ProblemError, "coder 1, unit 2: -2.0 is no rating on this level"),
            ([[1, 2], [float("inf"), 2]], "nominal", ProblemError, "coder 2, unit 1: inf is no rating"),
            ([[1, 2], [1, 2]], "ordinal ", ProblemError, "level 'ordinal ' is unknown (did you mean 'ordinal'?)"),
        ],
    )
    def test_faults(self, ratings, level, error, message):
        with pytest.raises(error) as caught:
            mcda.krippendorff_alpha(ratings, level=level)
        assert str(caught.value).startswith(message)


class TestBlocks:
    def test_the_last_block_is_cut(self):
        assert [kept for _, kept in blocks(2 * BLOCK + 5, 1)] == [BLOCK, BLOCK, 5]

    def test_a_block_depends_on_seed_and_number_alone(self):
        third = [generator.random() for generator, _ in blocks(3 * BLOCK, 7)][2]
        assert third == stream(7, 2).random()
        assert len({third, stream(7, 1).random(), stream(8, 2).random()}) == 3


class TestInterval:
    @pytest.mark.parametrize("level", LEVELS)
    def test_a_slow_twin(self, level):
        """One draw: alpha of the units that the block's stream picks first."""
        ratings = codings(3, missing=0)
        picked = stream(4, 0).integers(0, 15, size=(BLOCK, 15))[0]
        found = mcda.alpha_interval(ratings, level=level, draws=1, seed=4)
        expected = mcda.krippendorff_alpha(ratings[:, picked], level=level).value
        assert (found.low, found.high) == (pytest.approx(expected), pytest.approx(expected))

    def test_holds_the_value_and_narrows_with_units(self):
        few, many = (codings(5, units=units, missing=0) for units in (20, 500))
        widths = []
        for ratings in (few, many):
            found = mcda.alpha_interval(ratings, level="ordinal", draws=2000)
            assert found.low < found.value < found.high
            widths.append(found.high - found.low)
        assert widths[1] == pytest.approx(widths[0] / 5, rel=0.4)

    def test_depends_on_the_seed_alone(self):
        one, same, other = (mcda.alpha_interval(WIKIPEDIA, draws=300, seed=seed) for seed in (1, 1, 2))
        assert one == same
        assert (one.low, one.high) != (other.low, other.high) or one.undefined != other.undefined

    def test_draws_without_variation_are_counted(self):
        found = mcda.alpha_interval([[1, 1, 1, 2], [1, 1, 1, 2]], draws=2000)
        share = 0.75**4 + 0.25**4
        assert found.undefined == pytest.approx(2000 * share, abs=4 * np.sqrt(2000 * share * (1 - share)))
        assert found.notes[-1].text() == f"{found.undefined} of 2000 draws held no variation and are left out."

    def test_undefined_where_alpha_is(self):
        found = mcda.alpha_interval(CASES["kripp-f03"]["inputs"]["coders_by_units"], draws=10)
        assert (found.value, found.low, found.high) == (None, None, None)
        assert len(found.notes) == 1

    def test_one_unit_is_too_few(self):
        found = mcda.alpha_interval([[1, None], [2, 2]], draws=10)
        assert (found.low, found.high) == (None, None)
        assert "too few to resample" in found.notes[0].text()

    @pytest.mark.parametrize(
        ("options", "message"), [({"draws": 0}, "draws: 0 will not do"), ({"covered": 1}, "covered: 1 is no share")]
    )
    def test_faults(self, options, message):
        with pytest.raises(ProblemError, match=message):
            mcda.alpha_interval(WIKIPEDIA, **options)
