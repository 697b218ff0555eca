"""The checklists: every item once, states that the run bears out, gaps that are not hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from mcda.report.checklist import Item, checklist, checklist_markdown, count, ispor, oecd
from mcda.report.findings import findings
from mcda.study.scenario import Judgement, WeightsSource
from mcda.words import say

ISPOR = ["1a", "1b", "2a", "2b", "2c", "3a", "3b", "4a", "4b", "5a", "5b", "6a", "6b", "7a", "7b", "8a", "8b"]
OECD = [str(k) for k in range(1, 11)]
CHECKED_BY_OTHERS = ("1b", "2c", "3b", "4b", "5b", "8b")  # items that ask what no run of a program can show


def items(found, lang: str = "en") -> dict[str, Item]:
    return {f"ispor {item.number}": item for item in ispor(found, lang)} | {
        f"oecd {item.number}": item for item in oecd(found, lang)
    }


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}, {"drop": ("south", "west")}])
def test_every_item_is_answered_once(make_case, choices) -> None:
    found = findings(make_case(**choices))
    assert [item.number for item in ispor(found, "en")] == ISPOR
    assert [item.number for item in oecd(found, "en")] == OECD
    for item in items(found).values():
        assert item.told
        assert "{" not in item.told


def test_what_others_must_confirm_is_never_called_shown(make_case) -> None:
    pairs = (Judgement(first="reach", second="burden", ratio="2"),)
    judged = WeightsSource(kind="pairwise", scenario="plain", judgements={"": {"coding-1": pairs}})
    for weights in (WeightsSource(), judged):
        found = items(findings(make_case(weights=weights)))
        for number in CHECKED_BY_OTHERS:
            assert found[f"ispor {number}"].state != "shown"


def test_what_the_program_does_not_do_is_called_missing(make_case) -> None:
    found = items(findings(make_case()))
    assert found["oecd 4"].state == "missing"
    assert "Alternatives: 3" in found["oecd 4"].told
    assert found["oecd 9"].state == "missing"


def test_uncertainty_names_what_was_varied_and_what_was_not(make_case) -> None:
    found = findings(make_case())
    told = items(found)["ispor 7b"].told
    assert told.startswith("Varied: the weights (drawn over all that are possible), the scores (drawn from the codings")
    assert "Not varied here: method, normalization, structure and route." in told
    nothing = replace(found, weights=None, scores=None, stability=None, ranged=0)
    assert items(nothing)["ispor 7b"].state == "missing"
    assert items(nothing)["oecd 7"].told == "Nothing was varied."
    assert "measured over all" in items(findings(make_case(method="weighted_sum")))["ispor 7b"].told


def test_missing_values_are_counted_and_how_they_were_filled_is_told(make_case) -> None:
    found = findings(make_case())
    item = items(found)["oecd 3"]
    assert item.state == "shown"
    assert item.told.startswith("Missing values: 1. Where the evidence gives no value, the middle of the range stands")
    assert items(replace(found, assumed=None))["oecd 3"].state == "partly"
    assert items(findings(make_case(drop=("south",))))["oecd 3"].told == "No value is missing."


def test_evidence_without_rows_is_missing(make_case) -> None:
    case = make_case()
    bare = tuple(
        tuple(
            replace(cell, readings={key: replace(reading, evidence=()) for key, reading in cell.readings.items()})
            for cell in row
        )
        for row in case.cells
    )
    found = replace(findings(case), case=replace(case, cells=bare))
    assert items(found)["ispor 3a"].state == "missing"
    assert items(found)["oecd 2"].state == "missing"
    assert "scores that cite no row: 9" in items(found)["ispor 3a"].told


def test_grades_and_agreement_are_those_of_the_scores(make_case) -> None:
    found = items(findings(make_case()))
    assert "same value for 6 of 9 scores" in found["ispor 3b"].told
    assert "A\N{NO-BREAK SPACE}6, B\N{NO-BREAK SPACE}1, C\N{NO-BREAK SPACE}1, D\N{NO-BREAK SPACE}1" in (
        found["ispor 4b"].told
    )


def test_weights_from_judgements_are_told_with_their_consistency(make_case) -> None:
    pairs = (Judgement(first="reach", second="burden", ratio="2"),)
    judged = WeightsSource(kind="pairwise", scenario="plain", judgements={"": {"coding-1": pairs}})
    found = items(findings(make_case(weights=judged)))
    assert found["ispor 5a"].state == "shown"
    assert "Consistency ratio" in found["ispor 5b"].told
    equal = items(findings(make_case()))
    assert equal["ispor 5a"].state == "partly"
    assert "nobody was asked" in equal["ispor 5a"].told


def test_the_study_that_says_nothing_of_its_criteria_has_a_gap(make_case) -> None:
    case = make_case()
    silent = replace(case, study=replace(case.study, about=None))
    assert items(findings(silent))["ispor 2a"].state == "missing"
    assert items(findings(case))["ispor 2a"].state == "partly"


def test_ratings_without_described_steps_are_counted(make_case) -> None:
    case = make_case()
    leaves = tuple(replace(leaf, anchors={}) for leaf in case.leaves)
    loose = items(replace(findings(case), case=replace(case, leaves=leaves)))["ispor 2b"]
    assert (loose.state, loose.told[-2:]) == ("partly", "2.")


def test_markdown_is_two_tables_with_counts(make_case) -> None:
    found = findings(make_case())
    text = checklist_markdown(found, "en")
    parser = MarkdownIt("commonmark").enable("table")
    assert [token.type for token in parser.parse(text)].count("tr_open") == len(ISPOR) + len(OECD) + 2
    states = [item.state for item in items(found).values()]
    said = f"Shown: {states.count('shown')}. In part: {states.count('partly')}. Missing: {states.count('missing')}."
    assert said in text
    assert said == count(found, "en")
    assert "10.1016/j.jval.2015.12.016" in text
    assert "10.1787/9789264043466-en" in text


def test_hostile_words_stay_words(make_case) -> None:
    text = checklist_markdown(findings(make_case("</script><b>|x")), "en")
    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    assert not {"html_inline", "html_block"} & {child.type for token in parsed for child in token.children or [token]}


def test_tables_take_their_words_from_the_catalogue(make_case) -> None:
    asked = {say(f"documents.ispor.{number}") for number in ISPOR}
    assert {row[1] for row in checklist(findings(make_case()), "en")[0].rows} == asked
