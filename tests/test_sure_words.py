"""Every sentence that a result of the sensitivity analyses can say is in the catalogue and comes out whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.commands.words import spoken
from mcda.engine.note import Note
from mcda.engine.problem import Problem
from mcda.errors import Fault
from mcda.sensitivity.decision import sobol_decision
from mcda.sensitivity.flip import NORMS, distance_to_losing, smallest_change
from mcda.sensitivity.importance import importance
from mcda.sensitivity.regret import regret
from mcda.sensitivity.reversal import TESTS, RankReversal, Reversal
from mcda.sensitivity.score_flip import smallest_score_change
from mcda.sensitivity.sobol import sobol
from mcda.sensitivity.stability import stability
from mcda.sensitivity.sweep import weight_sweep
from mcda.sensitivity.tornado import Bar, tornado
from mcda.tornadoes import LeadTornado, Switch
from tests.catalogues import key, read, texts

SAID = re.compile(r"^[^{}]*[.]$")  # a sentence with no brace left open
EMPTY = re.compile(r"  | [.,;:]|\bnan\b|\binf\b|None|\b(to|with|past|by|and|below|above|than)[.,;]")
PLACES = {"road": "Road", "rail": "Rail line", "ship": "Ship", "reach": "Reach", "cost": "Cost"}
NAMES = ("road", "rail", "ship")


def problem(*rows: tuple[float, float], weights: tuple[float, float] = (3, 1), scales: bool = False) -> Problem:
    return Problem(
        rows,
        ["max", "max"],
        weights,
        alternatives=NAMES[: len(rows)],
        criteria=["reach", "cost"],
        scales=[[0, 10], [0, 10]] if scales else None,
    )


OPPOSED = problem((9, 1), (1, 9))
THREE = problem((9, 1), (1, 9), (6, 6))
LEVEL = problem((9, 1), (1, 9), weights=(1, 1))
DOMINATED = problem((9, 8), (2, 1))
TWINS = problem((9, 1), (9, 1), (1, 9))
ALIKE = problem((5, 5), (5, 5))
SCALED = problem((7, 2), (4, 1), scales=True)
LINEAR = {"method": "weighted_sum", "normalization": "scale"}


def flips() -> list[Note]:
    """Every status of a change of weights, in every norm, by every kind of evidence."""
    between = problem((9, 1), (1, 9), (4, 4))  # no one is better than the third, but a mixture of the two is
    cases = (OPPOSED, LEVEL, DOMINATED, TWINS, ALIKE, THREE, between)
    tried = [("weighted_sum", norm, case) for norm in NORMS for case in cases]
    tried += [(method, "l1", case) for method in ("topsis", "vikor", "waspas") for case in (OPPOSED, DOMINATED)]
    tried += [("vikor", "l1", case) for case in (LEVEL, TWINS)]
    notes = []
    for method, norm, case in tried:
        for name in case.alternatives:
            notes += smallest_change(case, name, norm=norm, method=method, cells=2000).notes()
        notes += distance_to_losing(case, norm=norm, method=method, cells=2000).notes()
    notes += distance_to_losing(problem((1, 2)), method="weighted_sum").notes()
    return notes


def score_flips() -> list[Note]:
    """Already, without ranges, within them, only beyond them, a larger one within, and none at all."""
    wide, narrow = (SCALED.values - 4, SCALED.values + 4), (SCALED.values - 0.5, SCALED.values + 0.5)
    elsewhere = (SCALED.values - [[0, 2], [0, 0]], np.add(SCALED.values, [[0, 0], [0, 11]]))
    notes = smallest_score_change(SCALED, "road", **LINEAR).notes()
    notes += smallest_score_change(SCALED, "rail", **LINEAR).notes()
    for low, high in (wide, narrow, elsewhere):
        notes += smallest_score_change(SCALED, "rail", low=low, high=high, **LINEAR).notes()
    far = problem((10, 9), (0, 0), weights=(1, 1), scales=True)
    return notes + smallest_score_change(far, "rail", **LINEAR).notes()


def reversals() -> list[Note]:
    """Each test with and without findings, and trials that were left out."""
    trials = dict.fromkeys(TESTS, 3)
    findings = tuple(
        Reversal(test=test, changed=("a",), criterion="", first_before=("a",), first_after=("b",), reversed=())
        for test in TESTS
    )
    skipped = (("drop", ("a",), Fault(code="fault.too_few")),)
    full = RankReversal(method="topsis", normalization="vector", findings=findings, trials=trials, skipped=skipped)
    none = RankReversal(method="topsis", normalization="vector", findings=(), trials=trials, skipped=())
    return full.notes() + none.notes()


def tornadoes() -> list[Note]:
    """A lead that a score turns, one that none turns, and scores without ranges."""
    values, notes = SCALED.values, []
    for low, high in ((values - 4, values + 4), (values - 0.1, values + 0.1), (values, values)):
        notes += tornado(SCALED, low, high, "road", "rail", **LINEAR).notes()
    notes += tornado(ALIKE, ALIKE.values, ALIKE.values + 1, "road", "rail").notes()
    costly = Problem([[5, 2], [4, 3]], ["max", "min"], alternatives=["road", "rail"], criteria=["reach", "cost"])
    return notes + tornado(costly, [[5, 0], [4, 3]], [[5, 4], [4, 3]], "road", "rail", method="copras").notes()


def switches() -> list[Note]:
    """Disputed readings that turn the lead, and that do not, beside ranges that do and do not."""
    bar = Bar(
        alternative="road", criterion="reach", low=1.0, high=2.0, lead_low=-0.1, lead_high=0.2, span=0.3, turns=True
    )
    notes = []
    for turns in (True, False):
        switch = Switch(alternative="rail", criterion="cost", value=9.0, lead=0.1, turns=turns)
        found = LeadTornado(
            first="road", second="rail", lead=0.1, bars=(replace(bar, turns=turns),), undefined=(), switches=(switch,)
        )
        notes += found.notes()
    return notes


def indices() -> list[Note]:
    """Of outcomes that vary, of some that never do, and of one so rare that its indices mean little."""
    notes = sobol_decision(THREE, method="weighted_sum", draws=1 << 13, resamples=50).notes()
    notes += sobol_decision(DOMINATED, method="weighted_sum", draws=1 << 13, resamples=50).notes()
    rare = sobol(lambda uniform: (uniform < 0.01).all(axis=1).astype(float), 2, draws=1 << 14, resamples=50)
    return notes + rare.notes()


def sweeps() -> list[Note]:
    """Each stretch, held by one and by several, and one that a scan has found."""
    several = Problem([[9, 1], [9, 1], [1, 9], [1, 9], [6, 6], [6, 6]], ["max", "max"], alternatives="abcdef")
    notes = weight_sweep(several, "c1", method="weighted_sum").notes()
    for case in (OPPOSED, THREE, DOMINATED, ALIKE):
        notes += weight_sweep(case, "reach", method="weighted_sum").notes()
    return notes + weight_sweep(THREE, "reach", method="waspas").notes()


def stretches() -> list[Note]:
    cases = [OPPOSED, THREE, LEVEL, DOMINATED, ALIKE, problem((9, 1), (1, 9), (6, 6), weights=(1, 1))]
    twice = Problem([[9, 1], [9, 1], [1, 9], [6, 6]], ["max", "max"], alternatives=[*NAMES, "ferry"])
    for weights in ((9, 1), (1, 9), (5, 5)):
        values = [[6, 6], [6, 6], [9, 1], [1, 9]] if weights == (5, 5) else twice.values
        cases.append(Problem(values, ["max", "max"], weights, alternatives=twice.alternatives))
    cases.append(Problem([[1, 9], [1, 9], [9, 1]], ["max", "max"], (1, 3), alternatives=NAMES))
    cases.append(Problem([[9, 1], [9, 1], [1, 9]], ["max", "max"], (3, 1), alternatives=NAMES))
    return [note for case in cases for note in stability(case, method="weighted_sum").notes()]


def regrets() -> list[Note]:
    scores = [[3, 2], [0, 2]]
    return regret(scores).notes() + regret(scores, threshold=2).notes() + regret([[3, 1], [1, 3]]).notes()


def effects() -> list[Note]:
    return importance(THREE).notes() + importance(ALIKE).notes()


RESULTS: dict[str, Callable[[], list[Note]]] = {
    maker.__name__: maker
    for maker in (sweeps, stretches, flips, score_flips, reversals, tornadoes, switches, indices, regrets, effects)
}


@pytest.fixture(scope="module")
def notes() -> dict[str, list[Note]]:
    return {name: maker() for name, maker in RESULTS.items()}


@pytest.mark.parametrize("result", RESULTS)
def test_every_note_is_a_whole_sentence(result: str, notes: dict[str, list[Note]]) -> None:
    for note in notes[result]:
        assert SAID.match(note.text()), note
        assert not EMPTY.search(note.text()), f"{note.code}: {note.text()}"


@pytest.mark.parametrize("result", RESULTS)
def test_every_note_can_be_spoken_with_titles(result: str, notes: dict[str, list[Note]]) -> None:
    """The command line puts titles in the place of keys and writes numbers short."""
    said = spoken(notes[result], lambda key: PLACES.get(key, key), "en")
    for sentence in said:
        assert SAID.match(sentence), sentence
        assert not EMPTY.search(sentence), sentence
    assert "Rail line" in " ".join(said) or result in ("reversals", "regrets", "effects", "indices")


def test_every_sentence_of_the_catalogue_is_said_by_some_result(notes: dict[str, list[Note]]) -> None:
    """The other words are of faults, which begin in lower case or with what was found."""
    said = {note.code for made in notes.values() for note in made}
    sentences = {key(entry) for entry in read("en", "sure") if entry.id and texts(entry)[0].endswith(".")}
    assert sorted(sentences - said) == []


def test_every_word_that_the_code_names_is_in_the_catalogue() -> None:
    folder = Path(mcda.__file__).parent / "sensitivity"
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    named = set(re.findall(r'"(sure\.[a-z_0-9]+)"', source))
    assert len(named) > 40
    assert sorted(named - {key(entry) for entry in read("en", "sure")}) == []
