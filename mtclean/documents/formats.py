"""Which files are texts, and which are something else that no reader of ours knows yet.

A table of values loses its columns when its commas are set as prose wants them, a catalogue of
translations its keys.  So such a file is refused, in one line, by the ending of its name or, where
that says nothing or something else, by what is in it.  Only what is sure counts there: prose may
quote anything.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import Enum
from functools import cache
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from mtclean.documents.errors import DocumentProblem
from mtclean.formats import NO_CHOICES, Choices
from mtclean.formats import Format as Readable
from mtclean.formats.registry import BY_ENDING, BY_NAME

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class SourceFormat(str, Enum):
    """What a person says a file is, whatever it looks like: a text, or a format with a reader."""

    TEXT = "text"
    ANDROID = "android"
    ASCIIDOC = "asciidoc"
    CSV = "csv"
    DOCX = "docx"
    EPUB = "epub"
    FLUENT = "fluent"
    HTML = "html"
    JSON = "json"
    MARKDOWN = "markdown"
    MDX = "mdx"
    ODT = "odt"
    PO = "po"
    PROPERTIES = "properties"
    QT = "qt"
    RESX = "resx"
    RST = "rst"
    STRINGS = "strings"
    SUBTITLES = "subs"
    TMX = "tmx"
    TOML = "toml"
    TSV = "tsv"
    XCSTRINGS = "xcstrings"
    XLIFF = "xliff"
    YAML = "yaml"

    @property
    def reader(self) -> Readable | None:
        """The format with its reader; None for a text."""
        return BY_NAME.get(self.value)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    ``format`` is what it is said to be, or None to judge by name and content; ``choices`` say what of it is prose,
    where its format leaves that open.  ``source`` is the path of the file that it is the translation of, if that is another.
    """

    format: SourceFormat | None = None
    choices: Choices = NO_CHOICES
    source: str = ""

    def as_json(self) -> str:
        """It as JSON; empty where nothing was said."""
        return "" if self == AS_IT_LOOKS else json.dumps(asdict(self), sort_keys=True)

    def recorded(self, path: PurePath) -> str:
        """It as JSON, for what is remembered of the file at *path*.

        What is read as a text anyway is remembered so, whether or not somebody said so: a review does.
        """
        is_plain = self.format is SourceFormat.TEXT and reader_of(path) is None
        return (replace(self, format=None) if is_plain else self).as_json()

    @classmethod
    def of_json(cls, text: str) -> Reading:
        """What :meth:`as_json` made *text* of.  Raises :class:`ValueError` where it is something else."""
        return _readings().validate_json(text) if text else AS_IT_LOOKS


AS_IT_LOOKS = Reading()
"""Nobody said how it is to be read."""


