"""The review server: reports whose decisions save themselves and whose text follows at once.

It listens on the loopback interface only.  Whoever opens the address with the token gets a cookie;
nothing is answered without it, nor to another host name (a page elsewhere that resolves its own name
to this machine), and nothing is taken from a page of another origin.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import FrameType
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from mtclean.documents import DocumentProblem, FolderUnusable
from mtclean.documents.outputs import INDEX
from mtclean.pipeline.amend import Amendment, Standing
from mtclean.pipeline.settings import ConfigError
from mtclean.report.visible import shown
from mtclean.text import Decision
from mtclean.web.reviewer import HOUSE, OPEN, Changes, Reviewer

Read = TypeVar("Read")

LARGEST = 32_000_000
"""Bytes of decisions that are taken at once."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Server(uvicorn.Server):
    """The server of *app* at a socket, until Ctrl-C: what it has begun is finished, unless that is pressed again.

    *waiting* is called where there is something to wait for.
    """

    def __init__(self, app: FastAPI, waiting: Callable[[], None]) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", lifespan="off"))
        self._waiting = waiting
        logging.getLogger("uvicorn.error").addFilter(_is_no_cancellation)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear a signal."""
        is_first = not self.should_exit
        super().handle_exit(sig, frame)  # before anything is said: who reads it may answer at once
        if is_first and self.server_state.tasks:
            self._waiting()


def _is_no_cancellation(record: logging.LogRecord) -> bool:
    """Whether a line of the server's log is news: that work was left because of Ctrl-C is none."""
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, asyncio.CancelledError)


def application(reviewer: Reviewer, host: str, token: str) -> FastAPI:
    """The server's application; *host* is what a browser names it: address and port."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    cookie = f"mtclean-{host.rpartition(':')[2]}"  # cookies do not tell ports apart

    @app.middleware("http")
    async def guard(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        answer = _refused(request, host, token, cookie) or await go_on(request)
        answer.headers.update(_HEADERS)
        return answer

    @app.get("/")
    @app.get(f"/{INDEX}")
    def index() -> Response:
        return HTMLResponse(reviewer.index())

    @app.get(OPEN)
    def everything_open() -> Response:
        return _answered(reviewer.everything_open)

    @app.put(OPEN)
    async def decide_all(request: Request) -> Response:
        return await _taken(request, _changes_by_report, reviewer.decide_all)

    @app.get(HOUSE)
    def amendment(request: Request) -> Response:
        try:
            wanted = _amendment(request.query_params)
        except ValueError as error:
            return PlainTextResponse(shown(str(error)), 422)
        return _answered(lambda: reviewer.amendment(wanted))

    @app.put(HOUSE)
    async def amend(request: Request) -> Response:
        return await _taken(request, _wanted_amendment, reviewer.amend)

    @app.get("/{path:path}")
    def page(request: Request) -> Response:
        return _answered(lambda: reviewer.page(_report(request)))

    @app.put("/{path:path}")
    async def decide(request: Request) -> Response:
        report, query = _report(request), request.query_params
        if "later" in query:
            return await _taken(
                request, _changes, lambda changes: reviewer.decide_all({report: changes})
            )
        seen = query.get("shown", "")
        return await _taken(
            request, _changes, lambda changes: reviewer.decide(report, changes, seen)
        )

    for route in app.routes:  # whose paths end at a line's end, which a file's name may have
        if isinstance(route, Route):
            route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return app


def _refused(request: Request, host: str, token: str, cookie: str) -> Response | None:
    """The answer to who may not come in, or is to come in by another door; None for the others."""
    if request.headers.get("host") != host:
        return PlainTextResponse("this server has another name", 421)
    if _same(request.query_params.get("token", ""), token):
        path = request.scope["raw_path"].decode("ascii", "replace").lstrip("/")
        answer = RedirectResponse(f"/{path}", 303)
        answer.set_cookie(cookie, token, httponly=True, samesite="strict")
        return answer
    if not _same(request.cookies.get(cookie, ""), token):
        return PlainTextResponse("open the address that `mtclean review` printed", 403)
    if request.method not in ("GET", "HEAD") and request.headers.get("origin") != f"http://{host}":
        return PlainTextResponse("this came from another page", 403)
    return None


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _report(request: Request) -> str:
    """The path that is asked for, as the file system has it; names need not be UTF-8."""
    return os.fsdecode(unquote_to_bytes(request.scope["raw_path"])).removeprefix("/")


async def _taken(
    request: Request, read: Callable[[bytes], Read], take: Callable[[Read], str | None]
) -> Response:
    """The answer to decisions that were sent, once they were taken."""
    body = await _body(request)
    if body is None:
        return PlainTextResponse("too many decisions at once", 413)
    try:
        changes = read(body)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        return PlainTextResponse(f"these are no decisions: {shown(str(error))}", 422)
    return await run_in_threadpool(lambda: _answered(lambda: take(changes)))


async def _body(request: Request) -> bytes | None:
    """What was sent, or None where it is too large; nobody has to say beforehand how much it is."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _wanted_amendment(body: bytes) -> Amendment | None:
    """What is to be settled for good; None where the last is to be taken back."""
    content: Any = json.loads(body)
    if not isinstance(content, dict):
        raise TypeError("an object is expected")
    return None if "undo" in content else _amendment(content)


def _amendment(content: Mapping[str, Any]) -> Amendment:
    """Raises :class:`ValueError` and :class:`TypeError` where that is none."""
    said = [content.get(part, "") for part in ("rule", "words", "instead")]
    if not all(isinstance(part, str) for part in said):
        raise TypeError("rule, words and instead are texts")
    return Amendment(Standing(content.get("standing")), *said)


def _changes(body: bytes) -> Changes:
    return _changes_of(json.loads(body))


def _changes_by_report(body: bytes) -> dict[str, Changes]:
    """Decisions by the address of the page that they are about."""
    content: Any = json.loads(body)
    if not isinstance(content, dict):
        raise TypeError("an object is expected")
    return {
        os.fsdecode(unquote_to_bytes(address)).removeprefix("/"): _changes_of(changes)
        for address, changes in content.items()
    }


def _changes_of(content: Any) -> Changes:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(content, dict):
        raise TypeError("an object is expected")
    changes = {
        id: None if value is None else Decision.of_object(value) for id, value in content.items()
    }
    if any(decision and decision.id != id for id, decision in changes.items()):
        raise ValueError("a decision has another id than its key")
    return changes


def _answered(make: Callable[[], Iterable[str] | None]) -> Response:
    try:
        page = make()
    except (DocumentProblem, FolderUnusable, ConfigError) as problem:
        return PlainTextResponse(shown(str(problem)), 409)
    if page is None:
        return PlainTextResponse("there is no such document", 404)
    if isinstance(page, str):
        return HTMLResponse(page)
    return StreamingResponse(page, media_type="text/html")
