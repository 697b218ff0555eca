"""Hold names in a file against the names that there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from mcda.errors import Fault, nearest, unknown
from mcda.words import LANGUAGES

if TYPE_CHECKING:
    from mcda.study.located import Keys, Located
    from mcda.study.model import Title

Titles = Mapping[str, tuple[str, ...]]  # by key, as people may type them


class Titled(Protocol):
    """Anything with a key and a title."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def title(self) -> Title:
        """Its title."""


def titles(items: Iterable[Titled]) -> Titles:
    """Give the titles of items in all languages, by key."""
    return {item.key: tuple(item.title.get(lang) for lang in LANGUAGES) for item in items}


def meant(found: str, allowed: Iterable[str], titles: Titles | None = None) -> str | None:
    """Find the one key that a name stands for; None where it is none, or may be several.

    A key comes first as it is, then in capitals or with spaces in the place of ``-`` and ``_``, then by one of its
    titles.
    """
    keys, name = tuple(allowed), _plain(found)
    if found in keys:
        return found
    for names in ({key: (key,) for key in keys}, titles or {}):
        matches = [key for key in keys if name in map(_plain, names.get(key, ()))]
        if matches:
            return matches[0] if len(matches) == 1 else None
    return None


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def name_faults(
    file: Located, keys: Keys, found: str, allowed: tuple[str, ...], what: str, *, at: str = "value"
) -> Iterable[Fault]:
    """Refuse a name that is none of those allowed."""
    if found not in allowed:
        fault = unknown(what, found, allowed)
        yield file.fault(fault.code, fault.values, keys=keys, at=at)


def list_faults(file: Located, keys: Keys, found: list[str], allowed: tuple[str, ...], what: str) -> Iterable[Fault]:
    """Refuse unknown names in a list, and names that stand in it twice."""
    for i, name in enumerate(found):
        yield from name_faults(file, (*keys, i), name, allowed, what)
        if name in found[:i]:
            yield file.fault("fault.item_twice", {"found": name}, keys=(*keys, i))


def mapping_faults(
    file: Located, keys: Keys, found: Iterable[str], wanted: tuple[str, ...], what: str, *, missing: str
) -> Iterable[Fault]:
    """Hold the keys of a mapping against those wanted, every one of them; ``missing`` is the code for those left out.

    A key that is missing only because it is misspelt is named once.
    """
    found = tuple(found)
    absent = [name for name in wanted if name not in found]
    for name in found:
        if name not in wanted:
            fault = unknown(what, name, absent or wanted)
            yield file.fault(fault.code, {**fault.values, "allowed": ", ".join(wanted)}, keys=(*keys, name), at="key")
    meant = {nearest(name, absent) for name in found if name not in wanted}
    for name in absent:
        if name not in meant:
            yield file.fault(missing, {"found": name}, keys=keys, at="key")
