"""The process of :class:`mtclean.flows.embedded.EmbeddedServer`: Prefect's server, for this machine only."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack, suppress
from typing import IO, TYPE_CHECKING

from mtclean.file_lock import lock

if TYPE_CHECKING:
    from fastapi import FastAPI

HOST = "127.0.0.1"
"""The address it listens on, and the only name it answers to."""

LOCK = "mtclean.lock"
"""A file in Prefect's home, held by the one that makes its database."""

_POLL = 0.1  # seconds between two looks at whether it is free


def app() -> FastAPI:
    """Prefect's own application, which answers no request that was meant for another host.

    A page of the web whose name was made to point here (DNS rebinding) would get past every rule on
    origins otherwise.
    """
    from prefect.server.api.server import create_app
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    made = create_app()
    made.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST])
    return made


def migrate() -> None:
    """Make Prefect's database, or bring it up to date, while no other of our processes does.

    Two at once would add the same columns.
    """
    from prefect.server.database import provide_database_interface
    from prefect.settings import get_current_settings

    with ExitStack() as stack:
        with suppress(OSError):  # no lock, then
            file = (get_current_settings().home / LOCK).open("a", encoding="utf-8")
            stack.enter_context(file)
            _wait_for(file)
        asyncio.run(provide_database_interface().create_db())


def _wait_for(file: IO[str]) -> None:
    """Lock *file* as soon as nobody else has it.  Raises :class:`OSError` where that cannot be done."""
    while True:
        try:
            return lock(file)
        except (BlockingIOError, PermissionError):
            time.sleep(_POLL)


def main(port: int) -> None:
    """Serve on *port* until the process is ended."""
    import uvicorn
    from prefect.settings import PREFECT_API_DATABASE_MIGRATE_ON_START, temporary_settings

    if PREFECT_API_DATABASE_MIGRATE_ON_START:
        migrate()
    with temporary_settings({PREFECT_API_DATABASE_MIGRATE_ON_START: False}):
        uvicorn.run(app, factory=True, host=HOST, port=port, log_level="error", lifespan="on")
