"""Brackets and question marks that a translation has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.language import primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule
from mtclean.text import Finding, Severity, Span

_CLOSING = {"(": ")", "[": "]"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_NARROW = str.maketrans("（）［］：；＝", "()[]:;=")
_NUMBERED = re.compile(r"(?:\A|[\s,;:.])[\w.]{1,5}\)")
_FACE = re.compile(r"[:;=8xX][-'^o]?[()\[\]]+|[()\[\]]+[-'^]?[:;=]|\({2,}|\){2,}")
_ASKS = re.compile(r"[?？؟]\s*\Z")
_STATES = re.compile(r"[^\W\d_][.。।][\"'”’»」』)）]?\s*\Z")
_BY_A_WORD = frozenset(["ja", "zh", "ko", "th"])


@pair_rule(
    "bracket-half-lost",
    "fluency.punctuation.mark",
    severity=Severity.MINOR,
    finds=[
        Example(("de", "en"), "Der Hafen (im Norden) ist zu.", "The port (in the north is closed.", "("),
        Example(("en", "ja"), "The port (north) is closed.", "港（北部は閉鎖中。", "（"),
        Example(("en", "fr"), "See the list [3] below.", "Voir la liste 3] ci-dessous.", "]"),
    ],
    leaves=[
        Example(("de", "en"), "Der Hafen (im Norden) ist zu.", "The port (in the north) is closed."),
        Example(("en", "ru"), "a) the port", "а) порт"),
        Example(("es", "en"), "Gracias :)", "Thanks :)"),
        Example(("en", "pl"), "Ports (north", "Porty (północ"),
        Example(("ja", "en"), "港（北）は閉鎖中。", "The port (north) is closed."),
    ],
)  # fmt: skip
def bracket_half_lost(pair: Pair) -> Iterator[Finding]:
    """A bracket of the translation has no other half, and those of the source all have.

    Readers look for the end of what never ends.

    Left alone: numbers of a list such as *a)*, faces, and what the source leaves open, too.
    """
    lone = _lone(pair.target.text)
    if lone and not _lone(pair.source.text):
        for at in lone:
            yield Finding(
                Span(at, at + 1), "This bracket has no other half, as it has in the source."
            )


@pair_rule(
    "question-lost",
    "fluency.punctuation.mark",
    severity=Severity.MINOR,
    finds=[
        Example(("de", "en"), "Wann fährt die Fähre?", "When does the ferry leave.", "."),
        Example(("en", "ru"), "Is the port open?", "Порт открыт.", "."),
        Example(("ar", "en"), "هل الميناء مفتوح؟", "Is the port open.", "."),
    ],
    leaves=[
        Example(("de", "en"), "Wann fährt die Fähre?", "When does the ferry leave?"),
        Example(("en", "ja"), "Is the port open?", "港は開いていますか。"),
        Example(("en", "es"), "Is it open?", "¿Está abierto?"),
        Example(("ko", "en"), "항구가 열렸나요?", "Is the port open?"),
    ],
)  # fmt: skip
def question_lost(pair: Pair) -> Iterator[Finding]:
    """The source ends as a question, and the translation as a statement.

    A question without its mark is read as an answer.

    Left alone: languages that mark a question by a word, such as Japanese, and ends without any mark.
    """
    stated = _STATES.search(pair.target.text)
    if stated is None or primary(pair.target.language) in _BY_A_WORD:
        return
    if _ASKS.search(pair.source.text):
        at = stated.start() + 1
        yield Finding(Span(at, at + 1), "The source ends as a question.")


def _lone(text: str) -> list[int]:
    """Where brackets of *text* stand without their other half."""
    text = text.translate(_NARROW)
    if not any(mark in text for mark in (*_CLOSING, *_OPENING)):
        return []
    skipped = {at for match in _FACE.finditer(text) for at in range(*match.span())}
    skipped |= {match.end() - 1 for match in _NUMBERED.finditer(text) if "(" not in match.group()}
    open_: list[int] = []
    lone: list[int] = []
    for at, mark in enumerate(text):
        if mark in _CLOSING and at not in skipped:
            open_.append(at)
        elif mark in _OPENING:
            if open_ and text[open_[-1]] == _OPENING[mark]:
                open_.pop()
            elif at not in skipped:
                lone.append(at)
    return sorted(lone + open_)


RULES = (bracket_half_lost, question_lost)
