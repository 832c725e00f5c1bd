"""A rule is one small readable thing: a name, a check, and the examples that hold it to its word.

Writing one takes a function under :func:`rule`; the room's module lists it in its ``RULES``.
The function's docstring is the rule's documentation, and :class:`Sections` says how it is written.  The catalogue,
``mtclean explain`` and the report are made from the same object.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from mtclean.languages.language import Trait, language, primary
from mtclean.text.model import Finding, Fix, Severity
from mtclean.text.passage import Passage
from mtclean.text.style import AS_FOUND, Style


class LeftOut(Exception):
    """A rule that is not mtclean's own fails on a text, or does not keep the laws; the message says how.

    ``name`` is what is to be left out of that text: the rule's id, or the first part of several ids.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


Check = Callable[[Passage], Iterable[Fix | Finding]]

Said = TypeVar("Said", bound="Fix | Finding")

_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


class Sections(NamedTuple):
    """A rule's documentation under its headings.

    The first paragraph, one line, says ``what`` goes wrong.  One that begins with ``Left alone:`` says when the rule
    ``holds_back``, one that begins with ``Source:`` what its ``source`` is, and the others say ``why`` it is bad.  Each
    paragraph is one line here, with an empty line before the next; a section that nobody wrote is empty.
    """

    what: str
    why: str
    holds_back: str
    source: str

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, documentation: str) -> Sections:
        """The sections of *documentation*, in time proportional to its length."""
        what, *others = map(_unwrapped, _EMPTY_LINE.split(documentation))
        held = [part for part in others if part.startswith("Left alone:")]
        sources = [part for part in others if part.startswith("Source:")]
        why = [part for part in others if part and part not in (*held, *sources)]
        return cls(what, "\n\n".join(why), _unlabeled(held), _unlabeled(sources))

    def headed(self) -> Iterator[tuple[str, str]]:
        """Each heading and what stands under it; none where nothing does."""
        headings = ("What", "Why", "When it holds back", "Source")
        return ((heading, text) for heading, text in zip(headings, self, strict=True) if text)


_cleaned = lru_cache(maxsize=1024)(inspect.cleandoc)  # each report says it of the rules that spoke


def _unwrapped(paragraph: str) -> str:
    """*paragraph* on one line; spaces inside a line stay, since they may be what it speaks of."""
    return " ".join(line.strip(" \t\r") for line in paragraph.strip().split("\n"))


def _unlabeled(paragraphs: Iterable[str]) -> str:
    """*paragraphs* without their labels, each beginning as a sentence does."""
    texts = (paragraph.partition(":")[2].strip() for paragraph in paragraphs)
    return "\n\n".join(text[:1].upper() + text[1:] for text in texts)


class Documented:
    """What has an id, and is explained by the docstring of its check, unless it has a documentation of its own."""

    __slots__ = ()
    id: str
    category: str
    check: Callable[..., object]
    documentation: str = ""

    @property
    def explanation(self) -> str:
        """The documentation as it is written: what goes wrong, why it is bad, when the rule holds back."""
        return _cleaned(self.documentation or self.check.__doc__ or "")

    @property
    def sections(self) -> Sections:
        """The documentation under its headings."""
        return Sections.of(self.explanation)


@dataclass(frozen=True, slots=True)
class Rule(Documented):
    """What can be wrong with a text, how to see it, and what to do.

    ``fixes`` are (before, after) pairs the safe fixes must produce, ``suggests`` pairs that need a
    person's yes, ``finds`` (text, excerpt) pairs whose excerpt must be pointed at.  ``leaves`` are
    look-alikes that must stay untouched and unmentioned: at least three.  ``failures`` are
    (before, what should come out) pairs known to go wrong; a test fails when one gets right,
    so that the list stays true.  The examples are for a house with the given ``style`` and in the language ``examples_in``, or
    the first of ``languages``, or English; more of them, in other languages, stand in the folders of :mod:`mtclean.languages`.  A rule that is
    ``opt_in`` runs only where the settings name it or its category.  One that is ``early`` says what the characters are:
    its fixes are made before other rules of the stage see the text.

    ``languages`` are the ISO 639-1 codes of those it knows something about, such as ``("en",)``; where the text is in another
    one, or in none that is known, it says nothing.  Empty: it looks at what all languages share.

    ``traits`` are what a language must have for the rule to make sense in it, such as letters in two sizes.  Empty: it speaks
    even where the language is not known.

    ``needs`` are characters of which one must stand in the text, or the rule has nothing to say and is not asked.  Most
    rules are about what is rare.  Empty: it is asked about every text.

    ``others`` are the other documents of the batch in which its examples stand, for a rule that goes by those.

    ``documentation`` stands for the check's docstring where that cannot say it: one check that many rules share.
    """

    id: str
    category: str
    check: Check
    fixes: tuple[tuple[str, str], ...] = ()
    suggests: tuple[tuple[str, str], ...] = ()
    finds: tuple[tuple[str, str], ...] = ()
    leaves: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.MINOR
    style: Style = AS_FOUND
    opt_in: bool = False
    early: bool = False
    languages: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()
    needs: frozenset[str] = frozenset()
    documentation: str = ""
    examples_in: str = ""
    others: tuple[str, ...] = ()

    def knows(self, code: str) -> bool:
        """Whether the rule may speak of a text in the language *code*, which is empty where it is not known."""
        named = not self.languages or code in self.languages or primary(code) in self.languages
        return named and language(code).has(self.traits)

    def run(self, passage: Passage) -> Sequence[Fix | Finding]:
        """What the rule has to say about *passage*, under its own name.

        Nothing in a language it does not know, and where none of the characters stands that it needs.
        """
        if self.needs and self.needs.isdisjoint(passage.characters):
            return ()
        if not self.knows(passage.language):
            return ()
        return [signed(item, self.id, self.category) for item in self.check(passage)]


def signed(item: Said, rule: str, category: str) -> Said:
    """*item* under the name of the *rule* that says it, a finding without a category of its own in the rule's."""
    if isinstance(item, Fix):
        return replace(item, rule=rule)
    return replace(item, rule=rule, category=item.category or category)


def rule(
    id: str,
    category: str,
    *,
    fixes: Iterable[tuple[str, str]] = (),
    suggests: Iterable[tuple[str, str]] = (),
    finds: Iterable[tuple[str, str]] = (),
    leaves: Iterable[str] = (),
    failures: Iterable[tuple[str, str]] = (),
    severity: Severity = Severity.MINOR,
    style: Style = AS_FOUND,
    opt_in: bool = False,
    early: bool = False,
    languages: Iterable[str] = (),
    traits: Iterable[Trait] = (),
    needs: Iterable[str] = (),
    examples_in: str = "",
    others: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of the decorated check.  It registers nothing."""

    def decorate(check: Check) -> Rule:
        return Rule(
            id,
            category,
            check,
            tuple(fixes),
            tuple(suggests),
            tuple(finds),
            tuple(leaves),
            tuple(failures),
            severity,
            style,
            opt_in,
            early,
            tuple(languages),
            frozenset(traits),
            frozenset(needs),
            examples_in=examples_in,
            others=tuple(others),
        )

    return decorate
