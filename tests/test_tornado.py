"""The tornado of a lead, against leads that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mcda.engine.methods import METHODS, rank
from mcda.engine.problem import Problem
from mcda.errors import ProblemError
from mcda.sensitivity.tornado import tornado

LINEAR = {"method": "weighted_sum", "normalization": "scale"}


def roads() -> Problem:
    return Problem(
        [[6, 2], [4, 3], [5, 5]],
        ["max", "min"],
        [3, 1],
        alternatives=["road", "rail", "ship"],
        criteria=["reach", "cost"],
        scales=[[0, 10], [0, 10]],
    )


def test_linear_lead_by_hand() -> None:
    """road .75 x .6 + .25 x .8 = .65, rail .75 x .4 + .25 x .7 = .475; each score moves the lead by its weight."""
    low, high = [[2, 2], [3, 1], [2, 2]], [[7, 2], [6, 4], [8, 8]]
    found = tornado(roads(), low, high, "road", "rail", **LINEAR)
    assert found.lead == pytest.approx(0.175)
    said = {(bar.alternative, bar.criterion): bar for bar in found.bars}
    assert list(said) == [("road", "reach"), ("rail", "reach"), ("rail", "cost"), ("ship", "reach"), ("ship", "cost")]
    assert [bar.span for bar in found.bars] == pytest.approx([0.375, 0.225, 0.075, 0, 0])
    # reach of road from 2 to 7, of rail from 3 to 6, cost of rail from 1 (its best) to 4
    assert [bar.lead_low for bar in found.bars[:3]] == pytest.approx([-0.125, 0.25, 0.125])
    assert [bar.lead_high for bar in found.bars[:3]] == pytest.approx([0.25, 0.025, 0.2])
    assert [bar.turns for bar in found.bars] == [True, False, False, False, False]


def test_a_score_of_a_third_moves_the_lead_through_the_normalization() -> None:
    """Under minmax reach runs from 4 to 6 unless ship has more: with 8 the lead in reach halves."""
    low, high = roads().values.copy(), roads().values.copy()
    high[2, 0] = 8
    found = tornado(roads(), low, high, "road", "rail", method="weighted_sum")
    (bar,) = found.bars
    assert (bar.alternative, bar.criterion, bar.low, bar.high) == ("ship", "reach", 5, 8)
    # cost: 2, 3 and 5, so road leads there by 1/3 of a quarter
    assert (bar.lead_low, bar.lead_high) == pytest.approx((0.75 + 0.25 / 3, 0.375 + 0.25 / 3))


@pytest.mark.parametrize("method", METHODS)
def test_ends_are_those_of_ranking_anew_and_more_is_better(method: str) -> None:
    problem = Problem([[6, 2], [4, 3], [5, 5], [3, 4], [2, 1]], ["max", "min"], [3, 1], alternatives="abcde")
    low, high = problem.values.copy(), problem.values.copy()
    low[0, 0], high[0, 0] = 3.5, 7
    found = tornado(problem, low, high, "a", "b", method=method)
    sign = 1 if METHODS[method].higher_is_better else -1

    def lead(value: float) -> float:
        rows = problem.values.copy()
        rows[0, 0] = value
        scores = rank(Problem(rows, ["max", "min"], [3, 1]), method=method).scores
        return float(sign * (scores[0] - scores[1]))

    (bar,) = found.bars
    assert (found.lead, bar.lead_low, bar.lead_high) == (lead(6), lead(3.5), lead(7))
    assert found.lead > 0  # a is better on both criteria
    assert tornado(problem, low, high, "b", "a", method=method).bars[0].turns == bar.turns == (bar.lead_low <= 0)


def test_an_end_at_which_the_method_is_undefined_is_set_apart() -> None:
    problem = Problem([[6, 2], [4, 3]], ["max", "max"], alternatives=["road", "rail"])
    low = [[0, 2], [4, 3]]
    found = tornado(problem, low, problem.values, "road", "rail", method="weighted_product")
    assert found.bars == ()
    assert found.undefined == (("road", "c1"),)


def test_the_notes_say_that_it_is_one_at_a_time() -> None:
    for spread in (0, 1):
        found = tornado(roads(), roads().values - spread, roads().values + spread, "road", "rail", **LINEAR)
        assert "sure.one_at_a_time" in [note.code for note in found.notes()]


def test_all_unknown_alternatives_are_named() -> None:
    with pytest.raises(ProblemError) as raised:
        tornado(roads(), roads().values, roads().values, "raod", "plane", **LINEAR)
    assert [fault.values["found"] for fault in raised.value.faults] == ["raod", "plane"]


@pytest.mark.parametrize(
    ("low", "code"),
    [
        (np.zeros(3), "fault.shape"),
        (np.full((3, 2), 9.0), "fault.range_upside_down"),
        (np.full((3, 2), np.nan), "fault.range_upside_down"),
    ],
)
def test_ranges_that_do_not_fit_are_refused(low: np.ndarray, code: str) -> None:
    with pytest.raises(ProblemError) as raised:
        tornado(roads(), low, roads().values, "road", "rail", **LINEAR)
    assert all(fault.code.startswith(code) for fault in raised.value.faults)
    assert str(raised.value)
