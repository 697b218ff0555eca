"""The Word document that a briefing is written into: our own, or a letterhead, with the styles that it lacks."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from mcda.errors import Fault, StudyError

NAVY, QUIET, LINE = "123A5E", "51606E", "C9D2DA"
FONT, CODE_FONT = "Calibri", "Consolas"
TONGUES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}
PLACE = re.compile(r"\{\{\s*p?\s*briefing\s*\}\}")  # where the text stands in a letterhead
MARK = "{{p briefing }}"
BRACES = (("{{", "}}"), ("{%", "%}"))
TABLE = "Briefing Table"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """A Word document to write the briefing into: its name, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Give the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a paragraph looks where the document has no style of this name: points, weight, colour, space around."""

    size: float
    bold: bool = False
    color: str = ""
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    font: str = ""
    level: int | None = None  # of a heading, from 0


STYLES = {
    "Title": Style(size=20, bold=True, color=NAVY, after=4, keep=True),
    "Subtitle": Style(size=11.5, bold=True, after=4, keep=True),
    "Heading 1": Style(size=14, bold=True, color=NAVY, before=14, after=5, keep=True, level=0),
    "Heading 2": Style(size=12, bold=True, color=NAVY, before=11, after=4, keep=True, level=1),
    "Caption": Style(size=9, bold=True, before=9, after=3),
    "Briefing Kicker": Style(size=9, bold=True, color=QUIET, after=2, keep=True),
    "Briefing Lead": Style(size=12.5, bold=True, after=5),
    "Briefing Text": Style(size=10, after=5),
    "Briefing Point": Style(size=10, after=3),
    "Briefing Quiet": Style(size=10, color=QUIET, after=5),
    "Briefing Code": Style(size=9, after=5, font=CODE_FONT),
    "Briefing Cell": Style(size=9),
    "Briefing Note": Style(size=8, color=QUIET, before=3, after=8),
}
DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/><w:sz w:val="20"/><w:szCs w:val="20"/>
<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefingTable">
<w:name w:val="{TABLE}"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>
<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{NAVY}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""
BULLETS = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="{{number}}"><w:multiLevelType w:val="hybridMultilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\N{BULLET}"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>"""
LIST = f"""<w:num {nsdecls("w")} w:numId="{{number}}"><w:abstractNumId w:val="{{abstract}}"/></w:num>"""
NOTHING = f"<w:numbering {nsdecls('w')}/>"
NEEDED = {  # parts of the plain document; the others speak of the machine that it was made on
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.NUMBERING,
}
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def own_document(lang: str, page: str) -> WordDocument:
    """Make a document with our look: A4, the styles of a briefing, a footer with a page number."""
    document = Document()
    _bare(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.footer_distance = Cm(1)
    prepared(document, lang)
    foot = section.footer.paragraphs[0]
    foot.style = styles(document)["Briefing Note"]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run("{{ footer }}\t")
    for part in re.split(r"(\{pages?\})", page):
        if part in FIELDS:
            field(foot, FIELDS[part], "1")
        else:
            foot.add_run(part)
    return document


def read_letterhead(letterhead: Letterhead, lang: str) -> WordDocument:
    """Open a letterhead and give it the styles that it lacks.

    Raises
    ------
    StudyError
        Where it is no Word document, or a tag in it is not closed: that would swallow what follows.
    """
    try:
        document = Document(io.BytesIO(letterhead.data))
    except (ValueError, KeyError, BadZipFile, PackageNotFoundError, SyntaxError):
        raise StudyError([Fault(code="documents.letterhead.not_word", values={"found": letterhead.name})]) from None
    unclosed = [text for text in _texts(document) if any(text.count(a) != text.count(b) for a, b in BRACES)]
    if unclosed:
        found = {"found": letterhead.name}
        raise StudyError([Fault(code="documents.letterhead.open", values={**found, "text": text}) for text in unclosed])
    return prepared(document, lang)


def prepared(document: WordDocument, lang: str) -> WordDocument:
    """Add missing styles, set the language, and mark the place of the text: where the document does, else its end."""
    have = styles(document)
    for name, look in STYLES.items():
        if name not in have:
            own = name.startswith("Briefing")
            _shape(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not own), look)
    if TABLE not in have:
        document.styles.element.append(parse_xml(TABLE_STYLE))
    _speak(document, TONGUES[lang])
    marked = [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]
    places = [paragraph for paragraph in marked if PLACE.fullmatch(paragraph.text.strip())]
    for paragraph in places or [document.add_paragraph()]:
        paragraph.text = MARK
    return document


