"""Turn the rows of an intake workbook into the files of a study, and remember from which cell each part comes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mcda.errors import Fault
from mcda.study.intake.form import ANCHORS, FORMS, MEASURE
from mcda.study.intake.sheets import Intake, Row, known
from mcda.study.ledger import NEEDED, OPTIONAL
from mcda.study.located import Keys, dotted, spelled
from mcda.study.schema import Key
from mcda.words import LANGUAGES, say

STUDY, LEDGER = "study.yaml", "evidence.csv"
COLUMNS = (*NEEDED, *OPTIONAL)  # of the ledger
RENAMED = {"format": "about_alternative", "value": "stated_value", "unit": "stated_unit", "year": "stated_year"}
KEY: TypeAdapter[str] = TypeAdapter(Key)


@dataclass(eq=False)
class Draft:
    """The files of a study before they are written.

    Attributes
    ----------
    files : data by file name
    ledger : rows of the ledger of evidence
    places : the cell that a part of a file comes from, by file name and path in the file
    faults : what is wrong with keys and with references between the sheets
    lang : of the workbook
    """

    lang: str
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    ledger: list[Row] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def put(self, file: str, keys: Keys, at: str) -> None:
        """Remember which cell a part of a file comes from."""
        self.places[file, dotted(keys)] = at

    def note(self, at: str, code: str, **values: object) -> None:
        """Note a fault."""
        self.faults.append(Fault(code=f"workbook.fault.{code}", values=values, file=at))

    def csv(self) -> str:
        """Write the ledger as CSV, each row on one line."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self.ledger:
            writer.writerow([" ".join(row.text(RENAMED.get(name, name)).split()) for name in COLUMNS])
        return out.getvalue()


@dataclass(eq=False)
class Named:
    """Rows by key, and where each key first stands; what is no key, or stands for something else, has no row."""

    out: Draft
    first: dict[str, str] = field(default_factory=dict)

    def rows(self, rows: list[Row], column: str = "key", *, strict: bool = True) -> dict[str, Row]:
        """Sort rows by key; a ``strict`` one is a key of a file, any other text will do for a row of the ledger."""
        kept = {}
        for row in rows:
            key, at = row.text(column), row.at(column)
            if key in self.first:
                self.out.note(at, "twice", found=key, first=self.first[key])
            elif key and self._sound(key, at, strict=strict):
                kept[key] = row
            self.first.setdefault(key, "!".join(at.rsplit("!", 2)[1:]))
        return kept

    def _sound(self, key: str, at: str, *, strict: bool) -> bool:
        """Tell whether a text can be a key; note it if not."""
        if not strict:
            return True
        if f"{key}.yaml" == STUDY:
            self.out.note(at, "reserved", found=key)
            return False
        try:
            KEY.validate_python(key)
        except ValidationError as error:
            code = "fault.long_key" if error.errors()[0]["type"] == "string_too_long" else "fault.not_a_key"
            self.out.faults.append(Fault(code=code, values={"found": spelled(key)}, file=at))
            return False
        return True


def draft(intake: Intake) -> Draft:
    """Turn the rows of all sheets into the files of a study."""
    out = Draft(lang=intake.lang)
    names = Named(out)  # alternatives, criteria and sub-criteria are called by key alone
    sheets = intake.sheets
    alternatives, criteria, leaves = (names.rows(sheets[key]) for key in ("alternatives", "criteria", "subcriteria"))
    sources = Named(out).rows(sheets["sources"])
    out.ledger = list(Named(out).rows(sheets["evidence"], "id", strict=False).values())
    _study(out, sheets["study"][0], alternatives, criteria, sources)
    owners = _owned(out, leaves, criteria, sheets["criteria"])
    for key, row in criteria.items():
        _criterion(out, key, row, {name: leaf for name, leaf in leaves.items() if owners.get(name) == key})
    _scores(out, intake, alternatives, leaves, owners)
    return out


