import hashlib
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from mtclean.cli import _code
from mtclean.grammar import GrammarUnavailable, add_language, install, installed
from mtclean.grammar.languagetool.install import CACHE_VARIABLE, cache_folder
from mtclean.grammar.languagetool.lockfile import (
    BUILT_IN,
    LANGUAGES,
    Jar,
    read_languages,
    read_lock,
)
from mtclean.grammar.languagetool.relock import write_lock
from mtclean.grammar.languagetool.server import Server
from mtclean.trouble import Exit

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9/"


class Quiet(http.server.SimpleHTTPRequestHandler):
    served: list[str]

    def do_GET(self) -> None:
        self.served.append(self.path)
        super().do_GET()

    def log_message(self, *args: object) -> None:
        pass


class Repository:
    """A Maven repository of three small jars, served on the loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served: list[str] = []
        self.jars = tuple(self._publish(n) for n in range(3))
        handler = type("Handler", (Quiet,), {"served": self.served})
        self.server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(handler, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self.server.server_port}/maven"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _publish(self, n: int) -> Jar:
        content = os.urandom(100_000 + n)
        jar = Jar(
            "org.example", f"part-{n}", "1.0", "", len(content), hashlib.sha256(content).hexdigest()
        )
        path = self.path(jar)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return jar

    def path(self, jar: Jar) -> Path:
        return self.folder / "maven" / jar.path


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    repository = Repository(tmp_path / "repository")
    yield repository
    repository.server.shutdown()
    repository.server.server_close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def nothing_is_left(cache: Path) -> bool:
    return not list(cache.iterdir())


def test_jars_are_fetched_once(repository: Repository, cache: Path) -> None:
    assert installed(cache, repository.jars) is None
    first = install(cache, repository=repository.url, jars=repository.jars)
    for jar, path in zip(repository.jars, first.jars, strict=True):
        assert path.read_bytes() == repository.path(jar).read_bytes()
    assert len(repository.served) == 3
    assert install(cache, repository=NOBODY, jars=repository.jars) == first
    assert installed(cache, repository.jars) == first
    assert [folder.name for folder in cache.iterdir()] == [first.folder.name]


def test_a_language_is_added_and_a_damaged_one_mended(repository: Repository, cache: Path) -> None:
    def add() -> bool:
        return add_language("de", cache, repository=repository.url, jars=repository.jars)

    assert add()
    assert not add()
    (folder,) = cache.glob("language-de-*")
    (folder / repository.jars[0].name).write_bytes(b"")
    assert add()
    assert not add()
    assert not add_language("en", cache, repository=NOBODY), "it comes with LanguageTool"


def test_a_language_that_cannot_be_fetched_says_what_to_do(
    repository: Repository, cache: Path
) -> None:
    with pytest.raises(GrammarUnavailable, match=r"German is not .*`mtclean languages add de`"):
        add_language("de", cache, repository=NOBODY, jars=repository.jars)
    assert nothing_is_left(cache)


def test_every_language_has_its_module_locked() -> None:
    further = read_languages()
    assert further.keys() | set(BUILT_IN) == LANGUAGES.keys()
    for code, jars in further.items():
        assert f"language-{code}" in {jar.artifact for jar in jars}
        assert all(len(jar.sha256) == 64 for jar in jars)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list"], "en   English        installed"),
        (["list"], "sl   Slovenian\n"),
        (["add"], "say which language"),
        (["add", "german"], "did you mean de?"),
        (["add", "xx-yy-zz"], "`mtclean languages` lists them"),
        (["add", "en"], "Ready: English."),
    ],
)
def test_the_command_for_languages(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _code(["languages", *arguments]) in (Exit.OK, Exit.USAGE)
    said = capsys.readouterr()
    assert words in said.out + said.err


def test_the_languages_of_the_documents_can_be_added_without_naming_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "en.txt": "The council met on Monday and decided that the old bridge has to be closed for the winter.\n",
        "no.txt": "Regjeringen har besluttet at det ikke lenger skal være mulig å kjøre bil i byen uten avgift.\n",
    }
    output = str(tmp_path / "out")
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        assert _code(["clean", str(tmp_path / name), "--output", output, "--no-grammar"]) == Exit.OK
    capsys.readouterr()
    assert _code(["languages", "add", "--used", "--output", output]) == Exit.OK
    said = capsys.readouterr().err
    assert "LanguageTool has no rules for no." in said
    assert "Ready: English." in said
    assert _code(["languages", "add", "--used", "--output", str(tmp_path)]) == Exit.USAGE
    assert "nothing was cleaned" in capsys.readouterr().err


def test_looking_takes_no_time() -> None:
    install()
    began = time.process_time()
    install()
    assert time.process_time() - began < 0.1


def test_a_changed_file_is_never_used(repository: Repository, cache: Path) -> None:
    path = repository.path(repository.jars[1])
    right = path.read_bytes()
    path.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    with pytest.raises(GrammarUnavailable, match=r"part-1-1\.0\.jar .* SHA-256 differs"):
        install(cache, repository=repository.url, jars=repository.jars)
    assert nothing_is_left(cache)


def test_a_jar_that_was_changed_later_is_never_run(
    repository: Repository, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one of the same size and time."""
    here = install(cache, repository=repository.url, jars=repository.jars)
    here.check()
    jar = here.jars[1]
    before, right = jar.stat(), jar.read_bytes()
    jar.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    os.utime(jar, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(GrammarUnavailable, match=r"part-1-1\.0\.jar was changed .*`mtclean setup`"):
        here.check()
    server = Server(here, log=cache.parent / "server.log")
    with pytest.raises(GrammarUnavailable, match="so LanguageTool was not started"):
        server.wait_ready()
    assert not (cache.parent / "server.log").exists(), "Java was started"
    capsys.readouterr()
    again = install(cache, repository=repository.url, jars=repository.jars)
    assert again == here
    assert jar.read_bytes() == right
    assert capsys.readouterr().err.count("was changed after it was installed") == 1
    again.check()
    with pytest.raises(GrammarUnavailable):
        replace(here, sums=tuple(reversed(here.sums))).check()


def test_every_jar_there_is_has_its_sum() -> None:
    here = install()
    assert len(here.jars) == len(here.sums)
    here.check()


def test_a_missing_file_is_named_by_its_status(repository: Repository, cache: Path) -> None:
    repository.path(repository.jars[2]).unlink()
    with pytest.raises(GrammarUnavailable, match=r"\(HTTP status 404\)\. Connect to the internet"):
        install(cache, repository=repository.url, jars=repository.jars)
    assert nothing_is_left(cache)


def test_without_a_network(cache: Path, repository: Repository) -> None:
    with pytest.raises(GrammarUnavailable) as caught:
        install(cache, repository=NOBODY, jars=repository.jars)
    assert str(caught.value) == (
        "LanguageTool is not installed and could not be downloaded (no connection). "
        "Connect to the internet and run `mtclean setup`, or use --no-grammar."
    )
    assert nothing_is_left(cache)


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_damage_is_repaired(repository: Repository, cache: Path, damage: str) -> None:
    there = install(cache, repository=repository.url, jars=repository.jars)
    if damage == "missing":
        there.jars[0].unlink()
    else:
        there.jars[0].write_bytes(b"")
    assert installed(cache, repository.jars) is None
    assert install(cache, repository=repository.url, jars=repository.jars) == there
    assert [folder.name for folder in cache.iterdir()] == [there.folder.name]


def test_many_at_once_are_fine(repository: Repository, cache: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        all_of_them = list(
            pool.map(
                lambda _: install(cache, repository=repository.url, jars=repository.jars), range(6)
            )
        )
    assert len(set(all_of_them)) == 1
    assert [folder.name for folder in cache.iterdir()] == [all_of_them[0].folder.name]


def test_what_a_killed_download_left_is_swept(repository: Repository, cache: Path) -> None:
    old, new = cache / "download-old", cache / "download-new"
    old.mkdir(parents=True)
    new.mkdir()
    long_ago = time.time() - 7 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    install(cache, repository=repository.url, jars=repository.jars)
    assert not old.exists()
    assert new.exists()


def test_a_cache_that_is_no_folder(repository: Repository, cache: Path) -> None:
    cache.write_text("in the way")
    with pytest.raises(GrammarUnavailable, match=f"Set {CACHE_VARIABLE} to a folder"):
        install(cache, repository=repository.url, jars=repository.jars)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(repository: Repository, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path_open = Path.open
    monkeypatch.setattr(Path, "open", lambda self, mode="r": path_open(Path("/dev/full"), mode))
    with pytest.raises(GrammarUnavailable, match="The disk is full"):
        install(cache, repository=repository.url, jars=repository.jars)
    assert nothing_is_left(cache)


def test_the_cache_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "elsewhere"))
    assert cache_folder() == tmp_path / "elsewhere"


def test_errors_are_one_line_and_no_traceback_of_others(cache: Path) -> None:
    """As a program would meet it: the first run of all, without a network."""
    code = (
        "from mtclean.grammar import *\n"
        "try: Grammar().start()\n"
        "except GrammarUnavailable as error: print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, CACHE_VARIABLE: str(cache), "HTTPS_PROXY": NOBODY, "NO_PROXY": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("LanguageTool is not installed and could not be downloaded (the p")
    assert run.stdout.count("\n") == 1
    assert "Traceback" not in run.stderr


def test_the_lock_is_read_as_it_was_written(tmp_path: Path) -> None:
    jars = tuple(sorted(read_lock(), key=Jar.line))
    natives = replace(jars[0], classifier="natives")
    write_lock([natives, *jars], tmp_path / "lock")
    assert set(read_lock(tmp_path / "lock")) == {natives, *jars}
    assert natives.name.endswith("-natives.jar")


def test_the_lock_names_languagetool_and_no_address() -> None:
    jars = read_lock()
    assert len({jar.name for jar in jars}) == len(jars) == 130
    assert {j.artifact for j in jars} >= {"languagetool-server", "language-en", "language-pt"}
    assert all(len(jar.sha256) == 64 for jar in jars)
