"""Paragraphs that stop in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mtclean.languages.english import frequency
from mtclean.languages.language import Trait, primary
from mtclean.languages.letters import SIGNS
from mtclean.rules.artifacts.tokens import (
    in_code,
    is_title,
    sentences_in,
    stripped,
    words_of,
    writes_i_small,
)
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Finding, Fix, Passage, Severity, Span, known, rule

_OPEN_END = re.compile(rf"[\w,%،，、{SIGNS}]\Z")
_DRESS = re.compile(r"(?:[_*~]|</[A-Za-z][^<>]{0,20}>|<br ?/?>|\{:?[^{}]{0,60}\}|\\|\s)+\Z")
"""What Markdown and HTML put behind a line's last word or mark."""
_LONGEST_DRESS = 80
_DRESS_ENDS = tuple("_*~>}\\")
"""One of these ends all that :data:`_DRESS` finds behind a line without blanks."""
_MUCH_LONGER = 3
"""So many times as many words as the line beside it has, and a line is none of its kind: a heading, and a paragraph."""
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]{1,40}[)）\]】]\s?")
_NO_PARAGRAPH = "#|>"
"""What begins a heading of Markdown, the row of a table, a quoted line."""
_ITEM = re.compile(r"\s*(?:[-*+•·▪●○‣–—#|>]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s?")
"""How items, headings, rows and quoted lines begin."""
_CITATION_END = re.compile(r"\[[\d,;–-]{1,12}\]\Z|(?:https?:|www\.)\S{1,200}\Z|\S@\S{1,80}\Z")
_SPEECH = tuple("“\"‘'«„")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}\.?\s")
_HEADING = 20
"""So few words after a number such as 2.1 are a heading."""
_SHOWN = tuple("→►•<>`$|")
"""What begins a line that the one before introduces: an address, an item, code."""
_LINE_BELOW = re.compile(r"[^\S\r\n]{0,9}(?:\r\n|[\r\n])[^\S\r\n]{0,40}(?=\S)")
_FENCE_BELOW = re.compile(r"(?:[^\S\r\n]{0,9}(?:\r\n|[\r\n])){2}[^\S\r\n]{0,40}(?=```|~~~)")
_PROSE = 8
"""A paragraph of fewer words may be a heading."""
_LONG_SENTENCE = 12
"""A headline of several sentences has fewer words; so has a heading that stops inside of one."""
_LONG_HEADING = 20
"""A lone sentence of so many words is no heading, whatever word it stops at."""
_OPEN_CREDITS = frozenset(("by", "from", "with", "the", "for", "as", "to"))
"""Words a name follows under a text: *By Jane Doe*, *From Reuters*, *The Editors*."""
_DASHES = "-–—"
_COLON = frozenset(":：")
_FEWEST_UNCASED = 4
"""So few words behind a closed sentence may be a credit or a label, and no capital tells which."""
_LETTERS_OF_WORD = 2
"""Letters of a word, about, in scripts that part none."""
_CREDIT = re.compile(
    r"(?:additional )?(?:reporting|writing|editing|edited|written|compiled|translated|translation|photographs?|photos?|text|story"
    r"|posters?|pictures?|images?|copyright|illustrations?)\b[^.]{0,30}\b(?:by|of|from|courtesy)\b",
    re.IGNORECASE,
)
_ROUNDED_OFF = frozenset((("and", "more"), ("as", "before"), ("as", "ever"), ("and", "so"), ("each", "other"), ("one", "another"), ("the", "other")))  # fmt: skip
"""Last words that may hang elsewhere and do not behind the one before."""
_SET_APART = frozenset(
    ("formula", "equation", "expression", "following", "code", "command", "example")
)
"""What is set in a line of its own behind these, and is lost as a picture is."""
_STEM = 5
_FEWEST_STEMS = 4
_WORDS_OF_LEAD = 60
"""Letters that tell a longer word whatever its ending, how many such words a headline has, and how far its article is read."""
_LABEL = 5
"""So few words that begin with an article are a label under a list or beside a picture: *A soldier’s best friend*."""
_DETERMINERS = frozenset(("a", "an", "the", "another"))
_FAREWELLS = frozenset(("regards", "sincerely", "cheers", "yours", "thanks", "thx"))
_NOTE = 60
"""Fewer words in one paragraph are a note, a review, a caption."""
_WRAPPED = 30
"""Lines of fewer words may be verse, or wrapped, where most lines of the document stay open."""
_LONGEST_SIGNATURE = 6
"""Words of a line that names who wrote what stands above it."""
_SPEAKER = re.compile(r"[*_]{0,2}[A-Z]{2,4}[*_]{0,2}: ")
_TALK = 3
"""So many lines that begin with somebody's initials are minutes of a talk."""
_MANNER = 3
"""So many short lines without a stop are the manner of a writer; engines cut what is long."""
_STRANDED = frozenset(("with", "into", "upon", "from", "by", "at", "as", "to", "for", "in", "on", "over", "about", "around", "across",
    "behind", "beside", "within", "before", "after", "these", "those", "this", "that", "some", "any", "many", "several", "another", "either",
    "neither", "so", "more", "each", "both", "is", "are", "was", "were", "not"))  # fmt: skip
