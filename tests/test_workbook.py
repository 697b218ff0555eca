"""The workbook: another program calculates what Python calculates, also after cells were typed over."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import numpy as np
import openpyxl
import pytest

from mcda.engine.methods import rank, scorer
from mcda.engine.ranking import Ranking
from mcda.report.answer import answer
from mcda.report.workbook import plan_of, write_workbook
from mcda.report.workbook.check import Stored
from mcda.report.workbook.places import Plan
from mcda.report.workbook.sweep import swept_weights
from mcda.sensitivity.acceptability import acceptability
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Alternative, Reading, Study, Title
from mcda.study.scenario import Addition, Case, Change, Scenario, WeightsSource, build
from mcda.words import LANGUAGES, say, speaking

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
BASE = read_scenario(STUDY, "baseline")
KEYS = [criterion.key for criterion in STUDY.criteria]

Cells: TypeAlias = dict[tuple[str, int, int], float | str | None]

# Functions that Excel 2007 has; what came later would need a prefix and fail in it.
EXCEL_2007 = {
    *("ABS", "AND", "AVERAGE", "COUNT", "EXP", "FIXED", "IF", "INDEX", "LN", "MATCH", "MAX", "MIN", "N", "OR"),
    *("PRODUCT", "ROUND", "SIGN", "SQRT", "STDEVP", "SUBSTITUTE", "SUM", "SUMPRODUCT", "SUMSQ", "SUMXMY2"),
}


def case_of(scenario: Scenario, study: Study = STUDY) -> tuple[Case, Ranking]:
    case = build(study, scenario)
    how = {"method": scenario.method, "normalization": scenario.normalization, "options": scenario.options}
    return case, rank(case.problem, **how)


def scenario(**changes: Any) -> Scenario:
    return replace(BASE, **changes)


def twin(key: str) -> Addition:
    """An alternative that is in everything like another one."""
    readings = {}
    for leaf in STUDY.leaves:
        value = leaf.cells[key].value
        readings[leaf.key] = Reading(value=value, low=value, high=value)
    return Addition(alternative=Alternative(key="twin", title=Title(en="Twin")), readings=readings)


SCENARIOS = {
    "topsis vector": scenario(),
    "topsis max, leaves": scenario(structure="leaves", normalization="max"),
    "topsis minmax, raw": scenario(structure="leaves-raw", normalization="minmax"),
    "topsis zscore, manhattan": scenario(normalization="zscore", options={"distance": "manhattan"}),
    "topsis none, chebyshev, leaves": scenario(
        structure="leaves", normalization="none", options={"distance": "chebyshev"}
    ),
    "weighted sum, sum": scenario(method="weighted_sum", normalization="sum"),
    "weighted sum, linear, raw": scenario(method="weighted_sum", normalization="linear", structure="leaves-raw"),
    "weighted product, log": scenario(
        method="weighted_product", normalization="linear", money="log", rating_floor=0.2
    ),
    "waspas, leaves": scenario(
        method="waspas", normalization="vector", structure="leaves", options={"lambda": 0.3}, rating_floor=0.2
    ),
    "ahp": scenario(method="ahp", normalization=None),
    "vikor, leaves": scenario(method="vikor", normalization=None, structure="leaves", options={"v": 0.625}),
    "mabac": scenario(method="mabac", normalization=None),
    "spotis, raw": scenario(method="spotis", normalization=None, structure="leaves-raw"),
    "promethee": scenario(method="promethee", normalization=None),
    "swot": scenario(route="swot-2"),
    "judgements": read_scenario(STUDY, "kazakhstan"),
    "practically tied": BASE.with_weights({"cultural_fit": 0.386}),
    "twins in front": scenario(add=(twin("eu"),)),
    "all alike": scenario(drop=("usa", "china", "russia", "japan"), add=(twin("eu"),)),
    "one": scenario(drop=("usa", "china", "russia", "japan")),
    "stored": scenario(method="copras", normalization=None, rating_floor=0.2),
}
# Written in another language: the scenario, and the language; any program calculates them with its own decimal sign.
TRANSLATED = {
    "topsis vector, in Russian": ("topsis vector", "ru"),
    "topsis vector, in Kazakh": ("topsis vector", "kk"),
    "practically tied, in Russian": ("practically tied", "ru"),
}
# Calculated anew as written, every formula held against its value; the others once something was typed in.
AS_WRITTEN = [
    *TRANSLATED,
    *("topsis vector", "topsis none, chebyshev, leaves", "waspas, leaves", "vikor, leaves", "spotis, raw", "swot"),
    *("practically tied", "twins in front", "all alike", "one", "stored"),
]
EDITED = [name for name in SCENARIOS if name not in AS_WRITTEN[-5:]]
# Edits that are tried with the sheet of sweeps, which takes long.
WHOLE = ("topsis vector #1001", "topsis max, leaves", "vikor, leaves")


@dataclass(frozen=True, eq=False)
class Edit:
    """What was typed into a workbook, and what Python makes of it."""

    plan: Plan
    cells: Cells
    case: Case
    ranking: Ranking


def edited(name: str, number: int) -> Edit:
    """Type weights, sub-weights and scores at random over those of a scenario."""
    rng = np.random.default_rng([number, len(name)])
    chosen = SCENARIOS[name]
    case, ranking = case_of(chosen)
    plan = plan_of(case, ranking, "en")
    weights = np.round(rng.uniform(0, 100, len(KEYS)), 3)
    weights[rng.integers(len(KEYS))] *= number % 2  # every other edit has a weight of 0
    cells = cells_of(plan.points, weights[:, None])
    shares = WeightsSource(kind="shares", shares=dict(zip(KEYS, weights.tolist(), strict=True)))
    if not case.leaves:
        return edited_items(plan, cells, replace(chosen, weights=shares), rng)
    values = case.leaf_values.T.copy()
    low, high = np.array([leaf.scale for leaf in case.leaves]).T[:, :, None]
    touched = rng.random(values.shape) < 0.4
    values[touched] = np.round(rng.uniform(low, high, values.shape), 2)[touched]
    own = np.round(rng.uniform(0.5, 5, len(case.leaves)), 2)
    cells |= cells_of(plan.scores, values) | cells_of(plan.leaf_points, own[:, None])
    study = with_leaf_weights(dict(zip([leaf.key for leaf in case.leaves], own.tolist(), strict=True)))
    changes = tuple(
        Change(alternative=a.key, leaf=leaf.key, reading=Reading(value=float(values[i, j]), low=0, high=0, reason="?"))
        for i, leaf in enumerate(case.leaves)
        for j, a in enumerate(case.alternatives)
    )
    return Edit(plan, cells, *case_of(replace(chosen, weights=shares, changes=changes), study))


def edited_items(
    plan: Plan, cells: Cells, chosen: Scenario, rng: np.random.Generator
) -> Edit:
    """Type numbers of SWOT items."""
    counts = rng.integers(0, 9, (plan.scores.rows, plan.scores.columns)).astype(float)
    cells |= cells_of(plan.scores, counts)
    case = build(STUDY, chosen)
    assert STUDY.swot is not None
    low, high = STUDY.swot.scale
    values = ((counts[::2] - counts[1::2]).T - low) / (high - low)
    problem = SimpleNamespace(**{name: getattr(case.problem, name) for name in ("alternatives", "criteria", "scales")})
    problem = type(case.problem)(values, case.problem.directions.tolist(), case.problem.weights, **vars(problem))
    ranking = rank(problem, method=chosen.method, normalization=chosen.normalization)
    return Edit(plan, cells, replace(case, problem=problem), ranking)


def cells_of(block: Any, values: np.ndarray) -> Cells:
    return {(block.sheet, block.top + i, block.left + j): float(values[i, j]) for i, j in np.ndindex(values.shape)}


def with_leaf_weights(weights: dict[str, float]) -> Study:
    criteria = tuple(
        replace(c, leaves=tuple(replace(leaf, weight=weights.get(leaf.key, leaf.weight)) for leaf in c.leaves))
        for c in STUDY.criteria
    )
    return replace(STUDY, criteria=criteria)


EDITS = {f"{name} #{number}": edited(name, number) for number, name in enumerate(EDITED)}
EDITS |= {f"topsis vector #{number}": edited("topsis vector", number) for number in (1001, 1002)}
# What must not go through, and the key of what is said.
REFUSED = {
    "a weight is empty": (("points", 1, 0, None), "weights_numbers"),
    "a score is a text": (("scores", 3, 2, "high"), "scores_numbers"),
    "an amount is below 0": (("scores", 5, 1, -1.0), "amounts_negative"),
}


@cache
def written(name: str) -> bytes:
    """The bytes of the workbook of a scenario."""
    out, (key, lang) = io.BytesIO(), TRANSLATED.get(name, (name, "en"))
    case, ranking = case_of(SCENARIOS[key])
    write_workbook(case, ranking, out, lang=lang, command="mcda report baseline")
    return out.getvalue()


def opened(data: bytes | Path, *, values: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl drops what it does not know, and says so
        return openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data, data_only=values)


def bare(data: bytes, path: Path, cells: Cells, *, whole: bool) -> Path:
    """Type into a workbook and drop the values of its formulas, so that they are calculated anew."""
    book = opened(data)
    for (sheet, row, column), value in cells.items():
        book[sheet].cell(row + 1, column + 1).value = value
    for sheet in book.worksheets:
        sheet._charts = []  # to save time
        if not whole and sheet.title in ("Sweep", "About"):
            book.remove(sheet)
    book.save(path)
    return path


@pytest.fixture(scope="session")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All workbooks as LibreOffice calculates them, by name."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice Calc is not installed (Debian: libreoffice-calc), so no formula was tried")
    folder = tmp_path_factory.mktemp("workbooks")
    jobs: dict[str, tuple[bytes, Cells]] = {name: (written(name), {}) for name in AS_WRITTEN}
    jobs |= {name: (written(name.partition(" #")[0]), edit.cells) for name, edit in EDITS.items()}
    plan = EDITS["topsis vector #0"].plan
    for name, ((block, i, j, value), _) in REFUSED.items():
        place = getattr(plan, block)
        jobs[name] = (written("topsis vector"), {(place.sheet, place.top + i, place.left + j): value})
    whole = {name for name in jobs if name in AS_WRITTEN or name.startswith(WHOLE)}
    paths = [
        bare(given, folder / f"{i}.xlsx", cells, whole=name in whole)
        for i, (name, (given, cells)) in enumerate(jobs.items())
    ]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    return {name: opened(folder / "out" / path.name, values=True) for name, path in zip(jobs, paths, strict=True)}


def formulas(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and formula of every formula."""
    for sheet in opened(data):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.value


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_every_formula_stands_with_the_value_that_it_gives(name: str, calculated: dict[str, Any]) -> None:
    data = written(name)
    stored, count = opened(data, values=True), 0
    for sheet, cell, formula in formulas(data):
        held, found = stored[sheet][cell].value, calculated[name][sheet][cell].value
        if isinstance(held, (int, float)):
            assert found == pytest.approx(held, rel=1e-12, abs=1e-12), f"{sheet}!{cell} {formula}"
        else:
            assert (found or "") == (held or ""), f"{sheet}!{cell} {formula}"
        count += 1
    assert count > 500


