"""Random numbers by the block, so that a result depends on the seed alone."""

from __future__ import annotations

from collections.abc import Iterator

from numpy import integer
from numpy.random import SFC64, Generator, SeedSequence

from mcda.errors import Fault, ProblemError

BLOCK = 16384  # draws; part of every sampled result's definition, never tuned to a machine


def stream(seed: int, number: int) -> Generator:
    """Give the generator of one block; it depends on the seed and the block's number, not on who draws it or when."""
    return Generator(SFC64(SeedSequence(seed, spawn_key=(number,))))


def blocks(draws: int, seed: int) -> Iterator[tuple[Generator, int]]:
    """Give for each block its generator and how many of its draws are kept; every block is drawn whole.

    Drawing whole blocks makes fewer draws the beginning of more draws.
    """
    for number in range(-(-draws // BLOCK)):
        yield stream(seed, number), min(BLOCK, draws - number * BLOCK)


def require_sampling(draws: int, seed: int, *, what: str = "draws") -> None:
    """Refuse a number of draws (or of whatever is drawn) below 1 or a negative seed."""
    faults = [
        Fault(code="fault.count", values={"found": found, "least": least}, key=key)
        for key, found, least in ((what, draws, 1), ("seed", seed, 0))
        if isinstance(found, bool) or not isinstance(found, (int, integer)) or found < least
    ]
    if faults:
        raise ProblemError(faults)
