"""The answer in words: who ranks where, from which choices it follows, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from mcda.engine.methods import METHODS
from mcda.engine.ranking import Ranking
from mcda.explain import Lead
from mcda.report import details, numbers
from mcda.report.grid import named
from mcda.study.scenario import Case
from mcda.study.weighting import criterion_weights
from mcda.words import known, say

PARTLESS = 0.0005  # a contribution that is 0 to 3 decimals speaks for nobody
PRACTICALLY_TIED = 0.005  # scores closer than this are called practically tied in words


def gaps(ranking: Ranking) -> list[float]:
    """Give, from the best alternative down, how far each one's score lies behind the one above (n - 1)."""
    order = ranking.order()
    return [abs(float(ranking.scores[i] - ranking.scores[j])) for i, j in pairwise(order)]


def practically_tied(ranking: Ranking) -> list[list[int]]:
    """Group places (0 is the best) whose neighbours are practically tied; only groups of two or more."""
    groups = [[0]]
    for place, gap in enumerate(gaps(ranking), start=1):
        if gap < PRACTICALLY_TIED:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [group for group in groups if len(group) > 1]


def answer(case: Case, ranking: Ranking, lang: str) -> str:
    """Say in one sentence who ranks first and by how much, and where nothing parts them."""
    return answer_of(ranking, lambda key: case.title(key, lang), lang)


def answer_of(ranking: Ranking, title: Callable[[str], str], lang: str) -> str:
    """Say the same of a ranking of anything; ``title`` gives the name of an alternative."""
    names = [title(ranking.alternatives[i]) for i in ranking.order()]
    scores = [float(ranking.scores[i]) for i in ranking.order()]
    first = len(ranking.first())
    near = sum(abs(scores[0] - score) < PRACTICALLY_TIED for score in scores)
    values: dict[str, object] = {
        "count": len(names),
        "first": names[0],
        "score": numbers.score(scores[0]),
        "limit": PRACTICALLY_TIED,
    }
    if len(names) == 1:
        return say("report.answer.alone", lang, **values)
    if first > 1:
        values["first"] = together(names[:first], lang)
        if first == len(names):
            return say("report.answer.all_tied", lang, **values)
        gap = numbers.score(abs(scores[0] - scores[first]))
        return say("report.answer.tied", lang, **values, second=names[first], gap=gap)
    values |= {"second": names[1], "second_score": numbers.score(scores[1])}
    if near > 1:
        each = [f"{name} ({numbers.score(score)})" for name, score in zip(names[:near], scores, strict=False)]
        return say("report.answer.near", lang, **values, names=together(each, lang))
    return say("report.answer.first", lang, **values, gap=numbers.score(abs(scores[0] - scores[1])))


def lead_words(case: Case, lead: Lead, lang: str) -> str:
    """Say in one sentence which criteria speak for either of two alternatives, the heaviest first."""
    heavy = sorted(lead.criteria.items(), key=lambda part: -abs(part[1]))
    sides = []
    for sign in (1, -1):
        each = [f"{case.title(key, lang)} ({numbers.signed(part)})" for key, part in heavy if sign * part > PARTLESS]
        sides.append(together(each, lang) or say("report.nothing", lang))
    first, second = case.title(lead.first, lang), case.title(lead.second, lang)
    values = {"lead": numbers.signed(lead.lead), "for_first": sides[0], "for_second": sides[1]}
    return say("report.lead", lang, first=first, second=second, **values)


def basis(case: Case, ranking: Ranking, lang: str, *, weights_vary: bool = False) -> str:
    """Say in one sentence from which choices the ranking follows; without the weights where these vary."""
    values = {"route": route_words(case, lang), "method": method_words(ranking, lang)}
    if weights_vary:
        return say("report.basis_weights_vary", lang, **values)
    return say("report.basis", lang, weights=weights_words(case, lang), **values)


def order_words(case: Case, ranking: Ranking, lang: str) -> str:
    """Write the whole order in one line, best first: ``EU 0.557 > China 0.489``, with ``=`` between equals."""
    words = ""
    for place, i in enumerate(ranking.order()):
        equal = place and ranking.ranks[i] == ranking.ranks[ranking.order()[place - 1]]
        words += (" = " if equal else " > ") if place else ""
        words += f"{case.title(ranking.alternatives[i], lang)} {numbers.score(float(ranking.scores[i]))}"
    return words


def method_words(ranking: Ranking, lang: str) -> str:
    """Name the method and the normalization."""
    title = METHODS[ranking.method].title if ranking.method in METHODS else ranking.method
    if ranking.normalization is None:
        return say("report.method.alone", lang, method=title)
    return say("report.method.normalized", lang, method=title, normalization=ranking.normalization)


