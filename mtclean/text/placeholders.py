"""Placeholders: where a program puts a name, a number or a tag in, as frameworks and engines write them.

One grammar for all who ask: what no rule may touch, and what was left over in a text.  A form is *certain*
where no prose is written so.  One that prose may have, ``{sic}``, ``%5``, ``:so`` or ``$1``, is only *possible*: it counts
where others of its family stand in the same text, or in the other documents of its batch.

The forms are those of printf (C, Python, Java, Objective-C), Rails, str.format, ICU MessageFormat, i18next,
Vue I18n, Qt, ERB, Template Toolkit, Mailchimp and React's Trans, after their documentation, and the masks
that translation engines and their clients use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from mtclean.languages.letters import NAME
from mtclean.text.model import Span

_LATIN = "[0-9A-Za-z_À-ɏ]"
"""What a per cent of prose may stand beside (*100%den*); in other letters prefixes and endings stand right beside %d."""
_APART, _ENDS = rf"(?<!{NAME})", rf"(?!{NAME})"
"""Nothing of a name stands before, or behind; Chinese, Japanese and Korean letters may."""
_NAME = r"[A-Za-z_]\w{0,40}"
_PATH = rf"{_NAME}(?:\.\w{{1,40}}|\[\w{{1,40}}\]){{0,6}}"
_MASKED = (
    "UNK|PAD|MASK|SEP|CLS|NUM|NUMBER|NAME|URL|EOS|BOS|PER|LOC|ORG|MISC|PH|ENT|ENTITY|TAG|VAR|TERM|TOKEN|EMAIL|DATE"
    "|PLACEHOLDER|TRANSLATE"
)
"""What engines mask, as their masks name it."""

_PRINTF = r"[-+0#'I]{0,3}(?:\d{1,3}|\*)?"
_CONVERSION = r"(?:hh?|ll?|I64|[jztLq])?[diouxXeEfFgGcspnS@]"

_FORMS = {
    "%": (
        # with its argument's number or a precision it needs no end: %1$ds, %.2fx
        rf"(?<![%\\])%(?:\d{{1,2}}\${_PRINTF}(?:\.\d{{1,2}})?|{_PRINTF}\.\d{{1,2}}){_CONVERSION}(?!%(?!%))",
        # %s, %1$d, %.2f, %ld; not the per cent of “10 %s”
        rf"(?<!{_LATIN})(?<![%\\])(?<!\d )%{_PRINTF}(?:\.\*)?{_CONVERSION}(?!{_LATIN})(?!%(?!%))",
        rf"%\{{{_PATH}\}}",
        rf"%\[{_NAME}\](?!\()",
        rf"%\({_NAME}\)[-+0#]?\d{{0,2}}(?:\.\d{{1,2}})?[sdifrx]",
        rf"%<{_NAME}>(?:\.\d{{1,2}})?[sdf]",
        rf"%%{_NAME}%%",
        _APART + r"(?<!%)%(?![0-9A-Fa-f]{2})[A-Za-z_]\w{1,40}%(?!\\)" + _ENDS,  # not the head of a path: %TEMP%\boats
        _APART + r"(?<!%)%L[1-9]" + _ENDS,
    ),
    "{": (
        r"\{(?::[-<>^=+#0-9.,_]{1,12}[a-zA-Z%]?|![rsa])\}",
        _APART + rf"(?<!@)\{{\d{{1,2}}(?:\.{_NAME}|\[\w{{1,40}}\]){{1,4}}\}}",
        _APART + r"(?<!@)\{\d{1,2}(?:,\s?[a-z]{3,12}[^{}\r\n]{0,60}|[:!][^{}\s]{1,20})?\}",
        # {user_name}, {userName}, {user.name}, {name!r}, {total:.2f}, {i18n:name}
        _APART + r"(?<!@)\{[a-z]{1,30}(?:_[a-z0-9_]{1,30}|[a-z0-9]{0,30}[A-Z]\w{0,30}|(?:\.[a-z_]\w{0,30}){1,4})\}",
        r"\{[A-Z][A-Z0-9_]{1,40}\}",
        _APART + r"(?<!@)\{(?:name|number|date|city|country|url|user|company)\}",
        _APART + rf"(?<!@)\{{{_NAME}(?:![rsa](?::[^{{}}\s]{{1,20}})?|:[-<>^=+#0-9.,]{{1,12}}[a-zA-Z%]?|:{_NAME})\}}",
        rf"\{{\s?{_NAME},\s?(?:plural|select|selectordinal|number|date|time|spellout|ordinal|duration|choice)\b"
        r"(?:[^{}]{0,120}\{[^{}]{0,120}\}){0,8}[^{}]{0,120}\}",
        r"\{\{\{[\w.:! -]{1,60}\}\}\}|\{\{[\w.:!'\" -]{1,60}(?:\|[\w.:!, -]{1,40}){0,4}\}\}",
        # Fluent, Smarty, MessageFormat 2: {$name}, { $user.name }, {$user->name}
        rf"\{{ ?\${_NAME}(?:(?:\.|->)\w{{1,40}}){{0,4}} ?\}}",
        # with a sign before the name: {:name}, {=count}
        _APART + rf"(?<!@)\{{[:=]{_NAME}\}}",
    ),
    "$": (
        rf"\$\{{{_PATH}\}}",
        r"\$t\([^()\r\n]{1,60}\)",
        r"\$[A-Z]{3,20}_?\d{0,3}\$|" + _APART + r"\$\d{1,2}\$" + _ENDS,
    ),
    "#": (
        rf"#\{{{_PATH}\}}",
        r"#[A-Z][A-Z_]{2,30}(?:_?\d{1,3})?(?:#| #(?!\w))|" + _APART + r"#[A-Z][a-z]{1,20}\d{1,3}#" + _ENDS,
        _APART + r"(?<!#)##\w{1,20}##(?!#)" + _ENDS,
    ),
    "<": (
        # of translation memories and React: <g id="3">, <x1/>, <0>, </0>
        r"(?i:</?(?:g|x|bx|ex|ph|bpt|ept|it|mrk|pc|sc|ec|cp|sm|seg|tag|t)\d{0,3}(?:\s[^<>\r\n]{0,200})?/?>)",
        r"</?\d{1,3}>|<\d{1,3}\s?/>",
        # of engines: <unk>, <name_1>, <|endoftext|>, <2zh>
        r"(?i:</?(?:unk|pad|eos|bos|sep|cls|mask|url|num|number|name|org|date|time|email|user|ent|ne|var"
        r"|person|loc|tel|s)_?\d{0,3}>|</?(?:no_?translate|dnt)>|<\|[a-z_]{2,40}\|>)",
        r"<2[a-z]{2,3}>",
        r"<%[=-]?[^%<>\r\n]{1,200}%>",
    ),
    "[": (
        rf"\[(?:{_MASKED})_?\d{{0,3}}\]",
        r"\[\[\d{1,3}\]\](?!\()",
        r"\[[a-z]{2}_[A-Z]{2}\]",
        r"\[%[^%\[\]\r\n]{1,200}%\]",
    ),
    "_": (
        r"__(?:[A-Z][A-Z0-9_]{0,40}|\d{1,3})__",
        r"__(?!(?:del|new|[gs]et|str|len|int|add|sub|doc|pow|eq|[gl][te])_)[a-z]{2,3}(?:_[A-Z][a-z]{3})?__",
        rf"{_APART}_(?:{_MASKED})_{_ENDS}",
    ),
    "@": (
        r"(?<! )@-@|@-@(?! )|@@(?= |$)",
        r"@[A-Z]{3,20}_?\d{0,3}@|@@\w{1,20}@@",
        rf"@\{{{_PATH}\}}",
        r"@(?:\.[a-z]{3,20})?:(?:[a-z]\w{0,30}(?:\.\w{1,30}){1,6}|[a-z]\w{2,40}|\{'[^'{}\r\n]{1,60}'\})",
    ),
    "&": (r"&&\w{1,20}&&",),
    "*": (r"\*\|[A-Z][A-Z0-9_:]{0,40}\|\*",),
    ">": (r">>[a-z]{2,3}(?:_[A-Z][a-z]{3})?<<",),
    "⟦": (r"⟦\d{1,4}⟧",),
    "⟪": (r"⟪[^⟪⟫\r\n]{1,40}⟫",),
    "⦅": (r"⦅[^⦆\r\n]{0,60}⦆",),
    "｟": (r"｟[^｠\r\n]{0,60}｠",),
    "▁": (r"▁",),
    "⁇": (r"⁇",),
}  # fmt: skip
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_AT = {mark: re.compile("|".join(forms)) for mark, forms in _FORMS.items()}
_BETWEEN_PICTURES = re.compile(r"(.)\d{1,3}\1")
_MARK = re.compile(f"[{re.escape(''.join(_FORMS))}{_PICTURES}]|:(?=[a-z])(?<!\\w:)")
_BEGINS_AS_MASK = re.compile(rf"[A-Zx](?=[A-Zx])(?<!{NAME}.)")
_MASK = re.compile(
    # masks without a mark; the same word on both sides: XXNUM1XX, TAG0TAG, XX_PH_4_XX
    r"(?:([A-Z]{3,10}|XX|YY|ZZ|QQ|xx)_?(?:[A-Z]{1,8}_?)?\d{1,3}_?\1"
    r"|[XZQ]{2,3}(?:NUM|ENT|PH|TAG|URL|NAME)?_?\d{1,3}[XZQ]{2,3}"
    r"|(?:XX|ZZ|QQ)(?:NUM|ENT|PH|TAG|URL)\d{1,3}"
    r"|(?:ENTITY|PLACEHOLDER|TOKEN|NUM|PERSON|LOC|ORG|NAME|TERM|TAG|VAR|MASK|PH)_\d{1,3}"
    r"|(?:ENT|NUM|TAG|VAR)\d{1,2})" + _ENDS
)
_OF_PROGRAMS = (
    "%",
    "{",
    "${",
    "$t(",
    "#{",
    "<%",
    "[%",
    "@:",
    "*|",
    ":",
    *(f"${n}" for n in range(1, 10)),
)
_POSSIBLE = {
    # a letter that is none of ours may follow, which hangs on it: Korean %1이
    "%": re.compile(_APART + r"(?<!%)(?<!\d )%(?:\d(?![A-Za-z0-9_%]|[.,]\d)|[a-z][a-z_]{2,30}(?![%(-])" + _ENDS + ")"),
    "{": re.compile(_APART + r"(?<![@\\])\{(?:[A-Za-z]{2,20})?\}"),
    # :name of Laravel and Symfony; not :smile:, nor a colon after a word
    ":": re.compile(r"(?<![^\s(\[“\"'>/«„-])(?<!\d ):[a-z][a-zA-Z_]{1,30}(?![\w:/(]|-\w)"),
    # $1 of MediaWiki, not the price of “$1 million”
    "$": re.compile(_APART + r"(?<![$\\])\$[1-9](?![A-Za-z0-9_$%]|[.,]\d| [^\W\d_]{1,4}(?i:illi))"),
}  # fmt: skip
_NUMBER = re.compile(r"(?<!%)%\d(?=[^\W\d_])")
"""A placeholder of Qt, or of a program that counts them from 0, with a letter behind it."""
_SUM = re.compile(r"\$ ?(?:0|\d\d|\d[.,]\d|\d [^\W\d_]{1,4}(?i:illi))")
_PRICE = "$1"
"""The family of ``$1`` and ``$2``, which are prices where the first is missing or other sums stand in the text."""
_SETTLED = 3
"""In so many texts, or lines of one, stands a placeholder that makes its family certain."""
_OF_A_LINE = frozenset({":", _PRICE})
"""The families that prose has often enough for two of them to meet in a long text: they have to stand in one line."""
_SEVERAL = 2
"""Different placeholders of a possible form that make one another certain: ``%1`` beside ``%2``."""


def family(placeholder: str) -> str:
    """What *placeholder*, of a possible form, has in common with those that bear it out: its sign, and ``$1`` for any number after a dollar's."""
    return _PRICE if placeholder[:1] == "$" and placeholder[1:2].isdigit() else placeholder[:1]


