"""A translation beside its source: what rules of two texts see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mtclean.rules.bilingual.glossary import NONE, Glossary
from mtclean.text import Passage


@dataclass(frozen=True, eq=False)
class Pair:
    """One unit: the *source*, and the *target* that is to say the same in another language.  Two of the same texts are two, as with passages.

    Each is a :class:`~mtclean.text.Passage`, whose language is an identifier as in :mod:`mtclean.languages`, empty where
    it is not known; what several rules ask of a side is worked out once.  ``name`` says for people where the unit is
    (``row 12``), and ``document`` which units are one file, in order.  A target may be empty: then it is not translated yet.
    ``terms`` is the house's glossary.  It ``is_form`` where the source has a translation for each kind of number: *%d plik*, *%d pliki*.
    """

    source: Passage
    target: Passage
    name: str = ""
    document: str = ""
    terms: Glossary = NONE
    is_form: bool = False

    @classmethod
    def of(
        cls,
        source: str,
        target: str,
        languages: tuple[str, str] = ("", ""),
        terms: Glossary = NONE,
        name: str = "",
        document: str = "",
    ) -> Pair:
        """The pair of two texts in *languages*, the source's first."""
        first, second = languages
        return cls(Passage(source, first), Passage(target, second), name, document, terms)

    @cached_property
    def languages(self) -> tuple[str, str]:
        """Those of source and target."""
        return self.source.language, self.target.language

    @cached_property
    def is_translated(self) -> bool:
        """Whether both sides say something."""
        return bool(self.source.text.strip() and self.target.text.strip())
