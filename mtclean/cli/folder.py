"""The documents of an output folder, as a command line names them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mtclean.cli.application import say
from mtclean.trouble import Exit, Trouble, did_you_mean

if TYPE_CHECKING:
    from mtclean.pipeline.folder import Kept


def documents_in(output: Path) -> list[Kept]:
    """The documents that were cleaned into *output*; trouble where there is none."""
    from mtclean.documents import read_rows
    from mtclean.pipeline.folder import documents
    from mtclean.report.visible import shown

    found, lost = documents(output), read_rows(output).lost
    if lost:
        what = (
            f"not all of what was cleaned into {output} is known ({lost}): mtclean run mends that"
        )
        if not found:
            raise Trouble(shown(what), Exit.USAGE)
        say(shown(what))
    if not found:
        raise Trouble(
            f"nothing was cleaned into {output} yet: mtclean run does, or name the folder with "
            "--output",
            Exit.USAGE,
        )
    return found


def named(documents: Iterable[Kept], name: str) -> Kept:
    """The document *name*, which may be the name of its text or of one of its outputs."""
    from mtclean.documents.outputs import outputs_of

    listed = list(documents)
    for document in listed:
        outputs = outputs_of(document.name)
        if f"{name}.txt" == document.shown_name:  # how it was called before 0.2.0
            return document
        if name in (document.name, document.shown_name, document.entry.path, *outputs):
            return document
    stems = {PurePath(d.shown_name).stem: d.shown_name for d in listed}
    near = did_you_mean(name, [*(d.shown_name for d in listed), *stems], stems)
    hint = near or "; mtclean status lists what there is"
    raise Trouble(f"there is no document {name!r}{hint}", Exit.USAGE)
