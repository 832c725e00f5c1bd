"""The stages of the job on one document: plain functions on a :class:`~mtclean.pipeline.draft.Draft`, no Prefect.

It goes through :func:`normalize`, :func:`detect_artifacts`, :func:`compare` and :func:`check_grammar`, and :func:`decide` does what
people decided; :func:`mtclean.pipeline.save.save` writes what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from mtclean.documents import (
    DocumentProblem,
    Input,
)
from mtclean.documents.memory import check_memory_for_changes
from mtclean.grammar import (
    CheckResult,
    Grammar,
    GrammarUnavailable,
    LanguageNotInstalled,
    judged,
)
from mtclean.pipeline.draft import Draft, draft, read
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import forget_what_belongs_there, has_pairs, say_once, units_of
from mtclean.pipeline.written import tearing
from mtclean.plugins import PluginCheck
from mtclean.report import (
    Unchecked,
)
from mtclean.report.coverage import COMPARE
from mtclean.report.visible import shown
from mtclean.rules import bilingual
from mtclean.rules.artifacts import suppress as suppress_in_whole
from mtclean.rules.bilingual.pair import Pair
from mtclean.text import (
    Decision,
    Edit,
    Finding,
    Fix,
    LeftOut,
    Placed,
    Rerun,
    Rule,
    Span,
    Trail,
    Verdict,
    as_decided,
    place,
    settle,
    shifted,
)
from mtclean.text.model import lacking
from mtclean.text.select import MAX_ROUNDS, Decide, outside_code, safe_only

CHECKERS = "checkers"
"""The stage that what checkers say is of."""


def normalize(work: Draft) -> Draft:
    """Put spacing, quotation marks and the like right.

    Raises :class:`DocumentProblem` where so much was changed that the machine has no memory for what comes of it.
    """
    try:
        _by_rules(work, "normalize", work.registry.normalizing)
    except LeftOut as failure:
        return normalize(_without(work, failure))
    characters, changes = len(work.trail.original), len(work.trail.changes)
    check_memory_for_changes(characters, changes, work.side_by_side)
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
    forget_what_belongs_there(work.trail, work.document, work.registry)
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
    work.forget_facts()
    decisions = {id: one for id, one in work.decisions.items() if _can_be_written(work, one)}
    offered, rerun = work.trail, Rerun(("normalize", "artifacts"), partial(_again, work))
    work.trail, left = as_decided(offered, decisions, rerun)
    if torn := tearing(work):
        theirs = sorted({one.item.rule for one in work.trail.applied if one.name in torn})
        left_out = {name: Decision(name, Verdict.REJECT, "") for name in torn}
        work.trail, left = as_decided(offered, {**decisions, **left_out}, rerun)
        work.warnings.append(
            f"{len(torn)} fixes were not made, because more of the file than its prose would have "
            f"changed: {', '.join(map(shown, theirs))}."
        )
    if left:
        rules = ", ".join(sorted({shown(decision.rule) for decision in left}))
        work.warnings.append(
            f"{len(left)} decisions were not carried out, because others are about the same words "
            f"or the text cannot be read: {rules}."
        )
    return work


def _can_be_written(work: Draft, decision: Decision) -> bool:
    """Whether the file can hold what a person wrote, and that is prose where it stands there; true of all other decisions."""
    if lacking(decision.replacement, work.document.encoding_kept):
        return False
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
    return [
        unit.pair
        for unit in units_of(work.document, work.trail, languages, families=work.batch.families)
    ]


def compare(work: Draft) -> Draft:
    """Compare what is a translation with its source; a document without pairs is as it was."""
    if not has_pairs(work.document.layout):
        return work
    languages = work.source_language, work.language
    units = units_of(work.document, work.trail, languages, work.terms, work.batch.families)
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
