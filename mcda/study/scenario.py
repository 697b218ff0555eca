"""A scenario once read, and the case it makes of a study: the problem, where its numbers come from, its weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.engine.problem import Array, Problem
from mcda.errors import Fault, StudyError
from mcda.study.model import Alternative, Cell, Criterion, Leaf, Reading, Study, SwotItem, Title
from mcda.study.weighting import criterion_weights, leaf_shares

if TYPE_CHECKING:
    from mcda.engine.ahp import Priorities

Structure = Literal["criteria", "leaves", "leaves-raw"]
Money = Literal["linear", "log"]
Missing = Literal["median", "union", "low", "high"]
LeafWeights = Literal["declared", "evidence"]
Rest = Literal["proportion", "keep"]
ScenarioKind = Literal["policy", "shock", "reading"]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How many times ``first`` matters more than ``second``; ``ratio`` as it is written, such as 1/3."""

    first: str
    second: str
    ratio: str
    evidence: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Shares that are set on top of weights, all in one step.

    Attributes
    ----------
    shares : by key: of a criterion among all criteria, of a sub-criterion within its criterion
    rest : ``proportion`` lets the others share what is left in their proportions; ``keep`` leaves them as they are and
        then brings all to sum to 1
    """

    shares: Mapping[str, float]
    rest: Rest = "proportion"


@dataclass(frozen=True, kw_only=True)
class WeightsSource:
    """Where a scenario's weights come from.

    Attributes
    ----------
    kind : ``base`` (the criterion files), ``shares``, ``pairwise``, ``order`` or ``group``
    scenario : key of the scenario in which they are written
    shares : by criterion, for ``shares``
    judgements : by profile, then by coding; several profiles for ``group``
    order : criteria from the most to the least important
    settings : what is set on top, in this order
    """

    kind: Literal["base", "shares", "pairwise", "order", "group"] = "base"
    scenario: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)
    judgements: Mapping[str, Mapping[str, tuple[Judgement, ...]]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change:
    """A changed cell: what it becomes and why."""

    alternative: str
    leaf: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Addition:
    """An alternative that the scenario adds, with one reading for every sub-criterion."""

    alternative: Alternative
    readings: Mapping[str, Reading]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is asked, with everything inherited filled in.

    Attributes
    ----------
    key, title, note : what files call it, what people do, and why it is of interest, or None
    kind : what its changes stand for, as the file itself says: ``policy``, ``shock`` or ``reading``; or None
    chain : keys of what it is based on, nearest first
    weights : where the weights come from
    method, normalization, options : as for ``rank``
    route : ``ratings``, the key of a coding, or of a SWOT route
    structure : what a method takes for criteria: ``criteria``, ``leaves``, or ``leaves-raw`` in their own units
    money : ``linear`` or ``log``, how amounts are placed on their scales
    rating_floor : where the lowest rating lies on the common scale, from 0 up to, but not including, 1
    missing : what stands for a score without a value: the ``median`` of the middles of its ranges, the middle of their
        ``union``, or its ``low`` or ``high`` end
    leaf_weights : ``declared``, or ``evidence`` for weights by the number of rows that a sub-criterion cites
    changes : cells that it changes, the last one holding
    drop, add : keys of alternatives that it leaves out, and those that it adds
    exclude : keys of criteria and sub-criteria that it leaves out
    hashes : SHA-256 of every file read for it, by name
    """

    key: str
    title: Title
    note: Title | None = None
    kind: ScenarioKind | None = None  # what its changes stand for; said by the file itself, never inherited
    chain: tuple[str, ...] = ()
    weights: WeightsSource = WeightsSource()
    method: str = "topsis"
    normalization: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    route: str = "ratings"
    structure: Structure = "criteria"
    money: Money = "linear"
    rating_floor: float = 0.0
    missing: Missing = "median"
    leaf_weights: LeafWeights = "declared"
    changes: tuple[Change, ...] = ()
    drop: tuple[str, ...] = ()
    add: tuple[Addition, ...] = ()
    exclude: tuple[str, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of every file read for it, by name

    def with_weights(self, shares: Mapping[str, float], *, rest: Rest = "proportion") -> Scenario:
        """Set final shares of some criteria, or of sub-criteria within their criterion."""
        setting = Setting(shares=shares, rest=rest)
        return replace(self, weights=replace(self.weights, settings=(*self.weights.settings, setting)))

    def with_changes(self, changes: Iterable[Change]) -> Scenario:
        """Change some cells; on the same cell the later change wins."""
        changes = tuple(changes)
        cells = {(change.alternative, change.leaf) for change in changes}
        kept = (change for change in self.changes if (change.alternative, change.leaf) not in cells)
        return replace(self, changes=(*kept, *changes))


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A study under a scenario: the problem and where each of its numbers comes from.

    Attributes
    ----------
    study : what was read, without the criteria that the scenario excludes
    scenario : what is asked of it
    excluded : the criteria and sub-criteria that the scenario leaves out
    problem : values (n, m), directions, weights, and the ends of the common scale
    alternatives : (n,) in the problem's order, added ones last
    leaves : (L,) sub-criteria in use; empty on a SWOT route
    cells : (n, L) the cells in use, after the scenario's changes
    leaf_values : (n, L) in the sub-criteria's own units
    leaf_scaled : (n, L) on the common scale, 0 to 1 and beyond where a value lies beyond the declared ends
    leaf_shares : (L,) share of each sub-criterion within its criterion
    priorities : what the judgements say, by name of the judge; the merged one under the scenario's own key
    """

    study: Study
    scenario: Scenario
    problem: Problem
    alternatives: tuple[Alternative, ...]
    leaves: tuple[Leaf, ...]
    cells: tuple[tuple[Cell, ...], ...]
    leaf_values: Array
    leaf_scaled: Array
    leaf_shares: Array
    priorities: Mapping[str, Priorities]
    excluded: tuple[Criterion | Leaf, ...] = ()

    @cached_property
    def criterion_weights(self) -> dict[str, float]:
        """Weights by criterion, whatever the structure."""
        totals = dict.fromkeys((criterion.key for criterion in self.study.criteria), 0.0)
        owners = {leaf.key: leaf.criterion for leaf in self.leaves}
        for name, weight in zip(self.problem.criteria, self.problem.weights, strict=True):
            totals[owners.get(name, name) if self.scenario.structure != "criteria" else name] += float(weight)
        return totals

    @cached_property
    def assumed(self) -> tuple[Cell, ...]:
        """The cells for which the route in use has no value, so that a midpoint stands in."""
        route = self.scenario.route
        return tuple(cell for row in self.cells for cell in row if _assumed(cell, route))

    def alternative(self, key: str) -> Alternative:
        """Find an alternative of the case, an added one too."""
        return next(item for item in self.alternatives if item.key == key)

    def title(self, key: str, lang: str) -> str:
        """Give the title of an alternative, criterion or sub-criterion in ``lang``; any other text stays as it is."""
        titles = {item.key: item.title for item in self.leaves}
        titles |= {item.key: item.title for item in self.study.criteria}
        titles |= {item.key: item.title for item in self.alternatives}
        return titles[key].get(lang) if key in titles else key


def build(study: Study, scenario: Scenario) -> Case:
    """Turn a study under a scenario into a decision problem.

    Parameters
    ----------
    study : as ``read_study`` gives it
    scenario : as ``read_scenario`` gives it, or changed since

    Returns
    -------
    Case with the ``problem`` of n alternatives and m criteria, or as many sub-criteria, and where its numbers come from

    Raises
    ------
    StudyError
        Where the scenario asks what the study cannot give, such as the leaves of a SWOT route.

    Examples
    --------
    >>> from mcda.study.files import read_scenario, read_study, shipped
    >>> study = read_study(shipped() / "criteria")
    >>> build(study, read_scenario(study, "baseline")).problem
    Problem(5 alternatives x 4 criteria)
    """
    shares, priorities = criterion_weights(study, scenario)
    both: tuple[Criterion | Leaf, ...] = (*study.criteria, *study.leaves)
    excluded = tuple(item for item in both if item.key in scenario.exclude)
    study, alternatives = study.without(scenario.exclude), _alternatives(study, scenario)
    if study.swot and scenario.route in study.swot.codings:
        return replace(_swot_case(study, scenario, alternatives, shares, priorities), excluded=excluded)
    leaves, cells, values = leaf_table(study, scenario)
    scaled = common_scale(values, leaves, scenario)
    within = leaf_shares(leaves, scenario)
    return Case(
        study=study,
        scenario=scenario,
        problem=arranged(study, scenario, leaves, values, scaled, within, shares),
        alternatives=alternatives,
        leaves=leaves,
        cells=cells,
        leaf_values=values,
        leaf_scaled=scaled,
        leaf_shares=within,
        priorities=priorities,
        excluded=excluded,
    )


def leaf_table(study: Study, scenario: Scenario) -> tuple[tuple[Leaf, ...], tuple[tuple[Cell, ...], ...], Array]:
    """Give the sub-criteria in use (L,), their cells (n, L) and the values (n, L) in their own units.

    Depends on route, missing, changes, drop, add and exclude alone.
    """
    leaves = tuple(leaf for leaf in study.leaves if leaf.key not in scenario.exclude)
    empty = [c.key for c in study.criteria if not any(leaf.criterion == c.key for leaf in leaves)]
    if empty:
        raise StudyError([Fault(code="fault.criterion_empty", values={"found": key}, key="exclude") for key in empty])
    cells = tuple(tuple(_cell(scenario, leaf, a.key) for leaf in leaves) for a in _alternatives(study, scenario))
    values = [cell_value(cell, scenario.route, scenario.missing) for row in cells for cell in row]
    return leaves, cells, np.array(values).reshape(len(cells), len(leaves))


def cell_value(cell: Cell, route: str, missing: Missing = "median") -> float:
    """Give the value of a cell on a route: adopted, or one coding's; where there is none, what ``missing`` says."""
    reading = cell.readings.get(route)
    if missing == "median" or not _assumed(cell, route):
        return cell.value if reading is None else reading.best
    ends = (cell.low, cell.high) if reading is None else (reading.low, reading.high)
    return {"low": ends[0], "high": ends[1], "union": (ends[0] + ends[1]) / 2}[missing]


def common_scale(values: Array, leaves: tuple[Leaf, ...], scenario: Scenario) -> Array:
    """Bring values (n, L) in their own units to the common scale, where the declared ends are 0 and 1.

    ``money: log`` takes log(1 + x) of amounts and of their ends first; ``rating_floor`` f puts the lowest rating at f.
    Values beyond the ends leave the range and are not clamped.
    """
    out = np.empty_like(values)
    for j, leaf in enumerate(leaves):
        low, high = leaf.scale
        bend: Callable[..., Array] = np.log1p if leaf.kind == "amount" and scenario.money == "log" else np.asarray
        out[:, j] = (bend(values[:, j]) - bend(low)) / (bend(high) - bend(low))
        if leaf.kind == "rating":
            out[:, j] = scenario.rating_floor + (1 - scenario.rating_floor) * out[:, j]
    return out


def _alternatives(study: Study, scenario: Scenario) -> tuple[Alternative, ...]:
    kept = tuple(a for a in study.alternatives if a.key not in scenario.drop)
    return kept + tuple(addition.alternative for addition in scenario.add)


def _cell(scenario: Scenario, leaf: Leaf, alternative: str) -> Cell:
    """Find a cell, as the scenario's changes and additions leave it."""
    added = {addition.alternative.key: addition.readings for addition in scenario.add}
    cell = leaf.cells.get(alternative)
    if cell is None:
        cell = Cell(alternative=alternative, leaf=leaf.key, readings={"": added[alternative][leaf.key]})
    for change in scenario.changes:
        if (change.alternative, change.leaf) == (alternative, leaf.key):
            cell = Cell(
                alternative=alternative,
                leaf=leaf.key,
                readings={"": change.reading},
                changed=change.reading.reason,
            )
    return cell


def _assumed(cell: Cell, route: str) -> bool:
    reading = cell.readings.get(route)
    return cell.assumed if reading is None else reading.value is None


def arranged(
    study: Study,
    scenario: Scenario,
    leaves: tuple[Leaf, ...],
    values: Array,
    scaled: Array,
    within: Array,
    shares: Mapping[str, float],
) -> Problem:
    """Make the problem of the chosen structure: criteria, leaves on the common scale, or leaves in their own units."""
    keys = [criterion.key for criterion in study.criteria]
    directions = {criterion.key: criterion.direction for criterion in study.criteria}
    names, signs, ends = keys, list(directions.values()), [(0.0, 1.0)] * len(keys)
    weights = [shares[key] for key in keys]
    matrix = scaled
    if scenario.structure == "criteria":
        member = np.array([[leaf.criterion == key for key in keys] for leaf in leaves], float) * within[:, None]
        matrix = np.einsum("nl,lm->nm", scaled, member)
    else:
        names, signs = [leaf.key for leaf in leaves], [directions[leaf.criterion] for leaf in leaves]
        weights = [shares[leaf.criterion] * share for leaf, share in zip(leaves, within.tolist(), strict=True)]
        ends = [(0.0, 1.0)] * len(leaves)
    if scenario.structure == "leaves-raw":
        matrix, ends = values, [leaf.scale for leaf in leaves]
    alternatives = [a.key for a in _alternatives(study, scenario)]
    return Problem(matrix, signs, weights, alternatives=alternatives, criteria=names, scales=ends)


def _swot_case(
    study: Study,
    scenario: Scenario,
    alternatives: tuple[Alternative, ...],
    shares: Mapping[str, float],
    priorities: Mapping[str, Priorities],
) -> Case:
    """Build the case of a SWOT route: net balances of signs, on the declared scale."""
    assert study.swot is not None
    faults = _swot_faults(study, scenario)
    if faults:
        raise StudyError(faults)
    items = study.swot.codings[scenario.route]
    balance = swot_balance(items, alternatives, study.criteria)
    low, high = study.swot.scale
    problem = Problem(
        (balance - low) / (high - low),
        [criterion.direction for criterion in study.criteria],
        [shares[criterion.key] for criterion in study.criteria],
        alternatives=[a.key for a in alternatives],
        criteria=[criterion.key for criterion in study.criteria],
        scales=[[0.0, 1.0]] * len(study.criteria),
    )
    nothing = np.empty((len(alternatives), 0))
    return Case(
        study=study,
        scenario=scenario,
        problem=problem,
        alternatives=alternatives,
        leaves=(),
        cells=tuple(() for _ in alternatives),
        leaf_values=nothing,
        leaf_scaled=nothing,
        leaf_shares=np.empty(0),
        priorities=priorities,
    )


def _swot_faults(study: Study, scenario: Scenario) -> list[Fault]:
    """Name what a SWOT route, which has no sub-criteria, cannot give."""
    impossible = {
        "structure": scenario.structure != "criteria",
        "change": bool(scenario.changes),
        "exclude": any(leaf.key in scenario.exclude for leaf in study.leaves),
        "add": bool(scenario.add),
        "weights": any(leaf.key in setting.shares for setting in scenario.weights.settings for leaf in study.leaves),
    }
    return [
        Fault(code="fault.swot_cannot", values={"found": name, "route": scenario.route}, key=name)
        for name, asked in impossible.items()
        if asked
    ]


def swot_balance(
    items: tuple[SwotItem, ...], alternatives: tuple[Alternative, ...], criteria: tuple[Criterion, ...]
) -> Array:
    """Count items with ``+`` minus items with ``-``: (n, m) whole numbers."""
    rows = {a.key: i for i, a in enumerate(alternatives)}
    columns = {criterion.key: j for j, criterion in enumerate(criteria)}
    balance = np.zeros((len(rows), len(columns)))
    for item in items:
        if item.alternative in rows and item.criterion is not None:
            balance[rows[item.alternative], columns[item.criterion]] += item.sign
    return balance
