"""Figures, read by their artists: what they say, that nothing collides, that the same figure has the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from dataclasses import replace
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

from mcda import words as catalogue
from mcda.claim.examine import ClaimResult, examine
from mcda.engine.ranking import Ranking, ranks
from mcda.report import alt, alt_sure, figures, numbers, write
from mcda.report.briefing import PLACES
from mcda.report.figures import looks, sheet
from mcda.report.figures.looks import AGAINST, FOR, SUM, letters, look, shade
from mcda.report.findings import Findings, findings
from mcda.report.live import Other
from mcda.report.page import shades
from mcda.report.scorecard import SHADES
from mcda.sensitivity.sweep import weight_sweep
from mcda.study.claims import read_claim
from mcda.study.files import read_scenario, read_study, shipped
from mcda.study.model import Study, Title
from mcda.study.scenario import build
from mcda.words import LANGUAGES, speaking

LONG = "Подверженность международным санкциям и вооружённым конфликтам в приграничных районах"
WORDS = (LONG, "Donaudampfschifffahrtsgesellschaftskapitän" * 2, "$x_1$ ", "漢字かな混じり文の題名")
PLAIN = ("ranking", "scorecard", "contributions")
NAMES = (*PLAIN, "acceptability", "bands", "sweep", "tornado", "bump", "simplex")
LENGTHENED = ("alternatives", "criteria", "leaves")


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(shipped() / "criteria", shipped() / "scenarios")


@pytest.fixture(scope="module")
def baseline(study: Study) -> Findings:
    return findings(build(study, read_scenario(study, "baseline")))


@pytest.fixture(scope="module")
def added(study: Study) -> Findings:
    """Six alternatives, one of which no other scenario has."""
    return findings(build(study, read_scenario(study, "added-format")))


@pytest.fixture(scope="module")
def claimed(study: Study) -> ClaimResult:
    """A small universe: three choices of the shipped claim."""
    claim = read_claim(study, "eu-most-promising")
    kept = tuple(item for item in claim.dimensions if item.key in ("route", "method", "weights"))
    rest = tuple(
        replace(item, options=item.options[:1]) for item in claim.dimensions if item.key not in ("route", "method", "weights")
    )
    return examine(study, replace(claim, dimensions=(*rest, *kept), same=(), excluding=()), draws=100)


def longer(title: Title) -> Title:
    """A title 60% longer in every language."""
    return Title(**{lang: f"{title.get(lang)} {title.get(lang)[: round(0.6 * len(title.get(lang)))]}" for lang in LANGUAGES})


@pytest.fixture(scope="module")
def stretched(added: Findings) -> Findings:
    """The same study with all its titles 60% longer."""
    case = added.case
    criteria = tuple(
        replace(
            criterion,
            title=longer(criterion.title),
            leaves=tuple(replace(leaf, title=longer(leaf.title)) for leaf in criterion.leaves),
        )
        for criterion in case.study.criteria
    )
    long = replace(
        case,
        study=replace(case.study, criteria=criteria, title=longer(case.study.title)),
        scenario=replace(case.scenario, title=longer(case.scenario.title)),
        alternatives=tuple(replace(one, title=longer(one.title)) for one in case.alternatives),
        leaves=tuple(replace(leaf, title=longer(leaf.title)) for leaf in case.leaves),
    )
    return replace(added, case=long, others=tuple(replace(other, title=longer(other.title)) for other in added.others))


@pytest.fixture
def wordy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language whose every text is 60% longer than the English one."""
    plain = catalogue.template

    def template(key: str, lang: str, count: object = None) -> str:
        text = plain(key, lang, count)
        more = "".join("ж" if letter.isalpha() else " " for letter in text[: round(0.6 * len(text))])
        return f"{text} {' '.join(more.split())}".strip() if len(text) > 12 else text

    monkeypatch.setattr(catalogue, "template", template)


DRAWN: dict[tuple[int, str, str], Figure] = {}


def drawn(found: Findings, name: str, lang: str = "en") -> Figure:
    """Draw a figure once for all tests that only read it; ``found`` lives as long as the tests do."""
    key = id(found), name, lang
    if key not in DRAWN:
        DRAWN[key] = figures.draw(name, found, lang)
    return DRAWN[key]


