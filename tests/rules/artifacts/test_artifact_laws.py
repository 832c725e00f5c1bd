"""What holds for all artefact rules: the same bytes every time, and work in proportion to the text."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.rules.artifacts import RULES
from mtclean.text import Finding, Passage, Trail, settle

ROOT = Path(__file__).resolve().parents[3]

_DIGEST = """
import hashlib, json, sys
from mtclean.rules.artifacts import RULES
from mtclean.text import Passage
passage = Passage(sys.stdin.read())
said = [repr(item) for rule in RULES for item in rule.run(passage)]
print(hashlib.sha256(json.dumps(said).encode()).hexdigest())
"""

PIECES = st.sampled_from(
    [
        "the ",
        "The ",
        "and ",
        "Korovin ",
        "Kolovin ",
        "BEIJING ",
        "july ",
        "INDO-Pacific ",
        "x",
        "X",
        ". ",
        ", ",
        "\n",
        "\r\n",
        "。",
        "，",
        "(",
        ")",
        "“",
        "”",
        '"',
        "'",
        "’",
        " - Xinhua",
        " (after)",
        "\t",
        "北京",
        "Москва ",
        "lе",
        "é",
        "α",
        "μ",
        "😀",
        "́",
        "\u3000",
        "�",
        "Â",
        "â€",
        "1",
        "1,0000 ",
        " ten thousand",
        "[UNK]",
        "&nbsp;",
        "<p>",
        "#NUM#",
        "{0}",
        "%s",
        "\\u201c",
        "`",
        "Here is the translation:",
        "2022-07-06 0 By",
        "das Gesetz nicht zu ändern hat beschlossen ",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_settles_and_is_pointed_at_within_its_bounds(text: str) -> None:
    passage = Passage(text)
    for rule in RULES:
        for item in rule.run(passage):
            assert 0 <= item.span.start <= item.span.end <= len(text)
            assert item.span.start < item.span.end or not isinstance(item, Finding)
    trail = Trail(text)
    settle(trail, "artifacts", RULES, Passage)
    again = Trail(trail.text)
    settle(again, "artifacts", RULES, Passage)
    assert again.text == trail.text


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_hash_seed_changes_nothing(scraped: str, clean: str, seed: str) -> None:
    passage = Passage(scraped + clean)
    said = [repr(item) for rule in RULES for item in rule.run(passage)]
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST],
        input=scraped + clean,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1", "PATH": ""},
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(json.dumps(said).encode()).hexdigest()


HOSTILE = {
    "one letter": "a",
    "letters apart": "a ",
    "blanks": " ",
    "line ends": "\n",
    "opened brackets": "(",
    "stops": "a.",
    "backslashes": "\\",
    "half escapes": "\\u20",
    "half tags": "<a ",
    "half masks": "#A",
    "half slots": "{{a",
    "digits": "1,",
    "characters": "北",
    "characters apart": "北 a ",
    "mojibake": "Ã¢â‚¬",
    "small months": "july ",
    "starts of residue": "without source prohibited ",
    "starts of bylines": "2022-07-06 0 By ",
    "foreign": "gesetz beschlossen regierung ",
    "capitals": "in The of WHICH ",
    "titles": "x - X",
    "brackets": "Harbour Office (HO) ",
    "consonants": "Kolovin Korovin ",
    "loops": "the nest. After ",
    "circles": "the seal and the seal of the seal or ",
    "names of names": "is called is called ",
    "lists": "Tamar River, Lune River, ",
    "quoted": "“seals” ",
    "one long word": "GreenSeal",
    "entities": "&nbsp;",
    "furniture": "subscribe ",
    "task": "I translate ",
    "decimal commas": "1.234,",
    "boards": "[url=",
    "references": "Roe, J. 2001\n",
    "small names": "Hamamatsu of hamamatsu ",
}


class _Clock:
    """Counts the lines of Python executed, which is steadier than time."""

    def __init__(self) -> None:
        self.lines = 0

    def __enter__(self) -> _Clock:
        sys.settrace(self._trace)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _trace(self, *_: object):
        self.lines += 1
        return self._trace


def _cost(text: str) -> int:
    passage = Passage(text)
    with _Clock() as clock:
        for rule in RULES:
            for _ in rule.run(passage):
                pass
    return clock.lines


@pytest.mark.parametrize("bait", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_is_about_twice_the_work(bait: str) -> None:
    _cost(bait * 50)  # word lists are read at first use
    small, large = bait * 400, bait * 1600
    assert _cost(large) < 6 * _cost(small) + 2000


def test_a_crowd_of_similar_names_stays_cheap() -> None:
    def crowd(size: int) -> str:
        names = (
            f"Ka{'lr'[n & 1]}{'lr'[n >> 1 & 1]}{'aeiou'[n % 5]}{chr(97 + n // 100 % 26)}o"
            for n in range(size)
        )
        return ". ".join(dict.fromkeys(names))

    assert _cost(crowd(1600)) < 8 * _cost(crowd(400)) + 2000
