"""The rules of a run are one value that goes wherever the run does."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtclean.documents import document
from mtclean.pipeline import steps
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.signature import signature
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.rules.registry import BUILT_IN, Registry
from mtclean.text import Finding, Passage, Rule, Span


@dataclass(frozen=True)
class Names:
    """A word that must not stand."""

    word: str

    def __call__(self, passage: Passage) -> Iterator[Finding]:
        at = passage.text.find(self.word)
        if at >= 0:
            yield Finding(Span(at, at + len(self.word)), "Not this word.")


OURS = Rule("ours.kolovin", "style", Names("Kolovin"), languages=("xx",))
WITH_OURS = Registry(added=(OURS,))


def test_an_added_rule_speaks_as_any_other() -> None:
    everywhere = Registry(added=(replace(OURS, languages=()),))
    read = document("a.txt", b"They met at Kolovin in May.\n")
    work = draft(read, Options(grammar=False, registry=everywhere))
    record = account(detect_artifacts(normalize(work)))
    (finding,) = record.findings
    assert (finding.rule, finding.category) == ("ours.kolovin", "style")
    assert record.rules["ours.kolovin"].summary == "A word that must not stand."


def test_it_travels_with_the_options() -> None:
    """Also once it was used, when it holds functions that cannot be pickled."""
    assert WITH_OURS.by_id["ours.kolovin"] is OURS
    arrived = pickle.loads(pickle.dumps(Options(registry=WITH_OURS))).registry
    assert arrived == WITH_OURS
    assert list(arrived.by_id) == list(WITH_OURS.by_id)


def test_a_draft_takes_it_from_worker_to_worker() -> None:
    read = document("a.txt", b"They met at Kolovin in May.\n")
    work = draft(read, Options(language="xx", registry=WITH_OURS))
    request = steps.detect_artifacts(steps.normalize(pickle.dumps(work)))
    assert [f.item.rule for f in pickle.loads(request.parcel).trail.findings] == ["ours.kolovin"]


def test_an_added_rule_makes_no_language_one_that_is_checked() -> None:
    assert "en" in BUILT_IN.languages
    assert WITH_OURS.languages == BUILT_IN.languages


def test_outputs_depend_on_it() -> None:
    said = {
        signature(Options(registry=registry))["settings"]
        for registry in (
            BUILT_IN,
            WITH_OURS,
            Registry(added=(replace(OURS, check=Names("Korovin")),)),
        )
    }
    assert len(said) == 3
