"""The catalogue of words: whole in every language, with the same gaps, compiled as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import mcda
from mcda.words import AREAS, LANGUAGES, LOCALE, area, known, language, localized, say, speaking
from tests.catalogues import comment, compiled, in_step, key, read, source, texts, translated_from, written

OTHERS = [lang for lang in LANGUAGES if lang != "en"]
CYRILLIC = re.compile("[А-яЁёІіҚқҰұҮүҺһӘәӨөҒғҢң]")
SAME = {"report.page.seed", "page.live.pair"}  # texts that may be alike in all languages
PACKAGE = Path(mcda.__file__).parent


def gaps(text: str) -> list[tuple[str, str, str]]:
    """Give what a text's braces hold: name, conversion and format."""
    return sorted((name, spec or "", how or "") for _, name, spec, how in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("area_name", AREAS)
@pytest.mark.parametrize("lang", OTHERS)
def test_every_entry_is_translated_from_the_english_of_today(lang: str, area_name: str) -> None:
    english = {entry.id: comment(entry) for entry in read("en", area_name) if entry.id}
    own = {entry.id: translated_from(entry) for entry in read(lang, area_name) if entry.id}
    assert own == english
    assert [entry.id for entry in read(lang, area_name) if entry.id and not all(texts(entry))] == []


@pytest.mark.parametrize("area_name", AREAS)
@pytest.mark.parametrize("lang", OTHERS)
def test_translations_have_the_gaps_of_the_english(lang: str, area_name: str) -> None:
    english = {entry.id: [gaps(text) for text in texts(entry)] for entry in read("en", area_name) if entry.id}
    for entry in read(lang, area_name):
        for text in texts(entry) if entry.id else ():
            assert gaps(text) in english[entry.id], entry.id


@pytest.mark.parametrize("area_name", AREAS)
@pytest.mark.parametrize("lang", OTHERS)
def test_translations_are_written_in_their_own_letters(lang: str, area_name: str) -> None:
    for entry in read(lang, area_name):
        english = read("en", area_name).get(entry.id)
        if entry.id and english and re.search("[a-z]{3} [a-z]{3}", Formatter().vformat(texts(english)[0], (), Blank())):
            assert all(CYRILLIC.search(text) for text in texts(entry)) or entry.id in SAME, entry.id


class Blank(dict[str, object]):
    """Fills every brace with nothing."""

    def __missing__(self, key: str) -> object:
        return Nothing()


class Nothing:
    """Is written as nothing in every format."""

    def __format__(self, spec: str) -> str:
        return ""

    def __getattr__(self, name: str) -> Nothing:
        return self

    def __repr__(self) -> str:
        return ""


@pytest.mark.parametrize("area_name", AREAS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogues_are_tidy_and_compiled(lang: str, area_name: str) -> None:
    path = source(lang, area_name)
    assert path.with_suffix(".mo").read_bytes() == compiled(lang, area_name)
    if lang != "en":
        assert path.read_text(encoding="utf-8") == written(in_step(lang, area_name), lang)


@pytest.mark.parametrize("lang", OTHERS)
def test_the_words_of_click_are_translated(lang: str) -> None:
    path = source(lang, "click")
    assert path.with_suffix(".mo").read_bytes() == compiled(lang, "click")
    for entry in read(lang, "click"):
        for text in texts(entry) if entry.id else ():
            english = (entry.id,) if isinstance(entry.id, str) else entry.id
            assert {name for name, *_ in gaps(text)} <= {name for form in english for name, *_ in gaps(form)}, entry.id


def test_no_file_lies_among_the_catalogues_that_nothing_reads() -> None:
    names = {f"{path.parts[-3]}/{path.name}" for path in LOCALE.rglob("*.*")}
    wanted = {f"{lang}/{name}.{end}" for lang in LANGUAGES for name in AREAS for end in ("po", "mo")}
    assert names == wanted | {f"{lang}/click.{end}" for lang in OTHERS for end in ("po", "mo")}


def named() -> Iterator[tuple[str, str]]:
    """Give every whole key that the code names, with its file."""
    pattern = re.compile(rf'"((?:{"|".join(AREAS)})\.[a-z_0-9.]+[a-z0-9])"')
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from ((key, path.name) for key in pattern.findall(path.read_text(encoding="utf-8")))


def test_every_key_that_the_code_names_is_in_the_catalogue() -> None:
    files = re.compile(r"\.(md|csv|json|yaml|html|pdf|docx|svg|png|xlsx|bib|tex|typ|css|js)$")
    keys = {key(entry) for name in AREAS for entry in read("en", name) if entry.id}
    stems = {each[:place] for each in keys for place, letter in enumerate(each) if letter == "."}
    assert [pair for pair in named() if pair[0] not in keys | stems and not files.search(pair[0])] == []


# Keys that the code puts together out of values alone: terms, by the term; click's words, by rich_click's own names.
BY_VALUE = re.compile(r"term\.|cli\.click\.")
LITERAL = re.compile(rf"""["'`]((?:{"|".join(AREAS)})\.[A-Za-z0-9_.-]*)""")
FORMED = re.compile(rf"""f["']((?:{"|".join(AREAS)})\.[^"']*{{[^"']*)["']""")
MIDDLE = re.compile(r"""~ ["'](\.[a-z_]+\.)["'] ~""")  # in templates
ENDING = re.compile(r"""f["']{[a-z_.]+}([._][a-z_]+)["']""")


def sources() -> str:
    """Give all that can name a key: code, templates and scripts."""
    kinds = {".py", ".html", ".js", ".css", ".j2", ".typ", ".tex", ".svg", ".md", ".xml"}
    paths = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in kinds and LOCALE not in path.parents]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


class Uses:
    """Which keys the code names: whole, as the stem of others, or by an f-string."""

    def __init__(self, text: str) -> None:
        self.whole = set(LITERAL.findall(text))
        holes = (re.sub(r"{[^{}]*}", "\0", form) for form in FORMED.findall(text))
        self.forms = [re.compile(re.escape(form).replace("\0", "[A-Za-z0-9_.-]+")) for form in holes]
        self.middles, self.endings = set(MIDDLE.findall(text)), set(ENDING.findall(text))

    def __contains__(self, key: str) -> bool:
        if key in self.whole or BY_VALUE.match(key) or any(form.fullmatch(key) for form in self.forms):
            return True
        dots = [place for place, letter in enumerate(key) if letter == "."]
        if any(key[: place + 1] in self.whole for place in dots) or any(key[:place] in self.whole for place in dots[1:]):
            return True
        if any(stem.endswith("_") and key.startswith(stem) for stem in self.whole):
            return True
        if any(middle in key for middle in self.middles):
            return True
        return any(key.endswith(end) and key.removesuffix(end) in self for end in self.endings)


def test_every_key_of_the_catalogues_is_named_in_the_code() -> None:
    uses = Uses(sources())
    keys = {key(entry) for name in AREAS for entry in read("en", name) if entry.id}
    assert sorted(each for each in keys if each not in uses) == []


def test_a_key_that_nothing_names_is_found() -> None:
    uses = Uses('say("cli.wrote_study") + say(f"cli.batch.{way}", lang) + _known("report.how", key) + say(f"{code}_tied")')
    for named_here in ("cli.wrote_study", "cli.batch.size", "report.how.topsis", "cli.wrote_study_tied"):
        assert named_here in uses
    for nowhere in ("cli.wrote_page", "cli.left_out", "report.number", "cli.wrote_study_twice"):
        assert nowhere not in uses


def test_no_text_stands_twice_in_the_code_and_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"cli\.nothing_of_the_kind"):
        say("cli.nothing_of_the_kind")
    assert not known("cli.nothing_of_the_kind")
    assert not known("nowhere.at_all")


