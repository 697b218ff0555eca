"""The documents of a report: written with it, named in its manifest, told where one is left out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from docx import Document

from mcda.commands.report import report
from mcda.errors import CommandError
from mcda.report import pdf, write
from mcda.report.letterhead import Letterhead
from mcda.report.write import contents

COMMAND = "mcda report plain"
ALWAYS = {"briefing.docx", "checklist.md", "paper/paper.tex", "paper/sources.bib", "paper/figures/contributions.pdf"}
CHOICES = {"claims": (), "weights": (), "method": None, "normalization": None, "route": None}


@pytest.fixture
def head() -> Letterhead:
    document, out = Document(), io.BytesIO()
    document.add_paragraph("Ministry")
    document.save(out)
    return Letterhead(name="head.docx", data=out.getvalue())


def test_a_report_holds_its_documents_and_names_them(make_case) -> None:
    files = contents(make_case(), command=COMMAND)
    assert set(files) >= ALWAYS
    assert ("briefing.pdf" in files) == pdf.available()
    record = json.loads(files["manifest.json"])
    assert record["files"] == list(files)
    assert {"docxtpl", "python-docx"} <= set(record["versions"])
    assert (record["seed"], record["draws"]) == (1, 20_000)
    assert record["left_out"] == ({} if pdf.available() else {"briefing.pdf": "pdf"})
    assert "letterhead" not in record


def test_what_is_left_out_stands_in_the_manifest(make_case, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    files = contents(make_case(), command=COMMAND)
    record = json.loads(files["manifest.json"])
    assert "briefing.pdf" not in files
    assert record["left_out"] == {"briefing.pdf": "pdf"}
    assert "typst" not in record["versions"]


def test_a_letterhead_is_used_and_named_by_its_hash(make_case, head) -> None:
    files = contents(make_case(), command=COMMAND, letterhead=head)
    assert Document(io.BytesIO(files["briefing.docx"])).paragraphs[0].text == "Ministry"
    assert json.loads(files["manifest.json"])["letterhead"] == {"name": "head.docx", "sha256": head.sha256}


@pytest.fixture
def written(monkeypatch) -> list[dict[str, object]]:
    """What the command asks to be written, instead of writing it."""
    asked: list[dict[str, object]] = []

    def stand_in(case, folder, **options):
        asked.append({"folder": folder, **options})
        return ["report.md"]

    monkeypatch.setattr(write, "write_report", stand_in)
    return asked


def run(**options):
    plain = {"out": Path("x"), "letterhead": None, "study": None, "command": COMMAND, "lang": "en"}
    return report(None, **plain | CHOICES | options)


def test_the_command_reads_the_letterhead_and_forgets_its_folder(written, head, tmp_path: Path) -> None:
    place = tmp_path / "my letters" / "head.docx"
    place.parent.mkdir()
    place.write_bytes(head.data)
    run(letterhead=place, command=f"mcda report --letterhead '{place}' -o y")
    assert written[0]["letterhead"] == head
    assert written[0]["command"] == "mcda report --letterhead head.docx -o y"


def test_a_letterhead_that_cannot_be_read_is_a_fault_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no\.docx' cannot be read \(No such file or directory\): name a Word"):
        run(letterhead=tmp_path / "no.docx")


@pytest.mark.usefixtures("written")
def test_the_command_says_what_it_left_out_and_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    expected = "briefing.pdf was left out, since the extra 'pdf' is not installed: pip install 'fiveplusone[pdf]'"
    assert expected in run().notices
    monkeypatch.setattr(pdf, "available", lambda: True)
    assert not any("left out" in notice for notice in run().notices)
