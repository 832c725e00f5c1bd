"""The model every room shares: spans, edits, fixes, findings, and the trail they leave."""

from tasks.text.decided import Rerun, as_decided
from tasks.text.decision import Decision, Verdict
from tasks.text.model import (
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
)
from tasks.text.passage import Passage
from tasks.text.pattern import HousePattern, SlowPattern
from tasks.text.policy import Level, Policy
from tasks.text.rule import Rule, rule
from tasks.text.select import every_fix, place, safe_only, settle
from tasks.text.style import Dash, Marks, Quotes, Style
from tasks.text.trail import Change, Placed, Trail

__all__ = [
    "Applicability",
    "Change",
    "Dash",
    "Decision",
    "Edit",
    "Finding",
    "Fix",
    "HousePattern",
    "Level",
    "Marks",
    "Passage",
    "Placed",
    "Policy",
    "Quotes",
    "Rerun",
    "Rule",
    "Severity",
    "SlowPattern",
    "Span",
    "Style",
    "Trail",
    "Verdict",
    "as_decided",
    "deleting",
    "every_fix",
    "illegible",
    "inserting",
    "place",
    "replacing",
    "rule",
    "safe_only",
    "settle",
]
