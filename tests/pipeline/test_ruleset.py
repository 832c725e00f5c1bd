"""A document is due again when anything changes that says what is found in it."""

from __future__ import annotations

import ast
from pathlib import Path

import mtclean
from mtclean.pipeline.signature import RULE_ROOMS

PACKAGE = Path(mtclean.__path__[0])


def test_what_rules_lean_on_is_in_the_digest() -> None:
    """Whatever the rules import of ours: their word lists once moved to a folder of their own."""
    used = {
        (node.module or "").split(".")[1]
        for room in ("rules", *RULE_ROOMS)
        if room != "grammar"  # it opens files and keeps processes with what others have
        for file in (PACKAGE / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mtclean.")
    }
    assert used <= set(RULE_ROOMS)