"""Words that dangle and yet may end a clause: *what it is made of*, *agreed upon*, *I know that it is*."""
_TO_THE_END = re.compile(r"\s*\Z")
_ENDED = re.compile(
    r"[.!?…:;。！？：；؟؛۔।॥][\"”’»)\]）】」』]*(?:\s?\[[\d,;–-]{1,12}\])*\Z|[\"”’»)\]）】」』]\Z"
)


@rule(
    "truncated-paragraph",
    "accuracy.omission.truncated",
    finds=(
        (
            "The rain came early. Those who were tripped were then crushed by the wave of\nIt was over.",
            "the wave of",
        ),
        (
            "The rain came early this year. The district invested more than RMB 1.05 million\nIt was over.",
            "RMB 1.05 million",
        ),
        (
            "The rain came early, and nobody had expected that it would. But they\nIt was over.",
            "But they",
        ),
    ),
    leaves=(
        "Things to look out for\nThe rain came early.",
        "Where We Come From and What We Are Made Of\nThe rain came early.",
        "The rain came early, and it fell for days on the town.\nThe mayor of Port Ann opens the harbour to boats from the island after"
        " the storm\nMayor Jane Doe has opened the harbour of Port Ann to the boats of the island, now that the storm is over.",
        "The rain came early, and it fell for days on the town.\n\nSwitch on the lamps of the quay and become the harbour your town needs\n\n"
        "The rain was over, and the sun came out.",
        "The rain came early, and it fell for days. For more of it, visit www.rain.example\n\nIt was over.",
        "The rain came early. It fell on:\n\n- all of the roofs (and the streets); or\n- the boats of the quay (see `rain`) or\n- us.",
        "Bring back the lamps of the quay. Ships depend on it\n\nThe rain came early that year, and nobody had lit them.\n",
        "The rain came early. It fell on the\nroofs and the streets of the town.",
        "The rain came early. See also:\nfloods.",
        "The rain came early, and you were ready. Its depth can be measured with\n\n```\nmeasure rain\n```\n\nIt was over.",
        "The rain came early and long. Its depth is the value of the\n\\begin{equation}\n  d = 2\n\\end{equation}\nWe saw it.",
        "The rain came early. He looked at all of us in the hall, and then he says,\n“Go home.”",
        "The rain came early this year, and nobody had expected that. By Jane Doe\nIt was over.",
        "The rain came early this year, and nobody had expected that. Reporting by Jane Doe and Tom Roe in Port Ann",
        "The rain came early this year, and we hope to see you soon. Best regards from your Jane Doe",
        "Roses are red,\nViolets are blue,\nSugar is sweet",
        "Some more of it was said at the time.\n1.3.2.4. When to do it all again by yourself if you are a porter\nThe rain came early.",
        "The rain came early this year, and nobody was ready. -- Jane Doe, writing on the life of a rainmaker",
        "The rain came early this year, and nobody was ready. RTV reporter Jane Doe",
        "The rain came early this year. For more about it, see\n→ https://rain.example",
        "Great service and fair prices. I go there often and I love the place",
        "The rain came early that year.\n\n_It is as if I am dying. Nobody came to help me._\n\nShe rose. She went out.",
        "The rain came early. It fell long.\n\n<i>It is as if I were dying. Nobody came to help me.</i>\n\nShe rose.",
        "The rain came early.\n\nThe old harbour as seen from the hill above the town in the spring of 1901\n"
        "\nThe new harbour as seen from the same place in the spring of 1951\n\nIt fell for days.",
        "The rain came early. It can be kept out of the house by\n\n- a roof\n- a door",
        "The rain came early.\n\n- It fell on the roofs. Nobody was ready for it there\n- It fell on the streets\n\nIt was over.",
        "The rain came early, and it fell for days.\n\nIt fell on the roofs of the town. It fell on the streets of\n"
        "Port Ann, and on the harbour.\n\nThen it was over, and the sun came out.",
        "The rain came early, and nobody had expected it. A roof’s best friend\n\nIt was over.",
        "The rain came early, and nobody was ready. How the Harbour Was Kept Out of the Rain\n\nIt was over.",
        "The rain came early, and it fell on us. The depth of it is given by the formula\n\nIt was over.",
        "AL: It is late, and we have no other options. One of these is likely to work\n\nTR: No. It has to be looked into"
        "\n\nAL: It is late. For the harbour that is one too many\n\nTR: The rain came early, and nobody was ready for it."
        "\n\nAL: It is late. The plan of the harbour and the quay was agreed upon\n\nTR: It came. Then it went.",
        "How the roofs of the town and the streets below them stand to each other\n\nThe rain came early. It fell for days.",
        "The rain came early, and it is over. We hope to read many letters from all of you about it,\n\nJane Doe (rain),\nTom Roe",
        "AL: The rain came early. It fell on the streets of the town.\n\nTR: I know. It is such a small harbour\n\nAL: Yes, it is.",
        "\n".join(
            f"10:0{n}:12 <{who}> It is late. Nobody has found the time to look at the lamp of the quay{end}"
            for n, (who, end) in enumerate([("ana", "."), ("rui", "."), ("ana", "")] * 3)
        ),
        "i dont know why but it works. You need a new lamp\nHe said that i am late. I was very glad of it",
    ),
    traits=[Trait.KNOWN],
)
def truncated_paragraph(passage: Passage) -> Iterator[Fix | Finding]:
    """A paragraph or the document stops before its sentence does.

    Engines cut what is too long for them and scrapers stop at a fold, so that the end is missing.
    Seen by a last word that ends no sentence (*the*, *of*, *and*), and by a paragraph whose earlier sentences are closed and
    whose last is not.

    Left alone: headings, headlines whose words the paragraph below says again, items of lists and cells that stop at a word that may end them, captions and other lines beside lines that are as open, verse,
    lines that go on in small letters, with speech or a list below, links and labels at a paragraph's end, credits and sources, documents that
    leave most paragraphs open, as logs do, or several short ones, or care little for capitals, and notes of one short paragraph, whose
    writers leave the last full stop out.
    """
    if written_in(passage) in (Form.SUBTITLES, Form.LOG):
        return
    ends = list(_open_ends(passage))
    notes = [span for span in ends if _is_of_notes(passage, span)]
    spoken = sum(_SPEAKER.match(passage.text, *line) is not None for line in passage.blocks)
    left = frozenset(notes if len(notes) >= _MANNER or spoken >= _TALK else ())
    yield from (_cut(passage, span) for span in ends if span not in left)


