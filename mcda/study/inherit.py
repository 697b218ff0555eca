"""Read scenarios with what they inherit from the ones they are based on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from mcda.errors import Fault, StudyError, unknown
from mcda.study.assemble import title
from mcda.study.choices import (
    alternative_faults,
    excluded_faults,
    judgement_lists,
    method_faults,
    ratio,
    route_faults,
    weights_faults,
)
from mcda.study.located import Keys, locate
from mcda.study.model import Alternative, Study
from mcda.study.readings import is_whole, reading
from mcda.study.scenario import Addition, Change, Judgement, Scenario, Setting, WeightsSource
from mcda.study.schema import JudgementEntry, ScenarioFile, WeightsEntry
from mcda.study.shape import Shaped, shape
from mcda.study.textfile import TextFile, is_file, read_text


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """One scenario file: what it says itself."""

    key: str
    path: Path
    shaped: Shaped[ScenarioFile]

    @property
    def entry(self) -> ScenarioFile:
        """The data as a model."""
        return self.shaped.entry

    @cached_property
    def source(self) -> WeightsSource:
        """The weights that are written out here."""
        assert self.entry.weights is not None
        return _source(self.key, self.entry.weights)

    def fault(self, code: str, values: Mapping[str, object] | None = None, *, keys: Keys, at: str = "value") -> Fault:
        """Make a fault that shows its place."""
        return self.shaped.file.fault(code, values, keys=keys, at=at)


Found: TypeAlias = tuple[Shaped[ScenarioFile] | None, list[Fault]]
Read: TypeAlias = Callable[[Path], tuple[Layer | None, list[Fault]]]


def read_file(path: Path) -> Found:
    """Read a scenario file by itself."""
    try:
        return shaped_text(read_text(path))
    except StudyError as error:
        return None, list(error.faults)


def shaped_text(file: TextFile) -> Found:
    """Read the text of a scenario by itself."""
    try:
        return shape(locate(file), ScenarioFile)
    except StudyError as error:
        return None, list(error.faults)


def layer_of(study: Study, path: Path, found: Found) -> tuple[Layer | None, list[Fault]]:
    """Hold what a file says itself against the study; None where too much is wrong to go on."""
    shaped, faults = found
    if shaped is None:
        return None, faults
    return Layer(key=path.stem, path=path, shaped=shaped), [
        *faults,
        *weights_faults(study, shaped),
        *route_faults(study, shaped),
    ]


class Shelf:
    """The scenario files of a study, each read once, with the faults met on the way.

    ``read`` reads one layer; who reads many scenarios gives one that remembers what it has read.
    """

    def __init__(self, study: Study, read: Read | None = None) -> None:
        self.study, self.read = study, read or (lambda path: layer_of(study, path, read_file(path)))
        self.folder = study.scenario_folder.absolute()
        self.faults: list[Fault] = []
        self._layers: dict[Path, Layer | None] = {}

    def keys(self) -> list[str]:
        """List the scenarios of the study's folder."""
        return sorted(path.stem for path in self.folder.glob("*.yaml"))

    def hashes(self) -> dict[str, str]:
        """Give SHA-256 of the files read so far, by name."""
        found = {}
        for layer in filter(None, self._layers.values()):
            inside = layer.path.parent == self.folder
            found[f"scenarios/{layer.path.name}" if inside else layer.path.name] = layer.shaped.file.file.digest
        return dict(sorted(found.items()))

    def find(self, key: str, near: Layer | None = None) -> Path | None:
        """Find the file of a scenario: beside the one that names it, else in the study's folder."""
        folders = [self.folder] if near is None else [near.path.parent, self.folder]
        paths = [folder / f"{key}.yaml" for folder in folders]
        others = [path for path in paths if near is None or path != near.path] or paths[:1]
        return next((path for path in others if is_file(path)), None)

    def layer(self, path: Path) -> Layer | None:
        """Read one file; None where too much is wrong to go on."""
        if path not in self._layers:
            self._layers[path], faults = self.read(path)
            self.faults += faults
        return self._layers[path]

    def chain(self, path: Path) -> list[Layer]:
        """List a scenario and what it is based on, nearest first; empty where a link is missing or goes round."""
        layers, whole = self.links(path)
        return layers if whole else []

    def links(self, path: Path) -> tuple[list[Layer], bool]:
        """List a scenario and what it is based on as far as it can be read, and tell whether that is all of it."""
        layers: list[Layer] = []
        while True:
            layer = self.layer(path)
            if layer is None:
                return layers, False
            if layer in layers:
                self._round(layers[layers.index(layer) :], ("based_on",))
                return layers, False
            layers.append(layer)
            if layer.entry.based_on is None:
                return layers, True
            found = self._linked(layer, layer.entry.based_on, ("based_on",))
            if found is None:
                return layers, False
            path = found

    def weights(self, path: Path, trail: tuple[Layer, ...] = ()) -> WeightsSource | None:
        """Find the weights of a scenario: its own, inherited ones, or another's; None where a link is at fault."""
        layers = self.chain(path)
        return self.inherited(layers, trail) if layers else None

    def inherited(self, layers: list[Layer], trail: tuple[Layer, ...] = ()) -> WeightsSource | None:
        """Take the weights of the first layer that gives some, with what it sets on top of them; None as above."""
        layer = next((layer for layer in layers if layer.entry.weights is not None), None)
        if layer is None or layer.entry.weights is None:
            return WeightsSource()
        if layer in trail:
            self._round(list(trail[trail.index(layer) :]), ("weights",))
            return None
        entry = layer.entry.weights
        if entry.profile is not None:
            target = self._linked(layer, entry.profile, ("weights", "profile"))
            source = None if target is None else self.weights(target, (*trail, layer))
        elif entry.group is not None:
            source = self._group(layer, entry.group, (*trail, layer))
        elif entry.model_fields_set <= {"set", "rest"}:
            source = self.inherited(layers[layers.index(layer) + 1 :], trail)
        else:
            source = layer.source
        if source is None or not entry.set:
            return source
        setting = Setting(shares=entry.set, rest=entry.rest or "proportion")
        return replace(source, settings=(*source.settings, setting))

    def profiles(self, layer: Layer, keys: list[str]) -> list[tuple[str, WeightsSource]]:
        """Find the weights of the scenarios that a grid names."""
        found = []
        for i, key in enumerate(keys):
            target = self._linked(layer, key, ("vary", "weights", "profiles", i))
            source = None if target is None else self.weights(target, (layer,))
            if source is not None:
                found.append((key, source))
        return found

    def _group(self, layer: Layer, keys: list[str], trail: tuple[Layer, ...]) -> WeightsSource | None:
        """Gather the judgements of several scenarios."""
        judgements = {}
        for i, key in enumerate(keys):
            target = self._linked(layer, key, ("weights", "group", i))
            source = None if target is None else self.weights(target, trail)
            if source is not None and source.kind != "pairwise":
                self.faults.append(layer.fault("fault.group_member", {"found": key}, keys=("weights", "group", i)))
            elif source is not None and source.settings:
                self.faults.append(layer.fault("fault.group_set", {"found": key}, keys=("weights", "group", i)))
            elif source is not None:
                judgements[key] = source.judgements[""]
        if len(judgements) < len(keys):
            return None
        return WeightsSource(kind="group", scenario=layer.key, judgements=judgements)

    def relocated(self, fault: Fault, path: Path) -> Fault:
        """Show a fault without a place where the scenario, or what it is based on, says what it is about."""
        layers = self.chain(path)
        field = fault.key if fault.key in ScenarioFile.model_fields else "weights"
        layer = next((layer for layer in layers if (field,) in layer.shaped.file.places), layers[0])
        return layer.fault(fault.code, fault.values, keys=(field,), at="key")

    def _linked(self, layer: Layer, key: str, keys: Keys) -> Path | None:
        """Find the scenario that another one names; note a link that leads nowhere, or to a grid."""
        path = self.find(key, layer)
        if path is None:
            fault = unknown("scenario", key, [other for other in self.keys() if other != layer.key])
            self.faults.append(layer.fault(fault.code, fault.values, keys=keys))
            return None
        target = self.layer(path)
        if target is not None and target.entry.vary is not None:
            self.faults.append(layer.fault("fault.grid_named", {"found": key}, keys=keys))
            return None
        return path

    def _round(self, layers: list[Layer], keys: Keys) -> None:
        """Note links that go round, once, at the first scenario by name."""
        start = min(range(len(layers)), key=lambda i: layers[i].key)
        turned = layers[start:] + layers[:start]
        names = " -> ".join(layer.key for layer in (*turned, turned[0]))
        self.faults.append(turned[0].fault("fault.goes_round", {"found": names}, keys=keys, at="key"))


