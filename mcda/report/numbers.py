"""How numbers are written: exact in files, short in text."""

from __future__ import annotations

from collections.abc import Mapping

DIGITS = 12  # significant digits in files that are compared


def rounded(value: float) -> float:
    """Round to ``DIGITS`` significant digits; there is one zero."""
    return float(f"{value:.{DIGITS}g}") + 0.0


def exact(value: float) -> str:
    """Write a number for a file, with a decimal point: ``0.25``, ``3``, ``1e-05``."""
    return f"{rounded(value):.{DIGITS}g}"


def rounded_data(item: object) -> object:
    """Round every float of nested data to ``DIGITS`` significant digits."""
    if isinstance(item, Mapping):
        return {str(key): rounded_data(value) for key, value in item.items()}
    if isinstance(item, (list, tuple)):
        return [rounded_data(value) for value in item]
    if isinstance(item, bool) or item is None or isinstance(item, (str, int)):
        return item
    return rounded(float(item))  # type: ignore[arg-type]


def score(value: float) -> str:
    """Write a score to 3 decimals."""
    return _minus(f"{_nonzero(value, 3):.3f}")


def signed(value: float) -> str:
    """Write a difference to 3 decimals, with its sign; a zero has none."""
    near = _nonzero(value, 3)
    return _minus(f"{near:+.3f}") if near else "0.000"


def whole_signed(value: float) -> str:
    """Write a balance, a whole number with its sign; a zero has none."""
    return _minus(f"{value:+.0f}") if round(value) else "0"


def share(value: float) -> str:
    """Write a share as a percentage to one decimal, whole where it is whole."""
    return f"{100 * value:.1f}".removesuffix(".0") + "%"


def amount(value: float) -> str:
    """Write a value in its own unit to 4 significant digits, or whole from 1,000 upwards; never as a power of ten."""
    if abs(value) >= 1000:
        return _minus(f"{value:,.0f}")
    text = f"{float(f'{value:.4g}') + 0.0:.10f}"
    return _minus(text.rstrip("0").rstrip("."))


def rank(value: float) -> str:
    """Write a rank: ``1``, or ``2.5`` where two share it."""
    return f"{value:g}"


def _nonzero(value: float, decimals: int) -> float:
    return round(value, decimals) + 0.0


def _minus(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}")
