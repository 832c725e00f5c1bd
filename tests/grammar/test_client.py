"""What a request to LanguageTool is on the wire, at a server that behaves as no LanguageTool does."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mtclean.grammar.errors import ConnectionLostError, DeadlineError, RefusedError
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.client import Client
from tests.conftest import clean_environment

LANGUAGES = [{"name": "English", "code": "en", "longCode": "en-US"}]


class Odd(BaseHTTPRequestHandler):
    """Answers by what is asked: a text that names it is moved, slow, gone, failing or no JSON."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, int]]
    """Path, credentials and the port of who asked."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._note()
        self._send(200, json.dumps(LANGUAGES))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._note()
        if "moved" in body:
            self._send(302, "elsewhere", Location="/v2/elsewhere")
        elif "slow" in body:
            self.rfile.read(1)  # until who asked hangs up
        elif "failing" in body:
            self._send(500, "Internal Error: äh")
        elif "none" in body:
            self._send(200, "<html>")
        elif "gone" not in body:
            self._send(200, json.dumps({"matches": [{"offset": 0}]}))
        self.close_connection = "gone" in body or "slow" in body

    def _note(self) -> None:
        self.asked.append(
            (self.path, self.headers.get("Authorization", ""), self.client_address[1])
        )

    def _send(self, status: int, said: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(said.encode()))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.encode())


@pytest.fixture
def odd() -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """The address of such a server, without its scheme, and what it was asked."""
    handler = type("Handler", (Odd,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}/", handler.asked  # type: ignore[attr-defined]
        server.shutdown()


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("moved", RefusedError, "302: elsewhere"),
        ("slow", DeadlineError, "no answer within"),
        ("gone", ConnectionLostError, "aborted"),
        ("failing", RefusedError, "500: Internal Error: äh"),
        ("none", RefusedError, "not LanguageTool's"),
    ],
)
def test_each_failure_has_its_name_and_the_next_request_is_as_good_as_the_first(
    odd: tuple[str, list[tuple[str, str, int]]], text: str, error: type[Exception], said: str
) -> None:
    address, asked = odd
    client = Client(f"http://{address}", Asking("en"), 5)
    client.deadline = 0.1 if text == "slow" else 5
    with pytest.raises(error, match=said):
        client.matches(text)
    client.deadline = 5
    assert client.matches("well") == [{"offset": 0}]
    assert "/v2/elsewhere" not in {path for path, *_ in asked}
    client.close()


def test_one_connection_is_kept_and_credentials_of_the_address_are_sent(
    odd: tuple[str, list[tuple[str, str, int]]],
) -> None:
    address, asked = odd
    client = Client(f"http://ann:s%40fe@{address}", Asking("en"), 5)
    assert [client.matches("well") for _ in range(3)] == [[{"offset": 0}]] * 3
    client.close()
    basic = "Basic " + base64.b64encode(b"ann:s@fe").decode()
    assert {credentials for _, credentials, _ in asked} == {basic}
    assert len({port for *_, port in asked}) == 1


def test_where_nobody_listens_the_connection_is_lost_and_no_deadline_met() -> None:
    with pytest.raises(ConnectionLostError):
        Client("http://127.0.0.1:9/", Asking("en"), 5)


FILTERS_PUT_BACK = """
import sys, warnings
from importlib.abc import MetaPathFinder
from mtclean.grammar.check import Grammar

class PutBack(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "urllib3.contrib.socks":
            warnings.filters[:] = before
            warnings._filters_mutated()

grammar = Grammar("http://127.0.0.1:9/")
before = list(warnings.filters)
sys.meta_path.insert(0, PutBack())
import mtclean.grammar.languagetool.client
assert "urllib3.contrib.socks" not in sys.modules, "PySocks is installed: nothing was tried"
grammar.close()
"""


def test_nothing_is_said_when_a_thread_puts_the_filters_of_warnings_back(tmp_path: Path) -> None:
    """As Prefect's do, while the client is imported in the thread that starts LanguageTool."""
    done = subprocess.run(
        [sys.executable, "-c", FILTERS_PUT_BACK],
        env=clean_environment(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
