"""The briefing as data: its order, its sentences against the results, and that nothing is told that was not run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from mcda.engine.methods import rank
from mcda.engine.problem import Problem
from mcda.engine.ranking import ranks
from mcda.report import certainty
from mcda.report.blocks import NOTHING, Block, Entry, Paragraph, Picture, Points, Tabular, tidy, widths
from mcda.report.briefing import PLACES, Briefing, briefing
from mcda.report.findings import Findings, findings, rank_under
from mcda.report.manifest import manifest
from mcda.report.methods_text import methods_text
from mcda.study.model import Dispute, Reading
from mcda.study.scenario import Case, Change, WeightsSource, build
from mcda.words import LANGUAGES

SECTIONS = ["answer", "sure", "change", "origin", "sources"]
ANNEX = ["method", "about", "checklist", "rerun"]


def record_of(case: Case) -> dict[str, object]:
    return manifest(case, command="mcda report plain -o x")


def told(found: Findings, lang: str = "en", *, pictures: dict[str, str] | None = None) -> Briefing:
    return briefing(found, record_of(found.case), lang, pictures=pictures or {})


def words(blocks: tuple[Block, ...] | list[Block]) -> Iterator[str]:
    """Every text of some blocks."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Points):
            yield from (item.text for item in block.items)
        elif isinstance(block, Picture):
            yield from (block.title, block.words)
        else:
            yield from (block.title, *block.heads, *block.notes)
            yield from (text for row in block.rows for entry in row for text in (entry.text, entry.small))


def said(text: Briefing, key: str) -> str:
    return "\n".join(words(text.section(key).blocks))


def table(text: Briefing, key: str) -> Tabular:
    return next(block for block in text.blocks() if isinstance(block, Tabular) and block.key == key)


def has(text: Briefing, key: str) -> bool:
    return any(isinstance(block, Tabular) and block.key == key for block in text.blocks())


def rows(tabular: Tabular) -> list[list[str]]:
    return [[entry.text for entry in row] for row in tabular.rows]


def without_score(case: Case, method: str) -> Findings:
    """Findings as they are where a method has no score for some of what may be."""
    return replace(findings(case), weights=None, scores=None, stability=None, losing=None)


def test_the_answer_comes_first_then_how_sure_what_would_change_it_where_from_and_the_sources(make_case) -> None:
    text = told(findings(make_case()))
    assert [section.key for section in text.sections] == SECTIONS
    assert [section.key for section in text.annex] == ANNEX
    first = text.section("answer").blocks[0]
    assert isinstance(first, Paragraph)
    assert first.look == "lead"
    assert first.text.startswith("West ranks first of 3 with a score of 0.854")
    assert "it recommends nothing" in said(text, "answer")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "choices",
    [{}, {"route": "swot-1"}, {"drop": ("south", "west")}, {"structure": "leaves"}, {"method": "weighted_sum"}],
)
def test_every_text_is_whole(make_case, lang, choices) -> None:
    text = told(findings(make_case(**choices)), lang)
    all_words = [*words(text.blocks()), text.title, text.scenario, text.question, text.footer]
    for one in all_words:
        assert one == tidy(one)
        assert "{" not in one
        assert "  " not in one
        assert not re.search(r"\bNone\b(?! of the)", one)
        assert "nan" not in one.split()
    assert all(texts.strip() for texts in words([b for b in text.blocks() if not isinstance(b, Tabular)]))


def test_titles_stand_in_the_language_asked_for(make_case) -> None:
    text = told(findings(make_case()), "kk")
    assert text.scenario == "Қарапайым"
    assert "Солтүстік" in said(text, "answer")


def test_shares_are_those_of_the_draws(make_case) -> None:
    found = findings(make_case())
    assert found.weights is not None
    assert found.scores is not None
    text = said(told(found), "sure")
    west = found.weights.alternatives.index("west")
    share, error = found.weights.first[west], found.weights.standard_error[west, 0]
    assert f"West comes first in {100 * share:.1f}% of 20,000 random weightings" in text
    assert f"(standard error {100 * error:.2g}%)" in text
    assert f"West comes first in {100 * found.scores.first[west]:.1f}% of 20,000 draws" in text
    assert (found.draws, found.seed) == (20_000, 1)


def test_it_says_so_where_another_is_first_more_often(make_case) -> None:
    weights = WeightsSource(kind="shares", scenario="plain", shares={"reach": 0.9, "burden": 0.1})
    found = findings(make_case(weights=weights))
    assert found.ranking.first() == ("north",)
    text = said(told(found), "sure")
    assert "West comes first most often" in text
    assert re.search(r"North, first in this scenario, comes first in 1\d\.\d%", text)


def test_shares_that_are_measured_are_not_called_draws(make_case) -> None:
    found = findings(make_case(method="weighted_sum"))
    text = told(found)
    assert "measured exactly, not drawn" in said(text, "sure")
    assert table(text, "acceptability").notes[0] == "Measured exactly; nothing was drawn."
    assert "20,000 draws" in table(text, "acceptability").notes[1]


