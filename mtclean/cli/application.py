"""What all commands share: the options with one meaning everywhere, one-line words.

Heavy imports stand inside the commands, so that those on single documents never start Prefect.
"""

from __future__ import annotations

import inspect
import os
import sys
from contextvars import ContextVar
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from mtclean.pipeline.options import Options
    from mtclean.pipeline.settings import Settings


Output = Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")]


def rule_names(typed: str) -> list[str]:
    """How what was *typed* of rules and categories, with commas between, may go on: for the shell."""
    from mtclean.rules.registry import BUILT_IN

    before, comma, name = typed.rpartition(",")
    return [before + comma + known for known in sorted(BUILT_IN.names) if known.startswith(name)]


_FLAGS: dict[str, tuple[str, dict[str, Any]]] = {
    "config": ("--config", {}),
    "profile": ("--profile", {}),
    "grammar": ("--grammar/--no-grammar", {}),
    "language": ("--language", {}),
    "quotes": ("--quotes", {}),
    "languagetool": ("--languagetool", {"metavar": "URL"}),
    "select": ("--select", {"metavar": "RULE,…", "autocompletion": rule_names}),
    "ignore": ("--ignore", {"metavar": "RULE,…", "autocompletion": rule_names}),
    "source_format": ("--from", {}),
    "columns": ("--column", {"metavar": "NAME"}),
    "source_column": ("--source-column", {"metavar": "NAME"}),
    "fields": ("--field", {"metavar": "NAME"}),
    "source": ("--source", {"metavar": "FOLDER"}),
    "source_language": ("--source-language", {"metavar": "CODE"}),
    "glossary": ("--glossary", {"metavar": "FILE"}),
    "plugins": ("--plugin", {"metavar": "NAME"}),
    "safe_rules": ("--safe-rules", {}),
    "force": ("--force", {}),
    "only_failed": ("--only-failed", {}),
    "workers": ("--workers", {"min": 1}),
    "deadline": ("--deadline", {"min": 0.1, "metavar": "SECONDS"}),
    "runner": ("--runner", {}),
    "reports": ("--reports", {"metavar": "ADDRESS"}),
    "scheduler": ("--scheduler", {"metavar": "ADDRESS"}),
}
"""How a setting is typed; what it is says :mod:`mtclean.pipeline.settings`.  Others cannot be typed."""

READING = ("source_format", "columns", "source_column", "fields", "source")
"""How files are read, which those that were read once keep."""


def asks(
    model: type[Settings], but: Container[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command a flag for each setting of *model*, *but* for some; it gets all as one, ``settings``."""
    flags = [name for name in model.model_fields if name in _FLAGS and name not in but]

    def give(command: Callable[..., None]) -> Callable[..., None]:
        def flagged(**given: object) -> None:
            settings = model.of({name: given.pop(name) for name in flags})
            command(**given, settings=settings)

        own = inspect.signature(command, eval_str=True).parameters.values()
        parts = [*(part for part in own if part.name != "settings"), *map(_flag, flags)]
        flagged.__signature__ = inspect.Signature(parts)  # type: ignore[attr-defined]
        flagged.__annotations__ = {}  # typer reads both
        flagged.__name__, flagged.__doc__ = command.__name__, command.__doc__
        return flagged

    def _flag(name: str) -> inspect.Parameter:
        field, (typed, more) = model.model_fields[name], _FLAGS[name]
        option = typer.Option(typed, help=field.description, **more)
        return inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=Annotated[(field.annotation, option)],
        )

    return give


MANY = 5
"""From so many documents on of which the same is to be said, their number is said in place of their names."""


class Loudness(IntEnum):
    """How much a command tells beside its result."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


_LOUDNESS: ContextVar[Loudness] = ContextVar("loudness", default=Loudness.NORMAL)


def talking(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the flags ``-q`` and ``-v``; :func:`note` and :func:`detail` go by them."""

    def loud(quiet: bool, verbose: bool, **given: object) -> None:
        if quiet and verbose:
            raise Trouble("say how much to tell: --quiet or --verbose, one of them", Exit.USAGE)
        _LOUDNESS.set(Loudness(Loudness.NORMAL + verbose - quiet))
        command(**given)

    own = inspect.signature(command, eval_str=True)
    flags = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False,
            annotation=Annotated[bool, typer.Option(f"--{name}", f"-{name[0]}", help=what)],
        )
        for name, what in (
            ("quiet", "Tell nothing but errors, and the result that was asked for."),
            ("verbose", "Tell more."),
        )
    ]
    loud.__signature__ = own.replace(parameters=[*own.parameters.values(), *flags])  # type: ignore[attr-defined]
    loud.__annotations__ = {}  # typer reads both
    loud.__name__, loud.__doc__ = command.__name__, command.__doc__
    return loud


def is_quiet() -> bool:
    """Whether only errors and the result are wanted."""
    return _LOUDNESS.get() is Loudness.QUIET


def is_verbose() -> bool:
    """Whether more is wanted than is usual."""
    return _LOUDNESS.get() is Loudness.VERBOSE


def say(message: str) -> None:
    """One line to the person at the terminal, which is wanted in any case: what went wrong, or was asked for."""
    print(f"mtclean: {message}", file=sys.stderr)


def note(message: str) -> None:
    """One line that is good to know."""
    if not is_quiet():
        say(message)


def detail(message: str) -> None:
    """One line for who wants to know more."""
    if is_verbose():
        say(message)


def counted(number: int, one: str, more: str = "") -> str:
    """``1 document``, ``2,000 documents``; *more* is the plural of a word that takes no plain s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def options_of(settings: Settings) -> Options:
    """The options that hold with *settings*; what is wrong with rules that a house has written is said."""
    from mtclean.pipeline.config import chosen
    from mtclean.pipeline.house import broken_examples

    options = chosen(settings)
    if broken := broken_examples(options.registry):
        say(broken)
    return options


def leave(code: Exit) -> NoReturn:
    """End the program at once, whatever its threads are waiting for."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