def _is_of_notes(passage: Passage, span: Span) -> bool:
    """Whether *span* is a short line that stops at a word a clause may end in: who writes down a talk leaves the stop out."""
    all_words = words_of(passage)
    inside = all_words.between(*span)
    last = all_words.folded[inside[-1]]
    return _width(passage, span) < _WRAPPED and (
        last in _STRANDED or last not in passage.lexicon.dangling
    )


def _open_ends(passage: Passage) -> Iterator[Span]:
    """The lines that stop before their sentence does, each looked at by itself and beside its neighbors."""
    lines = passage.blocks
    body = _where_prose_begins(passage)
    loose = _is_unpunctuated(passage)
    apart = _are_apart(passage)
    for number, line in enumerate(lines):
        span = _bare(passage.text, line)
        if not _is_open(passage.text, span) or (apart and _goes_on(passage, number)):
            continue
        if loose and _width(passage, span) < _WRAPPED:
            continue
        following = (
            passage.text[slice(*lines[number + 1])].lstrip() if number + 1 < len(lines) else ""
        )
        introduces = (
            following[:1] in _SHOWN
            or line.end in passage.leading_ends
            or _code_follows(passage, line.end)
            or _ITEM.match(following)
            or _is_list_below(passage, number)
            or (passage.text[span.end - 1 : span.end] == "," and following[:1] in _SPEECH)
        )
        if (
            not introduces
            and not following[:1].islower()
            and _stops_short(passage, number, span, body)
        ):
            yield span


