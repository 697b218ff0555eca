"""Shares by key at any level, excluded criteria, cells set from the command line, saved scenarios, stdin, the list."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from mcda.cli import cli
from mcda.errors import McdaError, StudyError
from mcda.report import tables
from mcda.study.files import check, read_scenario, read_study
from mcda.study.model import Study
from mcda.study.scenario import Scenario, Setting, build
from mcda.study.weighting import set_shares

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "good" / "small"
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
BASELINE = read_scenario(STUDY, "baseline")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small study (road and rail by speed and risk), as the current folder."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped study, as the current folder."""
    for name in ("criteria", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(study: Study, text: str, name: str = "asked") -> Scenario:
    (study.scenario_folder / f"{name}.yaml").write_text(f"title: Asked\nbased_on: baseline\n{text}", encoding="utf-8")
    return read_scenario(study, name)


def faults(study: Study, text: str) -> list[str]:
    with pytest.raises(StudyError) as error:
        read(study, text)
    return [fault.text() for fault in error.value.faults]


def mcda(*arguments: str, stdin: str | None = None, code: int = 0) -> Result:
    """Run a command in this process as ``main`` does: faults become lines, and set the exit code."""
    result = CliRunner().invoke(cli, arguments, input=stdin)
    if isinstance(result.exception, McdaError):
        assert code in (1, 2), result.exception
        return result
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def ranking(*arguments: str, stdin: str | None = None) -> dict[str, object]:
    return json.loads(mcda("rank", *arguments, "--format", "json", stdin=stdin).stdout)


# Shares on top of weights.


def test_a_share_is_final_and_the_rest_keeps_its_proportions() -> None:
    # 0.4 leaves 0.6 for weights of 1, 1 and 2 in four.
    out = set_shares(np.array([[0.5, 0.125, 0.125, 0.25]]), [0], np.array([[0.4]]))
    assert out[0].tolist() == pytest.approx([0.4, 0.15, 0.15, 0.3], abs=1e-15)


def test_a_share_beside_the_rest_as_it_is_then_all_sum_to_one() -> None:
    # 0.5 beside 0.25 thrice is 1.25 in all: two fifths, and one fifth each.
    out = set_shares(np.full((1, 4), 0.25), [0], np.array([[0.5]]), rest="keep")
    assert out[0].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2], abs=1e-15)


def test_what_is_left_is_shared_equally_where_the_rest_weighs_nothing() -> None:
    out = set_shares(np.array([[1.0, 0.0, 0.0]]), [0], np.array([[0.4]]))
    assert out[0].tolist() == pytest.approx([0.4, 0.3, 0.3], abs=1e-15)


def test_shares_that_do_not_go_together_are_nan_and_spare_the_other_rows() -> None:
    out = set_shares(np.full((2, 3), 1 / 3), [0, 1], np.array([[0.7, 0.7], [0.7, 0.3]]))
    assert np.isnan(out[0]).any()
    assert out[1].tolist() == pytest.approx([0.7, 0.3, 0.0], abs=1e-12)
    assert np.isnan(set_shares(np.array([[1.0, 0.0]]), [0], np.array([[0.0]]), rest="keep")).any()


def test_a_sub_criterion_s_share_is_of_its_criterion(small: Path) -> None:
    study = read_study()
    found = build(study, read(study, "weights: {set: {danger: 0.8}}"))
    shares = {leaf.key: share for leaf, share in zip(found.leaves, found.leaf_shares.tolist(), strict=True)}
    assert shares["danger"] == pytest.approx(0.8)
    assert shares["noise"] == pytest.approx(0.2)
    assert shares["pace"] == 1
    assert found.criterion_weights == build(study, read_scenario(study, "baseline")).criterion_weights


def test_shares_stand_on_inherited_weights_and_on_a_profile(small: Path) -> None:
    study = read_study()
    own = build(study, read(study, "weights: {shares: {speed: 3, risk: 1}, set: {risk: 0.4}}", "own"))
    assert own.criterion_weights == pytest.approx({"speed": 0.6, "risk": 0.4})
    taken = build(study, read(study, "weights: {profile: own, set: {danger: 0.9}}"))
    assert taken.criterion_weights == pytest.approx({"speed": 0.6, "risk": 0.4})
    assert taken.leaf_shares.max() == 1
    assert 0.9 in taken.leaf_shares.tolist()


