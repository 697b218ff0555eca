"""The page: whole without a network, safe whatever words a study holds, readable by people and machines."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mcda.claim.examine import examine
from mcda.commands.page import page as write
from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking, ranks
from mcda.errors import CommandError
from mcda.explain import explain_lead
from mcda.report import live, numbers
from mcda.report.curves import curve_note, drawn, told
from mcda.report.ledger import cited_rows
from mcda.report.live import Other, others
from mcda.report.page import page_alone, report_page
from mcda.report.proofs import cited, proofs
from mcda.report.scorecard import scorecard
from mcda.report.texts import SAFE, Texts
from mcda.report.texts import packed as pack
from mcda.study.assertion import FAILS, HOLDS
from mcda.study.claims import read_claim
from mcda.study.files import read_scenario, read_study, scenario_keys, shipped
from mcda.study.model import Study
from mcda.study.scenario import Case, build
from mcda.words import LANGUAGES, known, speaking
from tests.catalogues import read, texts

HOSTILE = '</script><b>|=HYPERLINK("x")'
RECORD = {
    "study": {"title": "T", "sha256": "0" * 64},
    "inputs": {"criteria/study.yaml": "a" * 64},
    "versions": {"python": "3.11.7", "mcda": "0.1.0"},
    "seed": None,
    "draws": None,
    "command": "mcda report plain",
}
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """A page taken apart: elements with their attributes, text, and the faults of nesting."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> in {self.open[-3:]}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((data.strip(), tuple(self.open)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self) -> str:
        return " ".join(" ".join(word for word, path in self.words if not {"style", "script"} & {*path}).split())


def packed(html: str) -> dict[str, object]:
    """What was packed away for the script."""
    found = re.search(r'<script type="text/plain" id="packed">([^ ]+) ([^ ]+)</script>', html)
    assert found
    letters = found[2].translate({sign: letter for letter, sign in SAFE.items()})
    inside = zlib.decompress(base64.b85decode(letters))
    return json.loads("".join(chr(byte) if byte < 128 else found[1][byte - 128] for byte in inside))


def strings(data: object) -> list[str]:
    """All texts of nested data."""
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings(part)]


def nodes_of(data: list[object]) -> list[list[object]]:
    """All elements of folded fragments."""
    found = [part for part in data if isinstance(part, list)]
    return [node for part in found for node in ([part, *nodes_of(part[2:])] if isinstance(part[0], str) else nodes_of(part))]


def whole(html: str) -> str:
    """The words of a page, with those that the script puts into their places."""
    return " ".join(" ".join([Page(html).text(), *strings(packed(html))]).split())


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(shipped() / "criteria", shipped() / "scenarios")


def html_of(case: Case, lang: str = "en", *, result: Ranking | None = None, rivals: Sequence[Other] = ()) -> str:
    chosen = case.scenario
    if result is None:
        result = rank(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)
    best = [result.alternatives[i] for i in result.order()[:2]]
    lead = explain_lead(case, *best) if len(best) == 2 else None
    return report_page(case, result, lead, RECORD, lang, files=["report.md", "tables/ranking.csv"], rivals=rivals)


LIMIT = 150_000  # bytes
KEYS = scenario_keys(read_study(shipped() / "criteria", shipped() / "scenarios"))


@pytest.fixture(scope="module")
def rivals(study: Study) -> tuple[Other, ...]:
    return others(build(study, read_scenario(study, "baseline")))


@pytest.mark.parametrize("key", KEYS)
def test_every_shipped_scenario_gives_a_sound_page_of_modest_size(study: Study, monkeypatch, rivals, key: str) -> None:
    monkeypatch.setattr(live, "others", lambda case: rivals)
    case = build(study, read_scenario(study, key))
    for lang in LANGUAGES if key in ("baseline", "five-states") else ["en"]:
        html = page_alone(case, lang=lang, command=f"mcda page {key}")
        assert len(html.encode()) < LIMIT, (key, lang)
        assert Page(html).faults == [], (key, lang)


