"""That leaving out suggestions for names changes nothing that is said."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mtclean.grammar.match import Match
from mtclean.grammar.spelling import Doubts, judge_unknown, one_slip_apart
from mtclean.text import Passage, Span

_WORDS = st.text("abcdeABC-é", min_size=3, max_size=9)


@given(_WORDS, st.lists(_WORDS, max_size=6), st.lists(_WORDS, max_size=3))
def test_a_word_beyond_doubt_is_judged_the_same_whatever_is_suggested(
    word: str, others: list[str], suggestions: list[str]
) -> None:
    passage = Passage(" ".join((word, *others)))
    match = Match(
        Span(0, len(word)), "MORFOLOGIK_RULE_EN_US", "TYPOS", "", "misspelling", "Unknown.",
        tuple(s for s in suggestions if word != word.title() or s.lower() != word.lower()),
    )  # fmt: skip
    if not Doubts(passage).about(match):
        assert judge_unknown(match, passage) == judge_unknown(
            replace(match, replacements=()), passage
        )


@given(st.text("ab", min_size=7, max_size=8), st.text("ab", min_size=6, max_size=9))
def test_every_ordinary_word_one_slip_apart_raises_a_doubt(name: str, ordinary: str) -> None:
    passage = Passage(f"{name.upper()} {name.title()} {ordinary}")
    span = Span(len(name) + 1, 2 * len(name) + 1)
    match = Match(span, "MORFOLOGIK_RULE_EN_US", "TYPOS", "", "misspelling", "Unknown.")
    if one_slip_apart(name, ordinary):
        assert Doubts(passage).about(match)
