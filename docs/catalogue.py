"""Write docs/rules.md and docs/categories.md from the rules; with --check, tell if they are up to date."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mtclean.grammar.judge import CATEGORIES as _GRAMMAR
from mtclean.report.visible import shown
from mtclean.rules import artifacts, bilingual, typography
from mtclean.rules.bilingual.examples import documents_of
from mtclean.rules.bilingual.rule import AnyRule, Example, PairRule, RowsRule
from mtclean.text import Rule
from mtclean.text.style import AS_FOUND

PAGE = Path(__file__).with_name("rules.md")
CATEGORY_PAGE = Path(__file__).with_name("categories.md")
CATEGORIES = Path(__file__).with_name("categories.tsv")
HEAD = """# Categories

Every finding has a category that stays the same from version to version. Its first part follows the
dimensions of [MQM](https://themqm.org/the-mqm-full-typology/) (*fluency* is what MQM 2 calls linguistic conventions); the
table gives the MQM error type and the
[ITS 2.0 locQualityType](https://www.w3.org/TR/its20/#lqissue-typevalues) for tools that exchange findings.
Made by `make docs` from the rules and `categories.tsv`.

| category | what it says | MQM | ITS | rules |
| :-- | :-- | :-- | :-- | :-- |
"""
_OTHERS = {"style.house": "[the house’s own](house-rules.md)"}
ROOMS: dict[str, Sequence[AnyRule]] = {
    "Normalise": typography.RULES,
    "Detect translation artefacts": (*artifacts.EARLY, *artifacts.RULES),
    "Compare with the source": (*bilingual.RULES, *bilingual.OF_ROWS),
}


def page() -> str:
    """The whole catalogue as markdown."""
    parts = [
        "# Rules\n\nMade from the rules by `make docs`; `mtclean explain RULE` prints the same.\n"
        "Grammar rules are LanguageTool's and are named `languagetool.…` in reports.\n"
    ]
    for title, rules in ROOMS.items():
        parts += [f"## {title}\n"] if rules else []
        parts += ("\n".join(section(rule)) for rule in rules)
    return "\n".join(parts)


def section(rule: AnyRule) -> Iterator[str]:
    """One rule: its documentation under the fixed headings, and its examples."""
    asked = " (only where the settings ask for it)" if rule.opt_in else ""
    spoken = f" ({languages_of(rule)})" if isinstance(rule, Rule) and rule.languages else ""
    yield f"### {rule.id}\n\n`{rule.category}`{asked}{spoken}\n"
    yield from (f"**{heading}:** {text}\n" for heading, text in rule.sections.headed())
    yield from examples(rule) if isinstance(rule, Rule) else compared(rule)


def examples(rule: Rule) -> Iterator[str]:
    """Those of a rule of one text."""
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


def compared(rule: PairRule | RowsRule) -> Iterator[str]:
    """Those of a rule of two texts, the units of one document in one item."""
    for kind, title in (("finds", "Points at"), ("leaves", "Leaves alone")):
        yield f"{title}:\n"
        for of, document in documents_of(rule):
            if of == kind:
                yield "- " + "  \n  ".join(map(unit, document))
        yield ""


def unit(example: Example) -> str:
    """The two texts of an example, and what is pointed at in the second."""
    source, target = example.of
    pointed = f"{code(example.excerpt)} in " if example.excerpt else ""
    fixed = f" → {code(example.fixed)}" if example.fixed else ""
    return f"{source}: {code(example.source)} · {target}: {pointed}{code(example.target)}{fixed}"


def languages_of(rule: Rule) -> str:
    """The languages the rule is only for, by their codes."""
    return "only in " + ", ".join(f"`{code}`" for code in rule.languages)


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


def categories() -> str:
    """The page of categories: what each is in MQM and in ITS, and which rules report it.

    Raises :class:`KeyError` for a category of a rule that ``categories.tsv`` does not have.
    """
    rules: dict[str, list[str]] = defaultdict(list)
    for room in ROOMS.values():
        for rule in room:
            rules[rule.category].append(rule.id)
    lines = CATEGORIES.read_text(encoding="utf-8").splitlines()[1:]
    known = {name: rest for name, *rest in (line.split("\t") for line in lines)}
    missing = sorted({*rules, *_GRAMMAR.values()} - set(known))
    if missing:
        raise KeyError(f"{CATEGORIES.name} lacks {', '.join(missing)}")
    rows = (
        f"| `{name}` | {says} | {dimension}: {kind} | `{its}` | "
        f"{', '.join(f'[{id}](rules.md#{id})' for id in rules[name]) or _OTHERS.get(name, 'LanguageTool’s')} |"
        for name, (dimension, kind, its, says) in known.items()
    )
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    for file, made in ((PAGE, page()), (CATEGORY_PAGE, categories())):
        if "--check" not in sys.argv:
            file.write_text(made, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != made:
            sys.exit(f"docs/{file.name} is not up to date: run `make docs`")
