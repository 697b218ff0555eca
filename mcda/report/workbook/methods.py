"""The methods that are written out in formulas."""

from __future__ import annotations

from collections.abc import Mapping

from mcda.report.workbook.distances import topsis, vikor
from mcda.report.workbook.normals import NORMALS
from mcda.report.workbook.places import Plan
from mcda.report.workbook.sums import additive, mabac, product, promethee, spotis, waspas
from mcda.report.workbook.work import Writer

WRITERS: Mapping[str, Writer] = {
    "topsis": topsis,
    "weighted_sum": additive,
    "ahp": additive,
    "weighted_product": product,
    "waspas": waspas,
    "mabac": mabac,
    "vikor": vikor,
    "spotis": spotis,
    "promethee": promethee,
}
RAW = frozenset({"vikor", "spotis", "promethee"})  # that take the values as they are


def writer_of(plan: Plan, options: Mapping[str, object]) -> Writer | None:
    """Give what writes the method in use out in formulas; None where there is nothing."""
    method, normalization = plan.ranking.method, plan.ranking.normalization
    functions = options.get("preference_functions", ())
    usual = all(name == "usual" for name in functions) if isinstance(functions, (list, tuple)) else False
    if method not in WRITERS or not usual or (method not in RAW and (normalization or "none") not in NORMALS):
        return None
    return WRITERS[method]
