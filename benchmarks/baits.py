"""Texts made to find faults: pieces to mix, patterns to repeat, and changed copies of good examples.

Shared by the laws (tests/test_laws.py), by ``benchmarks/fuzz.py`` and by ``benchmarks/rules_scaling.py``.
All is a pure function of its arguments; what is random comes from the generator given.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mtclean.rules.registry import BUILT_IN

PIECES = [
    "The talks", "went well", "China", "Node.js", "U.S.", "Mr.", "said", "he", "It", "7 a.m.", "3.5",
    "www.example.org", "me@example.org", "`a  ,b`", "’tis", "it’s", "it's", "1990s", "(after)", "cafÃ©",
    ".", ",", "!", "?", "…", ":", "”", "“", "’", "‘", '"', "'", "(", ")", " ", "  ", "\n", "\r\n", "\u200b",
    "，", "。", "-", "—", "😀", "é", "&nbsp;", "&quot;", "&amp;", "&eacute;", "&#39;", "&lt;",
    "rs", "е", "а", "d", "Рaris", "amp;", "&amp;quot;", "quot;", "&amp;amp;#39;", "\\u201c", "\\ud83d\\ude00", "\\n",
    "â€™", "\ufffd", "\x1a", "\x07", "\x85", "&#26;", "&#xD800;", "\u00ad", "\u200c",
]  # fmt: skip
"""What the rules of the first stage look for, and what they must leave alone."""

MORE_PIECES = [
    "\t", "\r", "\u00a0", "\u202f", "\u2009", "\u3000", "\u00ad", "\ufeff", "\u200d", "\u200c", "\u200f", "\u2028",
    "\x85", "\x0c", "\x00", "\x1a", "\x1b", "\x7f", "\x81", "\ufffd", "\ud800", "\u0301", "\ufe0f", "\u202e", "\uffff",
    "```", "~~~", "`", "    ", "* ", "- ", "1. ", "2) ", "# ", "> ", "| ", "---", "***", "___", "_so_", "**so**", "==",
    "[a](b.c)", "![", "](", "<b>", "</b>", "<br/>", "<!-- mtclean: ignore -->", "<!--", "-->", "<", ">", "{", "}", "{{", "%s",
    "${x}", "%(n)d", "__DIR__", "=\"a\"", "\\", "C:\\a", "/usr/lib", "http://", "https://a.b/c?d=\"e\"", "@", "www.", "&", "&#", ";",
    "&amp;quot;", "&amp;amp;lt;", "&#x201c;", "&#1;", "&#xd800;", "«", "»", "„", "‚", "‹", "›", "「", "」", "『", "』", "《", "》", "″", "′", "´",
    "``", "''", ",,", "“”", "’’", "“‘", "’”", '""', ".”", ",”", "”.", ".’", "?”", "--", "–", "- -", "...", ". . .", "!!", "?!", "。”", "、", "：", "；",
    "！", "？", "（", "）", "【", "】", "·", "・", "•", "→", "°", "%", "$", "€", "£", "¥", "#", "*", "+", "=", "/", "|", "~", "^", "_",
    "0", "1", "84", "1,000", "3,5", "1.234,5", "1 000", "2023-04-18", "10:30", "10.30", "20%", "0 By", "(end)", "’90s", "5'", "6\"", "½", "²",
    "a", "I", "i", "i’m", "A", "Z", "the", "The", "and", "of", "in", "is", "was", "that", "who", "Unlike", "However", "but", "said he", "he said,", "says",
    "Kolovin", "Kolovyn", "kolovin", "Testov", "Tastov", "january", "july 16", "Monday", "President", "president", "The President", "english", "THE", "NATO", "iPhone", "eBay",
    "relevant departments", "very very", "the the", "had had", "in order", "As an AI", "Share", "Read more", "Click here", "Copyright 2020", "Advertisement", "Translated by",
    "governmentof", "themayor", "inthe", "isthe", "well.The", "well,the", "end?The", "said:“", "won't", "don’t", "o’clock", "O’Brien", "rock ’n’ roll", "l’eau", "qu’il",
    "中国", "在社交媒体上", "上世纪八十年代，他来到中国。", "こんにちは", "カタカナ", "한국어", "Москва", "Гимн был хорошо принят.", "λόγος", "שלום", "ב\"הארץ\"", "بـ", "مرحبا", "ไทย", "हिन्दी",
    "Die Regierung hat gestern beschlossen, das Gesetz nicht zu ändern.", "On ne le sait pas encore.", "nous nous", "« c’est »", "„Das“", "ça", "Größe", "naïve", "ﬁ", "leаst", "rs,еd", "Ａ", "１",
    "â€™", "â€œ", "Ã©", "Â ", "donâ€™t", "It�s", "Ð¼Ð¾", "æ–‡", "ï»¿", "\x80", "\x93so\x94", "e\u0301", "o\"ces", "My.Future", "Po\u00ad\n", "1 , 000", "U . S .", ",’’",
    "It is not a palace, says our director, but it does not leak.", "The committee, which met twice in 2019, agreed.", "She wrote: “He said ‘never’, and went.”",
    "a.a.", "A.A.", "a-a-", "(a", "a)", "[1]", "[a", "{a", "<a ", "“a", "a”", "‘a", "a’", "'a", "a'", "\"a", "a\"", "Aa", "aA", "aB.C", "a,b", "a;b", "a:b", "a!b", "a?b", "a…b", "1a", "a1", "1.a", "a.1",
]  # fmt: skip
"""What the other rules look for, other scripts, markup, damage, halves of things, and what cannot be seen."""

LINES = (
    "It opened on july 16.", "A heading", "• A point", "Share this page", "12", "Said Kolovin: “No", "1. One",
    "中文一行", "The end of a line of prose that goes on and on and is broken at a margin by a", "word",
)  # fmt: skip


def words_of_a_text(count: int) -> str:
    """*count* words that are all different: names, small words, numbers."""
    letters = "bdfgklmnprstvz"
    names = []
    for number in range(count):
        name = "".join(
            letters[number // 14**place % 14] + "aeiou"[(number + place) % 5] for place in range(4)
        )
        names.append((name.title(), name, str(number), f"the {name}")[number % 4])
    return " ".join(names)


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // max(1, len(unit)) + 1))[:size]


def _after(head: str, unit: str, tail: str = "") -> Callable[[int], str]:
    return lambda size: head + _repeated(unit)(size) + tail


def _growing(unit: str, joint: str) -> Callable[[int], str]:
    """Units that get longer and longer: 1, 2, 3 … of them."""

    def text(size: int) -> str:
        parts, length, count = [], 0, 1
        while length < size:
            parts.append(unit * count)
            length += len(unit) * count + len(joint)
            count += 1
        return joint.join(parts)[:size]

    return text


def by_hand() -> dict[str, Callable[[int], str]]:
    """Patterns by name; each makes a text of about so many code points."""
    units = dict.fromkeys((*PIECES, *MORE_PIECES, *LINES))
    found = {f"{unit!r} repeated": _repeated(unit) for unit in units}
    spaced = ("China", "kolovin", "Kolovin", "I", "i", "84", "“so", "so”", "so’", "‘so", '"so', 'so"', "the", "Aa.Bb", "中", "&quot;", "@", "www.", "nous", "(", ")", "a.", "A.", "-", "’")  # fmt: skip
    found |= {f"{unit!r} and a space": _repeated(unit + " ") for unit in spaced}
    found |= {f"{unit!r} to a line": _repeated(unit + "\n") for unit in (*spaced, *LINES, *PIECES)}
    found |= {
        f"{unit!r} to a paragraph": _repeated(unit + "\r\n\r\n") for unit in ("It is.", "“So", "1.")
    }
    found |= {
        "one word of letters": _repeated("abcdefghij"),
        "a capital, then one word": _after("A", "bcdefghij"),
        "one word, half a text": lambda size: (
            "It is " + "ofthe" * (size // 10) + " ofthe b" * (size // 16)
        ),
        "fences that are never closed": _repeated("```a\n"),
        "an address, then dots": lambda size: "See https://a.b/" + "." * size + " now",
        "an address, then pairs of marks": lambda size: "See https://a.b/" + "!?" * (size // 2),
        "open marks, then a long line": lambda size: (
            "“a " * (size // 6) + "\n" + "a so " * (size // 10)
        ),
        "a row of one word": _repeated("sorry, "),
        "lines that hang": _repeated("The rain came early and the men went home; and\n"),
        "'on july 16 in China' repeated": _repeated("on july 16 in China and china "),
        "lines of keywords": _repeated("Keywords: rain, harbour\n"),
        "names after articles": _repeated("on The Mill of The Revolution the Kolovin "),
        "a foreign sentence, then ours": _repeated(
            "Гимн был хорошо принят, и зрители требовали еще. On ne le sait pas encore. "
        ),
        "one word of capitals": _repeated("ABCDEFGHIJ"),
        "one number": _repeated("1234567890"),
        "capitals by turns": _repeated("aB"),
        "spaces, then a word": lambda size: " " * size + "word.",
        "a word, then spaces": lambda size: "word." + " " * size,
        "spaces in a sentence": lambda size: "It is " + " " * size + " so.",
        "lines of spaces": _repeated(" " * 50 + "\n"),
        "line ends, then a word": lambda size: "\n" * size + "word.",
        "words growing": _growing("ab", " "),
        "words growing, a line each": _growing("ab", ".\n"),
        "marks growing": _growing("“", " a "),
        "straight marks growing": _growing('"', " a "),
        "tildes shrinking, prose between": lambda size: "".join(
            "~" * length + "\nThe mill stood by the river and it was so late then.\n"
            for length in range(int((2 * size) ** 0.5), 2, -1)
        )[-size:],
        "dots growing": _growing(".", " A "),
        "spaces growing": _growing(" ", "a"),
        "all words different": lambda size: words_of_a_text(size // 7),
        "all words different, a line each": lambda size: words_of_a_text(size // 7).replace(
            " ", ".\n"
        ),
        "an open mark, then prose": _after("“", "It is so, he said. "),
        "an open bracket, then prose": _after("(", "It is so, he said. "),
        "an open fence, then prose": _after("```\n", "It is so, he said.\n"),
        "an open tag, then prose": _after("<a ", 'b="c" It is so '),
        "an address without end": _after("https://a.b/", "c?d=e&f"),
        "prose, then a mark": _after("", "It is so, he said. ", "”"),
        "one line of prose": _repeated(
            "The mill stood by the river, and nobody had asked for it. "
        ),
        "lines of prose": _repeated("The mill stood by the river, and nobody had asked for it.\n"),
        "prose broken at a margin": _repeated(
            "the mill stood by the river, and nobody had asked\nfor it that day, or so they said, "
        ),
        "one line of speech": _repeated("“It is so,” he said. ‘Never!’ cried Kolovin. "),
        "a remark to a line": _repeated("It is so. <!-- mtclean: ignore --> No.\n"),
        "remarks in one line": _repeated("so <!-- mtclean: ignore doubled-stop --> "),
    }
    return found


@cache
def examples() -> tuple[str, ...]:
    """Every text the rules give as an example of what they do or leave, once."""
    found: dict[str, None] = {}
    for rule in BUILT_IN.monolingual:
        pairs = (*rule.fixes, *rule.suggests, *rule.finds, *rule.failures)
        found |= dict.fromkeys((*(before for before, _ in pairs), *rule.leaves))
    return tuple(found)


def from_examples() -> dict[str, Callable[[int], str]]:
    """Each example of the rules repeated: in one line, line by line, and its beginning alone."""
    found = {}
    for text in examples():
        flat = re.sub(r"\s*[\r\n]+\s*", " ", text)
        found[f"example {text!r}, line by line"] = _repeated(text + "\n")
        found[f"example {text!r}, in one line"] = _repeated(flat + " ")
        found[f"example {text!r}, halves"] = _repeated(flat[: len(flat) * 2 // 3])
    return found


@cache
def inputs() -> tuple[str, ...]:
    """The project's own texts."""
    return tuple(
        file.read_bytes().decode("utf-8") for file in sorted((ROOT / "input").glob("*.txt"))
    )


