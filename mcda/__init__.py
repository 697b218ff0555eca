"""Multi-criteria decision support that traces every rank to its evidence and says how sure it is.

>>> import mcda
>>> problem = mcda.Problem([[7, 2], [4, 1]], ["max", "min"], [1, 1], alternatives=["road", "rail"])
>>> mcda.rank(problem, method="topsis", normalization="vector").ranks
array([2., 1.])
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

# Where each public name lives; loaded at first use, so that `import mcda` stays light.
PUBLIC = {
    "acceptability": "mcda.sensitivity.acceptability",
    "Acceptability": "mcda.sensitivity.smaa",
    "ScoreModel": "mcda.sensitivity.scores",
    "WeightGroups": "mcda.sensitivity.sampling",
    "WeightInformation": "mcda.sensitivity.information",
    "sample_weights": "mcda.sensitivity.sampling",
    "weight_sweep": "mcda.sensitivity.sweep",
    "WeightSweep": "mcda.sensitivity.sweep",
    "stability": "mcda.sensitivity.stability",
    "Stability": "mcda.sensitivity.stability",
    "smallest_change": "mcda.sensitivity.flip",
    "distance_to_losing": "mcda.sensitivity.flip",
    "SmallestChange": "mcda.sensitivity.reach",
    "smallest_score_change": "mcda.sensitivity.score_flip",
    "sobol": "mcda.sensitivity.sobol",
    "Sobol": "mcda.sensitivity.sobol",
    "sobol_decision": "mcda.sensitivity.decision",
    "importance": "mcda.sensitivity.importance",
    "rank_reversal": "mcda.sensitivity.reversal",
    "RankReversal": "mcda.sensitivity.reversal",
    "regret": "mcda.sensitivity.regret",
    "Regret": "mcda.sensitivity.regret",
    "tornado": "mcda.sensitivity.tornado",
    "Tornado": "mcda.sensitivity.tornado",
    "read_study": "mcda.study.files",
    "read_scenario": "mcda.study.files",
    "read_results": "mcda.report.batch.frame",
    "build": "mcda.study.scenario",
    "Study": "mcda.study.model",
    "Scenario": "mcda.study.scenario",
    "Case": "mcda.study.scenario",
    "Problem": "mcda.engine.problem",
    "Ranking": "mcda.engine.ranking",
    "ranks": "mcda.engine.ranking",
    "METHODS": "mcda.engine.methods",
    "EXCLUDED": "mcda.engine.methods",
    "Method": "mcda.engine.method",
    "rank": "mcda.engine.methods",
    "scorer": "mcda.engine.methods",
    "LAWS": "mcda.engine.audit",
    "Audit": "mcda.engine.audit",
    "audit": "mcda.engine.audit",
    "PUBLISHED": "mcda.engine.published",
    "WEIGHTINGS": "mcda.engine.weights",
    "objective_weights": "mcda.engine.weights",
    "rank_order_centroid": "mcda.engine.weights",
    "rank_sum": "mcda.engine.weights",
    "ratio_weights": "mcda.engine.weights",
    "swing_weights": "mcda.engine.weights",
    "NORMALIZATIONS": "mcda.engine.normalize",
    "normalize": "mcda.engine.normalize",
    "priorities": "mcda.engine.ahp",
    "Priorities": "mcda.engine.ahp",
    "judgement_matrix": "mcda.engine.ahp",
    "disturbing": "mcda.engine.ahp",
    "group_priorities": "mcda.engine.ahp",
    "GroupPriorities": "mcda.engine.ahp",
    "judgement_noise": "mcda.engine.ahp",
    "RANDOM_INDEX": "mcda.engine.ahp",
    "Node": "mcda.engine.ahp",
    "Hierarchy": "mcda.engine.ahp",
    "synthesize": "mcda.engine.ahp",
    "spearman": "mcda.engine.concordance",
    "kendall_tau_b": "mcda.engine.concordance",
    "weighted_spearman": "mcda.engine.concordance",
    "ws": "mcda.engine.concordance",
    "concordance": "mcda.engine.concordance",
    "levels": "mcda.engine.concordance",
    "borda": "mcda.engine.voting",
    "copeland": "mcda.engine.voting",
    "kemeny": "mcda.engine.voting",
    "krippendorff_alpha": "mcda.engine.reliability",
    "alpha_interval": "mcda.engine.reliability",
    "Fault": "mcda.errors",
    "McdaError": "mcda.errors",
    "NotApplicable": "mcda.errors",
    "ProblemError": "mcda.errors",
    "StudyError": "mcda.errors",
}

__all__ = [*PUBLIC, "__version__"]


def __getattr__(name: str) -> object:
    if name not in PUBLIC:
        raise AttributeError(f"module 'mcda' has no attribute {name!r}")
    value = getattr(import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
