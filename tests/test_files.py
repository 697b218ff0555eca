"""Reading studies and scenarios: what is read, what is inherited, and what is said of faulty files."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

import mcda
from mcda.errors import McdaError, StudyError
from mcda.study import files
from mcda.study.model import Study
from mcda.study.scenario import Scenario, WeightsSource, build
from mcda.study.schema import FILES, ScenarioFile, json_schema

DATA = Path(__file__).parent / "data"
SMALL = DATA / "good" / "small"
BAD = sorted(path for path in (DATA / "bad").iterdir() if path.is_dir())
ROOT = Path(mcda.__file__).parent.parent


def write_too_big(root: Path) -> None:
    (root / "criteria" / "speed.yaml").write_text("key: speed\n# " + "x" * 5_000_000 + "\n", encoding="utf-8")


# Faults whose file is made here and not kept.
MADE: dict[str, Callable[[Path], None]] = {"too-big": write_too_big}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small study, as the current folder."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scenario(study: Study, text: str, name: str = "asked") -> Scenario:
    """Write a scenario into the study's folder and read it."""
    (study.scenario_folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return files.read_scenario(study, name)


def shown(error: pytest.ExceptionInfo[StudyError]) -> list[str]:
    return [fault.text() for fault in error.value.faults]


# Faulty studies: each folder holds what differs from the small study, and the exact message.


@pytest.mark.parametrize("folder", BAD, ids=lambda path: path.name)
def test_faulty_study_gives_its_exact_message(folder: Path, small: Path) -> None:
    shutil.copytree(folder, small, dirs_exist_ok=True)
    MADE.get(folder.name, lambda root: None)(small)
    faults = files.check()
    assert "\n".join(fault.full() for fault in faults) + "\n" == (folder / "expected.txt").read_text(encoding="utf-8")
    if any(str(fault.file).startswith("criteria/") for fault in faults):
        with pytest.raises(StudyError):
            files.read_study()
    elif folder.name != "method-cannot-rank":  # reads well, and is ranked by `check` alone
        study = files.read_study()
        with pytest.raises(StudyError):
            list(map(partial(files.read_scenario, study), files.scenario_keys(study)))


def test_corpus_of_faults_is_large_and_its_folders_are_minimal() -> None:
    assert len(BAD) >= 35
    for folder in BAD:
        for path in folder.rglob("*.*"):
            same = SMALL / path.relative_to(folder)
            assert not same.is_file() or same.read_bytes() != path.read_bytes(), f"{path} differs in nothing"


def test_every_fault_has_an_address_and_says_what_to_write(small: Path) -> None:
    for folder in BAD:
        for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                assert line.split(":")[0].split("/")[0] in ("criteria", "scenarios"), line
                assert line.count(": ") >= 2, line


# Good studies.


def test_small_study_is_read_whole(small: Path) -> None:
    assert files.check() == []
    study = files.read_study()
    assert study.title.en == "Two ways across the mountains"
    assert [criterion.key for criterion in study.criteria] == ["speed", "risk"]
    assert [criterion.direction for criterion in study.criteria] == [1, -1]
    assert study.criterion("risk").title.get("ru") == "Риск"
    assert study.criterion("risk").title.get("kk") == "Risk"
    assert study.leaf("danger").anchors[5].en == "Great."
    assert study.leaf("pace").scale == (0, 100)
    road = study.leaf("pace").cells["road"]
    assert (road.value, road.low, road.high) == (60, 40, 80)
    assert road.readings["coding-2"].value is None
    assert study.evidence["road-pace"].statement == "Lorries take it at 60, in snow at 40"
    assert study.sources["atlas-2025"].authors == ("Atlas Group",)
    assert study.routes == ("ratings", "coding-1", "coding-2", "swot-1")
    assert study.swot is not None
    assert [(item.id, item.criterion, item.sign) for item in study.swot.codings["swot-1"]] == [
        ("road-strong", None, 0),
        ("rail-weak", "risk", 1),
    ]


def test_value_without_range_is_its_own_range(small: Path) -> None:
    reading = files.read_study().leaf("danger").cells["rail"].readings["coding-2"]
    assert (reading.low, reading.value, reading.high) == (2, 2, 2)


def test_study_without_codings_ledger_and_swot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA / "good" / "plain")
    assert files.check() == []
    study = files.read_study()
    cell = study.leaf("worth").cells["two"]
    assert (cell.value, cell.assumed) == (6, True)
    assert build(study, files.read_scenario(study, "baseline")).problem.values.tolist() == [[0.7], [0.6]]


