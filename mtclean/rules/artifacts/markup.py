"""What a web page or a translation tool wraps text in, left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtclean.languages.english import is_english
from mtclean.languages.language import primary
from mtclean.languages.letters import HANGUL, NAME, WIDE
from mtclean.languages.lists import entries
from mtclean.rules.artifacts.tokens import in_code
from mtclean.rules.artifacts.written import Form, unpaired, written_in
from mtclean.rules.typography.encoding import TAIL
from mtclean.text import (
    Finding,
    Fix,
    Passage,
    Severity,
    Span,
    deleting,
    entity,
    illegible,
    known,
    replacing,
    rule,
)
from mtclean.text.led import Led
from mtclean.text.placeholders import is_of_program, is_placeholder

_OF_SHEETS = re.compile(r"_x00(?:0D|0A|09)_")
"""A line end or tab as Office Open XML writes it in a cell's text (ECMA-376, 22.9.2.19)."""
_WIKI_MARK = re.compile(r"\[(?<=[^\s\[(].)(?P<mark>[a-z][a-z ]{2,24})\??\](?![(\[:])")
_ENTITY = re.compile(
    rf"&{entity.AGAIN}(?:{entity.NAMED};?|[A-Za-z]{{2,8}}\d{{0,2}};|{entity.NUMBERED};)"
)
_SPEAKS_OF_MARKUP = re.compile(
    r"</?[A-Za-z!?][^<>\r\n]{0,200}>|\[/?(?:b|i|u|url|img|quote|code)\b|\b(?:X?HTML|XML|SGML|ampersands?)\b"
    r"|\bentity (?:names?|references?)|\b(?:HTML|character|named) entit(?:y|ies)\b",
    re.IGNORECASE,
)
_SLIPS = 2
"""So many escapes that were escaped again are what a program did to the text; one may be spoken of."""
_HARMLESS = frozenset("&'\"")
"""The ASCII characters an entity may be taken for without asking: the others mean something to Markdown or HTML."""
_TAG = Led.by(
    r"[<\-\[\]{]",
    r"(?<!<)</?(?:p|br|div|span|a|b|i|u|em|strong|font|center|h[1-6]|ul|ol|li|dl|dt|dd|table|tbody|thead|tr|td|th|img"
    r"|hr|sup|sub|blockquote|pre|code|section|article|header|footer|nav|figure|figcaption|iframe|script|style"
    r"|input|button|form|label|video|audio|small|s|strike|del|ins|body|html|head|title|meta|link"
    r"|nobr|wbr|o:p|tt|big|cite|caption|center|main|aside|picture|source|svg|path|noscript|select|option)"
    r"(?:\s{1,3}[a-z:@_-][\w:.-]{0,40}(?: ?=[^<>\r\n]{0,300})?)?\s?/?>|<!--|(?<!-)-->|<!\[CDATA\[|\]\]>"
    # bulletin boards and subtitles: [url=…], [/b], {\\i1}
    r"|\[/(?:b|i|u|s|url|img|quote|code|size|color|center)\]|\[(?:url|img|quote|size|color)=[^\[\]\r\n]{1,200}\]"
    r"|\{\\[a-z]{1,4}\d{0,4}\}"
    # builders of sites: [caption width="300"], and [/caption] at a word, since options of a command stand apart
    r"|\[[a-z][\w-]{1,20}(?: {1,2}[a-z][\w-]{0,20}=(?:\"[^\"\[\]\r\n]{0,200}\"|“[^”\[\]\r\n]{0,200}”|\d{1,5}(?:px|%)?)){1,20} ?/?\]"
    r"|\[/[a-z][\w-]{1,20}\](?=\w)|(?<=[\w.,;:!?)'\"’”])\[/[a-z][\w-]{1,20}\]"
    # wikis
    r"|\[\[(?:File|Image|Category):[^\[\]\r\n]{1,300}\]\]|\{\{[a-z][\w -]{0,40}\|[^{}\r\n]{0,40}=[^{}\r\n]{0,400}\}\}",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,14})")
