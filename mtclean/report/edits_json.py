"""``NAME.edits.json``: the record as canonical JSON, and back.

The file holds everything but the original text, which it names by the sha256 of its bytes.  Its
schema is ``edits.schema.json`` beside this module.  It is the same for the same record on every
machine: keys are sorted, lists are in document order, there is no time stamp and no path, and
each change, fix and finding is one line, so that a line diff of two runs reads well.

Spans are ``[start, end]``, half-open, in code points of the text they are named after; ``bytes`` are those of
the original file, where it is no archive.  Of a file that is more than a text the texts are its prose, and
``segment`` says where in it a thing is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from mtclean.report.places import Places
from mtclean.report.record import (
    ChangeRecord,
    FindingRecord,
    FixRecord,
    Item,
    Record,
    RuleNote,
    RunSignature,
    Source,
    SourceText,
    Unchecked,
)
from mtclean.report.summary import Summary, summary_of
from mtclean.report.visible import SEEN, SEEN_IN_LINES, UNSEEN, UNSEEN_IN_LINES
from mtclean.text import Decision, Span
from mtclean.text.identity import NAME

SCHEMA = "mtclean.edits"
VERSION = 2
SCHEMA_FILE = Path(__file__).with_name("edits.schema.json")
"""The JSON Schema (draft 2020-12) of the version above."""

_TOGETHER = 100
"""Lines that are looked through and written at once."""

Json = dict[str, Any]
Kind = TypeVar("Kind")


class UnreadableEditsError(ValueError):
    """The JSON is not of this schema and version, or does not belong to the original given."""


def write(record: Record, summary: Summary | None = None) -> str:
    """The canonical JSON of *record*, ending in a newline; it always encodes to UTF-8.

    Its *summary* is made where it is left out.

    Characters that cannot be seen are escaped, so that the file is safe to print.  (JSON cannot
    tell a lone high surrogate followed by a lone low one from the character they would make
    together; no decoder yields the two.)
    """
    return "".join(parts(record, summary or summary_of(record)))


def parts(record: Record, summary: Summary) -> Iterator[str]:
    """What :func:`write` gives, one part after the other: it may be long, and is never whole in memory here."""
    for number, (key, value) in enumerate(sorted(_members(record, summary))):
        yield f"{',' if number else '{'}\n {_encode(key)}: "
        made = _value(value)
        while some := "".join(islice(made, _TOGETHER)):
            yield some if SEEN_IN_LINES.fullmatch(some) else UNSEEN_IN_LINES.sub(_escaped, some)
    yield "\n}\n"


def read(text: str, original: str) -> Record:
    """The record *text* was written from, for the document whose text is *original*.

    Raises :class:`UnreadableEditsError` where the one is not valid or not about the other.
    """
    content = _parsed(text)
    try:
        record = _record(content, original)
        belongs = all(original[slice(*c.original)] == c.before for c in record.changes)
        cleaned = record.cleaned() if belongs else ""
        whole = belongs and _text_mark(cleaned) == content["output"]
        if whole:
            _check(record, cleaned)
    except (KeyError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise UnreadableEditsError(f"not a valid {SCHEMA} file: {error!r}") from error
    if not whole:
        name = record.source.name
        raise UnreadableEditsError(
            f"these edits were made for another text than the {name!r} given"
        )
    return record


def _members(record: Record, summary: Summary) -> Iterable[tuple[str, object]]:
    """What is written, by key; items of which there may be many are made one by one."""
    places = Places(record)
    members: Json = {
        "schema": SCHEMA,
        "version": VERSION,
        "source": {
            "name": record.source.name,
            "sha256": record.source.sha256,
            "encoding": record.source.encoding,
            "bom": record.source.bom,
            "newline": record.source.newline,
            "encoding_guessed": record.source.encoding_guessed,
            "language": record.source.language,
        },
        "output": _text_mark(record.cleaned()),
        "run": {
            "mtclean": record.run.mtclean,
            "ruleset": record.run.ruleset,
            "versions": dict(record.run.versions),
            "options": dict(record.run.options),
        },
        "score": {
            "value": None if summary.score is None else round(summary.score, 2),
            "words": summary.words,
            "checked": round(summary.checked, 4),
        },
        "rules": {id: _note_object(note) for id, note in record.rules.items()},
        "changes": (_change_object(change, places) for change in record.changes),
        "fixes": (fix_object(fix, places) for fix in record.fixes),
        "findings": (finding_object(finding, places) for finding in record.findings),
        "unchecked": [
            {"stage": u.stage, "span": u.span, "reason": u.reason} for u in record.unchecked
        ],
        "warnings": list(record.warnings),
        "stages": list(record.stages),
        "stale": [decision.as_object() for decision in record.stale],
    }
    return members.items()


def fix_object(fix: FixRecord, places: Places) -> Json:
    """A fix as JSON has it, here and in JSON lines."""
    return {
        **_segment(fix.original, places),
        **_source(fix.source),
        "id": fix.id,
        "number": fix.number,
        "rule": fix.rule,
        "stage": fix.stage,
        "category": fix.category,
        "severity": fix.severity.value,
        "applicability": fix.applicability.value,
        "applied": fix.applied,
        **decided_object(fix),
        "reason": fix.reason,
        "edits": [
            {
                "original": edit.original,
                "output": edit.output,
                "before": edit.before,
                "after": edit.after,
                **_bytes(edit.original, places),
            }
            for edit in fix.edits
        ],
    }


def finding_object(finding: FindingRecord, places: Places) -> Json:
    """A finding as JSON has it, here and in JSON lines."""
    return {
        **_segment(finding.original, places),
        **_source(finding.source),
        **_bytes(finding.original, places),
        "id": finding.id,
        "rule": finding.rule,
        "stage": finding.stage,
        "category": finding.category,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestions": finding.suggestions,
        "original": finding.original,
        "output": finding.output,
        "excerpt": finding.excerpt,
        **decided_object(finding),
    }


def one_line(value: object) -> str:
    """*value* as JSON on one line, with sorted keys and nothing unseen in it."""
    line = _encode(value)
    return line if SEEN.fullmatch(line) else UNSEEN.sub(_escaped, line)


def decided_object(item: Item) -> Json:
    """What people decided on *item*, and what they said of it, here and in pages."""
    decided: Json = {"decision": item.decision.value if item.decision else None}
    if item.note:
        decided["note"] = asdict(item.note)
    if item.replacement:
        decided["replacement"] = item.replacement
    if isinstance(item, FixRecord) and item.place:
        decided["place"] = item.place
    return decided


def _segment(span: Span, places: Places) -> Json:
    return {"segment": label} if (label := places.label(span)) else {}


def _source(source: SourceText | None) -> Json:
    """The text of which a unit is the translation, and the place in it, null where none is meant."""
    if source is None:
        return {}
    return {"source": {"text": source.text, "place": source.place}}


def _bytes(span: Span, places: Places) -> Json:
    return {"bytes": found} if (found := places.bytes_of(span)) else {}


def _change_object(change: ChangeRecord, places: Places) -> Json:
    return {
        **_bytes(change.original, places),
        "original": change.original,
        "output": change.output,
        "before": change.before,
        "after": change.after,
        "fixes": change.fixes,
    }


def _note_object(note: RuleNote) -> Json:
    return {
        "category": note.category,
        "summary": note.summary,
        "explanation": note.explanation,
    }


def _text_mark(text: str) -> Json:
    """What tells the output from any other text: length in code points, sha256 as UTF-8."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {"length": len(text), "sha256": digest}


