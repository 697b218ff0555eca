"""What a batch adds up to, as a table with one row an alternative and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcda.batch.run import Plan
from mcda.batch.tally import Standing, Tally
from mcda.report.grid import Column, Named, Table, Value, to_records
from mcda.report.ledger import ALTERNATIVE
from mcda.study.grid import Grid
from mcda.study.model import Title

COLUMNS = (
    ALTERNATIVE,
    Column(key="first", heading="cli.batch.first", kind="count"),
    Column(key="share", heading="cli.batch.share", kind="share"),
    Column(key="tied", heading="cli.batch.tied", kind="count"),
    Column(key="best_rank", heading="cli.batch.best", kind="rank"),
    Column(key="worst_rank", heading="cli.batch.worst", kind="rank"),
    Column(key="mean_rank", heading="cli.batch.mean", kind="score"),
    Column(key="baseline_rank", heading="cli.batch.baseline", kind="rank"),
    Column(key="better", heading="cli.batch.better", kind="count"),
    Column(key="worse", heading="cli.batch.worse", kind="count"),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Account:
    """What is known at the end of a batch.

    Attributes
    ----------
    planned : what was asked
    tally : what came out
    baseline : key of the scenario that the others are held against; empty where the study has none
    faults : by name of a scenario that could not be run, the lines that say why
    """

    planned: Plan
    tally: Tally
    baseline: str
    faults: Mapping[str, tuple[str, ...]]

    @property
    def ranked(self) -> int:
        """How many scenarios were ranked."""
        return self.tally.ranked

    @property
    def skipped(self) -> int:
        """How many scenarios of grids could not be ranked."""
        return self._left(varies=True)

    @property
    def faulty(self) -> int:
        """How many scenarios, and whole files, are at fault."""
        return len(self.faults) + self._left(varies=False)

    def _left(self, *, varies: bool) -> int:
        grids, counts = self.planned.grids, self.tally.counts
        return sum(counts[i].failed.total() for i, grid in enumerate(grids) if i in counts and grid.varies == varies)


def summary_table(account: Account) -> Table:
    """Tabulate the alternatives: how often first, between which ranks, and how often above or below the baseline."""
    return Table(
        title_key="cli.batch.table",
        title_values={"count": account.ranked},
        columns=COLUMNS,
        rows=tuple(_row(account, key, seen) for key, seen in account.tally.standings.items() if seen.ranked),
    )


def _row(account: Account, key: str, standing: Standing) -> tuple[Value, ...]:
    baseline = account.tally.baseline
    before = None
    if baseline is not None and key in baseline.alternatives:
        before = float(baseline.ranks[baseline.alternatives.index(key)])
    return (
        Named(key=key, title=_title(account.planned, key)),
        standing.first,
        standing.first / account.ranked,
        standing.tied,
        standing.best,
        standing.worst,
        standing.twice / 2 / standing.ranked,
        before,
        None if before is None else standing.better,
        None if before is None else standing.worse,
    )


def _title(planned: Plan, key: str) -> Title:
    """Find the title of an alternative, which a scenario may have added."""
    added = (addition.alternative for grid in planned.grids for addition in grid.scenario.add)
    return next(alternative.title for alternative in (*planned.study.alternatives, *added) if alternative.key == key)


def summary_data(account: Account) -> dict[str, object]:
    """Give the summary for JSON."""
    tally, robustness = account.tally, account.planned.robustness
    baseline = None
    if tally.baseline is not None:
        places = dict(zip(tally.baseline.alternatives, tally.baseline.ranks.tolist(), strict=True))
        baseline = {"scenario": account.baseline, "first": list(tally.baseline.first()), "ranks": places}
    draws = None
    if robustness is not None:
        error = 0.5 / robustness.draws**0.5
        draws = {"draws": robustness.draws, "seed": robustness.seed, "standard_error_at_most": error}
    return {
        "study": account.planned.study.key,
        "scenarios": {"ranked": account.ranked, "skipped": account.skipped, "faulty": account.faulty},
        "baseline": baseline,
        "first_changed": tally.first_changed if baseline else None,
        "first_shared": tally.first_shared if baseline else None,
        "order_changed": tally.order_changed if baseline else None,
        "alternatives": to_records(summary_table(account)),
        "grids": [_grid(account, i, grid) for i, grid in enumerate(account.planned.grids) if grid.varies],
        "robustness": draws,
        "faults": {**{key: list(lines) for key, lines in account.faults.items()}, **unranked(account)},
    }


def unranked(account: Account) -> dict[str, list[str]]:
    """Give the single scenarios that read well and yet could not be ranked, with the reason."""
    counts = account.tally.counts
    return {
        grid.scenario.key: list(counts[i].failed)
        for i, grid in enumerate(account.planned.grids)
        if not grid.varies and i in counts and counts[i].failed
    }


def _grid(account: Account, i: int, grid: Grid) -> dict[str, object]:
    counts = account.tally.counts[i]
    return {
        "grid": grid.scenario.key,
        "scenarios": grid.size,
        "varies": dict(grid.parts()),
        "ranked": counts.ranked,
        "skipped": [{"reason": text, "scenarios": count} for text, count in counts.failed.items()],
    }
