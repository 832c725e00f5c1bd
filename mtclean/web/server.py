"""The review server: reports whose decisions save themselves and whose text follows at once.

It listens on the loopback interface only.  Whoever opens the address with the token gets a cookie;
nothing is answered without it, nor to another host name (a page elsewhere that resolves its own name
to this machine), and nothing is taken from a page of another origin.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mtclean.documents import DocumentProblem, FolderBusy, FolderUnusable, known
from mtclean.documents.outputs import INDEX
from mtclean.grammar import Grammar
from mtclean.pipeline.folder import Kept, decided_on, documents, is_behind, keep, recorded, rows
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError
from mtclean.pipeline.single import clean_into, through_the_stages
from mtclean.pipeline.stages import account, read
from mtclean.report import (
    Place,
    Record,
    batch_page,
    html_report,
    worst_first,
)
from mtclean.report.visible import shown
from mtclean.text import Decision

LARGEST = 32_000_000
"""Bytes of decisions that are taken at once."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


Remember = Callable[[list[Decision]], str]
"""Takes rejected fixes whose rule is to stay off; says what was done."""


class Reviewer:
    """The documents of an output folder, under review by one person.

    ``options`` are asked for each time, since a rule that is remembered changes them.
    """

    def __init__(
        self,
        folder: Path,
        options: Callable[[], Options],
        grammar: Grammar | None,
        remember: Remember,
    ) -> None:
        self._folder = folder
        self._options = options
        self._grammar = grammar
        self._remember = remember
        self._lock = threading.Lock()

    def index(self) -> str:
        """The page of all documents."""
        return batch_page(rows(known(self._folder).values()))

    def page(self, report: str) -> str | None:
        """The page of the document whose report is at *report* below the folder; None without one.

        Raises :class:`DocumentProblem` where it has to be done again and cannot be.
        """
        document = self._document(report)
        if document is None:
            return None
        with self._lock:
            record = None if is_behind(self._folder, document) else self._as_written(document)
            if record is not None:
                return self._shown(document, record)
            return self._shown(document, *self._done_again(document))

    def decide(self, report: str, changes: Mapping[str, Decision | None]) -> str | None:
        """Keep what was decided (None takes a decision back) and do the document again.

        Raises :class:`DocumentProblem` where that fails; what was decided is kept all the same.
        """
        document = self._document(report)
        if document is None:
            return None
        with self._lock:
            keep(self._folder, document, changes)
            said = self._remember([d for d in changes.values() if d and d.remember])
            record, note = self._done_again(document)
            return self._shown(document, record, note or said)

    def _document(self, report: str) -> Kept | None:
        return next((kept for kept in documents(self._folder) if kept.report == report), None)

    def _as_written(self, document: Kept) -> Record | None:
        """The record as the last run wrote it; None where it has to be done again."""
        try:
            return recorded(self._folder, document)
        except DocumentProblem:
            return None

    def _done_again(self, document: Kept) -> tuple[Record, str]:
        """The document as decided, and what the reader has to know."""
        options = self._options()
        try:
            done = clean_into(self._folder, document.source, options, self._grammar)
            unchecked = f"grammar not checked: {done.no_grammar}" if done.no_grammar else ""
            return done.record, unchecked
        except FolderBusy as busy:
            decisions = decided_on(self._folder, document.item.name).decisions
            item = document.source
            source = read(item, options)
            work, _ = through_the_stages(source, options, self._grammar, decisions)
            return account(work), f"Decisions saved; the files follow with the next run ({busy})"

    def _shown(self, document: Kept, record: Record, note: str = "") -> str:
        listed = [row for row in rows(known(self._folder).values()) if row.summary]
        order = [row.report for row in sorted(listed, key=worst_first)]
        at = order.index(document.report) if document.report in order else 0
        place = Place(
            index="/",
            previous=_address(order[at - 1]) if at > 0 else "",
            next=_address(order[at + 1]) if at + 1 < len(order) else "",
            save=_address(document.report),
            note=note,
        )
        return html_report(record, place)


def _address(report: str) -> str:
    return "/" + quote(report, errors="surrogateescape")


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

    @app.get("/{path:path}")
    def page(request: Request) -> Response:
        return _answered(lambda: reviewer.page(_report(request)))

    @app.put("/{path:path}")
    async def decide(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too many decisions at once", 413)
        try:
            changes = _changes(body)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            return PlainTextResponse(f"these are no decisions: {shown(str(error))}", 422)
        return await run_in_threadpool(
            lambda: _answered(lambda: reviewer.decide(_report(request), changes))
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


async def _body(request: Request) -> bytes | None:
    """What was sent, or None where it is too large; nobody has to say beforehand how much it is."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _changes(body: bytes) -> dict[str, Decision | None]:
    content: Any = json.loads(body)
    if not isinstance(content, dict):
        raise TypeError("an object is expected")
    changes = {
        id: None if value is None else Decision.of_object(value) for id, value in content.items()
    }
    if any(decision and decision.id != id for id, decision in changes.items()):
        raise ValueError("a decision has another id than its key")
    return changes


def _answered(make: Callable[[], str | None]) -> Response:
    try:
        page = make()
    except (DocumentProblem, FolderUnusable, ConfigError) as problem:
        return PlainTextResponse(shown(str(problem)), 409)
    if page is None:
        return PlainTextResponse("there is no such document", 404)
    return HTMLResponse(page)
