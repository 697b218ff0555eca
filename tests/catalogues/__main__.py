"""Bring the translations in step with the English catalogue, compile them, and list what must be translated.

``python -m tests.catalogues`` does all areas, ``python -m tests.catalogues page report`` these two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from mcda.words import AREAS, LANGUAGES
from tests.catalogues import compiled, in_step, source, texts, written


def main(areas: Iterable[str]) -> None:
    """Write the catalogues of these areas; exit with 1 where a translation is missing."""
    missing = []
    for area in areas:
        for lang in LANGUAGES:
            if lang != "en":
                catalog = in_step(lang, area)
                source(lang, area).write_text(written(catalog, lang), encoding="utf-8")
                missing += [f"{lang}: {message.id}" for message in catalog if message.id and not all(texts(message))]
            source(lang, area).with_suffix(".mo").write_bytes(compiled(lang, area))
    sys.stdout.write("".join(f"{line}\n" for line in missing))
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main(sys.argv[1:] or AREAS)
