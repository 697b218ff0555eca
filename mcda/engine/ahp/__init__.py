"""Analytic hierarchy process: from pairwise judgements to weights, and how far to trust them."""

from mcda.engine.ahp.consistency import RANDOM_INDEX, RandomIndex
from mcda.engine.ahp.disturbance import Disturbance, disturbing
from mcda.engine.ahp.groups import GroupPriorities, group_priorities
from mcda.engine.ahp.hierarchy import Hierarchy, Node, Placed, synthesize
from mcda.engine.ahp.judgements import judgement_matrix
from mcda.engine.ahp.noise import JudgementNoise, judgement_noise
from mcda.engine.ahp.prioritize import Priorities, priorities

__all__ = [
    "RANDOM_INDEX",
    "Disturbance",
    "GroupPriorities",
    "Hierarchy",
    "JudgementNoise",
    "Node",
    "Placed",
    "Priorities",
    "RandomIndex",
    "disturbing",
    "group_priorities",
    "judgement_matrix",
    "judgement_noise",
    "priorities",
    "synthesize",
]
