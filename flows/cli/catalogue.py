"""``mtclean rules`` and ``mtclean explain``: what mtclean knows."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.application import Trouble
from flows.outcomes import Exit


def rules() -> None:
    """List the rules: id, category, what goes wrong."""
    from flows.stages import RULES

    for rule in RULES.values():
        print(f"{rule.id:32} {rule.category:34} {rule.summary}")


def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id; mtclean rules lists them.")],
) -> None:
    """Explain a rule, with examples."""
    from difflib import get_close_matches

    from flows.stages import RULES
    from tasks.grammar import explained
    from tasks.grammar.judge import PREFIX

    if rule.startswith(PREFIX) or (rule.isupper() and rule not in RULES):
        print(explained(rule.removeprefix(PREFIX)))
        return
    if rule not in RULES:
        close = get_close_matches(rule, RULES, 1)
        hint = f"; did you mean {close[0]}?" if close else "; mtclean rules lists them"
        raise Trouble(f"there is no rule {rule!r}{hint}", Exit.USAGE)
    found = RULES[rule]
    print(f"{found.id} ({found.category})\n\n{found.explanation}\n")
    for title, pairs in (("Fixes", found.fixes), ("Suggests", found.suggests)):
        if pairs:
            print(f"{title}:")
        for before, after in pairs:
            print(f"  {before}\n→ {after}")
    if found.finds:
        print("Points at:")
        for text, excerpt in found.finds:
            print(f"  {excerpt}  in: {text}")
    print("Leaves alone:")
    for text in found.leaves:
        print(f"  {text}")
