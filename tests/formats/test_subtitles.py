"""Subtitles: what is said is read as running text, and no word changes its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.layout import BETWEEN
from mtclean.formats.subtitles import FORMAT
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_places, law_same

SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}The gate was <i>shut</i>
and nobody

2
00:00:03,000 --> 00:00:04,000 X1:40 X2:600
knew why.

3
00:00:05,000 --> 00:00:06,000
- Who is it?
- Me.
4
00:00:07,000 --> 00:00:08,000
1984
"""
VTT = """WEBVTT - The gate

NOTE nobody ,reads.This

STYLE
::cue { color: red }

intro
01.000 --> 02.000 align:start
<v Anna>Fish &amp; <00:01.500>chips

00:03.000 --> 00:04.000
are good
"""


def test_a_sentence_runs_over_lines_and_cues() -> None:
    view = FORMAT.read({"": SRT}, NO_CHOICES).view
    assert view.split(BETWEEN) == [
        "The gate was shut and nobody knew why.", "- Who is it?", "- Me.", "1984",
    ]  # fmt: skip


def test_a_line_that_begins_with_a_vector_goes_on_and_one_with_a_sound_does_not() -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\nIt lies at\n{} there\n"
    for said, segments in ("[0, 1]", 1), ("(3)", 1), ("[Bells]", 2):
        layout = FORMAT.read({"": cue.format(said)}, NO_CHOICES)
        assert len(layout.segments) == segments


def test_notes_and_styles_are_not_read() -> None:
    text = VTT.replace("01.000 --> 02.000", "00:01.000 --> 00:02.000")
    layout = FORMAT.read({"": text}, NO_CHOICES)
    assert layout.view == "Fish & chips are good"
    assert layout.segments[0].label == "cue 1, 00:01"
    assert layout.written([Edit(5, 6, "& <")])[""] == text.replace("&amp;", "&amp; &lt;")


def test_nothing_goes_from_one_line_to_another() -> None:
    layout = FORMAT.read({"": SRT}, NO_CHOICES)
    at = layout.view.index(" and")
    assert any(fixed.start == at for fixed in layout.fixed)


@pytest.mark.parametrize(
    ("language", "said", "cleaned"),
    [
        ("zh", ["除此之外 我们再添加一个按钮", "我知道它 它是浏览器", "大小、颜色 都可以改"], None),
        ("zh", ["除此之外，我们再 添加一个按钮。", "我知道它，它是浏览器。"], ["除此之外，我们再添加一个按钮。", "我知道它，它是浏览器。"]),
        ("en", ["They opened the gate of the harbor", "And nobody came to see it."], None),
    ],
)  # fmt: skip
def test_a_blank_or_a_line_may_stand_for_a_mark(
    language: str, said: list[str], cleaned: list[str] | None
) -> None:
    def cues(lines: list[str]) -> str:
        return "".join(
            f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n\n" for n, line in enumerate(lines, 1)
        )

    document = laid_out("t", cues(said).encode(), FORMAT)
    work = detect_artifacts(normalize(draft(document, Options(grammar=False, language=language))))
    assert cleaned_bytes(work).decode() == cues(cleaned or said)
    assert not work.trail.held


def test_what_has_no_cue_is_said() -> None:
    with pytest.raises(DocumentProblem, match="no cue with its times"):
        laid_out("t", b"The gate was shut.\n", FORMAT)


SAID = {
    "cp1250": "Kde je klíč od brány?\nNevím, možná zůstal na stole.\nVčera večer tu nikdo nebyl, říkám ti.",
    "iso8859-2": "Řekl jsem ti, že most je zavřený.\nŠli jsme domů, ještě před půlnocí.",
    "cp1251": "Я сказал тебе, что мост закрыт.\nСегодня вечером никто не придёт.",
    "koi8-r": "Я сказал тебе, что мост закрыт.\nСегодня вечером никто не придёт.",
    "cp1252": "Je t’ai dit que le pont était fermé.\nPersonne ne viendra ce soir, à l’évidence.",
    "latin-1": "Wo ist der Schlüssel?\nIch weiß nicht, vielleicht auf dem Küchentisch.\nSchön, dass ihr da seid!",
    "iso8859-7": "Σου είπα ότι η πύλη είναι κλειστή.\nΚανείς δεν θα έρθει απόψε.",
    "cp1254": "Kapının anahtarı nerede?\nBilmiyorum, belki masanın üstünde kalmıştır.",
    "big5": "我告訴過你橋已經封閉了。\n今晚沒有人會來。",
    "cp932": "門は閉まっていると言ったでしょう。\n今夜は誰も来ません。",
}


def as_cues(said: str, many: int = 20) -> str:
    cue = "{0}\r\n00:{0:02}:01,000 --> 00:{0:02}:02,000\r\n{1}\r\n"
    return "\r\n".join(cue.format(n, said.replace("\n", "\r\n")) for n in range(1, many))


@pytest.mark.parametrize("encoding", SAID)
def test_encodings_of_old_files_are_told_by_what_is_said(encoding: str) -> None:
    """Times and numbers say nothing, and what was read in the wrong one would be called garbled."""
    text = as_cues(SAID[encoding])
    document = laid_out("t", text.encode(encoding), FORMAT)
    assert document.decoded.text == text
    at = document.text.index(" ") if " " in document.text else 0
    written = document.rewritten([Edit(at, at, ",")])
    assert written.decode(encoding).replace(",", "") == text.replace(",", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_with_a_mark_there_is_no_doubt(encoding: str) -> None:
    data = as_cues(SAID["cp1250"]).encode(encoding)
    assert laid_out("t", data, FORMAT).rewritten(()) == data


def test_what_leaves_the_encoding_in_doubt_is_refused_in_a_line() -> None:
    data = as_cues("Señor").encode("cp1252")
    with pytest.raises(DocumentProblem, match=r"cannot be told for sure .*; save it as UTF-8$"):
        laid_out("t", data, FORMAT)


TOKENS = [
    "1\n", "2\n", "\n00:00:01,000 --> 00:00:02,000\n", "\n00:01.000 --> 00:02.000\n", "\n", "a b", ".", "- c\n", "<i>", "</i>",
    "{\\an8}", "&amp;", "♪", "\r\n", "d\n", "1984\n", " ", "<", "{", "é\n",
]  # fmt: skip
files = st.lists(st.sampled_from(TOKENS), max_size=24).map(
    lambda parts: "1\n00:00:01,000 --> 00:00:02,000\n" + "".join(parts)
)


@given(files, st.booleans())
def test_without_an_edit_it_is_the_same(text: str, is_vtt: bool) -> None:
    law_same(FORMAT, "WEBVTT\n\n" * is_vtt + text)
    law_places(FORMAT, "WEBVTT\n\n" * is_vtt + text)


@given(files, st.data())
def test_lines_and_times_stay(text: str, data: st.DataObject) -> None:
    layout = FORMAT.read({"": text}, NO_CHOICES)
    written = layout.written(data.draw(edits_of(layout)))[""]
    assert written.count("\n") == text.count("\n")
    assert written.count("-->") == text.count("-->")
