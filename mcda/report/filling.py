"""What fills the template of the page: words, titles and tables in all languages at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import answer, bars, curves, grid, numbers, tables
from mcda.report.findings import DRAWS, SEED
from mcda.report.ledger import citation
from mcda.report.live import Other, form_of
from mcda.report.prose import link
from mcda.report.texts import Texts
from mcda.sensitivity.acceptability import acceptability
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.words import say

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

LIVE = ("sure", "bands", "triangle", "pair", "others", "curve")  # sections with words of the page's own
STEPS = 10  # of shading


def words(texts: Texts) -> dict[str, object]:
    """Give the template its words: the catalogue, titles, tables, paragraphs."""

    def cell(value: grid.Value, column: grid.Column) -> Markup:
        if isinstance(value, grid.Named):
            return texts.title(value.title)
        if isinstance(value, bool):
            return texts.said(lambda each: grid.shown(value, column, each))
        return escape(grid.shown(value, column, texts.lang))

    def head(column: grid.Column) -> Markup:
        if isinstance(column.heading, Title):
            return texts.title(column.heading)
        return texts.said(partial(say, column.heading))

    def spoken(key: str, **values: object) -> Markup:
        return texts.said(lambda each: say(key, each, **values))

    return {
        "words": spoken,
        "label": lambda key, **values: texts.label(lambda each: say(key, each, **values)),
        "spoken": texts.title,
        "prose": texts.prose,
        "cell": cell,
        "head": head,
        "caption": lambda table: texts.said(partial(grid.caption, table)),
        "caption_label": lambda table: texts.label(partial(grid.caption, table)),
        "remarks": lambda table: [texts.said(partial(grid.remark, note)) for note in table.notes],
        "numbers": numbers,
        "link": link,
        "citation": citation,
        "shade": shade,
        "live_sections": LIVE,
    }


def answered(case: Case, ranking: Ranking, texts: Texts) -> dict[str, object]:
    """Give the template the answer, the ranking, the weights and the tables of the case."""
    said = texts.said

    def cite(record: Mapping[str, Any]) -> Markup:
        values = {"version": record["versions"]["mcda"], "sha256": record["study"]["sha256"]}
        return said(lambda each: say("report.cite", each, title=case.study.title.get(each), **values))

    own = "report.reading.scores" if case.leaves else "report.reading.items"
    keys = {own: {}, "report.reading.near": {"limit": answer.PRACTICALLY_TIED}, "report.reading.limits": {}}
    return {
        "sentence": said(partial(answer.answer, case, ranking)),
        "basis": said(partial(answer.basis, case, ranking)),
        "method": said(partial(answer.method_words, ranking)),
        "no_form": lambda: said(lambda each: say("page.no_form", each, method=answer.method_words(ranking, each))),
        "weights_note": said(lambda each: say("report.weights.source", each, words=answer.weights_words(case, each))),
        "consistency": said(partial(answer.consistency_words, case)),
        "cite": cite,
        "places": bars.places(case, ranking),
        "share": bars.share,
        "ranking_table": tables.ranking(case, ranking),
        "consistency_table": tables.consistency(case),
        "judgements": tables.judgements(case),
        "method_lines": texts.lines(partial(answer.method_paragraph, case, ranking)),
        "reading": [said(partial(_known, key, values)) for key, values in keys.items()],
        "criterion_table": tables.criterion_scores(case),
        "assumed": tables.assumed(case),
        "changes": tables.changes(case),
        "swot": None if case.leaves else tables.swot(case),
    }


def led(case: Case, lead: Lead | None, texts: Texts) -> dict[str, object]:
    """Give the template what makes the lead; nothing where there is none."""
    if lead is None:
        return {"parts": []}
    return {
        "parts": bars.parts(case, lead, texts),
        "lead_words": texts.said(partial(answer.lead_words, case, lead)),
        "lead_table": tables.contributions(lead, case),
    }


def compared(case: Case, rivals: Sequence[Other], texts: Texts) -> dict[str, object]:
    """Give the template the other scenarios, and how many have each alternative first, alone or with others."""
    rest = [other for other in rivals if other.key != case.scenario.key]
    firsts = Counter(key for other in rest for key, rank in other.ranks.items() if rank == min(other.ranks.values()))
    titles = {item.key: item.title for item in case.alternatives}
    heavy = [(titles[key], count) for key, count in firsts.most_common() if key in titles]
    groups = {
        "page.others.profiles": [other for other in rivals if other.profile],
        "page.others.rest": [other for other in rivals if not other.profile],
    }

    def told(lang: str) -> str:
        each = ", ".join(f"{title.get(lang)} {count}" for title, count in heavy)
        return say("page.others.first", lang, list=each, count=len(rest))

    return {
        "rivals": [(heading, group) for heading, group in groups.items() if group],
        "elsewhere": texts.said(told) if rest else "",
    }


def anywhere(case: Case, texts: Texts) -> dict[str, object]:
    """Give the template how often each alternative is first over all weights; nothing where no weights are drawn."""
    if form_of(case) is None or len(case.alternatives) < 2:
        return {"anywhere": ""}
    chosen = case.scenario
    found = acceptability(
        case.problem,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
        draws=DRAWS,
        seed=SEED,
        details=False,
    )
    order = found.first.argsort(kind="stable")[::-1].tolist()

    def told(lang: str) -> str:
        each = [f"{case.title(found.alternatives[i], lang)} {numbers.share(float(found.first[i]))}" for i in order]
        return say("page.anywhere", lang, list=", ".join(each))

    return {"anywhere": texts.said(told)}


def claimed(claims: Sequence[ClaimResult], texts: Texts) -> dict[str, object]:
    """Give the template the specification curves of claims, each with what was found."""
    told = [(curves.drawn(result), texts.lines(partial(curves.told, result))) for result in claims]
    return {"curves": told, "curve_note": lambda result: texts.said(partial(curves.curve_note, result))}


def _known(key: str, values: Mapping[str, object], lang: str) -> str:
    return say(key, lang, **values)


def shade(place: float, direction: int) -> int:
    """Give the step of shading for a place on the common scale."""
    merit = place if direction > 0 else 1 - place
    return round(STEPS * min(max(merit, 0.0), 1.0))
