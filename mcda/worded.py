"""Commands and options whose help is a key of the catalogue, said in the language that the command line asks for."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import rich_click as click

from mcda.words import LANGUAGES, LOCALE, say, speaking

PANELS = ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ERRORS_PANEL_TITLE")
WORDS = (*PANELS, "ERRORS_SUGGESTION")  # of rich_click, which are settings

click.rich_click.SHOW_ARGUMENTS = True
click.rich_click.MAX_WIDTH = 110


class _Worded:
    """Help that is kept as a key and said when it is shown."""

    @property
    def help(self) -> str | None:
        return self._key and say(self._key)

    @help.setter
    def help(self, key: str | None) -> None:
        self._key = key


class _Used(_Worded):
    """A usage line that begins in the language that is spoken."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("cli.click.usage"))


class WordedOption(_Worded, click.Option):
    """An option whose help is a key."""


class WordedCommand(_Used, click.RichCommand):
    """A command whose help is a key."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where there are too many, say how a scenario is named if not by its place."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if type(error) is click.UsageError and any("-s" in param.opts for param in self.params):
                hint = say("cli.scenario_by_s", command=ctx.command_path)
                raise click.UsageError(f"{error.message}. {hint}", ctx) from None
            raise


class WordedGroup(_Used, click.RichGroup):  # type: ignore[misc]
    """The commands together, in the language that the arguments ask for."""

    command_class = WordedCommand

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run the command line."""
        with in_language(sys.argv[1:] if args is None else args):
            return super().main(args, *more, **options)


class Whole(click.IntRange):
    """A whole number, which may be written as ``100_000`` or ``1e5``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the number; what is none is refused as any other."""
        if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?[eE]\+?\d{1,2}", value.strip()):
            number = Fraction(value)
            value = int(number) if number.denominator == 1 else value
        return super().convert(value, param, ctx)


option = partial(click.option, cls=WordedOption)


@contextmanager
def in_language(arguments: Sequence[str]) -> Iterator[None]:
    """Speak the language that ``--lang`` asks for, else that of MCDA_LANG, else English; click's own words too."""
    asked = [after for word, after in pairwise(arguments) if word == "--lang"]
    asked += [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    wanted = [lang for lang in (*asked, os.environ.get("MCDA_LANG", "")) if lang in LANGUAGES]
    lang = wanted[0] if wanted else "en"
    os.environ["LANGUAGE"] = lang  # where gettext looks for the language of click's words
    gettext.bindtextdomain("click", LOCALE)
    gettext.textdomain("click")
    with speaking(lang):
        for name in WORDS:
            setattr(click.rich_click, name, say(f"cli.click.{name.lower()}"))
        yield