def test_each_scenario_of_a_chain_sets_shares_on_what_it_inherits() -> None:
    once = replace(BASELINE, weights=replace(BASELINE.weights, settings=(Setting(shares={"cultural_fit": 0.4}),)))
    twice = once.with_weights({"sovereignty_risk": 0.5})
    # What is set last is final; the share set before is one of the others then, and keeps its proportion 2 : 1 : 1.
    assert build(STUDY, twice).criterion_weights == pytest.approx(
        {"sovereignty_risk": 0.5, "cultural_fit": 0.25, "institutionalization": 0.125, "investment_scale": 0.125}
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weights: {set: {sped: 0.4}}", "weights.set.sped: criterion or sub-criterion 'sped' is unknown (did you mean"),
        ("weights: {set: {speed: 40}}", "weights.set.speed: share 40 is above 1: write a share from 0 to 1"),
        ("weights: {set: {danger: 0.7, noise: 0.7}}", "weights.set: the shares of danger, noise sum to 1.4"),
        ("weights: {set: {danger: 0.2, noise: 0.2}}", "the shares of danger, noise leave nothing over and sum to 0.4"),
        ("weights: {set: {speed: -1}}", "weights.set.speed: -1 is below 0"),
        ("weights: {set: {speed: 0.5}, rest: half}", "weights.rest: rest 'half' is unknown"),
        ("weights: {shares: {speed: 1, risk: 1}, rest: keep}", "weights.rest: rest says what the others do"),
        ("weights: {set: {}}", "weights: weights are given as set: give exactly one of"),
        ("weights: {set: {danger: 0.5}}\nexclude: [risk]", "weights.set.danger: 'danger' is excluded"),
        ("weights: {set: {danger: 0.5}}\nroute: swot", "route: route 'swot' is unknown"),
    ],
)
def test_faulty_shares_name_their_place(text: str, said: str, small: Path) -> None:
    assert any(said in fault for fault in faults(read_study(), text)), faults(read_study(), text)


def test_a_swot_route_refuses_shares_of_sub_criteria_alone() -> None:
    with pytest.raises(StudyError, match="weights cannot be used on route 'swot-1'"):
        build(STUDY, replace(BASELINE, route="swot-1").with_weights({"trade": 0.5}))
    build(STUDY, replace(BASELINE, route="swot-1").with_weights({"sovereignty_risk": 0.5}))


# Criteria left out.


@pytest.mark.parametrize("structure", ["criteria", "leaves", "leaves-raw"])
def test_an_excluded_criterion_is_gone_and_the_others_keep_their_proportions(structure: str) -> None:
    asked = replace(BASELINE, exclude=("cultural_fit",), structure=structure)
    found = build(STUDY, asked.with_weights({"sovereignty_risk": 0.5}))
    assert found.criterion_weights == pytest.approx(
        {"institutionalization": 0.25, "investment_scale": 0.25, "sovereignty_risk": 0.5}
    )
    assert not [leaf for leaf in found.leaves if leaf.criterion == "cultural_fit"]
    whole = build(STUDY, replace(BASELINE, structure=structure)).problem
    kept = [whole.criteria.index(name) for name in found.problem.criteria]
    assert (found.problem.values == whole.values[:, kept]).all()
    assert [item.key for item in found.excluded] == ["cultural_fit"]


def test_judgements_are_weighed_over_all_criteria_before_one_is_left_out() -> None:
    whole = build(STUDY, read_scenario(STUDY, "kazakhstan")).criterion_weights
    fewer = build(STUDY, replace(read_scenario(STUDY, "kazakhstan"), exclude=("investment_scale",))).criterion_weights
    rest = 1 - whole["investment_scale"]
    assert fewer == pytest.approx({key: w / rest for key, w in whole.items() if key != "investment_scale"})