def test_hashes_are_of_the_bytes_and_named_as_in_a_study_folder(small: Path) -> None:
    study = files.read_study(small / "criteria")
    assert sorted(study.hashes) == [
        "criteria/evidence.csv",
        "criteria/risk.yaml",
        "criteria/speed.yaml",
        "criteria/study.yaml",
        "criteria/swot-1.csv",
    ]
    before = study.hashes["criteria/risk.yaml"]
    (small / "criteria" / "risk.yaml").write_text((SMALL / "criteria" / "risk.yaml").read_text() + "# more\n")
    assert files.read_study().hashes["criteria/risk.yaml"] != before
    assert sorted(files.read_scenario(study, "judged").hashes) == ["scenarios/baseline.yaml", "scenarios/judged.yaml"]


@pytest.mark.parametrize("change", ["crlf", "bom", "semicolons"])
def test_files_of_other_programs_read_the_same(change: str, small: Path) -> None:
    before = files.read_study()
    for path in (small / "criteria").iterdir():
        text = path.read_text(encoding="utf-8")
        if change == "semicolons" and path.suffix == ".csv":
            text = text.replace('"Lorries take it at 60, in snow at 40"', "Lorries@").replace(",", ";")
            text = text.replace("Lorries@", "Lorries take it at 60, in snow at 40")
        newline = "\r\n" if change == "crlf" else "\n"
        path.write_text(text, encoding="utf-8-sig" if change == "bom" else "utf-8", newline=newline)
    after = files.read_study()
    assert after.criteria == before.criteria
    assert after.evidence == before.evidence
    assert after.swot == before.swot


def test_faults_of_all_files_come_at_once_in_order(small: Path) -> None:
    shutil.copytree(DATA / "bad" / "several-at-once", small, dirs_exist_ok=True)
    with pytest.raises(StudyError) as error:
        files.read_study()
    places = [(fault.file, fault.line, fault.column) for fault in error.value.faults]
    assert places == sorted(places)
    assert len({place[0] for place in places}) == 3


def test_unreadable_study_file_does_not_hide_faults_of_criteria(small: Path) -> None:
    (small / "criteria" / "study.yaml").write_text("key: [small\n")
    path = small / "criteria" / "risk.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("weight: 2", "weight: two"), encoding="utf-8")
    with pytest.raises(StudyError) as error:
        files.read_study()
    assert [(fault.file, fault.line) for fault in error.value.faults] == [
        ("criteria/risk.yaml", 6),
        ("criteria/study.yaml", 1),
    ]


