"""The sheet about the workbook: the study, how to use it, how scores come about, sources, and what makes it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcda.report.answer import consistency_words, method_paragraph, route_words, weights_words
from mcda.report.ledger import citation
from mcda.report.prose import CODE, link, paragraphs
from mcda.report.workbook.book import Sheet
from mcda.report.workbook.places import Plan
from mcda.words import say

LABEL, TEXT, WIDTH = 1, 2, 112.0


def write_about(sheet: Sheet, plan: Plan, record: Mapping[str, object]) -> None:
    """Write headings at the left and their texts beside them."""
    sheet.widths(2, 26, WIDTH)
    sheet.across(0, LABEL, say("workbook.about.title", plan.lang), "title")
    row = 2
    for heading, texts in _parts(plan, record):
        shown = [CODE.sub(r"\1", text) for text in texts if text]
        for i, text in enumerate(shown):
            sheet.text(row, LABEL, heading if i == 0 else "", "strong")
            sheet.text(row, TEXT, text, "text")
            row += 1
        row += bool(shown)


def _parts(plan: Plan, record: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """Give each heading with its paragraphs."""
    case, lang = plan.case, plan.lang
    study, scenario = case.study, case.scenario

    def head(key: str) -> str:
        return say(f"workbook.about.{key}", lang)

    yield head("study"), [study.title.get(lang), study.question.get(lang)]
    yield head("scenario"), [scenario.title.get(lang), scenario.note.get(lang) if scenario.note else ""]
    steps = ("use.weights", "use.scores", "use.notes", "use.sweep", "use.check", "use.back")
    shown = steps if plan.live else ("use.stored", "use.notes")
    yield head("use"), [say(f"workbook.about.{step}", lang, method=plan.method) for step in shown]
    chosen = say("workbook.about.chosen", lang, route=route_words(case, lang), weights=weights_words(case, lang))
    how = [chosen, *method_paragraph(case, plan.ranking, lang), consistency_words(case, lang)]
    yield head("how"), how
    yield head("about"), paragraphs(study.about.get(lang)) if study.about else []
    codings = [f"{c.title.get(lang)}. {c.about.get(lang) if c.about else ''}".strip() for c in study.codings]
    yield head("codings"), codings if case.leaves else []
    yield head("sources"), [f"{citation(s)} {link(s.doi, s.url)}".strip() for s in study.sources.values()]
    yield head("again"), list(_flat(record))


def _flat(record: Mapping[str, object], stem: str = "") -> Iterator[str]:
    """Write nested plain data as lines ``name: value``."""
    for key, value in record.items():
        name = f"{stem}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}: ")
        elif value not in (None, ""):
            yield f"{name}: {value}"
