"""Why a document was not cleaned: one line that says what to do, and a stable code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mtclean.trouble import Exit, Trouble


class WouldOverwrite(Trouble):
    """Outputs would be written where texts to clean are; the message says what to do."""


class FolderUnusable(Trouble):
    """The output folder cannot be written to; the message says why."""

    exit = Exit.NO_OUTPUT


class DocumentProblem(Trouble):
    """A document that cannot be cleaned; the others go on.

    ``code`` is a stable id for programs, ``skipped`` whether there was simply nothing to clean.
    """

    exit = Exit.FAILED

    def __init__(self, code: str, message: str, *, skipped: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.skipped = skipped

    def __reduce__(self) -> tuple[Callable[..., DocumentProblem], tuple[str, str]]:
        # Exceptions are pickled by their message alone; this one comes back from workers whole.
        return partial(DocumentProblem, skipped=self.skipped), (self.code, str(self))
