"""Markup, placeholders and addresses that an engine took for words and set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.artifacts.tokens import in_code
from mtclean.text import Finding, Passage, Severity, Span, entity, rule

_ADDRESS = r"(?:https?://|mailto:|\.{0,2}/|#)[^\s()]{1,400}|[\w-]{1,60}\.(?:md|html?|png|jpe?g|gif|svg|pdf)"
_ELEMENTS = r"(?:a|b|i|u|s|p|em|strong|span|div|br|hr|code|pre|li|ul|ol|h[1-6]|img|sub|sup|font|t[dhr]|table)"
_HAS_SPACE = re.compile(r"\s")
_TORN: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    # ![alt](picture) and [a link](address); not the note of “[1] (https://…)”, nor a shout before a link
    (re.compile(rf"(?<![\w)”’\"'])! ?\[[^\[\]\r\n]{{0,200}}\] ?\((?:{_ADDRESS})\)"), ("]",), "picture"),
    (re.compile(rf"(?<!!)(?<!! )\[(?!\d+\])[^\[\]\r\n]{{1,200}}\] \((?:{_ADDRESS})\)"), ("]",), "link"),
    (re.compile(r"\bhttps?://[^\s()<>]{1,300}/(?: [\w.-]{1,60} ?[/#]){1,20} ?\w{1,60}"), ("://",), "address"),
    (re.compile(r"\bwww\. [\w-]{1,60}\. ?[a-z]{2,6}\b"), ("www. ",), "address"),
    (re.compile(r"\b[\w.+-]{1,60} ?@ [\w-]{1,60}\.[a-z]{2,6}\b"), ("@ ",), "address"),
    (re.compile(r"\b[A-Z]:(?: \\ ?| ?\\ )\w{1,60}(?: ?\\ ?\w{1,60}){1,20}"), ("\\",), "path"),
    (re.compile(rf"& ?(?:{entity.NAMED}|{entity.NUMBERED}) ?;"), ("&",), "entity"),
    (re.compile(rf"< ?/ ?{_ELEMENTS} ?>|< ?(?:br|hr) ?/ ?>", re.IGNORECASE), ("<",), "tag"),
    (re.compile(r"(?<![\d\w%])(?<!\d )% (?:\d ?\$ ?)?[sd](?![\w'’%])|%\d \$ ?[sd](?!\w)|％[sd](?!\w)"), ("%", "％"), "placeholder"),
    (re.compile(r"% ?\( ?\w{1,40} ?\) ?[sd](?!\w)|[%$#] ?\{ ?\w{1,40} ?\}|\{ ?\d{1,2} ?\}"), ("%", "{"), "placeholder"),
    (re.compile(r"@ ?(?:string|plurals|drawable|color|dimen) ?/ ?\w{1,60}"), ("@",), "placeholder"),
    (re.compile(r"\bhttps?(?: :/?/?|:(?: //?| ?/ /)) ?[\w-]{1,60}(?:\.[\w-]{1,60}){1,8}"), ("http",), "address"),
    (re.compile(r"\{ ?\{ ?[A-Za-z_][\w.]{0,40} \} ?\}|\{ \{ ?[A-Za-z_][\w.]{0,40} ?\} ?\}"), ("{",), "placeholder"),
    (re.compile(r"\[(?:\^ | \^ ?)\w{1,20} ?\](?!\()"), ("[^", "[ ^"), "note"),
    (re.compile(r"<(?: ?! --| !--)"), ("<",), "comment"),
    (re.compile(r"^ {0,3}(?:` `` ?|` ` ?`|`` `)(?=\w{0,20}$)", re.MULTILINE), ("`",), "fence"),
)  # fmt: skip
"""Each with the signs of which one stands in all that it finds, and with what that is.  A piece is torn where a blank stands in it, but in what a link shows."""

_BOLD = re.compile(
    r"(?<!\S)\*\*(?: ([^*\s\d][^*\r\n]{0,80}?) ?|([^*\s][^*\r\n]{0,80}?) )(?<!\d )\*\*(?=[\s.,;:!?)]|\Z)"
)
"""Bold words of Markdown with blanks on the inner side; not ``2 ** 3 ** 4``."""

_SHOWN = re.compile(r"\[[^\[\]]*\](?= ?\()")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[A-Z]\w{1,40}(?: (?!\S*#)[^#\r\n]{0,80})?$", re.MULTILINE)
_WIDE = {"％": "%"}


@rule(
    "torn-markup",
    "fluency.markup.torn",
    finds=(
        ("Read [my home page] (https://a.example) first.", "[my home page] (https://a.example)"),
        ("It costs & nbsp; 5 euros.", "& nbsp;"),
        ("You have % d messages and {0 } files.", "% d"),
        ("It is < b >bold< / b > here.", "< / b >"),
        (r"Open C: \ Users \ ana now.", r"C: \ Users \ ana"),
        ("Write to ana @ example.org.", "ana @ example.org"),
        ("##Use\n\nOpen it.", "##Use"),
        ("It is ** not open ** now.", "** not open **"),
        ("Ask { {name} } and see https: //a.example there.", "{ {name} }"),
        ("It is old. [^ 1]", "[^ 1]"),
    ),
    leaves=(
        "It rose by 5 % so far, and 10 % d'un coup.",
        "The first note [1] (https://a.example/1) says so; see [the map](https://a.example/m).",
        "If a < b and c > d, meet @ noon. #Rain #Harbour",
        "#Rain\n\nIt fell on the harbour.",
        "AT & T; bread & butter; and {so on}.",
        "Write `[a] (https://a.example)` for it.",
        "It is good! [See it](https://a.example) in part C: \\ is the sign there.",
        "Hotels have ** or more; 2 ** 3 ** 4 is a power. **Old.** It is **new**, and ** stands for good.",
    ),
    severity=Severity.MAJOR,
)
def torn_markup(passage: Passage) -> Iterator[Finding]:
    """Markup, a placeholder or an address has spaces in it: ``[a link] (https://…)``, ``% s``, ``& nbsp;``, ``< / b >``.

    An engine that takes signs for words sets them apart, and then no program knows them again.
    What is offered is the piece without its spaces.

    Left alone: code, per cent signs after numbers, notes in brackets, hash tags.

    Source: CommonMark 0.31, 6.3: no space stands between a link's text and its address.
    """
    text = passage.text
    for pattern, signs, kind in _TORN:
        if not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            mended = _together(match.group())
            if mended != match.group() and not in_code(passage, match.start()):
                yield Finding(
                    Span(*match.span()),
                    f"The {kind} “{match.group()[:60]}” was torn apart; no program knows it so.",
                    Severity.MAJOR,
                    suggestions=(entity.character(mended) if kind == "entity" else mended,),
                )
    yield from _bold(passage)
    yield from _glued_headings(passage)


def _bold(passage: Passage) -> Iterator[Finding]:
    """Bold words that are none because of a blank, in lines where the marks of bold words are even in number."""
    text = passage.text
    if "**" not in text:
        return
    for line in passage.paragraphs:
        if text.count("**", *line) % 2 == 0:
            for match in _BOLD.finditer(text, *line):
                if not in_code(passage, match.start()):
                    words = (match[1] or match[2]).strip()
                    yield Finding(
                        Span(*match.span()),
                        f"“{words[:60]}” is bold only without the blanks inside of its “**”.",
                        Severity.MAJOR,
                        suggestions=(f"**{words}**",),
                    )


def _together(piece: str) -> str:
    """*piece* without its blanks, but for those in what a link shows."""
    shown = _SHOWN.search(piece)
    parts = (
        (piece[: shown.start()], shown.group(), piece[shown.end() :]) if shown else (piece, "", "")
    )
    before, kept, after = parts
    whole = _HAS_SPACE.sub("", before) + kept + _HAS_SPACE.sub("", after)
    return "".join(_WIDE.get(character, character) for character in whole)


def _glued_headings(passage: Passage) -> Iterator[Finding]:
    """Headings of Markdown without the space after ``#``; one ``#`` alone may be a hash tag's."""
    found = list(_HEADING.finditer(passage.text))
    if any(len(match[1]) > 1 for match in found):
        for match in found:
            if not in_code(passage, match.start(1)):
                span = Span(match.start(1), match.end())
                yield Finding(
                    span,
                    f"“{match.group().strip()[:60]}” is a heading only with a space after its “{match[1]}”.",
                    Severity.MAJOR,
                )


RULES = (torn_markup,)
