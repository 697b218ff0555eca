"""What a report has to tell of a case, computed once: the ranking, how sure it is, and what would change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from mcda.engine.methods import lookup, rank
from mcda.engine.ranking import Ranking
from mcda.errors import ProblemError
from mcda.explain import Lead, explain_lead
from mcda.report.live import Other, others
from mcda.sensitivity.acceptability import acceptability
from mcda.sensitivity.flip import distance_to_losing
from mcda.sensitivity.forms import reduced
from mcda.sensitivity.reach import SmallestChange
from mcda.sensitivity.scores import ScoreModel
from mcda.sensitivity.smaa import Acceptability
from mcda.sensitivity.stability import Stability, stability
from mcda.sensitivity.tornado import Tornado
from mcda.sensitivity.triangle import Triangle, triangle
from mcda.study.model import Cell, Reading
from mcda.study.scenario import Case, Change, Missing, build
from mcda.tornadoes import lead_tornado
from mcda.uncertainty import score_model

DRAWS, SEED = 20_000, 1  # no share has a standard error above 0.4%
SLOW_DRAWS = 2_000  # for methods that take one weight vector a call
POINTS, SLOW_POINTS = 121, 41  # of a sweep's lines
FEW_CRITERIA = 6  # up to which the smallest change of all weights is found in a second or so

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A score that, moved alone to an end of its range or to a disputed reading, changes the first place.

    Attributes
    ----------
    cell : the score
    value, end : the value in use, and the end or disputed reading that it is moved to
    first : who is first then; several where they tie
    step : how far the end lies from the value, as a share of the sub-criterion's scale
    """

    cell: Cell
    value: float
    end: float
    first: tuple[str, ...]
    step: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Findings:
    """The results that a report tells.

    Attributes
    ----------
    case, ranking : what was ranked, and how it came out
    lead : of the first over the second; None where there is no second
    weights : shares of the ranks over all weights; None where the method is undefined for some of them
    scores : the same at the scenario's weights with the scores drawn; None on a SWOT route, or as above
    stability : how far each weight moves alone; None as above
    losing : the smallest change of all weights together; None where it takes long to find, or as above
    ranged : how many scores have a range
    moved : where they change the first place alone, either end by itself, the smallest step first
    assumed : who is first with all assumed scores at the low, and at the high end; None where no score is assumed
    tornado : what each score's range does to the lead; None where there is no second
    triangle : who is first over three of the weights; None for fewer, for one alternative, or as for ``weights``
    others : the study's scenarios, ranked
    """

    case: Case
    ranking: Ranking
    lead: Lead | None
    weights: Acceptability | None
    scores: Acceptability | None
    stability: Stability | None
    losing: SmallestChange | None
    ranged: int
    moved: tuple[Moved, ...]
    assumed: tuple[tuple[str, ...], tuple[str, ...]] | None
    tornado: Tornado | None
    triangle: Triangle | None
    others: tuple[Other, ...]

    @property
    def draws(self) -> int | None:
        """How many draws the shares rest on; None where nothing was drawn."""
        return max((found.draws for found in (self.weights, self.scores) if found is not None), default=0) or None

    @property
    def seed(self) -> int | None:
        """What the draws depend on; None where nothing was drawn."""
        return SEED if self.draws else None


def findings(case: Case) -> Findings:
    """Compute everything that a report tells of a case."""
    ranking = rank_under(case)
    best = [ranking.alternatives[i] for i in ranking.order()[:2]]
    slow = lookup(case.scenario.method).borrowed
    draws = SLOW_DRAWS if slow else DRAWS
    return Findings(
        case=case,
        ranking=ranking,
        lead=explain_lead(case, *best) if len(best) == 2 else None,
        weights=_where_defined(partial(_shares, case, draws, None)),
        scores=_where_defined(partial(_shares, case, draws, score_model(case))) if case.leaves else None,
        stability=_where_defined(partial(_stability, case, SLOW_POINTS if slow else POINTS)),
        losing=_where_defined(partial(_losing, case)),
        ranged=sum(cell.low < cell.high for row in case.cells for cell in row),
        moved=_moved(case, ranking),
        assumed=_where_defined(partial(_ends, case)) if case.assumed else None,
        tornado=_where_defined(partial(lead_tornado, case, *best)) if len(best) == 2 else None,
        triangle=_where_defined(partial(_triangle, case)),
        others=others(case),
    )


def rank_under(case: Case) -> Ranking:
    """Rank a case by its scenario's method."""
    chosen = case.scenario
    return rank(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)


def _where_defined(compute: Callable[[], Found]) -> Found | None:
    """Compute, or give None where a method that ranks the case has no score for some of what may be."""
    try:
        return compute()
    except ProblemError:
        return None


def _shares(case: Case, draws: int, model: ScoreModel | None) -> Acceptability:
    """Draw the weights, or at the scenario's weights the scores of a model."""
    chosen = case.scenario
    return acceptability(
        case.problem,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
        vary="weights" if model is None else "scores",
        scores=model,
        draws=draws,
        seed=SEED,
        details=False,
    )


def _stability(case: Case, points: int) -> Stability:
    """Let each weight run alone, with scores at so many weights for drawing."""
    chosen = case.scenario
    return stability(
        case.problem,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
        points=points,
    )


def _triangle(case: Case) -> Triangle | None:
    chosen = case.scenario
    return triangle(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)


def _losing(case: Case) -> SmallestChange | None:
    """Find the smallest change of all weights that takes the first place away, where that is quick."""
    problem, chosen = case.problem, case.scenario
    method, normalization, options = chosen.method, chosen.normalization, chosen.options
    if not 1 < len(problem.criteria) <= FEW_CRITERIA:
        return None
    if reduced(problem, method=method, normalization=normalization, options=options) is None:
        return None
    return distance_to_losing(problem, method=method, normalization=normalization, options=options)


def _moved(case: Case, ranking: Ranking) -> tuple[Moved, ...]:
    """Move each score alone to either end, disputed readings included, and keep what changes the first place."""
    out = []
    for i, row in enumerate(case.cells):
        for j, cell in enumerate(row):
            value, scale = float(case.leaf_values[i, j]), case.leaves[j].scale
            for end in sorted({cell.low, cell.high} - {value}):
                first = _where_defined(partial(_first_with, case, cell, end))
                if first is not None and first != ranking.first():
                    step = abs(end - value) / (scale[1] - scale[0])
                    out.append(Moved(cell=cell, value=value, end=end, first=first, step=step))
    return tuple(sorted(out, key=lambda moved: moved.step))


def _first_with(case: Case, cell: Cell, end: float) -> tuple[str, ...]:
    """Say who is first where one score stands at an end of its range."""
    reading = Reading(value=end, low=end, high=end)
    change = Change(alternative=cell.alternative, leaf=cell.leaf, reading=reading)
    changed = replace(case.scenario, changes=(*case.scenario.changes, change))
    return rank_under(build(case.study, changed)).first()


def _ends(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say who is first where all assumed scores stand at the low, and at the high end of their ranges."""
    ends: tuple[Missing, Missing] = ("low", "high")
    low, high = (rank_under(build(case.study, replace(case.scenario, missing=end))).first() for end in ends)
    return low, high
