"""What the command line changes in a scenario: shares of weights and single cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from mcda.commands.chosen import known
from mcda.errors import CommandError, Fault
from mcda.study.choices import sum_fault
from mcda.study.model import Leaf, Ratings, Reading, Study
from mcda.study.names import Titles, titles
from mcda.study.readings import number_fault
from mcda.study.scenario import Change, Scenario
from mcda.words import say


def shares(
    given: Iterable[str], groups: Sequence[Sequence[str]], titles: Titles | None = None
) -> Mapping[str, float]:
    """Read ``KEY=NUMBER`` pairs: final shares, as fractions or percentages.

    Parameters
    ----------
    given : as typed
    groups : keys that share a whole: the criteria; where a study has them, the sub-criteria of each criterion
    titles : by which the keys may be called too
    """
    what = "criterion" if len(groups) == 1 else "criterion or sub-criterion"
    keys = [key for group in groups for key in group]
    out: dict[str, float] = {}
    for pair in given:
        name, equals, number = (part.strip() for part in pair.rpartition("="))
        if not equals:
            raise _refused("cli.weight_form", found=pair, example=keys[0])
        key = known(name, keys, what, titles)
        if key in out:
            raise _refused("cli.weight_twice", found=key)
        out[key] = _share(pair, number, key)
    for group in groups:
        _check_sum({key: out[key] for key in group if key in out}, group)
    return out


def _check_sum(given: Mapping[str, float], group: Sequence[str]) -> None:
    fault = sum_fault(given, tuple(group))
    if fault is not None:
        code = "cli.weights_above" if fault.code == "fault.set_above" else "cli.weights_not_one"
        raise _refused(code, found=sum(given.values()))


def _share(pair: str, number: str, key: str) -> float:
    try:
        share = float(number.removesuffix("%")) / (100.0 if number.endswith("%") else 1.0)
    except ValueError:
        raise _comma(f"-w {pair}", number) or _refused("cli.weight_form", found=pair, example=key) from None
    if not 0 <= share <= 1:
        raise _refused("cli.weight_range", found=pair, example=key)
    return share


def require_used(study: Study, scenario: Scenario, keys: Iterable[str]) -> None:
    """Refuse shares of what the scenario leaves out."""
    owners = {leaf.key: leaf.criterion for leaf in study.leaves}
    for key in keys:
        if {key, owners.get(key)} & set(scenario.exclude):
            raise _refused("fault.set_excluded", found=key)


def changes(given: Iterable[str], study: Study, scenario: Scenario) -> list[Change]:
    """Read ``ALTERNATIVE.SUBCRITERION=VALUE`` pairs: changed cells, each with its value for a range."""
    alternatives = titles([*study.alternatives, *(added.alternative for added in scenario.add)])
    leaves = {leaf.key: leaf for leaf in study.leaves}
    out: dict[str, Change] = {}
    for pair in given:
        place, equals, number = (part.strip() for part in pair.rpartition("="))
        name, dot, below = (part.strip() for part in place.partition("."))
        if not equals or not dot:
            raise _refused("cli.set_form", found=pair)
        alternative = known(name, alternatives, "alternative", alternatives)
        leaf = known(below, leaves, "sub-criterion", titles(study.leaves))
        cell = f"{alternative}.{leaf}"
        if cell in out:
            raise _refused("cli.set_twice", found=cell)
        value = _value(pair, number, leaves[leaf], study.ratings)
        reading = Reading(value=value, low=value, high=value, reason=say("cli.set_reason"))
        out[cell] = Change(alternative=alternative, leaf=leaf, reading=reading)
    return list(out.values())


def _value(pair: str, number: str, leaf: Leaf, ratings: Ratings) -> float:
    try:
        value = float(number)
    except ValueError:
        raise _comma(f"--set {pair}", number) or _refused("cli.set_form", found=pair) from None
    fault = number_fault(value, kind=leaf.kind, ratings=ratings)
    if fault is not None:
        raise CommandError([Fault(code=fault.code, values=fault.values, key=f"--set {pair}")])
    if not isfinite(value):
        raise _refused("cli.set_form", found=pair)
    return value


def _comma(place: str, number: str) -> CommandError | None:
    """Say what to write for a number with a decimal comma; None where it is none."""
    pointed = number.replace(",", ".", 1)
    if "," not in number or not pointed.removesuffix("%").lstrip("+-").replace(".", "", 1).isdecimal():
        return None
    return CommandError([Fault(code="fault.decimal_comma", values={"found": number, "pointed": pointed}, key=place)])


def _refused(code: str, **values: object) -> CommandError:
    return CommandError([Fault(code=code, values=values)])
