"""What the styles of a Word document say of its text: whether it is code, in which font, and whether it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import ClassVar, NamedTuple

from mtclean.formats.docx.scan import Said, Scanner

_CODE = re.compile(
    r"c[oó]d(?:e|igo|ice)|listing|preformatted|monospace|typewriter|console|terminal|commandline|^macro"
    r"|sourcetext|quelltext|кода?$|代码|程式碼|コード|^html(?:keyboard|sample|variable)$"
)
_SURELY_CODE = re.compile("literal|verbatim")
_BESIDE_CODE = re.compile(r"caption|title|heading|number|language|postal|zip|bar|section")
"""Words in the name of a style that is beside code: the line under a listing is prose."""
_MONOSPACE = re.compile(
    r"courier|consolas|menlo|monaco|inconsolata|typewriter|lucida ?console|lettergothic|letter gothic"
    r"|andale|fixedsys|cascadia|source ?code|fira ?code|\bmono\b|mono(?!type|tone)(?=[A-Z\-]|$)",
    re.IGNORECASE,
)
_DEEPEST = 50  # styles based on one another
_OFF = frozenset(["0", "false", "off", "none"])


class Look(NamedTuple):
    """What is said of a run of text, or of a style: the font is empty and ``hidden`` None where nothing is."""

    style: str = ""
    font: str = ""
    hidden: bool | None = None


BARE = Look()
"""Nothing was said."""


class LookScanner(Scanner):
    """Reads the properties of runs: ``look`` is what was said since it was last made empty."""

    LOOKS: ClassVar[Mapping[str, str]] = {
        "rStyle": "_style_of_run",
        "rFonts": "_fonts",
        "vanish": "_vanish",
    }

    look = BARE

    def _style_of_run(self, _: str, said: Said) -> None:
        self.look = self.look._replace(style=self.said(said, "val"))

    def _fonts(self, _: str, said: Said) -> None:
        is_of_theme = self.said(said, "asciiTheme")
        font = "" if is_of_theme else self.said(said, "ascii") or self.said(said, "hAnsi")
        self.look = self.look._replace(font=font)

    def _vanish(self, _: str, said: Said) -> None:
        self.look = self.look._replace(hidden=self.said(said, "val", "true") not in _OFF)


@cache
def is_monospace(font: str) -> bool:
    """Whether all characters of the font that is so called are of one width."""
    return bool(_MONOSPACE.search(font))


@dataclass(slots=True)
class Style:
    """A style, and the id of the one that it is based on."""

    name: str = ""
    based_on: str = ""
    look: Look = Look()


class Known(NamedTuple):
    """What is known of a text by its styles."""

    is_code: bool
    font: str
    hidden: bool


@dataclass(slots=True)
class Styles:
    """The styles by their ids, and the look of a text that has none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Look = Look()
    paragraph: str = ""
    """The id of the style of paragraphs that name none."""
    _known: dict[tuple[str, str], Known] = field(default_factory=dict)

    def known(self, run: str, paragraph: str) -> Known:
        """What the styles of a run and of its paragraph say together; either may be empty."""
        if (run, paragraph) not in self._known:
            said = [self._said(run), self._said(paragraph), (False, self.default)]
            hidden = (look.hidden for _, look in said if look.hidden is not None)
            self._known[run, paragraph] = Known(
                any(is_code for is_code, _ in said),
                next((look.font for _, look in said if look.font), ""),
                next(hidden, False),
            )
        return self._known[run, paragraph]

    def _said(self, id: str) -> tuple[bool, Look]:
        """Whether the style is one of code, and its look, with all that it is based on."""
        is_code: bool | None = None
        look, seen = Look(), {""}
        while id not in seen and len(seen) <= _DEEPEST:  # one may be based on itself
            seen.add(id)
            style = self.by_id.get(id, Style())
            is_code = is_name_of_code(style.name or id) if is_code is None else is_code
            hidden = style.look.hidden if look.hidden is None else look.hidden
            look = Look("", look.font or style.look.font, hidden)
            id = style.based_on
        return bool(is_code), look


@cache
def is_name_of_code(name: str) -> bool | None:
    """Whether a style that is so called is one of code; None where the name says nothing."""
    bare = _bare(name)
    if _SURELY_CODE.search(bare):
        return True
    return not _BESIDE_CODE.search(bare) if _CODE.search(bare) else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


@lru_cache(maxsize=1)
def styles(source: str) -> Styles:
    """The styles in the part *source*; none where it is empty.  Raises :class:`mtclean.formats.Unreadable`.

    They are kept, since what is written is read again.
    """
    found = Styles()
    if source:
        _StyleScanner(source, found).scan()
    return found


class _StyleScanner(LookScanner):
    STARTS: ClassVar[Mapping[str, str]] = {
        **LookScanner.LOOKS,
        "style": "_style",
        "name": "_name",
        "basedOn": "_based_on",
        "tblStylePr": "_part_of_table",
    }
    ENDS: ClassVar[Mapping[str, str]] = {"style": "_end_style", "docDefaults": "_end_defaults"}

    def __init__(self, source: str, found: Styles) -> None:
        super().__init__(source)
        self._found = found
        self._style_read = Style()

    def _style(self, _: str, said: Said) -> None:
        id = self.said(said, "styleId")
        self.look, self._style_read = Look(), Style()
        self._found.by_id.setdefault(id, self._style_read)
        is_default = self.said(said, "default", "0") not in _OFF
        if is_default and self.said(said, "type") == "paragraph":
            self._found.paragraph = id

    def _name(self, _: str, said: Said) -> None:
        self._style_read.name = self.said(said, "val")

    def _based_on(self, _: str, said: Said) -> None:
        self._style_read.based_on = self.said(said, "val")

    def _part_of_table(self, _: str, said: Said) -> None:
        self.skip()

    def _end_style(self) -> None:
        self._style_read.look = self.look

    def _end_defaults(self) -> None:
        self._found.default = self.look