def test_a_page_with_a_claim_is_of_modest_size_too(study: Study) -> None:
    result = examine(study, read_claim(study, "eu-most-promising"), draws=1000)
    case = build(study, read_scenario(study, "baseline"))
    for lang in LANGUAGES:
        assert len(page_alone(case, lang=lang, command="mcda page", claims=[result]).encode()) < LIMIT, lang


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}, {"structure": "leaves"}, {"route": "coding-2"}])
def test_every_score_leads_to_what_stands_behind_it(make_case, choices) -> None:
    case = make_case(**choices)
    html = html_of(case)
    page, behind = Page(html), packed(html)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert set(targets) <= set(ids)
    rows = len(case.leaves) or len(case.study.criteria)
    assert targets.count("papers") == rows * len(case.alternatives)
    assert [line["key"] for line in behind["lines"]] == [x.key for x in case.leaves or case.study.criteria]
    for i, row in enumerate(case.cells if case.leaves else ()):
        for cell, line in zip(row, behind["lines"], strict=True):
            reasons = [reading[3] for reading in line["cells"][i][1]]
            assert reasons == [reading.reason for reading in cell.readings.values()]


def test_each_row_of_the_ledger_stands_on_the_page_once_and_is_found_by_its_number(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    groups = scorecard(case)
    places = cited(case, groups)
    rows = [row for place in places for row in place.rows]
    assert sorted(row.id for row in rows) == sorted(cited_rows(case))
    behind = proofs(case, groups, places, Texts("en"))
    for j, line in enumerate(behind["lines"]):
        for i, (_, readings, items) in enumerate(line["cells"]):
            assert items == []
            named = [tuple(rows[k].id for k in reading[4]) for reading in readings]
            assert named == [reading.evidence for reading in case.cells[i][j].readings.values()]
    text = whole(html_of(case))
    assert all(text.count(f"{row.id}: {row.statement}") == 1 for row in rows)


def test_the_evidence_behind_a_score_is_on_the_page(make_case) -> None:
    text = whole(html_of(make_case()))
    for word in ("Statement 1", "paper", ", Table 2", "row3", "As printed.", "Coding 2", "EUR mn", "0–10", "How much?"):
        assert word in text


def test_the_page_needs_no_network_and_runs_no_script_but_its_own(make_case) -> None:
    html = html_of(make_case())
    page = Page(html)
    assert page.all("img") == page.all("iframe") == []
    assert [script.get("type") for script in page.all("script")] == ["application/json", "text/plain", None]
    assert not re.search(r"@import|url\(|https?://(?!doi\.org/|www\.w3\.org/2000/svg)", html)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|fetch\(|Intl", html)
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "link":
            assert attributes["href"] == "data:,"
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}])
def test_hostile_words_stay_words(make_case, choices) -> None:
    html = html_of(make_case(HOSTILE, **choices))
    calm, page = Page(html_of(make_case("calm", **choices))), Page(html)
    assert page.faults == []
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert whole(html).count(HOSTILE) > 50
    for script, path in page.words:
        assert "script" not in path or "<" not in script or "use strict" in script


def test_hostile_attributes_stay_inside_their_quotes(make_case) -> None:
    page = Page(html_of(make_case('" onclick="x" y="')))
    assert page.faults == []
    assert not any("onclick" in attributes or "y" in attributes for tag, attributes in page.elements)


def test_headings_tables_and_landmarks_are_there_for_everybody(make_case) -> None:
    page = Page(html_of(make_case()))
    assert page.elements[0] == ("html", {"lang": "en"})
    assert len(page.all("h1")) == 1
    assert [tag for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)][:5] == ["h1", "h2", "h3", "h3", "h2"]
    assert "h4" not in [tag for tag, _ in page.elements]
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(th.get("scope") for th in page.all("th"))
    assert all(svg.get("aria-hidden") == "true" for svg in page.all("svg"))
    assert [node for node in nodes_of(packed(html_of(make_case()))["folded"]) if node[0] == "table"]
    assert all(nav.get("aria-label") for nav in page.all("nav"))
    labels = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert labels <= {a["id"] for _, a in page.elements if "id" in a}


@pytest.mark.parametrize(("lang", "title"), [("ru", "Север"), ("kk", "Солтүстік")])
def test_titles_say_which_language_they_are_in(make_case, lang: str, title: str) -> None:
    html = html_of(make_case(), lang)
    assert re.search(rf"<t-(\d+)>{title}</t-\1>", html)
    assert f'<html lang="{lang}">' in html
    assert "North" not in Page(html).text()


def test_a_title_without_translation_is_not_called_one(make_case) -> None:
    assert re.search(r'<t-(\d+) lang="en">West</t-\1>', html_of(make_case(), "kk"))
    assert re.search(r"<t-(\d+)>West</t-\1>", html_of(make_case()))


