"""Everything that is said of one claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.claim.alike import Alike, alike
from mcda.claim.breaks import Breaks, Neighbourhood, Specification
from mcda.claim.curve import Curve, curve
from mcda.claim.explained import Explained, explained
from mcda.claim.run import SKIPPED, Multiverse, Skip, run
from mcda.claim.start import Start, start
from mcda.claim.tally import Counter, Tally
from mcda.claim.weight_space import DRAWS, WeightSpace, weight_space
from mcda.errors import Fault, StudyError
from mcda.study.assertion import HOLDS
from mcda.study.model import Study
from mcda.study.universe import Choice, Claim, Dimension, Kind, Rule


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the claim does under one option: over all specifications it leads to, and by option of the weights."""

    option: Choice
    tally: Tally
    by_weights: tuple[Tally, ...]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One dimension: what the claim does under each of its options."""

    dimension: Dimension
    options: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Leader:
    """How often an alternative is first (or last, where the claim is about the bottom); None for a shared place."""

    alternative: str | None
    count: int
    instead: int  # of these, specifications under which the claim does not hold


@dataclass(frozen=True, kw_only=True, eq=False)
class ClaimResult:
    """The answer to a claim.

    Attributes
    ----------
    study, claim : what was tested
    combinations : of the options, the full cross
    excluded : the rules that leave combinations out, with how many each leaves out
    repeats : combinations that repeat another one and are counted once, with it: by a rule of the claim, and because
        they rank the same matrix by the same procedure
    alike : specifications that give the same ranking by the same margins as another one on these data; they count
    skips : specifications that could not be ranked, with the reason
    overall : over all specifications
    equivalent, plausible : over those made of equivalent options alone, and of equivalent and uncertain ones
    sides : by option of each dimension, weights last
    start : what the claim fixes, and how its start stands to the scenario that it names
    baseline : what holds where the claim starts from, the first option of every choice
    singles : what every single change from there does
    breaks, equivalent_breaks : the fewest changes that turn the outcome, by any option and by equivalent options alone
    leaders : who is first, most often first
    weight_space : share of all weights, all else as at the start, by route; None where the claim fixes the weights
    explained : how much of the outcome each choice explains
    curve : the specification curve, thinned
    """

    study: Study
    claim: Claim
    combinations: int
    excluded: tuple[tuple[Rule, int], ...]
    repeats: tuple[int, int]
    alike: Alike
    skips: tuple[Skip, ...]
    overall: Tally
    equivalent: Tally
    plausible: Tally
    sides: tuple[Side, ...]
    start: Start
    baseline: Specification
    singles: tuple[Specification, ...]
    breaks: Breaks
    equivalent_breaks: Breaks
    leaders: tuple[Leader, ...]
    weight_space: WeightSpace | None
    explained: Explained
    curve: Curve

    @property
    def verdict(self) -> str:
        """Key of the verdict over all specifications, in the catalogue of words."""
        return self.overall.verdict

    def side(self, key: str) -> Side | None:
        """Find a dimension by key."""
        return next((side for side in self.sides if side.dimension.key == key), None)


def examine(study: Study, claim: Claim, *, draws: int = DRAWS, seed: int = 1) -> ClaimResult:
    """Test a claim over its whole universe.

    Parameters
    ----------
    study, claim : as ``read_study`` and ``read_claim`` give them
    draws, seed : for the share of all weights

    Raises
    ------
    StudyError
        Where no specification at all can be ranked.

    References
    ----------
    .. [1] Steegen, Tuerlinckx, Gelman and Vanpaemel, "Increasing transparency through a multiverse analysis",
       Perspectives on Psychological Science 11(5), 2016.
    """
    found = run(study, claim)
    if not (found.alive & (found.outcome != SKIPPED)).any():
        reasons = [skip.fault for skip in found.skips]
        raise StudyError(reasons or [Fault(code="claim.nothing_tested", values={"claim": claim.key})])
    counter, around = Counter(multiverse=found), Neighbourhood(found)
    return ClaimResult(
        study=study,
        claim=claim,
        combinations=found.grid.combinations,
        excluded=_excluded(found),
        repeats=_repeats(found),
        alike=alike(found),
        skips=found.skips,
        overall=counter.tally({}),
        equivalent=pooled(counter, ("equivalent",)),
        plausible=pooled(counter, ("equivalent", "uncertain")),
        sides=_sides(found, counter),
        start=start(found),
        baseline=around.baseline(),
        singles=around.singles(),
        breaks=around.breaks(),
        equivalent_breaks=around.breaks(("equivalent",)),
        leaders=_leaders(found),
        weight_space=weight_space(found, draws=draws, seed=seed),
        explained=explained(found),
        curve=curve(found),
    )


def pooled(counter: Counter, kinds: tuple[Kind, ...]) -> Tally:
    """Count over the specifications that are made of options of some kinds alone."""
    dimensions = counter.multiverse.grid.dimensions
    return counter.tally({d.key: tuple(o.key for o in d.options if o.kind in kinds) for d in dimensions})


def _excluded(found: Multiverse) -> tuple[tuple[Rule, int], ...]:
    """Count the combinations that each rule leaves out, in the order of the rules; each counts for the first one."""
    counts = np.zeros(len(found.claim.excluding) + 1, np.int64)
    for option, excluded in zip(found.grid.weights.options, found.grid.excluded, strict=True):
        counts += np.bincount(excluded, minlength=len(counts)) * len(option.weights)
    return tuple(zip(found.claim.excluding, counts[1:].tolist(), strict=True))


def _repeats(found: Multiverse) -> tuple[int, int]:
    """Count the combinations that are neither left out nor a specification of their own: by rule, by equal numbers."""
    grid, combinations, homes = found.grid, 0, 0
    for option, excluded in zip(grid.weights.options, grid.excluded, strict=True):
        wanted = (excluded == 0) & (found.row >= 0)
        combinations += int(wanted.sum()) * len(option.weights)
        homes += len(np.unique(grid.home[wanted])) * len(option.weights)
    return combinations - homes, homes - int(found.alive.sum())


def _sides(found: Multiverse, counter: Counter) -> tuple[Side, ...]:
    grid, sides = found.grid, []
    for item in (*grid.data, *grid.procedure):
        rows = []
        for option in item.options:
            mask = grid.mask({item.key: (option.key,)})
            by_weights = tuple(counter.split(mask))
            rows.append(Row(option=option, tally=_sum(by_weights), by_weights=by_weights))
        sides.append(Side(dimension=item, options=tuple(rows)))
    weights = counter.split(grid.mask({}))
    rows = [Row(option=o, tally=tally, by_weights=()) for o, tally in zip(grid.weights.options, weights, strict=True)]
    return (*sides, Side(dimension=grid.weights, options=tuple(rows)))


def _sum(tallies: tuple[Tally, ...]) -> Tally:
    return Tally(
        holds=sum(tally.holds for tally in tallies),
        ties=sum(tally.ties for tally in tallies),
        specifications=sum(tally.specifications for tally in tallies),
        skipped=sum(tally.skipped for tally in tallies),
    )


def _leaders(found: Multiverse) -> tuple[Leader, ...]:
    """Count who is first alone, and shared first places; the most frequent first."""
    ranked = found.alive & (found.outcome != SKIPPED)
    who, fails = found.leader[ranked], found.outcome[ranked] != HOLDS
    leaders = [
        Leader(
            alternative=found.alternatives[i] if i >= 0 else None,
            count=int((who == i).sum()),
            instead=int(((who == i) & fails).sum()),
        )
        for i in range(-1, len(found.alternatives))
    ]
    counted = [item for item in leaders if item.count]
    return tuple(sorted(counted, key=lambda item: (-item.count, item.alternative or "")))
