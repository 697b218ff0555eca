"""What a whole cell of weights cannot hold, for VIKOR: bounds on S, R and their spreads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mcda.engine.problem import Array
from mcda.sensitivity.forms import Form
from mcda.sensitivity.subdivision import Hopeless, Target

NOISE = 1e-12  # of Q, which goes from 0 to 1: far less than what counts as a tie


def vikor_judge(form: Form, winner: int, rivals: list[int]) -> Callable[[Target], Hopeless]:
    """Give the judge of cells for the property that ``winner`` leads every one of ``rivals``.

    A lead is Q_j - Q_w = share (S_j - S_w) / (S- - S*) + (1 - share) (R_j - R_w) / (R- - R*). S is linear in the
    weights and R the largest of linear functions, so that both are bounded by their values at the corners of a cell;
    each of the two terms lies between -1 and 1.
    """

    def hopeless(cells: Array) -> np.ndarray:
        weighted = cells[:, :, None, :] * form.parts[0]  # (k, corners, n, m)
        ceilings = form.share * _sums(weighted, winner, rivals) + (1 - form.share) * _largest(weighted, winner, rivals)
        least: Array = ceilings.min(axis=1, initial=1.0)
        return least <= NOISE

    return lambda target: hopeless


def _sums(weighted: Array, winner: int, rivals: list[int]) -> Array:
    """Bound the first term from above (k, rivals)."""
    sums = weighted.sum(axis=3)
    gap = (sums[:, :, rivals] - sums[:, :, [winner]]).max(axis=1)
    narrow = (sums[:, :, :, None] - sums[:, :, None, :]).min(axis=1).max(axis=(1, 2))
    return _term(gap, narrow, sums.max(axis=(1, 2)) - sums.min(axis=(1, 2)))


def _largest(weighted: Array, winner: int, rivals: list[int]) -> Array:
    """Bound the second term from above (k, rivals)."""
    floor, roof = weighted.min(axis=1).max(axis=2), weighted.max(axis=(1, 3))  # of R, (k, n)
    # R_j - R_w is at most w_c (d_jc - d_wc) for the criterion c in which j has its largest regret.
    single = (weighted[:, :, rivals] - weighted[:, :, [winner]]).max(axis=1)
    leading = weighted[:, :, rivals].max(axis=1) >= floor[:, rivals][..., None]
    gap = np.minimum(roof[:, rivals] - floor[:, [winner]], np.where(leading, single, -np.inf).max(axis=2))
    narrow = floor.max(axis=1) - roof.min(axis=1)
    return _term(gap, narrow, roof.max(axis=1) - floor.min(axis=1))


def _term(gap: Array, narrow: Array, wide: Array) -> Array:
    """Bound gap / width from above, where the width lies between ``narrow`` and ``wide``."""
    width = np.where(gap > 0, narrow[:, None], wide[:, None])
    return np.clip(np.where(width > 0, gap / np.where(width > 0, width, 1.0), np.sign(gap)), -1.0, 1.0)
