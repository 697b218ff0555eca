"""Many scenarios at once: right numbers, the same bytes whoever computes and however often it is killed, clear faults."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mcda.batch import store as store_module
from mcda.batch.executors import Processes
from mcda.batch.parts import Broken, Run, decode, encode
from mcda.cli import cli
from mcda.commands.progress import Progress
from mcda.commands.rank import rank_case
from mcda.errors import McdaError
from mcda.study.files import open_scenario, read_scenario, read_study, scenario_keys
from mcda.study.scenario import build

ROOT = Path(__file__).parent.parent
MCDA = [sys.executable, "-c", "from mcda.cli import main; main()"]
OUTPUTS = {"results.csv", "scenarios.csv", "summary.csv", "summary.json", "manifest.json"}

GRID = """
title: Grid
based_on: baseline
vary:
  method: [topsis, vikor]
  weights: {lattice: {step: 0.2}}
"""
# A matrix for each combination and many draws for each matrix: some seconds of work in small pieces.
SLOW = """
title: Slow
based_on: baseline
vary:
  change: {china.finance: {from: 0, to: 30, step: 1}, eu.trade: {from: 0, to: 90, step: 30}}
  weights: {set: {sovereignty_risk: [0.2, 0.4]}}
"""
DRAWS = "200000"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped study as the current folder, without its own grids."""
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path in (tmp_path / "scenarios").glob("grid-*.yaml"):
        path.unlink()
    (tmp_path / "grid.yaml").write_text(GRID, encoding="utf-8")
    (tmp_path / "slow.yaml").write_text(SLOW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def batch(*arguments: str, code: int = 0) -> Result:
    """Run ``mcda batch`` in this process, as ``main`` does: faults become an exception here, and set the exit code."""
    result = CliRunner().invoke(cli, ["batch", *arguments])
    if isinstance(result.exception, McdaError):
        assert code in (1, 2), result.exception
        return result
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def started(*arguments: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen([*MCDA, "batch", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def tree(folder: str | Path) -> dict[str, bytes]:
    """The bytes of every file of a folder."""
    folder = Path(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(folder: str | Path, name: str = "results.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((Path(folder) / name).read_text(encoding="utf-8"))))


def is_consistent(folder: Path) -> bool:
    """Whether a manifest, if there is one, speaks of the files that are there."""
    if not (folder / "manifest.json").exists():
        return True
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in files.items())


# What comes out.


def test_every_scenario_of_a_folder_ranks_as_it_does_by_itself_and_claims_are_left_alone(work: Path) -> None:
    for method in ("vikor", "promethee", "codas"):
        text = f"title: T\nbased_on: kazakhstan\nmethod: {method}\nweights: {{set: {{trade: 0.6}}}}\n"
        (work / "scenarios" / f"by-{method}.yaml").write_text(text, encoding="utf-8")
    result = batch("scenarios", "scenarios/claims", "-o", "out")
    study = read_study()
    keys = scenario_keys(study)
    rows = {(row["scenario"], row["alternative"]): row for row in table("out")}
    for key in keys:
        case = build(study, read_scenario(study, key))
        alone = rank_case(case)
        for i, name in enumerate(alone.alternatives):
            row = rows.pop((key, name))
            assert float(row["score"]) == pytest.approx(alone.scores[i], rel=1e-11, abs=1e-13)
            assert float(row["rank"]) == alone.ranks[i]
            assert row["normalization"] == (alone.normalization or "")
            weights = {k.removeprefix("weight."): float(v) for k, v in row.items() if k.startswith("weight.")}
            assert weights == pytest.approx(case.criterion_weights, abs=1e-12)
    assert not rows
    claims = len(list((work / "scenarios" / "claims").glob("*.yaml")))
    assert f"{claims} claims are left alone" in result.stderr
    assert set(tree("out")) >= OUTPUTS


def test_columns_are_the_documented_ones_and_say_what_varies(work: Path) -> None:
    batch("grid.yaml", "slow.yaml", "baseline", "-o", "out", "--robustness", "10")
    header = (work / "out" / "results.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    weights = [f"weight.{key}" for key in ("institutionalization", "investment_scale", "sovereignty_risk", "cultural_fit")]
    assert header == [
        "scenario", "alternative", "score", "rank", "first_share", "mean_rank", "method", "normalization", "route",
        *weights, "change.china.finance", "change.eu.trade", "set.sovereignty_risk",
    ]  # fmt: skip
    stated = json.loads((work / "out" / "manifest.json").read_text(encoding="utf-8"))["columns"]
    assert list(stated) == header
    assert {key for key, kind in stated.items() if kind == "text"} == {
        "scenario", "alternative", "method", "normalization", "route"
    }  # fmt: skip
    rows = table("out")
    assert rows[0]["scenario"] == "grid:001"
    assert {row["change.china.finance"] for row in rows if row["scenario"].startswith("grid:")} == {""}
    assert rows[-1]["scenario"] == "baseline"
    named = next(row for row in rows if row["scenario"] == "slow:003")
    assert (named["change.eu.trade"], named["set.sovereignty_risk"], named["weight.sovereignty_risk"]) == ("30", "0.2", "0.2")


def test_the_summary_counts_winners_changes_and_ranges_of_ranks(work: Path) -> None:
    batch("grid.yaml", "kazakhstan", "-o", "out")
    rows = table("out")
    found = json.loads((work / "out" / "summary.json").read_text(encoding="utf-8"))
    by_scenario: dict[str, dict[str, float]] = {}
    for row in rows:
        by_scenario.setdefault(row["scenario"], {})[row["alternative"]] = float(row["rank"])
    study = read_study()
    baseline = rank_case(build(study, read_scenario(study, "baseline")))
    before = dict(zip(baseline.alternatives, baseline.ranks.tolist(), strict=True))
    first = {key: [a for a, rank in ranks.items() if rank == min(ranks.values())] for key, ranks in by_scenario.items()}
    for standing in found["alternatives"]:
        name = standing["alternative"]
        ranks = [ranks[name] for ranks in by_scenario.values()]
        assert standing["first"] == sum(names == [name] for names in first.values())
        assert standing["tied"] == sum(name in names and len(names) > 1 for names in first.values())
        assert (standing["best_rank"], standing["worst_rank"]) == (min(ranks), max(ranks))
        assert standing["mean_rank"] == pytest.approx(sum(ranks) / len(ranks))
        assert standing["better"] == sum(rank < before[name] for rank in ranks)
        assert standing["worse"] == sum(rank > before[name] for rank in ranks)
    assert found["first_changed"] == sum(names != list(baseline.first()) for names in first.values())
    assert found["order_changed"] == sum(ranks != before for ranks in by_scenario.values())
    assert found["scenarios"] == {"ranked": 113, "skipped": 0, "faulty": 0}
    each = table("out", "scenarios.csv")
    assert [row["first"] for row in each] == ["; ".join(first[row["scenario"]]) for row in each]
    assert {row["status"] for row in each} == {"ranked"}


def test_an_order_is_compared_among_the_alternatives_of_both(work: Path) -> None:
    batch("dropped-format", "added-format", "baseline", "-o", "out")
    rows = {row["scenario"]: row for row in table("out", "scenarios.csv")}
    assert (rows["baseline"]["first_changed"], rows["baseline"]["order_changed"]) == ("false", "false")
    in_order = sorted(table("out"), key=lambda row: float(row["rank"]))
    orders = {key: [row["alternative"] for row in in_order if row["scenario"] == key] for key in rows}
    for key in ("dropped-format", "added-format"):
        both = set(orders[key]) & set(orders["baseline"])
        same = [a for a in orders[key] if a in both] == [a for a in orders["baseline"] if a in both]
        assert rows[key]["order_changed"] == str(not same).lower()
    assert rows["added-format"]["order_changed"] == "false"  # though two of the five lost a place to the sixth
    assert orders["added-format"].index("example") == 1


def test_skipped_combinations_are_named_and_do_not_fail_the_run(work: Path) -> None:
    text = "title: T\nbased_on: baseline\nvary: {method: [topsis, vikor], normalization: [vector, sum]}\n"
    (work / "some.yaml").write_text(text, encoding="utf-8")
    result = batch("some.yaml", "-o", "out")
    assert "some: 4 scenarios (2 methods × 2 normalizations)" in result.stderr
    assert "Skipped of some: 1 scenario, since normalization plays no part here" in result.stdout
    rows = table("out", "scenarios.csv")
    assert [row["status"] for row in rows] == ["ranked", "ranked", "ranked", "skipped"]
    assert rows[3]["reason"].startswith("normalization plays no part")
    assert len(table("out")) == 15


def test_a_scenario_of_a_grid_can_be_run_by_its_number(work: Path) -> None:
    shutil.copy("grid.yaml", "scenarios/grid.yaml")
    batch("grid", "-o", "all")
    batch("grid:42", "-o", "one")
    whole = [row for row in table("all") if row["scenario"] == "grid:042"]
    assert table("one") == whole


def test_json_lines_hold_the_rows_of_the_table(work: Path) -> None:
    result = batch("grid.yaml", "-o", "out", "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    for line, row in zip(lines, table("out"), strict=True):
        assert list(line) == list(row)
        for key, value in line.items():
            assert value == (float(row[key]) if isinstance(value, (int, float)) else row[key])


def test_pandas_reads_csv_and_parquet_alike_with_the_stated_types(work: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra parquet")
    import pandas as pd

    import mcda

    for name, more in (("a", []), ("b", ["--parquet"])):
        batch("grid.yaml", "slow.yaml", "-o", name, "--robustness", "5", *more)
    left, right = mcda.read_results("a"), mcda.read_results("b")
    pd.testing.assert_frame_equal(left, right)
    assert set(map(str, left.dtypes)) == {"string", "float64"}
    assert len(left) == (112 + 248) * 5
    assert not (work / "b" / "results.csv").exists()


def test_the_manifest_says_what_is_needed_and_nothing_that_differs(work: Path) -> None:
    batch(str(work / "grid.yaml"), "-o", "out", "--jobs", "1", "--robustness", "5", "--seed", "9")
    text = (work / "out" / "manifest.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert (record["seed"], record["draws"]) == (9, 5)
    assert {"grid.yaml", "scenarios/baseline.yaml", "criteria/study.yaml"} <= set(record["inputs"])
    assert str(work) not in text
    assert is_consistent(work / "out")


def test_a_million_scenarios_would_take_no_more_memory(work: Path) -> None:
    def peak(divisions: int) -> int:
        text = f"title: T\nbased_on: baseline\nvary: {{weights: {{lattice: {{divisions: {divisions}}}}}}}\n"
        (work / f"l{divisions}.yaml").write_text(text, encoding="utf-8")
        code = (
            "import resource, sys\nfrom mcda.cli import main\n"
            f"sys.argv = ['mcda', 'batch', 'l{divisions}.yaml', '-o', 'l{divisions}']\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return int(done.stderr.split()[-1]) // 1024

    assert peak(75) - peak(45) < 20  # MB, for 76,076 scenarios against 17,296; held in memory they would take more


# The same bytes, whoever computes.


@pytest.mark.parametrize("more", [["--jobs", "2"], ["--jobs", "3"], ["--format", "json", "--resume"]])
def test_the_bytes_do_not_depend_on_who_computes(more: list[str], work: Path) -> None:
    batch("grid.yaml", "scenarios", "slow.yaml", "-o", "one")
    batch("grid.yaml", "scenarios", "slow.yaml", "-o", "two", *[word for word in more if word not in ("--format", "json")])
    assert tree("one") == tree("two")


def test_a_run_of_everything_again_computes_nothing_and_changes_nothing(work: Path) -> None:
    batch("grid.yaml", "baseline", "-o", "out")
    before = tree("out")
    result = batch("grid.yaml", "baseline", "-o", "out", "--resume")
    assert "computed before and kept: 113 of 113 scenarios" in result.stderr
    assert tree("out") == before


def test_only_what_has_changed_is_computed_again(work: Path) -> None:
    batch("scenarios", "grid.yaml", "-o", "out")
    total = len(scenario_keys(read_study())) + 112
    path = work / "scenarios" / "sovereignty-first.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sovereignty_risk: 3", "sovereignty_risk: 4"), encoding="utf-8")
    result = batch("scenarios", "grid.yaml", "-o", "out", "--resume")
    assert f"computed before and kept: {total - 1} of {total} scenarios" in result.stderr
    batch("scenarios", "grid.yaml", "-o", "fresh")
    assert tree("out") == tree("fresh")
    (work / "grid.yaml").write_text(GRID.replace("[topsis, vikor]", "[topsis, vikor, promethee]"), encoding="utf-8")
    batch("scenarios", "grid.yaml", "-o", "out", "--resume")
    shutil.rmtree("fresh")
    batch("scenarios", "grid.yaml", "-o", "fresh")
    assert tree("out") == tree("fresh")


def test_a_change_of_the_study_makes_everything_new(work: Path) -> None:
    batch("grid.yaml", "-o", "out")
    path = work / "criteria" / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# another remark\n", encoding="utf-8")
    assert "were computed before" not in batch("grid.yaml", "-o", "out", "--resume").stderr


# Killed, and gone on with.


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the slow grid comes to when nothing happens to the run."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "slow.yaml").write_text(SLOW, encoding="utf-8")
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)
    run = [*MCDA, "batch", "slow.yaml", "-o", "out", "--robustness", DRAWS]
    subprocess.run(run, cwd=folder, check=True, capture_output=True)
    return tree(folder / "out")


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_at_random_goes_on_to_the_same_bytes(
    seed: int, work: Path, undisturbed: dict[str, bytes]
) -> None:
    chance = random.Random(seed)
    arguments = ["slow.yaml", "-o", "out", "--robustness", DRAWS, "--resume", *(["--jobs", "2"] if seed else [])]
    for _ in range(3):
        run = started(*arguments)
        time.sleep(chance.uniform(0.3, 1.5))
        run.kill()
        run.communicate()
        assert is_consistent(work / "out")
        assert not (work / "out" / "manifest.json").exists() or tree("out").keys() >= OUTPUTS
    run = started(*arguments)
    _, said = run.communicate()
    assert run.returncode == 0, said
    assert tree("out") == undisturbed


class Killed(BaseException):
    """Stands for a kill at a known point."""


@pytest.mark.parametrize("step", range(12))
def test_a_run_killed_between_any_two_files_goes_on_to_the_same_bytes(
    step: int, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch("grid.yaml", "baseline", "-o", "fresh")
    batch("grid.yaml", "kazakhstan", "-o", "out")  # an earlier run of something else lies there
    steps = iter(range(100))

    def then_killed(act: Callable[..., object]) -> Callable[..., object]:
        def acted(*arguments: object, **options: object) -> object:
            if next(steps) == step:
                raise Killed
            return act(*arguments, **options)

        return acted

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", then_killed(Path.replace))
        patched.setattr(Path, "unlink", then_killed(Path.unlink))
        with pytest.raises(Killed):
            CliRunner().invoke(cli, ["batch", "grid.yaml", "baseline", "-o", "out", "--resume"], catch_exceptions=False)
    assert is_consistent(work / "out")
    batch("grid.yaml", "baseline", "-o", "out", "--resume")
    assert tree("out") == tree("fresh")


@pytest.mark.parametrize("damage", [b"", b"mcda batch 1\n", None])
def test_a_piece_that_is_not_whole_is_computed_again(damage: bytes | None, work: Path) -> None:
    batch("grid.yaml", "-o", "out")
    before = tree("out")
    part = next((work / "out" / "store").iterdir())
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(bytes(data) if damage is None else damage)
    batch("grid.yaml", "-o", "out", "--resume")
    assert tree("out") == before


def test_pieces_are_read_back_as_they_were_and_refused_where_a_byte_is_missing(work: Path) -> None:
    import numpy as np

    run = Run(
        alternatives=("a", "b"), criteria=("c",), normalization=None, higher_is_better=False, own=np.array([1.0]),
        scores=np.array([[0.25, np.nan], [np.nan, np.nan]]), reasons=("why",), reason=np.array([0, 1], np.int32),
    )  # fmt: skip
    data = encode([run, run])
    for back in decode(data):
        assert np.array_equal(back.scores, run.scores, equal_nan=True)
        assert (back.reason == run.reason).all()
        assert (back.reasons, back.alternatives, back.higher_is_better) == (("why",), ("a", "b"), False)
    for end in range(len(data)):
        with pytest.raises(Broken):
            decode(data[:end])


# Folders that cannot be written, and what else goes wrong.


def test_a_full_disk_is_one_clear_line_and_what_is_finished_is_kept(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch("grid.yaml", "scenarios", "-o", "fresh")
    whole, room = store_module.write_whole, iter(range(100))

    def until_full(path: Path, data: bytes) -> None:
        if next(room) == 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        whole(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(store_module, "write_whole", until_full)
        result = batch("grid.yaml", "scenarios", "-o", "out", code=1)
    assert "No space left on device" in str(result.exception)
    assert "--resume" in str(result.exception)
    assert not OUTPUTS & set(tree("out"))
    assert "computed before and kept: " in batch("grid.yaml", "scenarios", "-o", "out", "--resume").stderr
    assert tree("out") == tree("fresh")


def test_a_file_that_may_not_grow_leaves_no_half_of_it(work: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    run = started("grid.yaml", "-o", "out", preexec_fn=limit)
    _, said = run.communicate()
    assert run.returncode == 1
    assert "Traceback" not in said
    assert len([line for line in said.splitlines() if "stopped while writing" in line]) == 1
    assert not (work / "out" / "results.csv").exists()
    batch("grid.yaml", "-o", "out", "--resume")
    batch("grid.yaml", "-o", "fresh")
    assert tree("out") == tree("fresh")


@pytest.mark.parametrize("place", ["grid.yaml", "grid.yaml/out", "/proc/out", "locked/out"])
def test_a_folder_that_cannot_be_written_is_one_line_of_the_command_line(place: str, work: Path) -> None:
    (work / "locked").mkdir(mode=0o500)
    if place.startswith("locked") and os.access(work / "locked", os.W_OK):
        pytest.skip("this user may write anywhere")
    result = batch("baseline", "-o", place, code=2)
    assert len(result.exception.faults) == 1
    assert "cannot write" in str(result.exception)


def test_a_folder_with_a_batch_is_not_written_over(work: Path) -> None:
    batch("baseline", "-o", "out")
    before = tree("out")
    assert "add --resume to go on with it" in str(batch("kazakhstan", "-o", "out", code=2).exception)
    assert tree("out") == before


def test_a_faulty_scenario_is_reported_and_does_not_stop_the_others(work: Path) -> None:
    (work / "scenarios" / "wrong.yaml").write_text("title: W\nbased_on: baseline\nmethod: topsi\n", encoding="utf-8")
    (work / "scenarios" / "worse.yaml").write_text("title: W\nbased_on: wrong\n", encoding="utf-8")
    text = "title: W\nbased_on: baseline\nmethod: weighted_product\nnormalization: none\n"
    (work / "scenarios" / "zero.yaml").write_text(text, encoding="utf-8")
    (work / "scenarios" / "broken.yaml").write_text("title: [W\n", encoding="utf-8")
    result = batch("scenarios", "-o", "out", code=1)
    assert "scenarios/wrong.yaml:3:9: method: method 'topsi' is unknown (did you mean 'topsis'?)" in result.stderr
    assert "3 of " in result.stderr
    assert "zero: " in result.stderr
    assert "Traceback" not in result.output
    rows = {row["scenario"]: row for row in table("out", "scenarios.csv")}
    assert {key for key, row in rows.items() if row["status"] == "faulty"} == {"wrong", "worse", "zero", "broken"}
    assert rows["baseline"]["status"] == "ranked"
    assert "topsi" in rows["worse"]["reason"]
    data = json.loads((work / "out" / "summary.json").read_text(encoding="utf-8"))
    assert data["scenarios"]["faulty"] == 4
    assert set(data["faults"]) == {"wrong", "worse", "zero", "broken"}


def test_an_expectation_that_does_not_hold_everywhere_sets_the_exit_code(work: Path) -> None:
    study = read_study()
    first = rank_case(build(study, read_scenario(study, "baseline"))).first()[0]
    batch("baseline", "-o", "a", "--expect", first)
    result = batch("grid.yaml", "-o", "b", "--expect", first, code=3)
    assert f"expected {first} first, alone, in every scenario (112); not so in" in result.stderr
    assert "such as grid:" in result.stderr
    assert "did you mean" in str(batch("baseline", "-o", "c", "--expect", "chna", code=2).exception)
    (work / "wrong.yaml").write_text("title: W\nbased_on: nothing\n", encoding="utf-8")
    batch("wrong.yaml", "grid.yaml", "-o", "d", "--expect", first, code=1)


def test_a_shared_first_place_is_no_first_place(work: Path) -> None:
    study = read_study()
    first = rank_case(build(study, read_scenario(study, "baseline"))).first()[0]
    ends = {leaf.key: leaf.cells[first].value for leaf in study.leaves}
    twin = {key: {"low": value, "high": value} for key, value in ends.items()}
    text = {"title": "T", "based_on": "baseline", "add": {"twin": {"title": "Twin", "cells": twin}}}
    (work / "twins.yaml").write_text(json.dumps(text), encoding="utf-8")
    result = batch("twins.yaml", "-o", "out", "--expect", first, code=3)
    assert f"first there: {first}, twin" in result.stderr
    assert table("out", "scenarios.csv")[0]["first"] == f"{first}; twin"
    standings = {row["alternative"]: row for row in table("out", "summary.csv")}
    assert (standings[first]["first"], standings[first]["tied"], standings["twin"]["tied"]) == ("0", "1", "1")
    assert standings["twin"]["best_rank"] == "1.5"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["basline"], "scenario, file or folder 'basline' is unknown (did you mean 'baseline'?)"),
        (["scenarios/claims"], "nothing to run"),
        (["grid.yaml", "other/grid.yaml"], "are both called 'grid'"),
        (["baseline", "--cluster", "tcp://127.0.0.1:1"], "no scheduler answers at 'tcp://127.0.0.1:1'"),
    ],
)
def test_what_cannot_be_run_is_one_line(
    arguments: list[str], said: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "--cluster" in arguments:
        pytest.importorskip("distributed", reason="--cluster needs the extra dask")
        monkeypatch.setattr("mcda.batch.cluster.PATIENCE", 1)
    (work / "other").mkdir()
    shutil.copy("grid.yaml", "other/grid.yaml")
    result = batch(*arguments, "-o", "out", code=2)
    assert said in str(result.exception)
    assert len(result.exception.faults) == 1


def test_missing_extras_are_named(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "install fiveplusone[dask]" in str(batch("baseline", "-o", "a", "--cluster", "local", code=2).exception)
    assert "install fiveplusone[parquet]" in str(batch("baseline", "-o", "b", "--parquet", code=2).exception)
    assert not (work / "b").exists()


# Progress.


def test_progress_says_rate_and_time_left() -> None:
    progress = Progress(10_000, "cli.batch.computing")
    progress.keep(4_000)
    progress.add(3_000)
    assert progress.text(6.0) == "ranked 7,000 of 10,000 scenarios, 500 a second, 6 s left"
    assert Progress(10, "cli.batch.computing").text(0.0) == "ranked 0 of 10 scenarios, 0 a second, 0 s left"


def test_progress_is_quiet_where_stderr_is_piped(work: Path) -> None:
    run = started("grid.yaml", "-o", "out")
    _, said = run.communicate()
    assert "a second" not in said
    assert "\r" not in said


# Workers that die.


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_worker_that_is_killed_costs_time_only(work: Path, undisturbed: dict[str, bytes]) -> None:
    run = started("slow.yaml", "-o", "out", "--robustness", DRAWS, "--jobs", "2")
    victim = next(workers_of(run.pid, work / "out" / "store"))
    os.kill(victim, signal.SIGKILL)
    _, said = run.communicate()
    assert run.returncode == 0, said
    assert tree("out") == undisturbed


def workers_of(pid: int, store: Path) -> Iterator[int]:
    """Wait until workers have finished something, and give those that compute."""
    for _ in range(600):
        if store.exists() and any(store.glob("*.part")):
            break
        time.sleep(0.02)
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    for child in map(int, children):
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8"):
            yield child


def test_workers_end_with_the_run_that_is_killed(work: Path) -> None:
    arguments = ["batch", "slow.yaml", "-o", "out", "--robustness", DRAWS, "--jobs", "2"]
    run = subprocess.Popen([*MCDA, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    workers = list(workers_of(run.pid, work / "out" / "store"))
    assert len(workers) == 2
    run.kill()
    run.wait()
    for _ in range(200):
        living = [worker for worker in workers if Path(f"/proc/{worker}").exists()]
        if not living:
            return
        time.sleep(0.05)
    for worker in living:
        os.kill(worker, signal.SIGKILL)
    pytest.fail("workers live on")


def die(context: bytes, task: object) -> None:
    os._exit(1)


def test_a_task_that_kills_every_worker_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcda.batch.executors.work", die)
    monkeypatch.setattr("mcda.batch.executors.DEATHS", 1)
    processes = Processes(1)
    with pytest.raises(McdaError, match="workers in a row died"):
        list(processes.run(b"", iter([object()])))  # type: ignore[list-item]
    processes.close()


def test_reading_a_scenario_of_a_batch_does_not_read_its_neighbours(work: Path) -> None:
    study = read_study()
    found, _ = open_scenario(study, work / "scenarios" / "kazakhstan.yaml")
    assert found is not None
    assert set(found.scenario.hashes) == {"scenarios/kazakhstan.yaml", "scenarios/baseline.yaml"}


# Refusals leave nothing behind.


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "tcp://10.0.0.5", "http://10.0.0.5:80", "10.0.0.5:port", ""])
def test_a_malformed_address_is_refused_at_once_and_leaves_the_folder_as_it_was(address: str, work: Path) -> None:
    begun = time.perf_counter()
    (work / "there").mkdir()
    for out in ("out", "there"):
        refused = batch("grid.yaml", "-o", out, "--cluster", address, code=2).exception
        assert str(refused).startswith(f"{address!r} is no address of a scheduler: write local, or tcp://HOST:PORT")
    assert time.perf_counter() - begun < 10
    assert not (work / "out").exists()
    assert list((work / "there").iterdir()) == []
    batch("baseline", "-o", "out")


def test_a_scheduler_that_does_not_answer_leaves_no_folder_and_no_client_behind(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="--cluster needs the extra dask")
    code = (
        "import sys\nimport mcda.batch.cluster as cluster\nfrom mcda.cli import main\ncluster.PATIENCE = 1\n"
        "sys.argv = ['mcda', 'batch', 'baseline', '-o', 'out', '--cluster', 'tcp://127.0.0.1:1']\nmain()"
    )
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], cwd=work, capture_output=True, text=True)
    assert time.perf_counter() - begun < 20
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("no scheduler answers at 'tcp://127.0.0.1:1'")
    assert "Exception" not in done.stderr
    assert not (work / "out").exists()


# Words and reasons.


def test_every_fault_of_a_scenario_stands_in_its_reason(work: Path) -> None:
    (work / "wrong.yaml").write_text("title: W\nbased_on: nothing\nmethod: topsi\nmoney: lin\n", encoding="utf-8")
    batch("wrong.yaml", "baseline", "-o", "out", code=1)
    reason = {row["scenario"]: row["reason"] for row in table("out", "scenarios.csv")}["wrong"]
    data = json.loads((work / "out" / "summary.json").read_text(encoding="utf-8"))
    assert reason == "; ".join(data["faults"]["wrong"])
    assert len(data["faults"]["wrong"]) == 3
    for word in ("nothing", "topsi", "lin"):
        assert f"{word!r} is unknown" in reason


def test_every_reason_why_a_combination_cannot_be_ranked_is_kept(work: Path) -> None:
    """Weighted products need values above 0; the best of a cost is 0 on its scale, as several cells are."""
    text = "title: T\nbased_on: baseline\nvary: {method: [weighted_product], normalization: [none]}\n"
    (work / "some.yaml").write_text(text, encoding="utf-8")
    batch("some.yaml", "-o", "out")
    (row,) = table("out", "scenarios.csv")
    case = build(read_study(), replace(read_scenario(read_study(), "baseline"), method="weighted_product", normalization="none"))
    with pytest.raises(McdaError) as error:
        rank_case(case)
    assert row["reason"] == "; ".join(fault.text() for fault in error.value.faults)
    assert row["reason"].count("; ") == len(error.value.faults) - 1


def test_one_is_not_spoken_of_as_several(work: Path) -> None:
    result = batch("baseline", "-o", "a")
    assert "1 scenario was ranked." in result.stdout
    assert "Places over 1 scenario\n" in result.stdout
    (work / "wrong.yaml").write_text("title: W\nbased_on: nothing\n", encoding="utf-8")
    alone = batch("wrong.yaml", "-o", "b", code=1)
    assert "the scenario is at fault" in alone.stderr
    assert "the others run" not in alone.stderr
    two = batch("wrong.yaml", "baseline", "-o", "c", code=1)
    assert "1 of 2 is at fault; the others run" in two.stderr
    assert "computed before and kept: 1 of 1 scenarios" in batch("baseline", "-o", "a", "--resume").stderr
