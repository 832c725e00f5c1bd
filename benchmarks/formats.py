"""A file of a format, cleaned, for the scorers of the formats set.

python ../shared/benchmarks/formats/score_formats.py --py benchmarks/formats.py:convert --half dev
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats.format import Choices
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import cleaned_bytes, detect_artifacts, draft, normalize


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
    return cleaned_bytes(detect_artifacts(normalize(draft(document, Options(grammar=False)))))
