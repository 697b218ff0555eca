"""One problem: all usual spellings in, every fault named at once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.engine.problem import direction

TRAPS = {
    case["id"]: case["inputs"] | {"expected": case["expected"]}
    for case in json.loads((Path(__file__).parent / "data/fixtures.json").read_text())["cases"]
    if case["kind"] == "trap"
}


def faults(*args, **options):
    with pytest.raises(mcda.ProblemError) as caught:
        mcda.Problem(*args, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("word", ["benefit", "Max", "maximize", "+", "+1", "1", 1, 1.0, np.int8(1)])
def test_spellings_of_a_benefit(word):
    assert direction(word) == 1


@pytest.mark.parametrize("word", ["cost", "MIN", "minimize", "-", "-1", -1, -1.0])
def test_spellings_of_a_cost(word):
    assert direction(word) == -1


@pytest.mark.parametrize("word", ["big", 0, 2, -2, None, 0.5, ""])
def test_what_is_no_direction(word):
    assert direction(word) is None
    assert faults([[1]], [word]) == [
        f"c1: direction {word!r} is unknown: write benefit or cost (max/min, +/-, 1/-1)",
    ]


def test_weights_are_shares():
    problem = mcda.Problem([[1, 2, 3]], [1, 1, -1], [5, 3, 2])
    np.testing.assert_allclose(problem.weights, [0.5, 0.3, 0.2], rtol=1e-15)
    np.testing.assert_array_equal(mcda.Problem([[1, 2]], [1, 1]).weights, [0.5, 0.5])


def test_shares_of_huge_weights_stay_finite():
    np.testing.assert_allclose(mcda.Problem([[1, 2]], [1, 1], [1e308, 1e308]).weights, [0.5, 0.5])


def test_weights_in_any_unit_are_the_same_problem_trap_f10():
    trap = TRAPS["trap-f10"]
    for weights in trap["weights_variants"]:
        ranking = mcda.rank(mcda.Problem(trap["matrix"], trap["types"], weights), method="weighted_sum")
        np.testing.assert_allclose(ranking.scores, trap["expected"]["scores"], atol=1e-8)


def test_a_missing_value_is_named_trap_f08():
    trap = TRAPS["trap-f08"]
    found = faults(trap["matrix"], trap["types"], trap["weights"])
    assert found == ["a1, c2: None is not a number: write one, such as 3.5"]


def test_a_negative_weight_is_named_trap_f09():
    trap = TRAPS["trap-f09"]
    assert faults(trap["matrix"], trap["types"], trap["weights"]) == ["c2: weight -0.5 is negative: write 0 or more"]


def test_all_faults_come_at_once():
    found = faults(
        [[1, float("inf")], ["x", 4]], ["max", "up"], [1, -2], alternatives=["rail", "rail"], criteria=["cost", "time"]
    )
    assert found == [
        "alternative 'rail' stands twice: give each alternative its own name",
        "rail, time: inf is not a finite number: write a number",
        "rail, cost: 'x' is not a number: write one, such as 3.5",
        "time: direction 'up' is unknown: write benefit or cost (max/min, +/-, 1/-1)",
        "time: weight -2.0 is negative: write 0 or more",
    ]


@pytest.mark.parametrize(
    ("args", "options", "expected"),
    [
        (([1, 2], [1, 1]), {}, "values have shape (2,)"),
        (([[1, 2], [3]], [1, 1]), {}, "values have shape ragged"),
        (([[1, 2]], [1]), {}, "directions has 1 entries: give 2, one for each criterion"),
        (([[1, 2]], [1, 1], [1]), {}, "weights has 1 entries: give 2, one for each criterion"),
        (([[1, 2]], [1, 1], [0, 0]), {}, "all weights are 0: give at least one above 0"),
        (([[1, 2]], [1, 1], [1, np.nan]), {}, "weight of c2: nan is not a finite number"),
        (([[1, 2]], [1, 1]), {"alternatives": ["a", "b"]}, "alternatives has 2 entries: give 1, one for each"),
        (([[1, 2]], [1, 1]), {"scales": [[0, 1], [1, 1]]}, "the declared scale from 1.0 to 1.0 is empty"),
        (([[1, 2]], [1, 1]), {"scales": [[0, 1]]}, "scales has 1 entries: give 2 pairs"),
        ((np.empty((0, 2)), [1, 1]), {}, "there are no alternatives: give at least one"),
        ((np.empty((2, 0)), []), {}, "there are no criteria: give at least one"),
    ],
)
def test_faults(args, options, expected):
    assert any(expected in line for line in faults(*args, **options))


def test_a_problem_cannot_be_changed_from_outside():
    values = np.array([[1.0, 2.0]])
    problem = mcda.Problem(values, [1, 1])
    values[0, 0] = 9
    assert problem.values[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        problem.values[0, 0] = 9
    assert repr(problem) == "Problem(1 alternatives x 2 criteria)"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([["x", 2], [1, 2]], "a1, c1: 'x' is not a number: write one, such as 3.5"),
        ([[1, 2], [None, 2]], "a2, c1: None is not a number: write one, such as 3.5"),
        ([[1, 2 + 1j], [1, 2]], "a1, c2: (2+1j) is not a number: write one, such as 3.5"),
        (np.array([[1, 2 + 1j], [1, 2]]), "a1, c1: (1+0j) is not a number: write one, such as 3.5"),
        ([[1, float("nan")], [1, 2]], "a1, c2: nan is not a finite number: write a number"),
        ([["inf", 2], [1, 2]], "a1, c1: 'inf' is not a number: write one, such as 3.5"),
    ],
)
def test_what_is_no_number_is_shown_as_it_was_written(values, said):
    with pytest.raises(mcda.ProblemError) as error:
        mcda.Problem(values, ["max", "max"])
    assert str(error.value).splitlines()[0] == said


def test_a_weight_that_is_no_number_is_shown_as_it_was_written():
    with pytest.raises(mcda.ProblemError, match="weight of c1: 'a' is not a number"):
        mcda.Problem([[1, 2]], ["max", "max"], ["a", 1])
