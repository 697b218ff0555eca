"""List the methods with what is known of them, or try every law on every one."""

from __future__ import annotations

from mcda.commands.output import Output
from mcda.engine.audit import Audit, Tally, audit
from mcda.engine.methods import METHODS
from mcda.engine.note import Note
from mcda.report import methods_tables
from mcda.report.grid import Column, Table, Value
from mcda.report.manifest import manifest_of_program
from mcda.words import say

SIGNS = {True: "!", False: "*"}  # beside violations: of a law that the method promises, or does not promise


def methods(*, command: str, lang: str) -> Output:
    """Tabulate what is known of the methods, the weightings and the normalizations."""
    said = say("cli.methods.count", lang, own=sum(not m.borrowed for m in METHODS.values()), all=len(METHODS))
    return Output(
        data={**methods_tables.records(lang), "manifest": manifest_of_program(command=command, packages=["pymcdm"])},
        sentences=(said,),
        tables=(
            methods_tables.methods(),
            methods_tables.needs(),
            methods_tables.options(),
            methods_tables.corrected(),
            methods_tables.left_out(),
            methods_tables.weightings(),
            methods_tables.normalizations(),
        ),
    )


def audited(*, trials: int, seed: int, command: str, lang: str) -> Output:
    """Tabulate violations out of trials, method by law; exit code 1 where a promised law is broken."""
    found = audit(trials=trials, seed=seed)
    broken = found.broken
    values = {"methods": len(found.methods), "laws": len(found.laws), "trials": trials, "seed": seed}
    if broken:
        each = ", ".join(f"{tally.method} {tally.law} {tally.violations}/{tally.trials}" for tally in broken)
        said = say("cli.audit.broken", lang, broken=each, **values)
    else:
        said = say("cli.audit.kept", lang, **values)
    laws = tuple(f"{law}: {say(f'engine.law.{law}', lang)}" for law in found.laws)
    return Output(
        data={
            "trials": trials,
            "seed": seed,
            "broken": len(broken),
            "audit": _records(found),
            "manifest": manifest_of_program(command=command, seed=seed, packages=["pymcdm"]),
        },
        sentences=(said,),
        tables=(_table(found),),
        closing=(say("cli.audit.laws", lang) + "\n" + "\n".join(laws),),
        exit_code=1 if broken else 0,
    )


def _table(found: Audit) -> Table:
    """Tabulate ``violations/trials``; nothing where a law says nothing of a method."""
    rows: list[tuple[Value, ...]] = [(method, *map(_cell, tallies)) for method, tallies in found.rows()]
    return Table(
        title_key="cli.audit.table",
        columns=(
            Column(key="method", heading="report.head.method"),
            *(Column(key=law, heading=f"cli.audit.{law}") for law in found.laws),
        ),
        rows=tuple(rows),
        notes=(Note(code="cli.audit.note"),),
    )


def _cell(tally: Tally) -> str:
    if not tally.trials:
        return "–"
    return f"{tally.violations}/{tally.trials}" + (SIGNS[tally.promised] if tally.violations else "")


def _records(found: Audit) -> list[dict[str, object]]:
    return [
        {
            "method": tally.method,
            "law": tally.law,
            "violations": tally.violations,
            "trials": tally.trials,
            "refused": tally.refused,
            "promised": tally.promised,
        }
        for tally in found.tallies
    ]
