"""A folder for a paper: the results as LaTeX, tables with booktabs, figures as PDF, BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template

from mcda.report.bibtex import NAMES, bibtex, keys
from mcda.report.blocks import Block, Entry, Paragraph, Picture, Points, Tabular, tidy, widths
from mcda.report.briefing import Briefing
from mcda.study.scenario import Case
from mcda.words import say

TEMPLATE = Path(__file__).parent / "templates" / "paper.tex"
ROOM = 84.0  # letters on a line of the paper
RESULTS = ("answer", "sure", "change", "numbers")  # sections of the briefing
PAGE = 32  # rows from which on a table runs over pages
# Letters that fonts of LaTeX lack, and spaces that LaTeX spells otherwise.
SIGNS = {
    "\N{MINUS SIGN}": "$-$",
    "\N{GREATER-THAN OR EQUAL TO}": r"$\geq$",
    "\N{LESS-THAN OR EQUAL TO}": r"$\leq$",
    "\N{ALMOST EQUAL TO}": r"$\approx$",
    "\N{RIGHTWARDS ARROW}": r"$\rightarrow$",
    "\N{BLACK UP-POINTING TRIANGLE}": r"$\bigtriangleup$",
    "\N{BLACK DOWN-POINTING TRIANGLE}": r"$\bigtriangledown$",
    "\N{INCREMENT}": r"$\Delta$",
    "\N{DAGGER}": r"\textdagger{}",
    "\N{MIDDLE DOT}": r"\textperiodcentered{}",
    "\N{HORIZONTAL ELLIPSIS}": r"\dots{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{NON-BREAKING HYPHEN}": r"\mbox{-}",
    "\N{SOFT HYPHEN}": r"\-",
    "`": r"\textasciigrave{}",
    "\0": "{}",
}
LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")  # where two letters would be printed as another one
CYRILLIC = re.compile("[\u0400-\u052f]")
# With the Cyrillic encoding in front, these Latin letters have to come from the Latin one.
LATIN = ("l", "L", "o", "O", "ae", "AE", "oe", "OE", "ss", "dh", "DH", "dj", "DJ", "th", "TH", "ng", "NG")
ENCODING = "  \\usepackage[T1]{fontenc}\n  \\usepackage{lmodern}"
BOTH = "  \\usepackage[T1,T2A]{fontenc}"
FONTS = ("CMU Serif", "DejaVu Serif", "Times New Roman")  # with Cyrillic letters, those of Kazakh among them


class Page(Template):
    """A template whose places begin with @, since LaTeX has the dollar for itself."""

    delimiter = "@"


def paper(briefing: Briefing, case: Case, record: Mapping[str, object]) -> dict[str, bytes]:
    """Make the files of a paper, which compile as they are beside the figures in ``figures/``.

    Parameters
    ----------
    briefing : what the paper tells
    case, record : for the sources and the software, with the manifest

    Returns
    -------
    dict of bytes by file name: ``paper.tex``, ``sources.bib``, ``tables/*.tex``
    """
    tables = [block for block in briefing.blocks() if isinstance(block, Tabular) and "checklist" not in block.key]
    sources = bibtex(case, record, briefing.lang)
    return {
        "paper.tex": _paper(briefing, keys(case, record), sources).encode(),
        "sources.bib": sources.encode(),
        **{f"tables/{table.key}.tex": booktabs(table, briefing.lang).encode() for table in tables},
    }


def tex(text: str) -> str:
    """Write a text so that LaTeX prints it letter for letter, whatever is in it."""
    return "".join(NAMES.get(letter) or SIGNS.get(letter, letter) for letter in LIGATURE.sub("\0", tidy(text)))


def booktabs(table: Tabular, lang: str) -> str:
    """Write a table with rules at its top, below its head and at its bottom; one that is long runs over pages."""
    long = len(table.rows) > PAGE
    kind = "longtable" if long else "tabular"
    lines = [rf"\addlinespace{chr(10)}{_row(row)}" if row[0].strong else _row(row) for row in table.rows]
    if table.rows and table.rows[0][0].strong:
        lines[0] = lines[0].partition("\n")[2]
    note = say("documents.paper.table_long" if long else "documents.paper.table", lang)
    parts = [
        f"% {note}",
        rf"\begin{{{kind}}}{{@{{}}{_columns(table)}@{{}}}}",
        r"\toprule",
        _line(tex(head) for head in table.heads),
        r"\midrule" + (r"\endhead" if long else ""),
        *lines,
        r"\bottomrule",
        rf"\end{{{kind}}}",
    ]
    return "\n".join(parts) + "\n"


def _columns(table: Tabular) -> str:
    """Give the columns: as wide as their words where a line holds them all, else sharing the line."""
    if _narrow(table):
        return "".join("r" if right else "l" for right in table.right)
    sides = [r"\raggedleft" if right else r"\raggedright" for right in table.right]
    shares = widths(table, ROOM)
    return "".join(
        rf">{{{side}\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"
        for side, share in zip(sides, shares, strict=True)
    )


def _narrow(table: Tabular) -> bool:
    """Whether a line holds the table without breaking words or setting anything below."""
    if any(entry.small for row in table.rows for entry in row):
        return False
    columns = zip(table.heads, *([entry.text for entry in row] for row in table.rows), strict=True)
    return sum(max(map(len, cells)) + 2 for cells in columns) <= ROOM


def _row(row: Sequence[Entry]) -> str:
    """Write a row; where small lines stand in it, with some air before the next."""
    return _line(_entry(entry) for entry in row) + ("[2pt]" if any(entry.small for entry in row) else "")


def _entry(entry: Entry) -> str:
    text = rf"\textbf{{{tex(entry.text)}}}" if entry.strong else tex(entry.text)
    return rf"{text}\par{{\scriptsize {tex(entry.small)}}}" if entry.small else text


def _line(cells: Iterable[str]) -> str:
    """Close a row; braces keep a bracket or a star that begins one from being read as part of the line before."""
    line = " & ".join(cells)
    return ("{}" if line.startswith(("[", "*")) else "") + line + r" \\"


def _paper(briefing: Briefing, cited: tuple[list[str], list[str]], sources: str) -> str:
    """Write the paper: methods first, then the results, then the evidence."""
    lang, both = briefing.lang, (*briefing.sections, *briefing.annex)
    parts = {
        "methods": [briefing.section("method")],
        "results": [section for section in both if section.key in RESULTS],
        "evidence": [briefing.section("origin")],
    }
    body = []
    for name, sections in parts.items():
        body.append(rf"\section{{{tex(say(f'documents.paper.{name}', lang))}}}")
        for section in sections:
            body += [rf"\subsection{{{tex(section.heading)}}}"] if len(sections) > 1 else []
            body += [_block(block, lang) for block in section.blocks]
        body += [_cited(cited, lang)] if name == "methods" else []
    text = "\n\n".join(body)
    encoding, font = _fonts(text + briefing.title + briefing.scenario + sources)
    return Page(TEMPLATE.read_text("utf-8")).substitute(
        comment=say("documents.paper.comment", lang),
        encoding=encoding,
        font=font,
        table=tex(say("documents.paper.table_name", lang)),
        figure=tex(say("documents.paper.figure_name", lang)),
        sources=tex(say("documents.section.sources", lang)),
        title=tex(say("documents.paper.title", lang, study=briefing.title, scenario=briefing.scenario)),
        body=text,
    )


def _fonts(text: str) -> tuple[str, str]:
    """Choose encodings for pdflatex and a font for its successors, by the letters that the paper needs."""
    if not CYRILLIC.search(text):
        return ENCODING, "  % the default font has every letter that is needed"
    latin = "".join(rf"\DeclareTextSymbolDefault{{\{name}}}{{T1}}" for name in LATIN)
    font = "\\relax"
    for name in reversed(FONTS):
        font = rf"\IfFontExistsTF{{{name}}}{{\setmainfont{{{name}}}}}{{{font}}}"
    return f"{BOTH}\n  {latin}", f"  {font}"


def _block(block: Block, lang: str) -> str:
    if isinstance(block, Paragraph):
        return tex(block.text)
    if isinstance(block, Points):
        return " ".join(tex(item.text) for item in block.items)
    if isinstance(block, Picture):
        return _picture(block, lang)
    return _table(block)


def _picture(picture: Picture, lang: str) -> str:
    """Set a figure; what it says in words stands beside it as a comment."""
    return "\n".join(
        (
            r"\begin{figure}[htbp]",
            r"\centering",
            f"% {say('documents.paper.words', lang, words=picture.words)}",
            rf"\includegraphics[width=\linewidth]{{figures/{picture.name}}}",
            rf"\caption{{{tex(picture.title)}}}",
            rf"\label{{fig:{picture.name}}}",
            r"\end{figure}",
        )
    )


def _table(table: Tabular) -> str:
    """Set a table with its caption above and its notes below; one that runs over pages does not float."""
    long = len(table.rows) > PAGE
    notes = [rf"\par\smallskip{{\footnotesize {tex(note)}}}" for note in table.notes]
    caption = rf"\caption{{{tex(table.title)}}}"
    named = [caption.replace(r"\caption", r"\captionof{table}") if long else caption, rf"\label{{tab:{table.key}}}"]
    inside = [*named, r"\small", rf"\input{{tables/{table.key}}}", *notes]
    around = ("{", r"\par}") if long else (r"\begin{table}[htbp]" + "\n" + r"\centering", r"\end{table}")
    return "\n".join((around[0], *inside, around[1]))


def _cited(cited: tuple[list[str], list[str]], lang: str) -> str:
    """Cite the sources of the evidence and the software, so that the list at the end has them."""
    sources, software = (rf"\cite{{{','.join(names)}}}" if names else r"\dots{}" for names in cited)
    return say("documents.paper.cite", lang, sources=sources, software=software)