def styles(document: WordDocument) -> dict[str, Any]:
    """Give the styles of a document by our names for them; programs differ in how they spell a name."""
    ours = {name.lower(): name for name in (*STYLES, TABLE)}
    return {ours[style.name.lower()]: style for style in document.styles if style.name and style.name.lower() in ours}


def bullets(document: WordDocument) -> int:
    """Add a list with bullets to a document and give its number."""
    root = _numbering(document).element
    taken = [int(item.get(qn("w:abstractNumId"))) for item in root.findall(qn("w:abstractNum"))]
    numbers = [int(item.get(qn("w:numId"))) for item in root.findall(qn("w:num"))]
    abstract, number = max(taken, default=-1) + 1, max(numbers, default=0) + 1
    shape = parse_xml(BULLETS.format(number=abstract))
    first = root.find(qn("w:num"))
    if first is None:
        root.append(shape)
    else:
        first.addprevious(shape)  # every shape stands before every list
    root.append(parse_xml(LIST.format(number=number, abstract=abstract)))
    return number


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field, such as a page number, with what is shown until Word computes it."""
    inside = f"<w:r><w:t>{shown}</w:t></w:r>"
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {instruction} ">{inside}</w:fldSimple>'))



def _texts(document: WordDocument) -> list[str]:
    """Give the text of every paragraph, those of headers and footers included."""
    parts = [part.footer for part in document.sections] + [part.header for part in document.sections]
    roots = [document.element.body, *(part._element for part in parts if not part.is_linked_to_previous)]
    return [Paragraph(element, document).text for root in roots for element in root.iter(qn("w:p"))]


def _bare(document: WordDocument) -> None:
    """Leave nothing of the plain document that python-docx brings but its parts: our font, no styles, no picture."""
    root = document.styles.element
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:default")) != "1":
            root.remove(style)
    root.replace(root.find(qn("w:docDefaults")), parse_xml(DEFAULTS))
    numbering = _numbering(document).element
    for item in list(numbering):
        numbering.remove(item)
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype not in NEEDED:
                del relations[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word calls the document an old one


def _shape(style: ParagraphStyle, look: Style) -> None:
    style.font.size, style.font.bold = Pt(look.size), look.bold or None
    style.font.name = look.font or None
    if look.color:
        style.font.color.rgb = RGBColor.from_string(look.color)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), 1.08
    form.keep_with_next, form.widow_control = look.keep or None, True
    if look.level is not None:
        style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.level}"/>'))
    style.quick_style, style.hidden = True, False


def _speak(document: WordDocument, tongue: str) -> None:
    """Set the language that the document speaks where no style says otherwise."""
    root = document.styles.element
    for holder in (root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"), *root.iter(qn("w:rPr"))):
        lang = None if holder is None else holder.find(qn("w:lang"))
        if lang is not None:
            lang.set(qn("w:val"), tongue)


def _numbering(document: WordDocument) -> NumberingPart:
    """Find the part that holds the lists of a document, or add an empty one."""
    part = document.part
    try:
        found = part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        name = PackURI("/word/numbering.xml")
        found = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, NOTHING.encode(), part.package)
        part.relate_to(found, RELATIONSHIP_TYPE.NUMBERING)
    assert isinstance(found, NumberingPart)
    return found