def test_a_swot_route_can_do_without_a_criterion() -> None:
    found = build(STUDY, replace(BASELINE, route="swot-2", exclude=("investment_scale",)))
    assert found.problem.values.shape == (5, 3)


def test_excluding_every_criterion_is_refused(small: Path) -> None:
    study = read_study()
    assert "exclude: there are no criteria" in "\n".join(faults(study, "exclude: [speed, risk]"))
    assert "or exclude speed itself" in "\n".join(faults(study, "exclude: [pace]"))


def test_a_report_of_a_scenario_without_a_criterion_can_be_written(shipped: Path) -> None:
    text = "title: Fewer\nbased_on: baseline\nexclude: [cultural_fit]\nroute: swot-1\n"
    (shipped / "scenarios" / "fewer.yaml").write_text(text, encoding="utf-8")
    mcda("report", "fewer", "-o", "out")
    assert "Cultural fit" in (shipped / "out" / "report.md").read_text(encoding="utf-8")


def test_what_is_left_out_is_listed_and_the_rest_is_explained(shipped: Path) -> None:
    text = "title: Fewer\nbased_on: baseline\nexclude: [cultural_fit, trade]\n"
    (shipped / "scenarios" / "fewer.yaml").write_text(text, encoding="utf-8")
    listed = tables.changes(build(STUDY, replace(BASELINE, exclude=("cultural_fit", "trade"))))
    assert [row[2].key for row in listed.rows] == ["cultural_fit", "trade"]
    assert len(json.loads(mcda("explain", "eu", "--scenario", "fewer", "--format", "json").stdout)["scores"]) == 14 - 3 - 1
    mcda("sweep", "fewer")


# From the command line.


def test_a_sub_criterion_s_share_and_a_cell_are_set_from_the_command_line() -> None:
    found = ranking("-w", "trade=50%", "--set", "china.finance=120")
    assert found["weights"] == dict.fromkeys((criterion.key for criterion in STUDY.criteria), 0.25)
    shocked = ranking("china-contracts-counted", "-w", "trade=50%")
    assert found["ranking"] == shocked["ranking"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "china.finance"], "is not CELL=VALUE"),
        (["--set", "finance=3"], "is not CELL=VALUE"),
        (["--set", "china.finance=much"], "is not CELL=VALUE"),
        (["--set", "china.finance=inf"], "is not CELL=VALUE"),
        (["--set", "chna.finance=3"], "did you mean 'china'?"),
        (["--set", "china.finanse=3"], "did you mean 'finance'?"),
        (["--set", "china.finance=-3"], "amount -3 is negative"),
        (["--set", "china.formalization=7"], "rating 7 lies outside the scale"),
        (["--set", "china.formalization=4.2"], "rating 4.2 lies between two steps"),
        (["--set", "eu.trade=3", "--set", "eu.trade=4"], "twice"),
        (["-w", "finance=0.7", "-w", "trade=0.7"], "sum to 1.4"),
        (["-w", "tradee=0.7"], "did you mean 'trade'?"),
    ],
)
def test_what_is_typed_wrong_is_one_line_of_the_command_line(arguments: list[str], said: str) -> None:
    result = mcda("rank", *arguments, code=2)
    assert said in str(result.exception)
    assert len(result.exception.faults) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["kazakhstan", "-w", "sovereignty_risk=0.4", "-w", "trade=0.35"],
        ["baseline", "--set", "china.finance=120", "--set", "eu.formalization=3.5", "--method", "vikor"],
        ["turan-2025", "-w", "cultural_fit=0.123456789012345"],
        ["sovereignty-first", "--method", "weighted_sum", "--normalization", "scale", "--route", "coding-2"],
        ["us-secretariat-accepted", "--set", "usa.formalization=1"],
        ["grid-weights-and-methods:4711"],
        ["grid-weights-and-methods:12345", "-w", "sovereignty_risk=0.4", "-w", "trade=0.9"],
    ],
)
def test_a_saved_scenario_reads_back_to_the_same_ranking(arguments: list[str], shipped: Path) -> None:
    before = ranking(*arguments, "--save", "scenarios/mine.yaml")
    after = ranking("mine")
    for key in ("ranking", "weights", "method", "normalization", "route", "structure"):
        assert after[key] == before[key], key
    assert check() == []


