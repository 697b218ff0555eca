"""Put the profiles of a group's members side by side: weights, ranking, flips, and what suits most."""

from __future__ import annotations

from pathlib import Path

from mcda.commands.chosen import known
from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.commands.rank import ranking_data
from mcda.commands.words import in_english, spoken
from mcda.engine.note import Note
from mcda.errors import CommandError, Fault
from mcda.report.grid import Column, Named, Table, Value, named
from mcda.report.ledger import EVIDENCE
from mcda.report.manifest import manifest
from mcda.states import GROUP, State, States
from mcda.states import states as side_by_side
from mcda.study.files import read_scenario, scenario_keys
from mcda.study.model import Study

PROFILE = Column(key="profile", heading="cli.head.profile")


def states(group: str | None, *, study: Path | None, command: str, lang: str) -> Output:
    """Rank by the priorities of every member of a group and of the group."""
    opened, notice = open_study(study, lang)
    found = side_by_side(opened, group=_group(opened, group))
    flips = tuple(
        f"{state.case.scenario.title.get(lang)}: {sentence}"
        for state in found.states
        for sentence in spoken(state.stability.notes(), lambda key: state.case.title(key, lang), lang)  # noqa: B023
    )
    return Output(
        data={**_data(found), "study": opened.key, "manifest": manifest(found.group, command=command)},
        sentences=tuple(note.text(lang) for note in found.notes(lang)),
        tables=(_weights(found), _ranks(found), _judgements(found), _evidence(found, lang)),
        closing=("\n".join(flips),),
        notices=(notice,),
    )


def _group(study: Study, name: str | None) -> str:
    """Find the group that is meant: the one named, else the usual one."""
    keys = scenario_keys(study)
    if name is None and GROUP not in keys:
        raise CommandError([Fault(code="cli.states.none", values={"found": GROUP})])
    key = known(name or GROUP, keys, "scenario")
    if read_scenario(study, key).weights.kind != "group":
        raise CommandError([Fault(code="claim.no_group", values={"found": key})])
    return key


def _named(state: State) -> Named:
    return Named(key=state.key, title=state.case.scenario.title)


def _weights(found: States) -> Table:
    """Tabulate weights and consistency: one row for each member, the group, and the weights that suit most."""
    rows: list[tuple[Value, ...]] = [
        (_named(state), *state.case.criterion_weights.values(), state.merged.consistency_ratio)
        for state in found.states
    ]
    group = Named(key=found.group.scenario.key, title=found.group.scenario.title)
    rows.append((group, *found.group.criterion_weights.values(), found.priorities.merged.consistency_ratio))
    columns = [Column(key=c.key, heading=c.title, kind="share") for c in found.group.study.criteria]
    return Table(
        title_key="cli.states.weights",
        columns=(
            PROFILE,
            *columns,
            Column(key="consistency_ratio", heading="cli.head.consistency_ratio", kind="score"),
        ),
        rows=tuple(rows),
    )


def _ranks(found: States) -> Table:
    """Tabulate the ranks that follow from each member's weights, the group's, and those that suit most."""
    alternatives = found.group.alternatives
    ranked = [(_named(state), state.ranking) for state in found.states]
    ranked.append((Named(key="group", title=found.group.scenario.title), found.group_ranking))
    return Table(
        title_key="cli.states.ranks",
        columns=(
            PROFILE,
            *(Column(key=a.key, heading=a.title, kind="rank") for a in alternatives),
        ),
        rows=tuple((name, *ranking.ranks.tolist()) for name, ranking in ranked),
    )


def _judgements(found: States) -> Table:
    """Tabulate what each member's judgements are, coding by coding, and the rows of evidence that they cite."""
    judges = dict.fromkeys(judge for state in found.states for item in state.compared for judge in item.ratios)
    study = found.group.study
    titles = {item.key: item.title for item in study.codings}
    rows: list[tuple[Value, ...]] = []
    for state in found.states:
        for item in state.compared:
            pair = named(study.criterion(item.first)), named(study.criterion(item.second))
            ratios = [item.ratios.get(judge, "") for judge in judges]
            rows.append((_named(state), *pair, *ratios, item.merged, "; ".join(item.evidence)))
    return Table(
        title_key="cli.states.judgements",
        columns=(
            PROFILE,
            Column(key="first", heading="report.head.first"),
            Column(key="second", heading="report.head.second"),
            *(Column(key=judge or "judged", heading=titles.get(judge, "report.head.ratio")) for judge in judges),
            Column(key="merged", heading="cli.head.merged", kind="amount"),
            EVIDENCE,
        ),
        rows=tuple(rows),
        notes=(Note(code="cli.states.judgements_note"),),
    )


def _evidence(found: States, lang: str) -> Table:
    """Tabulate the rows of the ledger behind each member's judgements."""
    ledger = found.group.study.evidence
    rows = [(state, ledger[key]) for state in found.states for key in state.evidence]
    return Table(
        title_key="cli.states.evidence",
        columns=(
            PROFILE,
            Column(key="id", heading="report.head.id"),
            Column(key="paper", heading="report.head.paper"),
            Column(key="locator", heading="report.head.locator"),
            Column(key="statement", heading="report.head.statement"),
        ),
        rows=tuple((_named(state), row.id, row.paper, row.locator, row.statement) for state, row in rows),
        notes=in_english([row.statement for _, row in rows], lang),
    )


def _state(state: State) -> dict[str, object]:
    intervals = zip(state.stability.criteria, state.stability.first_intervals.tolist(), strict=True)
    return {
        "profile": state.key,
        "weights": state.case.criterion_weights,
        "consistency_ratio": state.merged.consistency_ratio,
        "ranking": ranking_data(state.ranking),
        "first_intervals": dict(intervals),
        "judgements": [
            {
                "first": item.first,
                "second": item.second,
                "ratios": dict(item.ratios),
                "merged": item.merged,
                "evidence": list(item.evidence),
            }
            for item in state.compared
        ],
        "evidence": list(state.evidence),
    }


def _data(found: States) -> dict[str, object]:
    shared = found.shared
    return {
        "states": [_state(state) for state in found.states],
        "evidence": {
            key: {"paper": row.paper, "locator": row.locator, "statement": row.statement}
            for key, row in found.group.study.evidence.items()
            if any(key in state.evidence for state in found.states)
        },
        "group": {
            "weights": found.group.criterion_weights,
            "ranking": ranking_data(found.group_ranking),
            "consensus": found.priorities.consensus,
        },
        "shared": {
            "weights": dict(shared.weights),
            "ranking": ranking_data(shared.ranking),
            "disagreement": shared.total,
            "least": shared.least,
            "alike": shared.alike,
            "tried": shared.tried,
        },
    }
