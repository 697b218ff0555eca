"""Imports go down, each third party comes in through one door, and commands load no more than they need."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mcda

ROOT = Path(mcda.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
# Lower floors first; a module may import from its own floor and from those below it.
FLOORS = (
    ("mcda.words", "mcda"),
    ("mcda.errors",),
    ("mcda.engine",),
    ("mcda.sensitivity", "mcda.study"),
    ("mcda.explain", "mcda.uncertainty", "mcda.moves", "mcda.flips", "mcda.tornadoes"),
    ("mcda.claim", "mcda.states", "mcda.batch"),
    ("mcda.report",),
    ("mcda.commands",),
    ("mcda.cli", "mcda.worded", "mcda.console", "mcda.__main__"),
)
DOORS = {
    "pymcdm": {"mcda.engine.borrowed"},
    "matplotlib": {"mcda.report.figures"},
    "click": {"mcda.cli"},
    "rich_click": {"mcda.cli", "mcda.worded"},
    "rich": {"mcda.commands.output"},
    "pydantic": {"mcda.study"},
    "ruamel": {"mcda.study"},
    "xlsxwriter": {"mcda.report.workbook.book"},
    "openpyxl": {"mcda.study.intake.sheets"},
    "jinja2": {"mcda.report.page", "mcda.report.word"},
    "docx": {"mcda.report.word", "mcda.report.letterhead"},
    "docxtpl": {"mcda.report.word"},
    "lxml": {"mcda.report.word"},
    "PIL": {"mcda.report.word"},
    "typst": {"mcda.report.pdf"},
    "distributed": {"mcda.batch.cluster"},
    "dask": {"mcda.batch.cluster"},
    "pyarrow": {"mcda.report.batch.parquet"},
    "pandas": {"mcda.report.batch.frame"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    """All modules that a module imports, wherever in it, but for type checking."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor_of(module: str) -> int:
    """The floor of a module: the longest name that it is or lies in decides."""
    names = [(len(name), floor) for floor, row in enumerate(FLOORS) for name in row if inside(module, name)]
    return max(names)[1]


def inside(module: str, place: str) -> bool:
    return module == place or (place != "mcda" and module.startswith(place + "."))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_and_through_the_right_door(path: Path) -> None:
    module = name_of(path)
    for imported in imports_of(path):
        top = imported.partition(".")[0]
        if top in DOORS:
            assert any(inside(module, door) for door in DOORS[top]), f"{module} imports {imported}"
        if top == "mcda" and any(inside(imported, name) for row in FLOORS for name in row):
            assert floor_of(imported) <= floor_of(module), f"{module} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_engine_and_sensitivity_know_nothing_of_each_others_upstairs(path: Path) -> None:
    module = name_of(path)
    if inside(module, "mcda.sensitivity"):
        assert not [name for name in imports_of(path) if inside(name, "mcda.study")]
    if inside(module, "mcda.study"):
        assert not [name for name in imports_of(path) if inside(name, "mcda.sensitivity")]


def loaded_by(*arguments: str, cwd: Path | None = None) -> set[str]:
    """The modules in memory after a command has run."""
    code = (
        "import sys\n"
        f"sys.argv = {['mcda', *arguments]!r}\n"
        "from mcda.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=cwd)
    return set(done.stderr.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    assert not loaded_by("--help") & {"pandas", "matplotlib", "pymcdm", "numpy", "scipy"}


def test_version_is_said_without_the_command_line() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; from mcda.__main__ import main; main(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()
    assert said == f"mcda {mcda.__version__} (fiveplusone)"
    assert not {"click", "rich_click", "numpy", "mcda.words"} & set(loaded.split())


def test_a_plain_matrix_is_ranked_without_what_reads_studies(tmp_path: Path) -> None:
    (tmp_path / "plain.csv").write_text("option,cost\ndirection,cost\nroad,12\nrail,15\n", encoding="utf-8")
    assert not loaded_by("rank", "--matrix", "plain.csv", cwd=tmp_path) & {"pydantic", "ruamel.yaml", "pandas", "rich"}


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_rank_with_a_kernel_of_ours_loads_nothing_heavy(method: str) -> None:
    assert not loaded_by("rank", "--method", method) & {"pandas", "matplotlib", "pymcdm", "scipy", "scipy.stats"}


def test_import_of_the_package_loads_nothing() -> None:
    code = "import sys, mcda; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "matplotlib", "pymcdm", "pydantic"} & set(done.stdout.split())


@pytest.mark.parametrize("name", sorted(mcda.PUBLIC))
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    item = getattr(mcda, name)
    assert isinstance(item, (dict, tuple, str)) or item.__doc__


def test_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'rnak'"):
        mcda.rnak  # noqa: B018
