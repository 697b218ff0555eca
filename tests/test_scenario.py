"""From cells to a problem: common scale, structures, routes, weights; closed forms on the shipped study."""

from __future__ import annotations

from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest

from mcda.errors import StudyError
from mcda.explain import explain_lead, swot_items, trace
from mcda.study.files import read_scenario, read_study
from mcda.study.scenario import Scenario, build
from mcda.study.weighting import with_fixed
from mcda.uncertainty import score_model

ROOT = Path(__file__).parent.parent
STUDY = read_study(ROOT / "criteria", ROOT / "scenarios")
BASELINE = read_scenario(STUDY, "baseline")


def case(**changes: object):
    return build(STUDY, replace(BASELINE, **changes))


def test_a_criterion_is_the_mean_of_its_subcriteria_on_the_common_scale() -> None:
    # Sovereignty risk of China: ratings 5, 4, 4 on 1..5 become 1, .75, .75; their mean is 2.5 / 3.
    china = case().problem.values[1]
    assert china[2] == pytest.approx((1 + 0.75 + 0.75) / 3, abs=1e-15)
    # Investment: 30 of 30 USD bn, 95 of 95, infrastructure 4.5.
    assert china[1] == pytest.approx((1 + 1 + 3.5 / 4) / 3, abs=1e-15)


def test_money_on_a_logarithmic_scale_is_log_one_plus_x() -> None:
    trade = [leaf.key for leaf in STUDY.leaves].index("trade")
    russia = case(money="log").leaf_scaled[3, trade]
    assert russia == pytest.approx(log(1 + 44) / log(1 + 95), abs=1e-15)
    assert case().leaf_scaled[3, trade] == pytest.approx(44 / 95, abs=1e-15)


def test_a_rating_floor_of_one_fifth_is_the_rating_over_five() -> None:
    floor = case(rating_floor=0.2)
    for j, leaf in enumerate(floor.leaves):
        if leaf.kind == "rating":
            assert floor.leaf_scaled[:, j] == pytest.approx(floor.leaf_values[:, j] / 5, abs=1e-15)
        else:
            assert (floor.leaf_scaled[:, j] == case().leaf_scaled[:, j]).all()


@pytest.mark.parametrize("structure", ["leaves", "leaves-raw"])
def test_leaves_carry_their_criterion_s_weight_times_their_share(structure: str) -> None:
    found = case(structure=structure)
    assert found.problem.values.shape == (5, 14)
    assert found.problem.weights[:5] == pytest.approx([0.05] * 5, abs=1e-15)
    assert found.problem.weights[5:] == pytest.approx([1 / 12] * 9, abs=1e-15)
    assert found.criterion_weights == pytest.approx(dict.fromkeys(found.criterion_weights, 0.25), abs=1e-12)
    expected = found.leaf_scaled if structure == "leaves" else found.leaf_values
    assert (found.problem.values == expected).all()


def test_a_single_coding_gives_its_values_and_midpoints_where_it_has_none() -> None:
    found = case(route="coding-1")
    by_key = {cell.leaf: cell for cell in found.cells[1]}
    j = [leaf.key for leaf in found.leaves].index("affinity")
    assert by_key["affinity"].readings["coding-1"].value is None
    assert found.leaf_values[1, j] == 2.0  # the middle of 1 and 3
    assert ("china", "affinity") in {(cell.alternative, cell.leaf) for cell in found.assumed}


def test_swot_balances_reach_the_common_scale_from_minus_ten_to_ten() -> None:
    found = case(route="swot-1")
    items = swot_items(found, "japan")
    net = sum(item.sign for item in items if item.criterion == "institutionalization")
    assert found.problem.values[4, 0] == (net + 10) / 20
    assert found.problem.directions.tolist() == [1, 1, -1, 1]


@pytest.mark.parametrize("change", [{"structure": "leaves"}, {"exclude": ("trade",)}])
def test_a_swot_route_has_no_leaves_to_speak_of(change: dict[str, object]) -> None:
    with pytest.raises(StudyError, match="swot-1"):
        case(route="swot-1", **change)


def test_excluding_a_leaf_shares_its_criterion_among_the_rest() -> None:
    found = case(exclude=("finance", "trade"))
    j = [leaf.key for leaf in found.leaves].index("infrastructure")
    assert found.problem.values[:, 1] == pytest.approx(found.leaf_scaled[:, j], abs=1e-15)


def test_excluding_a_whole_criterion_is_refused() -> None:
    with pytest.raises(StudyError, match="investment_scale"):
        case(exclude=("finance", "trade", "infrastructure"))


def test_fixed_shares_are_final_and_the_others_keep_their_proportions() -> None:
    assert with_fixed({"a": 2.0, "b": 1.0, "c": 1.0}, {"a": 0.4}) == pytest.approx({"a": 0.4, "b": 0.3, "c": 0.3})
    assert with_fixed({"a": 1.0, "b": 0.0}, {"a": 0.4}) == pytest.approx({"a": 0.4, "b": 0.6})
    assert with_fixed({"a": 1.0, "b": 3.0}, {}) == pytest.approx({"a": 0.25, "b": 0.75})


