"""The page driven in a real browser: sliders, languages, presets, saving, evidence, print, and what it refuses."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from mcda.engine.methods import rank
from mcda.report.page import page_alone
from mcda.study.files import read_scenario, read_study, shipped
from mcda.study.scenario import Case, build
from mcda.words import template

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install '.[dev]'")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")

LANGS = ("en", "ru", "kk")
TICK = 50  # milliseconds from a key to the painted ranking, median


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright.sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def baseline() -> Case:
    study = read_study(shipped() / "criteria", shipped() / "scenarios")
    return build(study, read_scenario(study, "baseline"))


@pytest.fixture(scope="module")
def written(baseline: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "baseline.html"
    path.write_text(page_alone(baseline, lang="en", command="mcda page"), encoding="utf-8")
    return path


@contextmanager
def opened(chromium, path: Path, fragment: str = "", *, width: int = 1280) -> Iterator[object]:
    """Open a page from disk; anything it asks of a network or complains about fails the test."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if request.url.startswith("http") else None)
    page.goto(path.as_uri() + fragment)
    page.wait_for_selector("[data-selfcheck]", state="attached")
    yield page
    context.close()
    assert complaints == []


def order(page) -> list[str]:
    settle(page)
    return page.locator("#places tr").evaluate_all("rows => rows.map(row => row.querySelector('th').textContent)")


def weights(page) -> list[float]:
    settle(page)
    numbers = page.locator("#sliders input[type=number]").evaluate_all("all => all.map(x => x.value)")
    return [float(number) for number in numbers]


def settle(page) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def expected(case: Case, shares: dict[str, float]) -> list[str]:
    """The order that the engine gives at some shares of the criteria."""
    moved = build(case.study, case.scenario.with_weights(shares))
    result = rank(moved.problem, method=moved.scenario.method, normalization=moved.scenario.normalization)
    return [case.title(result.alternatives[i], "en") for i in result.order()]


