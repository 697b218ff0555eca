"""A small study of three railway lines that the tests of reports are written against."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mcda.study.model import (
    Alternative,
    Cell,
    Coding,
    Criterion,
    Evidence,
    Leaf,
    Reading,
    Source,
    Study,
    Swot,
    SwotItem,
    Title,
)
from mcda.study.scenario import Case, Scenario, build

MakeCase = Callable[..., Case]
NEVER_SKIPPED = ("test_browser.py", "test_live.py", "test_workbook.py", "test_intake.py")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where a test of the page or of the workbook was skipped and MCDA_SKIP_NOTHING says that none may be."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("MCDA_SKIP_NOTHING"):
        return
    all_skipped = reporter.stats.get("skipped", [])
    skipped = [report for report in all_skipped if any(name in report.nodeid for name in NEVER_SKIPPED)]
    for report in skipped:
        reporter.write_line(f"must not be skipped: {report.nodeid}: {report.longrepr[2]}", red=True)
    if skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

# sub-criterion: (criterion, kind, unit, scale); then for each line the two codings' (value, low, high)
LEAVES = {
    "stations": ("reach", "rating", "", (1.0, 5.0)),
    "budget": ("reach", "amount", "EUR mn", (0.0, 20.0)),
    "noise": ("burden", "rating", "", (1.0, 5.0)),
}
READINGS = {
    ("north", "stations"): ((4.0, 3.5, 4.5), (4.0, 3.5, 5.0)),
    ("south", "stations"): ((2.0, 1.0, 3.0), (3.0, 2.0, 3.5)),
    ("west", "stations"): ((1.0, 1.0, 2.0), (1.5, 1.0, 2.0)),
    ("north", "budget"): ((12.5, 10.0, 15.0), (12.5, 11.0, 14.0)),
    ("south", "budget"): ((None, 0.0, 8.0), (None, 2.0, 10.0)),
    ("west", "budget"): ((20.0, 18.0, 30.0), (None, 15.0, 20.0)),
    ("north", "noise"): ((4.5, 4.0, 5.0), (4.5, 4.0, 5.0)),
    ("south", "noise"): ((2.0, 1.5, 2.5), (2.0, 1.5, 2.5)),
    ("west", "noise"): ((1.0, 1.0, 2.0), (1.0, 1.0, 1.5)),
}
SWOT = (("north", "reach", 1), ("north", "burden", 1), ("south", "reach", -1), ("west", None, 0), ("west", "reach", 1))


@pytest.fixture(scope="session")
def make_case() -> MakeCase:
    """Build the case of the railway study; ``text`` takes the place of all its words, ``choices`` are a scenario's."""

    def make(text: str = "", **choices: object) -> Case:
        def title(en: str, ru: str = "", kk: str = "") -> Title:
            return Title(en=text or en, ru=text or ru, kk=text or kk)

        scenario = Scenario(key="plain", title=title("Plain", "Простой", "Қарапайым"), **choices)  # type: ignore[arg-type]
        return build(_study(title, text), scenario)

    return make


def _study(title: Callable[..., Title], text: str) -> Study:
    names = {
        "north": title("North", "Север", "Солтүстік"),
        "south": title("South", "Юг"),
        "west": title("West", "Запад"),
    }
    return Study(
        key="rail",
        title=title("Three railway lines", "Три линии"),
        question=title("Which line serves most at the least burden?"),
        about=title("Invented for tests.\nNo line exists."),
        alternatives=tuple(Alternative(key=key, title=name) for key, name in names.items()),
        criteria=tuple(_criterion(key, sign, title, text) for key, sign in (("reach", 1), ("burden", -1))),
        codings=tuple(Coding(key=f"coding-{k}", title=title(f"Coding {k}"), about=title("One pass.")) for k in (1, 2)),
        sources={"paper": _source(text)},
        evidence={f"row{k}": _row(k, text) for k in range(1, 6)},
        swot=Swot(scale=(-2.0, 2.0), codings={"swot-1": _items(text)}),
        folder=Path("nowhere"),
        scenario_folder=Path("nowhere"),
        hashes={"criteria/study.yaml": "a" * 64},
    )


def _criterion(key: str, sign: int, title: Callable[..., Title], text: str) -> Criterion:
    leaves = tuple(
        Leaf(
            key=leaf,
            criterion=key,
            title=title(leaf.capitalize()),
            weight=1.0,
            kind=kind,  # type: ignore[arg-type]
            unit=text if text and unit else unit,
            scale=scale,
            question=title("How much?"),
            anchors={1: title("little"), 5: title("much")},
            cells={line: _cell(line, leaf, text) for line in ("north", "south", "west")},
        )
        for leaf, (owner, kind, unit, scale) in LEAVES.items()
        if owner == key
    )
    return Criterion(
        key=key,
        title=title(key.capitalize(), "Охват" if sign > 0 else "Нагрузка"),
        direction=sign,  # type: ignore[arg-type]
        weight=1.0,
        question=title("Why?"),
        leaves=leaves,
    )


def _cell(line: str, leaf: str, text: str) -> Cell:
    rows = (("row1", "row2"), ("row2", "row3"))
    readings = {
        f"coding-{k + 1}": Reading(value=value, low=low, high=high, evidence=rows[k], reason=text or "As printed.")
        for k, (value, low, high) in enumerate(READINGS[line, leaf])
    }
    return Cell(alternative=line, leaf=leaf, readings=readings)


def _row(k: int, text: str) -> Evidence:
    words = text or f"Statement {k}"
    return Evidence(
        id=f"row{k}", paper="paper", locator=text or f"Table {k}", format="north", area="x", statement=words, value="-5"
    )


def _items(text: str) -> tuple[SwotItem, ...]:
    return tuple(
        SwotItem(id=f"row{k}", alternative=line, criterion=criterion, sign=sign, reason=text or "So it reads.")  # type: ignore[arg-type]
        for k, (line, criterion, sign) in enumerate(SWOT, start=1)
    )


def _source(text: str) -> Source:
    return Source(
        key="paper",
        authors=(text or "Author A.",),
        year=2025,
        title=text or "On lines",
        journal=text or "Rails",
        issue="No. 1",
        pages="1-9",
        doi="10.1000/182",
        url="",
    )
