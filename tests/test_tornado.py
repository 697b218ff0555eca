"""The lead over each score's range, one at a time: by hand, and against the ranking itself."""

from __future__ import annotations

import numpy as np
import pytest

import mcda


def road_and_rail():
    return mcda.Problem(
        [[5, 2], [4, 3], [1, 1]],
        ["max", "max"],
        [3, 1],
        alternatives=["road", "rail", "sea"],
        scales=[[0, 10], [0, 10]],
    )


def test_a_weighted_sum_by_hand():
    low, high = [[4, 2], [4, 1], [0, 1]], [[6, 2], [7, 4], [9, 1]]
    found = mcda.tornado(road_and_rail(), low, high, "road", "rail", method="weighted_sum", normalization="scale")
    assert found.lead == pytest.approx(0.05)
    assert [(bar.alternative, bar.criterion) for bar in found.bars] == [
        ("rail", "c1"),
        ("road", "c1"),
        ("rail", "c2"),
        ("sea", "c1"),
    ]
    assert [bar.span for bar in found.bars] == pytest.approx([0.225, 0.15, 0.075, 0])
    assert (found.bars[0].lead_low, found.bars[0].lead_high) == pytest.approx((0.05, -0.175))
    assert [bar.turns for bar in found.bars] == [True, True, False, False]


def test_scores_of_others_matter_through_the_normalization():
    problem = road_and_rail()
    low, high = problem.values.copy(), problem.values.copy()
    low[2, 0], high[2, 0] = 0, 9
    (bar,) = mcda.tornado(problem, low, high, "road", "rail").bars
    for value, lead in ((0, bar.lead_low), (9, bar.lead_high)):
        values = problem.values.copy()
        values[2, 0] = value
        scores = mcda.rank(mcda.Problem(values, ["max", "max"], [3, 1])).scores
        assert lead == pytest.approx(scores[0] - scores[1])
    assert bar.span > 0


def test_lower_scores_can_be_better():
    problem = road_and_rail()
    found = mcda.tornado(problem, problem.values - 1, problem.values + 1, "road", "rail", method="spotis")
    assert found.lead == pytest.approx(0.05)
    assert all(bar.lead_high > bar.lead_low for bar in found.bars if bar.alternative == "road")


def test_ends_at_which_the_method_is_undefined_are_named():
    problem = mcda.Problem([[5, 2], [4, 3]], ["max", "min"])
    found = mcda.tornado(problem, [[5, 0], [4, 3]], [[5, 4], [4, 3]], "a1", "a2", method="copras")
    assert found.bars == ()
    assert found.undefined == (("a1", "c2"),)


def test_certain_scores_have_no_bars_and_the_label_is_always_there():
    problem = road_and_rail()
    found = mcda.tornado(problem, problem.values, problem.values, "road", "rail")
    assert found.bars == ()
    assert [note.code for note in found.notes()] == ["sure.tornado_certain", "sure.one_at_a_time"]
    wide = mcda.tornado(problem, problem.values - 1, problem.values + 1, "road", "rail")
    assert [note.code for note in wide.notes()] == ["sure.tornado_widest", "sure.tornado_turns", "sure.one_at_a_time"]
    narrow = mcda.tornado(problem, problem.values - 1e-3, problem.values + 1e-3, "road", "rail")
    assert narrow.notes()[1].code == "sure.tornado_holds"


def test_bad_input_is_refused():
    problem = road_and_rail()
    with pytest.raises(mcda.ProblemError, match="alternative 'ship' is unknown"):
        mcda.tornado(problem, problem.values, problem.values, "road", "ship")
    with pytest.raises(mcda.ProblemError, match="high: values have shape"):
        mcda.tornado(problem, problem.values, np.zeros((2, 2)), "road", "rail")
    with pytest.raises(mcda.ProblemError, match=r"rail, c2: low 4\.0 lies above high 3\.0"):
        mcda.tornado(problem, [[5, 2], [4, 4], [1, 1]], problem.values, "road", "rail")


def test_a_tie_by_rounding_is_no_lead_and_cannot_be_turned():
    """0.1 + 0.2 and 0.3 differ in the last bit only; ``rank`` takes them for a tie."""
    problem = mcda.Problem([[0.1 + 0.2, 1], [0.3, 1]], ["max", "max"], scales=[[0, 1], [0, 1]])
    asked = {"method": "weighted_sum", "normalization": "scale"}
    assert mcda.rank(problem, **asked).ranks.tolist() == [1.5, 1.5]
    found = mcda.tornado(problem, [[0.2, 1], [0.3, 1]], [[0.4, 1], [0.3, 1]], "a1", "a2", **asked)
    assert found.lead == 0
    assert not any(bar.turns for bar in found.bars)
    assert found.notes()[1].code == "sure.tornado_level"


def test_a_lead_that_shrinks_to_a_tie_by_rounding_is_lost():
    problem = mcda.Problem([[0.5], [0.3]], ["max"], scales=[[0, 1]])
    asked = {"method": "weighted_sum", "normalization": "scale"}
    found = mcda.tornado(problem, [[0.1 + 0.2], [0.3]], [[0.5], [0.3]], "a1", "a2", **asked)
    assert [(bar.lead_low, bar.turns) for bar in found.bars] == [(0, True)]


def test_ranges_at_whose_ends_the_method_is_undefined_are_not_called_certain():
    problem = mcda.Problem([[5, 2], [4, 3]], ["max", "min"])
    found = mcda.tornado(problem, [[5, 0], [4, 3]], [[5, 4], [4, 3]], "a1", "a2", method="copras")
    codes = [note.code for note in found.notes()]
    assert codes == ["sure.tornado_unknown", "sure.tornado_undefined", "sure.one_at_a_time"]
    assert str(found.notes()[1]) == "1 score is left out, because the method is undefined at an end of its range."
    some = mcda.tornado(problem, [[4, 0], [4, 3]], [[5, 4], [4, 3]], "a1", "a2", method="copras")
    assert "sure.tornado_undefined" in [note.code for note in some.notes()]
    assert len(some.bars) == 1
