"""Markup, placeholders and addresses that an engine took for words and set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.artifacts.tokens import in_code
from mtclean.rules.artifacts.written import ADDRESS, WHOLE
from mtclean.text import Edit, Finding, Fix, Passage, Severity, Span, SpanSet, entity, known, rule
from mtclean.text.led import Led
from mtclean.text.placeholders import family, is_placeholder

TORN = "fluency.markup.torn"
"""The category of what gives markup back: the only changes that make more of a file's markup than there was."""

_ELEMENTS = r"(?:a|b|i|u|s|p|em|strong|span|div|br|hr|code|pre|li|ul|ol|h[1-6]|img|sub|sup|font|t[dhr]|table)"
_HAS_SPACE = re.compile(r"\s")
_TORN: tuple[tuple[re.Pattern[str] | Led, tuple[str, ...], str], ...] = (
    # ![alt](picture) and [a link](address); not the note of “[1] (https://…)”, nor a shout before a link
    (Led.by("!", rf"(?<![\w)”’\"'])! ?\[[^\[\]\r\n]{{0,200}}\] ?\((?:{ADDRESS})\)"), ("]",), "picture"),
    (Led.by(r"\[", rf"(?<!!)(?<!! )\[(?!\d+\])[^\[\]\r\n]{{1,200}}\] \((?:{ADDRESS})\)"), ("]",), "link"),
    (Led.by("http", r"\bhttps?://[^\s()<>]{1,300}/(?: [\w.-]{1,60} ?[/#]){1,20} ?\w{1,60}"), ("://",), "address"),
    (Led.by("www", r"\bwww\. [\w-]{1,60}\. ?[a-z]{2,6}\b"), ("www. ",), "address"),
    (re.compile(r"\b[\w.+-]{1,60} ?@ [\w-]{1,60}\.[a-z]{2,6}\b"), ("@ ",), "address"),
    (re.compile(r"\b[A-Z]:(?: \\ ?| ?\\ )\w{1,60}(?: ?\\ ?\w{1,60}){1,20}"), ("\\",), "path"),
    (re.compile(rf"& ?(?:{entity.NAMED}|{entity.NUMBERED}) ?;"), ("&",), "entity"),
    (re.compile(rf"< ?/ ?{_ELEMENTS} ?>|< ?(?:br|hr) ?/ ?>", re.IGNORECASE), ("<",), "tag"),
    (Led.by("[%％]", r"(?<![\d\w%])(?<!\d )% (?:\d ?\$ ?)?[sd](?![\w'’%])|%\d \$ ?[sd](?!\w)|％[sd](?!\w)"), ("%", "％"), "placeholder"),
    (re.compile(r"% ?\( ?\w{1,40} ?\) ?[sd](?!\w)|[%$#] ?\{ ?\w{1,40} ?\}|\{ ?\d{1,2} ?\}"), ("%", "{"), "placeholder"),
    (re.compile(r"@ ?(?:string|plurals|drawable|color|dimen) ?/ ?\w{1,60}"), ("@",), "placeholder"),
    (Led.by("http", r"\bhttps?(?: :/?/?|:(?: //?| ?/ /)) ?[\w-]{1,60}(?:\.[\w-]{1,60}){1,8}"), ("http",), "scheme"),
    (re.compile(r"\{ ?\{ ?[A-Za-z_][\w.]{0,40} \} ?\}|\{ \{ ?[A-Za-z_][\w.]{0,40} ?\} ?\}"), ("{",), "placeholder"),
    (Led.by("[:$@]", r"(?<!\S): [a-z]\w{1,30}(?![\w:])|\$ [1-9](?![\w$]|[.,]\d)|@ ?: ?[a-z]\w{1,30}(?:\.\w{1,30}){0,6}"), (": ", "$ ", "@ ", "@:"), "slot"),
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
_PAIR = re.compile(
    rf"<(?P<before> ?)(?P<name>{_ELEMENTS})\b(?:\s[^<>\r\n]{{1,200}}?)?(?P<behind> ?)>[^<>\r\n]{{1,400}}"
    r"(?P<end>< ?/ ?(?P=name) ?>)",
    re.IGNORECASE,
)
"""An element from its first to its last sign, whose tags may be torn."""
_BREAK = re.compile(r"<[bh]r ?/?>", re.IGNORECASE)
"""A tag without an end, as HTML and XHTML write it."""
_SHOUT = re.compile(r"(?:^|\s)! \Z", re.MULTILINE)
_OPERAND = re.compile(r"(?:\b[^\W\d]|[)\]]) \Z")
"""What may be divided: ``a % d`` is a remainder in a text that has ``%d``, too."""
_NAMES = re.compile(r"\w+")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[A-Z]\w{1,40}(?: (?!\S*#)[^#\r\n]{0,80})?$", re.MULTILINE)
_WIDE = {"％": "%"}


@rule(
    "torn-markup",
    TORN,
    fixes=(
        (
            "Read [my home page] (https://a.example) and [hers](https://b.example).",
            "Read [my home page](https://a.example) and [hers](https://b.example).",
        ),
        ("You have %d new and % d old ones.", "You have %d new and %d old ones."),
        ("See https: //a.example there.", "See https://a.example there."),
        ("## Get it\n\n##Use\n\nOpen it.", "## Get it\n\n## Use\n\nOpen it."),
        ("It is old[^1] and grey[^ 2].", "It is old[^1] and grey[^2]."),
    ),
    suggests=(
        (
            "Read [my home page] (https://a.example) first.",
            "Read [my home page](https://a.example) first.",
        ),
        ("You have % d messages.", "You have %d messages."),
        (r"Open C: \ Users \ ana now.", r"Open C:\Users\ana now."),
        ("Write to ana @ example.org.", "Write to ana@example.org."),
        (
            "Hello :name, you have :count new, and : total old ones.",
            "Hello :name, you have :count new, and :total old ones.",
        ),
        ("$1 moved $2 to $ 3.", "$1 moved $2 to $3."),
        ("Print %d for a % d there.", "Print %d for a %d there."),
        ("The class [^abc] has no [^ x] in it.", "The class [^abc] has no [^x] in it."),
        ("He paid 40& nbsp;euros.", "He paid 40&nbsp;euros."),
        ("##Use\n\nOpen it.", "## Use\n\nOpen it."),
        ("It is ** not open ** now.", "It is **not open** now."),
        ("It is ** not** open.", "It is **not** open."),
        ("It is < b >bold< / b > here, <i>so< / i>.", "It is <b>bold</b> here, <i>so</i>."),
        ("It is old. [^ 1]", "It is old. [^1]"),
    ),
    finds=(("You have {0 } files.", "{0 }"), ("Ask for %{ count } of them.", "%{ count }")),
    leaves=(
        "It rose by 5 % so far, and 10 % d'un coup.",
        "The first note [1] (https://a.example/1) says so; see [the map](https://a.example/m).",
        "It runs on Harbour [2016, 2019] (#2700). See [the list](#all).",
        "He paid $1 or $ 2 of the $10, and said : so it is.",
        "If a < b and c > d, meet @ noon. #Rain #Harbour",
        "#Rain\n\nIt fell on the harbour.",
        "AT & T; bread & butter; and {so on}.",
        "One<br />more, at least {{ limit }} of them.",
        "Write `[a] (https://a.example)` for it.",
        "It is good! [See it](https://a.example) in part C: \\ is the sign there.",
        "Hotels have ** or more; 2 ** 3 ** 4 is a power. **Old.** It is **new**, and ** stands for good.",
    ),
    severity=Severity.MAJOR,
)
def torn_markup(passage: Passage) -> Iterator[Fix | Finding]:
    """Markup, a placeholder or an address has spaces in it: ``[a link] (https://…)``, ``% s``, ``& nbsp;``, ``< / b >``.

    An engine that takes signs for words sets them apart, and then no program knows them again.
    The spaces are taken out where that can be read in one way only: in the scheme of an address, and
    where the text has the like whole elsewhere, another link or ``%s``.  Else that is a suggestion: of
    2,209 bold words and 1,025 tags that were torn on purpose one each came back otherwise.

    ``: name`` and ``$ 1`` are torn only where the text shows that ``:count`` and ``$2`` are its placeholders.

    Left alone: code, per cent signs after numbers, notes in brackets, hash tags, and placeholders that
    are written with spaces, ``{{ name }}``.

    Source: CommonMark 0.31, 6.3: no space stands between a link's text and its address.
    """
    text = passage.text
    elements = list(_torn_elements(passage))
    yield from elements
    tags = {edit.start for fix in elements for edit in fix.edits}
    for pattern, signs, kind in _TORN:
        if not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            edits = _blanks(match)
            if not edits or in_code(passage, match.start()) or _is_whole(match.group()):
                continue
            if kind == "slot" and family(_HAS_SPACE.sub("", match.group())) not in passage.families:
                continue  # prose, as far as the text shows
            if not any(edit.start in tags for edit in edits):
                reason = (
                    f"The {kind} “{match.group()[:60]}” was torn apart; no program knows it so."
                )
                sure = _reads_one_way(passage, kind, match, edits)
                yield _mended(passage, Span(*match.span()), edits, reason, sure)
    yield from _pictures(passage)
    yield from _bold(passage)
    yield from _glued_headings(passage)


def _pictures(passage: Passage) -> Iterator[Fix]:
    """Shouts that stand apart before a link, of which a format shows the text alone: ``! [the harbour](harbour.png)``."""
    for link in passage.links:
        if _SHOUT.search(passage.text, max(0, link.start - 3), link.start):
            edit = Edit(link.start - 1, link.start, "")
            reason = "A picture's sign was torn from it; no program knows it so, and shows a link."
            yield Fix((edit,), reason).suggested()


def _mended(
    passage: Passage, span: Span, edits: tuple[Edit, ...], reason: str, sure: bool
) -> Fix | Finding:
    """What mends *span*; only pointed at where an edit would reach into what is protected."""
    if any(passage.is_protected(edit.start, edit.end) for edit in edits):
        whole = _applied(passage.text, span, edits)
        return Finding(span, reason, Severity.MAJOR, suggestions=(whole,))
    fix = Fix(edits, reason)
    return fix if sure else fix.suggested()


def _is_whole(piece: str) -> bool:
    """Whether *piece* is written with its blanks by those who know what it is."""
    return bool(_BREAK.fullmatch(piece)) or is_placeholder(piece)


def _reads_one_way(
    passage: Passage, kind: str, match: re.Match[str], edits: tuple[Edit, ...]
) -> bool:
    """Whether nothing else can be meant by what is torn."""
    if kind == "scheme":
        return True
    mended = _applied(passage.text, Span(*match.span()), edits)
    if kind == "placeholder":
        before = max(0, match.start() - 3), match.start()
        remainder = match.group().startswith("%") and _OPERAND.search(passage.text, *before)
        return not remainder and is_placeholder(mended) and _shape(mended) in _shapes(passage)
    if kind == "note" and not WHOLE["note"].fullmatch(mended):
        return False
    return kind in _written_whole(passage)


@known
def _written_whole(passage: Passage) -> frozenset[str]:
    """The kinds of markup that the text has whole."""
    return frozenset(kind for kind, whole in WHOLE.items() if whole.search(passage.text))


@known
def _shapes(passage: Passage) -> frozenset[str]:
    """The shapes of the text's placeholders."""
    return frozenset(_shape(passage.text[slice(*span)]) for span in passage.placeholders)


def _shape(placeholder: str) -> str:
    """*placeholder* without what it is called: ``{0}`` and ``{1}`` are of one."""
    return _NAMES.sub("x", placeholder)


def _torn_elements(passage: Passage) -> Iterator[Fix]:
    """Both tags of elements of which one is torn."""
    for match in _PAIR.finditer(passage.text) if "<" in passage.text else ():
        spans = [Span(*match.span(part)) for part in ("before", "behind")]
        edits = tuple(Edit(*span, "") for span in spans if span.end > span.start)
        start = match.start("end")
        blanks = (start + blank.start() for blank in _HAS_SPACE.finditer(match["end"]))
        edits += tuple(Edit(at, at + 1, "") for at in blanks)
        touched = any(passage.is_protected(edit.start, edit.end) for edit in edits)
        if edits and not touched and not in_code(passage, match.start()):
            reason = f"The tags of “{match['name']}” were torn apart; no program knows them so."
            yield Fix(edits, reason).suggested()


def _bold(passage: Passage) -> Iterator[Fix | Finding]:
    """Bold words that are none because of a blank, in lines where the marks of bold words are even in number.

    One that stands on one side only can be no sign between blanks.
    """
    text = passage.text
    if "**" not in text:
        return
    for line in passage.paragraphs:
        if text.count("**", *line) % 2 == 0:
            for match in _BOLD.finditer(text, *line):
                if not in_code(passage, match.start()):
                    inner = text[match.start() + 2 : match.end() - 2]
                    words = inner.strip()
                    start = match.start() + 2 + len(inner) - len(inner.lstrip())
                    end = start + len(words)
                    around = (Edit(match.start() + 2, start, ""), Edit(end, match.end() - 2, ""))
                    edits = tuple(edit for edit in around if edit.end > edit.start)
                    reason = f"“{words[:60]}” is bold only without the blanks inside of its “**”."
                    yield _mended(passage, Span(*match.span()), edits, reason, sure=False)


def _blanks(match: re.Match[str]) -> tuple[Edit, ...]:
    """What takes the blanks out of what is found, but for those in what a link shows, and makes wide signs narrow."""
    shown = _SHOWN.search(match.group())
    kept = range(*shown.span()) if shown else range(0)
    return tuple(
        Edit(match.start() + n, match.start() + n + 1, _WIDE.get(character, ""))
        for n, character in enumerate(match.group())
        if n not in kept and (character in _WIDE or character.isspace())
    )


def _applied(text: str, span: Span, edits: tuple[Edit, ...]) -> str:
    """*span* of *text* after *edits*."""
    pieces, at = [], span.start
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join(pieces) + text[at : span.end]


def _glued_headings(passage: Passage) -> Iterator[Fix | Finding]:
    """Headings of Markdown without the space after ``#``; one ``#`` alone may be a hash tag's, and what a link shows is none."""
    if "##" not in passage.text:
        return
    links = SpanSet(passage.links)
    found = [m for m in _HEADING.finditer(passage.text) if not links.touches(Span(*m.span(1)))]
    if any(len(match[1]) > 1 for match in found):
        for match in found:
            if not in_code(passage, match.start(1)):
                reason = f"“{match.group().strip()[:60]}” is a heading only with a space after its “{match[1]}”."
                sure = len(match[1]) > 1 and "heading" in _written_whole(passage)
                space = (Edit(match.end(1), match.end(1), " "),)
                yield _mended(passage, Span(match.start(1), match.end()), space, reason, sure)


RULES = (torn_markup,)
