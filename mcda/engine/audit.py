"""The audit: the same laws held against every method, so that each number can answer "how do you know?"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mcda.engine.blocks import require_sampling
from mcda.engine.borrowed import TWINS
from mcda.engine.method import Method
from mcda.engine.methods import METHODS, lookup, prepare
from mcda.engine.problem import Array, Problem
from mcda.engine.trials import Trial, changed, examples, trials
from mcda.errors import NotApplicable

# How far a method breaks a law on a trial, as a share of the largest score; NaN where the law says nothing of it.
Check: TypeAlias = Callable[[str, Method, Trial], float]

ROUNDING = 1e-9  # of the largest score; a law is broken by more than this
LEAST = 1e-6  # a largest score below it counts as this, so that what rounding leaves of 0 breaks no law
SILENT = float("nan")


@dataclass(frozen=True, kw_only=True)
class Law:
    """One law.

    Attributes
    ----------
    check : how far a method breaks it on a trial
    promised : whether a method promises to keep it; one that does not is run all the same, and marked
    tolerance : the share of the largest score by which it may be broken; 0 where bits must agree
    cases : ``cases(method, law, count, seed)``, the trials it is run on
    """

    check: Check
    promised: Callable[[Method], bool] = lambda entry: True
    tolerance: float = ROUNDING
    cases: Callable[[str, str, int, int], Iterable[Trial]] = trials


@dataclass(frozen=True, kw_only=True, eq=False)
class Worst:
    """The trial on which a law is broken most.

    Attributes
    ----------
    kind : of the trial, a key of ``KINDS``, ``known`` or ``published``
    problem : of the trial
    share : how far the law is broken, as a share of the largest score; infinite where the method failed
    error : what was raised where the method failed
    """

    kind: str
    problem: Problem
    share: float
    error: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tally:
    """How often a method broke a law.

    Attributes
    ----------
    method, law : keys of ``METHODS`` and ``LAWS``
    violations : trials on which the law was broken
    trials : trials of which the law says something
    refused : trials on which the method was not applicable, and said why
    promised : whether the method promises to keep the law
    worst : the trial on which it was broken most, or None
    """

    method: str
    law: str
    violations: int
    trials: int
    refused: int
    promised: bool
    worst: Worst | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Audit:
    """What an audit found: one tally for each method and law.

    Attributes
    ----------
    methods, laws : keys, (M,) and (L,)
    tallies : (M * L,) law by law within method by method
    trials, seed : that were asked for
    """

    methods: tuple[str, ...]
    laws: tuple[str, ...]
    tallies: tuple[Tally, ...]
    trials: int
    seed: int

    @property
    def violations(self) -> NDArray[np.int64]:
        """Count the violations, (M, L)."""
        return np.array([tally.violations for tally in self.tallies]).reshape(len(self.methods), len(self.laws))

    @property
    def broken(self) -> tuple[Tally, ...]:
        """Give the tallies of broken promises; there should be none."""
        return tuple(tally for tally in self.tallies if tally.promised and tally.violations)

    def rows(self) -> list[tuple[str, tuple[Tally, ...]]]:
        """Give each method's key with its tallies in the order of the laws."""
        width = len(self.laws)
        return [(key, self.tallies[i * width : (i + 1) * width]) for i, key in enumerate(self.methods)]


def audit(*, methods: Iterable[str] | Mapping[str, Method] | None = None, trials: int = 68, seed: int = 1) -> Audit:
    """Hold every law of ``LAWS`` against methods, on random problems and on hard ones.

    Parameters
    ----------
    methods : keys of ``METHODS``, or entries by key, which need not be those of the table; None for all
    trials : number of problems for each law and method; the kinds of ``KINDS`` come in turn
    seed : of the random problems; the result depends on the two alone

    Returns
    -------
    Audit with a tally for each method and law

    Raises
    ------
    ProblemError
        For an unknown method, no trials, or a negative seed.

    Examples
    --------
    >>> audit(methods=["weighted_sum"], trials=17).broken
    ()
    """
    require_sampling(trials, seed, what="trials")
    keys = METHODS if methods is None else methods
    entries = dict(keys) if isinstance(keys, Mapping) else {key: lookup(key) for key in keys}
    tallies = tuple(_tally(law, key, entry, trials, seed) for key, entry in entries.items() for law in LAWS)
    return Audit(methods=tuple(entries), laws=tuple(LAWS), tallies=tallies, trials=trials, seed=seed)


