"""Encoding damage: text decoded the wrong way, and characters nobody can see.

ftfy does the repair, and only that: its other habits (straight quotes, plain widths, split
ligatures) rewrite what is evidence to the rules after this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from mtclean.languages.language import Trait
from mtclean.languages.letters import HANGUL, WIDE, WIDE_MARKS
from mtclean.rules.typography.fullwidth import east_asian_lines, lies_in
from mtclean.text import Edit, Fix, Passage, Severity, Span, deleting, replacing, rule

_NOT_WIDE = rf"[^\x00-\x7f{WIDE}{WIDE_MARKS}{HANGUL}]"
# What ftfy's own badness heuristic needs to fire: two characters of a mis-decoded sequence.  A quotation mark or dash between a
# wide letter and another is none.  It begins with one class, so that the search can skip from letter to letter.
_SUSPECT = re.compile(
    r"[\u0080-\u024f\u02c6\u02dc\u0386-\u045f\u2013-\u2122\ufffd]"
    rf"(?:{_NOT_WIDE}|(?<=[\x80-\x9f])|(?:(?<![\u00b7\u2013-\u2122])|(?<={_NOT_WIDE}.))[^\x00-\x7f])"
)
TAIL = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
"""What the later bytes of a UTF-8 character look like when each is read as Windows-1252."""
_MISREAD = re.compile(
    f"[\u00c2-\u00df\u00e2-\u00ef](?=[{re.escape(TAIL)}])"
    f"(?:(?<=[\u00c2-\u00df])[{re.escape(TAIL)}]|(?<=[\u00e2-\u00ef])[{re.escape(TAIL)}]{{2}})"
)
_MARK_MISREAD = re.compile(
    r"[\x84\x91\x93](?<![^\s([].)(?=[^\W_])|[\x92\x94](?<=[\w.,!?…].)(?![^\W_])|\x92(?<=[^\W\d_].)(?=[^\W\d_])"
    r"|[\x96\x97](?<= .)(?= )"
)
"""A quotation mark, apostrophe or dash of Windows that was read as Latin-1, where such a mark stands.

All of Windows’ encodings (1250 to 1258) have the same there; other programs’ have letters.
"""
_PAIR_MISREAD = re.compile(
    r"\x84(?<![^\s([].)(?=[^\W_])([^\x84\x93\r\n]{1,400})\x93(?<=[\w.,!?…].)(?![^\W_])"
)
"""A quotation in the marks of German and Czech, „…“, read so: its closing mark is one that opens in English."""
_MARK = "\ufeff"
"""The byte-order mark, at the start of a text."""

_LONGEST_LINE = 20_000  # code points given to ftfy at a time; its heuristics look at the whole
_READ = re.compile("[^\x1a\ufffd\ud800-\udfff]+")
"""What ftfy is given: its tables take a lost character for U+001A and would write the one for the other."""
_COMPARED = 200  # code points compared letter by letter: a few milliseconds
_REASON = "Characters were decoded with the wrong encoding."
_INVISIBLE = re.compile(
    r"(?:[\u200b\u2060\ufeff]|\u00ad(?!\u00ad{0,20}[^\S\r\n]{0,20}[\r\n])|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z]))+"
)
_BROKEN = re.compile(
    r"\u00ad(?<=[^\W\d_]\u00ad)[^\S\r\n]{0,20}(?:\r\n|[\r\n])[^\S\r\n]{0,40}(?=[^\W\d_])"
)
"""A word broken at a line's end, and the line's end with the indent after it."""
_JOINER_SIGN = "\u2060"
_JOINER = re.compile(r"\u2060(?:(?=[-–—⸺⸻…/\u2009\u200a])|(?<=[-–—⸺⸻…/\u2009\u200a]\u2060))")
"""A word joiner where a line may end, which is all that it is for: books put it before a dash."""
_HINT = re.compile(r"[^\W\d_]\u00ad[^\W\d_]")
"""Where a long word may be broken, as its writer says."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
)
_PARTS_WORDS = re.compile(f"[{_UNSPACED}]\u200b|\u200b[{_UNSPACED}]")
"""Thai, Lao, Burmese, Khmer and Tai write no spaces between words, and this is where a line may end (Unicode, chapter 16)."""
_EXOTIC_SPACE = re.compile(r"[\u2000-\u200a\u205f\u3000]")
_NARROW = "\u2006\u2008\u2009\u200a"
_FINE = re.compile("[–—“”‘’«»]")


