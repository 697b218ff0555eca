"""What ``mcda methods`` tells of methods, weightings and normalizations is true of them, and whole in every language."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import pytest

import mcda
from mcda.commands.methods import methods
from mcda.commands.output import render
from mcda.engine.method import Method
from mcda.engine.methods import METHODS
from mcda.engine.normalize import DEMANDS
from mcda.engine.weights import WEIGHTINGS
from mcda.report import methods_tables
from mcda.words import LANGUAGES, known, speaking

# A problem that breaks one need and no other: values, directions.
BREAKS = {
    "positive": ([[0.0, 2], [2, 3], [4, 5], [3, 7], [5, 9]], [1, 1]),
    "not_negative": ([[-1.0, 2], [2, 3], [4, 1], [3, 7]], [1, 1]),
    "positive_costs": ([[2.0, 0], [2, 3], [4, 1], [3, 7]], [1, -1]),
    "utilities": ([[0.0, 2], [2, 3], [4, 1], [3, 7]], [1, 1]),
    "positive_averages": ([[-9.0, 2], [2, 3], [4, 1], [3, 7]], [1, 1]),
    "something_in_each": ([[0.0, 2], [0, 3], [0, 1], [0, 7]], [1, 1]),
    "different": ([[3.0, 2]] * 5, [1, 1]),
    "none_worst_in_all": ([[1.0, 1], [2, 3], [4, 2], [3, 7]], [1, 1]),
    "four_alternatives": ([[1.0, 5], [2, 3], [4, 2]], [1, 1]),
    "at_most_1000": (np.random.default_rng(0).uniform(2, 9, (1001, 2)), [1, 1]),
    "narrow": ([[1e-3, 5], [2, 3], [4e5, 2], [7, 7]], [1, 1]),
    "product": ([[0.5, 5], [0.2, 3], [0.3, 2], [0.4, 7]], [1, 1]),
}
ANY = ([[-4.0, 20], [7, -30], [0, 11], [5, 17], [-2, 0]], [1, -1])  # below, at and above 0
PAIRS = [(key, need) for key, entry in METHODS.items() for need in entry.demands]


def problem_of(values: object, directions: Iterable[int]) -> mcda.Problem:
    return mcda.Problem(values, list(directions))  # type: ignore[arg-type]


@pytest.mark.parametrize(("key", "need"), PAIRS)
def test_a_method_refuses_what_it_says_it_cannot_take(key: str, need: str) -> None:
    with pytest.raises(mcda.NotApplicable):
        mcda.rank(problem_of(*BREAKS[need]), method=key)


@pytest.mark.parametrize("key", [key for key, entry in METHODS.items() if not entry.demands])
def test_a_method_that_asks_for_nothing_takes_any_numbers(key: str) -> None:
    assert np.isfinite(mcda.rank(problem_of(*ANY), method=key).scores).all()


@pytest.mark.parametrize("key", mcda.NORMALIZATIONS)
def test_a_normalization_needs_what_it_says_and_nothing_else(key: str) -> None:
    for need in set(DEMANDS.get(key, ())) - {"scale"}:
        with pytest.raises(mcda.NotApplicable):
            mcda.normalize(problem_of(*BREAKS[need]), key)
    if key not in DEMANDS:
        assert np.isfinite(mcda.normalize(problem_of(*ANY), key)).all()
    elif key == "scale":
        with pytest.raises(mcda.NotApplicable, match="no scale is declared"):
            mcda.normalize(problem_of(*ANY), key)


@pytest.mark.parametrize("key", WEIGHTINGS)
def test_a_weighting_needs_what_it_says_and_nothing_else(key: str) -> None:
    for need in WEIGHTINGS[key].needs:
        with pytest.raises(mcda.NotApplicable):
            mcda.objective_weights(problem_of(*BREAKS[need]), method=key)
    if not WEIGHTINGS[key].needs:
        assert np.isfinite(mcda.objective_weights(problem_of(*ANY), method=key)).all()


def test_every_word_that_the_tables_need_is_in_the_catalogue() -> None:
    codes = [entry.told(name) for entry in METHODS.values() for name in entry.takes]
    codes += [f"engine.normalization.{key}" for key in mcda.NORMALIZATIONS]
    codes += [f"engine.needs.{need}" for need in {*BREAKS, "scale"}]
    codes += [entry.corrected for entry in (*METHODS.values(), *WEIGHTINGS.values()) if entry.corrected]
    assert [code for code in codes if not known(code)] == []


def test_every_defect_that_is_put_right_is_told() -> None:
    told = {row[0] for row in methods_tables.corrected().rows}
    assert told >= {"copras", "lopm", "codas", "comet", "moora", "sprobid", "lmaw", "mabac", "vikor"}
    assert {key for key, entry in WEIGHTINGS.items() if entry.corrected} >= {"critic", "standard_deviation", "cilos"}
    assert [row[0] for row in methods_tables.left_out().rows] == ["aroman"]


def test_json_holds_what_one_chooses_by() -> None:
    data = json.loads(render(methods(command="mcda methods", lang="en"), "json", "en"))
    by_key = {record["key"]: record for record in data["methods"]}
    assert list(by_key) == list(METHODS)
    assert by_key["vikor"]["options"] == {"v": 0.5}
    assert not by_key["vikor"]["keeps_rank"]
    assert not by_key["codas"]["monotone"]
    assert "adds costs" in by_key["copras"]["corrected"]
    assert by_key["copras"]["needs"] == ["positive_costs"]
    assert data["needs"]["positive_costs"] == "every cost above 0 and every benefit 0 or more"
    assert [record["key"] for record in data["weightings"]] == list(WEIGHTINGS)
    assert [record["key"] for record in data["normalizations"]] == list(mcda.NORMALIZATIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_list_all_there_is(lang: str) -> None:
    with speaking(lang):
        text = render(methods(command="mcda methods", lang=lang), "markdown", lang)
    assert all(f"| {key.replace('_', chr(92) + '_')} |" in text or f"| {key} |" in text for key in METHODS)
    assert [row[0] for row in methods_tables.methods().rows] == list(METHODS)
    assert len(methods_tables.options().rows) == sum(len(entry.takes) for entry in METHODS.values())


def test_a_new_method_with_no_needs_but_its_own_is_told_so() -> None:
    entry = Method(title="X", kernel=METHODS["topsis"].kernel, reference="", normalization="linear", positive=True)
    assert entry.demands == ("positive_costs", "utilities")
