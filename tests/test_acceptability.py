"""Acceptability against fixtures, closed forms and a slow twin that ranks every draw by itself."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from mcda import METHODS, Problem, acceptability, ranks, sample_weights
from mcda.engine.blocks import BLOCK, stream
from mcda.engine.methods import lookup, scorer
from mcda.errors import NotApplicable, ProblemError
from mcda.sensitivity import orders, simulation
from mcda.sensitivity.information import WeightInformation
from mcda.sensitivity.sampling import WeightGroups, weight_sampler
from mcda.sensitivity.scores import ScoreModel
from mcda.sensitivity.simulation import Question, vary_weights

CASES = {case["id"]: case for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]}
DRAWS = 200_000


def numbers(rows):
    return np.array([[float(Fraction(str(item))) for item in row] for row in rows])


def assert_within(found, expected, draws, errors=4.0):
    expected = np.asarray(expected, float)
    assert (np.abs(found - expected) <= errors * np.sqrt(expected * (1 - expected) / draws) + 1e-12).all()


def twin(score, weights, *, higher_is_better=True):
    """Rank draw by draw, and split ties by hand: acceptability, wins, favourable draws and their weights."""
    n, m = len(score(weights[0])), weights.shape[1]
    share, wins, first, sums = np.zeros((n, n)), np.zeros((n, n)), np.zeros(n), np.zeros((n, m))
    for row in weights:
        place = ranks(score(row) if higher_is_better else -score(row))
        for i in range(n):
            size = int((place == place[i]).sum())
            begin = int(place[i] - (size + 1) / 2)
            share[i, begin : begin + size] += 1 / size
            wins[i] += place[i] < place
            if begin == 0:
                first[i] += 1 / size
                sums[i] += row / size
    return share / len(weights), wins / len(weights), first, sums


def random_problem(n, m, seed, kind="random"):
    rng = np.random.default_rng(seed)
    values = rng.random((n, m)) + 0.2
    if kind == "grid":
        values = np.ceil(values * 4) / 4
    if kind == "copies" and n > 2:
        values[1], values[-1] = values[0], values[-2]
    return Problem(values, rng.choice(["max", "min"], m))


def assert_equal_to_twin(problem, found, weights, **chosen):
    score = scorer(problem, **chosen)
    higher = lookup(chosen["method"]).higher_is_better
    share, wins, first, sums = twin(lambda row: score(row[None])[0], weights, higher_is_better=higher)
    np.testing.assert_allclose(found.rank_acceptability, share, atol=1e-12)
    np.testing.assert_allclose(found.pairwise_winning, wins, atol=1e-12)
    for i, centre in enumerate(found.central_weights):
        assert (centre is None) == (first[i] < 100 - 1e-9)
        if centre is not None:
            np.testing.assert_allclose(centre, sums[i] / first[i], atol=1e-12)


class TestFixtures:
    @pytest.mark.parametrize("key", [f"smaa-f0{i}" for i in range(1, 8)])
    def test_weighted_sum_by_draws(self, key):
        case = CASES[key]
        inputs = case["inputs"]
        given = inputs["matrix"] if "matrix" in inputs else numbers(inputs["utilities"])
        problem = Problem(given, inputs["types"])
        found = acceptability(
            problem,
            method="weighted_sum",
            normalization="minmax" if "matrix" in inputs else "none",
            information=WeightInformation(order=[("c1", "c2", "c3")]) if key == "smaa-f06" else None,
            draws=DRAWS,
            exact=False,
        )
        expected = numbers(case["expected"]["rank_acceptability_exact"])
        assert_within(found.rank_acceptability, expected, DRAWS)
        for centre, exact in zip(found.central_weights, case["expected"]["central_weights"], strict=True):
            assert (centre is None) == (exact is None)
            if exact is not None:
                np.testing.assert_allclose(centre, exact, atol=0.01)

    def test_f08_uniform_on_the_simplex(self):
        case = CASES["smaa-f08"]
        problem = Problem(numbers(case["inputs"]["utilities"]), [1, 1, 1])
        found = acceptability(problem, method="weighted_sum", normalization="none", draws=DRAWS, exact=False)
        assert_within(found.first, case["expected"]["first_rank"], DRAWS)

    def test_f09_dirichlet(self):
        case = CASES["smaa-f09"]
        problem = Problem(numbers(case["inputs"]["utilities"]), [1, 1], criteria=["a", "b"])
        information = WeightInformation(centre={"a": 0.4, "b": 0.6}, concentration=5)
        found = acceptability(
            problem, method="weighted_sum", normalization="none", information=information, draws=DRAWS
        )
        assert found.sampling == "dirichlet"
        assert_within(found.first, case["expected"]["first_rank"], DRAWS)

    def test_f10_gaussian_scores(self):
        case = CASES["smaa-f10"]
        mean, spread = np.array(case["inputs"]["performance_mean"]), np.array(case["inputs"]["performance_sd"])
        half = 1.959963984540054 * spread
        model = ScoreModel(value=mean, low=mean - half, high=mean + half, distribution="normal")
        found = acceptability(
            Problem(mean, [1]), method="weighted_sum", normalization="none", vary="scores", scores=model, draws=DRAWS
        )
        assert_within(found.first, case["expected"]["first_rank"], DRAWS)
        assert found.sampling == "fixed"
        assert found.confidence == tuple(found.first)

    def test_f11_ties_are_split_evenly(self):
        problem = Problem(numbers(CASES["smaa-f11"]["inputs"]["utilities"]), [1, 1])
        found = acceptability(problem, method="weighted_sum", normalization="none", draws=DRAWS, exact=False)
        assert (found.counts[0] == found.counts[1]).all()
        assert found.per_draw == 2
        assert_within(found.first, CASES["smaa-f11"]["expected"]["first_rank_split"], DRAWS)

    @pytest.mark.parametrize("key", ["smaatopsis-f01", "smaatopsis-f02"])
    def test_topsis_on_two_criteria(self, key):
        """Lengths of the intervals between the roots at which two alternatives are equally close."""
        inputs, expected = CASES[key]["inputs"], CASES[key]["expected"]["rank_acceptability"]
        problem = Problem(inputs["matrix"], inputs["types"])
        found = acceptability(problem, normalization=inputs["normalization"], draws=DRAWS)
        assert_within(found.rank_acceptability, expected, DRAWS)

    def test_topsis_of_fighter_aircraft(self):
        """Hwang and Yoon 1981; shares of 10 million draws made elsewhere, so both errors count."""
        inputs = CASES["smaatopsis-f03"]["inputs"]
        found = acceptability(Problem(inputs["matrix"], inputs["types"]), draws=1_000_000)
        expected = CASES["smaatopsis-f03"]["expected"]["rank_acceptability_mc"]
        assert_within(found.rank_acceptability, expected, 1 / (1e-6 + 1e-7))


class TestTwin:
    @pytest.mark.parametrize("kind", ["random", "grid", "copies"])
    @pytest.mark.parametrize(("n", "m"), [(1, 3), (2, 1), (5, 4), (7, 3), (8, 4), (20, 6), (40, 3)])
    @pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
    def test_fast_screens(self, method, n, m, kind):
        """All ways of counting: numbered orders, a network, sorted rows; with ties and copies."""
        problem = random_problem(n, m, n + m, kind)
        found = acceptability(problem, method=method, draws=400, seed=5, exact=False)
        assert_equal_to_twin(problem, found, sample_weights(m, draws=400, seed=5), method=method)

    @pytest.mark.parametrize("kind", ["random", "copies"])
    @pytest.mark.parametrize("n", [130, 300])
    def test_more_alternatives_than_single_precision_or_one_byte_can_name(self, n, kind):
        problem = random_problem(n, 5, 3, kind)
        found = acceptability(problem, draws=25)
        assert_equal_to_twin(problem, found, sample_weights(5, draws=25), method="topsis")

    @pytest.mark.parametrize("method", METHODS)
    def test_every_method(self, method):
        problem = random_problem(5, 3, 1)
        try:
            found = acceptability(problem, method=method, draws=30, exact=False)
        except NotApplicable:
            pytest.skip("not defined on these values")
        assert_equal_to_twin(problem, found, sample_weights(3, draws=30), method=method)

    @pytest.mark.parametrize("n", [5, 12, 36])
    def test_draws_that_are_nearly_ties_fall_through_to_the_rule(self, n):
        """Pairs of alternatives a few rounding errors of single precision apart, or just beyond a tie."""
        rng = np.random.default_rng(n)
        steps = rng.choice([0, 1e-10, 1e-8, 1e-7, 1e-6], (n, 4)) * rng.random((n, 4))
        problem = Problem(np.repeat(rng.random((n, 4)), 2, axis=0)[:n] + steps, ["max"] * 4, scales=[[0, 1]] * 4)
        for method in ("topsis", "weighted_sum"):
            found = acceptability(problem, method=method, normalization="scale", draws=300, exact=False)
            weights = sample_weights(4, draws=300)
            assert_equal_to_twin(problem, found, weights, method=method, normalization="scale")

    def test_weights_that_leave_all_alternatives_alike(self):
        problem = Problem(np.c_[np.ones(9), np.arange(9.0)], ["max", "max"], criteria=["flat", "steep"])
        found = acceptability(problem, draws=500, information=WeightInformation(bounds={"flat": (1, 1)}))
        np.testing.assert_allclose(found.rank_acceptability, 1 / 9)

    @pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product"])
    @pytest.mark.parametrize("vary", ["scores", "both"])
    def test_uncertain_scores(self, method, vary):
        """The same draws, taken one by one: the whole problem is normalized and ranked anew each time."""
        rng = np.random.default_rng(4)
        value = rng.uniform(2, 3, (2, 4, 3))
        model = ScoreModel(value=value, low=value - 1, high=value + rng.random((2, 4, 3)))
        problem = Problem(model.adopted(), ["max", "min", "max"], [2, 1, 1])
        draws = 150
        found = acceptability(problem, method=method, vary=vary, scores=model, draws=draws, seed=3)
        generator, shares = stream(3, 0), np.empty((3, BLOCK), np.uint32)
        if vary == "both":
            weight_sampler("abc").draw(generator, shares)
            weights = (shares / shares.sum(axis=0)).T[:draws]
        else:
            weights = np.tile(problem.weights, (draws, 1))
        scores = [
            scorer(Problem(values, problem.directions), method=method)(row[None])[0]
            for values, row in zip(model.draw(generator, draws), weights, strict=True)
        ]
        share, wins, _, _ = twin(lambda row: scores[int(row.argmax())], np.eye(draws))
        np.testing.assert_allclose(found.rank_acceptability, share, atol=1e-12)
        np.testing.assert_allclose(found.pairwise_winning, wins, atol=1e-12)


PROBLEMS = {n: random_problem(n, 4, 11) for n in (5, 12, 40)}


class TestDeterminism:
    @pytest.mark.parametrize("n", PROBLEMS)
    def test_workers_change_nothing(self, n):
        draws = 3 * BLOCK + 100
        one, two, four = (acceptability(PROBLEMS[n], draws=draws, workers=w) for w in (1, 2, 4))
        for other in (two, four):
            assert (one.counts == other.counts).all()
            assert (one.pairwise_winning == other.pairwise_winning).all()
            assert repr(one.central_weights) == repr(other.central_weights)

    def test_workers_change_nothing_under_uncertain_scores(self):
        value = PROBLEMS[5].values
        model = ScoreModel(value=value, low=value - 0.2, high=value + 0.3)
        one, three = (
            acceptability(PROBLEMS[5], vary="both", scores=model, draws=2 * BLOCK + 9, workers=w) for w in (1, 3)
        )
        assert (one.counts == three.counts).all()
        assert one.confidence == three.confidence
        assert repr(one.central_weights) == repr(three.central_weights)

    @pytest.mark.parametrize("width", [64, 1000, 4096])
    @pytest.mark.parametrize("n", PROBLEMS)
    def test_the_width_of_a_tile_changes_nothing(self, n, width, monkeypatch):
        usual = acceptability(PROBLEMS[n], draws=20_000)
        make = orders.Orders.__init__

        def with_width(self, *given, **options):
            make(self, *given, **(options | {"width": min(width, options["width"])}))

        monkeypatch.setattr(orders.Orders, "__init__", with_width)
        other = acceptability(PROBLEMS[n], draws=20_000)
        assert (usual.counts == other.counts).all()
        assert (usual.pairwise_winning == other.pairwise_winning).all()
        assert repr(usual.central_weights) == repr(other.central_weights)

    def test_draws_of_scores_do_not_depend_on_how_many_are_made_at_once(self, monkeypatch):
        value = PROBLEMS[5].values
        model = ScoreModel(value=value, low=value - 0.2, high=value + 0.3)
        usual = acceptability(PROBLEMS[5], vary="both", scores=model, draws=5000)
        monkeypatch.setattr(simulation, "CELLS", 333)
        other = acceptability(PROBLEMS[5], vary="both", scores=model, draws=5000)
        assert (usual.counts == other.counts).all()
        assert usual.confidence == other.confidence

    @pytest.mark.parametrize("n", PROBLEMS)
    def test_precision_of_the_first_screen_changes_nothing(self, n, monkeypatch):
        usual = acceptability(PROBLEMS[n], draws=20_000)
        monkeypatch.setattr(simulation, "precisions", lambda *_: (False,))
        assert (acceptability(PROBLEMS[n], draws=20_000).counts == usual.counts).all()

    def test_fewer_draws_are_counted_in_more(self):
        few, many = (acceptability(PROBLEMS[5], draws=d).counts for d in (BLOCK + 5, 3 * BLOCK))
        assert (few <= many).all()

    def test_counts_are_these_on_every_machine(self):
        counts = [acceptability(problem, draws=50_000).counts for problem in PROBLEMS.values()]
        digest = hashlib.sha256(b"".join(each.astype("<i8").tobytes() for each in counts)).hexdigest()
        assert digest == "c95e900c9568444f7d9b97436c31632cd62e45c090b4ca9b9ce8795d575d033d"

    def test_memory_does_not_grow_with_draws(self):
        question = Question(PROBLEMS[5], "topsis", None, None)
        sampler, peaks = weight_sampler(question.problem.criteria), []
        for draws in (BLOCK, 2 * BLOCK, 40 * BLOCK):
            tracemalloc.start()
            vary_weights(question, sampler, draws=draws, workers=1)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[2] - peaks[1] < 100_000


class TestResult:
    PROBLEM = Problem([[9, 2], [4, 8], [7, 5]], ["max", "max"])

    def test_rows_and_columns_sum_to_one(self):
        found = acceptability(random_problem(9, 4, 2, "copies"), draws=5000)
        np.testing.assert_allclose(found.rank_acceptability.sum(axis=0), 1)
        np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)
        assert (found.counts.sum(axis=0) == 5000 * found.per_draw).all()

    def test_standard_error_is_that_of_a_share(self):
        found = acceptability(self.PROBLEM, draws=10_000)
        share = found.rank_acceptability
        np.testing.assert_allclose(found.standard_error, np.sqrt(share * (1 - share) / 10_000))

    def test_standard_error_is_borne_out_by_many_seeds(self):
        firsts = [acceptability(self.PROBLEM, draws=2000, seed=seed, details=False).first for seed in range(1, 101)]
        found = acceptability(self.PROBLEM, draws=2000)
        np.testing.assert_allclose(np.std(firsts, axis=0), found.standard_error[:, 0], rtol=0.25)

    @pytest.mark.parametrize(("error", "draws"), [(0.005, 10_000), (0.01, 2500), (0.5, 1), (0.003, 27_778)])
    def test_draws_follow_from_the_error(self, error, draws):
        found = acceptability(self.PROBLEM, error=error)
        assert found.draws == draws
        assert found.standard_error.max() <= error

    def test_central_weights_need_a_hundred_draws(self):
        """The third alternative is never first; with 150 draws one of the others has fewer than 100."""
        assert acceptability(self.PROBLEM, draws=10_000).central_weights[2] is not None
        few = acceptability(self.PROBLEM, draws=150)
        assert [centre is None for centre in few.central_weights] == (few.counts[:, 0] < 100).tolist()

    def test_holistic_acceptability(self):
        """(n - r) / n + 1 / n, 1 / r and the rank order centroid over its first: for n = 3."""
        for name, expected in (
            ("linear", [1, 2 / 3, 1 / 3]),
            ("inverse", [1, 1 / 2, 1 / 3]),
            ("centroid", [1, (1 / 2 + 1 / 3) / (11 / 6), (1 / 3) / (11 / 6)]),
            ([5, 3, 1], [5, 3, 1]),
        ):
            found = acceptability(self.PROBLEM, draws=1000, rank_weights=name)
            np.testing.assert_allclose(found.rank_weights, expected)
            np.testing.assert_allclose(found.holistic, found.rank_acceptability @ expected)

    def test_ranks_alone(self):
        found = acceptability(self.PROBLEM, draws=1000, details=False)
        assert found.central_weights == (None, None, None)
        assert found.pairwise_winning is None
        assert (found.counts == acceptability(self.PROBLEM, draws=1000).counts).all()

    def test_confidence_only_where_scores_are_uncertain(self):
        assert acceptability(self.PROBLEM, draws=1000).confidence is None

    def test_confidence_under_central_weights(self):
        """One criterion: the central weight is 1, so confidence is the share of draws of the scores that win."""
        model = ScoreModel(value=[[np.nan], [np.nan]], low=[[0.0], [0.5]], high=[[1.0], [1.5]])
        problem = Problem([[0.5], [1.0]], ["max"])
        found = acceptability(
            problem, method="weighted_sum", normalization="none", vary="both", scores=model, draws=DRAWS
        )
        # P(U(0, 1) > U(1/2, 3/2)) = 1/8
        assert_within(np.array(found.confidence), [1 / 8, 7 / 8], DRAWS)
        assert_within(found.first, [1 / 8, 7 / 8], DRAWS)

    def test_confidence_comes_from_draws_of_its_own(self):
        """Blocks from 2^31 on, whatever the blocks from 0 on gave the central weights."""
        value = np.array([[0.6, 0.3], [0.3, 0.7], [0.5, 0.5]])
        model = ScoreModel(value=value, low=value - 0.3, high=value + 0.2)
        chosen = {"method": "weighted_sum", "normalization": "none"}
        found = acceptability(Problem(value, ["max", "max"]), vary="both", scores=model, draws=400, seed=7, **chosen)
        drawn = model.draw(stream(7, 1 << 31), 400)
        for i, (centre, share) in enumerate(zip(found.central_weights, found.confidence, strict=True)):
            assert share == (None if centre is None else ((drawn @ centre).argmax(axis=1) == i).mean())

    def test_leaf_weights_alone(self):
        """Two leaves of one criterion: (1, 0) beats (0.4, 0.4) where the first leaf's share exceeds 0.4."""
        value = [[1.0, 0.0], [0.4, 0.4]]
        model = ScoreModel(value=value, low=value, high=value, criterion=[0, 0], draw_leaf_weights=True)
        found = acceptability(
            Problem([[0.5], [0.4]], ["max"]), method="weighted_sum", normalization="none", scores=model, draws=DRAWS
        )
        assert_within(found.first, [0.6, 0.4], DRAWS)
        assert found.confidence is None

    def test_groups_of_criteria(self):
        """Three leaves of one group against one of another: the group's weight is uniform whatever its leaves."""
        problem = Problem([[1, 1, 1, 0], [0, 0, 0, 1]], ["max"] * 4)
        groups = WeightGroups(groups=("x", "x", "x", "y"))
        found = acceptability(problem, method="weighted_sum", normalization="none", groups=groups, draws=DRAWS)
        assert_within(found.first, [0.5, 0.5], DRAWS)
        alone = acceptability(problem, method="weighted_sum", normalization="none")
        # P(w4 > 1/2) = (1/2)^3
        np.testing.assert_allclose(alone.first, [7 / 8, 1 / 8], atol=1e-12)

    def test_exact_on_demand(self):
        with pytest.raises(ProblemError, match="cannot be measured exactly"):
            acceptability(self.PROBLEM, exact=True)
        assert acceptability(self.PROBLEM, method="weighted_sum").exact
        assert acceptability(self.PROBLEM, method="promethee").exact
        assert not acceptability(self.PROBLEM, method="weighted_sum", exact=False).exact

    def test_ties_of_many_sizes_keep_whole_counts(self):
        """Ties of 2, 3 and 4: every draw is worth 12."""
        values = np.repeat([[0.0, 1], [1, 0], [0.5, 0.6]], [2, 3, 4], axis=0)
        found = acceptability(Problem(values, ["max", "max"]), draws=1000)
        assert found.per_draw == 12
        assert (found.counts.sum(axis=1) == 12_000).all()

    def test_whole_counts_beyond_64_bits(self):
        """Ties of as many alternatives as the first primes say would overflow: numbers of any size take over."""
        primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43]
        values = np.repeat(np.arange(14.0), primes)[:, None]
        found = acceptability(Problem(values, ["max"]), draws=1000, details=False)
        assert sum(found.counts[0]) == 1000 * found.per_draw > 2**63
        np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)