def results(book: Any, plan: Plan) -> tuple[list[float], list[float], str]:
    """Scores and ranks as a workbook calculates them, and the answer that it gives in words."""
    sheet, stored = book[plan.sheets["check"]], Stored(sheet=plan.sheets["check"], plan=plan)
    rows = range(stored.scores.top + 1, stored.scores.top + 1 + len(plan.names))
    scores = [sheet.cell(row, stored.scores.left + 2).value for row in rows]
    ranks = [sheet.cell(row, stored.ranks.left + 2).value for row in rows]
    return scores, ranks, book[plan.sheets["weights"]]["B5"].value


@pytest.mark.parametrize("name", EDITS)
def test_what_is_typed_in_gives_what_python_gives(name: str, calculated: dict[str, Any]) -> None:
    edit = EDITS[name]
    scores, ranks, said = results(calculated[name], edit.plan)
    assert scores == pytest.approx(edit.ranking.scores.tolist(), rel=1e-12, abs=1e-12)
    assert ranks == edit.ranking.ranks.tolist()
    assert said == answer(edit.case, edit.ranking, "en")


@pytest.mark.parametrize("name", [name for name in EDITS if name.startswith(WHOLE)])
def test_sweeps_follow_what_is_typed_in(name: str, calculated: dict[str, Any]) -> None:
    edit, sheet = EDITS[name], calculated[name]["Sweep"]
    chosen, case = edit.case.scenario, edit.case
    plan = plan_of(case, edit.ranking, "en")
    score = scorer(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)
    heads = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    for c, title in enumerate(plan.criteria):
        first = heads[f"Weight of {title}"] + 2 + len(plan.criteria) + 1
        last = max(row for row in range(first, first + 3 * 5) if sheet.cell(row, 2).value == plan.names[-1])
        expected = score(plan.spread(swept_weights(plan, c)))
        for i, name_ in enumerate(plan.names):
            row = last - len(plan.names) + 1 + i
            assert sheet.cell(row, 2).value == name_
            found = [sheet.cell(row, 3 + t).value for t in range(21)]
            assert found == pytest.approx(expected[:, i].tolist(), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["twins in front", "all alike"])