@rule(
    "mojibake",
    "fluency.encoding",
    fixes=[
        ("The cafÃ© was full.", "The café was full."),
        ("Itâ€™s a dÃ©jÃ\u00a0 vu.", "It’s a déjà vu."),
        ("ï»¿The cafÃ© was full.", "The café was full."),
        ("It\ufffds fine, and donâ€™t.", "It\ufffds fine, and don’t."),
        ("The MillHouseâ„¢ of LÃ¥nke.", "The MillHouse™ of Lånke."),
        ("It\x92s a \x93plan\u201d \x96 or so.", "It’s a “plan” – or so."),
        ("Řekl \x84ano\x93 a šel \x96 domů.", "Řekl „ano“ a šel – domů."),
    ],
    leaves=[
        "The café was full.",
        "Ãgua, € ¥ 5 and SÃO PAULO.",
        "“Quoted” – and — dashed…",
        "ÂGE, AÑO NUEVO, Ãndré «TEST»",
        "naïve Ελλάδα",
    ],
    early=True,
)
def mojibake(passage: Passage) -> Iterator[Fix]:
    """UTF-8 was read as another encoding: ``Ã©`` for ``é``.

    The bytes went through a program that guessed wrong; the letters can be had back exactly, and no
    reader can do it by eye.

    Left alone: quotation marks, widths and ligatures, and anything that would have to be guessed
    at.
    """
    for line in _suspect_lines(passage):
        before = passage.text[line.start : line.end]
        after = _decoded_anew(before)
        if line.start == 0 and not before.startswith(_MARK):
            after = after.removeprefix(_MARK)  # which the next reader would take off
        if after == before:
            continue
        for edits in _edits(before, after, line.start):
            yield Fix(edits, _REASON)
    for match in () if passage.text.isascii() else _MISREAD.finditer(passage.text):
        if meant := _meant(passage.text, match):
            yield replacing(*match.span(), meant, _REASON)


