"""What is expected to go wrong ends a command in one line and with its own code, without a list of it anywhere."""

from __future__ import annotations

import pickle

import pytest

from mtclean.documents import DocumentProblem, FolderBusy, FolderUnusable
from mtclean.flows.embedded import NoServer
from mtclean.grammar import LanguageNotInstalled
from mtclean.pipeline.settings import ConfigError
from mtclean.trouble import Exit, Trouble


@pytest.mark.parametrize(
    ("trouble", "exit"),
    [
        (ConfigError("no"), Exit.USAGE),
        (DocumentProblem("code", "no", skipped=True), Exit.FAILED),
        (LanguageNotInstalled("no"), Exit.NO_GRAMMAR),
        (NoServer("no"), Exit.NO_SERVER),
        (FolderUnusable("no"), Exit.NO_OUTPUT),
        (FolderBusy("no"), Exit.BUSY),
        (Trouble("no", Exit.FOUND), Exit.FOUND),
    ],
)
def test_it_keeps_its_words_and_its_code_on_the_way_from_a_worker(
    trouble: Trouble, exit: Exit
) -> None:
    back = pickle.loads(pickle.dumps(trouble))
    assert (type(back), str(back), back.exit) == (type(trouble), "no", exit)
