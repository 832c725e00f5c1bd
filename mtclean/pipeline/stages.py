"""The job on one document, stage by stage: plain functions, no Prefect.

A :class:`Draft` goes through :func:`normalize`, :func:`detect_artifacts`, :func:`compare` and :func:`check_grammar`; what
came of it is a :class:`~mtclean.report.Record`, and :func:`save` writes everything that derives from it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timezone
from functools import cache, partial
from importlib import metadata
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import mtclean
from mtclean import __version__
from mtclean.documents import (
    Document,
    DocumentProblem,
    Input,
    as_utf8,
    language_beside,
    oddities,
    reads_as,
    write_together,
)
from mtclean.documents import read as read_document
from mtclean.documents.outputs import INDEX, outputs_of, report_of, tracked_of
from mtclean.formats import Layout
from mtclean.grammar import (
    CheckResult,
    Grammar,
    GrammarUnavailable,
    LanguageNotInstalled,
    judged,
    languages_added,
)
from mtclean.grammar.judge import PREFIX
from mtclean.grammar.languagetool.lockfile import VERSION
from mtclean.languages.language import primary
from mtclean.pipeline.options import Options
from mtclean.pipeline.outcomes import LEFT_OUT
from mtclean.pipeline.pairs import forget_what_the_source_has, has_pairs, say_once, units_of
from mtclean.plugins import PluginCheck
from mtclean.report import (
    Navigation,
    Record,
    RunSignature,
    Source,
    Unchecked,
    edits_json,
    html_report,
    in_the_file,
    record_of,
    unchecked_by_rules,
    unified_diff,
)
from mtclean.report.coverage import COMPARE
from mtclean.report.tracked import tracked_docx
from mtclean.report.visible import shown
from mtclean.rules import bilingual
from mtclean.rules.artifacts import suppress as suppress_in_whole
from mtclean.rules.bilingual import vectors
from mtclean.rules.bilingual.glossary import NO_TERMS, TermBase
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import PairRule, RowsRule
from mtclean.rules.registry import Registry
from mtclean.text import (
    Clock,
    Decision,
    Edit,
    Finding,
    Fix,
    LeftOut,
    Passage,
    Placed,
    Policy,
    Rerun,
    Rule,
    SlowPattern,
    Span,
    Style,
    Trail,
    as_decided,
    place,
    settle,
    shifted,
)
from mtclean.text.evidence import NO_EVIDENCE, Evidence
from mtclean.text.select import MAX_ROUNDS, Decide, outside_code, safe_only

CHECKERS = "checkers"
"""The stage that what checkers say is of."""

RULE_ROOMS = ("text", "languages", "formats", "rules", "grammar")
"""The packages whose code and data say what is found in a text."""


@dataclass(slots=True)
class Draft:
    """A document on its way through the stages."""

    document: Document
    language: str
    style: Style
    policy: Policy
    registry: Registry
    trail: Trail
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    batch: Evidence = NO_EVIDENCE
    """What the other documents say about it."""
    unchecked: list[Unchecked] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    """How long rules that are not mtclean's own have worked on it."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Why such a rule, or all whose ids begin so, did not speak; by name."""
    source_language: str = ""
    """That of the source, where the file does not say it and somebody did."""
    terms: TermBase = NO_TERMS
    """What translations are held to."""
    cut_short: bool = False
    """Whether LanguageTool had more to say when it was lost."""
    _seen: Passage | None = None
    """The text as the rules saw it last: what they know of it stays known until it changes."""

    def passage(self, text: str) -> Passage:
        """*text* as the rules are to see it.

        Raises :class:`DocumentProblem` where a pattern of the house takes too long on it.
        """
        if self._seen is not None and self._seen.text == text:
            return self._seen
        passage = self._seen = Passage(
            text, self.language, self.style, self._fixed, self.clock, self.batch, self._links
        )
        try:
            passage.house  # noqa: B018 - found now, so that no rule meets it
        except SlowPattern as slow:
            raise DocumentProblem("slow_pattern", str(slow)) from slow
        return passage

    @property
    def _links(self) -> tuple[Span, ...]:
        """The places of the text as it stands that are links."""
        layout = self.document.layout
        return tuple(self.trail.output_span(span, 0) for span in layout.links) if layout else ()

    @property
    def _fixed(self) -> tuple[Span, ...]:
        """The places of the text as it stands that the file's format says are no prose."""
        layout = self.document.layout
        return tuple(self.trail.output_span(span, 0) for span in layout.fixed) if layout else ()


