"""Specification curves for the page: where the dots lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.study.assertion import FAILS, HOLDS, TIED

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

WIDTH, HEIGHT = 400.0, 120.0
REACH = 54.0  # of a margin of 1 above the middle
LOOKS = {"holds": HOLDS, "fails": FAILS, "tied": TIED}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One claim's curve: a path of dots for each outcome, and the baseline's dot, None where it could not be ranked."""

    result: ClaimResult
    paths: dict[str, str]
    baseline: tuple[str, str] | None


def drawn(result: ClaimResult) -> Drawn:
    """Lay a specification curve out on a field of 400 by 120, the margin 0 at half its height."""
    curve = result.curve
    across = WIDTH * (curve.position + 0.5) / max(curve.specifications, 1)
    down = HEIGHT / 2 - REACH * curve.margin
    paths = {}
    for look, outcome in LOOKS.items():
        dots = np.flatnonzero(curve.outcome == outcome)
        if len(dots):
            paths[look] = "".join(f"M{across[q]:.1f} {down[q]:.1f}h0" for q in dots.tolist())
    at = [] if curve.baseline is None else np.flatnonzero(curve.position == curve.baseline).tolist()
    mark = (f"{across[at[0]]:.1f}", f"{down[at[0]]:.1f}") if at else None
    return Drawn(result=result, paths=paths, baseline=mark)
