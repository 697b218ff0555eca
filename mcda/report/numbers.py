"""How numbers are written: exact in files; short in text, as the language that is spoken writes them."""

from __future__ import annotations

from collections.abc import Mapping

from mcda.words import localized, percentage

DIGITS = 12  # significant digits in files that are compared


def rounded(value: float) -> float:
    """Round to ``DIGITS`` significant digits; there is one zero."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def plain(value: float) -> float | int:
    """Round a number for JSON; a whole one is written without a point, as in all files: ``3``, but ``2.5``."""
    near = rounded(value)
    return int(near) if near.is_integer() and abs(near) < 10**DIGITS else near


def exact(value: float) -> str:
    """Write a number for a file, with a decimal point: ``0.25``, ``3``, ``1e-05``."""
    return f"{rounded(value):.{DIGITS}g}"


def rounded_data(item: object) -> object:
    """Round every float of nested data to ``DIGITS`` significant digits; whole ones become integers."""
    if isinstance(item, Mapping):
        return {str(key): rounded_data(value) for key, value in item.items()}
    if isinstance(item, (list, tuple)):
        return [rounded_data(value) for value in item]
    if isinstance(item, bool) or item is None or isinstance(item, (str, int)):
        return item
    return plain(float(item))  # type: ignore[arg-type]


def score(value: float) -> str:
    """Write a score to 3 decimals."""
    return _said(f"{_nonzero(value, 3):.3f}")


def signed(value: float) -> str:
    """Write a difference to 3 decimals, with its sign; a zero has none."""
    near = _nonzero(value, 3)
    return _said(f"{near:+.3f}") if near else localized("0.000")


def whole_signed(value: float) -> str:
    """Write a balance, a whole number with its sign; a zero has none."""
    return _said(f"{value:+.0f}") if round(value) else "0"


def share(value: float) -> str:
    """Write a share as a percentage to one decimal, whole where it is whole; ``<0.1%`` where it is small but not 0."""
    return localized(percentage(value, 1).replace(".0%", "%"))


def points(value: float) -> str:
    """Write a difference of shares in percentage points to one decimal, with its sign; a zero has none."""
    near = _nonzero(100 * value, 1)
    return _said(f"{near:+.1f}") if near else "0"


def error(value: float) -> str:
    """Write the standard error of a share as a percentage, to two digits that count."""
    return localized(f"{100 * value:.2g}%")


def amount(value: float) -> str:
    """Write a value in its own unit to 4 significant digits, or whole from 1,000 upwards; never as a power of ten."""
    if abs(value) >= 1000:
        return _said(f"{value:,.0f}")
    text = f"{float(f'{value:.4g}') + 0.0:.10f}"
    return _said(text.rstrip("0").rstrip("."))


def count(value: float) -> str:
    """Write a count: ``548,352``."""
    return _said(f"{value:,.0f}")


def rank(value: float) -> str:
    """Write a rank: ``1``, or ``2.5`` where two share it."""
    return localized(f"{value:g}")


def _nonzero(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0


def _said(text: str) -> str:
    """Write a number as the language that is spoken does, with a true minus."""
    return localized(text.replace("-", "\N{MINUS SIGN}"))
