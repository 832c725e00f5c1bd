"""Names for fixes and findings that are made from content, so that a decision outlives offsets."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s

from mtclean.text.model import Edit, Finding, Fix, Span
from mtclean.text.renames import first_name
from mtclean.text.trail import Trail

CONTEXT = 16
"""Code points of the original on each side of a place that are part of its identity."""

_FEW = 64
"""Different places of which each is looked for alone."""

LONG = 1_000
"""Code points of a place from which on it is part of its identity by a digest."""

NAME = re.compile(r"[0-9a-f]{12}(-[0-9]{1,9})?(\+([0-9]{1,9})?)?")
"""What :func:`names` gives."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is said (twelve hex digits), and where: the place's start in the original."""

    content: str
    start: int


def identity_of(trail: Trail, item: Fix | Finding, depth: int) -> Identity:
    """The identity of *item*, which speaks of *trail*'s text after *depth* layers.

    It is a hash of what a person decides about — rule, text taken, text put, and the original a
    few words around — so it stays the same when the source is edited elsewhere.
    """
    edits = sorted(item.edits) if isinstance(item, Fix) else (Edit(*item.span, ""),)
    spans = [trail.original_span(edit.span, depth) for edit in edits]
    said = [
        _content(trail.original, span, edit.replacement)
        for span, edit in zip(spans, edits, strict=True)
    ]
    kind = "fix" if isinstance(item, Fix) else "finding"
    return Identity(_digest([kind, first_name(item.rule), *said]), spans[0].start)


def identity_in_lines(
    original: str, rule: str, places: Sequence[tuple[Span, str]], is_fix: bool
) -> str:
    """Twelve hex digits for what *rule* says of *places* in *original*, each with what a fix puts there.

    Unlike :func:`identity_of` it looks no further than the lines the places are in, so it goes with a line
    that is moved; the same words in two lines have the same.
    """
    said = [_content_in_line(original, span, put) for span, put in places]
    return _digest(["fix" if is_fix else "finding", first_name(rule), *said])


def name_all(trail: Trail) -> None:
    """Give every fix and finding of *trail* the name people decide on it by; those named keep theirs.

    It is to be done once, when all that is offered is known and nothing was decided yet: what a
    name is made of must not depend on what becomes of the others.
    """
    placed = [*trail.applied, *trail.held, *trail.findings]
    if all(one.name for one in placed):
        return
    said = names(trail.original, [identity_of(trail, one.item, one.depth) for one in placed])
    named = [one.named(name) for one, name in zip(placed, said, strict=True)]
    made, held = len(trail.applied), len(trail.applied) + len(trail.held)
    trail.applied, trail.held, trail.findings = named[:made], named[made:held], named[held:]


def names(original: str, identities: Sequence[Identity]) -> list[str]:
    """A name for each of *identities*, unique within the document *original*.

    It is the content's hash; where the same words stand at several places of the original, all
    but the first have their number after it (``…-1``, ``…-2``), whether or not anything was said
    about the others.  Of several that say the same about the very same place, all but the first
    have a ``+`` after their name, and their number from the third on (``…+2``).
    """
    numbers = _numbers(original, {identity.start for identity in identities})
    taken: Counter[str] = Counter()
    given: list[str] = []
    for identity in identities:
        name = _numbered(identity.content, numbers[identity.start])
        before = taken[name]
        given.append(name + "+" * bool(before) + (str(before) if before > 1 else ""))
        taken[name] += 1
    return given


def _numbered(content: str, number: int) -> str:
    return f"{content}-{number}" if number else content


def _numbers(original: str, starts: Iterable[int]) -> dict[int, int]:
    """How many places before each of *starts* stand in the same words.

    Where they are few, each is looked for; else it is one walk over the text, since asking for each start alone took 5 s on a
    text of 1 MB with 5,800 changes.
    """
    text = _padded(original)
    wanted = {_window(text, start): 0 for start in starts}
    if len(wanted) <= _FEW:
        return {at: number for one in wanted for number, at in enumerate(_places(text, one))}
    numbers: dict[int, int] = {}
    for at in range(len(original) + 1) if wanted else ():
        window = text[at : at + 2 * CONTEXT]  # written out: it is asked of each place of the text
        if window in wanted:
            numbers[at] = wanted[window]
            wanted[window] += 1
    return numbers


def _places(text: str, window: str) -> Iterator[int]:
    """Where *window* stands in *text*, in order; the places may overlap."""
    at = text.find(window)
    while at >= 0:
        yield at
        at = text.find(window, at + 1)


def _padded(original: str) -> str:
    return "\0" * CONTEXT + original + "\0" * CONTEXT


def _window(padded: str, start: int) -> str:
    return padded[start : start + 2 * CONTEXT]


def _content(original: str, span: Span, put: str) -> list[str]:
    return [
        original[max(0, span.start - CONTEXT) : span.start],
        _quoted(original, span),
        original[span.end : span.end + CONTEXT],
        put,
    ]


def _content_in_line(original: str, span: Span, put: str) -> list[str]:
    left, taken, right, put = _content(original, span, put)
    return [left.rpartition("\n")[2], taken, right.partition("\n")[0].rstrip("\r"), put]


def _quoted(original: str, span: Span) -> str:
    """What stands at *span*; a digest of it where it is long."""
    start, end = span
    return original[start:end] if end - start <= LONG else _summed(original, span)


@lru_cache(maxsize=16)
def _summed(original: str, span: Span) -> str:
    """The length and digest of what stands at *span*: much may be said of one long place."""
    text = original[slice(*span)]
    return f"{len(text)} {_digest(text)}"


def _digest(key: object) -> str:
    """JSON frames the parts unmistakably, and its ASCII form carries lone surrogates too."""
    return blake2s(json.dumps(key).encode("ascii"), digest_size=6).hexdigest()
