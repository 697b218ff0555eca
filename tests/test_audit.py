"""The audit: every promise of every method held, every mark earned, and a broken kernel found out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import mcda
from mcda.engine.additive import weighted_sum
from mcda.engine.audit import LAWS
from mcda.engine.counterexamples import COUNTEREXAMPLES
from mcda.engine.methods import METHODS, prepare
from mcda.engine.published import PUBLISHED
from mcda.engine.trials import KINDS, trials
from mcda.words import say

PAIRS = [(method, law) for method in METHODS for law in LAWS]
MARKED = [(method, law) for method, law in PAIRS if not LAWS[law].promised(METHODS[method])]


@pytest.fixture(scope="module")
def tallies():
    return {(tally.method, tally.law): tally for tally in mcda.audit(trials=34, seed=7).tallies}


class TestTable:
    @pytest.mark.parametrize(("method", "law"), PAIRS)
    def test_promises_are_kept(self, tallies, method, law):
        tally = tallies[method, law]
        assert not (tally.promised and tally.violations), (tally.worst.kind, tally.worst.share, tally.worst.error)

    @pytest.mark.parametrize(("method", "law"), MARKED)
    def test_marks_are_earned(self, tallies, method, law):
        """A method is marked as breaking a law only where a problem shows it."""
        assert (method, law) in COUNTEREXAMPLES
        assert tallies[method, law].violations >= 1

    def test_counterexamples_are_of_marked_methods(self):
        assert COUNTEREXAMPLES.keys() == set(MARKED)

    @pytest.mark.parametrize("method", METHODS)
    def test_every_law_says_something_of_every_method(self, tallies, method):
        silent = {law for law in LAWS if tallies[method, law].trials == 0}
        assert silent <= {"mirror", "agreement", "published"}
        assert ("mirror" in silent) == (METHODS[method].mirror is None)
        assert ("published" in silent) == (method not in {example.method for example in PUBLISHED})

    def test_almost_every_method_has_a_published_example(self):
        assert METHODS.keys() - {example.method for example in PUBLISHED} == {"ahp", "balanced_spotis", "lopm", "rafsi"}


class TestPublished:
    @pytest.mark.parametrize("example", PUBLISHED, ids=[f"{item.method}: {item.source}" for item in PUBLISHED])
    def test_to_the_digits_printed(self, example):
        ready = prepare(METHODS[example.method], example.problem(), example.normalization, example.options)
        found = ready.scores(np.array([example.weights], float))[0]
        np.testing.assert_allclose(found, example.expected, rtol=0, atol=example.tolerance)

    @pytest.mark.parametrize("example", PUBLISHED, ids=[f"{item.method}: {item.source}" for item in PUBLISHED])
    def test_the_tolerance_is_half_a_digit_and_what_is_mended_differs_by_more(self, example):
        digits = max(len(f"{score!r}".partition(".")[2]) for score in map(float, example.scores))
        assert example.tolerance <= 0.5 * 10.0**-digits * (1 + 1e-9)
        assert bool(example.mended) == bool(example.reason)
        assert all(abs(score - example.scores[i]) > example.tolerance for i, score in example.mended.items())


class TestBelowZero:
    """Where values may be negative, three methods promise less: each on a problem by hand, all of benefits."""

    @pytest.mark.parametrize(
        ("method", "values", "weights", "cell", "better"),
        [
            ("topsis", [[1, -2, 0], [-3, 3, 0], [-4, -2, 3], [1, -1, -2]], [1, 4, 4], (2, 2), 8),
            ("edas", [[1, 5, 3], [4, -4, -2]], [4, 4, 2], (0, 1), 6),
        ],
    )
    def test_a_score_may_fall_as_a_value_improves(self, method, values, weights, cell, better):
        before, after = self.scores(method, values, weights, cell, better)
        assert after[cell[0]] < before[cell[0]]
        assert METHODS[method].from_zero

    @pytest.mark.parametrize(
        ("method", "values", "weights", "cell", "better"),
        [
            ("topsis", [[-4, 2, 3], [4, 1, 0], [2, 1, -2]], [5, 4, 4], (0, 2), 6),
            ("edas", [[3, -2, 5], [-1, 3, -2]], [4, 3, 3], (0, 2), 6),
            ("moora", [[-3, 2], [0, -1]], [4, 3], (0, 1), 4),
        ],
    )
    def test_a_place_may_be_lost_as_a_value_improves(self, method, values, weights, cell, better):
        before, after = self.scores(method, values, weights, cell, better)
        ahead = before[cell[0]] >= before - 1e-12
        assert (ahead & (after > after[cell[0]])).any()
        assert METHODS[method].from_zero

    @pytest.mark.parametrize("method", [key for key, entry in METHODS.items() if not entry.from_zero])
    def test_the_others_are_tried_there_and_know_no_sign(self, method):
        """On the trials of the kind ``negative`` the laws are not silent, or the method takes no such values."""
        for law in ("monotonicity", "rank"):
            for case in trials(method, law, 2 * len(KINDS), 1):
                if case.kind == "negative":
                    try:
                        assert not np.isnan(LAWS[law].check(method, METHODS[method], case))
                    except mcda.NotApplicable:
                        assert METHODS[method].demands

    @staticmethod
    def scores(method, values, weights, cell, better):
        changed = np.array(values, float)
        changed[cell] = better
        directions = [1] * len(weights)
        return [mcda.rank(mcda.Problem(each, directions, weights), method=method).scores for each in (values, changed)]


class TestCounterexamples:
    def test_topsis_passes_over_an_alternative_that_improves(self):
        """8 to 10 in the first criterion, all else unchanged, and the first place goes to the second alternative."""
        before = mcda.rank(mcda.Problem([[8, 17], [1, 20], [10, 3]], [1, 1], [1, 5]))
        after = mcda.rank(mcda.Problem([[10, 17], [1, 20], [10, 3]], [1, 1], [1, 5]))
        assert before.first() == ("a1",)
        assert after.first() == ("a2",)
        assert after.scores[0] > before.scores[0]

    @pytest.mark.parametrize("normalization", ["minmax", "linear", "scale"])
    def test_other_normalizations_keep_its_place(self, normalization):
        for value in (8, 10):
            problem = mcda.Problem([[value, 17], [1, 20], [10, 3]], [1, 1], [1, 5], scales=[[0, 10], [0, 20]])
            first = mcda.rank(problem, normalization=normalization)
            if value == 8:
                place = first.ranks[0]
        assert first.ranks[0] <= place


def mutated(method="weighted_sum", **changes):
    return mcda.audit(methods={method: replace(METHODS[method], **changes)}, trials=34)


def upside_down(values, directions, weights):
    return -weighted_sum(values, directions, weights)


def blas(values, directions, weights):
    """As a matrix product whose bits depend on how many weight vectors come at once."""
    return weighted_sum(values, directions, weights) * (1 + len(weights) * 2.0**-52)


def sorted_rows(values, directions, weights):
    """Give the scores in falling order, whatever the order of the alternatives."""
    return -np.sort(-weighted_sum(values, directions, weights), axis=1)


def jittered(values, directions, weights):
    """Give equal rows other bits."""
    return weighted_sum(values, directions, weights) + np.arange(len(values)) * 1e-14


def first_criterion(values, directions, weights):
    """Give the first criterion more than its weight."""
    return weighted_sum(values, directions, weights) + values[:, 0]


def nan(values, directions, weights):
    return weighted_sum(values, directions, weights) * np.nan


def failing(values, directions, weights):
    raise IndexError("a traceback")


def short(values, directions, weights):
    return weighted_sum(values, directions, weights)[:, :1]


class TestItCanFail:
    @pytest.mark.parametrize(
        ("kernel", "laws"),
        [
            (upside_down, {"dominance", "monotonicity", "rank", "agreement", "published"}),
            (blas, {"batch"}),
            (sorted_rows, {"dominance", "monotonicity", "order_of_alternatives", "agreement", "published"}),
            (jittered, {"ties"}),
            (first_criterion, {"order_of_criteria", "agreement"}),
            (nan, {"defined"}),
            (failing, {"defined", "dominance", "batch"}),
            (short, {"defined"}),
        ],
    )
    def test_a_broken_kernel_is_found_out(self, kernel, laws):
        broken = {tally.law for tally in mutated(kernel=kernel).broken}
        assert laws <= broken

    def test_small_mutations_of_formulas_are_found_out(self):
        def farther(values, directions, weights, *, distance):
            """Leave the square out of the weights of the distances."""
            return METHODS["topsis"].kernel(values, directions, np.sqrt(weights), distance=distance)

        def no_regret(values, directions, weights, *, v):
            return METHODS["vikor"].kernel(values, directions, weights, v=1.0)

        def adding_costs(values, directions, weights):
            return METHODS["copras"].kernel(values, np.abs(directions), weights)

        for method, kernel, law in (
            ("topsis", farther, "published"),
            ("vikor", no_regret, "published"),
            ("copras", adding_costs, "dominance"),
        ):
            assert law in {tally.law for tally in mutated(method, kernel=kernel).broken}

    @pytest.mark.parametrize(
        ("method", "change", "law"),
        [
            ("topsis", {"keeps_rank": True}, "rank"),
            ("probid", {"dominance": True}, "dominance"),
            ("codas", {"monotone": True}, "monotonicity"),
            ("weighted_sum", {"normalization": "none", "on_scales": None}, "units"),
            ("weighted_sum", {"normalization": "vector"}, "mirror"),
            ("vikor", {"higher_is_better": True}, "dominance"),
        ],
    )
    def test_a_false_promise_is_found_out(self, method, change, law):
        assert law in {tally.law for tally in mutated(method, **change).broken}

    def test_the_worst_trial_is_kept(self):
        tally = next(tally for tally in mutated(kernel=failing).broken if tally.law == "defined")
        assert tally.violations == tally.trials == 34
        assert tally.worst.share == np.inf
        assert tally.worst.error == "IndexError('a traceback')"
        assert isinstance(tally.worst.problem, mcda.Problem)


class TestResult:
    def test_rows_and_arrays(self):
        found = mcda.audit(methods=["topsis", "edas"], trials=17)
        assert found.methods == ("topsis", "edas")
        assert found.laws == tuple(LAWS)
        assert found.violations.shape == (2, len(LAWS))
        assert found.violations[0, found.laws.index("rank")] == 1
        rows = dict(found.rows())
        assert [tally.law for tally in rows["edas"]] == list(LAWS)
        assert found.broken == ()

    def test_a_trial_depends_on_the_seed_and_its_number_alone(self):
        few, many = (list(trials("edas", "ties", count, 3)) for count in (5, 20))
        for one, other in zip(few, many, strict=False):
            np.testing.assert_array_equal(one.problem.values, other.problem.values)
            assert (one.kind, one.cell, one.better) == (other.kind, other.cell, other.better)

    def test_hard_kinds_are_among_the_trials(self):
        drawn = {case.kind: case.problem.values for case in trials("edas", "ties", len(KINDS), 1)}
        assert drawn.keys() == KINDS.keys()
        assert len(drawn["single"]) == 1
        assert len(drawn["many"]) == 200
        assert drawn["wide"].min() < 1e-6
        assert drawn["wide"].max() > 1e6
        assert (drawn["alike"] == drawn["alike"][0]).all()
        assert (np.ptp(drawn["constant"], axis=0) == 0).any()
        assert len(np.unique(drawn["twice"], axis=0)) < len(drawn["twice"])

    @pytest.mark.parametrize("law", LAWS)
    def test_every_law_can_be_said(self, law):
        assert say(f"engine.law.{law}")

    def test_faults(self):
        with pytest.raises(mcda.ProblemError, match="method 'topsi' is unknown"):
            mcda.audit(methods=["topsi"])
        with pytest.raises(mcda.ProblemError, match="trials: 0 will not do"):
            mcda.audit(trials=0)