def test_ties_are_told(name: str, calculated: dict[str, Any]) -> None:
    case, ranking = case_of(SCENARIOS[name])
    _, ranks, said = results(calculated[name], plan_of(case, ranking, "en"))
    assert ranks == ranking.ranks.tolist()
    assert "EU and Twin" in said
    assert "equal scores" in said


def test_practically_tied_is_told(calculated: dict[str, Any]) -> None:
    case, ranking = case_of(SCENARIOS["practically tied"])
    scores, _, said = results(calculated["practically tied"], plan_of(case, ranking, "en"))
    best, second = sorted(scores)[:-3:-1]
    assert 1e-9 < best - second < 0.005
    assert said.startswith("EU (0.5")
    assert "and Russia (0.5" in said
    assert "practically tied" in said


@pytest.mark.parametrize("name", TRANSLATED)
def test_numbers_in_the_answer_have_the_decimal_sign_of_the_workbook(name: str, calculated: dict[str, Any]) -> None:
    said = calculated[name].worksheets[0]["B5"].value
    assert re.search(r"0,5\d\d", said)
    assert not re.search(r"\d\.\d", said)
    shares = [cell.value for cell in calculated[name].worksheets[2]["B"] if re.search(r"\(.*%\)", str(cell.value))]
    assert len(shares) == len(KEYS)
    assert all(re.search(r"\d,\d\s?%\)", share) for share in shares)


