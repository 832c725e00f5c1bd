"""What a chatbot says before and after the translation it was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mtclean.languages.lists import entries, words
from mtclean.rules.artifacts.asides import (
    is_aside,
    is_label,
    is_of_service,
    nobody_says_i,
    says_i_to_you,
    speaks_to_nobody,
)
from mtclean.rules.artifacts.frames import framing
from mtclean.rules.artifacts.lines import without_line, without_lines
from mtclean.rules.artifacts.tokens import sentences_in, words_of
from mtclean.text import Edit, Finding, Fix, Passage, Severity, Span, deleting, rule
from mtclean.text.protect.code import MODEL_TAG

_EDGE = 4
"""Lines from the top and from the end in which a chatbot's words are looked for."""
_LONGEST = 400
_AROUND = "*#_> \t\u00a0"
"""Blanks, and what Markdown puts around a line."""
_LONGEST_REMARK = 200
_FRAME = 2
_QUOTES = tuple("“\"‘'«")
_WORD = re.compile(r"\w+")
_ITSELF = re.compile(
    r"\b(?:I|I['’](?:m|ve|ll|d)|me|my|you|your|please|here (?:is|are)|here['’]s|AI)\b|\bnotes?\b[^.!?]{0,40}:?"
    r"|^(?:below|this|english|final|revised|keep in mind)\b.{0,30}\btranslation\b"
    r"|^the translation (?:was|is|has|may|might|ends|will)\b|happy translating",
    re.IGNORECASE,
)
_ASSENTS = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|got it|understood|great|okay|ok|no problem|as requested|gladly)[,.!:]",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:here(?:['’]s| is| are| goes)|below|the following|continu(?:ing|ed|ation))\b[^\r\n]*:\Z",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?:(?:please )?(?:note|keep in mind|be aware)(?: that\b|:)|(?:translator['’]s )?notes?(?: (?:from|by|on) [^:.!?\r\n]{1,30})?:|disclaimer:|caveat:)",
    re.IGNORECASE,
)
_DID = re.compile(
    r"I(?:['’]ve| have)? (?:kept|left|used|preserved|retained|adapted|omitted|translated|rendered|added|changed|replaced|chose)\b"
    r"|I (?:cannot|can['’]t|could not|couldn['’]t|was unable to|am unable to|will now|can)\b|I hope (?:this|the|that|it)\b"
)
_ASKS = re.compile(
    r"(?:is there|would you like|do you want|shall I|should I|if you(?:['’]d| would) like)\b",
    re.IGNORECASE,
)
_OFFERS_MORE = re.compile(
    r"(?:would you like|do you want|(?:shall|should|can|may) I|let me know|(?:please )?(?:feel free|let me|don['’]t hesitate)"
    r"|if you(?:['’]d| (?:have|need|want|would))|I hope (?:this|that|these|it|you))\b",
    re.IGNORECASE,
)
_ASSENT_ALONE = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|great question|thank you for (?:asking|(?:your|the) question))! (?=\S)",
    re.IGNORECASE,
)
_WISH = 5
"""Words that a wish at the end has at most: *Good luck with it!*"""
_ROLE = re.compile(
    r"(?:assistant|ai|chatgpt|gpt-?\d\w*|claude|gemini|system|user|translator): ", re.IGNORECASE
)
_COUNT = re.compile(r"(?:word|character|token) count: \d[\d,]*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[\[(（【][^\[\]()（）【】\r\n]{1,120}[\])）】]\.?")
_LABEL = re.compile(r"[\[(]?(?P<what>[A-Za-z]{2,12})(?:[\])]|:)")
_CHUNK = re.compile(
    r"[\[(]?(?:chunk|segment) \d{1,3}(?:(?: of |/)\d{1,3})?[\])]?|[\[(](?:part \d{1,3}(?:(?: of |/)\d{1,3})?|continued|cont['’.]d?\.?|to be continued in [^\])]{1,40})[\])]",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:this \w+ (?:was|is) )?(?:machine[- ])?translated (?:with|by|using|via|from)\b",
    re.IGNORECASE,
)
_OF_TRANSLATOR = re.compile(r"[\[(]?(?:t/?[ln]|trans)\b\.?(?: notes?)?: ?\S", re.IGNORECASE)
_CUT = re.compile(
    r"[\[(](?:\.{3}|…)? ?(?:[a-z]{1,12} ){0,2}(?:truncated|omitted|shortened|abridged) ?(?:\.{3}|…)?[\])]",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=\s)[A-Z0-9]|www\.|https?:")
