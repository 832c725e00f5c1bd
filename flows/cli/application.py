"""What all commands share: the application, the options with one meaning everywhere, one-line words.

Heavy imports stand inside the commands, so that ``mtclean --help`` answers at once and the commands
on single documents never start Prefect.
"""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from flows import __version__
from flows.outcomes import Exit

_EXAMPLES = """\b
Examples:
  mtclean run                          clean everything in input/ into output/
  mtclean run drafts --output done     clean another folder
  mtclean run article.txt --no-grammar without LanguageTool: seconds instead of half a minute
  mtclean clean article.txt --stdout   the cleaned text on standard output
  mtclean check *.txt --format jsonl   findings and changes, for another program
  mtclean explain mojibake             what a rule does, with examples

\b
Exit codes:
  0  all went well
  1  check: there are changes or findings at or above --severity
  2  the command line is wrong, or there is nothing to clean
  3  a document could not be cleaned; the others were
  4  cleaned, but LanguageTool could not be used
  130  interrupted
"""

app = typer.Typer(
    name="mtclean",
    help="Clean machine-translated and scraped text, and review every change.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Trouble(Exception):
    """Ends the program with one line and an exit code."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code


class Quotes(str, Enum):
    """What becomes of straight quotation marks."""

    auto = "auto"
    curly = "curly"
    straight = "straight"

    @property
    def curly_wanted(self) -> bool | None:
        """As :class:`flows.stages.Options` has it."""
        return {"auto": None, "curly": True, "straight": False}[self.value]


Output = Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")]
NoGrammar = Annotated[bool, typer.Option("--no-grammar", help="Leave LanguageTool out.")]
Language = Annotated[
    str,
    typer.Option("--language", help="The language of the texts (en, de, …); detected if left out."),
]
QuoteStyle = Annotated[
    Quotes, typer.Option("--quotes", help="auto: straight marks turn curly where most are.")
]
LanguageToolUrl = Annotated[
    str, typer.Option("--languagetool", metavar="URL", help="Use this LanguageTool server.")
]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"mtclean {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def say(message: str) -> None:
    """One line to the person at the terminal."""
    print(f"mtclean: {message}", file=sys.stderr)
