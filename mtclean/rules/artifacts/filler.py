"""Text that only filled a page until there was some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.artifacts.tokens import in_code
from mtclean.text import Finding, Passage, Severity, rule
from mtclean.text.led import Led

_FILLER = Led.by(
    "[LlIi]",
    r"\blorem[ \u00a0]ipsum[ \u00a0]dolor\b|\bipsum[ \u00a0]dolor[ \u00a0]sit[ \u00a0]amet\b",
    re.IGNORECASE,
)
_QUOTES = tuple("\"'“”‘’«»„`")


@rule(
    "filler-text",
    "accuracy.addition.boilerplate",
    finds=(
        (
            "The quay is old.\n\nLorem ipsum dolor sit amet, consectetur adipiscing elit.\n\nIt was shut.",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        ),
        ("Ipsum dolor sit amet consectetur.", "Ipsum dolor sit amet consectetur."),
    ),
    leaves=(
        "The page was filled with Lorem ipsum, as pages are.",
        "Printers set “Lorem ipsum dolor sit amet” to show a font.",
        "Call `lorem ipsum dolor` for it.",
        "Neque porro quisquam est, qui dolorem ipsum, quia dolor sit, amet, consectetur, adipisci velit.",
    ),
    severity=Severity.MAJOR,
)
def filler_text(passage: Passage) -> Iterator[Finding]:
    """A paragraph is the *Lorem ipsum* that fills a page until its text is written.

    A scraper takes it with a page that was never finished, and an engine leaves it or makes Latin of it: what should stand there is missing.
    Each paragraph is pointed at once.

    Left alone: texts that speak of it by its first two words, or quote it; code; Cicero, of whom it is torn.
    """
    last = -1
    for match in _FILLER.finditer(passage.text):
        line = passage.line_at(match.start())
        if line.start == last or in_code(passage, match.start()):
            continue
        if passage.text[line.start : match.start()].endswith(_QUOTES):
            continue
        last = line.start
        yield Finding(
            line,
            "This is filler: what should stand here was never written, or was not taken from the page.",
            Severity.MAJOR,
        )


RULES = (filler_text,)
