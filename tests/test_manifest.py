"""The manifest: all that is needed to get the same bytes again, and nothing that differs from run to run."""

from __future__ import annotations

import hashlib
import json
import platform
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.report.manifest import manifest, manifest_of_file, plain_command, study_hash
from mcda.study.files import read_scenario, read_study, shipped
from mcda.study.scenario import build


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("mcda report", "mcda report"),
        ("mcda report baseline -o elsewhere/x", "mcda report baseline"),
        ("mcda report -o x baseline --lang ru", "mcda report baseline --lang ru"),
        ("mcda report -ox baseline", "mcda report baseline"),
        ("mcda report -o=x baseline", "mcda report baseline"),
        ("mcda rank --study /home/me -w a=40%", "mcda rank -w a=40%"),
        ("mcda rank --study=/home/me", "mcda rank"),
        ("mcda rank 'my file.yaml'", "mcda rank 'my file.yaml'"),
        ("mcda rank --option x", "mcda rank --option x"),
    ],
)
def test_the_command_is_kept_but_for_where_files_lie(typed: str, plain: str) -> None:
    assert plain_command(typed) == plain


def test_versions_seed_and_draws_are_told(make_case) -> None:
    record = manifest(make_case(), command="mcda robustness", seed=7, draws=1000, packages=("matplotlib",))
    assert record["versions"]["python"] == platform.python_version()
    assert record["versions"]["mcda"] == mcda.__version__
    assert record["versions"]["numpy"] == np.__version__
    assert "matplotlib" in record["versions"]
    assert (record["seed"], record["draws"]) == (7, 1000)
    assert json.loads(json.dumps(record)) == record


def test_the_package_of_a_borrowed_method_is_told(make_case) -> None:
    assert "pymcdm" in manifest(make_case(method="aras"), command="x")["versions"]
    assert "pymcdm" not in manifest(make_case(), command="x")["versions"]


def test_the_hash_of_a_study_changes_with_a_name_or_a_file_but_not_with_their_order() -> None:
    one = study_hash({"a": "1", "b": "2"})
    assert one == study_hash({"b": "2", "a": "1"})
    assert len({one, study_hash({"a": "1", "b": "3"}), study_hash({"a": "1", "c": "2"}), study_hash({"a": "1"})}) == 4
    assert study_hash({"a": "1"}) == hashlib.sha256(b"a 1\n").hexdigest()


def test_inputs_are_the_files_of_the_study_and_of_the_scenarios_in_use() -> None:
    study = read_study(shipped() / "criteria", shipped() / "scenarios")
    record = manifest(build(study, read_scenario(study, "five-states")), command="x")
    inputs = record["inputs"]
    assert {"criteria/study.yaml", "criteria/evidence.csv"} <= set(inputs)
    assert {"scenarios/baseline.yaml", "scenarios/kazakhstan.yaml"} <= set(inputs)
    assert "scenarios/culture-first.yaml" not in inputs
    data = (shipped() / "criteria" / "study.yaml").read_bytes()
    assert inputs["criteria/study.yaml"] == hashlib.sha256(data).hexdigest()


def test_nothing_in_it_tells_of_the_machine_or_the_hour(make_case, tmp_path: Path, monkeypatch) -> None:
    one = manifest(make_case(), command="mcda report -o here")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.time", lambda: 1e9)
    monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
    two = manifest(make_case(), command="mcda report -o there")
    assert one == two
    assert str(tmp_path) not in json.dumps(two)


def test_a_plain_file_has_a_manifest_too(tmp_path: Path) -> None:
    path = tmp_path / "matrix.csv"
    path.write_bytes(b"x")
    record = manifest_of_file(path, command="mcda rank --matrix matrix.csv")
    assert record["inputs"] == {"matrix.csv": hashlib.sha256(b"x").hexdigest()}
    assert str(tmp_path) not in json.dumps(record)
