"""The committed report on the bundled study is what the program writes today.

A report made without the extra ``pdf``, or with other versions of packages, is compared as far as it goes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcda.report.write import contents
from mcda.study.files import read_scenario, read_study
from mcda.study.scenario import build

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "reports" / "baseline"
PORTABLE = (".md", ".csv", ".tex", ".bib")  # no version of a package stands in them or shapes them
MADE_WITH = ("versions", "left_out", "files")


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    study = read_study(ROOT / "criteria", ROOT / "scenarios")
    return contents(build(study, read_scenario(study, "baseline")), command="mcda report")


@pytest.fixture(scope="module")
def ours(written: dict[str, bytes]) -> dict[str, object]:
    record: dict[str, object] = json.loads(written["manifest.json"])
    return record


@pytest.fixture(scope="module")
def theirs() -> dict[str, object]:
    record: dict[str, object] = json.loads((COMMITTED / "manifest.json").read_text(encoding="utf-8"))
    return record


def test_the_committed_report_has_every_file_that_is_written(written, ours, theirs) -> None:
    committed = {p.relative_to(COMMITTED).as_posix() for p in COMMITTED.rglob("*") if p.is_file()}
    assert committed | set(theirs["left_out"]) == set(written) | set(ours["left_out"])


def test_text_and_tables_are_the_same_to_the_byte(written) -> None:
    for name, data in written.items():
        if name.endswith(PORTABLE):
            assert (COMMITTED / name).read_bytes() == data, name


def test_the_manifest_is_the_same_but_for_what_it_was_made_with(written, ours, theirs) -> None:
    kept = ({key: value for key, value in record.items() if key not in MADE_WITH} for record in (ours, theirs))
    assert json.dumps(next(kept)) == json.dumps(next(kept))
    if all(ours[key] == theirs[key] for key in MADE_WITH):
        assert (COMMITTED / "manifest.json").read_bytes() == written["manifest.json"]


def test_page_figures_and_documents_are_the_same_where_they_were_made_alike(written, ours, theirs) -> None:
    if any(ours[key] != theirs[key] for key in MADE_WITH):
        pytest.skip("the committed report was made with other versions of Python or packages, or other extras")
    for name, data in written.items():
        assert (COMMITTED / name).read_bytes() == data, name
