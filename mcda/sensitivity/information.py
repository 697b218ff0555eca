"""What is known of the weights: an order, bounds, ratios, linear conditions, or a centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from mcda.engine.problem import Array
from mcda.errors import Fault, ProblemError, unknown
from mcda.sensitivity.linear import minimize

NOUGHT = 1e-9  # conditions that leave a weight this much room leave it none
RELATIONS = (">=", "<=", "=")


@dataclass(frozen=True, kw_only=True)
class Wall:
    """A condition on the weights: ``coefficients`` (m,) times weights that sum to 1 is 0 or more, or exactly 0."""

    coefficients: Array
    equality: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class WeightInformation:
    """What is known of the weights; conditions of several kinds hold together, and criteria are named.

    Attributes
    ----------
    order : chains of criteria, the heaviest first; several chains make a partial order
    bounds : the least and the largest weight of a criterion, from 0 to 1
    ratios : the least and the largest ratio of the first criterion's weight to the second's; infinity leaves it open
    conditions : a sum of weights with coefficients, ``">="``, ``"<="`` or ``"="``, and a number
    centre : weights around which a Dirichlet distribution is drawn; None for equal density on all that is allowed
    concentration : of that distribution, the sum of its parameters: the larger, the closer to the centre; the number
        of criteria where None (with an equal centre, that is equal density)

    Examples
    --------
    >>> WeightInformation(order=[("price", "speed")], bounds={"price": (0, 0.6)}).walls(("price", "speed"))[1].text
    'price <= 0.6'
    """

    order: Sequence[Sequence[str]] = ()
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    ratios: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    conditions: Sequence[tuple[Mapping[str, float], str, float]] = ()
    centre: Mapping[str, float] | None = None
    concentration: float | None = None

    def walls(self, criteria: Sequence[str]) -> list[Wall]:
        """Give all conditions but the centre for criteria in this order.

        Raises
        ------
        ProblemError
            For names that are no criteria, empty ranges, unknown relations and numbers that are none, all at once.
        """
        faults = [*self._unnamed(criteria), *self._empty(), *self._unrelated()]
        if faults:
            raise ProblemError(faults)
        unit = dict(zip(criteria, np.eye(len(criteria)), strict=True))
        return [*self._ordered(unit), *self._bounded(unit), *self._proportioned(unit), *self._summed(unit)]

    def parameters(self, criteria: Sequence[str]) -> Array | None:
        """Give the Dirichlet parameters (m,), or None where there is no centre."""
        if self.centre is None:
            return None
        shares = np.array([self.centre.get(name, np.nan) for name in criteria], float)
        faults = [unknown("criterion", name, criteria) for name in self.centre if name not in criteria]
        faults += [
            Fault(code="sure.centre", values={"found": self.centre.get(name)}, key=name)
            for name, share in zip(criteria, shares, strict=True)
            if not (np.isfinite(share) and share > 0)
        ]
        total = len(criteria) if self.concentration is None else self.concentration
        if not (np.isfinite(total) and total > 0):
            faults.append(Fault(code="sure.concentration", values={"found": total}))
        if faults:
            raise ProblemError(faults)
        parameters: Array = shares / shares.sum() * total
        return parameters

    def _unnamed(self, criteria: Sequence[str]) -> list[Fault]:
        named = [name for chain in self.order for name in chain]
        named += [*self.bounds, *(name for pair in self.ratios for name in pair)]
        named += [name for terms, _, _ in self.conditions for name in terms]
        return [unknown("criterion", name, criteria) for name in dict.fromkeys(named) if name not in criteria]

    def _empty(self) -> list[Fault]:
        ranges = [(name, low, high) for name, (low, high) in self.bounds.items()]
        ranges += [(f"{first}/{second}", low, high) for (first, second), (low, high) in self.ratios.items()]
        return [
            Fault(code="sure.range", values={"low": float(low), "high": float(high)}, key=name)
            for name, low, high in ranges
            if not (0 <= low <= high and np.isfinite(low))
        ]

    def _unrelated(self) -> list[Fault]:
        faults = []
        for terms, relation, level in self.conditions:
            if relation not in RELATIONS:
                faults.append(unknown("relation", relation, RELATIONS))
            faults += [
                Fault(code="fault.not_finite", values={"found": number}, key=_sum(terms))
                for number in (*terms.values(), level)
                if not np.isfinite(number)
            ]
        return faults

    def _ordered(self, unit: Mapping[str, Array]) -> list[Wall]:
        return [
            Wall(coefficients=unit[more] - unit[less], equality=False, text=f"{more} >= {less}")
            for chain in self.order
            for more, less in pairwise(chain)
        ]

    def _bounded(self, unit: Mapping[str, Array]) -> list[Wall]:
        walls = []
        for name, (low, high) in self.bounds.items():
            if low == high:
                walls.append(Wall(coefficients=unit[name] - low, equality=True, text=f"{name} = {low:g}"))
                continue
            if low > 0:
                walls.append(Wall(coefficients=unit[name] - low, equality=False, text=f"{name} >= {low:g}"))
            if high < 1:
                walls.append(Wall(coefficients=high - unit[name], equality=False, text=f"{name} <= {high:g}"))
        return walls

    def _proportioned(self, unit: Mapping[str, Array]) -> list[Wall]:
        walls = []
        for (first, second), (low, high) in self.ratios.items():
            least = unit[first] - low * unit[second]
            if low == high:
                walls.append(Wall(coefficients=least, equality=True, text=f"{first} = {low:g} {second}"))
                continue
            if low > 0:
                walls.append(Wall(coefficients=least, equality=False, text=f"{first} >= {low:g} {second}"))
            if np.isfinite(high):
                most = high * unit[second] - unit[first]
                walls.append(Wall(coefficients=most, equality=False, text=f"{first} <= {high:g} {second}"))
        return walls

    def _summed(self, unit: Mapping[str, Array]) -> list[Wall]:
        walls = []
        for terms, relation, level in self.conditions:
            # The weights sum to 1, so the level is taken off every coefficient.
            row = sum((number * unit[name] for name, number in terms.items()), -level * np.ones(len(unit)))
            text = f"{_sum(terms)} {relation} {level:g}"
            walls.append(Wall(coefficients=-row if relation == "<=" else row, equality=relation == "=", text=text))
        return walls


@dataclass(frozen=True, eq=False)
class Conditions:
    """Feasible conditions: ``limits`` (p, m) times the weights is 0 or more, ``equalities`` (q, m) times them is 0."""

    limits: Array
    equalities: Array


def settle(information: WeightInformation | None, criteria: Sequence[str]) -> Conditions:
    """Turn what is known into conditions that some weights meet, and none of which is an equality unawares.

    Raises
    ------
    ProblemError
        Where no weights meet all conditions: it names a few that clash, of which none can be left out of the clash.
    """
    m = len(criteria)
    given = information.walls(criteria) if information else []
    walls = [wall for wall in given if np.abs(wall.coefficients).max() > NOUGHT]
    if not walls:
        return Conditions(np.zeros((0, m)), np.zeros((0, m)))
    if not _feasible(walls, m):
        clash = list(walls)
        for wall in walls:
            rest = [other for other in clash if other is not wall]
            clash = clash if _feasible(rest, m) else rest
        raise ProblemError([Fault(code="sure.clash", values={"found": "; ".join(wall.text for wall in clash)})])
    own = [Wall(coefficients=row, equality=False, text="") for row in np.eye(m)]
    tight = [wall.equality or _room(wall, walls, m) <= NOUGHT for wall in (*walls, *own)]
    rows = np.array([wall.coefficients for wall in (*walls, *own)])
    limits = rows[: len(walls)][~np.array(tight[: len(walls)])]
    return Conditions(limits, rows[tight])


def _feasible(walls: Sequence[Wall], m: int) -> bool:
    return _best(np.zeros(m), walls)[0] == "optimal"


def _room(wall: Wall, walls: Sequence[Wall], m: int) -> float:
    """Give by how much a condition can at most be exceeded, for coefficients of the order of 1."""
    _, weights = _best(-wall.coefficients, walls)
    return float(np.einsum("j,j->", wall.coefficients, weights) / np.abs(wall.coefficients).max())


def _best(costs: Array, walls: Sequence[Wall]) -> tuple[str, Array]:
    m = len(costs)
    limits = np.array([-wall.coefficients for wall in walls if not wall.equality]).reshape(-1, m)
    equal = np.array([np.ones(m), *(wall.coefficients for wall in walls if wall.equality)])
    level = np.append(1.0, np.zeros(len(equal) - 1))
    return minimize(costs, limits, np.zeros(len(limits)), equal, level)


def _sum(terms: Mapping[str, float]) -> str:
    return " + ".join(f"{number:g} {name}" for name, number in terms.items()).replace("+ -", "- ")
