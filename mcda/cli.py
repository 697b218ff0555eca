"""The command line: what can be typed. What a command does is in ``mcda.commands``."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import rich_click as click

from mcda import __version__
from mcda.__main__ import VERSION
from mcda.console import plain_streams, tell_lost
from mcda.errors import CommandError, McdaError
from mcda.worded import Whole, WordedGroup, WordedOption, in_language, option
from mcda.words import LANGUAGES, language, say

if TYPE_CHECKING:
    from mcda.commands.output import Output

Command = TypeVar("Command", bound=Callable[..., Any])
VARIED = ("weights", "scores", "both")
DONE, STUDY_AT_FAULT, COMMAND_AT_FAULT, NOT_AS_EXPECTED = 0, 1, 2, 3


def _study(command: Command) -> Command:
    return option("--study", metavar="DIR", type=click.Path(path_type=Path), help="cli.option.study")(command)


def _output(command: Command) -> Command:
    """Add the options of every command that prints."""
    formats = click.Choice(["table", "json", "jsonl", "csv", "markdown"])
    command = option("--lang", type=click.Choice(LANGUAGES), default=language, help="cli.option.lang")(command)
    return option("--format", "form", type=formats, default="table", help="cli.option.format")(command)


def _choices(command: Command) -> Command:
    """Add the options that change a scenario from the command line."""
    for names, metavar, key in (
        (("--route",), "KEY", "route"),
        (("--normalization",), "KEY", "normalization"),
        (("--method",), "KEY", "method"),
    ):
        command = option(*names, metavar=metavar, help=f"cli.option.{key}")(command)
    command = option("--set", "cells", metavar="CELL=VALUE", multiple=True, help="cli.option.set")(command)
    return option("-w", "weights", metavar="KEY=NUMBER", multiple=True, help="cli.option.weight")(command)


@click.group(cls=WordedGroup, context_settings={"help_option_names": ["-h", "--help"]}, help="cli.help")
@click.version_option(__version__, message=VERSION, cls=WordedOption, help="cli.option.version")
def cli() -> None:
    """Hold the commands."""


@cli.command(help="cli.rank.help")
@click.argument("scenario", required=False)
@_choices
@option("--matrix", metavar="FILE.csv", type=click.Path(path_type=Path), help="cli.option.matrix")
@option("--expect", metavar="KEY", help="cli.option.expect")
@option("--save", metavar="FILE.yaml", type=click.Path(path_type=Path), help="cli.option.save")
@_study
@_output
def rank(
    scenario: str | None, matrix: Path | None, form: str, lang: str, **options: Any
) -> None:
    """Rank the alternatives of a study under a scenario, or of a plain matrix."""
    from mcda.commands import rank as run

    if matrix is None:
        _show(run.scenario(scenario, command=_typed(), lang=lang, **options), form, lang)
        return
    given = [name for name in ("route", "study", "cells", "save") if options.pop(name)]
    if scenario is not None or given:
        raise click.UsageError(say("cli.matrix_alone"))
    _show(run.matrix(matrix, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.batch.help")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@option("-o", "out", metavar="DIR", type=click.Path(path_type=Path), required=True, help="cli.option.folder")
@option("--jobs", metavar="N", type=Whole(1), help="cli.option.jobs")
@option("--cluster", metavar="ADDRESS", help="cli.option.cluster")
@option("--resume", is_flag=True, help="cli.option.resume")
@option("--robustness", "draws", metavar="DRAWS", type=Whole(1, 10**7), help="cli.option.robustness")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@option("--expect", metavar="KEY", help="cli.option.expect_all")
@option("--parquet", is_flag=True, help="cli.option.parquet")
@_study
@_output
def batch(paths: tuple[str, ...], form: str, lang: str, draws: int | None, seed: int, **options: Any) -> None:
    """Run many scenarios and grids."""
    from mcda.commands.batch import How, Robustness
    from mcda.commands.batch import batch as run

    how = How(**{name: options.pop(name) for name in ("jobs", "cluster", "resume")})
    answer = run(
        paths,
        how=how,
        robustness=None if draws is None else Robustness(draws, seed),
        command=_typed(),
        lang=lang,
        tell=partial(click.echo, err=True),
        emit=partial(click.echo, nl=False) if form == "jsonl" else None,
        **options,
    )
    _show(answer, None if form == "jsonl" else form, lang)


@cli.command(help="cli.scenarios.help")
@_study
@_output
def scenarios(study: Path | None, form: str, lang: str) -> None:
    """List the scenarios of a study."""
    from mcda.commands.scenarios import scenarios as run

    _show(run(study=study, command=_typed(), lang=lang), form, lang)


@cli.command(help="cli.compare.help")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@_study
@_output
def compare(scenarios: tuple[str, ...], study: Path | None, form: str, lang: str) -> None:
    """Put the rankings of several scenarios side by side."""
    from mcda.commands.compare import compare as run

    _show(run(scenarios, study=study, command=_typed(), lang=lang), form, lang)


@cli.command(help="cli.explain.help")
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", required=False)
@option("--scenario", "-s", metavar="SCENARIO", help="cli.option.scenario")
@_choices
@_study
@_output
def explain(first: str, second: str | None, form: str, lang: str, **options: Any) -> None:
    """Take one alternative down to its evidence, or a lead down to its parts."""
    from mcda.commands.explain import explain as run

    _show(run(first, second, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.sweep.help")
@click.argument("scenario", required=False)
@option("--criterion", metavar="KEY", help="cli.option.criterion")
@_choices
@_study
@_output
def sweep(scenario: str | None, form: str, lang: str, **options: Any) -> None:
    """Move one weight from 0 to 1."""
    from mcda.commands.sweep import sweep as run

    _show(run(scenario, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.robustness.help")
@click.argument("scenario", required=False)
@option("--vary", type=click.Choice(VARIED), default="weights", help="cli.option.vary")
@option("--draws", type=Whole(1, 10**9), help="cli.option.robustness_draws")
@option("--error", type=click.FloatRange(1.6e-5, 0.5), help="cli.option.error")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@option("--hierarchy", is_flag=True, help="cli.option.hierarchy")
@option("--distribution", metavar="KEY", default="triangular", help="cli.option.distribution")
@_choices
@_study
@_output
def robustness(scenario: str | None, form: str, lang: str, **options: Any) -> None:
    """Say how often each alternative takes each rank."""
    from mcda.commands.robustness import robustness as run

    _show(run(scenario, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.flip.help")
@click.argument("alternative", metavar="ALTERNATIVE")
@option("--scenario", "-s", metavar="SCENARIO", help="cli.option.scenario_flip")
@option("--norm", metavar="KEY", default="l1", show_default=True, help="cli.option.norm")
@_choices
@_study
@_output
def flip(alternative: str, form: str, lang: str, **options: Any) -> None:
    """Find what would have to change before an alternative came first."""
    from mcda.commands.flip import flip as run

    _show(run(alternative, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.importance.help")
@click.argument("scenario", required=False)
@option("--vary", type=click.Choice(VARIED), default="both", show_default=True, help="cli.option.vary")
@option("--by", metavar="KEY", default="criterion", show_default=True, help="cli.option.by")
@option("--draws", type=Whole(1, 10**6), default=2**14, show_default=True, help="cli.option.sobol_draws")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@_choices
@_study
@_output
def importance(scenario: str | None, form: str, lang: str, **options: Any) -> None:
    """Say what the ranking depends on."""
    from mcda.commands.importance import importance as run

    _show(run(scenario, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.reversal.help")
@click.argument("scenario", required=False)
@_choices
@_study
@_output
def reversal(scenario: str | None, form: str, lang: str, **options: Any) -> None:
    """Look for rank reversals."""
    from mcda.commands.reversal import reversal as run

    _show(run(scenario, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.claim.help")
@click.argument("claim", required=False)
@option("--draws", type=Whole(1, 10**8), default=100_000, help="cli.option.claim_draws")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@option("--expect", is_flag=True, help="cli.option.claim_expect")
@_study
@_output
def claim(claim: str | None, form: str, lang: str, **options: Any) -> None:
    """Test a claim under every defensible choice."""
    from mcda.commands.claim import claim as run

    _show(run(claim, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.agreement.help")
@click.argument("scenario", required=False)
@option("--draws", type=Whole(1, 10**6), default=20_000, help="cli.option.draws")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@_study
@_output
def agreement(scenario: str | None, form: str, lang: str, **options: Any) -> None:
    """Say how far the codings agree."""
    from mcda.commands.agreement import agreement as run

    _show(run(scenario, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.states.help")
@click.argument("group", required=False)
@_study
@_output
def states(group: str | None, form: str, lang: str, **options: Any) -> None:
    """Put the profiles of a group side by side."""
    from mcda.commands.states import states as run

    _show(run(group, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.effects.help")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@option("--claim", "claims", metavar="KEY", multiple=True, help="cli.option.claims")
@_study
@_output
def effects(scenarios: tuple[str, ...], form: str, lang: str, **options: Any) -> None:
    """Hold policies and shocks against what they are based on."""
    from mcda.commands.effects import effects as run

    _show(run(scenarios, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.ahp.help")
@click.argument("file", metavar="FILE")
@option("--method", metavar="KEY", default="eigenvector", help="cli.option.ahp_method")
@option("--random-index", metavar="KEY", default="aguaron", help="cli.option.random_index")
@option("--group", "how", metavar="KEY", default="AIJ", help="cli.option.how")
@option("--draws", type=Whole(1, 10**6), default=10_000, help="cli.option.draws")
@option("--seed", type=Whole(0), default=1, help="cli.option.seed")
@_study
@_output
def ahp(file: str, form: str, lang: str, **options: Any) -> None:
    """Turn pairwise judgements into weights."""
    from mcda.commands.ahp import ahp as run

    _show(run(file, command=_typed(), lang=lang, **options), form, lang)


@cli.command(help="cli.methods.help")
@option("--audit", is_flag=True, help="cli.option.audit")
@option("--trials", type=Whole(1), default=68, show_default=True, help="cli.option.trials")
@option("--seed", type=Whole(0), default=1, show_default=True, help="cli.option.seed")
@_output
def methods(*, audit: bool, trials: int, seed: int, form: str, lang: str) -> None:
    """List the methods, or audit them."""
    from mcda.commands import methods as run

    command = _typed()
    answer = run.methods(command=command, lang=lang)
    if audit:
        answer = run.audited(trials=trials, seed=seed, command=command, lang=lang)
    _show(answer, form, lang)


@cli.command(help="cli.check.help")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@_output
def check(folder: Path | None, form: str, lang: str) -> None:
    """Check a study and all its scenarios."""
    from mcda.commands.check import check as run

    answer = run(folder, command=_typed(), lang=lang)
    _show(answer, None if answer.exit_code and form == "table" else form, lang)


@cli.command(help="cli.init.help")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@option("--empty", is_flag=True, help="cli.option.empty")
@option("--xlsx", is_flag=True, help="cli.option.xlsx")
@option("--lang", type=click.Choice(LANGUAGES), default=language, help="cli.option.lang")
def init(folder: Path, *, empty: bool, xlsx: bool, lang: str) -> None:
    """Copy the shipped study, or an empty one, into a new folder; or write a form to be filled in."""
    from mcda.commands import init as run

    _show(run.form(folder, lang=lang) if xlsx else run.init(folder, empty=empty), "table", lang)


@cli.command("import", help="cli.import.help")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@option("--lang", type=click.Choice(LANGUAGES), default=language, help="cli.option.lang")
def import_form(file: Path, folder: Path, lang: str) -> None:
    """Turn a filled-in form into a study."""
    from mcda.commands.init import from_form

    _show(from_form(file, folder), "table", lang)


@cli.command(help="cli.page.help")
@click.argument("scenario", required=False)
@option("-o", "out", metavar="FILE", type=click.Path(path_type=Path), help="cli.option.page_out")
@option("--claim", "claims", metavar="CLAIM", multiple=True, help="cli.option.page_claim")
@_choices
@_study
@option("--lang", type=click.Choice(LANGUAGES), default=language, help="cli.option.lang")
def page(scenario: str | None, out: Path | None, lang: str, **options: Any) -> None:
    """Write the page of a scenario into one file."""
    from mcda.commands.page import page as run

    _show(run(scenario, out=out, command=_typed(), lang=lang, **options), "table", lang)


@cli.command(help="cli.report.help")
@click.argument("scenario", required=False)
@option("-o", "out", metavar="DIR", type=click.Path(path_type=Path), help="cli.option.out")
@option("--claim", "claims", metavar="CLAIM", multiple=True, help="cli.option.page_claim")
@option("--letterhead", metavar="FILE.docx", type=click.Path(path_type=Path), help="cli.option.letterhead")
@_choices
@_study
@option("--lang", type=click.Choice(LANGUAGES), default=language, help="cli.option.lang")
def report(scenario: str | None, out: Path | None, lang: str, **options: Any) -> None:
    """Write everything about a scenario into a folder."""
    from mcda.commands.report import report as run

    _show(run(scenario, out=out, command=_typed(), lang=lang, **options), "table", lang)


def _typed() -> str:
    """Give the command as it was typed, with the language where MCDA_LANG set it."""
    own = [] if language() == "en" or any(word.startswith("--lang") for word in sys.argv) else ["--lang", language()]
    return shlex.join(["mcda", *sys.argv[1:], *own])


def _show(answer: Output, form: str | None, lang: str) -> None:
    """Print an answer; without a form only its notices, since it has been printed already."""
    from mcda.commands.output import render

    for notice in answer.notices:
        click.echo(notice, err=True)
    if form is not None:
        click.echo(render(answer, form, lang), nl=False)
    if answer.exit_code:
        sys.exit(answer.exit_code)


def main() -> None:
    """Run the command line; faults go to stderr, one line each, and set the exit code."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins costs a tenth of the start
    plain_streams()
    try:
        cli(prog_name="mcda")
    except McdaError as error:
        with in_language(sys.argv[1:]):
            for fault in error.faults:
                print(fault.full(), file=sys.stderr)  # noqa: T201 never wrapped
        sys.exit(COMMAND_AT_FAULT if isinstance(error, CommandError) else STUDY_AT_FAULT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except OSError as error:
        tell_lost(error)
        sys.exit(STUDY_AT_FAULT)
