"""Figures as files: SVG and PNG for screens and pages, PDF for papers; the same figure always gives the same bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.figure import Figure

from mcda.report.figures.sheet import style


def render(figure: Figure, *, title: str, description: str) -> dict[str, bytes]:
    """Turn a figure into the bytes of its files, by ending."""
    words, out = {"Title": title, "Description": description}, {}
    with _quietly():
        for ending, stamps in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            buffer = io.BytesIO()
            figure.savefig(buffer, format=ending, metadata={**stamps, **words})
            out[ending] = buffer.getvalue()
    return out


def paper(figure: Figure, *, title: str) -> bytes:
    """Turn a figure into a PDF for papers."""
    buffer = io.BytesIO()
    stamps = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
    with _quietly():
        figure.savefig(buffer, format="pdf", metadata=stamps)
    return buffer.getvalue()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to our style; a letter outside the font shows as a box."""
    with style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield
