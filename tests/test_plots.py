"""Figures, read by their artists: what they say, that nothing collides, that the same figure has the same bytes."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from mcda.engine.methods import rank
from mcda.engine.ranking import Ranking, ranks
from mcda.explain import explain_lead
from mcda.report import alt, numbers, plots
from mcda.report.page import shades
from mcda.report.scorecard import SHADES
from mcda.study.files import read_scenario, read_study, shipped
from mcda.study.scenario import Case, build

LONG = "Подверженность международным санкциям и вооружённым конфликтам в приграничных районах"
WORDS = (LONG, "Donaudampfschifffahrtsgesellschaftskapitän" * 2, "$x_1$ ", "Ж")
NAMES = ("scorecard", "ranking", "contributions")


@pytest.fixture(scope="module")
def baseline() -> Case:
    study = read_study(shipped() / "criteria", shipped() / "scenarios")
    return build(study, read_scenario(study, "baseline"))


def ranked(case: Case) -> Ranking:
    return rank(case.problem, method=case.scenario.method, normalization=case.scenario.normalization)


def near(case: Case) -> Ranking:
    """A ranking in which the first two are practically tied."""
    scores = np.array([0.6 - 0.002 * i if i < 2 else 0.3 - 0.1 * i for i in range(len(case.alternatives))])
    return Ranking(
        alternatives=case.problem.alternatives,
        scores=scores,
        ranks=ranks(scores),
        method="topsis",
        normalization="vector",
        weights=case.problem.weights,
    )


def draw(name: str, case: Case, lang: str = "en", *, result: Ranking | None = None) -> Figure:
    result = result or ranked(case)
    if name == "scorecard":
        return plots.scorecard(case, lang)
    if name == "ranking":
        return plots.ranking(case, result, lang)
    first, second = (result.alternatives[i] for i in result.order()[:2])
    return plots.contributions(explain_lead(case, first, second), case, lang)


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text()]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure)]


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap, and texts that leave the figure."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
    hit = [
        (a, b)
        for (a, one), (b, two) in combinations(boxes, 2)
        if min(one.x1, two.x1) - max(one.x0, two.x0) > 0.5 and min(one.y1, two.y1) - max(one.y0, two.y0) > 2.0
    ]
    whole = figure.bbox
    return hit + [
        (text, "edge")
        for text, box in boxes
        if box.x0 < whole.x0 or box.x1 > whole.x1 or box.y0 < whole.y0 or box.y1 > whole.y1
    ]


def bars(figure: Figure, color: str) -> list[Rectangle]:
    return [patch for patch in figure.findobj(Rectangle) if mpl.colors.to_hex(patch.get_facecolor()) == color]


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_in_any_language(baseline: Case, name: str, lang: str) -> None:
    assert collisions(draw(name, baseline, lang)) == []
    if name == "ranking":
        assert collisions(draw(name, baseline, lang, result=near(baseline))) == []


@pytest.mark.parametrize("text", WORDS, ids=["sentence", "one_word", "formula", "letter"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_with_any_words(make_case, name: str, text: str) -> None:
    case = make_case(text)
    assert collisions(draw(name, case)) == []
    if name == "ranking":
        assert collisions(draw(name, case, result=near(case))) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_on_a_swot_route(make_case, name: str) -> None:
    assert collisions(draw(name, make_case(route="swot-1"))) == []


def test_the_scorecard_shows_every_score_with_range_grade_and_assumption(baseline: Case) -> None:
    said = words(plots.scorecard(baseline, "en"))
    for cells in baseline.cells:
        for cell in cells:
            mark = "†" if cell.assumed else ""
            assert numbers.amount(cell.value) + mark in said
    assert sum(word.endswith("†") for word in said) == len(baseline.assumed) == 4
    assert sum(word in "ABCD" for word in said) == 70
    assert "13.56–120" in said
    for criterion in baseline.study.criteria:
        arrow = "▲" if criterion.direction > 0 else "▼"
        assert any(word.startswith(f"{arrow} {criterion.title.en} (25%)") for word in said)
    for alternative in baseline.alternatives:
        assert alternative.title.en in said


def test_better_is_darker_and_costs_are_flipped(make_case) -> None:
    figure = plots.scorecard(make_case(), "en")
    worst, best = bars(figure, SHADES[0]), bars(figure, SHADES[2])
    said = {text.get_text(): text.get_position() for text in texts(figure)}
    row = said["1–2"][1]  # noise of the west: the lowest value of a cost
    assert any(patch.get_y() < row < patch.get_y() + patch.get_height() for patch in best)
    assert len(worst) == 1  # the first step of the legend alone: no score is the worst there could be
    assert len(best) == 1 + 2  # the legend's last step, the best noise and the largest budget


def test_a_scenario_s_value_is_marked(make_case) -> None:
    from mcda.study.scenario import Change, Reading

    change = Change(alternative="west", leaf="noise", reading=Reading(value=5.0, low=5.0, high=5.0, reason="x"))
    assert "5∆" in words(plots.scorecard(make_case(changes=(change,)), "en"))


def test_bars_are_as_long_as_the_scores(baseline: Case) -> None:
    result = ranked(baseline)
    figure = plots.ranking(baseline, result, "en")
    drawn = sorted((patch.get_width() for patch in bars(figure, plots.FOR)), reverse=True)
    expected = sorted(result.scores.tolist(), reverse=True)
    assert [width / drawn[0] for width in drawn] == pytest.approx([score / expected[0] for score in expected])


def test_practical_ties_are_marked_and_only_they(baseline: Case) -> None:
    assert "practically tied" not in " ".join(words(plots.ranking(baseline, ranked(baseline), "en")))
    assert "practically tied" in " ".join(words(plots.ranking(baseline, near(baseline), "en")))


def test_scores_beyond_0_and_1_have_a_scale_that_holds_them(make_case) -> None:
    case = make_case(method="weighted_sum", normalization="none")
    figure = plots.ranking(case, ranked(case), "en")
    lowest = min(ranked(case).scores)
    assert lowest < 0
    assert numbers.score(float(lowest)) in words(figure)
    assert collisions(figure) == []


def test_contribution_bars_go_the_way_of_their_sign_and_sum_to_the_lead(baseline: Case) -> None:
    lead = explain_lead(baseline, "eu", "china")
    figure = plots.contributions(lead, baseline, "en")
    total = bars(figure, plots.SUM)[0]
    unit = total.get_width() / lead.lead
    positive = sum(patch.get_width() for patch in bars(figure, plots.FOR)) / unit
    negative = sum(patch.get_width() for patch in bars(figure, plots.AGAINST)) / unit
    assert positive - negative == pytest.approx(lead.lead)
    zero = total.get_x()
    assert all(patch.get_x() == pytest.approx(zero) for patch in bars(figure, plots.FOR))
    assert all(patch.get_x() + patch.get_width() == pytest.approx(zero) for patch in bars(figure, plots.AGAINST))
    said = words(figure)
    for part in (*lead.criteria.values(), *lead.leaves.values(), lead.lead):
        assert numbers.signed(part) in said


def test_formulas_in_titles_are_printed_as_they_stand(make_case) -> None:
    case = make_case("$x_1$")
    said = texts(plots.ranking(case, ranked(case), "en"))
    assert "$x_1$" in [text.get_text() for text in said]
    assert not any(text.get_parse_math() for text in said)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_figure_has_the_same_bytes_whatever_the_settings(make_case, name: str) -> None:
    case = make_case()
    one = plots.render(draw(name, case), title="t", description="d")
    with mpl.rc_context({"font.family": "serif", "svg.fonttype": "none", "savefig.dpi": 30, "axes.linewidth": 5}):
        two = plots.render(draw(name, case), title="t", description="d")
    assert one == two
    assert set(one) == {"svg", "png"}


def test_files_carry_words_but_no_date_program_or_version(make_case) -> None:
    svg = plots.render(draw("ranking", make_case()), title="T & <t>", description="D")["svg"].decode()
    assert "<title>T &amp; &lt;t&gt;</title>" in svg
    assert "<dc:description>D</dc:description>" in svg
    assert "dc:date" not in svg
    assert mpl.__version__ not in svg
    png = plots.render(draw("ranking", make_case()), title="T", description="D")["png"]
    assert b"Software" not in png


def test_settings_of_the_caller_are_left_alone(make_case) -> None:
    before = dict(mpl.rcParams)
    plots.render(draw("scorecard", make_case()), title="t", description="d")
    assert dict(mpl.rcParams) == before


def test_pyplot_is_never_loaded() -> None:
    code = "import sys, mcda.report.plots; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_shades_survive_grey_printing_and_carry_dark_words() -> None:
    steps = [luminance(color) for color in shades()]
    assert all(one > two for one, two in pairwise(steps))
    assert steps[0] - steps[-1] > 0.4
    assert all(contrast(plots.INK, color) >= 4.5 for color in shades())  # WCAG 2.2, 1.4.3 (AA)
    assert contrast(plots.QUIET, "#ffffff") >= 4.5
    assert contrast(plots.FOR, plots.AGAINST) > 1.5


def test_text_alternatives_say_the_numbers(baseline: Case) -> None:
    result = ranked(baseline)
    said = alt.ranking(baseline, result, "en")
    assert all(numbers.score(float(score)) in said for score in result.scores)
    assert "practically tied" in alt.ranking(baseline, near(baseline), "en")
    lead = explain_lead(baseline, "eu", "china")
    told = alt.contributions(lead, baseline, "kk")
    assert all(numbers.signed(part) in told for part in lead.criteria.values())
    assert "4 scores are assumed" in alt.scorecard(baseline, "en")