_OPENS = re.compile(
    "|".join(p.pattern for p in (_ASSENTS, _ANNOUNCES, _NOTES, _DID, _ASKS, _ROLE, _IN_BRACKETS)),
    re.IGNORECASE,
)
"""What an aside begins with: few lines have to be looked through for the rest."""
_LONGEST_SERVICE = 100
_BARE = 2
"""Words of an announcement that does not say of what: *Here goes:*."""
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,}) ?(?P<of>\w*)\s*")
_TAG_LINE = re.compile(r"\s*</?[A-Za-z]")
_THOUGHT = re.compile(r"think|thought|reason|reflect|analy|scratchpad", re.IGNORECASE)
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
        (
            "The ships came.\n\nNote: paragraph 4 of the source is illegible.\n\nThey left.",
            "The ships came.\n\nThey left.",
        ),
        (
            "The ships came.\n\nContinuing from where we left off:\n\nThey left.",
            "The ships came.\n\nThey left.",
        ),
        (
            "The ships came.\n\nNow the next part of the text:\n\nThey left.",
            "The ships came.\n\nThey left.",
        ),
        (
            "The ships came.\n\nThey left.\n\nWould you like me to keep the tone a little more formal?",
            "The ships came.\n\nThey left.",
        ),
        ("Revised English:\n\nThe ships came.", "The ships came."),
        ("The ships came.\n\nAutomatically translated by Quayspeak", "The ships came."),
        (
            "Certainly! Port Ann is an old harbour.\n\nIt has two quays.\n\nIf you have a boat, bring it.",
            "Port Ann is an old harbour.\n\nIt has two quays.\n\nIf you have a boat, bring it.",
        ),
        (
            "Port Ann is an old harbour.\n\nBring your boat.\n\nWould you like me to list its quays, too? Enjoy your stay!",
            "Port Ann is an old harbour.\n\nBring your boat.",
        ),
        (
            "The ships came.\n\nTranslated with www.deepl.example (free version)",
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
        "I like Port Ann.\n\nIt has two quays.\n\nLet me know if you have seen the one with the lamp.",
        "Port Ann is an old harbour.\n\nIt has two quays.\n\nIf you have seen the lamp, you know the way.",
        "“Certainly! It has two quays.”\n\nShe went there.\n\nAbsolutely! The harbour was full.",
        "Sure enough, the ships came.\nHere is the harbour they came to, and it was full.",
        "I translated my first poem at nine.\nMy teacher liked the translation.\nI was proud.",
        "As an airline pilot he saw the world.",
        "“I'm sorry, but I cannot come,” she said.\nIs there anything else in the fridge?",
        "Dear Ann,\nthe ships came on Monday.\nLet me know if you have any questions.\nBest regards,\nTom",
        "Dear Ann,\nhere I am. Please find enclosed the translation you asked for.\nI hope you are well.\nYours sincerely,\nTom",
        "Here are a few ways to make it safe:\nOpen the gate.\nNote that the text of the sign is in English.",
        "The ships came.\n\nHere is the second half of the crew:\n\nThey left.",
        "The ships came.\n\nUnfortunately the rest of the cargo was lost.\n\nThey left.",
        "The ships came.\n\n— End of Part One —\n\nThey left.",
        "The ships came.\n\nMoving the last section took two days.\n\nThey left.",
        "I came by ship.\n\nLet me go on with the next chapter of it.\n\nI never left.",
        "The ships came.\n\n“Shall I read the rest of the text?”\n\nThey left.",
        "[Laughter]\nOf course, the mayor said, and went.\n(Applause)",
        "The translation was published in 1901.\nTranslation: a difficult art, says the critic in his book.",
    ),
    severity=Severity.MAJOR,
)
def chatbot_preamble(passage: Passage) -> Iterator[Fix | Finding]:
    """A chatbot's own words frame the text (“Here is the translation:”, “I hope this helps”).

    Text that went through a language model keeps its greeting, its apology, its notes on what it did or its offer of
    further help, and between pieces that were translated one by one what it said before each.  A line is known by
    what it does and what it speaks of, or at the text's ends by known sayings.  In a text where nobody says *I* or *you* but in
    speech, a line is known that speaks to somebody and is made of nothing but small words and of what one says who hands over a
    text in parts; and where nobody says *I*, what offers more at the end, and an assent before the first sentence.  In other languages the first line is known where it presents a translation or the like, below it what offers
    more help at the end, and at both ends a label, a remark, a regret or an offer that speaks of the translation where nothing else in the text does.  How other models begin goes under
    `preambles` in `[lists]` of mtclean.toml.

    Left alone: texts that speak of translating themselves, quotations, and in letters what letters end with.
    """
    lines = passage.paragraphs
    said = [passage.text[slice(*line)].strip(_AROUND) for line in lines]
    edges = {n for n in range(len(said)) if n < _EDGE or n >= len(said) - _EDGE}
    house = tuple(line.casefold() for line in passage.style.listed("preambles") if line)
    sayings = {n for n, line in enumerate(said) if _is_known(passage, line, house)}
    known = sayings & edges
    asides = {
        n
        for n, line in enumerate(said)
        if _is_an_aside(line, n in edges, n == 0) or _is_a_service(line) or is_of_service(line)
    }
    last = len(said) - 1
    named = words_of(passage).may_have(words("task_words.txt"))
    tasks = {n for n, line in enumerate(said) if _names_task(line)} if named else set[int]()
    translators = {n for n in tasks if _speaks_as_translator(said[n])}
    handed = sayings | {n for n, line in enumerate(said) if is_aside(line, n == last)}
    if handed and speaks_to_nobody(passage, frozenset(handed | asides | translators)):
        asides |= handed
    if not _is_of_translating(len(said), tasks - asides):
        letter = _letter(passage) if tasks & edges else Span(0, 0)
        open_ = {n for n in tasks & edges if not letter.start < lines[n].start < letter.end}
        known |= asides | (open_ & translators)
    known |= framing(passage, said)
    ends, assent = bool(said) and _ends_with_an_offer(said[-1]), _assent(passage)
    nobody = (ends or assent) and nobody_says_i(passage, last if ends else -1)
    if nobody and not _LETTER.search(passage.text):
        known |= {last} if ends else set()
        if assent and 0 not in known:
            yield deleting(
                *assent,
                "A language model agrees to what it was asked; the text begins behind that.",
            ).suggested()
    for number in sorted(known):
        yield without_line(
            passage,
            number,
            f"“{said[number][:60]}” is a language model speaking to the person who asked for the translation, not part"
            " of the text; delete the line.",
        )


