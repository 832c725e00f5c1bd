"""What is expected to go wrong: a line for a person, a name for a program, and an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    OK = 0
    FOUND = 1
    """``check``: changes or findings at or above the chosen severity, or a score that is too low or
    not known; ``status``: things to decide."""
    USAGE = 2
    """The command line is wrong, or there is nothing to clean."""
    FAILED = 3
    """At least one document could not be cleaned; the others were."""
    NO_GRAMMAR = 4
    """The documents were cleaned, but LanguageTool could not be used, or not to the end."""
    NO_SERVER = 69
    """Prefect's server does not answer (EX_UNAVAILABLE of sysexits.h)."""
    NO_OUTPUT = 73
    """The output folder, or standard output, cannot be written to (EX_CANTCREAT of sysexits.h)."""
    BUSY = 75
    """Another run writes to the output folder (EX_TEMPFAIL of sysexits.h)."""
    INTERRUPTED = 130
    """Ctrl-C; what was finished is kept."""
    TERMINATED = 143
    """SIGTERM; what was finished is kept."""


class Trouble(Exception):
    """Expected trouble: its text is one line that says what to do, and ``exit`` what a command ends with.

    A flow run that meets it ends in a failed state that has the name of the class.
    """

    exit = Exit.USAGE

    def __init__(self, message: str, exit: Exit | None = None) -> None:
        super().__init__(message)
        if exit is not None:
            self.exit = exit


def did_you_mean(
    name: str, choices: Iterable[str], instead: Mapping[str, str] | None = None, most: int = 1
) -> str:
    """``; did you mean …?`` with the choices most like *name*, or empty where none is like it.

    *instead* says what to name in place of a choice.
    """
    close = get_close_matches(name, sorted(choices), most)
    return (
        f"; did you mean {' or '.join((instead or {}).get(c, c) for c in close)}?" if close else ""
    )
