"""Strings of programs: the texts are read, in the escapes of each format, and keys, comments and sources stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtclean.documents import AS_IT_LOOKS, DocumentProblem, Reading, SourceFormat, read_as
from mtclean.documents.document import laid_out
from mtclean.formats import (
    NO_CHOICES,
    Choices,
    Format,
    Layout,
    android,
    fluent,
    properties,
    qt,
    resx,
    strings,
    xcstrings,
)
from mtclean.formats.format import NotChosen
from mtclean.formats.layout import BETWEEN
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Edit

ANDROID = r"""<?xml version="1.0" encoding="utf-8"?>
<!-- The gate ,app -->
<resources xmlns:tools="http://schemas.android.com/tools" xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2" tools:locale="en-GB">
    <string name="shut">It\'s shut ,said <b>the</b> <xliff:g id="who" example="Ann ,B">%1$s</xliff:g>.\nIt is &amp; was\u2026</string>
    <string name="id" translatable="false">a ,b.C</string>
    <string name="ok">@string/gate_ok</string>
    <string name="long">A line
        that goes on</string>
    <string name="spaced">"  kept   as it 's  "</string>
    <string name="markup">&lt;b&gt;So&lt;/b&gt; it is</string>
    <string name="cdata"><![CDATA[<p>It\'s <i>so</i> & no more</p>]]></string>
    <plurals name="gates"><item quantity="one">%d gate</item><item quantity="other">%d gates</item></plurals>
    <string-array name="days"><item>Monday ,then</item><item>@string/shut</item></string-array>
    <integer-array name="n"><item>1</item></integer-array>
    <style name="s"><item name="a">b ,c</item></style>
    <color name="c">#fff</color>
</resources>
"""
APPLE = r"""/* The gate ,"shut"; of the town */
"gate.shut" = "It is \"shut\" ,they say.\nIt \U2019s so";
// "no" = "no ,no";
open = "Open %@";
"Same";
NSKey = "  kept ";
"broken \q" = "a \q b \101";
"""
CATALOG = """{
  "sourceLanguage" : "en",
  "strings" : {
    "" : {},
    "%lld gates" : {
      "comment" : "The gate ,counted",
      "localizations" : {
        "de" : { "variations" : { "plural" : {
          "one" : { "stringUnit" : { "state" : "translated", "value" : "%lld Tor" } },
          "other" : { "stringUnit" : { "state" : "needs_review", "value" : "%lld Tore" } } } } },
        "en" : { "variations" : { "plural" : {
          "one" : { "stringUnit" : { "state" : "new", "value" : "%lld gate" } },
          "other" : { "stringUnit" : { "state" : "new", "value" : "%lld gates" } } } } },
        "fr" : { "stringUnit" : { "state" : "translated", "value" : "%lld portes" } }
      }
    },
    "gate \\"A\\"" : { "localizations" : { "de" : { "stringUnit" : { "state" : "translated", "value" : "Tor \\"A\\"\\nzu" } } } },
    "id" : { "shouldTranslate" : false, "localizations" : { "de" : { "stringUnit" : { "state" : "translated", "value" : "ID ,b" } } } }
  },
  "version" : "1.0"
}
"""
QT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>GateWindow</name>
    <message>
        <location filename="../gate.cpp" line="12"/>
        <source>It&apos;s &lt;b&gt;shut&lt;/b&gt; ,&amp;now</source>
        <comment>The gate ,there</comment>
        <extracomment>No ,prose</extracomment>
        <translatorcomment>Nor ,this</translatorcomment>
        <translation>Es ist &lt;b&gt;zu&lt;/b&gt; ,&amp;jetzt &quot;so&quot;<byte value="x7"/></translation>
    </message>
    <message numerus="yes">
        <source>%n gate(s)</source>
        <translation>
            <numerusform>%n Tor</numerusform>
            <numerusform>%n Tore</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished">Auf ,so</translation>
    </message>
    <message>
        <source>Old</source>
        <translation type="vanished">Alt ,so</translation>
    </message>
    <message><source>None</source><translation type="unfinished"></translation></message>
</context>
</TS>
"""


JAVA = r"""# The gate ,messages \
! still ,a remark?
  gate.shut = The gate \
      is shut ,they say.\nIt''s {0}.
shut\ at:It\u2019s \u00E9 \ud83d\ude00
open Open the gate \t
path=\ C:\\gate \u0007
empty=
"""
NET = """<?xml version="1.0" encoding="utf-8"?>
<root>
  <xsd:schema id="root" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="value" /></xsd:schema>
  <resheader name="version"><value>2.0 ,so</value></resheader>
  <data name="Shut" xml:space="preserve">
    <value>It's &lt;b&gt;shut&lt;/b&gt; ,they say &amp; go</value>
    <comment>The gate ,there</comment>
  </data>
  <data name="Size" type="System.Drawing.Size, System.Drawing"><value>1 ,2</value></data>
  <data name="Icon" mimetype="application/x-microsoft.net.object.bytearray.base64"><value>AA ,B</value></data>
  <data name="&gt;&gt;shut.Name"><value>shut ,name</value></data>
  <data name="Empty"><value /></data>
</root>
"""


FLUENT = """# The gate ,messages
-gate = The Gate
shut = The { -gate } of { $town } is "shut" ,they say.
    It goes on {"}"} here.
    .title = Open it
gates = { $n ->
    [0] No gate
    [one] One "gate
   *[other] { $n } gates
}
seen = You saw { $n ->
   *[other] { $n } gates
  } today.
empty =
    .label = { $n }
"""


def layout_of(format: Format, text: str, choices: Choices = NO_CHOICES) -> Layout:
    layout = format.read({"": text}, choices)
    assert layout.written([]) == {"": text}
    return layout


def texts(layout: Layout) -> list[str]:
    return layout.view.split(BETWEEN)


def put(layout: Layout, behind: str, text: str) -> str:
    """The file with *text* put in behind what is said once."""
    at = layout.view.index(behind) + len(behind)
    return layout.written([Edit(at, at, text)])[""]


def test_android() -> None:
    layout = layout_of(android.FORMAT, ANDROID)
    assert texts(layout) == [
        "It's shut ,said the %1$s.\nIt is & was…",
        "A line that goes on",
        "kept   as it 's",
        "<b>So</b> it is",
        "<p>It's <i>so</i> & no more</p>",
        "%d gate",
        "%d gates",
        "Monday ,then",
    ]
    assert [segment.label for segment in layout.segments] == [
        "shut", "long", "spaced", "markup", "cdata", "gates, one", "gates, other", "days, item 1",
    ]  # fmt: skip
    assert layout.language == "en"
    fixed = {layout.view[slice(*span)] for span in layout.fixed} - {BETWEEN}
    assert fixed == {"%1$s", "\n", "<b>", "</b>", "<p>", "<i>", "</i>", "</p>"}


def test_what_is_put_into_android_is_escaped_as_its_place_wants_it() -> None:
    layout = layout_of(android.FORMAT, ANDROID)
    assert r"A line \'&amp;\" \@" in put(layout, "A line", " '&\" @")
    assert r"no more, it\'s & so</p>" in put(layout, "no more", ", it's & so")


def test_apple() -> None:
    layout = layout_of(strings.FORMAT, APPLE)
    assert texts(layout) == [
        'It is "shut" ,they say.\nIt ’s so',
        "Open %@",
        "kept",
        r"a \q b \101",
    ]
    assert [segment.label for segment in layout.segments] == [
        "unit 1 (gate.shut)", "unit 2 (open)", "unit 3 (NSKey)", r"unit 4 (broken \q)",
    ]  # fmt: skip
    assert r'"Open it \"so\" %@"' in put(layout, "Open", ' it "so"')


@pytest.mark.parametrize(
    "text", ['"a" = "b"', '"a" "b";', '"a" = ;', '= "a";', '"a" = "b', "{a=b;}", '"a" = "b" "c";']
)
def test_what_is_no_file_of_strings_is_said(text: str) -> None:
    with pytest.raises(DocumentProblem, match=r"is not a file of strings \(.strings\)"):
        laid_out("t", text.encode(), strings.FORMAT)


def test_files_of_apple_in_utf_16() -> None:
    for encoding in ("utf-16", "utf-8"):
        data = '"a" = "It is shut ,they say.";\r\n'.encode(encoding)
        document = read_as(AS_IT_LOOKS, "t", data, Path("de.lproj/a.strings"))
        work = normalize(draft(document, Options(grammar=False, language="en")))
        assert cleaned_bytes(work).decode(encoding) == '"a" = "It is shut, they say.";\r\n'


def test_messages_of_java() -> None:
    layout = layout_of(properties.FORMAT, JAVA)
    assert texts(layout) == [
        "The gate is shut ,they say.\nIt's {0}.", "It’s é 😀", "Open the gate", "C:\\gate \\u0007",
    ]  # fmt: skip
    assert [s.key for s in layout.segments] == ["gate.shut", "shut at", "open", "path"]
    assert r"It''s {0}.''\u2019\\" in put(layout, "{0}.", "'’\\"), "a file of ASCII alone stays one"
    assert "Open the gate'é" in put(
        layout_of(properties.FORMAT, f"{JAVA}a=ê"), "Open the gate", "'é"
    )
    assert r"Open the gate\u2019" in put(
        layout_of(properties.FORMAT, f"{JAVA}a=ê"), "Open the gate", "’"
    )


def test_fluent() -> None:
    layout = layout_of(fluent.FORMAT, FLUENT)
    assert {s.key: layout.view[slice(*s.view)] for s in layout.segments if not s.state} == {
        "-gate": "The Gate",
        "shut": 'The { -gate } of { $town } is "shut" ,they say.\nIt goes on {"}"} here.',
        "shut.title": "Open it",
        "gates.0": "No gate",
        "gates.one": 'One "gate',
        "gates.other": "{ $n } gates",
    }
    assert [s.key for s in layout.segments if s.state] == ["seen"]
    fixed = {layout.view[slice(*span)] for span in layout.fixed} - {BETWEEN}
    assert {"{ -gate }", "{ $town }", '{"}"}', "{ $n }", "\n"} < fixed
    assert 'Open it{"{"}x' in put(layout, "Open it", "{x")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a b\n", "line 1: there is no message"),
        ("# c\na = { $b\n", "line 2: a placeable has no end"),
        ("a = b }\n", "line 1: a text ends in a brace"),
        ("a = { $b ->\n  }\n", "line 1: a choice has no variants"),
        ("a = " + "{" * 1000, "line 1: there are over 20 placeables"),
    ],
)
def test_what_is_no_fluent_is_said(text: str, why: str) -> None:
    with pytest.raises(DocumentProblem, match=why):
        laid_out("t", text.encode(), fluent.FORMAT)


