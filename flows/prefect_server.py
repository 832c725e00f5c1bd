"""The process of :class:`flows.embedded.EmbeddedServer`: Prefect's server, for this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

HOST = "127.0.0.1"
"""The address it listens on, and the only name it answers to."""


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


def main(port: int) -> None:
    """Serve on *port* until the process is ended."""
    import uvicorn

    uvicorn.run(app, factory=True, host=HOST, port=port, log_level="error", lifespan="on")
