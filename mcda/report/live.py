"""What the page computes with: the reduced form of the method, weights to choose from, draws, checks, other scenarios.

The page holds no second engine. It evaluates the reduced form that ``mcda.sensitivity.forms`` gives, and where the
shares of sub-criteria move too, the form is made anew from the criteria's values by the units of the normalization.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.engine.blocks import stream
from mcda.engine.methods import rank
from mcda.engine.problem import Array, Problem
from mcda.engine.ranking import Ranking, ranks
from mcda.errors import McdaError
from mcda.report.answer import PRACTICALLY_TIED
from mcda.report.grid import Item
from mcda.report.numbers import rounded
from mcda.sensitivity.forms import Form, reduced
from mcda.study.files import open_scenario, scenario_keys
from mcda.study.model import Title
from mcda.study.scenario import Case, arranged
from mcda.words import LANGUAGES

DRAWS = 1000
SEED = 1
SPREADS = (0.25, 0.5, 1.0)  # standard deviations of the logarithms of the weights, before they are brought to sum to 1
STEPS, REACH = 10, 32  # of the normals: steps of 1/10 up to 3.2 standard deviations, a letter each
CHECKS = 16
CHECKED = 3  # digits of their weights
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SUMS = ("weighted_sum", "ahp")  # methods whose utilities are the normalized values themselves
UNITS = ("vector", "minmax", "max", "scale", "none")  # normalizations that the page can follow when values move
OWN = (
    "first near tied alone and near_mark weight slider lock lock_of within no_within equal study preset choose undo "
    "save saved own_title address moved spread spread.0.25 spread.0.5 spread.1 sure sure_note rank alternative "
    "bands_note always below between above now nearest never triangle_note area corner shared pair_a pair_b pair sum "
    "checked open_all close_all close"
)
SHARED = (
    "report.page.readings report.page.all_codings report.head.coding report.head.value report.head.range "
    "report.head.reason report.head.evidence"
)
SAID = (*OWN.split(), *SHARED.split())  # words of the catalogue that the script says, after ``page.live.`` or whole
PROFILES = ("pairwise", "group")  # kinds of weights that stand for somebody's judgement


@dataclass(frozen=True, kw_only=True, eq=False)
class Other:
    """Another scenario of the study, as Python ranks it.

    Attributes
    ----------
    ranks : by key of the alternative; one that the scenario drops is missing
    weights : of the criteria in use, by key
    profile : whether its weights stand for somebody's judgement
    """

    key: str
    title: Title
    method: str
    ranks: Mapping[str, float]
    weights: Mapping[str, float]
    profile: bool


def others(case: Case) -> tuple[Other, ...]:
    """Rank every scenario in the study's folder; grids and those that cannot be read or ranked are left out."""
    found, folder = [], case.study.scenario_folder.absolute()
    for key in scenario_keys(case.study) if folder.is_dir() else ():
        other, _ = open_scenario(case.study, folder / f"{key}.yaml")
        if not isinstance(other, Case):
            continue
        try:
            result = _rank(other)
        except McdaError:
            continue
        found.append(
            Other(
                key=key,
                title=other.scenario.title,
                method=result.method,
                ranks=dict(zip(result.alternatives, result.ranks.tolist(), strict=True)),
                weights=other.criterion_weights,
                profile=other.scenario.weights.kind in PROFILES,
            )
        )
    return tuple(found)


def form_of(case: Case) -> Form | None:
    """Give the reduced form of a case's method, None where it has none."""
    chosen = case.scenario
    return reduced(
        case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options
    )


