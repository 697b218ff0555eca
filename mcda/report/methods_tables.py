"""The tables of what is known of the methods, the weightings and the normalizations, for who has to choose one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcda.engine.method import Method
from mcda.engine.methods import ABOVE_ZERO, EXCLUDED, METHODS, OPEN
from mcda.engine.normalize import DEMANDS, NORMALIZATIONS
from mcda.engine.note import Note
from mcda.engine.weights import WEIGHTINGS, Weighting
from mcda.report.grid import Column, Named, Table, Value, word
from mcda.study.model import Title
from mcda.words import LANGUAGES, say, term

KEY = Column(key="key", heading="report.head.key")
METHOD = Column(key="title", heading="report.head.method")
NEEDS = Column(key="needs", heading="engine.head.needs")
CORRECTED = Column(key="corrected", heading="engine.head.corrected")
REFERENCE = Column(key="reference", heading="report.head.reference")


def methods() -> Table:
    """Tabulate the methods: normalization, which way scores run, what is kept, reference."""
    bounded = [entry.title for entry in METHODS.values() if entry.from_zero]
    return Table(
        title_key="report.table.methods",
        columns=(
            KEY,
            METHOD,
            Column(key="normalization", heading="report.head.normalization"),
            Column(key="normalizations", heading="report.head.normalizations"),
            Column(key="higher_is_better", heading="report.head.higher", kind="flag"),
            Column(key="dominance", heading="report.head.dominance", kind="flag"),
            Column(key="monotone", heading="engine.head.monotone", kind="flag"),
            Column(key="keeps_rank", heading="engine.head.keeps_rank", kind="flag"),
            REFERENCE,
        ),
        rows=tuple(
            (
                key,
                term(entry.title),
                entry.normalization,
                _open(entry.normalizations),
                entry.higher_is_better,
                entry.dominance,
                entry.monotone,
                entry.keeps_rank,
                entry.reference,
            )
            for key, entry in METHODS.items()
        ),
        notes=(
            *(Note(code=f"engine.note.{name}") for name in ("dominance", "monotone", "keeps_rank")),
            Note(code="engine.note.from_zero", values={"names": ", ".join(bounded)}),
        ),
    )


def needs() -> Table:
    """Tabulate what must be true of the values, for the methods that ask something of them."""
    return Table(
        title_key="engine.table.needs",
        columns=(KEY, METHOD, NEEDS),
        rows=tuple((key, term(m.title), _demands(m.demands)) for key, m in METHODS.items() if m.demands),
        notes=(Note(code="engine.note.needs"),),
    )


def options() -> Table:
    """Tabulate the options of the methods with their defaults."""
    return Table(
        title_key="engine.table.options",
        columns=(
            Column(key="method", heading="report.head.method"),
            Column(key="option", heading="engine.head.option"),
            Column(key="default", heading="engine.head.default"),
            Column(key="meaning", heading="engine.head.meaning"),
        ),
        rows=tuple(
            (key, name, None if option.default is None else str(option.default), _said(entry.told(name)))
            for key, entry in METHODS.items()
            for name, option in entry.takes.items()
        ),
    )


def corrected() -> Table:
    """Tabulate the methods in which pymcdm 1.4.0 was put right."""
    return Table(
        title_key="engine.table.corrected",
        columns=(KEY, METHOD, CORRECTED),
        rows=tuple((key, term(m.title), _said(m.corrected)) for key, m in METHODS.items() if m.corrected),
        notes=(Note(code="engine.note.corrected"),),
    )


def left_out() -> Table:
    """Tabulate the methods that are left out, with the reason."""
    return Table(
        title_key="cli.methods.excluded",
        columns=(KEY, Column(key="reason", heading="engine.head.why")),
        rows=tuple((key, _said(code)) for key, code in EXCLUDED.items()),
    )


def weightings() -> Table:
    """Tabulate the ways to draw weights from the values."""
    return Table(
        title_key="engine.table.weightings",
        columns=(
            KEY,
            METHOD,
            NEEDS,
            Column(key="normalizations", heading="report.head.normalization"),
            CORRECTED,
            REFERENCE,
        ),
        rows=tuple(
            (
                key,
                term(entry.title),
                _demands(entry.needs),
                "; ".join(entry.normalizations),
                _said(entry.corrected),
                entry.reference,
            )
            for key, entry in WEIGHTINGS.items()
        ),
    )


def normalizations() -> Table:
    """Tabulate the normalizations: what becomes of a value, and what must be true of the values."""
    return Table(
        title_key="engine.table.normalizations",
        columns=(KEY, Column(key="formula", heading="engine.head.formula"), NEEDS),
        rows=tuple(
            (key, _said(f"engine.normalization.{key}"), _demands(DEMANDS.get(key, ()))) for key in NORMALIZATIONS
        ),
        notes=(Note(code="engine.note.normalizations"),),
    )


def records(lang: str) -> dict[str, object]:
    """Give all that the tables hold as plain data: needs as keys with a legend, options by name."""
    legend = dict.fromkeys(need for entry in METHODS.values() for need in entry.demands)
    legend |= dict.fromkeys(need for entry in WEIGHTINGS.values() for need in entry.needs)
    legend |= dict.fromkeys(need for needs in DEMANDS.values() for need in needs)
    return {
        "methods": [{"key": key, **_method(entry, lang)} for key, entry in METHODS.items()],
        "excluded": [{"key": key, "reason": say(code, lang)} for key, code in EXCLUDED.items()],
        "weightings": [{"key": key, **_weighting(entry, lang)} for key, entry in WEIGHTINGS.items()],
        "normalizations": [
            {"key": key, "formula": say(f"engine.normalization.{key}", lang), "needs": list(DEMANDS.get(key, ()))}
            for key in NORMALIZATIONS
        ],
        "needs": {need: say(f"engine.needs.{need}", lang) for need in legend},
    }


def _method(entry: Method, lang: str) -> Mapping[str, object]:
    return {
        "title": term(entry.title, lang),
        "needs": list(entry.demands),
        "options": entry.options,
        "normalization": entry.normalization,
        "normalizations": list(entry.normalizations),
        "higher_is_better": entry.higher_is_better,
        "dominance": entry.dominance,
        "monotone": entry.monotone,
        "keeps_rank": entry.keeps_rank,
        "from_zero": entry.from_zero,
        "borrowed": entry.borrowed,
        "corrected": say(entry.corrected, lang) if entry.corrected else None,
        "reference": entry.reference,
    }


def _weighting(entry: Weighting, lang: str) -> Mapping[str, object]:
    return {
        "title": term(entry.title, lang),
        "needs": list(entry.needs),
        "normalizations": list(entry.normalizations),
        "corrected": say(entry.corrected, lang) if entry.corrected else None,
        "reference": entry.reference,
    }


def _open(keys: tuple[str, ...]) -> Value:
    """Name the normalizations that a method leaves open: all, all but a few, or each."""
    files = "; ".join(keys)
    if keys == OPEN:
        return Named(key=files, title=word("all", "engine.open.").title)
    if keys == ABOVE_ZERO:
        left = ", ".join(key for key in OPEN if key not in keys)
        return Named(key=files, title=Title(**{lang: say("engine.open.but", lang, left=left) for lang in LANGUAGES}))
    return files


def _demands(needs: Iterable[str]) -> Value:
    """Name needs: by their keys in files, in words for people."""
    keys = tuple(needs)
    titles = {lang: "; ".join(say(f"engine.needs.{key}", lang) for key in keys) for lang in LANGUAGES}
    return Named(key="; ".join(keys), title=Title(**titles)) if keys else None


def _said(code: str) -> Value:
    """Say a message in the reader's language; nothing where there is none."""
    return Named(key=say(code), title=Title(**{lang: say(code, lang) for lang in LANGUAGES})) if code else None
