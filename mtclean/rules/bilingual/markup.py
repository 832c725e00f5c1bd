"""Placeholders, tags and addresses of a translation that are not those of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple
from unicodedata import normalize

from mtclean.languages.language import primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Fix, Passage, Severity, Span, SpanSet, deleting, replacing
from mtclean.text.placeholders import placeholders
from mtclean.text.protect.inline import addresses

_ICU = re.compile(r"\{\s?(\w+),\s?(\w+)")
_PRINTF = re.compile(r"%(?:(\d{1,2})\$)?([^$%({<]*)")
_OTHER_DIGITS = re.compile(r"^I(?!64)")
"""The flag by which a translation asks for its language's own digits (gettext manual, `c-format`): it stands in no source."""
_SHAPE = re.compile(
    r"[%％]\s?[(（][^()（）\r\n]{1,40}[)）]\s?[a-z]?|[$#%]?[{｛]{1,2}[^{}｛｝\r\n]{1,60}[}｝]{1,2}|[%％]\s?\d\s?\$\s?[a-z]|[%％]\s?[sdif]\b"
)
"""What was a placeholder before somebody translated it or wrote it in other marks."""
_HTML = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|dd|del|details|dfn|div|dl|dt|em"
    "|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|mark|meta|nav|ol"
    "|option|p|pre|q|s|samp|section|select|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea"
    "|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(
    rf"<(/?)({_HTML})(?:\s[^<>\r\n]{{0,300}})?\s?(/?)>"
    r"|\{(/)\d{1,3}\}"
    r"|\[[^\[\]\r\n]{1,200}\]\((?=[^\s()])|\*\*(?!\*)(?<!\*\*\*)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:@|://(?:www\.)?|www\.)([\w.-]+)")
_RESERVED = re.compile(
    r"(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|test|invalid)", re.IGNORECASE
)
"""The names that are nobody's (RFC 2606)."""
_A_SLIP = 0.8
"""How alike two names are of which one is the other with a slip in it."""
_PHONE = re.compile(r"(?<![\w+])\+ ?\d{1,3}[ \d().-]{6,20}\d(?!\w)")
_NAMED = re.compile(r"(?<![\w/&.@#+-])[@#\uff20\uff03](?=[^\W\d])[\w.]*\w")
_EAST_ASIAN = re.compile(
    "[\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
)
"""What ends an address in Chinese, Japanese and Korean, where no space does."""
_BRACES = re.compile(r"(?<![{$#%@])\{[A-Za-z_]{0,40}\}(?!\})")
"""What may be prose in one text, and hardly is beside another: ``{}``, ``{fields}``."""
_MANY = 30
"""Differences of a unit up to which each is looked for in the other text: more of them are told at once."""
_LONGEST = 300
"""Code points of an address up to which another is compared with it letter by letter."""
_LIKE = 0.75
"""How much of two addresses has to be the same for one to be the other, damaged."""


class _Piece(NamedTuple):
    """Something a program reads: what it is to be compared by, as it is written, and where."""

    key: str
    written: str
    span: Span


class _Difference(NamedTuple):
    """What of the source is missing, and what the translation has too many."""

    lost: list[_Piece]
    added: list[_Piece]

    @property
    def is_large(self) -> bool:
        return max(len(self.lost), len(self.added)) > _MANY


