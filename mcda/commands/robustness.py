"""Say how often each alternative takes each rank when weights, scores or both vary."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any

from mcda.commands.chosen import known
from mcda.commands.load import open_case, open_study
from mcda.commands.output import Output
from mcda.commands.progress import Progress
from mcda.commands.rank import rank_case
from mcda.engine.note import Note
from mcda.errors import CommandError, Fault
from mcda.report import answer, grid, numbers
from mcda.report.grid import Column, Table, Value
from mcda.report.ledger import ALTERNATIVE
from mcda.report.manifest import manifest
from mcda.sensitivity.acceptability import DRAWS, acceptability
from mcda.sensitivity.scores import DISTRIBUTIONS, ScoreModel
from mcda.sensitivity.smaa import Acceptability
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.uncertainty import score_model
from mcda.words import LANGUAGES, say


def robustness(
    scenario: str | None,
    *,
    vary: str,
    draws: int | None,
    error: float | None,
    seed: int,
    hierarchy: bool,
    distribution: str,
    study: Path | None,
    command: str,
    lang: str,
    **choices: Any,
) -> Output:
    """Draw and count, or measure volumes where that can be done exactly."""
    distribution = known(distribution, DISTRIBUTIONS, "distribution")
    if draws is not None and error is not None:
        raise CommandError([Fault(code="sure.draws_and_error")])
    opened, notice = open_study(study, lang)
    case = open_case(opened, scenario, **choices)
    scores = None
    if vary != "weights" or hierarchy:
        scores = score_model(case, distribution=distribution, draw_leaf_weights=hierarchy)
    found = _drawn(case, scores, vary=vary, draws=draws, error=error, seed=seed)
    return Output(
        data=_data(case, found, vary, manifest(case, command=command, seed=found.seed, draws=found.draws)),
        sentences=(*_sentences(case, found, lang), say(f"cli.robustness.vary.{vary}", lang)),
        tables=_tables(case, found),
        closing=(answer.basis(case, rank_case(case), lang, weights_vary=vary != "scores"),),
        notices=(notice,),
    )


def _drawn(
    case: Case, scores: ScoreModel | None, *, vary: str, draws: int | None, error: float | None, seed: int
) -> Acceptability:
    """Draw and count under the scenario's method, and show on a terminal how far this is."""
    chosen = case.scenario
    size = draws or (DRAWS if error is None else ceil((0.5 / error) ** 2))
    progress = Progress(size, "cli.robustness.drawn", line="cli.robustness.progress")
    try:
        return acceptability(
            case.problem,
            method=chosen.method,
            normalization=chosen.normalization,
            options=chosen.options,
            vary=vary,
            draws=draws,
            error=error,
            seed=seed,
            scores=scores,
            tell=progress.add,
        )
    finally:
        progress.close()


def _tables(case: Case, found: Acceptability) -> tuple[Table, ...]:
    """Tabulate the shares of the ranks and, as far as they were found, central weights and pairwise winning."""
    shown = [_ranks(case, found)]
    if any(centre is not None for centre in found.central_weights):
        shown.append(_central(case, found))
    if found.pairwise_winning is not None:
        shown.append(_winning(case, found))
    return tuple(shown)


def _sentences(case: Case, found: Acceptability, lang: str) -> list[str]:
    """Say who comes first how often, and who never does."""
    order = sorted(range(len(found.alternatives)), key=lambda i: -found.first[i])
    names = [case.title(found.alternatives[i], lang) for i in order]
    shares = [float(found.first[i]) for i in order]
    values = {"first": names[0], "share": numbers.share(shares[0])}
    bound = {"count": found.draws, "bound": numbers.error(found.unseen)}
    if found.exact:
        said = [say("cli.robustness.exact", lang, **values)]
    elif shares[0] == 1:
        said = [say("cli.robustness.always", lang, first=names[0], **bound)]
    else:
        error = say("cli.robustness.error", lang, error=numbers.error(float(found.standard_error[order[0], 0])))
        said = [say("cli.robustness.first", lang, **values, error=error)]
    others = [f"{name} {numbers.share(share)}" for name, share in zip(names[1:], shares[1:], strict=True) if share > 0]
    never = [name for name, share in zip(names, shares, strict=True) if share == 0]
    if others:
        said.append(say("cli.robustness.others", lang, others=", ".join(others)))
    if never:
        code = "cli.robustness.never" if found.exact else "cli.robustness.unseen"
        said.append(say(code, lang, names=", ".join(never), **bound))
    return said


