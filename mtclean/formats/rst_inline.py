r"""What stands inside a passage of reStructuredText and is no prose: code, roles, references, and the marks of emphasis and links.

It is told as docutils' ``Inliner`` tells it: a mark opens where white space or an opening mark is before it and none behind it, and
closes where none is before it and white space or a closing mark behind it.  What is not closed is no prose
either, and nor is a backquote anywhere: something else was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from mtclean.formats.lines import Mark, Sign

SIMPLE_NAME = r"(?:(?!_)\w)+(?:[-._+:](?:(?!_)\w)+)*"
_ESCAPE = re.compile(r"\\([^\\]|\\|\Z)", re.DOTALL)
_ESCAPED = "\0"
_OPENING = re.compile(
    r"(?P<strong>\*\*)|(?P<emphasis>\*)|(?P<literal>``)|(?P<target>_`)|(?P<substitution>\|)(?!\|)"
    r"|(?P<role>:(?<![\w:]:)(?:(?!_)\w){1,60}(?:[-._+:](?:(?!_)\w){1,60}){0,8}:)?(?P<interpreted>`)(?!`)"
    r"|(?P<note>\[(?=[\d#*\w]))"
    r"|(?P<reference>(?<=[^\W_])__?(?!\w))"
)
_CLOSING = {
    "strong": re.compile(r"\*\*"),
    "emphasis": re.compile(r"\*"),
    "literal": re.compile(r"``"),
    "target": re.compile(r"`"),
    "substitution": re.compile(r"\|(?:__?)?"),
    "interpreted": re.compile(rf"`(?P<role>:{SIMPLE_NAME}:)?(?P<reference>__?)?"),
}
_NOTE = re.compile(rf"\[(?:\d+|\#(?:{SIMPLE_NAME})?|\*|{SIMPLE_NAME})\]_")
_NAME_BEFORE = re.compile(rf"{SIMPLE_NAME}\Z")
_LONGEST_NAME = 100
_OTHERS_MARKS = frozenset("*`|")
"""In emphasis they mean nothing, but would where it is torn."""
_EMBEDDED = re.compile(r"(?:[ \n]+|^)<[^<>]+>\Z")
"""Where a link or a role leads to, behind what it shows."""
_SHOWING_PROSE = re.compile(
    r":(?:std:)?(?:ref|doc|term|numref|download|emphasis|strong|guilabel):\Z"
)
"""Roles that show a text for people where they lead elsewhere; others show the names of a program."""
_ALWAYS_PROSE = re.compile(r":(?:emphasis|strong):\Z")
_BEFORE = "'\"([{<-/:"
_BEHIND = "'\")]}>-/:\\.,;!?" + _ESCAPED
_CLOSES = {"'": "'", '"': '"', "(": ")", "[": "]", "{": "}", "<": ">", "“": "”", "‘": "’", "«": "»", "„": "“", "‹": "›", "「": "」", "『": "』", "（": "）"}  # fmt: skip
_NAMES = re.compile(r"`([^`<>]{1,200})`__?(?!\w)|(?<![\w`])(\w{1,60}?)__?(?!\w)")


def is_escaped(text: str, at: int) -> bool:
    """Whether a backslash takes its meaning from the character *at* of *text*."""
    before = len(text[:at]) - len(text[:at].rstrip("\\"))
    return before % 2 == 1


def name_of(text: str) -> str:
    """*text* as references call it."""
    return " ".join(text.lower().split())


def names_referred_to(source: str) -> frozenset[str]:
    """The names by which *source* refers to its own titles, links and notes; and some more."""
    return frozenset(name_of(match[1] or match[2]) for match in _NAMES.finditer(source))


def marks_in(text: str, names: frozenset[str]) -> Iterator[Mark]:
    """What in the passage *text* is no prose, in order and apart.

    A link that is referred to by one of *names* is not to get another text.  Takes time in proportion to *text*.
    """
    return _Scanner(text, names).marks()


class _Scanner:
    def __init__(self, text: str, names: frozenset[str]) -> None:
        self._text = text
        self._names = names
        self._masked = _ESCAPE.sub(_ESCAPED + r"\1", text.replace(_ESCAPED, "\ufffd"))
        self._never: set[str] = set()
        """Kinds of marks that nothing closes any more."""
        self._fresh = 0
        """Where docutils goes on as at the beginning of a text: behind the last mark."""

    def marks(self) -> Iterator[Mark]:
        at = 0
        while opening := _OPENING.search(self._masked, at):
            kind = str(opening.lastgroup)
            found = self._found(kind, opening, at)
            yield from self._escapes(at, found[0].start if found else opening.end())
            yield from found
            at = found[-1].end if found else opening.end()
        yield from self._escapes(at, len(self._text))

    def _found(self, kind: str, opening: re.Match[str], at: int) -> list[Mark]:
        """The marks of what *opening* opens; none where it is text."""
        start, end = opening.span()
        if kind == "reference":
            return self._reference(start, end, at)
        if kind == "note":
            note = _NOTE.match(self._masked, start) if self._may_open(start) else None
            if not note or not self._may_close(note.end()):
                return []
            self._fresh = note.end()
            return [Mark(start, note.end(), Sign.FIXED, self._text[start : note.end() - 1])]
        opens = self._opens(start, end)
        closing = self._closing(kind, end) if opens else None
        if closing:
            self._fresh = closing.end()
            return self._between(kind, opening, closing)
        torn = opens or "`" in opening.group()
        return [Mark(start, end, Sign.FIXED, self._text[start:end])] if torn else []

    def _opens(self, start: int, end: int) -> bool:
        """Whether a mark from *start* to *end* opens something; none does before white space or between two marks of a pair."""
        behind = self._masked[end : end + 1]
        if not self._may_open(start) or not behind or behind.isspace():
            return False
        self._fresh = end  # even where it is text
        return start == 0 or _CLOSES.get(self._masked[start - 1]) != behind

    def _may_open(self, at: int) -> bool:
        before = self._masked[at - 1] if at else " "
        return (
            at == self._fresh
            or before.isspace()
            or before in _BEFORE
            or (before > "\x7f" and category(before) in ("Ps", "Pi", "Pf", "Pd", "Po"))
        )

    def _may_close(self, at: int) -> bool:
        behind = self._masked[at] if at < len(self._masked) else " "
        return (
            behind.isspace()
            or behind in _BEHIND
            or (behind > "\x7f" and category(behind) in ("Pe", "Pi", "Pf", "Pd", "Po"))
        )

    def _closing(self, kind: str, start: int) -> re.Match[str] | None:
        """What closes something that has its first character at *start*."""
        if kind in self._never:
            return None
        at = start + 1
        while closing := _CLOSING[kind].search(self._masked, at):
            before = self._masked[closing.start() - 1]
            if kind == "literal":
                is_text = before.isspace()
            else:
                last = self._masked[closing.start() - 2] == _ESCAPED
                is_text = before == _ESCAPED or (before.isspace() and not last)
            if not is_text and self._may_close(closing.end()):
                return closing
            at = closing.start() + 1
        self._never.add(kind)
        return None

    def _between(self, kind: str, opening: re.Match[str], closing: re.Match[str]) -> list[Mark]:
        start, end = opening.span()
        inside, behind = closing.start(), closing.end()
        if kind in ("strong", "emphasis"):
            if not _OTHERS_MARKS.isdisjoint(self._text[end:inside]):
                return [Mark(start, behind, Sign.FIXED, self._text[start:behind])]
            return [Mark(start, end), *self._escapes(end, inside), Mark(inside, behind)]
        if kind == "interpreted":
            role = opening["role"] or closing["role"] or ""
            shown = self._shown(role, closing["reference"] or "", end, inside)
            if shown > end:
                return [
                    Mark(start, end, Sign.LINK),
                    *self._escapes(end, shown),
                    Mark(shown, behind, Sign.LINK_END),
                ]
            embedded = _EMBEDDED.search(self._text, end, inside)
            inside = embedded.start() if embedded and embedded.start() > end else inside
            looks = self._text[end:inside]
            return [Mark(start, behind, Sign.FIXED, looks if closing["reference"] else f"`{looks}`")]  # fmt: skip
        looks = self._text[end:inside]
        return [Mark(start, behind, Sign.FIXED, looks if kind == "target" else f"`{looks}`")]

    def _shown(self, role: str, reference: str, start: int, end: int) -> int:
        """Where the prose ends that a link or a role shows, whose text begins at *start*; *start* where it shows none."""
        text = self._text[start:end]
        embedded = _EMBEDDED.search(text)
        if role and reference:
            return start
        if role:
            shows = _SHOWING_PROSE if embedded else _ALWAYS_PROSE
            is_prose = shows.match(role) is not None
        else:
            is_prose = reference == "__" or (reference != "" and embedded is not None)
        shown = embedded.start() if embedded else len(text)
        return start + shown if is_prose and name_of(text[:shown]) not in self._names else start

    def _reference(self, start: int, end: int, at: int) -> list[Mark]:
        """A name that refers to something, ``name_``; *start* is that of its last sign."""
        if not self._may_close(end):
            return []
        before = max(at, start - _LONGEST_NAME)
        name = _NAME_BEFORE.search(self._masked, before, start)
        first = name.start() if name else start
        while first < start and not self._may_open(first):
            parts = re.compile(r"[-:]").search(self._masked, first, start)
            first = parts.end() if parts else start
        if first == start:
            return []
        self._fresh = end
        return [Mark(first, end, Sign.FIXED, self._text[first:start])]

    def _escapes(self, start: int, end: int) -> Iterator[Mark]:
        """Characters between *start* and *end* that are written with a backslash, of which white space is not seen."""
        for escape in _ESCAPE.finditer(self._text, start, end):
            is_seen = not escape[1].isspace() and escape[1]
            sign = Sign.WHOLE if is_seen else Sign.SEAM
            yield Mark(*escape.span(), sign, escape[1] if is_seen else "")
