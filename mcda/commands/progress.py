"""How far a long run is: one line on a terminal, nothing where stderr is piped."""

from __future__ import annotations

import sys
from time import monotonic

from mcda.words import say

EVERY = 0.2  # seconds between two lines
WIDTH = 78


class Progress:
    """Counts what is finished and writes, over its last line, how much that is, how fast, and how long it may take.

    The rate and the time left are those of what this run computes; what was kept from an earlier one is counted apart.
    """

    def __init__(self, total: int, words: str, *, line: str = "cli.batch.progress") -> None:
        self.total, self.words, self.line, self.done, self.kept = total, words, line, 0, 0
        self.live = sys.stderr.isatty()
        self._begun, self._shown = monotonic(), 0.0

    def keep(self, count: int) -> None:
        """Count scenarios that need not be computed."""
        self.kept += count

    def add(self, count: int) -> None:
        """Count scenarios that were computed."""
        self.done += count
        now = monotonic()
        if self.live and now - self._shown >= EVERY:
            self._shown = now
            self._write(self.text(now - self._begun))

    def close(self) -> None:
        """Take the line away."""
        if self.live and self._shown:
            self._write("")

    def text(self, seconds: float) -> str:
        """Give the line for a run that has taken so many seconds."""
        rate = self.done / seconds if seconds > 0 else 0.0
        left = (self.total - self.kept - self.done) / rate if rate else 0.0
        values = {"done": self.kept + self.done, "total": self.total, "rate": rate}
        return say(self.line, **values, what=say(self.words), left=_time(left))

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text[:WIDTH]:<{WIDTH}}\r")
        sys.stderr.flush()


def _time(seconds: float) -> str:
    """Write a time short: ``42 s``, ``3 min``, ``2.5 h``."""
    if seconds < 90:
        return say("cli.seconds", time=seconds)
    return say("cli.minutes", time=seconds / 60) if seconds < 5400 else say("cli.hours", time=seconds / 3600)
