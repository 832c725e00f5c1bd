"""``--select`` and ``--ignore``: only some rules, or all but some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mtclean.grammar.judge import PREFIX
from mtclean.pipeline.options import Options
from mtclean.pipeline.settings import ConfigError
from mtclean.rules.registry import Registry
from mtclean.text.renames import name_now
from mtclean.trouble import did_you_mean

_NEAREST = 3


def restricted(options: Options, select: Iterable[str], ignore: Iterable[str]) -> Options:
    """*options* with the rules of *select* only, if there are any, and without those of *ignore*.

    Each is the id of a rule, a category or the beginning of one, ``languagetool`` or ``all``, or several with
    commas between.  LanguageTool is not asked where only rules of ours are wanted.  Raises
    :class:`ConfigError` for a name that is none.
    """
    selected = frozenset(_names(select, options))
    policy = options.policy.ignoring(_names(ignore, options))
    only_ours = bool(selected) and set(map(name_now, selected)) <= options.registry.by_id.keys()
    return replace(
        options,
        policy=replace(policy, selected=selected),
        grammar=options.grammar and not only_ours,
    )


def check_names(names: Iterable[str], registry: Registry) -> None:
    """Raise :class:`ConfigError` for one of *names* that is neither a rule, nor a category, nor the beginning of one."""
    known = registry.names
    for name in names:
        if name not in known and not f"{name}.".startswith(PREFIX):
            near = did_you_mean(name, known, most=_NEAREST) or "; mtclean rules lists them"
            raise ConfigError(f"there is no rule or category {name!r}{near}")


def _names(listed: Iterable[str], options: Options) -> tuple[str, ...]:
    names = tuple(filter(None, (part.strip() for names in listed for part in names.split(","))))
    check_names(names, options.registry)
    return names