def test_ranks_stand_in_the_order_of_the_ranking_and_add_up(make_case) -> None:
    found = findings(make_case())
    shares = table(told(found), "acceptability")
    assert [row[0] for row in rows(shares)] == ["West", "South", "North"]
    for row in rows(shares):
        assert sum(float(cell.rstrip("%")) for cell in row[1:4]) == pytest.approx(100, abs=0.2)


def test_weights_hold_between_the_roots_of_a_straight_line(make_case) -> None:
    """With a weighted sum two scores are straight lines in the weight, which cross where 1 - w = (d0) / (d0 - d1)."""
    found = findings(make_case(method="weighted_sum", normalization="scale"))
    values, signs = found.case.problem.values, found.case.problem.directions
    utilities = np.where(signs > 0, values, 1 - values)
    keys = list(found.case.problem.alternatives)
    gaps = utilities[keys.index("west")] - utilities[keys.index("north")]  # at weight 1 on reach, and on burden
    root = gaps[1] / (gaps[1] - gaps[0])
    flips = rows(table(told(found), "flips"))
    assert flips[0] == ["Reach", "50%", "0%", f"{100 * root:.1f}%", NOTHING, "North"]
    assert flips[1] == ["Burden", "50%", f"{100 * (1 - root):.1f}%", "100%", "North", NOTHING]
    assert "roots of a closed form" in table(told(found), "flips").notes[0]


def test_the_smallest_change_of_all_weights_makes_two_level(make_case) -> None:
    found = findings(make_case())
    assert found.losing is not None
    problem = found.case.problem
    level = rank(Problem(problem.values, problem.directions.tolist(), found.losing.weights, scales=problem.scales))
    scores = dict(zip(problem.alternatives, level.scores.tolist(), strict=True))
    assert scores["west"] == pytest.approx(scores["north"], abs=1e-4)
    shift = "(Reach from 50% to 81.7%, Burden from 50% to 18.3%); beyond it the first place goes to North"
    assert shift in said(told(found), "change")


def test_moved_scores_are_all_those_that_change_the_first_place_alone(make_case) -> None:
    weights = WeightsSource(kind="shares", scenario="plain", shares={"reach": 0.8, "burden": 0.2})
    found = findings(make_case(weights=weights))
    listed = {(one.cell.alternative, one.cell.leaf, one.end): one.first for one in found.moved}
    assert listed
    expected = {}
    for cell in (cell for row in found.case.cells for cell in row):
        for end in (cell.low, cell.high):
            change = Change(alternative=cell.alternative, leaf=cell.leaf, reading=Reading(value=end, low=end, high=end))
            first = rank_under(build(found.case.study, replace(found.case.scenario, changes=(change,)))).first()
            if first != found.ranking.first():
                expected[cell.alternative, cell.leaf, end] = first
    assert listed == expected
    text = told(found)
    scores = len({(alternative, leaf) for alternative, leaf, _ in listed})
    assert f"to an end of their range or to a disputed reading: {scores}." in said(text, "change")
    assert len(rows(table(text, "moved"))) == min(len(listed), certainty.SHOWN_MOVES)
    assert [one.step for one in found.moved] == sorted(one.step for one in found.moved)


def test_an_end_that_only_a_disputed_reading_reaches_is_told_apart(make_case) -> None:
    weights = WeightsSource(kind="shares", scenario="plain", shares={"reach": 0.8, "burden": 0.2})
    found = findings(make_case(weights=weights))
    assert "only at a disputed reading" not in said(told(found), "change")
    far = max(found.moved, key=lambda one: one.end - one.value)
    own = {key: replace(reading, high=min(reading.high, far.end)) for key, reading in far.cell.readings.items()}
    cell = replace(far.cell, readings=own, disputed=(Dispute(value=far.end, reason="Said by one."),))
    disputed = replace(found, moved=tuple(replace(one, cell=cell) if one is far else one for one in found.moved))
    text = said(told(disputed), "change")
    name = f"{found.case.title(cell.alternative, 'en')}, {found.case.title(cell.leaf, 'en')}"
    assert f"a variant of its own, not an end of the range): {name} (" in text


def test_assumed_scores_are_named_with_their_ranges_and_tried_at_both_ends(make_case) -> None:
    text = said(told(findings(make_case())), "change")
    assert "gives no value: South, Budget (0–10 EUR mn)." in text
    assert "at the low ends of their ranges, and with all at the high ends, the first place goes to West" in text


def test_ends_of_assumed_scores_that_disagree_are_both_told(make_case) -> None:
    found = replace(findings(make_case()), assumed=(("west",), ("north", "south")))
    assert "at the low ends of their ranges the first place goes to West; with all at the high ends, to North and South." in said(
        told(found), "change"
    )


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.5, 0.9, 0.903), "less than 0.005 apart from neighbour to neighbour: West and South."),
        ((0.2, 0.5, 0.9), "No two neighbours in the ranking are practically tied (less than 0.005 apart)."),
    ],
)
def test_practical_ties_are_told(make_case, scores, expected) -> None:
    found = findings(make_case())
    values = np.array(scores)
    near = replace(found.ranking, scores=values, ranks=ranks(values))
    assert expected in said(told(replace(found, ranking=near)), "sure")


