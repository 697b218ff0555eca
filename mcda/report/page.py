"""The report as one self-contained page: the first thing an adviser opens."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking
from mcda.explain import Lead, explain_lead
from mcda.report import answer, grid, live, numbers, tables
from mcda.report.curves import drawn
from mcda.report.ledger import citation, coding
from mcda.report.manifest import manifest
from mcda.report.prose import html_paragraphs, link
from mcda.report.scorecard import SHADES, Row, Score, scorecard, spread
from mcda.report.texts import Texts, said
from mcda.study.model import Cell, Evidence, Title
from mcda.study.scenario import Case
from mcda.words import LANGUAGES, area, say
from mcda.words.page import translated

if TYPE_CHECKING:
    from mcda.claim.examine import ClaimResult

TEMPLATES = Path(__file__).parent / "templates"
SECTIONS = (
    "answer",
    "ranking",
    "weights",
    "sure",
    "bands",
    "triangle",
    "pair",
    "others",
    "curve",
    "lead",
    "criteria",
    "evidence",
    "assumed",
    "method",
    "about",
    "sources",
    "rerun",
)
LIVE = ("sure", "bands", "triangle", "pair", "others", "curve")  # sections with words of the page's own
TONGUES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
# Of alternatives, dark enough for white letters on them and told apart by people who do not see red or green.
COLORS = ("#0b5a94", "#b84d00", "#00735a", "#a2457f", "#5c5c5c", "#806000", "#4b4fa8", "#8c1c13")
STEPS = 10  # of shading


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar: where it starts and how long it is, in percent of its track."""

    start: float
    length: float
    zero: float


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What stands behind one score: what each coding says, or each SWOT item; and the rows of the ledger."""

    id: str
    alternative: Title
    score: Score
    readings: tuple[tuple[Title, str, str, str], ...]  # coding, value, range, reason
    rows: tuple[tuple[Evidence, str], ...]  # with the codings that cite it


def report_page(
    case: Case,
    ranking: Ranking,
    lead: Lead | None,
    record: Mapping[str, object],
    lang: str,
    *,
    files: Sequence[str],
    rivals: Sequence[live.Other] | None = None,
    claims: Sequence[ClaimResult] = (),
) -> str:
    """Write the page of a case.

    Parameters
    ----------
    ranking, lead : of the case; the lead of the first over the second, None where there is no second
    record : the manifest
    files : names of the files that lie beside the page
    rivals : the other scenarios of the study; None to rank those in its folder
    claims : whose specification curves are shown
    """
    rivals = live.others(case) if rivals is None else rivals
    texts = Texts(lang)
    files_of_page = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=files_of_page, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = environment.get_template("page.css").render(shades=shades(), colors=COLORS)
    script = _tidy("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("live.js", "page.js")))
    page = environment.get_template("page.html").render(
        case=case,
        lang=lang,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        record={**record, "seed": live.SEED, "draws": live.DRAWS} if live.form_of(case) else record,
        files=files,
        **_words(texts),
        **_live(case, ranking, rivals, texts),
        **_answer(case, ranking, lang, shown={"others": bool(rivals), "curve": bool(claims)}),
        curves=[drawn(result) for result in claims],
        told=_told,
        curve_note=lambda result: texts.mark([_curve_note(result, each) for each in LANGUAGES]),
        **_lead(case, lead, lang),
        **_evidence(case, texts),
    )
    return _tidy(page)


def page_alone(case: Case, *, lang: str, command: str, claims: Sequence[ClaimResult] = ()) -> str:
    """Write the page of a case with no files beside it."""
    chosen = case.scenario
    ranking = rank(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)
    best = [ranking.alternatives[i] for i in ranking.order()[:2]]
    lead = explain_lead(case, *best) if len(best) == 2 else None
    record = manifest(case, command=command, seed=live.SEED, draws=live.DRAWS, packages=("Jinja2",))
    return report_page(case, ranking, lead, record, lang, files=(), claims=claims)


def shades() -> list[str]:
    """Give the colours of merit in equal steps from worst to best."""
    anchors = [[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in SHADES]
    out = []
    for step in range(STEPS + 1):
        place = step / STEPS * (len(anchors) - 1)
        k = min(int(place), len(anchors) - 2)
        mixed = [a + (b - a) * (place - k) for a, b in zip(anchors[k], anchors[k + 1], strict=True)]
        out.append("#" + "".join(f"{round(part):02x}" for part in mixed))
    return out


def _versions(title: Title, lang: str) -> list[tuple[str, bool | None, list[Markup]]]:
    """Give a text's language, whether it is hidden at first (None where there is but one), and its paragraphs."""
    own = [each for each in LANGUAGES if getattr(title, each)]
    if own == ["en"]:
        return [("en", None, html_paragraphs(title.en))]
    return [(each, each != lang, html_paragraphs(title.get(each))) for each in LANGUAGES]


