"""Clean many random texts and hold every law over each; whatever fails is made small and printed.

    python benchmarks/fuzz.py --texts 200000 --seed 1 --part 1/4 --processes 2
    python benchmarks/fuzz.py --seed 1 --number 4711      # one text again

Texts are those of ``benchmarks/baits.py``: the same seed and number give the same text everywhere.  Cheap laws
hold over every text; dear ones, marked with a share, over every so many-th.  Exit code 1 where one was broken.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html.parser import HTMLParser
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.baits import random_text, smaller
from mtclean.documents import DocumentProblem, document
from mtclean.documents.decode import decode
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import Draft, draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.report import Navigation, edits_json, html_report
from mtclean.rules.registry import BUILT_IN
from mtclean.text import Edit, Fix, Level, Policy, Trail
from mtclean.text.policy import AS_WRITTEN
from mtclean.text.protect import free_entities, protected_spans
from mtclean.text.select import compatible
from mtclean.text.trail import apply
from tests.review.law import law_decisions

Law = Callable[[str, str], str]
"""From a text and its language: what is wrong, in a few words, or nothing."""

LANGUAGES = ("en",) * 12 + ("fr", "de", "ru", "")

EVERYTHING = Policy(tuple((rule.id, Level.SAFE) for rule in BUILT_IN.monolingual))
"""Every rule on, and what it suggests is made."""

_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")


def is_readable(text: str) -> bool:
    """Whether there is anything to read; a text without it is no document."""
    return bool(_VISIBLE.search(text))


def work_on(text: str, language: str, policy: Policy = AS_WRITTEN) -> Draft:
    """What came of a file of *text*; not to be changed.  Raises :class:`DocumentProblem` where it is none."""
    return _worked_on(text.encode("utf-8", "surrogatepass"), language, policy)


@lru_cache(maxsize=4)
def _worked_on(data: bytes, language: str, policy: Policy) -> Draft:
    options = Options(grammar=False, language=language, policy=policy)
    return detect_artifacts(normalize(draft(document("t", data), options)))


def changes_make_the_output(text: str, language: str) -> str:
    trail = work_on(text, language).trail
    edits = [Edit(*c.original, trail.text[slice(*c.output)]) for c in trail.changes]
    if apply(trail.original, edits) != trail.text:
        return "the changes do not make the output"
    undo = [Edit(*c.output, trail.original[slice(*c.original)]) for c in trail.changes]
    if apply(trail.text, undo) != trail.original:
        return "the changes undone do not make the original"
    named = {number for change in trail.changes for number in change.fixes}
    return "" if named == set(range(len(trail.applied))) else "a fix stands in no change"


def once_is_enough(text: str, language: str, policy: Policy = AS_WRITTEN) -> str:
    first = work_on(text, language, policy)
    once = first.trail.text
    if not is_readable(once):
        return ""
    if first.document.decoded.guessed:
        return ""  # from other bytes another encoding may be guessed
    second = _worked_on(cleaned_bytes(first), language, policy)
    if second.language != first.language:
        return ""  # from other words another language may be guessed
    twice = second.trail.text
    return "" if twice == once else f"once {once!r}, twice {twice!r}"


def what_is_protected_stays(text: str, language: str) -> str:
    """Where an early rule says what the characters are, other places may be protected from then on."""
    trail = work_on(text, language).trail
    early = {rule.id for rule in BUILT_IN.monolingual if rule.early}
    if any(placed.item.rule in early for placed in trail.applied):
        return ""
    free = free_entities(trail.original)
    kept = Counter(
        trail.original[slice(*span)] for span in protected_spans(trail.original) if span not in free
    )
    for part, times in kept.items():
        if trail.text.count(part) < min(times, trail.original.count(part)):
            return f"{part!r} was changed"
    return ""


def _control_characters(text: str) -> Counter[str]:
    return Counter(c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r")


def no_new_control_character(text: str, language: str, policy: Policy = AS_WRITTEN) -> str:
    trail = work_on(text, language, policy).trail
    new = _control_characters(trail.text) - _control_characters(trail.original)
    return f"{''.join(new)!r} is new" if new else ""


def can_be_read_again(text: str, language: str, policy: Policy = AS_WRITTEN) -> str:
    work = work_on(text, language, policy)
    if not is_readable(work.trail.text):
        return ""
    again = decode(cleaned_bytes(work))
    if work.document.decoded.guessed or again.text == work.trail.text:
        return ""
    return f"reads {again.text!r}, but {work.trail.text!r} was written"


def decisions_come_in_any_order(text: str, language: str) -> str:
    try:
        law_decisions(text, random.Random(text.encode("utf-8", "surrogatepass")))
    except AssertionError as broken:
        return str(broken) or "the law of decisions is broken"
    return ""


def record_comes_back(text: str, language: str) -> str:
    record = account(work_on(text, language))
    written = edits_json.write(record)
    again = edits_json.read(written, record.original)
    if again != record:
        return "another record comes back"
    return "" if edits_json.write(again) == written else "another file comes back"


class _Markup(HTMLParser):
    """The tags of a page and what its attributes may load or run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: Counter[str] = Counter()
        self.active: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.active.update(
            f"{tag} {name}={value}"
            for name, value in attrs
            if name.startswith("on") or name in ("href", "src", "action", "style", "http-equiv")
        )


