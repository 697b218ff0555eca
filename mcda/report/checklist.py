"""Checklists of good practice, filled in from the run, gaps included.

ISPOR: Marsh and others, "Multiple criteria decision analysis for health care decision making: emerging good
practices: report 2", Value in Health 19, 2016, the checklist of eight steps. OECD and JRC: "Handbook on constructing
composite indicators", 2008, the ten steps of part 1. What is asked is told in our own words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from mcda.engine.methods import METHODS
from mcda.report.answer import consistency_words, together, weights_words
from mcda.report.blocks import tidy
from mcda.report.findings import Findings
from mcda.report.grid import Column, Table, to_markdown
from mcda.report.ledger import cited_rows
from mcda.report.origin import agreeing, cited_sources, grade_of
from mcda.report.prose import markdown
from mcda.words import say, term

State = Literal["shown", "partly", "missing"]
LISTS = ("ispor", "oecd")
FEW = 10  # alternatives below which correlations between criteria say little


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a checklist: its number, how far the run shows it, and what the run shows."""

    number: str
    state: State
    told: str


def checklist(found: Findings, lang: str) -> tuple[Table, Table]:
    """Fill in both checklists, one table each."""
    filled = (ispor(found, lang), oecd(found, lang))
    ispor_table, oecd_table = (_table(name, items, lang) for name, items in zip(LISTS, filled, strict=True))
    return ispor_table, oecd_table


def count(found: Findings, lang: str) -> str:
    """Say how many items of both checklists are shown, shown in part, or missing."""
    states = Counter(item.state for item in (*ispor(found, lang), *oecd(found, lang)))
    values = {state: states[state] for state in ("shown", "partly", "missing")}
    return say("documents.checklist.count", lang, **values)


def checklist_markdown(found: Findings, lang: str) -> str:
    """Write both checklists as Markdown."""
    scenario = found.case.scenario
    parts = [
        f"# {say('documents.checklist.title', lang)}",
        f"{markdown(found.case.study.title.get(lang))}: {markdown(scenario.title.get(lang))} (`{scenario.key}`)",
        say("documents.checklist.intro", lang),
        count(found, lang),
        *(to_markdown(table, lang).rstrip("\n") for table in checklist(found, lang)),
    ]
    return "\n\n".join(parts) + "\n"


def ispor(found: Findings, lang: str) -> tuple[Item, ...]:
    """Fill in the steps of the ISPOR task force."""
    question = say("documents.told.question", lang, question=tidy(found.case.study.question.get(lang)))
    unconfirmed = say("documents.told.unconfirmed", lang)
    return (
        Item(number="1a", state="shown", told=question),
        Item(number="1b", state="partly", told=unconfirmed),
        *_criteria(found, lang),
        *_performance(found, lang),
        *_weighting(found, lang),
        Item(number="6a", state="partly", told=say("documents.told.function", lang, method=_method(found))),
        _results(found, lang),
        _named(found, lang),
        Item(number="7b", state="partly" if _varied(found, lang) else "missing", told=_varied_words(found, lang)),
        Item(number="8a", state="shown", told=say("documents.told.reported", lang)),
        Item(number="8b", state="partly", told=say("documents.told.examined", lang)),
    )


def oecd(found: Findings, lang: str) -> tuple[Item, ...]:
    """Fill in the steps of the handbook of the OECD and the JRC."""
    case = found.case
    few = len(case.alternatives) < FEW
    multivariate = "documents.told.multivariate" if few else "documents.told.multivariate_open"
    weights = weights_words(case, lang)
    return (
        Item(number="1", state="partly", told=say("documents.told.framework", lang)),
        _data(found, lang),
        _imputation(found, lang),
        Item(number="4", state="missing", told=say(multivariate, lang, count=len(case.alternatives))),
        _normalization(found, lang),
        Item(
            number="6",
            state="partly",
            told=say("documents.told.aggregation", lang, weights=weights, method=_method(found)),
        ),
        Item(number="7", state="partly" if _varied(found, lang) else "missing", told=_varied_words(found, lang)),
        Item(number="8", state="shown", told=say("documents.told.details", lang)),
        Item(number="9", state="missing", told=say("documents.told.links", lang)),
        Item(number="10", state="shown", told=say("documents.told.pictures", lang)),
    )


def _table(name: str, items: tuple[Item, ...], lang: str) -> Table:
    keys = ("item", "asks", "state", "told")
    return Table(
        title_key=f"documents.checklist.{name}",
        columns=tuple(Column(key=key, heading=f"documents.head.{key}") for key in keys),
        rows=tuple(
            (
                item.number,
                say(f"documents.{name}.{item.number}", lang),
                say(f"documents.checklist.{item.state}", lang),
                tidy(item.told),
            )
            for item in items
        ),
    )


def _criteria(found: Findings, lang: str) -> tuple[Item, ...]:
    case = found.case
    bare = sum(leaf.kind == "rating" and not leaf.anchors for leaf in case.leaves)
    defined = "documents.told.loose" if bare else "documents.told.defined"
    about = "criteria_about" if case.study.about else "criteria_silent"
    return (
        Item(number="2a", state="partly" if case.study.about else "missing", told=say(f"documents.told.{about}", lang)),
        Item(
            number="2b",
            state="shown" if case.leaves and not bare else "partly",
            told=say(defined if case.leaves else "documents.told.defined_swot", lang, bare=bare),
        ),
        Item(number="2c", state="partly", told=say("documents.told.tree", lang)),
    )


