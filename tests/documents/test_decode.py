"""Encodings: what stands in a file without saying what it is.  More in benchmarks/decoding.py."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.decoding import by_mtclean, samples
from mtclean.documents import DocumentProblem
from mtclean.documents.decode import decode


def test_every_common_encoding_is_read_exactly() -> None:
    """One sample of each of the 20 languages' encodings; the goal over all of them is 98 %."""
    one_each = {(s.language, s.encoding): s for s in samples()}.values()
    wrong = [(s.language, s.encoding) for s in one_each if not s.is_read_by(by_mtclean)]
    assert len(wrong) <= 0.02 * len(one_each), wrong


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "The ferry leaves at eight.\n",
        "Паром відходить о восьмій.\n",
        "Το πλοίο φεύγει στις οκτώ.\n",
        "המעבורת יוצאת בשמונה.\n",
        "一艘渡船早上八点出发。\n",
        "渡し船は八時に出ます。\n",
        "나룻배는 여덟 시에 떠난다.\n",
    ],
)
def test_utf16_needs_no_mark_in_any_script(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)
    assert decoded.encode(text) == data


def test_a_stray_nul_makes_no_utf16() -> None:
    """Pairs of ASCII letters are Han characters in UTF-16."""
    text = "the tide came in and went out again\x00 as it does every day of the year\n"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("seed", range(20))
def test_numbers_in_bytes_are_no_text(seed: int) -> None:
    """Small integers as programs store them have as many NULs as UTF-16 has."""
    dice = random.Random(seed)
    data = b"".join(dice.randrange(2**16).to_bytes(4, "little") for _ in range(200))
    with pytest.raises(DocumentProblem, match="not a text file"):
        decode(data)


def test_a_guess_of_little_confidence_is_not_taken() -> None:
    assert decode(b"Price: 5 \x80\n").text == "Price: 5 €\n"


PROSE = "The café opens at eight — “no later”, says Zoë. "


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize("mark", ["é", "“", "😀"])
def test_utf8_cut_in_its_last_letter_is_utf8(mark: str, cut: int) -> None:
    tail = mark.encode()
    if cut >= len(tail):
        return
    data = PROSE.encode() + tail[:-cut]
    decoded = decode(data)
    assert (decoded.encoding, decoded.guessed, decoded.lost) == ("utf-8", False, (len(PROSE),))
    assert decoded.text.startswith(PROSE)
    assert decoded.encode(decoded.text) == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("odd", [b"\xff", b"\x81\xff"])
def test_a_few_bytes_that_are_no_characters_are_kept(encoding: str, odd: bytes) -> None:
    text = PROSE * 8
    data = text.encode(encoding) + b" " + odd + b" and so on.\n"
    decoded = decode(data)
    assert decoded.encode(decoded.text) == data
    assert decoded.text.startswith(text), decoded.encoding


def test_a_windows_text_that_ends_in_a_letter_utf8_begins_with_is_one() -> None:
    assert decode("“No”, he said in the café".encode("cp1252")).encoding == "cp1252"


def test_an_old_text_with_a_pair_of_letters_utf8_has_is_no_utf8() -> None:
    text = "Les élèves ont été déçus. Â« Ã© » dit-il, près de la fenêtre.\n"
    assert decode(text.encode("cp1252")).text == text


@given(st.lists(st.sampled_from([PROSE.encode(), b"a ", b"\n", b"\xc3", b"\xa9", b"\xe2\x80", b"\x9d", b"\xff", "é".encode()]), max_size=20).map(b"".join))  # fmt: skip
def test_whatever_the_bytes_they_come_back(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DocumentProblem:
        return
    assert decoded.encode(decoded.text) == data


@pytest.mark.parametrize("encoding", ["cp500", "cp037", "cp273"])
def test_a_text_of_a_mainframe_is_refused_and_not_guessed(encoding: str) -> None:
    with pytest.raises(DocumentProblem, match="EBCDIC"):
        decode("The gate is shut, and nobody has the key.\r\n".encode(encoding))