def defined(key: str, entry: Method, trial: Trial) -> float:
    """Every score is a number, or the method is refused with a reason."""
    try:
        with np.errstate(divide="raise", invalid="raise", over="raise"):
            scores = _upward(entry, trial.problem)
    except NotApplicable as refusal:
        # Only of a borrowed kernel is it not known beforehand where it leaves a score undefined.
        if entry.borrowed or refusal.faults[0].code != "fault.undefined":
            raise
        return np.inf
    return 0.0 if scores.shape == (len(trial.problem.alternatives),) else np.inf


def dominance(key: str, entry: Method, trial: Trial) -> float:
    """A dominated alternative never scores above the one that dominates it."""
    utilities = trial.problem.values * trial.problem.directions
    no_worse = (utilities[:, None] >= utilities).all(axis=2)
    pairs = no_worse & ~no_worse.T
    if not pairs.any():
        return SILENT
    scores = _upward(entry, trial.problem)
    return _share(np.where(pairs, scores - scores[:, None], -np.inf).max(), scores)


def monotonicity(key: str, entry: Method, trial: Trial) -> float:
    """Improving one value of an alternative never worsens its score."""
    if entry.from_zero and trial.problem.values.min() < 0:
        return SILENT
    before, after = _upward(entry, trial.problem), _upward(entry, trial.raised())
    return _share(before[trial.cell[0]] - after[trial.cell[0]], np.concatenate([before, after]))


def rank(key: str, entry: Method, trial: Trial) -> float:
    """Improving one value of an alternative never lets another one pass it."""
    if entry.from_zero and trial.problem.values.min() < 0:
        return SILENT
    before, after = _upward(entry, trial.problem), _upward(entry, trial.raised())
    i = trial.cell[0]
    level = before[i] >= before - ROUNDING * np.abs(before).max()
    return _share(np.where(level, after - after[i], -np.inf).max(), after)


def batch(key: str, entry: Method, trial: Trial) -> float:
    """Many weight vectors at once give the bits that one after the other gives."""
    score = prepare(entry, trial.problem).scores
    weights = trial.generator.dirichlet(np.ones(len(trial.problem.criteria)), 5)
    return _gap(score(weights), np.concatenate([score(row[None, :]) for row in weights]))


def order_of_alternatives(key: str, entry: Method, trial: Trial) -> float:
    """The scores do not depend on the order of the alternatives."""
    order = trial.generator.permutation(len(trial.problem.alternatives))
    scores = _upward(entry, trial.problem)
    return _gap(scores[order], _upward(entry, changed(trial.problem, values=trial.problem.values[order])))


def order_of_criteria(key: str, entry: Method, trial: Trial) -> float:
    """The scores do not depend on the order of the criteria."""
    problem, order = trial.problem, trial.generator.permutation(len(trial.problem.criteria))
    turned = Problem(problem.values[:, order], problem.directions[order].tolist(), problem.weights[order])
    return _gap(_upward(entry, problem), _upward(entry, turned))


def units(key: str, entry: Method, trial: Trial) -> float:
    """The scores do not depend on the units of the criteria."""
    problem = trial.problem
    factors = 10.0 ** trial.generator.integers(-3, 4, len(problem.criteria))
    return _gap(_upward(entry, problem), _upward(entry, changed(problem, values=problem.values * factors)))


