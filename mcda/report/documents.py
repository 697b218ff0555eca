"""The documents of a report: a briefing in Word and PDF, a folder for a paper, checklists; and what is left out."""

from __future__ import annotations

from collections.abc import Mapping

from mcda.report import alt, pdf
from mcda.report.briefing import briefing
from mcda.report.checklist import checklist_markdown
from mcda.report.findings import Findings
from mcda.report.latex import paper
from mcda.report.letterhead import Letterhead
from mcda.report.word import write_word
from mcda.words import speaking

PACKAGES = ("docxtpl", "python-docx")  # that have a part in the documents; typst, where it is installed
PAPER = "paper/"


def documents(
    found: Findings,
    record: Mapping[str, object],
    figures: Mapping[str, bytes],
    *,
    lang: str = "en",
    letterhead: Letterhead | None = None,
) -> dict[str, bytes]:
    """Make the bytes of every document, by file name; without the PDF where its extra is missing.

    Parameters
    ----------
    found, record : the results, and the manifest
    figures : the files of the figures by name, such as ``figures/ranking.png`` and ``paper/figures/ranking.pdf``
    lang : of the titles
    letterhead : for the Word document
    """
    with speaking(lang):
        told = briefing(found, record, lang, pictures=alt.words(found, lang))
        papers = paper(told, found.case, record)
        out = {
            "briefing.docx": write_word(told, images=_of(figures, "png"), letterhead=letterhead),
            "checklist.md": checklist_markdown(found, lang).encode(),
            **{f"{PAPER}{name}": data for name, data in papers.items()},
        }
        if pdf.available():
            out["briefing.pdf"] = pdf.write_pdf(told, images=_of(figures, "svg"))
        return out


def left_out() -> dict[str, str]:
    """Give the documents that are left out, with the extra that each needs."""
    return {} if pdf.available() else {"briefing.pdf": pdf.EXTRA}


def packages() -> tuple[str, ...]:
    """Give the distributions that have a part in the documents."""
    return (*PACKAGES, "typst") if pdf.available() else PACKAGES


def _of(figures: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Give the figures of one kind, by name."""
    return {
        name.removeprefix("figures/").removesuffix(f".{ending}"): data
        for name, data in figures.items()
        if name.startswith("figures/") and name.endswith(f".{ending}")
    }
