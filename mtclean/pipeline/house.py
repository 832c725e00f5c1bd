r"""The tables ``[[rule]]`` of a configuration file: the rules that a house writes itself.

[[rule]]
id = "e-mail"                        # it is called house.e-mail
pattern = '\b([Ee])-mail'
replacement = '\1mail'               # or message = "…", or both
severity = "minor"
languages = ["en"]
safe = false                         # true counts where the file is one that the user trusts
fixes = [["Send an e-mail.", "Send an email."]]
leaves = ["a mail in e"]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from mtclean.rules.examples import failures
from mtclean.rules.house import HOUSE, HouseCheck, house_rule
from mtclean.rules.registry import Registry
from mtclean.text import Clock, Level, Policy, Rule, Severity, Style


class HouseTable(BaseModel):
    """A table ``[[rule]]``."""

    model_config = ConfigDict(extra="forbid")

    id: str
    pattern: str
    replacement: str | None = None
    message: str = ""
    severity: Severity = Severity.MINOR
    languages: tuple[str, ...] = ()
    safe: bool = False
    fixes: tuple[tuple[str, str], ...] = ()
    finds: tuple[tuple[str, str], ...] = ()
    leaves: tuple[str, ...] = ()


class BadRule(ValueError):
    """A table is no rule; the message says which of them, and what to do."""


def house_rules(
    tables: Iterable[HouseTable], style: Style, *, trusted: bool, taken: Iterable[str]
) -> Iterator[Rule]:
    """The rules that *tables* are, their examples in *style*; safe only where they are *trusted*.

    The ids of *taken* are those of others.  Raises :class:`BadRule`.
    """
    seen = Counter(taken)
    for number, table in enumerate(tables, 1):
        where = f"[[rule]] {number} ({table.id[:60]!a})"
        given = dict(table)
        try:
            rule = house_rule(**{**given, "safe": table.safe and trusted}, style=style)
        except ValueError as error:
            raise BadRule(f"{where}: {error}") from error
        for name in (rule.id, rule.id.removeprefix(f"{HOUSE}.")):
            if seen[name]:
                raise BadRule(f"{where}: there is a rule {name!r} already; give it another id")
        seen[rule.id] += 1
        yield rule


def held_back(policy: Policy, rules: Iterable[Rule]) -> Policy:
    """*policy* where it may let none of the house's *rules* go further than the rule itself says."""
    levels = dict(policy.levels)
    for rule in rules:
        suggests = isinstance(rule.check, HouseCheck) and not rule.check.safe
        if suggests and policy.level(rule.id, rule.category) is Level.SAFE:
            levels[rule.id] = Level.SUGGEST
    return replace(policy, levels=tuple(sorted(levels.items())))


def broken_examples(registry: Registry) -> str:
    """Which rules of the house do not do what their examples say, in a line; empty where all do."""
    clock = Clock()  # for all together: the examples may be as hostile as the pattern
    ours = (rule for rule in registry.added if rule.id.startswith(f"{HOUSE}."))
    broken = [rule.id for rule in ours if next(failures(rule, clock), None)]
    if not broken:
        return ""
    return f"examples of {', '.join(broken)} do not hold: mtclean rules test shows them"
