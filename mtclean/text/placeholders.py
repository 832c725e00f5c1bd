"""Placeholders: where a program puts a name, a number or a tag in, as frameworks and engines write them.

One grammar for all who ask: what no rule may touch, and what was left over in a text.  A form is *certain*
where no prose is written so.  One that prose may have, ``{sic}`` or ``%5``, counts only beside a certain one, or
another of its kind, that begins with the same mark.

The forms are those of printf (C, Python, Java, Objective-C), Rails, str.format, ICU MessageFormat, i18next,
Vue I18n, Qt, ERB, Template Toolkit, Mailchimp and React's Trans, after their documentation, and the masks
that translation engines and their clients use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.text.model import Span

_NAME = r"[A-Za-z_]\w{0,40}"
_PATH = rf"{_NAME}(?:\.\w{{1,40}}|\[\w{{1,40}}\]){{0,6}}"
_MASKED = (
    "UNK|PAD|MASK|SEP|CLS|NUM|NUMBER|NAME|URL|EOS|BOS|PER|LOC|ORG|MISC|PH|ENT|ENTITY|TAG|VAR|TERM|TOKEN|EMAIL|DATE"
    "|PLACEHOLDER|TRANSLATE"
)
"""What engines mask, as their masks name it."""

_FORMS = {
    "%": (
        # %s, %1$d, %.2f, %ld; not the per cent of “10 %s”
        r"(?<![\w%\\])(?<!\d )%(?:\d{1,2}\$)?[-+0#']{0,3}(?:\d{1,3}|\*)?(?:\.(?:\d{1,2}|\*))?(?:hh?|ll?|[jztLq])?"
        r"[diouxXeEfFgGcspn@](?!\w|%(?!%))",
        rf"%\{{{_PATH}\}}",
        rf"%\[{_NAME}\](?!\()",
        rf"%\({_NAME}\)[-+0#]?\d{{0,2}}(?:\.\d{{1,2}})?[sdifrx]",
        rf"%<{_NAME}>(?:\.\d{{1,2}})?[sdf]",
        rf"%%{_NAME}%%",
        r"(?<![\w%])%(?![0-9A-Fa-f]{2})[A-Za-z_]\w{1,40}%(?!\w)",
        r"(?<![\w%])%L[1-9](?!\w)",
    ),
    "{": (
        r"(?<![@\w])\{\d{1,2}(?:,\s?[a-z]{3,12}[^{}\r\n]{0,60}|[:!][^{}\s]{1,20})?\}",
        # {user_name}, {userName}, {user.name}, {name!r}, {total:.2f}, {i18n:name}
        r"(?<![@\w])\{[a-z]{1,30}(?:_[a-z0-9_]{1,30}|[a-z0-9]{0,30}[A-Z]\w{0,30}|(?:\.[a-z_]\w{0,30}){1,4})\}",
        r"\{[A-Z][A-Z0-9_]{1,40}\}",
        r"(?<![@\w])\{(?:name|number|date|city|country|url|user|company)\}",
        rf"(?<![@\w])\{{{_NAME}(?:![rsa](?::[^{{}}\s]{{1,20}})?|:[-<>^=+#0-9.,]{{1,12}}[a-zA-Z%]?|:{_NAME})\}}",
        rf"\{{\s?{_NAME},\s?(?:plural|select|selectordinal|number|date|time|spellout|ordinal|duration|choice)\b"
        r"(?:[^{}]{0,120}\{[^{}]{0,120}\}){0,8}[^{}]{0,120}\}",
        r"\{\{\{[\w.:! -]{1,60}\}\}\}|\{\{[\w.:! -]{1,60}(?:\|[\w.:!, -]{1,40}){0,4}\}\}",
        # Fluent, Smarty, MessageFormat 2: {$name}, { $user.name }, {$user->name}
        rf"\{{ ?\${_NAME}(?:(?:\.|->)\w{{1,40}}){{0,4}} ?\}}",
        # with a sign before the name: {:name}, {=count}
        rf"(?<![@\w])\{{[:=]{_NAME}\}}",
    ),
    "$": (
        rf"\$\{{{_PATH}\}}",
        r"\$t\([^()\r\n]{1,60}\)",
        r"\$[A-Z]{3,20}_?\d{0,3}\$|(?<!\w)\$\d{1,2}\$(?!\w)",
    ),
    "#": (
        rf"#\{{{_PATH}\}}",
        r"#[A-Z][A-Z_]{2,30}(?:_?\d{1,3})?(?:#| #(?!\w))|(?<!\w)#[A-Z][a-z]{1,20}\d{1,3}#(?!\w)",
        r"(?<![#\w])##\w{1,20}##(?![#\w])",
    ),
    "<": (
        # of translation memories and React: <g id="3">, <x1/>, <0>, </0>
        r"(?i:</?(?:g|x|bx|ex|ph|bpt|ept|it|mrk|seg|tag|t)\d{0,3}(?:\s[^<>\r\n]{0,200})?/?>)",
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
        rf"(?<!\w)_(?:{_MASKED})_(?!\w)",
    ),
    "@": (
        r"(?<! )@-@|@-@(?! )|@@(?= |$)",
        r"@[A-Z]{3,20}_?\d{0,3}@|@@\w{1,20}@@",
        rf"@\{{{_PATH}\}}",
        r"@:(?:[a-z]\w{0,30}\.){1,6}\w{1,30}",
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
_MARK = re.compile(f"[{re.escape(''.join(_FORMS))}{_PICTURES}]")
_BEGINS_AS_MASK = re.compile(r"[A-Zx](?=[A-Zx])(?<!\w.)")
_MASK = re.compile(
    # masks without a mark; the same word on both sides: XXNUM1XX, TAG0TAG, XX_PH_4_XX
    r"(?:([A-Z]{3,10}|XX|YY|ZZ|QQ|xx)_?(?:[A-Z]{1,8}_?)?\d{1,3}_?\1"
    r"|[XZQ]{2,3}(?:NUM|ENT|PH|TAG|URL|NAME)?_?\d{1,3}[XZQ]{2,3}"
    r"|(?:XX|ZZ|QQ)(?:NUM|ENT|PH|TAG|URL)\d{1,3}"
    r"|(?:ENTITY|PLACEHOLDER|TOKEN|NUM|PERSON|LOC|ORG|NAME|TERM|TAG|VAR|MASK|PH)_\d{1,3}"
    r"|(?:ENT|NUM|TAG|VAR)\d{1,2})\b"
)
_OF_PROGRAMS = ("%", "{", "${", "$t(", "#{", "<%", "[%", "@:", "*|")
_POSSIBLE = {
    # a letter that is none of ours may follow, which hangs on it: Korean %1이
    "%": re.compile(r"(?<![\w%])%[1-9](?![A-Za-z0-9_%]|[.,]\d)"),
    "{": re.compile(r"(?<![@\w\\])\{[A-Za-z]{2,20}\}"),
}
_SEVERAL = 2
"""Different placeholders of a possible form that make one another certain: ``%1`` beside ``%2``."""


def placeholders(text: str) -> list[Span]:
    """The placeholders in *text*, in order and without overlap."""
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
    return _apart(certain + _borne_out(text, certain, possible))


def _masks(text: str) -> Iterator[Span]:
    for begins in _BEGINS_AS_MASK.finditer(text):
        if mask := _MASK.match(text, begins.start()):
            yield Span(*mask.span())


def _borne_out(text: str, certain: list[Span], possible: list[Span]) -> list[Span]:
    """Those of the *possible* that others of the text make certain."""
    if not possible:
        return []
    marks = {text[span.start] for span in certain}
    kinds = {text[span.start : span.end] for span in possible}
    many = {mark for mark in _POSSIBLE if sum(kind[0] == mark for kind in kinds) >= _SEVERAL}
    return [span for span in possible if text[span.start] in marks | many]


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
