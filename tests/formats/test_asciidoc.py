"""AsciiDoc: what is prose in it, and the way back into the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.asciidoc import FORMAT
from mtclean.formats.layout import BETWEEN, Kind
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import normalize
from mtclean.text import Edit
from tests.formats.laws import law_places, law_proportion, law_prose, law_same, view_of


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("= A *b*\nno no\n:no: no\n\nc\nd\n", ["A b", "c d"]),
        ("A b\n===\n\nc d\n---\ne\n\nf\n------\nno\n------\n", ["A b", "c d", "e", "f"]),
        ("== a\n\n[[no]]\n.b c\n[NOTE]\n====\nd\n====\n\nTIP: e\n", ["a", "b c", "d", "e"]),
        ("[source,no]\n----\nno\n\nno\n----\na\n\n....\nno\n....\n\n```no\nno\n```\n\n++++\nno\n++++\n\n////\nno\n////\nb\n", ["a", "b"]),
        ("[source]\nno\nno\n\n[verse]\n____\nno\n____\n\n[unknown]\n--\nno\n--\n\n[quote, no]\n____\na\n____\n", ["a"]),
        ("* a\nb\n** c\n+\nd\n\n. e\n1. f\n- g\n\n+\n--\nh\n--\n", ["a b", "c", "d", "e", "f", "g", "h"]),
        ("no:: a\nb\n-n::\n--no:::\n\tc\nno;; d\n", ["a b", "c", "d"]),
        ("|===\n|no\n\n|no\n|===\n\na\n", ["a"]),
        (" no\n no\n\na\n\n  no\n", ["a"]),
        ("// no\nimage::no[no]\n:no: no\nifdef::no[]\na\nendif::no[]\nb\n'''\nc\n", ["a", "b", "c"]),
        ("a +\nb\nc\n", ["a", "b c"]),
        ("a `no` +no+ ``no`` pass:[no] link:no[b] http://no.example[c d] <<no>> <<no,e>> xref:no[f] {no} *g* __h__i\n", ["a `no` `no` `no` `pass:[no]` b c d `no` e f `{no}` g hi"]),
        ("a((b)) (((no, no (no)))) footnote:[no http://no[no]] kbd:[no] x*y*z 2 * 3 snake_case \"`c`\" &amp; 10^6^\n", None),
        ("== a b\n\n<<a b>> c\n", ["`a b` c"]),
        ("From: no\nTo: no\n\na\n", ["a"]),
        ("a\r\nb\r\n\r\n* c\r\n", ["a b", "c"]),
    ],
)  # fmt: skip
def test_what_is_prose(page: str, view: list[str] | None) -> None:
    layout = FORMAT.read({"": page}, NO_CHOICES)
    prose = [layout.view[slice(*p.view)] for p in layout.pieces if p.kind is Kind.VERBATIM]
    assert "no" not in " ".join(prose).split()
    assert view is None or view_of(FORMAT, page).split(BETWEEN) == view


def cleaned(page: str) -> str:
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="en")))
    return cleaned_bytes(work).decode()


@pytest.mark.parametrize(
    "guard",
    ["`a ,b`", "+a ,b+", "pass:[a ,b]", "footnote:[a ,b]", "<<a ,b>>", "image:x[a ,b]", "\n\n----\na ,b\n----\n\nIt is", "\n\n a ,b\n\nIt is", "\n\n// a ,b\n\nIt is", "\n\n|===\n|a ,b\n|===\n\nIt is"],
)  # fmt: skip
def test_what_is_guarded_stays_and_what_stands_beside_it_is_mended(guard: str) -> None:
    page = f"The gate is shut ,they say.\n\nIt is {guard} there ,too.\n"
    assert cleaned(page) == page.replace("shut ,", "shut, ").replace("there ,", "there, ")


def test_a_note_touches_what_it_is_about() -> None:
    page = 'He wrote "The Gate and the Wall,"footnote:[It was http://a.example[late].] and left.footnote:[x]Then it was shut.\n'
    assert cleaned(page) == page.replace("]Then", "] Then")


def test_a_title_stays_as_long_as_its_line() -> None:
    page = "The gate\n--------\n\nIt is shut.\n"
    document = laid_out("t", page.encode(), FORMAT)
    assert document.rewritten([Edit(3, 4, "\u00a0")]) == page.replace("e g", "e\u00a0g").encode()
    with pytest.raises(DocumentProblem, match="more of the file"):
        document.rewritten([Edit(3, 4, ", new ")])


def test_no_edit_makes_code_of_a_line() -> None:
    document = laid_out("t", b"The gate is\nshut now.\n", FORMAT)
    assert document.layout is not None
    at = document.layout.view.index("shut")
    with pytest.raises(DocumentProblem, match="more of the file"):
        document.rewritten([Edit(0, 3, "")])
    assert document.rewritten([Edit(at, at + 5, "")]) == b"The gate is\nnow.\n"


TOKENS = [
    "a", "b c", " ", "\n", "\n\n", "*", "**", "_", "`", "+", "<<x>>", "<<x,", ">>", "link:x[", "]", "{a}", "[[x]]", "((", "))", "\\", "&amp;",
    "== ", "* ", "a:: ", "a::\n", "\n----\n", "\n====\n", "\n|===\n", "\n+\n", " +\n", "[source]\n", "   ", "NOTE: ", ".", "#", "//", "\r\n", "\t", "é", "\x00",
]  # fmt: skip
pages = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)


@given(pages)
def test_without_an_edit_the_page_is_the_same(page: str) -> None:
    law_same(FORMAT, page)


@given(pages)
def test_every_piece_has_its_place(page: str) -> None:
    law_places(FORMAT, page)


@given(pages, st.data())
def test_only_prose_is_written(page: str, data: st.DataObject) -> None:
    law_prose(FORMAT, page, data)


@pytest.mark.parametrize(
    "part",
    ["* ", "*", "*a ", "`", "`a ", "_", "__a ", "+", "<<", "<<a,", "link:a[", "a:b[", "{a", "((", "(((", "[[", "#a", "^a", "\\", "&a", "----\n", "a:: ", "a:", ":a:\n", "[a]\n", "   ", "\n", "a\n", "footnote:[[", "a\n--\n"],
)  # fmt: skip
def test_time_is_in_proportion_to_the_page(part: str) -> None:
    law_proportion(FORMAT, part, 50_000)
