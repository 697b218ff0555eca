"""What a result has to say about itself: a message key with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mcda.words import say


@dataclass(frozen=True, kw_only=True)
class Note:
    """One remark that belongs to a result, such as a judgement that was mended.

    Parameters
    ----------
    code : key of the message in the catalogue of words, such as ``"engine.reciprocal_mended"``
    values : what fills the message's braces
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Give the remark in words."""
        return say(self.code, lang, **self.values)

    def __str__(self) -> str:
        return self.text()
