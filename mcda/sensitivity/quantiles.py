"""Turn uniform numbers into values of a distribution: its quantiles."""

from __future__ import annotations

import numpy as np

from mcda.engine.problem import Array

LEAST = 2.0**-54  # half the step of uniform numbers: a normal quantile of 0 itself does not exist
PANELS = 2048  # between which a PERT quantile is interpolated; off by less than 1e-6 of probability

# Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37, 1988, PPND16:
# numerator and denominator, lowest power first, for the middle, the sides and the far ends.
MIDDLE = (
    [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
     67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
    [1.0, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
     39307.89580009271061, 28729.085735721942674, 5226.495278852854561],
)
SIDES = (
    [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
     1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
    [1.0, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
     0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
)
ENDS = (
    [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
     0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
    [1.0, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
     1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
)


def triangular(uniform: Array, mode: Array) -> Array:
    """Give quantiles of the triangle on 0 to 1 with its top at ``mode``; the shapes broadcast."""
    rising = uniform < mode
    root = np.sqrt(np.where(rising, uniform * mode, (1 - uniform) * (1 - mode)))
    return np.where(rising, root, 1 - root)


def normal(uniform: Array) -> Array:
    """Give quantiles of the standard normal distribution."""
    p = np.clip(uniform, LEAST, 1 - LEAST)
    offset = p - 0.5
    middle = offset * _ratio(0.180625 - offset * offset, MIDDLE)
    depth = np.sqrt(-np.log(np.minimum(p, 1 - p)))
    outer = np.where(depth <= 5, _ratio(depth - 1.6, SIDES), _ratio(depth - 5, ENDS))
    return np.where(np.abs(offset) <= 0.425, middle, np.copysign(outer, offset))


def pert(uniform: Array, mode: float) -> Array:
    """Give quantiles of the PERT distribution on 0 to 1: a beta with mean (4 mode + 1) / 6.

    References
    ----------
    .. [1] Malcolm, Roseboom, Clark and Fazar, "Application of a technique for research and development program
       evaluation", Operations Research 7, 1959.
    """
    nodes, parts = np.polynomial.legendre.leggauss(4)
    # Panels narrow towards both ends, where the density may rise steeply.
    edges = np.sin(np.linspace(0, np.pi / 2, PANELS + 1)) ** 2
    width = np.diff(edges)[:, None]
    inner = edges[:-1, None] + width * (nodes + 1) / 2
    density = inner ** (4 * mode) * (1 - inner) ** (4 - 4 * mode)
    below = np.concatenate([[0.0], np.cumsum(np.einsum("pq,q->p", width * density, parts))])
    quantiles: Array = np.interp(uniform, below / below[-1], edges)
    return quantiles


def _ratio(x: Array, polynomials: tuple[list[float], list[float]]) -> Array:
    above, below = (np.polynomial.polynomial.polyval(x, coefficients) for coefficients in polynomials)
    ratio: Array = above / below
    return ratio
