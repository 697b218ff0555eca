"""The briefing in Word: read back, deterministic, safe from words that look like markup, in any letterhead."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from mcda.errors import StudyError
from mcda.report import figures
from mcda.report.blocks import Picture, Tabular
from mcda.report.briefing import Briefing, briefing
from mcda.report.findings import findings
from mcda.report.letterhead import STYLES, TABLE, Letterhead
from mcda.report.manifest import manifest
from mcda.report.word import settled, small, write_word

HOSTILE = "R&D <b> {{ 7 * 7 }} {% raw %}"
WORDS = "Signed bars & <b>"


@pytest.fixture(scope="module")
def case(make_case):
    return make_case()


@pytest.fixture(scope="module")
def image() -> bytes:
    """A picture of many colours, as those of a figure's letters are."""
    shades = Image.linear_gradient("L").resize((600, 300))
    out = io.BytesIO()
    Image.merge("RGBA", (shades, shades.rotate(90), shades, shades)).save(out, "png")
    return out.getvalue()


@cache
def text_of(case, lang: str = "en") -> Briefing:
    found = findings(case)
    record = manifest(case, command="mcda report plain")
    return briefing(found, record, lang, pictures={"contributions": WORDS})


def write(case, image: bytes, lang: str = "en", letterhead: Letterhead | None = None) -> bytes:
    return write_word(text_of(case, lang), images={"contributions": image}, letterhead=letterhead)


