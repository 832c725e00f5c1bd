"""A person who changes from he to she: off unless asked for, since the text alone seldom proves it."""

from __future__ import annotations

from collections.abc import Iterator

from mtclean.languages.lists import rows, words
from mtclean.rules.artifacts.tokens import sentences_of, words_of
from mtclean.text import Finding, Fix, Passage, Severity, Span, rule

_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_KIN = {"woman": "women.txt", "man": "men.txt"}
_LONE = 1
"""So many pronouns of the rarer kind are a slip; more are a second person."""
_FEWEST_OTHERS = 3


@rule(
    "pronoun-changes-gender",
    "fluency.pronoun",
    opt_in=True,
    finds=(
        (
            "He lives in Kiev. He wrote three books, and his first one sold well. She will speak on Monday.",
            "She",
        ),
    ),
    leaves=(
        "He met his wife in 1990. He says she taught him to read, and he is glad.",
        "He wrote it. She read it. He smiled, she laughed, and his book sold.",
        "She came.",
        "He wrote his book, he says. Anna typed his notes, and she was fast.",
    ),
    failures=(
        (
            "He wrote his book, he says. Nanami typed his notes, and she was fast.",
            "He wrote his book, he says. Nanami typed his notes, and she was fast.",
        ),
    ),
    languages=("en",),
)
def pronoun_changes_gender(passage: Passage) -> Iterator[Fix | Finding]:
    """One pronoun alone has the other gender than all the rest.

    Chinese, Turkish, Finnish and others do not tell *he* from *she*, and an engine guesses anew in
    each sentence.  Meant is a lone *she* in a text of *he*, or the reverse, with another pronoun in
    its sentence or the one before.

    Left alone: where a word or first name for a woman or a man stands in these two sentences.  Off
    unless the settings ask for it, since this is a hint and no proof: `pronoun-changes-gender =
    "suggest"` under `[rules]`.
    """
    folded = words_of(passage).folded
    he = [i for i, word in enumerate(folded) if word in _HE]
    she = [i for i, word in enumerate(folded) if word in _SHE]
    for lone, others, kin in ((she, he, "woman"), (he, she, "man")):
        if len(lone) == _LONE and len(others) >= _FEWEST_OTHERS:
            around = _context(passage, lone[0])
            if not set(others).isdisjoint(around) and not _kin_in(passage, around, kin):
                yield _finding(passage, lone[0])


def _context(passage: Passage, i: int) -> range:
    """The words of the sentence that word *i* is in, and of the one before."""
    all_words = words_of(passage)
    at = all_words.starts[i]
    until = [span for span in sentences_of(passage) if span.start <= at][-2:]
    return all_words.between(until[0].start, until[-1].end)


def _kin_in(passage: Passage, around: range, sex: str) -> bool:
    """Whether one of the words *around* is a word or a first name for a *woman* or a *man*."""
    all_words = words_of(passage)
    if any(all_words.folded[k] in words(_KIN[sex]) for k in around):
        return True
    names = next(row[1] for row in rows("first_names.tsv") if row[0] == sex).split()
    return any(all_words.texts[k] in names for k in around)


def _finding(passage: Passage, i: int) -> Finding:
    all_words = words_of(passage)
    return Finding(
        Span(all_words.starts[i], all_words.ends[i]),
        f"“{all_words.texts[i]}” is the only pronoun of its gender in the text; engines guess it anew in each sentence"
        " where the source does not say: see who is meant.",
        Severity.MINOR,
    )


RULES = (pronoun_changes_gender,)
