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


def test_the_package_starts_the_command_line() -> None:
    for arguments in (["--version"], ["rank", "--format", "csv"]):
        run = subprocess.run([sys.executable, "-m", "mcda", *arguments], capture_output=True, encoding="utf-8", check=True)
        assert run.stdout == mcda(*arguments).stdout


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
        (["-w", "sovereignty_risk=0,4"], "'0,4' has a decimal comma: write 0.4"),
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


def faulty(tmp_path: Path) -> Path:
    """The shipped study with a fault in a criterion, in a scenario and in a claim."""
    folder = tmp_path / "study"
    mcda("init", str(folder))
    changes = {
        "criteria/investment_scale.yaml": ("direction: benefit", "directon: benefit"),
        "scenarios/kazakhstan.yaml": ("ratio: 1/2", "ratio: -2"),
        "scenarios/claims/eu-most-promising.yaml": ("title:", "titel:"),
    }
    for name, (old, new) in changes.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (folder / "criteria" / "x.yaml").write_bytes(b"\xffjunk")
    (folder / "scenarios" / "y.yml").write_text("title: Y\n", encoding="utf-8")
    return folder


def test_check_gives_the_faults_of_study_scenarios_and_claims_as_data(tmp_path: Path) -> None:
    folder = faulty(tmp_path)
    done = mcda("check", "study", "--format", "json", cwd=tmp_path, code=1)
    data = json.loads(done.stdout)
    assert (data["study"], data["unread"]) == (None, ["study/criteria/x.yaml"])
    assert [(one["file"], one["code"]) for one in data["faults"]] == [
        ("study/criteria/investment_scale.yaml", "fault.unknown_key"),
        ("study/scenarios/claims/eu-most-promising.yaml", "fault.unknown_key"),
        ("study/scenarios/kazakhstan.yaml", "fault.judgement_not_positive"),
    ]
    first = data["faults"][0]
    line = (folder / "criteria" / "investment_scale.yaml").read_text(encoding="utf-8").splitlines()[first["line"] - 1]
    assert line.startswith("directon")
    assert (first["column"], first["key"]) == (1, "directon")
    assert first["text"].startswith("key 'directon' is unknown (did you mean 'direction'?): write one of key")
    assert "scenarios/kazakhstan.yaml" in data["manifest"]["inputs"]
    for one in data["faults"]:
        assert f"{one['file']}:{one['line']}:{one['column']}: {one['key']}: {one['text']}" in done.stderr
    assert "study/criteria/x.yaml is not named in study.yaml" in done.stderr
    assert "study/scenarios/y.yml is not read" in done.stderr


def test_check_of_a_faulty_study_prints_nothing_but_messages_for_people_and_rows_for_programs(tmp_path: Path) -> None:
    folder = faulty(tmp_path)
    assert mcda("check", str(folder), code=1).stdout == ""
    rows = [json.loads(line) for line in mcda("check", str(folder), "--format", "jsonl", code=1).stdout.splitlines()]
    assert [row["code"] for row in rows] == ["fault.unknown_key", "fault.unknown_key", "fault.judgement_not_positive"]
    nowhere = json.loads(mcda("check", str(tmp_path / "nowhere"), "--format", "json", code=1).stdout)
    assert [fault["code"] for fault in nowhere["faults"]] == ["fault.no_study"]


def test_check_of_a_sound_study_mentions_what_it_did_not_read_and_has_no_faults(tmp_path: Path) -> None:
    mcda("init", "study", cwd=tmp_path)
    (tmp_path / "study" / "criteria" / "x.yaml").write_text("", encoding="utf-8")
    done = mcda("check", "study", "--format", "json", cwd=tmp_path)
    data = json.loads(done.stdout)
    assert (data["faults"], data["unread"], data["criteria"]) == ([], ["study/criteria/x.yaml"], 4)
    assert "study/criteria/x.yaml is not named in study.yaml" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    ["compare baseline kazakhstan", "scenarios", "check", "methods", "methods --audit --trials 1", "rank kazakhstan"],
)
def test_every_json_carries_a_manifest(arguments: str) -> None:
    data = json.loads(mcda(*arguments.split(), "--format", "json").stdout)
    assert {"study", "inputs", "versions", "seed", "draws", "command"} <= data["manifest"].keys()
    assert data["manifest"]["command"].startswith(f"mcda {arguments}")
    assert (arguments.startswith("methods")) == (data["manifest"]["inputs"] == {})


