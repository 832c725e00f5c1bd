"""Spaces that are missing inside sentences: after a comma or a colon, at a bracket, on one side of a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.languages.language import Trait
from mtclean.languages.letters import HANGUL
from mtclean.rules.typography.lexicon import STARTERS
from mtclean.rules.typography.words import is_among_keywords, is_prose_word
from mtclean.text import Fix, Passage, entity, inserting, replacing, rule

_COMMA = re.compile(
    r"[,;](?=\S)(?:(?<=[a-z]{2}.)(?=[a-z]{2,}[ ,.;:]|[A-Z][a-z]+ [a-z]|I(?:['’][a-z]+)? [a-z])"
    r"|(?<=[\d%],)(?=[a-z]{3,} )|(?<=[^\s”]”,)(?=[a-z]{2,}[ ,.;:])|(?<=[^\W\d_]\.,)(?=[A-Za-z][a-z]+ )"
    r"|(?<=[A-Z]{2},)(?=(?:which|who|and|but|or|the|where|while|it|is|was|were|are|has|had) |[A-Z][a-z]+ [A-Za-z]))"
)
_DAY_AND_YEAR = re.compile(r",(?:(?<=[a-z] \d,)|(?<=[a-z] \d\d,))(?=(?:1[5-9]|20)\d\d(?!\d))")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}\Z"
)
_GOES_ON = re.compile(
    r"(?:and|but|or|so|yet|which|who|where|when|while|because|although|he|she|it|they|we|you|the|this|that|there|I(?:['’][a-z]+)?) "
)
_ENUMERATION = re.compile(r"(?:[^\W\d_]{1,24},){0,8}[^\W\d_]{1,24} (?:and|or) [^\W_]")
_ENTITY_END = re.compile(rf"&(?:#?[a-zA-Z0-9]{{1,10}}| (?:{entity.NAMED}|{entity.NUMBERED}))\Z")
_TIGHT_COMMA = re.compile(r"[^\W\d_],(?=[^\W\d_])")
_COLON = re.compile(r":(?<=[a-z]{3}:)(?=(?P<next>[A-Za-z][\w’']*) [a-z])")
_LEADS_ON = frozenset(
    {
        "the",
        "a",
        "an",
        "we",
        "he",
        "she",
        "they",
        "it",
        "this",
        "these",
        "that",
        "there",
        "in",
        "if",
    }
)
_BRACKET = re.compile(r"\((?<!\]\()(?P<inside>[^()\r\n]{5,300})\)")
_BRACKETED_PROSE = re.compile(r"[A-Za-z][a-z’'-]*,? [^=_;{}<>]*\Z")
_SPELT_OUT = re.compile(r"[A-Z][a-z]+ (?:(?:of|for|and|the|on) )*[A-Z][a-z]+")
_WORD_BEFORE = re.compile(r"[^\W_]+\Z")
_WORD_AFTER = re.compile(r"[a-z]{2,}[ ,.;]|[A-Z][a-z]+ ")
_FUNCTION_WORD = re.compile(
    r"(?:who|which|that|the|a|an|in|on|of|from|for|as|and|or|but|with|see|about|including|such|now|then|formerly|not|both) "
)
_TOLD = re.compile(
    _FUNCTION_WORD.pattern
    + r"[^\s,]+ [^\s,]|[a-z]{3,}(?:ed|en|wn|lt) (?:in|by|on|at|as|from|to|with|of) "
)
_CALLED = frozenset(
    {"print", "main", "open", "get", "set", "call", "exit", "return", "if", "while", "for"}
)
_OTHERS_WORD = r"[^\W\d_][\w\u0900-\u0963\u064b-\u0652\u200c’'-]*"
_COMMA_ELSEWHERE = re.compile(
    r"[,;،؛](?<=[\w\u0900-\u0963\u064b-\u0652%)\]”»“’\"].)"
    rf"(?=(?P<next>{_OTHERS_WORD})(?:[\s,.;:!?،؟।)»”“]|\Z))"
)
_HANGUL = re.compile(f"[{HANGUL}]")
_HAS_DIGIT = re.compile(r"\d")
_LAST_WORD = re.compile(rf"{_OTHERS_WORD}\Z")
_SHORT = re.compile(r"(?<!\w)[a-z]{2};[a-z]{2}(?!\w)")
"""``tl;dr``: two letters and two, which are no words."""
_PARTS = re.compile(r"[a-z][\w./*-]*(?:,[\w./*-]+){1,20}: ")
_GIVEN = re.compile(r"[a-z]\w*(?:\.[a-z]\w*){2,20}\Z|\w\((?=[^()]*\w[.#][A-Za-z])[^()]*\Z")
_TRUTH = re.compile(r"(?<![^\W_])(?:true|false|null),|,(?:true|false|null)(?![^\W_])")
_LONGEST_VALUES = 200  # code points
_COMMA_REASON = "The space after the comma is missing."

_LOPSIDED = re.compile(
    r"[–—](?:(?<=[a-z]{2}[–—])(?P<before> )(?=[A-Za-z])|(?<=[a-z,;] [–—])(?=[a-z]))"
)
_HANGING = re.compile(r"(?:and|or|to|und|oder) ")
_WHOLE_WORD = re.compile(r"[a-z]{2,}[ ,—–]")


@rule(
    "missing-space-after-comma",
    "fluency.punctuation.spacing",
    fixes=[
        ("They came,they saw and they left.", "They came, they saw and they left."),
        ("“Yes”,he said.", "“Yes”, he said."),
        ("The GDP,which grew by 6%,was up.", "The GDP, which grew by 6%, was up."),
        ("Dear Sir,I’m sorry and,yes,I know.", "Dear Sir, I’m sorry and, yes, I know."),
        (
            "The cats,dogs,and birds left,but he stayed.",
            "The cats, dogs, and birds left, but he stayed.",
        ),
        (
            "On May 5,2020,they met in the U.S.,Canada and so on.",
            "On May 5, 2020, they met in the U.S., Canada and so on.",
        ),
        (
            "On July 26,the talks went on; in 2019,none did.",
            "On July 26, the talks went on; in 2019, none did.",
        ),
        ("He sees Lisbon,Porto and then the sea.", "He sees Lisbon, Porto and then the sea."),
    ],
    leaves=[
        "Mix 1,234 of it.",
        "It calls open(java.lang.String,java.io.File) for it.",
        "Newsgroups: comp.unix.shell,comp.unix.questions and more of it.",
        "countries,speakers,language\n58,315,many",
        "a,b,c",
        "See host,port,user=name.",
        "Yes, it is.",
        "name,first,last,age",
        "Miller,John,Lisbon,1972",
        "The short of it, or tl;dr, is: stay. tl;dr: Take the boat.",
        "deps,lib,src: take the new boat",
        "calendar;event;reminder;day planner;",
        "It may be true,false,auto and nothing else, or one of 0,false,none.",
        "the isomers 1,2-dibromo and 2,4-D",
        "He paid &nbsp;ten euros for bed&ndash;and a meal, and 40& nbsp;euros for the boat.",
    ],
    traits=[Trait.SPACED],
    failures=[
        ("They saw Lisbon,Porto,Faro and the sea.", "They saw Lisbon, Porto, Faro and the sea.")
    ],
)
def missing_space_after_comma(passage: Passage) -> Iterator[Fix]:
    """A comma or semicolon touches the next word.

    The space was lost with a line break, or never there in the source script.

    Left alone: lines that are not prose; numbers, tables, lists of short names and code, unless the
    next word is one that goes on with a sentence or the list ends in *and*; the semicolon that ends
    an entity (``&nbsp;``).
    """
    if passage.language != "en":
        yield from _lost_after_comma(passage)
        return
    for match in _COMMA.finditer(passage.text):
        line_end = passage.text.find("\n", match.end(), match.end() + 200)
        if match.group()[0] == ";" and (
            is_among_keywords(passage.text, match.start())
            or _SHORT.match(passage.text, max(0, match.start() - 2))
        ):
            continue
        if _names_parts(passage.text, match.start()) or _is_of_program(passage.text, match.start()):
            continue
        following = passage.text[match.end() : line_end if line_end > 0 else match.end() + 60][:60]
        if "=" in following or _ENTITY_END.search(
            passage.text, max(0, match.start() - 12), match.start()
        ):
            continue
        if _is_of_prose(passage.text, match.end()) or not _is_list(passage.text, match.start()):
            yield inserting(match.end(), " ", _COMMA_REASON)
    for match in _DAY_AND_YEAR.finditer(passage.text):
        if _MONTH.search(passage.text, max(0, match.start() - 14), match.start()):
            yield inserting(match.end(), " ", _COMMA_REASON)


def _is_of_program(text: str, comma: int) -> bool:
    """Whether the *comma* parts what a program is given, ``open(java.lang.String,int)``, or follows a name of three parts, or is in a line of values alone."""
    start = text.rfind("\n", max(0, comma - _LONGEST_VALUES), comma) + 1
    ahead = text[max(start, comma - _LONGEST_VALUES) : comma].split(" ")[-1]
    if _GIVEN.search(ahead) or _TRUTH.search(text, comma - len(ahead), comma + 8):
        return True
    end = text.find("\n", comma, comma + _LONGEST_VALUES)
    line = text[start : end if end >= 0 else comma + _LONGEST_VALUES].strip()
    return line.count(",") > 1 and len(line) <= _LONGEST_VALUES and " " not in line


def _lost_after_comma(passage: Passage) -> Iterator[Fix]:
    """The same in other languages: between two words of their letters, and not in a row of tight commas."""
    text, lexicon = passage.text, passage.lexicon
    for match in _COMMA_ELSEWHERE.finditer(text):
        at, following = match.start(), match["next"]
        if text[at] == ";" and is_among_keywords(text, at):
            continue
        known = following.lower() in lexicon.function_words
        if _is_letter(following) and following.upper() not in lexicon.letters:
            continue
        before = text[at - 1]
        word = _LAST_WORD.search(text, max(0, at - 40), at)
        if before.isdigit() and (len(following) < 3 or following[0].isupper()):
            continue
        if word is not None and _is_letter(word.group()) and not known:
            continue
        if not known and _HAS_DIGIT.search(following + (word.group() if word else "")):
            continue  # fp16,fp8
        if text[at] == ";" and word and max(len(word.group()), len(following)) < 3 and not known:
            continue  # tl;dr
        if not passage.has(Trait.CASED) and word and (word.group() + following).isascii():
            continue  # code, or a list of names, among other letters
        if "=" in text[match.end() : match.end() + 40] or _ENTITY_END.search(
            text, max(0, at - 12), at
        ):
            continue
        if known or not _is_list(text, at):
            yield inserting(match.end(), " ", _COMMA_REASON)


def _is_letter(word: str) -> bool:
    """Whether *word* is one letter; a syllable of Hangul is a whole word: *로이 킨,거스 포예트*."""
    return len(word) == 1 and not _HANGUL.match(word)


def _names_parts(text: str, at: int) -> bool:
    """Whether the comma at *at* stands in what begins a line, has no blank and ends in a colon: the parts a change is about."""
    line = text.rfind("\n", max(0, at - 80), at) + 1
    named = _PARTS.match(text, line if line or at <= 80 else at)
    return named is not None and line <= at < named.end()


def _is_of_prose(text: str, at: int) -> bool:
    """Whether what follows a comma goes on as a sentence does: ``came,and he``, ``cats,dogs and birds``."""
    return bool(_GOES_ON.match(text, at) or _ENUMERATION.match(text, at, at + 200))


def _is_list(text: str, at: int) -> bool:
    """Whether more commas without a space stand close by: a table or a list of codes."""
    near = (
        text[max(0, at - 40) : at].rpartition("\n")[2]
        + " "
        + text[at + 1 : at + 40].partition("\n")[0]
    )
    return len(_TIGHT_COMMA.findall(near)) > 1


@rule(
    "missing-space-after-colon",
    "fluency.punctuation.spacing",
    fixes=[
        ("He said:They came late.", "He said: They came late."),
        ("It has two parts:the north and the south.", "It has two parts: the north and the south."),
    ],
    leaves=[
        "Use std:String here.",
        "Open C:Users now.",
        "At 10:30 see Note:Rate.",
        "ratio a:The",
        "Set value:the rest to it, and foo:a bar.",
    ],
    failures=[("He said:old men came.", "He said: old men came.")],
    languages=("en",),
    needs=":",
)
def missing_space_after_colon(passage: Passage) -> Iterator[Fix]:
    """A colon touches the sentence it introduces.

    The colon of Chinese and Japanese type has its space built in; narrowed, it has none.

    Left alone: anywhere but after a small word and before a word that starts sentences, or a small
    one such as *the* after a word of prose.
    """
    for match in _COLON.finditer(passage.text):
        word = _WORD_BEFORE.search(passage.text, max(0, match.start() - 24), match.start())
        prose = word is not None and is_prose_word(word.group())
        if match["next"] in STARTERS or (match["next"] in _LEADS_ON and prose):
            yield inserting(match.start() + 1, " ", "The space after the colon is missing.")


@rule(
    "missing-space-at-bracket",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "Lisbon, July 26(Reporter Ana Lima) The talks began.",
            "Lisbon, July 26 (Reporter Ana Lima) The talks began.",
        ),
        ("The ship (built in 1904)sank.", "The ship (built in 1904) sank."),
        ("The EU(European Union)agreed.", "The EU (European Union) agreed."),
        ("The old ship(which was built here) sank.", "The old ship (which was built here) sank."),
        ("It cost two euros(about $2 or so).", "It cost two euros (about $2 or so)."),
        (
            "The company(founded in 1999) met on Monday(July 26).",
            "The company (founded in 1999) met on Monday (July 26).",
        ),
    ],
    suggests=[("The old ship(from here) sank.", "The old ship (from here) sank.")],
    leaves=[
        "Call f(x) or print(the value) or main(int argc).",
        "The bike(s) and the (re)action and the (un)known land.",
        "See item 2(a) and 3(b) of the law.",
        "A plain (round) bracket.",
        "[the docs](See our site) for more.",
    ],
    failures=[("He came(late) to the hall.", "He came (late) to the hall.")],
    languages=("en",),
    needs="(",
)
def missing_space_at_bracket(passage: Passage) -> Iterator[Fix]:
    """A bracket touches the word outside of it.

    Brackets of Chinese and Japanese type have their spaces built in; narrowed, they have none.

    Left alone: brackets without words of prose inside, and where the name outside is all one could
    call.  Before a bracket that starts small, as in a call, it is a suggestion unless a word of
    prose stands outside and three and more inside.
    """
    text = passage.text
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        inside = match["inside"]
        if not _BRACKETED_PROSE.match(inside):
            continue
        left = _WORD_BEFORE.search(text, max(0, start - 24), start)
        if left and not _looks_called(left.group(), inside):
            fix = inserting(start, " ", "The space before the bracket is missing.")
            word = left.group()
            prose = is_prose_word(word)
            told = prose and (_TOLD.match(inside) or inside[0].isupper())
            initials = word.isupper() and len(word) > 1 and _SPELT_OUT.match(inside)
            certain = told or (
                inside[0].isupper() and (word.isdigit() or word.islower() or initials)
            )
            yield fix if certain else fix.suggested()
        if text[start - 1 : start] in ("", " ", "\n") and _WORD_AFTER.match(text, end):
            yield inserting(end, " ", "The space after the bracket is missing.")


def _looks_called(name: str, inside: str) -> bool:
    """Whether *name* before the bracket is more likely a function than a word."""
    return not (name.isdigit() or name.isalpha()) or (
        inside[0].islower()
        and (name in _CALLED or not (_FUNCTION_WORD.match(inside) or _TOLD.match(inside)))
    )


@rule(
    "lopsided-dash",
    "fluency.punctuation.spacing",
    suggests=[
        ("The ministers– all of them –left early.", "The ministers – all of them – left early."),
        ("He came —at last— and sat.", "He came — at last — and sat."),
    ],
    leaves=[
        "He came—at last—and sat – quietly.",
        "In 1990– 1995 and pages 3 –7.",
        "“Wait—” he said. — Why?",
        "pre– and postwar; the –s ending",
    ],
    languages=("en",),
    needs="–—",
)
def lopsided_dash(passage: Passage) -> Iterator[Fix]:
    """A dash has a space on one side only.

    The other was lost with the line break or in the markup; the dash then looks like part of a
    word.  Meant are dashes between small words that are one of a pair of that kind or stand between
    whole words.

    Left alone: ranges, hanging parts (``pre– and``) and dashes at quotation marks.  Suggested only,
    since some printers do set dashes so.
    """
    text = passage.text
    for match in _LOPSIDED.finditer(text):
        start, end = match.span()
        dash = text[start]
        if match["before"] and dash == "–" and _HANGING.match(text, end):
            continue
        if not match["before"]:
            if not _WHOLE_WORD.match(text, end):
                continue
            start -= 1
        yield replacing(start, end, f" {dash} ", "A dash has its space on one side.").suggested()


RULES = (
    missing_space_after_comma,
    missing_space_after_colon,
    missing_space_at_bracket,
    lopsided_dash,
)