def _study(
    out: Draft, row: Row, alternatives: Mapping[str, Row], criteria: Mapping[str, Row], sources: Mapping[str, Row]
) -> None:
    """Make the file of the study itself."""
    scale = {end: f"scale_{end}" for end in ("low", "high", "step")}
    out.files[STUDY] = {
        "key": row.text("study_key") or "key",
        **_texts(out, STUDY, (), row, "study", {name: f"study_{name}" for name in ("title", "question", "about")}),
        "alternatives": {
            key: _texts(out, STUDY, ("alternatives", key), one, "alternatives", {"title": "title", "note": "note"})
            for key, one in alternatives.items()
        },
        "criteria": list(criteria),
        **({"evidence": LEDGER} if out.ledger else {}),
        "sources": {key: _source(out, key, one) for key, one in sources.items()},
        "rating_scale": _numbers(out, STUDY, ("rating_scale",), row, scale),
    }
    out.put(STUDY, ("key",), row.at("study_key"))
    out.put(STUDY, ("rating_scale",), row.at("scale_low"))
    for name, rows in (("alternatives", alternatives), ("sources", sources)):
        for key, one in rows.items():
            out.put(STUDY, (name, key), one.at("key"))
    for one in [*criteria.values()][:1]:
        out.put(STUDY, ("criteria",), one.at("weight"))


def _source(out: Draft, key: str, row: Row) -> dict[str, Any]:
    """Make the entry of a source."""
    authors = [name.strip() for name in re.split(r"[;\n]", row.text("authors")) if name.strip()]
    out.put(STUDY, ("sources", key, "year"), row.at("year"))
    rest = {name: row.text(name) for name in ("journal", "issue", "pages", "doi", "url")}
    year = row.cells["year"].value if "year" in row.cells else None
    return {
        "authors": authors or ["?"],
        "year": 0 if year is None else year,
        "title": row.text("source_title") or "?",
        **{name: text for name, text in rest.items() if text},
    }


def _owned(
    out: Draft, leaves: Mapping[str, Row], criteria: Mapping[str, Row], rows: list[Row]
) -> dict[str, str]:
    """Find the criterion of each sub-criterion; every criterion needs one."""
    spelled_so = [row.text("key") for row in rows]
    owners = {}
    for key, row in leaves.items():
        owner = row.text("criterion")
        if owner in criteria:
            owners[key] = owner
        elif owner and owner not in spelled_so:
            out.faults.append(known("criterion", row.cells["criterion"], [*criteria]))
    if len(owners) == len(leaves):
        for key in criteria:
            if key not in owners.values():
                out.note(criteria[key].at("key"), "no_leaf", found=key)
    return owners


def _criterion(out: Draft, key: str, row: Row, leaves: Mapping[str, Row]) -> None:
    """Make the file of a criterion."""
    file = f"{key}.yaml"
    out.files[file] = {
        "key": key,
        **_texts(out, file, (), row, "criteria", {"title": "title"}),
        "direction": row.text("direction") or "benefit",
        **_numbers(out, file, (), row, {"weight": "weight"}),
        **_texts(out, file, (), row, "criteria", {"question": "question"}),
        "subcriteria": {name: _leaf(out, file, name, leaf) for name, leaf in leaves.items()},
    }
    out.put(file, ("direction",), row.at("direction"))
    for leaf in [*leaves.values()][:1]:
        out.put(file, ("subcriteria",), leaf.at("weight"))


def _leaf(out: Draft, file: str, key: str, row: Row) -> dict[str, Any]:
    """Make the entry of a sub-criterion, without its cells."""
    keys: Keys = ("subcriteria", key)
    study = out.files[STUDY]["rating_scale"]
    kind = row.text("measure") or "rating"
    ends = _numbers(out, file, keys, row, {"low": "zero", "high": "one"})
    if kind == "rating":
        ends = {**{end: study[end] for end in ("low", "high") if end in study}, **ends}
    for end, column in (("low", "zero"), ("high", "one")):
        out.put(file, (*keys, "scale", int(end == "high")), row.at(column))
        if end not in ends and (kind == "amount" or end in study):
            out.note(row.at(column), "no_end", measure=say(MEASURE[kind], out.lang) if kind in MEASURE else kind)
    out.put(file, keys, row.at("key"))
    out.put(file, (*keys, "kind"), row.at("measure"))
    out.put(file, (*keys, "scale"), row.at("zero"))
    anchors = {i: row.text(f"anchor_{i}") for i in range(1, ANCHORS + 1)}
    for rating in anchors:
        out.put(file, (*keys, "anchors", str(rating)), row.at(f"anchor_{rating}"))
    return {
        **_texts(out, file, keys, row, "subcriteria", {"title": "title"}),
        **_numbers(out, file, keys, row, {"weight": "weight"}),
        "kind": kind,
        **({"unit": row.text("unit")} if row.text("unit") else {}),
        "scale": [ends.get("low", 0), ends.get("high", 1)],
        **_texts(out, file, keys, row, "subcriteria", {"question": "question"}),
        **({"anchors": {rating: text for rating, text in anchors.items() if text}} if any(anchors.values()) else {}),
        "cells": {},
    }