def test_a_swot_route_tells_what_it_cannot_know(make_case) -> None:
    text = told(findings(make_case(route="swot-1")))
    assert "balances of SWOT items carry no ranges" in said(text, "sure")
    assert "SWOT items: 5, of which count towards no criterion: 1" in said(text, "origin")
    assert "No weights at all take the first place from West" in said(text, "change")
    assert not has(text, "moved")


def test_what_was_not_measured_is_said_and_not_told(make_case) -> None:
    found = without_score(make_case(), "topsis")
    text = told(found)
    assert said(text, "sure").count("was not measured: TOPSIS gives no score for some of them") == 2
    assert not has(text, "acceptability")
    assert not has(text, "flips")
    methods = " ".join(methods_text(found, record_of(found.case), "en"))
    assert "drawn" not in methods
    assert "root" not in methods.partition("Higher scores")[2]


def test_one_alternative_alone_cannot_lose(make_case) -> None:
    text = told(findings(make_case(drop=("south", "west"))))
    assert said(text, "sure").startswith("There is one alternative alone")
    assert said(text, "change") == "With one alternative alone, nothing changes the first place."
    assert not has(text, "acceptability")
    assert not has(text, "flips")


def test_codings_are_told_as_what_they_are_and_those_told_alike_together(make_case) -> None:
    text = said(told(findings(make_case())), "origin")
    assert "Coding 1 and Coding 2: One pass." in text
    assert "not a measurement" in text
    assert "same value: 6 of 9" in text
    assert "A\N{NO-BREAK SPACE}6, B\N{NO-BREAK SPACE}1, C\N{NO-BREAK SPACE}1, D\N{NO-BREAK SPACE}1" in text


def test_scores_show_value_range_grade_and_assumption(make_case) -> None:
    scores = table(told(findings(make_case())), "scores")
    south = scores.rows[2][2]
    assert (south.text, south.small) == ("5†", "0–10 · D")
    assert re.fullmatch("[0-9a-f]{6}", south.shade)
    assert scores.rows[0][0] == Entry(text="▲ Reach (50%)", strong=True)


def test_changes_of_the_scenario_are_told(make_case) -> None:
    assert rows(table(told(findings(make_case(drop=("south",)))), "changes"))[0][:2] == ["dropped", "South"]


def test_pictures_stand_where_they_belong_and_others_nowhere(make_case) -> None:
    text = told(findings(make_case()), pictures={"contributions": "Bars.", "ranking": "Bars."})
    shown = [(section.key, b.name) for section in text.sections for b in section.blocks if isinstance(b, Picture)]
    assert shown == [("origin", "contributions")]


def test_methods_tell_what_was_run(make_case) -> None:
    found = findings(make_case())
    text = " ".join(methods_text(found, record_of(found.case), "en"))
    for part in (
        "North, South and West were ranked on the criteria Reach (more is better, weight 50%) and Burden (less is",
        "Normalization vector",
        "TOPSIS (Hwang and Yoon 1981)",
        "20,000 weight vectors drawn uniformly",
        "(seed 1)",
        "triangular distribution",
        "roots of a closed form",
        "proven within 0.000001",
    ):
        assert part in text


def test_control_characters_and_line_ends_do_not_reach_a_document() -> None:
    assert tidy(" a\x00b\n\tc\x0b\ud800\ufffe d\u202fe ") == "ab c d\u202fe"


@pytest.mark.parametrize("room", [10.0, 60.0, 400.0])
def test_columns_share_the_line(room) -> None:
    heads = ("Institutionalization", "a", "b")
    cells = (Entry(text="short"), Entry(text="some longer words that wrap"), Entry(text="1", small="0–10 · D"))
    made = Tabular(key="x", title="t", heads=heads, rows=(cells,), right=(False, False, True))
    shares = widths(made, room)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0
    if room == 60.0:
        assert shares[0] * room >= len("Institutionalization")


def test_a_picture_opens_its_section_and_its_table_waits_in_the_annex(make_case) -> None:
    found, pictures = findings(make_case()), {name: f"Words of {name}." for name in PLACES}
    text = told(found, pictures=pictures)
    for name, (section, _) in PLACES.items():
        shown = [block for block in text.section(section).blocks if isinstance(block, Picture)]
        assert [(block.name, block.words) for block in shown] == [(name, f"Words of {name}.")]
    assert isinstance(text.section("sure").blocks[0], Picture)
    assert [block.key for block in text.section("numbers").blocks if isinstance(block, Tabular)] == [
        "acceptability",
        "flips",
    ]
    assert not any(isinstance(block, Tabular) for block in text.section("sure").blocks)
    assert "numbers" not in [section.key for section in told(found).annex]