def test_the_spoken_language_is_that_of_the_block() -> None:
    assert language() == "en"
    with speaking("ru"):
        assert say("report.head.rank") == "Место"
        with speaking("kk"):
            assert say("report.head.rank") == "Орын"
        assert say("report.head.rank", "en") == "Rank"
    assert say("report.head.rank") == "Rank"


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "1,234.5%"), ("ru", "1\N{NO-BREAK SPACE}234,5\N{NO-BREAK SPACE}%"), ("kk", "1\N{NO-BREAK SPACE}234,5%")]
)
def test_numbers_follow_the_common_locale_data(lang: str, text: str) -> None:
    assert localized("1,234.5%", lang) == text


def test_plural_forms_follow_the_count() -> None:
    said = [say("report.page.behind_items", "ru", count=count) for count in (1, 2, 5, 11, 21, 104)]
    assert said == ["1 пункт", "2 пункта", "5 пунктов", "11 пунктов", "21 пункт", "104 пункта"]
    assert [say("report.page.behind_items", "en", count=count) for count in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
    with pytest.raises(KeyError):
        say("report.page.behind_items", "en")


def test_a_missing_translation_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    words = area("report", "ru")
    monkeypatch.setattr(words, "_catalog", {})
    assert say("report.head.rank", "ru") == "Rank"
