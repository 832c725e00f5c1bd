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
UNSEEN_CHARACTERS = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff\ue000-\uf8ff\U000e0000-\U0010ffff"
)
"""What is spelt out wherever it stands, as the inside of a regular expression's brackets."""
# Unseen too, but at home in running text: emoji and Persian need joiners, French needs its spaces.
QUIET_CHARACTERS = "\u200c\u200d\ufe00-\ufe0f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""What is spelt out only where the difference between two texts is shown, in the same form."""

UNSEEN = re.compile(f"[{UNSEEN_CHARACTERS}]")
_UNSEEN_OR_QUIET = re.compile(f"[{UNSEEN_CHARACTERS}{QUIET_CHARACTERS}]")


def label(character: str) -> str:
    """A picture or code point that stands for *character*: ``␛``, ``U+202E``."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"U+{code:04X}"


def shown(text: str, quiet: bool = False) -> str:
    """*text* on one line with every unseen character spelt out: ``a␛[31m``, ``[U+202E]``.

    With *quiet* no-break spaces, joiners and variation selectors are spelt out as well.  The
    result holds no control character and always encodes to UTF-8.
    """
    return (_UNSEEN_OR_QUIET if quiet else UNSEEN).sub(_spelt_out, text)


def _spelt_out(match: re.Match[str]) -> str:
    name = label(match[0])
    return name if len(name) == 1 else f"[{name}]"