def test_the_answer_stands_first_and_argues_for_nobody(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    text = whole(html_of(case))
    result = rank(case.problem)
    first = case.title(result.first()[0], "en")
    sentence = f"{first} ranks first of 5 with a score of {numbers.score(float(result.scores.max()))}"
    assert sentence in text
    assert "This follows from" in text
    assert text.index(sentence) < text.index("Weights of the criteria")
    assert "no survey of experts" in text


@pytest.mark.parametrize("word", ["should", "recommend", "clearly", "superior", "outperform", "winner", "best option"])
def test_the_words_of_reports_argue_for_nobody(word: str) -> None:
    assert not [entry.id for entry in read("en", "report") if word in " ".join(texts(entry)).lower()]


def test_method_normalization_weights_and_sources_are_named(study: Study) -> None:
    text = whole(html_of(build(study, read_scenario(study, "kazakhstan"))))
    for word in ("TOPSIS (normalization: vector)", "Hwang and Yoon 1981", "Consistency ratio", "Aguarón"):
        assert word in text
    assert "10.46914/1562-2959-2025-1-3-40-53" in text
    assert "0.882" in text


def test_practical_ties_are_said_beside_the_scores(make_case) -> None:
    case = make_case()
    scores = np.array([0.6, 0.598, 0.1])
    result = Ranking(
        alternatives=case.problem.alternatives,
        scores=scores,
        ranks=ranks(scores),
        method="topsis",
        normalization="vector",
        weights=case.problem.weights,
    )
    page = Page(html_of(case, result=result))
    assert [("hidden" in a) for a in page.all("span") if a.get("class") == "near"] == [False, False, True]


def test_one_alternative_alone_has_a_page_too(make_case) -> None:
    page = Page(html_of(make_case(drop=("south", "west"))))
    assert page.faults == []
    assert "is the only alternative" in page.text()
    assert "Where the lead comes from" not in page.text()


def test_what_is_assumed_and_what_the_scenario_changes_is_listed(study: Study) -> None:
    text = whole(html_of(build(study, read_scenario(study, "permanent-secretariats"))))
    assert "What the scenario changes" in text
    assert "Assumption from the first recommendation of turan-2025" in text
    assert "What was assumed" in text
    assert "Set by the scenario" in text
    added = whole(html_of(build(study, read_scenario(study, "added-format"))))
    assert "Example (invented)" in added
    assert "Set by the scenario: worked example" in added


def test_the_footer_holds_the_manifest(make_case) -> None:
    text = whole(html_of(make_case()))
    for word in ("mcda report plain", "0" * 64, "python 3.11.7", "criteria/study.yaml", "tables/", "ranking.csv"):
        assert word in text


def test_the_same_case_gives_the_same_page(make_case) -> None:
    assert html_of(make_case()) == html_of(make_case())


def data_of(html: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_other_scenarios_stand_side_by_side(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    rivals = others(case)
    html = html_of(case, rivals=rivals)
    table = html[html.index('<table class="plain ranks">') :].partition("</table>")[0]
    page = Page(f"<table>{table.partition('>')[2]}</table>")
    assert table.count("<tr") == 1 + 2 + len(rivals)
    assert "Profile of Kazakhstan" in page.text()
    assert "–" in page.text()
    presets = data_of(html, "live")["presets"]
    assert {preset["key"] for preset in presets} >= {"kazakhstan", "sovereignty-first"}
    assert all(sum(preset["weights"]) == pytest.approx(1, abs=1e-11) for preset in presets)


def test_the_words_that_the_script_says_are_those_of_the_catalogue() -> None:
    own = {entry.id.removeprefix("page.live.") for entry in read("en", "page") if "page.live." in entry.id}
    assert {key for key in live.SAID if not key.startswith("report.")} == own
    assert all(known(key) for key in live.SAID if key.startswith("report."))


def test_a_method_without_a_form_says_why_its_sliders_are_off(study: Study) -> None:
    case = build(study, replace(read_scenario(study, "baseline"), method="copras", normalization=None))
    html = html_of(case)
    assert data_of(html, "live")["form"] is None
    assert "The weights cannot be moved here: COPRAS" in Page(html).text()


def test_what_only_the_script_can_show_is_hidden_without_it(make_case) -> None:
    page = Page(html_of(make_case()))
    assert all("hidden" in attributes for _, attributes in page.elements if "data-live" in attributes)
    assert all("hidden" in attributes for _, attributes in page.elements if attributes.get("id") in ("langs", "moved"))


CLAIM = """\
title: {en: Speed, ru: Скорость}
claim: eu first
asserted: {by: turan-2025, where: Conclusion, words: The first is fastest.}
baseline: baseline
universe:
  method:
    title: Method
    options:
      topsis: {kind: equivalent, why: usual}
      vikor: {kind: uncertain, why: usual}
  weights:
    title: Weights
    options:
      all: {kind: equivalent, why: none, set: {weights: {orders: all}}}
"""


def test_a_claim_shows_its_specification_curve(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "speed.yaml"
    path.write_text(CLAIM, encoding="utf-8")
    result = examine(study, read_claim(study, path), draws=100)
    html = page_alone(build(study, read_scenario(study, "baseline")), lang="ru", command="mcda page", claims=[result])
    page = Page(html)
    assert page.faults == []
    paths = [(a["class"], str(a["d"]).count("h0")) for a in page.all("path") if a.get("class") in ("holds", "fails")]
    assert sum(count for _, count in paths) == result.overall.specifications
    assert dict(paths)["holds"] == result.overall.holds
    assert f"Оно выполняется в {result.overall.holds} из {result.overall.specifications}" in page.text()
    text = whole(html)
    assert "Скорость" in text
    for lang in LANGUAGES:
        with speaking(lang):
            assert all(" ".join(sentence.split()) in text for sentence in told(result, lang))


def test_the_dots_of_a_curve_lie_where_its_margins_do() -> None:
    curve = SimpleNamespace(
        specifications=4,
        baseline=2,
        position=np.arange(4),
        margin=np.array([-1.0, -0.5, 0.25, 1.0]),
        outcome=np.array([FAILS, FAILS, HOLDS, HOLDS]),
    )
    found = drawn(SimpleNamespace(curve=curve))
    assert found.paths == {"holds": "M2500 465h0m1000-405h0", "fails": "M500 1140h0m1000-270h0"}
    assert found.baseline == (2500, 465)


def test_counts_of_a_curve_are_grouped_as_the_language_does() -> None:
    result = SimpleNamespace(overall=SimpleNamespace(holds=424178, specifications=1469865))
    assert "424,178 of 1,469,865" in curve_note(result, "en")
    assert "424\u00a0178 из 1\u00a0469\u00a0865" in curve_note(result, "ru")


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    path = tmp_path / "view.html"
    options = {"study": None, "command": "mcda page kazakhstan -o x.html", "claims": ()}
    for lang in ("en", "kk"):
        answer = write("kazakhstan", out=path, lang=lang, **options)
        assert str(path) in answer.sentences[0]
    html = path.read_text("utf-8")
    assert '<html lang="kk">' in html
    assert "mcda page kazakhstan<" in html
    with pytest.raises(CommandError, match="there is no folder"):
        write(None, out=tmp_path / "new" / "view.html", lang="en", **options)
    foreign = tmp_path / "own.html"
    foreign.write_text("<p>mine</p>")
    with pytest.raises(CommandError, match=r"own\.html"):
        write(None, out=foreign, lang="en", **options)
    with pytest.raises(CommandError, match="eu-most-promising"):
        write(None, out=path, lang="en", **{**options, "claims": ["eu-most-promisin"]})


def test_what_the_page_computes_with_stays_small(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    html = html_of(case, rivals=others(case))
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    assert sum(len(script.encode()) for script in scripts) < 100_000


def test_a_page_in_one_language_holds_every_text_in_the_others(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    pages = {lang: packed(page_alone(case, lang=lang, command="mcda page"))["texts"] for lang in LANGUAGES}
    for k, lang in enumerate(LANGUAGES):
        for other in LANGUAGES:
            for mine, theirs in zip(pages[lang][k], pages[other][k], strict=True):
                assert mine in ("", theirs) or theirs == ""
    assert all(all(pages["en"][k]) for k in (1, 2))


def test_packed_data_comes_back_whole() -> None:
    data = {"a": "</script>", "b": ["Қазақстан", "\u2028 – “x”", ""], "c": "".join(map(chr, range(0x100, 0x200))), "d": "\U0001f600"}
    html = f'<script type="text/plain" id="packed">{pack(data)}</script>'
    assert packed(html) == data
    assert not set("<>&") & set(pack(data).split(" ")[1])
