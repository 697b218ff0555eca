"""What policies, shocks and disputed readings move."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import mcda
from mcda.claim.effects import KINDS, QUICK, Effect, effects, quick
from mcda.claim.effects_told import by_kind, notes
from mcda.claim.grid import lay_out
from mcda.commands.effects import effects as command
from mcda.engine.methods import rank
from mcda.errors import StudyError
from mcda.study.claims import claim_keys, read_claim
from mcda.study.difference import WORDS
from mcda.study.files import read_scenario, read_study, scenario_keys
from mcda.study.model import Reading, Study
from mcda.study.scenario import Change, build
from mcda.words import say

BASE = "“Baseline: equal weights, TOPSIS with the vector norm, adopted ratings”"

ROOT = Path(mcda.__file__).parent.parent
POLICIES = ("anti-crisis-protocols", "inclusive-neutrality", "infrastructure-integration", "permanent-secretariats",
            "regional-roadmap")  # fmt: skip
SHOCKS = ("china-contracts-counted", "sanctions-wave", "us-secretariat-accepted", "us-secretariat-rejected")
READINGS = ("eu-trade-over-seven-years",)
SAME = Change(alternative="usa", leaf="secretariat", reading=Reading(value=1.0, low=1.0, high=1.0))


@pytest.fixture(scope="module")
def shipped() -> Study:
    return read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture(scope="module")
def found(shipped: Study) -> tuple[Effect, ...]:
    return effects(shipped, (*READINGS, *SHOCKS, *POLICIES), claims=[read_claim(shipped, "eu-most-promising")])


def test_scores_and_claims_move_as_the_scenarios_have_it(shipped: Study, found: tuple[Effect, ...]) -> None:
    before = rank(build(shipped, read_scenario(shipped, "baseline")).problem, method="topsis")
    for effect in found:
        after = rank(build(shipped, effect.scenario).problem, method="topsis")
        gains = dict(zip(after.alternatives, (after.scores - before.scores).tolist(), strict=True))
        assert {move.alternative: move.gain for move in effect.moves} == pytest.approx(gains)
        assert abs(effect.moves[0].gain) == max(abs(gain) for gain in gains.values())
        assert effect.base == "baseline"
        (move,) = effect.claims
        assert move.before.specifications == move.after.specifications == 480
    with pytest.raises(StudyError, match="'baseline' is based on none"):
        effects(shipped, ["baseline"])


def test_only_values_that_change_are_counted(shipped: Study, found: tuple[Effect, ...]) -> None:
    adopted = {(leaf.key, name): cell.value for leaf in shipped.leaves for name, cell in leaf.cells.items()}
    for effect in found:
        moved = [change.reading.value != adopted[change.leaf, change.alternative] for change in effect.changes]
        assert list(effect.moved) == moved
    counts = {effect.scenario.key: (sum(effect.moved), len(effect.changes)) for effect in found}
    assert counts["permanent-secretariats"] == (4, 5)  # China has a secretariat already
    assert counts["sanctions-wave"] == (3, 4)  # the exposure of Russia is at its upper end already
    told = [note.text() for note in notes(shipped, found)]
    assert sum(f"secretariats for all five formats, against {BASE}; changed: 4 cells." in text for text in told) == 1


def test_what_a_scenario_changes_beside_cells_is_named_and_moves_no_claim(
    shipped: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    (effect,) = effects(shipped, ["kazakhstan"], claims=[read_claim(shipped, "china-economically-effective")])
    assert (effect.settings, effect.changes, effect.claims) == (("weights",), (), ())
    (told,) = (note.text() for note in notes(shipped, [effect]))
    assert f"against {BASE}; changed: weights. It moves Russia most, by −0.243 of score (rank 4 to 5)." in told
    assert "изменено: веса." in notes(shipped, [effect], "ru")[0].text("ru")
    both = replace(effect, settings=("method", "drop"), changes=(SAME,), moved=(False,))
    assert "changed: method; alternatives left out; the range of 1 cell." in notes(shipped, [both])[0].text()
    still = replace(effect, settings=(), moves=tuple(replace(move, score=move.score_before) for move in effect.moves))
    assert "changed: nothing. No score moves. First is Japan." in notes(shipped, [still])[0].text()
    monkeypatch.chdir(ROOT)
    out = command(("kazakhstan",), claims=(), study=None, command="mcda effects", lang="en")
    assert len(out.tables) == 1
    assert out.closing[0].endswith("weights and methods of its own: Profile of Kazakhstan (pairwise judgements).")


def test_every_field_that_may_differ_has_a_word() -> None:
    for field in (*WORDS, "options", "weights", "drop", "exclude", "add"):
        assert say(f"claim.changed_{field}")


def test_a_rank_that_stays_is_not_told_as_a_move(shipped: Study, found: tuple[Effect, ...]) -> None:
    told = " ".join(note.text() for note in notes(shipped, found))
    assert "rank 5 to 5" not in told
    assert "rank 5 as before" in told
    assert " -0" not in told


def test_every_shipped_scenario_that_changes_cells_says_what_its_changes_stand_for(shipped: Study) -> None:
    read = [read_scenario(shipped, key) for key in scenario_keys(shipped)]
    kinds = {scenario.key: scenario.kind for scenario in read if scenario.kind}
    assert kinds == (
        dict.fromkeys(POLICIES, "policy") | dict.fromkeys(SHOCKS, "shock") | dict.fromkeys(READINGS, "reading")
    )
    assert {scenario.key for scenario in read if scenario.chain and scenario.changes} == kinds.keys()


def test_policies_and_shocks_are_told_apart(shipped: Study, found: tuple[Effect, ...]) -> None:
    ordered = [effect.scenario.key for effect in by_kind(found)]
    assert ordered == [*POLICIES, *SHOCKS, *READINGS]
    most = [note for note in notes(shipped, found) if note.code == "claim.moves_most"]
    assert [note.values["kind"] for note in most] == ["Policies (5)", "Shocks (4)"]  # of one reading none moves most
    for note, keys in zip(most, (POLICIES, SHOCKS), strict=True):
        same = [effect for effect in found if effect.scenario.key in keys]
        largest = max(same, key=lambda effect: max(abs(move.gain) for move in effect.moves))
        assert note.values["scenario"] == largest.scenario.title.en
        assert abs(float(str(note.values["gain"]))) == max(abs(move.gain) for e in same for move in e.moves)
    claims = [note for note in notes(shipped, found) if note.code == "claim.moves_claim_most"]
    for note, keys in zip(claims, (POLICIES, SHOCKS), strict=True):
        gains = [item.gain for effect in found for item in effect.claims if effect.scenario.key in keys]
        moved = float(str(note.values["after"])) - float(str(note.values["before"]))
        assert abs(moved) == pytest.approx(max(abs(gain) for gain in gains))
    assert "a format" not in " ".join(note.text() for note in notes(shipped, found) if "moves" in note.code)
    for lang in ("ru", "kk"):
        assert all(note.text(lang) for note in notes(shipped, found, lang))


def test_a_claim_that_none_moves_is_said_to_be_moved_by_none(shipped: Study) -> None:
    found = effects(shipped, POLICIES, claims=[read_claim(shipped, "china-economically-effective")])
    told = [note.text() for note in notes(shipped, found)]
    assert told[-1] == "Policies (5): none moves any of the claims tested (1)."
    assert not any("holds in" in text for text in told)


def test_all_quick_claims_are_shown_unasked_and_others_are_named(
    shipped: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [read_claim(shipped, key) for key in claim_keys(shipped)]
    shown, rest = quick(claims, 10)
    assert (len(shown), rest) == (len(claims), [])
    sizes = [lay_out(claim.restricted(KINDS)).combinations * 11 for claim in claims]
    assert sum(sizes) <= QUICK
    monkeypatch.setattr("mcda.claim.effects.QUICK", sizes[0] + sizes[1])
    shown, rest = quick(claims, 10)
    assert [claim.key for claim in shown] == [claim.key for claim in claims[:2]]
    assert len(rest) == len(claims) - 2
    monkeypatch.setattr("mcda.claim.effects.QUICK", 0)
    monkeypatch.chdir(ROOT)
    out = command(("sanctions-wave",), claims=(), study=None, command="mcda effects", lang="en")
    assert len(out.closing) == len(claims)
    assert "--claim eu-most-promising" in " ".join(out.closing)
    assert len(out.tables) == 1
    out = command(("sanctions-wave",), claims=("eu-most-promising",), study=None, command="mcda effects", lang="en")
    assert [len(table.rows) for table in out.tables] == [5, 1]
    assert out.closing == ()


def test_a_kind_is_the_files_own_and_no_other_word(tmp_path: Path, shipped: Study) -> None:
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    after = tmp_path / "scenarios" / "after.yaml"
    after.write_text("title: After\nbased_on: sanctions-wave\n", encoding="utf-8")
    study = read_study(tmp_path / "criteria", tmp_path / "scenarios")
    assert read_scenario(study, "after").kind is None
    after.write_text("title: After\nkind: blow\nbased_on: sanctions-wave\n", encoding="utf-8")
    with pytest.raises(StudyError, match="kind 'blow' is unknown: write one of policy, shock, reading"):
        read_scenario(read_study(tmp_path / "criteria", tmp_path / "scenarios"), "after")


def test_scenarios_of_no_kind_come_last(shipped: Study, found: tuple[Effect, ...]) -> None:
    plain = replace(found[0], scenario=replace(found[0].scenario, kind=None))
    assert by_kind((plain, *found))[-1] is plain
