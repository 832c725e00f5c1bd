"""Defaults for Prefect, set before it is imported.  What the user has set is left alone."""

from __future__ import annotations

import os

_DEFAULTS = {
    # Nothing is sent anywhere.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # Our own lines are enough on a terminal; the embedded server's start-up is not news.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    # The embedded server takes over 20 s to start on a busy machine (measured: 13–35 s).
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Run logs go to the database only where a server was configured to keep them.
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}

_LEVEL_IS_OURS = "PREFECT_LOGGING_LEVEL" not in os.environ

for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)


def silence() -> None:
    """Keep Prefect's own lines off the terminal; call it before Prefect is imported.

    ``mtclean run`` tells every failure in a line of its own, which tracebacks would bury.
    """
    if _LEVEL_IS_OURS:
        os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"


def prepare_database() -> None:
    """Make Prefect's own database, so that the first run does not have to (35 s measured, cold).

    Does nothing where a Prefect server is configured.
    """
    import subprocess
    import sys

    if os.environ.get("PREFECT_API_URL"):
        return
    subprocess.run(
        [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"],
        check=False,
        capture_output=True,
    )
