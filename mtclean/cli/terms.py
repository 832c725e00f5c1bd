"""``mtclean terms``: what a glossary could have."""

from __future__ import annotations

from typing import Annotated

import typer

from mtclean.cli.application import asks, options_of, talking
from mtclean.cli.compare import SourceAndTarget, beside, translations
from mtclean.pipeline.settings import Settings

terms = typer.Typer(
    name="terms",
    help="Propose terms for a glossary.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@terms.callback()
@talking
def _group() -> None:
    """Propose terms for a glossary."""


@terms.command("suggest")
@talking
@asks(Settings, but=("source", "grammar", "languagetool", "quotes", "glossary", "select", "ignore"))
def suggest(
    paths: SourceAndTarget,
    least: Annotated[
        int, typer.Option("--least", min=2, help="How many units a term has to be in.")
    ] = 3,
    *,
    settings: Settings,
) -> None:
    """Print words that go together in translations: term, translation, units and Dice's coefficient, with tabs."""
    from mtclean.pipeline.stages import pairs_of
    from mtclean.rules.bilingual.terms import candidates

    options = beside(paths, options_of(settings))
    items = translations(paths, options, by_path_from_here=True)
    pairs = (pair for item in items for pair in pairs_of(item, options))
    for found in candidates(pairs, least):
        print(found.source, found.target, found.pairs, found.dice, sep="\t")
