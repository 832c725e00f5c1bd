"""How often `term-in-two-ways` is right: short texts with one term rendered two ways, and look-alikes without.

    python benchmarks/terms.py

The texts are in terms.tsv.  A text with a second term counts as found when the rule points into it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.rules.artifacts.terms import term_in_two_ways
from mtclean.text import Passage


def main() -> None:
    rule = replace(term_in_two_ways, opt_in=False)
    lines = Path(__file__).with_name("terms.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    found = missed = false = 0
    for wanted, text in rows:
        said = [text[slice(*item.span)] for item in rule.run(Passage(text))]
        found += bool(said and wanted)
        missed += bool(wanted and not said)
        false += bool(said and not wanted)
        if bool(said) != bool(wanted):
            print("missed" if wanted else f"false {said}", "|", text)
    right = found / (found + false) if found + false else 0.0
    print(f"{len(rows)} texts: {found} found, {missed} missed, {false} false")
    print(f"precision {right:.3f}, recall {found / (found + missed):.3f}")


if __name__ == "__main__":
    main()
