"""Which of LanguageTool's findings that ask for a decision are right, by what people said of them; and which faults it finds.

    python benchmarks/grammar_findings.py DATA.jsonl… [--lang de,fr] [--aside | --all] [--faults benchmarks/grammar_faults.tsv]
                                          [--judged benchmarks/judged_grammar.tsv] [--unjudged]

Each row ("id", "text", and "lang" where it is not English; or "t" and "l", as the languages set has it) goes through the normalise
and the artefact stage, as in a run, and is then checked.  Counted are findings and suggestions that weigh something, by language and
rule.  With --lang a third of the documents is laid aside (``benchmarks/languages.py``); --aside takes only those.  The file of
verdicts names places as ``benchmarks/judged.py`` says, with the rule's id for the category; --unjudged prints those that nobody has
judged.  What is right less than half the time is made neutral in mtclean/grammar/treatments.tsv.

--faults has sentences with one fault each: how many are found, how many are mended by the first suggestion, and how often something is
said of the right sentence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.artifacts import settled
from benchmarks.judged import Place, Verdict, key, tallies, verdicts
from benchmarks.languages import is_aside
from mtclean.grammar import Grammar, judged
from mtclean.languages.language import Trait, language
from mtclean.rules import artifacts
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Finding, Fix, Passage, Severity, Span

_STAGES = (("normalize", BUILT_IN.normalizing), ("artifacts", artifacts.RULES))
_FAULT = re.compile(r"\{([^|}]*)\|([^|}]*)\}")
_LETTERS_A_WORD = 1.7
"""Characters that count as a word where no spaces part words, as the languages set counts."""


class Checked(NamedTuple):
    """A text as it was checked, in its language, and what was found in it that asks for a decision."""

    text: str
    language: str
    found: list[Place]

    @property
    def words(self) -> float:
        """How many words it has."""
        is_spaced = language(self.language).has(frozenset((Trait.SPACED,)))
        return len(self.text.split()) if is_spaced else len(self.text) / _LETTERS_A_WORD


class Fault(NamedTuple):
    """A sentence with a fault, what it should be, and where the fault is."""

    language: str
    kind: str
    text: str
    right: str
    start: int
    end: int


def faults(source: Path) -> Iterator[Fault]:
    """The sentences of *source*."""
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, kind, marked = line.split("\t")
        (fault,) = _FAULT.finditer(marked)
        text, right = (_FAULT.sub(rf"\{n}", marked) for n in (1, 2))
        yield Fault(code, kind, text, right, fault.start(), fault.start() + len(fault[1]))


def rows(source: Path, chosen: set[str], part: str) -> Iterator[dict[str, str]]:
    """The rows of *source* in the *chosen* languages (all, where none is), of the *part* near, aside or all."""
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        code = row.get("lang") or row.get("l") or "en"
        if chosen and (
            code not in chosen or (part != "all" and is_aside(row["id"]) != (part == "aside"))
        ):
            continue
        yield {"text": row.get("text") or row["t"], "lang": code}


def weighty(text: str, code: str, grammar: Grammar, claimed: list[Span]) -> list[Fix | Finding]:
    """What is said of the grammar of *text* and asks for a decision."""
    said = judged(grammar.check(text, code), Passage(text, language=code), claimed)
    return [
        item
        for item in said
        if not isinstance(item, Finding) or item.severity is not Severity.NEUTRAL
    ]


def checked(row: dict[str, str], grammar: Grammar) -> Checked:
    """The text of *row*, with what is said of its grammar."""
    trail = settled(row, _STAGES)
    claimed = [trail.output_span(p.item.span, p.depth) for p in (*trail.held, *trail.findings)]
    said = weighty(trail.text, row["lang"], grammar, claimed)
    return Checked(trail.text, row["lang"], [Place(*item.span, item.rule) for item in said])


def mended(item: Fix | Finding, text: str) -> str:
    """*text* as the first suggestion of *item* makes it."""
    if isinstance(item, Fix):
        ((start, end, replacement),) = item.edits
    else:
        (start, end), replacement = item.span, next(iter(item.suggestions), "")
    return text[:start] + replacement + text[end:]


def print_faults(source: Path, chosen: set[str], grammar: Grammar, *, missed: bool) -> None:
    """Print how many of the faults of *source* are found, by language and kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fault in faults(source):
        if chosen and fault.language not in chosen:
            continue
        said = [
            item
            for item in weighty(fault.text, fault.language, grammar, [])
            if item.span.start < fault.end and fault.start < item.span.end
        ]
        count = counts[fault.language]
        count["sentences"] += 1
        count["found"] += bool(said)
        count[f"{fault.kind} sentences"] += 1
        count[f"{fault.kind} found"] += bool(said)
        count["mended"] += any(mended(item, fault.text) == fault.right for item in said)
        count["wrong"] += len(weighty(fault.right, fault.language, grammar, []))
        if missed and not said:
            print(f"{fault.language}\tmissed\t{fault.kind}\t{fault.text}")
    for code, count in counts.items():
        kinds = sorted(name.split()[0] for name in count if name.endswith(" sentences"))
        by_kind = ", ".join(f"{k} {count[f'{k} found']}/{count[f'{k} sentences']}" for k in kinds)
        print(
            f"{code}: {count['found']} of {count['sentences']} faults found, {count['mended']} mended; "
            f"{count['wrong']} findings in the right sentences; {by_kind}"
        )


def print_findings(texts: list[Checked], said: dict[str, Verdict]) -> None:
    """Print what was found in *texts* by rule, and how much of it is right."""
    of_rules = tallies(((row.text, row.found, ()) for row in texts), said)
    found, real, false = (
        sum(getattr(tally, part) for tally in of_rules.values())
        for part in ("found", "real", "false")
    )
    words = sum(row.words for row in texts)
    for rule, tally in sorted(of_rules.items(), key=lambda item: -item[1].found):
        print(f"{rule:50}{tally.found:5} found{tally.real:5} right{tally.false:5} wrong")
    print(
        f"{found} findings in {words:.0f} words, {1000 * found / max(1, words):.2f} per 1,000; "
        f"{real} right, {false} wrong, {found - real - false} not judged"
    )


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("data", nargs="*", type=Path)
    ask.add_argument("--lang", default="")
    ask.add_argument("--aside", action="store_const", dest="part", const="aside", default="near")
    ask.add_argument("--all", action="store_const", dest="part", const="all")
    ask.add_argument("--judged", type=Path, default=Path(__file__).with_name("judged_grammar.tsv"))
    ask.add_argument("--faults", type=Path)
    ask.add_argument("--unjudged", action="store_true")
    options = ask.parse_args()
    said = verdicts(options.judged)
    chosen = set(filter(None, options.lang.split(",")))
    with Grammar() as grammar:
        texts = [
            checked(row, grammar)
            for source in options.data
            for row in rows(source, chosen, options.part)
        ]
        if options.faults:
            print_faults(options.faults, chosen, grammar, missed=options.unjudged)
    for code in sorted({row.language for row in texts}):
        print(code)
        print_findings([row for row in texts if row.language == code], said)
    for row in texts if options.unjudged else ():
        for place in row.found:
            if key(row.text, place) not in said:
                before, said_of, after = (
                    row.text[max(0, place.start - 60) : place.start],
                    row.text[place.start : place.end],
                    row.text[place.end : place.end + 40],
                )
                print(
                    f"{key(row.text, place)}\t{place.category}\t{f'{before}[{said_of}]{after}'!r}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