@cache
def _readings() -> TypeAdapter[Reading]:
    from pydantic import TypeAdapter

    return TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is not read as text; ``name`` with its article, ``endings`` as they end file names.

    Where it ``has_prose``, somebody may have wanted that cleaned, and refusing it is a failure.  A file that is said
    to be in the format ``read_as`` is read.
    """

    name: str
    endings: frozenset[str]
    has_prose: bool = True
    read_as: SourceFormat | None = None

    @property
    def problem(self) -> DocumentProblem:
        """What to say of a file in this format."""
        if self.read_as:
            why = f"it is {self.name}: say so with --from {self.read_as.value}, or take"
        elif self.has_prose:
            why = f"it is {self.name}, which mtclean cannot read yet: give it the text by itself, or take"
        else:
            why = f"it is {self.name}, which is no prose; if it is, take"
        return DocumentProblem(
            "format", f"{why} all of it for text with --from text", skipped=not self.has_prose
        )


def _format(name: str, endings: str, *, has_prose: bool = True) -> Format:
    return Format(name, frozenset(endings.split()), has_prose)


TABLE = Format("a table of values", frozenset(), read_as=SourceFormat.CSV)
PO = Format("a PO catalogue", frozenset(), read_as=SourceFormat.PO)
XLIFF = Format("an XLIFF file", frozenset(), read_as=SourceFormat.XLIFF)
TMX = Format("a translation memory", frozenset(), read_as=SourceFormat.TMX)
HTML = Format("an HTML page", frozenset(), read_as=SourceFormat.HTML)
QT = Format("a file of Qt's translations", frozenset(), read_as=SourceFormat.QT)
ANDROID = Format("a file of Android's resources", frozenset(), read_as=SourceFormat.ANDROID)
XML = _format("XML", ".xml .rss .atom .svg .tbx .dita .dbk .plist .fb2 .xsl .xslt .xsd .opf .ncx")
STRINGS = _format("a list of strings with their keys", ".stringsdict")
RTF = _format("an RTF document", ".rtf")
ASCIIDOC = Format("AsciiDoc", frozenset(), read_as=SourceFormat.ASCIIDOC)
FORMATS = (
    TABLE,
    PO,
    XLIFF,
    TMX,
    HTML,
    XML,
    STRINGS,
    RTF,
    _format("a Word document of before 2007", ".doc .dot"),
    _format("an OpenDocument text", ".fodt"),
    _format("a presentation", ".pptx .ppt .odp"),
    _format("a book", ".mobi .azw .azw3"),
    _format("a PDF", ".pdf"),
    _format("a spreadsheet", ".xlsx .xls .ods"),
    _format("a kind of JSON", ".json5 .jsonc .geojson .ipynb"),
    _format("a file of settings", ".ini .cfg .conf"),
    ASCIIDOC,
    _format(
        "a template of pages",
        ".haml .slim .pug .jade .erb .ejs .hbs .mustache .twig .njk .liquid .jsp .cshtml .razor",
    ),
    _format("TeX", ".tex .latex .ltx .bib .sty .cls"),
    _format("a page of the web with its pictures", ".mht .mhtml"),
    _format(
        "source code",
        ".py .pyi .pyx .js .mjs .cjs .jsx .ts .tsx .vue .svelte .css .scss .sass .less .java .kt .kts"
        " .scala .groovy .gradle .c .h .cpp .hpp .cxx .cs .fs .go .rs .rb .php .swift .m .mm .lua .r"
        " .jl .hs .ex .exs .erl .clj .dart .sh .bash .zsh .fish .ps1 .bat .cmd .sql .awk .mk .cmake"
        " .proto .graphql .j2 .jinja .tmpl .diff .patch .lock",
        has_prose=False,
    ),
)
"""What is refused until there is a reader for it.  Subtitles are read as texts."""

_BY_ENDING = {ending: kind for kind in FORMATS for ending in kind.endings}

_MARKUP = re.compile(r"\ufeff?\s*<(?:\?xml\s|!doctype\s|html\b|xliff\b|tmx\b)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:!doctype\s+)?(html|xliff|tmx)\b", re.IGNORECASE)
_HEAD = 2000  # code points in which the first element of a document is looked for
_ROOTS = {"html": HTML, "xliff": XLIFF, "tmx": TMX}
_OF_MANY = {"TS": QT, "resources": ANDROID}
_REMARKS = re.compile(rb"<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL)
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(TS|resources)\b")
_KEY = re.compile(r'msg(?:id|str(?:\[\d\])?) "')
_PO_LINE = re.compile(r'(?:msg(?:id|id_plural|str(?:\[\d\])?|ctxt) )?"|#|\s*$')
_STRING = re.compile(
    r"[ \t]*\"?(?:([A-Z][A-Z0-9]*_[A-Z0-9_]+)\"?[ \t]*[:=]|([A-Za-z]\w*(?:\.\w+)+)\"?[ \t]*=)"
)
_REMARK = re.compile(r"[ \t]*(?:#|//|/\*|\*|;|\[|<|\Z)")
_HEADED = re.compile(r"\ufeff?\s*(?:={1,6} \S|\[\[\w|:[\w-]{1,40}:)")
_LISTING = re.compile(r"^\[(?:source|listing)\b[^\]\n]*\]\r?\n(-{4,})\r?$", re.MULTILINE)
"""How a page of AsciiDoc begins, and a listing of it, which ends with a line of as many hyphens."""
_ROWS = 5  # from which lines of like form are a table and no chance
_SAMPLE = 200  # rows looked at


def reader_of(path: PurePath | str) -> Readable | None:
    """The format with a reader that the ending of *path* stands for, or its name; None for a text, and where there is none.

    A path that is a string has ``/`` in it.  Every document of a large folder is asked for it several times.
    """
    name = (path.rpartition("/")[2] if isinstance(path, str) else path.name).lower()
    stem, dot, ending = name.rpartition(".")
    return BY_ENDING.get(name) or (BY_ENDING.get(dot + ending) if stem else None)


def of_name(path: PurePath, data: bytes = b"") -> Format | None:
    """The format without a reader that the ending of *path* stands for; None where nobody knows it.

    Some endings stand for many things; of those the first element of *data* tells some apart.
    """
    known = _BY_ENDING.get(path.suffix.lower())
    root = _FIRST.match(_REMARKS.sub(b"", data[:_HEAD])) if known else None
    return _OF_MANY.get(root[1].decode(), known) if root else known


def of_text(text: str) -> Format | None:
    """The format *text* is in for sure; None for prose, and wherever there is a doubt.

    Takes time in proportion to the text where it looks like one of them, and hardly any elsewhere.
    """
    return next((kind for kind in (judge(text) for judge in _JUDGES) if kind), None)


def _markup(text: str) -> Format | None:
    if not _MARKUP.match(text) or not text.rstrip().endswith(">"):
        return None
    root = _ROOT.search(text, 0, _HEAD)
    return _ROOTS[root[1].lower()] if root else XML


def _po(text: str) -> Format | None:
    if "\nmsgstr" not in text and "\rmsgstr" not in text:
        return None
    lines = text.splitlines()
    keys = sum(1 for line in lines if _KEY.match(line))
    return PO if keys > 1 and all(map(_PO_LINE.match, lines)) else None


def _strings(text: str) -> Format | None:
    """Strings of a program: ``STR_0042 :Open``, ``menu.open = Open``; every line but remarks has a key of its own.

    Who speaks in a protocol, ``SPEAKER_01: Yes.``, speaks again.
    """
    lines = [line for line in islice(_lines(text), _SAMPLE) if not _REMARK.match(line)]
    keys = {match.group() for match in map(_STRING.match, lines) if match}
    return STRINGS if len(lines) == len(keys) >= _ROWS else None


def _asciidoc(text: str) -> Format | None:
    """AsciiDoc, by its first line and a listing: to Markdown a line of hyphens makes a heading of the one above."""
    begun = _LISTING.search(text) if _HEADED.match(text) else None
    ended = begun and re.compile(rf"^{begun[1]}\r?$", re.MULTILINE).search(text, begun.end())
    return ASCIIDOC if ended else None


def _rtf(text: str) -> Format | None:
    return RTF if text.startswith("{\\rtf") else None


def _table(text: str) -> Format | None:
    """A table: every row has as many columns as the first, and no mark between them stands as prose has it."""
    lines = [line for line in islice(_lines(text), _SAMPLE) if line.strip()]
    if len(lines) < _ROWS:
        return None
    return TABLE if any(_is_table(lines, mark) for mark in "\t,;") else None


def _is_table(lines: list[str], mark: str) -> bool:
    fewest = 2 if mark == "\t" else 3  # columns
    if lines[0].count(mark) < fewest - 1 or any(mark not in line for line in lines):
        return False
    try:
        rows = list(csv.reader(lines, delimiter=mark, strict=True))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    fields = [field for row in rows for field in row[1:]]
    as_prose = sum(field.startswith((" ", "\u00a0")) for field in fields)
    filled = sum(bool(row[0].strip()) for row in rows)
    return len(widths) == 1 and as_prose * 10 <= len(fields) and filled * 2 > len(rows)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end].rstrip("\r")
        start = end + 1


_JUDGES: tuple[Callable[[str], Format | None], ...] = (
    _markup,
    _po,
    _strings,
    _asciidoc,
    _rtf,
    _table,
)
