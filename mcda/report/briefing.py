"""The briefing as data: the answer first, then how sure, what would change it, where it comes from, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcda.report import certainty, tables
from mcda.report.answer import answer, basis, lead_words
from mcda.report.blocks import Block, Paragraph, Picture, Points, Section, Tabular, points, tabular, tidy
from mcda.report.checklist import LISTS, checklist, count
from mcda.report.findings import Findings
from mcda.report.ledger import citation
from mcda.report.methods_text import methods_text
from mcda.report.origin import origin, plain, scores
from mcda.report.prose import link, paragraphs
from mcda.study.model import Title
from mcda.words import say

HASH = 12  # letters of the study's hash that stand in the footer
# Of the pictures: the section, and the caption.
PLACES = {
    "acceptability": ("sure", "figure.acceptability.title"),
    "bands": ("change", "figure.bands.title"),
    "contributions": ("origin", "documents.picture.contributions"),
}
PICTURED = {"acceptability": "acceptability", "bands": "flips"}  # the table that says in numbers what a picture shows


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """What every format of the briefing tells, in its order.

    Attributes
    ----------
    lang : of the titles
    kicker, title, scenario, question : above everything
    sections : two to four pages
    annex_title, annex : what follows them, for those who check
    footer : program, scenario and study
    page : words of the page number, with ``{page}`` and ``{pages}`` in it
    table, figure : what stands before the number of a table and of a figure
    """

    lang: str
    kicker: str
    title: str
    scenario: str
    question: str
    sections: tuple[Section, ...]
    annex_title: str
    annex: tuple[Section, ...]
    footer: str
    page: str
    table: str
    figure: str

    def blocks(self) -> list[Block]:
        """Give the blocks of all sections, one after the other."""
        return [block for section in (*self.sections, *self.annex) for block in section.blocks]

    @property
    def answer(self) -> str:
        """The answer in one sentence."""
        first = self.section("answer").blocks[0]
        assert isinstance(first, Paragraph)
        return first.text

    def section(self, key: str) -> Section:
        """Find a section by key."""
        return next(section for section in (*self.sections, *self.annex) if section.key == key)


def briefing(found: Findings, record: Mapping[str, object], lang: str, *, pictures: Mapping[str, str]) -> Briefing:
    """Compose the briefing of a case.

    Parameters
    ----------
    found : the results
    record : the manifest
    lang : of the titles
    pictures : by name of a figure what it says in words; those that have a place in the briefing are shown
    """
    case = found.case
    return Briefing(
        lang=lang,
        kicker=say("documents.kicker", lang),
        title=tidy(case.study.title.get(lang)),
        scenario=tidy(case.scenario.title.get(lang)),
        question=tidy(case.study.question.get(lang)),
        sections=(
            _section("answer", lang, _answer(found, lang)),
            _section("sure", lang, [*_pictures("sure", pictures, lang), *_sure(found, pictures, lang)]),
            _section("change", lang, [*_pictures("change", pictures, lang), *_change(found, pictures, lang)]),
            _section("origin", lang, _origin(found, lang, _pictures("origin", pictures, lang))),
            _section("sources", lang, _sources(found)),
        ),
        annex_title=say("documents.annex", lang),
        annex=(
            _section("method", lang, [_joined(methods_text(found, record, lang))]),
            *_about(found, lang),
            *_numbers(found, pictures, lang),
            _section("checklist", lang, _checklist(found, lang)),
            _section("rerun", lang, _rerun(found, record, lang)),
        ),
        footer=_footer(found, record, lang),
        page=say("documents.page", lang, page="{page}", pages="{pages}"),
        table=say("documents.table", lang, number="{number}"),
        figure=say("documents.figure", lang, number="{number}"),
    )


def _section(key: str, lang: str, blocks: Iterable[Block]) -> Section:
    return Section(key=key, heading=say(f"documents.section.{key}", lang), blocks=tuple(blocks))


def _joined(sentences: Iterable[str]) -> Paragraph:
    """Let whole sentences follow each other."""
    return Paragraph(text=tidy(" ".join(sentences)))


def _answer(found: Findings, lang: str) -> list[Block]:
    case, ranking = found.case, found.ranking
    table = tables.ranking(case, ranking)
    near = any(row[-1] for row in table.rows)
    out: list[Block] = [
        Paragraph(text=tidy(answer(case, ranking, lang)), look="lead"),
        _joined([basis(case, ranking, lang), say("documents.neutral", lang)]),
        tabular(table, lang, key="ranking", without=() if near else ("practically_tied",)),
    ]
    return out if found.lead is None else [*out, Paragraph(text=tidy(lead_words(case, found.lead, lang)))]


def _sure(found: Findings, pictures: Mapping[str, str], lang: str) -> list[Block]:
    table = _tables(found, lang).get("acceptability")
    return [*points(certainty.sure(found, lang)), *([table] if table and "acceptability" not in pictures else [])]


def _change(found: Findings, pictures: Mapping[str, str], lang: str) -> list[Block]:
    hidden = {PICTURED[name] for name in PICTURED if name in pictures}
    shown = [table for key, table in _tables(found, lang).items() if key in ("flips", "moved") and key not in hidden]
    return [*points(certainty.change(found, lang)), *shown]


def _numbers(found: Findings, pictures: Mapping[str, str], lang: str) -> list[Section]:
    """Put the tables of which the figures tell the main thing behind everything else."""
    tables_ = _tables(found, lang)
    blocks = [tables_[key] for name, key in PICTURED.items() if name in pictures and key in tables_]
    return [Section(key="numbers", heading=say("figure.numbers", lang), blocks=tuple(blocks))] if blocks else []


def _tables(found: Findings, lang: str) -> dict[str, Tabular]:
    """Set the tables of how sure the result is, those that have something to say."""
    named = {"acceptability": certainty.ranks(found), "flips": certainty.flips(found), "moved": certainty.moved(found)}
    return {key: tabular(table, lang, key=key) for key, table in named.items() if table is not None}


def _origin(found: Findings, lang: str, pictures: Iterable[Block]) -> list[Block]:
    changes = tables.changes(found.case)
    shown = [tabular(changes, lang, key="changes")] if changes.rows else []
    note = found.case.scenario.note
    told = [Paragraph(text=plain(Title(en=part), "en")) for part in paragraphs(note.get(lang))] if note else []
    return [*points(origin(found.case, lang)), *told, *shown, *pictures, scores(found.case, lang)]


def _sources(found: Findings) -> list[Block]:
    listed = [
        Paragraph(text=tidy(f"{source.key}: {citation(source)}"), link=link(source.doi, source.url))
        for source in found.case.study.sources.values()
    ]
    return [Points(items=tuple(listed))] if listed else []


def _pictures(section: str, pictures: Mapping[str, str], lang: str) -> list[Block]:
    """Show the pictures that belong to a section."""
    return [
        Picture(name=name, title=say(caption, lang), words=tidy(pictures[name]))
        for name, (place, caption) in PLACES.items()
        if place == section and name in pictures
    ]


def _about(found: Findings, lang: str) -> list[Section]:
    about = found.case.study.about
    if about is None:
        return []
    told = [Paragraph(text=plain(Title(en=part), "en")) for part in paragraphs(about.get(lang))]
    return [_section("about", lang, told)]


def _checklist(found: Findings, lang: str) -> list[Block]:
    filled = [
        tabular(table, lang, key=f"checklist_{name}") for name, table in zip(LISTS, checklist(found, lang), strict=True)
    ]
    return [_joined([say("documents.checklist.intro", lang), count(found, lang)]), *filled]


def _rerun(found: Findings, record: Mapping[str, object], lang: str) -> list[Block]:
    study, version = _named(record)
    values = {"title": found.case.study.title.get(lang), "sha256": study["sha256"], "version": version}
    return [
        Paragraph(text=tidy(say("report.cite", lang, **values))),
        Paragraph(text=say("report.rerun", lang)),
        Paragraph(text=tidy(str(record["command"])), look="code"),
    ]


def _footer(found: Findings, record: Mapping[str, object], lang: str) -> str:
    study, version = _named(record)
    return say(
        "documents.footer",
        lang,
        version=version,
        scenario=found.case.scenario.key,
        hash=str(study["sha256"])[:HASH],
    )


def _named(record: Mapping[str, object]) -> tuple[Mapping[str, object], str]:
    """Give what a manifest says of the study, and the version of the program."""
    study, versions = record["study"], record["versions"]
    assert isinstance(study, dict)
    assert isinstance(versions, dict)
    return study, str(versions["mcda"])
