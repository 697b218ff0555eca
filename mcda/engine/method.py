"""What is known of a method: where it comes from, what it needs, what it promises, which options it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mcda.engine.normalize import DEMANDS, NORMALIZATIONS
from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, NotApplicable, ProblemError, unknown
from mcda.words import Word

Kernel: TypeAlias = Callable[..., Array]
Details: TypeAlias = Callable[..., Mapping[str, object]]
Check: TypeAlias = Callable[[Any, Problem, Mapping[str, Any]], Any]


class Expected(Exception):
    """An option has a value that it cannot have; carries the word for what to write instead."""

    def __init__(self, code: str, **values: object) -> None:
        self.word = Word(code, values)
        super().__init__(code)


@dataclass(frozen=True)
class Option:
    """One option of a method.

    Attributes
    ----------
    default : what holds where the option is not given
    check : ``check(value, problem, before) -> value`` as the kernel takes it, or raises ``Expected``; ``before`` holds
        the options that stand before this one and passed their checks
    told : key of what it is, in the catalogue of words, where other methods have another option of that name
    """

    default: object
    check: Check
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Method:
    """What is known of a method; its promises hold for its own normalization and the defaults of its options.

    Attributes
    ----------
    title : as the literature calls it
    kernel : ``kernel(values (n, m), directions (m,), weights (k, m), **options) -> scores (k, n)``
    reference : author, year and place of the equations
    normalization : the method's own; None where it has none, or a form of its own inside the kernel
    normalizations : those it leaves open; empty where it fixes its own
    on_scales : the normalization in place of its own where the problem declares scales; None for no difference
    raw : whether the kernel takes values and directions as they are, rather than utilities
    differences : whether only differences within a column matter, so that a shift of a column changes nothing
    positive : whether every utility must be above 0
    needs : keys of ``NEEDS``, what must be true of the values
    takes : the options, by name
    details : ``details(values, directions, weights (m,), **options)``, what the method says beside its scores
    higher_is_better : which way the scores run
    dominance : whether a dominated alternative never ranks above the one that dominates it
    monotone : whether improving one value of an alternative never worsens its score
    keeps_rank : whether improving one value of an alternative never costs it a rank
    from_zero : whether the two hold for values of 0 or more alone; with others a norm may shrink, or an average come
        near 0, as a value improves. The methods whose scores do not change when a column is shifted know no sign.
    units : whether the scores stay the same when a criterion is measured in another unit
    mirror : what turns a cost into the same benefit: ``negative``, ``reciprocal``, or None where nothing does
    borrowed : whether the kernel belongs to another package
    corrected : key of what was put right against pymcdm 1.4.0, in the catalogue of words; empty where nothing was
    """

    title: str
    kernel: Kernel
    reference: str
    normalization: str | None = None
    normalizations: tuple[str, ...] = ()
    on_scales: str | None = None
    raw: bool = False
    differences: bool = False
    positive: bool = False
    needs: tuple[str, ...] = ()
    takes: Mapping[str, Option] = field(default_factory=dict)
    details: Details | None = None
    higher_is_better: bool = True
    dominance: bool = True
    monotone: bool = True
    keeps_rank: bool = True
    from_zero: bool = False
    units: bool = True
    mirror: str | None = None
    borrowed: bool = False
    corrected: str = ""

    @property
    def demands(self) -> tuple[str, ...]:
        """Give what must be true of the values under the method's own normalization: keys of ``engine.needs``."""
        own = () if self.raw or self.normalization is None else DEMANDS.get(self.normalization, ())
        return (*self.needs, *own, *(("utilities",) if self.positive else ()))

    def told(self, name: str) -> str:
        """Give the key of what an option is, in the catalogue of words."""
        return self.takes[name].told or f"engine.option.{name}"

    @property
    def options(self) -> dict[str, object]:
        """Give the defaults of the options, by name."""
        return {name: option.default for name, option in self.takes.items()}

    def chosen(self, problem: Problem, given: Mapping[str, object]) -> dict[str, object]:
        """Give every option its value, checked against the problem; all faults at once.

        Where nothing is given, a default that does not fit the values is no fault of the caller: the method is not
        applicable.
        """
        faults = [self._unknown_option(name) for name in given if name not in self.takes]
        checked: dict[str, object] = {}
        for name, option in self.takes.items():
            value = given.get(name, option.default)
            try:
                checked[name] = option.check(value, problem, checked)
            except Expected as wrong:
                said = {"option": name, "method": self.title, "found": value, "expected": wrong.word}
                faults.append(Fault(code="fault.option_value", values=said))
        if faults:
            raise (ProblemError if given else NotApplicable)(faults)
        return checked

    def own_normalization(self, problem: Problem) -> str | None:
        """Give the normalization that holds where none is asked for."""
        return self.on_scales if self.on_scales and problem.scales is not None else self.normalization

    def check_normalization(self, key: str | None) -> None:
        """Refuse a normalization that the method does not leave open."""
        if key is None or key in self.normalizations or key == self.normalization:
            return
        if key not in NORMALIZATIONS:
            raise ProblemError([unknown("normalization", key, self.normalizations or NORMALIZATIONS)])
        code = "fault.unfit_normalization" if self.normalizations else "fault.fixed_normalization"
        values = {"method": self.title, "found": key, "allowed": ", ".join(self.normalizations)}
        raise ProblemError([Fault(code=code, values=values)])

    def _unknown_option(self, name: str) -> Fault:
        if not self.takes:
            return Fault(code="fault.no_options", values={"method": self.title, "found": name})
        return unknown("option", name, self.takes)
