"""The laws of the whole job, over random texts made of what the rules look for."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.baits import PIECES
from mtclean.documents import DocumentProblem, document
from mtclean.documents.decode import decode
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Level, Policy, illegible
from mtclean.text.protect import free_entities, protected_spans
from tests.conftest import ROOT


def is_document(text: str) -> bool:
    """Whether there is anything to read in *text*."""
    try:
        document("t", text.encode())
    except DocumentProblem:
        return False
    return True


TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join).filter(is_document)
OPTIONS = Options(grammar=False, language="en")
EVERY_RULE = [(rule.id, rule.category) for rule in BUILT_IN.by_id.values()]
POLICIES = [
    Policy(),
    *(Policy(tuple((name, level) for name, _ in EVERY_RULE)) for level in Level),
    *(Policy(((category, Level.SAFE),)) for category in sorted({c for _, c in EVERY_RULE})),
]
"""As written; all rules off, suggesting, safe; the rules of one category safe."""


def cleaned(text: str, policy: Policy = POLICIES[0]) -> str:
    work = draft(document("t", text.encode()), replace(OPTIONS, policy=policy))
    return detect_artifacts(normalize(work)).trail.text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = cleaned(text)
    if is_document(once):
        assert cleaned(once) == once


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(POLICIES))
def test_cleaning_twice_is_cleaning_once_whatever_the_house_allows(
    text: str, policy: Policy
) -> None:
    once = cleaned(text, policy)
    if is_document(once):
        assert cleaned(once, policy) == once


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(POLICIES))
def test_nothing_comes_into_a_text_that_cannot_be_read(text: str, policy: Policy) -> None:
    assert illegible(cleaned(text, policy)) <= illegible(text)


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


ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "cp1251", "utf-16", "shift-jis", "gb18030"]
ODD_BYTES = [b"\xff", b"\xc3", b"\xe9 ", b"\xa9", b"\x81", b"\xe2\x80"]


@settings(max_examples=200, deadline=None)
@given(
    TEXTS, st.sampled_from(ENCODINGS), st.lists(st.sampled_from(ODD_BYTES), max_size=2), st.data()
)
def test_what_is_written_is_read_again(
    text: str, encoding: str, odd: list[bytes], data: st.DataObject
) -> None:
    """In the file's encoding, whatever bytes it has, or as UTF-8 where a warning says so."""
    content = ("“Zoë” was late.He said " + text).encode(encoding, "ignore")
    for piece in odd:
        at = data.draw(st.integers(0, len(content)))
        content = content[:at] + piece + content[at:]
    try:
        work = draft(document("t", content), OPTIONS)
    except DocumentProblem:
        return
    written = cleaned_bytes(detect_artifacts(normalize(work)))
    assert decode(written).text == work.trail.text
    own = work.document.decoded
    assert any("saved as UTF-8" in warning for warning in work.warnings) or (
        written == own.encode(work.trail.text)
    )
    if work.trail.text == own.text:
        assert written == content


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
        "mtclean.cli",
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


def test_sets_have_no_say_in_what_comes_out() -> None:
    """Whichever process works on a document, its edits are the same bytes: the order of a set is another in each."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.seeded"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, other = (run.communicate()[0].splitlines() for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert len(one) > len(BUILT_IN.by_id)
    assert one == other
