"""The page's own arithmetic against the engine's: run in a small JavaScript engine, over thousands of weightings."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from mcda.engine.methods import rank
from mcda.engine.problem import Array, Problem
from mcda.explain import explain_lead
from mcda.report import live
from mcda.sensitivity.forms import reduced
from mcda.sensitivity.sweep import weight_sweep
from mcda.study.files import read_scenario, read_study, scenario_keys, shipped
from mcda.study.model import Study
from mcda.study.scenario import Case, build
from mcda.words import LANGUAGES, localized

quickjs = pytest.importorskip("quickjs", reason="the page's arithmetic is tested with quickjs: pip install '.[dev]'")

TEMPLATES = Path(live.__file__).parent / "templates"
CODE = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("live.js", "regret.js"))
PARITY = 1e-12
FORMS = {
    "topsis": {},
    "topsis-minmax": {"normalization": "minmax"},
    "topsis-scale": {"normalization": "scale"},
    "topsis-none": {"normalization": "none"},
    "topsis-max": {"normalization": "max"},
    "topsis-sum": {"normalization": "sum"},
    "topsis-leaves": {"structure": "leaves"},
    "topsis-raw": {"structure": "leaves-raw"},
    "topsis-swot": {"route": "swot-1"},
    "weighted_sum": {"method": "weighted_sum"},
    "weighted_sum-vector": {"method": "weighted_sum", "normalization": "vector"},
    "weighted_sum-scale": {"method": "weighted_sum", "normalization": "scale"},
    "weighted_sum-none": {"method": "weighted_sum", "normalization": "none"},
    "weighted_sum-leaves": {"method": "weighted_sum", "structure": "leaves"},
    "ahp": {"method": "ahp"},
    "promethee": {"method": "promethee"},
    "weighted_product": {"method": "weighted_product", "normalization": "vector"},
    "vikor": {"method": "vikor"},
    "vikor-0.2": {"method": "vikor", "options": {"v": 0.2}},
    "vikor-leaves": {"method": "vikor", "structure": "leaves"},
    "spotis": {"method": "spotis"},
}


class Page:
    """The page's functions on one case."""

    def __init__(self, case: Case) -> None:
        scenario = case.scenario
        ranking = rank(
            case.problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options
        )
        self.case, self.data = case, live.export(case, ranking, (), titled=str)
        self.context = quickjs.Context()
        self.context.eval(CODE)
        self.context.eval(f"const live = {live.to_json(self.data)};")

    def run(self, code: str) -> object:
        return json.loads(self.context.eval(f"JSON.stringify({code})"))

    def scores(self, weights: Array, shares: Array) -> Array:
        self.context.eval(f"var shares = {_list(shares)}, form = formOf(live, shares);")
        return np.array(self.run(f"{_list(weights)}.map(w => scores(form, weightsOf(live, w, shares)))"))


@cache
def study() -> Study:
    return read_study(shipped() / "criteria", shipped() / "scenarios")


@cache
def page(name: str) -> Page:
    return Page(build(study(), replace(read_scenario(study(), "baseline"), **{"normalization": None, **FORMS[name]})))


def _list(numbers: Array) -> str:
    return json.dumps(np.asarray(numbers).tolist())


def _draws(case: Case, count: int, seed: int = 5) -> Array:
    """Weights all over the simplex, its corners and edges among them."""
    drawn = np.random.default_rng(seed).dirichlet(np.full(len(case.study.criteria), 0.5), count)
    drawn[: len(drawn[0])] = np.eye(len(drawn[0]))
    drawn[5:9, 0] = 0.0
    return drawn


@pytest.mark.parametrize("name", FORMS)
def test_scores_are_the_engines_over_a_thousand_weightings(name: str) -> None:
    found = page(name)
    case, scenario = found.case, found.case.scenario
    weights = _draws(case, 1000)
    expected = [
        rank(
            live.problem_at(case, row, case.leaf_shares),
            method=scenario.method,
            normalization=scenario.normalization,
            options=scenario.options,
        ).scores
        for row in weights
    ]
    np.testing.assert_allclose(found.scores(weights, case.leaf_shares), expected, rtol=PARITY, atol=PARITY)


