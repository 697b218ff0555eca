"""What counts once in a claim: rules that are true whatever the data, and what agrees by the chance of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.claim.alike import alike, classes
from mcda.claim.examine import examine
from mcda.claim.grid import lay_out
from mcda.claim.run import PROBES, SKIPPED, TOLERANCE, Multiverse, run, stretched
from mcda.claim.tally import Counter
from mcda.claim.told import notes
from mcda.engine.methods import rank
from mcda.study.assertion import HOLDS
from mcda.study.claims import claim_keys, read_claim
from mcda.study.files import read_scenario, read_study
from mcda.study.model import Alternative, Cell, Leaf, Reading, Study, SwotItem, Title
from mcda.study.scenario import build
from mcda.study.universe import Claim, Rule

ROOT = Path(mcda.__file__).parent.parent
MANY = 25  # invented formats: enough that no order survives a logarithm or a floor by chance


@pytest.fixture(scope="module")
def shipped() -> Study:
    return read_study(ROOT / "criteria", ROOT / "scenarios")


@pytest.fixture(scope="module")
def claim(shipped: Study) -> Claim:
    """The shipped universe with one of the options that do the same to other numbers, and one set of weights."""
    whole = read_claim(shipped, "eu-most-promising")
    kept = {"route": ("ratings", "coding-1", "swot-1"), "us-secretariat": ("adopted", "accepted")}
    return narrowed(whole, {**kept, "eu-trade": ("adopted",), "weights": ("equal",)})


def narrowed(claim: Claim, kept: Mapping[str, tuple[str, ...]]) -> Claim:
    """Keep some options of some dimensions, and of each rule what is about them."""
    dimensions = tuple(
        replace(item, options=tuple(o for o in item.options if o.key in kept.get(item.key, (o.key,))))
        for item in claim.dimensions
    )
    names = {item.key: {option.key for option in item.options} for item in dimensions}

    def left(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        cut = (replace(r, when={k: tuple(o for o in v if o in names[k]) for k, v in r.when.items()}) for r in rules)
        return tuple(rule for rule in cut if all(rule.when.values()))

    return replace(claim, dimensions=dimensions, same=left(claim.same), excluding=left(claim.excluding))


def invented(study: Study, seed: int) -> Study:
    """Give a study of the same shape with random numbers, silent cells and items, and many formats."""
    generator = np.random.default_rng(seed)
    more = tuple(Alternative(key=f"x{i}", title=Title(en=f"X{i}")) for i in range(MANY))
    alternatives, keys = (*study.alternatives, *more), [criterion.key for criterion in study.criteria]

    def cell(leaf: Leaf, alternative: str) -> Cell:
        (low, high), silent, readings = leaf.scale, generator.random() < 0.1, {}
        for coding in study.codings:
            below, value, above = np.sort(low + (high - low) * (0.05 + 0.9 * generator.random(3))).tolist()
            rows = leaf.cells[alternative].readings[coding.key].evidence if alternative in leaf.cells else ()
            given = None if silent or generator.random() < 0.1 else value
            readings[coding.key] = Reading(value=given, low=below, high=above, evidence=rows)
        return Cell(alternative=alternative, leaf=leaf.key, readings=readings)

    def items() -> tuple[SwotItem, ...]:
        return tuple(
            SwotItem(
                id=f"{alternative.key}-{i}",
                alternative=alternative.key,
                criterion=keys[int(generator.integers(len(keys)))],
                sign=1 if generator.random() < 0.7 else -1,  # so that no balance is the reflection of another one
                reason="",
            )
            for alternative in alternatives
            for i in range(8)
        )

    criteria = tuple(
        replace(c, leaves=tuple(replace(x, cells={a.key: cell(x, a.key) for a in alternatives}) for x in c.leaves))
        for c in study.criteria
    )
    assert study.swot is not None
    swot = replace(study.swot, codings={key: items() for key in study.swot.codings})
    return replace(study, alternatives=alternatives, criteria=criteria, swot=swot)


def agreeing(study: Study, claim: Claim) -> tuple[Multiverse, np.ndarray]:
    """Number the combinations (cells * ways,) so that those with the same ranking by the same margins share a number.

    No rule plays a part; -1 where a combination is left out or cannot be ranked.
    """
    found = run(study, replace(claim, same=()))
    numbers = classes(found.prints)[found.row]
    numbers[(found.grid.excluded[0] != 0) | (found.row < 0) | (found.outcome[found.row, 0] == SKIPPED)] = -1
    return found, numbers


@pytest.fixture(scope="module")
def compared(shipped: Study, claim: Claim) -> tuple[np.ndarray, np.ndarray]:
    """All combinations that can be ranked: which agree on two sets of random data, and which the claim counts once."""
    first, second = (invented(shipped, seed) for seed in (1, 2))
    (_, numbers), (_, others) = (agreeing(study, claim) for study in (first, second))
    rows = run(first, claim).row
    told = (numbers >= 0) & (others >= 0)
    both = np.unique(np.c_[numbers[told], others[told]], axis=0, return_inverse=True)[1].ravel()
    return both, rows[told]


def described(places: np.ndarray) -> str:
    return f"{len(places)} of the combinations, for instance {places[:3].tolist()}"


def test_what_agrees_on_any_data_is_counted_once(compared: tuple[np.ndarray, np.ndarray]) -> None:
    agree, rows = compared
    pairs = np.unique(np.c_[agree, rows], axis=0)
    classes_, counts = np.unique(pairs[:, 0], return_counts=True)
    assert len(classes_) > 5_000
    undeclared = classes_[counts > 1]
    assert len(undeclared) == 0, described(undeclared)


def test_what_is_counted_once_agrees_on_any_data(compared: tuple[np.ndarray, np.ndarray]) -> None:
    agree, rows = compared
    pairs = np.unique(np.c_[rows, agree], axis=0)
    kept, counts = np.unique(pairs[:, 0], return_counts=True)
    wrong = kept[counts > 1]
    assert len(wrong) == 0, described(wrong)


@pytest.mark.parametrize("left_out", range(12))
def test_no_rule_is_idle(claim: Claim, left_out: int) -> None:
    rules = tuple(rule for i, rule in enumerate(claim.same) if i != left_out)
    assert len(claim.same) == 12
    few = narrowed(claim, {"route": ("ratings", "swot-1"), "missing": ("median",), "leaf_weights": ("declared",)})
    with_all, without = (replace(few, same=same) for same in (few.same, rules))
    homes = [len(np.unique(lay_out(each).home)) for each in (with_all, without)]
    assert homes[1] > homes[0]


# --- the numbers that the rules are about, one by one ---


@pytest.mark.parametrize(
    ("method", "normalization", "one", "other"),
    [
        ("topsis", "vector", {"structure": "leaves-raw"}, {"structure": "leaves", "rating_floor": 0.2}),
        ("weighted_sum", "max", {"structure": "leaves-raw"}, {"structure": "leaves", "rating_floor": 0.2}),
        ("edas", None, {"structure": "leaves-raw"}, {"structure": "leaves", "rating_floor": 0.2}),
        ("weighted_sum", "scale", {"structure": "leaves"}, {"structure": "criteria"}),
    ],
)
def test_two_ways_to_write_one_specification(
    shipped: Study, method: str, normalization: str | None, one: dict[str, object], other: dict[str, object]
) -> None:
    base = read_scenario(shipped, "baseline")
    scores = [
        rank(build(shipped, replace(base, **fields)).problem, method=method, normalization=normalization).scores
        for fields in (one, other)
    ]
    assert scores[0] == pytest.approx(scores[1], abs=1e-12)


@pytest.mark.parametrize("normalization", ["sum", "linear"])
def test_shares_of_raw_ratings_are_numbers_of_their_own(shipped: Study, normalization: str) -> None:
    base, scores = read_scenario(shipped, "baseline"), {}
    for structure, floor in (("leaves", 0.0), ("leaves", 0.2), ("leaves-raw", 0.0)):
        problem = build(shipped, replace(base, structure=structure, rating_floor=floor)).problem  # type: ignore[arg-type]
        scores[structure, floor] = rank(problem, method="topsis", normalization=normalization).scores
    raw = scores.pop(("leaves-raw", 0.0))
    assert all(np.abs(raw - other).max() > 1e-3 for other in scores.values())


# --- what agrees on these data ---


def test_rows_that_agree_share_a_number_and_others_do_not() -> None:
    generator = np.random.default_rng(3)
    prints = generator.random((400, 40))
    copies = generator.integers(0, 400, 300)
    noise = generator.uniform(-0.5, 0.5, (300, 40)) * TOLERANCE
    numbers = classes(np.concatenate([prints, prints[copies] + noise]))
    assert len(np.unique(numbers[:400])) == 400
    assert (numbers[400:] == numbers[copies]).all()
    apart = prints[0] + np.eye(40)[7] * 10 * TOLERANCE  # one score of one alternative at one weighting
    assert len(np.unique(classes(np.stack([prints[0], apart])))) == 2


def test_scores_are_held_against_each_other_whatever_their_zero_and_unit() -> None:
    scores = np.random.default_rng(4).random((3, 5))
    found = stretched(scores)
    assert found.min(axis=1).tolist() == [0, 0, 0]
    assert found.max(axis=1).tolist() == [1, 1, 1]
    assert stretched(7 - 0 + 3 * scores) == pytest.approx(found, abs=1e-12)
    assert stretched(np.full((1, 5), 0.1) + 1e-17).tolist() == [[0.0] * 5]


def test_those_that_agree_are_counted_one_by_one(shipped: Study, claim: Claim) -> None:
    small = narrowed(
        claim,
        {"route": ("ratings",), "missing": ("median",), "leaf_weights": ("declared",)},
    )
    whole = next(item for item in read_claim(shipped, "eu-most-promising").dimensions if item.key == "weights")
    weights = replace(whole, options=tuple(o for o in whole.options if o.key in ("equal", "kazakhstan", "entropy")))
    small = replace(small, dimensions=(*small.dimensions[:-1], weights))
    found = run(shipped, small)
    result = alike(found)
    ranked = found.alive & (found.outcome != SKIPPED)
    kept: list[tuple[int, int]] = []
    for w in range(ranked.shape[1]):
        seen: list[np.ndarray] = []
        for r in np.flatnonzero(ranked[:, w]):
            own = np.r_[found.prints[r], found.worlds.items[found.world[r]].shares[w]]
            if not any(np.abs(own - other).max() <= TOLERANCE for other in seen):
                seen.append(own)
                kept.append((int(r), w))
    assert result.once.specifications == len(kept)
    assert result.count == ranked.sum() - len(kept) > 0
    assert result.once.holds == sum(found.outcome[r, w] == HOLDS for r, w in kept)
    assert found.probes.shape == (PROBES, 4)


def test_it_is_said_what_counts_once_and_what_does_not(shipped: Study, claim: Claim) -> None:
    found = examine(shipped, narrowed(claim, {"leaf_weights": ("declared",)}), draws=200)
    ruled, same = found.repeats
    left_out = sum(count for _, count in found.excluded)
    assert min(ruled, same) > 0
    tested = found.overall.specifications + found.overall.skipped
    assert found.combinations == left_out + ruled + same + tested
    told = {note.code: note.text() for note in notes(found)}
    assert f"{ruled:,} repeat another one by a rule of the claim, and {same:,} rank the same matrix" in told["claim.counts"]
    once = found.alike.once
    assert f"{found.alike.count:,} agree with another one on these data" in told["claim.alike"]
    assert f"the claim holds in {once.holds:,} of {once.specifications:,}" in told["claim.alike"]
    assert found.alike.count == found.overall.specifications - once.specifications


def test_every_shipped_claim_counts_once_what_the_first_one_does(shipped: Study) -> None:
    rules = read_claim(shipped, "eu-most-promising").same
    for key in claim_keys(shipped):
        assert read_claim(shipped, key).same == rules


def test_a_home_that_is_left_out_is_no_repeat(shipped: Study, claim: Claim) -> None:
    # The combination that others repeat makes no sense here, so that one of the others stands for all of them.
    small = narrowed(
        claim,
        {"route": ("ratings",), "method": ("vikor",), "structure": ("leaves",), "normalization": ("vector",)}
        | {"missing": ("median",), "leaf_weights": ("declared",), "money": ("linear",), "us-secretariat": ("adopted",)}
        | {"china-finance": ("adopted",), "eu-trade": ("adopted",)},
    )
    assert [len(item.options) for item in small.dimensions if len(item.options) > 1] == [2]
    out = Rule(when={"rating_floor": ("zero",)}, why=Title(en="."))
    found = examine(shipped, replace(small, excluding=(out,)), draws=100)
    assert (found.repeats, found.overall.specifications) == ((0, 0), 1)
    assert Counter(multiverse=run(shipped, small)).tally({}).specifications == 1
