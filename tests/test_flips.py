"""A single score that flips the first place: carried from criteria to sub-criteria, and true in the changed study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mcda.engine.methods import rank
from mcda.flips import TIMES, score_flips
from mcda.moves import disputed_by
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Reading
from mcda.study.scenario import Case, Change, Scenario, build

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
    flips = score_flips(build(STUDY, scenario), winner).flips
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


def under(scenario: Scenario, alternative: str, leaf: str, value: float) -> Case:
    """The case with another value in one cell."""
    reading = Reading(value=value, low=value, high=value, reason="test")
    return build(STUDY, replace(scenario, changes=(Change(alternative=alternative, leaf=leaf, reading=reading),)))


def test_sorted_by_size_ratings_on_their_scale_and_amounts_up_to_the_stated_limit() -> None:
    found = score_flips(build(STUDY, BASELINE), "usa").flips + score_flips(build(STUDY, BASELINE), "china").flips
    assert any(flip.share > 1 for flip in found)
    for flip in found:
        leaf = STUDY.leaf(flip.leaf)
        low, high = leaf.scale
        assert (low if leaf.kind == "rating" else 0) <= flip.reached <= (high if leaf.kind == "rating" else TIMES * high)
        assert flip.share == pytest.approx(abs(flip.reached - flip.value) / (high - low), abs=1e-12)
        assert flip.within == (flip.low <= flip.reached <= flip.high)
    shares = [flip.share for flip in score_flips(build(STUDY, BASELINE), "china").flips]
    assert shares == sorted(shares)


def test_a_disputed_reading_within_the_range_is_found_beyond_the_scale_and_told_apart() -> None:
    """By trial in steps of 0.1: China's finance puts it first from below 52 on, which the scale of 0 to 30 lacks."""
    tried = (value / 10 for value in range(300, 1200))
    turn = next(value for value in tried if first(under(BASELINE, "china", "finance", value)) == ("china",))
    found = score_flips(build(STUDY, BASELINE), "china").flips
    (flip,) = [flip for flip in found if (flip.alternative, flip.leaf) == ("china", "finance")]
    assert turn - 0.1 <= flip.reached <= turn
    assert flip.within
    assert (flip.disputed, flip.undisputed) == (120, False)
    assert (flip.low, flip.high) == (13.56, 120)


def test_a_range_that_reaches_it_without_a_dispute_is_no_switch() -> None:
    cell = STUDY.leaf("finance").cells["china"]
    assert [disputed_by(cell, value) for value in (13.56, 30, 40, 40.1, 120)] == [None, None, None, 120, 120]
    secretariat = next(cell for leaf in STUDY.leaves for cell in leaf.cells.values() if len(cell.disputed) == 2)
    assert [disputed_by(secretariat, d.value) for d in secretariat.disputed] == [d.value for d in secretariat.disputed]


def test_an_amount_is_tried_up_to_the_end_of_its_range_where_that_lies_beyond_the_limit() -> None:
    limit = TIMES * STUDY.leaf("finance").scale[1]
    scenario = replace(BASELINE, method="weighted_sum", normalization="scale").with_weights({"investment_scale": 0.02})
    assert not [flip for flip in score_flips(build(STUDY, scenario), "usa").flips if flip.leaf == "finance"]
    reading = Reading(value=5, low=0, high=20 * limit, reason="test")
    wide = scenario.with_changes([Change(alternative="usa", leaf="finance", reading=reading)])
    (flip,) = [flip for flip in score_flips(build(STUDY, wide), "usa").flips if flip.leaf == "finance"]
    assert limit < flip.reached < 20 * limit
    assert flip.undisputed
    assert first(under(scenario, "usa", "finance", flip.reached)) == ("usa",)


def test_none_where_no_single_score_is_enough() -> None:
    scenario = replace(BASELINE, exclude=("investment_scale",))
    found = score_flips(build(STUDY, scenario), "usa")
    assert (found.flips, found.status) == ((), "not_found")
    assert score_flips(build(STUDY, BASELINE), "eu").status == "already"


def test_on_a_swot_route_the_counts_of_criteria_stand_in() -> None:
    flips = score_flips(build(STUDY, replace(BASELINE, route="swot-1")), "japan").flips
    assert {flip.leaf for flip in flips} <= {criterion.key for criterion in STUDY.criteria}
    assert flips
