"""The page: whole without a network, safe whatever words a study holds, readable by people and machines."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking, ranks
from mcda.explain import explain_lead
from mcda.report import numbers
from mcda.report.page import report_page
from mcda.study.files import read_scenario, read_study, scenario_keys, shipped
from mcda.study.model import Study
from mcda.study.scenario import Case, build
from mcda.words import area

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
        return " ".join(" ".join(word for word, path in self.words if "style" not in path).split())


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(shipped() / "criteria", shipped() / "scenarios")


def html_of(case: Case, lang: str = "en", *, result: Ranking | None = None) -> str:
    chosen = case.scenario
    if result is None:
        result = rank(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)
    best = [result.alternatives[i] for i in result.order()[:2]]
    lead = explain_lead(case, *best) if len(best) == 2 else None
    return report_page(case, result, lead, RECORD, lang, files=["report.md", "tables/ranking.csv"])


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_every_shipped_scenario_gives_a_sound_page_of_modest_size(study: Study, lang: str) -> None:
    for key in scenario_keys(study)[::3] if lang == "en" else ["baseline"]:
        html = html_of(build(study, read_scenario(study, key)), lang)
        assert len(html.encode()) < 300_000, key
        assert Page(html).faults == [], key


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}, {"structure": "leaves"}, {"route": "coding-2"}])
def test_every_score_leads_to_what_stands_behind_it(make_case, choices) -> None:
    case = make_case(**choices)
    page = Page(html_of(case))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert set(targets) <= set(ids)
    rows = len(case.leaves) or len(case.study.criteria)
    assert sum(a.get("class") == "go" for a in page.all("a")) == rows * len(case.alternatives)


def test_the_evidence_behind_a_score_is_on_the_page(make_case) -> None:
    text = Page(html_of(make_case())).text()
    for word in ("Statement 1", "paper, Table 2", "row3", "As printed.", "Coding 2", "EUR mn", "0–10", "How much?"):
        assert word in text


def test_the_page_needs_no_network_and_no_script(make_case) -> None:
    html = html_of(make_case())
    page = Page(html)
    assert page.all("script") == page.all("img") == page.all("iframe") == []
    assert not re.search(r"@import|url\(|https?://(?!doi\.org/)", html)
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "link":
            assert attributes["href"] == "data:,"
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}])
def test_hostile_words_stay_words(make_case, choices) -> None:
    calm, page = (Page(html_of(make_case(text, **choices))) for text in ("calm", HOSTILE))
    assert page.faults == []
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in calm.elements]
    assert page.text().count(HOSTILE) > 50
    assert page.all("script") == []


def test_hostile_attributes_stay_inside_their_quotes(make_case) -> None:
    page = Page(html_of(make_case('" onclick="x" y="')))
    assert page.faults == []
    assert not any("onclick" in attributes or "y" in attributes for tag, attributes in page.elements)


def test_headings_tables_and_landmarks_are_there_for_everybody(make_case) -> None:
    page = Page(html_of(make_case()))
    assert page.elements[0] == ("html", {"lang": "en"})
    assert len(page.all("h1")) == 1
    assert {"h3", "h4"}.isdisjoint(tag for tag, _ in page.elements)
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(th.get("scope") for th in page.all("th"))
    assert all(svg.get("aria-hidden") == "true" for svg in page.all("svg"))
    assert all(nav.get("aria-label") for nav in page.all("nav"))
    labels = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert labels <= {a["id"] for _, a in page.elements if "id" in a}


@pytest.mark.parametrize(("lang", "title"), [("ru", "Север"), ("kk", "Солтүстік")])
def test_titles_say_which_language_they_are_in(make_case, lang: str, title: str) -> None:
    html = html_of(make_case(), lang)
    assert f'<span lang="{lang}">{title}</span>' in html
    assert "North" not in Page(html).text()


def test_a_title_without_translation_is_not_called_one(make_case) -> None:
    html = html_of(make_case(), "kk")
    assert "West" in Page(html).text()
    assert '<span lang="kk">West</span>' not in html


def test_the_answer_stands_first_and_argues_for_nobody(study: Study) -> None:
    case = build(study, read_scenario(study, "baseline"))
    text = Page(html_of(case)).text()
    result = rank(case.problem)
    first = case.title(result.first()[0], "en")
    sentence = f"{first} ranks first of 5 with a score of {numbers.score(float(result.scores.max()))}"
    assert sentence in text
    assert "This follows from" in text
    assert text.index(sentence) < text.index("Weights of the criteria")
    assert "no survey of experts" in text


@pytest.mark.parametrize("word", ["should", "recommend", "clearly", "superior", "outperform", "winner", "best option"])
def test_the_words_of_reports_argue_for_nobody(word: str) -> None:
    assert not [key for key, text in area("report").items() if word in text.lower()]


def test_method_normalization_weights_and_sources_are_named(study: Study) -> None:
    text = Page(html_of(build(study, read_scenario(study, "kazakhstan")))).text()
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
    assert sum("near" in (a.get("class") or "").split() for a in page.all("span")) == 2


def test_one_alternative_alone_has_a_page_too(make_case) -> None:
    page = Page(html_of(make_case(drop=("south", "west"))))
    assert page.faults == []
    assert "is the only alternative" in page.text()
    assert "Where the lead comes from" not in page.text()


def test_what_is_assumed_and_what_the_scenario_changes_is_listed(study: Study) -> None:
    text = Page(html_of(build(study, read_scenario(study, "permanent-secretariats")))).text()
    assert "What the scenario changes" in text
    assert "Assumption from the first recommendation of turan-2025" in text
    assert "What was assumed" in text
    assert "Set by the scenario" in text
    added = Page(html_of(build(study, read_scenario(study, "added-format")))).text()
    assert "Example (invented)" in added
    assert "Set by the scenario: worked example" in added


def test_the_footer_holds_the_manifest(make_case) -> None:
    text = Page(html_of(make_case())).text()
    for word in ("mcda report plain", "0" * 64, "python 3.11.7", "criteria/study.yaml", "tables/ranking.csv"):
        assert word in text


def test_the_same_case_gives_the_same_page(make_case) -> None:
    assert html_of(make_case()) == html_of(make_case())
