"""What a scenario changes against the one it is based on, and how that is written as a scenario file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mcda.study.model import Study, Title
from mcda.study.scenario import Change, Scenario, Setting, WeightsSource
from mcda.study.weighting import criterion_weights, leaf_shares
from mcda.words import say

WORDS = ("method", "normalization", "route", "structure", "money", "rating_floor", "missing", "leaf_weights")


@dataclass(frozen=True)
class Difference:
    """One thing that a scenario changes: the field, and what it is before and after, as files have it."""

    field: str
    before: str
    after: str


def differences(study: Study, scenario: Scenario, base: Scenario) -> Iterator[Difference]:
    """List what a scenario changes against its base."""
    for field in WORDS:
        before, after = getattr(base, field), getattr(scenario, field)
        if after != before:
            yield Difference(field, _word(before), _word(after))
    if scenario.options != base.options:
        yield Difference("options", _pairs(base.options), _pairs(scenario.options))
    if scenario.weights != base.weights:
        yield Difference("weights", weights_text(base.weights), weights_text(scenario.weights))
    before = {(change.alternative, change.leaf): change for change in base.changes}
    for change in _new(scenario, base):
        old = before.get((change.alternative, change.leaf))
        cell = study.leaf(change.leaf).cells.get(change.alternative)
        was = old.reading.best if old is not None else None if cell is None else cell.value
        yield Difference(f"change {change.alternative}.{change.leaf}", _word(was), _word(change.reading.best))
    for field in ("drop", "exclude"):
        added = [key for key in getattr(scenario, field) if key not in getattr(base, field)]
        if added:
            yield Difference(field, "", ", ".join(added))
    known = {addition.alternative.key for addition in base.add}
    added = [addition.alternative.key for addition in scenario.add if addition.alternative.key not in known]
    if added:
        yield Difference("add", "", ", ".join(added))


def briefly(scenario: Scenario, base: Scenario) -> str:
    """Say in a few words what was changed, for a title."""
    fresh = [setting for setting in scenario.weights.settings if setting not in base.weights.settings]
    chosen = {field: getattr(scenario, field) for field in WORDS}
    parts = [f"{field} {_word(value)}" for field, value in chosen.items() if value not in (None, getattr(base, field))]
    parts += [_pairs(setting.shares) for setting in fresh] or (["weights"] if scenario.weights != base.weights else [])
    parts += [f"{change.alternative}.{change.leaf} {_word(change.reading.best)}" for change in _new(scenario, base)]
    return ", ".join(parts)


def weights_text(source: WeightsSource) -> str:
    """Say in a few words where weights come from."""
    text = {
        "base": say("cli.weights.base"),
        "shares": _pairs(source.shares),
        "pairwise": say("cli.weights.judged", who=source.scenario),
        "order": " > ".join(source.order),
        "group": say("cli.weights.judged", who=", ".join(source.judgements)),
    }[source.kind]
    return "; ".join([text, *(f"set {_pairs(setting.shares)}" for setting in source.settings)])


def _word(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {_word(value)}" for key, value in values.items())


def _new(scenario: Scenario, base: Scenario) -> list[Change]:
    return [change for change in scenario.changes if change not in base.changes]


def written(study: Study, scenario: Scenario, base: Scenario | None, title: Title) -> str:
    """Write a scenario as a file that says only what differs from ``base`` and reads back to the same ranking.

    Text and numbers are written as JSON, which YAML reads.
    """
    old = base or Scenario(key="", title=title)
    lines = ["title:", *(f"  {lang}: {_json(title.get(lang))}" for lang in ("en", "ru", "kk") if getattr(title, lang))]
    if base is not None:
        lines.append(f"based_on: {base.key}")
    if scenario.weights != old.weights:
        lines += ["weights:", *_weight_lines(study, scenario, old)]
    lines += [
        f"{field}: {_json(getattr(scenario, field))}"
        for field in WORDS
        if getattr(scenario, field) not in (None, getattr(old, field))
        or (field == "normalization" and scenario.normalization and scenario.method != old.method)
    ]
    if scenario.options and (scenario.options != old.options or scenario.method != old.method):
        lines.append(f"options: {_json(dict(scenario.options))}")
    fresh = _new(scenario, old)
    if fresh:
        lines += ["change:", *(line for change in fresh for line in _change_lines(change))]
    for field in ("drop", "exclude"):
        keys = [key for key in getattr(scenario, field) if key not in getattr(old, field)]
        if keys:
            lines.append(f"{field}: {_json(keys)}")
    return "\n".join(lines) + "\n"


def _weight_lines(study: Study, scenario: Scenario, base: Scenario) -> Iterator[str]:
    """Write weights: shares set on top of inherited ones as such, all others as the numbers that they come to."""
    settings = scenario.weights.settings
    before = base.weights.settings
    same = {**vars(scenario.weights), "settings": before} == vars(base.weights)
    if same and len(settings) == len(before) + 1 and settings[:-1] == before:
        yield from _set_lines(settings[-1])
        return
    shares, _ = criterion_weights(study, scenario)
    yield "  shares:"
    yield from (f"    {criterion.key}: {_json(shares.get(criterion.key, 0.0))}" for criterion in study.criteria)
    used = study.without(scenario.exclude)
    leaves = tuple(leaf for leaf in used.leaves if leaf.key not in scenario.exclude)
    touched = {leaf.criterion for leaf in leaves for setting in settings if leaf.key in setting.shares}
    within = zip(leaves, leaf_shares(leaves, scenario).tolist(), strict=True)
    chosen = {leaf.key: share for leaf, share in within if leaf.criterion in touched}
    if chosen:
        yield from _set_lines(Setting(shares=chosen))


def _set_lines(setting: Setting) -> Iterator[str]:
    yield "  set:"
    yield from (f"    {key}: {_json(share)}" for key, share in setting.shares.items())
    if setting.rest != "proportion":
        yield f"  rest: {setting.rest}"


def _change_lines(change: Change) -> Iterator[str]:
    reading = change.reading
    yield f"  - cell: {change.alternative}.{change.leaf}"
    yield from (f"    {name}: {_json(getattr(reading, name))}" for name in ("value", "low", "high"))
    yield f"    reason: {_json(reading.reason)}"
    if reading.evidence:
        yield f"    evidence: {_json(list(reading.evidence))}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
