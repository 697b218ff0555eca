"""Rank the alternatives of a study under a scenario, or of a plain matrix."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mcda.commands.changes import shares
from mcda.commands.load import DEFAULT, changed, known, open_case, open_study
from mcda.commands.output import Output
from mcda.engine.methods import rank as rank_problem
from mcda.engine.note import Note
from mcda.engine.problem import Problem
from mcda.engine.ranking import Ranking
from mcda.report import answer, tables
from mcda.report.grid import Column, Table
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest, manifest_of_file
from mcda.study.matrix import read_matrix
from mcda.study.model import Title
from mcda.study.scenario import Case, Scenario
from mcda.words import say


def scenario(
    key: str | None,
    *,
    study: Path | None,
    expect: str | None,
    save: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Rank a study's alternatives under a scenario, which may be saved as it was changed."""
    opened, notice = open_study(study, lang)
    case = open_case(opened, key, **choices)
    if expect is not None:
        known(expect, case.problem.alternatives, "alternative")
    ranking = rank_case(case)
    data = {
        "scenario": case.scenario.key,
        "method": ranking.method,
        "normalization": ranking.normalization,
        "route": case.scenario.route,
        "structure": case.scenario.structure,
        "weights": case.criterion_weights,
        "ranking": ranking_data(ranking),
        "study": opened.key,
        "manifest": manifest(case, command=command),
    }
    said = [answer.answer(case, ranking, lang), answer.basis(case, ranking, lang)]
    missing = case.assumed
    closing = (say("cli.assumed", count=len(missing), cells=", ".join(f"{c.alternative}.{c.leaf}" for c in missing)),)
    notices, code = expected(expect, ranking, notice)
    if save is not None:
        from mcda.commands.save import save as write

        notices = (*notices, write(save, opened, key or DEFAULT, case.scenario))
    return Output(
        data=data,
        sentences=tuple(said),
        tables=(tables.ranking(case, ranking), tables.weights(case)),
        closing=closing if missing else (),
        notices=notices,
        exit_code=code,
    )


def matrix(
    file: Path,
    *,
    weights: Iterable[str],
    method: str | None,
    normalization: str | None,
    expect: str | None,
    command: str,
    lang: str,
) -> Output:
    """Rank the alternatives of a plain decision matrix."""
    problem = read_matrix(file)
    chosen = changed(Scenario(key="", title=Title(en="")), method=method, normalization=normalization)
    if expect is not None:
        known(expect, problem.alternatives, "alternative")
    fixed = shares(weights, [problem.criteria])
    if fixed:
        problem = reweighted(problem, fixed)
    ranking = rank_problem(problem, method=chosen.method, normalization=chosen.normalization)
    data = {
        "scenario": None,
        "method": ranking.method,
        "normalization": ranking.normalization,
        "route": None,
        "weights": dict(zip(problem.criteria, problem.weights.tolist(), strict=True)),
        "ranking": ranking_data(ranking),
        "study": None,
        "manifest": manifest_of_file(file, command=command),
    }
    said = say("cli.matrix_basis", method=answer.method_words(ranking, lang), file=file.name)
    notices, code = expected(expect, ranking, "")
    return Output(
        data=data, sentences=(said,), tables=(_plain_ranking(ranking),), notices=notices, exit_code=code
    )


def _plain_ranking(ranking: Ranking) -> Table:
    """Tabulate the ranking of a plain matrix, best first."""
    return Table(
        title_key="report.table.ranking",
        columns=(
            Column(key="rank", heading="report.head.rank", kind="rank"),
            ALTERNATIVE,
            Column(key="score", heading="report.head.score", kind="score"),
        ),
        rows=tuple(
            (float(ranking.ranks[i]), ranking.alternatives[i], float(ranking.scores[i])) for i in ranking.order()
        ),
        notes=() if ranking.higher_is_better else (Note(code="report.lower"),),
    )


def rank_case(case: Case) -> Ranking:
    """Rank a case by its scenario's method."""
    chosen = case.scenario
    return rank_problem(case.problem, method=chosen.method, normalization=chosen.normalization, options=chosen.options)


def ranking_data(ranking: Ranking) -> list[dict[str, object]]:
    """Give alternatives with score and rank, best first."""
    return [
        {"alternative": ranking.alternatives[i], "score": float(ranking.scores[i]), "rank": float(ranking.ranks[i])}
        for i in ranking.order()
    ]


def expected(expect: str | None, ranking: Ranking, notice: str) -> tuple[tuple[str, ...], int]:
    """Hold the ranking against an expected winner: notices, and exit code 3 where another one, or a tie, is first."""
    notices = (notice,) if notice else ()
    if expect is None or ranking.first() == (expect,):
        return notices, 0
    return (*notices, say("cli.expected", expected=expect, found=", ".join(ranking.first()))), 3


def reweighted(problem: Problem, fixed: Any) -> Problem:
    """Set final shares of some criteria of a plain problem; the others keep their proportions."""
    from mcda.study.weighting import with_fixed

    weights = with_fixed(dict(zip(problem.criteria, problem.weights.tolist(), strict=True)), fixed)
    return Problem(
        problem.values,
        problem.directions.tolist(),
        list(weights.values()),
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        scales=problem.scales,
    )
