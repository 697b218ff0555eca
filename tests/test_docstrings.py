"""What Python says of every public name: numpydoc, whole, with examples that run."""

from __future__ import annotations

import builtins
import doctest
import inspect
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest

import mcda

PACKAGE = Path(mcda.__file__).parent
PUBLIC = {name: getattr(mcda, name) for name in mcda.PUBLIC}
FUNCTIONS = {name: item for name, item in PUBLIC.items() if inspect.isfunction(item)}
CLASSES = {name: item for name, item in PUBLIC.items() if isinstance(item, type)}
NEVER_RAISES = {"ranks"}  # it is on the way of every score, and checks nothing
# Whose result rests on what somebody published, and who published it.
CITED = {
    "acceptability": "Lahdelma and Salminen",
    "alpha_interval": "Zapf",
    "borda": "Borda",
    "copeland": "Copeland",
    "disturbing": "Saaty",
    "group_priorities": "Forman and Peniwati",
    "importance": "Paruolo",
    "judgement_noise": "Vargas",
    "kemeny": "Kemeny",
    "kendall_tau_b": "Kendall",
    "krippendorff_alpha": "Krippendorff",
    "priorities": "Saaty",
    "rank_order_centroid": "Barron and Barrett",
    "rank_reversal": "Belton and Gear",
    "rank_sum": "Stillwell",
    "ratio_weights": "Edwards",
    "regret": "Savage",
    "sobol": "Saltelli",
    "sobol_decision": "Saisana",
    "spearman": "Kendall and Gibbons",
    "stability": "Mareschal",
    "swing_weights": "von Winterfeldt",
    "synthesize": "Saaty",
    "tornado": "Eschenbach",
    "weight_sweep": "Mareschal",
    "weighted_spearman": "Pinto da Costa",
    "ws": "Sałabun and Urbaniak",
}


def sections(item: object) -> dict[str, str]:
    """Divide a docstring by the headings that numpydoc underlines."""
    parts = re.split(r"^([A-Z][a-z]+)\n-{3,}\n", inspect.getdoc(item) or "", flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def named(text: str) -> set[str]:
    """Give the names that a list of parameters or attributes describes."""
    heads = re.findall(r"^(\w[\w, ]*?) :", text, re.MULTILINE)
    return {name for head in heads for name in head.split(", ")}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_describes_each_parameter_its_result_and_its_errors(name: str) -> None:
    function, found = FUNCTIONS[name], sections(FUNCTIONS[name])
    assert found[""].splitlines()[0].endswith(".")
    assert named(found.get("Parameters", "")) == set(inspect.signature(function).parameters)
    assert found["Returns"].strip()
    assert ("Raises" in found) == (name not in NEVER_RAISES)
    if "Raises" in found:
        raised = re.findall(r"^(\w+)$", found["Raises"], re.MULTILINE)
        assert raised
        assert all(issubclass(PUBLIC.get(error) or getattr(builtins, error), Exception) for error in raised)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_an_example(name: str) -> None:
    assert ">>> " in sections(FUNCTIONS[name])["Examples"]


@pytest.mark.parametrize("name", CITED)
def test_a_function_cites_what_it_rests_on(name: str) -> None:
    found = sections(FUNCTIONS[name])
    assert CITED[name] in found["References"]
    marks = set(re.findall(r"^\.\. (\[\d\]) ", found["References"], re.MULTILINE))
    said = "".join(text for heading, text in found.items() if heading != "References")
    assert marks
    assert marks == set(re.findall(r"(\[\d\])_", said))


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_lists_its_attributes(name: str) -> None:
    made, found = CLASSES[name], sections(CLASSES[name])
    listed = named(found.get("Attributes", "") + found.get("Parameters", ""))
    if is_dataclass(made):
        assert listed == {field.name for field in fields(made)}
    else:
        assert issubclass(made, mcda.McdaError)
        assert made is not mcda.McdaError or listed == {"faults"}


def modules() -> list[ModuleType]:
    """Import every module that has an example."""
    found = []
    for info in walk_packages([str(PACKAGE)], "mcda."):
        path = PACKAGE.joinpath(*info.name.split(".")[1:])
        file = path / "__init__.py" if info.ispkg else path.with_suffix(".py")
        if ">>> " in file.read_text(encoding="utf-8"):
            found.append(import_module(info.name))
    return [mcda, *found]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_examples_give_what_they_show(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted
    assert not found.failed


def test_the_check_of_examples_can_fail() -> None:
    def wrong() -> None:
        """>>> 1 + 1
        3
        """

    runner = doctest.DocTestRunner(verbose=False)
    (example,) = doctest.DocTestFinder().find(wrong, "wrong", globs={})
    assert runner.run(example, out=lambda text: None).failed == 1


def test_headings_and_names_are_found() -> None:
    def some(a: int, b: int, *, c: int) -> None:
        """Do.

        Parameters
        ----------
        a, b : numbers
        c : another one; see
            d : not a name

        Returns
        -------
        Nothing
        """

    check: Callable[..., None] = some
    assert named(sections(check)["Parameters"]) == {"a", "b", "c"}
    assert list(sections(check)) == ["", "Parameters", "Returns"]