def route_words(case: Case, lang: str) -> str:
    """Name the route from evidence to scores."""
    route, codings = case.scenario.route, {coding.key: coding for coding in case.study.codings}
    if not case.leaves:
        return say("report.route.swot", lang, route=route)
    if route in codings:
        return say("report.route.coding", lang, coding=codings[route].title.get(lang))
    return say("report.route.ratings" if codings else "report.route.own", lang, count=len(codings))


def weights_words(case: Case, lang: str) -> str:
    """Name the source of the weights."""
    source, weights = case.scenario.weights, _weights_before(case)
    if max(weights) - min(weights) < 1e-12:
        words = say("report.weights.equal", lang)
    else:
        merged = source.kind == "pairwise" and sum(map(len, source.judgements.values())) > 1
        code = "report.weights.merged" if merged else f"report.weights.{source.kind}"
        words = say(code, lang, scenario=source.scenario or case.scenario.key)
    for setting in source.settings:
        each = [_set_words(case, key, value, lang) for key, value in setting.shares.items()]
        words = say(f"report.weights.{setting.rest}", lang, words=words, fixed=together(each, lang))
    return words


def _weights_before(case: Case) -> list[float]:
    """Give the weights of the criteria before any share is set on top of them."""
    if not case.scenario.weights.settings:
        return list(case.criterion_weights.values())
    source = replace(case.scenario.weights, settings=())
    return list(criterion_weights(case.study, replace(case.scenario, weights=source))[0].values())


def _set_words(case: Case, key: str, value: float, lang: str) -> str:
    """Name a share that is set; that of a sub-criterion with its criterion."""
    owner = next((leaf.criterion for leaf in case.study.leaves if leaf.key == key), None)
    said = say("report.weights.at", lang, name=case.title(key, lang), share=numbers.share(value))
    return say("report.weights.within", lang, share=said, criterion=case.title(owner, lang)) if owner else said


def method_paragraph(case: Case, ranking: Ranking, lang: str) -> list[str]:
    """Say, a sentence each, how the scores come about: structure, scales, normalization, method, reading."""
    scenario, entry = case.scenario, METHODS.get(ranking.method)
    out = [say(f"report.structure.{scenario.structure}" if case.leaves else "report.structure.swot", lang)]
    if case.leaves and any(leaf.kind == "amount" for leaf in case.leaves):
        out.append(say(f"report.money.{scenario.money}", lang))
    if case.leaves and scenario.rating_floor:
        out.append(say("report.rating_floor", lang, floor=scenario.rating_floor))
    if case.leaves and scenario.leaf_weights == "evidence":
        out.append(say("report.leaf_weights.evidence", lang))
    if case.assumed:
        out.append(say(f"report.missing.{scenario.missing}", lang))
    if ranking.normalization is None:
        out.append(say("report.normalization.own", lang))
    else:
        out.append(_known("report.normalization", ranking.normalization, lang))
    values = {"method": entry.title if entry else ranking.method, "reference": entry.reference if entry else ""}
    out.append(_known("report.how", ranking.method, lang, **values))
    if scenario.options:
        each = [f"{name} = {value}" for name, value in scenario.options.items()]
        out.append(say("report.options", lang, options=together(each, lang)))
    out.append(say("report.higher" if ranking.higher_is_better else "report.lower", lang))
    return out


def conclusions(case: Case, ranking: Ranking, lang: str) -> list[str]:
    """Say what the method concludes beside its scores, where it does; for what is not changed by the reader."""
    return details.sentences(ranking, [named(item) for item in case.alternatives], lang)


def consistency_words(case: Case, lang: str) -> str:
    """Say how consistent the judgements behind the weights are; empty where there are none."""
    merged = case.priorities.get(case.scenario.key)
    if merged is None:
        return ""
    values = {"index": numbers.amount(merged.random_index), "source": merged.random_index_source}
    ratio, limit = numbers.score(merged.consistency_ratio), numbers.amount(merged.threshold)
    return say("report.consistency", lang, **values, ratio=ratio, threshold=limit)


def together(words: Sequence[str], lang: str) -> str:
    """Join words into a list: ``A, B and C``."""
    if len(words) < 2:
        return "".join(words)
    return say("report.and", lang, most=", ".join(words[:-1]), last=words[-1])


def _known(stem: str, key: str, lang: str, **values: object) -> str:
    """Give the words for a key, or the stem's general ones where the catalogue has none of its own."""
    code = f"{stem}.{key}"
    return say(code if known(code) else f"{stem}.other", lang, **{"key": key, **values})