def test_file_names_are_relative_to_the_current_folder_only_inside_it(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (small / "criteria" / "speed.yaml").write_text("")
    assert files.check(small / "criteria")[0].file == "criteria/speed.yaml"
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert files.check(small / "criteria")[0].file == (small / "criteria" / "speed.yaml").as_posix()


# Scenarios.


def test_baseline_inherits_nothing(small: Path) -> None:
    baseline = files.read_scenario(files.read_study(), "baseline")
    assert (baseline.key, baseline.chain, baseline.weights) == ("baseline", (), WeightsSource())
    assert (baseline.method, baseline.normalization, baseline.route) == ("topsis", "vector", "ratings")


def test_what_is_left_out_is_inherited_field_by_field(small: Path) -> None:
    study = files.read_study()
    scenario(study, "title: Base\nroute: coding-1\nmoney: log\nweights:\n  shares: {speed: 3, risk: 1}\n", "base")
    child = scenario(study, "title: Child\nbased_on: base\nroute: coding-2\nnote:\n")
    assert (child.title.en, child.note, child.chain) == ("Child", None, ("base",))
    assert (child.route, child.money, child.structure) == ("coding-2", "log", "criteria")
    assert child.weights == WeightsSource(kind="shares", scenario="base", shares={"speed": 3, "risk": 1})


def test_another_method_starts_from_its_own_normalization_and_options(small: Path) -> None:
    study = files.read_study()
    scenario(study, "title: Base\nmethod: vikor\noptions: {v: 0.7}\n", "base")
    same = scenario(study, "title: Same\nbased_on: base\nmethod: vikor\n")
    assert same.options == {"v": 0.7}
    other = scenario(study, "title: Other\nbased_on: base\nmethod: weighted_sum\n")
    assert (other.options, other.normalization) == ({}, None)
    assert scenario(study, "title: Sum\nbased_on: baseline\nmethod: weighted_sum\n").normalization is None


def test_changes_add_up_and_the_later_one_wins_on_the_same_cell(small: Path) -> None:
    study = files.read_study()
    change = "title: T\n{}change:\n  - cell: {}\n    value: {}\n    reason: because\n"
    scenario(study, change.format("", "road.pace", 70), "first")
    scenario(study, change.format("based_on: first\n", "rail.pace", 80), "second")
    third = scenario(study, change.format("based_on: second\n", "road.pace", 250), "third")
    assert [(c.alternative, c.leaf, c.reading.value) for c in third.changes] == [
        ("rail", "pace", 80),
        ("road", "pace", 250),
    ]
    assert third.chain == ("second", "first")
    assert build(study, third).problem.values[:, 0].tolist() == [2.5, 0.8]


def test_dropped_added_and_excluded_add_up(small: Path) -> None:
    study = files.read_study()
    added = "add:\n  cable:\n    title: Cable car\n    cells:\n      pace: {value: 30}\n"
    added += "      danger: {low: 1, high: 2}\n      noise: {value: 1}\n"
    scenario(study, f"title: First\ndrop: [road]\n{added}", "first")
    second = scenario(study, "title: Second\nbased_on: first\nexclude: [noise]\n", "second")
    case = build(study, second)
    assert case.problem.alternatives == ("rail", "cable")
    assert [leaf.key for leaf in case.leaves] == ["pace", "danger"]
    assert second.add[0].readings["danger"].best == 1.5
    third = scenario(study, "title: Third\nbased_on: second\ndrop: [cable]\n", "third")
    assert build(study, third).problem.alternatives == ("rail",)


def test_profile_takes_the_weights_of_another_scenario(small: Path) -> None:
    study = files.read_study()
    scenario(study, "title: Heir\nbased_on: judged\nroute: coding-1\n", "heir")
    profile = scenario(study, "title: Profile\nbased_on: baseline\nweights:\n  profile: heir\n", "profile")
    again = scenario(study, "title: Again\nweights: {profile: profile}\n", "again")
    judged = files.read_scenario(study, "judged")
    assert again.weights == profile.weights == judged.weights
    assert (again.weights.kind, again.weights.scenario, again.route) == ("pairwise", "judged", "ratings")
    assert build(study, again).criterion_weights == pytest.approx({"speed": 0.25, "risk": 0.75})


def test_group_gathers_the_judgements_of_each(small: Path) -> None:
    study = files.read_study()
    pairs = "    coding-{}:\n      - {{first: speed, second: risk, ratio: {}}}\n"
    text = "title: Other\nweights:\n  pairwise:\n" + pairs.format(1, "1/2") + pairs.format(2, 27)
    scenario(study, text, "other")
    group = scenario(study, "title: Group\nweights:\n  group: [judged, other]\n").weights
    assert group.kind == "group"
    assert {key: list(value) for key, value in group.judgements.items()} == {
        "judged": [""],
        "other": ["coding-1", "coding-2"],
    }
    assert [one.ratio for judgements in group.judgements["other"].values() for one in judgements] == ["1/2", "27"]
    assert group.judgements["judged"][""][0].evidence == ("road-danger",)


def test_scenario_named_by_path_finds_its_base_beside_it_then_in_the_study(small: Path) -> None:
    study = files.read_study()
    folder = small / "mine"
    folder.mkdir()
    (folder / "base.yaml").write_text("title: My base\nbased_on: baseline\nroute: coding-1\n")
    (folder / "asked.yaml").write_text("title: Asked\nbased_on: base\n")
    (folder / "baseline.yaml").write_text("title: My own\nbased_on: baseline\nmoney: log\n")
    asked = files.read_scenario(study, folder / "asked.yaml")
    assert (asked.key, asked.chain, asked.route) == ("asked", ("base", "baseline", "baseline"), "coding-1")
    assert sorted(asked.hashes) == ["asked.yaml", "base.yaml", "baseline.yaml", "scenarios/baseline.yaml"]
    assert "scenarios/judged.yaml" in files.read_scenario(study, "scenarios/judged.yaml").hashes
    own = files.read_scenario(study, "mine/baseline.yaml")
    assert (own.chain, own.money, own.normalization) == (("baseline",), "log", "vector")


def test_unknown_scenario_is_refused_with_the_nearest(small: Path) -> None:
    study = files.read_study()
    assert files.scenario_keys(study) == ["baseline", "judged"]
    with pytest.raises(StudyError) as error:
        files.read_scenario(study, "basline")
    assert shown(error) == [
        "scenario 'basline' is unknown (did you mean 'baseline'?): write one of baseline, judged"
    ]
    with pytest.raises(StudyError) as error:
        files.read_scenario(study, "mine/none.yaml")
    assert shown(error)[0].startswith("mine/none.yaml: the file cannot be read")


def test_every_field_of_a_scenario_file_has_its_place_in_a_scenario() -> None:
    renamed = {"change": "changes", "based_on": "chain"}
    kept = {field.name for field in fields(Scenario)}
    alone = ScenarioFile.model_fields.keys() - {"vary"}  # which makes it a grid
    assert {renamed.get(name, name) for name in alone} <= kept


# The study in use.


def test_study_in_use_is_the_one_named_else_here_else_shipped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.find_study() == (Path("criteria"), Path("scenarios"), "here")
    assert files.find_study(SMALL) == (SMALL / "criteria", SMALL / "scenarios", "option")
    assert files.find_study(SMALL / "criteria") == (SMALL / "criteria", SMALL / "scenarios", "option")
    with pytest.raises(StudyError, match=r"^scenarios holds no study: name a folder"):
        files.find_study("scenarios")
    monkeypatch.chdir(small / "scenarios")
    criteria, scenarios, where = files.find_study()
    assert where == "shipped"
    assert (criteria / "study.yaml").is_file()
    assert (scenarios / "baseline.yaml").is_file()


def test_wheel_keeps_the_study_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "mcda")
    assert files.shipped() == tmp_path
    (tmp_path / "mcda" / "shipped").mkdir(parents=True)
    assert files.shipped() == tmp_path / "mcda" / "shipped"