def test_a_saved_file_may_lie_beside_the_one_it_is_based_on_but_not_anywhere(shipped: Path) -> None:
    (shipped / "work").mkdir()
    (shipped / "work" / "own.yaml").write_text("title: Own\nbased_on: baseline\nmethod: vikor\n", encoding="utf-8")
    ranking("work/own.yaml", "-w", "cultural_fit=0.4", "--save", "work/more.yaml")
    assert ranking("work/more.yaml")["method"] == "vikor"
    result = mcda("rank", "work/own.yaml", "--save", "else.yaml", code=2)
    assert "save it beside that" in str(result.exception)
    assert not (shipped / "else.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--save", "mine.txt"], "ends in .yaml"),
        (["--save", "scenarios/baseline.yaml"], "there is such a file already"),
        (["-", "--save", "mine.yaml"], "comes from stdin"),
    ],
)
def test_nothing_is_saved_over_a_file_or_without_a_base(arguments: list[str], said: str, shipped: Path) -> None:
    before = sorted(path.name for path in shipped.rglob("*"))
    result = mcda("rank", *arguments, stdin="title: In\nbased_on: baseline\n", code=2)
    assert said in str(result.exception)
    assert sorted(path.name for path in shipped.rglob("*")) == before


def test_a_scenario_is_read_from_stdin_as_yaml_or_json() -> None:
    named = ranking("sovereignty-first")
    text = (ROOT / "scenarios" / "sovereignty-first.yaml").read_text(encoding="utf-8")
    piped = ranking("-", stdin=text)
    assert piped["ranking"] == named["ranking"]
    assert piped["scenario"] == "stdin"
    data = {"title": "In", "based_on": "baseline", "weights": {"set": {"sovereignty_risk": 0.5}}}
    assert ranking("-", stdin=json.dumps(data))["ranking"] == named["ranking"]


def test_a_scenario_from_stdin_can_be_based_on_a_file_of_the_current_folder(shipped: Path) -> None:
    (shipped / "own.yaml").write_text("title: Own\nbased_on: baseline\nmethod: vikor\n", encoding="utf-8")
    assert ranking("-", stdin="title: In\nbased_on: own\n")["method"] == "vikor"


def test_faults_of_stdin_name_line_and_column() -> None:
    result = mcda("rank", "-", stdin="title: In\nbased_on: baselin\n", code=1)
    assert str(result.exception.faults[0]).startswith("stdin:2:11: based_on: scenario 'baselin' is unknown")
    assert "stdin:1:1" in str(mcda("rank", "-", stdin="", code=1).exception)


def test_json_lines_are_the_rows_of_the_first_table() -> None:
    lines = mcda("rank", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["alternative"] for line in lines] == [
        row["alternative"] for row in ranking()["ranking"]
    ]


# The list of scenarios.


def test_the_list_says_what_each_scenario_changes_and_how_large_a_grid_is(shipped: Path) -> None:
    (shipped / "scenarios" / "wrong.yaml").write_text("title: Wrong\nmethod: topsi\n", encoding="utf-8")
    data = {row["scenario"]: row for row in json.loads(mcda("scenarios", "--format", "json").stdout)["scenarios"]}
    assert data["china-contracts-counted"]["changes"] == [
        {"field": "change china.finance", "before": "30", "after": "120"}
    ]
    assert data["turan-2025-swot-2"]["based_on"] == "turan-2025"
    assert data["turan-2025-swot-2"]["changes"] == [{"field": "route", "before": "swot-1", "after": "swot-2"}]
    assert data["dropped-format"]["changes"] == [{"field": "drop", "before": "", "after": "japan"}]
    assert data["grid-weights-and-methods"]["scenarios"] == 7 * 4 * 3 * 286
    assert data["baseline"]["scenarios"] == 1
    assert "did you mean 'topsis'?" in data["wrong"]["fault"]
    assert "7 routes × 4 methods × 3 normalizations × 286 sets of weights" in mcda("scenarios").stdout
