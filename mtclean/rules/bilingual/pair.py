"""A translation beside its source: what rules of two texts see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from mtclean.rules.bilingual.glossary import NONE, Glossary
from mtclean.text import Passage

_KEYWORDS = re.compile(r"(?:[^;\s][^;\r\n]{0,60};){2,}(?:[^;\s][^;\r\n]{0,60})?")
_ALIKE = 0.5
_COMPARED = 200
"""How much of two forms, of so many of their first characters, is the same."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One unit: the *source*, and the *target* that is to say the same in another language.  Two of the same texts are two, as with passages.

    Each is a :class:`~mtclean.text.Passage`, whose language is an identifier as in :mod:`mtclean.languages`, empty where
    it is not known; what several rules ask of a side is worked out once.  ``name`` says for people where the unit is
    (``row 12``), and ``document`` which units are one file, in order.  A target may be empty: then it is not translated yet.
    ``terms`` is the house's glossary.  Where there is a translation for each kind of number, *%d plik* and *%d pliki*,
    ``plural`` is the source for most of them, and ``number`` the only one that this translation is for, if there is only one.
    ``context`` is where the program uses it, if its file says so.
    """

    source: Passage
    target: Passage
    name: str = ""
    document: str = ""
    terms: Glossary = NONE
    plural: str = ""
    number: int | None = None
    context: str = ""

    @classmethod
    def of(
        cls,
        source: str,
        target: str,
        languages: tuple[str, str] = ("", ""),
        terms: Glossary = NONE,
        name: str = "",
        document: str = "",
        *,
        plural: str = "",
        number: int | None = None,
        context: str = "",
    ) -> Pair:
        """The pair of two texts in *languages*, the source's first."""
        first, second = languages
        sides = Passage(source, first), Passage(target, second)
        return cls(*sides, name, document, terms, plural, number, context)

    @cached_property
    def languages(self) -> tuple[str, str]:
        """Those of source and target."""
        return self.source.language, self.target.language

    @cached_property
    def is_copy(self) -> bool:
        """Whether the target is the source once more, but for capitals and blanks."""
        source, target = (side.text.casefold().split() for side in (self.source, self.target))
        return source == target

    @cached_property
    def is_choice(self) -> bool:
        """Whether a side holds what is said of one and of many in one string, as Symfony and Laravel do: *One file|{n} files*."""
        return any(_is_choice(side.text) for side in (self.source, self.target) if "|" in side.text)

    @cached_property
    def is_keywords(self) -> bool:
        """Whether the target is words that a search finds a program by, as in desktop entries: *files;folders;*.  Some stay as they are, others are added."""
        return _KEYWORDS.fullmatch(self.target.text) is not None

    @cached_property
    def is_translated(self) -> bool:
        """Whether both sides say something."""
        return bool(self.source.text.strip() and self.target.text.strip())


def _is_choice(text: str) -> bool:
    """Whether *text* is forms parted by a bar, each like the one before it."""
    forms = [form.strip()[:_COMPARED] for form in text.split("|")]
    return all(
        one and other and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
        for one, other in pairwise(forms)
    )
