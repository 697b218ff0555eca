"""Start the command ``mcda``; which version it is, is answered before the command line is loaded."""

from __future__ import annotations

import sys
from contextlib import suppress

from mcda import __version__

VERSION = f"mcda {__version__} (fiveplusone)"


def main() -> None:
    """Run the command line, for which click alone takes longer to load than Python takes to start."""
    if sys.argv[1:] == ["--version"]:
        with suppress(OSError):  # a full disk, of which the command line tells as it fails the same way
            print(VERSION, flush=True)  # noqa: T201
            return
    from mcda.cli import main as run

    run()


if __name__ == "__main__":
    main()
