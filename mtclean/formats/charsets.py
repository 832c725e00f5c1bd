"""The encodings that files say they are in, by whatever name."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_OF_CHARACTERS = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso[-_]?8859|latin|windows-|cp\d|ibm8|koi8|s(?:hift[-_]?)?jis|ks_?c|euc|gb|big5|mac|tis)"
)
"""Some of Python's encodings are none of characters, and one takes quadratic time."""
_PRIVATE = re.compile(r"x-|(?:windows|dos)-(?=\d)")


def charset(label: str) -> str:
    """Python's name of the encoding that *label* names; empty where it names none of characters that is known."""
    label = label.lower()
    for name in (label, _PRIVATE.sub("", label), _PRIVATE.sub("cp", label)):
        with suppress(LookupError):
            if _OF_CHARACTERS.match(name):
                return codecs.lookup(name).name
    return ""