@pytest.mark.parametrize("name", REFUSED)
def test_unfit_inputs_are_named_instead_of_a_winner(name: str, calculated: dict[str, Any]) -> None:
    book, plan = calculated[name], EDITS["topsis vector #0"].plan
    assert book[plan.sheets["weights"]]["B5"].value == say(f"workbook.status.{REFUSED[name][1]}", "en")
    ranks = [book[plan.sheets["weights"]].cell(9 + p, 8).value for p in range(len(plan.names))]
    assert ranks == ["–"] * len(plan.names)
    shown = [c.value for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert not [text for text in shown if text.startswith("#")]


def test_the_check_says_ok_and_counts_changed_cells(calculated: dict[str, Any]) -> None:
    check = calculated["topsis vector"]["Check"]
    assert check["B4"].value.startswith("OK: ")
    edit = EDITS["topsis vector #0"]
    check = calculated["topsis vector #0"]["Check"]
    base = opened(written("topsis vector"), values=True)
    typed = [base[s].cell(r + 1, c + 1).value != value for (s, r, c), value in edit.cells.items()]
    assert check["C3"].value == sum(typed) > 10
    assert check["B4"].value.startswith(f"Yellow cells that were changed: {sum(typed)}.")


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_only_functions_of_excel_2007_no_macros_no_links(name: str) -> None:
    data = written(name)
    for sheet, cell, formula in formulas(data):
        plain = re.sub(r'"[^"]*"', "", formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", plain)) <= EXCEL_2007, f"{sheet}!{cell}"
        assert len(formula) < 8192
        assert all(len(text) <= 257 for text in re.findall(r'"(?:[^"]|"")*"', formula))
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [part for part in names if re.search(r"vba|macro|externalLink|connection", part, re.IGNORECASE)]


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    case, ranking = case_of(BASE)
    write_workbook(case, ranking, tmp_path / "a.xlsx", command="mcda report baseline")
    assert (tmp_path / "a.xlsx").read_bytes() == written("topsis vector")


EVIL = ('=HYPERLINK("https://example.org","EU")', "+1+1", "-2", "@SUM(A1)", "<r><t>bold</t></r>", 'a "quoted" \'name\'')


@pytest.fixture(scope="module")
def evil() -> bytes:
    """A workbook of a study whose titles would like to be formulas, markup, or too long."""
    titles = dict(zip([a.key for a in STUDY.alternatives], EVIL, strict=False))
    alternatives = tuple(replace(a, title=Title(en=titles[a.key])) for a in STUDY.alternatives)
    criteria = tuple(
        replace(
            c,
            title=Title(en="=1+1 " + c.title.en),
            leaves=tuple(replace(leaf, title=Title(en="=2+2 " + "long " * 60)) for leaf in c.leaves),
        )
        for c in STUDY.criteria
    )
    study = replace(STUDY, title=Title(en=EVIL[0] + "\x07"), alternatives=alternatives, criteria=criteria)
    out = io.BytesIO()
    write_workbook(*case_of(BASE, study), out)
    return out.getvalue()


def test_labels_never_become_formulas(evil: bytes) -> None:
    for sheet, cell, formula in formulas(evil):
        plain = re.sub(r'"(?:[^"]|"")*"', "", formula)
        assert "HYPERLINK" not in plain, f"{sheet}!{cell}"
    book = opened(evil)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str) and cell.data_type == "s"]
    labels = [cell for cell in texts if cell.value.startswith(("=", "+", "-", "@"))]
    assert {c.value for c in labels} >= {EVIL[0], "+1+1", "-2", "@SUM(A1)"}
    assert all(cell.quotePrefix for cell in labels)
    assert " <r><t>bold</t></r>" in {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_charts_take_no_label_for_a_formula(evil: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(evil))
    charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 5
    for reference in re.findall(r"<c:f>(.*?)</c:f>", "".join(charts)):
        assert re.fullmatch(r"'?[A-Za-z ]+'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", reference)


def unlocked(data: bytes) -> set[str]:
    return {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in opened(data)
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }


def test_yellow_cells_take_numbers_and_nothing_else_does() -> None:
    data, book = written("topsis vector"), opened(written("topsis vector"))
    cells = unlocked(data)
    assert len(cells) == 4 + 14 + 14 * 5
    for name in cells:
        sheet, _, cell = name.partition("!")
        assert book[sheet][cell].fill.fgColor.rgb == "FFFFF2CC"
        rules = [rule for rule in book[sheet].data_validations.dataValidation if cell in rule.sqref]
        assert [rule.type for rule in rules] == ["decimal"]
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)


