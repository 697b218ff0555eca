"""The shipped study and its scenarios: complete, unchanged, and each one runs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from statistics import median

import numpy as np
import pytest

import mcda
from mcda.commands.rank import rank_case
from mcda.study.files import check, read_scenario, read_study, scenario_keys
from mcda.study.scenario import build, swot_balance

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
KEYS = scenario_keys(STUDY)

# SHA-256 over every reading of the three codings and over the adopted values: a smoothed, lost or moved number shows.
CODINGS = "6359357ebfb64eb60a7fbb75adff37d36138fdc9cd4a63b3970eca22ce79d0a6"
ADOPTED = "853da6d98b6c7af4f15620ffdfc45cd5b41d23544d4937899321f964b2356903"


def readings() -> list[str]:
    return [
        f"{coding},{leaf.key},{alternative},{r.value},{r.low},{r.high},{';'.join(r.evidence)},{r.reason}"
        for leaf in STUDY.leaves
        for alternative, cell in leaf.cells.items()
        for coding, r in cell.readings.items()
    ]


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_no_reading_of_any_coding_has_changed() -> None:
    assert len(readings()) == 5 * 14 * 3
    assert digest(readings()) == CODINGS


def test_no_adopted_value_has_changed() -> None:
    cells = [cell for leaf in STUDY.leaves for cell in leaf.cells.values()]
    adopted = [f"{c.leaf},{c.alternative},{c.value:g},{c.low:g},{c.high:g}" for c in cells]
    assert len(adopted) == 70
    assert digest(adopted) == ADOPTED


def test_adopted_values_are_medians_of_values_else_of_midpoints() -> None:
    for leaf in STUDY.leaves:
        for cell in leaf.cells.values():
            values = [r.value for r in cell.readings.values() if r.value is not None]
            middles = [(r.low + r.high) / 2 for r in cell.readings.values()]
            assert cell.value == median(values or middles)
            assert (cell.low, cell.high) == (
                min(r.low for r in cell.readings.values()),
                max(r.high for r in cell.readings.values()),
            )
            assert cell.assumed == (not values)


def test_cells_without_any_value_are_those_of_the_codings() -> None:
    empty = {(cell.alternative, leaf.key) for leaf in STUDY.leaves for cell in leaf.cells.values() if cell.assumed}
    assert empty == {("usa", "finance"), ("russia", "finance"), ("japan", "finance"), ("japan", "trade")}


def test_ledger_is_whole_and_every_score_cites_it() -> None:
    assert len(STUDY.evidence) == 357
    for leaf in STUDY.leaves:
        for cell in leaf.cells.values():
            assert cell.evidence
            assert all(row in STUDY.evidence for row in cell.evidence)


def test_ends_of_the_scales_are_the_largest_adopted_amounts() -> None:
    for key, top in (("finance", 30.0), ("trade", 95.0)):
        leaf = STUDY.leaf(key)
        assert leaf.scale == (0.0, top)
        assert max(cell.value for cell in leaf.cells.values()) == top


@pytest.mark.parametrize("route", ["swot-1", "swot-2", "swot-3"])
def test_swot_balances_count_plus_minus(route: str) -> None:
    assert STUDY.swot is not None
    items = STUDY.swot.codings[route]
    assert len(items) == 100
    balance = swot_balance(items, STUDY.alternatives, STUDY.criteria)
    by_hand = sum(i.sign for i in items if i.alternative == "eu" and i.criterion == "cultural_fit")
    assert balance[2, 3] == by_hand
    assert np.abs(balance).sum(axis=1).max() <= 20


def test_check_finds_no_fault() -> None:
    assert check(ROOT / "criteria", ROOT / "scenarios") == []


@pytest.mark.parametrize("key", KEYS)
def test_every_scenario_runs_and_has_titles_in_three_languages(key: str) -> None:
    scenario = read_scenario(STUDY, key)
    assert all(scenario.title.get(lang) for lang in ("en", "ru", "kk"))
    assert scenario.title.ru != scenario.title.en != scenario.title.kk
    case = build(STUDY, scenario)
    ranking = rank_case(case)
    assert np.isfinite(ranking.scores).all()
    assert sorted(ranking.ranks) == pytest.approx(sorted(ranking.ranks))
    assert sum(case.criterion_weights.values()) == pytest.approx(1, abs=1e-12)


def test_scenarios_of_the_study_are_there() -> None:
    states = {"kazakhstan", "uzbekistan", "kyrgyzstan", "tajikistan", "turkmenistan"}
    views = {"sovereignty-first", "investment-first", "culture-first", "institutions-first"}
    assert {"baseline", "turan-2025", "turan-authors", "five-states", *states, *views} <= set(KEYS)


@pytest.mark.parametrize(
    "key", ["kazakhstan", "uzbekistan", "kyrgyzstan", "tajikistan", "turkmenistan", "turan-authors"]
)
def test_merged_judgements_are_the_geometric_mean_of_the_codings(key: str) -> None:
    scenario = read_scenario(STUDY, key)
    names = [c.key for c in STUDY.criteria]
    matrices = []
    for judgements in next(iter(scenario.weights.judgements.values())).values():
        matrix = np.ones((4, 4))
        for j in judgements:
            top, _, bottom = j.ratio.partition("/")
            i, k = names.index(j.first), names.index(j.second)
            matrix[i, k] = float(top) / float(bottom or 1)
            matrix[k, i] = 1 / matrix[i, k]
        matrices.append(matrix)
    assert len(matrices) == 3
    merged = np.exp(np.mean(np.log(matrices), axis=0))
    eigenvalues, vectors = np.linalg.eig(merged)
    expected = np.abs(vectors[:, eigenvalues.real.argmax()].real)
    weights = list(build(STUDY, scenario).criterion_weights.values())
    assert weights == pytest.approx((expected / expected.sum()).tolist(), abs=1e-10)
    assert build(STUDY, scenario).priorities[key].consistency_ratio < 0.1


def test_a_changed_or_dropped_format_does_not_move_the_common_scale() -> None:
    whole = build(STUDY, read_scenario(STUDY, "baseline"))
    fewer = build(STUDY, read_scenario(STUDY, "dropped-format"))
    kept = [whole.problem.alternatives.index(name) for name in fewer.problem.alternatives]
    assert (whole.problem.values[kept] == fewer.problem.values).all()
    counted = build(STUDY, read_scenario(STUDY, "china-contracts-counted"))
    china = counted.problem.alternatives.index("china")
    finance = [leaf.key for leaf in counted.leaves].index("finance")
    assert counted.leaf_scaled[china, finance] == 4.0


def test_the_python_interface_reads_the_study() -> None:
    study = mcda.read_study(ROOT / "criteria", ROOT / "scenarios")
    assert study.key == STUDY.key
