"""Claims: what is asserted, over which choices, and what is said of the answer."""

from __future__ import annotations

import itertools
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.claim.breaks import Neighbourhood
from mcda.claim.curve import curve
from mcda.claim.data import as_data
from mcda.claim.examine import ClaimResult, examine
from mcda.claim.explained import _Cross, explained
from mcda.claim.grid import applied
from mcda.claim.run import SKIPPED, Multiverse, run
from mcda.claim.tally import Counter
from mcda.claim.told import SHOWN, notes
from mcda.claim.verdict import verdict
from mcda.engine.methods import rank
from mcda.errors import NotApplicable, StudyError
from mcda.report.claimed import claim_tables
from mcda.report.grid import to_markdown
from mcda.sensitivity.acceptability import acceptability
from mcda.study.assertion import FAILS, HOLDS, TIED, Assertion, judge, parse_assertion
from mcda.study.claims import check_claims, claim_keys, read_claim
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Alternative, Cell, Criterion, Leaf, Reading, Study, Title
from mcda.study.scenario import Change, Scenario, WeightsSource, build
from mcda.study.universe import Choice, Claim, Dimension, Kind, Rule, WeightSet
from mcda.words import say

ROOT = Path(mcda.__file__).parent.parent
FORMATS = ("usa", "china", "eu", "russia", "japan")


# --- what can be asserted ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eu first", ("eu", "top", 1, "")),
        ("eu is first", ("eu", "top", 1, "")),
        ("  EU   First ", ("eu", "top", 1, "")),
        ("eu last", ("eu", "bottom", 1, "")),
        ("eu above china", ("eu", "above", 1, "china")),
        ("china is above russia", ("china", "above", 1, "russia")),
        ("japan below usa", ("japan", "below", 1, "usa")),
        ("eu in the top 2", ("eu", "top", 2, "")),
        ("eu is in the top two", ("eu", "top", 2, "")),
        ("eu top 3", ("eu", "top", 3, "")),
        ("china in the bottom two", ("china", "bottom", 2, "")),
    ],
)
def test_assertions_are_read(text: str, expected: tuple[str, str, int, str]) -> None:
    found = parse_assertion(text, FORMATS)
    assert (found.subject, found.relation, found.count, found.other) == expected
    assert parse_assertion(found.text, FORMATS) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no assertion: write for instance usa first, usa last, usa above another, usa in the top two, usa "
         "in the bottom two"),
        ("eu", "'eu' is no assertion: write for instance"),
        ("eu best", "'eu best' is no assertion: write for instance"),
        ("eu first china", "'eu first china' is no assertion: write for instance"),
        ("eu in the top", "'eu in the top' is no assertion: write for instance"),
        ("eu in the top 0", "'eu in the top 0' is no assertion: write for instance"),
        ("eu in the top -1", "'eu in the top -1' is no assertion: write for instance"),
        ("eu in the top 5", "5 of 5 alternatives are meant, which asserts nothing: write a number from 1 to 4"),
        ("europe first", "alternative 'europe' is unknown: write one of usa, china, eu, russia, japan"),
        ("rusia first", "alternative 'rusia' is unknown (did you mean 'russia'?): write one of"),
        ("eu above eu", "'eu' is held against itself: name two alternatives"),
    ],
)  # fmt: skip
def test_what_is_no_assertion_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(StudyError) as error:
        parse_assertion(text, FORMATS)
    assert [fault.text()[: len(message)] for fault in error.value.faults] == [message]


@pytest.mark.parametrize(
    ("text", "scores", "outcome", "margin"),
    [
        ("a first", [3, 2, 1], HOLDS, 0.5),
        ("a first", [2, 3, 1], FAILS, -0.5),
        ("a first", [3, 3, 1], TIED, 0.0),  # first means first alone
        ("a first", [1, 1, 1], TIED, 0.0),
        ("a in the top 2", [2, 3, 1], HOLDS, 0.5),
        ("a in the top 2", [3, 3, 1], HOLDS, 1.0),  # a tie inside the top leaves nothing open
        ("a in the top 2", [1, 3, 1], TIED, 0.0),
        ("a in the top 2", [1, 3, 2], FAILS, -0.5),
        ("a last", [1, 2, 3], HOLDS, 0.5),
        ("a last", [1, 1, 3], TIED, 0.0),
        ("a in the bottom 2", [2, 1, 3], HOLDS, 0.5),
        ("a in the bottom 2", [3, 1, 2], FAILS, -0.5),
        ("a above c", [2, 3, 1], HOLDS, 0.5),
        ("a above c", [1, 3, 1], TIED, 0.0),
        ("a below c", [1, 3, 2], HOLDS, 0.5),
    ],
)
def test_an_assertion_is_held_against_scores(text: str, scores: list[float], outcome: int, margin: float) -> None:
    found = judge(parse_assertion(text, "abc"), np.array([scores], float), ("a", "b", "c"))
    assert found[0].tolist() == [outcome]
    assert found[1].tolist() == [margin]


def test_who_leads_is_none_where_several_tie() -> None:
    scores = np.array([[3.0, 2, 1], [3, 3, 1], [1, 2, 2]])
    names = ("a", "b", "c")
    assert judge(parse_assertion("a first", names), scores, names)[2].tolist() == [0, -1, -1]
    assert judge(parse_assertion("a last", names), scores, names)[2].tolist() == [2, 2, 0]


def test_the_scale_of_the_verdict_is_fixed() -> None:
    counts = {1000: "every", 999: "nearly_every", 950: "nearly_every", 949: "most", 750: "most", 749: "more_than_half",
              501: "more_than_half", 500: "half_or_less", 250: "half_or_less", 249: "few", 51: "few", 50: "hardly_any",
              1: "hardly_any", 0: "none"}  # fmt: skip
    assert {holds: verdict(holds, 1000).removeprefix("claim.verdict_") for holds in counts} == counts
    assert verdict(0, 0) == "claim.verdict_untested"
    assert say(verdict(1, 2)) == say(verdict(289, 1000)) == "holds in at most half of the choices"
    assert say(verdict(51, 100)) == "holds in more than half of the choices"
    assert verdict(19 * 10**15 - 1, 20 * 10**15) == "claim.verdict_most"  # exact, however large the counts


