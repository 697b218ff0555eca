"""BibTeX of what a paper has to cite: the sources of the evidence, the study, and the software that ran."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mcda.report.blocks import tidy
from mcda.study.model import Source
from mcda.study.scenario import Case
from mcda.words import say

NAMES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, those after a backslash too
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\char34}",  # some languages give the letter itself another meaning
}
OWN = "fiveplusone"  # key of the program's entry
# What the authors of the packages ask to be cited for them; fields as BibTeX wants them.
PACKAGES: dict[str, tuple[str, dict[str, str]]] = {
    "numpy": (
        "article",
        {
            "author": "Harris, Charles R. and Millman, K. Jarrod and van der Walt, Stéfan J. and others",
            "title": "{Array programming with NumPy}",
            "journal": "Nature",
            "year": "2020",
            "volume": "585",
            "pages": "357--362",
            "doi": "10.1038/s41586-020-2649-2",
        },
    ),
    "matplotlib": (
        "article",
        {
            "author": "Hunter, John D.",
            "title": "{Matplotlib: A 2D graphics environment}",
            "journal": "Computing in Science \\& Engineering",
            "year": "2007",
            "volume": "9",
            "number": "3",
            "pages": "90--95",
            "doi": "10.1109/MCSE.2007.55",
        },
    ),
    "pymcdm": (
        "article",
        {
            "author": "Kizielewicz, Bartłomiej and Shekhovtsov, Andrii and Sałabun, Wojciech",
            "title": "{pymcdm---The universal library for solving multi-criteria decision-making problems}",
            "journal": "SoftwareX",
            "year": "2023",
            "volume": "22",
            "pages": "101368",
            "doi": "10.1016/j.softx.2023.101368",
        },
    ),
}


def bibtex(case: Case, record: Mapping[str, object], lang: str = "en") -> str:
    """Write the entries of all sources, of the program with the study, and of the packages that had a part.

    Parameters
    ----------
    record : the manifest
    lang : of the words of the program's entry
    """
    entries = [source_entry(source) for source in case.study.sources.values()]
    entries.append(_own(case, record, lang))
    entries += [_entry(kind, name, fields) for name, (kind, fields) in PACKAGES.items() if name in _versions(record)]
    return "\n".join(entries)


def keys(case: Case, record: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Give the keys of the sources, and those of the software."""
    sources = [citation_key(source.key) for source in case.study.sources.values()]
    return sources, [OWN, *(name for name in PACKAGES if name in _versions(record))]


def source_entry(source: Source) -> str:
    """Write one source: an article where it has a journal, else whatever it is."""
    fields = {
        "author": " and ".join(author(name) for name in source.authors),
        "title": f"{{{escaped(source.title)}}}",
        "journal" if source.journal else "howpublished": escaped(source.journal),
        "year": str(source.year),
        "number": escaped(re.sub(r"^[Nn]o\.?\s+", "", source.issue)),
        "pages": escaped(re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", "--", source.pages)),
        "doi": _address(source.doi),
        "url": _address(source.url),
    }
    return _entry("article" if source.journal else "misc", citation_key(source.key), fields)


def author(name: str) -> str:
    """Write a name as BibTeX sorts it: ``Duisen G.M.`` becomes ``Duisen, G. M.``; any other name stays whole."""
    parts = tidy(name).rsplit(" ", 1)
    if len(parts) == 2 and re.fullmatch(r"([^\W\d_]{1,2}\.-?)+", parts[1]):
        initials = re.sub(r"\.(?=[^-])", ". ", parts[1])
        return f"{escaped(parts[0])}, {escaped(initials)}"
    if re.fullmatch(r"[\w'’. -]+, [\w'’. -]+", tidy(name)):
        return escaped(name)
    return f"{{{escaped(name)}}}"


def citation_key(key: str) -> str:
    """Make a key that BibTeX and LaTeX both take."""
    return re.sub(r"[^A-Za-z0-9:.+/-]", "-", key)


def escaped(text: str) -> str:
    """Keep every letter of a text from being read as markup."""
    return "".join(NAMES.get(letter, letter) for letter in tidy(text))


def _own(case: Case, record: Mapping[str, object], lang: str) -> str:
    """Write the entry of the program, with the study that it ran on."""
    study = record["study"]
    assert isinstance(study, dict)
    note = say(
        "documents.bibtex.note",
        lang,
        title=tidy(case.study.title.get(lang)),
        scenario=case.scenario.key,
        hash=study["sha256"],
    )
    fields = {
        "author": "{the fiveplusone contributors}",
        "title": f"{{{escaped(say('documents.bibtex.software', lang))}}}",
        "howpublished": escaped(say("documents.bibtex.version", lang, version=_versions(record)["mcda"])),
        "note": escaped(note),
    }
    return _entry("misc", OWN, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Write an entry; fields without words are left out."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}", ""))


def _address(text: str) -> str:
    """Write a DOI or an address, in which no brace may stand alone."""
    return re.sub(r"[{}\\\s]", "", text)


def _versions(record: Mapping[str, object]) -> Mapping[str, str]:
    versions = record["versions"]
    assert isinstance(versions, dict)
    return versions
