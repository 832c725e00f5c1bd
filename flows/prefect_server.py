"""The process of :class:`mtclean.flows.embedded.EmbeddedServer`: Prefect's server, for this machine only."""

from __future__ import annotations

import asyncio
import gc
import re
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mtclean.file_lock import lock

if TYPE_CHECKING:
    from fastapi import FastAPI

HOST = "127.0.0.1"
"""The address it listens on, and the only name it answers to."""

LOCK = "mtclean.lock"
"""A file in Prefect's home, held by the one that makes its database."""

_REVISION = re.compile(r"^(revision|down_revision)\b[^=\n]*=\s*[\"'](\w+)[\"']", re.MULTILINE)

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
    gc.freeze()
    gc.enable()
    return made


def migrate() -> None:
    """Make Prefect's database, or bring it up to date, while no other of our processes does.

    Two at once would add the same columns.  One that is up to date is left as it is.
    """
    if _is_up_to_date():
        return
    from prefect.server.database import provide_database_interface
    from prefect.settings import get_current_settings

    with ExitStack() as stack:
        with suppress(OSError):  # no lock, then
            file = (get_current_settings().home / LOCK).open("a", encoding="utf-8")
            stack.enter_context(file)
            _wait_for(file)
        asyncio.run(provide_database_interface().create_db())


def _is_up_to_date() -> bool:
    """Whether the database is a file that has Prefect's last migration; to ask Alembic costs .46 s of the processor (measured)."""
    import prefect.server.database as ours
    from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL
    from sqlalchemy import make_url

    url = make_url(str(PREFECT_API_DATABASE_CONNECTION_URL.value()))
    file = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not file.is_file() or not ours.__file__:
        return False
    folder = Path(ours.__file__).parent / "_migrations" / "versions" / "sqlite"
    known = {"revision": set[str](), "down_revision": set[str]()}
    for migration in folder.glob("*.py"):
        for which, revision in _REVISION.findall(migration.read_text(encoding="utf-8")):
            known[which].add(revision)
    last = known["revision"] - known["down_revision"]
    read_only = f"{file.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(read_only, uri=True)) as database:
        made = database.execute("SELECT version_num FROM alembic_version")
        return {version for (version,) in made} == last
    return False


def _wait_for(file: IO[str]) -> None:
    """Lock *file* as soon as nobody else has it.  Raises :class:`OSError` where that cannot be done."""
    while True:
        try:
            return lock(file)
        except (BlockingIOError, PermissionError):
            time.sleep(_POLL)


def main(port: int) -> None:
    """Serve on *port* until the process is ended."""
    gc.disable()  # until all is loaded, of which a fifth of the time would go into looking for cycles (measured)
    import uvicorn
    from prefect.settings import PREFECT_API_DATABASE_MIGRATE_ON_START, temporary_settings

    if PREFECT_API_DATABASE_MIGRATE_ON_START:
        migrate()
    with temporary_settings({PREFECT_API_DATABASE_MIGRATE_ON_START: False}):
        uvicorn.run(app, factory=True, host=HOST, port=port, log_level="error", lifespan="on")