_OF_SUBTITLES = re.compile(
    r"(?:\d\d)?-->|</?(?:[ibuv]|font|c|ruby|rt)\b[^<>\r\n]{0,200}>|\{\\[a-z]{1,4}\d{0,4}\}",
    re.IGNORECASE,
)
_FEW_LONE = 2
"""So many tags of an element without their other half are left over; more of them are its author's manner."""
_ESCAPE = Led.by(
    r"\\",
    r"\\{1,4}u[Dd][89ABab][0-9A-Fa-f]{2}\\{1,4}u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\{1,4}u[0-9A-Fa-f]{4}|(?:\\x[0-9A-Fa-f]{2})+"
    rf"|(?<!{NAME})\\[nrt](?=[A-Z\\ {WIDE}{HANGUL}]|$)|(?<!\S)\\[nrt](?=[a-z])|(?<!{NAME})\\[\"']",
)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_BYTE = len("x00")
_QUOTES = ("'", '"', "`", "“", "”", "‘", "’")
_SIGN_BEFORE = re.compile(
    r"\b(?:tags?|tokens?|elements?|placeholders?|specifiers?|entit(?:y|ies)|characters?|sequences?|symbols?|type|write|typing) [“\"‘'(]?\Z"
    r"|(?<!\S)--?[\w-]{1,20}[= ]\Z",
    re.IGNORECASE,
)
_SIGN_AFTER = re.compile(
    r"[”\"’')]? (?:tags?|tokens?|elements?|placeholders?|format|formats|specifiers?|entit(?:y|ies)|symbols?|directives?|variables?)\b",
    re.IGNORECASE,
)
_USAGE = re.compile(r"<[a-z]{2,15}(?:-[a-z]{1,15}){0,3}>")
_REFERENCE = re.compile(r"\{[a-z]{2,20} [a-z]{2,20}\}")
"""Two words in braces, by which a glossary refers to its own entries."""
_MANY_SLOTS = 3
_WIDE_BESIDE = re.compile(f"\\A[{WIDE}{HANGUL}]|[{WIDE}{HANGUL}]\\Z")
_MESSAGES = 10
"""Lines with a program's placeholder from which a text may be a list of messages."""
_SHARE_OF_MESSAGES = 0.25
"""Of the lines of such a list so many have one."""
_TAIL_CLASS = f"[{re.escape(TAIL)}]"
_CARONS = "ŠšŽžŒœŸƒ"
"""Letters among them: after an accented one two of them are a word's, as in Czech *blížší*."""
_SET_APART = "(?<=[A-Za-z].)\u00a0[»–—]"
"""After a word's last letter: a mark and its no-break space, as in French *« le passé »*."""
_KOI8 = "".join(c for c in bytes(range(0x80, 0xC0)).decode("koi8_r") if c not in "ёЁ\xa0")
"""The same read as KOI8-R, where the first byte of a Cyrillic letter looks like п or я."""
_RUINED = Led.by(
    "[\ufffd\ud800-\udfffÂÃÐÑ\u00e2-\u00f0\x80-\x9fпя锟烫屯]",
    f"[\ufffd\ud800-\udfff]+|(?:[\u00c2\u00c3\u00d0\u00d1]{_TAIL_CLASS})+|[\u00e2\u00e3-\u00ef](?![{_CARONS}]{{2}}|{_SET_APART}){_TAIL_CLASS}{{2}}"
    f'|\u00f0{_TAIL_CLASS}{{3}}|\u00e2\u20ac["\']?|(?<=[^\\s"“(])\u00c2(?= )|[\x80-\x84\x86-\x9f]+'
    # U+FFFD and uninitialised memory, both read as GBK: no Chinese words
    f"|(?:[пя][{re.escape(_KOI8)}] ?){{2,}}|(?:锟斤拷)+|烫{{3,}}|屯{{3,}}",
)
_FIRST_RUINED = frozenset(
    {
        *"\ufffdÂÃÐÑâðпя锟烫屯",
        *map(chr, range(0xE3, 0xF0)),
        *map(chr, range(0x80, 0xA0)),
        *map(chr, range(0xD800, 0xE000)),
    }
)
"""What they begin with."""


