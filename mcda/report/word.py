"""The briefing as a Word document, by itself or in a letterhead; tags in the letterhead are filled by docxtpl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup
from PIL import Image

from mcda.errors import Fault, StudyError
from mcda.report.blocks import Block, Entry, Paragraph, Picture, Points, Tabular, widths
from mcda.report.briefing import Briefing
from mcda.report.letterhead import TABLE, TONGUES, Letterhead, bullets, field, own_document, read_letterhead, styles

LETTER = 5.5  # points that a letter of a table takes, in wide fonts too
TOGETHER = 12  # rows up to which a table stays on one page
COLOURS = 32  # of a picture: bars, letters and their edges need no more, and the file stays small
SHARE = 0.92  # of the text's width that a picture takes, so that the usual one ends on the first page
LINK = "0B5A94"
LOOKS = {
    "plain": "Briefing Text",
    "lead": "Briefing Lead",
    "quiet": "Briefing Quiet",
    "code": "Briefing Code",
}
TAGS = ("briefing", "title", "scenario", "question", "answer", "footer")
START = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold, for every file


def write_word(briefing: Briefing, *, images: Mapping[str, bytes], letterhead: Letterhead | None = None) -> bytes:
    """Write the briefing as a Word document; the same briefing in the same letterhead always gives the same bytes.

    Parameters
    ----------
    images : PNG by name of the picture
    letterhead : a Word document to write into. The text stands where it has a paragraph ``{{ briefing }}``, else at
        its end; ``{{ title }}``, ``{{ scenario }}``, ``{{ question }}``, ``{{ answer }}`` and ``{{ footer }}`` may
        stand anywhere, headers and footers included. Its own styles win over ours

    Raises
    ------
    StudyError
        Where the letterhead is no Word document or has a tag that cannot be filled.
    """
    if letterhead is None:
        document = own_document(briefing.lang, briefing.page)
    else:
        document = read_letterhead(letterhead, briefing.lang)
    body = Markup(_Writer(document, briefing, images).body())  # made of elements, so that it is safe as it is
    plain = {key: getattr(briefing, key) for key in ("title", "scenario", "question", "footer")}
    template = DocxTemplate(io.BytesIO())
    template.docx = document
    words = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        template.render({**plain, "answer": briefing.answer, "briefing": body}, jinja_env=words, autoescape=True)
    except TemplateError as error:
        name = "" if letterhead is None else letterhead.name
        values = {"found": name, "reason": str(error), "allowed": ", ".join(f"{{{{ {tag} }}}}" for tag in TAGS)}
        raise StudyError([Fault(code="documents.letterhead.tag", values=values)]) from None
    _sign(document, briefing)
    saved = io.BytesIO()
    template.save(saved)
    return settled(saved.getvalue())


def settled(data: bytes) -> bytes:
    """Write a zip anew with fixed dates, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, START)
            fresh.compress_type, fresh.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(fresh, old.read(entry))
    return out.getvalue()


