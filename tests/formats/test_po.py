"""PO: translations are read, and catalogues stay what gettext takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from mtclean.formats import NO_CHOICES
from mtclean.formats.layout import BETWEEN
from mtclean.formats.po import FORMAT
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.report import summary_of
from mtclean.text import Edit
from mtclean.text.trail import apply
from tests.formats.laws import edits_of, law_places, law_same

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: pt_BR\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)
CATALOGUE = (
    HEADER
    + """# To the gate
#: gate.c:12
#, c-format
msgctxt "menu"
msgid "Open %s\\n"
msgstr "Abrir \\"%s\\"\\n"

#, fuzzy
msgid "Shut"
msgstr "Fechar ,agora"

msgid "%d gate"
msgid_plural "%d gates"
msgstr[0] "%d porta"
msgstr[1] ""
"%d "
"portas"
#~ msgid "Old"
#~ msgstr "Velha"

msgid "None"
msgstr ""
"""
)


def test_what_is_prose() -> None:
    layout = FORMAT.read({"": CATALOGUE}, NO_CHOICES)
    assert layout.view.split(BETWEEN) == ['Abrir "%s"', "Fechar ,agora", "%d porta", "%d portas"]
    assert [segment.label for segment in layout.segments] == [
        "entry 1, line 9",
        "entry 2, line 14",
        "entry 3, line 17, form 0",
        "entry 3, line 17, form 1",
    ]
    assert [segment.original for segment in layout.segments] == [
        "Open %s\n", "Shut", "%d gate", "%d gates",
    ]  # fmt: skip
    assert layout.language == "pt"
    assert {segment.language for segment in layout.segments} == {"pt-BR"}


def test_a_no_break_space_at_an_end_may_be_half_of_a_letter_and_is_read() -> None:
    text = HEADER + 'msgid "Ownership"\nmsgstr " proprietÃ\u00a0 "\n'
    assert FORMAT.read({"": text}, NO_CHOICES).view == "proprietÃ\u00a0"


def test_what_is_fuzzy_or_obsolete_is_said_and_not_changed() -> None:
    layout = FORMAT.read({"": CATALOGUE}, NO_CHOICES)
    assert [segment.state for segment in layout.segments] == ["", "fuzzy", "", ""]
    assert layout.segments[1].view in layout.fixed
    assert layout.remarks == ("1 obsolete entry was not looked at.",)
    record = account(draft(laid_out("t", CATALOGUE.encode(), FORMAT), Options(language="en")))
    (part,) = record.unchecked
    assert (part.span, part.reason) == (layout.segments[1].view, "1 segment is fuzzy.")
    assert summary_of(record).coverage == "25 % of the text was not checked: 1 segment is fuzzy"
    assert record.warnings[-1] == "1 obsolete entry was not looked at."


def test_what_is_put_in_is_escaped_and_stays_on_its_line() -> None:
    layout = FORMAT.read({"": CATALOGUE}, NO_CHOICES)
    at = layout.view.index("portas")
    written = layout.written([Edit(at, at, 'as "três" ')])[""]
    assert written == CATALOGUE.replace('"%d "\n"portas"', '"%d as \\"três\\" "\n"portas"')


@pytest.mark.parametrize(
    "text", ['msgid "a"\nmsgstr "b\n', "msgid a\n", '"a"\n', 'msgid "a"\nno\n', 'msgid "a" "b"\n']
)
def test_what_is_no_catalogue_is_said_in_a_line(text: str) -> None:
    with pytest.raises(
        DocumentProblem, match=r"is not a PO catalogue: line \d is no string"
    ) as caught:
        laid_out("t", text.encode(), FORMAT)
    assert "\n" not in str(caught.value)


strings = st.lists(
    st.sampled_from(
        ["a", " ", "b. ", '\\"', "\\n", "\\t", "\\\\", "%s", "é", "\\x41", "\\101", '"\n"']
    ),
    max_size=6,
).map("".join)
entries = st.tuples(strings, strings, st.sampled_from(["", "#, fuzzy\n", "#: x\n", "#. c\n"])).map(
    lambda parts: f'{parts[2]}msgid "x{parts[0]}"\nmsgstr "{parts[1]}"\n\n'
)
catalogues = st.lists(entries, max_size=4).map(lambda parts: HEADER + "".join(parts))


@given(catalogues, st.booleans())
def test_without_an_edit_it_is_the_same(catalogue: str, crlf: bool) -> None:
    text = catalogue.replace("\n", "\r\n") if crlf else catalogue
    law_same(FORMAT, text)
    law_places(FORMAT, text)


@given(catalogues, st.data())
def test_what_is_changed_is_read_again(catalogue: str, data: st.DataObject) -> None:
    layout = FORMAT.read({"": catalogue}, NO_CHOICES)
    edits = data.draw(edits_of(layout))
    again = FORMAT.read(layout.written(edits), NO_CHOICES)
    assert again.view.split() == apply(layout.view, edits).split()


@pytest.mark.parametrize(
    ("source", "count"), [("The %s of <b>%(n)s</b> files", 0), ("The count of files", 3)]
)
def test_a_placeholder_is_left_over_only_where_the_source_has_none(source: str, count: int) -> None:
    text = HEADER + f'msgid "{source}"\nmsgstr "The %s of all <b>%(n)s files are here, they say"\n'
    document = laid_out("t.po", text.encode(), FORMAT, NO_CHOICES)
    work = detect_artifacts(normalize(draft(document, Options(grammar=False, language="en"))))
    said = [placed.item.rule for placed in work.trail.findings]
    assert len([rule for rule in said if rule.startswith("leaked")]) == count


def test_what_the_source_says_twice_or_leaves_open_is_no_fault_of_the_translation() -> None:
    said = "We looked for the files in every room of the house, and then in the cellars of the"
    unit = 'msgctxt "{0}"\nmsgid "Nous avons {1}"\nmsgstr "' + said + '{2}"\n\n'
    for end, count in (("", 0), (".", 1)):
        text = HEADER + unit.format("a", f"tout{end}", "") + unit.format("b", f"tout{end}", ".")
        document = laid_out("t.po", text.encode(), FORMAT, NO_CHOICES)
        work = detect_artifacts(normalize(draft(document, Options(grammar=False, language="en"))))
        rules = [placed.item.rule for placed in (*work.trail.findings, *work.trail.held)]
        assert "duplicate-passage" not in rules
        assert rules.count("truncated-paragraph") == count


@pytest.mark.parametrize(
    ("source", "target", "cleaned"),
    [
        ("Open the gate  F3", "Abrir a porta  F3", "Abrir a porta  F3"),
        ("It is shut.  Come back.", "A porta  está fechada. Volte amanhã.", "A porta  está fechada. Volte amanhã."),
        ("Open the gate", "Abrir  a porta", "Abrir a porta"),
        ("It is shut.  Come back.", "Está  fechada.  Volte.", "Está fechada. Volte."),
    ],
)  # fmt: skip
def test_blanks_in_a_row_stay_where_the_source_has_as_many(
    source: str, target: str, cleaned: str
) -> None:
    unit = HEADER + f'msgid "{source}"\nmsgstr "{{}}"\n'
    document = laid_out("t.po", unit.format(target).encode(), FORMAT, NO_CHOICES)
    work = detect_artifacts(normalize(draft(document, Options(grammar=False))))
    assert cleaned_bytes(work).decode() == unit.format(cleaned)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("nplurals=2; plural=(n != 1);", ["1", ""]),
        ("nplurals=2; plural=(n > 1);", ["1", ""]),  # French says 0 so, too
        ("nplurals=1; plural=0;", ["", ""]),
        (
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);",
            ["", ""],
        ),
        ("nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;", ["1", "2"]),
        ("nplurals=INTEGER; plural=EXPRESSION;", ["", ""]),
        ("nplurals=2; plural=n%0;", ["", ""]),
        ("", ["1", ""]),
    ],
)
def test_the_header_says_which_form_is_for_one_number(rule: str, wanted: list[str]) -> None:
    header = f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\n' if rule else ""
    entry = 'msgid "%d gate"\nmsgid_plural "%d gates"\nmsgstr[0] "Ein Tor"\nmsgstr[1] "%d Tore"\n'
    layout = FORMAT.read({"": header + entry}, NO_CHOICES)
    assert [(one.plural, one.quantity) for one in layout.segments] == [
        ("%d gates", quantity) for quantity in wanted
    ]
