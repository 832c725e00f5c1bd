"""Our Java makes LanguageTool quicker and changes nothing of what it says."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mtclean.cli.installation import lesson
from mtclean.grammar import Grammar, install
from mtclean.grammar.chunks import chunks
from mtclean.grammar.languagetool.asking import Asking
from mtclean.grammar.languagetool.client import Client
from mtclean.grammar.languagetool.process import TEXTS
from mtclean.grammar.languagetool.server import RemoteServer
from mtclean.grammar.offsets import sendable
from tests.conftest import free_port


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[str]:
    """The address of LanguageTool's own server, without our Java, with the settings of ours."""
    there = install()
    settings = tmp_path / "settings"
    settings.write_text("".join(f"{key}={value}\n" for key, value in TEXTS.items()))
    port = free_port()
    command = [there.java, "-cp", os.pathsep.join(map(str, there.jars))]
    server = subprocess.Popen(
        [*command, "org.languagetool.server.HTTPServer", "--port", str(port), "--config", settings],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    assert any(b"Server started" in line for line in server.stdout)
    threading.Thread(target=server.stdout.read, daemon=True).start()  # a full pipe would hold it up
    yield f"http://127.0.0.1:{port}/"
    server.kill()
    server.wait()


def test_it_says_what_languagetool_says(grammar: Grammar, untouched: str) -> None:
    text = lesson()[:4_000]
    pieces = [sendable(text[slice(*span)]) for span in chunks(text)]
    ours = RemoteServer(grammar.url).wait_ready().url
    with (
        closing(Client(untouched, Asking("en"), 120)) as plain,
        closing(Client(ours, Asking("en"), 120)) as quick,
    ):
        for piece in pieces:
            assert quick.matches(piece) == plain.matches(piece), piece
