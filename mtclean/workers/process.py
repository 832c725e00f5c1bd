"""A worker process: calls come in at standard input, answers go out at standard output.

Started by :mod:`mtclean.workers.pool`.  It ends when its standard input does, and on Linux with the thread
that started it, however busy it is: nothing is left of a run that is killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from mtclean.documents import DocumentProblem, Unplaced, put_in_place
from mtclean.workers.collector import collect_seldom

Call = tuple[Callable[..., Any], tuple[Any, ...]]
Answer = TypeVar("Answer")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(loads: str = "") -> None:
    """Answer calls until there are no more; the module *loads* is imported before the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then ends us
    _end_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print into an answer
    if loads:
        with suppress(Exception):  # it fails again in the call that needs it, and is said there
            import_module(loads)
    while True:
        collect_seldom()  # what the last call was the first to load, too
        try:
            calls: list[Call] = pickle.load(sys.stdin.buffer)  # noqa: S301 - only our parent has this pipe
        except (EOFError, KeyboardInterrupt):
            return
        pickle.dump(answers_to(calls), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


@dataclass(frozen=True, slots=True)
class Pending(Generic[Answer]):
    """The *answer* of a call that is true once its *files* are in their places, which takes less for many at once."""

    files: Unplaced
    answer: Answer


def answers_to(calls: Sequence[Call]) -> list[object]:
    """What each of *calls* returns, or the problem it has with its document; all their files are in their places then."""
    found = [_answer(*call) for call in calls]
    pending = [(n, one) for n, one in enumerate(found) if isinstance(one, Pending)]
    problems = put_in_place([one.files for _, one in pending])
    for (n, one), problem in zip(pending, problems, strict=True):
        found[n] = problem or one.answer
    return found


def _answer(function: Callable[..., object], arguments: tuple[Any, ...]) -> object:
    """What *function* returns, or the problem it has with the document."""
    try:
        return function(*arguments)
    except DocumentProblem as problem:
        return problem
    except Exception as error:
        return DocumentProblem("internal", f"mtclean failed on it: {error!r}")


def _end_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
