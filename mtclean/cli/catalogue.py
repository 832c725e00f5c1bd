"""``mtclean rules`` and ``mtclean explain``: what mtclean knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import Output, did_you_mean, say
from mtclean.trouble import Exit, Trouble

if TYPE_CHECKING:
    from mtclean.text import Decision


def rules(
    precision: Annotated[
        bool,
        typer.Option("--precision", help="How often each was right, by what you decided so far."),
    ] = False,
    output: Output = Path("output"),
) -> None:
    """List the rules: id, category, what goes wrong."""
    from mtclean.rules.registry import BUILT_IN

    if precision:
        _print_precision(output)
        return

    for rule in BUILT_IN.by_id.values():
        asked = " (off unless set)" if rule.opt_in else ""
        print(f"{rule.id:32} {rule.category:34} {rule.summary}{asked}")


def _print_precision(output: Path) -> None:
    """A line for each rule that was decided on in *output*, the one most often wrong first."""
    from mtclean.documents import DocumentProblem
    from mtclean.pipeline.folder import decided_on, documents
    from mtclean.report.visible import shown
    from mtclean.review import tally

    decisions: list[Decision] = []
    for document in documents(output):
        try:
            decisions += decided_on(output, document.item.name).decisions.values()
        except DocumentProblem as problem:
            say(f"{shown(document.shown_name)}: {problem}")
    if not decisions:
        print(f"nothing was decided in {shown(str(output))} yet: mtclean review")
        return
    print(f"{'rule':32} {'right':>6} {'decided':>8} {'accepted':>9} {'edited':>7} {'rejected':>9}")
    for line in tally(decisions):
        counts = f"{line.decided:8} {line.accepted:9} {line.edited:7} {line.rejected:9}"
        print(f"{shown(line.rule):32} {line.precision:6.0%} {counts}")


def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id; mtclean rules lists them.")],
) -> None:
    """Explain a rule, with examples."""
    from mtclean.grammar import explained
    from mtclean.grammar.judge import PREFIX
    from mtclean.rules.registry import BUILT_IN

    known = BUILT_IN.by_id
    if rule.startswith(PREFIX) or (rule.isupper() and rule not in known):
        print(explained(rule.removeprefix(PREFIX)))
        return
    if rule not in known:
        hint = did_you_mean(rule, known) or "; mtclean rules lists them"
        raise Trouble(f"there is no rule {rule!r}{hint}", Exit.USAGE)
    found = known[rule]
    print(f"{found.id} ({found.category})\n\n{found.explanation}\n")
    if found.languages:
        print(f"Only for texts in: {', '.join(found.languages)}\n")
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
