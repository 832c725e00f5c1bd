"""Write docs/rules.md from the rules themselves; with --check, only tell whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import tasks.artifacts
import tasks.normalize
from tasks.report.visible import shown
from tasks.text import Rule
from tasks.text.style import AS_FOUND

PAGE = Path(__file__).with_name("rules.md")
ROOMS = {
    "Normalise": tasks.normalize.RULES,
    "Detect translation artefacts": tasks.artifacts.RULES,
}


def page() -> str:
    """The whole catalogue as markdown."""
    parts = [
        "# Rules\n\nMade from the rules by `make docs`; `mtclean explain RULE` prints the same.\n"
        "Grammar rules are LanguageTool's and are named `languagetool.…` in reports.\n"
    ]
    for title, rules in ROOMS.items():
        parts.append(f"## {title}\n")
        parts += ("\n".join(section(rule)) for rule in rules)
    return "\n".join(parts)


def section(rule: Rule) -> Iterator[str]:
    """One rule: what, why, examples."""
    yield f"### {rule.id}\n\n`{rule.category}`\n\n{rule.explanation}\n"
    house = house_of(rule)
    if house:
        yield f"In a house with {house}.\n"
    yield from pairs("Fixes", rule.fixes)
    yield from pairs("Suggests", rule.suggests)
    if rule.finds:
        yield "Points at:\n"
        yield from (f"- {code(excerpt)} in {code(text)}" for text, excerpt in rule.finds)
        yield ""
    yield "Leaves alone:\n"
    yield from (f"- {code(text)}" for text in rule.leaves)
    yield ""
    yield from pairs("Known failures", rule.failures)


def house_of(rule: Rule) -> str:
    """The settings of ``[style]`` the rule's examples are for; empty for the default."""
    given = ((part.name, getattr(rule.style, part.name)) for part in fields(rule.style))
    named = [
        f'`{name} = "{value.value}"`' for name, value in given if value != getattr(AS_FOUND, name)
    ]
    return " and ".join(named)


def pairs(title: str, examples: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Examples with what comes, or should come, of them."""
    if examples:
        yield f"{title}:\n"
        yield from (f"- {code(before)} → {code(after)}" for before, after in examples)
        yield ""


def code(text: str) -> str:
    """*text* as an inline code span, whatever marks it holds."""
    fence = "``" if "`" in text else "`"
    padding = " " if "`" in text else ""
    return f"{fence}{padding}{shown(text)}{padding}{fence}"


if __name__ == "__main__":
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
            sys.exit("docs/rules.md is not up to date: run `make docs`")
    else:
        PAGE.write_text(page(), encoding="utf-8")
