"""``mtclean show``: a document's changes in another form."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from mtclean.cli.application import Output, note
from mtclean.cli.documents import print_bytes
from mtclean.cli.folder import documents_in, named
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.report import Record


class Form(str, Enum):
    """The forms a document's changes can be had in."""

    terminal = "terminal"
    diff = "diff"
    json = "json"
    sarif = "sarif"
    critic = "critic"
    docx = "docx"


def show(
    name: Annotated[str, typer.Argument(help="A document that was cleaned.")],
    form: Annotated[
        Form,
        typer.Option(
            "--as",
            help="terminal: coloured, in a pager; sarif: for code-review tools; critic: "
            "CriticMarkup; docx: Word, with tracked changes.",
        ),
    ] = Form.terminal,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write to a file; docx needs one."),
    ] = None,
    output: Output = Path("output"),
) -> None:
    """Show what was changed in a document, or write it in another form."""
    from mtclean.documents import write
    from mtclean.pipeline.folder import recorded

    document = named(documents_in(output), name)
    if form is Form.docx and to is None:
        raise Trouble("a Word file cannot be printed: --to FILE.docx", Exit.USAGE)
    record = recorded(output, document)
    if form is Form.terminal and to is None:
        _page(record)
        return
    data = _written(record, form, document.item.path)
    if to is None:
        print_bytes(data)
    else:
        write(to, data)
        note(f"written to {to}")


def _written(record: Record, form: Form, path: Path) -> bytes:
    from mtclean.report import (
        critic,
        docx,
        edits_json,
        in_the_file,
        marked_text,
        sarif,
        unified_diff,
    )

    if form is Form.diff:
        return unified_diff(in_the_file(record))
    if form is Form.docx:
        return docx(record)
    if form is Form.json:
        text = edits_json.write(record)
    elif form is Form.sarif:
        text = sarif([(record, _relative(path))])
    elif form is Form.critic:
        text = critic.write(record)
    else:
        text = marked_text(record).plain
    return text.encode("utf-8", "surrogateescape")


def _page(record: Record) -> None:
    """Print in a pager where there is a person, and with marks for colours where there are none."""
    from mtclean.report import marked_text

    console = Console(soft_wrap=False)
    if console.is_terminal and sys.stdin.isatty():
        os.environ.setdefault("LESS", "-FRX")  # colours; leave at once what fits on the screen
        with console.pager(styles=True):
            console.print(marked_text(record, coloured=console.color_system is not None))
    else:
        console.print(marked_text(record), soft_wrap=True, end="")


def _relative(path: Path) -> str:
    """*path* from the working folder on; only its name where it lies elsewhere."""
    here = Path.cwd()
    absolute = here / path
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.name
