"""What LanguageTool's first suggestion is worth, rule by rule, on development text.

    python benchmarks/grammar_rules.py FOLDER_OR_JSONL… [--write] [--noise]

Counted is what an editor would get to see: items of :func:`mtclean.grammar.judged` that weigh
something and have a suggestion, on three kinds of text:

* right text as it is: every suggestion there is wrong;
* the same with slips of our own making (an article, an agreement, a confused pair, letters swapped
  …), one in three sentences, always the same ones;
* rows with ``ok``, the right form of a damaged ``text``.

A suggestion is right when it makes exactly the right text of the damaged place.  ``--write`` makes
mtclean/grammar/rule_figures.tsv, which decides what is a safe fix.  ``--noise`` prints, for the right text alone, findings per 1,000
words by rule, with an example each.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.grammar import Grammar, judged
from mtclean.grammar.judge import PREFIX
from mtclean.grammar.languagetool.process import CHECKS_AT_ONCE
from mtclean.grammar.tables import FIGURES, Evidence
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Severity

_WORDS = re.compile(r"\w+|\W")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_EVERY = 3  # one sentence in so many gets a slip

_SLIPS: tuple[tuple[str, str], ...] = (
    (r"\ban(?= [aeiou][a-z]{2})", "a"),
    (r"\ba(?= [bcdfgklmnprstvz][a-z]{2})", "an"),
    (r"(?<=\b[Hh]e )has\b|(?<=\b[Ii]t )has\b|(?<=\b[Ss]he )has\b", "have"),
    (r"(?<=\b[Hh]e )was\b|(?<=\b[Ii]t )was\b|(?<=\b[Ss]he )was\b", "were"),
    (r"(?<=\b[Tt]hey )were\b|(?<=\b[Ww]e )were\b", "was"),
    (r"(?<=\b[Tt]hey )have\b|(?<=\b[Ww]e )have\b", "has"),
    (r"\bthese(?= [a-z]+s\b)", "this"),
    (r"\bthis(?= [a-z]+[a-rt-z]\b)", "these"),
    (r"(?<=\bmore )than\b|(?<=\bless )than\b|(?<=er )than\b", "then"),
    (r"\btheir\b", "there"),
    (r"\bits\b", "it's"),
    (r"(?<=ould )have\b", "of"),
    (r"\bI\b", "i"),
    (r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", "lower"),
    (r"\b(?:English|French|German|Chinese|American|European)\b", "lower"),
    (r"(?<=\bto )[a-z]{3,}e(?= the\b)", "past"),
    (r"(?<=\b[Hh]e )[a-z]+s\b|(?<=\b[Ss]he )[a-z]+s\b", "bare"),
    (r"\b[a-z]{7,}\b", "swap"),
    (r"\b[a-z]{7,}\b", "drop"),
    (r"\b[a-z]{7,}\b", "double"),
    (r"\bmany(?= [a-z]+s\b)", "much"),
    (r"\bwho\b", "which"),
    (r"\bdiscussed\b", "discussed about"),
    (r"(?<=\bone of the )[a-z]+s\b", "bare"),
)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text with places where it is not as it should be; ``right`` are the edits that mend it."""

    text: str
    right: tuple[Edit, ...] = ()

    def mended_by(self, edit: Edit) -> bool:
        """Whether *edit* makes the right text of the one place it touches."""
        near = [r for r in self.right if r.start <= edit.end and edit.start <= r.end]
        if not near:
            return False
        start = min(edit.start, *(r.start for r in near))
        end = max(edit.end, *(r.end for r in near))
        return _after(self.text, start, end, [edit]) == _after(self.text, start, end, near)


def _after(text: str, start: int, end: int, edits: list[Edit]) -> str:
    """What *edits*, in order and within ``[start, end)``, make of that part."""
    pieces, at = [], start
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join((*pieces, text[at:end]))


@dataclass(slots=True)
class Count:
    """What became of a rule's first suggestions."""

    right: int = 0
    damaged: int = 0
    clean: int = 0

    def evidence(self) -> Evidence:
        """The same, as the grammar room reads it."""
        return Evidence(self.right, self.damaged, self.clean)


def rows(sources: list[Path]) -> Iterator[Damaged]:
    """The texts of the sets; those without a right form beside them are taken to be right."""
    for source in sources:
        for file in sorted(source.rglob("*.jsonl")) if source.is_dir() else [source]:
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                text = row.get("text") or row.get("t") or ""
                if row.get("ok"):
                    yield Damaged(text, tuple(_difference(text, row["ok"])))
                elif text:
                    yield Damaged(text)


def _difference(text: str, right: str) -> Iterator[Edit]:
    """The edits, word by word, that make *right* of *text*."""
    a, b = _WORDS.findall(text), _WORDS.findall(right)
    at = [0]
    for token in a:
        at.append(at[-1] + len(token))
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(at[i], at[j], "".join(b[k:m]))