@rule(
    "escaped-character",
    "fluency.markup.entity",
    fixes=[
        ("The queen&#39;s R&amp;D costs &euro;5.", "The queen's R&D costs €5."),
        ("He paid&nbsp; 25&nbsp;euros.", "He paid 25\u00a0euros."),
        ("&ldquo;Fine&rdquo;, she said&hellip;", "“Fine”, she said…"),
        ("It&#8217;s late, &amp;quot;Ana&amp;quot; said.", 'It’s late, "Ana" said.'),
        ("The first line._x000D_\nThe second.", "The first line.\nThe second."),
    ],
    leaves=[
        "See https://example.org/?a=1&amp;b=2 or `a &amp;&amp; b`.",
        "In HTML, &amp; is an ampersand.",
        "The entity &amp; and the character “&copy;” were lost.",
        "It is <b>bold</b> &amp; so.",
        "The R&D; the AT&T; the &c; and 5 &lt; 7.",
        "An escaped escape, &amp;eacute; and a star, &#42;.",
        "The field First_x0020_Name and `_x000D_` are a program's.",
    ],
    early=True,
    needs="&_",
)
def escaped_character(passage: Passage) -> Iterator[Fix | Finding]:
    """A character is written as a page's or a sheet's source writes it: ``&rsquo;``, ``&#39;``, ``_x000D_``.

    A scraper read the source and not the page.  What was meant is certain, so that it is put back
    before anything else looks at the text; a ``&nbsp;`` beside a space goes with it.

    Left alone: code and addresses, whole texts that have tags or speak of HTML, where the source
    may be what is meant, a single escape that was escaped again, and characters that Markdown or
    HTML would take for a sign of its own.

    Source: HTML Standard, named character references; ECMA-376, 22.9.2.19, of line ends in a sheet.
    """
    text = passage.text
    yield from (
        deleting(*match.span(), "A sheet's source writes the end of a line so; its text has one.")
        for match in _found(passage, _OF_SHEETS, "_")
    )
    if _SPEAKS_OF_MARKUP.search(text):
        return
    pieces = [m for m in entity.WRITTEN.finditer(text) if Span(*m.span()) in passage.entities]
    escaped_again = sum(bool(m["again"]) for m in pieces)
    for match in pieces:
        start, end = match.span()
        if match["again"] and escaped_again < _SLIPS:
            continue
        meant = entity.character(match.group())
        if not _is_harmless(meant) or _is_spoken_of(text, match_span(match)):
            continue
        if meant == "\u00a0" and " " in (text[start - 1 : start], text[end : end + 1]):
            meant = ""
        yield replacing(
            start,
            end,
            meant,
            f"“{match.group()}” is how a page's source writes a character; a scraper that read the source left it.",
        )


def _is_harmless(meant: str) -> bool:
    if len(meant) != 1 or (meant.isascii() and meant not in _HARMLESS):
        return False
    return meant.isprintable() or meant == "\u00a0"


@rule(
    "leaked-markup",
    "fluency.markup.entity",
    finds=(
        ("He paid &nbsp; ten euros.", "&nbsp;"),
        ("Fans who want<br/> to watch.", "<br/>"),
        ("He went &nbsp ten miles.", "&nbsp"),
        (r"What a \ud83d day.", r"\ud83d"),
        ('[caption width="300"]The quay.', '[caption width="300"]'),
        ("The quay[/caption] at night.", "[/caption]"),
        ("It is old[[File:Quay.jpg|thumb|The quay]].", "[[File:Quay.jpg|thumb|The quay]]"),
        ("It is old.{{cite web|url=quay.example}}", "{{cite web|url=quay.example}}"),
    ),
    suggests=(
        (r"She said \u201chello.", "She said “hello."),
        ("If 5 &lt; 7, then stop.", "If 5 < 7, then stop."),
        ("The queen&#39;s speech.", "The queen's speech."),
        (r"What a day \ud83d\ude00.", "What a day 😀."),
        (r"What a \tday it was.", "What a day it was."),
        (r"It\xe2\x80\x99s late, and caf\xe9 is a word.", "It’s late, and café is a word."),
        ("The &amp;quot;big&amp;amp;quot; day.", 'The "big" day.'),
    ),
    leaves=(
        "Johnson & Johnson; R&D; AT&T.",
        "If a < b and c > d, then stop.",
        "Write `<p>` to open a paragraph and `&amp;` for an ampersand.",
        "Look under C:\\users\\network.",
        'A path begins with "/" or "\\", and a byte is written as in "\\xff".',
        "# Rain\n\nIt fell on the <b>harbour</b><br>\n\n- See [the map](https://rain.example/map)&nbsp;of it.",
        "1\n00:00:01,000 --> 00:00:03,500\n<i>Who is there?</i>\n\n2\n00:00:04,000 --> 00:00:05,000\n{\\an8}A friend.",
        "They said <<I do not have the time for it! It is late!!>> and left, and <a friend of mine> went, too.",
        "The <br> tag breaks a line, and [b] is the key of b.",
        r"A state \rangle, a \table and a \nabla.",
        "Go to Network --> LAN and look.",
        "Say tree [/f] [/a] or list [depth=2] for the [[Quay]].",
    ),
    severity=Severity.MINOR,
)
def leaked_markup(passage: Passage) -> Iterator[Fix | Finding]:
    r"""A tag, an entity or an escape of the page's source stands in the text.

    `&nbsp;`, `<br/>` and `\u201c` belong to HTML and JSON.  A scraper that read the source and not
    the page, or an engine that took tags for words, leaves them behind.  The suggestion says which
    character was meant.  Of a page's source there is one remark.

    Left alone: code, paths, lone ampersands and less-than signs, and what belongs to the text by
    its own structure: the tags of Markdown, the arrows and slants of subtitles.

    Source: HTML Standard, named character references.
    """
    form = written_in(passage)
    if form is Form.HTML:
        yield from _written_in_html(passage)
        return
    if form is not Form.MARKDOWN:
        yield from _leaked_entities(passage)
    yield from _leaked_tags(passage, form)
    yield from _leaked_escapes(passage, form)


