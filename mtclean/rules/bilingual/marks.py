"""Brackets, quotation marks and final marks that a translation has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mtclean.languages.language import primary
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import Example, pair_rule, rows_rule
from mtclean.rules.bilingual.stories import marked, right
from mtclean.text import Finding, Passage, Severity, Span

_CLOSING = {"(": ")", "[": "]"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_BRACKET = re.compile(r"[()\[\]（）［］]")
_NARROW = str.maketrans("（）［］：；＝", "()[]:;=")
_NUMBERED = re.compile(r"(?:\A|[\s,;:.])(?:[\d.]{1,5}|[ivxIVX]{1,5}|\d{0,3}\w)\)")
_FACE = re.compile(r"[:;=8xX][-'^o]?[()\[\]]+|[()\[\]]+[-'^]?[:;=]|\({2,}|\){2,}")
_ASKS = re.compile(r"[?？؟]\s*\Z")
_STATES = re.compile(r"[^\W\d_][ \u00a0\u202f]?([.。।])[\"'”’»」』)）]?\s*\Z")
_BY_A_WORD = frozenset(["ja", "zh", "ko", "th"])
_ASKING_WORDS = {
    "ar": re.compile(r"(?:\A|[\"“”«»،.:؛؟!]\s*|\s)[وف]?(?:هل|ماذا|لماذا|كيف|متى|أين|كم|أي|أية|ألا|ألم|أليس)\s"
                     r"|(?:\A|[\"“”«»،.:؛؟!]\s*)[وف]?(?:ما|من|أ\w+)\s"),
    "ja": re.compile(r"(?:か|かな|かしら|の|ね|よ|でしょう|だろう)[」』”\"]?[?？]|[何誰]|なに|なぜ|どう|どこ|どれ|(?<!な)どの|どちら|どんな|いつ|いくら|なん(?:か|の|で(?!す))"),
}  # fmt: skip
"""What there is in a question of languages that say it by a word; a mark alone softens a statement, or is a slip."""
_AFTER = r"[\s\"”“’'»」』)）]*\Z"
_FINAL = re.compile(rf"([.。।!！?？؟…:：]){_AFTER}")
_END = re.compile(rf"[^\W\d_]{_AFTER}|{_FINAL.pattern}")
_SAME_MARK = str.maketrans("。।！？؟：", "..!??:")
_TELLING = frozenset("!?:")
_QUOTED_END = re.compile(r"[!?！？؟:：][\"'“”‘’»›」』]\s*\Z")
_QUOTATION_MARKS = re.compile(r'["“”„‟«»「」『』]')
_SINGLE_MARKS = re.compile(r"(?<!\w)['‘’‚‹](?=\w)|(?<=[\w.,!?…])['’‘›](?!\w)")
_IN_A_HEBREW_WORD = re.compile(r'(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_FEWEST, _TIMES = 5, 5
"""So many rows of a file at least, and so many times those that do otherwise, make a habit."""


@pair_rule(
    "bracket-half-lost",
    "fluency.punctuation.mark",
    severity=Severity.MINOR,
    finds=[
        Example(("de", "en"), "Der Hafen (im Norden) ist zu.", "The port (in the north is closed.", "("),
        Example(("en", "ja"), "The port (north) is closed.", "港（北部は閉鎖中。", "（"),
        Example(("en", "fr"), "See the list [3] below.", "Voir la liste 3] ci-dessous.", "]"),
        Example(("zh", "en"), "摄影基地(河北店)", "The studio Hebei Shop)", ")"),
    ],
    leaves=[
        Example(("de", "en"), "Der Hafen (im Norden) ist zu.", "The port (in the north) is closed."),
        Example(("en", "ru"), "a) the port", "а) порт"),
        Example(("en", "de"), "as in 2.1) and iv)", "wie in 2.1) und iv)"),
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
        Example(("ja", "en"), "港はもう閉まっていますか？", "Is the port closed already.", "."),
        Example(("en", "fr"), "Is the port open?", "Le port est-il ouvert .", "."),
    ],
    leaves=[
        Example(("de", "en"), "Wann fährt die Fähre?", "When does the ferry leave?"),
        Example(("en", "ja"), "Is the port open?", "港は開いていますか。"),
        Example(("en", "es"), "Is it open?", "¿Está abierto?"),
        Example(("ko", "en"), "항구가 열렸나요?", "Is the port open?"),
        Example(("ja", "en"), "港はもう閉まっているかも？", "The port may be closed already."),
        Example(("ar", "en"), "وصلت السفينة إلى الميناء مساء أمس؟", "The ship reached the port last night."),
    ],
)  # fmt: skip
def question_lost(pair: Pair) -> Iterator[Finding]:
    """The source ends as a question, and the translation as a statement.

    A question without its mark is read as an answer.

    Left alone: languages that mark a question by a word, such as Japanese, and ends without any mark; sources in Arabic and Japanese that have the
    mark and no such word.
    """
    if primary(pair.target.language) in _BY_A_WORD or not _asks(pair.source):
        return
    if stated := _STATES.search(pair.target.text):
        at = pair.target.text.index(stated[1], stated.start())
        yield Finding(Span(at, at + 1), "The source ends as a question.")


def _asks(passage: Passage) -> bool:
    """Whether *passage* ends as a question, also by a word where its language has one for that."""
    if not _ASKS.search(passage.text):
        return False
    asking = _ASKING_WORDS.get(primary(passage.language))
    return asking is None or asking.search(passage.text) is not None


def _lone(text: str) -> list[int]:
    """Where brackets of *text* stand without their other half."""
    if not _BRACKET.search(text):
        return []
    text = text.translate(_NARROW)
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


@rows_rule(
    "final-mark-changed",
    "fluency.punctuation.mark",
    severity=Severity.MINOR,
    finds=[
        marked("de", "Die Fähre fährt nicht!", "The ferry does not run.", "."),
        marked("fr", "Où est le bac ?", "Where is the ferry", "y"),
        marked("ru", "Паром не ходит!", "The ferry does not run.", "."),
    ],
    leaves=[
        right("de"),
        marked("ru", "Паром не ходит!", "The ferry does not run!"),
        marked("fr", "Le bac ne part pas.", "The ferry does not run"),
        marked("de", "Gezeigt wird „Wohin, Arvo?“", "“Where to, Arvo?” is shown."),
        marked("de", "Auch das noch:", "Not that, too!"),
        marked("de", "Sein Hinweis steht bei „Abfahrten:“", "Its note is under “Departures”"),
    ],
)
def final_mark_changed(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """A unit ends in another mark than its source, or in none, where the rest of the file keeps such marks.

    A warning without its exclamation mark is none, and what no colon announces looks like the end.

    Left alone: full stops, which translators set by what the line is; a colon that became a mark as strong; the mark of a title or a speech at the end, which may
    stand in the middle of the translation; files that often change other marks, or hardly have any; what `question-lost` speaks of, and what it leaves alone.
    """
    kept: dict[int, bool] = {}
    ends: dict[int, tuple[str, int]] = {}
    for number, pair in enumerate(pairs):
        mark, end = _final_mark(pair.source.text), _END.search(pair.target.text)
        if mark in _TELLING and end:
            kept[number] = _keeps(mark, pair)
            ends[number] = mark, end.start()
    for number in _against_habit(kept):
        if not question_lost.run(pairs[number]):
            mark, at = ends[number]
            said = f"The source ends in “{mark}”, and other rows keep such marks."
            yield number, Finding(Span(at, at + 1), said, Severity.MINOR)


@rows_rule(
    "quote-half-lost",
    "fluency.punctuation.mark",
    severity=Severity.MINOR,
    finds=[
        marked("de", "„Kommt“, rief sie.", "“Come, she called.", "“"),
        marked("fr", "Elle cria : « Venez »", "She called: Come”", "”"),
        marked("ru", "«Идите», — сказала она.", 'Come," she said.', '"'),
    ],
    leaves=[
        right("de"),
        marked("fr", "« Venez", "“Come"),
        marked("ru", "«Идите», — сказала она.", "“Come,” she said."),
        marked("de", "Sie rief: 'Kommt, es regnet.", "She called: “Come, it is raining."),
        (*marked("ru", "— Идите. Паром уже здесь.", "“Come. The ferry is here."), Example(("ru", "en"), "Он не станет ждать.", "It will not wait.”")),
    ],
)  # fmt: skip
def quote_half_lost(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """A quotation mark of the translation has no other half, and those of the source all have.

    Readers take for speech what is none, up to the next mark.

    Left alone: what the source leaves open, too, also in single marks; speech that goes on in the next unit, and ends there; files whose
    quotation marks are often odd, since they may be inches or apostrophes there.
    """
    kept: dict[int, bool] = {}
    for number, pair in enumerate(pairs):
        marks = _quotation_marks(pair.target.text)
        if marks and not _is_open(pair.source.text):
            kept[number] = len(marks) % 2 == 0
    for number in _against_habit(kept):
        if not kept.get(number - 1, True) or not kept.get(number + 1, True):
            continue
        at = _quotation_marks(pairs[number].target.text)[-1]
        said = "A quotation mark has no other half here, as all have in the source."
        yield number, Finding(Span(at, at + 1), said, Severity.MINOR)


def _keeps(mark: str, pair: Pair) -> bool:
    """Whether the translation has the final *mark* of its source, or can do without it."""
    final = _final_mark(pair.target.text)
    if mark == ":":
        return final in _TELLING or _QUOTED_END.search(pair.source.text) is not None
    if mark == "?" and not _asks(pair.source):
        return True
    return final == mark or bool(
        _QUOTED_END.search(pair.source.text) and mark in _plain(pair.target.text)
    )


def _final_mark(text: str) -> str:
    """The mark that *text* ends in, as Latin letters write it; empty where it ends in none."""
    final = _FINAL.search(text)
    return _plain(final[1]) if final else ""


def _plain(text: str) -> str:
    """*text* with its marks as Latin letters write them."""
    return text.translate(_SAME_MARK)


def _is_open(text: str) -> bool:
    """Whether a quotation mark of *text* may have no other half there."""
    return len(_quotation_marks(text)) % 2 == 1 or len(_SINGLE_MARKS.findall(text)) % 2 == 1


def _quotation_marks(text: str) -> list[int]:
    """Where double quotation marks stand in *text*, of any language."""
    of_words = {found.start() for found in _IN_A_HEBREW_WORD.finditer(text)}
    return [
        found.start() for found in _QUOTATION_MARKS.finditer(text) if found.start() not in of_words
    ]


def _against_habit(kept: Mapping[int, bool]) -> list[int]:
    """The rows that do not do what nearly all others do: *kept* says of each that is asked about whether it does."""
    breaking = [number for number, does in kept.items() if not does]
    others = len(kept) - len(breaking)
    return breaking if others >= max(_FEWEST, _TIMES * len(breaking)) else []


RULES = (bracket_half_lost, question_lost)
OF_ROWS = (final_mark_changed, quote_half_lost)
