"""What a Java learnt of LanguageTool in a training run, with which the next one begins.

It is Java's own ahead-of-time cache: classes read, checked and linked, and which of their methods are worth compiling.
:mod:`mtclean.grammar.training` makes it, once for an installation, in a folder beside it that may be
deleted.  Without it, and where Java finds that it does not fit, all is as before and starts more slowly.

Java takes it for the very class path it was made with, each jar by its name, size and time; more jars may follow, so
languages stand last.  A jar that leads on to others by its manifest, as LanguageTool's server does, it does not take at all:
a copy that leads nowhere lies in the folder, and one of our own jar, which may be installed in many places.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from mtclean.grammar.languagetool.install import Installation, first_changed
from mtclean.grammar.languagetool.lockfile import DOORS
from mtclean.grammar.languagetool.process import JAVA_OPTIONS, put

_CACHE = "languagetool.aot"
_SUMS = "sums.json"
_MANIFEST = "META-INF/MANIFEST.MF"
_LEADS_ON = re.compile(rb"^Class-Path:.*\r?\n(?: .*\r?\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Launch:
    """What Java is started with: its jars, and options beside :data:`JAVA_OPTIONS`."""

    classpath: tuple[Path, ...]
    options: tuple[str, ...] = ()


class AotCache:
    """The cache for one installation of LanguageTool: there or not, made or begun with."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._own = [jar for jar in installation.jars if jar.parent == installation.folder]
        self._languages = [jar for jar in installation.jars if jar.parent != installation.folder]

    @cached_property
    def folder(self) -> Path:
        """Where it is kept: a folder for this LanguageTool, this Java and how it is started."""
        told = [
            [str(jar) for jar in self._own],
            self._installation.sums[: len(self._own)],
            hashlib.sha256(DOORS.read_bytes()).hexdigest(),
            (self._installation.java.parent.parent / "release").read_text(encoding="utf-8"),
            JAVA_OPTIONS,
        ]
        name = hashlib.sha256(repr(told).encode()).hexdigest()[:12]
        return self._installation.folder.with_name(f"aot-{name}")

    @property
    def launch(self) -> Launch:
        """With the cache, if it is there as it was made; else with the jars alone."""
        sums = self._sums()
        files = [self.folder / name for name in sums]
        if not sums or first_changed(files, list(sums.values())) is not None:
            return Launch((*self._installation.jars, DOORS))
        jars = self._jars(sums)
        return Launch((*jars, *self._languages), (f"-XX:AOTCache={self.folder / _CACHE}",))

    @property
    def is_there(self) -> bool:
        """Whether Java would begin with it."""
        return bool(self.launch.options)

    def prepare(self) -> Launch:
        """Make its folder; with what Java is to be started to leave the cache there when it ends."""
        self.folder.mkdir()
        (self.folder / DOORS.name).write_bytes(DOORS.read_bytes())
        for jar in self._own:
            _copy_without_leading_on(jar, self.folder)
        jars = self._jars([path.name for path in self.folder.iterdir()])
        return Launch(tuple(jars), (f"-XX:AOTCacheOutput={self.folder / _CACHE}",))

    def complete(self) -> bool:
        """Note the sums of what is in the folder, which is used from then on; whether Java left the cache there."""
        if not (self.folder / _CACHE).exists():
            return False
        files = sorted(self.folder.iterdir())
        sums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        put(self.folder / _SUMS, json.dumps(sums).encode("ascii"))
        return True

    def _sums(self) -> dict[str, str]:
        """The files that were noted, with their SHA-256; none where nothing is complete."""
        try:
            noted = json.loads((self.folder / _SUMS).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(sha256) for name, sha256 in noted.items()}

    def _jars(self, copied: Collection[str]) -> list[Path]:
        """LanguageTool's jars and ours, those that were *copied* from the folder."""
        return [self.folder / j.name if j.name in copied else j for j in (*self._own, DOORS)]


def _copy_without_leading_on(jar: Path, folder: Path) -> None:
    """Copy *jar* into *folder* if its manifest leads on to other jars, without that."""
    with ZipFile(jar) as archive:
        if _MANIFEST not in archive.namelist():
            return
        manifest = archive.read(_MANIFEST)
        if not _LEADS_ON.search(manifest):
            return
        with ZipFile(folder / jar.name, "w") as copy:
            for entry in archive.infolist():
                content = archive.read(entry)
                copy.writestr(
                    entry, _LEADS_ON.sub(b"", content) if entry.filename == _MANIFEST else content
                )
