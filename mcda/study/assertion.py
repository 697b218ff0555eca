"""What a claim asserts of a ranking: one grammar, and what makes it hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.problem import Array
from mcda.engine.ranking import ranks
from mcda.errors import Fault, StudyError, unknown
from mcda.words import say

Relation: TypeAlias = Literal["top", "bottom", "above", "below"]
Outcomes: TypeAlias = NDArray[np.int8]

FAILS, HOLDS, TIED = 0, 1, 2  # what an assertion does under one ranking

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FILLERS = frozenset({"is", "in", "the", "among"})


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """One statement about a ranking.

    Attributes
    ----------
    subject : key of the alternative it is about
    relation : in the ``top`` or ``bottom`` ``count`` of the ranking, ``above`` or ``below`` the ``other`` alternative
    count : number of places, 1 for first or last
    other : key of the other alternative
    """

    subject: str
    relation: Relation
    count: int = 1
    other: str = ""

    @property
    def text(self) -> str:
        """The assertion as it is written."""
        if self.other:
            return f"{self.subject} {self.relation} {self.other}"
        if self.count == 1:
            return f"{self.subject} {'first' if self.relation == 'top' else 'last'}"
        return f"{self.subject} in the {self.relation} {self.count}"

    def words(self, lang: str, titles: dict[str, str]) -> str:
        """Give the assertion as a clause in ``lang``, with the titles of its alternatives."""
        name = self.relation if self.other or self.count > 1 else {"top": "first", "bottom": "last"}[self.relation]
        values = {"subject": titles[self.subject], "other": titles.get(self.other, ""), "count": self.count}
        return say(f"claim.asserts_{name}", lang, **values)


def parse_assertion(text: str, alternatives: Iterable[str]) -> Assertion:
    """Read an assertion: ``eu first``, ``eu is last``, ``eu above china``, ``eu in the top two``, ``eu in bottom 2``.

    Raises
    ------
    StudyError
        Where it has another form, names an alternative that does not exist, or asserts nothing.

    Examples
    --------
    >>> parse_assertion("road is in the top two", ["road", "rail", "river"]).text
    'road in the top 2'
    """
    keys = tuple(alternatives)
    words = [word for i, word in enumerate(text.lower().split()) if i == 0 or word not in FILLERS]
    match words:
        case [subject, "first"]:
            found = Assertion(subject=subject, relation="top")
        case [subject, "last"]:
            found = Assertion(subject=subject, relation="bottom")
        case [subject, ("above" | "below") as relation, other]:
            found = Assertion(subject=subject, relation=relation, other=other)
        case [subject, ("top" | "bottom") as relation, number] if _count(number):
            found = Assertion(subject=subject, relation=relation, count=_count(number))
        case _:
            example = keys[0] if keys else "a"
            raise StudyError([Fault(code="claim.not_an_assertion", values={"found": text, "example": example})])
    faults = _faults(found, keys)
    if faults:
        raise StudyError(faults)
    return found


def _count(word: str) -> int:
    """Read a number of places, as digits or as a word; 0 for what is none."""
    if word in NUMBERS:
        return NUMBERS.index(word) + 1
    return int(word) if word.isascii() and word.isdigit() and len(word) < 5 else 0


def _faults(found: Assertion, keys: tuple[str, ...]) -> list[Fault]:
    named = [found.subject, *([found.other] if found.other else [])]
    faults = [unknown("alternative", name, keys) for name in named if name not in keys]
    if not faults and found.subject == found.other:
        faults.append(Fault(code="claim.against_itself", values={"found": found.subject}))
    if not faults and not found.other and found.count >= len(keys):
        values = {"found": found.count, "most": len(keys) - 1, "count": len(keys)}
        faults.append(Fault(code="claim.asserts_nothing", values=values))
    return faults


def judge(assertion: Assertion, scores: Array, alternatives: tuple[str, ...]) -> tuple[Outcomes, Array, Outcomes]:
    """Hold an assertion against scores.

    Parameters
    ----------
    assertion : about some of the alternatives
    scores : (k, n), higher is better
    alternatives : (n,) keys

    Returns
    -------
    (k,) ``HOLDS``, ``FAILS`` or ``TIED`` (a tie leaves it open); (k,) by how much it holds, from -1 to 1, as a share of
    the distance between the best and the worst score, 0 where all are alike; (k,) the position of the alternative that
    is first (last, where the assertion is about the bottom), -1 where several tie
    """
    placed = ranks(scores)
    subject = alternatives.index(assertion.subject)
    own = placed[:, [subject]]
    if assertion.other:
        lead = np.sign(placed[:, alternatives.index(assertion.other)] - own[:, 0])
        lead = lead if assertion.relation == "above" else -lead
        outcome = np.where(lead == 0, TIED, np.where(lead > 0, HOLDS, FAILS))
    else:
        ahead = placed < own if assertion.relation == "top" else placed > own
        before, level = ahead.sum(axis=1), (placed == own).sum(axis=1)
        outcome = np.where(before + level <= assertion.count, HOLDS, np.where(before < assertion.count, TIED, FAILS))
    edge = placed.min(axis=1) if assertion.relation != "bottom" else placed.max(axis=1)
    at_edge = placed == edge[:, None]
    alone = np.where(at_edge.sum(axis=1) == 1, at_edge.argmax(axis=1), -1)
    return outcome.astype(np.int8), _margin(assertion, scores, subject, alternatives), alone.astype(np.int8)


def _margin(assertion: Assertion, scores: Array, subject: int, alternatives: tuple[str, ...]) -> Array:
    sign = 1.0 if assertion.relation in ("top", "above") else -1.0
    if assertion.other:
        rival = scores[:, alternatives.index(assertion.other)]
    else:
        others = np.sort(np.delete(scores * sign, subject, axis=1), axis=1)
        rival = others[:, -assertion.count] * sign
    spread = np.ptp(scores, axis=1)
    margin: Array = sign * (scores[:, subject] - rival) / np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, margin, 0.0)
