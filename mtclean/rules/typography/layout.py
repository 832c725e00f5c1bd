"""Lines, paragraphs and words torn apart or run together by a scraper.  Nearly all of it is suggested."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from operator import itemgetter

from mtclean.languages.english import frequency
from mtclean.rules.typography.lexicon import JOINABLE, NOT_RUN_TOGETHER, RUN_TOGETHER, SAYING
from mtclean.text import Fix, Passage, Span, inserting, replacing, rule

# The break comes first, so that the search can skip from break to break.
_TORN = re.compile(
    r"[\r\n](?:(?<=\r)\n)?(?:(?<=[a-z]{2}[\r\n])|(?<=[a-z]{2}\r\n)|(?<=[a-z]{2}[,;][\r\n])|(?<=[a-z]{2}[,;]\r\n))"
    r"(?:\r\n|[\r\n])?[ \t]*(?=[a-z]{2,} |(?P<i>I ))"
)
_PROSE = 40
"""Code points a line of prose has at least; shorter ones are headings, verses and lists."""

_MARGIN, _WIDEST = 50, 100
"""Code points of a line that may end at a margin, and of the longest lines of a text that has one."""
_FEW_WIDER = 10
"""One in so many lines may be longer: an address, code."""

_TAIL = 32
_ITEM_END = re.compile(r"[;,] ?(?:and|or)\Z")
_ITEM_LINE = re.compile(r"[^\r\n]{1,400}?;(?: ?(?:and|or))?(?=[\r\n]|\Z)")
"""An item of an enumeration, and what ends the last but one."""
_NAME_LAST = re.compile(r"(?P<apart>[.!?,] )?\b[A-Z][^\W_]*[,;]?\Z")
"""A name at the end of a line, perhaps one that stands apart as a signature does."""
_STOPPED = re.compile(r"[.!?][\"”’)]?\s?\Z")

_LONG = 1200
"""Code points of an over-long paragraph: about 200 words, twice what newspapers print."""

_LONGEST_WORD = 24
_PLAIN_WORD = re.compile(rf"(?<![\w’'./@#-])[a-z]{{4,{_LONGEST_WORD}}}(?![\w’'/@-]|\.\w)")

_FEW = 12

_WHOLE: set[str] = set()
"""Tokens known to be one word: a cache, and as such shared by all texts.  It is emptied when it gets large."""

_MOST_KNOWN = 100_000

_AROUND_WORDS = ".,;:!?…()[]“”‘’\"'"

_COMMON = 500
"""How often the word list must have met a word for it to count as common."""

_WHO = r"(?P<{0}>(?:[A-Z][\w’'-]+ ){{0,2}}[A-Z][\w’'-]+)"
_SAID = "|".join(sorted(SAYING))
_ATTRIBUTION = re.compile(
    rf"(?<=[,.!?]”) (?:{_WHO.format('first')} (?:{_SAID})\b|(?:{_SAID}) {_WHO.format('second')})"
)
_PRONOUNS = frozenset(("He", "She", "They", "I", "We", "You"))
_SPEECH = re.compile(r"[.!?]”?(?P<gap> )(?=“[A-Z])")

_DIALOGUE = (
    "The hall was full long before the doors were closed, and many had to stand along the walls. "
    * 14
    + "“We will build it with our own hands if we must,” Miller said."
)
_ANSWER = "“You will build it alone, then,” Ortega said."


@rule(
    "sentence-across-lines",
    "fluency.typography",
    suggests=[
        (
            "The council met on Monday to speak about the new\nbridge over the river and its cost.\n"
            "The minister was pleased with what he heard there.\nA vote will follow in the coming week, he said.\n"
            "Nobody expects that it will fail this time around.\nThe old bridge stays open until then.\n",
            "The council met on Monday to speak about the new bridge over the river and its cost.\n"
            "The minister was pleased with what he heard there.\nA vote will follow in the coming week, he said.\n"
            "Nobody expects that it will fail this time around.\nThe old bridge stays open until then.\n",
        )
    ],
    leaves=[
        "The council met on Monday to speak about the new\nbridge over the river, and then about the money\nfor the road to the north and the south of it.\n",
        "Roses are red,\nviolets are blue.\n",
        "  I am the man who keeps the lamp of the old quay all night, and who hears\n      the bells,\n  I sleep by day.\n",
        "You will need these things for it:\nflour and some water\nsalt\n",
        "The council met on Monday to speak about bridges.\nBridges are dear.\n",
        "They took everything from me, all that I had. Ana Lima\n\nI was born by the sea.\nIt was cold.\n",
        "The council will not pay for any harm that comes to boats from\n\nthe storms of the winter and the ice of the spring;\n\n"
        "the work on the quay, whenever it is done; or\n\nany other matter of the harbour.\n",
        "It was good to hear from you, and I hope to see you there. Ana,\n\nI do not know what the letter means.\n",
        "Please let me know if you can help me with it at all. Regards, Ana\n\nplease print all of it for me.\n",
        "The height that the water of the harbour reaches in a storm is\n\nwhere the wind is counted in knots.\n",
        "> Was it you who wrote of the lamp of the quay?\n\nI wrote it, and I would write it again to everybody who asks\nwhat happened.\n\nAna\n\n"
        "> And of the bell?\n\nNot yet.\n",
        "The council will pay for what the storm did to boats today\nI urge all of you to ask for it.\nIt is late.\n",
        "Das Amt nennt den Hafen und die Werft\nin § 4 der Satzung das Leuchtfeuer mit seinem Wärter\nin § 5 der Satzung die Mole und die Boote\nin § 6 den Rest.\n",
        "Put the cups on the long table in the hall and fill them\n\nthen the milk is warmed.\n\nstir it well.\n\nserve it hot.\n",
    ],
)
def sentence_across_lines(passage: Passage) -> Iterator[Fix]:
    """A line ends in the middle of a sentence and the next one goes on with it.

    A scraper took a line of the page for a paragraph; every tool that works by paragraphs sees two
    halves.

    Left alone: texts whose lines are all broken at a margin, or begin in small letters, long lines of a text that may have a margin, as e-mails do, lines that begin alike, what follows short lines, items of
    an enumeration, names under a letter and over an answer, and what explains a formula that was lost.
    """
    text = passage.text
    if len(passage.paragraphs) < 2 or passage.is_hard_wrapped:
        return
    wider = sum(end - start > _WIDEST for start, end in passage.paragraphs)
    margin = wider * _FEW_WIDER <= len(passage.paragraphs)
    torn = [
        match
        for match in _TORN.finditer(text)
        if _is_torn(text, match) and not (margin and _may_be_at_margin(text, match))
    ]
    if not torn or _begins_small(passage):
        return
    for match in torn:
        reason = "The sentence goes on in the next line."
        yield replacing(*match.span(), " ", reason).suggested()


def _is_torn(text: str, match: re.Match[str]) -> bool:
    """Whether the line before the break is one of prose that has not ended, rather than one that ends in a name or is an item."""
    if text[match.end() - 1] in " \t":
        return False  # no scraper indents: a verse that was too long for its line
    if _line_length(text, match.start()) < _PROSE or text.startswith("where ", match.end()):
        return False
    before = text[max(0, match.start() - _TAIL) : match.start()]
    if _ITEM_END.search(before) or _ITEM_LINE.match(text, match.end()):
        return False
    if match["i"] and before[-1] not in ",;":
        return False  # a sentence whose stop was left out, as in lists
    name = _NAME_LAST.search(before)
    return not (name and (match["i"] or name["apart"])) and not _begins_alike(text, match)


def _may_be_at_margin(text: str, match: re.Match[str]) -> bool:
    """Whether the break is one of a paragraph, behind a line as long as those before a margin."""
    start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    return len(match.group().splitlines()) == 1 and match.start() - start >= _MARGIN


def _begins_alike(text: str, match: re.Match[str]) -> bool:
    """Whether the line behind the break and the next one begin with the same word, as those of a list do."""
    lines = text[match.end() : match.end() + _LONG].splitlines()[:2]
    first = [line.split(maxsplit=1)[:1] for line in lines]
    return len(first) == 2 and first[0] == first[1]


def _begins_small(passage: Passage) -> bool:
    """Whether the text begins paragraphs in small letters where the one before has ended."""
    text = passage.text
    return any(
        text[after.start].islower() and _STOPPED.search(text, max(0, before.end - 3), before.end)
        for before, after in pairwise(passage.paragraphs)
        if after.start < len(text)
    )


def _line_length(text: str, at: int) -> int:
    """Code points from the start of the line to *at*; no more than a line of prose are counted."""
    near = text[max(0, at - _PROSE) : at]
    return len(near) - 1 - max(near.rfind("\n"), near.rfind("\r"))


@rule(
    "speakers-in-one-paragraph",
    "fluency.typography",
    suggests=[(f"{_DIALOGUE} {_ANSWER}", f"{_DIALOGUE}\n{_ANSWER}")],
    leaves=[
        "“We will go,” Miller said. “They will stay,” Ortega said.",
        f"{_DIALOGUE} “And nobody will stop us then,” Miller said.",
        "A long paragraph. " * 80,
    ],
    opt_in=True,
    languages=("en",),
)
def speakers_in_one_paragraph(passage: Passage) -> Iterator[Fix]:
    """Two people speak in one over-long paragraph.

    English starts a paragraph with each new speaker; a scraper that lost the page's breaks makes
    the reader guess who is speaking.

    Left alone: paragraphs of 1,200 characters or fewer, and speeches without two different names.
    Off unless the settings ask for it: `speakers-in-one-paragraph = "suggest"` under `[rules]`.

    Source: measured in 169 real files, where none of the four places it found was of use; so it is
    off.
    """
    long = [span for span in passage.paragraphs if span.end - span.start >= _LONG]
    if not long or "”" not in passage.text:
        return
    gap = next((gap for gap in ("\n\n", "\r\n") if gap in passage.text), "\n")
    for paragraph in long:
        yield from _breaks(passage.text, paragraph, gap)


def _breaks(text: str, paragraph: Span, gap: str) -> Iterator[Fix]:
    """A break before each speech that is attributed to somebody else than the one before."""
    named = [
        (match.start(), match["first"] or match["second"])
        for match in _ATTRIBUTION.finditer(text, *paragraph)
    ]
    for (said, speaker), (next_said, next_speaker) in pairwise(named):
        if speaker == next_speaker:
            continue
        starts = [m.span("gap") for m in _SPEECH.finditer(text, said, next_said)]
        if starts:
            who = next_speaker.lower() if next_speaker in _PRONOUNS else next_speaker
            reason = f"What {who} says begins within the paragraph of another speaker."
            yield replacing(*starts[-1], gap, reason).suggested()


@rule(
    "words-run-together",
    "fluency.punctuation.spacing",
    suggests=[
        (
            "The governmentof the day and theministers met.",
            "The government of the day and the ministers met.",
        ),
    ],
    fixes=[("One part ofthe plan.", "One part of the plan.")],
    leaves=[
        "The goalkeeper of the workshop.",
        "Withstand the theatre and the wholesale forest.",
        "It is no offence to take.",
        "Two formatters and a sizeof in every foreach.",
        "The Kortheof bridge and file ofthings.txt.",
        "Call startswith() or mend.",
        "The theming of the pages takes a day.",
    ],
    failures=[("The oldharbour town.", "The old harbour town.")],
    languages=("en",),
)
def words_run_together(passage: Passage) -> Iterator[Fix]:
    """Two words stand as one: ``governmentof``.

    The first ended a line of the page, and the break went without leaving a space.  Meant is a word
    that the word list does not have, where exactly one cut leaves a small word such as *of* or
    *the* and a common word of four letters or more; and two small words, which is certain, while
    the others are suggestions.

    Left alone: a word the text has twice, which is a term, and one before a bracket, which is a
    function.
    """
    cuts = _cuts(passage.text)
    for word, at in sorted(_places(passage.text, cuts), key=itemgetter(1)):
        fix = inserting(at + cuts[word], " ", "Two words stand as one.")
        if word in RUN_TOGETHER:
            yield fix
        elif passage.words[word] == 1 and not passage.text.startswith("(", at + len(word)):
            yield fix.suggested()


def _cuts(text: str) -> dict[str, int]:
    """The words of *text* that fall apart, and where."""
    if len(_WHOLE) > _MOST_KNOWN:
        _WHOLE.clear()
    cuts: dict[str, int] = {}
    for token in set(text.split()) - _WHOLE:
        word = token.strip(_AROUND_WORDS)
        if len(word) > _LONGEST_WORD:
            continue
        if word.islower() and word.isalpha() and (cut := _cut(word)):
            cuts[word] = cut
        else:
            _WHOLE.add(token)
    return cuts


def _places(text: str, words: Collection[str]) -> Iterator[tuple[str, int]]:
    """Where the *words* stand by themselves; few are looked for one by one, which is faster."""
    if len(words) > _FEW:
        for match in _PLAIN_WORD.finditer(text):
            if match.group() in words:
                yield match.group(), match.start()
        return
    for word in words:
        at = text.find(word)
        while at >= 0:
            alone = _PLAIN_WORD.match(text, at)
            if alone and alone.group() == word:
                yield word, at
            at = text.find(word, at + len(word))


def _cut(word: str) -> int:
    """Where *word* falls into a small and a common word, or 0."""
    if word in RUN_TOGETHER:
        return RUN_TOGETHER[word]
    if (
        len(word) < 6
        or frequency(word)
        or word.removesuffix("s") in NOT_RUN_TOGETHER
        or _is_derived(word)
    ):
        return 0
    cuts = [
        at
        for at in range(2, len(word) - 1)
        if (word[:at] in JOINABLE and _is_common(word[at:]))
        or (word[at:] in JOINABLE and _is_common(word[:at]))
    ]
    return cuts[0] if len(cuts) == 1 else 0


def _is_derived(word: str) -> bool:
    """Whether *word* is a form of a common one: *theming* of *theme*."""
    stem = word.removesuffix("s")
    return any(
        stem.endswith(ending)
        and any(map(_is_common, (stem[: -len(ending)], f"{stem[: -len(ending)]}e")))
        for ending in ("ing", "ed", "er")
    )


def _is_common(word: str) -> bool:
    return len(word) >= 4 and frequency(word) >= _COMMON


RULES = (sentence_across_lines, speakers_in_one_paragraph, words_run_together)
