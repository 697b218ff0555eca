"""How far the codings of a study agree, where they part, and what each would give alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.engine.ranking import Ranking
from mcda.engine.reliability import Alpha, AlphaInterval, alpha_interval, krippendorff_alpha
from mcda.errors import Fault, NotApplicable, StudyError
from mcda.study.model import Cell, Leaf, Study, SwotItem
from mcda.study.scenario import Scenario, build, common_scale
from mcda.words import say

DRAWS = 20_000
OVERALL = ("ratings", "swot_both")  # what is measured over everything, which sentences tell; tables list the rest

Assigned: TypeAlias = tuple[str | None, int]  # the criterion of a SWOT item, or None, and its sign


@dataclass(frozen=True, kw_only=True)
class Measure:
    """Agreement on one set of readings.

    Attributes
    ----------
    about : ``ratings`` for all cells, the key of a criterion, or ``swot_criterion``, ``swot_sign``, ``swot_both``
    alpha, interval : Krippendorff's alpha and its bootstrap interval over the cells (or items)
    """

    about: str
    alpha: Alpha
    interval: AlphaInterval


@dataclass(frozen=True, kw_only=True)
class Parting:
    """A cell on which codings part.

    Attributes
    ----------
    alternative, leaf : keys
    values : by coding, in the leaf's own unit; None where it gives none
    spread : largest less smallest value, as a share of the leaf's scale
    """

    alternative: str
    leaf: str
    values: Mapping[str, float | None]
    spread: float

    @property
    def silent(self) -> tuple[str, ...]:
        """The codings that give no value, where others do."""
        none = tuple(coding for coding, value in self.values.items() if value is None)
        return none if len(none) < len(self.values) else ()


@dataclass(frozen=True, kw_only=True)
class ItemParting:
    """A SWOT item that codings assign differently: criterion (None for none) and sign, by coding."""

    id: str
    alternative: str
    assigned: Mapping[str, Assigned]


@dataclass(frozen=True, kw_only=True, eq=False)
class Agreement:
    """How far codings agree.

    Attributes
    ----------
    study : the study
    codings, swot : keys of the codings of ratings and of SWOT items
    measures : over all cells and by criterion: ordinal for ratings, interval for ratings and amounts on the common
        scale; nominal for SWOT items
    partings : cells on which the codings part, the widest spread first; cells where some are silent, after those
    item_partings : SWOT items that are not assigned alike
    cells, items : how many there are
    alone : the ranking that each single coding gives, by route
    """

    study: Study
    codings: tuple[str, ...]
    swot: tuple[str, ...]
    measures: tuple[Measure, ...]
    partings: tuple[Parting, ...]
    item_partings: tuple[ItemParting, ...]
    cells: int
    items: int
    alone: Mapping[str, Ranking]

    def notes(self, lang: str = "en") -> list[Note]:
        """Say what the codings are, how far they agree and what that means."""
        notes = [Note(code="claim.codings_are", values={"count": max(len(self.codings), len(self.swot))})]
        notes += [self.told(measure, lang) for measure in self.measures if measure.about in OVERALL]
        known = [measure for measure in self.measures if measure.alpha.value is not None]
        lowest = min(known, key=lambda measure: measure.alpha.value or 0.0, default=None)
        if lowest is not None and lowest.about not in OVERALL:
            notes.append(Note(code="claim.alpha_lowest", values=self._named(lowest, lang) | {"count": len(known)}))
        notes.append(Note(code="claim.no_proof"))
        same = self.cells - len(self.partings)
        if self.codings:
            notes.append(Note(code="claim.same_cells", values={"same": same, "cells": self.cells}))
        if self.swot:
            alike = self.items - len(self.item_partings)
            notes.append(Note(code="claim.same_items", values={"same": alike, "items": self.items}))
        return notes

    def told(self, measure: Measure, lang: str = "en") -> Note:
        """Say one measure in full, with its interval where there is one."""
        values = self._named(measure, lang) | {"count": measure.alpha.units}
        if measure.alpha.value is None:
            return Note(code="claim.alpha_undefined", values=values)
        if measure.interval.no_spread:
            parting = {"parting": measure.alpha.parting, "share": measure.alpha.most_parting()}
            return Note(code="claim.alpha_no_spread", values={**values, **parting})
        if measure.interval.low is None:
            return Note(code="claim.alpha_alone", values=values)
        return Note(code="claim.alpha", values={**values, "low": measure.interval.low, "high": measure.interval.high})

    def _named(self, measure: Measure, lang: str) -> dict[str, object]:
        """Name what is measured, and give its alpha with what follows from it."""
        titles = {criterion.key: criterion.title.get(lang) for criterion in self.study.criteria}
        about = titles.get(measure.about) or say(f"claim.about_{measure.about}", lang)
        values = {"about": about, "level": say(f"claim.level_{measure.alpha.level}", lang)}
        return {**values, "alpha": measure.alpha.value, "word": say(measure.alpha.word, lang)}


def agreement(study: Study, scenario: Scenario, *, draws: int = DRAWS, seed: int = 1) -> Agreement:
    """Measure the agreement of a study's codings.

    Parameters
    ----------
    study : with two codings or more
    scenario : under which each coding is ranked alone, with its route exchanged
    draws, seed : of the bootstrap

    Raises
    ------
    StudyError
        Where there are fewer than two codings of anything.
    """
    codings = tuple(coding.key for coding in study.codings)
    swot = tuple(study.swot.codings) if study.swot else ()
    if max(len(codings), len(swot)) < 2:
        raise StudyError([Fault(code="claim.no_codings", values={"count": len(codings)})])
    items = _assigned(study)
    measures = [
        *(_measures(study, codings, scenario, draws, seed) if len(codings) > 1 else ()),
        *(_swot_measures(study, items, draws, seed) if len(swot) > 1 else ()),
    ]
    partings = [_parting(leaf, cell, codings) for leaf in study.leaves for cell in leaf.cells.values()]
    return Agreement(
        study=study,
        codings=codings,
        swot=swot,
        measures=tuple(measures),
        partings=tuple(sorted((p for p in partings if p.spread or p.silent), key=lambda p: -p.spread)),
        item_partings=tuple(item for item in items if len(set(item.assigned.values())) > 1),
        cells=len(partings),
        items=len(items),
        alone={route: _alone(study, scenario, route) for route in (*codings, *swot)},
    )


def _measures(
    study: Study, codings: tuple[str, ...], scenario: Scenario, draws: int, seed: int
) -> Iterator[Measure]:
    """Measure ratings by their order, and all readings by their distance on the common scale."""
    leaves = {"ratings": study.leaves} | {criterion.key: criterion.leaves for criterion in study.criteria}
    for about, part in leaves.items():
        rated = tuple(leaf for leaf in part if leaf.kind == "rating")
        yield from _measured(about, _readings(rated, codings), "ordinal", draws, seed)
        yield from _measured(about, _scaled(part, codings, scenario), "interval", draws, seed)


def _measured(about: str, readings: Array, level: str, draws: int, seed: int) -> Iterator[Measure]:
    """Measure one set of readings (codings, units); nothing where no unit has two of them."""
    try:
        alpha = krippendorff_alpha(readings, level=level)
        interval = alpha_interval(readings, level=level, draws=draws, seed=seed)
    except NotApplicable:
        return
    yield Measure(about=about, alpha=alpha, interval=interval)


def _readings(leaves: Iterable[Leaf], codings: tuple[str, ...]) -> Array:
    """Give the values of the cells of some sub-criteria (codings, units); NaN where a coding gives none."""
    cells = [cell for leaf in leaves for cell in leaf.cells.values()]
    values = [[_value(cell, coding) for cell in cells] for coding in codings]
    return np.array([[np.nan if value is None else value for value in row] for row in values], float)


def _value(cell: Cell, coding: str) -> float | None:
    reading = cell.readings.get(coding)
    return None if reading is None else reading.value


def _scaled(leaves: tuple[Leaf, ...], codings: tuple[str, ...], scenario: Scenario) -> Array:
    """Give the same values on the common scale."""
    columns = [_readings((leaf,), codings) for leaf in leaves]
    scaled = [
        common_scale(column.reshape(-1, 1), (leaf,), scenario).reshape(column.shape)
        for leaf, column in zip(leaves, columns, strict=True)
    ]
    return np.concatenate(scaled, axis=1)


def _assigned(study: Study) -> list[ItemParting]:
    """List every SWOT item with how each coding assigns it."""
    codings = study.swot.codings if study.swot else {}
    by_id: dict[str, dict[str, SwotItem]] = {}
    for coding, items in codings.items():
        for item in items:
            by_id.setdefault(item.id, {})[coding] = item
    return [
        ItemParting(
            id=key,
            alternative=next(iter(found.values())).alternative,
            assigned={coding: (item.criterion, item.sign) for coding, item in found.items()},
        )
        for key, found in by_id.items()
    ]


def _swot_measures(study: Study, items: list[ItemParting], draws: int, seed: int) -> Iterator[Measure]:
    """Measure the assignment of SWOT items; none is a category of its own."""
    assert study.swot is not None
    keys: list[str | None] = [None, *(criterion.key for criterion in study.criteria)]
    numbers: dict[str, Callable[[Assigned], int]] = {
        "swot_criterion": lambda given: keys.index(given[0]),
        "swot_sign": lambda given: given[1],
        "swot_both": lambda given: 3 * keys.index(given[0]) + given[1],
    }
    for about, number in numbers.items():
        rows = [[number(item.assigned[coding]) for item in items] for coding in study.swot.codings]
        yield from _measured(about, np.array(rows, float), "nominal", draws, seed)


def _parting(leaf: Leaf, cell: Cell, codings: tuple[str, ...]) -> Parting:
    values = {coding: _value(cell, coding) for coding in codings}
    given = [value for value in values.values() if value is not None]
    spread = (max(given) - min(given)) / (leaf.scale[1] - leaf.scale[0]) if given else 0.0
    return Parting(alternative=cell.alternative, leaf=leaf.key, values=values, spread=spread)


def _alone(study: Study, scenario: Scenario, route: str) -> Ranking:
    """Rank one coding alone; on a SWOT route without what speaks of sub-criteria."""
    chosen = replace(scenario, route=route)
    if study.swot and route in study.swot.codings:
        leaves = {leaf.key for leaf in study.leaves}
        kept = tuple(key for key in scenario.exclude if key not in leaves)
        chosen = replace(chosen, structure="criteria", changes=(), exclude=kept, add=())
    problem = build(study, chosen).problem
    return rank(problem, method=scenario.method, normalization=scenario.normalization, options=scenario.options)
