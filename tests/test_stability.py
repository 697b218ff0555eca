"""How far one weight may move: exact rational intervals, published critical weights, degenerate cases."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.sensitivity.forms import upward

CASES = json.loads((Path(__file__).parent / "data" / "fixtures.json").read_text(encoding="utf-8"))["cases"]
STABLE = {case["id"]: case for case in CASES if case["topic"] == "weight stability"}


def opened(case):
    given = case["inputs"]
    values = [[float(Fraction(str(cell))) for cell in row] for row in given["matrix"]]
    weights = [float(Fraction(str(cell))) for cell in given["weights"]]
    method = "topsis" if "TOPSIS" in case["method"] else "weighted_sum"
    problem = mcda.Problem(values, given["types"], weights)
    return problem, mcda.stability(problem, method=method, normalization=given["normalization"])


@pytest.mark.parametrize("key", STABLE)
def test_intervals_of_the_first_place_and_of_the_ranking(key):
    case = STABLE[key]
    _, found = opened(case)
    expected = case["expected"]["intervals"]
    assert found.weights == pytest.approx([each["weight"] for each in expected], abs=1e-12)
    assert found.first_intervals == pytest.approx(np.array([each["top_interval"] for each in expected]), abs=1e-9)
    assert found.ranking_intervals == pytest.approx(
        np.array([each["full_ranking_interval"] for each in expected]), abs=1e-9
    )
    assert found.exact


def test_critical_weights_of_triantaphyllou_and_sanchez_1997():
    case = STABLE["stab-f01"]
    problem, found = opened(case)
    critical = found.critical
    printed = sum(float(Fraction(cell)) for cell in case["inputs"]["weights"])  # their weights sum to 1.0001
    for pair, row in case["expected"]["delta_table"].items():
        place = critical.pairs.index(tuple(name.lower() for name in pair.split("-")))
        assert critical.changes[place] * printed == pytest.approx([cell["delta"] for cell in row], abs=1e-9)
        assert critical.percents[place] == pytest.approx([cell["percent"] for cell in row], abs=1e-6)
        assert critical.feasible[place].tolist() == [cell["feasible"] for cell in row]
    assert critical.most_critical(among="any", measure="absolute")[:2] == ("c4", ("a2", "a3"))
    assert critical.most_critical(among="top", measure="absolute")[:2] == ("c4", ("a1", "a2"))
    assert critical.most_critical(among="any")[:2] == ("c1", ("a2", "a3"))
    assert critical.most_critical(among="top")[:2] == ("c3", ("a1", "a2"))
    # Printed: 0.0254 and 0.0903 absolute, 18.9 % and 64.9 % relative.
    assert critical.most_critical(measure="absolute")[2] * printed == pytest.approx(0.0254, abs=5e-5)
    assert critical.most_critical(among="top", measure="absolute")[2] * printed == pytest.approx(0.0903, abs=5e-5)
    assert critical.most_critical()[2] == pytest.approx(18.9, abs=0.05)
    assert critical.most_critical(among="top")[2] == pytest.approx(64.9, abs=0.05)
    assert critical.sensitivity == pytest.approx(1 / critical.degree)
    assert problem.criteria[int(critical.sensitivity.argmax())] == "c1"


@pytest.mark.parametrize("method", ["weighted_sum", "weighted_product", "promethee", "spotis"])
def test_taking_the_critical_amount_from_a_weight_levels_the_pair(method):
    rng = np.random.default_rng(4)
    problem = mcda.Problem(1 + rng.random((4, 3)), ["max", "min", "max"], 1 + rng.random(3))
    score = upward(problem, method=method)
    critical = mcda.stability(problem, method=method).critical
    for (first, second), row, allowed in zip(critical.pairs, critical.changes, critical.feasible, strict=True):
        for k in np.flatnonzero(allowed):
            weights = problem.weights.copy()
            weights[k] -= row[k]
            scores = score(weights[None] / weights.sum())[0]
            i, j = problem.alternatives.index(first), problem.alternatives.index(second)
            assert scores[i] == pytest.approx(scores[j], abs=1e-12)


def test_curved_methods_have_no_critical_weights():
    assert mcda.stability(mcda.Problem([[1, 0], [0, 1]], ["max", "max"], [2, 1])).critical is None


def test_an_exact_tie_now_is_stable_at_a_single_point():
    found = mcda.stability(mcda.Problem([[1, 0], [0, 1]], ["max", "max"]), method="weighted_sum")
    assert found.first == ("a1", "a2")
    assert found.first_intervals.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert found.successors[0] == (("a2",), ("a1",))
    assert found.critical.degree.tolist() == [0, 0]
    assert [note.code for note in found.notes()][:2] == ["sure.stays_first_nowhere"] * 2


def test_twins_stay_first_together():
    problem = mcda.Problem([[3, 1], [3, 1], [1, 2]], ["max", "max"], [2, 1])
    found = mcda.stability(problem, method="weighted_sum")
    assert found.first == ("a1", "a2")
    assert found.first_intervals[0] == pytest.approx([0.5, 1])
    assert found.successors[0] == (("a3",), ())


def test_zero_weights_single_criteria_and_single_alternatives():
    found = mcda.stability(mcda.Problem([[1, 0], [0, 1]], ["max", "max"], [1, 0]), method="weighted_sum")
    assert found.first_intervals.tolist() == [[0.5, 1], [0, 0.5]]
    assert np.isinf(found.critical.percents[0, 1])
    one = mcda.stability(mcda.Problem([[1], [2]], ["max"]))
    assert one.first_intervals.tolist() == [[0, 1]]
    alone = mcda.stability(mcda.Problem([[1, 2]], ["max", "max"]), method="weighted_sum")
    assert alone.ranking_intervals.tolist() == [[0, 1], [0, 1]]
    assert alone.critical.most_critical() is None
    assert alone.critical.sensitivity.tolist() == [0, 0]


@pytest.mark.parametrize("method", ["topsis", "vikor", "edas", "copras"])
def test_inside_the_interval_the_first_stays_and_just_outside_it_does_not(method):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        problem = mcda.Problem(1 + 4 * rng.random((5, 3)), ["max", "max", "min"], 1 + rng.random(3))
        found = mcda.stability(problem, method=method)
        for sweep, (low, high) in zip(found.sweeps, found.first_intervals, strict=True):
            step = 1e-5
            inside, outside = (low + step, high - step), (low - step, high + step)
            for weight, expected in [*((each, True) for each in inside), *((each, False) for each in outside)]:
                if 0 <= weight <= 1:
                    row = (1 - weight) * sweep.others
                    row[problem.criteria.index(sweep.criterion)] = weight
                    moved = mcda.Problem(problem.values, problem.directions.tolist(), row)
                    assert (mcda.rank(moved, method=method).first() == found.first) == expected


def test_the_notes_say_who_takes_over():
    problem = mcda.Problem([[1, 0], [0, 1]], ["max", "max"], [3, 1], alternatives=["road", "rail"])
    said = [str(note) for note in mcda.stability(problem, method="weighted_sum").notes()]
    assert said[0] == "road stays first until c1 weighs less than 50.0% (now 75.0%); then it is rail."
    assert said[1] == "road stays first until c2 weighs more than 50.0% (now 25.0%); then it is rail."
    assert said[2].startswith("In percent of its weight, c1 is the most critical criterion: a change of 66.7%")
