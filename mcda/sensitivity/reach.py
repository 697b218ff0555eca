"""From a goal over weights to the nearest weights that reach it: exactly, by subdivision, or by a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from mcda.engine.blocks import stream
from mcda.engine.methods import Scorer
from mcda.engine.note import Note
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import TIE
from mcda.errors import NotApplicable
from mcda.sensitivity.cells_topsis import topsis_floor, topsis_judge
from mcda.sensitivity.cells_vikor import vikor_judge
from mcda.sensitivity.descent import Leads, highest, holds, length, nearest_known
from mcda.sensitivity.forms import Form
from mcda.sensitivity.polyhedron import dominating_mixture, largest_lead, nearest_weights
from mcda.sensitivity.subdivision import search
from mcda.words import Word

WORK = 2e8  # products of polynomial coefficients at most: with many criteria fewer pieces are looked at
RESOLUTIONS = {"topsis2": 1e-6, "vikor": 1e-4}  # what is reached in a second or two on 5 alternatives and 4 criteria
POINTS = 40_000  # of the lattice, for methods without a short form
FEW = 2_000  # of the same, where the method takes one weight vector a call
GUESSES = 2_000  # weights drawn to begin a search with
CLEAR = 1.001 * TIE  # a little more than the tolerance, so that weights which are rounded again still clear it
LEVEL = 1e-5  # leads below this share of the largest score are level at the weights that were found


@dataclass(frozen=True, kw_only=True, eq=False)
class SmallestChange:
    """The smallest change of the weights that reaches a goal, or what shows that there is none.

    The goal ``first`` is to be first alone: to lead every other alternative by more than the tolerance of ties, apart
    from ``twins``, whose values are the same. The goal ``losing`` is that another alternative leads by more than that.

    Attributes
    ----------
    goal : ``first`` or ``losing``
    alternative : whose goal it is
    status : ``already`` (the goal holds now), ``changes``, ``never`` (proven), or ``not_found``: none was found, and
        what is proven is only that the goal is not reached nearer than ``bound``
    evidence : ``now`` (the goal holds at the present weights), ``linear`` (a linear or quadratic programme, exact),
        ``subdivision`` (all weights cut into pieces, each decided or smaller than ``resolution``), or ``scan`` (weights
        on a lattice with ``resolution`` between points: no region that holds a cube of that half-width was missed, and
        nothing else is proven)
    norm : ``l1`` (sum of the absolute changes: twice the share of weight that moves), ``l2`` (Euclidean) or ``linf``
        (the largest change)
    start : (m,) the problem's weights
    weights : (m,) weights at which the goal holds, the nearest found; None without any
    distance : from ``start`` to ``weights``; infinite without any
    bound : the goal holds nowhere nearer than this; 0 where that is not proven
    resolution : of the distance and of the smallest piece, or the spacing of the lattice; 0 for ``linear``
    undecided : pieces smaller than the resolution that could not be decided, and which ``bound`` leaves out
    ahead : who must be overtaken: not behind now, for ``first``; empty for ``losing``
    level : who is level with the alternative at ``weights``: for ``losing``, who takes its place
    twins : alternatives with the same values, which stay level with it whatever the weights
    closest : (m,) without ``weights``, those at which it comes closest to the goal; None otherwise
    shortfall : by how much it misses the goal there, in the method's score, 0 or more
    mixture : shares of rivals whose mix is at least as good on every criterion, which proves ``never`` for ``linear``
    """

    goal: str
    alternative: str
    status: str
    evidence: str
    norm: str
    start: Array
    weights: Array | None = None
    distance: float = np.inf
    bound: float = np.inf
    resolution: float = 0.0
    undecided: int = 0
    ahead: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    closest: Array | None = None
    shortfall: float = 0.0
    mixture: Mapping[str, float] | None = None

    def notes(self) -> list[Note]:
        """Say what would have to change, or that nothing does, and how sure that is."""
        values = {
            "alternative": self.alternative,
            "distance": self.distance,
            "bound": self.bound,
            "moved": self.distance / 2,
            "resolution": self.resolution,
            "measured": Word(f"sure.measured_{self.norm}"),
            "level": ", ".join(self.level or self.ahead),  # VIKOR can leap past them without being level
            "shortfall": self.shortfall,
        }
        notes = [Note(code=f"sure.{self.goal}_{self.status}", values=values)]
        if self.status == "changes":
            notes.append(Note(code=f"sure.distance_{self.norm}", values=values))
        if self.mixture:
            code = "sure.mixture" if len(self.mixture) > 1 else "sure.dominated"
            notes.append(Note(code=code, values=values | {"mixture": ", ".join(self.mixture)}))
        if self.evidence != "now":
            never = "_never" if self.evidence == "subdivision" and self.status == "never" else ""
            notes.append(Note(code=f"sure.by_{self.evidence}{never}", values=values))
        if self.twins:
            notes.append(Note(code="sure.twins", values=values | {"twins": ", ".join(self.twins)}))
        return notes


@dataclass(frozen=True, kw_only=True, eq=False)
class Quest:
    """Who is to lead whom, on which problem, and how far to look.

    Attributes
    ----------
    problem, score, form : the problem, its scores turned so that more is better, and its reduced form or None
    chosen, rivals : positions of the alternative that is to lead, and of all that it is to lead
    norm, resolution, cells : as in ``smallest_change``
    cap : only weights nearer than this matter
    quests : how many such searches share the effort
    slow : whether the method takes one weight vector a call
    """

    problem: Problem
    score: Scorer
    form: Form | None
    chosen: int
    rivals: tuple[int, ...]
    norm: str
    resolution: float | None
    cells: int
    cap: float = np.inf
    quests: int = 1
    slow: bool = False

    def gaps(self, weights: Array) -> Array:
        """Give by how much (k, r) it leads each rival; minus infinite where the method is undefined."""
        scores = _scores(self.score, weights, len(self.problem.alternatives))
        gaps = scores[:, [self.chosen]] - scores[:, list(self.rivals)]
        return np.where(np.isnan(gaps), -np.inf, gaps)

    def leads(self, weights: Array) -> Array:
        """Give by how much (k, r) it leads each rival beyond the tolerance of ties."""
        scores = _scores(self.score, weights, len(self.problem.alternatives))
        gaps = scores[:, [self.chosen]] - scores[:, list(self.rivals)] - CLEAR * abs(scores).max(axis=1, keepdims=True)
        return np.where(np.isnan(gaps), -np.inf, gaps)

    def holds(self, weights: Array) -> bool:
        """Tell whether it leads them all at weights (m,)."""
        return bool(holds(self.leads, weights[None])[0])

    def least_gap(self, weights: Array) -> Array:
        """Give by how much (k,) it leads the best rival; infinite without rivals."""
        least: Array = self.gaps(weights).min(axis=1, initial=np.inf)
        return least


def reach(quest: Quest) -> SmallestChange:
    """Find the weights nearest to the problem's at which the chosen alternative leads its rivals, or say why not."""
    start = quest.problem.weights
    if quest.holds(start):
        return _answer(quest, "already", "now", weights=start, bound=0.0)
    if quest.form is None:
        return _scanned(quest)
    return _programmed(quest, quest.form) if quest.form.kind in ("linear", "loglinear") else _divided(quest, quest.form)


