"""Methods of pymcdm 1.4.0, one weight vector a call, behind our checks and with its known faults mended in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from mcda.engine.distance import topsis
from mcda.engine.method import Kernel, Method, Option
from mcda.engine.options import above, above_zero, bounds, grid, interval, point, positive_point, share
from mcda.engine.problem import Array
from mcda.engine.ranking import ranks

# From the arguments of one call to pymcdm's method object.
Build: TypeAlias = Callable[..., Any]


def one_by_one(build: Build) -> Kernel:
    """Make a kernel (values, directions, weights (k, m), **options) -> scores (k, n) of a method of pymcdm.

    ``build(values, directions, **options)`` gives pymcdm's object. Its own validation stays off: it lets NaN and
    directions such as 2 through, and Problem has seen the values. Where a score is undefined it gives NaN, which is
    refused upstairs.
    """

    def kernel(values: Array, directions: Array, weights: Array, **options: object) -> Array:
        method = build(values, directions, **options)
        with np.errstate(all="ignore"):
            return np.stack([method(values, row, directions, validation=False) for row in weights])

    return kernel


def plain(name: str) -> Kernel:
    """Make a kernel of a method of pymcdm that takes no options."""
    return one_by_one(lambda values, directions: _pymcdm(name)())


def _pymcdm(name: str) -> Any:
    """Load a class of pymcdm, and with it what pymcdm loads: 1.3 s, hence only where one of its methods is used."""
    from pymcdm import methods

    return getattr(methods, name)


def _balanced_spotis(values: Array, directions: Array, *, bounds: Array, esp: Array | None, alpha: float) -> Any:
    return _pymcdm("BalancedSPOTIS")(bounds, _better_end(bounds, directions) if esp is None else esp, alpha=alpha)


def _cocoso(values: Array, directions: Array, **options: float) -> Any:
    return _pymcdm("COCOSO")(l=options["lambda"])


def _ervd(values: Array, directions: Array, *, reference: Array | None, alpha: float, **options: float) -> Any:
    place = values.mean(axis=0) if reference is None else reference
    return _pymcdm("ERVD")(place, lambd=options["lambda"], alpha=alpha)


def _lopm(values: Array, directions: Array, *, limits: Array | None) -> Any:
    return _pymcdm("LoPM")() if limits is None else _pymcdm("LoPM")(limits, directions)


def _rafsi(values: Array, directions: Array, *, bounds: Array, n1: float, n2k: float) -> Any:
    low, high = bounds.T
    return _pymcdm("RAFSI")(high, low, n1=n1, n2k=n2k)


def _rim(values: Array, directions: Array, *, bounds: Array, ideal: Array | None) -> Any:
    return _pymcdm("RIM")(bounds, ideal)


def codas(values: Array, directions: Array, weights: Array, *, tau: float) -> Array:
    """Run CODAS with any threshold: pymcdm's is fixed at 0.02, and all else in it grows with the weights."""
    factor = 0.02 / tau
    return plain("CODAS")(values, directions, weights * factor) / factor


def comet(values: Array, directions: Array, weights: Array, *, characteristic_values: tuple[Array, ...]) -> Array:
    """Run COMET with an expert who judges the characteristic objects by TOPSIS with the min-max normalization.

    Objects whose scores are equal but for rounding get the same place; pymcdm compares them bit by bit, so that its
    result depends on the order of the criteria.
    """
    factors = directions / np.array([row[-1] - row[0] for row in characteristic_values])

    def scores(shares: Array) -> Any:
        def expert(objects: Array) -> tuple[Array, None]:
            return -ranks(topsis(objects, factors, shares[None, :])[0]), None

        return _pymcdm("COMET")(list(characteristic_values), expert)(values, validation=False)

    return np.stack([scores(row) for row in weights])