def test_settings_of_java_are_no_messages() -> None:
    """Nobody but their owner knows which of them are prose."""
    settings = "log.level=INFO\nlog.to = org.gate.Log\nport=8080\nname=The gate ,there\n"
    with pytest.raises(NotChosen, match="says which fields are prose"):
        properties.FORMAT.read({"": settings}, NO_CHOICES)
    assert texts(layout_of(properties.FORMAT, settings, Choices(fields=("name",)))) == [
        "The gate ,there"
    ]


def test_resources_of_dot_net() -> None:
    layout = layout_of(resx.FORMAT, NET)
    assert texts(layout) == ["It's <b>shut</b> ,they say & go"]
    assert [(s.label, s.key) for s in layout.segments] == [("Shut", "Shut")]
    assert "shut&lt;/b&gt;'&amp;" in put(layout, "</b>", "'&")
    with pytest.raises(DocumentProblem, match="its first element is <a>"):
        laid_out("t", b"<a/>", resx.FORMAT)


def test_a_catalog_of_apple() -> None:
    layout = layout_of(xcstrings.FORMAT, CATALOG)
    assert texts(layout) == ["%lld Tor", "%lld Tore", 'Tor "A"\nzu']
    assert [segment.original for segment in layout.segments] == [
        "%lld gate",
        "%lld gates",
        'gate "A"',
    ]
    assert [segment.label for segment in layout.segments] == [
        "'%lld gates', plural, one", "'%lld gates', plural, other", "'gate \"A\"'",
    ]  # fmt: skip
    assert {(s.language, s.original_language) for s in layout.segments} == {("de", "en")}
    assert layout.remarks == ("de is read, and 1 texts in other languages are not: fr.",)
    assert texts(layout_of(xcstrings.FORMAT, CATALOG, Choices(language="fr"))) == ["%lld portes"]
    assert layout_of(xcstrings.FORMAT, CATALOG, Choices(language="en")).view == ""
    assert r"Tor \"A\" \u2019" in put(layout, 'Tor "A"', " ’"), "a file of ASCII stays one"


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"strings": []}',
        '{"strings": {"a": 1}}',
        '{"strings": {"a": {}, "a": {}}}',
        "{",
        '{"strings": {"a": {"localizations": []}}}',
        '{"a": ' * 300 + "1" + "}" * 300,
    ],
)
def test_what_is_no_catalog_is_said(text: str) -> None:
    with pytest.raises(DocumentProblem, match="is not a catalog of strings") as caught:
        laid_out("t", text.encode(), xcstrings.FORMAT)
    assert "\n" not in str(caught.value)


