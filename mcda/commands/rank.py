"""Rank the alternatives of a study under a scenario, or of a plain matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mcda.commands.chosen import changed, known
from mcda.commands.output import Output
from mcda.engine.methods import rank as rank_problem
from mcda.engine.note import Note
from mcda.engine.problem import Problem
from mcda.engine.ranking import Ranking
from mcda.report import answer, details, tables
from mcda.report.grid import Column, Table, Value, named
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest, manifest_of_file
from mcda.study.matrix import read_matrix
from mcda.study.model import Study, Title
from mcda.study.names import titles
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
    # Not above: what reads studies takes longer to load than a plain matrix takes to rank.
    from mcda.commands.load import DEFAULT, open_case, open_study

    opened, notice = open_study(study, lang)
    case = open_case(opened, key, **choices)
    if expect is not None:
        expect = known(expect, case.problem.alternatives, "alternative", titles(case.alternatives))
    ranking = rank_case(case)
    alternatives, criteria = [named(item) for item in case.alternatives], _criteria(case)
    notices, code = expected(expect, ranking, notice)
    return Output(
        data={**_case_data(case, ranking), "study": opened.key, "manifest": manifest(case, command=command)},
        sentences=(
            answer.answer(case, ranking, lang),
            answer.basis(case, ranking, lang),
            *filter(None, [answer.consistency_words(case, lang)]),
            *answer.conclusions(case, ranking, lang),
        ),
        tables=(
            tables.ranking(case, ranking),
            *details.tables(ranking, alternatives, criteria),
            tables.weights(case),
        ),
        closing=_assumed(case, lang),
        notices=(*notices, *_saved(save, opened, key or DEFAULT, case)),
        exit_code=code,
    )


def _saved(file: Path | None, opened: Study, base: str, case: Case) -> tuple[str, ...]:
    """Save the scenario where a file is named for it, and say so."""
    if file is None:
        return ()
    from mcda.commands.save import save

    return (save(file, opened, base, case.scenario),)


def _case_data(case: Case, ranking: Ranking) -> dict[str, object]:
    """Give the choices of a case and its ranking, for JSON."""
    return {
        "scenario": case.scenario.key,
        "method": ranking.method,
        "normalization": ranking.normalization,
        "route": case.scenario.route,
        "structure": case.scenario.structure,
        "weights": case.criterion_weights,
        "consistency_ratio": _consistency(case),
        "ranking": ranking_data(ranking),
        "details": details.data(ranking, case.problem.criteria),
    }


def _consistency(case: Case) -> float | None:
    """Give the consistency ratio of the judgements behind the weights; None where there are none."""
    merged = case.priorities.get(case.scenario.key)
    return None if merged is None else merged.consistency_ratio


def _criteria(case: Case) -> list[Value]:
    """Name what the method takes for criteria: the study's, or its sub-criteria."""
    items = {item.key: named(item) for item in case.study.criteria} | {leaf.key: named(leaf) for leaf in case.leaves}
    return [items[key] for key in case.problem.criteria]


def _assumed(case: Case, lang: str) -> tuple[str, ...]:
    """Say which scores are assumed."""
    cells = [f"{case.title(cell.alternative, lang)}, {case.title(cell.leaf, lang)}" for cell in case.assumed]
    return (say("cli.assumed", lang, count=len(cells), cells="; ".join(cells)),) if cells else ()


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
        expect = known(expect, problem.alternatives, "alternative")
    problem = reweighted(problem, tuple(weights))
    ranking = rank_problem(problem, method=chosen.method, normalization=chosen.normalization)
    data = {
        "scenario": None,
        "method": ranking.method,
        "normalization": ranking.normalization,
        "route": None,
        "weights": dict(zip(problem.criteria, problem.weights.tolist(), strict=True)),
        "ranking": ranking_data(ranking),
        "details": details.data(ranking, problem.criteria),
        "study": None,
        "manifest": manifest_of_file(file, command=command),
    }
    said = say("cli.matrix_basis", method=answer.method_words(ranking, lang), file=file.name)
    notices, code = expected(expect, ranking, "")
    return Output(
        data=data,
        sentences=(answer.answer_of(ranking, str, lang), said, *details.sentences(ranking, problem.alternatives, lang)),
        tables=(_plain_ranking(ranking), *details.tables(ranking, problem.alternatives, problem.criteria)),
        notices=notices,
        exit_code=code,
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


def reweighted(problem: Problem, given: Sequence[str]) -> Problem:
    """Set final shares of some criteria of a plain problem, as typed; the others keep their proportions."""
    if not given:
        return problem
    from mcda.commands.changes import shares
    from mcda.study.weighting import with_fixed

    fixed = shares(given, [problem.criteria])
    weights = with_fixed(dict(zip(problem.criteria, problem.weights.tolist(), strict=True)), fixed)
    return Problem(
        problem.values,
        problem.directions.tolist(),
        list(weights.values()),
        alternatives=problem.alternatives,
        criteria=problem.criteria,
        scales=problem.scales,
    )
