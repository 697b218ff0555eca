"""Words of sure, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "sure.range": "the range from {low!r} to {high!r} is empty: write two numbers of 0 or more, the lower first",
    "sure.centre": "the centre is {found!r}: write a number above 0 for every criterion",
    "sure.concentration": "concentration {found!r} will not do: write a number above 0",
    "sure.clash": "no weights meet {found}: loosen or leave out one of them",
    "sure.centre_and_equality": "a centre cannot be combined with equalities: leave one of the two out",
    "sure.too_narrow": "only {found} of {draws} draws meet the conditions: loosen them, or leave some out",
}
