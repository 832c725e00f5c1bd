"""The laws of the whole job, over random texts made of what the rules look for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages import Options, detect, draft, normalise
from tasks.documents import document
from tasks.text.protect import free_entities, protected_spans

PIECES = [
    "The talks", "went well", "China", "Node.js", "U.S.", "Mr.", "said", "he", "It", "7 a.m.", "3.5",
    "www.example.org", "me@example.org", "`a  ,b`", "’tis", "it’s", "it's", "1990s", "(after)", "cafÃ©",
    ".", ",", "!", "?", "…", ":", "”", "“", "’", "‘", '"', "'", "(", ")", " ", "  ", "\n", "\r\n", "\u200b",
    "，", "。", "-", "—", "😀", "é", "&nbsp;", "&quot;", "&amp;", "&eacute;", "&#39;", "&lt;",
]  # fmt: skip


def visible(text: str) -> bool:
    """Whether there is anything to read; a text without it is no document."""
    return bool(text.strip("\u200b\u00a0 \r\n"))


TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join).filter(visible)
OPTIONS = Options(grammar=False, language="en")


def cleaned(text: str) -> str:
    work = draft(document("t", text.encode()), OPTIONS)
    return detect(normalise(work)).trail.text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = cleaned(text)
    if visible(once):
        assert cleaned(once) == once


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_is_protected_stays(text: str) -> None:
    free = free_entities(text)  # which give way as a whole
    kept = [text[slice(*span)] for span in protected_spans(text) if span not in free]
    after = cleaned(text)
    for part in kept:
        assert part in after


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_gives_its_bytes_back_when_all_is_rejected(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        read = document("t", data)
    except Exception:
        return  # nothing to clean in it
    assert read.decoded.encode(read.text) == data


GOOD_PROSE = [
    "“It is not a palace,” says our director, “but it does not leak.” The room is called ‘Small Things’.",
    "The U.S. team met Dr. Miller at 7 a.m. in St. Gallen; J.R.R. Tolkien’s map cost $3.50 (about €3.20).",
    "She wrote: “He said ‘never’, and went.” The dogs’ bowls and the ’90s stayed — as always…",
    "Install Node.js 18.2, open config.yaml, and call System.Text.Json from https://example.org/a.b?c=d.",
    "Le prix est de 25 € ; « c’est cher », dit-il.",
    "The committee, which met twice in 2019, agreed (see fig. 5) that 3.14 is not enough.",
]


@pytest.mark.parametrize("text", GOOD_PROSE)
def test_good_prose_stays(text: str) -> None:
    assert cleaned(text) == text


def test_the_same_bytes_for_any_hash_seed() -> None:
    """Sets and dictionaries must not leak their order into what is written."""
    sample = Path(__file__).parent.parent / "input" / "river-talks.txt"
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "check",
        str(sample),
        "--no-grammar",
        "--format",
        "jsonl",
    ]
    outputs = {
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed, "PATH": "", "LC_ALL": locale, "PYTHONUTF8": "1"},
            capture_output=True, check=False,
        ).stdout
        for seed, locale in (("1", "C"), ("2", "tr_TR.UTF-8"))
    }  # fmt: skip
    assert len(outputs) == 1
    assert outputs.pop()