@pair_rule(
    "placeholder-mismatch",
    "fluency.markup.placeholder",
    finds=[
        Example(("en", "fr"), "Delete %(name)s?", "Supprimer % (name)s ?", "% (name)s"),
        Example(("en", "de"), "Hello {user_name}!", "Hallo {benutzer_name}!", "{benutzer_name}"),
        Example(("en", "ja"), "%d files in {folder_name}", "{folder_name}のファイル", "{folder_name}のファイル"),
        Example(("en", "ru"), "Hi {{ name }}", "Привет, {{ name }} {{ name }}", "{{ name }} {{ name }}"),
        Example(("en", "pl"), "{n, plural, one {# file} other {# files}}", "{n, plural, one {# plik} few {# pliki}}", "{n, plural, one {# plik} few {# pliki}}"),
    ],
    leaves=[
        Example(("en", "de"), "%s from %s", "%s aus %s"),
        Example(("en", "ja"), "Move %(a_file)s to %(b_file)s", "%(b_file)sに%(a_file)sを移動"),
        Example(("en", "pl"), "{n, plural, one {# file} other {# files}}", "{n, plural, one {# plik} few {# pliki} other {# pliku}}"),
        Example(("en", "fr"), "10 % of the users", "10 % des utilisateurs"),
        Example(("es", "en"), "El 20 % sube a 30 %.", "20% rises to 30%."),
        Example(("en", "fa"), "The last %ld minutes", "%Ild دقیقهٔ گذشته"),
        Example(("en", "ar"), "The last %ld minutes", "الدقائق ال%Ild الأخيرة"),
        Example(("en", "he"), "Moved to %s", "הועבר ל%s"),
        Example(("en", "pl"), "{{ n }} file|{{ n }} files", "{{ n }} plik|{{ n }} pliki|{{ n }} plików"),
        Example(("en", "ja"), "Add {{ n }} file.|Add {{ n }} files.", "{{ n }}件のファイルを追加します。"),
    ],
)  # fmt: skip
def placeholder_mismatch(pair: Pair) -> Iterator[Fix | Finding]:
    """A placeholder of the source is lost, renamed, spaced or doubled in the translation.

    The program puts nothing there, or stops with an error in the language of a user whom the developers cannot read.

    Left alone: another order, numbers given to placeholders that had none, the plural forms that a language has
    of its own as long as *other* is there, and a named placeholder that a language has to repeat elsewhere.  A form for one number
    alone may have that number for its placeholder (*Eine Datei* for *%d file*), and any form what the plural has.

    Source: ICU MessageFormat; gettext manual, `c-format` and `python-format`.
    """
    given, made = _placeholders(pair.source), _placeholders(pair.target)
    if not given and not made:
        return
    if pair.is_choice:  # a language has as many forms as it has, some without the number
        given, made = _once(given), _once(made)
    difference = _compared(given, made, pair.target.text, pair.source.text)
    if pair.plural:
        difference = _for_numbers(difference, pair, made)
    if difference.is_large:
        yield _told_at_once(difference, pair, "placeholders")
        return
    broken = _broken(difference, pair.target)
    for piece, place in broken:
        yield _put_right(piece, place, "The source writes the placeholder")
    yield from _doubled(difference.added, pair.target.text, "placeholder")
    mended = {piece for piece, _ in broken}
    yield from _missing([p for p in difference.lost if p not in mended], pair, "placeholder")
    if not difference.lost:
        yield from _not_in_source(difference.added, given, "placeholder")
    yield from _without_other(made)


@pair_rule(
    "tag-mismatch",
    "fluency.markup.tag",
    finds=[
        Example(("en", "de"), "Press <b>Save</b> now.", "Drücken Sie jetzt <b>Speichern.", "<b>Speichern."),
        Example(("en", "es"), "Press <b>Save</b> now.", "Pulse <b>Guardar</span> ahora.", "</span>"),
        Example(("ru", "en"), "Нажмите <em>здесь</em>.", "Click <em>here</em.", "</em"),
        Example(("fr", "en"), "Voir [le guide](https://example.org/g).", "See [the guide] (https://example.org/g).", "] ("),
        Example(("en", "ko"), "Open **Settings**.", "**설정을 엽니다.", "**설정을 엽니다."),
    ],
    leaves=[
        Example(("en", "fr"), "One<br>two", "Un<br />deux"),
        Example(("en", "ja"), "<b>Save</b> or <i>leave</i>", "<i>終了</i>または<b>保存</b>"),
        Example(("de", "en"), '<a href="/de">Hilfe</a>', '<a href="/en" title="Help">Help</a>'),
        Example(("ru", "en"), "Если a < b и b > c", "If a < b and b > c"),
    ],
)  # fmt: skip
def tag_mismatch(pair: Pair) -> Iterator[Fix | Finding]:
    """A tag of the source is lost, unclosed or another one in the translation.

    What was to be bold, or a link, runs on to the end of the page or is none.

    Left alone: another order of the tags, `<br>` for `<br />`, and attributes, which may have to be translated.
    """
    given, made = _tags(pair.source.text), _tags(pair.target.text)
    if not given and not made:
        return
    difference = _compared(given, made)
    if difference.is_large:
        yield _told_at_once(difference, pair, "tags")
        return
    mended = set()
    for piece in difference.lost:
        if (torn := _torn(piece, pair.target.text, difference.added)) is not None:
            (start, end), instead = torn
            mended.add(piece)
            reason = f"The source has “{piece.written}” here."
            yield replacing(start, end, instead, reason).suggested()
    lost = [piece for piece in difference.lost if piece not in mended]
    yield from _missing(lost, pair, "tag")
    if not difference.lost:
        yield from _not_in_source(difference.added, given, "tag")


