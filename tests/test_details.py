"""What methods say beside their scores, as people and as programs get it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.commands.output import Output, render
from mcda.commands.rank import matrix
from mcda.engine.methods import METHODS
from mcda.engine.outranking import RELATIONS
from mcda.report import details
from mcda.words import LANGUAGES

# VIKOR of Opricovic and Tzeng 2004, mountain climbing: A2 alone, with both conditions satisfied.
CLIMB = "name,risk,altitude\nA1,1,3000\nA2,2,3750\nA3,5,4500\ndirection,cost,benefit\n"
# A circle of preferences: each beats the next in two criteria of three, so that all flows are equal.
CIRCLE = "name,x,y,z\nred,1,2,3\ngreen,2,3,1\nblue,3,1,2\ndirection,benefit,benefit,benefit\n"


def ranked(tmp_path: Path, text: str, method: str, lang: str = "en") -> Output:
    file = tmp_path / "matrix.csv"
    file.write_text(text, encoding="utf-8")
    return matrix(
        file, weights=(), method=method, normalization=None, expect=None, command="mcda rank --matrix", lang=lang
    )


def test_vikor_says_its_conditions_and_its_compromise(tmp_path: Path) -> None:
    output = ranked(tmp_path, CLIMB, "vikor")
    assert output.sentences[2:] == (
        "Acceptable advantage (C1) is satisfied: the second lies at least 1/(n − 1) = 0.500 behind the first in Q.",
        "Acceptable stability (C2) is satisfied: the first by Q is also first by S or by R.",
        "Compromise solution of VIKOR: A2.",
    )
    found = json.loads(render(output, "json", "en"))["details"]
    assert found["acceptable_advantage"] is found["acceptable_stability"] is True
    assert found["compromise_set"] == ["A2"]
    assert found["Q"] == {"A1": 1, "A2": 0, "A3": 1}
    assert found["R"]["A2"] == pytest.approx(0.25)
    assert "S, sum of regrets" in render(output, "table", "en")


def test_vikor_without_advantage_names_all_that_are_near(tmp_path: Path) -> None:
    near = "name,x,y\nA,10,1\nB,9,1.2\nC,8.9,1.3\nD,1,9\ndirection,benefit,benefit\n"
    output = ranked(tmp_path, near, "vikor")
    data = json.loads(render(output, "json", "en"))["details"]
    best_first = sorted(data["compromise_set"], key=data["Q"].__getitem__)
    assert not data["acceptable_advantage"]
    assert len(best_first) > 1
    assert "C1) is not satisfied" in output.sentences[2]
    assert output.sentences[4] == f"Compromise solutions of VIKOR, among which it does not decide: {', '.join(best_first)}."


def test_vikor_without_stability_keeps_the_second() -> None:
    values = [[4, 2, 3], [5, 8, 3], [9, 7, 1], [6, 9, 2], [8, 8, 1], [2, 1, 8], [5, 2, 4]]
    problem = mcda.Problem(values, [1, 1, 1], [2, 3, 4])
    said = details.sentences(mcda.rank(problem, method="vikor"), problem.alternatives, "en")
    assert said[1] == "Acceptable stability (C2) is not satisfied: the first by Q is first neither by S nor by R."
    assert said[2] == "Compromise solutions of VIKOR, among which it does not decide: a2, a6."


def test_promethee_names_the_pairs_that_are_incomparable() -> None:
    """By hand, over 3 others and in 18ths: red has flows 1 and 6, blue 2 and 7: more gained, and more lost."""
    names = ["red", "blue", "grey", "pink"]
    problem = mcda.Problem([[3, 2], [2, 3], [4, 5], [4, 2]], [1, 1], alternatives=names)
    ranking = mcda.rank(problem, method="promethee", options={"preference_functions": "vshape", "p": 3})
    found = details.data(ranking, problem.criteria)
    assert found["phi_plus"] == pytest.approx({"red": 1 / 18, "blue": 2 / 18, "grey": 11 / 18, "pink": 3 / 18})
    assert found["phi_minus"] == pytest.approx({"red": 6 / 18, "blue": 7 / 18, "grey": 0, "pink": 4 / 18})
    assert found["incomparable"] == [("red", "blue")]
    assert details.sentences(ranking, names, "en") == [
        "PROMETHEE I leaves 1 pair incomparable, each better in one flow and worse in the other: red – blue."
    ]


def test_promethee_names_equal_pairs_and_gives_flows(tmp_path: Path) -> None:
    output = ranked(tmp_path, CIRCLE, "promethee")
    assert output.sentences[2] == "PROMETHEE I finds 3 pairs equal in both flows: red – green; red – blue; green – blue."
    data = json.loads(render(output, "json", "en"))["details"]
    assert data["phi_plus"] == {"red": 0.5, "green": 0.5, "blue": 0.5}
    assert data["preferred"] == data["incomparable"] == []
    assert data["indifferent"] == [["red", "green"], ["red", "blue"], ["green", "blue"]]


def test_promethee_parts_all_where_one_leads_everywhere() -> None:
    problem = mcda.Problem([[3, 3], [2, 2], [1, 1]], [1, 1])
    ranking = mcda.rank(problem, method="promethee")
    assert details.sentences(ranking, problem.alternatives, "en") == [
        "PROMETHEE I: the partial order parts every pair of alternatives."
    ]
    assert details.data(ranking, problem.criteria)["preferred"] == [("a1", "a2"), ("a1", "a3"), ("a2", "a3")]


def test_long_lists_of_pairs_are_cut_and_beyond_the_limit_left_out() -> None:
    several = mcda.Problem(np.ones((6, 1)), [1])
    (said,) = details.sentences(mcda.rank(several, method="promethee"), several.alternatives, "en")
    assert said.endswith("a3 – a6 and 3 more.")
    many = mcda.Problem(np.ones((RELATIONS + 1, 1)), [1])
    (said,) = details.sentences(mcda.rank(many, method="promethee"), many.alternatives, "en")
    assert said == "PROMETHEE I: the partial order is given for at most 200 alternatives."


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", [key for key, entry in METHODS.items() if entry.details])
def test_every_detail_of_every_method_is_told(tmp_path: Path, key: str, lang: str) -> None:
    output = ranked(tmp_path, CLIMB, key, lang)
    ranking = mcda.rank(mcda.Problem([[1, 3000], [2, 3750], [5, 4500]], ["min", "max"]), method=key)
    told = json.loads(render(output, "json", lang))["details"]
    assert told.keys() == ranking.details.keys()
    assert len(output.tables) == 2
    columns = {column.key for column in output.tables[1].columns[1:]}
    assert columns == {name for name, value in told.items() if isinstance(value, dict)}
    assert len(output.tables[1].rows) == (2 if key == "mabac" else 3)
    assert render(output, "table", lang)


def test_a_method_without_details_says_nothing_more(tmp_path: Path) -> None:
    output = ranked(tmp_path, CLIMB, "topsis")
    assert json.loads(render(output, "json", "en"))["details"] == {}
    assert len(output.tables) == 1
    assert len(output.sentences) == 2


def test_details_of_a_study_carry_titles_and_stand_in_the_report(make_case) -> None:  # type: ignore[no-untyped-def]
    from mcda.report.answer import conclusions
    from mcda.report.findings import findings
    from mcda.report.manifest import manifest
    from mcda.report.markdown import report_markdown

    case = make_case(method="vikor")
    ranking = mcda.rank(case.problem, method="vikor")
    (chosen, *_) = ranking.details["compromise_set"]
    said = conclusions(case, ranking, "ru")[-1]
    assert case.alternatives[chosen].title.get("ru") in said
    assert "VIKOR" in said
    text = report_markdown(findings(case), manifest(case, command="mcda report"), "ru", files={}, pictures={})
    assert said.removesuffix(".") in text.replace("\\", "")
