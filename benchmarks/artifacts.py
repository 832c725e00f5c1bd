"""Run the artefact rules, and the normalise stage before them, over labelled texts.

    python benchmarks/artifacts.py DATA.jsonl OUT.jsonl [--report --score PATH/TO/score.py --control CLEAN.jsonl]

A row of DATA has "id" and "text"; OUT gets a line {"id", "start", "end", "category"} for every
finding, change and suggestion of default severity, in offsets of the row's text; what is neutral
(a calque, a straight quotation mark among curly ones) is information and stays out.  --report has the scorer print
precision and recall by category; --control adds its rows to OUT, for the false alarms per 1,000 words.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tasks import artifacts
from tasks.artifacts.whole import touches, whole_passages
from tasks.text import Finding, Passage, Placed, Rule, Severity, Span, Trail, settle


def normalise_rules() -> Sequence[Rule]:
    """The rules of the stage before, as far as they exist."""
    return getattr(importlib.import_module("tasks.normalize"), "RULES", ())


def settled(row: dict[str, str], stages: Sequence[tuple[str, Sequence[Rule]]]) -> Trail:
    """The trail of a row's text through the stages."""
    trail = Trail(row["text"])

    def view(text: str) -> Passage:
        return Passage(text, language=row.get("lang", "en"))

    for name, rules in stages:
        settle(trail, name, rules, view)
    return trail


def findings(
    row: dict[str, str], stages: Sequence[tuple[str, Sequence[Rule]]]
) -> Iterator[dict[str, str | int]]:
    """What the stages find in a row, in offsets of its text, each place and category once."""
    trail = settled(row, stages)
    rules_by_id = {rule.id: rule for _, rules in stages for rule in rules}
    artifacts.hush(trail, "normalize", artifacts.RULES)
    whole = whole_passages(trail, artifacts.RULES)

    def kind_of(placed: Placed) -> str:
        item = placed.item
        return item.category if isinstance(item, Finding) else rules_by_id[item.rule].category

    def severity_of(placed: Placed) -> Severity:
        item = placed.item
        return item.severity if isinstance(item, Finding) else rules_by_id[item.rule].severity

    def place(placed: Placed) -> tuple[int, int, str]:
        span = trail.original_span(placed.item.span, placed.depth)
        return span.start, max(span.end, span.start + 1), kind_of(placed)

    made = [
        p
        for p in _first_of_each_change(trail, stages)
        if p.stage != "normalize" or not touches(whole, Span(*place(p)[:2]))
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
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
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
    parser.add_argument("--score", type=Path, help="the scorer to call for the table")
    parser.add_argument(
        "--only-artifacts", action="store_true", help="leave the normalise stage out"
    )
    parser.add_argument(
        "--all", action="store_true", help="run the rules that are off by default too"
    )
    options = parser.parse_args()
    if options.report and not options.score:
        parser.error("--report needs --score PATH/TO/score.py")

    rules = [replace(rule, opt_in=rule.opt_in and not options.all) for rule in artifacts.RULES]
    stages: list[tuple[str, Sequence[Rule]]]
    stages = [] if options.only_artifacts else [("normalize", normalise_rules())]
    stages.append(("artifacts", rules))
    began, size = time.perf_counter(), 0
    with options.out.open("w", encoding="utf-8", newline="\n") as out:
        for source in filter(None, (options.data, options.control)):
            for line in source.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                size += len(row["text"])
                for finding in findings(row, stages):
                    out.write(json.dumps(finding) + "\n")
    took = time.perf_counter() - began
    if options.safe:
        for source in filter(None, (options.data, options.control)):
            print_safe_fixes(source, stages)
    print(f"{size:,} characters in {took:.1f} s: {size / took:,.0f} characters/s", file=sys.stderr)
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
        sys.exit(subprocess.call(command))


if __name__ == "__main__":
    main()
