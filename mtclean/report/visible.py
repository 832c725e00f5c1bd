"""Characters that cannot be seen, or that change how others are seen, spelt out.

A document is hostile until shown otherwise: an escape sequence can repaint a terminal, a
right-to-left override can make a report say the opposite of what the file says, and a zero-width
space can be the whole of a change.  Nothing here depends on the Unicode version of the
interpreter, so that reports come out the same on every Python.
"""

from __future__ import annotations

import re

# C0 and C1 controls, soft hyphen, combining grapheme joiner, Arabic letter mark, Hangul fillers,
# zero-width and directional marks, line and paragraph separator, bidi embeddings, overrides and
# isolates, invisible operators, BOM, interlinear marks, object replacement, lone surrogates,
# noncharacters, tag characters, private use.
UNSEEN_IN_PROSE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff\ue000-\uf8ff\U000e0000-\U0010ffff"
)
"""What is spelt out where the ends of lines and tabs are laid out."""
_BUT_LINE_ENDS = "\t" + UNSEEN_IN_PROSE
UNSEEN_CHARACTERS = "\n" + _BUT_LINE_ENDS
"""What is spelt out wherever it stands, as the inside of a regular expression's brackets."""
# Unseen too, but at home in running text: emoji and Persian need joiners, French needs its spaces.
QUIET_CHARACTERS = "\u200c\u200d\ufe00-\ufe0f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""What is spelt out only where the difference between two texts is shown, in the same form."""

UNSEEN = re.compile(f"[{UNSEEN_CHARACTERS}]")
UNSEEN_IN_LINES = re.compile(f"[{_BUT_LINE_ENDS}]")
"""The same where the ends of lines are ours."""
SEEN = re.compile(f"[^{UNSEEN_CHARACTERS}]*")
SEEN_IN_LINES = re.compile(f"[^{_BUT_LINE_ENDS}]*")
"""A text without any: that it is one is seen in a third of the time in which it is searched."""
_UNSEEN_OR_QUIET = re.compile(f"[{UNSEEN_CHARACTERS}{QUIET_CHARACTERS}]")


# The names of the standards, in ASCII: the pictures Unicode has for controls (␛) are missing from
# many fonts and from most of Windows' console code pages.
_CONTROLS = (
    *("NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL"),
    *("BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI"),
    *("DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB"),
    *("CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"),
)
_NAMES = {
    **dict(enumerate(_CONTROLS)),
    0x7F: "DEL",
    0xA0: "NBSP",
    0xAD: "SHY",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0xFEFF: "BOM",
}


def label(character: str) -> str:
    """A name or code point that stands for *character*: ``ESC``, ``U+202E``."""
    code = ord(character)
    return _NAMES.get(code) or f"U+{code:04X}"


def shown(text: str, quiet: bool = False) -> str:
    """*text* on one line with every unseen character spelt out: ``a[ESC][31m``, ``[U+202E]``.

    With *quiet* no-break spaces, joiners and variation selectors are spelt out as well.  The
    result holds no control character and always encodes to UTF-8.
    """
    return (_UNSEEN_OR_QUIET if quiet else UNSEEN).sub(_spelt_out, text)


def _spelt_out(match: re.Match[str]) -> str:
    return f"[{label(match[0])}]"