def with_slips(text: str, chance: random.Random) -> Damaged:
    """Right *text* with one slip in every third sentence or so."""
    pieces: list[str] = []
    right: list[Edit] = []
    length = at = 0
    for sentence in _SENTENCE.finditer(text):
        if chance.randrange(_EVERY):
            continue
        slips = list(_SLIPS)
        chance.shuffle(slips)
        for pattern, wrong in slips:
            found = list(re.finditer(pattern, sentence[0]))
            if not found:
                continue
            place = chance.choice(found)
            start, end = sentence.start() + place.start(), sentence.start() + place.end()
            slip = _slip(place[0], wrong, chance)
            if slip == place[0]:
                continue
            pieces += [text[at:start], slip]
            length += start - at
            right.append(Edit(length, length + len(slip), place[0]))
            length, at = length + len(slip), end
            break
    return Damaged("".join((*pieces, text[at:])), tuple(right))


def _slip(word: str, how: str, chance: random.Random) -> str:
    i = chance.randrange(1, max(2, len(word) - 2))
    made = {
        "lower": word.lower(),
        "past": word + "d",
        "bare": word[:-1],
        "swap": word[:i] + word[i : i + 2][::-1] + word[i + 2 :],
        "drop": word[:i] + word[i + 1 :],
        "double": word[:i] + word[i : i + 1] + word[i:],
    }
    return made.get(how, how)


def first_suggestion(item: Fix | Finding) -> Edit | None:
    """What would be done if somebody took the first suggestion; None where there is none."""
    if isinstance(item, Fix):
        return item.edits[0]
    if item.severity is Severity.NEUTRAL or not item.suggestions:
        return None
    return Edit(*item.span, item.suggestions[0])


def measured(texts: list[Damaged], grammar: Grammar) -> dict[str, Evidence]:
    """The counts by rule id over *texts*."""
    counts: dict[str, Count] = defaultdict(Count)
    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        results = pool.map(lambda damaged: grammar.check(damaged.text, "en"), texts)
        for damaged, result in zip(texts, results, strict=True):
            for item in judged(result, Passage(damaged.text), ()):
                edit = first_suggestion(item)
                if edit is not None:
                    _count(counts[item.rule.removeprefix(PREFIX)], damaged, edit)
    return {rule: count.evidence() for rule, count in sorted(counts.items())}


def _count(count: Count, damaged: Damaged, edit: Edit) -> None:
    if damaged.mended_by(edit):
        count.right += 1
    elif damaged.right:
        count.damaged += 1
    else:
        count.clean += 1


def write(figures: dict[str, Evidence], sources: list[Path]) -> None:
    """Write the figures of all rules met in *sources*, whose order decides where slips are made."""
    head = (
        "# How often the first suggestion of a LanguageTool rule made the right text; written by\n"
        "# benchmarks/grammar_rules.py --write, with the development sets\n"
        f"# {', '.join(source.name for source in sources)}.\n"
        "# damaged: cases in damaged text that were not mended;\n"
        "# clean: suggestions made for right text. A rule with a precision of .99 or more in 30 cases\n"
        "# or more is safe: its first suggestion is made without asking.\n"
        "rule\tcases\tright\tdamaged\tclean\tprecision\n"
    )
    lines = (
        f"{rule}\t{e.cases}\t{e.right}\t{e.damaged}\t{e.clean}\t{e.precision:.3f}\n"
        for rule, e in figures.items()
    )
    FIGURES.write_text(head + "".join(lines), encoding="utf-8")


def noise(texts: list[Damaged], grammar: Grammar) -> None:
    """Print what is said of right text, per 1,000 words and by rule."""
    said: Counter[str] = Counter()
    examples: dict[str, str] = {}
    words = fixes = 0
    for damaged in texts:
        text = damaged.text
        words += len(text.split())
        for item in judged(grammar.check(text, "en"), Passage(text), ()):
            if isinstance(item, Finding) and item.severity is Severity.NEUTRAL:
                continue
            edit = first_suggestion(item)
            said[item.rule] += 1
            fixes += isinstance(item, Fix) and item.applicability is Applicability.SAFE
            start, end = item.span
            shown = f"{text[max(0, start - 40) : start]}[{text[start:end]}→"
            shown += f"{edit.replacement if edit else ''}]{text[end : end + 25]}"
            examples.setdefault(item.rule, shown.replace("\n", " "))
    print(f"{words:,} words: {1000 * said.total() / words:.2f} per 1,000; safe fixes {fixes}")
    for rule, times in said.most_common(40):
        print(f"{times:4} {rule.removeprefix(PREFIX):40} {examples[rule]}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--noise", action="store_true")
    options = parser.parse_args()
    texts = list(rows(options.sources))
    right = [damaged for damaged in texts if not damaged.right]
    with Grammar() as grammar:
        if options.noise:
            noise(right, grammar)
            return
        chance = random.Random(6)
        slipped = [with_slips(damaged.text, chance) for damaged in right]
        figures = measured([*texts, *(s for s in slipped if s.right)], grammar)
    print("cases right damaged clean precision rule")
    for rule, e in sorted(figures.items(), key=lambda item: -item[1].cases)[:60]:
        safe = "  safe" if e.is_safe else ""
        print(f"{e.cases:5} {e.right:5} {e.damaged:5} {e.clean:5} {e.precision:.3f} {rule}{safe}")
    if options.write:
        write(figures, options.sources)


if __name__ == "__main__":
    main()
