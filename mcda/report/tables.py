"""The tables of the results: plain data from a case, its ranking and its lead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from mcda.engine.methods import METHODS
from mcda.engine.note import Note
from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report.answer import PRACTICALLY_TIED, gaps, practically_tied
from mcda.report.grid import Column, Named, Table, Value, named, several, to_csv, to_markdown, to_records, word
from mcda.report.ledger import (
    ALTERNATIVE,
    CRITERION,
    EVIDENCE,
    REASON,
    SUBCRITERION,
    assumed,
    cells,
    changes,
    coding,
    codings,
    evidence,
    overview,
    sources,
    swot,
)
from mcda.report.scorecard import criterion_means
from mcda.study.model import Alternative, Study, Title
from mcda.study.scenario import Case
from mcda.words import LANGUAGES, say, term

if TYPE_CHECKING:
    from mcda.engine.ahp import Priorities

__all__ = [
    "Column",
    "Named",
    "Table",
    "assumed",
    "cells",
    "changes",
    "codings",
    "comparison",
    "consistency",
    "contributions",
    "criterion_scores",
    "evidence",
    "judgements",
    "matrix",
    "overview",
    "ranking",
    "sources",
    "swot",
    "to_csv",
    "to_markdown",
    "to_records",
    "weights",
]

SHOWN = 3  # decimals of scores
NOISE = 1e-12  # of the largest part: what arithmetic leaves of a contribution of 0, and not the same on every machine


def _seem_off(ranking: Ranking) -> bool:
    """Whether the distance of two neighbours, as it is shown, is not that of their scores as they are shown."""
    shown = [round(float(ranking.scores[i]), SHOWN) for i in ranking.order()]
    pairs = zip(pairwise(shown), gaps(ranking), strict=True)
    return any(round(abs(first - second), SHOWN) != round(gap, SHOWN) for (first, second), gap in pairs)


def ranking(case: Case, ranking: Ranking) -> Table:
    """Tabulate the ranking, best first: rank, score, how far behind the one above."""
    order = ranking.order()
    near = {order[place] for group in practically_tied(ranking) for place in group}
    behind: list[float | None] = [None, *gaps(ranking)]
    notes = []
    if len(set(ranking.ranks.tolist())) < len(order):
        notes.append(Note(code="report.note.tie"))
    if near:
        notes.append(Note(code="report.note.near", values={"limit": PRACTICALLY_TIED}))
    if _seem_off(ranking):
        notes.append(Note(code="report.note.rounded"))
    if not ranking.higher_is_better:
        notes.append(Note(code="report.lower"))
    return Table(
        title_key="report.table.ranking",
        columns=(
            Column(key="rank", heading="report.head.rank", kind="rank"),
            ALTERNATIVE,
            Column(key="score", heading="report.head.score", kind="score"),
            Column(key="behind", heading="report.head.behind", kind="score"),
            Column(key="practically_tied", heading="report.head.near", kind="flag"),
        ),
        rows=tuple(
            (float(ranking.ranks[i]), named(case.alternatives[i]), float(ranking.scores[i]), behind[place], i in near)
            for place, i in enumerate(order)
        ),
        notes=tuple(notes),
    )


def weights(case: Case) -> Table:
    """Tabulate the criteria with direction and weight."""
    return Table(
        title_key="report.table.weights",
        columns=(
            CRITERION,
            Column(key="direction", heading="report.head.direction"),
            Column(key="weight", heading="report.head.weight", kind="share"),
        ),
        rows=tuple(
            (named(c), word("benefit" if c.direction > 0 else "cost"), case.criterion_weights[c.key])
            for c in case.study.criteria
        ),
    )


def judgements(case: Case) -> Table:
    """Tabulate the pairwise judgements that the weights come from, by profile and coding."""
    titles = {criterion.key: criterion for criterion in case.study.criteria}
    source = case.scenario.weights
    return Table(
        title_key="report.table.judgements",
        columns=(
            Column(key="profile", heading="report.head.profile"),
            Column(key="coding", heading="report.head.coding"),
            Column(key="first", heading="report.head.first"),
            Column(key="second", heading="report.head.second"),
            Column(key="ratio", heading="report.head.ratio"),
            EVIDENCE,
            REASON,
        ),
        rows=tuple(
            (
                profile or source.scenario or case.scenario.key,
                coding(case, key),
                named(titles[one.first]),
                named(titles[one.second]),
                one.ratio,
                "; ".join(one.evidence),
                one.reason,
            )
            for profile, by_coding in source.judgements.items()
            for key, ones in by_coding.items()
            for one in ones
        ),
    )


def consistency(case: Case) -> Table:
    """Tabulate what each judge's judgements say: weights, consistency ratio, random index and its table."""
    return Table(
        title_key="report.table.consistency",
        columns=(
            Column(key="judge", heading="report.head.judge"),
            *(Column(key=c.key, heading=c.title, kind="share") for c in case.study.criteria),
            Column(key="consistency_ratio", heading="report.head.consistency_ratio", kind="score"),
            Column(key="random_index", heading="report.head.random_index", kind="amount"),
            Column(key="random_index_source", heading="report.head.random_index_source"),
        ),
        rows=tuple(
            (_judge(case, name), *p.weights.tolist(), _ratio(p), p.random_index, p.random_index_source)
            for name, p in case.priorities.items()
        ),
        notes=tuple(note for p in case.priorities.values() for note in p.notes),
    )


