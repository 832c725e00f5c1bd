"""The model every room shares: spans, edits, fixes, findings, and the trail they leave."""

from mtclean.text.clock import Clock
from mtclean.text.decided import Rerun, as_decided
from mtclean.text.decision import Decision, Note, Verdict
from mtclean.text.model import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Severity,
    Span,
    deleting,
    illegible,
    inserting,
    replacing,
    shifted,
)
from mtclean.text.passage import Passage, known
from mtclean.text.pattern import HousePattern, SlowPattern
from mtclean.text.policy import Level, Policy
from mtclean.text.rule import LeftOut, Rule, rule
from mtclean.text.select import every_fix, place, safe_only, settle
from mtclean.text.span_set import SpanSet
from mtclean.text.style import Dash, Marks, Quotes, SentenceSpace, Style
from mtclean.text.trail import Change, Placed, Trail

__all__ = [
    "Applicability",
    "Change",
    "Clock",
    "Dash",
    "Decision",
    "Edit",
    "Finding",
    "Fix",
    "HousePattern",
    "LeftOut",
    "Level",
    "Marks",
    "Note",
    "Passage",
    "Placed",
    "Policy",
    "Quotes",
    "Rerun",
    "Rule",
    "SentenceSpace",
    "Severity",
    "SlowPattern",
    "Span",
    "SpanSet",
    "Style",
    "Trail",
    "Verdict",
    "as_decided",
    "deleting",
    "every_fix",
    "illegible",
    "inserting",
    "known",
    "place",
    "replacing",
    "rule",
    "safe_only",
    "settle",
    "shifted",
]