def read(item: Input, options: Options, side_by_side: int = 1) -> Document:
    """The document in the file of *item*, while so many are worked on *side_by_side*.

    Raises :class:`mtclean.documents.DocumentProblem` where it cannot be cleaned.
    """
    return read_document(
        item.path,
        item.name,
        follow=item.follow,
        reading=options.reading_of(item),
        side_by_side=side_by_side,
    )


def draft(
    document: Document,
    options: Options,
    decisions: Mapping[str, Decision] | None = None,
    batch: Evidence = NO_EVIDENCE,
) -> Draft:
    """The document as the first stage gets it, its language known; *decisions* are by id.

    *batch* is what the other documents say about it.
    """
    said = document.layout.language if document.layout else ""
    language = options.language_for(document.name) or said
    language = language or language_beside(document.text, batch.language)
    policy = options.policy_for(document.name)
    trail = Trail(document.text)
    started = Draft(
        document, language, options.style, policy, options.registry, trail, decisions or {}, batch
    )
    started.source_language = options.source_language
    started.terms = options.terms
    started.left_out.update(options.registry.missing)
    if options.source and not has_pairs(document.layout):
        started.warnings.append(f"No source of it was found in {options.source}.")
    if document.decoded.guessed:
        started.warnings.append(
            f"Its encoding was guessed to be {document.decoded.encoding}; if letters look wrong, "
            "save it as UTF-8."
        )
    if lost := document.decoded.lost:
        started.warnings.append(
            f"It has bytes that are no characters in {document.decoded.encoding} ({len(lost)}, the first in line "
            f"{document.line_of(lost[0])}); they were kept as they are."
        )
    started.warnings += oddities(document.text)
    started.warnings += document.layout.remarks if document.layout else ()
    return started


def normalize(work: Draft) -> Draft:
    """Put spacing, quotation marks and the like right."""
    try:
        _by_rules(work, "normalize", work.registry.normalizing)
    except LeftOut as failure:
        return normalize(_without(work, failure))
    work.stages.append("normalize")
    return work


def detect_artifacts(work: Draft) -> Draft:
    """Find what machine translation and scraping left behind.

    What is changed on the way is normalised in its turn, until neither stage has more to change: cleaning twice is
    cleaning once.
    """
    try:
        _in_turn(work)
        suppress_in_whole(work.trail, "normalize", work.registry.artifacts)
        _consult(work)
    except LeftOut as failure:
        return detect_artifacts(normalize(_without(work, failure)))
    if work.document.layout is not None:
        forget_what_the_source_has(work.trail, work.document.layout, work.registry)
    work.stages.append("artifacts")
    return work


def _consult(work: Draft) -> None:
    """Ask the checkers, which are plug-ins', about the text as it now stands."""
    rules = work.registry.checkers
    asked = [rule for rule in rules if work.policy.asks(rule)]
    if not asked:
        return
    passage = work.passage(work.trail.text)
    said = [item for rule in asked for item in rule.run(passage)]
    place(work.trail, CHECKERS, said, passage, safe_only, work.policy)


def _without(work: Draft, failure: LeftOut) -> Draft:
    """*work* from its beginning, as if the rules that failed were not there, which it says."""
    work.registry = work.registry.without(failure.name)
    work.trail = Trail(work.trail.original)
    work.left_out[failure.name] = str(failure)
    return work


def _in_turn(work: Draft, decide: Decide = safe_only) -> None:
    for _ in range(MAX_ROUNDS):
        if not _by_rules(work, "artifacts", work.registry.artifacts, decide):
            break
        if not _by_rules(work, "normalize", work.registry.normalizing, decide):
            break


def _by_rules(work: Draft, stage: str, rules: Sequence[Rule], decide: Decide = safe_only) -> bool:
    """Whether *rules* changed something.  What the stage said before of the text is withdrawn."""
    depth = work.trail.depth
    work.trail.withdraw(stage)
    settle(work.trail, stage, rules, work.passage, decide, work.policy)
    if work.trail.depth - depth >= MAX_ROUNDS:
        _check_end(work, decide)
    return work.trail.depth > depth


