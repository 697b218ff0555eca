"""The briefing as PDF: tagged, the same bytes twice, no font of the machine, refused without text alternatives."""

from __future__ import annotations

import builtins
import re
import warnings
from dataclasses import replace
from functools import cache

import pytest

from mcda.report import documents, pdf
from mcda.report.blocks import Paragraph, Picture, Section, Tabular
from mcda.report.briefing import PLACES, Briefing, briefing
from mcda.report.documents import left_out, packages
from mcda.report.findings import findings
from mcda.report.manifest import manifest
from mcda.report.pdf import write_pdf
from mcda.words import LANGUAGES

HOSTILE = '#panic("x") $ \\ * _ [<b>] "json" @key // R&D'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="30" height="20"/></svg>'
IMAGES = {"contributions": SVG}

needs_typst = pytest.mark.skipif(not pdf.available(), reason="the extra pdf (typst) is not installed")


@cache
def text_of(case, lang: str = "en") -> Briefing:
    record = manifest(case, command="mcda report plain")
    return briefing(findings(case), record, lang, pictures={"contributions": "Signed bars."})


def tags(made: bytes, kind: bytes) -> int:
    """Count the elements of a kind in the tree of tags."""
    return len(re.findall(rb"/S\s*/" + kind + rb"\b", made))


def only(text: Briefing, *blocks) -> Briefing:
    """The briefing with these blocks and nothing else, to be set fast."""
    return replace(text, sections=(Section(key="answer", heading="Head", blocks=blocks),), annex=())


@needs_typst
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_tagged_and_says_its_title_and_language(make_case, lang) -> None:
    text = text_of(make_case(), lang)
    made = write_pdf(text, images=IMAGES)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    for pair in (rb"/Marked\s*true", rb"/DisplayDocTitle\s*true", rb"/Lang\s*\(" + lang.encode() + rb"\)"):
        assert re.search(pair, made)
    tables = [block for block in text.blocks() if isinstance(block, Tabular)]
    assert tags(made, b"Table") == len(tables)
    assert tags(made, b"TH") == sum(len(table.heads) for table in tables)
    assert tags(made, b"TD") == sum(len(row) for table in tables for row in table.rows)
    assert tags(made, b"H1") == len(text.sections) + 1  # the annex
    assert tags(made, b"H2") == len(text.annex)
    assert tags(made, b"Figure") == 1
    assert "Signed bars.".encode("utf-16-be").hex().upper().encode() in made or b"(Signed bars.)" in made


@needs_typst
def test_the_same_briefing_gives_the_same_bytes(make_case) -> None:
    one, two = (write_pdf(text_of(make_case()), images=IMAGES) for _ in range(2))
    assert one == two
    assert b"CreationDate" not in one
    assert b"ModDate" not in one


@needs_typst
def test_no_font_of_the_machine_is_used(make_case) -> None:
    made = write_pdf(text_of(make_case(), "kk"), images=IMAGES)
    fonts = set(re.findall(rb"/FontName\s*/\w+\+([\w-]+)", made))
    assert fonts <= {b"DejaVuSans", b"DejaVuSans-Bold", b"DejaVuSansMono"}
    assert b"DejaVuSans" in fonts


@needs_typst
@pytest.mark.parametrize("words", ["", " "])
def test_a_picture_without_words_is_refused(make_case, words) -> None:
    import typst

    picture = Picture(name="contributions", title="Lead", words=words.strip())
    with pytest.raises(typst.TypstError, match="missing alt text"):
        write_pdf(only(text_of(make_case()), picture), images=IMAGES)


@needs_typst
def test_words_that_look_like_markup_are_set_and_not_run(make_case) -> None:
    made = write_pdf(text_of(make_case(HOSTILE)), images=IMAGES)
    assert made.startswith(b"%PDF")


@needs_typst
@pytest.mark.parametrize("look", ["plain", "lead", "quiet", "code"])
def test_every_look_of_a_paragraph_is_known(make_case, look) -> None:
    text = text_of(make_case())
    one, other = (
        write_pdf(only(text, Paragraph(text=words, look=look, link="https://doi.org/10.1/x")), images={})
        for words in ("one", "other")
    )
    assert one != other


@needs_typst
def test_letters_that_the_font_lacks_do_not_stop_it(make_case) -> None:
    assert write_pdf(only(text_of(make_case()), Paragraph(text="漢字 🚂 ქართული")), images={}).startswith(b"%PDF")


@pytest.mark.parametrize(
    "choices", [{"route": "swot-1"}, {"drop": ("south", "west")}, {"structure": "leaves-raw"}, {"drop": ("west",)}]
)
@needs_typst
def test_every_kind_of_case_can_be_set(make_case, choices) -> None:
    assert write_pdf(text_of(make_case(**choices)), images=IMAGES).startswith(b"%PDF")


def test_without_the_extra_it_is_left_out_and_named(make_case, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    case = make_case()
    figures = dict.fromkeys((f"figures/{name}.{ending}" for name in PLACES for ending in ("svg", "png")), b"")
    monkeypatch.setattr(documents, "write_word", lambda *_, **__: b"")
    made = documents.documents(findings(case), manifest(case, command="mcda report plain"), figures)
    assert "briefing.pdf" not in made
    assert "briefing.docx" in made
    assert left_out() == {"briefing.pdf": "pdf"}
    assert "typst" not in packages()


@needs_typst
def test_with_the_extra_nothing_is_left_out() -> None:
    assert left_out() == {}
    assert "typst" in packages()


def test_nothing_loads_typst_before_it_is_needed(monkeypatch) -> None:
    loaded = builtins.__import__

    def refuse(name, *arguments, **options):
        assert name.partition(".")[0] != "typst"
        return loaded(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with warnings.catch_warnings():
        assert isinstance(pdf.available(), bool)
