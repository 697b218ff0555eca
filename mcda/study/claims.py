"""Read claim files, with what they take over from each other, and hold them against the study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any, get_args

from mcda.engine.methods import lookup, scorer
from mcda.engine.normalize import NORMALIZATIONS
from mcda.engine.problem import Problem
from mcda.errors import Fault, NotApplicable, ProblemError, StudyError, unknown
from mcda.study.assemble import title
from mcda.study.assertion import Assertion, parse_assertion
from mcda.study.choices import citation_faults
from mcda.study.claim_checks import ClaimLayer, dimension_faults, read_rule, rule_faults, share_faults
from mcda.study.claim_file import ChoiceEntry, ClaimFile, DimensionEntry, WeightsChoice
from mcda.study.files import read_scenario
from mcda.study.inherit import Shelf, resolve
from mcda.study.located import Keys, locate
from mcda.study.model import Study, Title
from mcda.study.scenario import Missing, Scenario, Structure, WeightsSource
from mcda.study.shape import shape
from mcda.study.textfile import read_text
from mcda.study.universe import Choice, Claim, Dimension, Rule, WeightSet

FOLDER = "claims"  # inside the folder of scenarios
MOST_ORDERED = 5  # criteria whose orders are all gone through: 120 sets of weights

# Dimensions whose option is its own value where nothing is set, and what the value may be (None: checked elsewhere).
VALUES: Mapping[str, tuple[str, ...] | None] = {
    "route": None,
    "structure": get_args(Structure),
    "money": ("linear", "log"),
    "missing": get_args(Missing),
    "leaf_weights": ("declared", "evidence"),
    "method": None,
    "normalization": None,
}


def claim_keys(study: Study) -> list[str]:
    """List the keys of the claims in the study's folder."""
    return sorted(path.stem for path in (study.scenario_folder / FOLDER).glob("*.yaml"))


