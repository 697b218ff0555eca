"""The report as one Markdown file: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcda.explain import Lead
from mcda.report import alt, answer, certainty, tables
from mcda.report.findings import Findings
from mcda.report.grid import Table, caption, to_markdown
from mcda.report.ledger import citation
from mcda.report.prose import link, markdown, markdown_paragraphs
from mcda.study.model import Source
from mcda.study.scenario import Case
from mcda.words import say


def report_markdown(
    found: Findings, record: Mapping[str, object], lang: str, *, files: Mapping[str, Table], pictures: Mapping[str, str]
) -> str:
    """Write the report of a case.

    Parameters
    ----------
    found, record : the results, and the manifest
    files : the tables written beside the report, by file name
    pictures : the figures drawn beside it, by name, with what they say in words
    """
    case, ranking = found.case, found.ranking
    blocks = [
        f"# {markdown(case.study.title.get(lang))}",
        markdown(case.study.question.get(lang)),
        *_scenario(case, lang),
        *_section("answer", lang),
        f"**{markdown(answer.answer(case, ranking, lang))}**",
        markdown(answer.basis(case, ranking, lang)),
        *_told("sure", certainty.sure(found, lang), lang),
        *_told("change", certainty.change(found, lang), lang),
        *_section("ranking", lang),
        to_markdown(tables.ranking(case, ranking), lang, titled=False),
        _figure("ranking", alt.ranking(case, ranking, lang)),
        *_weights(case, lang),
        *_section("criteria", lang),
        to_markdown(tables.criterion_scores(case), lang, titled=False),
        *_lead(case, found.lead, lang),
        *_pictures(pictures, lang),
        *_evidence(case, lang),
        *_section("method", lang),
        *(f"- {markdown(sentence)}" for sentence in answer.method_paragraph(case, ranking, lang)),
        *(f"- {markdown(sentence)}" for sentence in answer.conclusions(case, ranking, lang)),
        *_about(case, lang),
        *_section("sources", lang),
        *(_source(source) for source in case.study.sources.values()),
        *_rerun(case, record, lang, files),
    ]
    return _joined(blocks)


def _joined(blocks: list[str]) -> str:
    """Put an empty line between blocks, but none between the items of a list."""
    text = ""
    for block, following in zip(blocks, [*blocks[1:], ""], strict=True):
        listed = block.startswith("- ") and following.startswith("- ")
        text += block.rstrip("\n") + ("\n" if listed else "\n\n")
    return text.rstrip("\n") + "\n"


def _section(key: str, lang: str) -> list[str]:
    return [f"## {say(f'report.section.{key}', lang)}"]


def _figure(name: str, words: str) -> str:
    return f"![{markdown(words)}](figures/{name}.svg)"


def _scenario(case: Case, lang: str) -> list[str]:
    scenario = case.scenario
    out = [f"{say('report.head.scenario', lang)}: **{markdown(scenario.title.get(lang))}** (`{scenario.key}`)"]
    return out + (markdown_paragraphs(scenario.note.get(lang)) if scenario.note else [])


def _weights(case: Case, lang: str) -> list[str]:
    out = [*_section("weights", lang), to_markdown(tables.weights(case), lang, titled=False)]
    out.append(markdown(say("report.weights.source", lang, words=answer.weights_words(case, lang))))
    if case.priorities:
        out += [markdown(answer.consistency_words(case, lang)), to_markdown(tables.consistency(case), lang)]
        out.append(to_markdown(tables.judgements(case), lang))
    return out


def _lead(case: Case, lead: Lead | None, lang: str) -> list[str]:
    if lead is None:
        return []
    table = to_markdown(tables.contributions(lead, case), lang, titled=False)
    figure = _figure("contributions", alt.contributions(lead, case, lang))
    return [*_section("lead", lang), markdown(answer.lead_words(case, lead, lang)), table, figure]


def _told(key: str, sentences: Iterable[str], lang: str) -> list[str]:
    """Give a section of sentences, as the briefing has it."""
    return [f"## {say(f'documents.section.{key}', lang)}", *(f"- {markdown(each)}" for each in sentences if each)]


def _pictures(pictures: Mapping[str, str], lang: str) -> list[str]:
    """Show the figures of how sure the result is."""
    shown = [_figure(name, pictures[name]) for name in alt.SURE if name in pictures]
    return [f"## {say('figure.section', lang)}", *shown] if shown else []


def _evidence(case: Case, lang: str) -> list[str]:
    out = [*_section("evidence", lang), _figure("scorecard", alt.scorecard(case, lang))]
    if not case.leaves:
        return [*out, to_markdown(tables.swot(case), lang, titled=False), *_changes(case, lang)]
    out.append(to_markdown(tables.overview(case), lang, titled=False))
    out += _section("assumed", lang)
    if not case.assumed:
        return [*out, say("report.assumed.none", lang), *_changes(case, lang)]
    table = to_markdown(tables.assumed(case), lang, titled=False)
    return [*out, table, say(f"report.missing.{case.scenario.missing}", lang), *_changes(case, lang)]


def _changes(case: Case, lang: str) -> list[str]:
    table = tables.changes(case)
    return [*_section("changes", lang), to_markdown(table, lang, titled=False)] if table.rows else []


def _about(case: Case, lang: str) -> list[str]:
    out = _section("about", lang)
    out += markdown_paragraphs(case.study.about.get(lang)) if case.study.about else [say("report.about.none", lang)]
    told = [f"- {markdown(c.title.get(lang))}: {markdown(c.about.get(lang))}" for c in case.study.codings if c.about]
    return out + told


def _source(source: Source) -> str:
    address = link(source.doi, source.url)
    shown = markdown(source.doi or source.url)
    return f"- {markdown(source.key)}: {markdown(citation(source))}" + (f" [{shown}]({address})" if address else "")


def _rerun(case: Case, record: Mapping[str, object], lang: str, files: Mapping[str, Table]) -> list[str]:
    study, versions = record["study"], record["versions"]
    assert isinstance(study, dict)
    assert isinstance(versions, dict)
    values = {"title": case.study.title.get(lang), "sha256": study["sha256"], "version": versions["mcda"]}
    return [
        *_section("rerun", lang),
        markdown(say("report.cite", lang, **values)),
        say("report.rerun", lang),
        "    " + " ".join(str(record["command"]).split()),
        say("report.files", lang),
        *(f"- [{name}]({name}): {markdown(caption(table, lang))}" for name, table in files.items()),
    ]
