"""Put stand-ins where a file is at fault, so that the rest of it can be checked in the same run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import deepcopy
from typing import Any

from mcda.errors import nearest
from mcda.study.located import Keys

# What stands in for a field, whatever is wrong with it. An amount is held to the fewest rules.
FIELDS: dict[str, Any] = {
    "key": "key",
    "title": "?",
    "question": "?",
    "direction": "benefit",
    "weight": 1,
    "kind": "amount",
    "scale": [0, 1],
    "authors": ["?"],
    "year": 0,
    "subcriteria": {"key": {"title": "?", "scale": [0, 1], "cells": {}}},
    "cells": {},
}
# What stands in for an entry of a mapping; None: the entry is left out.
ENTRIES: dict[str, Any] = {
    "alternatives": {"title": "?"},
    "sources": {"authors": ["?"], "year": 0, "title": "?"},
    "subcriteria": None,
    "cells": None,
    "codings": None,
    "anchors": None,
    "add": None,
}


# What stands in for an entry of a list.
ITEMS: dict[str, Any] = {
    "change": {"cell": "a.b", "value": 0, "reason": "?"},
    "pairwise": {"first": "a", "second": "b", "ratio": 1},
}
# Where an unknown key may be a misspelt part of a number's reading, so that the whole entry has to go.
READINGS = frozenset({"cells", "change", "pairwise"})


def mended(
    data: dict[str, Any], faulty: Iterable[Keys], extra: Iterable[Keys]
) -> tuple[dict[str, Any], frozenset[Keys]]:
    """Copy the data with stand-ins for what is faulty, and without extra keys; name the places that were touched."""
    data, extra = deepcopy(data), tuple(extra)
    for keys in extra:
        _mend_kind(data, keys)
    alone = {keys for keys in extra if not READINGS.intersection(keys)}
    places = [_mend(data, keys, *((len(keys), None) if keys in alone else _part(keys))) for keys in faulty]
    return data, frozenset(place for place in places if place)


def _mend_kind(data: dict[str, Any], keys: Keys) -> None:
    """Let a sub-criterion whose kind is misspelt pass for one of amounts, not for one of ratings as without a kind."""
    if len(keys) == 3 and keys[0] == "subcriteria" and nearest(keys[2], ["kind"]):
        data["subcriteria"][keys[1]].setdefault("kind", FIELDS["kind"])


def _mend(data: dict[str, Any], keys: Keys, end: int, stand_in: Any) -> Keys:
    """Put a stand-in for the first ``end`` keys, or leave that part out where there is none."""
    part: Any = data
    for key in keys[: end - 1]:
        if key not in _keys(part):
            return ()  # gone with a part around it
        part = part[key]
    last = keys[end - 1]
    if stand_in is not None and (isinstance(part, dict) or last in _keys(part)):
        part[last] = deepcopy(stand_in)
    elif last in _keys(part):
        del part[last]
    return keys[:end]


def _keys(part: object) -> Collection[object]:
    """Give what a part can be indexed by."""
    return part.keys() if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()


def _part(keys: Keys) -> tuple[int, Any]:
    """Find the smallest part around a place that has a stand-in: how many keys name it, and the stand-in."""
    if keys[:1] == ("vary",):
        return min(2, len(keys)), None  # of what varies, the one thing that is at fault
    for end, key in enumerate(keys, start=1):
        if isinstance(key, int) and ITEMS.keys() & set(keys[:end]):
            return end, next(item for name, item in ITEMS.items() if name in keys)
    for end in range(len(keys), 0, -1):
        if end > 1 and keys[end - 2] in ENTRIES:
            return end, ENTRIES[str(keys[end - 2])]
        if keys[end - 1] in FIELDS:
            return end, FIELDS[str(keys[end - 1])]
    return 1, None
