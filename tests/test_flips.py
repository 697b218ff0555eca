"""A single score that flips the first place: carried from criteria to sub-criteria, and true in the changed study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mcda.engine.methods import rank
from mcda.flips import score_flips
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Reading
from mcda.study.scenario import Case, Change, build

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
BASELINE = read_scenario(STUDY, "baseline")


def first(case: Case) -> tuple[str, ...]:
    chosen = case.scenario
    return rank(case.problem, method=chosen.method, normalization=chosen.normalization).first()


@pytest.mark.parametrize("structure", ["criteria", "leaves", "leaves-raw"])
@pytest.mark.parametrize(("money", "floor"), [("linear", 0.0), ("log", 0.2)])
@pytest.mark.parametrize("winner", ["china", "japan"])
def test_the_flip_holds_when_the_study_is_changed(structure: str, money: str, floor: float, winner: str) -> None:
    scenario = replace(BASELINE, structure=structure, money=money, rating_floor=floor)
    _, flips = score_flips(build(STUDY, scenario), winner)
    assert flips or (structure, money) != ("criteria", "linear")
    for flip in flips[:4]:
        beyond = flip.reached + 1e-6 * (flip.reached - flip.value)
        reading = Reading(value=beyond, low=beyond, high=beyond, reason="test")
        changed = replace(scenario, changes=(Change(alternative=flip.alternative, leaf=flip.leaf, reading=reading),))
        assert first(build(STUDY, changed)) == (winner,)
        short = flip.value + 0.999 * (flip.reached - flip.value)
        reading = Reading(value=short, low=short, high=short, reason="test")
        changed = replace(scenario, changes=(Change(alternative=flip.alternative, leaf=flip.leaf, reading=reading),))
        assert first(build(STUDY, changed)) != (winner,)


def test_sorted_by_size_and_within_the_declared_scale() -> None:
    _, flips = score_flips(build(STUDY, BASELINE), "china")
    assert [flip.share for flip in flips] == sorted(flip.share for flip in flips)
    for flip in flips:
        low, high = STUDY.leaf(flip.leaf).scale
        assert low - 1e-9 <= flip.reached <= high + 1e-9
        assert flip.share == pytest.approx(abs(flip.reached - flip.value) / (high - low), abs=1e-12)
        assert flip.within == (flip.low <= flip.reached <= flip.high)


def test_none_where_no_single_score_is_enough() -> None:
    assert score_flips(build(STUDY, BASELINE), "usa")[1] == ()


def test_on_a_swot_route_the_counts_of_criteria_stand_in() -> None:
    _, flips = score_flips(build(STUDY, replace(BASELINE, route="swot-1")), "japan")
    assert {flip.leaf for flip in flips} <= {criterion.key for criterion in STUDY.criteria}
