"""Markdown: what is prose in it, and the way back into the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.layout import BETWEEN, Kind
from mtclean.formats.markdown import FORMAT
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Edit
from mtclean.text.policy import Level, Policy
from tests.formats.laws import law_places, law_prose, law_same, view_of


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("# A *b* c\n\nd\ne\n", ["A b c", "d e"]),
        ("---\ntitle: no\n---\n\na\n\n```\nno\n```\n\n    no\n\nb\n", ["a", "b"]),
        ("~~~~ py\nno\n~~~\nno\n~~~~\na\n", ["a"]),
        ("a `no  x` b [c](no \"no\") ![no](no) <http://no.example>\n", ["a `no  x` b c ![no](no) http://no.example"]),
        ("| a | b \\| c |\n|---|:-:|\n| d | `no` |\n", ["a", "b | c", "d", "`no`"]),
        ("- a\n  - b\n\n    c\n1. d\n", ["a", "b", "c", "d"]),
        ("> a\n> b\n\n[^1]: note\n\nx[^1]\n", ["a b", "note", "x[^1]"]),
        ("a &amp; b \\* c  \nd\n", ["a & b * c\nd"]),
        ("<div>\nno\n</div>\n\na <b>b</b> <code>c d</code> $e$\n", ["a b c d $e$"]),
        ("{% if x %}\na {{ no }} b {: .no}\n\n::: note\n\n!!! note \"no\"\n", ["{% if x %} a {{ no }} b {: .no}", ":: note", '!!! note "no"']),
        ("- [ ] a\n- [x] b\n", ["a", "b"]),
        ("a\n: b\n  c\n\n> [!NOTE]\n> d\n", ["a", "b c", "d"]),
        ("a\n=\n\nb\n***\nc\n", ["a", "b", "c"]),
        ("[no]: http://no.example 'no'\n\na [b][no]\n", ["a b"]),
        ("a [](no) and [](no).\n\n[](no)\n", ["a [](no) and [](no).", "[](no)"]),
        ("héé *𝒳* “b”\n", ["héé 𝒳 “b”"]),
    ],
)  # fmt: skip
def test_what_is_prose(page: str, view: list[str]) -> None:
    assert view_of(FORMAT, page).split(BETWEEN) == view


def test_settings_in_a_shortcode_are_no_prose() -> None:
    page = "Set it:\n\n{{< toggle file=a >}}\n[out]\nhome = ['a','b']\n\n[media.'c']\nd: 1\n{{< /toggle >}}\n\n{{< note >}}\nIt is prose.\n{{< /note >}}\n"
    layout = FORMAT.read({"": page}, NO_CHOICES)
    prose = [layout.view[slice(*p.view)] for p in layout.pieces if p.kind is Kind.VERBATIM]
    assert prose == ["Set it:", "It is prose."]


def test_a_line_that_ends_in_a_paragraph_is_a_space_but_in_a_quotation_it_stays() -> None:
    layout = FORMAT.read({"": "the\nthe gate\n\n> the\n> the gate\n"}, NO_CHOICES)
    breaks = [p.kind for p in layout.pieces if layout.view[slice(*p.view)] == " "]
    assert breaks == [Kind.WHOLE, Kind.FIXED]
    assert layout.written([Edit(3, 7, "")]) == {"": "the gate\n\n> the\n> the gate\n"}


def test_what_others_add_is_fixed() -> None:
    page = "{% if x %}\na {{ y }} b {: .c}\n\n::: note\n\n`d` **e** {f}`g` {h}\n"
    layout = FORMAT.read({"": page}, NO_CHOICES)
    seen = [layout.view[slice(*span)] for span in layout.fixed]
    assert [text for text in seen if text != BETWEEN] == [
        "{% if x %}", "{{ y }}", "{: .c}", ":: note", "`d`", "{f}", "`g`",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "guard",
    ["$a ,b$", "so.\n\n[1]: {{ site.url }}/a ,b/\n[2]: https://a.example/ ,b\n\nIt is", "\n$$\na ,b\n$$\n", "{: .a ,b}", "{% if a ,b %}", "{{ a ,b }}", "`a ,b`", "\n::: tip a ,b\n", "\n<!-- a ,b -->\n"],
)  # fmt: skip
def test_what_is_guarded_stays_and_what_stands_beside_it_is_mended(guard: str) -> None:
    page = f"The gate is shut ,they say.\n\n!!! note\n\nIt is {guard} there ,too.\n"
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="en")))
    cleaned = page.replace("shut ,", "shut, ").replace("there ,", "there, ")
    assert cleaned_bytes(work).decode() == cleaned


def test_what_a_link_of_a_wiki_leads_to_is_no_prose() -> None:
    page = "See [[gate#old gate|the old gate]] and [[wall]] or [[1], [2]].\n\n| a | b |\n|---|---|\n| [[c d\\|it is shut]] | e |\n"
    layout = FORMAT.read({"": page}, NO_CHOICES)
    prose = "".join(layout.view[slice(*p.view)] for p in layout.pieces if p.kind is Kind.VERBATIM)
    assert prose == "See the old gate]] and  or [[1], [2]].it is shut]]"


def test_what_is_put_in_is_no_markup() -> None:
    layout = FORMAT.read({"": "a b\n"}, NO_CHOICES)
    assert layout.written([Edit(1, 2, " *c* ")]) == {"": "a \\*c\\* b\n"}


def test_a_short_cell_is_no_prose() -> None:
    layout = FORMAT.read({"": "| yes ,no | It is shut.It is |\n|---|---|\n"}, NO_CHOICES)
    fixed = [layout.view[slice(*span)] for span in layout.fixed]
    assert "yes ,no" in fixed
    assert "It is shut.It is" not in fixed


def test_an_edit_in_a_table_stays_in_its_cell() -> None:
    layout = FORMAT.read({"": "| a |\n|---|\n| b d c |\n"}, NO_CHOICES)
    at = layout.view.index(" c")
    assert layout.written([Edit(at, at + 1, "|")]) == {"": "| a |\n|---|\n| b d\\|c |\n"}


TOKENS = [
    "a", "b c", " ", "\n", "\n\n", "*", "**", "_", "`", "```\n", "# ", "- ", "1. ", "> ", "| ", "|---|\n", "[", "](x)", "!",
    "&amp;", "\\", "<b>", "</b>", "<div>\n", "---\n", "    ", "é", "𝒳", "{{ x }}", "{% y %}", ":::", "[^1]", "[^1]: ", "$",
    "\r\n", "\t", "\x00", "  \n",
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


def said_of(page: str) -> list[tuple[str, str]]:
    """The rule of everything found in *page*, and what it points at."""
    document = laid_out("t", page.encode(), FORMAT)
    work = detect_artifacts(normalize(draft(document, Options(grammar=False))))
    return [
        (found.item.rule, work.trail.text[slice(*found.item.span)]) for found in work.trail.findings
    ]


def test_the_name_of_a_heading_says_nothing_of_its_language() -> None:
    heads = [
        f"### Wo steht das Boot {n}? {{#where-does-the-boat-lie-in-the-harbour-{n}}}\n\nEs liegt im Hafen an der alten Mauer.\n"
        for n in range(4)
    ]
    document = laid_out("t", "\n".join(heads).encode(), FORMAT)
    assert draft(document, Options(grammar=False)).language == "de"
    assert said_of("\n".join(heads)) == []


@pytest.mark.parametrize("name", ["{{#{}}}", "{{ #{} }}", "{{/*{}*/}}"])
def test_the_name_of_a_heading_is_not_said_again(name: str) -> None:
    head = "Non-empty lists of all boats"
    page = f"## {head} {name.format(head.lower().replace(' ', '-'))}\n\nThe boats lie in the harbour.\n"
    assert said_of(page) == []


OPEN = (
    "It was late in the year. The rain had come early, and nobody had thought of the boats in the"
)


@pytest.mark.parametrize(
    ("page", "is_cut"),
    [
        (f"The rain fell.\n\n{OPEN} harbour\n\nIt was over.\n", True),
        (f"The rain fell.\n\n- {OPEN} harbour\n- It was over.\n", False),
        (f"The rain fell.\n\n- {OPEN}\n- It was over.\n", True),
        (f"The rain fell.\n\n{OPEN} harbour\n\n```\nlist\n```\n\nIt was over.\n", False),
        (f"The rain fell.\n\n{OPEN} harbour\n\n# List\n\nIt was over.\n", True),
    ],
)
def test_items_of_a_list_and_what_leads_to_code_may_go_without_a_stop(
    page: str, is_cut: bool
) -> None:
    """An item unless its last word ends nothing."""
    assert [rule for rule, _ in said_of(page)] == ["truncated-paragraph"] * is_cut


TWICE = "Where do the boats of the harbour lie in the winter of the year?"


@pytest.mark.parametrize(
    ("page", "finds"),
    [
        (f"{TWICE} {TWICE} They lie here.\n", True),
        (f"- [{TWICE}](#a)\n- Other\n\n# {TWICE}\n\nThey lie here.\n", False),
        (f"# One\n\n{TWICE} `a` `b`\n\nThen.\n\nNow.\n\n# Two `c`\n\n{TWICE} Then.\n", False),
    ],
)
def test_links_and_manuals_say_things_twice(page: str, finds: bool) -> None:
    assert [rule for rule, _ in said_of(page)] == ["duplicate-passage"] * finds


def test_a_language_may_have_its_own_name_in_a_list_of_links() -> None:
    page = "The page is there in other languages, too.\n\n- [日本語](x) by Ann\n- [Українська](y) by Bob\n"
    assert said_of(page) == []


@pytest.mark.parametrize(
    ("page", "cleaned"),
    [
        ("They met in[Lisbon](x)and [the *city*][y]of all.\n\n[y]: z\n", "They met in [Lisbon](x) and [the *city*][y] of all.\n\n[y]: z\n"),
        ("All in[formation](x) on[line](y), un[known](z)s and [it](x), too.\n", ""),
        ("The gate was [shut.](x)Then it was quiet.\n", "The gate was [shut.](x) Then it was quiet.\n"),
    ],
)  # fmt: skip
def test_a_space_that_was_lost_beside_a_link_is_put_outside_of_it(page: str, cleaned: str) -> None:
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="en")))
    assert cleaned_bytes(work).decode() == (cleaned or page)


@pytest.mark.parametrize(
    ("page", "cleaned"),
    [
        ("- **总量:** 项目来了，走了：好：对。\n- **人数:** 多少人，好。\n", "- **总量：** 项目来了，走了：好：对。\n- **人数：** 多少人，好。\n"),
        ("他来了，**（当时三十岁)** 走了。她也 **(他的妹妹）** 走了，好。\n", "他来了，**（当时三十岁）** 走了。她也 **（他的妹妹）** 走了，好。\n"),
    ],
)  # fmt: skip
def test_a_blank_that_bold_is_read_by_stays_beside_a_wide_mark(page: str, cleaned: str) -> None:
    """Without it ``**总量：**项目`` is no bold any more, and the whole page could not be written."""
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="zh")))
    assert cleaned_bytes(work).decode() == cleaned


def test_a_space_that_markup_is_read_by_stays() -> None:
    page = "ここでは、または **「川」と「道」** を書く。また _大きな_ 橋 もある。\n"
    document = laid_out("t", page.encode(), FORMAT)
    work = normalize(draft(document, Options(grammar=False, language="ja")))
    assert cleaned_bytes(work).decode() == page.replace("橋 も", "橋も")


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("See [it] (https://a.example).It is.\n", "See [it](https://a.example). It is.\n"),
        ("See ! [the quay](quay.png) here.\n", "See ![the quay](quay.png) here.\n"),
        ("It is ** shut ** now .\n", "It is **shut** now.\n"),
        ("##Quay\n\nIt is [shut](https://a.example) .\n", "## Quay\n\nIt is [shut](https://a.example).\n"),
    ],
)  # fmt: skip
def test_markup_that_was_torn_is_given_back_and_is_markup_again(page: str, mended: str) -> None:
    policy = Policy((("torn-markup", Level.SAFE),))
    options = Options(grammar=False, language="en", policy=policy)
    work = detect_artifacts(normalize(draft(laid_out("t.md", page.encode(), FORMAT), options)))
    assert cleaned_bytes(work).decode() == mended


def test_a_shout_before_a_link_is_no_shout_unasked() -> None:
    page = "See ! [the quay](quay.png) here.\n"
    work = detect_artifacts(
        normalize(
            draft(laid_out("t.md", page.encode(), FORMAT), Options(grammar=False, language="en"))
        )
    )
    assert cleaned_bytes(work).decode() == page
    assert [placed.item.rule for placed in work.trail.held] == ["torn-markup"]


def test_a_hash_tag_that_a_link_shows_is_no_heading() -> None:
    page = "##Quay\n\n- [#Rain fell](https://a.example)\n"
    work = detect_artifacts(
        draft(laid_out("t.md", page.encode(), FORMAT), Options(grammar=False, language="en"))
    )
    assert [len(placed.item.edits) for placed in work.trail.held] == [1]
    assert work.trail.held[0].item.span.start == page.index("Quay")


def test_what_mends_may_change_nothing_but_blanks() -> None:
    document = laid_out("t.md", b"See [it] (https://a.example) now.\n", FORMAT)
    at = document.text.index("] (")
    mend = [Edit(at + 1, at + 2, "")]
    assert document.written(mend, mend) == {"": "See [it](https://a.example) now.\n"}
    with pytest.raises(DocumentProblem, match="more of the file"):
        document.written(mend)
    more = [Edit(at, at + 2, "*]")]
    with pytest.raises(DocumentProblem, match="blanks"):
        document.written(more, more)