@pytest.mark.parametrize("name", [name for name in FORMS if "swot" not in name])
def test_scores_follow_the_shares_of_sub_criteria_where_the_page_says_so(name: str) -> None:
    found = page(name)
    case, scenario = found.case, found.case.scenario
    allowed = bool(found.data["subsliders"])
    followed = name.startswith(("weighted_sum", "ahp", "topsis")) and name != "topsis-sum"
    assert allowed == (scenario.structure != "criteria" or followed)
    generator = np.random.default_rng(3)
    for row in _draws(case, 60, 8) if allowed else ():
        shares = live._shares(case, generator)
        problem = live.problem_at(case, row, shares)
        options = {"normalization": scenario.normalization, "options": scenario.options}
        expected = rank(problem, method=scenario.method, **options).scores
        np.testing.assert_allclose(found.scores(row[None], shares)[0], expected, rtol=PARITY, atol=PARITY)


@pytest.mark.parametrize("name", FORMS)
def test_the_self_check_passes_and_can_fail(name: str) -> None:
    found = page(name)
    assert found.run("deviation(live)") <= PARITY
    checks = "live.checks.map(c => ({...c, scores: c.scores.map((x, i) => i ? x : x + 1e-9)}))"
    assert found.run(f"deviation({{...live, checks: {checks}}})") > 100 * PARITY
    parts = "live.form.parts.map(part => part.map(row => row.map(x => x * 1.01 + 0.01)))"
    assert found.run(f"deviation({{...live, make: null, form: {{...live.form, parts: {parts}}}}})") > 100 * PARITY


@pytest.mark.parametrize("name", FORMS)
def test_the_first_place_changes_where_the_sweep_says(name: str) -> None:
    found = page(name)
    case, scenario = found.case, found.case.scenario
    for row in _draws(case, 14)[4:]:
        problem = live.problem_at(case, row, case.leaf_shares)
        if len(problem.criteria) != len(case.study.criteria):
            continue
        for position, criterion in enumerate(problem.criteria):
            sweep = weight_sweep(
                problem,
                criterion,
                method=scenario.method,
                normalization=scenario.normalization,
                options=scenario.options,
            )
            shares = _list(case.leaf_shares)
            along = f"line(live, {_list(row)}, {shares}, {position})"
            mine = found.run(f"stretches(formOf(live, {shares}), {along})")
            names = problem.alternatives
            assert [[names[i] for i in s["first"]] for s in mine] == [list(s.first) for s in sweep.winners]
            ends = [(s["low"], s["high"]) for s in mine]
            np.testing.assert_allclose(ends, [(s.low, s.high) for s in sweep.winners], rtol=0, atol=1e-11)


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product", "vikor"])
@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_first_place_changes_where_the_sweep_says_on_small_random_problems(method: str, n: int) -> None:
    generator = np.random.default_rng(n)
    found = page("topsis")
    for _ in range(12):
        values = generator.integers(1, 6, (n, 3)).astype(float)
        problem = Problem(values, ["max", "min", "max"], generator.integers(1, 4, 3))
        form = reduced(problem, method=method)
        assert form is not None
        for position, criterion in enumerate(problem.criteria):
            sweep = weight_sweep(problem, criterion, method=method)
            along = f"line({{columns: 'criteria'}}, {_list(problem.weights)}, [], {position})"
            mine = found.run(f"stretches({live.to_json(live._form(form))}, {along})")
            firsts = [tuple(problem.alternatives[i] for i in stretch["first"]) for stretch in mine]
            assert firsts == [stretch.first for stretch in sweep.winners]
            ends = [stretch["low"] for stretch in mine]
            np.testing.assert_allclose(ends, [stretch.low for stretch in sweep.winners], rtol=0, atol=1e-11)


def test_a_tie_splits_its_draw_over_the_ranks_it_spans() -> None:
    form = '{kind: "linear", parts: [[[1, 0], [1, 0], [0, 0]]], higher: true}'
    found = page("topsis").run(f'acceptability({{columns: "criteria"}}, {form}, [1, 1], [], [[0, 0], [0, 1]], 1)')
    assert found == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]