def test_rank_says_how_consistent_the_judgements_behind_the_weights_are() -> None:
    """The ratio is the one that mcda ahp gives for the same judgements."""
    said = mcda("rank", "kazakhstan").stdout
    assert "Consistency ratio of the judgements: 0.006" in said
    ratio = json.loads(mcda("rank", "kazakhstan", "--format", "json").stdout)["consistency_ratio"]
    assert ratio == pytest.approx(0.006, abs=0.0005)
    assert "onsistency" not in mcda("rank").stdout
    assert json.loads(mcda("rank", "--format", "json").stdout)["consistency_ratio"] is None


def test_explain_shows_what_each_coding_says_with_range_and_reason() -> None:
    said = mcda("explain", "china").stdout
    data = json.loads(mcda("explain", "china", "--format", "json").stdout)
    for score in data["scores"]:
        for reading in score["codings"].values():
            assert reading["reason"] in said
    lines = said.splitlines()
    finance = [line for line in lines if line.startswith("Announced public finance  ")]
    assert [line.split()[-1] for line in finance if "disputed reading" in line] == ["china-contracts-counted."]
    assert any("Coding 3" in line and " 14  " in line and " 40  " in line for line in finance)
    disputed = {score["subcriterion"]: score["disputed"] for score in data["scores"]}
    assert [one["value"] for one in disputed["finance"]] == [120]


def test_flip_names_what_only_a_disputed_reading_reaches() -> None:
    data = json.loads(mcda("flip", "china", "--format", "json").stdout)
    (score,) = [one for one in data["scores"] if (one["alternative"], one["subcriterion"]) == ("china", "finance")]
    assert (score["within"], score["disputed"]) == (True, 120)
    beyond, short = score["then"] + 0.01, score["then"] - 0.01
    for value, first in ((beyond, "china"), (short, "eu")):
        ranked = json.loads(mcda("rank", "--set", f"china.finance={value}", "--format", "json").stdout)["ranking"]
        assert (ranked[0]["alternative"], ranked[0]["rank"]) == (first, 1)
    said = mcda("flip", "china").stdout
    assert "only by the disputed reading of 120, which is a switch" in said
    assert "within the range that its codings give." not in said
    assert "amounts from 0 to 10 times the upper end of their scale" in said


def test_importance_does_not_say_that_nothing_turns_the_lead_where_a_disputed_reading_does() -> None:
    done = mcda("importance", "--draws", "64")
    assert "No single score can turn that lead within its range." not in done.stdout
    assert "short of disputed readings" in done.stdout
    assert "A disputed reading turns it: with 120 for Announced public finance of China" in done.stdout
    data = json.loads(mcda("importance", "--draws", "64", "--format", "json").stdout)["tornado"]
    assert [(one["alternative"], one["disputed"]) for one in data["disputed"] if one["turns"]] == [("china", 120)]


def test_whole_ranks_are_whole_numbers_in_every_json_and_ties_are_halves(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in mcda("rank", "--format", "jsonl").stdout.splitlines()]
    assert [(row["rank"], type(row["rank"])) for row in rows] == [(place, int) for place in range(1, 6)]
    data = json.loads(mcda("rank", "--format", "json").stdout)
    assert all(type(row["rank"]) is int for row in data["ranking"])
    lines = mcda("batch", "baseline", "-o", str(tmp_path / "out"), "--format", "jsonl").stdout.splitlines()
    assert all(type(json.loads(line)["rank"]) is int for line in lines)
    (tmp_path / "tied.csv").write_text(MATRIX.replace("15,4", "12,3"), encoding="utf-8")
    tied = mcda("rank", "--matrix", "tied.csv", "--format", "jsonl", cwd=tmp_path).stdout
    assert [json.loads(line)["rank"] for line in tied.splitlines()] == [1.5, 1.5]


def test_every_fault_of_a_matrix_comes_at_once(tmp_path: Path) -> None:
    text = "option,cost,cost,quality\ndirection,foo,benefit,cost\nweight,1,-1,1\nroad,1,2,3\nroad,1,x,3\nsea,1,2\n"
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    said = [line for line in mcda("rank", "--matrix", "m.csv", cwd=tmp_path, code=1).stderr.splitlines() if line[0] != " "]
    assert [line.split(" ", 1)[0] for line in said] == [
        "m.csv:1:13:",
        "m.csv:2:11:",
        "m.csv:3:10:",
        "m.csv:5:1:",
        "m.csv:5:8:",
        "m.csv:6:1:",
    ]
