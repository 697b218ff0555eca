"""Regret and the domain criterion, by hand."""

from __future__ import annotations

import numpy as np
import pytest

import mcda

SCORES = [[8, 5, 4], [2, 6, 5], [7, 5, 9]]


def test_savage_by_hand():
    found = mcda.regret(SCORES, alternatives=["road", "rail", "sea"], scenarios=["calm", "storm", "boom"])
    assert found.regrets.tolist() == [[0, 3, 4], [4, 0, 1], [2, 4, 0]]
    assert found.worst.tolist() == [4, 4, 4]
    assert found.minimax == ("road", "rail", "sea")
    assert found.worst_scenarios == ("storm", "boom", "calm")
    assert found.mean == pytest.approx([2, 7 / 3, 5 / 3])
    assert found.domain == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_the_least_largest_regret_can_belong_to_one_that_is_never_best():
    found = mcda.regret([[10, 6, 0], [0, 6, 10]], alternatives=["road", "rail", "sea"])
    assert found.minimax == ("rail",)
    assert found.domain.tolist() == [0.5, 0, 0.5]
    assert str(found.notes()[0]) == "Regretted least at worst: rail, 4 behind the best in s1."
    assert str(found.notes()[1]) == "First in the largest share of the scenarios (50%): road, sea."


def test_thresholds_and_weights_of_scenarios():
    found = mcda.regret(SCORES, weights=[2, 1, 1], threshold=5)
    assert found.domain == pytest.approx([0.75, 1, 0.5])
    assert found.mean == pytest.approx([1.5, 2.5, 2.25])
    assert found.notes()[1].code == "sure.domain_threshold"


def test_lower_scores_can_be_better_and_ties_share():
    found = mcda.regret(-np.array(SCORES, float), higher_is_better=False, threshold=-5)
    assert found.regrets.tolist() == [[0, 3, 4], [4, 0, 1], [2, 4, 0]]
    assert found.domain == pytest.approx([2 / 3, 1, 2 / 3])
    assert mcda.regret([[1, 1], [2, 0]]).domain.tolist() == [0.75, 0.25]
    assert mcda.regret([[0.1 + 0.2, 0.3]]).domain.tolist() == [0.5, 0.5]


def test_one_alternative_is_never_regretted():
    found = mcda.regret([[3], [4]])
    assert found.worst.tolist() == [0]
    assert found.domain.tolist() == [1]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"scores": [1, 2]}, r"scores have shape \(2,\)"),
        ({"scores": [[1, np.nan]]}, "scenario 1, alternative 2: nan is not a finite number"),
        ({"scores": [[1, 2]], "alternatives": ["a"]}, "alternatives has 1 entries: give 2"),
        ({"scores": [[1, 2]], "scenarios": ["a", "b"]}, "scenarios has 2 entries: give 1"),
        ({"scores": [[1, 2]], "weights": [-1]}, "weight -1.0 is negative"),
        ({"scores": [[1, 2]], "threshold": np.inf}, "threshold: inf is not a finite number"),
    ],
)
def test_bad_input_is_refused(asked, message):
    with pytest.raises(mcda.ProblemError, match=message):
        mcda.regret(**asked)


@pytest.mark.parametrize("scores", [[[1, 2], [3]], [["a", 1]], [[1, None], [2]]])
def test_ragged_scores_and_words_are_refused_in_our_own_words(scores):
    with pytest.raises(mcda.ProblemError, match="scores are ragged, or hold what is no number: give a matrix"):
        mcda.regret(scores)