def test_qt() -> None:
    layout = layout_of(qt.FORMAT, QT)
    assert texts(layout) == ['Es ist <b>zu</b> ,&jetzt "so"\ufffc', "%n Tor", "%n Tore", "Auf ,so"]
    assert [segment.original for segment in layout.segments] == [
        "It's <b>shut</b> ,&now", "%n gate(s)", "%n gate(s)", "Open",
    ]  # fmt: skip
    assert [segment.label for segment in layout.segments][:2] == [
        "unit 1 (GateWindow)", "unit 2 (GateWindow), form 1",
    ]  # fmt: skip
    assert [segment.state for segment in layout.segments] == ["", "", "", "unfinished"]
    assert [segment.context for segment in layout.segments][:2] == [
        "GateWindow\nThe gate ,there", "GateWindow\n",
    ]  # fmt: skip
    assert {(s.language, s.original_language) for s in layout.segments} == {("de-DE", "en")}
    assert layout.remarks == ("1 text is no longer used and not looked at.",)
    assert "%n Tor &lt;&amp;&gt;<" in put(layout, "%n Tor", " <&>")


def test_what_is_typescript_or_the_resources_of_something_else_is_told_from_what_is_inside() -> (
    None
):
    for name, data, said in (
        ("gate_de.ts", QT, "--from qt"),
        ("gate.ts", "const a = 1;\n", "source code"),
        ("errors.xml", ANDROID, "--from android"),
        ("feed.xml", "<?xml version='1.0'?><feed/>", "it is XML"),
    ):
        with pytest.raises(DocumentProblem, match=said):
            read_as(AS_IT_LOOKS, name, data.encode(), Path(name))
    assert read_as(Reading(SourceFormat.QT), "a.ts", QT.encode(), Path("a.ts")).layout
    assert read_as(AS_IT_LOOKS, "s", ANDROID.encode(), Path("values-de/strings.xml")).layout


