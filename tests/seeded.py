"""What comes of the examples of all rules and of the sample, a line each: its digest, the rule and the kind.

``test_laws`` runs it with several seeds of Python's hashes, in which sets have several orders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mtclean.documents import document
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.report import edits_json
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Rule
from tests.conftest import ROOT

OPTIONS = Options(grammar=False)


def texts() -> Iterator[tuple[str, str]]:
    """Every text with its name: an example of a rule at a time, all of a rule together, and the documents of ``input/``."""
    for rule in (rule for rule in BUILT_IN.by_id.values() if isinstance(rule, Rule)):
        examples = (*rule.fixes, *rule.suggests, *rule.finds, *rule.leaves)
        own = [example if isinstance(example, str) else example[0] for example in examples]
        yield from ((rule.id, text) for text in own)
        yield f"{rule.id}, all", "\n\n".join(own)
    for path in sorted((ROOT / "input").glob("*.txt")):
        yield path.name, path.read_text()


def main() -> None:
    for name, text in texts():
        if not text.strip():
            continue
        work = detect_artifacts(normalize(draft(document("t", text.encode()), OPTIONS)))
        written = edits_json.write(account(work))
        print(hashlib.sha256(written.encode()).hexdigest()[:16], name)


if __name__ == "__main__":
    main()