def possible_placeholders(text: str) -> frozenset[str]:
    """What in *text* a program may fill in, and prose may have, too; the forms that are certain are left out."""
    return frozenset(text[slice(*span)] for span in _read(text)[1])


def states_sums(text: str) -> bool:
    """Whether sums of money stand in *text* that are no ``$1``: then that one may be a price."""
    return "$" in text and _SUM.search(text) is not None


def placeholders(text: str, known: Collection[str] = ()) -> list[Span]:
    """The placeholders in *text*, in order and without overlap.

    *known* are the families of possible ones, as :func:`family` names them, that are certain from elsewhere.
    """
    certain, possible = _read(text)
    if "%" in known:
        certain = _with_numbers_alone(text, certain)
    return _apart(certain + _borne_out(text, certain, possible, known))


def _with_numbers_alone(text: str, certain: list[Span]) -> list[Span]:
    """*certain* where a program's placeholders are numbers, as Qt's are: *%1d* is a number of days there, and *%2m* no word."""
    numbers = [Span(*match.span()) for match in _NUMBER.finditer(text)]
    apart = (span for span in certain if not any(map(span.overlaps, numbers)))
    return [*apart, *numbers] if numbers else certain


def _read(text: str) -> tuple[list[Span], list[Span]]:
    """The places of the certain and of the possible forms in *text*."""
    certain: list[Span] = [*_masks(text)]
    possible: list[Span] = []
    end = 0
    for mark in _MARK.finditer(text):
        start = mark.start()
        if start < end:
            continue
        form = _AT.get(mark.group(), _BETWEEN_PICTURES)
        if found := form.match(text, start):
            certain.append(Span(*found.span()))
            end = found.end()
        elif mark.group() in _POSSIBLE and (found := _POSSIBLE[mark.group()].match(text, start)):
            possible.append(Span(*found.span()))
    return certain, possible


