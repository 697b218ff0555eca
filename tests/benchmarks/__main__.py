"""Run with ``python -m tests.benchmarks``: ratios to peers, each with its limit.

``--quick`` measures fewer things with slack, tries a group that falls short once more, and fails if it falls short
again. Times are shown for orientation; only ratios are judged.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.groups import GROUPS, QUICK
from tests.benchmarks.measure import SLACK, Row

ROOT = Path(__file__).parents[2]
PEERS = ("numpy", "pymcdm", "pysensmcda", "SALib", "scipy")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
DROPPED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # they make BLAS behave as on another processor


def measured(group: str, *, quick: bool) -> list[Row]:
    """Run one group in a process of its own, with one thread of BLAS."""
    environment = {key: value for key, value in os.environ.items() if key not in DROPPED}
    environment |= dict.fromkeys(THREADS, "1") | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.benchmarks.groups", group, *(["--quick"] if quick else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    records = json.loads(done.stdout.splitlines()[-1])
    return [Row(**{key: value for key, value in record.items() if key != "holds"}) for record in records]


def about() -> dict[str, str]:
    """Say what it ran on."""
    found = {"processor": processor(), "cores": str(os.cpu_count()), "system": platform.platform()}
    found["python"] = platform.python_version()
    for name in PEERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def processor() -> str:
    """Give the processor's name, as the system knows it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def shown(row: Row, slack: float) -> str:
    """Give a row as a line of text."""
    mark = "ok" if row.holds() else "slack" if row.holds(slack) else "MISSED"
    limit = f"{row.sense} {row.limit:g}"
    return f"{mark:6}  {row.ratio:8.4g}  {limit:14}  {row.name}  ({row.ours:.3g} to {row.theirs:.3g} {row.unit})"


def main() -> int:
    """Measure, print, and say by the exit code whether all limits hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer groups, with slack, each tried twice")
    parser.add_argument("--group", choices=GROUPS, action="append", help="only this group (may be repeated)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    chosen = parser.parse_args()
    slack = SLACK if chosen.quick else 0.0
    ran_on = about()
    print("\n".join(f"{key}: {value}" for key, value in ran_on.items()), end="\n\n")
    rows: list[Row] = []
    for group in chosen.group or (QUICK if chosen.quick else GROUPS):
        found = measured(group, quick=chosen.quick)
        if chosen.quick and not all(row.holds(slack) for row in found):
            found = measured(group, quick=True)
        print("\n".join(shown(row, slack) for row in found), flush=True)
        rows += found
    if chosen.json:
        kept = {"about": ran_on, "rows": [row.record() for row in rows]}
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.holds(slack) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