@pytest.mark.parametrize("name", ["topsis-leaves", "vikor-leaves", "weighted_sum-leaves"])
def test_on_leaves_the_stretches_hold_the_first_places_that_a_fine_scan_sees(name: str) -> None:
    found = page(name)
    row = found.case.leaf_shares
    for position in range(len(found.case.study.criteria)):
        grid = f"""(() => {{
            const shares = {_list(row)}, form = formOf(live, shares);
            const along = line(live, [1, 2, 3, 1], shares, {position});
            const all = stretches(form, along);
            return Array.from({{length: 1001}}, (_, k) => k / 1000).filter(t => {{
                const own = all.filter(s => s.low <= t && t <= s.high).map(s => String(s.first));
                return !own.includes(String(leaders(rankAt(form, along.at(t)))));
            }});
        }})()"""
        assert found.run(grid) == []


@pytest.mark.parametrize("name", ["topsis", "topsis-leaves", "weighted_sum", "vikor", "topsis-swot"])
@pytest.mark.parametrize("spread", live.SPREADS)
def test_acceptability_counts_the_same_draws_as_python(name: str, spread: float) -> None:
    found = page(name)
    case = found.case
    for weights in (np.array([0.25, 0.25, 0.25, 0.25]), np.array([0.1, 0.2, 0.3, 0.4])):
        form = live.form_of(case)
        assert form is not None
        expected = live.around(case, form, weights, spread)
        shares = _list(case.leaf_shares)
        varied = f"{_list(weights)}, {shares}, unpack(live.draws, 4), {spread}"
        code = f"acceptability(live, formOf(live, {shares}), {varied})"
        np.testing.assert_allclose(found.run(code), expected, atol=1e-9)
        np.testing.assert_allclose(expected.sum(axis=0), 1)
        np.testing.assert_allclose(expected.sum(axis=1), 1)


def test_the_draws_survive_their_journey_as_text() -> None:
    drawn = live.normals(4)
    np.testing.assert_array_equal(page("topsis").run("unpack(live.draws, 4)"), drawn)
    assert len(live.packed(drawn)) == drawn.size
    assert abs(drawn.mean()) < 4 / np.sqrt(drawn.size)
    assert abs(drawn.std() - 1) < 0.05


@pytest.mark.parametrize("name", ["topsis", "topsis-swot", "weighted_sum", "weighted_sum-vector", "ahp", "topsis-none"])
def test_contributions_are_those_of_the_report(name: str) -> None:
    found = page(name)
    case = found.case
    for a, b in ((0, 1), (1, 0), (2, 4)):
        names = case.problem.alternatives
        expected = explain_lead(case, names[a], names[b])
        weights = list(case.criterion_weights.values())
        mine = found.run(f"contributions(live, {weights}, {_list(case.leaf_shares)}, {a}, {b})")
        np.testing.assert_allclose(mine, list(expected.criteria.values()), atol=PARITY)
        assert sum(mine) == pytest.approx(expected.lead, abs=PARITY)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ranks([0.1 + 0.2, 0.3, 0.4], true)", [2.5, 2.5, 1]),
        ("ranks([1, 2, 3], false)", [1, 2, 3]),
        ("ranks([5, 5, 5], true)", [2, 2, 2]),
        ("setShare([0.25, 0.25, 0.5], [], 0, 0.5)", [0.5, 1 / 6, 1 / 3]),
        ("setShare([0.25, 0.25, 0.5], [false, true, false], 0, 0.9)", [0.75, 0.25, 0]),
        ("setShare([0.25, 0.25, 0.5], [false, true, true], 0, 0.9)", [0.25, 0.25, 0.5]),
        ("setShare([1, 0, 0], [], 0, 0.4)", [0.4, 0.3, 0.3]),
        ("setShare([1], [], 0, 0.4)", [1]),
        ("normalized([0, 0])", [0.5, 0.5]),
        ('decimal(-0.0004, 3, "en")', "0.000"),
        ('decimal(-1.25, 1, "kk")', "−1,3"),
        ('percent(0.25, "en")', "25%"),
        ('percent(1 / 3, "ru")', "33,3\u00a0%"),
        ('percent(1, "kk")', "100%"),
        ('signed(0.0681, "ru")', "+0,068"),
        ('fill("{a} < {b}", {a: "$&", b: 2})', "$& < 2"),
    ],
)
def test_small_functions(code: str, expected: object) -> None:
    assert page("topsis").run(code) == pytest.approx(expected)


