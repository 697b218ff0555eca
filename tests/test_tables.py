"""Tables: what stands in them, and how they are written as CSV, Markdown and records."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking, ranks
from mcda.explain import Lead, explain_lead
from mcda.report import answer, numbers, tables
from mcda.report.grid import Column, Named, Table, harmless, shown
from mcda.report.prose import link, markdown, markdown_paragraphs, paragraphs
from mcda.report.scorecard import grade, scorecard
from mcda.study.matrix import read_matrix
from mcda.study.model import Title
from mcda.study.scenario import Case, Change, Reading
from mcda.words import say, speaking

HOSTILE = '</script><b>|=HYPERLINK("x")'


def ranked(case: Case) -> Ranking:
    scenario = case.scenario
    return rank(case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options)


def scored(case: Case, *scores: float) -> Ranking:
    """A ranking with given scores, to test what is said of ties."""
    import numpy as np

    values = np.array(scores)
    return Ranking(
        alternatives=case.problem.alternatives,
        scores=values,
        ranks=ranks(values),
        method="topsis",
        normalization="vector",
        weights=case.problem.weights,
    )


def one_column(value: object, kind: str = "text") -> Table:
    column = Column(key="value", heading="report.head.value", kind=kind)  # type: ignore[arg-type]
    return Table(title_key="report.table.ranking", columns=(column,), rows=((value,),))  # type: ignore[arg-type]


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (numbers.score(0.55710), "0.557"),
        (numbers.score(-0.0001), "0.000"),
        (numbers.score(-0.5), "−0.500"),
        (numbers.signed(0.0684), "+0.068"),
        (numbers.signed(-0.0684), "−0.068"),
        (numbers.signed(-0.0004), "0.000"),
        (numbers.share(0.25), "25%"),
        (numbers.share(1 / 3), "33.3%"),
        (numbers.amount(13.56), "13.56"),
        (numbers.amount(3.0), "3"),
        (numbers.amount(-0.0), "0"),
        (numbers.amount(61.0249), "61.02"),
        (numbers.amount(0.00001234), "0.00001234"),
        (numbers.amount(1234567.8), "1,234,568"),
        (numbers.rank(1.0), "1"),
        (numbers.rank(2.5), "2.5"),
        (numbers.exact(0.1 + 0.2), "0.3"),
        (numbers.exact(1 / 3), "0.333333333333"),
        (numbers.exact(-0.0), "0"),
        (numbers.whole_signed(-2.0), "−2"),
        (numbers.whole_signed(0.0), "0"),
    ],
)
def test_numbers_are_written_short_for_people_and_exact_for_files(written: str, expected: str) -> None:
    assert written == expected


def test_ranking_is_best_first_and_keeps_numbers(make_case) -> None:
    case = make_case()
    result = ranked(case)
    table = tables.ranking(case, result)
    scores = [row[2] for row in table.rows]
    assert scores == sorted(result.scores.tolist(), reverse=True)
    assert table.rows[0][3] is None
    assert table.rows[1][3] == pytest.approx(scores[0] - scores[1])
    assert [row[0] for row in table.rows] == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("scores", "groups", "words"),
    [
        ((0.6, 0.5, 0.4), [], "ranks first of 3"),
        ((0.6, 0.5951, 0.4), [[0, 1]], "North (0.600) and South (0.595) are practically tied for the first place of 3"),
        ((0.6, 0.595, 0.4), [], "ranks first of 3"),
        ((0.6, 0.597, 0.594), [[0, 1, 2]], "North (0.600) and South (0.597) are practically tied"),
        ((0.6, 0.4, 0.4), [[1, 2]], "North ranks first of 3 with a score of 0.600; South follows with 0.400"),
        ((0.6, 0.6, 0.4), [[0, 1]], "North and South share the first place of 3 with equal scores (0.600); West"),
        ((0.6, 0.6, 0.6), [[0, 1, 2]], "North, South and West have equal scores (0.600)"),
    ],
)
def test_ties_are_said(make_case, scores, groups, words) -> None:
    case = make_case()
    result = scored(case, *scores)
    assert answer.practically_tied(result) == groups
    assert words in answer.answer(case, result, "en")
    flags = [row[4] for row in tables.ranking(case, result).rows]
    assert flags == [any(place in group for group in groups) for place in range(3)]


def test_equal_scores_share_their_rank_and_a_note_says_so(make_case) -> None:
    case = make_case()
    table = tables.ranking(case, scored(case, 0.6, 0.6, 0.4))
    assert [row[0] for row in table.rows] == [1.5, 1.5, 3.0]
    assert table.notes[0].code == "report.note.tie"


def test_csv_holds_keys_points_and_twelve_digits(make_case) -> None:
    case = make_case()
    result = ranked(case)
    rows = read_csv(tables.to_csv(tables.ranking(case, result)))
    assert rows[0] == ["rank", "alternative", "score", "behind", "practically_tied"]
    by_key = dict(zip(result.alternatives, result.scores.tolist(), strict=True))
    for row in rows[1:]:
        assert float(row[2]) == pytest.approx(by_key[row[1]], rel=1e-11)
        assert len(row[2].replace("0.", "").lstrip("0")) <= 12
    assert rows[1][3] == ""
    assert rows[1][4] == "false"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "  =x", "\t=x", "\n=x", "＝1", HOSTILE[13:]])
def test_text_cannot_become_a_formula(text: str) -> None:
    assert read_csv(tables.to_csv(one_column(text)))[1][0].startswith("'")
    named = Named(key=text, title=Title(en="x"))
    assert read_csv(tables.to_csv(one_column(named)))[1][0].startswith("'")


@pytest.mark.parametrize(
    ("value", "written"), [(-5.25, "-5.25"), (-3, "-3"), ("-5", "-5"), ("+1.5", "+1.5"), ("-7%", "-7%")]
)
def test_numbers_are_not_defused(value, written: str) -> None:
    assert read_csv(tables.to_csv(one_column(value, "amount")))[1] == [written]
    assert harmless("plain - text") == "plain - text"


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "a | b",
        "`code` ``x``",
        "*bold* _it_ __x__",
        "[a](javascript:alert(1))",
        "![x](http://x)",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt;",
        "$x$ ~~y~~",
        "line\nbreak | x",
        "# head",
        "- item",
        "1. item",
        "a\\|b",
        "<http://x>",
    ],
)
def test_markdown_of_any_text_is_that_text_and_nothing_else(text: str) -> None:
    table = Table(
        title_key="report.table.ranking",
        columns=(Column(key="a", heading="report.head.value"), Column(key="b", heading=Title(en=text))),
        rows=((text, 1.5), (text, 2.5)),
    )
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(tables.to_markdown(table, "en"))
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type in ("td_open", "th_open")]
    assert len(cells) == 6
    plain = " ".join(text.split())
    for cell in (cells[1], cells[2], cells[4]):
        assert "".join(child.content for child in cell.children) == plain
        assert {child.type for child in cell.children} <= {"text", "text_special"}
    assert not {"<", ">"} & set(markdown(text))
    line = MarkdownIt("commonmark").parse(markdown(text))
    assert [token.type for token in line] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in line[1].children} <= {"text", "text_special"}


def test_running_text_keeps_code_and_nothing_else() -> None:
    told = markdown_paragraphs("The area `verdict` counts *not*.\n\nSecond | `a b` one.")
    assert told == ["The area `verdict` counts \\*not\\*.", "Second \\| \\`a b\\` one."]
    assert paragraphs("one\ntwo\n") == ["one", "two"]
    assert paragraphs("one\nstill one\n\ntwo") == ["one\nstill one", "two"]


@pytest.mark.parametrize(
    ("doi", "url", "address"),
    [
        ("10.1000/182", "", "https://doi.org/10.1000/182"),
        ('10.1/x"><script>', "", "https://doi.org/10.1/x%22%3E%3Cscript%3E"),
        ("", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("", "javascript:alert(1)", ""),
        ("", 'https://x/"onload=', "https://x/%22onload="),
        ("", "", ""),
    ],
)
def test_only_web_addresses_become_links(doi: str, url: str, address: str) -> None:
    assert link(doi, url) == address


def test_titles_are_shown_in_the_readers_language_and_keys_in_files(make_case) -> None:
    table = tables.ranking(make_case(), ranked(make_case()))
    assert "Север" in tables.to_markdown(table, "ru")
    assert "North" in tables.to_markdown(table, "en")
    assert "north" in tables.to_csv(table)
    assert "North" not in tables.to_csv(table)
    assert {record["alternative"] for record in tables.to_records(table)} == {"north", "south", "west"}


@pytest.mark.parametrize(
    ("line", "leaf", "expected"),
    [
        ("north", "stations", "A"),  # apart 0, range 3.5 to 5 (3/8), 3 rows, 2 codings
        ("south", "stations", "B"),  # apart 1/4, range 1 to 3.5 (5/8)
        ("west", "stations", "A"),  # apart 1/8, range 1/4
        ("north", "budget", "A"),  # range 5 of 20
        ("south", "budget", "D"),  # no coding gives a value
        ("west", "budget", "C"),  # one coding gives none
        ("north", "noise", "A"),
    ],
)
def test_grades_follow_their_rule(make_case, line: str, leaf: str, expected: str) -> None:
    case = make_case()
    assert grade(case, case.study.leaf(leaf).cells[line]) == expected
    by_name = {(row[2].key, row[1].key): row[8] for row in tables.cells(case).rows}
    assert by_name[line, leaf] == expected


def test_a_value_that_a_scenario_sets_has_no_grade_but_a_mark(make_case) -> None:
    reading = Reading(value=5.0, low=5.0, high=5.0, reason="A new depot.")
    case = make_case(changes=(Change(alternative="south", leaf="stations", reading=reading),))
    row = next(row for row in tables.cells(case).rows if (row[2].key, row[1].key) == ("south", "stations"))
    assert row[3:6] == (5.0, 5.0, 5.0)
    assert row[8] == ""
    assert row[10] is True
    assert tables.changes(case).rows[0][3:] == (2.5, 5.0, "A new depot.")


def test_scorecard_flips_the_merit_of_costs_and_shows_assumptions(make_case) -> None:
    groups = {group.criterion.key: group for group in scorecard(make_case())}
    noise = {score.alternative: score for score in groups["burden"].rows[0].scores}
    assert noise["north"].merit == pytest.approx(1 - 3.5 / 4)
    assert noise["west"].merit == 1.0
    budget = {score.alternative: score for score in groups["reach"].rows[1].scores}
    assert budget["south"].assumed
    assert budget["south"].value == 5.0  # the median of the midpoints 4 and 6
    assert budget["west"].small == "15–30"
    assert groups["reach"].means[0] == pytest.approx((0.75 + 12.5 / 20) / 2)


def test_contributions_add_up_and_zero_is_zero(make_case) -> None:
    case = make_case()
    lead = explain_lead(case, "north", "south")
    rows = tables.contributions(lead, case).rows
    of = {level: sum(row[3] for row in rows if row[0].key == level) for level in ("criterion", "subcriterion", "total")}
    assert of["criterion"] == pytest.approx(lead.lead, abs=1e-12)
    assert of["subcriterion"] == pytest.approx(lead.lead, abs=1e-12)
    assert of["total"] == lead.lead
    noisy = Lead(
        first="north",
        second="south",
        scores=(0.5, 0.4),
        lead=0.1,
        criteria={"reach": 0.1, "burden": 3e-18},
        leaves={"stations": 0.1, "budget": 0.0, "noise": 3e-18},
    )
    assert [row[3] for row in tables.contributions(noisy, case).rows] == [0.1, 0.1, 0.0, 0.0, 0.0, 0.1]


def test_the_matrix_file_ranks_alike(make_case, tmp_path: Path) -> None:
    case = make_case()
    path = tmp_path / "matrix.csv"
    path.write_text(tables.to_csv(tables.matrix(case)), encoding="utf-8-sig")
    again = rank(read_matrix(path))
    assert again.alternatives == case.problem.alternatives
    assert again.scores == pytest.approx(ranked(case).scores, rel=1e-10)


def test_codings_stand_one_below_the_other(make_case) -> None:
    table = tables.codings(make_case())
    assert len(table.rows) == 3 * 3 * 2
    south = [row for row in table.rows if (row[0].key, row[1].key) == ("budget", "south")]
    assert [row[3:6] for row in south] == [(None, 0.0, 8.0), (None, 2.0, 10.0)]
    assert read_csv(tables.to_csv(table))[1][6] == "row1; row2"


def test_evidence_lists_what_is_cited_and_a_swot_route_its_items(make_case) -> None:
    assert [row[0] for row in tables.evidence(make_case()).rows] == ["row1", "row2", "row3"]
    case = make_case(route="swot-1")
    table = tables.swot(case)
    assert [row[3] for row in table.rows] == [1, 1, -1, 0, 1]
    assert "1 item speaks to no criterion" in tables.to_markdown(table, "en")
    assert len(tables.evidence(case).rows) == 5


def test_comparison_leaves_gaps_for_alternatives_that_a_scenario_lacks(make_case) -> None:
    whole, part = make_case(), make_case(drop=("west",), method="weighted_sum")
    table = tables.comparison([(whole, ranked(whole)), (part, ranked(part))])
    assert [column.key for column in table.columns[-3:]] == ["north", "south", "west"]
    assert table.rows[1][-1] is None
    choices = tables.to_records(table)[1]
    assert (choices["method"], choices["normalization"], choices["route"]) == ("weighted_sum", "minmax", "ratings")
    assert [shown(cell, table.columns[1], "en") for cell in table.rows[1][1:4]] == [
        "Weighted sum", "minmax", "Adopted ratings",
    ]  # fmt: skip
    scores = tables.comparison([(whole, ranked(whole))], show="scores")
    assert scores.rows[0][-3:] == tuple(ranked(whole).scores.tolist())


def test_flags_and_blanks_are_shown_as_words() -> None:
    column = Column(key="x", heading="report.head.near", kind="flag")
    assert [shown(value, column, "en") for value in (True, False, None)] == ["yes", "", ""]


@pytest.mark.parametrize(
    "key", ["ranking", "weights", "criterion_scores", "matrix", "cells", "codings", "overview", "assumed"]
)
def test_every_table_survives_hostile_words(make_case, key: str) -> None:
    case = make_case(HOSTILE)
    function = getattr(tables, key)
    table = function(case, ranked(case)) if key == "ranking" else function(case)
    for row in read_csv(tables.to_csv(table)):
        assert len(row) == len(table.columns)
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
    text = tables.to_markdown(table, "en")
    assert "<b>" not in text
    assert "</script>" not in text


def test_a_share_is_never_written_as_nothing_or_all_unless_it_is() -> None:
    shares = (0.0, 0.00035, 0.001, 0.99989, 1 - 1e-16, 1.0)
    wanted = {
        "en": ["0%", "<0.1%", "0.1%", ">99.9%", "100%", "100%"],
        "ru": ["0 %", "< 0,1 %", "0,1 %", "> 99,9 %", "100 %", "100 %"],
        "kk": ["0%", "<0,1%", "0,1%", ">99,9%", "100%", "100%"],
    }
    for lang, texts in wanted.items():
        with speaking(lang):
            assert [numbers.share(value).replace("\N{NO-BREAK SPACE}", " ") for value in shares] == texts
    values = {"leader": "A", "count": 203}
    assert [say("claim.leader_share", share=value, **values) for value in (0.00016, 0.0)] == [
        "A <0.1% (203)", "A 0.0% (203)",
    ]  # fmt: skip


def test_counts_have_groups_of_digits_for_people_alone() -> None:
    table = Table(title_key="cli.effects.claims", columns=(Column(key="n", heading="cli.head.of", kind="count"),),
                  rows=((548352,),))  # fmt: skip
    with speaking("ru"):
        assert "548\N{NO-BREAK SPACE}352" in tables.to_markdown(table, "ru")
    assert tables.to_csv(table) == "n\n548352\n"
