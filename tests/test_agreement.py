"""Codings side by side: how far they agree, where they part, what each gives alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import krippendorff
import numpy as np
import pytest

import mcda
from mcda.engine.methods import rank
from mcda.engine.reliability import FEW
from mcda.errors import StudyError
from mcda.study.agreement import Agreement, agreement
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Cell, Reading, Study
from mcda.study.scenario import Scenario, build

ROOT = Path(mcda.__file__).parent.parent


@pytest.fixture(scope="module")
def shipped() -> Study:
    return read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture(scope="module")
def baseline(shipped: Study) -> Scenario:
    return read_scenario(shipped, "baseline")


@pytest.fixture(scope="module")
def found(shipped: Study, baseline: Scenario) -> Agreement:
    return agreement(shipped, baseline, draws=2000)


def readings(study: Study, criterion: str, kind: str) -> np.ndarray:
    leaves = [leaf for leaf in study.leaves if criterion in (leaf.criterion, "ratings") and leaf.kind == kind]
    return np.array(
        [
            [
                np.nan if cell.readings[coding.key].value is None else cell.readings[coding.key].value
                for leaf in leaves
                for cell in leaf.cells.values()
            ]
            for coding in study.codings
        ],
        float,
    )


def test_ordinal_alpha_of_ratings_is_that_of_another_program(shipped: Study, found: Agreement) -> None:
    ordinal = {m.about: m.alpha.value for m in found.measures if m.alpha.level == "ordinal"}
    assert list(ordinal) == ["ratings", *(criterion.key for criterion in shipped.criteria)]
    for about, value in ordinal.items():
        table = readings(shipped, about, "rating")
        expected = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")
        assert value == pytest.approx(expected, abs=1e-12)


def test_interval_alpha_puts_ratings_and_amounts_on_one_scale(shipped: Study, found: Agreement) -> None:
    interval = {m.about: m.alpha.value for m in found.measures if m.alpha.level == "interval"}
    # Without amounts the scale does not matter: an interval alpha does not feel where a scale begins or its unit.
    for about in ("institutionalization", "sovereignty_risk", "cultural_fit"):
        table = readings(shipped, about, "rating")
        expected = krippendorff.alpha(reliability_data=table, level_of_measurement="interval")
        assert interval[about] == pytest.approx(expected, abs=1e-9)
    ratings = (readings(shipped, "investment_scale", "rating") - 1) / 4
    amounts = readings(shipped, "investment_scale", "amount") / np.repeat([30, 95], 5)
    table = np.concatenate([amounts, ratings], axis=1)
    expected = krippendorff.alpha(reliability_data=table, level_of_measurement="interval")
    assert interval["investment_scale"] == pytest.approx(expected, abs=1e-9)


def test_nominal_alpha_of_swot_items_is_that_of_another_program(shipped: Study, found: Agreement) -> None:
    assert shipped.swot is not None
    criteria = [None, *(criterion.key for criterion in shipped.criteria)]
    codings = [{item.id: item for item in items} for items in shipped.swot.codings.values()]
    ids = list(codings[0])
    numbers = {
        "swot_criterion": [[criteria.index(items[i].criterion) for i in ids] for items in codings],
        "swot_sign": [[items[i].sign for i in ids] for items in codings],
        "swot_both": [[10 * criteria.index(items[i].criterion) + items[i].sign for i in ids] for items in codings],
    }
    nominal = {m.about: m for m in found.measures if m.alpha.level == "nominal"}
    assert list(nominal) == list(numbers)
    for about, table in numbers.items():
        expected = krippendorff.alpha(reliability_data=np.array(table, float), level_of_measurement="nominal")
        assert nominal[about].alpha.value == pytest.approx(expected, abs=1e-12)
        low, high = nominal[about].interval.low, nominal[about].interval.high
        assert low is not None
        assert high is not None
        assert low < expected < high


def test_cells_on_which_codings_part_come_widest_first(shipped: Study, found: Agreement) -> None:
    spreads = [parting.spread for parting in found.partings]
    assert spreads == sorted(spreads, reverse=True)
    listed = {(parting.alternative, parting.leaf) for parting in found.partings}
    for leaf in shipped.leaves:
        for name, cell in leaf.cells.items():
            values = {reading.value for reading in cell.readings.values()}
            assert ((name, leaf.key) in listed) == (len(values) > 1)
    silent = [parting for parting in found.partings if parting.silent]
    assert {("japan", "exposure"), ("china", "affinity")} == {(p.alternative, p.leaf) for p in silent}
    assert len(found.partings) < found.cells == 70
    assert len(found.item_partings) < found.items == 100


def test_each_coding_is_ranked_alone(shipped: Study, baseline: Scenario, found: Agreement) -> None:
    assert list(found.alone) == list(shipped.routes[1:])
    for route, ranking in found.alone.items():
        case = build(shipped, replace(baseline, route=route))
        expected = rank(case.problem, method="topsis", normalization="vector")
        assert ranking.ranks.tolist() == expected.ranks.tolist()
    leaves = agreement(shipped, replace(baseline, structure="leaves"), draws=100)  # a SWOT balance has no leaves
    assert list(leaves.alone) == list(found.alone)


def test_it_is_said_what_codings_are_and_that_agreement_proves_nothing(found: Agreement) -> None:
    codes = [note.code for note in found.notes()]
    assert codes[0] == "claim.codings_are"
    assert "claim.no_proof" in codes
    told = [note.text() for note in found.notes()]
    assert told[0].endswith("They are no survey of experts.")
    # Sentences tell what is measured over everything, and the lowest; the table has the rest.
    assert [text.partition(": alpha")[0] for text in told if ": alpha" in text] == [
        "All readings, by the order of ratings",
        "All readings, by distance on the common scale",
        "SWOT items, criterion and sign, same or not",
        f"Lowest of {len(found.measures)} measures: SWOT items, sign, same or not",
    ]
    lowest = next(note for note in found.notes() if note.code == "claim.alpha_lowest")
    assert lowest.values["alpha"] == min(measure.alpha.value or 1.0 for measure in found.measures)
    assert len(told) <= 8
    for lang in ("ru", "kk"):
        assert all(note.text(lang) for note in found.notes(lang))


def test_few_units_and_intervals_without_spread_are_told_plainly(found: Agreement) -> None:
    told = [found.told(measure) for measure in found.measures]
    few = [note for note, measure in zip(told, found.measures, strict=True) if measure.alpha.units < FEW]
    assert [note.values["about"] for note in few] == ["Investment scale"]
    assert few[0].text().endswith(
        "no difference to speak of (units with any: 0 of 5), so that drawing units anew shows no spread and an interval "
        "would say nothing. Up to 45% of such units might part (95%). Conclusion: too few units to conclude from (fewer "
        "than 10)."
    )
    for note, measure in zip(told, found.measures, strict=True):
        assert (note.code == "claim.alpha_no_spread") == measure.interval.no_spread
        assert measure.alpha.units >= FEW or "reliable (" not in note.text()
    assert not any("(1.000 to 1.000" in note.text() for note in told)


def test_codings_that_agree_on_everything_have_alpha_1_and_those_that_never_vary_none(
    shipped: Study, baseline: Scenario
) -> None:
    def same(cell: Cell, value: float | None) -> Cell:
        first = next(iter(cell.readings.values()))
        reading = Reading(value=first.best if value is None else value, low=first.low, high=first.high)
        return replace(cell, readings=dict.fromkeys(cell.readings, reading))

    def altered(value: float | None) -> Study:
        criteria = tuple(
            replace(
                criterion,
                leaves=tuple(
                    replace(leaf, cells={key: same(cell, value) for key, cell in leaf.cells.items()})
                    for leaf in criterion.leaves
                ),
            )
            for criterion in shipped.criteria
        )
        return replace(shipped, criteria=criteria, swot=None)

    alike = agreement(altered(None), baseline, draws=100)
    assert {measure.alpha.value for measure in alike.measures} == {1.0}
    assert alike.partings == ()
    flat = agreement(altered(2.0), baseline, draws=100)
    assert {m.alpha.value for m in flat.measures if m.alpha.level == "ordinal"} == {None}
    assert "claim.alpha_undefined" in [note.code for note in flat.notes()]


def test_one_coding_cannot_agree_with_itself(shipped: Study, baseline: Scenario) -> None:
    with pytest.raises(StudyError, match="the study has 1 coding: at least two are needed"):
        agreement(replace(shipped, codings=shipped.codings[:1], swot=None), baseline)
    with pytest.raises(StudyError, match="the study has 0 codings: at least two are needed") as error:
        agreement(replace(shipped, codings=(), swot=None), baseline)
    assert error.value.faults[0].text("ru").startswith("в исследовании 0 кодирований:")