@pair_rule(
    "link-mismatch",
    "accuracy.url",
    finds=[
        Example(("de", "en"), "Siehe https://example.org/karte-3.", "See https://example.org/karte-8.", "https://example.org/karte-8"),
        Example(("en", "uk"), "Write to office@example.com.", "Пишіть на ofice@example.com.", "ofice@example.com"),
        Example(("ja", "en"), "詳しくは www.example.net/a へ。", "More on the site.", "More on the site."),
        Example(("en", "pl"), "Thanks, @north_wind!", "Dzięki, @nort_wind!", "@nort_wind"),
    ],
    leaves=[
        Example(("de", "en"), "Mehr auf https://example.org/de/hilfe.", "More at https://example.org/en/hilfe."),
        Example(("en", "es"), "A fine day #summer", "Un buen día #verano"),
        Example(("en", "de"), "user@example.com", "benutzer@beispiel.de"),
        Example(("en", "pt"), "Such as https://example.com/feed", "Como https://exemplo.com.br/feed"),
        Example(("ru", "en"), "Пишите: office@example.com", "Write to us: office@example.com"),
    ],
)  # fmt: skip
def link_mismatch(pair: Pair) -> Iterator[Fix | Finding]:
    """A link, an e-mail address, a handle or a telephone number is lost or another one in the translation.

    A reader ends up on another page, or writes to somebody else; nobody sees it in the text.

    Left alone: the language in an address (`/de/` for `/en/`), a hashtag that is translated, another order; the address of an example
    (RFC 2606: `example.com`) with another word for that.
    """
    given, made = _links(pair.source.text), _links(pair.target.text)
    if not given:
        return
    difference = _compared(given, made, pair.target.text, pair.source.text)
    if difference.is_large:
        yield _told_at_once(difference, pair, "links")
        return
    free = list(difference.added)
    for piece in difference.lost:
        near = max(free, key=lambda other: _alike(piece, other), default=None)
        if near is not None and _is_example(piece.written, near.written):
            free.remove(near)
        elif near is not None and _alike(piece, near) >= _LIKE:
            free.remove(near)
            if not _is_of_language(piece.written, near.written, pair.languages):
                yield _put_right(piece, near.span, "The source has")
        elif near is not None and near.written[0] == piece.written[0] == "#":
            free.remove(near)  # a translated hashtag
        else:
            yield from _missing([piece], pair, "link")


def _is_example(source: str, target: str) -> bool:
    """Whether *source* is an address that leads nowhere, and *target* has another word for its *example*, and no slip in it."""
    ours, theirs = _HOST.search(source), _HOST.search(target)
    if ours is None or theirs is None or not _RESERVED.fullmatch(ours[1]):
        return False
    return SequenceMatcher(None, ours[1], theirs[1], autojunk=False).ratio() < _A_SLIP


def _placeholders(passage: Passage) -> list[_Piece]:
    """The placeholders of *passage*, those of tags apart; printf's by their place in the order of arguments."""
    pieces: list[_Piece] = []
    order = 0
    text = passage.text
    spans = list(passage.placeholders)
    if "{" in text:
        spans = sorted([*spans, *_apart_from(spans, _BRACES, text)])
    for span in spans:
        written = text[span.start : span.end]
        if written[0] == "<" or not written.strip("▁⁇@-_"):
            continue
        key = re.sub(r"\s", "", written)
        if icu := _ICU.match(written):
            key = f"{{{icu[1]},{icu[2]}}}"
        elif written[0] == "%" and (printf := _PRINTF.fullmatch(written)):
            form = _OTHER_DIGITS.sub("", printf[2])
            order = int(printf[1]) if printf[1] else order + 1
            key = f"%{order}${form}" if printf[1] else f"%{form}"
        pieces.append(_Piece(key, written, span))
    return pieces


def _for_numbers(difference: _Difference, pair: Pair, made: list[_Piece]) -> _Difference:
    """*difference* without the number that the form for it alone leaves out, and what of *made* the plural has."""
    lost, added = difference
    if pair.number is not None and len(lost) == 1:
        lost = []
    not_in_plural = _compared(_placeholders(replace(pair.source, text=pair.plural)), made).added
    return _Difference(lost, [piece for piece in added if piece in not_in_plural])


def _once(pieces: list[_Piece]) -> list[_Piece]:
    """The first of *pieces* by each key."""
    first: dict[str, _Piece] = {}
    for piece in pieces:
        first.setdefault(piece.key, piece)
    return list(first.values())


