"""How often the fixes made without asking are right: faults put into clean texts, one at a time.

    python benchmarks/safe_fixes.py TEXTS… [--each 3000] [--seed 0] [--only RULE] [--fault NAME] [--show]

TEXTS are JSONL files (rows with "text" or "t") and folders of .txt, .md and .rst files in good English.  For each
kind of fault for which there is a safe fix, places are drawn where such a fault could stand, in pieces of text of
which the stages have nothing to say, as they are and with curly quotation marks.  One fault is put in, and the
normalise and the artefact stage clean the piece.  What comes out must be what stood there, letter for letter.  No place
is used twice, and faults are put in until the rule has made --each safe fixes, as far as the texts go.

The table has for each fault: how many were put in; how many the rule fixed unasked (`fixed`); how many of
those came out right (`exact`); fixes elsewhere that the fault brought about (`else`); and precision, beside the
lower end of its 95 % interval (for no error in n, 3/n).  Then come the look-alikes, in which nothing may
be fixed, and every safe fix of these rules in the clean texts themselves, to be read: those are no faults of ours
only where the text is right.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import codepoint2name
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.rules import artifacts, typography
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Passage, Quotes, Span, Style, Trail, settle

STAGES = (
    ("normalize", BUILT_IN.normalizing),
    ("artifacts", artifacts.RULES),
)
CURLY = Style(quotes=Quotes.CURLY)
PIECE = 1_200
"""Code points of a piece of text, in whole lines, at least."""

Damage = Callable[[re.Match[str], random.Random], str]


@dataclass(frozen=True)
class Fault:
    """A kind of fault: the rule that is to see it, where it may be put in, and what it makes of the place."""

    name: str
    rule: str
    places: re.Pattern[str]
    damage: Damage
    fits: Callable[[str], object] = bool
    """Whether a text is one in which the rule can know what stood there."""
    marked: bool = False
    """Whether it may also be put into prose in which words were marked up."""


def _entity(match: re.Match[str], rng: random.Random) -> str:
    code = ord(match.group())
    named = codepoint2name.get(code)
    return (
        f"&{named};"
        if named and rng.random() < 0.6
        else rng.choice((f"&#{code};", f"&#x{code:X};"))
    )


def _wide(match: re.Match[str], rng: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in match.group())


def _misread(match: re.Match[str], rng: random.Random) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in match.group().encode()
    )


LATIN = "aceopxyABCEHKMOPTX"
CYRILLIC = dict(zip(LATIN, "асеорхуАВСЕНКМОРТХ", strict=True))
GREEK = dict(zip("oABEHKMNOPTXZ", "οΑΒΕΗΚΜΝΟΡΤΧΖ", strict=True))


def _lookalike(match: re.Match[str], rng: random.Random) -> str:
    letter = match.group()
    return rng.choice([table[letter] for table in (CYRILLIC, GREEK) if letter in table])


def _torn_bold(match: re.Match[str], rng: random.Random) -> str:
    words = match.group()[2:-2]
    return rng.choice((f"** {words}**", f"**{words} **", f"** {words} **"))


def _torn_tags(match: re.Match[str], rng: random.Random) -> str:
    name, words = match["name"], match["words"]
    first = rng.choice((f"<{name}>", f"< {name}>", f"<{name} >", f"< {name} >"))
    last = rng.choice((f"</ {name}>", f"< /{name}>", f"</{name} >", f"< / {name} >"))
    return first + words + last


def _torn_entity(match: re.Match[str], rng: random.Random) -> str:
    code = ord(match.group())
    name = codepoint2name.get(code, f"#{code}")
    return rng.choice((f"& {name};", f"&{name} ;", f"& {name} ;"))


def _torn_placeholder(match: re.Match[str], rng: random.Random) -> str:
    """A blank where one sign of the placeholder meets what comes next."""
    whole = match.group()
    at = rng.choice([n for n in range(1, len(whole)) if not whole[n - 1 : n + 1].isalnum()])
    return f"{whole[:at]} {whole[at:]}"


def _twice(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern, re.MULTILINE)
    return lambda text: len(found.findall(text)) > 1


FAULTS = (
    Fault("entity", "escaped-character", re.compile("(?<![\"'=])[&'\"’“”‘–—…éèáíóúñçüößäøå€£°®©](?![\"'])"), _entity),
    Fault("entity, space", "escaped-character", re.compile(r"(?<=\w) (?=\w)"), lambda m, r: "&nbsp; "),
    Fault("wide comma", "fullwidth-character", re.compile(r"(?<=[a-z]), (?=\w)"), lambda m, r: r.choice(("，", "， "))),
    Fault("wide stop", "fullwidth-character", re.compile(r"(?<=[a-z])\.(?= [A-Z])|(?<=[a-z])\.$", re.M), lambda m, r: r.choice("。．")),
    Fault("wide digit", "fullwidth-character", re.compile(r"(?<![\w./:,-])\d{1,8}(?![\w./:-])"), _wide),
    Fault("wide bracket", "fullwidth-character", re.compile(r"(?<= )\([\w ]{1,40}\)(?=[ .,])"), lambda m, r: f"（{m.group()[1:-1]}）"),
    Fault("wide quotation", "cjk-quotation-mark", re.compile(r"“[^“”\r\n]{1,80}”"), lambda m, r: f"「{m.group()[1:-1]}」", lambda t: '"' not in t and t.count("“") > 1),
    Fault("wide ellipsis", "wide-ellipsis", re.compile("…"), lambda m, r: r.choice(("……", "⋯"))),
    Fault("mojibake", "mojibake", re.compile("[’“”–—…éèáíóúñçüößäøå€£°]"), _misread),
    Fault("invisible", "invisible-character", re.compile(r"(?<=\w)(?=\w)"), lambda m, r: r.choice("\u200b\u2060\ufeff\u00ad")),
    Fault("odd space", "exotic-space", re.compile(r"(?<=[a-z,.]) (?=\w)"), lambda m, r: r.choice("\u2003\u2002\u3000\u2009")),
    Fault("line's hyphen", "hyphen-of-a-line-end", re.compile(r"(?<=[a-z]{3})(?=[a-z]{3})"), lambda m, r: r.choice(("-\n", "- "))),
    Fault("doubled word", "doubled-word", re.compile(r"(?<![\w'’-])[A-Z]?[a-z]+(?= )"), lambda m, r: f"{m.group()} {m.group().lower()}"),
    Fault("look-alike", "homoglyph", re.compile(f"(?<=[A-Za-z])[{LATIN}](?=[a-z])|\\b[{LATIN}](?=[a-z]{{2}})"), _lookalike),
    Fault("torn link", "torn-markup", re.compile(r"(?<=\w\])(?=\([^\s()]+\))"), lambda m, r: " ", _twice(r"(?<!!)\[[^\[\]\n]+\]\([^\s()]+\)"), marked=True),
    Fault("torn picture", "torn-markup", re.compile(r"!\[[^\[\]\r\n]*\](?=\([^\s()]+\))"), lambda m, r: r.choice((f"! {m.group()[1:]}", f"{m.group()} ")), _twice(r"!\[[^\[\]\n]*\]\([^\s()]+\)"), marked=True),
    Fault("torn note", "torn-markup", re.compile(r"\[\^(?=\w+\])"), lambda m, r: r.choice(("[ ^", "[^ ")), _twice(r"\[\^\w+\]"), marked=True),
    Fault("torn heading", "torn-markup", re.compile(r"^#{2,6} (?=[A-Z])", re.M), lambda m, r: m.group().rstrip(), _twice(r"^#{2,6} "), marked=True),
    Fault("torn bold", "torn-markup", re.compile(r"(?<!\S)\*\*[^\s*\d][^*\r\n]{0,80}(?<![\s*])\*\*(?=[\s.,;:!?)])"), _torn_bold, marked=True),
    Fault("torn tags", "torn-markup", re.compile(r"<(?P<name>b|i|u|em|strong|sub|sup|span)>(?P<words>[^<>\r\n]{1,80})</(?P=name)>"), _torn_tags, marked=True),
    Fault("torn entity", "torn-markup", re.compile("(?<![\"'=])[&‘’“”–—…éèáíóúñçüößäøå€£°](?![\"'])"), _torn_entity),
    Fault("torn placeholder", "torn-markup", re.compile(r"%[sd]\b|%\(\w+\)s|[%$]\{\w+\}|(?<!\S)\{\d\}"), _torn_placeholder, _twice(r"%[sd]\b|%\(\w+\)s|[%$]\{\w+\}|(?<!\S)\{\d\}"), marked=True),
    Fault("torn scheme", "torn-markup", re.compile(r"\bhttps?://(?=[\w-]+\.)"), lambda m, r: m.group()[:-3] + r.choice((": //", " ://", ":// ", ": // ", ":/ /")), marked=True),
)  # fmt: skip

LOOKALIKES = (
    "He had had enough, and said that that was that. What it is is cold, and it did did it.",
    "The house they live in in winter is the one he was billed for for years. Come in in a minute.",
    "Lang Lang and Duran Duran met in Walla Walla; Bora Bora and Pago Pago are far, far away.",
    "It was very very late. No no no! Ha ha, said he. Bye bye. So so. Tut tut.",
    "Vitamin A a day; plan B b; Mr. To to his friend; The The played; the the the is three.",
    "Will will come. What it was was cold; the effect it has has been seen; the problems we have have to wait.",
    "I am not not happy. We do this this week. After all all is well. He slept for a while while we ate.",
    "Never before before noon. It is what it is about about now, and halfway through through traffic stops.",
    "“Who who?” asked the owl. He does do it, and you do do that, and what what?",
    "a a a a a b b b b\n0 0 0 1 1 1\n",
    "| the | the |\n| a | a |\n| in | in |",
    "the\tthe\nof\tof\nand\tand",
    "`&amp;` and `a &amp;&amp; b`; <b>bold</b> &amp; so on.",
    "See https://example.org/?a=1&amp;b=2&copy;=3 and mailto:a@example.org?x&amp;y.",
    "In HTML you write &amp; for an ampersand and &nbsp; for a space.",
    "```\nif (a &amp;&amp; b) return &quot;x&quot;;\n```",
    "AT&T; R&D; B&B; Q&A; he said &c; and left. f(&buf); g(&quot_x); &copy_of;",
    "Five &lt; seven &gt; three; &amp;lt; stays, and so does &amp;eacute; in it.",
    "A table has a bar, &#124;, and a list a star, &#42; or &#42;&#42;.",
    "他说：“你好，世界！”然后走了。（完）",
    "The word 「計画」 means plan, and 《红楼梦》 is a novel，so 他们 say.",
    "Ｗｉｄｅ、と彼は言った。ＡＢＣ社の２０２０年。",
    "She said “你好，世界！” and left. The line 床前明月光，疑是地上霜。 is by Li Bai.",
    "He wrote ‘她来了……’ on the wall. 他说……然后走了。",
    "Angles α and β, a 5 μm gap, Δt, γ-rays, β-carotene, Σ, Ω and μ-law; ΔE and λmax; pΩ.",
    "Москва is Moscow; Σωκράτης is Socrates; the word вода means water. КВН and СССР are films.",
    "IPA: [ɑ], [ə]; Latin æ, œ, ß, ð, þ; Turkish ı and İ; naïve, café, Ångström.",
    "Château, âge, pâté; ÂGE, AÑO NUEVO, Ãgueda; “Ünïcödé”.",
    "می\u200cخواهم and 👨\u200d👩\u200d👧 and \u200fשלום\u200f stay.",
    "It cost 10\u2009000 and weighs 5\u2009kg — 1\u202f000 — 25\u00a0€.",
    "It\u200a—\u200aor so he said\u2009–\u2009was late.",
    "If a < b and c > d, then < i > is a set; see </b> and x < u > y or not.",
    "See **this** one: 2 ** 3 ** 4, and x ** y ** z. A **kwargs and **new ** of it ** here** too.",
    "Hotels ** and *** stand here.\n** A note to the table.\n** Another note.",
    "Read [the map](https://a.example/m) and [sic] (#4 of ten), or [x] (/ y).",
    "He shouted! [the map](https://a.example/m) is ![here](m.png), and stop! [b](https://b.example/).",
    "It rose by %d and 5 % do so; 10 % s'en vont, %s; a % d b. Take 7 % s.",
    "In sets {0} and { 1 }, { 0, 1 } and {2}; f = { x }; ${a} for { b }.",
    "## Get it\n\n#Rain\n#Harbour\n",
    "Bread & butter; salt & sup; this & that; R & D; law & or; AT & T; I & you; a & b;",
    "Some[^1] say [^ a] is no vowel in a pattern; [^abc] is one.",
    "The scheme https : it is safe. Use http / https: //a comment, and http: / is none.",
)
"""Texts in which no rule may change anything unasked."""


def cleaned(text: str) -> Trail:
    """The trail of *text* through both stages."""
    trail = Trail(text)
    for name, rules in STAGES:
        settle(trail, name, rules, Passage)
    return trail


def dressed(piece: str) -> str:
    """*piece* with curly quotation marks and a true ellipsis, where it has others."""
    trail = Trail(piece.replace("...", "…"))
    settle(trail, "normalize", typography.RULES, lambda text: Passage(text, style=CURLY))
    return trail.text


_WORD = re.compile(r"(?<=[a-z] )[a-z]{3,}(?= [a-z])")
_MARKUP: tuple[Callable[[str], str], ...] = (
    lambda word: f"[{word}](https://www.{word}.example/{word})",
    lambda word: f"![{word}](https://{word}.example/{word}.png)",
    lambda word: f"{word}[^{len(word)}]",
    lambda word: f"**{word}**",
    lambda word: f"<b>{word}</b>",
    lambda word: f"<em>{word}</em>",
    lambda word: "%s",
    lambda word: f"%({word})s",
    lambda word: f"${{{word}}}",
    lambda word: f"{{{len(word) % 10}}}",
)


def marked_up(piece: str, rng: random.Random) -> str:
    """*piece* with six words in each of three kinds of markup, and with headings."""
    words = list(_WORD.finditer(piece))
    kinds = 6 * rng.sample(_MARKUP, 3)
    if len(words) < len(kinds):
        return piece
    drawn = sorted(rng.sample(words, len(kinds)), key=lambda word: -word.start())
    rng.shuffle(kinds)
    for word, kind in zip(drawn, kinds, strict=True):
        piece = piece[: word.start()] + kind(word.group()) + piece[word.end() :]
    first, last = drawn[0].group().capitalize(), drawn[-1].group().capitalize()
    return f"## {first}\n\n{piece.strip()}\n\n### {last} of it\n"


def is_clean(piece: str) -> bool:
    """Whether the stages have nothing to say of *piece*."""
    trail = cleaned(piece)
    return not (trail.applied or trail.held or trail.findings)


def texts_in(sources: Sequence[Path]) -> Iterator[str]:
    """The texts of JSONL files and folders, in order."""
    for source in sources:
        if source.is_dir():
            for file in sorted(source.rglob("*")):
                if file.suffix in (".txt", ".md", ".rst") and file.is_file():
                    yield file.read_text("utf-8", "replace")
            continue
        for line in source.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("text") or row.get("t") or ""


def pieces_of(text: str) -> Iterator[str]:
    """*text* in whole lines, PIECE code points at least each but the last."""
    held = ""
    for line in text.splitlines(keepends=True):
        held += line
        if len(held) >= PIECE:
            yield held
            held = ""
    if held.strip():
        yield held


@dataclass
class Count:
    """What came of one kind of fault."""

    put: int = 0
    fixed: int = 0
    exact: int = 0
    elsewhere: int = 0


def measured(
    fault: Fault, pieces: Sequence[str], each: int, rng: random.Random, show: bool
) -> Count:
    """Put *fault* into pieces drawn at random until its rule has made *each* safe fixes."""
    fit = [piece for piece in pieces if fault.fits(piece) and fault.places.search(piece)]
    count = Count()
    drawn: set[tuple[int, int]] = set()
    for _ in range(6 * each if fit else 0):
        number = rng.randrange(len(fit))
        piece = fit[number]
        place = rng.choice(list(fault.places.finditer(piece)))
        if count.fixed == each or (number, place.start()) in drawn:
            continue
        drawn.add((number, place.start()))
        bad = fault.damage(place, rng)
        before = piece[: place.start()] + bad + piece[place.end() :]
        trail = cleaned(before)
        span = Span(place.start(), place.start() + len(bad))
        count.put += 1
        own = [
            trail.original_span(p.item.span, p.depth)
            for p in trail.applied
            if p.item.rule == fault.rule
        ]
        hits = sum(max(o.start, span.start) <= min(o.end, span.end) for o in own)
        if not hits:
            continue
        count.fixed += 1
        right = trail.text == piece
        count.exact += right
        count.elsewhere += len(own) - hits
        if show and not right:
            at = max(0, span.start - 50)
            print(f"  wrong: {fault.name}: {before[at : span.end + 40]!r}")
    return count


def lower_end(right: int, of: int) -> float:
    """The lower end of Wilson's 95 % interval; by the rule of three where nothing was wrong."""
    if not of:
        return 0.0
    if right == of:
        return 1 - 3 / of
    z, share = 1.96, right / of
    middle = share + z * z / (2 * of)
    width = z * math.sqrt((share * (1 - share) + z * z / (4 * of)) / of)
    return (middle - width) / (1 + z * z / of)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--each", type=int, default=3000, help="safe fixes wanted of each fault")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", help="the one rule to measure")
    parser.add_argument("--fault", help="the one kind of fault to measure")
    parser.add_argument("--show", action="store_true", help="print what came out wrong")
    options = parser.parse_args()
    texts = list(texts_in(options.texts))
    found = dict.fromkeys(piece for text in texts for piece in pieces_of(text))
    found |= dict.fromkeys(map(dressed, found))
    pieces = [piece for piece in found if is_clean(piece)]
    faults = [
        fault
        for fault in FAULTS
        if options.only in (None, fault.rule) and options.fault in (None, fault.name)
    ]
    marked: list[str] = []
    if any(fault.marked for fault in faults):
        rng = random.Random(options.seed)
        marked = [p for piece in pieces if not cleaned(p := marked_up(piece, rng)).applied]
    rules = {fault.rule for fault in faults}

    print(
        f"{'fault':<16}{'rule':<22}{'put in':>7}{'fixed':>7}{'exact':>7}{'else':>6}  precision  at least"
    )
    for fault in faults:
        pool = [*pieces, *marked] if fault.marked else pieces
        count = measured(fault, pool, options.each, random.Random(options.seed), options.show)
        precision = count.exact / count.fixed if count.fixed else 0
        print(
            f"{fault.name:<16}{fault.rule:<22}{count.put:>7}{count.fixed:>7}{count.exact:>7}{count.elsewhere:>6}"
            f"  {precision:>9.4f}  {lower_end(count.exact, count.fixed):>8.4f}",
            flush=True,
        )

    touched = [text for text in LOOKALIKES if cleaned(text).applied]
    print(f"look-alikes: {len(LOOKALIKES)} texts, {len(touched)} changed")
    for text in touched:
        print(f"  {text!r} -> {cleaned(text).text!r}")

    made: Counter[str] = Counter()
    lines: list[str] = []
    for text in texts:
        trail = cleaned(text)
        for placed in trail.applied:
            if placed.item.rule in rules:
                made[placed.item.rule] += 1
                span = trail.original_span(placed.item.span, placed.depth)
                context = text[max(0, span.start - 40) : span.end + 30]
                lines.append(f"  {placed.item.rule}: {context!r}")
    words = sum(len(text.split()) for text in texts)
    print(f"clean texts: {words:,} words; safe fixes in them: {dict(made) or 'none'}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