# --- small studies made of a matrix: one rating for each criterion ---


def a_study(values: np.ndarray, names: tuple[str, ...], directions: tuple[int, ...] | None = None) -> Study:
    """Make a study of ratings from 0 to 1: alternatives in rows, criteria in columns."""
    criteria = []
    for j in range(values.shape[1]):
        cells = {
            name: Cell(alternative=name, leaf=f"leaf{j}", readings={"": Reading(value=float(v), low=0.0, high=1.0)})
            for name, v in zip(names, values[:, j], strict=True)
        }
        leaf = Leaf(
            key=f"leaf{j}",
            criterion=f"c{j}",
            title=Title(en=f"leaf {j}"),
            weight=1.0,
            kind="rating",
            unit="",
            scale=(0.0, 1.0),
            question=None,
            anchors={},
            cells=cells,
        )
        sign = 1 if directions is None else directions[j]
        criteria.append(
            Criterion(
                key=f"c{j}",
                title=Title(en=f"criterion {j}"),
                direction=sign,  # type: ignore[arg-type]
                weight=1.0,
                question=Title(en="?"),
                leaves=(leaf,),
            )
        )
    return Study(
        key="made",
        title=Title(en="Made"),
        question=Title(en="?"),
        about=None,
        alternatives=tuple(Alternative(key=name, title=Title(en=name)) for name in names),
        criteria=tuple(criteria),
        codings=(),
        sources={},
        evidence={},
        swot=None,
        folder=Path("nowhere"),
        scenario_folder=Path("nowhere"),
        hashes={},
    )


def option(key: str, kind: Kind = "equivalent", **fields: object) -> Choice:
    return Choice(key=key, title=Title(en=key), kind=kind, why=Title(en="because"), fields=fields)


def weighed(key: str, shares: Mapping[str, float], kind: Kind = "equivalent") -> Choice:
    source = WeightsSource(kind="shares", shares=shares)
    return replace(option(key, kind), weights=(WeightSet(key=key, source=source),))


def ordered(criteria: tuple[str, ...], kind: Kind = "non-equivalent") -> Choice:
    sets = tuple(
        WeightSet(key=" > ".join(order), source=WeightsSource(kind="order", order=order))
        for order in itertools.permutations(criteria)
    )
    return replace(option("orders", kind), weights=sets)


def dimension(key: str, *options: Choice) -> Dimension:
    return Dimension(key=key, title=Title(en=key), options=options)


def a_claim(assertion: Assertion, *dimensions: Dimension, **fields: object) -> Claim:
    claim = Claim(
        key="asked",
        title=Title(en="Asked"),
        note=None,
        assertion=assertion,
        source="paper",
        place="Conclusion",
        words=Title(en="words"),
        evidence=(),
        baseline=Scenario(key="baseline", title=Title(en="Baseline")),
        weight_space=True,
        dimensions=dimensions,
    )
    return replace(claim, **fields)  # type: ignore[arg-type]


METHOD = dimension("method", *(option(key, method=key) for key in ("weighted_sum", "topsis", "vikor", "promethee")))
NORMALIZATION = dimension("normalization", *(option(key, normalization=key) for key in ("minmax", "vector")))
FLOOR = dimension("floor", option("zero", rating_floor=0.0), option("fifth", rating_floor=0.2))
WEIGHTS = dimension(
    "weights",
    weighed("equal", {"c0": 1, "c1": 1, "c2": 1}),
    weighed("first", {"c0": 3, "c1": 1, "c2": 1}, "uncertain"),
    ordered(("c0", "c1", "c2")),
)


def random_study(seed: int, names: tuple[str, ...] = FORMATS) -> Study:
    return a_study(np.random.default_rng(seed).random((len(names), 3)), names, (1, -1, 1))


# --- honesty ---


@pytest.mark.parametrize("text", ["b first", "b above d", "d in the bottom two"])
def test_results_move_with_the_names(text: str) -> None:
    names, renamed = ("a", "b", "c", "d", "e"), {"a": "d", "b": "a", "c": "e", "d": "b", "e": "c"}
    values = np.random.default_rng(7).random((5, 3))
    directions = (1, -1, 1)
    asked = parse_assertion(text, names)
    told = replace(asked, subject=renamed[asked.subject], other=renamed.get(asked.other, ""))
    dimensions = (METHOD, NORMALIZATION, FLOOR, WEIGHTS)
    before = as_data(examine(a_study(values, names, directions), a_claim(asked, *dimensions), draws=2000))
    # The same rows under new names, in another order.
    order = [3, 0, 4, 1, 2]
    moved = a_study(values[order], tuple(renamed[names[i]] for i in order), directions)
    after = as_data(examine(moved, a_claim(told, *dimensions), draws=2000))
    words = json.dumps({**before, "assertion": "", "curve": ""}).replace('"leader": "', '"leader": "@')
    words = words.replace('"alternative": "', '"alternative": "@')
    for name, other in renamed.items():
        words = words.replace(f'"@{name}"', f'"{other}"')
    expected = json.loads(words)
    found = json.loads(json.dumps({**after, "assertion": "", "curve": ""}))
    for part in (expected, found):
        part["leaders"].sort(key=lambda item: str(item["alternative"]))
    assert _near(found, expected)


