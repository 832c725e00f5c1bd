"""NAME.report.html: it says what the record says, and nothing in the document can speak."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtclean.report import html, page
from mtclean.report.body import blocks
from mtclean.report.html import Navigation, body_of, html_report, report_parts
from mtclean.report.record import Record, RunSignature, Source, SourceText, Unchecked, record_of
from mtclean.text import Applicability, Edit, Finding, Fix, Severity, Span, Trail

from .trails import RULES, RUN, SOURCE, letter, record_for, records

SCRIPTS = sorted(Path(page.__file__).parent.glob("*.js"))
VOID = {"meta", "rect", "br", "link", "img", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    inside: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.all()

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())


class Page(HTMLParser):
    """A tree of the page; it fails on a tag that does not close what was opened last."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert len(self.open) == 1, [element.tag for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs)
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def get(self, id: str) -> Element:
        (found,) = (e for e in self.root.all() if e.attributes.get("id") == id)
        return found


def text_of(element: Element, hidden: str) -> str:
    """What is read in the view that hides *hidden*; what is spelt out as what it stands for."""
    parts = []
    for part in element.inside:
        if isinstance(part, str):
            parts.append(part)
        elif "c" in part.classes:
            code, times = part.attributes["data-c"], part.attributes.get("data-n") or "1"
            parts.append(chr(int(code or "", 16)) * int(times))
        elif part.tag != hidden and "ghost" not in part.classes:
            parts.append(text_of(part, hidden))
    return "".join(parts)


@settings(max_examples=300, deadline=None)
@given(records)
def test_each_view_reads_as_its_text(record: Record) -> None:
    body = Page("".join(blocks(record))).root
    assert text_of(body, "del") == record.cleaned()
    assert text_of(body, "ins") == record.original


@settings(max_examples=60, deadline=None)
@given(records)
def test_every_change_finding_and_suggestion_has_its_mark(record: Record) -> None:
    elements = list(Page("".join(blocks(record))).root.all())
    marks = {element.attributes["data-i"] for element in elements if "data-i" in element.attributes}
    held = {f"s{fix.number}" for fix in record.held}
    changes = {f"c{n}" for n in range(len(record.changes))}
    assert marks == changes | held | {f"f{n}" for n in range(len(record.findings))}
    ids = [e.attributes["id"] for e in elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    seen = {record.fixes[n] for change in record.changes for n in change.fixes}
    assert set(ids) == {f"e-{item.id}" for item in (*seen, *record.held, *record.findings)}


@settings(max_examples=40, deadline=None)
@given(records)
def test_the_page_is_whole_and_encodes(record: Record) -> None:
    page = html_report(record)
    page.encode("utf-8")
    main = Page(page).get("text")
    assert text_of(main, "del") == record.cleaned()


def test_the_text_comes_before_there_is_any_data() -> None:
    """Who opens a long document reads while the rest is made."""
    body = body_of(letter())

    def data() -> Iterator[str]:
        come.append("data")
        yield from body.data

    def text() -> Iterator[str]:
        yield from body.text
        yield f"<div>{'the end' * 10_000}</div>"

    come: list[str] = []
    parts = report_parts(letter(), Navigation(), replace(body, text=text(), data=data()))
    for part in parts:
        come.append(part)
        if "the end" in part:
            break
    assert "data" not in come
    list(parts)
    assert come.count("data") == 1


def test_it_is_the_same_every_time() -> None:
    assert html_report(letter()) == html_report(letter())


INJECTIONS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" id="card" data-i="c0" class="now',
    "</main></body></html><h1>gone",
    "<!-- <script>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "{{ ''.__class__.__mro__ }}",
    "</style><style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>click</a>",
    "`<script>alert(1)</script>` ``<b>``",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "<base href=http://example.org/><form action=x><input autofocus onfocus=alert(1)>",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202egnp.exe\u2066 \u200bhidden\ufeff",
    "\x00<\x00script>\udc80\ud800",
    "＜script＞ \u2028 \u2029 \x85",
    "</title><title>x",
    "<div class=b><ins>not put in</ins><i class=c data-c=41></i>",
]
INNOCENT = "just words"


