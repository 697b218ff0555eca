"""The paper in LaTeX: booktabs, letters that print as themselves, files that fit together, and that it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from mcda.report import figures
from mcda.report.blocks import Entry, Tabular
from mcda.report.briefing import briefing
from mcda.report.findings import findings
from mcda.report.latex import PAGE, booktabs, paper, tex
from mcda.report.manifest import manifest
from mcda.study.scenario import Case

HOSTILE = r"R&D 100% $5_a #1 ~x^2 {b} } \input{/etc/passwd} <c> |d| `e` -- ,, ''"
PDFLATEX = shutil.which("pdflatex")

needs_latex = pytest.mark.skipif(PDFLATEX is None, reason="pdflatex is not installed")


def files_of(case: Case, lang: str = "en") -> dict[str, bytes]:
    record = manifest(case, command="mcda report plain", packages=("matplotlib",))
    text = briefing(findings(case), record, lang, pictures={"contributions": "Signed bars\nthat add up."})
    return paper(text, case, record)


def table_of(*rows: tuple[str, ...], heads: tuple[str, ...] = ("Name", "Share")) -> Tabular:
    made = tuple(tuple(Entry(text=cell) for cell in row) for row in rows)
    return Tabular(key="x", title="t", heads=heads, rows=made, right=(False, *(True for _ in heads[1:])))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&D", r"R\&D"),
        ("100%", r"100\%"),
        ("a_b", r"a\_b"),
        ("C:\\x", r"C:\textbackslash{}x"),
        ("{1}", r"\textbraceleft{}1\textbraceright{}"),
        ("$5 #1", r"\$5 \#1"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        ("a < b > c | d", r"a \textless{} b \textgreater{} c \textbar{} d"),
        ('say "x"', r"say {\char34}x{\char34}"),
        ("−0.5 ≥ 1", r"$-$0.5 $\geq$ 1"),
        ("1–2", "1–2"),
        ("a -- b", "a -{}- b"),
        ("it''s ,,x", "it'{}'s ,{},x"),
        ("20\N{NO-BREAK SPACE}000", "20~000"),
        ("Қазақстан", "Қазақстан"),
        ("two\nlines", "two lines"),
    ],
)
def test_every_letter_is_printed_as_itself(text, written) -> None:
    assert tex(text) == written


def test_a_table_has_three_rules_and_columns_that_fit_their_words() -> None:
    made = booktabs(table_of(("north", "50%"), ("south & co", "5%")), "en").splitlines()
    assert made[1:] == [
        r"\begin{tabular}{@{}lr@{}}",
        r"\toprule",
        r"Name & Share \\",
        r"\midrule",
        r"north & 50\% \\",
        r"south \& co & 5\% \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_a_wide_table_shares_the_line() -> None:
    made = booktabs(table_of(("a " * 60, "1"), ("b", "2")), "en")
    shares = [float(share) for share in re.findall(r"dimexpr ([\d.]+)\\linewidth", made)]
    assert len(shares) == 2
    assert sum(shares) == pytest.approx(1, abs=0.002)
    assert r">{\raggedleft\arraybackslash}" in made


def test_a_long_table_runs_over_pages_and_repeats_its_head() -> None:
    made = booktabs(table_of(*((str(k), "1") for k in range(PAGE + 1))), "en")
    assert r"\begin{longtable}" in made
    assert r"\midrule\endhead" in made
    assert "longtable" in made.splitlines()[0]


@pytest.mark.parametrize("first", ["[5pt] wide", "* starred"])
def test_a_cell_that_begins_like_an_option_is_not_one(first) -> None:
    assert f"{{}}{first} & 1 \\\\" in booktabs(table_of((first, "1")), "en")


def test_small_lines_stand_below_and_groups_are_set_apart() -> None:
    group = (Entry(text="Reach", strong=True), Entry(text="0.5", strong=True))
    row = (Entry(text="Noise"), Entry(text="2", small="1–3 · A"))
    table = Tabular(key="x", title="t", heads=("a", "b"), rows=(group, row, group), right=(False, True))
    made = booktabs(table, "en")
    assert r"Noise & 2\par{\scriptsize 1–3 \textperiodcentered{} A} \\[2pt]" in made
    assert made.count(r"\addlinespace") == 1
    assert r"\textbf{Reach} & \textbf{0.5} \\" in made


def test_everything_that_the_paper_names_lies_beside_it(make_case) -> None:
    files = files_of(make_case())
    text = files["paper.tex"].decode()
    assert {f"{name}.tex" for name in re.findall(r"\\input\{(tables/\w+)\}", text)} == {
        name for name in files if name.startswith("tables/")
    }
    entries = set(re.findall(r"^@\w+\{([^,]+),", files["sources.bib"].decode(), re.MULTILINE))
    cited = {key for keys in re.findall(r"\\cite\{([^}]+)\}", text) for key in keys.split(",")}
    assert cited == entries == {"paper", "fiveplusone", "numpy", "matplotlib"}
    assert re.findall(r"\\includegraphics\[.*\]\{(.+)\}", text) == ["figures/contributions"]
    assert "% In words: Signed bars that add up." in text
    assert "checklist" not in " ".join(files)


def test_the_paper_tells_methods_results_and_evidence(make_case) -> None:
    text = files_of(make_case())["paper.tex"].decode()
    assert re.findall(r"\\section\{(.+)\}", text) == ["Methods", "Results", "Evidence"]
    assert "West ranks first of 3" in text
    assert "TOPSIS (Hwang and Yoon 1981)" in text
    assert "versions of Python" in text
    assert not re.search(r"numpy \d|Python \d", text)


def test_the_same_case_gives_the_same_bytes(make_case) -> None:
    assert files_of(make_case()) == files_of(make_case())


@pytest.mark.parametrize(("lang", "encoding"), [("en", "[T1]"), ("kk", "[T1,T2A]")])
def test_the_encoding_follows_the_letters(make_case, lang, encoding) -> None:
    text = files_of(make_case(), lang)["paper.tex"].decode()
    assert f"\\usepackage{encoding}{{fontenc}}" in text
    assert ("\\DeclareTextSymbolDefault{\\l}{T1}" in text) == (lang == "kk")


def test_figures_for_papers_are_vectors_and_the_same_twice(make_case) -> None:
    case = make_case()
    one, two = (figures.paper(figures.draw("ranking", findings(case), "kk"), title="T") for _ in range(2))
    assert one == two
    assert one.startswith(b"%PDF")
    assert b"/Subtype /Image" not in one
    assert b"CreationDate" not in one
    assert b"/FontFile2" in one  # letters as a TrueType font, so that they can be searched


def compile_paper(case: Case, folder: Path, lang: str) -> str:
    """Compile a paper as its first line says; give the log."""
    figure = figures.paper(figures.draw("ranking", findings(case), lang), title="T")
    for name, data in {**files_of(case, lang), "figures/contributions.pdf": figure}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    latex = [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    for command in (latex, ["bibtex", "paper"], latex, latex):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    return (folder / "paper.log").read_text(errors="replace")


@needs_latex
@pytest.mark.parametrize(("text", "lang"), [("", "kk"), (HOSTILE, "en")])
def test_it_compiles_without_a_complaint(make_case, tmp_path: Path, text, lang) -> None:
    log = compile_paper(make_case(text), tmp_path, lang)
    assert "undefined" not in log
    assert "Missing character" not in log
    assert (tmp_path / "paper.pdf").stat().st_size > 20_000


def test_a_paper_without_sources_or_pictures_is_whole(make_case) -> None:
    case = make_case()
    bare = replace(case, study=replace(case.study, sources={}))
    record = manifest(bare, command="mcda report plain")
    files = paper(briefing(findings(bare), record, "en", pictures={}), bare, record)
    cited = r"The evidence comes from \dots{}, the computation from \cite{fiveplusone,numpy}"
    assert cited in files["paper.tex"].decode()