def _check_end(work: Draft, decide: Decide) -> None:
    """Raise :class:`LeftOut` for a rule of somebody else's that would still change the text after all rounds."""
    passage = work.passage(work.trail.text)
    for rule in work.registry.added:
        if not work.policy.asks(rule):
            continue
        for item in rule.run(passage):
            allowed = work.policy.adjusted(item, rule.category)
            if allowed is not None and decide(work.trail, allowed):
                name = rule.check.plugin if isinstance(rule.check, PluginCheck) else rule.id
                raise LeftOut(name, "what it changes, it changes again and again")


def decide(work: Draft) -> Draft:
    """Do what people decided on what the stages offer; no rule speaks after them."""
    decisions = {id: one for id, one in work.decisions.items() if _can_be_written(work, one)}
    work.trail, left = as_decided(
        work.trail, decisions, Rerun(("normalize", "artifacts"), partial(_again, work))
    )
    if left:
        rules = ", ".join(sorted({shown(decision.rule) for decision in left}))
        work.warnings.append(
            f"{len(left)} decisions were not carried out, because others are about the same words "
            f"or the text cannot be read: {rules}."
        )
    return work


def _can_be_written(work: Draft, decision: Decision) -> bool:
    """Whether what a person wrote is prose where it stands in the file; true of all other decisions."""
    span = decision.place.found_in(work.trail.original) if decision.place else None
    if work.document.layout is None or span is None:
        return True
    try:
        work.document.written([Edit(*span, decision.replacement)])
    except DocumentProblem:
        return False
    return True


def _again(work: Draft, decide: Decide) -> Trail:
    """The stages of our own rules once more, making what *decide* says."""
    again = replace(work, trail=Trail(work.trail.original))
    try:
        _by_rules(again, "normalize", again.registry.normalizing, decide)
        _in_turn(again, decide)
    except LeftOut as failure:
        return _again(_without(again, failure), decide)
    return again.trail


def pairs_of(item: Input, options: Options) -> list[Pair]:
    """The translated units of the file of *item*, each beside its source; none where it has no sources.

    Raises :class:`DocumentProblem`.
    """
    work = draft(read(item, options), options)
    if not has_pairs(work.document.layout):
        return []
    languages = work.source_language, work.language
    return [unit.pair for unit in units_of(work.document, work.trail, languages)]


def compare(work: Draft) -> Draft:
    """Compare what is a translation with its source; a document without pairs is as it was."""
    if not has_pairs(work.document.layout):
        return work
    languages = work.source_language, work.language
    units = units_of(work.document, work.trail, languages, work.terms)
    asked = [rule for rule in work.registry.bilingual if work.policy.asks(rule)]
    said = bilingual.compare([unit.pair for unit in units], asked)
    place(
        work.trail,
        COMPARE,
        [shifted(item, units[number].at) for number, item in said],
        work.passage(work.trail.text),
        safe_only,
        work.policy,
        lambda item: _category_of(work, item),
        outside_code,
    )
    say_once(work.trail, COMPARE, work.registry)
    work.stages.append(COMPARE)
    return work


def _category_of(work: Draft, item: Fix | Finding) -> str:
    return work.registry.by_id[item.rule].category


def check_grammar(work: Draft, grammar: Grammar) -> Draft:
    """Ask LanguageTool about the text as it stands.

    Where it cannot be asked, the text is named as unchecked and everything else is kept; where it
    was lost on the way, ``cut_short`` says so.
    Raises :class:`GrammarUnavailable` where no other document could be checked either; the draft
    says so then, too.
    """
    try:
        result = grammar.check(work.trail.text, work.language)
    except LanguageNotInstalled as problem:
        return leave_unchecked(work, str(problem))
    except GrammarUnavailable as problem:
        leave_unchecked(work, str(problem))
        raise
    return judge(work, result, grammar.version)


def judge(work: Draft, result: CheckResult, version: str) -> Draft:
    """Place what LanguageTool of this *version* said about the text as it stands."""
    trail = work.trail
    depth = trail.depth
    work.stages.append("grammar")
    claimed = [_span_now(trail, placed) for placed in (*trail.held, *trail.findings)]
    work.cut_short = result.is_cut_short
    for span, cause in result.unchecked:
        work.unchecked.append(Unchecked("grammar", trail.original_span(span, depth), cause.value))
    if missing := len(result.unsuggested):
        why = result.unsuggested[0].cause.value
        work.warnings.append(f"{missing} unknown words have no suggestions: {why}")
    passage = work.passage(trail.text)
    said = judged(result, passage, claimed)
    place(trail, "grammar", said, passage, safe_only, work.policy)
    work.versions["languagetool"] = version
    return work


