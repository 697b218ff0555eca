"""The tables of a claim: the shares by option, what the outcome hangs on, what changes do, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcda.claim.breaks import Specification
from mcda.claim.data import OUTCOMES
from mcda.claim.examine import ClaimResult
from mcda.claim.explained import Part
from mcda.claim.run import Skip
from mcda.claim.told import led_by, option_words, step_words, titles
from mcda.claim.weight_space import WeightShare
from mcda.engine.methods import lookup
from mcda.engine.note import Note
from mcda.errors import Fault
from mcda.report import numbers
from mcda.report.grid import Column, Table, Value, named, word
from mcda.study.universe import Rule
from mcda.words import say

CHOICE = Column(key="choice", heading="claim.head.choice")
OPTION = Column(key="option", heading="cli.head.option")
SHARE = Column(key="share", heading="cli.head.share", kind="share")
OUTCOME = Column(key="outcome", heading="cli.head.outcome")
MARGIN = Column(key="margin", heading="cli.head.margin", kind="signed")


def claim_tables(result: ClaimResult, lang: str) -> tuple[Table, ...]:
    """Tabulate the answer: each thing once, the shares under every option first."""
    return (
        _options(result),
        *_explained(result),
        *_weight_space(result),
        _singles(result, lang),
        *_sets(result, lang),
        *_left_out(result, lang),
    )


def _options(result: ClaimResult) -> Table:
    """Tabulate the share under each option of each choice."""
    return Table(
        title_key="claim.table.options",
        columns=(
            CHOICE,
            OPTION,
            Column(key="kind", heading="cli.head.kind"),
            Column(key="holds", heading="cli.head.holds", kind="count"),
            Column(key="specifications", heading="cli.head.of", kind="count"),
            SHARE,
        ),
        rows=tuple(
            (
                named(side.dimension),
                named(row.option),
                word(row.option.kind, "cli.kind."),
                row.tally.holds,
                row.tally.specifications,
                row.tally.share,
            )
            for side in result.sides
            for row in side.options
        ),
    )


def _explained(result: ClaimResult) -> Iterator[Table]:
    """Tabulate how much of the outcome each choice explains, the most first."""
    parts = sorted(result.explained.parts, key=lambda part: -part.total)
    choices = {item.key: named(item) for item in result.curve.dimensions}
    if parts:
        yield Table(
            title_key="claim.table.explained",
            columns=(
                CHOICE,
                Column(key="first", heading="claim.head.alone", kind="share"),
                Column(key="total", heading="claim.head.in_all", kind="share"),
                Column(key="total_low", heading="claim.head.least", kind="share"),
                Column(key="total_high", heading="claim.head.most", kind="share"),
            ),
            rows=tuple((choices[part.key], *_shares(part)) for part in parts),
            notes=(Note(code="claim.explained_range"), Note(code="claim.explained_how")),
        )


def _shares(part: Part) -> tuple[float, ...]:
    return part.first, part.total, *part.total_range


def _weight_space(result: ClaimResult) -> Iterator[Table]:
    """Tabulate the share of all weights by route, where there are several."""
    shares = () if result.weight_space is None else result.weight_space.shares
    by_route = {item.route.key: (item.route, item) for item in shares if item.route is not None}
    if len(by_route) > 1:
        yield Table(
            title_key="claim.table.weight_space",
            columns=(
                Column(key="route", heading="report.head.route"),
                SHARE,
                Column(key="standard_error", heading="cli.head.error"),
            ),
            rows=tuple(
                (named(route), item.share, numbers.error(item.standard_error)) for route, item in by_route.values()
            ),
            notes=_bound([item for _, item in by_route.values() if item.unanimous]),
        )


def _bound(unanimous: Sequence[WeightShare]) -> tuple[Note, ...]:
    """Say how exact shares of all draws or of none are, where there are such."""
    if not unanimous:
        return ()
    bound = numbers.error(max(item.unseen for item in unanimous))
    return (Note(code="cli.robustness.unseen_note", values={"bound": bound}),)


def _singles(result: ClaimResult, lang: str) -> Table:
    """Tabulate what every single change does to the claim."""
    rows: list[tuple[Value, ...]] = []
    for item in result.singles:
        (step,) = item.steps
        rows.append((named(step.dimension), option_words(step, result, lang), *_found(item, result, lang)))
    return Table(
        title_key="claim.table.singles",
        columns=(CHOICE, OPTION, _edge(result), OUTCOME, MARGIN),
        rows=tuple(rows),
        notes=(Note(code="cli.claim.margin_note"),),
    )


def _edge(result: ClaimResult) -> Column:
    """Head the column of who is first, or last where the claim is about the bottom."""
    last = result.claim.assertion.relation == "bottom"
    return Column(key="leader", heading="claim.head.last_then" if last else "cli.head.first_then")


def _sets(result: ClaimResult, lang: str) -> Iterator[Table]:
    """Tabulate the fewest changes that turn the outcome, where one is not enough."""
    found = result.breaks
    if found.size not in (None, 1):
        yield Table(
            title_key="claim.table.sets",
            title_values={"listed": len(found.sets), "ways": found.count},
            columns=(Column(key="changes", heading="cli.head.changes"), _edge(result), OUTCOME, MARGIN),
            rows=tuple((step_words(item, result, lang), *_found(item, result, lang)) for item in found.sets),
            notes=(Note(code="cli.claim.margin_note"),),
        )


def _found(item: Specification, result: ClaimResult, lang: str) -> tuple[Value, ...]:
    outcome = word(OUTCOMES.get(item.outcome, "undefined"), "cli.claim.")
    return led_by(item, result, lang), outcome, item.margin


def _left_out(result: ClaimResult, lang: str) -> Iterator[Table]:
    """Tabulate the combinations that no ranking comes from, with the reason."""
    rows: list[tuple[Value, ...]] = [
        (say("claim.excluded", lang, when=_when(rule, result, lang)), count, rule.why.get(lang))
        for rule, count in result.excluded
        if count
    ]
    rows += [
        (say("claim.skipped", lang, way=_way(skip, result, lang)), skip.count, _reason(skip.fault, result, lang))
        for skip in result.skips
    ]
    if rows:
        yield Table(
            title_key="claim.table.left_out",
            columns=(
                Column(key="what", heading="claim.head.what"),
                Column(key="count", heading="claim.head.combinations", kind="count"),
                Column(key="reason", heading="report.head.reason"),
            ),
            rows=tuple(rows),
        )


def _way(skip: Skip, result: ClaimResult, lang: str) -> str:
    """Name method and normalization by the titles that the claim gives them."""
    if not skip.method:
        return say("claim.any_way", lang)
    options = [option for item in result.claim.dimensions for option in item.options]
    called = {
        (field, option.fields[field]): option.title.get(lang)
        for option in options
        for field in ("method", "normalization")
        if field in option.fields
    }
    method = called.get(("method", skip.method), lookup(skip.method).title)
    scaled = called.get(("normalization", skip.normalization), skip.normalization)
    return ", ".join(part for part in (method, scaled) if part)


def _reason(fault: Fault, result: ClaimResult, lang: str) -> str:
    """Say why something cannot be ranked, for one of the cells that stand in the way; with titles for keys."""
    called = {criterion.key: criterion.title.get(lang) for criterion in result.study.criteria}
    called |= {leaf.key: leaf.title.get(lang) for leaf in result.study.leaves} | titles(result, lang)
    values = {
        name: called.get(value, value) if isinstance(value, str) else value for name, value in fault.values.items()
    }
    if fault.code == "fault.not_positive":
        return say("claim.not_positive", lang, **{name: values[name] for name in ("criterion", "alternative", "found")})
    return Fault(code=fault.code, values=values).text(lang)


def _when(rule: Rule, result: ClaimResult, lang: str) -> str:
    parts = []
    for key, options in rule.when.items():
        item = result.claim.dimension(key)
        chosen = [option.title.get(lang) for option in item.options if option.key in options]
        parts.append(say("claim.step", lang, dimension=item.title.get(lang), option=", ".join(chosen)))
    return "; ".join(parts)
