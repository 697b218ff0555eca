"""The paragraph on methods, from what was actually run."""

from __future__ import annotations

from collections.abc import Mapping

from mcda.engine.ranking import TIE
from mcda.report import numbers
from mcda.report.answer import (
    PRACTICALLY_TIED,
    conclusions,
    consistency_words,
    method_paragraph,
    route_words,
    together,
    weights_words,
)
from mcda.report.blocks import tidy
from mcda.report.findings import Findings
from mcda.report.ledger import cited_rows
from mcda.study.scenario import Case
from mcda.words import say


def methods_text(found: Findings, record: Mapping[str, object], lang: str) -> tuple[str, ...]:
    """Say, a sentence each, what was ranked and how, what was varied, and with which program.

    Parameters
    ----------
    found : the results of the run; what was not computed is not told
    record : the manifest
    """
    case = found.case
    sentences = [
        *_subject(case, lang),
        *method_paragraph(case, found.ranking, lang),
        *conclusions(case, found.ranking, lang),
        consistency_words(case, lang),
        say("documents.method.ties", lang, tie=numbers.amount(TIE), limit=PRACTICALLY_TIED),
        *_shares(found, lang),
        *_ranges(found, lang),
        _software(record, lang),
    ]
    return tuple(tidy(sentence) for sentence in sentences if sentence)


def _subject(case: Case, lang: str) -> list[str]:
    """Say what was ranked on what, from which scores and weights."""
    weights = case.criterion_weights
    criteria = [
        say(
            "documents.method.criterion",
            lang,
            title=criterion.title.get(lang),
            direction=say(f"report.word.{'benefit' if criterion.direction > 0 else 'cost'}", lang),
            weight=numbers.share(weights[criterion.key]),
        )
        for criterion in case.study.criteria
    ]
    names = together([alternative.title.get(lang) for alternative in case.alternatives], lang)
    out = [
        say("documents.method.ranked", lang, alternatives=names, criteria=together(criteria, lang)),
        say("documents.method.inputs", lang, route=route_words(case, lang), weights=weights_words(case, lang)),
    ]
    if case.leaves and case.study.codings and case.scenario.route == "ratings":
        titles = together([coding.title.get(lang) for coding in case.study.codings], lang)
        out.append(say("documents.method.codings", lang, codings=titles, rows=len(cited_rows(case))))
    return out


def _shares(found: Findings, lang: str) -> list[str]:
    """Say what the shares of the ranks were counted over."""
    out = []
    if found.weights is not None:
        values = {"draws": numbers.amount(found.weights.draws), "seed": found.weights.seed}
        code = "documents.method.weights.exact" if found.weights.exact else "documents.method.weights"
        out.append(say(code, lang, **values))
    if found.scores is not None:
        values = {"draws": numbers.amount(found.scores.draws), "seed": found.scores.seed}
        out.append(say("documents.method.scores", lang, **values))
    return out


def _ranges(found: Findings, lang: str) -> list[str]:
    """Say how the changes that would matter were looked for."""
    out, held, change = [], found.stability, found.losing
    if held is not None:
        code = "documents.method.roots" if held.exact else "documents.method.scan"
        out.append(say(code, lang, step=numbers.amount(held.resolution)))
    if change is not None and change.evidence != "now" and change.status != "never":
        gap = float(f"{change.distance - change.bound:.1g}")  # to one digit: what is proven, not what is computed
        out.append(say(f"documents.method.losing.{change.evidence}", lang, gap=numbers.amount(gap)))
    if found.ranged:
        out.append(say("documents.method.moved", lang))
    return out


def _software(record: Mapping[str, object], lang: str) -> str:
    versions, study = record["versions"], record["study"]
    assert isinstance(versions, dict)
    assert isinstance(study, dict)
    return say("documents.method.software", lang, version=versions["mcda"], hash=study["sha256"])
