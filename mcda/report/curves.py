"""Specification curves for the page: where the dots lie, and what was found, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.engine.problem import Array
from mcda.study.assertion import FAILS, HOLDS, TIED
from mcda.words import say

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

WIDTH, HEIGHT = 4000.0, 1200.0
REACH = 540.0  # of a margin of 1 above the middle
LOOKS = {"holds": HOLDS, "fails": FAILS, "tied": TIED}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One claim's curve: a path of dots for each outcome, and the baseline's dot, None where it could not be ranked."""

    result: ClaimResult
    paths: dict[str, str]
    baseline: tuple[int, int] | None


def drawn(result: ClaimResult) -> Drawn:
    """Lay a specification curve out on a field of ``WIDTH`` by ``HEIGHT``, the margin 0 at half its height."""
    curve = result.curve
    across = np.rint(WIDTH * (curve.position + 0.5) / max(curve.specifications, 1)).astype(int)
    down = np.rint(HEIGHT / 2 - REACH * curve.margin).astype(int)
    paths = {}
    for look, outcome in LOOKS.items():
        dots = np.flatnonzero(curve.outcome == outcome)
        if len(dots):
            paths[look] = _dots(across[dots], down[dots])
    at = [] if curve.baseline is None else np.flatnonzero(curve.position == curve.baseline).tolist()
    mark = (int(across[at[0]]), int(down[at[0]])) if at else None
    return Drawn(result=result, paths=paths, baseline=mark)


def told(result: ClaimResult, lang: str) -> list[str]:
    """Say what was found of a claim."""
    from mcda.claim.told import notes

    return [note.text(lang) for note in notes(result, lang)]


def curve_note(result: ClaimResult, lang: str) -> str:
    """Say how to read a specification curve, with the counts in the language's own format."""
    return say("page.curve.note", lang, holds=result.overall.holds, count=result.overall.specifications)


def _dots(across: Array, down: Array) -> str:
    """Write dots as a path, each as far from the one before as it lies."""
    steps = [f"m{x}{y:+d}h0" for x, y in zip(np.diff(across).tolist(), np.diff(down).tolist(), strict=True)]
    return f"M{across[0]} {down[0]}h0" + "".join(steps)
