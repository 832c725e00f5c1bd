"""reStructuredText: what is prose in it, and the way back into the page."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.layout import BETWEEN, Kind
from mtclean.formats.rst import FORMAT
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import normalize
from mtclean.text import Edit
from tests.formats.laws import edits_of, law_places, law_proportion, law_same, view_of

if sys.version_info >= (3, 11):  # as far as Sphinx goes
    from tests.formats.rst_structure import structure


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("A *b* **c**\n===========\n\nd\ne\n", ["A b c", "d e"]),
        ("====\na\n====\n\nb\n\n----\n\nc\n", ["a", "b", "c"]),
        ("====\nno\nno\na\n\n----\n====\nb\n\n====\n\n====\n\nc\n", ["a", "b", "c"]),
        ("ab cd\n==\n\nabcdef\n====\n\ng\n", ["ab cd ==", "g"]),
        ("门关\n====\n\n门关了\n====\n", ["门关"]),
        ("a::\n\n   no\n\nb ::\n\n   no\n\n::\n\n   no\n\nc::\n\n> no\n> no\n\nd\n", ["a:", "b", "c:", "d"]),
        ("a ``no  x`` :func:`no` `no` :ref:`b <no>` :doc:`no` `c d <no>`_ `e`_ f_ [1]_ |g| _`h` `i`__\n", ["a `no  x` `no` `no` b `no` c d e f [1] `g` h i"]),
        ("a \\*b\\* c\\ d `e`:sup: x*y* 2 * 3 * (*) snake_case __f__\n", ["a *b* cd `e` x*y* 2 * 3 * (*) snake_case __f__"]),
        ("- a\n- b\n  c\n\n  - d\n\n1. e\n#. f\n(ii) g\n", ["a", "b c", "d", "e", "f", "g"]),
        ("- - 1. a\n       b\n", ["a b"]),
        ("A. Smith was\nthere.\n\nA. b\n", ["A. Smith was there.", "b"]),
        ("a\n  b\n  c\n\nd : no\n  e\n\n    f\n", ["a", "b c", "d", "e", "f"]),
        ("a\n\n  b\n\n  -- c\n", ["a", "b", "-- c"]),
        (".. note:: a\n   b\n\n   c\n\n   .. code-block:: no\n\n      no\n\n.. warning::\n   :class: no\n\n   d\n", ["a b", "c", "d"]),
        (".. image:: no\n   :alt: no\n\n.. figure:: no\n   :alt: no\n\n   a\n\n   b\n", ["a", "b"]),
        (".. no comment\n   no\n\n..\n\n   a\n\n.. _no: no\n   no\n.. |no| replace:: no\n\n__ no\n\nb\n", ["a", "b"]),
        (".. [1] a\n   b\n.. [no] c\n\n   d\n", ["a b", "c", "d"]),
        (".. unknown:: no\n\n   no\n\na\n", ["a"]),
        (".. py:function:: no(no)\n                 no(no)\n   :no: no\n\n   a b c.\n\n   :param no: b c d\n   :type no: no no no\n", ["a b c.", "b c d"]),
        (".. versionadded:: 1.0 a *b*\n   c\n\n.. versionchanged:: 1.0\n   d\n\n.. deprecated:: 1.0\n\n   e\n", ["a b c", "d", "e"]),
        (".. topic:: a b\n   :class: no\n\n   c\n\n.. rubric:: d\n", ["a b", "c", "d"]),
        (".. list-table:: a\n   :header-rows: 1\n\n   * - no\n     - b c d\n", ["a", "no", "b c d"]),
        (".. csv-table:: a\n\n   no, no\n", ["a"]),
        (".. glossary::\n\n   a\n   b\n      c\n", ["a", "b", "c"]),
        ("+----+----+\n| no | no |\n+----+----+\n\n====  ====\nno    no\n====  ====\nno    no\n\nno    no\n====  ====\n\na\n", ["a"]),
        ("====  ====\nno    no\n====  ====\n\na\n", ["a"]),
        (":no: no no no\n:no: no\n\na\n\n:b: c d e\n:f: g\n", ["a", "c d e", "g"]),
        ("PEP: 1\nTitle: no no\nAuthor: no no,\n  no\n\na\n", ["a"]),
        ("-a        b\n-c NO, --no=NO  d\n--no      e\n          f\n/V  g\n", ["b", "d", "e f", "g"]),
        (">>> no\nno\n\na\n", ["a"]),
        ("| a\n| *b*\n  \n|\n| c\n", ["a", "b", "c"]),
        ("a\tb\n\n-\tc\n\td\n", ["a\tb", "c d"]),
        ("a\r\nb\r\n\r\n- c\r\n  d\r\n", ["a b", "c d"]),
        ("Gate\n====\n\nSee Gate_ and `the wall`_, `the wall <x>`_.\n", ["See Gate and the wall, the wall."]),
        ("héé *𝒳* “b”\n", ["héé 𝒳 “b”"]),
    ],
)  # fmt: skip
def test_what_is_prose(page: str, view: list[str]) -> None:
    assert view_of(FORMAT, page).split(BETWEEN) == view


def verbatim(page: str) -> str:
    layout = FORMAT.read({"": page}, NO_CHOICES)
    return "".join(layout.view[slice(*p.view)] for p in layout.pieces if p.kind is Kind.VERBATIM)


@pytest.mark.parametrize(
    "markup",
    ["``no``", ":no:`no`", ":no:no:`no <no>`", "`no`", "`no`:no:", "`no`_", "no_", "no.no-no__", "|no|", "|no|_", "[1]_", "[#no]_", "[no]_", "_`no`"],
)  # fmt: skip
def test_markup_that_shows_no_prose_stays(markup: str) -> None:
    for around in ("a {} b", "a ({}), b", "a “{}” b", "a-{}. b"):
        assert "no" not in verbatim(around.format(markup) + "\n"), around


@pytest.mark.parametrize(
    "text",
    ["2 * x * y", "a*b*c", "*", "**", "a|b|c", "| a |", '"*"', "x_y_z", "__x", "[1]", "[x]", ":x:", "* a*"],
)  # fmt: skip
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    assert verbatim(f"a {text} b\n") == f"a {text} b"


@pytest.mark.parametrize("text", ["``x", "x``", ":x:`y", "`x` y`", "x`s", "``x`"])
def test_markup_that_is_torn_stays(text: str) -> None:
    assert not {"`", "*", "|"} & {*verbatim(f"a {text} b\n")}


def cleaned(page: str, language: str = "en") -> str:
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language=language)))
    return cleaned_bytes(work).decode()


@pytest.mark.parametrize(
    "guard",
    ["``a ,b``", ":sql:`a ,b`", "`a ,b`", "`a ,b`_", "`c <a ,b>`_", "\n\n.. code::\n\n   a ,b\n\nIt is", "so::\n\n  a ,b\n\nIt is", "\n\n.. a ,b\n\nIt is", "\n\n.. image:: x\n   :alt: a ,b\n\nIt is", "\n\n>>> a ,b\n\nIt is", "\n\n+-----+\n|a ,b|\n+-----+\n\nIt is"],
)  # fmt: skip
def test_what_is_guarded_stays_and_what_stands_beside_it_is_mended(guard: str) -> None:
    page = f"The gate is shut ,they say.\n\nIt is {guard} there ,too.\n"
    assert cleaned(page) == page.replace("shut ,", "shut, ").replace("there ,", "there, ")


def test_a_passage_goes_over_lines_which_stay() -> None:
    page = "- It was the end of *the\n  war* ,they said\n  at last .\n"
    assert cleaned(page) == "- It was the end of *the\n  war*, they said\n  at last.\n"


def test_a_title_does_not_outgrow_its_line() -> None:
    assert (
        cleaned("The gate ,the wall\n==================\n")
        == "The gate, the wall\n==================\n"
    )
    short = "The gate,the wall\n=================\n\nIt is shut ,too.\n"
    layout = FORMAT.read({"": short}, NO_CHOICES)
    document = laid_out("t", short.encode(), FORMAT)
    at = layout.view.index("the wall")
    with pytest.raises(DocumentProblem, match="more of the file"):
        document.rewritten([Edit(at, at, " ")])


def test_a_space_that_code_is_told_by_stays() -> None:
    page = "これは :ref:`川 <a>` を 見る。「川」 **と** 橋。\n"
    assert cleaned(page, "ja") == page.replace("を 見", "を見")


def test_what_is_put_in_is_no_markup() -> None:
    layout = FORMAT.read({"": "a b\n"}, NO_CHOICES)
    assert layout.written([Edit(1, 2, " *c* `d` |e| f_ ")]) == {
        "": "a \\*c\\* \\`d\\` \\|e\\| f\\_ b\n"
    }


TOKENS = [
    "a", "b c", " ", "\n", "\n\n", "*", "**", "``", "`", "`_", "`__", ":ref:`", " <x>`", "|", "_", "[1]_", "\\", "\\ ", "::", "::\n\n   ",
    "- ", "1. ", "(a) ", "\n====\n", "\n\n----\n\n", "   ", "\n   ", ".. note:: ", ".. code:: ", ".. x: ", ".. _x: ", ".. [1] ", ":x: ",
    "-a  ", "| ", ">>> ", "+--+\n", "==  ==\n", "\t", "\r\n", "\x00", "é", "“", "门", ".", ",", "(", ")",
]  # fmt: skip
pages = st.lists(st.sampled_from(TOKENS), max_size=24).map("".join)


@given(pages)
def test_without_an_edit_the_page_is_the_same(page: str) -> None:
    law_same(FORMAT, page)


@given(pages)
def test_every_piece_has_its_place(page: str) -> None:
    law_places(FORMAT, page)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Sphinx and its docutils want more")
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(pages, st.data())
def test_docutils_sees_the_same_page_but_for_its_words(page: str, data: st.DataObject) -> None:
    assume(page and "\0" not in page)
    document = laid_out("t", page.encode(), FORMAT)
    assert document.layout is not None
    try:
        written = document.rewritten(data.draw(edits_of(document.layout))).decode()
    except DocumentProblem:
        return  # it falls whole
    again = FORMAT.read({"": written}, NO_CHOICES)
    assume(len(again.segments) == len(document.layout.segments))  # none lost all its words
    assert structure(written) == structure(page)


@pytest.mark.parametrize(
    "part",
    ["- ", "1. ", "   ", ":a: ", ".. note:: ", "*", "`", "``", ":a:`", "|", "_", "a_", "a-", "\\", "[", "[#", "::\n", "=", "= =\n", "a\n ", "+-", "\t", "`a <", "-a, ", ".. [1] ", "*a ", ":", "a:b", "==  ==\n", ".. list-table::\n\n"],
)  # fmt: skip
def test_time_is_in_proportion_to_the_page(part: str) -> None:
    law_proportion(FORMAT, part, 100_000)
