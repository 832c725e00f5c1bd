"""Run the artefact rules, and the normalise stage before them, over labelled texts.

    python benchmarks/artifacts.py DATA.jsonl OUT.jsonl [--report --score PATH/TO/score.py --control CLEAN.jsonl
                                                         --judged benchmarks/judged.tsv --batch N]

A row of DATA has "id" and "text"; OUT gets a line {"id", "start", "end", "category"} for every
finding, change and suggestion of default severity, in offsets of the row's text; what is neutral
(a calque, a straight quotation mark among curly ones) is information and stays out.  --report has the scorer print
precision and recall by category, and the mean of their F1 (--all: with the rules that are off by default, whose mean leaves
the pronouns out); --control adds its rows to OUT, for the false alarms per 1,000 words.

The texts that artefacts were put into, and the clean ones, have faults of their own.  --judged adds what the figures are where
those that a person judged real are left out, neither right nor wrong (benchmarks/judged.py); --unlabelled prints the places to judge.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.judged import Place, is_labelled, key, tallies, verdicts
from mtclean.rules import artifacts
from mtclean.rules.artifacts.whole import whole_passages
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Finding, Passage, Placed, Rule, Severity, Span, Trail, settle
from mtclean.text.batch import Gathered, Observed
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.text.renames import first_name


def settled(
    row: dict[str, str], stages: Sequence[tuple[str, Sequence[Rule]]], batch: Evidence = NO_EVIDENCE
) -> Trail:
    """The trail of a row's text through the stages, with what its *batch* says about it."""
    trail = Trail(row["text"])

    def view(text: str) -> Passage:
        return Passage(text, language=row.get("lang", "en"), batch=batch)

    for name, rules in stages:
        settle(trail, name, rules, view)
    return trail


def batches(rows: Iterable[dict[str, Any]], part: int | None) -> Gathered:
    """The evidence of *rows*, of which those whose ids have the same *part* between colons are one batch."""
    if part is None:
        return Gathered({})
    return Gathered({_in_batch(row, part): Observed.of(row["text"]) for row in rows})


def _in_batch(row: dict[str, Any], part: int) -> str:
    """The row's name in the folder of its batch."""
    parts = row["id"].replace("/", "-").split(":")
    return f"{parts[part] if part < len(parts) else ''}/{':'.join(parts)}"


def findings(
    row: dict[str, str],
    stages: Sequence[tuple[str, Sequence[Rule]]],
    batch: Evidence = NO_EVIDENCE,
) -> Iterator[dict[str, str | int]]:
    """What the stages find in a row, in offsets of its text, each place and category once."""
    trail = settled(row, stages, batch)
    rules_by_id = {rule.id: rule for _, rules in stages for rule in rules}
    artifacts.suppress(trail, "normalize", artifacts.RULES)
    whole = whole_passages(trail, artifacts.RULES)

    def kind_of(placed: Placed) -> str:
        """The category under the name the sets know it by."""
        item = placed.item
        return first_name(
            item.category if isinstance(item, Finding) else rules_by_id[item.rule].category
        )

    def severity_of(placed: Placed) -> Severity:
        item = placed.item
        return item.severity if isinstance(item, Finding) else rules_by_id[item.rule].severity

    def place(placed: Placed) -> tuple[int, int, str]:
        span = trail.original_span(placed.item.span, placed.depth)
        return span.start, max(span.end, span.start + 1), kind_of(placed)

    made = [
        p
        for p in _first_of_each_change(trail, stages)
        if p.stage != "normalize" or not whole.touches(Span(*place(p)[:2]))
    ]
    weighty = [
        p for p in (*made, *trail.held, *trail.findings) if severity_of(p) is not Severity.NEUTRAL
    ]
    for start, end, kind in sorted({place(p) for p in weighty}):
        yield {"id": row["id"], "start": start, "end": end, "category": kind}


def _first_of_each_change(
    trail: Trail, stages: Sequence[tuple[str, Sequence[Rule]]]
) -> list[Placed]:
    """Of the applied fixes that touch one another the one whose rule stands first.

    A mark that mojibake left and that is then turned round is one fault.
    """
    order = [rule.id for _, rules in stages for rule in rules]
    first = {
        min(change.fixes, key=lambda number: order.index(trail.applied[number].item.rule))
        for change in trail.changes
    }
    return [placed for number, placed in enumerate(trail.applied) if number in first]


def print_safe_fixes(source: Path, stages: Sequence[tuple[str, Sequence[Rule]]]) -> None:
    """Print how many safe fixes the artefact rules made in *source*, and those nobody labelled.

    A set is labelled for what was put into it, and a clean one has true faults, too: whoever wants the
    precision reads what is printed.
    """
    made = unlabelled = 0
    for row in _rows(source):
        trail = settled(row, stages)
        labels = [Span(label["start"], label["end"]) for label in row.get("spans", ())]
        for placed in (p for p in trail.applied if p.stage == "artifacts"):
            span = trail.original_span(placed.item.span, placed.depth)
            made += 1
            if not any(span.overlaps(label) for label in labels):
                unlabelled += 1
                context = row["text"][max(0, span.start - 40) : span.end + 30]
                print(f"{row['id']}\t{placed.item.rule}\t{context!r}")
    print(f"{source.name}: {made} safe fixes, {unlabelled} of them on no labelled span")


class Scored(NamedTuple):
    """A text with what was found in it and what its labels ask for."""

    id: str
    text: str
    found: list[Place]
    labels: list[Place]

    def unlabelled(self) -> Iterator[Place]:
        """What was found where no label asks for it."""
        return (place for place in self.found if not is_labelled(place, self.labels))


