"""Measure pairs of functions side by side: CPU time, interleaved rounds, medians of ratios."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

SLACK = 0.25  # by which the quick mode lets a ratio fall short
AT_LEAST, AT_MOST = "at least", "at most"

Run = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One ratio and its limit.

    Attributes
    ----------
    name : what is compared with what
    ratio : how many times less time ours takes (``at least``), or what share of theirs it takes (``at most``)
    sense, limit : which way the ratio is bounded, and by what
    ours, theirs : seconds, or what else is compared, for orientation only
    """

    name: str
    ratio: float
    sense: str
    limit: float
    ours: float
    theirs: float
    unit: str = "s"

    def holds(self, slack: float = 0.0) -> bool:
        """Whether the ratio keeps its limit, or misses it by no more than the slack."""
        if self.sense == AT_LEAST:
            return self.ratio >= self.limit * (1 - slack)
        return self.ratio <= self.limit * (1 + slack)

    def record(self) -> dict[str, object]:
        """Give the row for JSON."""
        return {**asdict(self), "holds": self.holds()}


def cpu(run: Run, repeats: int = 1) -> float:
    """Give the CPU seconds of one run, the mean of some repeats."""
    begin = time.process_time()
    for _ in range(repeats):
        run()
    return (time.process_time() - begin) / repeats


def faster(name: str, ours: Run, theirs: Run, limit: float, *, rounds: int, per: tuple[float, float] = (1, 1)) -> Row:
    """Say how many times faster ours is; ``per`` says how many things each of the two does in one run."""
    times = _interleaved(ours, theirs, rounds, per)
    ratio = float(np.median(times[:, 1] / times[:, 0]))
    return Row(name=name, ratio=ratio, sense=AT_LEAST, limit=limit, **_medians(times))


def within(name: str, ours: Run, theirs: Run, limit: float, *, rounds: int, per: tuple[float, float] = (1, 1)) -> Row:
    """Say what share of their time ours takes."""
    times = _interleaved(ours, theirs, rounds, per)
    ratio = float(np.median(times[:, 0] / times[:, 1]))
    return Row(name=name, ratio=ratio, sense=AT_MOST, limit=limit, **_medians(times))


def peak_memory() -> float:
    """Give the most memory that this process ever held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def child_cpu(command: list[str]) -> float:
    """Give user and system seconds of a process from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def _interleaved(ours: Run, theirs: Run, rounds: int, per: tuple[float, float]) -> np.ndarray:
    """Give (rounds, 2) seconds for one thing each, after one run of each that is not counted."""
    repeats = []
    for run in (ours, theirs):
        run()
        repeats.append(max(1, int(0.02 / max(cpu(run), 1e-6))))
    return np.array(
        [
            [cpu(run, often) / things for run, often, things in zip((ours, theirs), repeats, per, strict=True)]
            for _ in range(rounds)
        ]
    )


def _medians(times: np.ndarray) -> dict[str, float]:
    ours, theirs = np.median(times, axis=0)
    return {"ours": float(ours), "theirs": float(theirs)}
