"""``mtclean compare``: what a translation says otherwise than its source; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import asks, counted, note, options_of
from mtclean.cli.check import (
    Diff,
    FailUnder,
    Form,
    Format,
    KnownFile,
    Least,
    NewBaseline,
    Telling,
    inputs_of,
)
from mtclean.pipeline.settings import Settings
from mtclean.text import Severity
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.documents import Input
    from mtclean.pipeline.options import Options

SourceAndTarget = Annotated[
    list[str],
    typer.Argument(
        help="The source and its translation, two files or two folders; or what holds both.",
        metavar="[SOURCE] TARGET",
    ),
]
_ENGLISH = "en"
_TWO = 2


@asks(Settings, but=("source", "grammar", "languagetool", "quotes"))
def compare(
    paths: SourceAndTarget,
    format: Form = Format.text,
    diff: Diff = False,
    baseline: KnownFile = None,
    write_baseline: NewBaseline = None,
    severity: Least = Severity.MINOR,
    fail_under: FailUnder = None,
    *,
    settings: Settings,
) -> None:
    """Print what a translation says otherwise than its source, with its place; write nothing.

    Both may be files of text, by lines or paragraphs, or folders of them (a.en.txt beside a.de.txt, or the same
    names); PO, XLIFF and TMX files and tables hold their sources themselves.
    """
    from mtclean.pipeline.pairs import only_comparing

    if len(paths) > _TWO:
        raise Trouble("compare takes a source and its translation, or what holds both", Exit.USAGE)
    for path in paths:
        if not Path(path).exists():
            raise Trouble(
                f"{path} does not exist: name a source and its translation, two files or two folders",
                Exit.USAGE,
            )
    options = beside(paths, only_comparing(options_of(settings)))
    telling = Telling(format, diff, baseline, write_baseline, severity, fail_under)
    telling.tell(options, lambda: list(translations(paths, options, telling.by_path_from_here)))


def beside(paths: Sequence[str], options: Options) -> Options:
    """*options* with where the sources of *paths* are, if that is a folder.  Raises :class:`Trouble`."""
    folders = [Path(path).is_dir() for path in paths]
    if any(folders) and not all(folders):
        raise Trouble("name two files, or two folders", Exit.USAGE)
    if not all(folders):
        return options
    if len(paths) == 1:  # sources and translations side by side: somebody must say which is which
        options = replace(options, source_language=options.source_language or _ENGLISH)
    return replace(options, source=paths[0])


def translations(paths: Sequence[str], options: Options, by_path_from_here: bool) -> list[Input]:
    """The translations to compare, each with how it is read and beside which source."""
    from mtclean.documents import NothingToDo
    from mtclean.pipeline.pairs import may_have_pairs

    *sources, target = paths
    found = [item for item in inputs_of([target], by_path_from_here) if item]
    if sources and not options.source:
        (item,) = found
        if may_have_pairs(item, options):
            raise Trouble(
                f"{target} holds its sources itself: mtclean compare {target}", Exit.USAGE
            )
        return [_with_source(item, sources[0], options)]
    inputs = [item for item in found if may_have_pairs(item, options)]
    if not inputs:
        raise NothingToDo(_why_none(target, options))
    theirs = {reading.source for item in inputs if (reading := options.reading_of(item)).source}
    alone = [item for item in found if item not in inputs and str(item.path) not in theirs]
    if alone:
        note(
            f"{counted(len(alone), 'file')} without a source: {', '.join(i.name for i in alone[:3])}"
        )
    return inputs


def _with_source(item: Input, source: str, options: Options) -> Input:
    return replace(item, reading=replace(options.reading_of(item), source=source))


def _why_none(target: str, options: Options) -> str:
    if options.source:
        return (
            f"no text in {target} has its source in {options.source}: it has the same name, but for the language "
            "in it (a.en.txt beside a.de.txt)"
        )
    return (
        f"there are no sources in {target}: name the source first (mtclean compare SOURCE {target}), or of a table "
        "the columns (--column, --source-column)"
    )
