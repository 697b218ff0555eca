"""Check readings of cells: values in their ranges, ratings on their scale."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.errors import Fault
from mcda.study.located import Keys, Located, spelled
from mcda.study.model import Ratings, Reading
from mcda.study.schema import ChangeEntry, ReadingEntry


def reading(entry: ReadingEntry | ChangeEntry) -> Reading:
    """Turn a checked entry into a reading; a value without a range is its own range."""
    low, high = (entry.value if end is None else end for end in (entry.low, entry.high))
    assert low is not None
    assert high is not None
    return Reading(
        value=entry.value, low=low, high=high, evidence=tuple(entry.evidence), reason=entry.reason.strip()
    )


def is_whole(entry: ReadingEntry | ChangeEntry) -> bool:
    """Tell whether an entry has a value, or a range in its place."""
    return entry.value is not None or (entry.low is not None and entry.high is not None)


def reading_faults(
    file: Located, keys: Keys, entry: ReadingEntry | ChangeEntry, *, kind: str, ratings: Ratings | None
) -> Iterable[Fault]:
    """Name what is wrong with one reading; ``ratings`` is None where the scale itself is at fault."""
    given = {name: getattr(entry, name) for name in ("value", "low", "high") if getattr(entry, name) is not None}
    if not is_whole(entry):
        missing = [name for name in ("low", "high") if name not in given]
        yield file.fault("fault.no_range", {"found": ", ".join(missing)}, keys=keys, at="key")
        return
    for name, number in given.items():
        fault = number_fault(number, kind=kind, ratings=ratings, end=name != "value")
        if fault is not None:
            yield file.fault(fault.code, fault.values, keys=(*keys, name))
    yield from _range_faults(file, keys, given)


def number_fault(number: float, *, kind: str, ratings: Ratings | None, end: bool = False) -> Fault | None:
    """Refuse an amount below 0, and a rating off its scale or, unless it is the end of a range, between two steps."""
    if kind == "amount":
        return Fault(code="fault.negative_amount", values={"found": spelled(number)}) if number < 0 else None
    if ratings is None:
        return None
    values = {"low": spelled(ratings.low), "high": spelled(ratings.high), "step": spelled(ratings.step)}
    if not ratings.low <= number <= ratings.high:
        return Fault(code="fault.off_scale", values={"found": spelled(number), **values})
    if not end and not _on_step(number, ratings):
        return Fault(code="fault.off_step", values={"found": spelled(number), **values})
    return None


def _on_step(number: float, ratings: Ratings) -> bool:
    steps = (number - ratings.low) / ratings.step
    return abs(steps - round(steps)) < 1e-9


def _range_faults(file: Located, keys: Keys, given: dict[str, float]) -> Iterable[Fault]:
    value = given.get("value")
    low, high = given.get("low", value), given.get("high", value)
    assert low is not None
    assert high is not None
    if low > high and {"low", "high"} <= given.keys():
        values = {"low": spelled(low), "high": spelled(high)}
        yield file.fault("fault.range_upside_down", values, keys=(*keys, "low"))
    elif value is not None and value < low:
        yield file.fault("fault.below_low", {"found": spelled(value), "low": spelled(low)}, keys=(*keys, "value"))
    elif value is not None and value > high:
        yield file.fault("fault.above_high", {"found": spelled(value), "high": spelled(high)}, keys=(*keys, "value"))