def _value(value: object) -> Iterator[str]:
    """A top-level value: lists and objects with one member a line."""
    if isinstance(value, list | Iterator):
        yield from _in_lines("[]", map(_encode, value))
    elif isinstance(value, dict):
        members = (f"{_encode(key)}: {_encode(value[key])}" for key in sorted(value))
        yield from _in_lines("{}", members)
    else:
        yield _encode(value)


def _in_lines(brackets: str, members: Iterable[str]) -> Iterator[str]:
    opening, closing = brackets[0], brackets[1]
    is_empty = True
    yield opening
    for member in members:
        yield f"{'' if is_empty else ','}\n  {member}"
        is_empty = False
    yield closing if is_empty else f"\n {closing}"


# What is written is no circle, for it is made of records.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, check_circular=False).encode


def _escaped(match: re.Match[str]) -> str:
    """Only strings can hold such a character: JSON itself is plain ASCII."""
    return json.dumps(match[0])[1:-1]


def _parsed(text: str) -> Json:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableEditsError(f"not JSON: {error}") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise UnreadableEditsError(f"not a {SCHEMA} file")
    if content.get("version") != VERSION:
        found = content.get("version")
        raise UnreadableEditsError(
            f"{SCHEMA} version {found!r}; this mtclean reads version {VERSION}"
        )
    return content


def _record(content: Mapping[str, Any], original: str) -> Record:
    """The record in *content*, every value of the type it is to have: pages are made of it unasked."""
    return Record(
        original,
        _typed(Source, content["source"]),
        _typed(RunSignature, content["run"]),
        _typed(tuple[ChangeRecord, ...], content["changes"]),
        _typed(tuple[FixRecord, ...], content["fixes"]),
        _typed(tuple[FindingRecord, ...], content["findings"]),
        _typed(tuple[Unchecked, ...], content["unchecked"]),
        _typed(tuple[str, ...], content["warnings"]),
        _typed(tuple[str, ...], content["stages"]),
        _typed(dict[str, RuleNote], content["rules"]),
        tuple(Decision.of_object(d) for d in content["stale"]),
    )


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type there is
    return TypeAdapter(kind)


def _typed(kind: type[Kind], value: object) -> Kind:
    """*value* as JSON has it as a *kind*.  Raises :class:`ValueError` where it is none."""
    key: Any = kind
    made: Kind = _adapter(key).validate_python(value)
    return made


def _check(record: Record, cleaned: str) -> None:
    """Raise :class:`ValueError` where values have their types, and still cannot be a record's, whose output is *cleaned*."""
    ends = {"original": len(record.original), "output": len(cleaned)}
    edits = [edit for fix in record.fixes for edit in fix.edits]
    for part in (*record.changes, *edits, *record.findings):
        for text, length in ends.items():
            start, end = getattr(part, text)
            if not 0 <= start <= end <= length:
                raise ValueError(f"a span leads out of the {text}")
    if any(not 0 <= u.span.start <= u.span.end <= ends["original"] for u in record.unchecked):
        raise ValueError("a span leads out of the original")
    ids = [*(fix.id for fix in record.fixes), *(finding.id for finding in record.findings)]
    if not all(map(NAME.fullmatch, ids)):
        raise ValueError("an id is no name of a fix or finding")
    if any(fix.number != n or not fix.edits for n, fix in enumerate(record.fixes)):
        raise ValueError("a fix without edits, or with another number than its own")
    if any(n not in range(len(record.fixes)) for c in record.changes for n in c.fixes):
        raise ValueError("a change by a fix that is not there")
    if not all(change.fixes for change in record.changes):
        raise ValueError("a change that no fix made")