def read(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def saved(document: WordDocument) -> Letterhead:
    out = io.BytesIO()
    document.save(out)
    return Letterhead(name="head.docx", data=out.getvalue())


def lines(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_sections_are_headings_in_their_order(case, image) -> None:
    text, document = text_of(case), read(write(case, image))
    heads = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [
        *(("Heading 1", section.heading) for section in (*text.sections,)),
        ("Heading 1", text.annex_title),
        *(("Heading 2", section.heading) for section in text.annex),
    ]
    for name, level in (("Heading 1", "0"), ("Heading 2", "1")):
        assert document.styles[name].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == level
    assert document.paragraphs[1].style.name == "Title"


def test_tables_hold_what_the_briefing_holds_and_mark_their_heads(case, image) -> None:
    document = read(write(case, image))
    tables = [block for block in text_of(case).blocks() if isinstance(block, Tabular)]
    assert len(document.tables) == len(tables)
    for made, table in zip(document.tables, tables, strict=True):
        first = made.rows[0]
        assert [cell.text for cell in first.cells] == list(table.heads)
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert made._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.title
        for row, entries in zip(made.rows[1:], table.rows, strict=True):
            assert [cell.text.split("\n")[0] for cell in row.cells] == [entry.text for entry in entries]
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_pictures_are_told_in_words(case, image) -> None:
    document = read(write(case, image))
    pictures = [block for block in text_of(case).blocks() if isinstance(block, Picture)]
    shapes = [shape._inline.docPr for shape in document.inline_shapes]
    assert [shape.get("descr") for shape in shapes] == [picture.words for picture in pictures] == [WORDS]


@pytest.mark.parametrize(("lang", "tongue"), [("en", "en-GB"), ("ru", "ru-RU"), ("kk", "kk-KZ")])
def test_the_language_is_set(case, image, lang, tongue) -> None:
    document = read(write(case, image, lang))
    spoken = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {tongue}
    assert document.core_properties.language == tongue


def test_words_that_look_like_markup_stay_words(make_case, image) -> None:
    document = read(write(make_case(HOSTILE), image))
    assert lines(document)[1] == HOSTILE
    assert document.core_properties.title == HOSTILE
    assert any(HOSTILE in cell.text for table in document.tables for cell in table._cells)


def test_the_same_briefing_gives_the_same_bytes_with_no_clock_in_them(case, image, make_case) -> None:
    one, two = write(case, image), write(make_case(), image)
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        names = archive.namelist()
    assert "created" not in core
    assert "modified" not in core.replace("lastModifiedBy", "")
    assert not [name for name in names if "app.xml" in name or "thumbnail" in name or "customXml" in name]


def test_it_is_small_also_with_a_real_picture(case) -> None:
    figure = figures.draw("contributions", findings(case), "en")
    real = figures.render(figure, title="t", description="d")["png"]
    assert len(write(case, real)) < 80_000
    assert len(small(real)) < len(real) / 2


def test_captions_are_counted_by_word(case, image) -> None:
    document = read(write(case, image))
    fields = [element.get(qn("w:instr")) for element in document.element.body.iter(qn("w:fldSimple"))]
    assert fields.count(r" SEQ Table \* ARABIC ") == len(document.tables)
    assert fields.count(r" SEQ Figure \* ARABIC ") == 1
    feet = [element.get(qn("w:instr")) for element in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert feet == [" PAGE ", " NUMPAGES "]


def test_points_are_a_list_and_links_can_be_followed(case, image) -> None:
    document = read(write(case, image))
    points = [p for p in document.paragraphs if p.style.name == "Briefing Point"]
    assert points
    assert all(p._p.pPr.numPr is not None for p in points)
    assert [link.address for p in document.paragraphs for link in p.hyperlinks] == ["https://doi.org/10.1000/182"]


def letterhead() -> WordDocument:
    """A letterhead as a ministry has it: a header, its own font and headings, a place for the text."""
    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Heading 1"].font.size = Pt(33)
    document.sections[0].header.paragraphs[0].text = "Ministry: {{ title }}"
    document.add_paragraph("No. ____ of {{ scenario }}")
    document.add_paragraph("{{ briefing }}")
    document.add_paragraph("Signed ____")
    return document


def test_a_letterhead_keeps_its_looks_and_takes_the_text_where_it_says(make_case, image) -> None:
    document = read(write(make_case(HOSTILE), image, letterhead=saved(letterhead())))
    assert lines(document)[0] == f"No. ____ of {HOSTILE}"
    assert lines(document)[1:3] == ["Briefing", HOSTILE]
    assert lines(document)[-1] == "Signed ____"
    assert document.sections[0].header.paragraphs[0].text == f"Ministry: {HOSTILE}"
    assert document.styles["Heading 1"].font.size == Pt(33)
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_a_letterhead_without_a_place_takes_the_text_at_its_end(case, image) -> None:
    plain = Document()
    plain.add_paragraph("Ministry of Lines")
    document = read(write(case, image, letterhead=saved(plain)))
    assert lines(document)[:2] == ["Ministry of Lines", "Briefing"]


def test_a_place_split_by_the_word_processor_is_found(case, image) -> None:
    plain = Document()
    paragraph = plain.add_paragraph("{{ brief")
    paragraph.add_run("ing }}").bold = True
    plain.add_paragraph("Signed")
    assert lines(read(write(case, image, letterhead=saved(plain))))[-1] == "Signed"


def test_a_letterhead_with_few_styles_gets_those_that_it_lacks(case, image) -> None:
    plain = Document()
    root = plain.styles.element
    for style in list(plain.styles):
        if style.name == "Heading 1":
            style.element.find(qn("w:name")).set(qn("w:val"), "Heading 1")  # as other programs than Word spell it
        elif style.name != "Normal":
            root.remove(style.element)
    plain.part.drop_rel(next(key for key, rel in plain.part.rels.items() if rel.reltype.endswith("/numbering")))
    document = read(write(case, image, letterhead=saved(plain)))
    assert {*STYLES, TABLE} - {"Heading 1"} <= {style.name for style in document.styles}
    assert next(p for p in document.paragraphs if p.text == "The answer").style.name == "Heading 1"


def test_the_same_letterhead_gives_the_same_bytes(case, image) -> None:
    head = saved(letterhead())
    assert write(case, image, letterhead=head) == write(case, image, letterhead=head)


def changed_type(head: Letterhead, kind: str) -> Letterhead:
    """A letterhead that says of itself to be something else, as a template or a file with macros does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(head.data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"document.main+xml", kind.encode()))
    return Letterhead(name=head.name, data=out.getvalue())


@pytest.mark.parametrize("data", [b"", b"no zip", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_is_refused(case, image, data) -> None:
    with pytest.raises(StudyError, match=r"^letterhead 'x\.docx' is no Word document: save it as a Word document"):
        write(case, image, letterhead=Letterhead(name="x.docx", data=data))


def test_a_word_template_is_refused_with_what_to_do(case, image) -> None:
    with pytest.raises(StudyError, match=r"save it as a Word document .*, without macros and not as a template"):
        write(case, image, letterhead=changed_type(saved(letterhead()), "template.main+xml"))


@pytest.mark.parametrize("tag", ["{{ date }}", "{% if %}", "{{ title.__class__.__mro__ }}"])
def test_a_tag_that_cannot_be_filled_is_refused(case, image, tag) -> None:
    plain = Document()
    plain.add_paragraph(f"Before {tag} after")
    with pytest.raises(StudyError, match=r"has a tag that cannot be filled \(.+\): write one of \{\{ briefing \}\}, "):
        write(case, image, letterhead=saved(plain))


@pytest.mark.parametrize("tag", ["{{ title", "title }}", "{% if title"])
def test_a_tag_that_is_not_closed_is_refused_before_it_swallows_a_line(case, image, tag) -> None:
    plain = letterhead()
    plain.sections[0].footer.paragraphs[0].text = f"Before {tag} after"
    with pytest.raises(StudyError, match=r"has a tag that is not closed in 'Before .+ after': close it with"):
        write(case, image, letterhead=saved(plain))


def test_a_zip_is_settled_without_loss() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("b/c.xml", b"<c/>")
        archive.writestr("a.txt", b"a" * 999)
    with zipfile.ZipFile(io.BytesIO(settled(raw.getvalue()))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"b/c.xml": b"<c/>", "a.txt": b"a" * 999}


def test_a_picture_that_is_missing_is_a_fault_of_the_caller(case) -> None:
    with pytest.raises(KeyError):
        write_word(text_of(case), images={})


def test_every_block_has_its_place(case, image) -> None:
    text = replace(text_of(case), annex=())
    document = read(write_word(text, images={"contributions": image}))
    assert lines(document)[-1] == text.annex_title
