"""Characters as a page's source writes them: ``&eacute;``, ``&#39;``."""

from __future__ import annotations

import html
import re

NAMED = (
    r"(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[lr]aquo|hellip|[nm]dash|bull|middot|copy|reg|trade|euro|pound"
    r"|deg|times|e[nm]sp|thinsp|shy|eacute|egrave|agrave|aacute|iacute|oacute|uacute|ntilde|ccedil|[aou]uml"
    r"|szlig|oslash|aring)\b"
)
"""Those that prose needs; HTML knows two thousand, which programs in prose have by other names, too."""
NUMBERED = r"#(?:\d{2,6}|x[0-9A-Fa-f]{2,5})"
AGAIN = r"(?:amp;){0,4}"
"""After an ampersand: an entity that was escaped again, once or oftener, ``&amp;quot;``; it is one piece."""
WRITTEN = re.compile(rf"&(?P<again>{AGAIN})(?:{NAMED}|{NUMBERED});")
"""An entity that prose needs, written in full; ``again`` is empty where it was escaped once."""


def character(entity: str) -> str:
    """What *entity* stands for, with or without its semicolon; itself, where HTML knows none such.

    One that was escaped again stands for what it stood for at first.
    """
    meant = entity if entity.endswith(";") else entity + ";"
    while (plain := html.unescape(meant)) != meant:
        meant = plain
    return meant
