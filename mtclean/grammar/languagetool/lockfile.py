"""The list of jars LanguageTool is made of: exact versions, sizes and checksums.

A user's machine only fetches what the lock names (see :mod:`mtclean.grammar.languagetool.install`);
:mod:`mtclean.grammar.languagetool.relock` writes it.

Format: one jar a line, ``group:artifact:version[:classifier] bytes sha256``; ``#`` starts a
comment.  The repository's address is not in it: that is jgo's knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VERSION = "6.8"
"""The LanguageTool release language-tool-python 3.4 is made for."""

LOCK = Path(__file__).with_name("languagetool.lock")
LANGUAGES_LOCK = Path(__file__).with_name("languages.lock")
"""What each further language adds; a line is one of a lock with the language's code before it."""

DOORS = Path(__file__).with_name("doors.jar")
"""Our own part of the Java process: ``java/Doors.java``, compiled, with its source beside it."""

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


def read_languages() -> dict[str, tuple[Jar, ...]]:
    """The jars each further language needs beside those of the lock, by the language's code."""
    jars: dict[str, tuple[Jar, ...]] = {}
    for line in _read(LANGUAGES_LOCK):
        code, jar = line.split(" ", 1)
        jars[code] = (*jars.get(code, ()), Jar.of(jar))
    return jars


def _read(path: Path) -> list[str]:
    lines = path.read_text(encoding="ascii").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
