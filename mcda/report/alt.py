"""What the figures say, in words from the same numbers: their text alternatives."""

from __future__ import annotations

from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import numbers
from mcda.report.answer import practically_tied, together
from mcda.report.scorecard import Score
from mcda.report.scorecard import scorecard as layout
from mcda.study.scenario import Case
from mcda.words import say


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
