"""The command line: what people type, what they see, and the exit codes.

A module has the commands of one kind; they are listed here, and imported when they are asked for.  :func:`main` turns every expected
trouble into one line and a code.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

import typer

from mtclean.cli.application import say
from mtclean.cli.program import program
from mtclean.trouble import Exit, Trouble

_INTERRUPTED = "interrupted; what was finished is kept, run again for the rest"
_UsageError = typer.BadParameter.__mro__[1]  # typer brings a click of its own and does not name it
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_PYDANTIC = "Value error, "
"""How pydantic, which typer asks, begins what is said of a wrong value."""

app = program(
    {
        "run": "runs",
        "schedule": "runs",
        "clean": "documents",
        "check": "check",
        "compare": "compare",
        "review": "review",
        "status": "review",
        "apply": "review",
        "show": "show",
        "explain": "catalogue",
        "setup": "installation",
        "server": "languagetool",
        "languages": "languagetool",
        "answers": "languagetool",
        "rules": "catalogue",
        "terms": "terms",
    }
)
"""Each command and the module it is in, in the order of ``--help``."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of :class:`~mtclean.trouble.Exit`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_code(arguments))


def _code(arguments: Sequence[str] | None) -> int:
    try:
        code = app(args=arguments, prog_name="mtclean", standalone_mode=False)
        sys.stdout.flush()  # here, and not where nobody hears of it any more
        if code == Exit.INTERRUPTED:  # typer's word for Ctrl-C
            say(_INTERRUPTED)
        return int(code or Exit.OK)
    except typer.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, typer.Abort):
        say(_INTERRUPTED)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except SystemExit as ending:  # what typer makes of that
        if isinstance(ending.__context__, BrokenPipeError):
            return Exit.OK
        raise
    except Trouble as trouble:
        say(str(trouble))
        return trouble.exit
    except OSError as error:
        if error.errno not in _FULL or error.filename:
            raise
        say(f"standard output cannot be written to: {error.strerror}")
        sys.stdout = None  # what is left in it cannot be written when Python ends, either
        return Exit.NO_OUTPUT
    except Exception as error:
        if isinstance(error, _UsageError):
            error.message = error.message.removeprefix(_PYDANTIC)  # type: ignore[attr-defined]
            error.show()  # type: ignore[attr-defined]
            return Exit.USAGE
        raise
