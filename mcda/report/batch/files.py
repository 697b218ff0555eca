"""Write the files of a batch into its folder: each whole or absent, the manifest last."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from mcda.batch.results import Stretch, stretches
from mcda.batch.store import Store, settle
from mcda.batch.tally import Flags, Seen
from mcda.report.batch.columns import Columns, Values, columns_of
from mcda.report.batch.lines import CSV, JSON_LINES, header, plain_lines, result_lines
from mcda.report.batch.parquet import ParquetFile
from mcda.report.batch.summary import Account, summary_data, summary_table, unranked
from mcda.report.grid import to_csv
from mcda.report.numbers import rounded_data

RESULTS, PARQUET, SCENARIOS, SUMMARY = "results.csv", "results.parquet", "scenarios.csv", "summary.csv"
SUMMARY_DATA, MANIFEST = "summary.json", "manifest.json"
FILES = (MANIFEST, RESULTS, PARQUET, SCENARIOS, SUMMARY, SUMMARY_DATA)
STORE, DRAFTS = "store", ".drafts"
STATUS = ("scenario", "status", "first", "first_changed", "order_changed", "reason")

Emit = Callable[[str], None]
Count = Callable[[int], None]


def write_files(
    folder: Path,
    account: Account,
    store: Store,
    record: Mapping[str, object],
    *,
    parquet: bool,
    emit: Emit | None,
    count: Count,
) -> None:
    """Write results, scenarios, summary and manifest of a finished run.

    Everything is written beside its place first. Then the files of an earlier run go, its manifest first, and the new
    ones come, the manifest last: whoever finds a manifest finds the files that it speaks of.

    Parameters
    ----------
    folder : of the batch
    account : whose tally is filled on the way
    store : which holds every piece
    record : what the manifest begins with
    parquet : whether the results are written as Parquet in place of CSV
    emit : told the results as JSON lines, or None
    count : told how many scenarios more were written
    """
    drafts = folder / DRAFTS
    shutil.rmtree(drafts, ignore_errors=True)
    drafts.mkdir()
    columns = columns_of(account.planned)
    _stream(drafts, account, store, columns, parquet=parquet, emit=emit, count=count)
    (drafts / SUMMARY).write_text(to_csv(summary_table(account)), encoding="utf-8", newline="\n")
    _write_json(drafts / SUMMARY_DATA, rounded_data(summary_data(account)))
    names = [name for name in FILES if (drafts / name).exists()]
    digests = {name: _digest(drafts / name) for name in names}
    _write_json(drafts / MANIFEST, {**record, "columns": columns.kinds, "files": digests})
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    for name in (*names, MANIFEST):
        settle(drafts / name)
        (drafts / name).replace(folder / name)
    drafts.rmdir()


def _stream(
    drafts: Path,
    account: Account,
    store: Store,
    columns: Columns,
    *,
    parquet: bool,
    emit: Emit | None,
    count: Count,
) -> None:
    """Write the two long tables, a stretch at a time, and count what they hold."""
    with ExitStack() as files:
        scenarios = files.enter_context((drafts / SCENARIOS).open("w", encoding="utf-8", newline="\n"))
        scenarios.write(header(STATUS))
        if parquet:
            table = ParquetFile(drafts / PARQUET, columns)
            files.callback(table.close)
            write = table.add
        else:
            results = files.enter_context((drafts / RESULTS).open("w", encoding="utf-8", newline="\n"))
            results.write(header(columns.kinds))

            def write(stretch: Stretch) -> None:
                results.write(result_lines(stretch, columns, CSV))

        for stretch in stretches(account.planned, store):
            seen = account.tally.add(stretch)
            write(stretch)
            scenarios.write(plain_lines(_status(stretch, seen), CSV))
            if emit is not None:
                emit(result_lines(stretch, columns, JSON_LINES))
            count(stretch.size)
        for name, lines in account.faults.items():
            row: dict[str, Values] = {key: [""] for key in STATUS}
            row |= {"scenario": [name], "status": ["faulty"], "reason": ["; ".join(lines)]}
            scenarios.write(plain_lines(row, CSV))


def _status(stretch: Stretch, seen: Seen) -> dict[str, Values]:
    """Give the row of each scenario: whether it was ranked, who is first, and what differs from the baseline."""
    failed = "skipped" if stretch.grid.varies else "faulty"
    firsts: dict[bytes, str] = {}
    first = []
    for tops in seen.tops:
        key = tops.tobytes()
        if key not in firsts:
            firsts[key] = "; ".join(stretch.alternatives[i] for i in tops.nonzero()[0])
        first.append(firsts[key])
    return {
        "scenario": stretch.grid.names(stretch.first, stretch.size),
        "status": ["ranked" if done else failed for done in stretch.ranked],
        "first": first,
        "first_changed": _flags(seen.first_changed, stretch),
        "order_changed": _flags(seen.order_changed, stretch),
        "reason": stretch.reasons(),
    }


def _flags(flags: Flags | None, stretch: Stretch) -> list[str]:
    """Write true or false for each scenario; nothing where it was not ranked, or there is no baseline."""
    if flags is None:
        return [""] * stretch.size
    return [("true" if flag else "false") if done else "" for flag, done in zip(flags, stretch.ranked, strict=True)]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


__all__ = ["FILES", "MANIFEST", "PARQUET", "RESULTS", "STORE", "unranked", "write_files"]
