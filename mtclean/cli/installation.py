"""``mtclean setup``: everything that needs the network or is made only once."""

from __future__ import annotations

from mtclean.cli.application import note
from mtclean.trouble import Exit, Trouble


def setup() -> None:
    """Download LanguageTool, have Java learn it and prepare Prefect's database, so that later runs work offline."""
    from mtclean.grammar import install
    from mtclean.grammar.training import train

    if not train(install(), lesson()):
        note("LanguageTool will start a second or two later: what Java learnt of it was not kept.")
    from mtclean.flows import settings
    from mtclean.flows.embedded import check_home

    settings.set_ours()
    check_home()
    if not settings.prepare_database():
        raise Trouble("Prefect's database could not be made", Exit.NO_SERVER)
    note("Ready: LanguageTool is installed and Prefect's database is in place.")


def lesson() -> str:
    """Prose for Java to learn with, right and wrong: the examples of our rules."""
    from mtclean.rules.registry import Registry

    registry = Registry()
    rules = [
        r for r in (*registry.normalizing, *registry.artifacts) if "en" in (r.languages or ("en",))
    ]
    before = (text for rule in rules for text, _ in (*rule.fixes, *rule.suggests, *rule.finds))
    right = (text for rule in rules for text in rule.leaves)
    return "\n\n".join((*before, *right))