def export(
    case: Case, ranking: Ranking, rivals: tuple[Other, ...], *, titled: Callable[[Title], object]
) -> dict[str, object]:
    """Give all numbers and titles that the page needs to follow the weights, ready for JSON.

    Parameters
    ----------
    titled : gives what stands for a title, such as its place among the texts of the page
    """
    form = form_of(case)
    made = form is not None and remakes(case, ranking, form)
    keys = [criterion.key for criterion in case.study.criteria]
    return {
        "languages": LANGUAGES,
        "tied": PRACTICALLY_TIED,
        "higher": ranking.higher_is_better,
        "columns": "leaves" if case.leaves and case.scenario.structure != "criteria" else "criteria",
        "alternatives": [_named(item, titled) for item in case.alternatives],
        "criteria": [
            _named(item, titled) | {"direction": item.direction, "weight": case.criterion_weights[item.key]}
            for item in case.study.criteria
        ],
        "leaves": [
            _named(leaf, titled) | {"criterion": keys.index(leaf.criterion), "share": share}
            for leaf, share in zip(case.leaves, case.leaf_shares.tolist(), strict=True)
        ],
        "scores": ranking.scores.tolist(),
        "form": None if form is None else _form(form),
        "make": _make(case, ranking) if made else None,
        "subsliders": bool(case.leaves) and form is not None and (made or case.scenario.structure != "criteria"),
        "checks": [] if form is None else checks(case, moved=made),
        "draws": packed(normals(len(keys))),
        "spreads": SPREADS,
        "presets": _presets(case, rivals, titled),
        "save": _save(case),
    }


def remakes(case: Case, ranking: Ranking, form: Form) -> bool:
    """Whether the page can make the form anew when the criteria's values move with the shares of sub-criteria.

    It can where a column is only shifted and stretched by a unit that follows from the column: TOPSIS and sums of
    utilities, on the normalizations of ``UNITS``, over criteria.
    """
    known = ranking.normalization in UNITS and (form.kind == "topsis2" or ranking.method in SUMS)
    return known and (not case.leaves or case.scenario.structure == "criteria")


def checks(case: Case, *, moved: bool) -> list[dict[str, list[float]]]:
    """Score some weightings with the engine itself; the page shows no verdict unless it comes to the same scores.

    Weights and shares have few digits, so that they take little room; what they sum to is brought to 1 on both sides.

    Parameters
    ----------
    moved : whether the shares of sub-criteria are changed too
    """
    generator = stream(SEED, 1)
    found = []
    for number in range(CHECKS):
        weights = np.round(generator.dirichlet(np.ones(len(case.study.criteria))), CHECKED)
        drawn = np.round(_shares(case, generator), CHECKED) if moved and case.leaves and number % 2 else None
        if number == 0:
            weights = np.array(list(case.criterion_weights.values()))
        problem = problem_at(case, weights, case.leaf_shares if drawn is None else drawn)
        found.append({"weights": weights.tolist(), "scores": _rank(case, problem).scores.tolist()})
        if drawn is not None:
            found[-1]["shares"] = drawn.tolist()
    return found


def problem_at(case: Case, weights: Array, shares: Array) -> Problem:
    """Give the problem of a case at other weights of the criteria (m,) and other shares of its sub-criteria (L,)."""
    keys = [criterion.key for criterion in case.study.criteria]
    if not case.leaves:
        old = case.problem
        names = {"alternatives": old.alternatives, "criteria": old.criteria}
        return Problem(old.values, old.directions.tolist(), weights, scales=old.scales, **names)
    by_key = dict(zip(keys, weights.tolist(), strict=True))
    return arranged(case.study, case.scenario, case.leaves, case.leaf_values, case.leaf_scaled, shares, by_key)


def normals(m: int) -> Array:
    """Draw the standard normals (``DRAWS``, m) of the page, in steps of 1/10 from -3.2 to 3.1.

    The steps widen the spread by less than a thousandth; a share of 1000 draws is uncertain by a hundred times that.
    """
    drawn = np.rint(stream(SEED, 0).standard_normal((DRAWS, m)) * STEPS)
    steps: Array = np.clip(drawn, -REACH, REACH - 1) / STEPS
    return steps


def packed(drawn: Array) -> str:
    """Write normals as text, a letter each."""
    return "".join(LETTERS[number] for number in np.rint(drawn * STEPS).astype(int).ravel() + REACH)


