"""The tornado of a lead in the sub-criteria's units: each end is true when it is put into the study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mcda.engine.methods import rank
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Reading
from mcda.study.scenario import Change, Scenario, build
from mcda.tornadoes import lead_tornado

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
BASELINE = read_scenario(STUDY, "baseline")


def lead(scenario: Scenario, alternative: str, leaf: str, value: float) -> float:
    reading = Reading(value=value, low=value, high=value, reason="test")
    changed = replace(scenario, changes=(Change(alternative=alternative, leaf=leaf, reading=reading),))
    scores = rank(build(STUDY, changed).problem).scores
    return float(scores[2] - scores[1])


@pytest.mark.parametrize("structure", ["criteria", "leaves", "leaves-raw"])
@pytest.mark.parametrize(("money", "floor"), [("linear", 0.0), ("log", 0.2)])
def test_every_end_is_the_lead_of_the_changed_study(structure: str, money: str, floor: float) -> None:
    scenario = replace(BASELINE, structure=structure, money=money, rating_floor=floor)
    found = lead_tornado(build(STUDY, scenario), "eu", "china")
    assert len(found.bars) > 50
    assert [bar.span for bar in found.bars] == sorted((bar.span for bar in found.bars), reverse=True)
    for bar in found.bars[::7]:
        assert bar.lead_low == pytest.approx(lead(scenario, bar.alternative, bar.criterion, bar.low), abs=1e-9)
        assert bar.lead_high == pytest.approx(lead(scenario, bar.alternative, bar.criterion, bar.high), abs=1e-9)


def test_disputed_readings_are_not_ends() -> None:
    found = lead_tornado(build(STUDY, BASELINE), "eu", "china")
    china = next(bar for bar in found.bars if (bar.alternative, bar.criterion) == ("china", "finance"))
    assert (china.low, china.high) == (13.56, 40)


def test_a_swot_route_has_no_bars() -> None:
    assert lead_tornado(build(STUDY, replace(BASELINE, route="swot-1")), "eu", "china").bars == ()


def test_a_disputed_reading_that_turns_the_lead_is_said_to_be_a_switch() -> None:
    found = lead_tornado(build(STUDY, BASELINE), "eu", "china")
    assert {(s.alternative, s.criterion, s.value) for s in found.switches} == {
        (cell.alternative, leaf.key, dispute.value)
        for leaf in STUDY.leaves
        for cell in leaf.cells.values()
        for dispute in cell.disputed
    }
    for switch in found.switches:
        then = lead(BASELINE, switch.alternative, switch.criterion, switch.value)
        assert switch.lead == pytest.approx(then, abs=1e-12)
        assert switch.turns == (then * found.lead <= 0)
    assert [(s.alternative, s.value) for s in found.switches if s.turns] == [("china", 120)]
    said = [note.text() for note in found.notes()]
    assert "No single score can turn that lead within its range, short of disputed readings." in said
    assert any(sentence.startswith("A disputed reading turns it: with 120 for finance of china") for sentence in said)


def test_a_study_without_disputed_readings_does_not_speak_of_them() -> None:
    values = {cell.alternative: 5 + i for i, cell in enumerate(STUDY.leaf("finance").cells.values())}
    changes = [
        Change(alternative=name, leaf=leaf.key, reading=Reading(value=2.0, low=1.0, high=3.0, reason="test"))
        for leaf in STUDY.leaves
        for name in values
        if leaf.cells[name].disputed
    ]
    found = lead_tornado(build(STUDY, replace(BASELINE, changes=tuple(changes))), "eu", "russia")
    assert found.switches == ()
    assert not any("disputed" in note.text() for note in found.notes())