def _programmed(quest: Quest, form: Form) -> SmallestChange:
    """Answer exactly, where the leads (or their logarithms) are linear in the weights."""
    utilities = form.parts[0] if form.higher_is_better else -form.parts[0]
    leads = utilities[quest.chosen] - utilities[list(quest.rivals)]
    largest, inside = largest_lead(leads)
    if largest <= 0 or not quest.holds(inside):
        shares = dominating_mixture(leads)
        names = [quest.problem.alternatives[i] for i in quest.rivals]
        mixture = {name: float(share) for name, share in zip(names, shares, strict=True) if share > 1e-9}
        return _answer(quest, "never", "linear", closest=inside, mixture=mixture)
    level = nearest_weights(leads, quest.problem.weights, quest.norm)
    level = inside if level is None else level
    bound = float(length(level - quest.problem.weights, quest.norm))
    return _answer(quest, "changes", "linear", weights=_beyond(quest.leads, level, inside), bound=bound)


def _beyond(leads: Leads, level: Array, inside: Array) -> Array:
    """Step from weights at which all is level towards those with the largest lead, as little as the ties demand."""
    steps = np.minimum(np.r_[0.0, 2.0 ** np.arange(-40.0, 1.0)], 1.0)
    points = level + steps[:, None] * (inside - level)
    first: Array = points[int(np.argmax(holds(leads, points)))]
    return first