def test_a_method_without_formulas_takes_no_input_and_says_why() -> None:
    data = written("stored")
    assert not unlocked(data)
    book = opened(data, values=True)
    assert book["Weights"]["B3"].value.startswith("COPRAS is not written out in formulas here")
    assert book["Weights"]["J9"].value == pytest.approx(1.0)


def test_every_score_has_a_note_with_codings_papers_and_tables() -> None:
    case, ranking = case_of(BASE)
    plan, sheet = plan_of(case, ranking, "en"), opened(written("topsis vector"))["Scores"]
    for i, leaf in enumerate(case.leaves):
        for j, alternative in enumerate(case.alternatives):
            note = sheet.cell(plan.scores.top + i + 1, plan.scores.left + j + 1).comment.text
            for reading in leaf.cells[alternative.key].readings.values():
                assert reading.reason in note
                for row in reading.evidence:
                    assert f"{row}: {STUDY.evidence[row].paper}, {STUDY.evidence[row].locator}" in note


def test_notes_of_swot_items_name_each_item() -> None:
    sheet = opened(written("swot"))["Scores"]
    notes = "\n".join(cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
    assert STUDY.swot is not None
    for item in STUDY.swot.codings["swot-2"]:
        assert (f"{item.id}: " in notes) == (item.criterion is not None)


def test_acceptability_is_shown_and_does_not_follow() -> None:
    out, (case, ranking) = io.BytesIO(), case_of(BASE)
    found = acceptability(case.problem, method="topsis", normalization="vector", draws=2_000, seed=7)
    write_workbook(case, ranking, out, acceptability=found)
    sheet = opened(out.getvalue())["How sure"]
    shown = {sheet.cell(row, 2).value: [sheet.cell(row, 3 + r).value for r in range(5)] for row in range(7, 12)}
    for i, alternative in enumerate(case.alternatives):
        assert shown[alternative.title.en] == pytest.approx(found.rank_acceptability[i].tolist())
    assert sheet["B7"].value == case.alternatives[int(found.first.argmax())].title.en
    assert "2,000 draws (seed 7)" in sheet["B3"].value
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_in_the_language_and_sheets_can_be_named(lang: str) -> None:
    out, (case, ranking) = io.BytesIO(), case_of(BASE)
    write_workbook(case, ranking, out, lang=lang)
    book = opened(out.getvalue(), values=True)
    assert book.worksheets[0]["B1"].value == STUDY.title.get(lang)
    with speaking(lang):
        assert book.worksheets[0]["B5"].value == answer(case, ranking, lang)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.sheetnames)


def test_the_manifest_stands_on_the_last_sheet() -> None:
    sheet = opened(written("topsis vector")).worksheets[-1]
    texts = [str(row[2].value) for row in sheet.iter_rows() if len(row) > 2]
    assert "command: mcda report baseline" in texts
    assert any(text.startswith("inputs: criteria/study.yaml: ") for text in texts)