def _masks(text: str) -> Iterator[Span]:
    for begins in _BEGINS_AS_MASK.finditer(text):
        if mask := _MASK.match(text, begins.start()):
            yield Span(*mask.span())


def _borne_out(
    text: str, certain: list[Span], possible: list[Span], known: Collection[str]
) -> list[Span]:
    """Those of the *possible* that others of the text make certain, or whose family is *known*."""
    if not possible:
        return []
    lines, sums = list(_by_line(text, possible)), states_sums(text)
    stands_in = Counter(one for line in lines for one in line)
    families = {*known, *(text[span.start] for span in certain)}
    families |= settled_families(stands_in, sums) | (_several(stands_in, sums) - _OF_A_LINE)
    families = families.union(*(_several(line, sums) for line in lines))
    return [span for span in possible if family(text[slice(*span)]) in families]


def _by_line(text: str, spans: list[Span]) -> Iterator[set[str]]:
    """What stands at *spans*, which are in order, each thing once in a line of *text*."""
    line: set[str] = set()
    end = 0
    for span in spans:
        if text.find("\n", end, span.start) >= 0:
            yield line
            line = set()
        line.add(text[slice(*span)])
        end = span.end
    yield line


def _several(kinds: Collection[str], sums: bool) -> set[str]:
    """The families of which different *kinds* stand together, where *sums* of money do or do not."""
    counts = Counter(map(family, kinds))
    if sums or "$1" not in kinds:
        del counts[_PRICE]
    return {name for name, many in counts.items() if many >= _SEVERAL}


def settled_families(counts: Mapping[str, int], sums: bool) -> frozenset[str]:
    """The families of possible placeholders that many texts bear out; *counts* says in how many each of them stands.

    There have to be several, and one that comes again and again, as the names in a program's messages do.  *sums* is
    whether sums of money stand in any of the texts.
    """
    again = {family(one) for one, texts in counts.items() if texts >= _SETTLED}
    return frozenset(_several(counts.keys(), sums) & again)


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def is_of_program(placeholder: str) -> bool:
    """Whether *placeholder* is one that programs write (``%s``, ``{name}``, ``$t(key)``), and no mask of an engine (``__NUM0__``, ``[UNK]``)."""
    return placeholder.startswith(_OF_PROGRAMS)


def is_placeholder(piece: str) -> bool:
    """Whether *piece* is one placeholder and nothing else."""
    return placeholders(piece) == [Span(0, len(piece))]
