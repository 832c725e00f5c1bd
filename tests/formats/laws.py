"""What holds of every reader: no edit, the same file; an edit of prose, and nothing else moves."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

from mtclean.formats import NO_CHOICES, Choices, Format, Layout
from mtclean.formats.layout import BETWEEN
from mtclean.formats.registry import BY_NAME
from mtclean.text import Edit
from mtclean.text.trail import apply

PUT_IN = 'ab. ,“”’é<&"'
"""Of what is put in by edits made at random."""
MOST_PARTS, MOST_CUTS, MOST_PUT_IN = 12, 8, 3
REPLACEMENTS = st.text(PUT_IN, max_size=MOST_PUT_IN)


def view_of(format: Format, text: str, choices: Choices = NO_CHOICES) -> str:
    return format.read({"": text}, choices).view


def may(layout: Layout, edit: Edit) -> bool:
    """Whether *edit* is one that the gate before the trail lets pass: nothing fixed, inside one segment."""
    in_one = any(s.view.start <= edit.start and edit.end <= s.view.end for s in layout.segments)
    return in_one and not any(
        fixed.overlaps(edit.span) or fixed.start < edit.start < fixed.end for fixed in layout.fixed
    )


@st.composite
def edits_of(draw: st.DrawFn, layout: Layout) -> list[Edit]:
    """Some edits that may be made in *layout*, in order."""
    places = st.integers(0, len(layout.view))
    cuts = sorted(draw(st.lists(places, max_size=MOST_CUTS, unique=True)))
    return edits_between(layout, cuts, lambda: draw(REPLACEMENTS))


def edits_between(layout: Layout, cuts: Sequence[int], put_in: Callable[[], str]) -> list[Edit]:
    """An edit from every other one of *cuts*, which are in order, to the next, as far as they may be made in *layout*."""
    edits = [Edit(a, b, put_in()) for a, b in pairwise(cuts)][::2]
    return [edit for edit in edits if may(layout, edit)]


def law_same(format: Format, text: str, choices: Choices = NO_CHOICES) -> None:
    """Without an edit the file is the same."""
    assert format.read({"": text}, choices).written([]) == {"": text}


def law_places(format: Format, text: str, choices: Choices = NO_CHOICES) -> None:
    """As :func:`law_of_pieces`, of a file that is one text."""
    law_of_pieces(format.read({"": text}, choices))


def law_prose(format: Format, text: str, data: st.DataObject) -> None:
    """Where edits take prose away, what is left stands in the file."""
    layout = format.read({"": text}, NO_CHOICES)
    edits = data.draw(edits_of(layout))
    left = layout.written([Edit(e.start, e.end, "") for e in edits])[""]
    rest = iter(text)
    assert all(character in rest for character in left), "what is left stands in the page, in order"


def law_proportion(format: Format, part: str, size: int) -> None:
    """Four times as many of *part* as make *size* code points do not take ten times as long."""
    times = []
    for length in (size, 4 * size):
        page = part * (length // len(part))
        start = time.process_time()
        format.read({"": page}, NO_CHOICES)
        times.append(time.process_time() - start)
    assert times[1] < 10 * times[0] + 0.5


def law_of_pieces(layout: Layout) -> None:
    """Pieces are in the order of the view and cover it; what is verbatim stands in both; segments are apart."""
    at = 0
    for piece in layout.pieces:
        segment = layout.segment_at(piece.view.start)
        text = layout.sources[segment.part]
        assert piece.view.start == at
        at = piece.view.end
        if segment.view.end < at:
            continue  # what stands between two, which may be of two parts
        assert 0 <= piece.source.start <= piece.source.end <= len(text)
        if piece.kind.value == "verbatim":
            assert layout.view[slice(*piece.view)] == text[slice(*piece.source)]
    assert at == len(layout.view)
    for before, after in pairwise(layout.segments):
        assert before.view.end < after.view.start


def seen(layout: Layout, edits: Sequence[Edit] = ()) -> list[str]:
    """What the segments say with *edits* made in them, without the white space at their ends."""
    return [text for text in map(str.strip, apply(layout.view, edits).split(BETWEEN)) if text]


@dataclass(frozen=True)
class Recipe:
    """Files of words and of *marks*, between what makes them one."""

    before: str
    marks: Sequence[str]
    after: str = ""

    @property
    def parts(self) -> list[str]:
        """What may stand in the middle, in any order."""
        return ["a", "b.", " ", "  ", "c ,d", "é", "“", "'", "&amp;", "\n", *self.marks]

    def file(self, parts: Sequence[str]) -> str:
        """The file with *parts* in its middle."""
        return "".join((self.before, *parts, self.after))

    @property
    def files(self) -> st.SearchStrategy[str]:
        """Such files."""
        return st.lists(st.sampled_from(self.parts), max_size=MOST_PARTS).map(self.file)


_TEXT = Choices(columns=("text",), fields=("*",))
_XML = ["<b>", "</b>", "&lt;", "&#233;", "<![CDATA[", "]]>", "<!-- c -->"]
FILES: dict[str, tuple[Format, Choices, Recipe]] = {
    name: (BY_NAME[name], _TEXT if BY_NAME[name].asks else NO_CHOICES, recipe)
    for name, recipe in {
        "android": Recipe("<resources><string name='s'>", [*_XML, "\\'", "\\n", "\\u2019", '"', "</string><string>"], "</string></resources>"),
        "asciidoc": Recipe("", ["*", "_", "`", "+", "<<x>>", "<<x,", ">>", "link:x[", "]", "{a}", "[[x]]", "== ", "* ", "a:: ", "\n\n", "\n----\n", "\n====\n", "\n+\n", " +\n", "[source]\n", "   ", "NOTE: ", ".", "#"]),
        "csv": Recipe("id,text\n1,", [",", '"', '""', ";", "\r\n"]),
        "fluent": Recipe("a = ", ["\n    ", "\nb = ", "\n    .c = ", "{ $d }", "{ $n ->\n    [one] x\n   *[other] y\n  }", "{", "}", "[", "\n# e\n"]),
        "html": Recipe("<p>", [*_XML, "<p>", "<a href=x>", "</a>", "<br>", "<", "&", "<code>", "</code>"]),
        "json": Recipe('{"a": "', ['\\"', "\\n", "\\u2019", '", "b": "', '"}, {"', "["], '"}'),
        "markdown": Recipe("", ["*", "**", "`", "[", "](x)", "> ", "- ", "# ", "|", "<b>", "\\*", "```", "&"]),
        "mdx": Recipe("", ["{", "}", "<A>", "</A>", "*", "`", "[", "](x)", "import a from 'b'\n"]),
        "po": Recipe('msgid "x"\nmsgstr "', ['\\"', "\\n", '"\n"', '"\n\nmsgid "y"\nmsgstr "', '"\n#, fuzzy\n'], '"\n'),
        "properties": Recipe("a = ", ["\\n", "\\u2019", "\\\n  ", "\nb: ", "\n# c\n", "=", "''", "{0}", "\\", "\t"]),
        "qt": Recipe("<TS><message><source>a</source><translation>", [*_XML, "<byte value='x1'/>", "</translation><translation>"], "</translation></message></TS>"),
        "resx": Recipe("<root><data name='a'><value>", [*_XML, "</value></data><data name='b'><value>", "</value><value>"], "</value></data></root>"),
        "rst": Recipe("", ["*", "**", "``", "`", "`_", ":ref:`", " <x>`", "|", "- ", "1. ", "   ", "::", "\n\n", ".. note:: ", ".. code:: ", "====", "_", "\\", ":f: ", "[1]_"]),
        "strings": Recipe('"a" = "', ['\\"', "\\n", "\\U2019", '"; /* c */ "b" = "', "//"], '";'),
        "subs": Recipe("1\n00:00:01,000 --> 00:00:02,000\n", ["<i>", "</i>", "{\\an8}", "\n\n2\n00:00:03,000 --> 00:00:04,000\n", "- ", "<", "5"]),
        "tmx": Recipe("<tmx><header srclang='de'/><body><tu><tuv xml:lang='de'><seg>x</seg></tuv><tuv xml:lang='en'><seg>", [*_XML, "<ph>x</ph>", "<bpt>x</bpt>", "<hi>", "</hi>"], "</seg></tuv></tu></body></tmx>"),
        "toml": Recipe('a = "', ['\\"', "\\n", "\\u2019", '"\nb = "', '"""', "\\\n  ", "'", '"\n[c]\nd = "', '", "'], '"'),
        "tsv": Recipe("id\ttext\n1\t", ["\t", '"', ",", "\r\n"]),
        "xcstrings": Recipe('{"sourceLanguage": "en", "strings": {"a": {"localizations": {"de": {"stringUnit": {"value": "', ['\\"', "\\n", "\\u2019"], '"}}}}}}'),
        "xliff": Recipe("<xliff><file><trans-unit><source>x</source><target>", [*_XML, "<g id='1'>", "</g>", "<x id='2'/>", "<ph>x</ph>", "<mrk mtype='protected'>", "</mrk>"], "</target></trans-unit></file></xliff>"),
        "yaml": Recipe("text: ", ['"', "''", ": ", " #", "\n  ", "\nb: ", "|\n  ", ">-\n  ", "- ", "[", "]", ", ", "\\"]),
    }.items()
}  # fmt: skip
"""For each format files made at random of its own marks; some are none of it."""