def _tags(text: str) -> list[_Piece]:
    """The tags of *text*: of HTML by their names, those of translation memories as they are, the marks of Markdown."""
    found: list[_Piece] = []
    if "<" in text:
        for span in placeholders(text):
            written = text[span.start : span.end]
            if written[0] == "<" and not _TAG.fullmatch(written):
                found.append(_Piece(re.sub(r"\s", "", written), written, span))
    if not any(mark in text for mark in ("<", "{/", "](", "**")):
        return found
    for match in _TAG.finditer(text):
        written = match.group()
        if match[2]:
            key = f"<{match[1]}{match[2].lower()}>"
        elif written[0] == "[":
            key = "[]("
        else:
            key = written
        found.append(_Piece(key, written, Span(*match.span())))
    return sorted(found, key=lambda piece: piece.span)


def _links(text: str) -> list[_Piece]:
    """Addresses, telephone numbers, handles and hashtags of *text*."""
    if not any(sign in text for sign in ("@", "#", "\uff20", "\uff03", "+", "://", "www.", "WWW.")):
        return []
    spans = [*addresses(text)]
    for pattern in (_PHONE, _NAMED):
        spans += _apart_from(spans, pattern, text)
    return [_link(text, *span) for span in sorted(spans)]


def _link(text: str, start: int, end: int) -> _Piece:
    """What stands in ``[start, end)`` of *text*, a telephone number by its digits."""
    if foreign := _EAST_ASIAN.search(text, start + 2, end):
        end = foreign.start()
    written = text[start:end]
    key = re.sub(r"\D", "", written) if written[0] == "+" else normalize("NFKC", written)
    return _Piece(key, written, Span(start, end))


def _compared(
    given: list[_Piece], made: list[_Piece], target: str = "", source: str = ""
) -> _Difference:
    """What is in one text and not in the other; what only the other's grammar took for a piece counts where it stands."""
    given, made = _numbered_alike(given, made)
    had, has = Counter(p.key for p in given), Counter(p.key for p in made)
    lost, added = had - has, has - had
    for left, text in ((lost, target), (added, source)):
        for key in list(left)[:_MANY]:
            if text and key not in (has if left is lost else had):
                left[key] -= text.count(key)
    return _Difference(_last(given, lost), _last(made, added))


