"""Rank reversals: published and hand-made ones are found, and a method that can have none has none."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest

from mcda.engine.methods import METHODS, rank
from mcda.engine.problem import Array, Problem
from mcda.sensitivity.reversal import TESTS, RankReversal, Reversal, rank_reversal


def only_finding(found: RankReversal, test: str) -> Reversal:
    (finding,) = found.of(test)
    return finding


def closeness(rows: Array) -> Array:
    """TOPSIS with the vector norm and equal weights, all criteria benefits, written out."""
    shares = rows / np.sqrt((rows**2).sum(axis=0))
    far = np.sqrt(((shares - shares.min(axis=0)) ** 2).sum(axis=1))
    near = np.sqrt(((shares.max(axis=0) - shares) ** 2).sum(axis=1))
    closest: Array = far / (far + near)
    return closest


def test_belton_gear_1983_a_copy_of_b_puts_a_before_it() -> None:
    """Three alternatives under three equal criteria, priorities from judgements: A .45, B .47, C .08.

    With a copy of B they are .37, .29, .06 and .29 [Belton and Gear 1983].
    """
    problem = Problem([[1, 9, 8], [9, 1, 9], [1, 1, 1]], ["max"] * 3, alternatives="abc")
    now = rank(problem, method="weighted_sum", normalization="sum")
    assert now.scores == pytest.approx([0.45, 0.47, 0.08], abs=5e-3)
    finding = only_finding(rank_reversal(problem, method="weighted_sum", normalization="sum"), "clone")
    assert finding.changed == ("b",)
    assert (finding.first_before, finding.first_after) == (("b",), ("a",))
    assert finding.reversed == (("b", "a"),)


def test_saaty_ideal_mode_keeps_the_order_when_b_is_copied() -> None:
    """A copy does not move the best value of a column, which is all that the ideal mode divides by."""
    problem = Problem([[1, 9, 8], [9, 1, 9], [1, 1, 1]], ["max"] * 3, alternatives="abc")
    assert not rank_reversal(problem, method="ahp").of("clone")


def test_topsis_turns_two_when_a_third_is_dropped_by_hand() -> None:
    """Columns (4 6 2) and (5 4 9). With b the squared norms are 56 and 122.

    Distances from worst and best: a 0.2822 and 0.4501, closeness 0.3854; c 0.4527 and 0.5345, closeness 0.4586. Without
    b a is ahead by 2 / sqrt(20) = 0.447 on the first, and c by 4 / sqrt(106) = 0.389 on the second.
    """
    problem = Problem([[4, 5], [6, 4], [2, 9]], ["max", "max"], alternatives="abc")
    scores = rank(problem).scores
    assert scores[[0, 2]] == pytest.approx([0.2822 / 0.7323, 0.4527 / 0.9872], abs=1e-4)
    finding = only_finding(rank_reversal(problem), "drop")
    assert finding.changed == ("b",)
    assert (finding.first_before, finding.first_after) == (("c",), ("a",))
    assert finding.reversed == (("c", "a"),)
    # b, which was dropped, was first: c and a are compared among those that remain.
    assert rank(problem).first() == ("b",)


def test_minmax_turns_two_when_a_third_is_dropped_by_hand() -> None:
    """With c the ranges are 9 and 5: a = .4 0 + .6 1 = .6, b = .4/3 + .6 (4/5) = .613. Without c: a .6, b .4."""
    problem = Problem([[1, 5], [4, 4], [10, 0]], ["max", "max"], [4, 6], alternatives="abc")
    assert rank(problem, method="weighted_sum").scores == pytest.approx([0.6, 0.4 / 3 + 0.48, 0.4])
    finding = only_finding(rank_reversal(problem, method="weighted_sum"), "drop")
    assert finding.changed == ("c",)
    assert (finding.first_before, finding.first_after) == (("b",), ("a",))
    assert finding.reversed == (("b", "a"),)


def test_topsis_loses_its_first_when_the_last_is_worsened_by_hand() -> None:
    """Squared norms of the first column 170, then 153 after b falls from 9 to 8; the others stay 107 and 62.

    Closeness of a and c: 0.6010 and 0.6139 before, 0.6196 and 0.6176 after.
    """
    rows = np.array([[5.0, 5, 7], [9, 1, 2], [8, 9, 3]])
    worse = rows - [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert closeness(rows)[[0, 2]] == pytest.approx([0.6010, 0.6139], abs=5e-5)
    assert closeness(worse)[[0, 2]] == pytest.approx([0.6196, 0.6176], abs=5e-5)
    problem = Problem(rows, ["max"] * 3, alternatives="abc", criteria="xyz", scales=[[0, 10]] * 3)
    finding = only_finding(rank_reversal(problem, step=0.1), "worsen")
    assert (finding.changed, finding.criterion) == (("b",), "x")
    assert (finding.first_before, finding.first_after) == (("c",), ("a",))


def test_topsis_beats_in_a_circle_by_hand() -> None:
    """Of two alternatives the one with the larger sum of d^2 / (x^2 + y^2) is ahead.

    a and b: 16/26 + 1/145 against 16/26. b and c: 36/68 = .529 against 9/89 + 4/10 = .501. c and a: 49/65 = .754
    against 49/85 + 4/34 = .694.
    """
    problem = Problem([[1, 9, 5], [5, 8, 1], [8, 2, 3]], ["max"] * 3, alternatives="abc")
    found = rank_reversal(problem)
    assert rank(problem).order() == [2, 0, 1]
    assert only_finding(found, "cycles").changed == ("a", "b", "c")
    assert only_finding(found, "cycles").reversed == (("b", "c"),)
    assert [(finding.changed, finding.reversed) for finding in found.of("pairs")] == [(("b", "c"), (("c", "b"),))]


@pytest.mark.parametrize("seed", range(30))
def test_weighted_sum_on_the_declared_scale_has_none(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n, m = draw.integers(2, 7), draw.integers(1, 5)
    low = draw.uniform(-5, 0, m)
    problem = Problem(
        draw.uniform(0, 9, (n, m)).round(1),
        draw.choice([-1, 1], m).tolist(),
        draw.dirichlet(np.ones(m)),
        scales=np.column_stack([low, low + draw.uniform(5, 15, m)]),
    )
    found = rank_reversal(problem, method="weighted_sum", normalization="scale")
    assert found.findings == ()
    assert found.skipped == ()
    assert found.trials["drop"] == found.trials["clone"] == found.trials["near_clone"] == n
    assert found.trials["pairs"] == n * (n - 1) / 2
    assert {note.code for note in found.notes()} == {f"sure.no_reversal_{test}" for test in TESTS}


@pytest.mark.parametrize("seed", range(10))
def test_topsis_findings_equal_those_of_a_slow_twin(seed: int) -> None:
    rows = np.random.default_rng(seed).uniform(1, 9, (5, 3))
    names = "abcde"
    now = dict(zip(names, closeness(rows), strict=True))

    def turned(kept: tuple[int, ...], then: Array) -> set[tuple[str, str]]:
        later = dict(zip((names[i] for i in kept), then, strict=False))
        return {(x, y) for x, y in permutations(later, 2) if now[x] > now[y] and later[x] < later[y]}

    expected: dict[str, dict[str, set[tuple[str, str]]]] = {"drop": {}, "clone": {}, "pairs": {}}
    for i in range(5):
        kept = tuple(j for j in range(5) if j != i)
        expected["drop"][names[i]] = turned(kept, closeness(rows[list(kept)]))
        expected["clone"][names[i]] = turned(tuple(range(5)), closeness(np.vstack([rows, rows[i]]))[:5])
    for pair in combinations(range(5), 2):
        expected["pairs"]["".join(names[i] for i in pair)] = turned(pair, closeness(rows[list(pair)]))
    found = rank_reversal(Problem(rows, ["max"] * 3, alternatives=names))
    for test, each in expected.items():
        assert {"".join(f.changed): set(f.reversed) for f in found.of(test)} == {k: v for k, v in each.items() if v}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_tried_or_skipped_with_a_reason(method: str) -> None:
    rows = np.random.default_rng(3).uniform(2, 9, (5, 3)).round(1)
    found = rank_reversal(Problem(rows, ["max", "min", "max"], [5, 3, 2]), method=method)
    skipped = [test for test, _, _ in found.skipped]
    for test, count in (("drop", 5), ("clone", 5), ("near_clone", 5), ("pairs", 10)):
        assert found.trials[test] + skipped.count(test) == count
    assert all(fault.text() for _, _, fault in found.skipped)
    assert all(note.text().endswith(".") for note in found.notes())


def test_what_the_method_does_not_allow_is_skipped_with_the_reason() -> None:
    """This method needs four alternatives, so of four none can be dropped and no two can be ranked alone."""
    rows = [[1, 9, 5], [5, 8, 1], [8, 2, 3], [4, 4, 4]]
    found = rank_reversal(Problem(rows, ["max"] * 3, alternatives="abcd"), method="sprobid")
    assert (found.trials["drop"], found.trials["pairs"], found.trials["clone"]) == (0, 0, 4)
    assert {fault.code for _, _, fault in found.skipped} == {"fault.too_few"}
    assert ("pairs", ("a", "b")) in {(test, names) for test, names, _ in found.skipped}
    assert {note.code: note.values for note in found.notes()}["sure.reversal_skipped"] == {"count": 10}


def test_a_single_alternative_has_nothing_to_reverse() -> None:
    found = rank_reversal(Problem([[1, 2]], ["max", "max"]), method="weighted_sum")
    assert found.findings == ()
    assert found.trials["drop"] == found.trials["pairs"] == found.trials["worsen"] == 0


def test_a_tie_that_breaks_is_no_reversal() -> None:
    """Under minmax any two that beat each other once are level alone with equal weights."""
    problem = Problem([[1, 5], [4, 4], [10, 0]], ["max", "max"], alternatives="abc")
    assert rank(problem, method="weighted_sum").ranks.tolist() == [2.5, 1, 2.5]
    assert rank_reversal(problem, method="weighted_sum").of("pairs") == ()


def test_the_name_of_a_copy_is_not_taken() -> None:
    problem = Problem([[1, 2], [2, 1], [3, 0]], ["max", "max"], alternatives=["a", "a'", "a''"])
    assert rank_reversal(problem, method="weighted_sum").trials["clone"] == 3
