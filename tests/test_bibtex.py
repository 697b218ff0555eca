"""BibTeX: names as they sort, letters as they are, entries that a reader of BibTeX takes."""

from __future__ import annotations

import re

import pytest

from mcda.report.bibtex import author, bibtex, citation_key, escaped, keys, source_entry
from mcda.report.manifest import manifest
from mcda.study.model import Source


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry, re.MULTILINE))


def source(**changes) -> Source:
    plain = {"key": "a", "authors": ("Duisen G.M.",), "year": 2025, "title": "On lines"}
    return Source(**(plain | changes))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Duisen G.M.", "Duisen, G. M."),
        ("Arupova A.A.", "Arupova, A. A."),
        ("van der Walt S.", "van der Walt, S."),
        ("Ли К.-И.", "Ли, К.-И."),
        ("Smith, John", "Smith, John"),
        ("World Bank", "{World Bank}"),
        ("John Smith", "{John Smith}"),
        ("Research & Development", r"{Research \& Development}"),
        ("Müller and Sons", "{Müller and Sons}"),
    ],
)
def test_a_name_sorts_by_its_family_name_where_that_can_be_told(name, written) -> None:
    assert author(name) == written


def test_an_article_has_its_journal_and_its_doi() -> None:
    entry = source_entry(
        source(
            authors=("Duisen G.M.", "Gafgazli G."),
            journal="Adam Alemi",
            issue="No. 3 (103)",
            pages="102-114",
            doi="10.1000/182",
        )
    )
    assert entry.startswith("@article{a,\n")
    assert fields(entry) == {
        "author": "Duisen, G. M. and Gafgazli, G.",
        "title": "{On lines}",
        "journal": "Adam Alemi",
        "year": "2025",
        "number": "3 (103)",
        "pages": "102--114",
        "doi": "10.1000/182",
    }


def test_what_has_no_journal_is_no_article() -> None:
    assert source_entry(source(url="https://example.org/a_b")).startswith("@misc{a,\n")
    assert fields(source_entry(source(url="https://example.org/a_b")))["url"] == "https://example.org/a_b"


@pytest.mark.parametrize("hostile", ["}", "{", "\\", 'R&D "x" 5% #1 $_^~', "a\nb", "@article{b,"])
def test_no_text_ends_an_entry(hostile) -> None:
    entry = source_entry(source(title=hostile, journal=hostile, authors=(hostile,), doi=hostile, url=hostile))
    depth = 0
    for letter in entry.rstrip()[:-1]:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth > 0 or letter in "@articlems"
    assert depth == 1
    assert len(re.findall(r"^@", entry, re.MULTILINE)) == 1


def test_letters_are_escaped_once() -> None:
    assert escaped("50% \\ {x}") == r"50\% \textbackslash{} \textbraceleft{}x\textbraceright{}"


def test_a_key_is_one_that_latex_takes() -> None:
    assert citation_key("turan 2025, ä%") == "turan-2025----"


def test_sources_study_program_and_packages_are_cited(make_case) -> None:
    case = make_case()
    record = manifest(case, command="mcda report", packages=("matplotlib",))
    text = bibtex(case, record)
    assert re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE) == ["paper", "fiveplusone", "numpy", "matplotlib"]
    assert keys(case, record) == (["paper"], ["fiveplusone", "numpy", "matplotlib"])
    own = next(entry for entry in text.split("\n\n") if entry.startswith("@misc{fiveplusone"))
    note = fields(own)["note"]
    assert "Three railway lines" in note
    assert str(record["study"]["sha256"]) in note
    assert "scenario plain" in note


def test_packages_that_had_no_part_are_not_cited(make_case) -> None:
    case = make_case()
    text = bibtex(case, manifest(case, command="mcda report"))
    assert "matplotlib" not in text.lower()
    assert "pymcdm" not in text


def test_a_borrowed_method_cites_its_package(make_case) -> None:
    case = make_case(method="aras")
    assert "10.1016/j.softx.2023.101368" in bibtex(case, manifest(case, command="mcda report"))
