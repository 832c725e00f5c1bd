"""The program: its help, and its commands, each imported when it is first asked for.

So ``mtclean --version`` imports no rule, and ``mtclean clean`` nothing of the review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mtclean import __version__
from mtclean.cli.application import talking
from mtclean.workers.collector import collect_seldom

_EXAMPLES = """\b
Examples:
  mtclean run                          clean everything in input/ into output/
  mtclean run drafts --output done     clean another folder
  mtclean run article.txt --no-grammar without LanguageTool: seconds instead of half a minute
  mtclean schedule --cron "0 6 * * *"  every morning, with a Prefect server
  mtclean clean article.txt --stdout   the cleaned text on standard output
  mtclean clean a.txt --to b.txt       one file to one file
  mtclean check docs README.md         findings and changes, as PATH:LINE:COLUMN
  mtclean check docs --format github   the same as annotations of a workflow
  mtclean compare a.en.txt a.de.txt    what a translation says otherwise than its source
  mtclean review                       decide on what was found, in the browser
  mtclean status                       what is left to decide; exit code 1 if anything is
  mtclean apply export.decisions.json  make the text of what was decided in a report
  mtclean run --profile news           with the settings of [profiles.news] in mtclean.toml
  mtclean explain mojibake             what a rule does, with examples

\b
Exit codes:
  0  all went well
  1  check, compare: there are changes or findings at or above --severity; with --fail-under: a score is
     lower, or not known because nothing could be checked
     status: something is left to decide
  2  the command line is wrong, or there is nothing to clean
  3  a document could not be cleaned; the others were
  4  cleaned, but LanguageTool could not be used
  69   Prefect's server does not answer
  73   the output folder, or standard output, cannot be written to
  75   another run writes to the output folder
  130  interrupted (143: by SIGTERM); what was finished is kept
"""


class Commands(Mapping[str, Any]):
    """The commands of typer by name, made of what stands under that name in a module of this package.

    That is a function, or a :class:`typer.Typer` with commands of its own; ``modules`` has the module of each name.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - typer names no type for it
        if name not in self._made:
            self._made[name] = _command(self._modules[name], name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def _command(module: str, name: str) -> Any:  # noqa: ANN401 - as above
    found = getattr(import_module(f"mtclean.cli.{module}"), name)
    collect_seldom()
    if not isinstance(found, typer.Typer):
        command, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
        found.command(name)(talking(command))
    return typer.main.get_command(found)


def _group(modules: Mapping[str, str]) -> type[TyperGroup]:
    class Group(TyperGroup):
        def __init__(self, **given: Any) -> None:  # noqa: ANN401 - typer's own, which it may add to
            super().__init__(**given)
            self.commands = Commands(modules)  # type: ignore[assignment]  # nothing is added to it

    return Group


def program(modules: Mapping[str, str]) -> typer.Typer:
    """The program with a command for each name in *modules*, in that order."""
    app = typer.Typer(
        name="mtclean",
        help="Clean machine-translated and scraped text, and review every change.",
        epilog=_EXAMPLES,
        cls=_group(modules),
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        print(f"mtclean {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass
