"""``mtclean rules`` and ``mtclean explain``: what mtclean knows, and what a house has added."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtclean.cli.application import (
    READING,
    Output,
    asks,
    counted,
    options_of,
    rule_names,
    say,
    talking,
)
from mtclean.pipeline.settings import ConfigError, Settings
from mtclean.trouble import Exit, Trouble, did_you_mean

if TYPE_CHECKING:
    from mtclean.rules.bilingual.rule import PairRule, RowsRule
    from mtclean.rules.examples import Failure
    from mtclean.rules.registry import Registry
    from mtclean.text import Decision, Rule

NOT_ASKED = (
    *READING, "grammar", "language", "source_language", "quotes", "languagetool", "select", "ignore",
    "glossary",
)  # fmt: skip
"""Settings that say nothing of what rules there are."""

rules = typer.Typer(
    name="rules",
    help="List the rules: id, category, what goes wrong.",
    add_completion=False,
    rich_markup_mode=None,
)


@rules.callback(invoke_without_command=True)
@talking
@asks(Settings, but=NOT_ASKED)
def list_rules(
    context: typer.Context,
    precision: Annotated[
        bool,
        typer.Option("--precision", help="How often each was right, by what you decided so far."),
    ] = False,
    output: Output = Path("output"),
    language: Annotated[
        str, typer.Option("--language", help="Only those that speak in it, such as de.")
    ] = "",
    *,
    settings: Settings,
) -> None:
    """List the rules: id, category, what goes wrong."""
    if context.invoked_subcommand:
        return
    if precision:
        _print_precision(output)
        return
    known = _known(settings)
    spoken = [rule for rule in known.monolingual if not language or rule.knows(language)]
    for rule in (*spoken, *known.bilingual):
        asked = " (off unless set)" if rule.opt_in else ""
        print(f"{rule.id:32} {rule.category:34} {rule.sections.what}{asked}")


@rules.command("test")
@talking
@asks(Settings, but=NOT_ASKED)
def try_examples(
    everything: Annotated[
        bool, typer.Option("--all", help="Those of mtclean's own rules, too.")
    ] = False,
    *,
    settings: Settings,
) -> None:
    """Try the examples that the house's rules give; exit with 1 where one does not hold."""
    from mtclean.pipeline.config import chosen
    from mtclean.rules.bilingual.examples import failures as failures_of_pairs
    from mtclean.rules.examples import failures

    registry = chosen(settings).registry
    tried = registry.monolingual if everything else registry.added
    compared = registry.bilingual if everything else ()
    failed = [failure for rule in tried for failure in failures(rule)]
    failed += [failure for rule in compared for failure in failures_of_pairs(rule)]
    for failure in failed:
        print("\n".join(_lines(failure)))
    _tell_demoted(settings, registry)
    without = [rule.id for rule in tried if not (rule.fixes or rule.suggests or rule.finds)]
    if without:
        say(f"without an example of what they do: {', '.join(without)}")
    print(
        f"{counted(len(tried) + len(compared), 'rule')}; examples that do not hold: {len(failed)}"
    )
    if failed:
        raise typer.Exit(Exit.FOUND)


def _lines(failure: Failure) -> list[str]:
    from mtclean.report.visible import shown

    return [
        f"{failure.rule}: {'fixes' if failure.kind == 'suggests' else failure.kind}",
        f"  before  {shown(failure.text)}",
        f"  wanted  {shown(failure.wanted)}",
        f"  came    {shown(failure.came)}",
    ]


def _tell_demoted(settings: Settings, registry: Registry) -> None:
    """Say which rules only suggest because the file that calls them safe is not one the user has said to trust."""
    from mtclean.pipeline.config import chosen, own_file

    trusting = chosen(settings.model_copy(update={"safe_rules": True})).registry
    before = {rule.id: rule for rule in registry.added}
    demoted = [rule.id for rule in trusting.added if before[rule.id].check != rule.check]
    if demoted:
        say(
            f"only suggested, as the file may come with anybody's texts: {', '.join(demoted)}; where it is "
            f"yours, say --safe-rules, or put its folder into trust in {own_file()}"
        )


def _known(settings: Settings) -> Registry:
    """The rules there are; mtclean's own where the settings cannot be used, which is said."""
    from mtclean.rules.registry import BUILT_IN

    try:
        return options_of(settings).registry
    except ConfigError as error:  # which may well have sent the person here
        say(str(error))
        return BUILT_IN


def _print_precision(output: Path) -> None:
    """A line for each rule that was decided on in *output*, the one most often wrong first."""
    from mtclean.documents import DocumentProblem
    from mtclean.pipeline.folder import decided_on, documents
    from mtclean.report.visible import shown
    from mtclean.review import tally

    decisions: list[Decision] = []
    for document in documents(output):
        try:
            decisions += decided_on(output, document.name).decisions.values()
        except DocumentProblem as problem:
            say(f"{shown(document.shown_name)}: {problem}")
    if not decisions:
        print(f"nothing was decided in {shown(str(output))} yet: mtclean review")
        return
    print(f"{'rule':32} {'right':>6} {'decided':>8} {'accepted':>9} {'edited':>7} {'rejected':>9}")
    for line in tally(decisions):
        counts = f"{line.decided:8} {line.accepted:9} {line.edited:7} {line.rejected:9}"
        print(f"{shown(line.rule):32} {line.precision:6.0%} {counts}")


@asks(Settings, but=NOT_ASKED)
def explain(
    rule: Annotated[
        str,
        typer.Argument(help="A rule's id; mtclean rules lists them.", autocompletion=rule_names),
    ],
    *,
    settings: Settings,
) -> None:
    """Explain a rule, with examples."""
    from mtclean.grammar import explained
    from mtclean.grammar.judge import PREFIX
    from mtclean.text import Rule
    from mtclean.text.renames import name_now

    known, rule = _known(settings).by_id, name_now(rule)
    if rule.startswith(PREFIX) or (rule.isupper() and rule not in known):
        print(explained(rule.removeprefix(PREFIX)))
        return
    if rule not in known:
        hint = did_you_mean(rule, known) or "; mtclean rules lists them"
        raise Trouble(f"there is no rule {rule!r}{hint}", Exit.USAGE)
    found = known[rule]
    print(f"{found.id} ({found.category})\n")
    for heading, text in found.sections.headed():
        print(f"{heading}:")
        for paragraph in text.split("\n\n"):
            print(f"{_folded(paragraph)}\n")
    if isinstance(found, Rule):
        _print_examples(found)
    else:
        _print_pairs(found)


def _print_examples(found: Rule) -> None:
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
    if found.leaves:
        print("Leaves alone:")
    for text in found.leaves:
        print(f"  {text}")


def _print_pairs(found: PairRule | RowsRule) -> None:
    from mtclean.rules.bilingual.examples import documents_of

    for kind, title in (("finds", "Points at"), ("leaves", "Leaves alone")):
        print(f"{title}:")
        for document in (document for of, document in documents_of(found) if of == kind):
            for example in document:
                source, target = example.of
                pointed = f"{example.excerpt}  in: " if example.excerpt else ""
                print(f"  {source}  {example.source}\n  {target}  {pointed}{example.target}")
                if example.fixed:
                    print(f"→ {target}  {example.fixed}")
            print()


def _folded(paragraph: str) -> str:
    """*paragraph* in lines that fit a terminal, each set in as the examples are; no word is broken."""
    return textwrap.fill(
        paragraph, 88, initial_indent="  ", subsequent_indent="  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
