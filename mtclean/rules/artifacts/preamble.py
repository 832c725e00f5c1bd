"""What a chatbot says before and after the translation it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mtclean.languages.lists import entries, words
from mtclean.rules.artifacts.lines import without_line
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule

_EDGE = 4
"""Lines from the top and from the end in which a chatbot's words are looked for."""
_LONGEST = 400
_AROUND = "*#_> \t\u00a0"
"""Blanks, and what Markdown puts around a line."""
_LONGEST_REMARK = 200
_FRAME = 2
_WORD = re.compile(r"\w+")
_ITSELF = re.compile(
    r"\b(?:I|I['’](?:m|ve|ll|d)|me|my|you|your|please|here (?:is|are)|here['’]s|AI)\b|\bnotes?\b[^.!?]{0,40}:?"
    r"|^(?:below|this|english|final|revised|keep in mind)\b.{0,30}\btranslation\b"
    r"|^the translation (?:was|is|has|may|might|ends|will)\b|happy translating",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^\r\n]{0,40}[,:!]|(?:best|kind|warm|many thanks|thanks|sincerely"
    r"|yours|regards|cheers|love)\b[^\r\n]{0,30})\s*$",
    re.IGNORECASE | re.MULTILINE,
)


@cache
def _sayings() -> re.Pattern[str]:
    return _any_of("preambles.txt")


@cache
def _offers() -> re.Pattern[str]:
    return _any_of("offers.txt")


def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in entries(name)), re.IGNORECASE)


@rule(
    "chatbot-preamble",
    "accuracy.addition.preamble",
    suggests=(
        ("**Translation:**\n\nThe ships came.", "The ships came."),
        ("Sure! Here is the translated article:\n\nThe ships came.", "The ships came."),
        (
            "The ships came.\nThey left.\nI tried my best to translate this.",
            "The ships came.\nThey left.",
        ),
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
        "I translated my first poem at nine.\nMy teacher liked the translation.\nI was proud.",
        "As an airline pilot he saw the world.",
        "“I'm sorry, but I cannot come,” she said.\nIs there anything else in the fridge?",
        "Dear Ann,\nthe ships came on Monday.\nLet me know if you have any questions.\nBest regards,\nTom",
        "The translation was published in 1901.\nTranslation: a difficult art, says the critic in his book.",
    ),
    severity=Severity.MAJOR,
)
def chatbot_preamble(passage: Passage) -> Iterator[Fix | Finding]:
    """A chatbot's own words frame the text (“Here is the translation:”, “I hope this helps”).

    Text that went through a language model keeps its greeting, its apology or its offer of further
    help.  Looked for in the first and last lines, where the model speaks, by known sayings and by talk of translating
    in a text that else has none; a line elsewhere may be a conversation that belongs to the text, and what letters end with, too, is left to letters.  How other models begin goes under `preambles` in `[lists]` of
    mtclean.toml.
    """
    lines = passage.paragraphs
    letter = _LETTER.search(passage.text)
    speaks_of_it = _names_task(passage.text[slice(*_middle(lines))])
    house = tuple(line.casefold() for line in passage.style.listed("preambles") if line)
    for number, line in enumerate(lines):
        if _EDGE <= number < len(lines) - _EDGE:
            continue
        said = passage.text[slice(*line)].strip(_AROUND)
        if len(said) > _LONGEST:
            continue
        offer = len(lines) > 1 and not letter and _offers().fullmatch(said)
        of_task = not speaks_of_it and _speaks_of_its_task(said)
        if offer or of_task or _sayings().match(said) or said.casefold().startswith(house):
            yield without_line(
                passage,
                number,
                f"“{said[:60]}” is a language model speaking to the person who asked for the translation, not part"
                " of the text; delete the line.",
            )


def _middle(lines: tuple[Span, ...]) -> tuple[int, int]:
    """From where to where the text goes without the lines in which a chatbot may speak."""
    frame = _FRAME if len(lines) > 2 * _FRAME else 1
    inner = lines[frame:-frame] or lines
    return (inner[0].start, inner[-1].end) if inner else (0, 0)


def _names_task(said: str) -> bool:
    return not words("task_words.txt").isdisjoint(_WORD.findall(said.lower()))


def _speaks_of_its_task(said: str) -> bool:
    """Whether a line speaks of translating, and as who does it or of what has been done: *I tried to translate …*."""
    if len(said) > _LONGEST_REMARK or said[:1] in "“\"‘'«" or not _names_task(said):
        return False
    return bool(_ITSELF.search(said))


RULES = (chatbot_preamble,)