def _written_in_html(passage: Passage) -> Iterator[Finding]:
    """One remark for a page's source, where every other word would be one."""
    tags = list(_found(passage, _TAG, "<"))
    if tags:
        yield Finding(
            match_span(tags[0]),
            f"The text is written in HTML and has {len(tags):,} tags; nothing is said of them: if they are not to be in it,"
            " take the text from the page and not from its source.",
            Severity.NEUTRAL,
        )


def _leaked_entities(passage: Passage) -> Iterator[Fix | Finding]:
    for match in _found(passage, _ENTITY, "&"):
        meant = entity.character(match.group())
        if meant.startswith("&") and meant != "&":
            continue  # no entity HTML knows
        message = _markup("entity", match.group())
        if meant.isprintable() and match_span(match) in passage.entities:
            yield replacing(*match.span(), meant, message).suggested()
        else:
            yield Finding(match_span(match), message, suggestions=(meant,))


def _leaked_tags(passage: Passage, form: Form) -> Iterator[Finding]:
    """Tags that are no part of what the text is written in: in Markdown such as lack their other half."""
    lone = unpaired(passage) if form is Form.MARKDOWN else None
    for match in _found(passage, _TAG, "<>[{"):
        if is_placeholder(match.group()):
            continue
        if form is Form.SUBTITLES and _OF_SUBTITLES.fullmatch(match.group()):
            continue
        if match.group() == "-->" and _is_arrow(passage.text, match_span(match)):
            continue
        name = _ELEMENT.match(match.group())
        if lone is not None and not (name and 0 < lone[name[1].lower()] <= _FEW_LONE):
            continue
        yield Finding(match_span(match), _markup("tag", match.group()), suggestions=("",))


def _is_arrow(text: str, span: Span) -> bool:
    """Whether ``-->`` leads from one thing to the next, *Network --> LAN*, and ends no comment."""
    return _is_beside_blank(text, span) and "<!--" not in text


def _leaked_escapes(passage: Passage, form: Form) -> Iterator[Fix | Finding]:
    for match in _found(passage, _ESCAPE, "\\"):
        if form is Form.MARKDOWN and match.group()[1] not in "ux\\":
            continue  # Markdown's own: \\"
        if match.group()[0:2] == "\\x" and passage.is_protected(*match.span()):
            continue  # part of a path
        if _is_quoted(passage.text, match_span(match)) or _begins_macro(passage, match):
            continue
        meant, message = _unescaped(match.group()), _markup("escape", match.group())
        if meant == " " and _is_beside_blank(passage.text, match_span(match)):
            meant = ""
        if illegible(meant):
            yield Finding(match_span(match), message)
        else:
            yield replacing(*match.span(), meant, message).suggested()