@pytest.mark.parametrize(("name", "text"), [("strings.xml", "<a/>"), ("a.ts", "<TS><TS></a>")])
def test_other_xml_is_refused_in_a_line(name: str, text: str) -> None:
    reading = Reading(SourceFormat.QT if name == "a.ts" else None)
    with pytest.raises(DocumentProblem, match="it is not a file of") as caught:
        read_as(reading, name, text.encode(), Path(name))
    assert "\n" not in str(caught.value)


CLEANED = {
    "strings.xml": (
        r"<resources><string name='a ,b'>It\'s shut ,they said.It was the the end.</string></resources>",
        r"<resources><string name='a ,b'>It\'s shut, they said. It was the end.</string></resources>",
    ),
    "a.strings": (
        r'"a ,b" = "It is \"so\" and shut ,they said.It was the the end.";',
        r'"a ,b" = "It is \"so\" and shut, they said. It was the end.";',
    ),
    "a.ftl": (
        "a-b =\n    It is shut ,said { $who }. It was the the end.\n# so ,it.Is\n",
        "a-b =\n    It is shut, said { $who }. It was the end.\n# so ,it.Is\n",
    ),
    "a.properties": (
        "a ,b = It is shut ,they said.It was the the end.\n# so ,it.Is\n",
        "a ,b = It is shut, they said. It was the end.\n# so ,it.Is\n",
    ),
    "a.resx": (
        "<root><data name='a ,b'><value>It is shut ,they said.It was the the end.</value></data></root>",
        "<root><data name='a ,b'><value>It is shut, they said. It was the end.</value></data></root>",
    ),
    "a.yml": (
        "en:\n  a ,b: It is shut ,they said.It was the the end. # so ,it.Is\n",
        "en:\n  a ,b: It is shut, they said. It was the end. # so ,it.Is\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEANED)
def test_only_texts_are_cleaned(name: str) -> None:
    before, after = CLEANED[name]
    document = read_as(AS_IT_LOOKS, name, before.encode(), Path(name))
    work = detect_artifacts(normalize(draft(document, Options(grammar=False, language="en"))))
    assert cleaned_bytes(work).decode() == after


def test_placeholders_are_at_home_in_texts_of_a_program_and_masks_are_not() -> None:
    """Nor does a text of an interface need a stop, though the one before it has some."""
    texts = (
        '"a" = "Rain fell on the harbour today. The boats of the harbour will leave for %1$s";\n'
        '"b" = "The boats of %@ are __NUM0__ years old. {count} of them leave today.";\n'
    )
    document = laid_out("t.strings", texts.encode(), strings.FORMAT)
    work = detect_artifacts(normalize(draft(document, Options(grammar=False, language="en"))))
    found = [placed.item for placed in work.trail.findings]
    assert [work.trail.text[slice(*item.span)] for item in found] == ["__NUM0__"]


def test_the_letter_of_a_placeholder_is_no_word() -> None:
    """Seconds behind a number are not said twice."""
    text = '<resources><string name="a">%s s</string><string name="b">Brána je zatvorená s s kľúčom</string></resources>'
    document = laid_out("values-sk/strings.xml", text.encode(), BY_NAME["android"])
    work = detect_artifacts(normalize(draft(document, Options(grammar=False, language="sk"))))
    assert cleaned_bytes(work).decode() == text.replace("s s k", "s k")