def moora(values: Array, directions: Array, weights: Array) -> Array:
    """Run MOORA; pymcdm refuses problems without a cost, so an empty one of weight 0 is added."""
    return plain("MOORA")(
        np.hstack([values, np.ones((len(values), 1))]),
        np.hstack([directions, [-1.0]]),
        np.hstack([weights, np.zeros((len(weights), 1))]),
    )


def _better_end(ends: Array, directions: Array) -> Array:
    return np.where(directions > 0, ends[:, 1], ends[:, 0])


def _mabac(values: Array, directions: Array, weights: Array) -> Array:
    """Run pymcdm's MABAC where it is right: it multiplies over all alternatives, and the product may underflow to 0."""
    scores = plain("MABAC")(values, directions, weights)
    least = np.log(np.where(weights > 0, weights, 1.0)).min(axis=1, keepdims=True) * len(values)
    return np.where(least > np.log(np.finfo(float).tiny), scores, np.nan)


def _normalized(name: str, normalization: str) -> Kernel:
    """Make a kernel of a method of pymcdm with one of its normalizations."""

    def build(values: Array, directions: Array, **options: object) -> Any:
        from pymcdm import normalizations

        return _pymcdm(name)(getattr(normalizations, f"{normalization}_normalization"))

    return one_by_one(build)


# What pymcdm makes of raw values where it has a method of ours too and has it right: an oracle for the audit.
TWINS: dict[str, Kernel] = {
    "topsis": _normalized("TOPSIS", "vector"),
    "weighted_sum": _normalized("WSM", "minmax"),
    "weighted_product": _normalized("WPM", "linear"),
    "waspas": one_by_one(lambda values, directions, **options: _pymcdm("WASPAS")(l=options["lambda"])),
    "vikor": one_by_one(lambda values, directions, v: _pymcdm("VIKOR")(v=v)),
    "promethee": one_by_one(lambda values, directions, **options: _pymcdm("PROMETHEE_II")("usual")),
    "edas": plain("EDAS"),
    "mabac": _mabac,
    "spotis": one_by_one(lambda values, directions, bounds, isp: _pymcdm("SPOTIS")(bounds, isp)),
    "ahp": _normalized("WSM", "linear"),
}