def _near(found: object, expected: object) -> bool:
    """Equal but for what another order of summation does to the last digits of a float."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(_near(found[key], expected[key]) for key in found)
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(_near, found, expected))
    if isinstance(found, float) and isinstance(expected, float):
        return abs(found - expected) < 1e-6
    return found == expected


def test_a_claim_that_is_true_by_construction_holds_everywhere_and_its_opposite_nowhere() -> None:
    values = np.array([[0.9, 0.1, 0.9], [0.8, 0.2, 0.7], [0.5, 0.6, 0.6], [0.2, 0.7, 0.4], [0.1, 0.9, 0.2]])
    study = a_study(values, FORMATS, (1, -1, 1))
    true = examine(study, a_claim(parse_assertion("usa first", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS))
    assert true.overall.specifications == true.overall.holds > 50
    assert true.verdict == "claim.verdict_every"
    assert true.weight_space is not None
    assert true.weight_space.shares[0].share == 1.0
    assert (true.breaks.size, true.breaks.count, true.explained.parts) == (None, 0, ())
    false = examine(study, a_claim(parse_assertion("china first", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS))
    assert (false.overall.holds, false.verdict) == (0, "claim.verdict_none")
    assert [(leader.alternative, leader.instead) for leader in false.leaders] == [("usa", false.overall.specifications)]


def test_over_500_random_studies_of_five_formats_each_is_first_in_a_fifth_of_specifications() -> None:
    dimensions = (
        dimension("method", option("weighted_sum", method="weighted_sum"), option("topsis", method="topsis")),
        WEIGHTS,
    )
    claim = a_claim(parse_assertion("eu first", FORMATS), *dimensions)
    shares = []
    for seed in range(500):
        tally = Counter(multiverse=run(random_study(seed), claim)).tally({})
        assert tally.specifications == 2 * 8
        shares.append(tally.holds / tally.specifications)
    error = np.std(shares, ddof=1) / np.sqrt(len(shares))
    assert abs(np.mean(shares) - 0.2) < 3 * error
    assert error < 0.02


# --- the universe ---


def everything(found: Multiverse) -> list[tuple[int, int, int]]:
    """Rank every combination by itself, and list outcome beside what the multiverse says: the slow twin."""
    grid, claim = found.grid, found.claim
    listed = []
    for place in range(grid.cells * grid.ways):
        chosen = [choice for _, choice in grid.choices(place)]
        scenario = applied(claim.baseline, chosen)
        for w, item in enumerate(grid.sets):
            if grid.excluded[grid.family[w], place]:
                continue
            assert item.source is not None
            problem = build(found.study, replace(scenario, weights=item.source)).problem
            own = scenario.normalization if mcda.METHODS[scenario.method].normalizations else None
            try:
                ranking = rank(problem, method=scenario.method, normalization=own, options=scenario.options)
            except NotApplicable:
                listed.append((place, w, SKIPPED))
                continue
            scores = ranking.scores if ranking.higher_is_better else -ranking.scores
            listed.append((place, w, int(judge(claim.assertion, scores[None, :], problem.alternatives)[0][0])))
    return listed


@pytest.mark.parametrize("seed", range(3))
def test_batched_outcomes_are_those_of_ranking_one_by_one(seed: int) -> None:
    methods = (*METHOD.options, option("weighted_product", method="weighted_product"))
    changed = Change(alternative="eu", leaf="leaf0", reading=Reading(value=0.0, low=0.0, high=0.0))
    cells = dimension("cell", option("adopted"), replace(option("disputed"), changes=(changed,)))
    dimensions = (cells, FLOOR, dimension("method", *methods), NORMALIZATION, WEIGHTS)
    claim = a_claim(parse_assertion("eu in the top two", FORMATS), *dimensions)
    found = run(random_study(seed), claim)
    listed = everything(found)
    assert len(listed) == found.grid.combinations == 2 * 2 * 5 * 2 * 8
    for place, w, outcome in listed:
        assert found.outcome[found.row[place], w] == outcome
    codes = {code for _, _, code in listed}
    assert {HOLDS, FAILS, SKIPPED} <= codes


def test_combinations_that_repeat_numbers_are_counted_once() -> None:
    # Min-max takes the floor away; VIKOR and PROMETHEE fix how they normalize.
    claim = a_claim(parse_assertion("eu first", FORMATS), FLOOR, METHOD, NORMALIZATION, WEIGHTS)
    plain = examine(random_study(1), claim)
    assert plain.combinations == 2 * 4 * 2 * 8
    assert plain.overall.specifications == 2 * (2 + 2 + 1 + 1) * 8
    assert plain.repeats == (0, 2 * 2 * 8)
    rule = Rule(when={"normalization": ("minmax",), "floor": ("fifth",)}, like={"floor": "zero"}, why=Title(en="."))
    ruled = examine(random_study(1), replace(claim, same=(rule,)))
    # Two rows less, of the weighted sum and TOPSIS; the others have the fifth still, under the vector norm.
    assert ruled.overall.specifications == plain.overall.specifications - 2 * 8
    # Four combinations fall under the rule, those of VIKOR and PROMETHEE too, which two others are equal to already.
    assert ruled.repeats == (4 * 8, 2 * 8)
    assert ruled.explained.share == plain.explained.share


def test_rules_about_what_repeats_lead_on_to_each_other() -> None:
    floors = dimension("floor", *(option(f"f{i}", rating_floor=i / 10) for i in range(3)))
    vikor = dimension("method", option("vikor", method="vikor"))  # looks at shares of a range, whatever the floor
    down = tuple(
        Rule(when={"floor": (f"f{i}",)}, like={"floor": f"f{i - 1}"}, why=Title(en="the range counts")) for i in (2, 1)
    )
    claim = a_claim(parse_assertion("eu first", FORMATS), floors, vikor, WEIGHTS)
    assert Counter(multiverse=run(random_study(8), claim)).tally({}).specifications == 3 * 8
    for rules in (down, down[::-1]):
        found = run(random_study(8), replace(claim, same=rules))
        assert Counter(multiverse=found).tally({}).specifications == 8
        assert found.grid.home.tolist() == [0, 0, 0]


def test_what_a_rule_leaves_out_is_counted_with_its_reason() -> None:
    rule = Rule(when={"method": ("topsis",), "weights": ("orders", "first")}, why=Title(en="not so"))
    claim = a_claim(parse_assertion("eu first", FORMATS), METHOD, NORMALIZATION, WEIGHTS, excluding=(rule,))
    found = examine(random_study(2), claim)
    assert [(left.why.en, count) for left, count in found.excluded] == [("not so", 2 * 7)]
    assert found.overall.specifications == (2 + 1 + 1) * 8 + 2 * 1
    left_out = claim_tables(found, "en")[-1]
    assert left_out.title_key == "claim.table.left_out"
    assert left_out.rows == (("left out: method: topsis; weights: first, orders", 14, "not so"),)


def test_what_cannot_be_ranked_is_skipped_with_its_reason_and_stops_nothing() -> None:
    product = option("product", method="weighted_product")
    methods = dimension("method", option("weighted_sum", method="weighted_sum"), product)
    claim = a_claim(parse_assertion("eu first", FORMATS), methods, WEIGHTS)
    values = np.random.default_rng(3).random((5, 3))
    values[2, 0] = 0.0
    found = examine(a_study(values, FORMATS), claim)
    assert (found.overall.specifications, found.overall.skipped) == (8, 8)
    (skip,) = found.skips
    assert (skip.method, skip.count, skip.fault.code) == ("weighted_product", 8, "fault.not_positive")
    assert found.combinations == 16
    only = replace(claim, dimensions=(dimension("method", product), WEIGHTS))
    with pytest.raises(StudyError, match="needs values above 0"):
        examine(a_study(values, FORMATS), only)


def test_kinds_are_pooled_apart() -> None:
    claim = a_claim(parse_assertion("eu first", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS)
    study = random_study(5)
    whole = examine(study, claim)
    for kinds, tally in (
        (("equivalent",), whole.equivalent),
        (("equivalent", "uncertain"), whole.plausible),
        (("equivalent", "uncertain", "non-equivalent"), whole.overall),
    ):
        assert Counter(multiverse=run(study, claim.restricted(kinds))).tally({}) == tally  # type: ignore[arg-type]
    assert whole.equivalent.specifications < whole.plausible.specifications < whole.overall.specifications


def test_options_add_up() -> None:
    claim = a_claim(parse_assertion("eu first", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS)
    found = examine(random_study(6), claim)
    for side in found.sides:
        total = sum(row.tally.specifications for row in side.options)
        # VIKOR and PROMETHEE belong to both normalizations, and their outcomes are counted under each.
        assert total == found.overall.specifications + (2 * 2 * 8 if side.dimension.key == "normalization" else 0)
    for row in found.sides[0].options:
        assert sum(tally.holds for tally in row.by_weights) == row.tally.holds
    assert sum(leader.count for leader in found.leaders) == found.overall.specifications
    assert sum(leader.instead for leader in found.leaders) == found.overall.specifications - found.overall.holds


# --- what the outcome hangs on ---


def cross(holds: np.ndarray, valid: np.ndarray | None = None, families: list[int] | None = None) -> _Cross:
    sizes = families or [1] * holds.shape[-1]
    mass = np.array([np.lcm.reduce(sizes) // size for size in sizes for _ in range(size)])
    family = np.repeat(np.arange(len(sizes)), sizes)
    whole = np.ones_like(holds) if valid is None else valid
    return _Cross(holds & whole, whole, family, mass)


def test_one_choice_that_decides_everything_explains_everything() -> None:
    holds = np.zeros((2, 3, 4), bool)
    holds[1] = True
    parts = {part.key: part for part in cross(holds).parts(["a", "b", "c"])}
    assert (parts["a"].first, parts["a"].total, parts["a"].shares) == (1.0, 1.0, (0.0, 1.0))
    for key in "bc":
        assert (parts[key].first, parts[key].total) == (0.0, 0.0)


def test_two_choices_that_decide_together_explain_nothing_alone() -> None:
    a, b, _ = np.indices((2, 2, 3))
    parts = {part.key: part for part in cross((a ^ b).astype(bool)).parts(["a", "b", "c"])}
    for key in "ab":
        assert (parts[key].first, parts[key].total) == (0.0, 1.0)
    assert parts["c"].total == 0.0


def slow(holds: np.ndarray, valid: np.ndarray, mass: list[np.ndarray], axis: int) -> tuple[float, float]:
    """First-order and total shares by their definitions, cell by cell."""
    weight = valid.astype(float)
    for k, m in enumerate(mass):
        weight = weight * m.reshape(-1, *[1] * (holds.ndim - k - 1))
    mean = (weight * holds).sum() / weight.sum()
    variance = mean * (1 - mean)
    others = tuple(k for k in range(holds.ndim) if k != axis)
    by_option, hits = weight.sum(axis=others), (weight * holds).sum(axis=others)
    first = (by_option * (hits / np.maximum(by_option, 1e-300) - mean) ** 2).sum() / weight.sum() / variance
    by_rest, hits = weight.sum(axis=axis), (weight * holds).sum(axis=axis)
    share = hits / np.where(by_rest > 0, by_rest, 1.0)
    total = (by_rest * share * (1 - share)).sum() / weight.sum() / variance
    return first, total


@pytest.mark.parametrize("seed", range(6))
def test_decomposition_equals_its_definition_also_with_holes_and_families(seed: int) -> None:
    generator = np.random.default_rng(seed)
    sizes = [1, 4, 1, 2]
    holds = generator.random((3, 2, 4, sum(sizes))) < generator.random((3, 1, 1, 1))
    valid = generator.random(holds.shape) < 0.9
    found = cross(holds, valid, sizes)
    masses = [np.ones(3), np.ones(2), np.ones(4), np.repeat([1 / s for s in sizes], sizes)]
    parts = list(found.parts(["a", "b", "c", "w"]))
    # The definitions take each set of weights for itself; families are compared for the other dimensions' totals.
    for axis, part in enumerate(parts[:3]):
        first, total = slow(holds & valid, valid, masses, axis)
        assert (part.first, part.total) == pytest.approx((first, total))
    assert parts[3].total == pytest.approx(slow(holds & valid, valid, masses, 3)[1])
    # Leaving an option out is the same as never having had it.
    left_out = []
    for axis, options in enumerate((3, 2, 4)):
        if options > (2 if axis == 0 else 1):
            for i in range(options):
                less = cross(np.delete(holds, i, axis), np.delete(valid, i, axis), sizes)
                left_out.append(next(p for p in less.parts(["a", "b", "c", "w"]) if p.key == "a"))
    for i in range(len(sizes)):
        columns = np.flatnonzero(np.repeat(np.arange(len(sizes)), sizes) == i)
        rest = [size for k, size in enumerate(sizes) if k != i]
        less = cross(np.delete(holds, columns, 3), np.delete(valid, columns, 3), rest)
        left_out.append(next(p for p in less.parts(["a", "b", "c", "w"]) if p.key == "a"))
    firsts, totals = [parts[0].first, *(p.first for p in left_out)], [parts[0].total, *(p.total for p in left_out)]
    assert parts[0].first_range == pytest.approx((min(firsts), max(firsts)))
    assert parts[0].total_range == pytest.approx((min(totals), max(totals)))


def test_fewest_changes_are_found_by_trying_all() -> None:
    sizes = []
    for seed in range(12):
        claim = a_claim(parse_assertion("eu above china", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS)
        found = run(random_study(seed), claim)
        codes = {(place, w): code for place, w, code in everything(found)}
        before = codes[0, 0] == HOLDS
        steps = {
            key: sum(int(i) > 0 for i in np.unravel_index(key[0], found.grid.shape)) + (key[1] > 0)
            for key, code in codes.items()
            if code != SKIPPED and (code == HOLDS) != before
        }
        breaks = Neighbourhood(found).breaks()
        assert breaks.size == (min(steps.values()) if steps else None)
        assert breaks.count == sum(size == breaks.size for size in steps.values())
        assert all(len(item.steps) == breaks.size and item.holds != before for item in breaks.sets)
        sizes.append(breaks.size)
    assert len(set(sizes)) > 1


def test_curve_is_sorted_keeps_its_ends_and_the_baseline_and_names_the_choices() -> None:
    claim = a_claim(parse_assertion("eu first", FORMATS), METHOD, NORMALIZATION, FLOOR, WEIGHTS)
    found = run(random_study(4), claim)
    whole, thin = curve(found, points=10_000), curve(found, points=7)
    assert whole.specifications == len(whole.position) == 2 * (2 + 2 + 1 + 1) * 8
    assert (np.diff(whole.margin) >= 0).all()
    assert whole.below == (whole.margin < 0).sum() == (whole.outcome == FAILS).sum()
    assert thin.baseline in thin.position
    assert {thin.position[0], thin.position[-1]} == {0, whole.specifications - 1}
    assert 7 <= len(thin.position) <= 8
    normalization = [item.key for item in whole.dimensions].index("normalization")
    method = [item.key for item in whole.dimensions].index("method")
    fixed = np.isin(whole.choice[:, method], [2, 3])  # VIKOR and PROMETHEE normalize in their own way
    assert (whole.choice[fixed, normalization] == -1).all()
    assert (whole.choice[~fixed, normalization] >= 0).all()


# --- the shipped claims ---


@pytest.fixture(scope="module")
def shipped() -> Study:
    return read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture(scope="module")
def answer(shipped: Study) -> tuple[ClaimResult, float]:
    claim = read_claim(shipped, "eu-most-promising")
    begin = time.process_time()
    result = examine(shipped, claim)
    return result, time.process_time() - begin


def test_every_shipped_claim_is_without_fault_and_justifies_every_option(shipped: Study) -> None:
    assert check_claims(shipped) == []
    assert len(claim_keys(shipped)) >= 4
    for key in claim_keys(shipped):
        claim = read_claim(shipped, key)
        for item in claim.dimensions:
            for choice in item.options:
                assert choice.why.en
                assert choice.why.ru
                assert choice.why.kk
                assert "\n" not in choice.why.en
        assert claim.evidence
        assert set(claim.evidence) <= set(shipped.evidence)
        assert claim.baseline.key == "baseline"


def test_first_options_are_the_baseline_scenario(shipped: Study) -> None:
    claim = read_claim(shipped, "eu-most-promising")
    first = [item.options[0] for item in claim.dimensions if item.role != "weights"]
    assert build(shipped, applied(claim.baseline, first)).problem.values.tolist() == (
        build(shipped, claim.baseline).problem.values.tolist()
    )
    scenario = applied(claim.baseline, first)
    assert (scenario.method, scenario.normalization) == (claim.baseline.method, claim.baseline.normalization)


def test_the_whole_universe_of_the_shipped_claim_is_ranked_in_time_and_accounted_for(
    answer: tuple[ClaimResult, float],
) -> None:
    result, seconds = answer
    assert seconds < 30
    left_out = sum(count for _, count in result.excluded)
    tested = result.overall.specifications + result.overall.skipped
    assert result.combinations == sum(result.repeats) + left_out + tested
    assert result.overall.specifications > 1_000_000
    assert sum(skip.count for skip in result.skips) >= result.overall.skipped
    route = result.side("route")
    assert route is not None
    swot = {row.option.key: row.tally for row in route.options if row.option.key.startswith("swot")}
    # A SWOT balance has no sub-criteria: 6 ways each by TOPSIS and the sum, VIKOR, PROMETHEE, EDAS, the product by the
    # vector norm and once by the scale and both shares; all weights but entropy.
    assert {tally.specifications + tally.skipped for tally in swot.values()} == {17 * 33}
    assert result.baseline.outcome in (HOLDS, FAILS, TIED)
    assert {part.key for part in result.explained.parts} == {item.key for item in result.claim.dimensions}


def test_answer_as_data_and_in_words_agree(answer: tuple[ClaimResult, float]) -> None:
    result, _ = answer
    data = json.loads(json.dumps(as_data(result), allow_nan=False))
    assert {"claim", "holds", "specifications", "share", "baseline", "verdict", "breaks"} <= data.keys()
    assert data["share"] == data["holds"] / data["specifications"]
    for lang in ("en", "ru", "kk"):
        told = [note.text(lang) for note in notes(result, lang)]
        assert all(text and "{" not in text for text in told)
    told = {note.code: note.text() for note in notes(result)}
    assert f"{result.overall.holds:,} of {result.overall.specifications:,}" in told["claim.verdict"]


def narrowed(claim: Claim, *keys: str) -> Claim:
    """Keep some dimensions of a claim."""
    dimensions = tuple(item for item in claim.dimensions if item.key in keys)
    kept = {item.key for item in dimensions}
    return replace(
        claim,
        dimensions=dimensions,
        same=tuple(rule for rule in claim.same if {*rule.when, *rule.like} <= kept),
        excluding=tuple(rule for rule in claim.excluding if set(rule.when) <= kept),
    )


def test_shipped_rules_about_what_repeats_are_true_and_shipped_outcomes_those_of_single_runs(shipped: Study) -> None:
    whole = read_claim(shipped, "eu-most-promising")
    claim = narrowed(whole, "route", "structure", "money", "rating_floor", "method", "normalization", "weights")
    assert len(claim.same) == len(whole.same) - 1 == 11  # the one about SWOT names dimensions that are left out here
    found = run(shipped, claim)
    grid = found.grid
    generator = np.random.default_rng(11)
    repeats = np.flatnonzero(grid.home != np.arange(len(grid.home)))
    places = [*generator.choice(repeats, 150, replace=False), *generator.integers(0, len(grid.home), 150)]
    compared = 0
    for place in map(int, places):
        w = int(generator.integers(len(grid.sets)))
        item = grid.sets[w]
        if item.source is None or grid.excluded[grid.family[w], place]:
            continue
        scenario = applied(claim.baseline, [choice for _, choice in grid.choices(place)])
        if scenario.route.startswith("swot"):
            scenario = replace(scenario, structure="criteria")
        problem = build(shipped, replace(scenario, weights=item.source)).problem
        own = scenario.normalization if mcda.METHODS[scenario.method].normalizations else None
        try:
            ranking = rank(problem, method=scenario.method, normalization=own)
        except NotApplicable:
            assert found.outcome[found.row[place], w] == SKIPPED
            continue
        scores = ranking.scores if ranking.higher_is_better else -ranking.scores
        outcome, margin, _ = judge(claim.assertion, scores[None, :], problem.alternatives)
        assert found.outcome[found.row[place], w] == outcome[0]
        assert found.margin[found.row[place], w] == pytest.approx(margin[0], abs=1e-6)
        compared += 1
    assert compared > 150


def test_no_pooled_share_stands_alone(answer: tuple[ClaimResult, float]) -> None:
    result, _ = answer
    told = {note.code: note for note in notes(result)}
    verdict = told["claim.verdict"].text()
    assert f"({result.overall.holds:,} of {result.overall.specifications:,} specifications" in verdict
    assert "with every option of every choice counting alike it holds in at most half of the choices" in verdict
    assert f"({result.explained.share:.1%})" in verdict
    # The 24 orders are one option of 11, and 24 sets of weights of 34.
    heavy = told["claim.heavy"].values
    assert (heavy["options"], heavy["equal"]) == ("all 24 orders of importance", 1 / 11)
    assert heavy["share"] == pytest.approx(24 / 34, abs=1e-3)
    light = told["claim.light"].values
    assert light["options"] == "SWOT balance, coding 1; SWOT balance, coding 2; SWOT balance, coding 3"
    assert light["share"] == 3 * 17 * 33 / result.overall.specifications
    assert light["equal"] == 3 / 7


def test_what_breaks_a_claim_is_told_by_titles_and_cut_short(answer: tuple[ClaimResult, float]) -> None:
    result, _ = answer
    words = {lang: {note.code: note.text(lang) for note in notes(result, lang)} for lang in ("en", "ru")}
    told = words["en"]["claim.breaks_any"]
    assert told.count("→") == SHOWN
    assert told.endswith(f"; and {result.breaks.count - SHOWN} more.")
    tables = {table.title_key: to_markdown(table, "ru") for table in claim_tables(result, "ru")}
    assert tables["claim.table.singles"].count("\n| ") == 1 + 1 + len(result.singles)
    every = "\n".join((*words["en"].values(), *words["ru"].values(), *tables.values()))
    keys = {criterion.key for criterion in result.study.criteria} | {"weighted_product"}
    assert not [key for key in keys if key in every]
    assert "| Веса | Институционализация > Масштаб инвестиций >" in markdown_of(tables["claim.table.singles"])
    rows = claim_tables(result, "en")[-1].rows
    ways = [row[0] for row in rows if str(row[0]).startswith("cannot be ranked")]
    assert ways == [
        f"cannot be ranked: weighted product, {name}" for name in ("vector norm", "declared scale", "share of the best")
    ]
    assert rows[-1][2] == "values above 0 are needed; for instance, Announced public finance, USA: 0"


def markdown_of(text: str) -> str:
    return text.replace("\\", "").replace("&gt;", ">")


def test_ranges_beside_the_decomposition_are_no_sampling_error(answer: tuple[ClaimResult, float]) -> None:
    (table,) = (table for table in claim_tables(answer[0], "en") if table.title_key == "claim.table.explained")
    text = to_markdown(table, "en")
    assert "without sampling error, and the ranges are no confidence intervals" in text
    assert "when any one option is left out" in text
    assert [row[2] for row in table.rows] == sorted((part.total for part in answer[0].explained.parts), reverse=True)


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_an_answer_is_short_and_says_each_thing_once(answer: tuple[ClaimResult, float], lang: str) -> None:
    result, _ = answer
    told = [note.text(lang) for note in notes(result, lang)]
    assert len(told) <= 24
    assert max(map(len, told)) <= 420
    tables = claim_tables(result, lang)
    assert sum(len(table.rows) for table in tables) < 150
    assert not [text for table in tables for text in told if text in to_markdown(table, lang)]
    keys = [table.title_key for table in tables]
    assert len(set(keys)) == len(keys)


def test_routes_and_weights_come_before_what_is_pooled_with_their_extremes(answer: tuple[ClaimResult, float]) -> None:
    result, _ = answer
    codes = [note.code for note in notes(result)]
    assert codes[0] == "claim.titled"
    places = [codes.index(code) for code in ("claim.not_independent", "claim.by_option", "claim.verdict_equivalent_only",
              "claim.verdict_plausible_only", "claim.verdict", "claim.start_holds", "claim.breaks_any",
              "claim.instead", "claim.explained", "claim.counts")]  # fmt: skip
    assert places == sorted(places)
    for note in notes(result):
        if note.code == "claim.by_option":
            side = next(side for side in result.sides if side.dimension.title.en == note.values["dimension"])
            shares = {row.option.title.en: row.tally.share for row in side.options}
            assert (note.values["least_share"], note.values["most_share"]) == (min(shares.values()), max(shares.values()))
            assert shares[str(note.values["most"])] == note.values["most_share"]


@pytest.fixture(scope="module")
def china(shipped: Study) -> ClaimResult:
    return examine(shipped, narrowed(read_claim(shipped, "china-economically-effective"), "route", "method", "weights"))


def test_a_claim_says_what_it_fixes_and_is_not_taken_for_its_scenario(shipped: Study, china: ClaimResult) -> None:
    told = [note.text() for note in notes(china)]
    assert told[:4] == [
        "Claim: The China format is effective in the economy.",
        "Read as first by investment scale alone: the weights are part of the claim.",
        "What is tested: China is first by Investment scale alone.",
        "The claim fixes, so that nothing else is tested there: Weights: investment scale alone.",
    ]
    scenario = read_scenario(shipped, "baseline")
    assert f"“{scenario.title.en}”" in told[4]
    assert china.start.own
    assert not any("t the baseline" in text for text in told)
    assert any(text.startswith("At the claim's starting point it holds") for text in told)
    problem = build(shipped, scenario).problem
    ranking = rank(problem, method=scenario.method, normalization=scenario.normalization)
    assert (china.start.scenario.leader,) == ranking.first() == ("eu",)
    assert f"In the scenario “{scenario.title.en}” itself, first: EU." in told
    data = as_data(china)
    assert data["fixes"] == {"weights": "economy"}
    assert data["scenario"]["leader"] == "eu"  # type: ignore[index]
    for lang in ("ru", "kk"):
        assert any(china.claim.note.get(lang) == note.text(lang) for note in notes(china, lang) if china.claim.note)


def test_a_claim_that_starts_from_its_scenario_speaks_of_the_baseline(answer: tuple[ClaimResult, float]) -> None:
    result, _ = answer
    assert not result.start.own
    assert result.start.fixed == ()
    assert result.start.scenario.margin == pytest.approx(result.baseline.margin)
    told = [note.text() for note in notes(result)]
    assert any(text.startswith("At the baseline it holds") for text in told)
    assert not any("itself" in text for text in told)


def test_a_claim_with_weights_of_its_own_names_them(shipped: Study) -> None:
    claim = narrowed(read_claim(shipped, "japan-under-implemented"), "method", "weights")
    found = examine(shipped, claim)
    told = {note.code: note.text() for note in notes(found)}
    assert told["claim.read_as"].startswith("Read as last by what the paper says is lacking")
    assert "institutions and economy alike; institutionalization alone" in told["claim.own_weights"]
    assert "claim.fixes" not in told
    assert found.start.own


def test_the_fewest_changes_have_a_table_where_one_is_not_enough() -> None:
    weights = dimension("weights", *WEIGHTS.options[:2])
    claim = a_claim(parse_assertion("eu above china", FORMATS), METHOD, NORMALIZATION, FLOOR, weights)
    seen = set()
    for seed in range(20, 36):
        found = examine(random_study(seed), claim, draws=50)
        rows = [len(table.rows) for table in claim_tables(found, "en") if table.title_key == "claim.table.sets"]
        assert rows == ([len(found.breaks.sets)] if found.breaks.size not in (None, 1) else [])
        seen.add(found.breaks.size)
    assert {1, 2, None} <= seen


def test_share_of_all_weights_is_the_acceptability_at_the_baseline(
    shipped: Study, answer: tuple[ClaimResult, float]
) -> None:
    result, _ = answer
    space = result.weight_space
    assert space is not None
    by_route = {share.route.key: share for share in space.shares if share.route}
    assert list(by_route) == list(shipped.routes)
    for route in ("ratings", "coding-2", "swot-1"):
        problem = build(shipped, replace(result.claim.baseline, route=route)).problem
        sure = acceptability(problem, method="topsis", normalization="vector", draws=space.shares[0].draws)
        eu = problem.alternatives.index("eu")
        difference = by_route[route].share - sure.rank_acceptability[eu, 0]
        assert abs(difference) <= 4 * by_route[route].standard_error + 1e-12


def test_policies_of_the_paper_cite_their_recommendation_and_keep_to_the_scale(shipped: Study) -> None:
    policies = {"permanent-secretariats": 1, "regional-roadmap": 2, "infrastructure-integration": 3,
                "inclusive-neutrality": 4, "anti-crisis-protocols": 5}  # fmt: skip
    for key, number in policies.items():
        scenario = read_scenario(shipped, key)
        assert "ssumption" in scenario.note.en if scenario.note else False
        for change in scenario.changes:
            assert f"text-all-recommendation{number}" in change.reading.evidence
            assert "ssumption" in change.reading.reason
            assert change.reading.value is not None
            adopted = shipped.leaf(change.leaf).cells[change.alternative].value
            assert key == "permanent-secretariats" or abs(change.reading.value - adopted) == 0.5


# --- claim files and their faults ---

CLAIM = """\
title: Speed
claim: {claim}
asserted:
  by: {by}
  where: Conclusion
  words: The first is fastest.
