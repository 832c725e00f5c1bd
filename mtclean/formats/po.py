r"""PO catalogues of gettext: what stands in ``msgstr`` is prose, and all else stays as it is.

The lines are those of GNU gettext's manual ("The Format of PO Files").  Entries that are fuzzy
are shown and not changed, obsolete ones and those without a translation left alone, and so is the header.  ``\n`` and white space at the ends
of a string belong to the program: ``msgfmt`` compares them with those of ``msgid``.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import WHITE, Builder, Layout, trimmed
from mtclean.text.model import Span

_LINE = re.compile(r"[^\n]*\n?")
_STRING = re.compile(
    r'[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?[ \t]*)?"([^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*)"[ \t\r]*\n?'
)
_PARTS = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)|[^\\]+")
_WRITTEN = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z_@-]+)", re.MULTILINE)
_FORMS = re.compile(r"^Plural-Forms:[^\n]*?\bplural[ \t]*=([^;\n]+)", re.MULTILINE)
_AS_IN_ENGLISH = "n != 1"
_NUMBERS = range(1_002)
"""Which form each of them takes tells of every language's rule whether a form is for one number alone."""
_OBSOLETE = re.compile(r"^#~[ \t]*msgid[ \t]", re.MULTILINE)
_FUZZY = re.compile(r"#,[^\n]*\bfuzzy\b")
_CHARSET = re.compile(rb"Content-Type:[^\r\n]{0,99}?\bcharset=([\w.:-]{1,40})")
_HEAD = 16_384  # bytes in which the header is looked for


def escaped(text: str) -> str:
    """*text* as it has to be written between quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


@dataclass(slots=True)
class _Entry:
    """An entry, with where the contents of its strings are in the source, line by line."""

    line: int = 0
    """Of its first string."""
    fuzzy: bool = False
    strings: dict[tuple[str, int], list[Span]] = field(default_factory=dict)

    @property
    def is_begun(self) -> bool:
        """Whether its translation was met, behind which the next one begins."""
        return any(keyword == "msgstr" for keyword, _ in self.strings)


def read(sources: Sources, choices: Choices) -> Layout:
    """The translations in *sources*.  Raises :class:`Unreadable` at a line that no catalogue has."""
    source = sources[""]
    builder = Builder(source)
    language = ""
    numbers = _only_numbers(_AS_IN_ENGLISH)
    for number, entry in enumerate(_entries(source)):
        original = _text(source, entry.strings.get(("msgid", 0), []))
        if not original and ("msgctxt", 0) not in entry.strings:
            header = _text(source, entry.strings.get(("msgstr", 0), []))
            found = _LANGUAGE.search(header)
            language = found[1].replace("_", "-") if found else language
            rule = _FORMS.search(header)
            numbers = _only_numbers(rule[1]) if rule else numbers
            continue
        context = _text(source, entry.strings.get(("msgctxt", 0), []))
        plural = _text(source, entry.strings.get(("msgid_plural", 0), []))
        for (keyword, form), spans in entry.strings.items():
            if keyword == "msgstr":
                _add(builder, source, spans, is_fixed=entry.fuzzy)
                builder.end_segment(
                    f"entry {number}, line {entry.line}" + (f", form {form}" if plural else ""),
                    language=language,
                    original=(plural if form else "") or original,
                    escape=escaped,
                    state="fuzzy" if entry.fuzzy else "",
                    plural=plural,
                    quantity=numbers.get(form, "") if plural else "",
                    context=context,
                )
    if obsolete := sum(1 for _ in _OBSOLETE.finditer(source)):
        entries = "entry was" if obsolete == 1 else "entries were"
        builder.remark(f"{obsolete} obsolete {entries} not looked at.")
    return builder.layout()


def _only_numbers(rule: str) -> dict[int, str]:
    """Of each form that is for one number alone, as *rule* has it, an expression in C, that number; of none where it is no such expression.

    A form for 0 and 1, as French has, counts as one for 1, which ``msgfmt`` allows: the program mostly has another text for 0.
    """
    try:
        form_of = gettext.c2py(rule.strip())
        forms = list(map(form_of, _NUMBERS))
    except (ValueError, ArithmeticError, RecursionError):
        return {}
    taken = Counter(forms)
    if forms[0] == forms[1]:
        taken[forms[0]] -= 1
    return {form: str(number) for number, form in enumerate(forms) if taken[form] == 1}


def _entries(source: str) -> Iterator[_Entry]:
    entry = _Entry()
    last: list[Span] | None = None
    for number, line in enumerate(_LINE.finditer(source), 1):
        text = line.group()
        if not text.strip() or text.lstrip().startswith("#"):
            if entry.is_begun:
                yield entry
                entry = _Entry()
            entry.fuzzy = entry.fuzzy or bool(_FUZZY.match(text.lstrip()))
            last = None
            continue
        match = _STRING.fullmatch(text)
        if match is None or (match[1] is None and last is None):
            raise Unreadable(f"line {number} is no string of a catalogue")
        if match[1]:
            if entry.is_begun and match[1] != "msgstr":
                yield entry
                entry = _Entry()
            entry.line = entry.line or number
            last = entry.strings.setdefault((match[1], int(match[2] or 0)), [])
        assert last is not None
        last.append(Span(*match.span(3)).shifted(line.start()))
    if entry.strings:
        yield entry


def _text(source: str, spans: list[Span]) -> str:
    return "".join(shown for span in spans for shown, _, _ in _parts(source, span))


def _parts(source: str, span: Span) -> Iterator[tuple[str, Span, bool]]:
    """What is in a string: as it is read, where it is, and whether it is written as it is read."""
    for match in _PARTS.finditer(source, *span):
        text = match.group()
        place = Span(*match.span())
        if text.startswith("\\"):
            yield _WRITTEN.get(text[1:], text), place, False
        else:
            yield text, place, True


def _add(builder: Builder, source: str, spans: list[Span], *, is_fixed: bool) -> None:
    """Put the string in *spans* into the segment, without the white space at its ends."""
    parts = trimmed((part for span in spans for part in _parts(source, span)), itemgetter(0))
    for number, (text, place, as_written) in enumerate(parts):
        start, end = place
        if as_written:
            start += len(text) - len(text.lstrip(WHITE)) if number == 0 else 0
            end -= len(text) - len(text.rstrip(WHITE)) if number == len(parts) - 1 else 0
            if not is_fixed:
                builder.verbatim(start, end)
            elif start < end:
                builder.fixed(source[start:end], start, end)
        elif is_fixed or text in "\n\t" or text not in _WRITTEN.values():
            builder.fixed(text, start, end)
        else:
            builder.whole(text, start, end)


def _declared(data: bytes) -> str:
    """The encoding that the header names; empty where it is Unicode, as its bytes tell, or that of a template."""
    match = _CHARSET.search(data, 0, _HEAD)
    name = match[1].decode().lower() if match else ""
    return "" if name.startswith(("utf", "charset")) else name


FORMAT = Format(
    "po",
    "a PO catalogue",
    frozenset({".po", ".pot"}),
    read,
    declared=_declared,
    has_sources=True,
    of_strings=True,
)
