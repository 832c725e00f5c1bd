"""What a chatbot says before and after the translation it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.artifacts.anatomy import stripped
from tasks.artifacts.lexicon import entries
from tasks.artifacts.lines import without_line
from tasks.text import Finding, Fix, Passage, Severity, rule

_EDGE = 4
"""Lines from the top and from the end in which a chatbot's words are looked for."""
_LONGEST = 400


@cache
def _sayings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in entries("preambles.txt")), re.IGNORECASE)


@rule(
    "chatbot-preamble",
    "accuracy.addition.preamble",
    suggests=(
        ("Sure! Here is the translated article:\n\nThe ships came.", "The ships came."),
        (
            "The ships came.\n\nLet me know if you need any further adjustments!",
            "The ships came.",
        ),
    ),
    finds=(
        (
            "I'm sorry, but I cannot translate the remaining text.\nThe ships came.",
            "I cannot translate",
        ),
    ),
    leaves=(
        "Sure enough, the ships came.\nHere is the harbour they came to, and it was full.",
        "As an airline pilot he saw the world.",
        "“I'm sorry, but I cannot come,” she said.\nIs there anything else in the fridge?",
        "The translation was published in 1901.\nTranslation: a difficult art, says the critic in his book.",
    ),
    severity=Severity.MAJOR,
)
def chatbot_preamble(passage: Passage) -> Iterator[Fix | Finding]:
    """A chatbot's own words frame the text (“Here is the translation:”, “I hope this helps”).

    Text that went through a language model keeps its greeting, its apology or its offer of further
    help.  Looked for in the first and last lines, where the model speaks; a line elsewhere may
    be a conversation that belongs to the text.  How other models begin goes under `preambles` in `[lists]` of
    mtclean.toml.
    """
    lines = passage.paragraphs
    pattern = _sayings()
    house = tuple(line.casefold() for line in passage.style.listed("preambles") if line)
    for number, line in enumerate(lines):
        if _EDGE <= number < len(lines) - _EDGE:
            continue
        span = stripped(passage.text, *line)
        if span.end - span.start > _LONGEST:
            continue
        said = passage.text[slice(*span)].casefold()
        if said.startswith(house) or pattern.match(passage.text, *span):
            shown = passage.text[span.start : min(span.end, span.start + 60)]
            yield without_line(
                passage,
                number,
                f"“{shown}” is a language model speaking to the person who asked for the translation, not part"
                " of the text; delete the line.",
            )


RULES = (chatbot_preamble,)
