"""Hold a file against its model: missing and unknown keys, texts in the place of numbers; said in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from mcda.errors import Fault, nearest, suggestion, unknown
from mcda.study.located import LONGEST, Keys, Located, spelled
from mcda.study.mend import mended
from mcda.study.schema import Entry, Words

Model = TypeVar("Model", bound=Entry)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shaped(Generic[Model]):
    """A file and its model.

    Attributes
    ----------
    file : the data with their places
    entry : the data as a model; what was at fault has given way to a stand-in, so that the rest can be checked
    mended : where stand-ins are, or where something was left out for its faults
    """

    file: Located
    entry: Model
    mended: frozenset[Keys]

    def sound(self, *keys: str | int) -> bool:
        """Tell whether neither the part under ``keys`` nor anything in it or around it is a stand-in."""
        return not any(keys[: len(part)] == part or part[: len(keys)] == keys for part in self.mended)


def shape(file: Located, model: type[Model]) -> tuple[Shaped[Model] | None, list[Fault]]:
    """Read the data of a file as a model; None where too much is wrong to go on."""
    faults = list(file.faults)
    try:
        return Shaped(file=file, entry=model.model_validate(file.data), mended=frozenset()), faults
    except ValidationError as error:
        found = _cleaned(file, error)
    faults += _faults(file, model, found)
    extra = [keys for keys, detail in found.items() if detail["type"] == "extra_forbidden"]
    data, places = mended(file.data, found, extra)
    try:
        entry = model.model_validate(data)
    except ValidationError:
        return None, faults
    return Shaped(file=file, entry=entry, mended=places), faults


def _cleaned(file: Located, error: ValidationError) -> dict[Keys, Mapping[str, Any]]:
    """Give the first error of each place, by the path in the file."""
    found: dict[Keys, Mapping[str, Any]] = {}
    deeper = set()
    for detail in error.errors(include_url=False):
        keys = _path(file.data, detail)
        found.setdefault(keys, detail)
        deeper |= {keys[:end] for end in range(len(keys))}
    # Where one form of several was meant, as its own errors show, that another form does not fit is no news.
    return {keys: detail for keys, detail in found.items() if keys not in deeper or detail["type"] == "value_error"}


def _path(data: Any, detail: Mapping[str, Any]) -> Keys:
    """Keep of a path what stands in the file: names of alternative forms are left out, whole numbers become texts."""
    missing = detail["type"] == "missing"
    keys: list[str | int] = []
    for part in detail["loc"][:-1] if missing else detail["loc"]:
        if isinstance(data, dict) and str(part) in data:
            keys.append(str(part))
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            keys.append(part)
            data = data[part]
    return (*keys, detail["loc"][-1]) if missing else tuple(keys)


def _faults(file: Located, model: type[BaseModel], found: Mapping[Keys, Mapping[str, Any]]) -> Iterable[Fault]:
    """Put the errors into words; a key that is missing only because it is misspelt is named once."""
    meant = {}
    for keys, detail in found.items():
        if detail["type"] == "extra_forbidden":
            absent = [name for name in _names(model, keys[:-1], file) if name not in file.found(keys[:-1])]
            meant[keys] = nearest(keys[-1], absent)
    explained = {(*keys[:-1], word) for keys, word in meant.items()}
    for keys, detail in found.items():
        kind = detail["type"]
        if _parted_number(file, keys):
            yield _comma(file, keys)
        elif kind == "extra_forbidden":
            yield _unknown_key(file, keys, _names(model, keys[:-1], file), meant[keys])
        elif kind == "missing" and keys in file.places:
            yield file.fault("fault.nothing_after", {"found": keys[-1]}, keys=keys)
        elif kind == "missing" and keys not in explained:
            yield file.fault("fault.missing_key", {"found": keys[-1]}, keys=keys[:-1], at="key")
        elif kind != "missing":
            yield _misfit(file, keys, detail, _annotation(model, keys, file.data))


def _unknown_key(file: Located, keys: Keys, allowed: Iterable[str], meant: str) -> Fault:
    values = {"found": keys[-1], "suggestion": suggestion(meant), "allowed": ", ".join(allowed)}
    return file.fault("fault.unknown_key", values, keys=keys, at="key")


# By the type of the model's error.
MISFITS = {
    "finite_number": "fault.not_finite",
    "greater_than_equal": "fault.too_low",
    "less_than": "fault.too_high",
    "string_type": "fault.not_a_text",
    "string_pattern_mismatch": "fault.not_a_key",
    "string_too_short": "fault.empty_text",
    "string_too_long": "fault.long_key",
    "list_type": "fault.not_a_list",
    "dict_type": "fault.not_keys_here",
    "model_type": "fault.not_keys_here",
    "int_type": "fault.not_whole",
    "int_parsing": "fault.not_whole",
    "too_short": "fault.no_entries",
    "value_error": "fault.one_kind",
}
# By the key, where the model's error would say less.
FIELDS = {"cell": "fault.not_a_cell", "ratio": "fault.judgement_form", "scale": "fault.two_numbers"}


def _misfit(file: Located, keys: Keys, detail: Mapping[str, Any], annotation: Any) -> Fault:
    """Put an error about a value, or about a key that is of the wrong form, into words."""
    kind, value = detail["type"], file.found(keys)
    if "[key]" in detail["loc"]:
        return file.fault(MISFITS.get(kind, "fault.no_fit"), {"found": spelled(keys[-1])}, keys=keys, at="key")
    if kind == "literal_error":
        fault = unknown(str(keys[-1]), value, get_args(annotation))
        return file.fault(fault.code, fault.values, keys=keys)
    if kind == "float_type" and keys[-1] not in FIELDS:
        return file.fault(*_no_number(value), keys=keys)
    code = "fault.not_words" if annotation is Words else FIELDS.get(str(keys[-1])) or MISFITS.get(kind, "fault.no_fit")
    if kind == "list_type" and keys == ("change",):
        code = "fault.change_list"
    values: dict[str, object] = {"found": spelled(value)}
    if "ge" in detail.get("ctx", {}) or "lt" in detail.get("ctx", {}):
        values["limit"] = spelled(detail["ctx"].get("ge", detail["ctx"].get("lt")))
    if code == "fault.one_kind":
        kinds = getattr(annotation, "KINDS", tuple(annotation.model_fields))
        given = ", ".join(name for name in value if name in kinds)
        code, values = code if given else "fault.no_kind", {"found": given, "allowed": ", ".join(kinds)}
    return file.fault(code, values, keys=keys)


def _no_number(value: object) -> tuple[str, dict[str, object]]:
    """Say what is wrong with a number; decimal commas and quotes are recognized."""
    if not isinstance(value, str):
        return "fault.number_here", {"found": spelled(value)}
    text = value.strip()
    pointed = text.replace(",", ".", 1)
    try:
        float(pointed)
    except ValueError:
        return "fault.not_a_number", {"found": text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"}
    return "fault.decimal_comma" if "," in text else "fault.quoted_number", {"found": text, "pointed": pointed}


def _parted_number(file: Located, keys: Keys) -> bool:
    """Tell whether a key is the end of a number with a decimal comma: ``{value: 5,1}`` reads as value: 5 and key 1."""
    return bool(keys) and str(keys[-1]).isdigit() and keys in file.places and bool(_whole_number(file, keys))


def _whole_number(file: Located, keys: Keys) -> re.Match[str] | None:
    """Find the number with a comma that ends in the key ``keys``."""
    line, column = file.places[keys][:2]
    pattern = re.compile(r"[-+]?[0-9]+,(?=[0-9]+)")
    matches = pattern.finditer(file.file.lines[line])
    return next((match for match in matches if match.end() == column), None)


def _comma(file: Located, keys: Keys) -> Fault:
    match = _whole_number(file, keys)
    assert match is not None
    found = match.group() + str(keys[-1])
    siblings = list(file.found(keys[:-1]))
    owner = (*keys[:-1], siblings[siblings.index(str(keys[-1])) - 1])
    return file.fault("fault.decimal_comma", {"found": found, "pointed": found.replace(",", ".")}, keys=owner)


def _names(model: type[BaseModel], keys: Keys, file: Located) -> list[str]:
    """List the keys that the model knows under ``keys``."""
    annotation = _annotation(model, keys, file.data)
    return list(annotation.model_fields) if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []


def _annotation(annotation: Any, keys: Keys, data: Any) -> Any:
    """Give the type that the model has for what stands under ``keys`` in the data."""
    annotation = _form(annotation, data)
    if not keys:
        return annotation
    if get_origin(annotation) in (dict, list):
        inner = get_args(annotation)[-1]
    else:
        inner = annotation.model_fields[keys[0]].annotation
    return _annotation(inner, keys[1:], data[keys[0]])


def _form(annotation: Any, data: Any) -> Any:
    """Strip what goes around a type, and choose the form that the data has where several are allowed."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    forms = [_form(form, data) for form in get_args(annotation) if form is not type(None)]
    return next((form for form in forms if (get_origin(form) or _mapping(form)) is type(data)), forms[0])


def _mapping(form: Any) -> type | None:
    """Give the kind of data that a model without brackets is read from."""
    return dict if isinstance(form, type) and issubclass(form, BaseModel) else None
