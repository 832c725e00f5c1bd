"""Ask a plug-in in a process of its own.

Its code may hang, crash, print, set signals or patch what it likes: it is one process away.  What it says is held to the
laws item by item (:mod:`mtclean.plugins.lawful`), as what a rule of our own says is by tests.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from mtclean.documents import DocumentProblem
from mtclean.plugins import guest
from mtclean.plugins.guest import Said
from mtclean.plugins.lawful import Lawless, item_of, rule_of
from mtclean.text import Finding, Fix, LeftOut, Passage, Rule
from mtclean.workers.pool import Job, ProcessPool

LIMIT = 10.0
"""Seconds a plug-in may take on a document, and again for every million code points."""

LOADING = 30.0
"""Seconds it may take to be imported."""


@dataclass(frozen=True, slots=True)
class Plugged:
    """What a plug-in brings; or why it cannot be used, in ``wrong``."""

    name: str
    rules: tuple[Rule, ...] = ()
    checkers: tuple[Rule, ...] = ()
    wrong: str = ""


@dataclass(frozen=True)
class PluginCheck:
    """The check of a plug-in's rule or checker: asks it in the plug-in's process."""

    plugin: str
    rule: str
    version: str
    is_checker: bool = False

    def __call__(self, passage: Passage) -> Iterator[Fix | Finding]:
        """What the rule says of *passage*.  Raises :class:`mtclean.text.LeftOut` for the whole plug-in."""
        for id, item in _heard(self.plugin, self.is_checker, passage):
            if id == self.rule:
                yield item


@cache
def plugged(name: str) -> Plugged:
    """The installed plug-in *name*; it is asked once what it brings."""
    try:
        version, parts = _answer(name, LOADING, guest.described, name)

        def check(id: str, is_checker: bool) -> PluginCheck:
            return PluginCheck(name, id, version, is_checker)

        made = [(rule_of(name, part, check), "severity" not in part) for part in parts]
    except Lawless as error:
        return Plugged(name, wrong=str(error))
    if len({rule.id for rule, _ in made}) < len(made):
        return Plugged(name, wrong="two of its rules have one id")
    rules = tuple(rule for rule, is_checker in made if not is_checker)
    return Plugged(name, rules, tuple(rule for rule, is_checker in made if is_checker))


Items = list[tuple[str, Fix | Finding]]
"""What rules say, with the own id of each."""

_pools: dict[str, ProcessPool] = {}
_making = threading.Lock()
_known: WeakKeyDictionary[Passage, dict[tuple[str, bool], Items]] = WeakKeyDictionary()


def _heard(name: str, is_checker: bool, passage: Passage) -> Items:
    """What all rules of a plug-in, or all its checkers, say of *passage*; asked for once."""
    answers = _known.setdefault(passage, {})
    if (name, is_checker) not in answers:
        try:
            answers[name, is_checker] = _asked(name, is_checker, passage)
        except Lawless as error:
            raise LeftOut(name, str(error)) from error
    return answers[name, is_checker]


def _asked(name: str, is_checker: bool, passage: Passage) -> Items:
    clock, limit = passage.clock, LIMIT * max(1.0, len(passage.text) / 1e6)
    if clock.left(name, limit) <= 0:
        raise Lawless(f"it takes longer than {limit:g} s")
    _answer(name, LOADING, guest.described, name)  # where its process was lost, it is loaded anew
    what = (passage.text, passage.language, passage.style, passage.fixed)
    started = monotonic()
    said = _answer(name, limit, guest.said, name, is_checker, *what)
    clock.took(name, monotonic() - started)
    if len(said) > (most := 1_000 + len(passage.text) // 20):
        raise Lawless(f"it says more than {most} things")
    items = [(item[0], item_of(item, passage)) for item in said]
    if is_checker and any(isinstance(item, Fix) for _, item in items):
        raise Lawless("a checker of it has a fix, and is to change nothing")
    return items


def _answer(name: str, seconds: float, function: Callable[..., Said], *arguments: object) -> Any:  # noqa: ANN401 - JSON
    """What *function* says in the plug-in's process.  Raises :class:`Lawless`."""
    with _making:
        pool = _pools.get(name) or _pools.setdefault(name, ProcessPool(1, 1.0, patience=1))
    job = Job(0, int(seconds * 1e6), function, *arguments)  # the pool has a second for every MB
    ((_, said),) = pool.each([job])
    if isinstance(said, DocumentProblem):
        is_slow = said.code == "too_slow"
        raise Lawless(f"it takes longer than {seconds:g} s" if is_slow else "its process died")
    if said.wrong:
        raise Lawless(said.wrong)
    return json.loads(said.answer)
