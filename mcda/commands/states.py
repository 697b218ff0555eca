"""Put the profiles of a group's members side by side: weights, ranking, flips, and what suits most."""

from __future__ import annotations

from pathlib import Path

from mcda.commands.load import open_study
from mcda.commands.output import Output
from mcda.commands.rank import ranking_data
from mcda.commands.words import spoken
from mcda.report.grid import Column, Named, Table, Value
from mcda.report.manifest import manifest
from mcda.states import State, States
from mcda.states import states as side_by_side


def states(group: str | None, *, study: Path | None, command: str, lang: str) -> Output:
    """Rank by the priorities of every member of a group and of the group."""
    opened, notice = open_study(study, lang)
    found = side_by_side(opened, group=group) if group else side_by_side(opened)
    flips = tuple(
        f"{state.case.scenario.title.get(lang)}: {sentence}"
        for state in found.states
        for sentence in spoken(state.stability.notes(), lambda key: state.case.title(key, lang), lang)  # noqa: B023
    )
    return Output(
        data={**_data(found), "study": opened.key, "manifest": manifest(found.group, command=command)},
        sentences=tuple(note.text(lang) for note in found.notes(lang)),
        tables=(_weights(found), _ranks(found)),
        closing=("\n".join(flips),),
        notices=(notice,),
    )


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
            Column(key="profile", heading="cli.head.profile"),
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
            Column(key="profile", heading="cli.head.profile"),
            *(Column(key=a.key, heading=a.title, kind="rank") for a in alternatives),
        ),
        rows=tuple((name, *ranking.ranks.tolist()) for name, ranking in ranked),
    )


def _data(found: States) -> dict[str, object]:
    shared = found.shared
    return {
        "states": [
            {
                "profile": state.key,
                "weights": state.case.criterion_weights,
                "consistency_ratio": state.merged.consistency_ratio,
                "ranking": ranking_data(state.ranking),
                "first_intervals": dict(
                    zip(state.stability.criteria, state.stability.first_intervals.tolist(), strict=True)
                ),
                "evidence": list(state.evidence),
            }
            for state in found.states
        ],
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