def _numbered_alike(given: list[_Piece], made: list[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Both with the numbers of printf's arguments, where only one has them."""
    numbered = [any("$" in p.key and p.key[0] == "%" for p in pieces) for pieces in (given, made)]
    if numbered[0] == numbered[1]:
        return given, made
    return (_with_numbers(given), made) if numbered[1] else (given, _with_numbers(made))


def _with_numbers(pieces: list[_Piece]) -> list[_Piece]:
    count = 0
    numbered = []
    for piece in pieces:
        if _PRINTF.fullmatch(piece.written) and piece.written[0] == "%":
            count += 1
            piece = piece._replace(key=f"%{count}${piece.key[1:]}")
        numbered.append(piece)
    return numbered


def _last(pieces: list[_Piece], left: Counter[str]) -> list[_Piece]:
    """The last of *pieces* by each key, as many as are *left*, in order."""
    left = +left
    chosen = []
    for piece in reversed(pieces):
        if left[piece.key] > 0:
            left[piece.key] -= 1
            chosen.append(piece)
    return chosen[::-1]


def _broken(difference: _Difference, target: Passage) -> list[tuple[_Piece, Span]]:
    """What is lost and stands there in another form, with its place: the only one that it can be."""
    taken = [piece.span for piece in difference.added]
    kept = {piece.span for piece in _placeholders(target)} - set(taken)
    found = []
    for piece in difference.lost:
        loose = list(_loosely(piece.written).finditer(target.text))
        place = Span(*loose[0].span()) if len(loose) == 1 else None
        if place and not any(place.overlaps(span) for span in kept):
            found.append((piece, place))
    rest = [piece for piece in difference.lost if piece not in {p for p, _ in found}]
    if len(rest) != 1:
        return found
    shapes = (Span(*match.span()) for match in _SHAPE.finditer(target.text))
    shaped = taken + [span for span in shapes if not _meets_any(span, taken)]
    free = [span for span in shaped if not _meets_any(span, [*kept, *(at for _, at in found)])]
    if len(free) == 1:
        found.append((rest[0], free[0]))
    return found


def _apart_from(spans: Iterable[Span], pattern: re.Pattern[str], text: str) -> list[Span]:
    """Where *pattern* stands in *text* beside *spans*."""
    taken = SpanSet(spans)
    found = (Span(*match.span()) for match in pattern.finditer(text))
    return [span for span in found if not taken.touches(span)]


def _meets_any(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


_WIDE = {mark: f"[{mark}{chr(ord(mark) + 0xFEE0)}]" for mark in "%(){}$#"}


def _loosely(written: str) -> re.Pattern[str]:
    """*written* with spaces between its parts, in capitals or small letters, with the wide marks of East Asia."""
    parts = re.findall(r"\w+|[^\w\s]", written)
    return re.compile(r"\s{0,2}".join(_WIDE.get(p) or re.escape(p) for p in parts), re.IGNORECASE)


def _torn(piece: _Piece, target: str, added: list[_Piece]) -> tuple[Span, str] | None:
    """Where *piece* stands damaged in *target*, and what is to be there; None where that is not certain."""
    if piece.key == "[](":
        gaps = [*re.finditer(r"\]\s{1,2}\((?=https?:|www\.|/|#|mailto:)", target)]
        return (Span(*gaps[0].span()), "](") if len(gaps) == 1 else None
    if piece.written[0] == "<":
        name = piece.key.strip("</>")
        closing = "/" if piece.key[1] == "/" else ""
        open_ = [
            *re.finditer(
                rf"<\s?{closing}\s?{re.escape(name)}(?=[^<>]{{0,200}}(?:<|\Z))(?!\w)", target
            )
        ]
        if len(open_) == 1 and closing:
            return Span(*open_[0].span()), piece.written
    closes = piece.written[1:2] == "/"
    other = [
        a for a in added if a.written[0] == piece.written[0] and (a.written[1:2] == "/") == closes
    ]
    if len(other) == 1 and (closes or " " not in other[0].written):
        return other[0].span, piece.written
    return None


def _put_right(piece: _Piece, place: Span, reason: str) -> Fix:
    return replacing(*place, piece.written, f"{reason} “{piece.written}”.").suggested()


def _doubled(added: list[_Piece], target: str, what: str) -> Iterator[Fix]:
    for piece in added:
        start = (
            piece.span.start
            - len(target[: piece.span.start])
            + len(target[: piece.span.start].rstrip())
        )
        if target[:start].endswith(piece.written):
            reason = f"The {what} stands here twice, and once in the source."
            yield deleting(start, piece.span.end, reason).suggested()


def _missing(lost: list[_Piece], pair: Pair, what: str) -> Iterator[Finding]:
    """A finding on the whole of a translation for each of *lost*."""
    for piece in lost:
        yield Finding(
            Span(0, len(pair.target.text)),
            f"The {what} “{piece.written}” of the source is not here.",
            Severity.MAJOR,
            source=piece.span,
        )


def _told_at_once(difference: _Difference, pair: Pair, what: str) -> Finding:
    words = f"{len(difference.lost):,} {what} of the source are not here, and {len(difference.added):,} others are."
    return Finding(Span(0, len(pair.target.text)), words, Severity.MAJOR)


def _not_in_source(added: list[_Piece], given: list[_Piece], what: str) -> Iterator[Finding]:
    """A finding for each of *added* that is nowhere in the source."""
    had = {piece.key for piece in given}
    for piece in added:
        if piece.key not in had:
            yield Finding(piece.span, f"The source has no such {what}.", Severity.MAJOR)


def _without_other(made: list[_Piece]) -> Iterator[Finding]:
    for piece in made:
        chooses = piece.key.endswith((",plural}", ",select}", ",selectordinal}"))
        if chooses and not re.search(r"\bother\s*\{", piece.written):
            yield Finding(piece.span, "The form “other” is missing.", Severity.MAJOR)


def _alike(one: _Piece, other: _Piece) -> float:
    if max(len(one.written), len(other.written)) > _LONGEST:
        return 0.0
    return SequenceMatcher(None, one.written, other.written, autojunk=False).ratio()


def _is_of_language(one: str, other: str, languages: tuple[str, str]) -> bool:
    """Whether two addresses differ in nothing but the language they name."""
    source, target = map(primary, languages)
    parts = [re.split(r"[/.?=&#:]", text.lower()) for text in (one, other)]
    return len(parts[0]) == len(parts[1]) and all(
        a == b or (a[:2] in {source, "en"} and b[:2] == target) for a, b in zip(*parts, strict=True)
    )


RULES = (placeholder_mismatch, tag_mismatch, link_mismatch)