class TestFaults:
    PROBLEM = Problem([[9, 2], [4, 8], [7, 5]], ["max", "max"], criteria=["speed", "comfort"])

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"vary": "weight"}, "vary 'weight' is unknown (did you mean 'weights'?): write one of weights, scores"),
            ({"vary": "both"}, "vary 'both' needs to know what the scores may be: give scores"),
            ({"draws": 10, "error": 0.1}, "both draws and an error are given: leave one of them out"),
            ({"error": 0}, "0 is no standard error of a share: write a number above 0, at most 0.5"),
            ({"draws": 0}, "draws: 0 will not do: write a whole number of at least 1"),
            ({"workers": 0}, "workers: 0 will not do: write a whole number of at least 1"),
            ({"rank_weights": "borda"}, "rank_weights 'borda' is unknown: write one of linear, inverse, centroid"),
            ({"rank_weights": [1, 2]}, "rank_weights has 2 entries: give 3 numbers, one for each rank"),
            ({"method": "topsi"}, "method 'topsi' is unknown (did you mean 'topsis'?)"),
            (
                {"information": WeightInformation(order=[("speed", "comfort")], bounds={"comfort": (0.6, 1)})},
                "no weights meet speed >= comfort; comfort >= 0.6: loosen or leave out one of them",
            ),
            (
                {"vary": "both", "scores": ScoreModel(value=[[1.0]], low=[[1.0]], high=[[1.0]])},
                "the scores are for (1, 1) alternatives and criteria: give them for (3, 2)",
            ),
        ],
    )
    def test_named(self, options, message):
        with pytest.raises(ProblemError) as caught:
            acceptability(self.PROBLEM, **options)
        assert str(caught.value).startswith(message)

    def test_all_at_once(self):
        with pytest.raises(ProblemError) as caught:
            acceptability(self.PROBLEM, vary="score", workers=0, error=2, rank_weights="x")
        assert len(caught.value.faults) == 4