def _divided(quest: Quest, form: Form) -> SmallestChange:
    """Answer by cutting all weights into pieces until each is decided."""
    start, m = quest.problem.weights, len(quest.problem.weights)
    guesses = _guesses(m)
    known = nearest_known(quest.leads, guesses, start, quest.norm)
    if known is not None and length(known - start, quest.norm) >= quest.cap:
        known = None
    judge = {"topsis2": topsis_judge, "vikor": vikor_judge}[form.kind](form, quest.chosen, list(quest.rivals))
    resolution = quest.resolution or RESOLUTIONS[form.kind]
    effort = len(quest.rivals) * (m * (m + 1) // 2) ** 2
    found = search(
        quest.leads,
        judge,
        start,
        norm=quest.norm,
        resolution=resolution,
        most=max(min(quest.cells, int(WORK / effort)) // quest.quests, 2000),
        known=known,
        cap=quest.cap,
    )
    bound = found.bound
    if form.kind == "topsis2":
        bound = max(bound, topsis_floor(form, quest.chosen, list(quest.rivals), start, quest.norm))
    none = "never" if found.finished and np.isinf(quest.cap) else "not_found"
    return _answer(
        quest,
        none if found.point is None else "changes",
        "subdivision",
        weights=found.point,
        bound=bound,
        closest=highest(quest.least_gap, guesses[quest.least_gap(guesses).argmax()]) if found.point is None else None,
        resolution=resolution,
        undecided=found.undecided,
    )


def _scanned(quest: Quest) -> SmallestChange:
    """Answer by a lattice of weights, for methods of which nothing is known but their scores."""
    points, parts = lattice(len(quest.problem.weights), FEW if quest.slow else POINTS)
    known = nearest_known(quest.leads, points, quest.problem.weights, quest.norm, tries=1 if quest.slow else 4)
    if known is not None:
        return _answer(quest, "changes", "scan", weights=known, bound=0.0, resolution=1.0 / parts)
    closest = points[quest.least_gap(points).argmax()]
    return _answer(quest, "not_found", "scan", closest=closest, bound=0.0, resolution=1.0 / parts)


def lattice(m: int, most: int) -> tuple[Array, int]:
    """Give all weights (k, m) that are multiples of 1 / parts, for as many parts as give at most ``most`` of them."""
    parts = 1
    while m > 1 and comb(parts + m, m - 1) <= most:
        parts += 1
    bars = np.array(list(combinations(range(parts + m - 1), m - 1)), int).reshape(comb(parts + m - 1, m - 1), m - 1)
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), parts + m - 1)])
    return (np.diff(edges, axis=1) - 1) / parts, parts


def _guesses(m: int) -> Array:
    """Give weights to begin with: the corners, the middles of the edges, and some drawn from the whole simplex."""
    drawn = stream(0, 1).standard_exponential((GUESSES, m))
    a, b = np.triu_indices(m)
    return np.concatenate([(np.eye(m)[a] + np.eye(m)[b]) / 2, drawn / drawn.sum(axis=1, keepdims=True)])


def _answer(
    quest: Quest,
    status: str,
    evidence: str,
    *,
    weights: Array | None = None,
    bound: float = np.inf,
    closest: Array | None = None,
    mixture: Mapping[str, float] | None = None,
    resolution: float = 0.0,
    undecided: int = 0,
) -> SmallestChange:
    """Put an answer together: measure the distance, see who is level there, or how much is missing."""
    names, level = quest.problem.alternatives, []
    if weights is not None:
        scores = quest.score(weights[None])[0]
        near = scores[quest.chosen] - LEVEL * abs(scores).max()
        level = [i for i in quest.rivals if scores[i] >= near]
    return SmallestChange(
        goal="first",
        alternative=names[quest.chosen],
        status=status,
        evidence=evidence,
        norm=quest.norm,
        start=quest.problem.weights,
        weights=weights,
        distance=np.inf if weights is None else float(length(weights - quest.problem.weights, quest.norm)),
        bound=bound,
        resolution=resolution,
        undecided=undecided,
        level=tuple(names[i] for i in level),
        closest=closest,
        shortfall=0.0 if closest is None else max(-float(quest.least_gap(closest[None])[0]), 0.0),
        mixture=mixture,
    )


def _scores(score: Scorer, weights: Array, n: int) -> Array:
    """Score, with NaN for weights at which the method is undefined, so that a search can pass them by."""
    try:
        return score(weights)
    except NotApplicable:
        if len(weights) == 1:
            return np.full((1, n), np.nan)
    return np.concatenate([_scores(score, row[None], n) for row in weights])