def filled_with(text: str) -> Record:
    """A record that has *text* wherever a document, a rule or a file name can put text."""
    trail = Trail(f"{text} and {text}.End")
    at = len(trail.text) - 3
    trail.make(text, [Fix((Edit(at, at, text),), text, rule=text), Fix((Edit(0, 1, ""),), text)])
    trail.hold(text, [Fix((Edit(2, 4, text),), text, Applicability.SUGGESTED, text)])
    trail.note(text, [Finding(Span(1, 5), text, Severity.MAJOR, text, text, (text, text))])
    made = record_of(
        trail,
        Source(text, text, text, True, text, True, text),
        RunSignature(text, text, {text: text}, {text: text}),
        [Unchecked(text, Span(0, 2), text)],
        [text],
        [text],
        {text: replace(RULES["test.known"], id=text, category=text)},
    )
    source = SourceText(text * 200, Span(0, len(text)))
    return replace(made, findings=tuple(replace(f, source=source) for f in made.findings))


def skeleton(record: Record) -> list[tuple[str, tuple[str, ...], str | None]]:
    """The page's elements outside the text: tags, names of attributes, classes."""
    page = Page(html_report(record))
    text = {id(e) for e in page.get("text").all()}
    return [
        (e.tag, tuple(sorted(e.attributes)), e.attributes.get("class"))
        for e in page.root.all()
        if id(e) not in text
    ]


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_an_element_or_attribute(text: str) -> None:
    record = filled_with(text)
    assert skeleton(record) == skeleton(filled_with(INNOCENT))
    page = Page(html_report(record))
    main = page.get("text")
    assert {e.tag for e in main.all()} <= {"main", "div", "del", "ins", "span", "i", "b"}
    names = {name for e in main.all() if e is not main for name in e.attributes}
    assert names <= {"class", "id", "data-i", "data-c", "data-n", "data-l"}
    assert text_of(main, "del") == record.cleaned()
    assert text_of(main, "ins") == record.original


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_unseen_is_in_the_page(text: str) -> None:
    page = html_report(filled_with(text))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", page)


@given(st.text(), st.sampled_from(INJECTIONS))
@settings(max_examples=50, deadline=None)
def test_the_data_cannot_end_its_element(before: str, text: str) -> None:
    record = filled_with(before + text)
    content = "".join(part for part in Page(html_report(record)).get("data").inside if part)  # type: ignore[misc]
    assert not set("<>&") & set(content)
    names = json.loads(content)["names"]
    assert all(isinstance(name, str) for name in names)


