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
    "Problem": "mcda.engine.problem",
    "Ranking": "mcda.engine.ranking",
    "ranks": "mcda.engine.ranking",
    "METHODS": "mcda.engine.methods",
    "rank": "mcda.engine.methods",
    "NORMALIZATIONS": "mcda.engine.normalize",
    "normalize": "mcda.engine.normalize",
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