def around(case: Case, form: Form, weights: Array, spread: float) -> Array:
    """Give how often each alternative takes each rank (n, n) when the weights (m,) of the criteria are varied.

    Each weight is multiplied by exp(``spread`` z), with the page's normals z, and all are brought to sum to 1. A tie
    splits its draw evenly over the ranks it spans.
    """
    drawn = weights * np.exp(spread * normals(len(weights)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    if case.leaves and case.scenario.structure != "criteria":
        keys = [criterion.key for criterion in case.study.criteria]
        drawn = drawn[:, [keys.index(leaf.criterion) for leaf in case.leaves]] * case.leaf_shares
    found = form.scores(drawn)
    places = ranks(found if form.higher_is_better else -found)
    level = (places[:, :, None] == places[:, None, :]).sum(axis=2)
    first = places - (level + 1) / 2
    n = places.shape[1]
    spans = (np.arange(n) >= first[:, :, None]) & (np.arange(n) < (first + level)[:, :, None])
    shares: Array = (spans / level[:, :, None]).mean(axis=0)
    return shares


def to_json(data: object) -> str:
    """Write data so that it can stand in a script element: no ``<`` can end it, whatever the words."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _rank(case: Case, problem: Problem | None = None) -> Ranking:
    chosen = case.scenario
    return rank(
        problem or case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options
    )


def _shares(case: Case, generator: np.random.Generator) -> Array:
    """Draw shares of the sub-criteria, summing to 1 within each criterion."""
    drawn = generator.exponential(size=len(case.leaves))
    owners = np.array([leaf.criterion for leaf in case.leaves])
    totals = {owner: drawn[owners == owner].sum() for owner in set(owners.tolist())}
    shares: Array = drawn / np.array([totals[owner] for owner in owners.tolist()])
    return shares


def _named(item: Item, titled: Callable[[Title], object]) -> dict[str, object]:
    return {"key": item.key, "title": titled(item.title)}


def _form(form: Form) -> dict[str, object]:
    parts = [part.tolist() for part in form.parts]
    return {"kind": form.kind, "parts": parts, "share": form.share, "higher": form.higher_is_better}


def _make(case: Case, ranking: Ranking) -> dict[str, object]:
    """Give what the form is made from: leaves on the common scale, or on a SWOT route the criteria themselves."""
    keys = [criterion.key for criterion in case.study.criteria]
    scaled = case.leaf_scaled if case.leaves else case.problem.values
    owners = [keys.index(leaf.criterion) for leaf in case.leaves] or list(range(len(keys)))
    directions = [criterion.direction for criterion in case.study.criteria]
    return {
        "normalization": ranking.normalization,
        "scaled": scaled.tolist(),
        "owners": owners,
        "directions": directions,
    }


def _presets(case: Case, rivals: tuple[Other, ...], titled: Callable[[Title], object]) -> list[dict[str, object]]:
    """Give the weights of other scenarios over the same criteria, each weighting once, judgements first."""
    keys = [criterion.key for criterion in case.study.criteria]
    seen = {tuple(rounded(x) for x in weights) for weights in ([1 / len(keys)] * len(keys),)}
    seen.add(tuple(rounded(x) for x in case.criterion_weights.values()))
    out = []
    for other in sorted(rivals, key=lambda other: not other.profile):
        weights = list(other.weights.values())
        mark = tuple(rounded(x) for x in weights)
        if list(other.weights) == keys and mark not in seen:
            seen.add(mark)
            out.append(_named(other, titled) | {"weights": [rounded(x) for x in weights]})
    return out


def _save(case: Case) -> dict[str, object] | None:
    """Give what a saved scenario starts from, None where the case's own scenario is not in the study's folder."""
    scenario = case.scenario
    if not case.study.scenario_folder.is_dir() or scenario.key not in scenario_keys(case.study):
        return None
    return {
        "base": scenario.key,
        "method": scenario.method,
        "normalization": scenario.normalization,
        "route": scenario.route,
        "shares": any(leaf.key in setting.shares for setting in scenario.weights.settings for leaf in case.leaves),
    }
