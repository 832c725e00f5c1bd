"""HTML: what a browser shows as running text, and the way back into the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.html import FORMAT
from mtclean.formats.layout import BETWEEN
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import normalize
from mtclean.text import Edit
from mtclean.text.trail import apply
from tests.formats.laws import edits_of, law_places, law_same, view_of

SEEN = "\ufffc"


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<p>One <b>tw</b>o\n  three </p>", ["One two three"]),
        ("<ul><li>a<li>b <a href='x>y'>c</a></ul>", ["a", "b c"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"]),
        ("<p>a&amp;b &lt;i&gt; &nbsp;c &eacute;&#233;", ["a&b <i> \xa0c éé"]),
        ("<p>a<br>b<img src=x alt='no'>c", [f"a\nb{SEEN}c"]),
        ("<p>Run <code>x  &amp; y</code> now<pre>no\nprose</pre>after", ["Run x & y now", "after"]),
        ("<script>if (a<b) '<p>no'</script><style>p{}</style>yes", ["yes"]),
        ("<p>The art&shy;i&#xAD;st\xad, at &shy; once", ["The artist, at once"]),
        ("<p>ind\xc3\xadgenas, GER\xc4\xadTE", ["ind\xc3\xadgenas, GER\xc4TE"]),
        ("<title>A &amp; b</title><body>c", ["A & b", "c"]),
        (
            "<p>From <?= $a->b ?>. Press <kbd><?= $c ?></kbd>, now</p>",
            ["From ￼. Press ￼, now"],
        ),
        ("a<!-- no <p> -->b<!-->c<?no>d<!no>e</ no>f", ["abcdef"]),
        ("<p>a <span translate=no>Foo</span> b<div class='x notranslate'>No</div>", ["a Foo b"]),
        ("<p>a < b <3 &unknown; &", ["a < b <3 &unknown; &"]),
        ("<textarea>no</textarea>yes<svg><text>no</text></svg>!", [f"yes{SEEN}!"]),
        ("<p>It is <span id=now></span>. <i class='sun'></i><a name=x></a><b></b>b", [f"It is {SEEN}. {SEEN}b"]),
        ("---\ntitle: ! 'No'\ntags: []\n---\n<p>yes", ["yes"]),
        ("---\r\n---\r\n<p>yes", ["yes"]),
        ("--- so he said\n<p>yes\n---\n", ["--- so he said", "yes ---"]),
        ('<p>yes!<a href="#n" epub:type="noteref">4</a> <a role=doc-noteref>5</a> and <a>so</a>', ["yes! and so"]),
        ("<p title='no' data-x=\"a>b\">yes", ["yes"]),
        ("yes<a href='never closed", ["yes"]),
        ("yes<!-- never closed <p>no", ["yes"]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_prose(page: str, view: list[str]) -> None:
    got = view_of(FORMAT, page).split(BETWEEN) if view else []
    assert [line for line in got if line != "No"] == view


def test_what_is_not_to_be_translated_is_fixed() -> None:
    layout = FORMAT.read({"": "<p>a <b translate=no>Foo bar</b> <code>x y</code> b"}, None)  # type: ignore[arg-type]
    assert "".join(layout.view[slice(*span)] for span in layout.fixed) == "Foo barx y"


def test_where_a_word_may_be_parted_is_nobodys_to_say_but_the_pages() -> None:
    page = "<p>The art&shy;ist came ,too.The end\xading."
    changed = "<p>The art&shy;ist came, too. The end\xading."
    work = normalize(
        draft(
            laid_out("t", page.encode(), FORMAT, NO_CHOICES), Options(grammar=False, language="en")
        )
    )
    assert cleaned_bytes(work).decode() == changed


def test_half_of_a_letter_that_was_spoilt_is_no_place_to_part_a_word() -> None:
    page = "<p>Las ideas de los pueblos ind{}genas, que viven all\xed, son muy antiguas."
    data = page.format("\xc3\xad").encode()
    work = normalize(draft(laid_out("t", data, FORMAT), Options(grammar=False)))
    assert cleaned_bytes(work).decode() == page.format("\xed")


def test_what_is_put_in_is_escaped() -> None:
    layout = FORMAT.read({"": "<p>a b"}, None)  # type: ignore[arg-type]
    assert layout.written([Edit(1, 2, " & <")]) == {"": "<p>a &amp; &lt;b"}


def test_white_space_over_tags_is_one_space() -> None:
    layout = FORMAT.read({"": "<p>a <b> b</b>\n c"}, None)  # type: ignore[arg-type]
    assert layout.view == "a b c"
    assert layout.written([Edit(1, 2, ", ")]) == {"": "<p>a, <b> b</b>\n c"}


@pytest.mark.parametrize(
    ("page", "cleaned"),
    [
        ("<p>They saw the <b>keeper </b> , who had it.", "<p>They saw the <b>keeper</b>, who had it."),
        ("<p>They saw the <b>keeper\r\n</b>\n  , who had it.", "<p>They saw the <b>keeper</b>, who had it."),
        ("<p>They saw the <b>keeper </b> <i> </i> , who had it.", "<p>They saw the <b>keeper</b><i></i>, who had it."),
        ("<p>They saw the <b>keeper </b> ,who had it.", "<p>They saw the <b>keeper</b>, who had it."),
        ("<p>They saw a <b translate=no> keeper</b> who had it.", "<p>They saw a <b translate=no> keeper</b> who had it."),
    ],
)  # fmt: skip
def test_white_space_that_was_hidden_by_other_goes_with_it(page: str, cleaned: str) -> None:
    """Left where it is, it would be seen, and nothing were mended."""
    work = normalize(
        draft(laid_out("t", page.encode(), FORMAT), Options(grammar=False, language="en"))
    )
    assert cleaned_bytes(work).decode() == cleaned


def test_what_is_put_in_behind_a_space_stands_at_the_next_word() -> None:
    layout = FORMAT.read({"": "<p>a\r\n<b> a"}, NO_CHOICES)
    assert layout.written([Edit(2, 2, "b")]) == {"": "<p>a\r\nb<b>a"}
    assert layout.written([Edit(0, 1, "b")]) == {"": "<p>b\r\n<b> a"}


def test_languages_are_known() -> None:
    page = "<html lang=en><p>a<p lang='fr'>b<p>c"
    layout = FORMAT.read({"": page}, None)  # type: ignore[arg-type]
    assert [segment.language for segment in layout.segments] == ["en", "fr", "en"]


def test_what_is_said_to_be_in_another_language_is_left_alone_and_named() -> None:
    """An epigraph is no sentence that an engine skipped, and has other marks than the text around it."""
    said = "Das Boot ist schön, und es liegt seit dem Winter an der alten Mauer ."
    page = f"<html lang=en><p>The boat is in the harbour , and it is old. It lies by the quay all year.<p lang=de>{said}"
    for lang, kept in ("de", said), ("en", said.replace(" .", ".")):
        page_now = page.replace("lang=de", f"lang={lang}").encode()
        document = laid_out("t", page_now, FORMAT)
        work = normalize(draft(document, Options(grammar=False)))
        assert "harbour, and" in work.trail.text
        assert kept in work.trail.text


def test_a_character_that_the_encoding_lacks_is_a_reference() -> None:
    document = laid_out("t", '<p>caf\xe9 "x"'.encode("latin-1"), FORMAT)
    assert document.decoded.encoding.startswith(("iso", "windows", "cp", "latin"))
    quote = document.text.index('"')
    written = document.rewritten([Edit(quote, quote + 1, "☞")])
    assert "☞".encode("ascii", "xmlcharrefreplace") in written


def test_a_page_without_prose_comes_out_as_it_was() -> None:
    page = b"<script>a ,b.C</script>"
    document = laid_out("t", page, FORMAT)
    assert (document.text, document.rewritten(())) == ("", page)


TOKENS = [
    "a", "b. ", " ", "\n", "&amp;", "&lt", "&", "<", ">", "<p>", "</p>", "<b>", "</b>", "<br>", "<code>", "</code>",
    "<pre>", "</pre>", "<!--", "-->", "<li>", "<td>", "<i translate=no>", "</i>", "<img x='", "'", '"', "=", "<script>",
    "</script>", "<title>", "</title>", "</", "<!", "é", "𝒳", "\r\n", "<svg>", "</svg>", "/>",
]  # fmt: skip
pages = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)


@given(pages)
def test_without_an_edit_the_page_is_the_same(page: str) -> None:
    law_same(FORMAT, page)


@given(pages)
def test_every_piece_has_its_place(page: str) -> None:
    law_places(FORMAT, page)


@pytest.mark.parametrize(
    ("edits", "written"),
    [
        ([Edit(0, 1, "")], "a"),
        ([Edit(1, 2, "b")], "&lt;b"),
        ([Edit(1, 1, "b")], "&lt;ba"),
        ([Edit(0, 1, "c"), Edit(2, 2, "d")], "cad"),
        ([Edit(0, 1, "c"), Edit(1, 2, "d")], "cd"),
    ],
)
def test_what_is_written_as_one_is_changed_in_part(edits: list[Edit], written: str) -> None:
    layout = FORMAT.read({"": "&lta"}, NO_CHOICES)
    assert layout.view == "<a"
    assert layout.written(edits) == {"": written}


@given(pages, st.data())
def test_what_is_changed_is_read_again_and_nothing_else_moves(
    page: str, data: st.DataObject
) -> None:
    layout = FORMAT.read({"": page}, None)  # type: ignore[arg-type]
    edits = data.draw(edits_of(layout))
    written = layout.written(edits)
    again = FORMAT.read(written, None)  # type: ignore[arg-type]
    made = apply(layout.view, edits)
    # A browser shows white space at the ends of a block, and twice in a row, as less of it.
    assert again.view.split() == made.split()
    if made.split() and all(edit.replacement.strip() for edit in edits):
        assert again.skeleton.keys() == layout.skeleton.keys()


@pytest.mark.parametrize(
    "bait", ["<!--", "<a ", "<", "&", "<p>", "</p", "<a b='", '<a b="">', "<b><i>", "<td>", "<pre>", "&#", "<!", "<code>"]
)  # fmt: skip
def test_baits_take_twice_the_time_for_twice_the_page(bait: str) -> None:
    from tests.test_scaling import lines_run

    once, twice = (
        lines_run(lambda size=size: FORMAT.read({"": bait * size}, None)) for size in (2_000, 4_000)
    )
    assert twice < max(2_000, 2.3 * once)


def test_a_space_that_was_lost_beside_a_link_is_put_outside_of_it() -> None:
    page = "<p>They met in<a href=x>Lisbon</a>and in <a>Porto </a>of all, on<a>line</a> and <a>shut.</a>Then on."
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="en")))
    cleaned = (
        page.replace("in<a", "in <a")
        .replace("</a>and", "</a> and")
        .replace("</a>Then", "</a> Then")
    )
    assert cleaned_bytes(work).decode() == cleaned


@pytest.mark.parametrize(
    ("page", "cleaned"), [("<p>a < b", "<p>a &lt;b"), ("<p>a & b", "<p>a &amp;b"), ("<p>a &  amp; b", "<p>a &amp;amp; b"), ("<p>a < ", "<p>a < "), ("<p>a < <b>b", "<p>a <<b>b")]
)  # fmt: skip
def test_a_mark_that_would_begin_markup_becomes_a_reference(page: str, cleaned: str) -> None:
    layout = FORMAT.read({"": page}, NO_CHOICES)
    at = layout.view.find(" ", 3)
    assert layout.written([Edit(at, at + 1, "")] if at > 0 else []) == {"": cleaned}