def _scores(
    out: Draft, intake: Intake, alternatives: Mapping[str, Row], leaves: Mapping[str, Row], owners: Mapping[str, str]
) -> None:
    """Put every score into the file of its criterion; each sub-criterion needs one for each alternative."""
    first: dict[tuple[str, str], str] = {}
    whole = True
    for row in intake.sheets["scores"]:
        pair = row.text("subcriterion"), row.text("alternative")
        sound = [
            _refers(out, row, column, [*rows], [other.text("key") for other in intake.sheets[sheet]])
            for column, rows, sheet in (
                ("subcriterion", leaves, "subcriteria"),
                ("alternative", alternatives, "alternatives"),
            )
        ]
        whole &= all(sound)
        if all(sound) and pair in first:
            at = row.at("subcriterion")
            out.note(at, "pair_twice", subcriterion=pair[0], alternative=pair[1], first=first[pair])
        elif all(sound) and pair[0] in owners:
            first[pair] = "!".join(row.at("subcriterion").rsplit("!", 2)[1:])
            _score(out, f"{owners[pair[0]]}.yaml", pair, row)
    for leaf in owners if whole else ():
        missing = [key for key in alternatives if (leaf, key) not in first]
        if missing:
            out.note(intake.places["scores"], "no_score", subcriterion=leaf, found=", ".join(missing))


def _refers(out: Draft, row: Row, column: str, keys: list[str], written: list[str]) -> bool:
    """Tell whether a row names a thing that there is; what is at fault itself is not named again."""
    found = row.text(column)
    if found and found not in written:
        out.faults.append(known("sub-criterion" if column == "subcriterion" else column, row.cells[column], keys))
    return found in keys


def _score(out: Draft, file: str, pair: tuple[str, str], row: Row) -> None:
    """Put one score into the file of its criterion."""
    keys: Keys = ("subcriteria", pair[0], "cells", pair[1])
    cited = [key for key in re.split(r"[,;\s]+", row.text("evidence")) if key]
    out.files[file]["subcriteria"][pair[0]]["cells"][pair[1]] = {
        **_numbers(out, file, keys, row, {name: name for name in ("value", "low", "high")}),
        **({"evidence": cited} if cited else {}),
        **({"reason": row.text("reason")} if row.text("reason") else {}),
    }
    out.put(file, keys, row.at("value"))
    out.put(file, (*keys, "evidence"), row.at("evidence"))


def _texts(
    out: Draft, file: str, keys: Keys, row: Row, form: str, columns: Mapping[str, str]
) -> dict[str, Any]:
    """Give texts by name; where English is missing, the workbook's language stands in for it, or else any other."""
    texts: dict[str, Any] = {}
    for name, column in columns.items():
        given = {lang: row.text(f"{column}_{lang}") for lang in LANGUAGES}
        words = {lang: text for lang, text in given.items() if text}
        first = next((lang for lang in ("en", out.lang, *words) if lang in words), out.lang)
        out.put(file, (*keys, name), row.at(f"{column}_{first}"))
        for lang in words:
            out.put(file, (*keys, name, lang), row.at(f"{column}_{lang}"))
        if words:
            words = {"en": words[first], **words}
            texts[name] = words if len(words) > 1 else words["en"]
        elif FORMS[form].column(f"{column}_en").needed:
            texts[name] = "?"  # noted when the sheet was read; the rest can be checked
    return texts


def _numbers(out: Draft, file: str, keys: Keys, row: Row, columns: Mapping[str, str]) -> dict[str, float]:
    """Give the numbers that are there by name, whole ones without a decimal point."""
    numbers: dict[str, float] = {}
    for name, column in columns.items():
        value = row.cells[column].value if column in row.cells else None
        out.put(file, (*keys, name), row.at(column))
        if isinstance(value, (int, float)):
            numbers[name] = int(value) if float(value).is_integer() else float(value)
    return numbers