def criterion_scores(case: Case) -> Table:
    """Tabulate the alternatives by criterion on the common scale; of a cost, a high value is bad."""
    means = criterion_means(case)
    return Table(
        title_key="report.table.criterion_scores",
        columns=(ALTERNATIVE, *(Column(key=c.key, heading=c.title, kind="score") for c in case.study.criteria)),
        rows=tuple((named(a), *means[i].tolist()) for i, a in enumerate(case.alternatives)),
        notes=(Note(code="report.note.costs"),) if any(c.direction < 0 for c in case.study.criteria) else (),
    )


def matrix(case: Case) -> Table:
    """Tabulate what the method works on, with rows for direction and weight: a plain decision matrix."""
    problem = case.problem
    titles = {item.key: item.title for item in case.study.criteria} | {item.key: item.title for item in case.leaves}
    special: tuple[tuple[Value, ...], ...] = (
        (word("direction"), *(word("benefit" if sign > 0 else "cost") for sign in problem.directions)),
        (word("weight"), *problem.weights.tolist()),
    )
    return Table(
        title_key="report.table.matrix",
        columns=(ALTERNATIVE, *(Column(key=key, heading=titles[key], kind="score") for key in problem.criteria)),
        rows=special + tuple((named(a), *problem.values[i].tolist()) for i, a in enumerate(case.alternatives)),
    )


def contributions(lead: Lead, case: Case) -> Table:
    """Tabulate where a lead comes from: criteria, below each its sub-criteria, and the sum."""
    parts = (lead.lead, *lead.criteria.values(), *lead.leaves.values())
    floor = NOISE * max(map(abs, parts))
    names = {"first": title(case, lead.first), "second": title(case, lead.second)}
    rows: list[tuple[Value, ...]] = []
    for criterion in case.study.criteria:
        rows.append((word("criterion"), named(criterion), None, _quiet(lead.criteria[criterion.key], floor)))
        own = [leaf for leaf in case.leaves if leaf.criterion == criterion.key]
        for leaf in own:
            rows.append((word("subcriterion"), named(criterion), named(leaf), _quiet(lead.leaves[leaf.key], floor)))
    rows.append((word("total"), None, None, _quiet(lead.lead, floor)))
    return Table(
        title_key="report.table.contributions",
        title_values=names,
        columns=(
            Column(key="level", heading="report.head.level"),
            CRITERION,
            SUBCRITERION,
            Column(key="contribution", heading="report.head.contribution", kind="signed"),
        ),
        rows=tuple(rows),
        notes=(Note(code="report.note.contributions", values=names),),
    )


def comparison(results: Sequence[tuple[Case, Ranking]], *, show: Literal["ranks", "scores"] = "ranks") -> Table:
    """Tabulate scenarios one below the other: their choices, who is first, each alternative's rank or score."""
    everyone: dict[str, Alternative] = {}
    for case, _ in results:
        everyone |= {alternative.key: alternative for alternative in case.alternatives}
    rows: list[tuple[Value, ...]] = []
    for case, result in results:
        numbers = (result.ranks if show == "ranks" else result.scores).tolist()
        by_key = dict(zip(result.alternatives, numbers, strict=True))
        scenario = Named(key=case.scenario.key, title=case.scenario.title)
        first = several([everyone[key] for key in result.first()])
        choices = (scenario, *_choices(result), route(case.study, case.scenario.route), first)
        rows.append((*choices, *(by_key.get(key) for key in everyone)))
    return Table(
        title_key=f"report.table.comparison_{show}",
        columns=(
            Column(key="scenario", heading="report.head.scenario"),
            Column(key="method", heading="report.head.method"),
            Column(key="normalization", heading="report.head.normalization"),
            Column(key="route", heading="report.head.route"),
            Column(key="first", heading="report.head.winner"),
            *(
                Column(key=a.key, heading=a.title, kind="rank" if show == "ranks" else "score")
                for a in everyone.values()
            ),
        ),
        rows=tuple(rows),
        notes=(Note(code="report.note.scores_apart"),) if show == "scores" else (),
    )


def _choices(ranking: Ranking) -> tuple[Value, Value]:
    """Give a method and a normalization as cells, which people read by their titles."""
    method = METHODS[ranking.method].title if ranking.method in METHODS else ranking.method
    norm = ranking.normalization
    return _term(ranking.method, method), None if norm is None else _term(norm, norm)


def _term(key: str, text: str) -> Named:
    return Named(key=key, title=Title(**{lang: term(text, lang) for lang in LANGUAGES}))


def route(study: Study, key: str) -> Named:
    """Make a cell of a route: the adopted ratings, a coding, or a balance of SWOT items as a coding assigns them."""
    codings = {coding.key: coding.title for coding in study.codings}
    if key in codings:
        return Named(key=key, title=codings[key])
    if study.swot is None or key not in study.swot.codings:
        return Named(key=key, title=Title(**{lang: say("report.route.adopted", lang) for lang in LANGUAGES}))
    coded = codings.get(key.replace("swot", "coding"))
    said = {lang: say("report.route.balance", lang, coding=coded.get(lang) if coded else key) for lang in LANGUAGES}
    return Named(key=key, title=Title(**said))


def title(case: Case, key: str) -> Title:
    """Find the title of an alternative of the case."""
    return next(alternative.title for alternative in case.alternatives if alternative.key == key)


def _judge(case: Case, name: str) -> Named:
    """Name who judged: a coding, a profile, or all of them merged."""
    return Named(key=name, title=word("merged").title) if name == case.scenario.key else coding(case, name)


def _ratio(judged: Priorities) -> float:
    """Give a consistency ratio without what arithmetic leaves of it, as a difference of nearly equal numbers."""
    return round(judged.consistency_ratio, 12)


def _quiet(part: float, floor: float) -> float:
    return 0.0 if abs(part) <= floor else part
