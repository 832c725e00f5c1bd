"""What is done in a plug-in's own process: its code is imported and asked there and nowhere else.

What it says goes out as JSON, so that nothing of it is of a class of its own; :mod:`mtclean.plugins.host` looks at every
value.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mtclean.plugins.checker import Checker
from mtclean.plugins.installed import installed
from mtclean.text import Finding, Fix, Passage, Rule, Span, Style


@dataclass(frozen=True, slots=True)
class Said:
    """What a plug-in answered, as JSON; or what went wrong, in a few words."""

    answer: str = ""
    wrong: str = ""


def described(name: str) -> Said:
    """The plug-in's version, and what each of its rules and checkers is."""
    try:
        parts = _parts(name)
        return Said(json.dumps([_version(name), [_description(part) for part in parts]]))
    except Exception as error:
        return Said(wrong=_words(error))


def said(
    name: str, is_checker: bool, text: str, language: str, style: Style, fixed: Sequence[Span]
) -> Said:
    """What its rules, or its checkers, have to say of a passage."""
    passage = Passage(text, language, style, tuple(fixed))
    try:
        asked = (part for part in _parts(name) if isinstance(part, Rule) is not is_checker)
        items = [_plain(part.id, item) for part in asked for item in _asked(part, passage)]
        return Said(json.dumps(items))
    except Exception as error:
        return Said(wrong=_words(error))


@cache
def _parts(name: str) -> tuple[Rule | Checker, ...]:
    loaded = installed()[name].load()
    parts = loaded if isinstance(loaded, Sequence) else [loaded]
    for part in parts:
        if not isinstance(part, Rule | Checker):
            raise TypeError(f"{type(part).__name__} is neither a Rule nor a Checker")
    return tuple(parts)


def _asked(part: Rule | Checker, passage: Passage) -> Iterable[object]:
    return part.run(passage) if isinstance(part, Rule) else part.check(passage)


def _plain(id: str, item: object) -> list[Any]:
    """A fix or a finding without its class: the rule's own id, then what it is made of."""
    if isinstance(item, Fix):
        return [id, [list(edit) for edit in item.edits], item.reason, item.safe]
    if isinstance(item, Finding):
        span, weight = list(item.span), item.severity.value
        return [id, span, item.message, weight, item.category, list(item.suggestions)]
    raise TypeError(f"{id} says a {type(item).__name__}, which is neither a Fix nor a Finding")


def _description(part: Rule | Checker) -> dict[str, Any]:
    if not isinstance(part, Rule):
        return {"id": part.id, "category": part.category, "documentation": part.__doc__ or ""}
    examples = {kind: list(getattr(part, kind)) for kind in ("fixes", "suggests", "finds")}
    return {
        **examples,
        "leaves": list(part.leaves),
        "id": part.id,
        "category": part.category,
        "documentation": part.explanation,
        "severity": part.severity.value,
        "style": [
            part.style.quotes.value,
            part.style.marks.value,
            part.style.dash.value,
            part.style.sentence_space.value,
        ],
        "opt_in": part.opt_in,
        "early": part.early,
        "languages": list(part.languages),
        "needs": sorted(part.needs),
    }


def _version(name: str) -> str:
    """The version of its package, and a digest of its code: while it is written, the version stays."""
    point = installed()[name]
    home = sys.modules[point.module.partition(".")[0]]
    places = [Path(place) for place in getattr(home, "__path__", ())]
    code = [file for place in places for file in place.rglob("*.py")] or [Path(str(home.__file__))]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(code)))
    return f"{point.dist.version if point.dist else ''} {digest.hexdigest()[:12]}".strip()


def _words(error: Exception) -> str:
    return f"it raised {error!r:.200}"
