"""The command line as its users type it: outputs, exit codes, one line a fault, only the answer on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from mcda.cli import cli

MATRIX = "option,cost,quality\ndirection,cost,benefit\nweight,1,1\nroad,12,3\nrail,15,4\n"


Done = subprocess.CompletedProcess[str]


def mcda(*arguments: str, cwd: Path | None = None, code: int = 0, stdin: str | None = None) -> Done:
    run = [sys.executable, "-c", "from mcda.cli import main; main()", *arguments]
    done = subprocess.run(run, capture_output=True, text=True, cwd=cwd, encoding="utf-8", input=stdin)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help(name: str) -> None:
    assert "Usage:" in mcda(name, "--help").stdout


def test_rank_prints_json_of_the_contract() -> None:
    done = mcda("rank", "--format", "json")
    data = json.loads(done.stdout)
    assert {"scenario", "method", "normalization", "route", "weights", "ranking", "study", "manifest"} <= set(data)
    assert (data["scenario"], data["method"], data["normalization"], data["route"]) == (
        "baseline",
        "topsis",
        "vector",
        "ratings",
    )
    assert [row["rank"] for row in data["ranking"]] == sorted(row["rank"] for row in data["ranking"])
    assert sum(data["weights"].values()) == pytest.approx(1, abs=1e-12)
    assert "five-plus-one" in data["study"]
    assert "shipped" in done.stderr or "current folder" in done.stderr


def test_rank_is_the_same_to_the_byte_and_without_the_place_it_ran_in(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "b"
    for folder in (here, there):
        folder.mkdir()
    first = mcda("rank", "--format", "json", cwd=here).stdout
    assert first == mcda("rank", "--format", "json", cwd=there).stdout
    assert str(tmp_path) not in first


def test_weights_are_final_shares_and_the_others_keep_their_proportions() -> None:
    data = json.loads(mcda("rank", "-w", "sovereignty_risk=40%", "--format", "json").stdout)
    assert data["weights"] == {
        "institutionalization": 0.2,
        "investment_scale": 0.2,
        "sovereignty_risk": 0.4,
        "cultural_fit": 0.2,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-w", "sovereignty=0.4"], "did you mean 'sovereignty_risk'?"),
        (["-w", "sovereignty_risk"], "is not KEY=NUMBER"),
        (["-w", "sovereignty_risk=a lot"], "is not KEY=NUMBER"),
        (["-w", "sovereignty_risk=40"], "a weight is a share from 0 to 1"),
        (["-w", "sovereignty_risk=0,4"], "is not KEY=NUMBER"),
        (["-w", "sovereignty_risk=0.7", "-w", "cultural_fit=0.7"], "sum to 1.4"),
        (["-w", "cultural_fit=0.1", "-w", "cultural_fit=0.2"], "twice"),
        (["--method", "topsi"], "did you mean 'topsis'?"),
        (["--normalization", "vektor"], "did you mean 'vector'?"),
        (["--route", "swot"], "did you mean 'swot-1'?"),
        (["--expect", "europe"], "alternative 'europe' is unknown"),
    ],
)
def test_a_faulty_command_line_is_one_clear_line(arguments: list[str], said: str) -> None:
    done = mcda("rank", *arguments, code=2)
    assert said in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_expectation_sets_the_exit_code() -> None:
    first = json.loads(mcda("rank", "--format", "json").stdout)["ranking"][0]["alternative"]
    mcda("rank", "--expect", first)
    other = "usa" if first != "usa" else "eu"
    done = mcda("rank", "--expect", other, code=3)
    assert f"expected {other} first, alone; first is {first}" in done.stderr


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_all_forms_in_all_languages(form: str, lang: str) -> None:
    out = mcda("rank", "--format", form, "--lang", lang).stdout
    name = {"en": "Russia", "ru": "Россия", "kk": "Ресей"}[lang]
    assert (name in out) == (form in ("table", "markdown"))
    assert "\x1b" not in out


def test_matrix_is_ranked_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(MATRIX, encoding="utf-8")
    data = json.loads(mcda("rank", "--matrix", "m.csv", "--format", "json", cwd=tmp_path).stdout)
    # Each is best on one of two equally weighted criteria: under the vector norm the one is first whose advantage is
    # larger beside its column's norm (1 of 5 against 3 of 19.2).
    assert [row["alternative"] for row in data["ranking"]] == ["rail", "road"]
    assert data["weights"] == {"cost": 0.5, "quality": 0.5}
    assert mcda("rank", "--matrix", "m.csv", cwd=tmp_path).stderr == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MATRIX.replace("12", "12,5").replace("road,12,5,3", 'road,"12,5",3'), "m.csv:4:6: cost: '12,5'"),
        (MATRIX.replace("12", "many"), "m.csv:4:6: cost: 'many' is not a number"),
        (MATRIX.replace("12", "nan"), "m.csv:4:6: cost: 'nan' is not a number"),
        (MATRIX.replace("direction,cost,benefit\n", ""), "row 'direction'"),
        (MATRIX.replace("cost,benefit", "cost,good"), "m.csv:2:16: quality: direction 'good' is unknown"),
        (MATRIX.replace("rail,15,4", "rail,15"), "m.csv:5:1: the row has 2 cells: write 3"),
        (MATRIX.replace("rail", "road"), "m.csv:5:1: alternative 'road' stands twice"),
        (MATRIX.replace("weight,1,1", "weight,1,-1"), "m.csv:3:10: quality: weight -1.0 is negative"),
        (MATRIX.replace("weight,1,1", "weight,0,0"), "m.csv:3:1: all weights are 0"),
        ("", "m.csv"),
    ],
)
def test_a_faulty_matrix_names_line_and_column(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    assert said in mcda("rank", "--matrix", "m.csv", cwd=tmp_path, code=1).stderr


def test_missing_matrix_is_one_line(tmp_path: Path) -> None:
    assert "m.csv" in mcda("rank", "--matrix", "m.csv", cwd=tmp_path, code=1).stderr


def test_matrix_and_scenario_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(MATRIX, encoding="utf-8")
    assert "--matrix" in mcda("rank", "baseline", "--matrix", "m.csv", cwd=tmp_path, code=2).stderr


def test_compare_puts_scenarios_side_by_side() -> None:
    data = json.loads(mcda("compare", "baseline", "kazakhstan", "turan-2025", "--format", "json").stdout)
    assert [item["scenario"] for item in data["scenarios"]] == ["baseline", "kazakhstan", "turan-2025"]
    assert "did you mean 'kazakhstan'?" in mcda("compare", "kazahstan", code=2).stderr


def test_explain_goes_down_to_papers_and_tables() -> None:
    data = json.loads(mcda("explain", "eu", "--format", "json").stdout)
    assert len(data["scores"]) == 14
    for score in data["scores"]:
        assert len(score["codings"]) == 3
        assert score["evidence"]
        assert all(row["paper"] and row["place"] and row["statement"] for row in score["evidence"])


@pytest.mark.parametrize("route", ["ratings", "coding-2", "swot-3"])
def test_explained_lead_adds_up(route: str) -> None:
    data = json.loads(mcda("explain", "eu", "china", "--route", route, "--format", "json").stdout)
    assert data["lead"] == pytest.approx(data["scores"][0] - data["scores"][1], abs=1e-9)
    assert sum(data["criteria"].values()) == pytest.approx(data["lead"], abs=1e-9)
    if route != "swot-3":
        assert sum(data["subcriteria"].values()) == pytest.approx(data["lead"], abs=1e-9)


def test_explain_refuses_the_same_alternative_twice() -> None:
    assert "compared with itself" in mcda("explain", "eu", "eu", code=2).stderr


def test_check_says_what_it_checked() -> None:
    data = json.loads(mcda("check", "--format", "json").stdout)
    assert (data["alternatives"], data["criteria"], data["leaves"], data["cells"]) == (5, 4, 14, 70)
    assert data["evidence"] == 357


@pytest.mark.parametrize("empty", [False, True])
def test_init_gives_a_study_that_works(tmp_path: Path, *, empty: bool) -> None:
    mcda("init", "mine", *(["--empty"] if empty else []), cwd=tmp_path)
    mcda("check", "mine", cwd=tmp_path)
    assert "mine" in mcda("rank", "--study", "mine", cwd=tmp_path).stderr
    assert "not empty" in mcda("init", "mine", cwd=tmp_path, code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_report_is_written_whole_and_the_same_twice(tmp_path: Path) -> None:
    mcda("report", "-o", "one", cwd=tmp_path)
    mcda("report", "-o", "two", cwd=tmp_path)
    one, two = (
        {p.relative_to(tmp_path / name).as_posix(): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("one", "two")
    )
    assert {"report.md", "index.html", "manifest.json"} <= set(one)
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_faulty_study_is_refused_with_every_fault(tmp_path: Path) -> None:
    mcda("init", "mine", "--empty", cwd=tmp_path)
    file = tmp_path / "mine" / "criteria" / "cost.yaml"
    file.write_text(file.read_text().replace("direction: cost", "directon: cost").replace("value: 15", "value: 15,5"))
    done = mcda("rank", "--study", "mine", cwd=tmp_path, code=1)
    assert "did you mean 'direction'?" in done.stderr or 'did you mean "direction"?' in done.stderr
    assert "15.5" in done.stderr


def test_robustness_prints_json_of_the_contract() -> None:
    asked = ("--draws", "20000", "--seed", "3", "--vary", "both", "--format", "json")
    data = json.loads(mcda("robustness", *asked).stdout)
    contract = {"draws", "seed", "standard_error", "rank_acceptability", "central_weights", "confidence"}
    assert contract | {"pairwise_winning"} <= set(data)
    assert (data["draws"], data["seed"]) == (20000, 3)
    for shares in data["rank_acceptability"].values():
        assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert data["standard_error"] <= 0.5 / 20000**0.5


def test_robustness_takes_a_target_error_in_place_of_draws() -> None:
    data = json.loads(mcda("robustness", "--error", "0.005", "--format", "json").stdout)
    assert data["draws"] == 10_000  # (0.5 / 0.005) squared
    assert "leave one of them out" in mcda("robustness", "--error", "0.1", "--draws", "9", code=2).stderr


def test_robustness_of_a_weighted_sum_is_exact() -> None:
    arguments = ("robustness", "--method", "weighted_sum", "--normalization", "scale", "--format", "json")
    data = json.loads(mcda(*arguments).stdout)
    assert (data["exact"], data["draws"], data["standard_error"]) == (True, 0, 0.0)


def test_robustness_of_swot_scores_is_refused() -> None:
    assert "no ranges" in mcda("robustness", "--vary", "scores", "--route", "swot-1", code=1).stderr


def test_sweep_says_where_the_winner_changes() -> None:
    data = json.loads(mcda("sweep", "--format", "json").stdout)
    for sweep in data["sweeps"]:
        ends = [(part["from"], part["to"]) for part in sweep["winners"]]
        assert ends[0][0] == 0
        assert ends[-1][1] == 1
        assert all(left[1] == right[0] for left, right in pairwise(ends))
    first, *_ = data["sweeps"]
    flip = first["winners"][0]["to"]
    key, winner = first["criterion"], first["winners"][0]["first"][0]
    mcda("rank", "-w", f"{key}={flip - 1e-6}", "--expect", winner)
    mcda("rank", "-w", f"{key}={flip + 1e-6}", "--expect", winner, code=3)


@pytest.mark.parametrize("alternative", ["usa", "china", "eu", "russia", "japan"])
def test_flip_answers_for_every_alternative_with_exit_code_0(alternative: str) -> None:
    data = json.loads(mcda("flip", alternative, "--format", "json").stdout)
    assert data["weights"]["status"] in ("already", "changes", "never", "not_found")


def test_flipped_weights_put_the_alternative_first() -> None:
    weights = json.loads(mcda("flip", "china", "--format", "json").stdout)["weights"]["weights"]
    shares = [word for key, value in list(weights.items())[:-1] for word in ("-w", f"{key}={value!r}")]
    mcda("rank", *shares, "--expect", "china")


def test_claim_prints_json_of_the_contract_and_sets_the_exit_code() -> None:
    name = "china-economically-effective"
    data = json.loads(mcda("claim", name, "--draws", "2000", "--format", "json").stdout)
    assert {"claim", "holds", "specifications", "share", "baseline", "verdict", "breaks"} <= set(data)
    assert data["share"] == data["holds"] / data["specifications"]
    held = data["holds"] == data["specifications"]
    mcda("claim", name, "--draws", "2000", "--expect", code=0 if held else 3)
    assert "did you mean 'eu-most-promising'?" in mcda("claim", "eu-most-promissing", code=2).stderr


@pytest.mark.parametrize("command", ["agreement", "states", "effects", "methods"])
def test_commands_on_the_whole_study_answer(command: str) -> None:
    assert json.loads(mcda(command, "--format", "json").stdout)
    assert mcda(command, "--lang", "ru").stdout


@pytest.mark.parametrize("source", ["kazakhstan", "five-states"])
def test_ahp_of_a_scenario(source: str) -> None:
    data = json.loads(mcda("ahp", source, "--format", "json").stdout)
    assert sum(data["weights"].values()) == pytest.approx(1, abs=1e-9)
    assert all(item["random_index_source"] for item in data["judges"].values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first,second,ratio\na,b,2\nb,a,3\n", "b over a is 3 here and 1/2 in an earlier pair"),
        ("first,second,ratio\na,b,0\n", "not above 0"),
        ("first,second,ratio\na,b,2\nc,d,3\n", "a, b"),
        (",a,b\na,1,2\nb,3,1\n", "b"),
        (",a,b\na,1,2\n", "square"),
    ],
)
def test_faulty_judgements_are_named(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "j.csv").write_text(text, encoding="utf-8")
    done = mcda("ahp", "j.csv", cwd=tmp_path, code=1)
    assert said in done.stderr
    assert "j.csv" in done.stderr


def test_ahp_reads_a_square_table_and_fills_the_reciprocals(tmp_path: Path) -> None:
    (tmp_path / "j.csv").write_text(",a,b,c\na,,2,4\nb,,,2\nc,,,\n", encoding="utf-8")
    data = json.loads(mcda("ahp", "j.csv", "--format", "json", cwd=tmp_path).stdout)
    assert data["weights"] == pytest.approx({"a": 4 / 7, "b": 2 / 7, "c": 1 / 7}, abs=1e-9)