def _told(result: ClaimResult) -> list[str]:
    """Say what was found of a claim."""
    from mcda.claim.told import notes

    return [note.text("en") for note in notes(result)]


def _curve_note(result: ClaimResult, lang: str) -> str:
    """Say how to read a specification curve, with the counts in the language's own format."""
    counts = {"holds": result.overall.holds, "count": result.overall.specifications}
    gap = "," if lang == "en" else "\N{NO-BREAK SPACE}"
    return said("page.curve.note", lang, **{key: f"{count:,}".replace(",", gap) for key, count in counts.items()})


def _tidy(text: str) -> str:
    """Leave out empty lines and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"


def _digest(text: str) -> str:
    """Name a style or script in a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _live(case: Case, ranking: Ranking, rivals: Sequence[live.Other], texts: Texts) -> dict[str, object]:
    """Give the template what the page computes with, and the other scenarios."""
    titles = {"heading": case.scenario.title, "study": case.study.title}
    places = {name: texts.place([title.get(lang) for lang in LANGUAGES]) for name, title in titles.items()}
    data = live.export(case, ranking, tuple(rivals)) | places | {"colors": COLORS, "seed": live.SEED}
    own = [key for key in area("page") if key.startswith("page.live.")]
    words = {
        lang: {key.removeprefix("page.live."): translated(key, lang) or area("page")[key] for key in own}
        for lang in LANGUAGES
    }
    groups = {
        "page.others.profiles": [other for other in rivals if other.profile],
        "page.others.rest": [other for other in rivals if not other.profile],
    }
    return {
        "live": data,
        "live_json": Markup(live.to_json(data)),
        "words_json": Markup(live.to_json(words)),
        "texts": texts.json,
        "tongues": TONGUES,
        "live_sections": LIVE,
        "rivals": [(heading, group) for heading, group in groups.items() if group],
        "method_title": answer.method_words(ranking, texts.lang),
    }


def _words(texts: Texts) -> dict[str, object]:
    """Give the template its words: the catalogue, titles marked with their language, tables, paragraphs."""
    lang = texts.lang

    def cell(value: grid.Value, column: grid.Column) -> Markup:
        return texts.title(value.title) if isinstance(value, grid.Named) else escape(grid.shown(value, column, lang))

    def head(column: grid.Column) -> Markup:
        if isinstance(column.heading, Title):
            return texts.title(column.heading)
        return texts.mark([said(column.heading, each) for each in LANGUAGES])

    def words(key: str, **values: object) -> Markup:
        return texts.mark([said(key, each, **values) for each in LANGUAGES])

    return {
        "words": words,
        "spoken": texts.title,
        "cell": cell,
        "head": head,
        "caption": lambda table: grid.caption(table, lang),
        "remarks": lambda table: [grid.remark(note, lang) for note in table.notes],
        "versions": lambda title: _versions(title, lang),
        "numbers": numbers,
    }


def _answer(case: Case, ranking: Ranking, lang: str, *, shown: Mapping[str, bool]) -> dict[str, object]:
    near = {place for group in answer.practically_tied(ranking) for place in group}
    ends = _ends(ranking.scores.tolist())
    places = [
        {
            "rank": numbers.rank(float(ranking.ranks[i])),
            "title": case.alternatives[i].title,
            "score": numbers.score(float(ranking.scores[i])),
            "bar": _bar(float(ranking.scores[i]), *ends),
            "near": place in near,
            "index": i,
        }
        for place, i in enumerate(ranking.order())
    ]
    shown = {"lead": len(places) > 1, "assumed": bool(case.leaves), **shown}
    sentences = answer.method_paragraph(case, ranking, lang)
    return {
        "sentence": answer.answer(case, ranking, lang),
        "basis": answer.basis(case, ranking, lang),
        "method": answer.method_words(ranking, lang),
        "places": places,
        "ranking_table": tables.ranking(case, ranking),
        "sections": [key for key in SECTIONS if shown.get(key, True)],
        "weights_words": answer.weights_words(case, lang),
        "consistency": answer.consistency_words(case, lang),
        "consistency_table": tables.consistency(case),
        "judgements": tables.judgements(case),
        "share": lambda value: _bar(value, 0.0, 1.0),
        "method_lines": sentences,
        "reading": _reading(case, sentences, lang),
    }


def _reading(case: Case, sentences: list[str], lang: str) -> list[str]:
    """Say how to read the page, to somebody who opens it for the first time."""
    own = "report.reading.scores" if case.leaves else "report.reading.items"
    near = say("report.reading.near", lang, limit=answer.PRACTICALLY_TIED)
    return [*sentences[-2:], near, say(own, lang), say("report.reading.limits", lang)]


