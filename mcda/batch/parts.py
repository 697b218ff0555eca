"""The results of one piece, and how they are written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array

MAGIC = b"mcda batch 1\n"
SEAL = 32  # bytes of SHA-256 at the end

Codes = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """One combination under some weights.

    Attributes
    ----------
    alternatives, criteria : (n,) and (c,) keys of what is in use; empty where nothing could be ranked
    normalization : the one that holds; None where the method has a form of its own
    higher_is_better : which way the scores run
    own : (c,) the weights of the criteria that the combination has by itself; None where the grid goes through others
    scores : (k, n) in the method's own unit; NaN where a scenario could not be ranked
    reasons : why not
    reason : (k,) position in ``reasons``, counted from 1; 0 where a scenario was ranked
    robustness : (2, n) share of random weights that put each alternative first, and its mean rank under them; or None
    """

    alternatives: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    normalization: str | None = None
    higher_is_better: bool = True
    own: Array | None = None
    scores: Array
    reasons: tuple[str, ...] = ()
    reason: Codes
    robustness: Array | None = None


class Broken(Exception):
    """What was written down is not whole."""


def encode(runs: Sequence[Run]) -> bytes:
    """Write results down: a line of JSON, the numbers as 8-byte floats, and a seal over all of it."""
    tables: dict[str, int] = {}
    heads, numbers = [], []
    for run in runs:
        table = {
            "alternatives": run.alternatives,
            "criteria": run.criteria,
            "normalization": run.normalization,
            "higher_is_better": run.higher_is_better,
        }
        place = tables.setdefault(json.dumps(table), len(tables))
        failed = [[int(i), int(run.reason[i])] for i in np.flatnonzero(run.reason)] if not _all(run) else -1
        heads.append([place, len(run.scores), run.own is not None, run.robustness is not None, run.reasons, failed])
        numbers += [part.astype("<f8").tobytes() for part in (run.own, run.scores, run.robustness) if part is not None]
    head = {"tables": [json.loads(table) for table in tables], "runs": heads}
    body = MAGIC + json.dumps(head, separators=(",", ":")).encode() + b"\n" + b"".join(numbers)
    return body + hashlib.sha256(body).digest()


def decode(data: bytes) -> list[Run]:
    """Read results back.

    Raises
    ------
    Broken
        Where a byte is missing or has changed.
    """
    body, seal = data[:-SEAL], data[-SEAL:]
    if not body.startswith(MAGIC) or hashlib.sha256(body).digest() != seal:
        raise Broken
    end = body.index(b"\n", len(MAGIC))
    head, at = json.loads(body[len(MAGIC) : end]), end + 1
    runs = []
    for place, count, has_own, has_robustness, reasons, failed in head["runs"]:
        table = head["tables"][place]
        n, c = len(table["alternatives"]), len(table["criteria"])
        parts: list[Array | None] = []
        for there, shape in ((has_own, (c,)), (True, (count, n)), (has_robustness, (2, n))):
            size = int(np.prod(shape)) if there else 0
            parts.append(np.frombuffer(body, "<f8", size, at).reshape(shape) if there else None)
            at += 8 * size
        reason = np.zeros(count, np.int32) if failed != -1 else np.ones(count, np.int32)
        for i, code in failed if failed != -1 else ():
            reason[i] = code
        own, scores, robustness = parts
        assert scores is not None
        runs.append(
            Run(
                alternatives=tuple(table["alternatives"]),
                criteria=tuple(table["criteria"]),
                normalization=table["normalization"],
                higher_is_better=table["higher_is_better"],
                own=own,
                scores=scores,
                reasons=tuple(reasons),
                reason=reason,
                robustness=robustness,
            )
        )
    return runs


def _all(run: Run) -> bool:
    """Tell whether nothing was ranked, all for the first reason."""
    return len(run.scores) > 0 and bool((run.reason == 1).all())
