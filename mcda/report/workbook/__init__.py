"""The workbook: a case with live formulas, to change weights and scores in a spreadsheet and see the ranking move."""

from __future__ import annotations

from mcda.engine.ranking import Ranking
from mcda.report.manifest import manifest
from mcda.report.workbook.about import write_about
from mcda.report.workbook.book import Book, Target
from mcda.report.workbook.calc import options_of, write_calc
from mcda.report.workbook.check import Stored, write_check
from mcda.report.workbook.methods import writer_of
from mcda.report.workbook.places import Plan
from mcda.report.workbook.scores import write_means, write_scores
from mcda.report.workbook.sure import write_sure
from mcda.report.workbook.sweep import write_sweep
from mcda.report.workbook.weights import write_weights
from mcda.sensitivity.smaa import Acceptability
from mcda.study.scenario import Case
from mcda.words import speaking

UPRIGHT = ("sweep", "about")  # sheets that are printed upright

__all__ = ["write_workbook"]


def write_workbook(
    case: Case,
    ranking: Ranking,
    path: Target,
    *,
    lang: str = "en",
    acceptability: Acceptability | None = None,
    command: str = "",
) -> None:
    """Write a case as a workbook whose formulas compute what the engine does; no macros, functions of Excel 2007 only.

    Every formula is written with its value, for viewers that do not calculate. A method that is not written out in
    formulas gets its scores as numbers, and the cells of weights and scores say why they take no input.

    Parameters
    ----------
    case, ranking : what is ranked, and how it came out
    path : a file name, or a file open for writing in binary
    lang : of the titles
    acceptability : what sampling found, shown as numbers that do not follow the inputs
    command : as typed, for the manifest
    """
    with speaking(lang):
        plan = plan_of(case, ranking, lang)
        book = Book(path, title=case.study.title.get(lang))
        keys = ["weights", "scores", "sweep", *(["sure"] if acceptability else []), "calc", "check", "about"]
        sheets = {key: book.sheet(plan.sheets[key], landscape=key not in UPRIGHT) for key in keys}
        write_scores(sheets["scores"], plan)
        found = write_calc(sheets["calc"], plan)
        stored = Stored(sheet=plan.sheets["check"], plan=plan)
        changed = write_check(sheets["check"], plan, found, stored)
        write_means(sheets["scores"], plan, found)
        write_weights(sheets["weights"], plan, found, stored.ranks, changed.cell())
        write_sweep(sheets["sweep"], plan, found)
        if acceptability:
            write_sure(sheets["sure"], plan, acceptability)
        write_about(sheets["about"], plan, manifest(case, command=command, packages=("XlsxWriter",)))
        book.close()


def plan_of(case: Case, ranking: Ranking, lang: str) -> Plan:
    """Say where everything of a case stands in its workbook, and whether its method is written out in formulas."""
    plan = Plan(case=case, ranking=ranking, lang=lang, live=True)
    live = writer_of(plan, options_of(plan)) is not None
    return Plan(case=case, ranking=ranking, lang=lang, live=live)
