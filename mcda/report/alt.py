"""What the figures say, in words from the same numbers: their text alternatives."""

from __future__ import annotations

from collections.abc import Callable

from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import alt_sure, numbers
from mcda.report.answer import practically_tied, together
from mcda.report.findings import Findings
from mcda.report.scorecard import Score
from mcda.report.scorecard import scorecard as layout
from mcda.study.scenario import Case
from mcda.words import say


def words(found: Findings, lang: str) -> dict[str, str]:
    """Put every figure that makes sense for a case into words, by its name; no other figure is drawn.

    With a single alternative only what it scores makes sense. What a method leaves undefined for some weights has no
    figure over weights, a route without ranges none over scores, two criteria no triangle.
    """
    several, case = len(found.case.alternatives) > 1, found.case
    out = {"ranking": ranking(case, found.ranking, lang), "scorecard": scorecard(case, lang)}
    if found.lead is not None:
        out["contributions"] = contributions(found.lead, case, lang)
    return out | {name: put(found, lang) for name, (makes_sense, put) in SURE.items() if several and makes_sense(found)}


def scorecard(case: Case, lang: str) -> str:
    """Put the scorecard into words: its size, and each alternative's best and worst places."""
    groups = layout(case)
    rows = [row for group in groups for row in group.rows]
    size = {"rows": len(rows), "columns": len(case.alternatives), "criteria": len(groups)}
    parts = [say("report.alt.scorecard", lang, **size)]
    for i, alternative in enumerate(case.alternatives):
        each = [f"{group.criterion.title.get(lang)} {numbers.score(group.means[i])}" for group in groups]
        parts.append(f"{alternative.title.get(lang)}: {', '.join(each)}.")
    scores: list[Score] = [score for row in rows for score in row.scores]
    waiting = sum(score.assumed for score in scores)
    if waiting:
        parts.append(say("report.alt.assumed", lang, count=waiting))
    return " ".join(parts)


def ranking(case: Case, ranking: Ranking, lang: str) -> str:
    """Put the bars of the ranking into words."""
    order = ranking.order()
    names = [case.title(ranking.alternatives[i], lang) for i in order]
    each = [
        f"{numbers.rank(float(ranking.ranks[i]))}. {name} {numbers.score(float(ranking.scores[i]))}"
        for i, name in zip(order, names, strict=True)
    ]
    parts = [say("report.alt.ranking", lang, bars="; ".join(each))]
    for group in practically_tied(ranking):
        parts.append(say("report.alt.near", lang, names=together([names[place] for place in group], lang)))
    return " ".join(parts)


def contributions(lead: Lead, case: Case, lang: str) -> str:
    """Put the bars of the contributions into words, criterion by criterion."""
    each = [f"{case.title(key, lang)} {numbers.signed(part)}" for key, part in lead.criteria.items()]
    values = {
        "first": case.title(lead.first, lang),
        "second": case.title(lead.second, lang),
        "lead": numbers.signed(lead.lead),
        "bars": "; ".join(each),
    }
    return say("report.alt.contributions", lang, **values)


def _measured(found: Findings) -> bool:
    return found.weights is not None or found.scores is not None


def _weighed(found: Findings) -> bool:
    return found.stability is not None and len(found.stability.criteria) > 1


def _ranged(found: Findings) -> bool:
    return found.tornado is not None and bool(found.tornado.bars)


def _compared(found: Findings) -> bool:
    return any(other.key != found.case.scenario.key for other in found.others)


def _mapped(found: Findings) -> bool:
    return found.triangle is not None


# Of the figures that say how sure a result is: whether they make sense for a case, and what they say.
SURE: dict[str, tuple[Callable[[Findings], bool], Callable[[Findings, str], str]]] = {
    "acceptability": (_measured, alt_sure.acceptability),
    "bands": (_weighed, alt_sure.bands),
    "sweep": (_weighed, alt_sure.sweep),
    "tornado": (_ranged, alt_sure.tornado),
    "bump": (_compared, alt_sure.bump),
    "simplex": (_mapped, alt_sure.simplex),
}
