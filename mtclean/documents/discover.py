"""Which files a run takes, and under which names their outputs are written."""

from __future__ import annotations

import hashlib
import math
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mtclean.documents.below import walked
from mtclean.documents.errors import WouldOverwrite
from mtclean.documents.formats import Reading
from mtclean.documents.outputs import INDEX, decisions_of, outputs_of
from mtclean.trouble import Trouble

_PASSED_OVER = re.compile(r"^[.~]|(?:~|\.(?:bak|tmp|swp|part|crdownload))$", re.IGNORECASE)
_LONGEST = 235  # bytes; file systems take 255, and endings such as .decisions.json come behind
_LONGEST_ENDING = 16  # bytes of an ending that says something


class NothingToDo(Trouble):
    """No input was found; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to clean and the name of its outputs below the output folder.

    ``follow`` is whether it may be a link, which only one that a person named may; ``reading``
    how it was read before, where it is to be read in the same way again.
    """

    path: Path
    name: str
    follow: bool = True
    reading: Reading | None = None


def discover(paths: Iterable[Path], output: Path, settled: float = 0) -> list[Input]:
    """Every file in *paths*, folders searched through, in a stable order, each once.

    Hidden files, links, other programs' temporary files and what lies in the output folder are left
    out of folders; a file that is named outright is always taken.  A folder that cannot be read is
    an input, so that reading it says so.  Raises :class:`NothingToDo` for a path that does not exist and
    where nothing at all was found, and :class:`WouldOverwrite` where outputs would lie beside inputs.

    *settled* is for folders that others write to: a file that was changed less than so many seconds ago is left for
    another time, and to find nothing is no mistake.
    """
    given = list(paths)
    for path in given:
        if not os.path.exists(path):  # noqa: PTH110 - unlike Path, it takes what is locked for absent
            raise NothingToDo(f"{path} does not exist; name a text file or a folder of them")
    named, real = set(given), output.resolve()
    found = files_in(given, lambda folder: folder == real)
    if not found and not settled:
        places = ", ".join(map(str, given))
        raise NothingToDo(f"there is no text in {places}; put .txt files there and run again")
    inputs = [Input(path, name, follow=path in named) for path, name in _named(found)]
    _keep_apart(inputs, output)
    return [item for item in inputs if not settled or _age(item.path) >= settled]


def files_in(paths: Iterable[Path], but: Callable[[Path], bool]) -> dict[Path, str]:
    """Every file in *paths*, each once and in a stable order, with its path below the folder it was found in, ``/`` in it.

    What is left out of folders, :func:`discover` says, and *but* of folders below them, by their real path.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - as above
            found.update(_files(path, but))
        else:
            found.setdefault(path, path.name)
    return found


def _age(path: Path) -> float:
    """Seconds since the file was changed; reading one that cannot be looked at says what is wrong."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return math.inf


def _keep_apart(inputs: Iterable[Input], output: Path) -> None:
    """Let no folder hold both texts and outputs: one could be written over the other."""
    read = _folders(os.path.dirname(item.path) for item in inputs)  # noqa: PTH120 - of 100,000
    written = _folders(
        output / folder for folder in {item.name.rpartition("/")[0] for item in inputs}
    )
    for folder in read & written:
        raise WouldOverwrite(
            f"{folder} has texts to clean, and outputs would be written beside them: "
            "choose another --output"
        )


def _folders(paths: Iterable[str | Path]) -> set[Path]:
    """The real folders at *paths*, each looked at once."""
    return {Path(path).resolve() for path in set(paths)}


def _files(folder: Path, but: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    """The files below *folder*, then the folders that cannot be looked into, which may be itself."""
    real = folder.resolve()  # and so is what lies below, where no link is gone into
    closed: list[tuple[Path, str]] = []

    def enters(below: Path) -> bool:
        return not below.name.startswith(".") and not but(real / below.relative_to(folder))

    for here, names in walked(folder, enters):
        way = here.relative_to(folder).as_posix() if here != folder else ""
        if names is None:
            closed.append((here, way or folder.name))
            continue
        for name in names:
            if not _PASSED_OVER.search(name):
                yield here / name, f"{way}/{name}" if way else name
    yield from closed


def _named(found: dict[Path, str]) -> Iterator[tuple[Path, str]]:
    """Each file with the name of its outputs: its own, numbered where one of them would be another's."""
    taken = {INDEX}
    for path, relative in found.items():
        fitting = name = _fitting(relative)
        number = 1
        while not taken.isdisjoint(files := (*outputs_of(name), decisions_of(name))):
            number += 1
            name = _numbered(fitting, number)
        taken.update(files)
        yield path, name


def _numbered(name: str, number: int) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{number}{path.suffix}"))


def _fitting(name: str) -> str:
    """*name*, cut where no ending would fit behind it; a digest keeps it apart from its like."""
    encoded = os.fsencode(name.rpartition("/")[2])
    if len(encoded) <= _LONGEST:
        return name
    path = PurePosixPath(name)
    digest = hashlib.sha256(encoded).hexdigest()[:8]
    ending = path.suffix if len(os.fsencode(path.suffix)) <= _LONGEST_ENDING else ""
    room = _LONGEST - len(os.fsencode(ending)) - 9
    return str(path.with_name(f"{encoded[:room].decode('utf-8', 'ignore')}~{digest}{ending}"))