baseline: baseline
universe:
  method:
    title: Method
    options:
      topsis: {{kind: equivalent, why: usual}}
      {method}: {{kind: {kind}, why: usual}}
  weights:
    title: Weights
    options:
      all: {{kind: equivalent, why: none, set: {{weights: {{orders: all}}}}}}
      {profile}: {{kind: uncertain, why: none}}
excluding:
  - when: {{method: {when}}}
    why: not so
"""
SOUND = {
    "claim": "usa first",
    "by": "turan-2025",
    "method": "vikor",
    "kind": "uncertain",
    "profile": "kazakhstan",
    "when": "vikor",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped study without its claims, as the current folder."""
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios", ignore=shutil.ignore_patterns("claims"))
    (tmp_path / "scenarios" / "claims").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, name: str = "asked", **parts: str) -> Path:
    path = folder / "scenarios" / "claims" / f"{name}.yaml"
    path.write_text(CLAIM.format(**{**SOUND, **parts}), encoding="utf-8")
    return path


def test_a_sound_claim_file_is_read(folder: Path) -> None:
    written(folder)
    study = read_study()
    claim = read_claim(study, "asked")
    assert claim.assertion.text == "usa first"
    assert [item.role for item in claim.dimensions] == ["procedure", "weights"]
    assert [len(choice.weights) for choice in claim.dimensions[1].options] == [24, 1]
    assert claim.dimensions[0].options[1].fields == {"method": "vikor"}
    assert examine(study, claim, draws=100).overall.specifications == 25
    assert "scenarios/claims/asked.yaml" in claim.hashes


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"claim": "us first"}, "scenarios/claims/asked.yaml:2:8: claim: alternative 'us' is unknown"),
        ({"claim": "usa best"}, "scenarios/claims/asked.yaml:2:8: claim: 'usa best' is no assertion: write for "),
        ({"by": "turan-2024"}, "scenarios/claims/asked.yaml:4:7: asserted.by: source 'turan-2024' is unknown (did you "
         "mean 'turan-2025'?): write one of"),
        ({"method": "vikar"}, "scenarios/claims/asked.yaml:13:7: universe.method.options.vikar: method 'vikar' is "
         "unknown (did you mean 'vikor'?): write one of"),
        ({"kind": "sure"}, "scenarios/claims/asked.yaml:13:21: universe.method.options.vikor.kind: kind 'sure' is "
         "unknown: write one of equivalent, uncertain, non-equivalent"),
        ({"profile": "kazakstan"}, "scenarios/claims/asked.yaml:18:7: universe.weights.options.kazakstan: scenario "
         "'kazakstan' is unknown (did you mean 'kazakhstan'?): write one of"),
        ({"when": "vikar"}, "scenarios/claims/asked.yaml:20:20: excluding.1.when.method: option of method 'vikar' is "
         "unknown (did you mean 'vikor'?): write one of topsis, vikor"),
    ],
)  # fmt: skip
def test_a_faulty_claim_file_is_told_by_line(folder: Path, parts: dict[str, str], message: str) -> None:
    written(folder, **parts)
    study = read_study()
    with pytest.raises(StudyError) as error:
        read_claim(study, "asked")
    assert message in {fault.text()[: len(message)] for fault in error.value.faults}
    assert {fault.text() for fault in check_claims(study)} == {fault.text() for fault in error.value.faults}


