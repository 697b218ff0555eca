"""Rank reversal: the published case of Belton and Gear, methods that cannot reverse, and findings redone by hand."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
from mcda.engine.methods import METHODS
from mcda.sensitivity.reversal import TESTS

# Without scales these take their ideal from outside the alternatives, or compare with nothing but fixed units.
FIXED = {
    "weighted_sum": {"normalization": "scale"},
    "weighted_product": {"normalization": "scale"},
    "topsis": {"normalization": "scale"},
    "spotis": {},
}


def some(seed, n=5, m=3):
    rng = np.random.default_rng(seed)
    return mcda.Problem(1 + 4 * rng.random((n, m)), rng.choice([-1, 1], m), 0.2 + rng.random(m), scales=[[0, 6]] * m)


def belton_and_gear():
    """Belton and Gear 1983: three alternatives, the second gets a copy; scores are shares of the column's sum."""
    return mcda.Problem([[1, 9, 8], [9, 1, 9], [1, 1, 1]], ["max"] * 3, alternatives=["A", "B", "C"])


def test_belton_and_gear_1983_a_copy_of_b_turns_a_and_b_round():
    problem = belton_and_gear()
    assert mcda.rank(problem, method="ahp", normalization="sum").first() == ("B",)  # .45 .47 .08
    found = mcda.rank_reversal(problem, method="ahp", normalization="sum")
    (clone,) = found.of("clone")
    assert clone.changed == ("B",)
    assert (clone.first_before, clone.first_after) == (("B",), ("A",))
    assert clone.reversed == (("B", "A"),)
    assert [finding.changed for finding in found.of("near_clone")] == [("B",)]
    ideal = mcda.rank_reversal(problem, method="ahp", normalization="linear")
    assert ideal.of("clone") == ()


@pytest.mark.parametrize("key", FIXED)
@pytest.mark.parametrize("seed", range(5))
def test_on_fixed_scales_sums_and_products_cannot_reverse(key, seed):
    found = mcda.rank_reversal(some(seed), method=key, **FIXED[key])
    if key != "topsis":  # its best and worst are those of the alternatives at hand
        assert found.findings == ()
    assert found.of("clone") == ()
    assert found.trials["drop"] == 5
    assert found.trials["pairs"] == found.trials["cycles"] == 10


@pytest.mark.parametrize("key", METHODS)
def test_every_method_is_tried_or_its_trials_are_skipped_with_a_reason(key):
    if METHODS[key].borrowed:
        pytest.importorskip("pymcdm")
    problem = some(3, n=6)
    try:
        mcda.rank(problem, method=key)
    except mcda.NotApplicable:
        pytest.skip("undefined on these values")
    found = mcda.rank_reversal(problem, method=key)
    tried = {test: found.trials[test] + sum(skip[0] == test for skip in found.skipped) for test in TESTS}
    assert (tried["drop"], tried["clone"], tried["near_clone"], tried["pairs"]) == (6, 6, 6, 15)
    assert tried["worsen"] > 0
    assert len(found.notes()) in (len(TESTS), len(TESTS) + 1)
    for finding in found.findings:
        assert finding.test in TESTS
        assert str(finding.changed)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_found_when_one_is_dropped_is_so(seed):
    problem = some(seed)
    found = mcda.rank_reversal(problem)
    before = dict(zip(problem.alternatives, mcda.rank(problem).ranks, strict=True))
    turned = {}
    for i, name in enumerate(problem.alternatives):
        kept = [j for j in range(5) if j != i]
        left = mcda.Problem(
            problem.values[kept],
            problem.directions.tolist(),
            problem.weights,
            alternatives=[problem.alternatives[j] for j in kept],
        )
        after = dict(zip(left.alternatives, mcda.rank(left).ranks, strict=True))
        pairs = {(a, b) for a in after for b in after if before[a] < before[b] and after[a] > after[b]}
        if pairs:
            turned[name] = pairs
    assert {finding.changed[0]: set(finding.reversed) for finding in found.of("drop")} == turned


def test_a_circle_is_found():
    # Three criteria of equal weight, each putting the three in another order: two by two, majorities go round.
    problem = mcda.Problem([[3, 1, 2], [2, 3, 1], [1, 2, 3]], ["max"] * 3)
    found = mcda.rank_reversal(problem, method="promethee")
    (circle,) = found.of("cycles")
    assert set(circle.changed) == {"a1", "a2", "a3"}
    a, b, c = circle.changed
    for first, second in ((a, b), (b, c), (c, a)):
        rows = [problem.alternatives.index(name) for name in (first, second)]
        assert mcda.rank(mcda.Problem(problem.values[rows], ["max"] * 3), method="promethee").first() == ("a1",)
    assert circle.reversed == ()  # the three tie in the whole ranking
    assert "1 of 1 triples" in str(found.notes()[-1])


def test_worsening_one_that_is_not_first_can_cost_the_first_its_place():
    changed = None
    for seed in range(60):
        problem = some(seed)
        found = mcda.rank_reversal(problem, method="promethee", step=0.3)
        if found.of("worsen"):
            changed = found.of("worsen")[0]
            break
    assert changed is not None
    i, j = problem.alternatives.index(changed.changed[0]), problem.criteria.index(changed.criterion)
    values, sign = problem.values.copy(), problem.directions[j]
    worst = values[:, j].min() if sign > 0 else values[:, j].max()
    moved = values[i, j] - sign * 0.3 * 6
    values[i, j] = max(moved, worst) if sign > 0 else min(moved, worst)
    after = mcda.rank(mcda.Problem(values, problem.directions.tolist(), problem.weights), method="promethee")
    assert after.first() == changed.first_after
    assert mcda.rank(problem, method="promethee").first() == changed.first_before != changed.first_after


def test_one_alternative_two_alternatives_and_equal_ones():
    alone = mcda.rank_reversal(mcda.Problem([[1, 2]], ["max", "max"]))
    assert alone.findings == ()
    assert alone.trials["drop"] == 0
    two = mcda.rank_reversal(mcda.Problem([[1, 2], [2, 3]], ["max", "max"]))
    assert two.trials["pairs"] == 1
    alike = mcda.rank_reversal(mcda.Problem([[1, 2], [1, 2], [1, 2]], ["max", "max"]))
    assert alike.findings == ()
    assert alike.trials["worsen"] == 0
    named = mcda.Problem([[1, 2], [2, 1]], ["max", "max"], alternatives=["a", "a'"])
    assert mcda.rank_reversal(named).trials["clone"] == 2


def test_triples_with_a_pair_that_could_not_be_ranked_are_not_counted():
    """EDAS divides by the average of a criterion, which is 0 for the first two: 1 pair of 6, 2 triples of 4."""
    problem = mcda.Problem([[1, 1], [-1, 2], [3, 3], [4, 1]], ["max", "max"])
    found = mcda.rank_reversal(problem, method="edas")
    skipped = {changed for test, changed, _ in found.skipped if test == "pairs"}
    assert skipped == {("a1", "a2")}
    assert (found.trials["pairs"], found.trials["cycles"]) == (5, 2)
