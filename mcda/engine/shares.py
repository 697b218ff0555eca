"""Numbers in proportion, brought to shares that sum to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError
from mcda.words import Word


def shares(weights: ArrayLike | None, names: tuple[str | Word, ...], each: str) -> Array:
    """Bring weights to shares that sum to 1.

    Parameters
    ----------
    weights : (c,) numbers of 0 or more, not all 0; None for equal shares
    names : (c,) of what has them, for the faults
    each : what one of them is called, such as ``judge``

    Returns
    -------
    (c,) array, summing to 1
    """
    given = np.ones(len(names)) if weights is None else np.array(weights, float)
    if given.shape != (len(names),):
        values = {"what": "weights", "found": given.size, "expected": len(names), "each": each}
        raise ProblemError([Fault(code="fault.length", values=values)])
    finite = np.isfinite(given)
    faults = [
        Fault(
            code="fault.weight_negative" if finite[i] else "fault.not_finite",
            values={"found": float(given[i])},
            key=Word("fault.at.weight", {"name": names[i]}),
        )
        for i in np.flatnonzero(~finite | (given < 0))
    ]
    if not faults and not given.any():
        faults.append(Fault(code="fault.weights_zero"))
    if faults:
        raise ProblemError(faults)
    out: Array = given / given.sum()
    return out
