"""Faults: raised once, told in any language, with nothing of the language that was spoken when they were raised."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.errors import Fault, McdaError, suggestion, within
from mcda.study import files
from mcda.words import LANGUAGES, TERMS, Word, known, say, speaking
from tests.test_files import BAD, SMALL

OTHERS = [lang for lang in LANGUAGES if lang != "en"]
PROSE = re.compile(r"[a-z]{2,} [a-z]{2,}|^\d+ [a-z]{3,}")  # two English words in a row, or a number of something, which no key, title or number has
PLACES = re.compile(r"\b(?:cell|pair|judge|weight of|coder|ranking)s? [\d(]")
TWO = mcda.Problem([[1, 2], [3, 4]], [1, -1])


def options(method: str, **given: object) -> Callable[[], object]:
    return lambda: mcda.rank(TWO, method=method, options=given)


# What raises a fault of each kind in the engine and in what stands upon it.
RAISE: dict[str, Callable[[], object]] = {
    "not finite": lambda: mcda.Problem([[1, None]], [1, 1]),
    "ragged": lambda: mcda.Problem([[1, 2], [3]], [1, 1]),
    "shape": lambda: mcda.Problem([1, 2], [1, 1]),
    "length": lambda: mcda.Problem([[1, 2]], [1]),
    "direction": lambda: mcda.Problem([[1, 2]], [1, "up"]),
    "weights": lambda: mcda.Problem([[1, 2]], [1, 1], [-1, float("nan")]),
    "scales": lambda: mcda.Problem([[1, 2]], [1, 1], scales=[[0, 1]]),
    "duplicate": lambda: mcda.Problem([[1, 2]], [1, 1], criteria=["c", "c"]),
    "method": lambda: mcda.rank(TWO, method="topsi"),
    "excluded": lambda: mcda.rank(TWO, method="aroman"),
    "normalization": lambda: mcda.rank(TWO, normalization="vectr"),
    "not open": lambda: mcda.rank(TWO, method="ahp", normalization="vector"),
    "fixed": lambda: mcda.rank(TWO, method="vikor", normalization="vector"),
    "option": options("vikor", w=1),
    "no options": options("edas", w=1),
    "share": options("vikor", v=2),
    "word": options("topsis", distance="far"),
    "above": options("rafsi", n1=7),
    "above zero": options("codas", tau=0),
    "bounds": options("spotis", bounds=[[0, 1]]),
    "within": options("spotis", bounds=[[0, 1], [0, 1]]),
    "point": options("spotis", isp=[99, 99]),
    "interval": options("rim", ideal=[[0, 99]] * 2),
    "positive point": options("ervd", reference=[0, 1]),
    "grid": options("comet", characteristic_values=7),
    "objects": options("comet", characteristic_values=[list(range(200))] * 2),
    "functions": options("promethee", preference_functions="bent"),
    "threshold": options("promethee", preference_functions="ushape"),
    "per criterion": options("promethee", q=[1, 2, 3]),
    "preference": options("promethee", preference_functions="linear", q=2, p=1),
    "spread": options("promethee", preference_functions="gaussian", s=0),
    "not positive": lambda: mcda.rank(mcda.Problem([[0, 1]], [1, 1]), method="weighted_product"),
    "negative": lambda: mcda.rank(mcda.Problem([[-1, 1]], [1, 1]), normalization="max"),
    "average": lambda: mcda.rank(mcda.Problem([[-1, 1], [1, 1]], [1, 1]), method="edas"),
    "all zero": lambda: mcda.rank(mcda.Problem([[0, 1]], [1, 1]), method="moora"),
    "alike": lambda: mcda.rank(mcda.Problem([[1, 1], [1, 1]], [1, 1]), method="probid"),
    "worst in all": lambda: mcda.rank(mcda.Problem([[1, 1], [2, 2]], [1, 1]), method="cocoso"),
    "too few": lambda: mcda.rank(TWO, method="sprobid"),
    "too many": lambda: mcda.rank(mcda.Problem(np.ones((1001, 1)), [1]), method="lmaw"),
    "too wide": lambda: mcda.rank(mcda.Problem([[1e-9], [1]], [1]), method="lmaw"),
    "product": lambda: mcda.normalize(mcda.Problem([[0.5], [0.9]], [1]), "logarithmic"),
    "no scale": lambda: mcda.normalize(TWO, "scale"),
    "weighting": lambda: mcda.objective_weights(TWO, method="entropi"),
    "entropy of negatives": lambda: mcda.objective_weights(mcda.Problem([[-1], [1]], [1]), method="entropy"),
    "nothing told apart": lambda: mcda.objective_weights(mcda.Problem([[1], [1]], [1]), method="critic"),
    "no loss": lambda: mcda.objective_weights(mcda.Problem([[1, 1], [2, 3]], [1, 1]), method="cilos"),
    "positions": lambda: mcda.rank_sum([]),
    "points": lambda: mcda.swing_weights([-1]),
    "ratios": lambda: mcda.ratio_weights([0]),
    "audit": lambda: mcda.audit(methods=["topsis"], trials=0),
    "judgement": lambda: mcda.priorities([[1, "x"], [None, 1]]),
    "judgement hint": lambda: mcda.priorities([[1, "2,5"], [None, 1]]),
    "judgement shape": lambda: mcda.priorities([[1, 2]]),
    "ragged judgements": lambda: mcda.priorities([[1, 2], [1]]),
    "contradiction": lambda: mcda.priorities([[1, 3], [2, 1]]),
    "self": lambda: mcda.priorities([[2, 1], [1, 1]]),
    "pairs": lambda: mcda.judgement_matrix(["a", "b"], [("a", "b", "x"), ("a", "c", 2), ("a",)]),
    "islands": lambda: mcda.priorities([[1, None], [None, 1]]),
    "random index": lambda: mcda.priorities([[1, 2], [None, 1]], random_index="saati"),
    "group": lambda: mcda.group_priorities([[[1, 3], [2, 1]], [[1, 2], [None, 1]]]),
    "weights of judges": lambda: mcda.group_priorities([[[1, 2], [None, 1]]] * 2, weights=[-1, 1]),
    "no judges": lambda: mcda.group_priorities([]),
    "ranks": lambda: mcda.spearman([[1, 2]], [1, 2]),
    "rankings": lambda: mcda.borda([1, 2, 3]),
    "weights of rankings": lambda: mcda.borda([[1, 2], [2, 1]], weights=[1, -1]),
    "tied": lambda: mcda.spearman([1, 1], [1, 2]),
    "levels": lambda: mcda.levels(99, "ws"),
    "kemeny": lambda: mcda.kemeny([list(range(99))]),
    "rating": lambda: mcda.krippendorff_alpha([[1, -2], [1, 2]], level="ratio"),
    "no ratings": lambda: mcda.krippendorff_alpha([["x"]]),
    "regret": lambda: mcda.regret([[1, float("nan")]]),
    "readings": lambda: mcda.ScoreModel(value=[[[2]]], low=[[[0]]], high=[[[1]]]),
    "no reading": lambda: mcda.ScoreModel(value=[[[np.nan]]], low=[[[np.nan]]], high=[[[np.nan]]]),
    "rank weights": lambda: mcda.acceptability(TWO, rank_weights=[1.0]),
    "draws": lambda: mcda.acceptability(TWO, draws=0),
    "clash": lambda: mcda.sample_weights(
        ["a", "b"], draws=10, information=mcda.WeightInformation(bounds={"a": (0.9, 1), "b": (0.9, 1)})
    ),
    "criterion": lambda: mcda.weight_sweep(TWO, "c9"),
    "alternative": lambda: mcda.smallest_change(TWO, "a9"),
}


def faults_of(act: Callable[[], object]) -> tuple[Fault, ...]:
    with pytest.raises(McdaError) as caught:
        act()
    assert caught.value.faults
    return caught.value.faults


def said(fault: Fault) -> Iterator[object]:
    """Give everything in a fault that is put into words as it is."""
    yield fault.key
    yield from (value for name, value in fault.values.items() if name not in TERMS)


def in_words(value: object) -> Iterator[str]:
    """Find English phrases among the values of a fault; a ``Word`` is said in any language."""
    if isinstance(value, Word):
        assert known(value.key)
        for inner in value.values.values():
            yield from in_words(inner)
    elif isinstance(value, str):
        yield from PROSE.findall(value)
        yield from PLACES.findall(value)


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("kind", RAISE)
def test_a_fault_is_told_wholly_in_another_language(kind: str, lang: str) -> None:
    english = faults_of(RAISE[kind])
    with speaking(lang):
        own = faults_of(RAISE[kind])
    assert [fault.text(lang) for fault in english] == [fault.text(lang) for fault in own]
    assert [fault.text("en") for fault in own] == [fault.text() for fault in english]
    for fault in english:
        assert [phrase for value in said(fault) for phrase in in_words(value)] == []
        for name in TERMS:
            if PROSE.search(term := str(fault.values.get(name, ""))):
                assert term not in fault.text(lang)


@pytest.mark.parametrize("folder", BAD, ids=lambda path: path.name)
def test_a_fault_of_a_file_is_told_in_another_language(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    english = files.check()
    with speaking("ru"):
        assert [fault.text("ru") for fault in english] == [fault.text() for fault in files.check()]
    assert [fault.text() for fault in english] == [fault.text("en") for fault in english]


def test_a_word_is_said_with_the_message_that_holds_it() -> None:
    fault = Fault(code="fault.excluded", values={"method": "aroman", "reason": Word("engine.excluded.aroman")})
    assert "добавляет" in fault.text("ru") or say("engine.excluded.aroman", "ru") in fault.text("ru")
    with speaking("kk"):
        assert say("engine.excluded.aroman", "kk") in fault.text()
        assert say("engine.excluded.aroman", "en") in fault.text("en")
    nested = Word("fault.at.weight", {"name": Word("fault.at.judge", {"judge": 2})})
    assert (nested.text("en"), nested.text("ru")) == ("weight of judge 2", "вес «оценщик 2»")
    assert str(nested) == "weight of judge 2"


def test_a_fault_with_words_can_be_sent_to_another_process() -> None:
    (fault,) = faults_of(RAISE["share"])
    assert pickle.loads(pickle.dumps(fault)) == fault
    assert len({Word("fault.none"), Word("fault.none")}) == 1


def test_places_are_named_from_the_outside_in() -> None:
    assert within("a", "b") == "a: b"
    assert (within("", "b"), within("a", ""), within("", "")) == ("b", "a", "")
    inner = within(Word("fault.at.judge", {"judge": 1}), "b")
    assert isinstance(inner, Word)
    assert (inner.text("en"), inner.text("ru")) == ("judge 1: b", "оценщик 1: b")
    fault = Fault(code="fault.weights_zero", file="f.yaml", line=2, key=inner)
    assert fault.address() == "f.yaml:2: judge 1: b"
    assert fault.text("ru").startswith("f.yaml:2: оценщик 1: b: ")


def test_nothing_is_suggested_where_nothing_was_meant() -> None:
    assert suggestion("") == ""
    assert str(suggestion("eu")) == " (did you mean 'eu'?)"