def test_the_page_opens_from_disk_and_agrees_with_the_program(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        assert page.locator("html").get_attribute("data-selfcheck") == "agrees"
        assert order(page) == expected(baseline, {})
        assert weights(page) == [25, 25, 25, 25]
        assert "ranks first with a score of" in page.inner_text("#verdict")
        assert page.is_visible("#sure")
        assert page.is_hidden("#mismatch")


def test_keys_on_a_slider_move_the_ranking_as_the_engine_says(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        page.focus("#range1")
        for _ in range(3):
            page.keyboard.press("PageUp")
        assert weights(page) == [15, 55, 15, 15]
        assert order(page) == expected(baseline, {"investment_scale": 0.55})
        assert "At the scenario's own weights: EU" in page.inner_text("#moved")
        page.keyboard.press("End")
        page.wait_for_timeout(700)
        assert page.inner_text("#status") == page.inner_text("#verdict")


def test_numbers_are_typed_locks_hold_and_undo_goes_back(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        page.check("#lock0")
        page.fill("#number2", "40")
        assert weights(page) == [25, 17.5, 40, 17.5]
        assert page.is_disabled("#range0")
        assert order(page) == expected(baseline, {"institutionalization": 0.25, "sovereignty_risk": 0.4})
        page.click("#undo")
        assert weights(page) == [25, 25, 25, 25]
        page.click("#undo")
        settle(page)
        assert not page.is_checked("#lock0")
        assert page.is_disabled("#undo")


def test_presets_give_the_order_of_their_scenarios(chromium, written: Path, baseline: Case) -> None:
    study = baseline.study
    with opened(chromium, written) as page:
        for key in ("kazakhstan", "sovereignty-first"):
            case = build(study, read_scenario(study, key))
            page.select_option("#presets", label=case.scenario.title.en)
            result = rank(case.problem)
            assert order(page) == [case.title(result.alternatives[i], "en") for i in result.order()]
        page.get_by_role("button", name="Equal weights").click()
        assert weights(page) == [25, 25, 25, 25]


def test_sub_criteria_move_the_ranking_too(chromium, written: Path, baseline: Case) -> None:
    leaf = baseline.leaves[0]
    with opened(chromium, written) as page:
        page.locator("#sliders details").first.locator("summary").click()
        page.focus("#leaf0")
        for _ in range(5):
            page.keyboard.press("PageUp")
        settle(page)
        share = float(page.inner_text("#share0").removesuffix("%")) / 100
        assert share == pytest.approx(0.7)
        moved = build(baseline.study, baseline.scenario.with_weights({leaf.key: share}))
        shown = page.locator("#places .score").all_inner_texts()
        assert shown == [f"{x:.3f}" for x in sorted(rank(moved.problem).scores.tolist(), reverse=True)]


def test_the_language_changes_in_place(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        for lang, name, heading in (("ru", "ЕС", "Рейтинг"), ("kk", "ЕО", "Рейтинг"), ("en", "EU", "Ranking")):
            page.click(f"[data-lang={lang}]")
            settle(page)
            assert page.locator("html").get_attribute("lang") == lang
            assert name in order(page)
            assert page.inner_text("#ranking") == heading
            assert page.inner_text("h1") == baseline.study.title.get(lang)
            assert page.title().startswith(baseline.scenario.title.get(lang))
            assert ("0,557" in page.inner_text("#verdict")) == (lang != "en")
            assert ("0,557" in page.inner_text("#places")) == (lang != "en")
            assert page.locator(f"[data-lang={lang}]").get_attribute("aria-pressed") == "true"


def test_the_address_carries_the_weights(chromium, written: Path) -> None:
    with opened(chromium, written) as page:
        page.fill("#number1", "37")
        page.click("[data-lang=ru]")
        page.wait_for_timeout(500)
        shown, fragment = order(page), page.evaluate("location.hash")
    with opened(chromium, written, fragment) as page:
        assert weights(page) == [21, 37, 21, 21]
        assert order(page) == shown
        assert page.locator("html").get_attribute("lang") == "ru"


def test_a_saved_scenario_ranks_the_same_in_the_program(
    chromium, written: Path, baseline: Case, tmp_path: Path
) -> None:
    with opened(chromium, written) as page:
        page.fill("#number3", "47.3")
        shown = order(page)
        with page.expect_download() as waiting:
            page.click("#save")
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name == "baseline-own.yaml"
        assert path.name in page.inner_text("#saved")
    case = build(baseline.study, read_scenario(baseline.study, path))
    result = rank(case.problem, method=case.scenario.method, normalization=case.scenario.normalization)
    assert [case.title(result.alternatives[i], "en") for i in result.order()] == shown


def test_every_score_opens_what_stands_behind_it(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        link = page.locator("#card .line a").nth(7)  # the second sub-criterion, the third alternative
        link.click()
        assert link.get_attribute("aria-expanded") == "true"
        cell = baseline.cells[2][1]
        text = page.inner_text(".proof")
        assert baseline.alternatives[2].title.en in text
        assert baseline.leaves[1].question.en in text
        for reading in cell.readings.values():
            assert reading.reason in text
        assert page.locator(".proof .rows li").count() == len(cell.evidence)
        for id in cell.evidence:
            row = baseline.study.evidence[id]
            assert id in text
            assert row.statement in text
            assert row.locator in text
        assert weights(page) == [25, 25, 25, 25]
        page.keyboard.press("Escape")
        assert page.locator(".proof").count() == 0
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Close", exact=True).click()
        assert page.evaluate("document.activeElement.tagName") == "A"


def test_all_scores_open_at_once_in_their_order(chromium, written: Path, baseline: Case) -> None:
    with opened(chromium, written) as page:
        page.locator("#card .line a").nth(3).click()
        page.click("#openall")
        assert page.locator(".proof").count() == len(baseline.leaves) * len(baseline.alternatives)
        names = page.locator(".proof").evaluate_all("all => all.slice(0, 5).map(x => x.getAttribute('aria-label'))")
        assert names == [f"{item.title.en} · {baseline.leaves[0].title.en}" for item in baseline.alternatives]
        page.click("#openall")
        assert page.locator(".proof").count() == 0


def test_the_items_behind_a_balance_are_shown(chromium, tmp_path: Path) -> None:
    study = read_study(shipped() / "criteria", shipped() / "scenarios")
    case = build(study, read_scenario(study, "turan-2025"))
    path = tmp_path / "swot.html"
    path.write_text(page_alone(case, lang="en", command="mcda page"), encoding="utf-8")
    with opened(chromium, path) as page:
        page.locator("#card .line a").first.click()
        item = next(
            x
            for x in study.swot.codings["swot-1"]
            if (x.alternative, x.criterion) == (case.alternatives[0].key, study.criteria[0].key)
        )
        text = page.inner_text(".proof")
        assert item.id in text
        assert item.reason in text
        assert study.evidence[item.id].statement in text


def test_the_page_shows_no_verdict_when_its_arithmetic_is_off(chromium, written: Path, tmp_path: Path) -> None:
    html = written.read_text("utf-8")
    wrong = re.sub(r'("scores":\[)0\.(\d)', lambda found: f"{found[1]}0.{(int(found[2]) + 1) % 10}", html)
    path = tmp_path / "wrong.html"
    path.write_text(wrong, encoding="utf-8")
    with opened(chromium, path) as page:
        assert page.locator("html").get_attribute("data-selfcheck") == "differs"
        assert page.is_visible("#mismatch")
        assert page.is_hidden("#verdict")
        assert page.is_hidden("#places")
        assert page.is_hidden("#sliders")


def test_a_method_without_a_form_keeps_its_stored_result(chromium, baseline: Case, tmp_path: Path) -> None:
    case = build(baseline.study, replace(baseline.scenario, method="copras", normalization=None))
    path = tmp_path / "copras.html"
    path.write_text(page_alone(case, lang="en", command="mcda page"), encoding="utf-8")
    with opened(chromium, path) as page:
        assert page.locator("html").get_attribute("data-selfcheck") == "stored"
        assert page.is_hidden("#sliders")
        assert "cannot be moved here" in page.inner_text("main")
        page.click("[data-lang=kk]")
        assert page.is_visible("#places")


def test_hostile_words_stay_words_after_the_script_ran(chromium, make_case, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    text = '</script><img src=x onerror="document.title=1"><b>'
    path.write_text(page_alone(make_case(text), lang="en", command="mcda page"), encoding="utf-8")
    with opened(chromium, path) as page:
        page.click("[data-lang=ru]")
        settle(page)
        assert page.locator("img").count() == page.locator("main b b").count() == 0
        assert text in page.inner_text("#places")
        assert page.title() != "1"


TELLS = """() => ({
    text: document.body.innerText,
    names: [...document.querySelectorAll("[aria-label]")].map(x => x.getAttribute("aria-label")),
    langs: [...document.querySelectorAll("body [lang]")].map(x => x.lang + " " + x.textContent),
    title: document.title, lang: document.documentElement.lang,
})"""


def long(text: str) -> str:
    """A text whose words are 60% longer, its gaps as they are."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(re.sub(r"[^\W\d_]{2,}", lambda word: word[0] + word[0][: round(0.6 * len(word[0]))], part)
                   if k % 2 == 0 else part for k, part in enumerate(parts))


@pytest.mark.parametrize(
    ("key", "start", "lang"),
    [("baseline", "en", "ru"), ("baseline", "en", "kk"), ("baseline", "ru", "en"), ("five-states", "kk", "ru"),
     ("turan-2025", "en", "kk")],
)
def test_a_page_in_a_language_and_one_that_is_switched_to_it_say_the_same(
    chromium, tmp_path: Path, key: str, start: str, lang: str
) -> None:
    study = read_study(shipped() / "criteria", shipped() / "scenarios")
    case = build(study, read_scenario(study, key))
    told = []
    for own in (lang, start):
        path = tmp_path / f"{own}.html"
        path.write_text(page_alone(case, lang=own, command="mcda page"), encoding="utf-8")
        with opened(chromium, path) as page:
            open_everything(page)
            if own == start:
                page.click(f"[data-lang={LANGS[LANGS.index(lang) - 1]}]")
                page.click(f"[data-lang={lang}]")
                page.wait_for_timeout(700)
            told.append(page.evaluate(TELLS))
            assert lang == "en" or page.evaluate(ENGLISH) == []
    for name, expected in told[0].items():
        assert told[1][name] == expected, name


def open_everything(page) -> None:
    page.click("#openall")
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    page.wait_for_timeout(700)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", [*LANGS, "long"])
def test_nothing_runs_over_the_screen(
    chromium, written: Path, baseline: Case, tmp_path: Path, monkeypatch, lang: str, width: int
) -> None:
    path = written
    if lang == "long":
        for module in ("mcda.words", "mcda.report.page"):
            monkeypatch.setattr(f"{module}.template", lambda *key: long(template(*key)))
        path = tmp_path / "long.html"
        path.write_text(page_alone(baseline, lang="en", command="mcda page"), encoding="utf-8")
    with opened(chromium, path, f"#w=&lang={lang}", width=width) as page:
        settle(page)
        page.locator("#card .line a").nth(7).click()
        page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
        assert page.locator("html").get_attribute("lang") == (lang if lang in LANGS else "en")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(WIDE) == []


def test_every_control_has_a_name_and_can_be_reached_by_keys(chromium, written: Path) -> None:
    with opened(chromium, written) as page:
        assert page.evaluate(NAMELESS) == []
        assert page.evaluate("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"])').length") == 0
        assert page.get_by_role("slider").count() >= 4
        assert page.get_by_role("slider", name="Sovereignty risk").get_attribute("aria-valuetext") == "25%"
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(x => x.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing(chromium, written: Path, lang: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="needs axe: pip install '.[dev]'")
    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{written.as_uri()}#w=&lang={lang}")
    page.wait_for_selector("[data-selfcheck]", state="attached")
    page.locator("#card .line a").nth(7).click()
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    found = page.evaluate("rules => axe.run({runOnly: rules})", rules)
    context.close()
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 30


def test_colours_can_be_read(chromium, written: Path) -> None:
    with opened(chromium, written) as page:
        low = page.evaluate(CONTRAST)
        assert low == []


def test_print_keeps_the_answer_and_drops_the_controls(chromium, written: Path) -> None:
    with opened(chromium, written) as page:
        page.emulate_media(media="print")
        assert page.is_visible("#verdict")
        assert page.is_visible("#places")
        assert page.is_visible("#bandlist")
        assert page.is_visible("#card")
        assert not page.is_visible("#undo")
        assert not page.is_visible("#langs")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.is_visible("#papers ol ol li >> nth=-1")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("main details[open]").count() == 0
        assert page.pdf().startswith(b"%PDF")


def test_without_scripts_the_answer_and_the_scores_can_be_read(chromium, written: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written.as_uri())
    for text in ("ranks first of 5", "Under other scenarios", "need JavaScript", "Formalization", "Sources"):
        assert text in page.inner_text("body")
    assert page.locator("#card .line a").count() == 70
    context.close()


def test_a_browser_that_cannot_unpack_keeps_the_stored_answer(chromium, written: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(written.as_uri())
    settle(page)
    assert "ranks first of 5" in page.inner_text("#verdict")
    assert page.is_visible("#off")
    assert page.is_hidden("#langs")
    context.close()


def test_a_tick_is_painted_in_time(chromium, written: Path) -> None:
    with opened(chromium, written) as page:
        page.focus("#range1")
        ticks = page.evaluate(TICKS)
        assert median(ticks) < TICK, ticks


# What reaches beyond the screen, but for what scrolls by itself.
WIDE = """() => [...document.querySelectorAll("main *")]
    .filter(x => !x.closest(".scroll,.unseen,.brief,.proof thead,select,svg") && x.getClientRects().length)
    .filter(x => x.getBoundingClientRect().right > innerWidth + 1).map(x => x.outerHTML.slice(0, 80))"""

# English sentences that are not called English.
ENGLISH = """() => [...document.querySelectorAll("body *")]
    .filter(x => !x.closest("script,style,pre") && x.closest("[lang]").lang !== "en")
    .flatMap(x => [...x.childNodes].filter(node => node.nodeType === 3).map(node => node.data))
    .filter(text => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text))"""

NAMELESS = """() => [...document.querySelectorAll("button,select,input")]
    .filter(x => !(x.getAttribute("aria-label") || x.textContent.trim() || x.labels?.length)).map(x => x.outerHTML)"""

# From a step of a slider to the end of the frame in which the ranking was painted.
TICKS = """async () => {
    const range = document.getElementById("range1"), out = [];
    for (let k = 0; k < 40; k++) {
        const start = performance.now(), painted = new MessageChannel();
        range.value = 10 + k;
        range.dispatchEvent(new Event("input"));
        await new Promise(done => requestAnimationFrame(() => {
            painted.port1.onmessage = done;
            painted.port2.postMessage(0);
        }));
        out.push(performance.now() - start);
    }
    return out;
}"""

# Contrast of every text with the nearest background behind it, by the formula of WCAG 2.1.
CONTRAST = """() => {
    const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const bend = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = rgb => .2126 * bend(rgb[0]) + .7152 * bend(rgb[1]) + .0722 * bend(rgb[2]);
    const behind = node => {
        for (; node; node = node.parentElement) {
            const c = parse(getComputedStyle(node).backgroundColor);
            if (c.length === 3 || c[3] > 0) return c;
        }
        return [255, 255, 255];
    };
    const written = node => [...node.childNodes].some(x => x.nodeType === 3 && x.data.trim());
    const out = new Set();
    for (const node of document.querySelectorAll("body *")) {
        if (!written(node) || !node.getClientRects().length) continue;
        if (node.disabled || node.closest("svg,script,style")) continue;
        const style = getComputedStyle(node), pair = [light(parse(style.color)), light(behind(node))];
        const ratio = (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
        if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) out.add(`${node.outerHTML.slice(0, 60)} ${ratio}`);
    }
    return [...out].slice(0, 20);
}"""
