"""What a rule may do: nothing, suggest, or change; set by the house, or by a remark in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property, lru_cache
from typing import Protocol

from mtclean.text.model import Applicability, Finding, Fix, Span
from mtclean.text.renames import first_name

ALL = "all"
"""The name that fits every rule."""


class Level(str, Enum):
    """How far a rule may go."""

    OFF = "off"
    SUGGEST = "suggest"
    SAFE = "safe"


class Asked(Protocol):
    """A rule, as far as settings go by it."""

    @property
    def id(self) -> str:
        """Its own name."""

    @property
    def category(self) -> str:
        """What it is of."""

    @property
    def opt_in(self) -> bool:
        """Whether it is off unless it is named."""


@dataclass(frozen=True)
class Policy:
    """How far each rule may go, by its id, its category, the beginning of either, or ``all``.

    ``levels`` are (name, level); of several that fit a rule its id decides, else the narrowest name.
    What none fits keeps what the rule itself says.  What a name in ``ignored`` fits is off in any case;
    where names are ``selected``, so is what none of them fits, and what one fits is on unless a closer
    level says off.
    """

    levels: tuple[tuple[str, Level], ...] = ()
    ignored: frozenset[str] = frozenset()
    selected: frozenset[str] = frozenset()

    def ignoring(self, names: Iterable[str]) -> Policy:
        """The same with every rule in *names* off."""
        return replace(self, ignored=self.ignored.union(names))

    def level(self, rule: str, category: str) -> Level | None:
        """How far *rule* may go in *category*; None where nothing is set."""
        if self._is_silent:
            return None
        names = names_of(rule, category)
        if not self.ignored.isdisjoint(names):
            return Level.OFF
        chosen = next((name for name in names if name in self.selected), None)
        if self.selected and chosen is None:
            return Level.OFF
        closest = next((name for name in names if name in self._level_of), None)
        level = self._level_of[closest] if closest else None
        if level is Level.OFF and chosen and names.index(chosen) <= names.index(closest or ALL):
            return None
        return level

    @cached_property
    def _is_silent(self) -> bool:
        """Whether nothing is set, as in most houses; asked for every rule and item of every text."""
        return not (self.levels or self.ignored or self.selected)

    @cached_property
    def _level_of(self) -> dict[str, Level]:
        return dict(self.levels)

    def runs(self, rule: str, category: str, opt_in: bool = False) -> bool:
        """Whether *rule* is on; an ``opt_in`` rule is where its id or its whole category is named and not off."""
        if self._is_silent:
            return not opt_in
        if self.level(rule, category) is Level.OFF:
            return False
        named = {name for name, level in self.levels if level is not Level.OFF} | self.selected
        return not opt_in or not named.isdisjoint((rule, category))

    def asks(self, rule: Asked) -> bool:
        """Whether *rule* is on, as :meth:`runs` has it."""
        return self.runs(rule.id, rule.category, rule.opt_in)

    def adjusted(self, item: Fix | Finding, category: str) -> Fix | Finding | None:
        """*item* as the house wants it; None where its rule is off.  *category* is the rule's."""
        level = self.level(item.rule, category)
        if level is None:
            return item
        if level is Level.OFF:
            return None
        if isinstance(item, Finding):
            return item
        wanted = Applicability.SAFE if level is Level.SAFE else Applicability.SUGGESTED
        return replace(item, applicability=wanted)


AS_WRITTEN = Policy()
"""Every rule goes as far as it was written to."""


def covers(name: str, rule: str, category: str) -> bool:
    """Whether *name* is the rule's id, its category, a whole beginning of one of them, or ``all``."""
    return name in names_of(rule, category)


@lru_cache(maxsize=4096)
def names_of(rule: str, category: str) -> tuple[str, ...]:
    """The names that stand for *rule* in *category*, those they had before among them, the closest first.

    Asked for every rule and item.
    """
    ids = {rule, first_name(rule)}
    names = {
        name
        for whole in (*ids, category, first_name(category))
        for name in (whole, *(whole[:at] for at, letter in enumerate(whole) if letter == "."))
    }
    closest = sorted(names, key=lambda name: (name not in ids, -name.count("."), -len(name), name))
    return (*closest, ALL)


_REMARK = re.compile(
    r"<!--[^\S\r\n]{0,9}mtclean:[^\S\r\n]{0,9}ignore(-file)?\b([^>\r\n]{0,400}?)-->[^\S\r\n]*"
)


@dataclass(frozen=True)
class Remarks:
    """The ignores written into a text: ``<!-- mtclean: ignore RULE, RULE -->``.

    A remark holds for its paragraph; alone on its line, for the next paragraph; as ``ignore-file``
    for the whole text.  Without a rule it holds for all.
    """

    spans: tuple[tuple[Span, frozenset[str]], ...] = ()
    """Where one or more hold, each place once and in order, and for which names; for none, it is for all."""
    places: tuple[Span, ...] = ()
    """Where the remarks themselves stand: nothing is said about them."""

    def ignores(self, span: Span, rule: str, category: str) -> bool:
        """Whether a remark tells *rule* to keep quiet about *span*."""
        return any(
            where.start <= span.end
            and span.start <= where.end
            and (not names or not names.isdisjoint(names_of(rule, category)))
            for where, names in self._near(span)
        )

    def _near(self, span: Span) -> Iterator[tuple[Span, frozenset[str]]]:
        """Remarks that may hold at *span*: the first, which may be for the whole text, and its paragraphs'."""
        last = bisect_right(self.spans, span.end, key=lambda remark: remark[0].start)
        yield from self.spans[: min(1, last)]
        for number in range(last - 1, 0, -1):
            if self.spans[number][0].end < span.start:
                return
            yield self.spans[number]


def remarks(text: str, paragraphs: Sequence[Span]) -> Remarks:
    """The ignores written into *text*."""
    if "mtclean:" not in text:
        return Remarks()
    starts = [paragraph.start for paragraph in paragraphs]
    found: dict[Span, frozenset[str]] = {}
    places: list[Span] = []
    alone = -1, ""
    for match in _REMARK.finditer(text):
        names = frozenset(re.findall(r"[\w.-]+", match[2]))
        number = bisect_right(starts, match.start()) - 1
        home = paragraphs[number]
        if alone[0] != number:  # once for all remarks of one line
            alone = number, text[home.start : home.end].strip()
        if match[1]:
            where = Span(0, len(text))
        elif alone[1] == match.group().strip():
            where = paragraphs[number + 1] if number + 1 < len(paragraphs) else home
        else:
            where = home
        known = found.get(where, names)
        found[where] = known | names if known and names else frozenset()
        places.append(Span(*match.span()))
    return Remarks(tuple(sorted(found.items())), tuple(places))
