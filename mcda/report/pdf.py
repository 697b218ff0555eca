"""The briefing as a tagged PDF (PDF/UA-1), set by typst; the one door of typst, which comes with the extra ``pdf``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from mcda.report.blocks import Block, Section, Tabular, widths
from mcda.report.briefing import Briefing
from mcda.report.figures.sheet import FONTS

EXTRA = "pdf"  # what to install beside the core
TEMPLATE = Path(__file__).parent / "templates" / "briefing.typ"
ROOM = 96.0  # letters on a line of a table


def available() -> bool:
    """Whether typst is installed."""
    return find_spec("typst") is not None


def write_pdf(briefing: Briefing, *, images: Mapping[str, bytes]) -> bytes:
    """Set the briefing as a PDF that readers of the screen can follow; the same briefing always gives the same bytes.

    A picture without a text alternative makes typst refuse the standard. No font of the machine is used.

    Parameters
    ----------
    images : SVG by name of the picture
    """
    import typst

    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "briefing.json").write_text(json.dumps(_data(briefing), ensure_ascii=False), "utf-8")
        for name, image in images.items():
            (place / f"{name}.svg").write_bytes(image)
        source = place / TEMPLATE.name
        source.write_bytes(TEMPLATE.read_bytes())
        made: bytes = typst.compile(
            source,
            root=place,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    return made


def _data(briefing: Briefing) -> dict[str, object]:
    """Give the template plain data; every block says its kind."""
    sections = {name: [_section(section) for section in getattr(briefing, name)] for name in ("sections", "annex")}
    words = {name: word for name, word in vars(briefing).items() if isinstance(word, str)}
    return {**words, **sections}


def _section(section: Section) -> dict[str, object]:
    return {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, object]:
    data = {"kind": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Tabular):
        data |= {"widths": widths(block, ROOM), "numeric": block.right}
    return data
