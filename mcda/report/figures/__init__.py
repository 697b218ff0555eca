"""The figures: a result comes in, a Figure goes out. The one door of matplotlib."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from mcda.report.figures.acceptability import acceptability
from mcda.report.figures.bands import bands
from mcda.report.figures.bump import bump
from mcda.report.figures.contributions import contributions
from mcda.report.figures.curve import curve
from mcda.report.figures.files import paper, render
from mcda.report.figures.ranking import ranking
from mcda.report.figures.scorecard import scorecard
from mcda.report.figures.sheet import bare
from mcda.report.figures.simplex import simplex
from mcda.report.figures.sweep import sweep
from mcda.report.figures.tornado import tornado
from mcda.report.findings import Findings
from mcda.words import speaking

__all__ = ["FIGURES", "bare", "curve", "draw", "paper", "render"]

FIGURES: dict[str, Callable[[Findings, str], Figure]] = {
    "ranking": ranking,
    "scorecard": scorecard,
    "contributions": contributions,
    "acceptability": acceptability,
    "bands": bands,
    "sweep": sweep,
    "tornado": tornado,
    "bump": bump,
    "simplex": simplex,
}


def draw(name: str, found: Findings, lang: str) -> Figure:
    """Draw a figure by name, with its numbers as the language writes them."""
    with speaking(lang):
        return FIGURES[name](found, lang)
