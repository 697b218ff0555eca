"""Where a claim starts from: what it fixes, and whether its start is still the scenario that it names."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mcda.claim.breaks import Neighbourhood, Specification, Step
from mcda.claim.run import TOLERANCE, Multiverse, run
from mcda.study.universe import Claim


@dataclass(frozen=True, kw_only=True)
class Start:
    """The first option of every choice, against the scenario that the claim names.

    Attributes
    ----------
    fixed : the choices that the claim leaves no alternative to
    own : whether the first options rank other numbers, by another procedure or by other weights than the scenario
    scenario : what the assertion does in the scenario itself
    """

    fixed: tuple[Step, ...]
    own: bool
    scenario: Specification


def start(found: Multiverse) -> Start:
    """Hold the start of a claim's universe against its scenario, which is ranked here by itself."""
    bare = run(found.study, replace(found.claim, dimensions=(), same=(), excluding=()))
    return Start(fixed=fixed(found.claim), own=not _alike(found, bare), scenario=Neighbourhood(bare).baseline())


def fixed(claim: Claim) -> tuple[Step, ...]:
    """List the choices with a single option; a family of several sets of weights fixes none."""
    single = [item for item in claim.dimensions if len(item.options) == 1]
    return tuple(Step(dimension=d, option=d.options[0]) for d in single if len(d.options[0].weights) < 2)


def _alike(found: Multiverse, bare: Multiverse) -> bool:
    """Whether both begin with the same weights and score alike under all others."""
    first, alone = found.baseline[0], bare.baseline[0]
    if min(first, alone) < 0 or found.alternatives != bare.alternatives:
        return first < 0 and alone < 0
    shares = [m.worlds.items[m.world[row]].shares[0] for m, row in ((found, first), (bare, alone))]
    pairs = ((found.prints[first], bare.prints[alone]), (shares[0], shares[1]))
    return all(np.allclose(one, other, rtol=0, atol=TOLERANCE, equal_nan=True) for one, other in pairs)
