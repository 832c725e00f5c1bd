"""What Prefect's settings are in a program of ours; importing this, or anything of ours, sets none."""

from __future__ import annotations

import os

_OURS = {
    # Nothing is sent anywhere.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The embedded server's start-up is not news.
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    # The embedded server takes over 20 s to start on a busy machine (measured: 13–35 s).
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Run logs go to the database only where a server was configured to keep them.
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


_SILENT = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    # Its machinery has a setting of its own: "Service 'EventsWorker' failed with 4 pending items".
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    # And some of it has loggers of no name of Prefect's: "EventsWorker - Still processing items".
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
}


def set_ours(*, silent: bool = False) -> None:
    """Set them in the environment of this process; where *silent*, Prefect says nothing of its own.

    To be called by a program of ours before it imports Prefect.  What the user has set is left alone.
    """
    level = _SILENT if silent else {"PREFECT_LOGGING_LEVEL": "WARNING"}
    for name, value in {**_OURS, **level}.items():
        os.environ.setdefault(name, value)


def prepare_database() -> bool:
    """Make Prefect's own database, so that the first run does not have to (35 s measured, cold).

    Whether it is there.

    Does nothing where a Prefect server is configured.
    """
    import subprocess
    import sys

    if os.environ.get("PREFECT_API_URL"):
        return True
    program = "import sys; sys.path[:] = sys.argv[1:]; from mtclean.flows.prefect_server import migrate; migrate()"
    done = subprocess.run(
        [sys.executable, "-c", program, *sys.path], check=False, capture_output=True
    )
    return done.returncode == 0