def mirror(key: str, entry: Method, trial: Trial) -> float:
    """A cost entered as the benefit that it mirrors, its negative or its reciprocal, gives the same scores."""
    problem = trial.problem
    if entry.mirror is None or (entry.mirror == "reciprocal" and problem.values.min() <= 0):
        return SILENT
    turned = -problem.values if entry.mirror == "negative" else 1 / np.where(problem.values > 0, problem.values, 1.0)
    values = np.where(problem.directions < 0, turned, problem.values)
    mirrored = changed(problem, values=values, directions=np.abs(problem.directions))
    return _gap(_upward(entry, problem), _upward(entry, mirrored))


def ties(key: str, entry: Method, trial: Trial) -> float:
    """Equal alternatives get equal bits."""
    scores = _upward(entry, changed(trial.problem, values=np.concatenate([trial.problem.values, trial.problem.values])))
    half = len(scores) // 2
    return _gap(scores[:half], scores[half:])


def agreement(key: str, entry: Method, trial: Trial) -> float:
    """The scores are those of pymcdm, where it has the method and has it right."""
    if key not in TWINS:
        return SILENT
    problem, ready = trial.problem, prepare(entry, trial.problem)
    try:
        twin = TWINS[key](problem.values, problem.directions, problem.weights[None, :], **ready.options)[0]
    except ValueError:  # pymcdm refuses, such as VIKOR where a criterion is constant
        return SILENT
    return _gap(ready.scores(problem.weights[None, :])[0], twin) if np.isfinite(twin).all() else SILENT


def published(key: str, entry: Method, trial: Trial) -> float:
    """The scores are those of the worked examples in the literature, to the digits printed."""
    if (example := trial.example) is None:
        return SILENT
    ready = prepare(entry, trial.problem, example.normalization, example.options)
    scores = ready.scores(np.array([example.weights], float))[0]
    return max(float(np.abs(scores - example.expected).max()) - example.tolerance, 0.0)


LAWS: dict[str, Law] = {
    "defined": Law(check=defined),
    "dominance": Law(check=dominance, promised=lambda entry: entry.dominance),
    "monotonicity": Law(check=monotonicity, promised=lambda entry: entry.monotone),
    "rank": Law(check=rank, promised=lambda entry: entry.keeps_rank),
    "batch": Law(check=batch, tolerance=0.0),
    "order_of_alternatives": Law(check=order_of_alternatives),
    "order_of_criteria": Law(check=order_of_criteria),
    "units": Law(check=units, promised=lambda entry: entry.units),
    "mirror": Law(check=mirror),
    "ties": Law(check=ties, tolerance=0.0),
    "agreement": Law(check=agreement),
    "published": Law(check=published, cases=examples),
}


def _upward(entry: Method, problem: Problem) -> Array:
    """Score (n,) so that more is better."""
    scores: Array = prepare(entry, problem).scores(problem.weights[None, :])[0]
    return scores if entry.higher_is_better else -scores


def _share(amount: float, scores: Array) -> float:
    """Give an amount as a share of the largest absolute score."""
    return float(amount / max(np.abs(scores).max(), LEAST))


def _gap(scores: Array, others: Array) -> float:
    """Give the largest difference between scores as a share of the largest of them."""
    return _share(np.abs(scores - others).max(), scores)


def _tally(law: str, key: str, entry: Method, count: int, seed: int) -> Tally:
    """Run one method under one law."""
    rule = LAWS[law]
    ran, broken, refused = 0, [], 0
    for case in rule.cases(key, law, count, seed):
        try:
            share, error = rule.check(key, entry, case), ""
        except NotApplicable:
            refused += 1
            continue
        except (ArithmeticError, LookupError, TypeError, ValueError, Warning) as failure:
            share, error = np.inf, repr(failure)
        ran += not np.isnan(share)
        if share > rule.tolerance:
            broken.append(Worst(kind=case.kind, problem=case.problem, share=share, error=error))
    return Tally(
        method=key,
        law=law,
        violations=len(broken),
        trials=ran,
        refused=refused,
        promised=rule.promised(entry),
        worst=max(broken, key=lambda worst: worst.share, default=None),
    )