def _is_beside_blank(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return before.isspace() or after.isspace()


def _begins_macro(passage: Passage, match: re.Match[str]) -> bool:
    r"""Whether an escape before a small letter may be the first letter of a name, as those of TeX: *\rangle*, *\table*."""
    is_letter = match.group()[1:] in ("n", "r", "t")
    goes_on = passage.text[match.end() : match.end() + 1].islower()
    return is_letter and goes_on and _has_macros(passage)


@known
def _has_macros(passage: Passage) -> bool:
    """Whether a name with a backslash in the text may be one, and is not an escape and a word that would be none with its letter."""
    return passage.language != "en" or any(
        name[0] not in "nrt" or is_english(name) or not is_english(name[1:])
        for name in map(str.lower, _MACRO.findall(passage.text))
    )


def _unescaped(escape: str) -> str:
    """The character an escape, or a pair of them, stands for; a space for one that only sets lines apart."""
    digits = escape.lstrip("\\")
    if digits[0] == "x" and len(digits) > _BYTE:
        return bytes.fromhex(escape.replace("\\x", "")).decode(errors="replace")
    if digits[0] in "ux":
        units = "".join(chr(int(unit, 16)) for unit in re.findall(r"[ux]([0-9A-Fa-f]+)", escape))
        return units.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return digits if digits in "\"'" else " "


def _is_quoted(text: str, span: Span) -> bool:
    """Whether nothing but the escape stands between two quotation marks, of which it may be the second: it is spoken of."""
    before, last = text[span.start - 1 : span.start], text[span.end - 1]
    return before in _QUOTES and (text[span.end : span.end + 1] in _QUOTES or last == before != "")


def _markup(kind: str, what: str) -> str:
    return (
        f"The {kind} “{what[:60]}” comes from the page's source; a scraper or an engine that took it for a word"
        " left it: put the character it stands for, or nothing."
    )


_GIVEN = re.compile(r"\w=\Z|\\\Z")
"""What stands before a value in a tag of a program, ``step={1}``, and before a mark that is to be read as it is: ``\\<T>``."""


_OF_TEX = re.compile(r"\\[A-Za-z]{2,20}(?:\{[^{}\r\n]{0,40}\}){1,3}\Z")
"""What a further part of a macro stands behind: the ``\\frac{1}`` of ``\\frac{1}{2}``."""
_LONGEST_MACRO = 150
_OF_ADDRESS = re.compile(r"%[2-7][A-F]")
"""A sign as addresses have it."""
_OF_WINDOWS = re.compile(
    r"%(?:(?:LOCAL)?APPDATA|USERPROFILE|USERNAME|USERDOMAIN|HOME(?:DRIVE|PATH)|TE?MP|PATH|SYSTEM(?:ROOT|DRIVE)|WINDIR|COMSPEC"
    r"|PROGRAM(?:DATA|FILES)|(?:COMMON)?PROGRAM(?:FILES|W6432)|ALLUSERSPROFILE|COMPUTERNAME|PUBLIC|ONEDRIVE|CD|DATE|TIME)%",
    re.IGNORECASE,
)
"""What Windows itself fills in (Microsoft: environment variables, recognized and of cmd)."""
_COMMAND = re.compile(r"[%:][a-z_]{3,}")
_HEAD = re.compile(r"(?:^|[\r\n])[^\S\r\n]{0,8}(?:[-*+•][^\S\r\n]{1,3})?\Z")
_SAID_OF_IT = re.compile(r":\s| ?[–—=(\[]| - ")
"""What a command is called by in a list of them, and what stands before and behind it: ``- %reset: Begins anew``."""
_MEMBER = re.compile(r"\$?\{{1,2} ?[a-z]\w*(?:\.\w+)+ ?\}{1,2}")
_MEMBERS = 2
"""A value that a template names as code does, by its owner; and how many different ones make a text a template."""


@rule(
    "leaked-placeholder",
    "fluency.markup.placeholder",
    finds=(
        ("The order #NUMBER# was delivered.", "#NUMBER#"),
        ("He attended __NUM0__ University.", "__NUM0__"),
        ("The {{NAME}} Space Telescope is ready.", "{{NAME}}"),
        ("Prime Minister [UNK] Johnson spoke.", "[UNK]"),
        ("It should be good-looking <unk>.", "<unk>"),
        ('It took %1$d days <g id="3">there</g>.', "%1$d"),
    ),
    leaves=(
        "Growth of 5 % was expected, 10 %s of it abroad.",
        r"The term \(\frac{1}{2} \lambda w^2\) has a factor of \\(\frac{1}{2}\\) in front.",
        "See issue #12 and tag #NEWS today.",
        "{% if rain %}It rains in {{ town }}.{% endif %}",
        "Use `{0}` and `%s` in the format string, or the %s format, or the token <unk>.",
        "Run it with <file> or <dir> as <user>.",
        "A 20% discount for [NAME OF DONOR] was offered, and {sic} it stayed.",
        "Then <Step at={1}>open</Step> the gate; its type is Gate\\<T> now.",
        "Its class has a __del__ of its own, and __eq__ and __len__, too.",
        "It switched from + for spaces to %20, and from / to %2F.",
        "Look in %APPDATA% and in %UserProfile%.",
        "- %verbose [on/off]: Tells more.\n- %reset: Begins anew.\n- %undo: Goes back.",
        "See {big iron}, {dark room} and {old rain}; the same was said of {ITS} before.",
    ),
    severity=Severity.MAJOR,
)
def leaked_placeholder(passage: Passage) -> Iterator[Fix | Finding]:
    """A translation tool's placeholder stands where a name or number should be.

    Engines mask names, numbers and tags (`__NUM0__`, `#PRS_ORG#`, `<g id="3">`, `[UNK]`) and are to
    put them back; where that fails the content is lost and has to come from the source.

    Of a list of a program's messages, in which they stand in every other line, there is one remark.

    Left alone: code, what Windows fills in (`%APPDATA%`), commands that their line explains, a value in a tag (`step={1}`), hash tags, percentages, words in brackets and
    the braces of a glossary.
    """
    leaks = [(span, is_of_program(passage.text[slice(*span)])) for span in _leaks(passage)]
    to_fill_in = [span for span, is_programs in leaks if is_programs]
    are_messages = _are_messages(passage, to_fill_in)
    if are_messages:
        yield Finding(
            to_fill_in[0],
            f"The text is a program's: {len(to_fill_in):,} placeholders are to be filled in by it, and nothing is said of each.",
            Severity.NEUTRAL,
        )
    for span, is_programs in leaks:
        if are_messages and is_programs:
            continue
        yield Finding(
            span,
            f"“{passage.text[slice(*span)][:60]}” is a placeholder of a translation tool that was never filled in again: put what"
            " the source has there.",
            Severity.MAJOR,
        )


def _leaks(passage: Passage) -> Iterator[Span]:
    """The placeholders that are neither code, nor values of it, nor spoken of."""
    text = passage.text
    usage = "<" in text and _is_usage(passage)
    referring = len(set(_REFERENCE.findall(text))) >= _MANY_SLOTS
    own = primary(passage.language) in ("ja", "ko", "zh") or not passage.language
    for span in passage.placeholders:
        what = text[span.start : span.end]
        if (usage and _USAGE.fullmatch(what)) or (referring and what[0] == "{"):
            continue
        if _OF_WINDOWS.fullmatch(what) or _heads_entry(text, span):
            continue
        if _GIVEN.search(text, max(0, span.start - 2), span.start) or _OF_ADDRESS.fullmatch(what):
            continue
        if not own and _WIDE_BESIDE.search(text[max(0, span.start - 1) : span.end + 1]):
            continue  # of what is not translated: that is said of the whole
        if _OF_TEX.search(text, max(0, span.start - _LONGEST_MACRO), span.start):
            continue
        if not in_code(passage, span.start) and not _is_spoken_of(text, span):
            yield span


def _heads_entry(text: str, span: Span) -> bool:
    """Whether the sign at *span* is a name that its line begins with and goes on to explain."""
    return (
        _COMMAND.fullmatch(text, *span) is not None
        and _HEAD.search(text, max(0, span.start - 16), span.start) is not None
        and _SAID_OF_IT.match(text, span.end) is not None
    )


def _are_messages(passage: Passage, to_fill_in: Sequence[Span]) -> bool:
    """Whether so many lines have placeholders *to_fill_in* by a program that the text is a list of its messages, or a template: ``${user.name}``."""
    lines = len({passage.line_at(span.start) for span in to_fill_in})
    members = {what for span in to_fill_in if _MEMBER.fullmatch(what := passage.text[slice(*span)])}
    return len(members) >= _MEMBERS or lines >= max(
        _MESSAGES, _SHARE_OF_MESSAGES * len(passage.paragraphs)
    )


@rule(
    "leaked-wiki-mark",
    "accuracy.addition.boilerplate",
    suggests=(
        (
            "The town grew.[citation needed] Then[when?] it fell.\n\nHarbor[edit]\n\nIt is old.",
            "The town grew. Then it fell.\n\nHarbor\n\nIt is old.",
        ),
    ),
    leaves=(
        "Press [Edit] or [show more] to go on.",
        "He wrote “[sic]” and [1] and [who knows].",
        "Use `[edit]` for it, or [edit](https://a.example) it.",
    ),
    languages=("en",),
    needs="[",
)
def leaked_wiki_mark(passage: Passage) -> Iterator[Fix | Finding]:
    """What a wiki shows its authors stands in the text: ``[edit]``, ``[citation needed]``.

    A scraper took the page with its buttons and its notes to editors.

    Left alone: links, code, and brackets that a space sets apart, which an author may have written.

    Source: English Wikipedia, Template:Inline cleanup tags.
    """
    for match in _found(passage, _WIKI_MARK, "["):
        if match["mark"] in entries("wiki_marks.txt"):
            yield deleting(*match.span(), "A wiki shows this to its authors.").suggested()


@rule(
    "ruined-characters",
    "fluency.encoding",
    finds=(
        ("The Tsar\ufffds service began.", "\ufffd"),
        ("He said, â€œThe end is near.", "â€œ"),
        ("SÃ£o Paulo is large.", "Ã£"),
        ("The form said п∙я│п╩ and so on.", "п∙я│п╩"),
        ("The file held 锟斤拷锟斤拷 in it.", "锟斤拷锟斤拷"),
    ),
    leaves=(
        "Â qui la faute? Château, âge, pâté.",
        "Ãgueda é bonita.",
        "A naïve café in Málaga.",
        "10 € – 20 €",
        "Пёс и яма; п°я, they wrote. 她烫了头发。",
        "Blížší město leží níž.",
        "Le dossier «\u00a0privé\u00a0» est fermé\u00a0— et le café\u00a0– aussi.",
    ),
    severity=Severity.MAJOR,
    needs=_FIRST_RUINED,
)
def ruined_characters(passage: Passage) -> Iterator[Fix | Finding]:
    r"""Characters that were decoded wrongly and could not be put right.

    `â€œ`, `Ã©` and `\ufffd` show that bytes were read in another encoding than they were written
    in.  The normalise stage repairs what it can; what is left lost its bytes.

    Left alone: accented letters that words do have.
    """
    for match in _RUINED.finditer(passage.text):
        yield Finding(
            match_span(match),
            f"“{match.group()[:20]}” is what is left of a character read in the wrong encoding; it came with"
            " the page and not from its author: look up what stood there.",
            Severity.MAJOR,
        )


def _found(passage: Passage, pattern: re.Pattern[str] | Led, marks: str) -> Iterator[re.Match[str]]:
    """Matches that are neither code nor spoken of; none is looked for where the text has none of *marks*."""
    if not any(mark in passage.text for mark in marks):
        return
    for match in pattern.finditer(passage.text):
        if not in_code(passage, match.start()) and not _is_spoken_of(
            passage.text, match_span(match)
        ):
            yield match


def _is_spoken_of(text: str, span: Span) -> bool:
    """Whether the text is about the sign: *the %s format*, *the tag <br>*, *--user=<user>*."""
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 24]
    return bool(_SIGN_BEFORE.search(before) or _SIGN_AFTER.match(after))


def _is_usage(passage: Passage) -> bool:
    """Whether words in angle brackets are the text's own way to write what a reader has to fill in."""
    slots = {m.group() for m in _USAGE.finditer(passage.text)}
    return len(slots) >= _MANY_SLOTS


def match_span(match: re.Match[str]) -> Span:
    """Where *match* is."""
    return Span(*match.span())


EARLY = (escaped_character,)
RULES = (leaked_placeholder, leaked_markup, leaked_wiki_mark, ruined_characters)