def read_claim(study: Study, name: str | Path) -> Claim:
    """Read a claim with everything it takes over, and check it against the study.

    Parameters
    ----------
    study : as ``read_study`` gives it
    name : key of a file in the folder ``claims`` of the study's scenarios, or a path that ends in ``.yaml``

    Raises
    ------
    StudyError
        With the faults of the claim and of what it is based on, by file and line.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        if str(name) not in claim_keys(study):
            raise StudyError([unknown("claim", str(name), claim_keys(study))])
        path = study.scenario_folder / FOLDER / f"{name}.yaml"
    reader = _Reader(study)
    claim = reader.claim(path)
    if claim is None or reader.faults:
        raise StudyError(_in_order(reader.faults))
    return claim


def check_claims(study: Study) -> list[Fault]:
    """List every fault of the study's claims, by file and line."""
    faults: list[Fault] = []
    for key in claim_keys(study):
        try:
            read_claim(study, key)
        except StudyError as error:
            faults += error.faults
    return _in_order(faults)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by file and place, each named once."""
    once = {fault.text(): fault for fault in faults}
    return sorted(once.values(), key=lambda fault: (fault.file or "", fault.line or 0, fault.column or 0, fault.text()))


class _Reader:
    """Reads one claim and gathers the faults met on the way."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.shelf = Shelf(study)
        self.faults: list[Fault] = []
        self.excluded: tuple[str, ...] = ()  # criteria and sub-criteria that the baseline leaves out

    def claim(self, path: Path) -> Claim | None:
        """Read a claim; None, or faults noted, where something is wrong."""
        layers = self.layers(path)
        if not layers:
            return None
        own = layers[0]
        baseline = self.baseline(layers)
        self.excluded = baseline.exclude if baseline else ()
        dimensions = tuple(self.dimension(layer, key, entry) for key, (layer, entry) in _dimensions(layers).items())
        self.faults += dimension_faults(own, dimensions)
        self.faults += citation_faults(
            self.study, own.shaped.file, ("asserted", "evidence"), own.entry.asserted.evidence
        )
        self.faults += own.known("source", own.entry.asserted.by, self.study.sources, ("asserted", "by"))
        same, excluding = self.rules(layers, dimensions)
        assertion = None if baseline is None else self.assertion(own, baseline)
        if baseline is None or assertion is None:
            return None
        return Claim(
            key=own.key,
            title=title(own.entry.title),
            note=title(own.entry.note),
            assertion=assertion,
            source=own.entry.asserted.by,
            place=own.entry.asserted.where,
            words=title(own.entry.asserted.words),
            evidence=tuple(own.entry.asserted.evidence),
            baseline=baseline,
            weight_space=next((w for layer in layers if (w := layer.entry.weight_space) is not None), True),
            dimensions=dimensions,
            same=same,
            excluding=excluding,
            hashes={**self.shelf.hashes(), **{_name(layer): layer.shaped.file.file.digest for layer in layers}},
        )

    def layers(self, path: Path) -> list[ClaimLayer]:
        """List a claim and what it is based on, nearest first; empty where a link is at fault."""
        layers: list[ClaimLayer] = []
        while True:
            layer = self.layer(path)
            if layer is None:
                return []
            layers.append(layer)
            base = layer.entry.based_on
            if base is None:
                return layers
            names = [other.path.stem for other in layers]
            if base in names:
                values = {"found": " -> ".join((*names[names.index(base) :], base))}
                self.faults.append(layer.fault("fault.goes_round", values, keys=("based_on",), at="key"))
                return []
            path = path.parent / f"{base}.yaml"
            others = sorted(other.stem for other in path.parent.glob("*.yaml") if other.stem not in names)
            if wrong := layer.known("claim", base, others, ("based_on",)):
                self.faults += wrong
                return []

    def layer(self, path: Path) -> ClaimLayer | None:
        """Read one file; None where too much is wrong to go on."""
        try:
            shaped, faults = shape(locate(read_text(path)), ClaimFile)
        except StudyError as error:
            self.faults += error.faults
            return None
        self.faults += faults
        return None if shaped is None else ClaimLayer(key=path.stem, path=path, shaped=shaped)

    def baseline(self, layers: list[ClaimLayer]) -> Scenario | None:
        """Find the scenario that the universe starts from."""
        layer = next((layer for layer in layers if layer.entry.baseline is not None), layers[-1])
        return self.scenario(layer, layer.entry.baseline or "baseline", ("baseline",))

    def scenario(self, layer: ClaimLayer, key: str, keys: Keys) -> Scenario | None:
        """Read a scenario that a claim names, and note where it is named if there is none."""
        path = self.shelf.find(key)
        if path is None:
            self.faults += layer.known("scenario", key, self.shelf.keys(), keys)
            return None
        try:
            return read_scenario(self.study, key)
        except StudyError as error:
            self.faults += error.faults
            return None

    def assertion(self, layer: ClaimLayer, baseline: Scenario) -> Assertion | None:
        """Read what is asserted of the baseline's alternatives."""
        names = [a.key for a in self.study.alternatives if a.key not in baseline.drop]
        names += [addition.alternative.key for addition in baseline.add]
        try:
            return parse_assertion(layer.entry.claim, names)
        except StudyError as error:
            self.faults += layer.refused(error, ("claim",))
            return None

    def dimension(self, layer: ClaimLayer, key: str, entry: DimensionEntry) -> Dimension:
        """Read one dimension with its options."""
        keys: Keys = ("universe", key, "options")
        options = tuple(self.choice(layer, (*keys, name), key, name, item) for name, item in entry.options.items())
        return Dimension(key=key, title=title(entry.title), options=options)

    def choice(self, layer: ClaimLayer, keys: Keys, dimension: str, name: str, entry: ChoiceEntry) -> Choice:
        """Read one option, with all it sets."""
        place: Keys = keys if entry.set is None else (*keys, "set")
        at = "key" if entry.set is None else "value"
        given = {dimension: name} if entry.set is None and dimension in VALUES else _given(entry)
        fields = {field: value for field, value in given.items() if field not in ("weights", "changes_of")}
        self.faults += self.field_faults(layer, place, fields, at)
        weights = entry.set.weights if entry.set else WeightsChoice(profile=name) if dimension == "weights" else None
        return Choice(
            key=name,
            title=title(entry.title) or Title(en=name),
            kind=entry.kind,
            why=title(entry.why),
            fields={field: tuple(value) if field == "exclude" else value for field, value in fields.items()},
            changes=tuple(
                change
                for i, key in enumerate((entry.set.changes_of if entry.set else None) or ())
                if (found := self.scenario(layer, key, (*place, "changes_of", i))) is not None
                for change in found.changes
            ),
            weights=() if weights is None else self.weights(layer, place, name, weights),
        )

    def field_faults(self, layer: ClaimLayer, keys: Keys, fields: Mapping[str, Any], at: str) -> Iterator[Fault]:
        """Hold what an option sets against the study and the methods."""
        allowed: dict[str, Iterable[str]] = {name: words for name, words in VALUES.items() if words is not None}
        allowed |= {"route": self.study.routes, "normalization": NORMALIZATIONS}
        for name, value in fields.items():
            place = (*keys, name) if at == "value" else keys
            if name in allowed:
                yield from layer.known(name, value, allowed[name], place, at)
            elif name == "exclude":
                leaves = [leaf.key for leaf in self.study.leaves]
                for i, leaf in enumerate(value):
                    yield from layer.known("sub-criterion", leaf, leaves, (*place, i))
        try:
            method = fields.get("method")
            if method is not None:
                lookup(method)
                scorer(Problem([[1.0]], [1], scales=[[0.0, 2.0]]), method=method, options=fields.get("options"))
        except NotApplicable:
            pass
        except ProblemError as error:
            yield from layer.refused(error, (*keys, "method") if at == "value" else keys, at)

    def weights(self, layer: ClaimLayer, keys: Keys, name: str, entry: WeightsChoice) -> tuple[WeightSet, ...]:
        """Read the set of weights, or the family of sets, of one option."""
        criteria = [criterion.key for criterion in self.study.criteria]
        if entry.profile is not None:
            place = (*keys, "weights", "profile") if (*keys, "weights") in layer.shaped.file.places else keys
            path = self.shelf.find(entry.profile)
            if path is None:
                at = "value" if len(place) > len(keys) else "key"
                self.faults += layer.known("scenario", entry.profile, self.shelf.keys(), place, at)
                return (WeightSet(key=name),)
            resolved = resolve(self.shelf, path)
            self.faults += [fault for fault in self.shelf.faults if fault not in self.faults]
            source = resolved.weights if resolved else WeightsSource()
            return (WeightSet(key=name, source=replace(source, scenario=entry.profile)),)
        if entry.shares is not None:
            self.faults += share_faults(layer, (*keys, "weights", "shares"), entry.shares, criteria)
            return (WeightSet(key=name, source=WeightsSource(kind="shares", shares=entry.shares)),)
        if entry.objective is not None:
            from mcda.engine.weights import WEIGHTINGS

            self.faults += layer.known("objective method", entry.objective, WEIGHTINGS, (*keys, "weights", "objective"))
            return (WeightSet(key=name, objective=entry.objective),)
        used = [key for key in criteria if key not in self.excluded]
        if len(used) > MOST_ORDERED:
            values = {"found": len(used), "most": MOST_ORDERED}
            self.faults.append(layer.fault("claim.too_many_orders", values, keys=(*keys, "weights", "orders")))
            return (WeightSet(key=name),)
        return tuple(
            WeightSet(key=" > ".join(order), source=WeightsSource(kind="order", order=order))
            for order in permutations(used)
        )

    def rules(
        self, layers: list[ClaimLayer], dimensions: tuple[Dimension, ...]
    ) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
        """Read the rules of all layers; inherited ones that are about options no longer there are left out."""
        names = {item.key: tuple(option.key for option in item.options) for item in dimensions}
        roles = {item.key: item.role for item in dimensions}
        same: list[Rule] = []
        excluding: list[Rule] = []
        for layer in reversed(layers):
            rules = [("same", i, read_rule(entry), same) for i, entry in enumerate(layer.entry.same)]
            rules += [("excluding", i, read_rule(entry), excluding) for i, entry in enumerate(layer.entry.excluding)]
            for field, i, rule, into in rules:
                faults = list(rule_faults(layer, (field, i), rule, names, roles))
                if not faults:
                    into.append(rule)
                elif layer is layers[0]:
                    self.faults += faults
        return tuple(same), tuple(excluding)


def _dimensions(layers: list[ClaimLayer]) -> dict[str, tuple[ClaimLayer, DimensionEntry]]:
    """Give each dimension as the nearest file has it, in the order of first mention from the farthest."""
    found: dict[str, tuple[ClaimLayer, DimensionEntry]] = {}
    for layer in reversed(layers):
        for key, entry in layer.entry.universe.items():
            found[key] = (layer, entry)
    return found


def _name(layer: ClaimLayer) -> str:
    return f"scenarios/{FOLDER}/{layer.path.name}"


def _given(entry: ChoiceEntry) -> dict[str, Any]:
    """Give what an option sets, by field."""
    if entry.set is None:
        return {}
    return {name: getattr(entry.set, name) for name in entry.set.model_fields_set}
