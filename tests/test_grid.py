"""Grids: what `vary` reads as, how many scenarios it makes, what each of them is, and which numbers they get."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import product
from math import comb
from pathlib import Path

import numpy as np
import pytest

from mcda.batch.combinations import combinations
from mcda.batch.compute import compute
from mcda.batch.simplex import drawn, lattice
from mcda.batch.units import Names, Robustness, units
from mcda.batch.weightings import point
from mcda.commands.rank import rank_case
from mcda.errors import McdaError, StudyError
from mcda.sensitivity.sampling import sample_weights
from mcda.study.files import open_scenario, read_scenario, read_study
from mcda.study.grid import Draws, Grid, Steps, single
from mcda.study.model import Study
from mcda.study.scenario import build

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "good" / "small"
SHIPPED = read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The small study (road and rail by speed and risk; pace, danger and noise), copied."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return read_study()


def read(study: Study, vary: str, more: str = "") -> Grid:
    found, faults = opened(study, vary, more)
    assert not faults, [fault.text() for fault in faults]
    assert isinstance(found, Grid)
    return found


def opened(study: Study, vary: str, more: str = ""):
    path = study.scenario_folder.absolute() / "asked.yaml"
    path.write_text(f"title: Asked\nbased_on: baseline\n{more}\nvary: {vary}\n", encoding="utf-8")
    return open_scenario(study, path)


def numbers(study: Study, grid: Grid, robustness: Robustness | None = None) -> Iterator[np.ndarray | str]:
    """What a batch computes of each scenario: its scores, or why there are none."""
    for unit in units(0, grid, robustness):
        for run in compute(study, grid, unit, robustness):
            for row, code in zip(run.scores, run.reason, strict=True):
                yield ("", *run.reasons)[code] if code else row


# What is written, and how many scenarios that makes.


def test_lists_ranges_and_lattices_make_their_full_product(study: Study) -> None:
    grid = read(study, "{method: [topsis, vikor], change: {road.pace: {from: 2, to: 4, step: 0.5}}}")
    assert grid.size == 2 * 5
    assert grid.parts() == [("method", 2), ("change.road.pace", 5)]
    grid = read(study, "{weights: {lattice: {step: 0.25}, set: {danger: [0.2, 0.8]}}, money: [linear, log]}")
    assert grid.size == 5 * 2 * 2
    assert grid.parts() == [("set.danger", 2), ("money", 2), ("lattice", 5)]


def test_a_range_counts_from_its_start_and_holds_its_end_where_steps_meet_it(study: Study) -> None:
    grid = read(study, "{weights: {set: {speed: {from: 0, to: 1, step: 0.1}}}}")
    assert list(grid.shares[0].values) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    assert list(Steps(0, 0.3, 4)) == [0, 0.3, 0.6, 0.9]
    assert Steps(1, 1, 3)[-1] == 3
    with pytest.raises(IndexError):
        Steps(1, 1, 3)[3]


def test_a_range_of_many_numbers_takes_no_memory(study: Study) -> None:
    grid = read(study, "{weights: {set: {speed: {from: 0, to: 1, step: 0.0000001}}}}")
    assert grid.size == 10_000_001
    assert point(study, grid, 10_000_001).weights.shares == pytest.approx({"speed": 1, "risk": 0})


@pytest.mark.parametrize(("divisions", "criteria"), [(1, 1), (1, 4), (5, 2), (7, 3), (4, 5)])
def test_a_lattice_holds_every_composition_once_in_rising_order(divisions: int, criteria: int) -> None:
    size = comb(divisions + criteria - 1, criteria - 1)
    every = [parts for parts in product(range(divisions + 1), repeat=criteria) if sum(parts) == divisions]
    assert (lattice(divisions, criteria, 0, size) * divisions).round().astype(int).tolist() == list(map(list, every))
    assert (lattice(divisions, criteria, size // 3, size) == lattice(divisions, criteria, 0, size)[size // 3 :]).all()


def test_draws_depend_on_their_number_alone() -> None:
    whole = drawn(Draws(40_000, 3), 4, 0, 40_000)
    assert (whole == sample_weights(4, draws=40_000, seed=3)).all()
    assert (drawn(Draws(40_000, 3), 4, 16_000, 33_000) == whole[16_000:33_000]).all()
    assert not (drawn(Draws(40_000, 4), 4, 0, 100) == whole[:100]).any()


def test_names_are_the_same_every_time_and_sort_as_numbers_do(study: Study) -> None:
    grid = read(study, "{weights: {draws: {count: 1200}}}")
    assert grid.names(9, 3) == ["asked:0009", "asked:0010", "asked:0011"]
    assert grid.name(1200) == "asked:1200"
    assert single(study, grid.scenario).name(1) == "asked"


def test_the_first_axis_varies_slowest_and_weights_fastest(study: Study) -> None:
    grid = read(study, "{weights: {lattice: {divisions: 1}, set: {danger: [0.1, 0.9]}}, method: [topsis, vikor]}")
    found = [point(study, grid, number) for number in range(1, grid.size + 1)]
    assert [s.method for s in found] == ["topsis", "topsis", "vikor", "vikor"] * 2
    assert [s.weights.settings[0].shares["danger"] for s in found] == [0.1] * 4 + [0.9] * 4
    assert [s.weights.shares["speed"] for s in found] == [0, 1] * 4


# What each scenario is.


def test_a_method_brings_its_own_normalization_and_options(study: Study) -> None:
    grid = read(study, "{method: [topsis, vikor]}", "normalization: minmax")
    first, second = (combination.scenario() for combination in combinations(grid, 0, 2))
    assert (first.normalization, second.normalization) == ("minmax", None)


def test_lists_of_what_is_dropped_or_excluded(study: Study) -> None:
    grid = read(study, "{drop: [[], [road]], exclude: [[], [noise], [risk]]}")
    cases = [build(study, point(study, grid, number)) for number in range(1, 7)]
    assert [len(case.alternatives) for case in cases] == [2, 2, 2, 1, 1, 1]
    assert [len(case.leaves) for case in cases] == [3, 2, 1] * 2
    assert [len(case.problem.criteria) for case in cases] == [2, 2, 1] * 2


def test_profiles_bring_all_their_weights(study: Study) -> None:
    grid = read(study, "{weights: {profiles: [baseline, judged], set: {speed: [0.2, 0.4]}}}")
    assert grid.parts() == [("profile", 2), ("set.speed", 2)]
    weights = [build(study, point(study, grid, n)).criterion_weights["speed"] for n in range(1, 5)]
    assert weights == pytest.approx([0.2, 0.4, 0.2, 0.4])
    alone = read(study, "{weights: {profiles: [baseline, judged]}}")
    for number, key in enumerate(("baseline", "judged"), start=1):
        expected = build(study, read_scenario(study, key)).criterion_weights
        assert build(study, point(study, alone, number)).criterion_weights == pytest.approx(expected)


def test_the_starting_point_of_a_grid_reads_as_a_scenario(study: Study) -> None:
    read(study, "{method: [topsis, vikor]}", "money: log")
    assert read_scenario(study, "asked").money == "log"


@pytest.mark.parametrize("number", [0, 3])
def test_a_number_that_the_grid_does_not_have_is_refused(number: int, study: Study) -> None:
    grid = read(study, "{method: [topsis, vikor]}")
    with pytest.raises(StudyError, match="name one from asked:1 to asked:2"):
        point(study, grid, number)


# What its numbers are: the law that many at once give what one by one gives, for whatever is varied.

VARIED = {
    "methods": "{method: [topsis, weighted_sum, vikor, promethee, codas], normalization: [vector, scale, sum]}",
    "routes": "{route: [ratings, coding-1, swot-3], structure: [criteria, leaves, leaves-raw], money: [linear, log]}",
    "cells": "{change: {china.finance: {from: 0, to: 120, step: 40}, eu.exposure: [1, 4.5]}, rating_floor: [0, 0.2]}",
    "shares": "{weights: {set: {trade: [0.2, 0.7], sovereignty_risk: {from: 0, to: 1, step: 0.25}}, rest: keep}}",
    "pairs": "{weights: {set: {cultural_fit: [0.3, 0.8], sovereignty_risk: [0.1, 0.6]}}}",
    "lattice": "{weights: {lattice: {divisions: 4}, set: {finance: [0, 0.5]}}, structure: [criteria, leaves]}",
    "draws": "{weights: {draws: {count: 30, seed: 5}}, exclude: [[], [cultural_fit], [trade]]}",
    "profiles": "{weights: {profiles: [kazakhstan, five-states, turan-2025]}, drop: [[], [japan, usa]]}",
    "options": "{method: [topsis, vikor], options: {v: [0, 0.5, 1]}, leaf_weights: [declared, evidence]}",
    "missing": "{missing: [median, union, low, high], route: [ratings, coding-2]}",
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)
    return read_study(folder / "criteria")


@pytest.mark.parametrize("what", VARIED)
def test_many_at_once_give_what_one_by_one_gives(what: str, shipped: Study) -> None:
    grid = read(shipped, VARIED[what])
    ranked = 0
    for number, found in enumerate(numbers(shipped, grid), start=1):
        if isinstance(found, str):
            assert "plays no part" in found or refused(shipped, grid, number), found
            continue
        alone = rank_case(build(shipped, point(shipped, grid, number)))
        assert found == pytest.approx(alone.scores, rel=1e-11, abs=1e-13)
        ranked += 1
    assert ranked >= grid.size / 4


def refused(study: Study, grid: Grid, number: int) -> bool:
    """Whether a scenario cannot be ranked by itself either."""
    try:
        rank_case(build(study, point(study, grid, number)))
    except McdaError:
        return True
    return False


@pytest.mark.parametrize(
    ("vary", "repeated"),
    [
        ("{method: [topsis, vikor], normalization: [vector, minmax, sum]}", [5, 6]),
        ("{method: [topsis, vikor], options: {v: [0.2, 0.4]}}", [2]),
        ("{route: [ratings, swot-1], money: [linear, log]}", [4]),
        ("{structure: [criteria, leaves-raw], rating_floor: [0, 0.2]}", [4]),
        ("{drop: [[], [china]], change: {china.trade: [10, 20]}}", [4]),
        ("{exclude: [[], [trade], [investment_scale]], change: {china.trade: [10, 20]}}", [4, 6]),
    ],
)
def test_what_plays_no_part_is_computed_once(vary: str, repeated: list[int], shipped: Study) -> None:
    found = list(numbers(shipped, read(shipped, vary)))
    assert [n for n, item in enumerate(found, start=1) if isinstance(item, str)] == repeated
    for n in repeated:
        assert "plays no part" in found[n - 1]


def test_combinations_that_cannot_be_ranked_say_why_and_spare_the_others(shipped: Study) -> None:
    grid = read(shipped, "{route: [swot-1, ratings], change: {china.finance: [10, 20]}, method: [topsis]}")
    assert ["swot-1" in item if isinstance(item, str) else "ranked" for item in numbers(shipped, grid)] == [
        True, True, "ranked", "ranked"
    ]
    grid = read(shipped, "{weights: {set: {sovereignty_risk: [0.4, 0.7], cultural_fit: [0.2, 0.5]}}}")
    assert [isinstance(item, str) for item in numbers(shipped, grid)] == [False, False, False, True]


def test_robustness_is_that_of_each_matrix_and_method(shipped: Study) -> None:
    from mcda.sensitivity.acceptability import acceptability

    grid = read(shipped, "{method: [weighted_sum, topsis], weights: {lattice: {divisions: 2}}}")
    asked = Robustness(500, 7)
    runs = [run for unit in units(0, grid, asked) for run in compute(shipped, grid, unit, asked)]
    assert len(runs) == 2
    for run, combination in zip(runs, combinations(grid, 0, 2), strict=True):
        scenario = combination.scenario()
        problem, chosen = build(shipped, scenario).problem, scenario.normalization
        alone = acceptability(problem, method=scenario.method, draws=500, seed=7, normalization=chosen)
        assert run.robustness is not None
        assert run.robustness[0].tolist() == alone.first.tolist()


# Names by content.


def test_a_piece_is_named_by_what_its_numbers_depend_on(shipped: Study) -> None:
    def names(vary: str, more: str = "", robustness: Robustness | None = None, study: str = "s") -> list[str]:
        grid = read(shipped, vary, more)
        found = Names(study, robustness)
        return [found.name(unit, grid) for unit in units(0, grid, robustness)]

    base = names("{method: [topsis, vikor]}")
    assert names("{method: [topsis, vikor]}", "note: Another note.") == base
    assert names("{method: [vikor, topsis]}") != base
    assert names("{method: [topsis, vikor]}", "money: log") != base
    assert names("{method: [topsis, vikor]}", study="t") != base
    assert names("{method: [topsis, vikor]}", robustness=Robustness(10, 1)) != base
    more = names("{weights: {draws: {count: 40000, seed: 1}}}")
    assert names("{weights: {draws: {count: 16384, seed: 1}}}") == more[:1]
    assert names("{weights: {draws: {count: 40000, seed: 2}}}")[0] != more[0]
    profile = names("{weights: {profiles: [kazakhstan]}}")
    assert names("{weights: {profiles: [uzbekistan]}}") != profile


def test_pieces_cover_every_scenario_once_and_do_not_depend_on_who_computes(shipped: Study) -> None:
    for vary in ("{weights: {lattice: {divisions: 50}}}", "{change: {china.finance: {from: 0, to: 99, step: 0.01}}}"):
        grid = read(shipped, vary)
        pieces = list(units(0, grid, None))
        firsts = [unit.first(grid) for unit in pieces]
        assert firsts == np.cumsum([1, *(unit.size for unit in pieces)])[:-1].tolist()
        assert sum(unit.size for unit in pieces) == grid.size


# Faults.


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("{}", "vary: there are no entries"),
        ("{metod: [topsis]}", "vary.metod: key 'metod' is unknown (did you mean 'method'?)"),
        ("{method: [topsi]}", "vary.method.1: method 'topsi' is unknown (did you mean 'topsis'?)"),
        ("{method: topsis}", "vary.method: 'topsis' is not a list"),
        ("{method: []}", "vary.method: there are no entries"),
        ("{method: [topsis, vikor, topsis]}", "vary.method.3: 'topsis' stands twice"),
        ("{normalization: [vektor]}", "did you mean 'vector'?"),
        ("{route: [swot-9]}", "vary.route.1: route 'swot-9' is unknown"),
        ("{structure: [leafs]}", "vary.structure.1"),
        ("{options: {v: [0.5]}}", "vary.options.v: no method in use takes option 'v'"),
        ("{method: [vikor], options: {v: [2]}}", "vary.options.v.1: option v of VIKOR is 2"),
        ("{rating_floor: [1]}", "vary.rating_floor.1: 1 is no rating floor"),
        ("{rating_floor: {from: 0, to: 0.4, step: 0}}", "a range from 0 to 0.4 in steps of 0 is empty"),
        ("{rating_floor: {from: 0.4, to: 0, step: 0.1}}", "is empty"),
        ("{rating_floor: {from: 0, to: 1}}", "key 'step' is missing"),
        ("{change: {road: [2]}}", "vary.change.road: 'road' names no cell"),
        ("{change: {rode.pace: [2]}}", "did you mean 'road'?"),
        ("{change: {road.pase: [2]}}", "did you mean 'pace'?"),
        ("{change: {road.danger: [9]}}", "rating 9 lies outside the scale"),
        ("{drop: [road]}", "vary.drop.1: 'road' is not a list"),
        ("{drop: [[rode]]}", "vary.drop.1.1: alternative 'rode' is unknown"),
        ("{exclude: [[noice]]}", "vary.exclude.1.1: criterion or sub-criterion 'noice' is unknown"),
        ("{weights: {lattice: {step: 0.3}}}", "vary.weights.lattice.step: step 0.3 does not divide 1"),
        ("{weights: {lattice: {step: 0.1, divisions: 10}}}", "a lattice has step + divisions"),
        ("{weights: {lattice: {}}}", "a lattice has neither step nor divisions: write step"),
        ("{weights: {lattice: {divisions: 0}}}", "0 is below 1"),
        ("{weights: {draws: {count: 2.5}}}", "2.5 is not a whole number"),
        ("{weights: {draws: {count: 5}, lattice: {step: 0.5}}}", "vary.weights: weights are given as draws, lattice"),
        ("{weights: {profiles: [judgd]}}", "vary.weights.profiles.1: scenario 'judgd' is unknown"),
        ("{weights: {set: {sped: [0.5]}}}", "did you mean 'speed'?"),
        ("{weights: {set: {speed: [1.5]}}}", "vary.weights.set.speed.1: share 1.5 is above 1"),
        ("{weights: {set: {speed: {from: -1, to: 1, step: 1}}}}", "vary.weights.set.speed.from: -1 is below 0"),
        ("{weights: {lattice: {step: 0.5}, rest: keep}}", "vary.weights.rest"),
        ("[topsis]", "vary: [topsis] stands where keys belong"),
    ],
)
def test_a_faulty_grid_names_the_place(vary: str, said: str, study: Study) -> None:
    found, faults = opened(study, vary)
    texts = [fault.text() for fault in faults]
    assert found is None
    assert any(said in text for text in texts), texts
    assert all(fault.file == "scenarios/asked.yaml" for fault in faults)


def test_nothing_can_be_based_on_a_grid_or_take_its_weights(study: Study) -> None:
    read(study, "{method: [topsis, vikor]}")
    for text in ("based_on: asked", "based_on: baseline\nweights: {profile: asked}"):
        path = study.scenario_folder.absolute() / "other.yaml"
        path.write_text(f"title: Other\n{text}\n", encoding="utf-8")
        found, faults = open_scenario(study, path)
        assert found is None
        assert "'asked' is a grid of scenarios: name a single scenario" in faults[0].text()


def test_shares_of_what_is_excluded_cannot_be_varied(study: Study) -> None:
    _, faults = opened(study, "{weights: {set: {danger: [0.5]}}}", "exclude: [danger]")
    assert "'danger' is excluded" in faults[0].text()


def test_the_shipped_grid_is_large_enough_to_be_of_use() -> None:
    found, faults = open_scenario(SHIPPED, ROOT / "scenarios" / "grid-weights-and-methods.yaml")
    assert not faults
    assert isinstance(found, Grid)
    assert found.size >= 10_000