def small(image: bytes) -> bytes:
    """Bring a PNG down to few colours."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(image)) as picture:
        dots = picture.info.get("dpi", (160, 160))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(out, "png", optimize=True, dpi=dots)
    return out.getvalue()


class _Writer:
    """Writes blocks at the end of a document and takes them out again, as what a tag stands for."""

    def __init__(self, document: WordDocument, briefing: Briefing, images: Mapping[str, bytes]) -> None:
        self.document, self.briefing, self.images = document, briefing, images
        section = document.sections[0]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        self.width = Emu((section.page_width or 0) - margins)
        self.list, self.styles = bullets(document), styles(document)
        self.counts = {"table": 0, "figure": 0}

    def body(self) -> str:
        """Write everything and give it as XML."""
        there = set(self.document.element.body)
        briefing = self.briefing
        for text, style in (
            (briefing.kicker, "Briefing Kicker"),
            (briefing.title, "Title"),
            (briefing.scenario, "Subtitle"),
            (briefing.question, "Briefing Quiet"),
        ):
            self._line(text, style)
        for section in briefing.sections:
            self._line(section.heading, "Heading 1")
            self._blocks(section.blocks)
        annex = self._line(briefing.annex_title, "Heading 1")
        annex.paragraph_format.page_break_before = True
        for section in briefing.annex:
            self._line(section.heading, "Heading 2")
            self._blocks(section.blocks)
        made = [element for element in self.document.element.body if element not in there]
        for element in made:
            self.document.element.body.remove(element)
        return "".join(etree.tostring(element, encoding="unicode") for element in made)

    def _line(self, text: str, style: str) -> WordParagraph:
        return self.document.add_paragraph(text, self.styles[style])

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block, LOOKS[block.look])
            elif isinstance(block, Points):
                for item in block.items:
                    _in_list(self._paragraph(item, "Briefing Point"), self.list)
            elif isinstance(block, Picture):
                self._picture(block)
            else:
                self._table(block)

    def _paragraph(self, block: Paragraph, style: str) -> WordParagraph:
        paragraph = self._line(block.text, style)
        if block.link:
            paragraph.add_run(" ")
            _link(paragraph, block.link)
        return paragraph

    def _caption(self, kind: str, label: str, title: str) -> WordParagraph:
        """Write a caption with a number that Word counts itself."""
        self.counts[kind] += 1
        before, _, after = label.partition("{number}")
        paragraph = self._line(before, "Caption")
        field(paragraph, f"SEQ {kind.capitalize()} \\* ARABIC", str(self.counts[kind]))
        paragraph.add_run(f"{after} {title}")
        return paragraph

    def _picture(self, picture: Picture) -> None:
        """Show a picture, told in words for those who do not see it."""
        paragraph = self._line("", "Briefing Text")
        paragraph.paragraph_format.keep_with_next = True
        image, width = small(self.images[picture.name]), Emu(int(self.width * SHARE))
        shape = paragraph.add_run().add_picture(io.BytesIO(image), width=width)
        shape._inline.docPr.set("descr", picture.words)
        shape._inline.docPr.set("title", picture.title)
        self._caption("figure", self.briefing.figure, picture.title)

    def _table(self, table: Tabular) -> None:
        """Set a table: its head is repeated on every page, no row is torn, and a short one stays on one page."""
        self._caption("table", self.briefing.table, table.title).paragraph_format.keep_with_next = True
        made = self.document.add_table(len(table.rows) + 1, len(table.heads))
        made.style, made.autofit = self.styles[TABLE], False
        _describe(made, table.title)
        shares = [Emu(int(self.width * share)) for share in widths(table, self.width.pt / LETTER)]
        for column, width in zip(made.columns, shares, strict=True):
            column.width = width
        heads = tuple(Entry(text=head, strong=True) for head in table.heads)
        for number, (row, entries) in enumerate(zip(made.rows, (heads, *table.rows), strict=True)):
            _keep(row, head=number == 0)
            held = number == 0 or (len(table.rows) <= TOGETHER and number < len(table.rows))
            for cell, entry, width, right in zip(row.cells, entries, shares, table.right, strict=True):
                cell.width = width
                paragraph = _fill(cell, entry, self.styles["Briefing Cell"], right=right)
                paragraph.paragraph_format.keep_with_next = held or None
        note = " ".join(table.notes)
        self._line(note, "Briefing Note")


def _fill(cell: _Cell, entry: Entry, style: ParagraphStyle, *, right: bool) -> WordParagraph:
    """Write an entry into a cell: its words, a smaller line below, a colour behind."""
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph.style = style
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(entry.text).bold = entry.strong or None
    if entry.small:
        below = paragraph.add_run()
        below.add_break()
        below.add_text(entry.small)
        below.font.size = Pt(7.5)
    if entry.shade:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{entry.shade}"/>')
        cell._tc.get_or_add_tcPr().append(shade)
    return paragraph


def _keep(row: _Row, *, head: bool) -> None:
    """Keep a row on one page; a head is marked as such and repeated."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _describe(table: Table, title: str) -> None:
    """Give a table its title for those who do not see it."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def _in_list(paragraph: WordParagraph, number: int) -> None:
    place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().val, place.get_or_add_numId().val = 0, number


def _link(paragraph: WordParagraph, address: str) -> None:
    """Add an address that can be followed."""
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(address)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
    link.append(run._r)
    paragraph._p.append(link)


def _sign(document: WordDocument, briefing: Briefing) -> None:
    """Write what the document says of itself: title and language, no clock; nothing of it is read as a tag."""
    about = document.core_properties
    about.title, about.language = briefing.title, TONGUES[briefing.lang]
    about.subject, about.author, about.comments, about.last_modified_by = briefing.scenario, "", "", ""
    for name in ("dcterms:created", "dcterms:modified"):
        for stamp in about._element.findall(qn(name)):
            about._element.remove(stamp)