# JSON Schema.


@pytest.mark.parametrize("kind", FILES)
def test_json_schema_is_up_to_date(kind: str) -> None:
    path = ROOT / "mcda" / "study" / "json_schema" / f"{kind}.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))
    assert shipped == json_schema(kind), "run: python -m mcda.study.json_schema"


# Whatever stands in the files, faults are said and nothing else is raised.


def spoiled(text: str, chance: random.Random) -> str:
    """Take out, double, swap or overwrite a piece of a text."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.choice((1, 1, 2, 5, 20, 80)))
    signs = ("", "", "\t", ",", ":", "- ", "{", "[", '"', "'", "#", "&a ", "*a", "!!x ", "|", "~", "\n", "\n  ")
    words = ("null", ".nan", "-1e999", "true", "0x1F", "\x00", "é", "\ufeff", "\u2028", "9" * 400, text[start:end] * 2)
    pieces = (*signs, *words)
    return text[:start] + chance.choice(pieces) + text[end:]


@pytest.mark.parametrize("seed", range(8))
def test_spoiled_files_give_faults_and_no_other_errors(seed: int, small: Path) -> None:
    chance = random.Random(seed)
    paths = sorted(path for path in small.rglob("*") if path.suffix in (".yaml", ".csv"))
    for _ in range(30):
        path = chance.choice(paths)
        before = path.read_bytes()
        path.write_bytes(spoiled(before.decode(), chance).encode(errors="surrogatepass"))
        for fault in files.check():
            assert "\n" not in fault.text()
            assert fault.code != "fault.no_fit"
            assert fault.line is None or fault.snippet
            assert all(len(line) < 120 for line in fault.snippet)
        path.write_bytes(before)


ODD = (None, True, -1, 2.5, "text", "", [], {}, [None], ["a", "b"], [1, 2, 3], {"a": None}, {"a": {"b": [1]}}, "9" * 99)


@pytest.mark.parametrize("name", ["criteria/study.yaml", "criteria/risk.yaml", "scenarios/judged.yaml"])
def test_odd_values_anywhere_give_faults_in_our_own_words(name: str, small: Path) -> None:
    data = files_data(small / name)
    for spot in spots(data):
        for odd in ODD:
            (small / name).write_text(json.dumps(replaced(data, spot, odd)), encoding="utf-8")
            for fault in files.check():
                assert fault.code != "fault.no_fit", (spot, odd, fault.full())


def files_data(path: Path) -> object:
    from mcda.study.located import locate
    from mcda.study.textfile import read_text

    return locate(read_text(path)).data


def spots(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the paths of all parts of some data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path for _ in (1,) if path] + [spot for key, value in inner for spot in spots(value, (*path, key))]


def replaced(data: object, path: tuple[str | int, ...], value: object) -> object:
    """Copy data with another value at a path."""
    if not path:
        return value
    if isinstance(data, dict):
        return {key: replaced(item, path[1:], value) if key == path[0] else item for key, item in data.items()}
    assert isinstance(data, list)
    return [replaced(item, path[1:], value) if i == path[0] else item for i, item in enumerate(data)]


# The shipped study.


def test_shipped_study_has_no_faults() -> None:
    criteria, scenarios = files.shipped() / "criteria", files.shipped() / "scenarios"
    assert [fault.full() for fault in files.check(criteria, scenarios)] == []
    study = files.read_study(criteria, scenarios)
    assert sum(len(leaf.cells) for leaf in study.leaves) == 70
    assert len(study.evidence) == 357


def test_errors_are_of_one_family() -> None:
    with pytest.raises(McdaError):
        files.read_study("nowhere")


def test_only_a_name_that_a_fault_took_away_is_not_asked_for_in_scenarios(small: Path) -> None:
    """The file of a criterion cannot be read, so nobody knows its sub-criteria; all else of a scenario is checked."""
    (small / "criteria" / "risk.yaml").write_text("key: [risk\n")
    text = "title: T\nroute: coding-9\nexclude: [noise, nothing]\nmethod: topsi\nmoney: lin\n"
    (small / "scenarios" / "asked.yaml").write_text(text)
    found = {(fault.file, fault.line) for fault in files.check()}
    assert found == {("criteria/risk.yaml", 1), ("scenarios/asked.yaml", 4), ("scenarios/asked.yaml", 5)}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("speed.yaml", "scale: [0, 100]", "scale: [100, 100]"),
        ("risk.yaml", "weight: 0.5", "weight: -1"),
        ("study.yaml", "scale: [-2, 2]", "scale: [2, 2]"),
        ("study.yaml", "codings:\n  coding-1:", "rating_scale: {low: 1, high: 5, step: 0}\ncodings:\n  coding-1:"),
        ("study.yaml", "  - speed\n", "  - speed\n  - speed\n"),
    ],
)
def test_numbers_that_cannot_be_make_no_faults_of_scenarios(file: str, old: str, new: str, small: Path) -> None:
    path = small / "criteria" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for structure in ("criteria", "leaves", "leaves-raw"):
        (small / "scenarios" / f"{structure}.yaml").write_text(f"title: T\nstructure: {structure}\nmoney: log\n")
    (small / "scenarios" / "swot.yaml").write_text("title: T\nroute: swot-1\n")
    found = files.check()
    assert found
    assert all(str(fault.file).startswith("criteria/") for fault in found)


def test_files_that_the_study_does_not_name_are_told(small: Path) -> None:
    assert files.checked().unread == ()
    (small / "criteria" / "x.yaml").write_bytes(b"\xff\x00junk")
    (small / "criteria" / "notes.txt").write_text("Ask again.")
    (small / "criteria" / ".hidden").write_text("")
    (small / "criteria" / "old").mkdir()
    found = files.checked()
    assert (found.faults, found.unread) == ([], ("criteria/notes.txt", "criteria/x.yaml"))