def scored(source: Path, out: Path) -> list[Scored]:
    """The rows of *source* with their findings in *out*."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for row in _rows(out):
        found[row["id"]].append(Place(row["start"], row["end"], row["category"]))
    return [
        Scored(
            row["id"],
            row["text"],
            found[row["id"]],
            [
                Place(label["start"], max(label["end"], label["start"] + 1), label["category"])
                for label in row.get("spans", ())
                if label.get("category")
            ],
        )
        for row in _rows(source)
    ]


def _rows(source: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, source.read_text(encoding="utf-8").splitlines())


def print_unlabelled(rows: Iterable[Scored]) -> None:
    """Print each place that no label asks for, with the key of its verdict."""
    for row in rows:
        for place in row.unlabelled():
            context = (
                row.text[max(0, place.start - 60) : place.start],
                row.text[place.start : place.end],
                row.text[place.end : place.end + 60],
            )
            print(key(row.text, place), row.id, place.category, *map(repr, context), sep="\t")


def print_judged(data: Iterable[Scored], control: Iterable[Scored], judged: Path) -> None:
    """Print precision and false alarms without what was judged real, for each category that has such places."""
    said = verdicts(judged)
    print(f"-- without the faults of the texts themselves, as judged in {judged.name}")
    print(
        f"{'category':38}{'pred':>6}{'right':>7}{'real':>6}{'false':>7}{'unjudged':>10}{'prec':>7}"
    )
    rows = ((row.text, row.found, row.labels) for row in data)
    for category, tally in tallies(rows, said).items():
        if tally.found > tally.labelled:
            counts = f"{tally.found:>6}{tally.labelled:>7}{tally.real:>6}{tally.false:>7}"
            print(f"{category:38}{counts}{tally.unjudged:>10}{tally.precision:>7.3f}")
    clean = list(control)
    words = sum(len(row.text.split()) for row in clean)
    if not words:
        return
    alarms = tallies(((row.text, row.found, ()) for row in clean), said).values()
    found, real = (sum(tally[field] for tally in alarms) for field in (0, 2))
    unjudged = sum(tally.unjudged for tally in alarms)
    print(
        f"false alarms per 1,000 words {1000 * found / words:.3f} ({found}); without {real} judged real"
        f" {1000 * (found - real) / words:.3f}; {unjudged} without a verdict"
    )


def macro_f1(figures: dict[str, Any]) -> float:
    """The mean of F1 over the categories that have labels, but for pronouns, which are off by default."""
    scores = [
        2 * figure["precision"] * figure["recall"] / (figure["precision"] + figure["recall"])
        if figure["precision"] and figure["recall"]
        else 0.0
        for category, figure in figures["categories"].items()
        if figure["gold"] and category != "fluency.pronoun"
    ]
    return sum(scores) / len(scores) if scores else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--control", type=Path, help="clean rows, in which every finding is a false alarm"
    )
    parser.add_argument("--report", action="store_true", help="print the scorer's table")
    parser.add_argument(
        "--safe",
        action="store_true",
        help="print each safe fix of the artefact rules that is on no labelled span, and the counts",
    )
    parser.add_argument(
        "--judged", type=Path, help="verdicts made by hand, for a second table under the scorer's"
    )
    parser.add_argument(
        "--unlabelled",
        action="store_true",
        help="print each finding that no label asks for, with its key",
    )
    parser.add_argument("--score", type=Path, help="the scorer to call for the table")
    parser.add_argument(
        "--only-artifacts", action="store_true", help="leave the normalise stage out"
    )
    parser.add_argument(
        "--batch",
        type=int,
        metavar="N",
        help="rows whose ids have the same N-th part between colons, counted from 0, are one batch",
    )
    parser.add_argument(
        "--all", action="store_true", help="run the rules that are off by default too"
    )
    options = parser.parse_args()
    if options.report and not options.score:
        parser.error("--report needs --score PATH/TO/score.py")

    rules = [replace(rule, opt_in=rule.opt_in and not options.all) for rule in artifacts.RULES]
    stages: list[tuple[str, Sequence[Rule]]]
    stages = [] if options.only_artifacts else [("normalize", BUILT_IN.normalizing)]
    stages.append(("artifacts", rules))
    began, size = time.perf_counter(), 0
    with options.out.open("w", encoding="utf-8", newline="\n") as out:
        for source in filter(None, (options.data, options.control)):
            rows = list(_rows(source))
            gathered = batches(rows, options.batch)
            for row in rows:
                size += len(row["text"])
                batch = gathered.of(_in_batch(row, options.batch or 0))
                for finding in findings(row, stages, batch):
                    out.write(json.dumps(finding) + "\n")
    took = time.perf_counter() - began
    if options.safe:
        for source in filter(None, (options.data, options.control)):
            print_safe_fixes(source, stages)
    print(f"{size:,} characters in {took:.1f} s: {size / took:,.0f} characters/s", file=sys.stderr)
    data, control = (
        scored(source, options.out) if source and (options.unlabelled or options.judged) else []
        for source in (options.data, options.control)
    )
    if options.unlabelled:
        print_unlabelled((*data, *control))
    if options.report:
        command = [
            sys.executable,
            str(options.score),
            "--gold",
            str(options.data),
            "--pred",
            str(options.out),
        ]
        if options.control:
            command += ["--control", str(options.control)]
        code = subprocess.call(command)
        if code:
            sys.exit(code)
        figures = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
        print(f"macro-F1 without pronouns {macro_f1(json.loads(figures.stdout)):.3f}")
    if options.judged:
        print_judged(data, control, options.judged)


if __name__ == "__main__":
    main()
