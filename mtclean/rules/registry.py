"""The rules of a run as one value: mtclean's own, and those that a house or its engineers add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from mtclean.rules import artifacts, bilingual, typography
from mtclean.rules.bilingual.rule import AnyRule, PairRule, RowsRule
from mtclean.text import Rule
from mtclean.text.policy import covers, names_of

_OURS = (*artifacts.EARLY, *typography.RULES, *artifacts.RULES)


@dataclass(frozen=True)
class Registry:
    """The rules a run goes by.  It travels with the run's options, to worker processes as well.

    ``added`` are rules beside mtclean's own, asked after them in the first stage; ``checkers`` are asked once, when the
    text is as the rules leave it.  The check of each must be one that can be pickled.  ``missing`` are those that
    were to be there and could not be had, as (name, why): each document says so.
    """

    added: tuple[Rule, ...] = ()
    checkers: tuple[Rule, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[object, ...]]:
        """Without mtclean's own: they are functions, and wherever it goes they are there already."""
        return Registry, (self.added, self.checkers, self.missing)

    @cached_property
    def normalizing(self) -> tuple[Rule, ...]:
        """The rules of the first stage, in order."""
        return (*artifacts.EARLY, *typography.RULES, *self.added)

    @property
    def artifacts(self) -> tuple[Rule, ...]:
        """Those of the second."""
        return artifacts.RULES

    @property
    def monolingual(self) -> tuple[Rule, ...]:
        """Those that look at one text, in order."""
        return (*self.normalizing, *self.artifacts, *self.checkers)

    @property
    def bilingual(self) -> tuple[PairRule | RowsRule, ...]:
        """Those that look at a translation beside its source."""
        return (*bilingual.RULES, *bilingual.OF_ROWS)

    @cached_property
    def by_id(self) -> dict[str, AnyRule]:
        """Every rule by its id, in order; LanguageTool's, which are named ``languagetool.…``, are not among them."""
        return {rule.id: rule for rule in (*self.monolingual, *self.bilingual)}

    @cached_property
    def names(self) -> frozenset[str]:
        """What one or several rules go by in settings: ids, categories, whole beginnings of these, ``all``."""
        return frozenset(
            name for rule in self.by_id.values() for name in names_of(rule.id, rule.category)
        )

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that mtclean's own rules know something about; of others only what all languages share.

        A rule or two that somebody adds do not make a text one that was checked.
        """
        return frozenset(code for rule in _OURS for code in rule.languages)

    def without(self, name: str) -> Registry:
        """The same without the added rule *name*, or those whose ids begin with it and a dot."""
        return replace(
            self,
            added=tuple(rule for rule in self.added if not covers(name, rule.id, "")),
            checkers=tuple(rule for rule in self.checkers if not covers(name, rule.id, "")),
        )


BUILT_IN = Registry()
"""mtclean's own rules, and no others."""
