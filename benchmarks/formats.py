"""A file of a format, cleaned, for the scorers of the formats set.

python ../shared/benchmarks/formats/score_formats.py --py benchmarks/formats.py:convert --half dev
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import Document, DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats.format import Choices
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import Draft, draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import compare, detect_artifacts, normalize
from mtclean.report.tracked import tracked_docx


def convert(data: bytes, format: str, options: dict[str, Any], noop: bool = False) -> bytes:
    """*data* with the safe fixes made in its prose; with *noop* read and written with none."""
    choices = Choices(
        columns=tuple(filter(None, [options.get("column")])),
        fields=tuple(options.get("fields", ())),
    )
    try:
        document = laid_out("t", data, BY_NAME[format], choices)
    except DocumentProblem as problem:
        if problem.code == "not_chosen":
            return data
        raise
    if noop:
        return document.rewritten(())
    return cleaned_bytes(_cleaned(document))


def track(data: bytes) -> bytes:
    """The Word document *data* with the safe fixes tracked and no comments: those need parts of their own."""
    record = account(_cleaned(laid_out("t", data, BY_NAME["docx"])))
    bare = replace(
        record, fixes=(), findings=(), changes=tuple(replace(c, fixes=()) for c in record.changes)
    )
    return tracked_docx(bare, data)


def commented(data: bytes) -> bytes:
    """The same with the comments, as it is delivered."""
    return tracked_docx(
        account(_cleaned(laid_out("t", data, BY_NAME["docx"]))), data, "2026-11-26T00:00:00Z"
    )


def _cleaned(document: Document) -> Draft:
    return compare(detect_artifacts(normalize(draft(document, Options(grammar=False)))))