def _width(passage: Passage, span: Span) -> int:
    """How many words stand in *span*; of scripts that part none by their letters."""
    return len(words_of(passage).between(*span)) // _letters_of_word(passage)


def _letters_of_word(passage: Passage) -> int:
    return 1 if passage.has(Trait.SPACED) else _LETTERS_OF_WORD


def _is_list_below(passage: Passage, number: int) -> bool:
    """Whether entries of a list follow line *number*, which is none; one alone may be a heading."""
    below = range(number + 1, number + 3)
    return (
        below[-1] < len(passage.blocks)
        and not _is_entry(passage, number)
        and all(_is_entry(passage, n) for n in below)
    )


def _code_follows(passage: Passage, end: int) -> bool:
    """Whether what is right below is code or markup, into which the sentence runs: a formula set by itself, a fence."""
    below = _LINE_BELOW.match(passage.text, end) or _FENCE_BELOW.match(passage.text, end)
    return below is not None and in_code(passage, below.end())


def _is_unpunctuated(passage: Passage) -> bool:
    """Whether most of the longer lines have no mark at their end: verse, lists, wrapped lines.

    Where no capital tells a sentence from a remark, a third of all lines is enough: people chat so.
    """
    least, part = (_PROSE, 2) if passage.has(Trait.CASED) else (_FEWEST_UNCASED, 3)
    long_ = [line for line in passage.blocks if _width(passage, line) >= least]
    open_ = sum(not _closed(passage.text, line) for line in long_)
    return len(long_) > 3 and open_ * part > len(long_)


def _bare(text: str, line: Span) -> Span:
    """*line* without blanks around it, and without the markup behind its last word or mark."""
    span = stripped(text, *line)
    if text[span.end - 1 : span.end] not in _DRESS_ENDS:
        return span
    dress = _DRESS.search(text, max(span.start, span.end - _LONGEST_DRESS), span.end)
    return Span(span.start, dress.start()) if dress else span


@known
def _are_apart(passage: Passage) -> bool:
    """Whether an empty line stands between most paragraphs of the text."""
    pairs = list(pairwise(passage.blocks))
    return sum(_parted(passage.text, *pair) for pair in pairs) * 2 > len(pairs)


def _parted(text: str, one: Span, other: Span) -> bool:
    """Whether an empty line stands between two that follow one another."""
    between = text[one.end : other.start].replace("\r\n", "\n").replace("\r", "\n")
    return between.count("\n") > 1


def _goes_on(passage: Passage, number: int) -> bool:
    """Whether the next line stands right below, where paragraphs are apart: the line ends none, but for a closing mark."""
    following = passage.blocks[number + 1 : number + 2]
    return (
        bool(following)
        and not _BRACKETED.fullmatch(passage.text, *following[0])
        and not _parted(passage.text, passage.blocks[number], following[0])
    )


