"""Reports as folders: whole or not at all, the same bytes twice, nobody's files lost."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from mcda.errors import StudyError
from mcda.report import figures, write
from mcda.report.write import contents, write_report

HOSTILE = '</script><b>|=HYPERLINK("x")'
COMMAND = "mcda report plain"


@pytest.fixture
def case(make_case):
    return make_case()


@pytest.fixture
def quick(monkeypatch):
    """Reports without figures and documents, for tests of folders."""
    monkeypatch.setattr(write, "documents", lambda *_, **__: {})
    names = [f"figures/{name}.svg" for name in figures.FIGURES]
    monkeypatch.setattr(write, "_figures", lambda *_: (dict.fromkeys(names, b"<svg/>"), {}))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_report_holds_text_page_tables_figures_and_manifest(case, tmp_path: Path) -> None:
    names = write_report(case, tmp_path / "reports" / "plain", command=f"{COMMAND} -o x")
    files = tree(tmp_path / "reports" / "plain")
    assert sorted(names) == sorted(files)
    assert {"report.md", "index.html", "manifest.json", "tables/ranking.csv", "tables/cells.csv"} <= set(files)
    for name in sorted(set(figures.FIGURES) - {"bump", "simplex"}):  # without other scenarios and a third criterion
        assert files[f"figures/{name}.svg"].startswith(b"<?xml")
        assert files[f"figures/{name}.png"].startswith(b"\x89PNG")
        assert files[f"paper/figures/{name}.pdf"].startswith(b"%PDF")
    assert sum(name.startswith("figures/") for name in files) == 2 * 7
    record = json.loads(files["manifest.json"])
    assert record["files"] == names
    assert record["command"] == COMMAND
    assert {"matplotlib", "numpy", "python", "mcda"} <= set(record["versions"])
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["plain"]


def test_the_same_command_gives_the_same_bytes(make_case, tmp_path: Path) -> None:
    write_report(make_case(), tmp_path / "one", command=f"{COMMAND} -o one")
    write_report(make_case(), tmp_path / "two", command=f"{COMMAND} -o two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize("choices", [{}, {"route": "swot-1"}, {"drop": ("south", "west")}, {"structure": "leaves-raw"}])
def test_every_kind_of_case_has_a_report(make_case, choices) -> None:
    files = contents(make_case(**choices), command=COMMAND)
    assert ("tables/swot.csv" in files) == (choices.get("route") == "swot-1")
    assert ("tables/contributions.csv" in files) == ("drop" not in choices)
    assert ("tables/changes.csv" in files) == ("drop" in choices)


@pytest.mark.usefixtures("quick")
def test_text_names_what_lies_beside_it(case) -> None:
    files = contents(case, command=COMMAND)
    text = files["report.md"].decode()
    for address in re.findall(r"\]\(((?:tables|figures)/[^)]+)\)", text):
        assert address in files
    assert "![Bars of the scores" in text


@pytest.mark.usefixtures("quick")
def test_text_says_the_answer_first_then_what_it_rests_on(case) -> None:
    text = contents(case, command=COMMAND)["report.md"].decode()
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert heads == [
        "Answer",
        "How sure this is",
        "What would change it",
        "Ranking",
        "Weights",
        "Scores by criterion",
        "Where the lead comes from",
        "How sure it is, in figures",
        "Scores and the evidence behind them",
        "What was assumed",
        "How the scores come about",
        "What the study is, and what it is not",
        "Sources",
        "To cite and to rerun",
    ]
    for word in ("TOPSIS (normalization: vector)", "equal weights", "row1; row2", "doi.org/10.1000/182", COMMAND):
        assert word in text
    assert "| Budget | South | 5 | 0–10 | D |  |  |" in text


@pytest.mark.usefixtures("quick")
def test_text_and_tables_do_not_depend_on_versions_of_packages(case, monkeypatch) -> None:
    one = contents(case, command=COMMAND)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "999")
    monkeypatch.setattr("platform.python_version", lambda: "9.9.9")
    two = contents(case, command=COMMAND)
    assert {name for name in one if one[name] != two[name]} == {"index.html", "manifest.json", "workbook.xlsx"}


@pytest.mark.usefixtures("quick")
def test_tables_are_utf8_with_a_mark_for_spreadsheets(case) -> None:
    for name, data in contents(case, command=COMMAND).items():
        if name.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf"), name
            assert b"\r" not in data, name


def test_hostile_words_stay_words_in_every_file(make_case) -> None:
    files = contents(make_case(HOSTILE), command=COMMAND)
    for name, data in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
                assert not any(cell.startswith(("=", "@", "+")) for cell in row), name
        if name.endswith(".svg"):
            assert b"</script>" not in data, name
    html = MarkdownIt("commonmark").enable("table").parse(files["report.md"].decode())
    kinds = {child.type for token in html for child in token.children or [token]}
    assert not kinds & {"html_inline", "html_block"}
    widths = set()
    for table in files["report.md"].decode().split("\n\n"):
        if table.startswith("| "):
            widths |= {len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()})}
    assert widths == {1}


@pytest.mark.usefixtures("quick")
def test_an_earlier_report_is_replaced_with_all_its_files(make_case, tmp_path: Path) -> None:
    write_report(make_case(), tmp_path / "r", command=COMMAND)
    (tmp_path / "r" / ".DS_Store").write_bytes(b"litter")
    write_report(make_case(route="swot-1"), tmp_path / "r", command=COMMAND)
    assert not (tmp_path / "r" / "tables" / "cells.csv").exists()
    assert sorted(tree(tmp_path / "r")) == sorted(contents(make_case(route="swot-1"), command=COMMAND))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("manifest", [None, "[]", "not json", '{"files": ["notes.txt"]}', '{"versions": {}}'])
def test_a_folder_with_other_peoples_files_is_refused(case, tmp_path: Path, manifest) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    before = tree(tmp_path)
    with pytest.raises(StudyError, match=r"holds files that no report wrote \(.*notes\.txt.*\): name a new or empty"):
        write_report(case, tmp_path, command=COMMAND)
    assert tree(tmp_path) == before


@pytest.mark.usefixtures("quick")
def test_a_file_of_the_users_among_an_earlier_report_is_not_lost(case, tmp_path: Path) -> None:
    write_report(case, tmp_path / "r", command=COMMAND)
    (tmp_path / "r" / "tables" / "my own.csv").write_text("mine")
    with pytest.raises(StudyError, match=r"\(tables/my own\.csv\)"):
        write_report(case, tmp_path / "r", command=COMMAND)
    assert (tmp_path / "r" / "tables" / "my own.csv").read_text() == "mine"


@pytest.mark.usefixtures("quick")
def test_an_empty_folder_is_taken_and_a_file_refused(case, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_report(case, tmp_path / "empty", command=COMMAND)
    assert (tmp_path / "empty" / "report.md").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StudyError, match="is a file: name a folder"):
        write_report(case, tmp_path / "file", command=COMMAND)


def fail_at(count: int, error: BaseException):
    """A stand-in for a method of Path that fails at its nth call."""

    def maker(original):
        calls = iter(range(1, 10_000))

        def method(self, *arguments):
            if next(calls) == count:
                raise error
            return original(self, *arguments)

        return method

    return maker


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("step", [1, 2, 7])
@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "stopped"])
def test_a_failure_while_writing_leaves_all_as_it_was(make_case, tmp_path: Path, monkeypatch, step, error) -> None:
    write_report(make_case(), tmp_path / "r", command=COMMAND)
    before = tree(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", fail_at(step, error)(Path.write_bytes))
    with pytest.raises((StudyError, KeyboardInterrupt)) as caught:
        write_report(make_case(route="swot-1"), tmp_path / "r", command=COMMAND)
    if isinstance(error, OSError):
        assert "cannot be written (No space left on device): name another one" in str(caught.value)
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.usefixtures("quick")
def test_a_failure_in_a_new_place_leaves_no_folder_behind(case, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", fail_at(3, FULL)(Path.write_bytes))
    with pytest.raises(StudyError):
        write_report(case, tmp_path / "a" / "b" / "r", command=COMMAND)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("step", [1, 2])
def test_a_failure_while_swapping_puts_the_earlier_report_back(make_case, tmp_path: Path, monkeypatch, step) -> None:
    write_report(make_case(), tmp_path / "r", command=COMMAND)
    before = tree(tmp_path)
    monkeypatch.setattr(Path, "rename", fail_at(step, PermissionError(errno.EACCES, "in use"))(Path.rename))
    with pytest.raises(StudyError, match="in use"):
        write_report(make_case(route="swot-1"), tmp_path / "r", command=COMMAND)
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.usefixtures("quick")
def test_a_failure_while_making_touches_nothing(case, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(write, "report_page", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(case, tmp_path / "new" / "r", command=COMMAND)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("swapped", [False, True])
def test_a_run_killed_between_two_steps_is_mended_by_the_next(make_case, tmp_path: Path, swapped) -> None:
    write_report(make_case(), tmp_path / "r", command=COMMAND)
    (tmp_path / "r").rename(tmp_path / ".r.old")
    if swapped:
        write_report(make_case(), tmp_path / "other", command=COMMAND)
        (tmp_path / "other").rename(tmp_path / "r")
    write_report(make_case(), tmp_path / "r", command=COMMAND)
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.usefixtures("quick")
def test_a_link_to_a_folder_stays_a_link(case, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_report(case, tmp_path / "link", command=COMMAND)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "report.md").exists()