def _decoded_anew(line: str) -> str:
    """*line* as ftfy makes it whose characters were read in another encoding than they were written in."""
    import ftfy  # which few texts need
    from ftfy.badness import is_bad

    if not is_bad(line):  # what ftfy asks first itself, once it has read how it is set
        return line
    decoded = ftfy.fix_encoding(
        line,
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    # It decodes a line as a whole, which it cannot where another program has set some of the marks.
    decoded = _PAIR_MISREAD.sub(r"„\1“", decoded)
    return _MARK_MISREAD.sub(lambda mark: mark.group().encode("latin-1").decode("cp1252"), decoded)


def _meant(text: str, match: re.Match[str]) -> str:
    """The one character that *match* was before it was misread; empty where an author may have written what stands there.

    A lone one is too little for ftfy, but none has a sign such as ¥ or ¢ right behind an accented letter of a word.
    """
    signs = [c for c in match.group()[1:] if unicodedata.category(c)[0] in "SN"]
    beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    if not signs or not any(map(str.isalpha, beside)):
        return ""
    try:
        meant = b"".join(_byte(c) for c in match.group()).decode()
    except UnicodeDecodeError:
        return ""
    return meant if meant.isprintable() and meant != "\u00a0" else ""


def _byte(character: str) -> bytes:
    """The byte that *character* is read from in Windows-1252, or in Latin-1 where that has none."""
    return character.encode("cp1252" if ord(character) > 0x9F else "latin-1")


def _suspect_lines(passage: Passage) -> Iterator[Span]:
    """The parts of lines ftfy may know better; none has a character in it that was lost."""
    if passage.text.isascii() or not _SUSPECT.search(passage.text):
        return
    for start, end in passage.paragraphs:
        for at in range(start, end, _LONGEST_LINE):
            for run in _READ.finditer(passage.text, at, min(end, at + _LONGEST_LINE)):
                if _SUSPECT.search(passage.text, *run.span()):
                    yield Span(*run.span())


def _edits(before: str, after: str, at: int, anchor: int = 4) -> Iterator[tuple[Edit, ...]]:
    """Small edits between two versions of a line: only what ftfy decoded anew.  Those of one stretch belong together.

    Decoding leaves ASCII as it is and makes nothing longer, so that runs of *anchor* ASCII characters
    and more find each other again.  Only what lies between is compared letter by letter, which
    costs the square of its length.
    """
    i = j = 0
    for run in re.finditer(rf"[\x00-\x7f]{{{anchor},}}", before):
        found = after.find(run[0], j, j + run.end() - i)
        if found >= 0:
            yield from _compared(before[i : run.start()], after[j:found], at + i, anchor)
            i, j = run.end(), found + len(run[0])
    yield from _compared(before[i:], after[j:], at + i, anchor)


def _compared(before: str, after: str, at: int, anchor: int) -> Iterator[tuple[Edit, ...]]:
    if before == after:
        return
    if len(before) <= _COMPARED:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        yield tuple(
            Edit(at + i, at + j, after[k:m])
            for kind, i, j, k, m in matcher.get_opcodes()
            if kind != "equal"
        )
    elif anchor > 1:
        yield from _edits(before, after, at, anchor=1)
    else:
        yield (Edit(at, at + len(before), after),)


@rule(
    "invisible-character",
    "fluency.encoding",
    fixes=[
        ("The pass\u200bword is\ufeff safe.", "The password is safe."),
        ("An ex\u00adample.", "An example."),
        ("Po\u00ad\nlitics and in\u00ad\r\n  dustry.", "Politics and industry."),
        ("The pass\u200cword of the sys\u200dtem.", "The password of the system."),
    ],
    leaves=[
        "A family: 👨\u200d👩\u200d👧.",
        "می\u200cخواهم",
        "The word \u200fשלום\u200f means peace.",
        "It was so\u00ad\n\nThe end.",
        "A heart ❤\u200d🔥 and क्\u200dष.",
        "See\u200bwww.example.org and write to\u200bme@example.org.",
        "ចម្លងទៅ\u200bក្តារ\u200b PNG",
        "He stopped\u2060—no, he ran—\u2060and he fell\u2060… and M\u2060⸺\u2060n saw it.",
    ],
    severity=Severity.NEUTRAL,
    early=True,
    needs="\u200b\u2060\ufeff\u00ad\u200c\u200d",
)
def invisible_character(passage: Passage) -> Iterator[Fix]:
    """A character without width stands in the text: zero-width space, soft hyphen, stray BOM.

    Nobody sees it, so it weighs nothing, but searches miss the word, and grammar checks take it for
    two.  A soft hyphen at a line's end broke a word in two: the word is put together.

    Left alone: joiners that spell something (in emoji, Persian, Hindi) or keep a dash on its line, zero-width spaces that part the
    words of Khmer, Thai, Lao and Burmese, direction marks, soft hyphens
    inside of words in languages whose pages break long words by them, the mark
    at the very start of a text, and what keeps a word from an address, which would be another with
    it.

    Source: Unicode, chapter 23.2 (layout controls) and 23.8 (byte order mark).
    """
    for match in _BROKEN.finditer(passage.text):
        if not _parts_an_address(passage, *match.span()):
            yield deleting(*match.span(), "A soft hyphen at the line's end breaks a word in two.")
    hints = passage.has(Trait.KNOWN) and passage.language != "en"
    for match in _INVISIBLE.finditer(passage.text):
        if hints and _HINT.search(passage.text, match.start() - 1, match.end() + 1):
            continue
        if _PARTS_WORDS.search(passage.text, match.start() - 1, match.end() + 1):
            continue
        if len(match.group()) == 1 and _JOINER.match(passage.text, match.start()):
            continue
        if match.start() > 0 and not _parts_an_address(passage, *match.span()):
            yield deleting(*match.span(), "A character nobody can see stands in the text.")


def _parts_an_address(passage: Passage, start: int, end: int) -> bool:
    """Whether a word would grow together with what is protected, such as an address, without ``[start, end)``."""
    text = passage.text
    grows = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
    return grows and (passage.is_protected(end, end + 1) or passage.is_protected(start - 1, start))


@rule(
    "exotic-space",
    "fluency.punctuation.spacing",
    fixes=[
        ("An\u2003em space and an\u3000ideographic one.", "An em space and an ideographic one.")
    ],
    leaves=[
        "10\u00a0km",
        "1\u202f000",
        "A plain space.",
        "It cost 10\u2009000 and weighs 5\u2009kg.",
        "He came\u200a—\u200aat last\u2009–\u2009and sat.",
        "“\u2009‘Never’ was all he said.”",
        "It is\u200a… maybe\u2060\u200a\u2060… so.",
        "参考資料:\u3000SQLもしくは",
    ],
    needs="\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3000",
)
def exotic_space(passage: Passage) -> Iterator[Fix]:
    """A space of unusual width stands where a plain one belongs.

    It comes from page layout or from a script with wide characters, and breaks searches.

    Left alone: no-break spaces, which are typography and often meant, and thin and hair spaces
    after a number, at a dash, before an ellipsis, between quotation marks and beside a word joiner.

    Source: Unicode, chapter 6.2 (space characters).
    """
    for match in _EXOTIC_SPACE.finditer(passage.text):
        at = match.start()
        if match.group() == "\u3000" and lies_in(east_asian_lines(passage), at):
            continue
        if _beside_spaced(passage.text, at) and not _is_fine_setting(passage.text, at):
            yield replacing(*match.span(), " ", "A space has an unusual width.")


def _is_fine_setting(text: str, at: int) -> bool:
    """Whether the space is a narrow one where careful printers set one."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    is_held = _JOINER_SIGN in (before, after) or after == "…"
    return text[at] in _NARROW and (
        is_held or before.isdigit() or bool(_FINE.search(before + after))
    )


_SPACED_LETTER = re.compile(f"[\u0000-\u0dff\u1e00-\u1fff{HANGUL}]")


def _beside_spaced(text: str, at: int) -> bool:
    """Whether a letter of a script that parts its words stands on either side: in CJK text the wide space is right."""
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return any(c.isalnum() and _SPACED_LETTER.match(c) for c in around)


RULES = (mojibake, invisible_character, exotic_space)