def test_all_faults_of_a_claim_file_are_told_at_once(folder: Path) -> None:
    written(folder, claim="usa best", by="someone", method="vikar", profile="nobody", when="nothing")
    with pytest.raises(StudyError) as error:
        read_claim(read_study(), "asked")
    assert [fault.line for fault in error.value.faults] == [2, 4, 13, 18, 20]


def test_claims_take_over_from_each_other_and_refuse_circles(folder: Path) -> None:
    written(folder)
    head = "title: B\nclaim: eu last\nasserted: {by: turan-2025, where: x, words: y}\nbased_on: asked\n"
    own = "universe:\n  method:\n    title: M\n    options:\n      edas: {kind: equivalent, why: z}\n"
    (folder / "scenarios" / "claims" / "b.yaml").write_text(head + own, encoding="utf-8")
    study = read_study()
    claim = read_claim(study, "b")
    assert [choice.key for choice in claim.dimension("method").options] == ["edas"]
    assert [choice.key for choice in claim.dimension("weights").options] == ["all", "kazakhstan"]
    assert claim.excluding == ()  # it was about an option that is no longer there
    path = folder / "scenarios" / "claims" / "b.yaml"
    path.write_text(head.replace("based_on: asked", "based_on: b") + own, encoding="utf-8")
    with pytest.raises(StudyError, match=r"b\.yaml:4:1: based_on: .*circle \(b -> b\)"):
        read_claim(study, "b")
    with pytest.raises(StudyError, match="claim 'c' is unknown: write one of asked, b"):
        read_claim(study, "c")


def test_weights_stand_alone_in_a_claim(folder: Path) -> None:
    path = written(folder)
    text = path.read_text(encoding="utf-8")
    mixed = text.replace("{kind: uncertain, why: none}", "{kind: uncertain, why: none, set: {method: vikor}}")
    path.write_text(mixed, encoding="utf-8")
    with pytest.raises(StudyError, match="option 'kazakhstan' stands among weights"):
        read_claim(read_study(), "asked")
    path.write_text(text.split("universe:")[0], encoding="utf-8")
    with pytest.raises(StudyError, match="no choice to test the claim over"):
        read_claim(read_study(), "asked")


def test_explained_is_empty_where_nothing_varies() -> None:
    values = np.array([[0.9, 0.9, 0.9], [0.1, 0.2, 0.3]])
    found = run(a_study(values, ("a", "b")), a_claim(parse_assertion("a first", "ab"), METHOD, WEIGHTS))
    assert explained(found).parts == ()
    assert explained(found).share == 1.0
