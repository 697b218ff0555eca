"""What each score's range does to a lead, one score at a time: in the sub-criteria's own units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import numpy as np

from mcda.engine.methods import rank
from mcda.engine.note import Note
from mcda.engine.problem import Array
from mcda.errors import NotApplicable
from mcda.moves import leaf_column, moved_column
from mcda.sensitivity.tornado import Bar, Tornado, lead_of, tornado, turned
from mcda.sensitivity.variants import with_value
from mcda.study.scenario import Case


@dataclass(frozen=True, kw_only=True)
class Switch:
    """What a disputed reading does to the lead.

    Attributes
    ----------
    alternative, criterion : the cell, by the key of its sub-criterion
    value : the disputed reading, in the sub-criterion's own unit
    lead : with that reading in the place of the score
    turns : whether the one that is ahead now is not ahead any more
    """

    alternative: str
    criterion: str
    value: float
    lead: float
    turns: bool


@dataclass(frozen=True, kw_only=True)
class LeadTornado(Tornado):
    """The tornado of a study: bars stop short of disputed readings, which are switches and stand beside them."""

    switches: tuple[Switch, ...] = ()

    def notes(self) -> list[Note]:
        """Say beside what the ranges do which disputed readings turn the lead."""
        notes = super().notes()
        if not self.switches or not self.lead:
            return notes
        codes = {f"sure.tornado_{said}": f"sure.tornado_{said}_short" for said in ("holds", "turns")}
        notes = [replace(note, code=codes.get(note.code, note.code)) for note in notes]
        said = [
            Note(code="sure.tornado_switch", values={**asdict(switch), "cell": switch.alternative})
            for switch in self.switches
            if switch.turns
        ]
        none = Note(code="sure.tornado_no_switch", values={"count": len(self.switches)})
        return [*notes[:-1], *(said or [none]), notes[-1]]


def lead_tornado(case: Case, first: str, second: str) -> LeadTornado:
    """Put each score alone at the ends of its range, short of disputed readings, and see how a lead moves.

    A bar's ``criterion`` is the key of the sub-criterion, and its ends are in that one's own unit; on a SWOT route,
    which has no ranges, there are no bars. Disputed readings are tried one by one, as switches.
    """
    found = None
    bars: list[Bar] = []
    undefined: list[tuple[str, str]] = []
    for j, leaf in enumerate(case.leaves):
        least, most = case.problem.values.copy(), case.problem.values.copy()
        column = leaf_column(case, j)
        ends = np.array([[_range(case, i, j)[end] for i in range(len(case.alternatives))] for end in (0, 1)])
        least[:, column], most[:, column] = (moved_column(case, j, end) for end in ends)
        found = _of(case, least, most, first, second)
        at = {alternative.key: i for i, alternative in enumerate(case.alternatives)}
        bars += [
            replace(bar, criterion=leaf.key, low=float(low), high=float(high))
            for bar, (low, high) in ((bar, ends[:, at[bar.alternative]]) for bar in found.bars)
        ]
        undefined += [(alternative, leaf.key) for alternative, _ in found.undefined]
    if found is None:
        found = _of(case, case.problem.values, case.problem.values, first, second)
    bars.sort(key=lambda bar: -bar.span)
    return LeadTornado(
        first=first,
        second=second,
        lead=found.lead,
        bars=tuple(bars),
        undefined=tuple(undefined),
        switches=tuple(_switches(case, found)),
    )


def _switches(case: Case, found: Tornado) -> Iterator[Switch]:
    """Put each disputed reading in the place of its score; one at which the method is undefined is left out."""
    chosen = case.scenario
    for i, row in enumerate(case.cells):
        for j, cell in enumerate(row):
            for dispute in cell.disputed:
                values = np.full(len(case.alternatives), dispute.value)
                moved = with_value(case.problem, i, leaf_column(case, j), float(moved_column(case, j, values)[i]))
                try:
                    ranking = rank(
                        moved, method=chosen.method, normalization=chosen.normalization, options=chosen.options
                    )
                except NotApplicable:
                    continue
                lead = lead_of(ranking, found.first, found.second)
                yield Switch(
                    alternative=cell.alternative,
                    criterion=cell.leaf,
                    value=dispute.value,
                    lead=lead,
                    turns=turned(found.lead, lead),
                )


def _of(case: Case, low: Array, high: Array, first: str, second: str) -> Tornado:
    chosen = case.scenario
    return tornado(
        case.problem,
        low,
        high,
        first,
        second,
        method=chosen.method,
        normalization=chosen.normalization,
        options=chosen.options,
    )


def _range(case: Case, i: int, j: int) -> tuple[float, float]:
    """Give the ends over the readings that count on the route, around the value in use."""
    cell = case.cells[i][j]
    own = cell.undisputed.get(case.scenario.route)
    readings = [own] if own is not None else list(cell.undisputed.values())
    value = float(case.leaf_values[i, j])
    return min(value, *(r.low for r in readings)), max(value, *(r.high for r in readings))
