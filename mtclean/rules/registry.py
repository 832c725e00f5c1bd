"""The rules of a run as one value: mtclean's own, and those that a house or its engineers add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from mtclean.rules import artifacts, typography
from mtclean.text import Rule
from mtclean.text.policy import ALL


@dataclass(frozen=True)
class Registry:
    """The rules a run goes by.  It travels with the run's options, to worker processes as well.

    ``added`` are rules beside mtclean's own, asked after them in the first stage; each check must be one that
    can be pickled.
    """

    added: tuple[Rule, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[object, ...]]:
        """Without mtclean's own: they are functions, and wherever it goes they are there already."""
        return Registry, (self.added,)

    @cached_property
    def normalizing(self) -> tuple[Rule, ...]:
        """The rules of the first stage, in order."""
        return (*artifacts.EARLY, *typography.RULES, *self.added)

    @property
    def artifacts(self) -> tuple[Rule, ...]:
        """Those of the second."""
        return artifacts.RULES

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Every rule by its id, in order; LanguageTool's, which are named ``languagetool.…``, are not among them."""
        return {rule.id: rule for rule in (*self.normalizing, *self.artifacts)}

    @cached_property
    def names(self) -> frozenset[str]:
        """What one or several rules go by in settings: ids, categories, whole beginnings of categories, ``all``."""
        parts = (rule.category.split(".") for rule in self.by_id.values())
        categories = (".".join(part[:n]) for part in parts for n in range(1, len(part) + 1))
        return frozenset((*self.by_id, *categories, ALL))

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that rules know something about; of others only what all languages share."""
        return frozenset(code for rule in self.by_id.values() for code in rule.languages)


BUILT_IN = Registry()
"""mtclean's own rules, and no others."""
