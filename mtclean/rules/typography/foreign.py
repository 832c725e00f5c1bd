"""Marks of other languages in English text: quotation marks, commas, question marks and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.language import Trait
from mtclean.rules.typography.mending import is_curly
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import Applicability, Edit, Fix, Marks, Passage, replacing, rule

_QUOTED = re.compile(
    r"«[ \u00a0\u202f]?(?P<in>[^«»\r\n]{1,300}?)[ \u00a0\u202f]?»|»(?P<turned>[^«»\r\n\s][^«»\r\n]{0,298})«"
    r"|„(?P<low>[^„“”\r\n]{1,300})[“”]|(?<![\w,]),,(?P<commas>[^\s,'\"][^\"\r\n]{0,298}?)(?:''|\"|’’)"
)
_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = re.compile(
    '[،؛؟۔।॥։፣።](?<=[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff0-9)”’"].)'
)
_OTHER_SCRIPT = re.compile("[\u0530-\u058f\u0590-\u06ef\u0900-\u0dff\u1200-\u137f](?<![،؛؟۔।॥։፣።])")
_OURS = {"،": ",", "፣": ",", "؛": ";", "؟": "?"}
_PRINTED = frozenset({Marks.KEEP, Marks.US, Marks.UK})


@rule(
    "foreign-quotation-mark",
    "style.quote",
    suggests=[
        ("He read «The Plan» and it was good.", 'He read "The Plan" and it was good.'),
        ("He said: „Come here.“ It’s late.", "He said: “Come here.” It’s late."),
        ("He said: ,,Come here'' and left.", 'He said: "Come here" and left.'),
        ("She called: »Come to us« and left.", 'She called: "Come to us" and left.'),
    ],
    leaves=[
        "He said: «Приходи сюда», and she: „Komm hierher.“",
        "See page 4 » next « previous.",
        "The 1,,2 and the ,,, of it.",
        "He read “The Plan” there.",
    ],
    languages=("en",),
)
def foreign_quotation_mark(passage: Passage) -> Iterator[Fix]:
    """English words stand in the marks of another language: ``«plan»``, ``„plan“``, ``,,plan''``.

    The engine copied them from the source.

    Left alone: marks around words that are not English, and where the profile sets marks of another
    country.  Suggested only, since a house may print them.
    """
    if passage.characters.isdisjoint("«„") and ",," not in passage.text:
        return
    if passage.style.marks not in _PRINTED:
        return
    opening, closing = "“”" if is_curly(passage) else '""'
    for match in _QUOTED.finditer(passage.text):
        inside = next(filter(None, match.groups()))
        words = _WORD.findall(inside)
        if 2 * sum(map(is_prose_word, words)) <= len(words) or not inside.strip():
            continue
        start = match.start() + match.group().index(inside)
        edits = (
            Edit(match.start(), start, opening),
            Edit(start + len(inside), match.end(), closing),
        )
        yield Fix(edits, "The marks are those of another language.", Applicability.SUGGESTED)


@rule(
    "foreign-punctuation",
    "fluency.punctuation.mark",
    fixes=[
        (
            "We saw apples، pears and figs. Is it late؟ No।",
            "We saw apples, pears and figs. Is it late? No.",
        ),
        ("Они пришли، увидели؟ Ένα، δύο।", "Они пришли, увидели? Ένα, δύο."),
        ("They came،they saw؛ it was over።", "They came, they saw; it was over."),
    ],
    leaves=[
        "قال إن NATO، وهو حلف، باق. هل هو؟",
        "He wrote هل هو؟ and left.",
        "The mark ؟ is Arabic, and । is a danda.",
        "यह NATO। है",
    ],
    traits=[Trait.CASED],
    needs="،؛؟۔।॥։፣።",
)
def foreign_punctuation(passage: Passage) -> Iterator[Fix]:
    """A comma, question mark or stop of another script follows Latin, Greek or Cyrillic letters: ``apples، pears``.

    The engine translated the words and copied the mark.

    Left alone: lines that have a letter of such a script, and texts in one.
    """
    text = passage.text
    for match in _ELSEWHERE.finditer(text):
        start = text.rfind("\n", max(0, match.start() - 300), match.start()) + 1
        start = max(start, match.start() - 300)
        ends = text.find("\n", match.end(), match.end() + 300)
        if _OTHER_SCRIPT.search(text, start, ends if ends >= 0 else match.end() + 300):
            continue
        ours = _OURS.get(match.group(), ".")
        room = " " if text[match.end() : match.end() + 1].isalnum() else ""
        yield replacing(
            *match.span(),
            ours + room,
            f"“{match.group()}” is of another script; here it is “{ours}”.",
        )


RULES = (foreign_quotation_mark, foreign_punctuation)