def leave_unchecked(work: Draft, reason: str) -> Draft:
    """Record that the whole text was not checked for grammar, and why."""
    work.stages.append("grammar")
    work.unchecked.append(Unchecked("grammar", Span(0, len(work.trail.original)), reason))
    return work


def _span_now(trail: Trail, placed: Placed) -> Span:
    return trail.output_span(placed.item.span, placed.depth)


def account(work: Draft) -> Record:
    """What was done to the document, and what there is to look at."""
    document = work.document
    return record_of(
        work.trail,
        Source(
            document.shown_name,
            document.sha256,
            document.decoded.encoding,
            bool(document.decoded.bom),
            document.newline,
            document.decoded.guessed,
            work.language,
        ),
        RunSignature(
            __version__,
            ruleset(),
            _libraries() | _plugins(work.registry) | work.versions,
            {"grammar": "grammar" in work.stages, **_settings(work.style, work.policy)},
        ),
        [*work.unchecked, *_unchecked_by_rules(work)],
        [*work.warnings, *(f"{name} {LEFT_OUT}: {why}." for name, why in work.left_out.items())],
        work.stages,
        work.registry.by_id,
        {id: decision for id, decision in work.decisions.items() if _was_asked(work, decision)},
        document.layout,
    )


def _was_asked(work: Draft, decision: Decision) -> bool:
    """Whether the rule that was decided on was asked this time; of one that was not, nothing is stale."""
    if decision.rule.startswith(PREFIX):
        asked = "languagetool" in work.versions and not work.unchecked
        return asked and work.policy.runs(decision.rule, "")
    rule = work.registry.by_id.get(decision.rule)
    if rule is None:  # of somebody else's, who was not asked or failed; or one we once had
        return "." not in decision.rule
    if isinstance(rule, PairRule | RowsRule) and COMPARE not in work.stages:
        return False
    return work.policy.asks(rule)


def _unchecked_by_rules(work: Draft) -> Iterator[Unchecked]:
    """What of the original no rule could speak of."""
    trail = work.trail
    is_asked = any(map(work.policy.asks, work.registry.monolingual))
    known = work.registry.languages if is_asked else {primary(work.language)}
    layout = work.document.layout
    settled = [(trail.output_span(s, 0), why) for s, why in _settled(layout)] if layout else []
    for part in unchecked_by_rules(work.passage(trail.text), work.language, known, settled):
        yield replace(part, span=trail.original_span(part.span, trail.depth))


def _settled(layout: Layout) -> Iterator[tuple[Span, str]]:
    """The segments that the file says are not to be changed, those that follow one another as one, and why."""
    count = Counter(segment.state for segment in layout.segments)
    for state, group in groupby(layout.segments, key=attrgetter("state")):
        if state:
            own = list(group)
            many = f"{count[state]} segments are" if count[state] > 1 else "1 segment is"
            yield Span(own[0].view.start, own[-1].view.end), f"{many} {state}."


def _settings(style: Style, policy: Policy) -> dict[str, str]:
    """What the house set that differs from the default, for the record."""
    return {
        field.name: json.dumps(getattr(part, field.name), default=sorted)
        for part in (style, policy)
        for field in fields(part)
        if getattr(part, field.name) != field.default
    }


def signature(options: Options) -> dict[str, str]:
    """What a document's outputs depend on beside its bytes, by a name people understand.

    How it is read is its own (:meth:`mtclean.pipeline.options.Options.reading_of`).
    """
    common = replace(
        options, source_format=None, columns=(), fields=(), readings=(), source="", source_column=""
    )
    return {
        "settings": json.dumps(asdict(common), default=sorted, sort_keys=True),
        "rules": ruleset(),
        "mtclean": __version__,
        "LanguageTool": _languagetool(options),
        **_libraries(),
    }


def _languagetool(options: Options) -> str:
    if not options.grammar:
        return ""
    return options.languagetool or " ".join((VERSION, *languages_added()))


def _plugins(registry: Registry) -> dict[str, str]:
    """The versions of the plug-ins whose rules there are."""
    checks = (rule.check for rule in (*registry.added, *registry.checkers))
    return {check.plugin: check.version for check in checks if isinstance(check, PluginCheck)}


