"""Records as SARIF 2.1.0 (OASIS, 2020), for code-review tools and editors.

A result is a change, a suggestion or a finding, at its place in the original, and carries what
would put it right as ``fixes``.  Making the fixes of all results whose property ``applied`` is true
gives the cleaned text.  Columns and offsets are code points (``columnKind``), offsets from 0, lines
and columns from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from mtclean.report.edits_json import Json
from mtclean.report.places import Places
from mtclean.report.record import (
    ChangeRecord,
    FindingRecord,
    FixRecord,
    Record,
    RuleNote,
    SourceText,
)
from mtclean.report.summary import summary_of
from mtclean.text import Severity, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.NEUTRAL: "note", Severity.MINOR: "warning", Severity.MAJOR: "error"}

Replacement = tuple[Span, str]


def sarif(documents: Iterable[tuple[Record, str]]) -> str:
    """*documents* as the SARIF file of one run; with each is the original's path, relative to the root of the project.

    An empty path is the document's name.  Each record is done with when the next is asked for.
    """
    return json.dumps(_log(documents), indent=1, sort_keys=True) + "\n"


def _log(documents: Iterable[tuple[Record, str]]) -> Json:
    rules = _Rules()
    artifacts: list[Json] = []
    notifications: list[Json] = []
    results: list[Json] = []
    for record, path in documents:
        uri = quote(path or record.source.name, errors="surrogateescape")
        writer = _Writer(record, {"uri": uri, "index": len(artifacts)}, rules)
        artifacts.append({"location": {"uri": uri}, "hashes": {"sha-256": record.source.sha256}})
        notifications += writer.notifications()
        results += writer.results()
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": rules.driver},
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\n"],
                "artifacts": artifacts,
                "invocations": [
                    {"executionSuccessful": True, "toolExecutionNotifications": notifications}
                ],
                "results": results,
            }
        ],
    }


class _Rules:
    """The rules that spoke, numbered as they are met."""

    def __init__(self) -> None:
        self.driver: Json = {"name": "mtclean", "rules": []}
        self._numbers: dict[str, int] = {}

    def meet(self, record: Record) -> None:
        """Take in the rules of *record*."""
        self.driver.setdefault("semanticVersion", record.run.mtclean)
        spoke = {fix.rule for fix in record.fixes} | {finding.rule for finding in record.findings}
        for id in sorted(spoke.union(record.rules) - self._numbers.keys()):
            self._numbers[id] = len(self._numbers)
            self.driver["rules"].append(_descriptor(id, record.rules.get(id)))

    def number(self, id: str) -> int:
        """Where the rule stands among the others."""
        return self._numbers[id]


def _descriptor(id: str, note: RuleNote | None) -> Json:
    rule: Json = {"id": id or "unknown"}
    if note and note.summary:
        rule["shortDescription"] = {"text": note.summary}
        rule["fullDescription"] = {"text": note.explanation or note.summary}
    if note and note.category:
        rule["properties"] = {"tags": [note.category]}
    return rule


class _Writer:
    """Makes the results of one record."""

    def __init__(self, record: Record, artifact: Json, rules: _Rules) -> None:
        self._record = record
        self._places = Places(record)
        self._artifact = artifact
        self._rules = rules
        rules.meet(record)

    def results(self) -> Iterator[Json]:
        """Changes, then suggestions, then findings; each in document order.

        What is to be put where is not said of an archive: it has no lines.
        """
        for result in self._results():
            if self._places.in_archive:
                result.pop("fixes", None)
            yield result

    def _results(self) -> Iterator[Json]:
        for change in self._record.changes:
            yield self._change(change)
        for fix in self._record.held:
            yield self._held(fix)
        for finding in self._record.findings:
            yield self._finding(finding)

    def notifications(self) -> Iterator[Json]:
        """What was not checked: all of it that rules could not speak of, then part by part."""
        if coverage := summary_of(self._record).coverage:
            where = {"physicalLocation": {"artifactLocation": self._artifact}}
            yield {"level": "warning", "message": {"text": coverage}, "locations": [where]}
        for part in self._record.unchecked:
            yield {
                "level": "note",
                "message": {"text": f"{part.stage}: {part.reason}"},
                "locations": [self._location(part.span)],
            }

    def _change(self, change: ChangeRecord) -> Json:
        made = [self._record.fixes[number] for number in change.fixes]
        first = made[0]
        reasons = " ".join(dict.fromkeys(fix.reason for fix in made))
        result = self._result(first.rule, "note", reasons, change.original, first.id)
        result["fixes"] = [self._fix(reasons, [(change.original, change.after)])]
        result["properties"] = {"applied": True, "ids": [fix.id for fix in made]}
        return result

    def _held(self, fix: FixRecord) -> Json:
        result = self._result(fix.rule, "note", fix.reason, fix.original, fix.id)
        result |= _related(fix.source)
        original = self._record.original
        if all(original[slice(*edit.original)] == edit.before for edit in fix.edits):
            edits = [(edit.original, edit.after) for edit in fix.edits]
            result["fixes"] = [self._fix(fix.reason, edits)]
        if fix.state == "declined":
            result["suppressions"] = [{"kind": "external", "status": "accepted"}]
        return result

    def _finding(self, finding: FindingRecord) -> Json:
        level = _LEVELS[finding.severity]
        result = self._result(finding.rule, level, finding.message, finding.original, finding.id)
        result |= _related(finding.source)
        if finding.suggestions:
            result["fixes"] = [
                self._fix(f"Put {text!a}", [(finding.original, text)])
                for text in finding.suggestions
            ]
        if not finding.counts:
            result["suppressions"] = [{"kind": "external", "status": "accepted"}]
        return result

    def _result(self, rule: str, level: str, message: str, span: Span, id: str) -> Json:
        return {
            "ruleId": rule or "unknown",
            "ruleIndex": self._rules.number(rule),
            "level": level,
            "message": {"text": message or rule or "unknown"},
            "locations": [self._location(span)],
            "partialFingerprints": {"mtclean/v1": id},
        }

    def _location(self, span: Span) -> Json:
        physical: Json = {"artifactLocation": self._artifact}
        if not self._places.in_archive:
            physical["region"] = self._region(span)
        place: Json = {"physicalLocation": physical}
        if label := self._places.label(span):
            place["logicalLocations"] = [{"name": label}]
        return place

    def _fix(self, description: str, replacements: Iterable[Replacement]) -> Json:
        return {
            "description": {"text": description},
            "artifactChanges": [
                {
                    "artifactLocation": self._artifact,
                    "replacements": [
                        {"deletedRegion": self._region(span), "insertedContent": {"text": text}}
                        for span, text in replacements
                    ],
                }
            ],
        }

    def _region(self, span: Span) -> Json:
        start, end = self._places.position(span.start), self._places.end(span)
        place = self._places.span(span)
        return {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "charOffset": place.start,
            "charLength": place.end - place.start,
        }


def _related(source: SourceText | None) -> Json:
    """The text that a unit is the translation of; it may be in a file of its own, so it has no place here."""
    if source is None:
        return {}
    start, end = source.place or (0, 0)
    meant = f": {source.text[start:end]}" if start < end else ""
    text = f"The source{meant}. All of it: {source.text}" if meant else f"The source: {source.text}"
    return {"relatedLocations": [{"message": {"text": text}}]}
