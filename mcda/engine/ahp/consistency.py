"""How far judgements contradict each other, and how far random ones would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcda.engine.ahp.incomplete import log_least_squares
from mcda.engine.problem import Array
from mcda.errors import ProblemError, unknown

ACCEPTABLE = 0.1  # consistency ratio up to which judgements pass [Saaty 1980]
# Geometric consistency index over consistency ratio, for n = 3, 4 and more [Aguarón and Moreno-Jiménez 2003].
GEOMETRIC = (3.147, 3.526, 3.70)


@dataclass(frozen=True, kw_only=True)
class RandomIndex:
    """Mean consistency indices of random judgements, from one source.

    Attributes
    ----------
    title : author and year, as printed beside every ratio
    values : for n = 3, 4, …; beyond them, and where there are none, Alonso and Lamata's linear fit
    """

    title: str
    values: Sequence[float] = ()

    def at(self, n: int) -> tuple[float, str]:
        """Give the value for ``n`` compared things, 0 for n below 3, and the title of the source it comes from."""
        if n < 3:
            return 0.0, self.title
        if n - 3 < len(self.values):
            return self.values[n - 3], self.title
        # Mean principal root of random matrices: 2.7699 n - 4.3513 [Alonso and Lamata 2006].
        return (2.7699 * n - 4.3513 - n) / (n - 1), FIT


FIT = "Alonso and Lamata 2006, linear fit"

RANDOM_INDEX: dict[str, RandomIndex] = {
    "aguaron": RandomIndex(
        title="Aguarón and Moreno-Jiménez 2003",
        values=(.525, .882, 1.115, 1.252, 1.341, 1.404, 1.452, 1.484, 1.513, 1.535, 1.555, 1.570, 1.583, 1.595),
    ),
    # n = 12 is below n = 11 as printed: few matrices were drawn.
    "saaty1980": RandomIndex(
        title="Saaty 1980",
        values=(.58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    ),
    "saaty2005": RandomIndex(
        title="Saaty 2005",
        values=(.52, .89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    ),
    "alonso_lamata": RandomIndex(
        title="Alonso and Lamata 2006",
        values=(.5247, .8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499, 1.4854, 1.5140, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
    "alonso_lamata_fit": RandomIndex(title=FIT),
    "donegan_dodd": RandomIndex(
        title="Donegan and Dodd 1991",
        values=(.4914, .8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643, 1.4822, 1.4969),
    ),
    "tummala_ling": RandomIndex(
        title="Tummala and Ling 1998",
        values=(.5799, .8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831),
    ),
}


def source(name: str) -> RandomIndex:
    """Find a table of random indices by its key; a year after the key, as in ``alonso_lamata2006``, is allowed."""
    entry = RANDOM_INDEX.get(name) or RANDOM_INDEX.get(str(name).rstrip("0123456789"))
    if entry is None:
        raise ProblemError([unknown("random index", name, RANDOM_INDEX)])
    return entry


def share_known(n: int, missing: int) -> float:
    """Give the share of the random index that is left when ``missing`` of the n(n-1)/2 judgements are missing.

    A judgement less is a contradiction less: the mean index of random incomplete matrices falls almost in a straight
    line, to 0 where the judgements given just suffice and nothing can contradict [1]_.

    References
    ----------
    .. [1] Ágoston and Csató, "Inconsistency thresholds for incomplete pairwise comparison matrices", Omega 108, 2022.
    """
    spare = (n - 1) * (n - 2) / 2
    return max(0.0, 1 - missing / spare) if spare else 1.0


def geometric_index(matrix: Array) -> float:
    """Give the geometric consistency index: the variance of the errors of the judgements' logarithms [1]_.

    Parameters
    ----------
    matrix : (n, n) reciprocal judgements, NaN where missing; linked

    Returns
    -------
    0 or more, 0 where no judgement contradicts another; the squared errors against the row geometric means (log least
    squares where judgements are missing), over the number of judgements that are more than just enough

    References
    ----------
    .. [1] Aguarón and Moreno-Jiménez, "The geometric consistency index: approximated thresholds", EJOR 147, 2003.
    """
    weights = log_least_squares(matrix)
    upper = np.triu_indices(len(matrix), 1)
    errors = np.log((matrix * weights / weights[:, None])[upper])
    known = ~np.isnan(errors)
    spare = known.sum() - len(matrix) + 1
    return float((errors[known] ** 2).sum() / spare) if spare > 0 else 0.0


def geometric_threshold(n: int, ratio: float = ACCEPTABLE) -> float:
    """Give the geometric consistency index that goes with a consistency ratio, for ``n`` compared things."""
    return ratio * GEOMETRIC[min(max(n, 3), 5) - 3]