def _mixed(chance: random.Random) -> str:
    pieces: Sequence[str] = chance.choice((PIECES, MORE_PIECES, (*PIECES, *MORE_PIECES)))
    joint = chance.choice(("", "", " "))
    return joint.join(chance.choice(pieces) for _ in range(chance.randint(1, 30)))


def _example(chance: random.Random) -> str:
    return _mutated(chance.choice(examples()), chance)


def _examples_together(chance: random.Random) -> str:
    joint = chance.choice((" ", "\n", "", "\r\n", "\n\n"))
    return joint.join(chance.choice(examples()) for _ in range(chance.randint(2, 4)))


def _of_an_input(chance: random.Random) -> str:
    """A few hundred characters of a text of the project's, changed in places."""
    text = chance.choice(inputs())
    start = chance.randrange(len(text))
    return _mutated(text[start : start + chance.randint(40, 400)], chance)


def _mutated(text: str, chance: random.Random) -> str:
    """*text* with a few places changed: something put in, taken out, doubled, swapped, or in capitals."""
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        at = chance.randint(0, len(text))
        end = min(len(text), at + chance.choice((1, 1, 1, 2, 5)))
        part = text[at:end]
        put = chance.choice(
            (
                chance.choice(PIECES) + part,
                chance.choice(MORE_PIECES) + part,
                chance.choice(MORE_PIECES),
                "",
                part * 2,
                part[::-1],
                part.swapcase(),
            )
        )
        text = text[:at] + put + text[end:]
    return text


_KINDS = (_mixed, _example, _examples_together, _of_an_input)
_SHARES = (4, 3, 1, 1)


def random_text(seed: int, number: int) -> str:
    """The text with this *number* in the series of *seed*: the same on every machine."""
    chance = random.Random(f"{seed}:{number}")
    return chance.choices(_KINDS, _SHARES)[0](chance)


def smaller(text: str, still_fails: Callable[[str], bool], tries: int = 2000) -> str:
    """A text as small as can be made of *text* that still fails (Zeller's ddmin)."""
    size = max(1, len(text) // 2)
    while size and tries > 0:
        for shorter in list(_without(text, size)):
            tries -= 1
            if still_fails(shorter):
                text = shorter
                break
            if tries <= 0:
                break
        else:
            size //= 2
        size = min(size, len(text))
    return text


def _without(text: str, size: int) -> Iterator[str]:
    """*text* without each of its parts of *size* code points."""
    for at in range(0, len(text), size):
        yield text[:at] + text[at + size :]
