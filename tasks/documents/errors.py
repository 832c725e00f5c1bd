"""Why a document was not cleaned: one line that says what to do, and a stable code."""

from __future__ import annotations


class DocumentProblem(Exception):
    """A document that cannot be cleaned; the others go on.

    ``code`` is a stable id for programs, ``skipped`` whether there was simply nothing to clean.
    """

    def __init__(self, code: str, message: str, *, skipped: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.skipped = skipped