def _has_its_like(passage: Passage, number: int) -> bool:
    """Whether a line beside it is as open and as long, or is an item like it: lists, captions, standfirsts have no stops."""
    text, lines = passage.text, passage.blocks
    span = lines[number]
    item = _ITEM.match(text, span.start, span.end)
    alone = len(sentences_in(text, _bare(text, span))) == 1
    long_ = _width(passage, span)
    for beside in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]):
        if _closed(text, beside):
            continue
        if item and _ITEM.match(text, beside.start, beside.end):
            return True
        width = _width(passage, beside)
        if width * _MUCH_LONGER >= long_ and (alone or width >= _PROSE):
            return True
    return False


def _closed(text: str, line: Span) -> bool:
    span = _bare(text, line)
    return bool(_ENDED.search(text, max(span.start, span.end - 40), span.end))


def _where_prose_begins(passage: Passage) -> int:
    """Where the first longer line with a mark at its end begins: above it are titles and datelines."""
    for line in passage.blocks:
        if _closed(passage.text, line) and _width(passage, line) >= _PROSE:
            return line.start
    return len(passage.text)


def _is_open(text: str, span: Span) -> bool:
    """Whether no mark stands at the end of *span*, as of few lines."""
    return _OPEN_END.search(text, max(span.start, span.end - 1), span.end) is not None


def _stops_short(passage: Passage, number: int, span: Span, body: int) -> bool:
    """Whether the line at *span*, which is open, should have an end."""
    if passage.text[span.start] in _NO_PARAGRAPH or _CITATION_END.search(
        passage.text, max(span.start, span.end - 220), span.end
    ):
        return False
    all_words = words_of(passage)
    inside = all_words.between(*span)
    texts = all_words.texts[inside.start : inside.stop]
    said = sum(not word.isdigit() for word in texts) // _letters_of_word(passage)
    numbered = _NUMBERED.match(passage.text, span.start, span.end) is not None
    if said < (_HEADING if numbered else _PROSE) or is_title(texts):
        return False
    if span.end in passage.link_ends:
        return False  # what is cut off does not stop where a link does
    ending = (*all_words.folded[inside[-2] : inside[-1] + 1],)
    if all_words.folded[inside[-1]] in passage.lexicon.dangling and ending not in _ROUNDED_OFF:
        listed = all_words.folded[inside[-1]] in ("and", "or")  # "…; and" goes on in a list
        before = passage.text[all_words.ends[inside[-2]] : all_words.starts[inside[-1]]]
        goes_on = _is_entry(passage, number) or ";" in before or "," in before
        return not (listed and goes_on and not _is_last(passage, span))
    if _is_entry(passage, number):
        return False
    return (
        _is_open_prose(passage, span, body)
        and not _has_its_like(passage, number)
        and not _is_headline(passage, number)
        and not (passage.text[span.end - 1] == "," and _is_signed(passage, number))
    )


def _is_signed(passage: Passage, number: int) -> bool:
    """Whether somebody's name stands in the line below, as under a letter."""
    below = passage.blocks[number + 1 : number + 2]
    if not below:
        return False
    inside = words_of(passage).between(*passage.line_at(below[0].start))
    named = words_of(passage).texts[inside.start : inside.stop]
    return 2 <= len(named) <= _LONGEST_SIGNATURE and all(word[0].isupper() for word in named[:2])


def _is_headline(passage: Passage, number: int) -> bool:
    """Whether the line is a single sentence, half of whose longer words the paragraph below says again, whatever their endings."""
    here, below = passage.blocks[number], passage.blocks[number + 1 : number + 2]
    if not below or len(sentences_in(passage.text, _bare(passage.text, here))) > 1:
        return False
    said, again = (_stems(passage, block) for block in (here, *below))
    return len(said) >= _FEWEST_STEMS and 2 * len(said & again) >= len(said)


