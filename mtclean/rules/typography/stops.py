"""Stops written twice, ellipses in the form another script gives them, and the opening marks of Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.typography.lexicon import SAYING, STARTERS
from mtclean.rules.typography.words import is_prose_word
from mtclean.text import Fix, Passage, deleting, inserting, replacing, rule

# Two full stops are a slip; three and four are an ellipsis somebody typed.
_TWO_STOPS = re.compile(
    r"\.\.(?:(?<=[^\W\d_]{2}\.\.)|(?<=[)”’\"»]\.\.))(?=[ \t]+(?:(?P<next>[^\W\d_])|[“‘„«\"(])|[ \t]*(?:[\r\n]|\Z))"
)
_AFTER_MARK = re.compile(
    r"[!?؟]\.(?<=\w[!?؟]\.)(?=[ \t]+(?:(?P<next>[^\W\d_])|[“„«])|[ \t]*(?:[\r\n]|\Z))"
)
_COMMAS = re.compile(r",,(?<=\w,,)(?=[ \t]+\w)|،،(?<=\w،،)(?=[ \t]+\w)")
_WIDE_ELLIPSIS = re.compile("…{2,}|⋯+")
_LEADING = re.compile(
    r"^[ \t]{0,8}(?P<marks>\.(?: \.){0,3}) ?(?P<word>[A-Za-z][a-z]{1,20})(?=,? [a-z])", re.MULTILINE
)
_SAID = "|".join(sorted(SAYING))
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,2}"
# After a sentence's stop only a small letter, or a sentence of a name and a verb, shows what it is.
_STOP_IN_SPEECH = re.compile(
    rf"\.(?<=[a-z]{{4}}\.)(?=[”\"] (?:(?:he|she|they|we|it) (?:{_SAID})\b|(?:{_SAID}) (?:{_NAME}|the|he|she|they)\b"
    rf"|{_NAME} (?:{_SAID})\.(?!\w)))"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@rule(
    "doubled-stop",
    "fluency.punctuation.mark",
    suggests=[
        (
            "The talks ended at noon.. The next round is in May.",
            "The talks ended at noon. The next round is in May.",
        ),
        ("They came,, saw and left.", "They came, saw and left."),
        ("Did they stop?. Nobody knows.", "Did they stop? Nobody knows."),
        ("Они пришли.. Émile não veio.. É tarde.", "Они пришли. Émile não veio. É tarde."),
    ],
    leaves=[
        "Wait... There is more.",
        "Go to ../docs or 1..5 in code.",
        "It was late.... He left.",
        "ذهب الرجل.. ثم عاد في المساء.",
    ],
    failures=[("It ended at noon..Then they left.", "It ended at noon. Then they left.")],
    needs=".,،",
)
def doubled_stop(passage: Passage) -> Iterator[Fix]:
    """A full stop or comma stands twice, or a full stop after another mark that ends the sentence.

    One came with the sentence and one was added when the parts were joined.

    Left alone: three and four dots, which are an ellipsis, paths and ranges, and two before a word that has no capital.  Some
    people write ``..`` for a pause, as most do in Arabic, so it is a suggestion.
    """
    for match in _TWO_STOPS.finditer(passage.text):
        if _goes_on(match):
            continue
        yield replacing(match.start(), match.end(), ".", "A full stop stands twice.").suggested()
    doubled = any(marks in passage.text for marks in ("!.", "?.", "؟."))
    for match in _AFTER_MARK.finditer(passage.text) if doubled else ():
        if _goes_on(match):
            continue
        at = match.end()
        yield deleting(
            at - 1, at, "A full stop stands after a mark that ends the sentence."
        ).suggested()
    for match in _COMMAS.finditer(passage.text):
        yield deleting(match.start() + 1, match.end(), "A comma stands twice.").suggested()


def _goes_on(stop: re.Match[str]) -> bool:
    """Whether the word behind the marks begins with no capital, as none of a script that has none does."""
    return bool(stop["next"]) and not stop["next"].isupper()


@rule(
    "wide-ellipsis",
    "fluency.punctuation.fullwidth",
    fixes=[
        ("He paused…… and went on.", "He paused… and went on."),
        ("And then⋯ nothing.", "And then… nothing."),
    ],
    leaves=["He paused… and went on.", "他说……然后走了。", "Wait... what? Wait.... No."],
    needs="…⋯",
)
def wide_ellipsis(passage: Passage) -> Iterator[Fix]:
    """An ellipsis is written in the Chinese way, twice as long or half as high.

    English has one form of three dots; six make a line with a hole.

    Left alone: beside Chinese or Japanese letters, where it is right.
    """
    if "……" not in passage.text and "⋯" not in passage.text:
        return
    for match in _WIDE_ELLIPSIS.finditer(passage.text):
        around = passage.text[max(0, match.start() - 2) : match.end() + 2]
        if not _EAST_ASIAN.search(around):
            yield replacing(
                match.start(), match.end(), "…", "The ellipsis has a form English does not use."
            )


@rule(
    "stop-before-attribution",
    "fluency.punctuation.mark",
    suggests=[
        ("“The harbour is closed.” Miller said.", "“The harbour is closed,” Miller said."),
        ("“It was never open.” he added.", "“It was never open,” he added."),
        ('"We shall dig again." said the mayor.', '"We shall dig again," said the mayor.'),
    ],
    leaves=[
        "“The harbour is closed.” Miller said nothing more.",
        "“The harbour is closed.” He said so twice.",
        "“Is it closed?” Miller said.",
        "“The harbour is closed.” I said, “Is it?”",
        "“He works for Acme Inc.” Miller said.",
    ],
    needs='”"',
)
def stop_before_attribution(passage: Passage) -> Iterator[Fix]:
    """Speech ends with a full stop although who said it follows in the same sentence.

    Chinese and Russian close the speech before they name the speaker, and an engine keeps the stop;
    English has a comma there.

    Left alone: where what follows says more (*Miller said nothing*), and after what may be an
    abbreviation.  Suggested only, because a sentence of two words may follow.
    """
    for match in _STOP_IN_SPEECH.finditer(passage.text):
        yield replacing(
            match.start(), match.end(), ",", "A full stop stands before who said it."
        ).suggested()


@rule(
    "stop-before-sentence",
    "fluency.punctuation.mark",
    suggests=[
        (".If it rained,\nthey stayed.", "If it rained,\nthey stayed."),
        ("They sang.\n. .was all they heard.", "They sang.\nwas all they heard."),
    ],
    leaves=[
        ".NET is a framework, and .Net as well.",
        ".gitignore and .5 and ...and so on.",
        "…and so on.\n..and on.",
        ".TH MAN 1\n.SH NAME",
    ],
    languages=("en",),
    needs=".",
)
def stop_before_sentence(passage: Passage) -> Iterator[Fix]:
    """A full stop stands at the beginning of a line, before its first word: ``.If it rained``.

    It is what is left of an ellipsis or of the sentence before, cut off by a scraper or in a subtitle.

    Left alone: ellipses, numbers, and names that begin with a stop (*.NET*).
    """
    text = passage.text
    may_lead = text[:1] in (".", " ", "\t") or any(
        start in text for start in ("\n.", "\n ", "\n\t")
    )
    for match in _LEADING.finditer(text) if may_lead else ():
        lone = match["marks"] == "."
        if is_prose_word(match["word"]) and (match["word"] in STARTERS or not lone):
            yield deleting(
                *match.span("marks"), "A full stop stands before the sentence."
            ).suggested()


_ASKED = re.compile(
    r"[?!](?<=[\w”»\"’)].)(?=[”»\"’)\]]|[ \t]{0,9}(?:[\r\n]|\Z)|[ \t][^\Wa-záéíóúñü\d_]|[ \t][¿¡—–“«\"])"
)
_SENTENCE = re.compile(r"[^.!?…\r\n¿¡]*\Z")
_FIRST_WORD = re.compile(r"[\s—–“«\"(-]*(?=[^\W\d_][\w-]* \w)")
_INTERROGATIVE = re.compile(
    r", (?=(?:y |pero |entonces )?(?:(?:a|de|en|con|por|para) )?(?:qué|quién|quiénes|cómo|cuándo|dónde|cuál|cuáles|cuánto|cuánta|cuántos|cuántas)\b)"
)
_LONGEST_QUESTION = 300
_WORD_BEFORE_STOP = re.compile(r"([^\W\d_]+)\.\Z")


@rule(
    "missing-opening-mark",
    "fluency.punctuation.mark",
    suggests=[
        ("Cuándo viene Ana? Nadie lo sabe.", "¿Cuándo viene Ana? Nadie lo sabe."),
        ("Se fue. Qué lástima! Ya volverá.", "Se fue. ¡Qué lástima! Ya volverá."),
        ("Si no viene, qué hacemos?", "Si no viene, ¿qué hacemos?"),
    ],
    leaves=[
        "¿Cuándo viene Ana? ¡Qué lástima!",
        "Si no viene, ¿qué hacemos? Pero, ¡bueno!",
        "Lea Yahoo! o abra https://example.org/?a=b aquí.",
        "Llegó el Sr. López ayer? No.",
    ],
    languages=("es",),
    examples_in="es",
    needs="?!",
)
def missing_opening_mark(passage: Passage) -> Iterator[Fix]:
    """A Spanish question or exclamation has no mark at its beginning: ``Cuándo viene?``.

    The engine took over the marks of its source; a reader learns too late that something is asked.

    Left alone: sentences that have an opening mark anywhere, and those whose beginning is not plain, as behind an abbreviation.
    Suggested only, since where a question begins in its sentence is for a person to say.

    Source: RAE, Ortografía de la lengua española (2010), 3.4.9.
    """
    text = passage.text
    for match in _ASKED.finditer(text):
        at = match.start()
        sentence = _SENTENCE.search(text, max(0, at - _LONGEST_QUESTION), at)
        if sentence is None or text[sentence.start() - 1 : sentence.start()] in ("¿", "¡"):
            continue
        first = _FIRST_WORD.match(text, sentence.start(), at)
        before = _WORD_BEFORE_STOP.search(text, max(0, sentence.start() - 24), sentence.start())
        if first is None or not text[first.end()].isupper():
            continue
        if before and before[1] in passage.lexicon.abbreviations:
            continue
        opens = first.end()
        if match.group() == "?":
            for asks in _INTERROGATIVE.finditer(text, opens, at):
                opens = asks.end()
        mark = "¿" if match.group() == "?" else "¡"
        yield inserting(
            opens, mark, f"In Spanish “{mark}” opens what “{match.group()}” closes."
        ).suggested()


RULES = (
    stop_before_sentence,
    doubled_stop,
    wide_ellipsis,
    stop_before_attribution,
    missing_opening_mark,
)