def test_the_address_brings_the_state_back() -> None:
    found = page("topsis")
    state = """{weights: [0.1, 0.2, 0.3, 0.4], shares: live.leaves.map(x => x.share),
                locked: [false, true, false, false], spread: 1, lang: "kk"}"""
    text = found.run(f"toFragment(live, {state})")
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz_0123456789.,:;=&-+")
    back = found.run(f'fromFragment(live, "#" + {json.dumps(text)}, null)')
    np.testing.assert_allclose(back["weights"], [0.1, 0.2, 0.3, 0.4], atol=1e-12)
    assert (back["locked"], back["spread"], back["lang"]) == ([False, True, False, False], 1, "kk")
    assert found.run('fromFragment(live, "#finance-china", null)') is None


@pytest.mark.parametrize(
    "text", ["w=", "w=a:b", "w=institutionalization:-1", "w=x&s=y&lang=<b>&spread=9&lock=q", "w&&=&%"]
)
def test_a_broken_address_changes_nothing(text: str) -> None:
    before = '{weights: [1, 0, 0, 0], shares: [], locked: [], spread: 0.5, lang: "en"}'
    back = page("topsis").run(f"fromFragment(live, {json.dumps(text)}, {before})")
    assert back is None or (back["weights"], back["spread"], back["lang"]) == ([1, 0, 0, 0], 0.5, "en")


@pytest.mark.parametrize(
    "name", ["baseline", "kazakhstan", "sovereignty-first", "turan-2025", "permanent-secretariats", "dropped-format"]
)
def test_a_saved_scenario_ranks_the_same(name: str, tmp_path: Path) -> None:
    found = Page(build(study(), read_scenario(study(), name)))
    weights, shares = np.array([0.11, 0.23, 0.31, 0.35]), found.case.leaf_shares.copy()
    if found.data["subsliders"]:
        shares[:4] = [0.4, 0.3, 0.2, 0.1]
        owners = [leaf.criterion for leaf in found.case.leaves]
        for owner in set(owners):
            own = [k for k, x in enumerate(owners) if x == owner]
            shares[own] /= shares[own].sum()
    state = f"{{weights: {_list(weights)}, shares: {_list(shares)}}}"
    titles = '{en: "Mine: \\"a\\"", ru: "Моё", kk: "Менікі"}'
    path = tmp_path / "mine.yaml"
    path.write_text(found.run(f"scenarioText(live, {state}, {titles})"), encoding="utf-8")
    case = build(study(), read_scenario(study(), path))
    again = rank(case.problem, method=case.scenario.method, normalization=case.scenario.normalization)
    np.testing.assert_allclose(found.scores(weights[None], shares)[0], again.scores, atol=PARITY)
    assert case.scenario.title.kk == "Менікі"


def test_methods_without_a_form_export_what_was_stored() -> None:
    data = Page(build(study(), replace(read_scenario(study(), "baseline"), method="copras", normalization=None))).data
    assert data["form"] is None
    assert data["checks"] == []
    assert len(data["scores"]) == 5


def test_other_scenarios_are_ranked_as_the_command_line_ranks_them() -> None:
    case = build(study(), read_scenario(study(), "baseline"))
    found = live.others(case)
    assert [other.key for other in found] == [key for key in scenario_keys(study()) if not key.startswith("grid-")]
    assert {other.key for other in found if other.profile} >= {"kazakhstan", "uzbekistan", "five-states"}
    own = next(other for other in found if other.key == "baseline")
    assert own.ranks == dict(zip(case.problem.alternatives, rank(case.problem).ranks.tolist(), strict=True))


def test_json_cannot_leave_its_element() -> None:
    assert "<" not in live.to_json({"a": "</script><!--"})
    assert json.loads(live.to_json({"a": "</script>"})) == {"a": "</script>"}


@pytest.mark.parametrize("own", LANGUAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", ["1,234.5", "25%", "0.557", "2.5\N{EN DASH}3.5", "\N{MINUS SIGN}0.068", "4"])
def test_numbers_change_their_signs_as_the_catalogue_writes_them(number: str, own: str, lang: str) -> None:
    run = page("topsis").run
    assert run(f"renumbered({json.dumps(localized(number, own))}, '{own}', '{lang}')") == localized(number, lang)
