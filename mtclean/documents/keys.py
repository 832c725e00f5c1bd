"""Texts that a program asks for by keys, in a file for each language: which of two files are one another's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from mtclean.formats.format import listed
from mtclean.formats.layout import Layout, Segment

_INDEX = re.compile(r"\[\d+\]")
_QUANTITY = re.compile(r"(?<=.[._])(?:zero|one|two|few|many|other)\Z")
_OTHER = "other"
"""The plural categories of CLDR, of which this one is in every language: ``days.few``, ``days_other``."""


class _Original(NamedTuple):
    """What a text is a translation of, and of a form for a quantity what :class:`Segment` says of that."""

    text: str
    plural: str = ""
    quantity: str = ""


_NOTHING = _Original("")

IsLanguage = Callable[[str], bool]


def have_keys(layout: Layout) -> bool:
    """Whether its texts are asked for by keys."""
    return any(segment.key for segment in layout.segments)


def beside_by_key(
    layout: Layout, source: Layout, name: str, is_language: IsLanguage
) -> Layout | None:
    """*layout* with what *source*, which is called *name*, has under the same keys; None where they share no key.

    The form for a quantity that the source does not tell from others has the source's form for others.  Members of lists have
    their places for keys, and those are the same only in lists of as many.  A key that all others are under does not count
    if it *is_language*.  What only one of the two has is said in lines for people.
    """
    mine, theirs = _by_key(layout, is_language), _by_key(source, is_language)
    my_lengths, their_lengths = _lengths(mine), _lengths(theirs)
    found: dict[str, _Original] = {}
    for key, segment in mine.items():
        plural = theirs.get(_for_others(key))
        own = theirs.get(key) or plural
        if own is None or my_lengths[_list_of(key)] != their_lengths[_list_of(key)]:
            continue
        original = _Original(source.view[slice(*own.view)])
        if plural and (quantity := _QUANTITY.search(key)):
            original = _Original(original.text, source.view[slice(*plural.view)], quantity.group())
        found[segment.key] = original
    if not found:
        return None
    return replace(
        layout,
        segments=tuple(
            segment._replace(original=text, plural=plural, quantity=quantity)
            for segment in layout.segments
            for text, plural, quantity in [found.get(segment.key, _NOTHING)]
        ),
        unmatched=tuple(_only_on_one_side(mine, theirs, name)),
    )


def _by_key(layout: Layout, is_language: IsLanguage) -> dict[str, Segment]:
    keyed = {segment.key: segment for segment in layout.segments if segment.key}
    roots = {key.partition(".")[0] for key in keyed}
    root = next(iter(roots)) if len(roots) == 1 else ""
    return (
        {key.removeprefix(f"{root}."): segment for key, segment in keyed.items()}
        if is_language(root)
        else keyed
    )


def _for_others(key: str) -> str:
    """The key of the form for all quantities that have none of their own, or *key* where it is for none."""
    return _QUANTITY.sub(_OTHER, key)


def _list_of(key: str) -> str:
    """The list of which *key* names a member, or something in it; empty where there is none."""
    return _INDEX.sub("[]", key[: key.rfind("]") + 1])


def _lengths(keys: Iterable[str]) -> Counter[str]:
    """How many members each list has."""
    return Counter(map(_list_of, {key[: key.rfind("]") + 1] for key in keys}))


def _only_on_one_side(mine: Iterable[str], theirs: Iterable[str], name: str) -> Iterator[str]:
    here, there = ({_for_others(key): None for key in keys} for keys in (mine, theirs))
    added = [key for key in here if key not in there]
    missing = [key for key in there if key not in here]
    if added:
        verb = "is" if len(added) == 1 else "are"
        yield f"{len(added)} of its keys {verb} not in {name}: {listed(added)}."
    if missing:
        verb = "has" if len(missing) == 1 else "have"
        yield f"{len(missing)} of the keys in {name} {verb} no text in it: {listed(missing)}."