def _assent(passage: Passage) -> Span | None:
    """Where the text begins with *Certainly!* and the like, before its first sentence."""
    first = passage.paragraphs[0] if passage.paragraphs else Span(0, 0)
    match = _ASSENT_ALONE.match(passage.text, *first)
    return Span(*match.span()) if match else None


def _ends_with_an_offer(said: str) -> bool:
    """Whether one who says *I* offers more to *you* in a line, and nothing else is in it but a wish."""
    if len(said) > _LONGEST or said[:1] in _QUOTES or not _OFFERS_MORE.match(said):
        return False
    sentences = [said[slice(*span)] for span in sentences_in(said, Span(0, len(said)))]
    return says_i_to_you(sentences[0]) and all(
        says_i_to_you(sentence) or len(sentence.split()) <= _WISH or _OFFERS_MORE.match(sentence)
        for sentence in sentences
    )


def _is_known(passage: Passage, said: str, house: tuple[str, ...]) -> bool:
    """Whether a line is known to be a chatbot's, or is one that the *house* knows by how it begins."""
    if len(said) > _LONGEST:
        return False
    if _sayings().match(said) or (house and said.casefold().startswith(house)):
        return True
    return bool(
        len(passage.paragraphs) > 1
        and _offers().fullmatch(said)
        and not _LETTER.search(passage.text)
    )


def _letter(passage: Passage) -> Span:
    """From the greeting of a letter to its closing; empty where there is none."""
    found = list(_LETTER.finditer(passage.text))
    return Span(found[0].start(), found[-1].end()) if len(found) > 1 else Span(0, 0)


def _is_of_translating(lines: int, tasks: set[int]) -> bool:
    """Whether a text of so many *lines* itself speaks of translating, as in *tasks*, beside those at its ends."""
    frame = _FRAME if lines > 2 * _FRAME else 1
    inner = range(frame, lines - frame) if lines > 2 * frame else range(lines)
    return any(number in inner for number in tasks)


def _is_an_aside(said: str, at_edge: bool, is_first: bool) -> bool:
    """Whether a line does what one who translates does beside translating: agrees, announces, notes, asks, labels.

    It has to say what that is about, and no less plainly in the middle of a text, where models speak between the
    pieces they were given one by one.
    """
    if not said or said[0] in _QUOTES or len(said) > _LONGEST:
        return False
    if _CHUNK.fullmatch(said) or _COUNT.fullmatch(said):
        return True
    if _OF_TRANSLATOR.match(said) or _CUT.fullmatch(said):
        return True
    if is_first and ((label := _LABEL.fullmatch(said)) or is_label(said)):
        return (
            label is None or label["what"].lower() in words("language_names.txt") or is_label(said)
        )
    if said[-1] != ":" and not _OPENS.match(said):
        return False
    named = [word.lower() for word in _WORD.findall(said)]
    of_task = not words("task_words.txt").isdisjoint(named)
    about = sum(word in words("about_the_text.txt") for word in {*named})
    to = any(len(word) > 3 and word in words("language_names.txt") for word in named)
    if _IN_BRACKETS.fullmatch(said) or _DID.match(said) or _ASKS.match(said):
        return of_task or (at_edge and about > 1)
    if _ASSENTS.match(said) or _ANNOUNCES.match(said):
        return of_task or (
            said[-1] == ":" and (about + to > 1 or "left off" in said or len(named) <= _BARE)
        )
    if _ROLE.match(said):
        return of_task or about + to > 1
    if _NOTES.match(said):
        return of_task or about > 1
    return of_task and to and said[-1] == ":"