def test_the_policy_allows_the_style_and_script_of_the_page_and_nothing_else() -> None:
    page = Page(html_report(letter()))
    (policy,) = (
        e.attributes["content"]
        for e in page.root.all()
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (style,) = (e for e in page.root.all() if e.tag == "style")
    (script,) = (e for e in page.root.all() if e.tag == "script" and not e.attributes)
    assert policy == (
        f"default-src 'none'; style-src '{policy_hash(style)}'; "
        f"script-src '{policy_hash(script)}'; base-uri 'none'; form-action 'none'"
    )


def test_a_page_carries_nothing_that_is_there_for_readers_of_its_scripts() -> None:
    script, style = (
        "".join(str(part) for part in element.inside)
        for name in ("script", "style")
        for element in Page(html_report(letter())).root.all()
        if element.tag == name and element.attributes.get("type") != "application/json"
    )
    for line in (script + style).split("\n"):
        assert line == line.lstrip()
        assert not line.startswith(("//", "/*"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_text_of_a_script_has_several_lines(script: Path) -> None:
    """Pages carry scripts without indents and lines of comment, which must not be parts of a text."""
    for line in script.read_text(encoding="utf-8").splitlines():
        assert line.replace("/(`+)", "").count("`") % 2 == 0, line


def policy_hash(element: Element) -> str:
    content = "".join(part for part in element.inside if isinstance(part, str))
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def test_the_page_asks_for_nothing() -> None:
    for element in Page(html_report(letter())).root.all():
        assert not {"src", "srcset", "style", "action", "ping"} & set(element.attributes)
        assert (element.attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in element.attributes)


def test_the_summary_comes_first_and_says_what_was_not_checked() -> None:
    page = html_report(letter())
    for said in (
        "LanguageTool took longer than 60 s",
        "the encoding is a guess",
        "spacing.sentence",
        "1 major, 1 neutral",
        "ftfy",
    ):
        assert 0 < page.find(said) < page.index('<main id="text"')


@settings(max_examples=60, deadline=None)
@given(records)
def test_links_lead_somewhere(record: Record) -> None:
    page = Page(html_report(record))
    ids = {f"#{e.attributes['id']}" for e in page.root.all() if "id" in e.attributes}
    assert {e.attributes["href"] for e in page.root.all() if e.tag == "a"} <= ids


def test_links_of_the_summary_lead_to_marks() -> None:
    page = Page(html_report(letter()))
    ids = {e.attributes["id"] for e in page.root.all() if "id" in e.attributes}
    links = {e.attributes["href"] for e in page.root.all() if e.tag == "a"}
    assert {str(link)[1:] for link in links} <= ids
    assert len(links) == 1 + 4


def test_inserted_and_removed_whitespace_can_be_seen() -> None:
    trail = Trail("a.b  c\nd")
    edits = (Edit(2, 2, " "), Edit(4, 5, ""), Edit(6, 7, "\t"))
    trail.make("one", [Fix((edit,), "") for edit in edits])
    page = Page("".join(blocks(record_for(trail))))
    seen = [e.attributes["class"] for e in page.root.all() if e.tag == "b"]
    assert seen == ["sp", "sp", "nl", "tab"]


def test_a_joiner_is_spelt_out_only_where_it_changes() -> None:
    trail = Trail("👩\u200d🚀 x\u200dy")
    trail.make("one", [Fix((Edit(5, 6, ""),), "")])
    chips = [e for e in Page("".join(blocks(record_for(trail)))).root.all() if e.tag == "i"]
    assert [chip.attributes["data-l"] for chip in chips] == ["ZWJ"]


def many_changes(glue: str) -> Record:
    sentence = "A sentence of some length, with words to its end.Next " + glue
    text = sentence * 5_800 + "x" * 700_000
    at = sentence.index(".") + 1
    trail = Trail(text)
    holes = range(at, len(sentence) * 5_800, len(sentence))
    trail.make("normalize", [Fix((Edit(i, i, " "),), "A space.", rule="r") for i in holes])
    return record_for(trail)


@pytest.mark.parametrize("glue", ["", "\n"], ids=["one line", "a line each"])
def test_a_megabyte_is_split_into_small_blocks(glue: str) -> None:
    record = many_changes(glue)
    made = list(blocks(record))
    assert max(block.count("<ins") for block in made) <= 70
    assert max(map(len, made)) < 30_000
    assert text_of(Page("".join(made)).root, "del") == record.cleaned()


def test_a_page_with_very_many_marks_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    record = many_changes("\n")
    plain = body_of(record)
    made, data = list(plain.text), "".join(plain.data)
    monkeypatch.setattr(html, "_MOST_MARKS", 5_000)
    monkeypatch.setattr(html, "_FIRST", 10)
    body = body_of(record)
    assert list(body.text) == made[:10]
    packed = ["".join(part) for part in (body.rest, body.data)]
    rest, packed_data = (
        zlib.decompress(b64decode(part, validate=True)).decode() for part in packed
    )
    assert rest == "".join(made[10:])
    assert packed_data == data
    assert sum(map(len, packed)) * 4 < len(rest + data)


def test_a_long_line_is_divided_after_a_sentence() -> None:
    made = list(blocks(many_changes("")))
    assert all(block.endswith((". </div>", ".</div>", " </div>")) for block in made[:50])


def test_findings_piled_up_do_not_blow_up_the_page() -> None:
    trail = Trail("word " * 2_000)
    whole = Span(0, len(trail.text))
    trail.note("one", [Finding(whole, f"number {n}") for n in range(500)])
    made = "".join(blocks(record_for(trail)))
    assert len(made) < 200_000
    assert text_of(Page(made).root, "del") == trail.text


def test_runs_of_what_is_not_seen_are_counted() -> None:
    made = "".join(blocks(record_for(Trail("a" + "\x00" * 100_000 + "b"))))
    assert len(made) < 2_000
    assert text_of(Page(made).root, "del") == "a" + "\x00" * 100_000 + "b"


def test_languages_and_sources_without_a_name() -> None:
    record = replace(letter(), source=replace(SOURCE, name="", language="", newline=""))
    assert "unknown" in html_report(record)


def test_the_first_lines_of_a_rule_are_said_once() -> None:
    """Those of a plug-in may be two."""
    written = "A space\nis lost.\n\nIt reads badly.\n\nLeft alone: code."
    trail = Trail("ab")
    trail.make("one", [Fix((Edit(0, 1, "x"),), "", rule="test.known")])
    known = replace(RULES["test.known"], documentation=written)
    page = Page(html_report(record_of(trail, SOURCE, RUN, rules={"test.known": known})))
    content = "".join(part for part in page.get("data").inside if part)  # type: ignore[misc]
    (note,) = json.loads(content)["rules"].values()
    assert note[1:] == ["A space is lost.", ["It reads badly.", "Left alone: code."]]