@cache
def _libraries() -> dict[str, str]:
    """The versions of what our own stages stand on, as far as it is there; looking them up takes 14 ms."""
    versions = {name: metadata.version(name) for name in ("ftfy", "langdetect")}
    with suppress(metadata.PackageNotFoundError):
        versions[vectors.PACKAGE] = metadata.version(vectors.PACKAGE)
    return versions


@cache
def ruleset() -> str:
    """A digest of the code and data of the rules: it changes when what they do may change."""
    digest = hashlib.sha256()
    rooms = Path(mtclean.__file__).parent
    for room in RULE_ROOMS:
        for file in sorted((rooms / room).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(
                    file.relative_to(rooms).as_posix().encode() + b"\0" + file.read_bytes()
                )
    return digest.hexdigest()[:16]


def cleaned_bytes(work: Draft) -> bytes:
    """The cleaned text as a file: encoding, newlines and byte-order mark as in the original.

    Where a repaired character is not in that encoding, or the file would be read as another text, it is UTF-8
    and a warning says so.
    """
    text, decoded = work.trail.text, work.document.decoded
    if not work.document.is_text:
        return _file_with(work)
    try:
        data = decoded.encode(text)
        if text == decoded.text or reads_as(data, text):
            return data
        reason = f"The cleaned text would be misread in {decoded.encoding}"
    except UnicodeEncodeError as error:
        reason = (
            f"The cleaned text has {error.object[error.start]!a}, which {error.encoding} cannot "
            "write"
        )
    work.warnings.append(f"{reason}: it was saved as UTF-8, and so was the diff.")
    return as_utf8(text)


def _file_with(work: Draft) -> bytes:
    """The file of *work* with what was changed in its prose."""
    document, trail = work.document, work.trail
    changes = (Edit(*c.original, trail.text[slice(*c.output)]) for c in trail.changes)
    written = document.written(changes)
    try:
        return document.encoded(written)
    except UnicodeEncodeError as error:
        work.warnings.append(
            f"The cleaned text has {error.object[error.start]!a}, which {error.encoding} cannot "
            "write: it was saved as UTF-8, and so was the diff."
        )
        return as_utf8(written[""])


def diff_of(work: Draft) -> bytes:
    """The unified diff that makes the cleaned file of the original by ``patch`` or ``git apply``; empty where none is due.

    Raises :class:`DocumentProblem` where no diff can do that, as in an archive or in UTF-16.
    """
    cleaned = cleaned_bytes(work)
    if cleaned == work.document.data:
        return b""
    record = in_the_file(account(work))
    record = replace(record, source=replace(record.source, name=work.document.name))
    diff = _diff_of_lines(work, record, cleaned) if record.layout is None else None
    if diff is not None:
        return diff
    raise DocumentProblem(
        "no_diff",
        "no diff can be made of a file in its format or encoding; mtclean clean writes it",
    )


def _diff(work: Draft, record: Record, cleaned: bytes) -> bytes:
    """The diff in the document's encoding, where that goes line by line; else of the UTF-8 form."""
    record = in_the_file(record)
    diff = _diff_of_lines(work, record, cleaned)
    return unified_diff(record) if diff is None else diff


def _diff_of_lines(work: Draft, record: Record, cleaned: bytes) -> bytes | None:
    """The diff in the document's encoding; None where that does not go line by line."""
    decoded = work.document.decoded
    with suppress(UnicodeEncodeError):
        if decoded.by_lines and cleaned == decoded.encode(record.cleaned()):
            return unified_diff(record, decoded.encode_line)
    return None


def _today() -> date:
    """The day, wherever the machine is."""
    return datetime.now(timezone.utc).date()


def save(work: Draft, output: Path) -> tuple[Record, Path]:
    """Write the outputs below the folder *output*; the record and the report's path.

    They appear together, or none does.  Changes in a Word document are tracked with the day as their date.  Raises :class:`mtclean.documents.DocumentProblem` where they
    cannot be written.
    """
    cleaned = cleaned_bytes(work)
    record = account(work)
    name = work.document.name
    place = Navigation(index="../" * name.count("/") + INDEX)
    contents = [
        cleaned,
        edits_json.write(record).encode(),
        _diff(work, record, cleaned),
        html_report(record, place).encode("utf-8", "replace"),
    ]
    if work.document.format and work.document.format.tracks and tracked_of(name):
        contents.append(tracked_docx(record, work.document.data, f"{_today()}T00:00:00Z"))
    write_together(output, dict(zip(outputs_of(name), contents, strict=False)))
    return record, output / report_of(name)
