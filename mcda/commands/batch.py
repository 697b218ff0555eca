"""Run many scenarios and grids, go on with what was stopped, and write what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcda.batch.executors import Executor, Here, Processes
from mcda.batch.parts import Broken
from mcda.batch.run import Plan, plan, run
from mcda.batch.sources import Source, gather
from mcda.batch.store import Store
from mcda.batch.tally import Tally
from mcda.batch.units import Robustness, borrowed
from mcda.commands.chosen import known
from mcda.commands.folder import require_free
from mcda.commands.load import DEFAULT, open_study
from mcda.commands.output import Output
from mcda.commands.progress import Progress
from mcda.commands.rank import rank_case
from mcda.commands.words import parts
from mcda.engine.ranking import Ranking
from mcda.errors import CommandError, Fault, StudyError
from mcda.report import numbers
from mcda.report.answer import together
from mcda.report.batch.files import DRAFTS, STORE, write_files
from mcda.report.batch.parquet import require_parquet
from mcda.report.batch.summary import Account, summary_data, summary_table, unranked
from mcda.report.grid import Named
from mcda.report.manifest import manifest_of_study, study_hash
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.grid import Grid
from mcda.study.model import Study
from mcda.study.names import titles
from mcda.study.scenario import build
from mcda.words import say

Tell = Callable[[str], None]

DONE, STUDY_AT_FAULT, NOT_AS_EXPECTED, INTERRUPTED = 0, 1, 3, 130
TRIES = 3  # at pieces that turn out broken when they are read back
REASONS = 5  # shown for a grid; the summary has all


@dataclass(frozen=True, kw_only=True)
class How:
    """How a batch is run; nothing of it changes what comes out.

    Attributes
    ----------
    jobs : processes; None for this one alone, or for one for each processor of a local cluster
    cluster : address of a Dask scheduler, ``local``, or None
    resume : whether to go on from what the folder holds
    """

    jobs: int | None = None
    cluster: str | None = None
    resume: bool = False


def batch(
    paths: Sequence[str],
    *,
    out: Path,
    how: How,
    robustness: Robustness | None,
    expect: str | None,
    parquet: bool,
    study: Path | None,
    command: str,
    lang: str,
    tell: Tell,
    emit: Tell | None = None,
) -> Output:
    """Run scenarios and grids; ``tell`` is given messages as they come, ``emit`` the results as JSON lines."""
    if parquet:
        require_parquet()
    opened, notice = open_study(study, lang)
    tell(notice)
    sources, claims = gather(opened, paths)
    grids = [source.grid for source in sources if source.grid is not None]
    expect = _expected(expect, opened, grids)
    _introduce(sources, claims, tell)
    require_free(out, resume=how.resume)
    planned = plan(opened, study_hash(opened.hashes), grids, robustness)
    record = _record(planned, command=command, parquet=parquet)
    faults = _faults(sources)
    baseline = _baseline(opened)
    executor, store = _opened(how, out)

    def finish() -> Account:
        tally = Tally(_alternatives(opened, grids), baseline, expect)
        account = Account(planned=planned, tally=tally, baseline=DEFAULT, faults=faults)
        progress = Progress(planned.size, "cli.batch.writing")
        write_files(out, account, store, record, parquet=parquet, emit=emit, count=progress.add)
        progress.close()
        return account

    try:
        account = _finished(planned, store, how, executor, finish, tell)
    except OSError as error:
        values = {"found": str(out), "reason": error.strerror or str(error)}
        raise StudyError([Fault(code="cli.batch.stopped", values=values)]) from None
    except KeyboardInterrupt:
        return Output(notices=(say("cli.batch.interrupted"),), exit_code=INTERRUPTED)
    return _answer(account, out, lang)


def _expected(asked: str | None, study: Study, grids: Sequence[Grid]) -> str | None:
    """Give the key of the alternative that is to be first; None where none is named."""
    if asked is None:
        return None
    added = (addition.alternative for grid in grids for addition in grid.scenario.add)
    return known(asked, _alternatives(study, grids), "alternative", titles([*study.alternatives, *added]))


def _introduce(sources: Sequence[Source], claims: int, tell: Tell) -> None:
    """Say what will be run before it runs: the size of each grid, what is left alone, and what is at fault."""
    if claims:
        tell(say("cli.batch.claims", count=claims))
    for source in sources:
        if source.grid is not None and source.varies:
            tell(size_of(source.grid))
        for fault in source.faults:
            tell(fault.full())
    faulty = sum(source.grid is None for source in sources)
    if faulty:
        code = "cli.batch.faulty" if faulty < len(sources) else "cli.batch.all_faulty"
        tell(say(code, count=faulty, total=len(sources)))
    if not sources:
        raise CommandError([Fault(code="cli.batch.nothing")])


def size_of(grid: Grid) -> str:
    """Say how many scenarios a grid has, and what they are made of."""
    return say("cli.batch.size", grid=grid.scenario.key, count=grid.size, parts=parts(grid))


def _faults(sources: Sequence[Source]) -> dict[str, tuple[str, ...]]:
    """Give what is wrong with the files that cannot be run, by name; in English, as all in the files of a batch."""
    return {
        source.name: tuple(fault.text("en") for fault in source.faults) for source in sources if source.grid is None
    }


def _opened(how: How, out: Path) -> tuple[Executor, Store]:
    """Find what computes, then make the folder: a cluster that refuses leaves it as it was."""
    executor = _executor(how)
    try:
        return executor, _open_folder(out)
    except CommandError:
        executor.close()
        raise


def _open_folder(out: Path) -> Store:
    """Make the folder and its store."""
    try:
        (out / DRAFTS).mkdir(parents=True, exist_ok=True)
        return Store(out / STORE)
    except OSError as error:
        values = {"found": str(out), "reason": error.strerror or str(error)}
        raise CommandError([Fault(code="cli.cannot_write", values=values)]) from None


def _finished(
    planned: Plan, store: Store, how: How, executor: Executor, finish: Callable[[], Account], tell: Tell
) -> Account:
    """Compute what is missing and write the files; pieces that turn out broken are computed again."""
    for tried in range(TRIES):
        progress = Progress(planned.size, "cli.batch.computing")
        executor = _executor(how) if tried else executor
        try:
            kept = run(planned, store, executor, progress)
        finally:
            executor.close()
            progress.close()
        if kept and not tried:
            tell(say("cli.batch.kept", kept=kept, total=planned.size))
        try:
            account = finish()
        except Broken:
            continue
        store.keep_only(name for name, _ in planned.pieces)
        return account
    raise OSError(say("cli.batch.broken"))


def _executor(how: How) -> Executor:
    if how.cluster is not None:
        from mcda.batch.cluster import Cluster

        return Cluster(how.cluster, how.jobs)
    return Processes(how.jobs) if how.jobs is not None and how.jobs > 1 else Here()


def _baseline(study: Study) -> Ranking | None:
    """Rank the scenario that all others are held against; None where the study has none that can be ranked."""
    if DEFAULT not in scenario_keys(study):
        return None
    try:
        return rank_case(build(study, read_scenario(study, DEFAULT)))
    except StudyError:
        return None


def _alternatives(study: Study, grids: Sequence[Grid]) -> list[str]:
    added = (addition.alternative.key for grid in grids for addition in grid.scenario.add)
    return list(dict.fromkeys((*(alternative.key for alternative in study.alternatives), *added)))


def _record(planned: Plan, *, command: str, parquet: bool) -> dict[str, object]:
    """Give what the manifest says of inputs, versions, seed and command."""
    grids, robustness = planned.grids, planned.robustness
    return manifest_of_study(
        planned.study,
        {name: digest for grid in grids for name, digest in grid.scenario.hashes.items()},
        command=command,
        seed=None if robustness is None else robustness.seed,
        draws=None if robustness is None else robustness.draws,
        packages=[*(["pymcdm"] if any(map(borrowed, grids)) else []), *(["pyarrow"] if parquet else [])],
    )


def _answer(account: Account, out: Path, lang: str) -> Output:
    """Say what came out, and choose the exit code."""
    tally = account.tally
    notices = [f"{key}: {line}" for key, lines in unranked(account).items() for line in lines]
    code = STUDY_AT_FAULT if account.faulty else DONE
    if tally.unexpected:
        name, first = tally.example
        values = {"expected": tally.expect, "count": tally.unexpected, "total": account.ranked}
        notices.append(say("cli.batch.unexpected", **values, example=name, found=first))
        code = code or NOT_AS_EXPECTED
    return Output(
        data=summary_data(account),
        sentences=tuple(_sentences(account, lang)),
        tables=(summary_table(account),),
        closing=(say("cli.batch.wrote", folder=out),),
        notices=tuple(notices),
        exit_code=code,
    )


def _sentences(account: Account, lang: str) -> list[str]:
    """Say who is first how often, what differs from the baseline, and what was skipped."""
    tally = account.tally
    if not account.ranked:
        return [say("cli.batch.none_ranked")]
    firsts = []
    for row in sorted(summary_table(account).rows, key=lambda row: -float(str(row[1]))):
        assert isinstance(row[0], Named)
        if row[1]:
            firsts.append(f"{row[0].title.get(lang)} {numbers.share(float(str(row[2])))}")
    said = [say("cli.batch.ranked", count=account.ranked, firsts=", ".join(firsts) or say("cli.batch.nobody"))]
    if tally.baseline is not None:
        said.append(_changed(account, tally.baseline, lang))
    for i, grid in enumerate(account.planned.grids):
        counts = tally.counts[i].failed.most_common(REASONS) if grid.varies else []
        for text, count in counts:
            said.append(say("cli.batch.skipped", grid=grid.scenario.key, count=count, reason=text))
    return said


def _changed(account: Account, baseline: Ranking, lang: str) -> str:
    """Say how often another one is first than in the baseline, how often the same one shares the place."""
    tally = account.tally
    values = {"first": tally.first_changed - tally.first_shared, "order": tally.order_changed}
    if not tally.first_shared:
        return say("cli.batch.changed", **values, baseline=account.baseline)
    by_key = {row[0].key: row[0].title for row in summary_table(account).rows if isinstance(row[0], Named)}
    names = together([by_key[key].get(lang) for key in baseline.first() if key in by_key], lang)
    return say("cli.batch.changed_tied", **values, baseline=account.baseline, names=names, tied=tally.first_shared)


__all__ = ["How", "Robustness", "batch", "size_of"]
