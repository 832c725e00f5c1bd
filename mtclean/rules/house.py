"""Rules that a house writes itself, without Python: a pattern, and what to put there or to say of it.

They come from settings, which may come with somebody's texts, so nothing of them is believed: a pattern has
its time, and what it matches and writes its measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import thread_time

import regex

from mtclean.text import (
    Finding,
    Fix,
    HousePattern,
    LeftOut,
    Passage,
    Rule,
    Severity,
    SlowPattern,
    Span,
    Style,
    illegible,
    replacing,
)
from mtclean.text.style import AS_FOUND

HOUSE = "house"
"""What the id of every rule of a house begins with."""

CATEGORY = "style.house"

EACH, ALL = 3.0, 10.0
"""Seconds of the processor that a rule, and all of a house, may take on a document; again for every million code points."""

LONGEST = 1_000
"""Code points of a replacement or message."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEMPLATE = re.compile(r"(?:[^\\]|\\(?:[1-9]\d?(?!\d)|g<\w+>|\\))*")
_AROUND = 50
"""Code points around a match in which is looked for another, once it is replaced."""


@dataclass(frozen=True)
class HouseCheck:
    r"""What a rule of a house looks for, and what it puts in its place or says of it.

    ``replacement`` may name groups of the pattern, as in ``\1`` or ``\g<name>``; None: nothing is replaced.
    """

    id: str
    pattern: str
    replacement: str | None = None
    message: str = ""
    severity: Severity = Severity.MINOR
    safe: bool = False

    def __call__(self, passage: Passage) -> Iterator[Fix | Finding]:
        """What there is to say of *passage*.  Raises :class:`mtclean.text.LeftOut`."""
        written = 0
        for match in self._matches(passage):
            span = Span(*match.span())
            if self.replacement is None:
                if not passage.is_protected(*span):
                    yield Finding(span, self.message, self.severity)
                continue
            after = match.expand(self.replacement)
            if after == match.group():
                continue
            written += len(after)
            if written > 2 * len(passage.text) + 10_000:
                raise LeftOut(self.id, "it writes more than the text has")
            if self._changes_again(passage.text, span, after):
                raise LeftOut(self.id, f"what it writes it would change again: {after[:40]!a}")
            fix = replacing(*span, after, self._reason(after))
            yield fix if self.safe else fix.suggested()

    @cached_property
    def _finder(self) -> HousePattern:
        return HousePattern(self.pattern)

    def _matches(self, passage: Passage) -> Sequence[regex.Match[str]]:
        """All matches, found within the time that is left for the document."""
        clock, scale = passage.clock, max(1.0, len(passage.text) / 1e6)
        mine, ours = clock.left(self.id, EACH * scale), clock.left(HOUSE, ALL * scale)
        most = 1_000 + len(passage.text) // 20
        started = thread_time()
        try:
            found: list[regex.Match[str]] = []
            for match in self._finder.matches(passage.text, max(0.001, min(mine, ours))):
                found.append(match)
                if len(found) > most:
                    raise LeftOut(self.id, f"it matches more than {most} places")
        except SlowPattern as slow:
            if ours < mine:
                reason = f"they take longer than {ALL * scale:g} s together, and {self.id} was next"
                raise LeftOut(HOUSE, reason) from slow
            raise LeftOut(self.id, f"its pattern takes longer than {EACH * scale:g} s") from slow
        finally:
            for who in (self.id, HOUSE):
                clock.took(who, thread_time() - started)
        return found

    def _changes_again(self, text: str, span: Span, after: str) -> bool:
        """Whether the rule would change *after* or what it now stands beside: it would never come to an end."""
        before = text[max(0, span.start - _AROUND) : span.start]
        around = before + after + text[span.end : span.end + _AROUND]
        place = Span(len(before), len(before) + len(after))
        return any(
            place.meets(Span(*match.span())) and match.expand(self.replacement) != match.group()
            for match in self._finder.matches(around)
        )

    def _reason(self, after: str) -> str:
        if self.message:
            return self.message
        return f"The house writes “{after}”." if after else "The house leaves this out."


def house_rule(
    id: str,
    pattern: str,
    *,
    replacement: str | None = None,
    message: str = "",
    severity: Severity = Severity.MINOR,
    languages: Sequence[str] = (),
    safe: bool = False,
    fixes: Sequence[tuple[str, str]] = (),
    finds: Sequence[tuple[str, str]] = (),
    leaves: Sequence[str] = (),
    style: Style = AS_FOUND,
) -> Rule:
    """A rule of a house, ``house.ID``.  Raises :class:`ValueError` with what is wrong, where it is none.

    ``fixes`` are (before, after) pairs and need a replacement, ``finds`` (text, excerpt) pairs of a rule that has
    none; ``leaves`` are look-alikes.  What it replaces is suggested, unless it is ``safe``.
    """
    own = id.removeprefix(f"{HOUSE}.")
    if not _ID.fullmatch(own) or len(own) > 60:
        raise ValueError("id: small letters and digits, with hyphens between, are an id")
    if replacement is None and not message:
        raise ValueError("it needs a replacement or a message")
    if fixes and replacement is None:
        raise ValueError(
            "fixes: a rule without a replacement fixes nothing; finds are its examples"
        )
    if finds and replacement is not None:
        raise ValueError("finds: a rule with a replacement has fixes for examples")
    for name, text in (("replacement", replacement or ""), ("message", message)):
        if len(text) > LONGEST:
            raise ValueError(f"{name}: {LONGEST} characters are the most")
        if illegible(text) or re.search(r"[\n\r\t]", text):
            raise ValueError(f"{name}: it has a character that cannot be seen")
    if wrong := [code for code in languages if not _LANGUAGE.fullmatch(code)]:
        raise ValueError(f"languages: {wrong[0]!r} is no code such as 'en'")
    try:
        HousePattern(pattern)
    except ValueError as error:
        raise ValueError(f"pattern: {error}") from error
    _check_template(pattern, replacement or "")
    check = HouseCheck(f"{HOUSE}.{own}", pattern, replacement, message, severity, safe)
    return Rule(
        check.id,
        CATEGORY,
        check,
        fixes=tuple(fixes) if safe else (),
        suggests=() if safe else tuple(fixes),
        finds=tuple(finds),
        leaves=tuple(leaves),
        severity=severity,
        style=style,
        languages=tuple(languages),
        documentation=message or f"The house writes `{replacement}` for `{pattern}`.",
    )


def _check_template(pattern: str, template: str) -> None:
    """Raise :class:`ValueError` where *template* names anything but groups of *pattern*."""
    if not _TEMPLATE.fullmatch(template):
        raise ValueError(r"replacement: a backslash stands before a group, as in \1 or \g<name>")
    try:
        re.compile(pattern).sub(template, "")
    except (re.error, IndexError) as error:
        raise ValueError(f"replacement: {error}") from error