def _is_a_service(said: str) -> bool:
    """Whether a line is what a translation service signs with: *Translated with DeepL (free version)*."""
    return len(said) <= _LONGEST_SERVICE and bool(_SERVICE.match(said) and _CAPITAL.search(said))


def _names_task(said: str) -> bool:
    return not words("task_words.txt").isdisjoint(_WORD.findall(said.lower()))


def _speaks_as_translator(said: str) -> bool:
    """Whether a line that names the task speaks as who does it or of what has been done: *I tried to translate …*."""
    if len(said) > _LONGEST_REMARK or said[:1] in _QUOTES:
        return False
    return bool(_ITSELF.search(said))


@rule(
    "model-tag",
    "accuracy.addition.preamble",
    suggests=(
        (
            "<think>\nThe user wants this in English.\n</think>\n\nThe ships came.",
            "The ships came.",
        ),
        (
            "<translation>\nThe ships came.\nThey left.\n</translation>",
            "The ships came.\nThey left.",
        ),
        ("The ships came.\n\n</answer>", "The ships came."),
        ("[thinking]\nThis is a story.\n[/thinking]\n\nThe ships came.", "The ships came."),
        ("<final_text>\nThe ships came.\n</final_text>\n<|im_end|>", "The ships came."),
    ),
    leaves=(
        "<reply>\n  <to>Ann</to>\n  <answer>\n  The ships came.\n  </answer>\n</reply>",
        "I think <think> is no tag of HTML.",
        "```\n<think>\nThe ships came.\n</think>\n```",
        "Put it between these:\n\n    <answer>\n    </answer>\n",
    ),
    severity=Severity.MAJOR,
    needs="<[◁",
)
def model_tag(passage: Passage) -> Iterator[Fix]:
    """A tag of a language model stands alone on a line: `<think>`, `</answer>`, `[thinking]`, `<|im_end|>`.

    Models put what they think, and what they answer, between such tags.  What was thought goes with its tags, of the rest
    the tags alone.

    Left alone: code, and texts in HTML or XML, which have tags of their own.
    """
    lines = passage.paragraphs
    tags = {
        n: tag
        for n, line in enumerate(lines)
        if (tag := MODEL_TAG.match(passage.text[slice(*line)]))
        and (not tag["square"] or _THOUGHT.match(tag["name"]))
        and not passage.is_code(line)
    }
    if len(tags) < sum(bool(_TAG_LINE.match(passage.text, *line)) for line in lines):
        return
    done = -1
    for number, tag in tags.items():
        if number <= done:
            continue
        done = number
        if not tag["close"] and _THOUGHT.match(tag["name"] or ""):
            done = next((n for n in tags if n > number and tags[n]["close"]), number)
        yield without_lines(
            passage,
            number,
            done,
            f"“{tag.group().strip()}” is a language model's mark for what it thinks or answers, not part of the text; delete it.",
        )


@rule(
    "fence-around-text",
    "accuracy.addition.preamble",
    suggests=(
        (
            "```\nThe ships came into the harbour.\n\nThey left it in the night.\n```",
            "The ships came into the harbour.\n\nThey left it in the night.",
        ),
        (
            "```text\nThe ships came into the harbour.\n```\n",
            "The ships came into the harbour.\n",
        ),
    ),
    leaves=(
        "```\nships = came(harbour)\nleft(ships)\n```",
        "```python\nThe ships came into the harbour.\n```",
        "The mayor wrote:\n\n```\nThe ships came into the harbour.\n```",
        "```\nThe ships came into the harbour.\n```\n\nThat is what the mayor wrote.",
    ),
    severity=Severity.MINOR,
    needs="`~",
)
def fence_around_text(passage: Passage) -> Iterator[Fix]:
    """A fence of Markdown stands around the whole text, as models put it around what they answer.

    What is in a fence is code to whoever shows it, and to every tool.

    Left alone: fences around code, with the name of a language, or with anything outside of them.
    """
    lines = passage.paragraphs
    if len(lines) <= _FRAME or any(map(passage.is_code, lines)):
        return
    first, last = (_FENCE.fullmatch(passage.text[slice(*lines[n])]) for n in (0, -1))
    if first and last and not last["of"] and first["marks"] == last["marks"]:
        edits = (
            Edit(lines[0].start, lines[1].start, ""),
            Edit(lines[-2].end, lines[-1].end, ""),
        )
        yield Fix(
            edits,
            "The whole text stands in a fence, as models put it around an answer; take the fence away.",
        ).suggested()


RULES = (chatbot_preamble, model_tag, fence_around_text)
