"""A real Dask scheduler with worker processes on this machine: the same bytes, also where a worker is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="--cluster needs the extra dask")

ROOT = Path(__file__).parent.parent
MCDA = [sys.executable, "-c", "from mcda.cli import main; main()"]
SLOW = """
title: Slow
based_on: baseline
vary:
  change: {china.finance: {from: 0, to: 30, step: 1}, eu.trade: {from: 0, to: 90, step: 15}}
"""
RUN = ["batch", "slow.yaml", "-o", "out", "--robustness", "200000"]


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "slow.yaml").write_text(SLOW, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(study: Path) -> dict[str, bytes]:
    """What the grid comes to in one process of this machine."""
    run = [*MCDA, *RUN]
    run[run.index("out")] = "alone"
    subprocess.run(run, cwd=study, check=True, capture_output=True)
    return tree(study / "alone")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, as ``dask scheduler`` and ``dask worker`` start them."""
    note = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    dask = [sys.executable, "-m", "dask"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
    scheduler = subprocess.Popen([*dask, "scheduler", *options], **quiet)
    worker = [*dask, "worker", "--scheduler-file", str(note), "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    workers = [subprocess.Popen([*worker, "--name", str(i)], **quiet) for i in range(2)]
    try:
        for _ in range(400):
            if note.exists() and note.stat().st_size:
                break
            time.sleep(0.05)
        yield Cluster(json.loads(note.read_text(encoding="utf-8"))["address"], scheduler, workers)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def started(study: Path, *more: str) -> subprocess.Popen[str]:
    shutil.rmtree(study / "out", ignore_errors=True)
    return subprocess.Popen(
        [*MCDA, *RUN, *more], cwd=study, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for_parts(study: Path, count: int) -> int:
    for _ in range(1500):
        parts = len(list((study / "out" / "store").glob("*.part")))
        if parts >= count:
            return parts
        time.sleep(0.02)
    raise AssertionError("nothing was finished")


def test_a_worker_killed_in_the_middle_costs_time_only(
    cluster: Cluster, study: Path, undisturbed: dict[str, bytes]
) -> None:
    run = started(study, "--cluster", cluster.address)
    parts = wait_for_parts(study, 1)
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    assert parts < len([name for name in undisturbed if name.startswith("store/")])
    _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert "Traceback" not in said
    assert tree(study / "out") == undisturbed


def test_a_run_whose_driver_and_scheduler_die_goes_on_with_what_is_finished(
    cluster: Cluster, study: Path, undisturbed: dict[str, bytes]
) -> None:
    run = started(study, "--cluster", cluster.address)
    wait_for_parts(study, 2)
    run.kill()
    run.communicate()
    kept = len(list((study / "out" / "store").glob("*.part")))
    done = subprocess.run([*MCDA, *RUN, "--resume"], cwd=study, capture_output=True, text=True, check=True)
    assert kept == 0 or "computed before and kept: " in done.stderr
    assert tree(study / "out") == undisturbed


def test_workers_of_a_local_cluster_are_started_and_ended(study: Path, undisturbed: dict[str, bytes]) -> None:
    run = started(study, "--cluster", "local", "--jobs", "2")
    _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert "Traceback" not in said
    assert tree(study / "out") == undisturbed


def test_a_cluster_that_stops_is_one_clear_line(cluster: Cluster, study: Path, undisturbed: dict[str, bytes]) -> None:
    run = started(study, "--cluster", cluster.address)
    wait_for_parts(study, 1)
    for process in (*cluster.workers, cluster.scheduler):
        process.kill()
    _, said = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "the cluster has stopped" in said
    assert "Traceback" not in said
    subprocess.run([*MCDA, *RUN, "--resume"], cwd=study, capture_output=True, check=True)
    assert tree(study / "out") == undisturbed


def test_a_scheduler_without_workers_is_one_clear_line(cluster: Cluster, study: Path) -> None:
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    code = (
        "import sys\nimport mcda.batch.cluster as cluster\nfrom mcda.cli import main\n"
        f"cluster.PATIENCE = 1\nsys.argv = ['mcda', *{[*RUN, '--resume', '--cluster', cluster.address]!r}]\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=study, capture_output=True, text=True)
    assert done.returncode == 2
    assert "has no workers: start some with dask worker" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
