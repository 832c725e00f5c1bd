"""Which of LanguageTool's findings that ask for a decision are right, by what people said of them.

    python benchmarks/grammar_findings.py DATA.jsonl… [--judged benchmarks/judged_grammar.tsv] [--unjudged]

Each row ("id", "text", and "lang" where it is not English) goes through the normalise and the artefact stage, as in a run, and is then
checked.  Counted are findings and suggestions that weigh something.  The file of verdicts names places as
``benchmarks/judged.py`` says, with the rule's id for the category; --unjudged prints those that nobody has judged.
What is right less than half the time is made neutral in mtclean/grammar/treatments.tsv.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.artifacts import settled
from benchmarks.judged import Place, key, tallies, verdicts
from mtclean.grammar import Grammar, judged
from mtclean.rules import artifacts
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Finding, Passage, Severity

_STAGES = (("normalize", BUILT_IN.normalizing), ("artifacts", artifacts.RULES))


class Checked(NamedTuple):
    """A text as it was checked, and what was found in it that asks for a decision."""

    text: str
    found: list[Place]


def checked(source: Path, grammar: Grammar) -> Iterator[Checked]:
    """The texts of *source*, each with what is said of its grammar."""
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        trail = settled(row, _STAGES)
        claimed = [trail.output_span(p.item.span, p.depth) for p in (*trail.held, *trail.findings)]
        language = row.get("lang", "en")
        said = judged(
            grammar.check(trail.text, language), Passage(trail.text, language=language), claimed
        )
        yield Checked(
            trail.text,
            [
                Place(*item.span, item.rule)
                for item in said
                if not isinstance(item, Finding) or item.severity is not Severity.NEUTRAL
            ],
        )


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("data", nargs="+", type=Path)
    ask.add_argument("--judged", type=Path, default=Path(__file__).with_name("judged_grammar.tsv"))
    ask.add_argument("--unjudged", action="store_true")
    options = ask.parse_args()
    said = verdicts(options.judged)
    with Grammar() as grammar:
        rows = [row for source in options.data for row in checked(source, grammar)]
    of_rules = tallies(((row.text, row.found, ()) for row in rows), said)
    found, real, false = (
        sum(getattr(tally, part) for tally in of_rules.values())
        for part in ("found", "real", "false")
    )
    words = sum(len(row.text.split()) for row in rows)
    for rule, tally in sorted(of_rules.items(), key=lambda item: -item[1].found):
        print(f"{rule:50}{tally.found:5} found{tally.real:5} right{tally.false:5} wrong")
    print(
        f"{found} findings in {words} words, {1000 * found / max(1, words):.2f} per 1,000; "
        f"{real} right, {false} wrong, {found - real - false} not judged"
    )
    for row in rows if options.unjudged else ():
        for place in row.found:
            if key(row.text, place) not in said:
                around = row.text[max(0, place.start - 60) : place.end + 40]
                print(f"{key(row.text, place)}\t{place.category}\t{around!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