def _lead(case: Case, lead: Lead | None, lang: str) -> dict[str, object]:
    if lead is None:
        return {"parts": [], "lead_words": "", "lead_caption": "", "lead_note": ""}
    table = tables.contributions(lead, case)
    values = [row[3] for row in table.rows if isinstance(row[3], float)]
    ends = min(0.0, *values), max(0.0, *values)
    parts = []
    for (level, criterion, leaf, _), value in zip(table.rows, values, strict=True):
        assert isinstance(level, grid.Named)
        name = leaf or criterion
        look = "sum" if level.key == "total" else "for" if value > 0 else "against"
        title = name.title.get(lang) if isinstance(name, grid.Named) else say("report.figure.sum", lang)
        text = numbers.signed(value)
        parts.append({"level": level.key, "name": title, "text": text, "bar": _bar(value, *ends), "look": look})
    return {
        "parts": parts,
        "lead_words": answer.lead_words(case, lead, lang),
        "lead_caption": grid.caption(table, lang),
        "lead_note": grid.remark(table.notes[0], lang),
    }


def _evidence(case: Case, texts: Texts) -> dict[str, object]:
    lang = texts.lang
    groups = scorecard(case)
    return {
        "groups": groups,
        "proofs": {row.key: [_proof(case, row, score, lang) for score in row.scores] for g in groups for row in g.rows},
        "shades": shades(),
        "shade": _shade,
        "value": lambda score: (numbers.amount if score.cell else numbers.whole_signed)(score.value),
        "adopted": lambda score: _adopted(case, score, lang),
        "summary": lambda row, proofs: texts.mark([_summary(row, proofs, each) for each in LANGUAGES]),
        "criterion_table": tables.criterion_scores(case),
        "assumed": tables.assumed(case),
        "changes": tables.changes(case),
        "swot": None if case.leaves else tables.swot(case),
        "citation": citation,
        "link": link,
    }


def _proof(case: Case, row: Row, score: Score, lang: str) -> Proof:
    """Gather what stands behind one score."""
    alternative = next(a for a in case.alternatives if a.key == score.alternative)
    readings, rows = [], []
    if score.cell:
        for key, reading in score.cell.readings.items():
            value = "" if reading.value is None else numbers.amount(reading.value)
            readings.append((coding(case, key).title, value, spread(reading.low, reading.high), reading.reason))
        rows += [(_row(case, id), _citing(case, score.cell, id, lang)) for id in score.cell.evidence]
    for item in score.items:
        rows.append((_row(case, item.id), f"{numbers.whole_signed(item.sign)} {item.reason}"))
    return Proof(
        id=f"{row.key}-{score.alternative}",
        alternative=alternative.title,
        score=score,
        readings=tuple(readings),
        rows=tuple(rows),
    )


def _citing(case: Case, cell: Cell, id: str, lang: str) -> str:
    """Name the codings that cite a row of the ledger."""
    by = [key for key, reading in cell.readings.items() if key and id in reading.evidence]
    if len(by) == len(cell.readings) > 1:
        return say("report.page.all_codings", lang)
    return ", ".join(coding(case, key).title.get(lang) for key in by)


def _row(case: Case, id: str) -> Evidence:
    """Find a row of the ledger; a study without a ledger has only ids."""
    return case.study.evidence.get(id) or Evidence(id=id, paper="", locator="", format="", area="", statement="")


def _adopted(case: Case, score: Score, lang: str) -> str:
    """Say where an adopted value comes from."""
    if score.cell is None:
        return say("report.adopted.balance", lang)
    if score.set_by_scenario:
        reason = score.cell.changed or next(iter(score.cell.readings.values())).reason
        return say("report.adopted.changed", lang, reason=reason)
    if score.assumed:
        return say(f"report.missing.{case.scenario.missing}", lang)
    if case.scenario.route in score.cell.readings:
        return say("report.adopted.coding", lang)
    return say("report.adopted.median" if len(score.cell.readings) > 1 else "report.adopted.value", lang)


def _summary(row: Row, proofs: Sequence[Proof], lang: str) -> str:
    """Say in a few words what opens below a line of the scorecard."""
    count = len({evidence.id for proof in proofs for evidence, _ in proof.rows})
    return said("report.page.behind" if row.leaf else "report.page.behind_items", lang, count=count)


def _shade(place: float, direction: int) -> int:
    """Give the step of shading for a place on the common scale."""
    merit = place if direction > 0 else 1 - place
    return round(STEPS * min(max(merit, 0.0), 1.0))


def _ends(values: list[float]) -> tuple[float, float]:
    """Give the ends of a scale that holds 0 and all values: 0 and 1 where they lie there."""
    if min(values) >= 0 and max(values) <= 1:
        return 0.0, 1.0
    return min(0.0, *values), max(0.0, *values)


def _bar(value: float, low: float, high: float) -> Bar:
    """Place a bar from 0 to a value on a track from ``low`` to ``high``."""
    span = high - low or 1.0
    start, end = sorted(100 * (x - low) / span for x in (0.0, value))
    return Bar(start=start, length=end - start, zero=100 * (0.0 - low) / span)