def _performance(found: Findings, lang: str) -> tuple[Item, ...]:
    case = found.case
    rows, bare = len(cited_rows(case)), _bare(found)
    same, coded = agreeing(case)
    checked = {"codings": len(case.study.codings), "same": same, "cells": coded}
    matrix = "matrix_codings" if coded else "matrix"
    return (
        Item(
            number="3a",
            state="missing" if not rows else "partly" if bare else "shown",
            told=_sources(found, lang),
        ),
        Item(
            number="3b",
            state="partly",
            told=say(f"documents.told.{matrix if case.leaves else 'matrix_swot'}", lang, **checked),
        ),
        Item(number="4a", state="partly", told=say("documents.told.scales", lang)),
        Item(number="4b", state="partly", told=_graded(found, lang)),
    )


def _weighting(found: Findings, lang: str) -> tuple[Item, ...]:
    case = found.case
    consistency = consistency_words(case, lang)
    if consistency:
        confirmed = say("documents.told.consistent", lang, consistency=consistency)
        method = Item(number="5a", state="shown", told=say("documents.told.judged", lang))
        return method, Item(number="5b", state="partly", told=confirmed)
    told = say("documents.told.set", lang, weights=weights_words(case, lang))
    unasked = Item(number="5b", state="partly", told=say("documents.told.unasked", lang))
    return Item(number="5a", state="partly", told=told), unasked


def _results(found: Findings, lang: str) -> Item:
    if found.lead is None:
        return Item(number="6b", state="partly", told=say("documents.told.scores_only", lang))
    return Item(number="6b", state="shown", told=say("documents.told.lead", lang))


def _named(found: Findings, lang: str) -> Item:
    """Say which sources of uncertainty the report names."""
    if not found.case.leaves:
        return Item(number="7a", state="partly", told=say("documents.told.uncertain_swot", lang))
    told = say("documents.told.uncertain", lang, assumed=len(found.case.assumed))
    return Item(number="7a", state="shown", told=told)


def _varied(found: Findings, lang: str) -> list[str]:
    """List what was varied in the run."""
    exact = found.weights is not None and found.weights.exact
    done = {
        "exact" if exact else "weights": found.weights is not None,
        "scores": found.scores is not None,
        "flips": found.stability is not None,
        "moved": bool(found.ranged),
    }
    return [say(f"documents.told.vary.{key}", lang) for key, true in done.items() if true]


def _varied_words(found: Findings, lang: str) -> str:
    varied = _varied(found, lang)
    if not varied:
        return say("documents.told.varied_nothing", lang)
    return say("documents.told.varied", lang, what=together(varied, lang))


def _data(found: Findings, lang: str) -> Item:
    """Say which data were chosen, and how firm they are."""
    rows = len(cited_rows(found.case))
    firm = bool(found.case.leaves) and not _bare(found) and set(grade_of(found.case)) <= {"A", "B"}
    told = f"{_sources(found, lang)} {_graded(found, lang)}"
    return Item(number="2", state="missing" if not rows else "shown" if firm else "partly", told=told)


def _sources(found: Findings, lang: str) -> str:
    """Say how many rows of evidence there are, from how many sources."""
    values = {"rows": len(cited_rows(found.case)), "sources": len(cited_sources(found.case)), "bare": _bare(found)}
    return say("documents.told.sources" if found.case.leaves else "documents.told.sources_swot", lang, **values)


def _imputation(found: Findings, lang: str) -> Item:
    case = found.case
    if not case.leaves:
        return Item(number="3", state="partly", told=say("documents.told.complete_swot", lang))
    if not case.assumed:
        return Item(number="3", state="shown", told=say("documents.told.complete", lang))
    rule = say(f"report.missing.{case.scenario.missing}", lang)
    code = "documents.told.imputed" if found.assumed else "documents.told.imputed_untried"
    told = say(code, lang, count=len(case.assumed), rule=rule)
    return Item(number="3", state="shown" if found.assumed else "partly", told=told)


def _normalization(found: Findings, lang: str) -> Item:
    chosen = found.ranking.normalization
    code = "documents.told.normalization" if chosen else "documents.told.normalization_own"
    return Item(number="5", state="partly", told=say(code, lang, normalization=chosen))


def _graded(found: Findings, lang: str) -> str:
    """Say how the scores are graded; balances have no grades."""
    if not found.case.leaves:
        return say("documents.told.balances", lang)
    grades = Counter(grade_of(found.case))
    return say("documents.told.grades", lang, **{name.lower(): grades[name] for name in "ABCD"})


def _bare(found: Findings) -> int:
    """Count the scores that cite no row of the ledger."""
    return sum(not cell.evidence for row in found.case.cells for cell in row)


def _method(found: Findings) -> str:
    """Name the method with its reference."""
    entry = METHODS[found.ranking.method]
    return f"{term(entry.title)} ({entry.reference})"
