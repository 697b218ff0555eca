"""What a method says beside its scores: as data, as tables, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from mcda.engine.note import Note
from mcda.engine.outranking import RELATIONS
from mcda.engine.ranking import Ranking
from mcda.report.grid import Column, Table, Value, shown
from mcda.report.ledger import ALTERNATIVE, CRITERION
from mcda.words import Word

LISTED = 12  # pairs of alternatives that a sentence names

# From a detail, the names of the alternatives and those of the criteria to plain data.
Told: TypeAlias = Callable[[Any, Sequence[str], Sequence[str]], object]


def data(ranking: Ranking, criteria: Sequence[str]) -> dict[str, object]:
    """Give the details as plain data, by name.

    Numbers of alternatives or criteria are given by key, ``compromise_set`` as keys, and the relations of the partial
    order as pairs of keys: the better one first in ``preferred``, each pair once in the two others.
    """
    return {
        name: TOLD[name](value, ranking.alternatives, criteria) if name in TOLD else value
        for name, value in ranking.details.items()
    }


def tables(ranking: Ranking, alternatives: Sequence[Value], criteria: Sequence[Value]) -> tuple[Table, ...]:
    """Tabulate the numbers among the details, by alternative (best first) and by criterion."""
    by_alternative = [name for name in ranking.details if TOLD.get(name) is _by_alternative]
    by_criterion = [name for name in ranking.details if TOLD.get(name) is _by_criterion]
    return (
        *_table(ranking, by_alternative, ALTERNATIVE, [(i, alternatives[i]) for i in ranking.order()]),
        *_table(ranking, by_criterion, CRITERION, list(enumerate(criteria))),
    )


def sentences(ranking: Ranking, alternatives: Sequence[Value], lang: str) -> list[str]:
    """Say what a method concludes beside its scores: VIKOR's conditions, PROMETHEE's partial order."""
    names = [shown(name, ALTERNATIVE, lang) for name in alternatives]
    return [note.text(lang) for note in (*_compromise(ranking.details, names), *_partial_order(ranking.details, names))]


def _compromise(details: Mapping[str, Any], names: Sequence[str]) -> list[Note]:
    """Say whether the conditions of VIKOR are satisfied, and what is to be chosen from."""
    if "compromise_set" not in details:
        return []
    chosen = [names[i] for i in sorted(details["compromise_set"], key=details["Q"].__getitem__)]
    kept = {name: "kept" if details[f"acceptable_{name}"] else "broken" for name in ("advantage", "stability")}
    demanded = 1 / max(len(names) - 1, 1)
    return [
        Note(code=f"engine.vikor.advantage.{kept['advantage']}", values={"demanded": demanded}),
        Note(code=f"engine.vikor.stability.{kept['stability']}"),
        Note(code=f"engine.vikor.{'one' if len(chosen) == 1 else 'several'}", values={"names": ", ".join(chosen)}),
    ]


def _partial_order(details: Mapping[str, Any], names: Sequence[str]) -> list[Note]:
    """Say which pairs the partial order of PROMETHEE I does not part."""
    if "phi_plus" not in details:
        return []
    if "incomparable" not in details:
        return [Note(code="engine.promethee.many", values={"most": RELATIONS})]
    out = []
    for relation in ("incomparable", "indifferent"):
        found = _pairs(details[relation], names, ())
        if found:
            listed = "; ".join(f"{first} – {second}" for first, second in found[:LISTED])
            more = Word("engine.promethee.more", {"more": len(found) - LISTED}) if len(found) > LISTED else ""
            values = {"count": len(found), "pairs": listed, "more": more}
            out.append(Note(code=f"engine.promethee.{relation}", values=values))
    return out or [Note(code="engine.promethee.complete")]


def _table(ranking: Ranking, names: list[str], head: Column, rows: list[tuple[int, Value]]) -> tuple[Table, ...]:
    if not names:
        return ()
    columns = [Column(key=name, heading=f"engine.detail.{name}", kind="score") for name in names]
    numbers = [np.asarray(ranking.details[name], float) for name in names]
    return (
        Table(
            title_key="engine.details",
            columns=(head, *columns),
            rows=tuple((label, *(float(column[i]) for column in numbers)) for i, label in rows),
        ),
    )


def _by_alternative(value: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> object:
    return dict(zip(alternatives, value.tolist(), strict=True))


def _by_criterion(value: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> object:
    return dict(zip(criteria, value.tolist(), strict=True))


def _chosen(value: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> object:
    return [alternatives[i] for i in value]


def _ordered_pairs(value: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> list[tuple[str, str]]:
    """Give the pairs (i, l) of a relation (n, n)."""
    return [(alternatives[i], alternatives[j]) for i, j in np.argwhere(value)]


def _pairs(value: Any, alternatives: Sequence[str], criteria: Sequence[str]) -> list[tuple[str, str]]:
    """Give the pairs of a relation (n, n) that holds both ways, each once."""
    return _ordered_pairs(np.triu(value), alternatives, criteria)


# How each detail of a method of ``METHODS`` is told; one that is not here is plain already.
TOLD: dict[str, Told] = {
    "S": _by_alternative,
    "R": _by_alternative,
    "Q": _by_alternative,
    "compromise_set": _chosen,
    "phi_plus": _by_alternative,
    "phi_minus": _by_alternative,
    "preferred": _ordered_pairs,
    "indifferent": _pairs,
    "incomparable": _pairs,
    "border_approximation_area": _by_criterion,
}
