"""The model every room shares: spans, edits, fixes, findings, and the trail they leave."""

from tasks.text.model import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Severity,
    Span,
    deleting,
    inserting,
    replacing,
)
from tasks.text.passage import Passage
from tasks.text.rule import Rule, rule
from tasks.text.select import place, safe_only, settle
from tasks.text.trail import Change, Placed, Trail

__all__ = [
    "Applicability",
    "Change",
    "Edit",
    "Finding",
    "Fix",
    "Passage",
    "Placed",
    "Rule",
    "Severity",
    "Span",
    "Trail",
    "deleting",
    "inserting",
    "place",
    "replacing",
    "rule",
    "safe_only",
    "settle",
]