def _source(key: str, entry: WeightsEntry) -> WeightsSource:
    """Turn weights that are written out into a source."""
    if entry.shares is not None:
        return WeightsSource(kind="shares", scenario=key, shares=entry.shares)
    if entry.order is not None:
        return WeightsSource(kind="order", scenario=key, order=tuple(entry.order))
    judgements = {coding: tuple(map(_judgement, entries)) for coding, entries in judgement_lists(entry).items()}
    return WeightsSource(kind="pairwise", scenario=key, judgements={"": judgements})


def _judgement(entry: JudgementEntry) -> Judgement:
    return Judgement(
        first=entry.first,
        second=entry.second,
        ratio=ratio(entry),
        evidence=tuple(entry.evidence),
        reason=entry.reason.strip(),
    )


def resolve(shelf: Shelf, path: Path) -> Scenario | None:
    """Fill in what a scenario inherits; its faults, and those of what it is based on, are left on the shelf.

    What is left out is inherited, field by field; changes, additions, and what is dropped or excluded, add up, and on
    the same cell the later change wins. A scenario that names another method starts from that method's own
    normalization and default options.
    """
    layers, whole = shelf.links(path)
    weights = shelf.inherited(layers)
    if not whole:
        for layer in layers:
            shelf.faults += _own_faults(shelf.study, layer)
        return None
    nearest = layers[0]
    entry = nearest.entry
    scenario = Scenario(key=nearest.key, title=title(entry.title), note=title(entry.note), kind=entry.kind)
    for layer in reversed(layers):
        shelf.faults += alternative_faults(shelf.study, layer.shaped, scenario)
        scenario = _applied(scenario, layer.entry)
        shelf.faults += method_faults(layer.shaped, scenario)
        shelf.faults += excluded_faults(shelf.study, layer.shaped, scenario)
    shelf.faults += _nothing_left(shelf.study, layers, scenario)
    return replace(
        scenario,
        weights=weights or WeightsSource(),
        chain=tuple(layer.key for layer in layers[1:]),
        hashes=shelf.hashes(),
    )


