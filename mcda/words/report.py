"""Words of report, in English."""

from __future__ import annotations

WORDS: dict[str, str] = {
}
