"""The folder of finished pieces: each is written whole or not at all, and known by the name of its content."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mcda.batch.parts import Broken, Run, decode

ENDING = ".part"


class Store:
    """Finished pieces in a folder, one file each.

    Parameters
    ----------
    folder : made where it is missing; leftovers of a run that was killed while it wrote are taken away
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f".*{ENDING}"):
            path.unlink()
        self.names = {path.stem for path in folder.glob(f"*{ENDING}")}

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def put(self, name: str, data: bytes) -> None:
        """Keep a piece; other processes and a killed run see all of it or nothing."""
        write_whole(self.folder / f"{name}{ENDING}", data)
        self.names.add(name)

    def get(self, name: str) -> list[Run]:
        """Read a piece back.

        Raises
        ------
        Broken
            Where it is not whole, as after a power cut; it is forgotten then.
        """
        path = self.folder / f"{name}{ENDING}"
        try:
            return decode(path.read_bytes())
        except (Broken, FileNotFoundError):
            path.unlink(missing_ok=True)
            self.names.discard(name)
            raise Broken from None

    def keep_only(self, names: Iterable[str]) -> None:
        """Take away the pieces that are not named."""
        for name in self.names - set(names):
            (self.folder / f"{name}{ENDING}").unlink(missing_ok=True)
            self.names.discard(name)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and let it take the place; nothing is left behind where that fails."""
    draft = path.with_name(f".{path.name}")
    try:
        with draft.open("wb") as file:
            file.write(data)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def settle(path: Path) -> None:
    """Make sure that what was written to a file lies on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
