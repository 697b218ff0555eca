"""Country profiles side by side."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from math import comb
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.commands.output import render
from mcda.commands.states import states as command
from mcda.engine.methods import rank
from mcda.engine.problem import Problem
from mcda.errors import StudyError
from mcda.report.prose import markdown
from mcda.states import LATTICE, States, _read, disagreement, lattice, states
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Study
from mcda.study.scenario import Judgement, build

ROOT = Path(mcda.__file__).parent.parent
NAMES = ("kazakhstan", "uzbekistan", "kyrgyzstan", "tajikistan", "turkmenistan")


@pytest.fixture(scope="module")
def shipped() -> Study:
    return read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture(scope="module")
def found(shipped: Study) -> States:
    return states(shipped)


def pairs_apart(x: np.ndarray, y: np.ndarray) -> float:
    """Kendall's distance by its definition, a tie on one side counting half."""
    total = 0.0
    for i in range(len(x)):
        for j in range(i):
            total += abs(np.sign(x[i] - x[j]) - np.sign(y[i] - y[j])) / 2
    return total


def test_each_profile_is_the_scenario_by_itself(shipped: Study, found: States) -> None:
    assert tuple(state.key for state in found.states) == NAMES
    for state in found.states:
        case = build(shipped, read_scenario(shipped, state.key))
        assert state.case.criterion_weights == case.criterion_weights
        alone = rank(case.problem, method="topsis", normalization="vector")
        assert state.ranking.ranks.tolist() == alone.ranks.tolist()
        assert state.merged.weights == pytest.approx(list(case.criterion_weights.values()))
        assert 0 <= state.merged.consistency_ratio < 0.1
        assert len(state.judges) == 3
        assert state.evidence
        assert set(state.evidence) <= set(shipped.evidence)
        low, high = state.stability.first_intervals.T
        assert ((low <= case.problem.weights) & (case.problem.weights <= high)).all()


def test_the_group_is_its_scenario_and_its_consensus_lies_between_0_and_1(shipped: Study, found: States) -> None:
    case = build(shipped, read_scenario(shipped, "five-states"))
    assert found.group.criterion_weights == case.criterion_weights
    # Merging the merged judgements is merging all of them, since every state has as many judges.
    assert found.priorities.weights == pytest.approx(list(case.criterion_weights.values()))
    assert 0 < found.priorities.consensus < 1


def test_disagreement_is_kendalls_distance() -> None:
    generator = np.random.default_rng(5)
    placed, wanted = generator.integers(1, 5, (40, 5)).astype(float), generator.integers(1, 5, (3, 5)).astype(float)
    expected = [[pairs_apart(x, y) for y in wanted] for x in placed]
    assert disagreement(placed, wanted).tolist() == expected


@pytest.mark.parametrize("criteria", [1, 2, 3, 4, 6])
def test_lattice_holds_all_corners_and_the_middle_of_what_it_can(criteria: int) -> None:
    points = lattice(criteria)
    assert len(points) <= LATTICE
    assert points.sum(axis=1) == pytest.approx(np.ones(len(points)))
    assert len({tuple(point) for point in points.tolist()}) == len(points)
    assert {tuple(row) for row in np.eye(criteria).tolist()} <= {tuple(point) for point in points.tolist()}
    if criteria > 1:
        steps = round(1 / points[points > 0].min())
        assert len(points) == comb(steps + criteria - 1, criteria - 1)
        assert comb(steps + criteria, criteria - 1) > LATTICE


def test_shared_weights_disagree_least_and_no_ranking_could_go_below_the_bound(found: States) -> None:
    shared, problem = found.shared, found.group.problem
    wanted = np.array([state.ranking.ranks for state in found.states])
    given = Problem(
        problem.values,
        list(problem.directions),
        list(shared.weights.values()),
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        scales=problem.scales,
    )
    ranking = rank(given, method="topsis", normalization="vector")
    apart = [pairs_apart(ranking.ranks, row) for row in wanted]
    assert list(shared.disagreement.values()) == apart
    assert shared.total == sum(apart)
    bound = min(sum(pairs_apart(np.array(order), row) for row in wanted) for order in permutations(range(5)))
    assert shared.least == bound
    assert bound <= shared.total <= min(shared.group, shared.equal)
    for weights in np.random.default_rng(2).dirichlet(np.ones(4), 300):
        other = rank(Problem(problem.values, list(problem.directions), weights, scales=problem.scales), method="topsis")
        assert sum(pairs_apart(other.ranks, row) for row in wanted) >= shared.total
    assert sum(shared.weights.values()) == pytest.approx(1)
    assert 0 < shared.alike < 1


def test_each_judgement_is_shown_with_its_rows_of_evidence(shipped: Study, found: States) -> None:
    for state in found.states:
        written = read_scenario(shipped, state.key).weights.judgements[""]
        assert len(state.compared) == 6
        for pair in state.compared:
            own = {
                coding: item
                for coding, items in written.items()
                for item in items
                if {item.first, item.second} == {pair.first, pair.second}
            }
            assert list(pair.ratios) == list(own) == ["coding-1", "coding-2", "coding-3"]
            numbers = [
                Fraction(item.ratio) if item.first == pair.first else 1 / Fraction(item.ratio) for item in own.values()
            ]
            assert [Fraction(ratio) for ratio in pair.ratios.values()] == numbers
            assert pair.merged == pytest.approx(float(np.prod([float(x) for x in numbers])) ** (1 / 3))
            assert set(pair.evidence) == {row for item in own.values() for row in item.evidence}
        assert {row for pair in state.compared for row in pair.evidence} == set(state.evidence)


def test_a_ratio_is_read_the_other_way_round() -> None:
    read = {ratio: _read(Judgement(first="b", second="a", ratio=ratio), "a") for ratio in ("1/3", "2", "2/3", "1", "0.5")}
    assert read == {"1/3": "3", "2": "1/2", "2/3": "3/2", "1": "1", "0.5": "1/0.5"}
    assert _read(Judgement(first="a", second="b", ratio="1/3"), "a") == "1/3"


def test_people_see_paper_place_and_statement_behind_each_profile(
    shipped: Study, found: States, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    out = command(None, study=None, command="mcda states", lang="en")
    shown = {form: render(out, form, "en") for form in ("table", "markdown")}
    for state in found.states:
        for key in state.evidence:
            row = shipped.evidence[key]
            lines = [line for line in shown["table"].splitlines() if state.case.scenario.title.en in line]
            assert any(all(part in line for part in (key, row.paper, row.locator, row.statement)) for line in lines)
            assert markdown(row.statement) in shown["markdown"]
    data = json.loads(render(out, "json", "en"))
    assert data["evidence"]["aa-kazakhstan-stance1"]["locator"] == "Table 1"
    assert len(data["states"][0]["judgements"]) == 6


def test_it_is_said_what_profiles_are(found: States) -> None:
    told = [note.text() for note in found.notes()]
    assert told[0] == (
        "The profiles are readings of what the papers report of each state's stance, not statements by the states."
    )
    assert len(told) == 1 + 5 + 2
    assert told[1].endswith("its judgements rest on 4 rows of evidence.")
    for lang in ("ru", "kk"):
        assert all(note.text(lang) for note in found.notes(lang))


def test_a_scenario_without_a_group_is_refused(shipped: Study) -> None:
    with pytest.raises(StudyError, match="scenario 'baseline' holds no group of profiles"):
        states(shipped, group="baseline")
    with pytest.raises(StudyError, match="scenario 'nobody' is unknown"):
        states(shipped, group="nobody")