def near(found: Findings) -> Findings:
    """Findings with a ranking in which the first two are practically tied."""
    scores = np.array([0.6 - 0.002 * i if i < 2 else 0.3 - 0.1 * i for i in range(len(found.case.alternatives))])
    tied = Ranking(
        alternatives=found.case.problem.alternatives,
        scores=scores,
        ranks=ranks(scores),
        method="topsis",
        normalization="vector",
        weights=found.case.problem.weights,
    )
    return replace(found, ranking=tied)


def with_others(found: Findings) -> Findings:
    """Findings of a small study with other scenarios: the order turned around, a tie, an alternative that is missing."""
    names = found.case.problem.alternatives
    orders = (range(len(names), 0, -1), [1.5, 1.5, *range(3, len(names) + 1)], range(1, len(names)))
    title = found.case.scenario.title
    others = [
        Other(
            key=f"s{k}",
            title=title,
            method="topsis",
            ranks=dict(zip(names, map(float, order), strict=False)),
            weights={},
            profile=k == 0,
        )
        for k, order in enumerate(orders)
    ]
    return replace(found, others=tuple(others))


def texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_text()]


def said(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure)]


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap, and texts that leave the figure."""
    with sheet.style(), warnings.catch_warnings():  # letters as wide as they are printed
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
    low, high = (np.array([getattr(box, side) for _, box in boxes]) for side in ("min", "max"))
    shared = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None])
    pairs = np.argwhere(np.triu((shared > (0.5, 2.0)).all(axis=2), 1))
    hit = [(boxes[a][0], boxes[b][0]) for a, b in pairs]
    whole = figure.bbox
    return hit + [
        (text, "edge")
        for text, box in boxes
        if box.x0 < whole.x0 or box.x1 > whole.x1 or box.y0 < whole.y0 or box.y1 > whole.y1
    ]


def bars(figure: Figure, color: str) -> list[Rectangle]:
    """The rectangles of a colour, without the swatches of a legend."""
    found = figure.findobj(Rectangle)
    return [one for one in found if mpl.colors.to_hex(one.get_facecolor()) == color and one.get_width() != 18]


def dashed(figure: Figure, color: str) -> list[Line2D]:
    return [line for line in figure.findobj(Line2D) if line.get_color() == color and line.get_linewidth() > 1]


def cm(figure: Figure) -> tuple[float, float]:
    width, height = figure.get_size_inches() * 2.54
    return float(width), float(height)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_in_any_language(baseline: Findings, added: Findings, name: str, lang: str) -> None:
    assert collisions(drawn(baseline, name, lang)) == []
    if lang == "ru":
        assert collisions(drawn(added, name, lang)) == []
        assert name not in PLACES or collisions(figures.bare(figures.draw(name, added, lang))) == []
    if name == "ranking":
        assert collisions(figures.draw(name, near(baseline), lang)) == []


@pytest.mark.parametrize("lang", ["ru", "kk"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_with_titles_60_percent_longer(stretched: Findings, name: str, lang: str) -> None:
    assert collisions(figures.draw(name, stretched, lang)) == []


@pytest.mark.usefixtures("wordy")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_collides_in_a_language_60_percent_longer(stretched: Findings, name: str) -> None:
    assert collisions(figures.draw(name, stretched, "en")) == []


@pytest.mark.parametrize("text", WORDS, ids=["sentence", "one_word", "formula", "outside_the_font"])
def test_nothing_collides_with_any_words(make_case, text: str) -> None:
    found = with_others(findings(make_case(text)))
    for name in alt.words(found, "en"):
        assert collisions(figures.draw(name, found, "en")) == [], name
    assert collisions(figures.draw("ranking", near(found), "en")) == []


@pytest.mark.parametrize("choices", [{"route": "swot-1"}, {"structure": "leaves"}, {"method": "vikor"}, {"method": "copras"}])
def test_every_figure_that_makes_sense_can_be_drawn(make_case, choices) -> None:
    found = with_others(findings(make_case(**choices)))
    named = alt.words(found, "en")
    assert ("tornado" in named) == (choices.get("route") != "swot-1")
    assert ("simplex" in named) == (choices.get("structure") == "leaves")
    for name in named:
        assert collisions(figures.draw(name, found, "en")) == []


def test_what_makes_no_sense_is_not_drawn(make_case, baseline: Findings) -> None:
    assert tuple(alt.words(baseline, "en")) == NAMES
    alone = findings(make_case(drop=("south", "west")))
    assert set(alt.words(alone, "en")) == {"ranking", "scorecard"}
    assert "bump" not in alt.words(findings(make_case()), "en")
    silent = replace(baseline, weights=None, scores=None, stability=None, triangle=None)
    assert set(alt.words(silent, "en")) == {*PLAIN, "tornado", "bump"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_figures_fit_a_page_and_can_be_read(baseline: Findings, name: str, lang: str) -> None:
    figure = drawn(baseline, name, lang)
    width, height = cm(figure)
    assert width <= 16.3
    assert height <= 25.7
    assert min(text.get_fontsize() for text in texts(figure)) >= 7.5
    if lang == "kk":
        assert len(figures.render(figure, title="t", description="d")["svg"]) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_written_as_the_language_writes_them(baseline: Findings, name: str) -> None:
    point, comma = re.compile(r"\d\.\d"), re.compile(r"\d,\d(?!\d\d)")
    for lang, wrong in (("en", comma), ("ru", point), ("kk", point)):
        assert [text for text in said(drawn(baseline, name, lang)) if wrong.search(text)] == []


def test_the_scorecard_shows_every_score_with_range_grade_and_assumption(baseline: Findings) -> None:
    case = baseline.case
    words = said(drawn(baseline, "scorecard"))
    for cells in case.cells:
        for cell in cells:
            mark = "†" if cell.assumed else ""
            assert numbers.amount(cell.value) + mark in words
    assert sum(word.endswith("†") for word in words) == len(case.assumed) == 4
    assert sum(word in "ABCD" for word in words) == 70
    assert "13.56–120" in words
    flowing = " ".join(words)
    for criterion in case.study.criteria:
        arrow = "▲" if criterion.direction > 0 else "▼"
        assert f"{arrow} {criterion.title.en} (25%)" in flowing
    for alternative in case.alternatives:
        assert alternative.title.en in words


def test_better_is_darker_and_costs_are_flipped(make_case) -> None:
    figure = figures.draw("scorecard", findings(make_case()), "en")
    worst, best = bars(figure, SHADES[0]), bars(figure, SHADES[2])
    places = {text.get_text(): text.get_position() for text in texts(figure)}
    row = places["1–2"][1]  # noise of the west: the lowest value of a cost
    assert any(patch.get_y() < row < patch.get_y() + patch.get_height() for patch in best)
    assert len(worst) == 1  # the first step of the legend alone: no score is the worst there could be
    assert len(best) == 1 + 2  # the legend's last step, the best noise and the largest budget


def test_a_scenario_s_value_is_marked(make_case) -> None:
    from mcda.study.scenario import Change, Reading

    change = Change(alternative="west", leaf="noise", reading=Reading(value=5.0, low=5.0, high=5.0, reason="x"))
    assert "5∆" in said(figures.draw("scorecard", findings(make_case(changes=(change,))), "en"))


def test_bars_are_as_long_as_the_scores(baseline: Findings) -> None:
    figure = drawn(baseline, "ranking")
    widths = sorted((patch.get_width() for patch in bars(figure, FOR)), reverse=True)
    expected = sorted(baseline.ranking.scores.tolist(), reverse=True)
    assert [width / widths[0] for width in widths] == pytest.approx([score / expected[0] for score in expected])


def test_practical_ties_are_marked_and_only_they(baseline: Findings) -> None:
    assert "practically tied" not in " ".join(said(drawn(baseline, "ranking")))
    assert "practically tied" in " ".join(said(figures.draw("ranking", near(baseline), "en")))


def test_scores_beyond_0_and_1_have_a_scale_that_holds_them(make_case) -> None:
    found = findings(make_case(method="weighted_sum", normalization="none"))
    figure = figures.draw("ranking", found, "en")
    lowest = min(found.ranking.scores)
    assert lowest < 0
    assert numbers.score(float(lowest)) in said(figure)
    assert collisions(figure) == []


def test_contribution_bars_go_the_way_of_their_sign_and_sum_to_the_lead(baseline: Findings) -> None:
    lead, figure = baseline.lead, drawn(baseline, "contributions")
    assert lead is not None
    total = bars(figure, SUM)[0]
    unit = total.get_width() / lead.lead
    positive = sum(patch.get_width() for patch in bars(figure, FOR)) / unit
    negative = sum(patch.get_width() for patch in bars(figure, AGAINST)) / unit
    assert positive - negative == pytest.approx(lead.lead)
    zero = total.get_x()
    assert all(patch.get_x() == pytest.approx(zero) for patch in bars(figure, FOR))
    assert all(patch.get_x() + patch.get_width() == pytest.approx(zero) for patch in bars(figure, AGAINST))
    words = said(figure)
    for part in (*lead.criteria.values(), *lead.leaves.values(), lead.lead):
        assert numbers.signed(part) in words


def test_acceptability_divides_each_bar_by_the_shares_of_the_draws(baseline: Findings) -> None:
    figure = drawn(baseline, "acceptability")
    assert baseline.weights is not None
    assert baseline.scores is not None
    firsts = [patch.get_width() for patch in bars(figure, shade(0, 5))]
    whole = sum(patch.get_width() for place in range(5) for patch in bars(figure, shade(place, 5))) / 10
    shares = [float(shares.first[i]) for shares in (baseline.weights, baseline.scores) for i in baseline.ranking.order()]
    assert [width / whole for width in firsts] == pytest.approx(shares)
    error = max(baseline.weights.standard_error.max(), baseline.scores.standard_error.max())
    assert f"at most {error:.2%}" in " ".join(said(figure))


def test_bands_lie_between_the_exact_crossings_with_today_s_weight_marked(baseline: Findings) -> None:
    figure = drawn(baseline, "bands")
    words = said(figure)
    problem = baseline.case.problem
    for criterion in problem.criteria:
        sweep = weight_sweep(problem, criterion)
        for weight in sweep.changes().tolist():
            assert numbers.share(weight) in words
    strip = weight_sweep(problem, "investment_scale").winners
    japan = bars(figure, look(problem.alternatives.index("japan")).fill)
    assert min(patch.get_width() for patch in japan) / _whole(figure) == pytest.approx(strip[0].high)
    marks = [line for line in figure.findobj(Line2D) if line.get_marker() == "v"]
    assert len(marks) == len(problem.criteria)
    left = min(patch.get_x() for patch in japan)
    assert (marks[0].get_xdata()[0] - left) / _whole(figure) == pytest.approx(0.25)  # type: ignore[index]


def _whole(figure: Figure) -> float:
    """The length of a strip: of the frame around it."""
    frames = [line for line in figure.findobj(Line2D) if len(line.get_xdata()) == 5]  # type: ignore[arg-type]
    return float(max(np.ptp(np.asarray(line.get_xdata())) for line in frames))


def test_the_sweep_rings_every_change_of_the_first_place_where_the_lines_cross(baseline: Findings) -> None:
    figure = drawn(baseline, "sweep")
    assert baseline.stability is not None
    changes = [weight for sweep in baseline.stability.sweeps for weight in sweep.changes().tolist()]
    rings = [line for line in figure.findobj(Line2D) if line.get_marker() == "o" and line.get_markersize() == 7]
    assert len(rings) == len(changes) == 6
    lines = [line for i in range(5) for line in dashed(figure, look(i).color) if len(line.get_xdata()) > 100]  # type: ignore[arg-type]
    assert len(lines) == 20
    for ring in rings:
        x, y = float(ring.get_xdata()[0]), float(ring.get_ydata()[0])  # type: ignore[index]
        inside = [line for line in lines if min(line.get_xdata()) <= x <= max(line.get_xdata())]
        heights = sorted(abs(float(np.interp(x, line.get_xdata(), line.get_ydata())) - y) for line in inside)
        assert heights[1] < 0.5  # two lines meet in the ring, to half a point


def test_the_tornado_shows_the_leads_at_both_ends_and_the_line_of_a_lost_lead(baseline: Findings) -> None:
    figure = drawn(baseline, "tornado")
    assert baseline.tornado is not None
    widest, words = baseline.tornado.bars[0], said(figure)
    assert {numbers.amount(widest.low), numbers.amount(widest.high)} <= set(words)
    lengths = [patch.get_width() for patch in bars(figure, FOR)]
    leads = [abs(bar.lead_high - baseline.tornado.lead) for bar in baseline.tornado.bars[:12]]
    assert [length / lengths[0] for length in lengths] == pytest.approx([lead / leads[0] for lead in leads])
    assert "0: China draws level" in words
    assert "57 more scores" in " ".join(words)


def test_a_lead_that_is_lost_is_hatched_otherwise(make_case) -> None:
    found = findings(make_case())
    figure = figures.draw("tornado", found, "en")
    assert found.tornado is not None
    turning = [bar for bar in found.tornado.bars if bar.turns]
    lost = bars(figure, looks.lighter(AGAINST, 0.6))
    assert bool(lost) == bool(turning)
    assert all(patch.get_hatch() == "xxxx" for patch in lost)


def test_the_bump_chart_has_a_mark_in_every_place(baseline: Findings, added: Findings) -> None:
    figure = drawn(baseline, "bump")
    others = {other.key: other for other in baseline.others if other.key != "baseline"}
    for i, key in enumerate(baseline.case.problem.alternatives):
        line = dashed(figure, look(i).color)[0]
        xs = [x for x in np.asarray(line.get_xdata(), float) if np.isfinite(x)]
        assert len(xs) == 1 + sum(key in other.ranks for other in others.values())
    own = np.array([float(dashed(figure, look(i).color)[0].get_xdata()[0]) for i in range(5)])  # type: ignore[index]
    assert (ranks(-own) == baseline.ranking.ranks).all()
    lone = added.case.problem.alternatives.index("example")
    assert np.isfinite(np.asarray(dashed(figures.draw("bump", added, "en"), look(lone).color)[0].get_xdata(), float)).sum() == 1


def test_who_shares_a_place_stands_side_by_side(make_case) -> None:
    found = with_others(findings(make_case()))
    figure = figures.draw("bump", found, "en")
    points = [np.column_stack(dashed(figure, look(i).color)[0].get_data()) for i in range(3)]
    where = [{(round(x, 1), round(y, 1)) for x, y in each if np.isfinite(x)} for each in points]
    assert not any(one & two for one, two in combinations(where, 2))


def test_the_triangle_is_filled_without_gaps_by_those_who_are_first(baseline: Findings) -> None:
    figure = drawn(baseline, "simplex")
    assert baseline.triangle is not None
    first = [i for i, share in enumerate(baseline.triangle.shares) if share]
    filled = {mpl.colors.to_hex(patch.get_facecolor()): patch for patch in figure.findobj(PathPatch) if patch.get_fill()}
    areas = {color: _area(patch) for color, patch in filled.items() if patch.get_facecolor()[3]}
    whole = sum(areas.values())
    for i in first:
        assert areas[look(i).fill] / whole == pytest.approx(baseline.triangle.shares[i], abs=0.005)
    assert whole == pytest.approx(300.0**2 * 3**0.5 / 4, rel=0.002)
    assert "Cultural fit 25%" in " ".join(said(figure))


def _area(patch: PathPatch) -> float:
    total = 0.0
    for polygon in patch.get_path().to_polygons():
        x, y = np.asarray(polygon).T
        total += abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
    return total


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_specification_curve_fits_a_page_in_every_language(claimed: ClaimResult, lang: str) -> None:
    with speaking(lang):
        figure = figures.curve(claimed, lang)
    assert collisions(figure) == []
    width, height = cm(figure)
    assert width <= 16.3
    assert height <= 25.7
    assert len(figures.render(figure, title="t", description="d")["svg"]) < 300_000


def test_a_specification_curve_has_a_dot_and_its_choices_for_every_specification(claimed: ClaimResult) -> None:
    figure, found = figures.curve(claimed, "en"), claimed.curve
    marks = {color: [line for line in dashed_any(figure) if line.get_markerfacecolor() == color] for color in (FOR, AGAINST)}
    dots = {color: sum(len(line.get_xdata()) for line in lines) for color, lines in marks.items()}  # type: ignore[arg-type]
    assert dots == {FOR: int((found.outcome == 1).sum()), AGAINST: int((found.outcome == 0).sum())}
    assert {line.get_marker() for line in marks[FOR]} != {line.get_marker() for line in marks[AGAINST]}
    strokes = figure.findobj(LineCollection)[0]
    shown = [d for d, item in enumerate(found.dimensions) if len(item.options) > 1]
    assert len(strokes.get_segments()) == sum(int((found.choice[:, d] >= 0).sum()) for d in shown)
    assert strokes.get_rasterized()
    assert "starting point" in said(figure)


def dashed_any(figure: Figure) -> list[Line2D]:
    return [line for line in figure.findobj(Line2D) if line.get_rasterized()]


def test_formulas_in_titles_are_printed_as_they_stand(make_case) -> None:
    shown = texts(figures.draw("ranking", findings(make_case("$x_1$")), "en"))
    assert "$x_1$" in [text.get_text() for text in shown]
    assert not any(text.get_parse_math() for text in shown)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_figure_has_the_same_bytes_whatever_the_settings(baseline: Findings, name: str) -> None:
    one = figures.render(drawn(baseline, name), title="t", description="d")
    with mpl.rc_context({"font.family": "serif", "svg.fonttype": "none", "savefig.dpi": 30, "axes.linewidth": 5}):
        two = figures.render(figures.draw(name, baseline, "en"), title="t", description="d")
    assert one == two
    assert set(one) == {"svg", "png"}


def test_a_curve_and_a_figure_without_its_heading_have_the_same_bytes_twice(claimed, baseline: Findings) -> None:
    curves = [figures.render(figures.curve(claimed, "en"), title="t", description="d") for _ in range(2)]
    assert curves[0] == curves[1]
    papers = [figures.paper(figures.bare(figures.draw("bands", baseline, "en")), title="t") for _ in range(2)]
    assert papers[0] == papers[1]


def test_a_figure_loses_its_heading_and_nothing_else(baseline: Findings) -> None:
    whole = figures.draw("bands", baseline, "en")
    words, height = said(whole), cm(whole)[1]
    bare = figures.bare(whole)
    assert [word for word in words if word not in said(bare)] == [
        "Who is first at each weight of a criterion",
        baseline.case.scenario.title.en,
    ]
    assert height - cm(bare)[1] == pytest.approx(1.18, abs=0.1)


def test_files_carry_words_but_no_date_program_or_version(make_case) -> None:
    found = findings(make_case())
    svg = figures.render(figures.draw("ranking", found, "en"), title="T & <t>", description="D")["svg"].decode()
    assert "<title>T &amp; &lt;t&gt;</title>" in svg
    assert "<dc:description>D</dc:description>" in svg
    assert "dc:date" not in svg
    assert mpl.__version__ not in svg
    png = figures.render(figures.draw("ranking", found, "en"), title="T", description="D")["png"]
    assert b"Software" not in png


def test_settings_of_the_caller_are_left_alone(make_case) -> None:
    before = dict(mpl.rcParams)
    figures.render(figures.draw("scorecard", findings(make_case()), "en"), title="t", description="d")
    assert dict(mpl.rcParams) == before


def test_pyplot_is_never_loaded() -> None:
    code = "import sys, mcda.report.figures; print('matplotlib.pyplot' in sys.modules)"
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
    assert all(contrast(sheet.INK, color) >= 4.5 for color in shades())  # WCAG 2.2, 1.4.3 (AA)
    assert contrast(sheet.QUIET, "#ffffff") >= 4.5
    assert contrast(FOR, AGAINST) > 1.5


def test_alternatives_are_told_apart_without_colour() -> None:
    """By hatch or by how dark the fill is, and by marker and dashes."""
    every = [look(i) for i in range(24)]
    for one, two in combinations(every, 2):
        assert one.hatch != two.hatch or contrast(one.fill, two.fill) > 1.15
        assert (one.marker, one.dashes) != (two.marker, two.dashes) or one.color != two.color
    for one, two in combinations(every[:12], 2):
        assert (one.marker, one.hatch) != (two.marker, two.hatch)
        assert one.marker != two.marker
    assert all(contrast(one.color, "#ffffff") >= 4.5 for one in every)


@pytest.mark.parametrize("places", [2, 3, 4, 5, 6])
def test_places_are_told_apart_without_colour_and_carry_words(places: int) -> None:
    ramp = [shade(place, places) for place in range(places)]
    assert all(luminance(two) - luminance(one) > 0.05 for one, two in pairwise(ramp))
    assert all(contrast({"white": "#ffffff"}.get(letters(color), letters(color)), color) >= 4.5 for color in ramp)


def test_labels_are_moved_apart_but_no_farther_than_needed() -> None:
    assert sheet.spaced([10, 12, 50], [10, 10, 10], 0, 100) == [10, 20, 50]
    assert sheet.spaced([98, 99], [10, 10], 0, 100) == [85, 95]
    assert sheet.levels([10, 12, 40], [10, 10, 10]) == [0, 1, 0]
    assert sheet.levels([], []) == []


def test_a_percentage_is_not_torn_from_its_sign() -> None:
    assert sheet.wrap("bei 43,3\N{NO-BREAK SPACE}% Gewicht", 40, 8.5)[1] == "43,3\N{NO-BREAK SPACE}%"


def test_what_is_cut_says_so() -> None:
    assert sheet.cut("Institutionalization", 60, 8.5).endswith("…")
    assert sheet.extent(sheet.cut("Institutionalization", 60, 8.5), 8.5) <= 60
    assert sheet.cut("EU", 60, 8.5) == "EU"
    assert sheet.wrapped("one two three four five", 30, 8.5, 2)[-1].endswith("…")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_alternatives_name_every_alternative(baseline: Findings, lang: str) -> None:
    with speaking(lang):
        told = alt.words(baseline, lang)
    shown = [alternative.title.get(lang) for alternative in baseline.case.alternatives]
    for name in ("ranking", "scorecard", "acceptability", "sweep", "bump", "simplex"):
        assert all(title in told[name] for title in shown), name
    for name in told:
        assert "{" not in told[name]
    assert all(f"{first}" in told["bands"] for first in (shown[1], shown[2], shown[3], shown[4]))


def test_text_alternatives_say_the_numbers(baseline: Findings) -> None:
    told = alt.words(baseline, "en")
    assert all(numbers.score(float(score)) in told["ranking"] for score in baseline.ranking.scores)
    assert "practically tied" in alt.ranking(baseline.case, near(baseline).ranking, "en")
    assert baseline.lead is not None
    assert all(numbers.signed(part) in told["contributions"] for part in baseline.lead.criteria.values())
    assert "4 scores are assumed" in told["scorecard"]
    assert "EU 0%–43.3%, China 43.3%–100%" in told["bands"]
    assert "the first place changes hands at 43.3%" in told["sweep"]
    assert "Announced public finance, China: +0.140 at 13.56, +0.034 at 40" in told["tornado"]


def test_a_claim_s_curve_is_told(claimed: ClaimResult) -> None:
    told = alt_sure.curve(claimed, "en")
    assert f"it holds in {claimed.overall.holds:,} of {claimed.overall.specifications:,} specifications" in told
    assert "TOPSIS" in told


def test_a_claim_s_curve_is_written_beside_what_was_found(claimed: ClaimResult) -> None:
    files = write._claims([claimed], "en")
    place = f"claims/{claimed.claim.key}"
    beside = [f"{place}.{ending}" for ending in ("md", "json", "svg", "png")]
    assert list(files) == [*beside, f"paper/figures/claim-{claimed.claim.key}.pdf"]
    assert "![Specification curve of the claim" in files[f"{place}.md"].decode()
    assert f"]({claimed.claim.key}.svg)" in files[f"{place}.md"].decode()