_BAIT = '<qz onqz="1">\'"><img src=qz:><script>qz</script>&quot;'
_UNWANTED = frozenset(
    (
        "qz",
        "img",
        "script",
        "style",
        "meta",
        "link",
        "base",
        "iframe",
        "object",
        "embed",
        "form",
    )
)
"""What a page has no more of, whatever its text is."""


@cache
def _bare() -> _Markup:
    return _Markup(html_report(account(work_on("It is well.", "en")), Navigation()))


def nothing_of_the_text_is_markup(text: str, language: str) -> str:
    record = account(work_on(text + _BAIT, language))
    page = html_report(record, Navigation())
    found = _Markup(page)
    if strange := {tag for tag in found.tags - _bare().tags if tag in _UNWANTED}:
        return f"the report has {sorted(strange)}"
    if active := {
        what for what in found.active - _bare().active if not what.startswith("a href=#")
    }:
        return f"the report has {sorted(active)}"
    raw = _control_characters(page)
    return f"the report has {''.join(raw)!r} in it" if raw else ""


def any_layers_add_up(text: str, language: str) -> str:
    chance = random.Random(text.encode("utf-8", "surrogatepass"))
    trail = Trail(text)
    for _ in range(chance.randint(1, 4)):
        size = len(trail.text)
        fixes = []
        for _ in range(chance.randint(0, 5)):
            start = chance.randint(0, size)
            end = min(size, start + chance.choice((0, 0, 1, 2, 9)))
            fixes.append(Fix((Edit(start, end, chance.choice(("", "X", "YZ", "é\n"))),), "why"))
        trail.make("layer", compatible(fixes))
    edits = [Edit(*c.original, trail.text[slice(*c.output)]) for c in trail.changes]
    if apply(trail.original, edits) != trail.text:
        return "the changes of random layers do not make the output"
    named = {number for change in trail.changes for number in change.fixes}
    return "" if named == set(range(len(trail.applied))) else "a fix stands in no change"


LAWS: dict[str, tuple[int, Law]] = {
    "the changes make the output": (1, changes_make_the_output),
    "cleaning twice is cleaning once": (1, once_is_enough),
    "what is protected stays": (1, what_is_protected_stays),
    "no new control character": (1, no_new_control_character),
    "the output can be read again": (1, can_be_read_again),
    "random layers add up": (4, any_layers_add_up),
    "twice is once with every rule safe": (4, partial(once_is_enough, policy=EVERYTHING)),
    "nor with every rule safe": (4, partial(no_new_control_character, policy=EVERYTHING)),
    "read again with every rule safe": (4, partial(can_be_read_again, policy=EVERYTHING)),
    "the record comes back": (8, record_comes_back),
    "decisions come in any order": (32, decisions_come_in_any_order),
    "nothing of the text is markup": (32, nothing_of_the_text_is_markup),
}
"""Each law by name, with the share of texts it is held over: every so many-th."""


@dataclass(frozen=True)
class Failure:
    """A law that was broken: by which text of the series, and by the smallest text found."""

    law: str
    number: int
    language: str
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.law} (number {self.number}, language {self.language!r})\n  {self.text!r}\n  {self.why[:400]}"


def said_of(law: Law, text: str, language: str) -> str:
    """What *law* says; a crash breaks it, and a text that is no document keeps it.

    An output that is no document breaks it.
    """
    try:
        work_on(text, language)
    except DocumentProblem:
        return ""
    try:
        return law(text, language)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _breaks(law: Law, language: str, text: str) -> bool:
    return bool(said_of(law, text, language))


def failures_of(seed: int, number: int) -> Iterator[Failure]:
    """The laws the text of this *number* breaks."""
    text = random_text(seed, number)
    language = LANGUAGES[number % len(LANGUAGES)]
    for name, (share, law) in LAWS.items():
        if number // len(LANGUAGES) % share == 0 and said_of(law, text, language):
            small = smaller(text, partial(_breaks, law, language), 400)
            yield Failure(name, number, language, small, said_of(law, small, language))


def _worked(seed: int, numbers: range) -> list[Failure]:
    return [failure for number in numbers for failure in failures_of(seed, number)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="1/1", help="this part of the texts, as 1/4")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--number", type=int, help="only the text of this number, in full")
    parser.add_argument("--show", type=int, default=40, help="failures shown, at most")
    given = parser.parse_args()
    if given.number is not None:
        print(repr(random_text(given.seed, given.number)))
        broken = _worked(given.seed, range(given.number, given.number + 1))
        print(*broken, sep="\n")
        return bool(broken)
    part, parts = map(int, given.part.split("/"))
    step = -(-given.texts // parts)
    mine = range((part - 1) * step, min(part * step, given.texts))
    pieces = [mine[at : at + 500] for at in range(0, len(mine), 500)]
    found: dict[tuple[str, str], Failure] = {}
    done = 0
    with get_context("spawn").Pool(given.processes) as pool:
        for piece in pool.imap(partial(_worked, given.seed), pieces):
            done += 500
            for failure in piece:
                key = failure.law, failure.text
                if key not in found and len(found) < given.show:
                    print(failure, flush=True)
                found.setdefault(key, failure)
            if done % 10_000 == 0:
                print(f"  {done} of {len(mine)}", file=sys.stderr, flush=True)
        pool.close()
        pool.join()
    spent = os.times()
    rate = len(mine) / (spent.children_user + spent.children_system)
    laws = Counter(failure.law for failure in found.values())
    print(f"{len(mine)} texts, {rate:.0f} a second of a core; laws broken: {dict(laws) or 'none'}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