def _ranks(case: Case, found: Acceptability) -> Table:
    """Tabulate the shares of the ranks, and the confidence factors where scores vary."""
    columns = [ALTERNATIVE]
    for place in range(len(found.alternatives)):
        titles = {lang: say("cli.head.rank_n", lang, rank=place + 1) for lang in LANGUAGES}
        columns.append(Column(key=f"rank_{place + 1}", heading=Title(**titles), kind="share"))
    if found.confidence is not None:
        columns.append(Column(key="confidence", heading="cli.head.confidence", kind="share"))
    rows: list[tuple[Value, ...]] = []
    for i, alternative in enumerate(case.alternatives):
        sure = () if found.confidence is None else (found.confidence[i],)
        rows.append((grid.named(alternative), *found.rank_acceptability[i].tolist(), *sure))
    return Table(title_key="cli.robustness.ranks", columns=tuple(columns), rows=tuple(rows), notes=_notes(found))


def _notes(found: Acceptability) -> tuple[Note, ...]:
    """Say how exact the shares are, and what the column of confidence factors means."""
    notes = []
    if not found.exact:
        error = {"error": numbers.error(float(found.standard_error.max())), "count": found.draws, "seed": found.seed}
        notes.append(Note(code="cli.robustness.error_note", values=error))
        if ((found.rank_acceptability == 0) | (found.rank_acceptability == 1)).any():
            bound = {"bound": numbers.error(found.unseen)}
            notes.append(Note(code="cli.robustness.unseen_note", values=bound))
    if found.confidence is not None:
        notes.append(Note(code=f"cli.robustness.confidence_{'fixed' if found.vary == 'scores' else 'central'}"))
    return tuple(notes)


def _central(case: Case, found: Acceptability) -> Table:
    """Tabulate the weights that speak for each alternative."""
    titles = {leaf.key: leaf.title for leaf in case.leaves} | {c.key: c.title for c in case.study.criteria}
    rows: list[tuple[Value, ...]] = [
        (grid.named(alternative), *centre.tolist())
        for alternative, centre in zip(case.alternatives, found.central_weights, strict=True)
        if centre is not None
    ]
    notes = (Note(code="cli.robustness.no_centre"),) if len(rows) < len(case.alternatives) else ()
    return Table(
        title_key="cli.robustness.central",
        columns=(ALTERNATIVE, *(Column(key=key, heading=titles[key], kind="share") for key in found.criteria)),
        rows=tuple(rows),
        notes=notes,
    )


def _winning(case: Case, found: Acceptability) -> Table:
    """Tabulate how often each alternative ranks above each other one."""
    assert found.pairwise_winning is not None
    rows: list[tuple[Value, ...]] = []
    for i, alternative in enumerate(case.alternatives):
        shares = [None if i == j else float(share) for j, share in enumerate(found.pairwise_winning[i])]
        rows.append((grid.named(alternative), *shares))
    return Table(
        title_key="cli.robustness.winning",
        columns=(ALTERNATIVE, *(Column(key=a.key, heading=a.title, kind="share") for a in case.alternatives)),
        rows=tuple(rows),
    )


def _data(case: Case, found: Acceptability, vary: str, record: object) -> dict[str, object]:
    names, criteria = found.alternatives, found.criteria
    centres = {
        name: None if centre is None else dict(zip(criteria, centre.tolist(), strict=True))
        for name, centre in zip(names, found.central_weights, strict=True)
    }
    wins = found.pairwise_winning
    return {
        "scenario": case.scenario.key,
        "method": found.method,
        "normalization": found.normalization,
        "route": case.scenario.route,
        "vary": vary,
        "sampling": found.sampling,
        "exact": found.exact,
        "draws": found.draws,
        "seed": found.seed,
        "standard_error": float(found.standard_error.max()),
        "standard_errors": dict(zip(names, found.standard_error.tolist(), strict=True)),
        "rank_acceptability": dict(zip(names, found.rank_acceptability.tolist(), strict=True)),
        "central_weights": centres,
        "confidence": None if found.confidence is None else dict(zip(names, found.confidence, strict=True)),
        "pairwise_winning": None
        if wins is None
        else {name: dict(zip(names, row, strict=True)) for name, row in zip(names, wins.tolist(), strict=True)},
        "study": case.study.key,
        "manifest": record,
    }