# The rows of METHODS whose kernels are pymcdm's.
BORROWED: dict[str, Method] = {
    "aras": Method(
        title="ARAS",
        kernel=plain("ARAS"),
        raw=True,
        borrowed=True,
        reference="Zavadskas and Turskis 2010",
        normalization="sum",
        needs=("positive",),
        mirror="reciprocal",
    ),
    "balanced_spotis": Method(
        title="Balanced SPOTIS",
        kernel=one_by_one(_balanced_spotis),
        raw=True,
        borrowed=True,
        reference="Shekhovtsov, Dezert and Sałabun 2025",
        takes={"bounds": Option(None, bounds), "esp": Option(None, point), "alpha": Option(0.5, share)},
        higher_is_better=False,
        mirror="negative",
    ),
    "cocoso": Method(
        title="CoCoSo",
        kernel=one_by_one(_cocoso),
        raw=True,
        borrowed=True,
        reference="Yazdani, Zarate, Zavadskas and Turskis 2019",
        normalization="minmax",
        needs=("none_worst_in_all",),
        takes={"lambda": Option(0.5, share)},
        keeps_rank=False,
        mirror="negative",
    ),
    "codas": Method(
        title="CODAS",
        kernel=codas,
        raw=True,
        borrowed=True,
        reference="Keshavarz Ghorabaee, Zavadskas, Turskis and Antucheviciene 2016",
        normalization="linear",
        needs=("positive",),
        takes={"tau": Option(0.02, above_zero)},
        corrected="engine.corrected.codas",
        dominance=False,
        monotone=False,
        keeps_rank=False,
        mirror="reciprocal",
    ),
    "comet": Method(
        title="COMET",
        kernel=comet,
        raw=True,
        borrowed=True,
        reference="Sałabun 2015",
        takes={"characteristic_values": Option(None, grid)},
        corrected="engine.corrected.comet",
        mirror="negative",
    ),
    "ervd": Method(
        title="ERVD",
        kernel=one_by_one(_ervd),
        raw=True,
        borrowed=True,
        reference="Shyur, Yin, Shih and Cheng 2015",
        needs=("positive", "different"),
        takes={
            "reference": Option(None, positive_point),
            "lambda": Option(2.25, above_zero, "engine.option.losses"),
            "alpha": Option(0.88, share, "engine.option.exponent"),
        },
    ),
    "lmaw": Method(
        title="LMAW",
        kernel=plain("LMAW"),
        raw=True,
        borrowed=True,
        reference="Pamučar, Žižović, Biswas and Božanić 2021",
        needs=("positive", "at_most_1000", "narrow"),
        corrected="engine.corrected.lmaw",
        mirror="reciprocal",
    ),
    "lopm": Method(
        title="Limits on property method",
        kernel=one_by_one(_lopm),
        raw=True,
        borrowed=True,
        reference="Farag 2020",
        needs=("positive",),
        takes={"limits": Option(None, positive_point)},
        higher_is_better=False,
        corrected="engine.corrected.lopm",
        mirror="reciprocal",
    ),
    "mairca": Method(
        title="MAIRCA",
        kernel=plain("MAIRCA"),
        raw=True,
        borrowed=True,
        reference="Pamučar, Vasin and Lukovac 2014",
        normalization="minmax",
        higher_is_better=False,
        mirror="negative",
    ),
    "marcos": Method(
        title="MARCOS",
        kernel=plain("MARCOS"),
        raw=True,
        borrowed=True,
        reference="Stević, Pamučar, Puška and Chatterjee 2020",
        normalization="linear",
        needs=("positive",),
        mirror="reciprocal",
    ),
    "moora": Method(
        title="MOORA",
        kernel=moora,
        raw=True,
        borrowed=True,
        reference="Brauers and Zavadskas 2006",
        normalization="vector",
        needs=("something_in_each",),
        from_zero=True,
        corrected="engine.corrected.moora",
        mirror="negative",
    ),
    "ocra": Method(
        title="OCRA",
        kernel=plain("OCRA"),
        raw=True,
        borrowed=True,
        reference="Madić, Petković and Radovanović 2015",
        needs=("positive",),
    ),
    "probid": Method(
        title="PROBID",
        kernel=plain("PROBID"),
        raw=True,
        borrowed=True,
        reference="Wang, Rangaiah and Wang 2021",
        normalization="vector",
        needs=("something_in_each", "different"),
        dominance=False,
        monotone=False,
        keeps_rank=False,
        mirror="negative",
    ),
    "rafsi": Method(
        title="RAFSI",
        kernel=one_by_one(_rafsi),
        raw=True,
        borrowed=True,
        reference="Žižović, Pamučar, Albijanić, Chatterjee and Pribićević 2020",
        takes={
            "bounds": Option(None, bounds),
            "n1": Option(1.0, above_zero),
            "n2k": Option(6.0, above("n1")),
        },
    ),
    "ram": Method(
        title="RAM",
        kernel=plain("RAM"),
        raw=True,
        borrowed=True,
        reference="Sotoudeh-Anvari 2023",
        needs=("positive",),
    ),
    "rim": Method(
        title="RIM",
        kernel=one_by_one(_rim),
        raw=True,
        borrowed=True,
        reference="Cables, Lamata and Verdegay 2016",
        takes={"bounds": Option(None, bounds), "ideal": Option(None, interval)},
        mirror="negative",
    ),
    "sprobid": Method(
        title="sPROBID",
        kernel=plain("SPROBID"),
        raw=True,
        borrowed=True,
        reference="Wang, Rangaiah and Wang 2021",
        normalization="vector",
        needs=("something_in_each", "four_alternatives"),
        corrected="engine.corrected.sprobid",
        dominance=False,
        monotone=False,
        keeps_rank=False,
        mirror="negative",
    ),
}