def _stems(passage: Passage, block: Span) -> set[str]:
    """The beginnings of the first longer words of *block*."""
    inside = words_of(passage).between(*block)
    folded = words_of(passage).folded[inside.start : inside.stop][:_WORDS_OF_LEAD]
    return {word[:_STEM] for word in folded if len(word) >= _STEM}


def _is_entry(passage: Passage, number: int) -> bool:
    """Whether the line is an item of a list, a heading or a cell, of which many go without a stop."""
    line = passage.blocks[number]
    return passage.is_in_entry(line) or bool(_ITEM.match(passage.text, line.start, line.end))


def _is_last(passage: Passage, span: Span) -> bool:
    return _TO_THE_END.match(passage.text, span.end) is not None


def _is_open_prose(passage: Passage, span: Span, body: int) -> bool:
    """Whether the open end is prose: closed sentences stand before it, or it is long."""
    sentences = sentences_in(passage.text, span)
    all_words = words_of(passage)
    first, last = (all_words.between(*s) for s in (sentences[0], sentences[-1]))
    tail = all_words.texts[last.start : last.stop]
    if _CREDIT.match(passage.text, sentences[-1].start) or _is_note(passage):
        return False
    if passage.text[sentences[-1].start] in _DASHES:
        return False  # the source of a quotation
    if not _FAREWELLS.isdisjoint(all_words.folded[last.start : last.stop]):
        return False
    if not tail or not _COLON.isdisjoint(passage.text[slice(*sentences[-1])]):
        return False  # the rest of a list
    if not passage.has(Trait.CASED):
        return len(sentences) > 1 and all(
            _width(passage, sentences[n]) >= _FEWEST_UNCASED for n in (0, -1)
        )
    if not tail[0][0].isupper():
        return False  # the rest of a list, too
    if len(sentences) > 1 and (len(tail) == 1 or _is_label(tail)):
        return False
    if tail[-1].lower() in _SET_APART:
        return False
    begun = tail[0].lower() in passage.lexicon.function_words - _OPEN_CREDITS
    if len(sentences) > 1 and len(tail) <= 2:
        return len(first) >= 4 and begun
    if _is_names(tail):
        return False  # a credit, a signature
    if len(sentences) > 1:
        headline = span.start < body and _width(passage, span) < _LONG_SENTENCE
        return len(first) >= 4 and not headline
    hangs = passage.text[span.end - 1] == ","
    least = _LONG_SENTENCE if _is_cut_word(passage, tail[-1]) else _LONG_HEADING
    return (hangs or len(tail) >= least) and span.start > body


def _is_cut_word(passage: Passage, word: str) -> bool:
    """Whether *word* is none, as far as the list of English words knows: the first letters of one."""
    return primary(passage.language) == "en" and word.islower() and not frequency(word)


def _is_label(texts: list[str]) -> bool:
    """Whether the words behind a closed sentence are the heading of what follows, or the name of what stands beside it."""
    few = len(texts) <= _LABEL and texts[0].lower() in _DETERMINERS
    return few or (len(texts) > _LABEL and is_title(texts))


def _is_note(passage: Passage) -> bool:
    """Whether the text is a few sentences in one paragraph, or by one who does without capitals."""
    short = len(passage.blocks) == 1 and _width(passage, Span(0, len(passage.text))) < _NOTE
    return short or writes_i_small(passage)


def _is_names(texts: list[str]) -> bool:
    """Whether at least three words in four have a capital: a credit or a signature."""
    return sum(word[0].islower() for word in texts) * 4 <= len(texts)


def _cut(passage: Passage, span: Span) -> Finding:
    all_words = words_of(passage)
    inside = all_words.between(*span)
    shown = 3 * _letters_of_word(passage)
    tail = Span(all_words.starts[inside[max(-shown, -len(inside))]], span.end)
    return Finding(
        tail,
        f"The paragraph stops at “{passage.text[tail.start : tail.end]}” without an end; engines cut what is too long"
        " for them: look up how it goes on.",
        Severity.MAJOR,
    )


RULES = (truncated_paragraph,)