def alone(layer: Layer) -> Scenario:
    """Give what one file says, as far as that can be told without what it is based on."""
    return _applied(Scenario(key=layer.key, title=title(layer.entry.title)), layer.entry)


def _own_faults(study: Study, layer: Layer) -> Iterator[Fault]:
    """Name what is wrong with a file of which a base is missing; what the base may have added or chosen is let pass."""
    own = alone(layer)
    for fault in alternative_faults(study, layer.shaped, own):
        if not about_base(fault):
            yield fault
    if layer.entry.method is not None:
        yield from method_faults(layer.shaped, own)
    yield from excluded_faults(study, layer.shaped, own)


def about_base(fault: Fault) -> bool:
    """Tell whether a fault may be none once the missing base is known, which may have added an alternative."""
    return fault.code == "fault.unknown" and fault.values["what"] == "alternative"


# What a scenario chooses with one word or number; the rest adds up or comes from one place.
CHOICES = {choice.name for choice in fields(Scenario)} & ScenarioFile.model_fields.keys() - {
    "title",
    "note",
    "kind",
    "weights",
    "drop",
    "add",
    "exclude",
}


def _applied(scenario: Scenario, entry: ScenarioFile) -> Scenario:
    """Lay one file over what it is based on."""
    own = {name: getattr(entry, name) for name in CHOICES if getattr(entry, name) is not None}
    if own.get("method", scenario.method) != scenario.method:
        own = {"normalization": None, "options": {}, **own}
    changes = [
        Change(alternative=alternative, leaf=leaf, reading=reading(change))
        for change in entry.change
        for alternative, leaf in [change.cell.split(".")]
    ]
    changed = {(change.alternative, change.leaf) for change in changes}
    added = [
        Addition(
            alternative=Alternative(key=key, title=title(added.title)),
            readings={leaf: reading(given) for leaf, given in added.cells.items() if is_whole(given)},
        )
        for key, added in entry.add.items()
    ]
    return replace(
        scenario,
        **own,
        changes=(*(old for old in scenario.changes if (old.alternative, old.leaf) not in changed), *changes),
        drop=tuple(dict.fromkeys((*scenario.drop, *entry.drop))),
        add=(*(old for old in scenario.add if old.alternative.key not in {*entry.drop, *entry.add}), *added),
        exclude=tuple(dict.fromkeys((*scenario.exclude, *entry.exclude))),
    )


def _nothing_left(study: Study, layers: list[Layer], scenario: Scenario) -> Iterator[Fault]:
    """Refuse to leave out every alternative, or every sub-criterion of a criterion; shown where the last one went."""
    dropped = all(alternative.key in scenario.drop for alternative in study.alternatives)
    if dropped and not scenario.add:
        layer = next(layer for layer in layers if layer.entry.drop)
        yield layer.fault("fault.empty", {"what": "alternatives"}, keys=("drop",), at="key")
    if not study.without(scenario.exclude).criteria:
        layer = next(layer for layer in layers if layer.entry.exclude)
        yield layer.fault("fault.empty", {"what": "criteria"}, keys=("exclude",), at="key")
    for criterion in study.without(scenario.exclude).criteria:
        if all(leaf.key in scenario.exclude for leaf in criterion.leaves):
            layer = next(layer for layer in layers if layer.entry.exclude)
            yield layer.fault("fault.criterion_empty", {"found": criterion.key}, keys=("exclude",), at="key")
