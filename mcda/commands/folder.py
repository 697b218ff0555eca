"""The folder that a batch is written into: a new or empty one, or one that holds a batch and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from mcda.errors import CommandError, Fault
from mcda.report.batch.files import DRAFTS, FILES, MANIFEST, STORE

NAMED = 3  # foreign files that are named


def require_free(out: Path, *, resume: bool) -> None:
    """Refuse a folder that holds anything but a batch, and one with a batch unless that is to be gone on with."""
    try:
        there = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
        batch = _holds_batch(out)
    except OSError:
        return  # which making the folder will tell
    ours = (*FILES, STORE) if batch else ()
    foreign = _without_litter([name for name in there if name not in ours and not name.startswith(".")])
    if foreign:
        more = ", …" if len(foreign) > NAMED else ""
        values = {"found": str(out), "files": ", ".join(foreign[:NAMED]), "more": more}
        raise CommandError([Fault(code="cli.batch.foreign", values=values)])
    if batch and not resume:
        raise CommandError([Fault(code="cli.batch.used", values={"found": str(out)})])


def _without_litter(names: list[str]) -> list[str]:
    """Leave out what desktops leave in folders that were looked at."""
    if not names:
        return []
    from mcda.report.write import LITTER  # which loads what draws figures

    return [name for name in names if name not in LITTER]


def _holds_batch(out: Path) -> bool:
    """Whether a batch was begun or finished here; the manifest of something else says that it was not."""
    if not (out / MANIFEST).exists():
        return (out / STORE).is_dir() or (out / DRAFTS).is_dir()
    try:
        record = json.loads((out / MANIFEST).read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(record, dict) and "columns" in record  # which no other manifest has
