"""What people type by hand: names as they know them, numbers as they write them, folders that hold something else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import mcda
from mcda.cli import main
from mcda.report.page import MARK
from mcda.study.files import shipped
from mcda.study.names import meant

Run = Callable[..., SimpleNamespace]
GRID = "title: Two\nbased_on: baseline\nvary: {method: [topsis, vikor]}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command in an empty folder; give what it prints."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str, code: int = 0) -> SimpleNamespace:
        monkeypatch.setattr(sys, "argv", ["mcda", *words])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        assert (left.value.code or 0) == code, printed.err
        return SimpleNamespace(out=printed.out, err=printed.err.splitlines()[-1] if printed.err else "")

    return typed


def ranked(run: Run, *words: str) -> object:
    """Give what a command says in JSON but for its manifest, which holds the command as it was typed."""
    return {key: value for key, value in json.loads(run(*words, "--format", "json").out).items() if key != "manifest"}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (("rank", "--method", "TOPSIS"), ("rank", "--method", "topsis")),
        (("rank", "--method", "Взвешенная сумма"), ("rank", "--method", "weighted_sum")),
        (("rank", "-w", "Sovereignty risk=40%"), ("rank", "-w", "sovereignty_risk=40%")),
        (("rank", "-w", "риск для суверенитета=40%"), ("rank", "-w", "sovereignty_risk=40%")),
        (("rank", "--set", "Қытай.Announced public finance=120"), ("rank", "--set", "china.finance=120")),
        (("rank", "Kazakhstan", "--route", "Coding-1"), ("rank", "kazakhstan", "--route", "coding-1")),
        (("explain", "EU", "Китай"), ("explain", "eu", "china")),
        (("rank", "--expect", "ЕС"), ("rank", "--expect", "eu")),
        (("sweep", "--criterion", "Cultural fit"), ("sweep", "--criterion", "cultural_fit")),
    ],
)
def test_titles_in_any_language_and_case_stand_for_keys(typed: tuple[str, ...], keys: tuple[str, ...], run: Run) -> None:
    assert ranked(run, *typed) == ranked(run, *keys)


def test_a_name_that_may_mean_several_means_none_and_keys_win() -> None:
    titles = {"a": ("Road", "Дорога"), "b": ("Road", "Рельсы"), "road": ("B", "Путь")}
    assert meant("road", titles, titles) == "road"
    assert meant("ROAD", titles, titles) == "road"
    assert meant("B", titles, titles) == "b"
    assert meant("дорога ", titles, titles) == "a"
    assert meant("Road", ("a", "b"), titles) is None
    assert meant("A_b", ("a-b", "a_b")) is None
    assert meant("river", titles, titles) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("states five", "scenario 'five' is unknown"),
        ("states kazakhstan", "scenario 'kazakhstan' holds no group of profiles"),
        ("effects baseline", "scenario 'baseline' is based on none"),
        ("rank kazahkstan", "did you mean 'kazakhstan'?"),
        ("rank grid-weights-and-methods:99999", "has no scenario 99999"),
        ("rank eu-most-promising", "'eu-most-promising' is a claim, no scenario: test it with mcda claim"),
        ("rank -w sovereignty_risk=0,4", "-w sovereignty_risk=0,4: '0,4' has a decimal comma: write 0.4"),
        ("rank --set china.finance=120,5", "--set china.finance=120,5: '120,5' has a decimal comma: write 120.5"),
        ("page -o none/page.html", "there is no folder 'none': make it, or name another file"),
        ("init form --xlsx", "'form' is no name for a form in Excel: name a file that ends in .xlsx"),
    ],
)
def test_a_wrong_name_or_number_is_a_fault_of_the_command_line(words: str, said: str, run: Run) -> None:
    assert said in run(*words.split(), code=2).err


def test_a_study_without_claims_and_groups_says_so(run: Run) -> None:
    run("init", "own", "--empty")
    assert run("claim", "--study", "own", code=2).err.startswith("this study holds no claims: write one")
    assert run("claim", "x", "--study", "own", code=2).err == "claim 'x' is unknown: there are none here"
    assert run("states", "--study", "own", code=2).err.startswith("this study has no scenario 'five-states': name one")


@pytest.mark.parametrize("command", ["flip", "explain"])
def test_too_many_arguments_bring_the_hint_how_a_scenario_is_named(command: str, run: Run) -> None:
    run(command, "china", "eu", "kazakhstan", code=2)
    done = subprocess.run(
        [sys.executable, "-c", "from mcda.cli import main; main()", command, "a", "b", "c"],
        capture_output=True,
        encoding="utf-8",
    )
    assert f"mcda {command} … -s SCENARIO" in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("number", ["2000", "2e3", "2_000", "0.2E4"])
def test_whole_numbers_may_be_written_short(number: str, run: Run) -> None:
    assert ranked(run, "robustness", "--draws", number) == ranked(run, "robustness", "--draws", "2000")


@pytest.mark.parametrize("words", ["--draws 1.5e0", "--draws 99999999999", "--error 0.0000001", "--draws 1e-3"])
def test_numbers_of_draws_that_are_none_or_never_end_are_refused(words: str, run: Run) -> None:
    run("robustness", *words.split(), code=2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["rank"], ["rank", "--format", "json"], ["--help"], ["--version"]])
def test_a_full_disk_is_told_in_one_line(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mcda", *words], stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert done.returncode == 1
    *notices, last = done.stderr.splitlines()
    assert last == "cannot write the answer: No space left on device"
    assert all(line.startswith("study: ") for line in notices)


def test_robustness_of_few_draws_claims_no_certainty(run: Run) -> None:
    said = run("robustness", "--draws", "1").out
    assert "Russia comes first in the only draw: another one may do so in up to 95% of all, with 95% confidence." in said
    assert "Not first in the only draw: USA, China, EU, Japan" in said
    assert "100% of all draws" not in said
    said = run("robustness", "--draws", "100").out
    assert "Not first in any of 100 draws: USA (each below 3% with 95% confidence)." in said


@pytest.mark.parametrize("draws", [1, 2, 100, 100_000])
def test_a_share_at_the_bound_stays_unseen_in_one_of_twenty_runs(draws: int) -> None:
    problem = mcda.Problem([[1.0, 2.0], [2.0, 1.0]], ["benefit", "benefit"])
    bound = mcda.acceptability(problem, draws=draws).unseen
    assert (1 - bound) ** draws == pytest.approx(0.05)
    assert bound <= 3 / draws  # the rule of three: Hanley and Lippman-Hand, JAMA 249, 1983
    assert mcda.acceptability(problem, method="weighted_sum", normalization="none").unseen == 0


def test_a_run_is_told_as_its_draws_are_counted() -> None:
    problem, told = mcda.Problem(np.arange(6.0).reshape(3, 2) + 1, ["benefit", "cost"]), list[int]()
    mcda.acceptability(problem, draws=100_000, tell=told.append)
    assert sum(told) == 100_000
    assert len(told) > 1


def test_where_weights_vary_the_basis_names_none(run: Run) -> None:
    for words in (("robustness", "--draws", "10"), ("sweep",), ("importance", "--draws", "64")):
        last = run(*words).out.splitlines()[-1]
        assert "weights that vary" in last
        assert "equal weights" not in last
    for words in (("rank",), ("robustness", "--vary", "scores", "--draws", "10")):
        assert "equal weights of the criteria; and TOPSIS" in run(*words).out


def test_the_basis_names_set_shares_and_within_which_criterion(run: Run) -> None:
    said = run("rank", "-w", "trade=1.0", "-w", "sovereignty_risk=40%").out
    assert (
        "; equal weights of the criteria, with Yearly goods trade at 100% within Investment scale and Sovereignty risk "
        "at 40% and the others in proportion; and TOPSIS (normalization: vector)." in said
    )


@pytest.mark.parametrize("words", [(), ("--resume",)])
def test_a_batch_is_not_written_over_anything_else(words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"command": "mcda report", "files": ["results.csv"]}')
    (folder / "results.csv").write_text("mine")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = run("batch", "baseline", "-o", "report", *words, code=2).err
    assert told == "folder 'report' holds what no batch wrote (manifest.json, results.csv): name a new or empty folder"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_batch_goes_on_only_where_a_batch_and_nothing_else_lies(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".gitkeep").touch()
    run("batch", "baseline", "-o", "out")
    assert "holds a batch already: add --resume" in run("batch", "baseline", "-o", "out", code=2).err
    run("batch", "baseline", "-o", "out", "--resume")
    (tmp_path / "out" / "thesis.docx").touch()
    assert "(thesis.docx)" in run("batch", "baseline", "-o", "out", "--resume", code=2).err
    assert "holds what no batch wrote" in run("batch", "baseline", "-o", ".", code=2).err


def test_a_batch_tells_ties_of_the_first_place_apart(run: Run) -> None:
    said = run("batch", "grid-weights-and-methods", "-o", "out").out
    assert "another one is first in 13,650 of them, EU shares the first place with others in 98, and the order" in said
    ties = changed = 0
    for line in Path("out/scenarios.csv").read_text("utf-8").splitlines()[1:]:
        _, status, first, other, *_ = line.split(",")
        ties += status == "ranked" and "eu" in first.split("; ") and other == "true"
        changed += other == "true"
    assert (ties, changed) == (98, 13_748)


def test_sizes_of_grids_have_plural_forms_in_each_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(GRID, encoding="utf-8")
    said = {
        "en": "two: 2 scenarios (2 methods)",
        "ru": "two: 2 сценария (2 метода)",
        "kk": "two: 2 сценарий (2 әдіс)",
    }
    for lang, words in said.items():
        done = subprocess.run(
            [sys.executable, "-m", "mcda", "batch", "two.yaml", "-o", lang, "--lang", lang],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert words in done.stderr
    shown = run("scenarios").out
    assert "7 routes × 4 methods × 3 normalizations × 286 sets of weights" in shown
    assert "The number of a grid is that of its combinations" in shown


def test_a_page_is_written_over_no_file_but_a_page(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>")
    told = run("page", "-o", "mine.html", code=2).err
    assert told == "'mine.html' is there already and was not written by mcda page: name another file"
    assert mine.read_text() == "<p>mine</p>"
    run("page", "-o", "page.html")
    assert MARK in (tmp_path / "page.html").read_text("utf-8")[:1000]
    run("page", "-o", "page.html")


def test_a_report_is_no_page_to_be_written_over() -> None:
    assert MARK not in (Path(__file__).parent.parent / "reports" / "baseline" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the table is empty: write a first line with the columns first,second,ratio"),
        ("\n\n", "the table is empty: write a first line with the columns first,second,ratio"),
        ("first,second,ratio\n", "the table holds no judgements: write a row for each, such as cost,quality,3"),
        ("first;second;ratio\n", "the table holds no judgements: write a row for each, such as cost;quality;3"),
    ],
)
def test_tables_without_judgements_say_what_to_write(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "judged.csv").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "mcda", "ahp", "judged.csv"], capture_output=True, encoding="utf-8", cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == f"judged.csv:1:1: {said}"


def test_equal_weights_are_not_said_to_weigh_most(run: Run, tmp_path: Path) -> None:
    (tmp_path / "same.csv").write_text(",a,b,c\na,1,1,1\nb,1,1,1\nc,1,1,1\n")
    assert run("ahp", "same.csv").out.startswith("same: all weigh the same, 33.3% each.")
    (tmp_path / "two.csv").write_text(",a,b,c\na,1,1,3\nb,1,1,3\nc,1/3,1/3,1\n")
    assert run("ahp", "two.csv").out.startswith("two: a and b weigh most, with 42.9% each.")
    assert "merged priority by priority (AIP)" in run("ahp", "five-states", "--group", "AIP").out


def test_a_plain_matrix_is_answered_in_words_and_takes_percentages(run: Run, tmp_path: Path) -> None:
    matrix = "option,cost,quality\ndirection,cost,benefit\nweight,{},{}\nroad,12,3\nrail,15,4\n"
    (tmp_path / "a.csv").write_text(matrix.format("75%", "25 %"))
    (tmp_path / "b.csv").write_text(matrix.format("0.75", "0.25"))
    (tmp_path / "c.csv").write_text(matrix.format("75%", "25"))
    said = run("rank", "--matrix", "a.csv").out
    assert said.startswith("road ranks first of 2 with a score of ")
    assert said == run("rank", "--matrix", "b.csv").out.replace("b.csv", "a.csv")
    run("rank", "--matrix", "c.csv", code=1)


@pytest.mark.parametrize(
    ("weights", "other"),
    [
        ("{set: {sovereignty_risk: 40%}}", "{set: {sovereignty_risk: 0.4}}"),
        ("{set: {sovereignty_risk: '40 %', trade: 12.5%}}", "{set: {sovereignty_risk: 0.4, trade: 0.125}}"),
        (
            "{shares: {institutionalization: 10%, investment_scale: 20%, sovereignty_risk: 30%, cultural_fit: 40%}}",
            "{shares: {institutionalization: 1, investment_scale: 2, sovereignty_risk: 3, cultural_fit: 4}}",
        ),
    ],
)
def test_weights_in_files_may_be_percentages(weights: str, other: str, run: Run, tmp_path: Path) -> None:
    file, found = tmp_path / "mine.yaml", []
    for text in (weights, other):
        file.write_text(f"title: Mine\nbased_on: baseline\nweights: {text}\n")
        found.append(ranked(run, "rank", "mine.yaml"))
    assert found[0]["weights"] == pytest.approx(found[1]["weights"], abs=1e-12)  # type: ignore[index]


def test_percentages_and_plain_numbers_are_not_mixed(run: Run, tmp_path: Path) -> None:
    shares = "{institutionalization: 10%, investment_scale: 20, sovereignty_risk: 30%, cultural_fit: 40%}"
    (tmp_path / "mine.yaml").write_text(f"title: Mine\nbased_on: baseline\nweights: {{shares: {shares}}}\n")
    run("rank", "mine.yaml", code=1)


def test_a_mapping_of_changes_is_told_the_right_form(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: Mine\nbased_on: baseline\nchange: {china.finance: 120}\n")
    with pytest.raises(mcda.StudyError) as refused:
        mcda.read_scenario(mcda.read_study(shipped() / "criteria", shipped() / "scenarios"), tmp_path / "mine.yaml")
    assert "write - {cell: china.finance, value: 120, reason: why} for each" in str(refused.value)


def test_folders_and_files_are_told_apart(run: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    assert run("init", "README.md", code=2).err == "'README.md' is a file: name a new folder"
    run("init", "own", "--empty")
    (tmp_path / "own" / "criteria" / "evidence.csv").unlink()
    (tmp_path / "own" / "criteria" / "evidence.csv").mkdir()
    with pytest.raises(mcda.StudyError, match=r"evidence\.csv is a folder: name a file"):
        mcda.read_study(tmp_path / "own" / "criteria")
    with pytest.raises(mcda.StudyError, match="'nowhere' holds no results of a batch"):
        mcda.read_results("nowhere")


def test_numbers_are_written_in_one_way(run: Run) -> None:
    assert "Rank  Alternative" in run("rank").out
    assert "How far behind is measured before rounding" in run("rank").out  # 0.489, 0.470, 0.018 behind
    said = run("effects", "sanctions-wave").out
    assert "\N{MINUS SIGN}0.023 of score (rank 5 as before)" in said
    assert "-0.0" not in said
    said = run("flip", "china").out
    assert "\N{MINUS SIGN}3.8" in said
    assert "USD bn" in said
    assert "weighs between 18.2% and 36.3%" in run("sweep", "--criterion", "sovereignty_risk").out
