"""How sure a result is and what would change it: sentences and tables of the documents."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.engine.methods import METHODS
from mcda.engine.note import Note
from mcda.moves import disputed_by
from mcda.report import numbers
from mcda.report.answer import PRACTICALLY_TIED, consistency_words, practically_tied, together
from mcda.report.findings import Findings
from mcda.report.grid import Column, Named, Table, Value, named, several
from mcda.report.ledger import ALTERNATIVE, CRITERION, SUBCRITERION
from mcda.report.scorecard import spread
from mcda.sensitivity.smaa import Acceptability
from mcda.study.model import Title
from mcda.study.scenario import Case
from mcda.words import LANGUAGES, say

SHOWN_RANKS, SHOWN_MOVES, SHOWN_ASSUMED = 6, 6, 8  # of a table or a list, to keep to a few pages
SEEN = 0.0005  # a weight that changes by less is not listed: it would be shown as the same percentage


def sure(found: Findings, lang: str) -> list[str]:
    """Say how sure the first place is: over weights, over scores, by room for each weight, by practical ties."""
    case, limit = found.case, PRACTICALLY_TIED
    if len(case.alternatives) == 1:
        return [say("documents.sure.alone", lang)]
    out = [_weights_words(found, lang), _scores_words(found, lang), _room(found, lang)]
    order = found.ranking.order()
    for group in practically_tied(found.ranking):
        names = [case.title(found.ranking.alternatives[order[place]], lang) for place in group]
        out.append(say("documents.sure.near", lang, limit=limit, names=together(names, lang)))
    if len(order) > 1 and not practically_tied(found.ranking):
        out.append(say("documents.sure.apart", lang, limit=limit))
    return [*out, consistency_words(case, lang)]


def change(found: Findings, lang: str) -> list[str]:
    """Say what would change the first place: all weights together, single scores, assumed scores."""
    if len(found.case.alternatives) == 1:
        return [say("documents.change.alone", lang)]
    return [_losing(found, lang), *_moved_words(found, lang), *_assumed(found, lang)]


def ranks(found: Findings) -> Table | None:
    """Tabulate how often each alternative takes each rank; None where that was not measured or says nothing."""
    shares = found.weights
    if shares is None or len(shares.alternatives) == 1:
        return None
    case, shown = found.case, min(len(shares.alternatives), SHOWN_RANKS)
    heads = [_words("documents.head.rank", rank=place + 1) for place in range(shown)]
    columns = [Column(key=f"rank_{k + 1}", heading=head, kind="share") for k, head in enumerate(heads)]
    if found.scores is not None:
        columns.append(Column(key="scores", heading="documents.head.scores", kind="share"))
    rows: list[tuple[Value, ...]] = []
    for i in found.ranking.order():
        drawn = () if found.scores is None else (float(found.scores.first[i]),)
        rows.append((named(case.alternatives[i]), *shares.rank_acceptability[i, :shown].tolist(), *drawn))
    return Table(
        title_key="documents.table.ranks",
        columns=(ALTERNATIVE, *columns),
        rows=tuple(rows),
        notes=_rank_notes(found, shares, shown),
    )


def flips(found: Findings) -> Table | None:
    """Tabulate, by criterion of the problem, the weights between which the first place holds and who follows beyond."""
    held = found.stability
    if held is None or len(held.first) == len(found.case.alternatives):
        return None
    rows = tuple(
        (_item(found.case, key), weight, *ends, *(_names(found.case, first) for first in beyond))
        for key, weight, ends, beyond in zip(
            held.criteria, held.weights.tolist(), held.first_intervals.tolist(), held.successors, strict=True
        )
    )
    code = "documents.note.roots" if held.exact else "documents.note.scan"
    return Table(
        title_key="documents.table.flips",
        columns=(
            CRITERION,
            Column(key="weight", heading="documents.head.now", kind="share"),
            Column(key="low", heading="documents.head.low", kind="share"),
            Column(key="high", heading="documents.head.high", kind="share"),
            Column(key="below", heading="documents.head.below"),
            Column(key="above", heading="documents.head.above"),
        ),
        rows=rows,
        notes=(Note(code=code, values={"step": numbers.amount(held.resolution)}),),
    )


def moved(found: Findings) -> Table | None:
    """Tabulate the scores that change the first place alone, those with the smallest steps; None where none does."""
    if not found.moved:
        return None
    leaves = {leaf.key: leaf for leaf in found.case.leaves}
    alternatives = {alternative.key: alternative for alternative in found.case.alternatives}
    shown = found.moved[:SHOWN_MOVES]
    return Table(
        title_key="documents.table.moved",
        columns=(
            ALTERNATIVE,
            SUBCRITERION,
            Column(key="value", heading="documents.head.used", kind="amount"),
            Column(key="end", heading="documents.head.end", kind="amount"),
            Column(key="then", heading="documents.head.then"),
        ),
        rows=tuple(
            (
                named(alternatives[one.cell.alternative]),
                named(leaves[one.cell.leaf]),
                one.value,
                one.end,
                _names(found.case, one.first),
            )
            for one in shown
        ),
        notes=(Note(code="documents.note.longest", values={"shown": SHOWN_MOVES}),) if found.moved != shown else (),
    )


def _weights_words(found: Findings, lang: str) -> str:
    shares = found.weights
    if shares is None:
        return say("documents.sure.refused.weights", lang, method=METHODS[found.ranking.method].title)
    return _shares_words(found, shares, "documents.sure.exact" if shares.exact else "documents.sure.weights", lang)


def _scores_words(found: Findings, lang: str) -> str:
    if not found.case.leaves:
        return say("documents.sure.balances", lang)
    if found.scores is None:
        return say("documents.sure.refused.scores", lang, method=METHODS[found.ranking.method].title)
    return _shares_words(found, found.scores, "documents.sure.scores", lang)


def _shares_words(found: Findings, shares: Acceptability, stem: str, lang: str) -> str:
    """Say who comes first most often, and how often the one does that is first here."""
    most = max(range(len(shares.alternatives)), key=lambda i: (shares.first[i], -found.ranking.ranks[i]))
    here = [i for i, name in enumerate(shares.alternatives) if name in found.ranking.first()]
    kind = "tied" if len(here) > 1 else "first" if here == [most] else "other"
    return say(
        f"{stem}.{kind}",
        lang,
        first=found.case.title(shares.alternatives[here[0]], lang),
        most=found.case.title(shares.alternatives[most], lang),
        share=numbers.share(float(shares.first[most])),
        error=numbers.error(float(shares.standard_error[most, 0])),
        own=numbers.share(float(shares.first[here[0]])),
        own_error=numbers.error(float(shares.standard_error[here[0], 0])),
        draws=numbers.amount(shares.draws),
    )


def _room(found: Findings, lang: str) -> str:
    """Name the criterion whose weight has the least room, or say that none takes the first place away."""
    held = found.stability
    if held is None or len(held.first) == len(found.case.alternatives):
        return ""
    rooms = {
        j: min(abs(end - weight) for end, beyond in zip(ends, successors, strict=True) if beyond)
        for j, (weight, ends, successors) in enumerate(
            zip(held.weights, held.first_intervals.tolist(), held.successors, strict=True)
        )
        if any(successors)
    }
    if not rooms:
        return say("documents.sure.room.all", lang)
    least = min(rooms, key=rooms.__getitem__)
    if rooms[least] == 0.0:
        return say("documents.sure.room.none", lang)
    low, high = held.first_intervals[least].tolist()
    values = {"low": numbers.share(low), "high": numbers.share(high), "now": numbers.share(float(held.weights[least]))}
    return say("documents.sure.room", lang, criterion=found.case.title(held.criteria[least], lang), **values)


def _losing(found: Findings, lang: str) -> str:
    """Say which shift of weights between criteria is the smallest that takes the first place away."""
    change = found.losing
    if change is None or change.status not in ("changes", "never"):
        return ""
    first = found.case.title(change.alternative, lang)
    if change.weights is None:
        return say("documents.change.losing.never", lang, first=first)
    shifts = [
        say(
            "documents.change.step",
            lang,
            criterion=found.case.title(key, lang),
            now=numbers.share(float(now)),
            then=numbers.share(float(then)),
        )
        for key, now, then in zip(found.case.problem.criteria, change.start, change.weights, strict=True)
        if abs(then - now) >= SEEN
    ]
    names = together([found.case.title(key, lang) for key in change.level], lang)
    moved = numbers.share(change.distance / 2)
    return say("documents.change.losing", lang, moved=moved, changes=", ".join(shifts), level=names)


def _moved_words(found: Findings, lang: str) -> list[str]:
    if not found.ranged:
        return []
    code = "documents.change.moved" if found.moved else "documents.change.unmoved"
    several = say("documents.change.several", lang)
    moved = len({(one.cell.alternative, one.cell.leaf) for one in found.moved})  # one score may do so at either end
    said = [say(code, lang, count=found.ranged, moved=moved), _disputed_words(found, lang), several]
    return [" ".join(filter(None, said))]


def _disputed_words(found: Findings, lang: str) -> str:
    """Name the scores that change the first place only at a disputed reading, with that reading."""
    cells = [
        say(
            "documents.change.disputed.cell",
            lang,
            alternative=found.case.title(one.cell.alternative, lang),
            leaf=found.case.title(one.cell.leaf, lang),
            value=numbers.amount(one.end),
        )
        for one in found.moved
        if disputed_by(one.cell, one.end) is not None
    ]
    return say("documents.change.disputed", lang, cells="; ".join(cells)) if cells else ""


def _assumed(found: Findings, lang: str) -> list[str]:
    """Name the scores that are assumed, and say who is first at the ends of their ranges."""
    case = found.case
    if not case.assumed:
        return [say("report.assumed.none", lang)] if case.leaves else []
    units = {leaf.key: leaf.unit for leaf in case.leaves}
    cells = [
        say(
            "documents.change.assumed.cell",
            lang,
            alternative=case.title(cell.alternative, lang),
            leaf=case.title(cell.leaf, lang),
            range=" ".join(part for part in (spread(cell.low, cell.high), units[cell.leaf]) if part),
        )
        for cell in case.assumed
    ]
    code = "documents.change.assumed.many" if len(cells) > SHOWN_ASSUMED else "documents.change.assumed"
    rule = say(f"report.missing.{case.scenario.missing}", lang)
    out = [f"{say(code, lang, cells='; '.join(cells), count=len(cells))} {rule}"]
    if found.assumed is not None:
        low, high = (together([case.title(key, lang) for key in first], lang) for first in found.assumed)
        code = "documents.change.assumed.same" if low == high else "documents.change.assumed.ends"
        out.append(say(code, lang, first=low, low=low, high=high))
    return out


def _rank_notes(found: Findings, shares: Acceptability, shown: int) -> tuple[Note, ...]:
    most = numbers.error(float(shares.standard_error.max()))
    values = {"error": most, "draws": numbers.amount(shares.draws), "seed": shares.seed}
    notes = [Note(code="documents.note.exact" if shares.exact else "documents.note.error", values=values)]
    if found.scores is not None:
        most = numbers.error(float(found.scores.standard_error[:, 0].max()))
        drawn = numbers.amount(found.scores.draws)
        notes.append(Note(code="documents.note.scores", values={"error": most, "draws": drawn}))
    if shown < len(shares.alternatives):
        notes.append(Note(code="documents.note.more_ranks"))
    return tuple(notes)


def _words(code: str, **values: object) -> Title:
    """Give a message in every language."""
    return Title(**{lang: say(code, lang, **values) for lang in LANGUAGES})


def _item(case: Case, key: str) -> Named:
    """Name a criterion or a sub-criterion of the problem."""
    titles = {leaf.key: leaf.title for leaf in case.leaves} | {c.key: c.title for c in case.study.criteria}
    return Named(key=key, title=titles[key])


def _names(case: Case, keys: Sequence[str]) -> Named | None:
    """Name those who are first; nothing where the first place does not change."""
    alternatives = {alternative.key: alternative for alternative in case.alternatives}
    return several([alternatives[key] for key in keys]) if keys else None
