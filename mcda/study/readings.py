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
    if kind == "amount":
        for name in (name for name, number in given.items() if number < 0):
            yield file.fault("fault.negative_amount", {"found": spelled(given[name])}, keys=(*keys, name))
    elif ratings is not None:
        yield from _rating_faults(file, keys, given, ratings)
    yield from _range_faults(file, keys, given)


def _rating_faults(file: Located, keys: Keys, given: dict[str, float], ratings: Ratings) -> Iterable[Fault]:
    values = {"low": spelled(ratings.low), "high": spelled(ratings.high), "step": spelled(ratings.step)}
    for name, number in given.items():
        if not ratings.low <= number <= ratings.high:
            yield file.fault("fault.off_scale", {"found": spelled(number), **values}, keys=(*keys, name))
        elif name == "value" and not _on_step(number, ratings):
            yield file.fault("fault.off_step", {"found": spelled(number), **values}, keys=(*keys, name))


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
