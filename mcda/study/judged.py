"""Hold the pairwise judgements of a scenario against each other; what the engine refuses is shown where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from mcda.engine.ahp import judgement_matrix
from mcda.engine.ahp.judgements import Judgements, require_linked
from mcda.errors import Fault, ProblemError
from mcda.study.located import Keys, Located
from mcda.study.schema import JudgementEntry


def judgement_faults(
    file: Located, keys: Keys, judgements: list[JudgementEntry], sound: list[int], criteria: tuple[str, ...]
) -> Iterable[Fault]:
    """Name what is wrong with judgements between known criteria: ratios, contradictions, criteria that none links.

    Those that are not sound, or about unknown criteria, have a fault of their own already and are left out.
    """
    known = [i for i in sound if {judgements[i].first, judgements[i].second} <= set(criteria)]
    faults = [fault for i in known for fault in _tried(file, (*keys, i, "ratio"), criteria, [judgements[i]])]
    faults += [
        fault
        for i, j in combinations(known, 2)
        if {judgements[i].first, judgements[i].second} == {judgements[j].first, judgements[j].second}
        for fault in _tried(file, (*keys, j, "ratio"), criteria, [judgements[i], judgements[j]])
    ]
    yield from faults
    if len(known) == len(judgements) and not faults:
        matrix = judgement_matrix(criteria, [_triple(entry) for entry in judgements])
        try:
            require_linked(Judgements(matrix=matrix, labels=criteria, complete=bool((matrix == matrix).all())))
        except ProblemError as error:
            yield from (file.fault(fault.code, fault.values, keys=keys, at="key") for fault in error.faults)


def _tried(file: Located, keys: Keys, criteria: tuple[str, ...], judgements: list[JudgementEntry]) -> list[Fault]:
    """Let the engine read some judgements, and show its faults at ``keys``."""
    try:
        judgement_matrix(criteria, [_triple(entry) for entry in judgements])
    except ProblemError as error:
        return [file.fault(fault.code, fault.values, keys=keys) for fault in error.faults]
    return []


def _triple(entry: JudgementEntry) -> tuple[str, str, object]:
    whole = isinstance(entry.ratio, float) and entry.ratio.is_integer()
    return entry.first, entry.second, int(entry.ratio) if whole else entry.ratio