def test_an_order_gives_rank_order_centroid_weights() -> None:
    order = ("sovereignty_risk", "cultural_fit", "investment_scale", "institutionalization")
    weights = case(weights=replace(BASELINE.weights, kind="order", order=order)).criterion_weights
    # Barron and Barrett 1996: for four, 25/48, 13/48, 7/48, 3/48.
    assert [weights[key] * 48 for key in order] == pytest.approx([25, 13, 7, 3], abs=1e-12)


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "vikor", "promethee"])
@pytest.mark.parametrize(("first", "second"), [("eu", "china"), ("usa", "japan")])
def test_contributions_add_up_under_every_method(method: str, first: str, second: str) -> None:
    found = explain_lead(case(method=method, normalization=None), first, second)
    assert sum(found.criteria.values()) == pytest.approx(found.lead, abs=1e-12)
    assert sum(found.leaves.values()) == pytest.approx(found.lead, abs=1e-12)
    assert explain_lead(case(method=method, normalization=None), second, first).lead == pytest.approx(-found.lead)


def test_contributions_of_a_weighted_sum_on_the_declared_scale_are_weight_times_difference() -> None:
    found = case(method="weighted_sum", normalization="scale")
    lead = explain_lead(found, "eu", "russia")
    gap = (found.problem.values[2] - found.problem.values[3]) * found.problem.directions * found.problem.weights
    assert list(lead.criteria.values()) == pytest.approx(gap.tolist(), abs=1e-12)


def test_trace_goes_down_to_the_ledger() -> None:
    rows = trace(case(), "eu")
    assert len(rows) == 14
    assert all(item.evidence and len(item.cell.readings) == 3 for item in rows)
    assert trace(case(route="swot-1"), "eu") == ()


def test_added_and_dropped_alternatives() -> None:
    added = build(STUDY, read_scenario(STUDY, "added-format"))
    assert len(added.alternatives) == 6
    assert np.isfinite(added.problem.values).all()
    dropped = build(STUDY, read_scenario(STUDY, "dropped-format"))
    assert "japan" not in dropped.problem.alternatives


def test_scenario_defaults_are_those_of_the_baseline() -> None:
    plain = Scenario(key="x", title=BASELINE.title)
    assert (plain.method, plain.route, plain.structure, plain.money) == ("topsis", "ratings", "criteria", "linear")
    assert (build(STUDY, plain).problem.values == build(STUDY, BASELINE).problem.values).all()


def test_disputed_readings_are_switches_and_no_tails() -> None:
    finance = STUDY.leaf("finance").cells["china"]
    # Two codings reach up to the disputed 120; without it the farthest end that any coding gives is 40.
    assert [(r.low, r.high) for r in finance.readings.values()] == [(13.56, 120), (13.6, 120), (14, 40)]
    assert [(r.low, r.high) for r in finance.undisputed.values()] == [(13.56, 40), (13.6, 40), (14, 40)]
    assert finance.high == 120
    body = STUDY.leaf("formalization").cells["usa"]
    assert {(r.value, r.low, r.high) for r in body.undisputed.values()} == {(3, 3, 3)}
    trade = STUDY.leaf("trade").cells["eu"]
    assert trade.undisputed == trade.readings


@pytest.mark.parametrize("route", ["ratings", "coding-1"])
@pytest.mark.parametrize("structure", ["criteria", "leaves", "leaves-raw"])
@pytest.mark.parametrize(("money", "floor"), [("linear", 0.0), ("log", 0.2)])
def test_uncertain_scores_without_their_ranges_are_the_problem_s_values(
    route: str, structure: str, money: str, floor: float
) -> None:
    found = case(route=route, structure=structure, money=money, rating_floor=floor)
    model = score_model(found)
    assert model.adopted() == pytest.approx(found.leaf_values, abs=1e-12)
    if (structure, money) != ("leaves-raw", "log"):
        assert model.criteria_values(model.adopted()[None])[0] == pytest.approx(found.problem.values, abs=1e-12)


def test_drawn_scores_stay_within_the_readings() -> None:
    found = case()
    drawn = score_model(found).draw(np.random.default_rng(1), 2000)
    for j, leaf in enumerate(found.leaves):
        for i, alternative in enumerate(found.alternatives):
            ends = leaf.cells[alternative.key].undisputed.values()
            assert drawn[:, i, j].min() >= min(r.low for r in ends)
            assert drawn[:, i, j].max() <= max(r.high for r in ends)


def test_a_swot_route_has_no_ranges() -> None:
    with pytest.raises(StudyError, match="swot-2"):
        score_model(case(route="swot-2"))
