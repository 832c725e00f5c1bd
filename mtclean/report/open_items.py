"""All that is open in a batch on one page: the same thing said of many documents is decided once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mtclean.report.direction import direction_of
from mtclean.report.excerpt import Excerpts
from mtclean.report.html import Names, item_data
from mtclean.report.page import page_json, rendered
from mtclean.report.record import FindingRecord, FixRecord, Item, Record, RuleNote
from mtclean.report.titles import kind_of, title_of
from mtclean.report.visible import shown

_FEWEST, _LONGEST = 4, 120
"""Letters and digits, and code points, of words that are settled for good."""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """What is open in a document, and as much of it as is needed to show that."""

    name: str
    address: str
    language: str
    excerpts: Excerpts
    items: tuple[Item, ...]
    rules: Mapping[str, RuleNote]

    @classmethod
    def of(cls, record: Record, address: str) -> OpenDocument:
        """What is open in *record*, whose page is at *address*."""
        items = record.undecided
        used = {item.rule for item in items}
        rules = {id: note for id, note in record.rules.items() if id in used}
        source = record.source
        return cls(source.name, address, source.language, Excerpts.of(record), items, rules)


def open_page(documents: Iterable[OpenDocument], index: str = "", house: str = "") -> str:
    """The page of all that is open in *documents*; *index* is the address of the page of all of them.

    *house* is where one settles for good what is the same; empty where one cannot.
    """
    listed = list(documents)
    return rendered(
        "open",
        "item.js",
        index=index,
        house=house,
        data=Markup(page_json(_data(listed))),  # noqa: S704 - JSON without "<"
    )


def _data(listed: Sequence[OpenDocument]) -> dict[str, object]:
    names = Names()
    items: list[dict[str, object]] = []
    sections: defaultdict[str, defaultdict[Hashable, list[tuple[int, Item]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    notes: dict[str, RuleNote] = {}
    for number, document in enumerate(listed):
        notes.update(document.rules)
        for item in document.items:
            sections[item.rule][_sameness(item)].append((len(items), item))
            items.append({**item_data(document.excerpts, item, names), "document": number})
    return {
        "documents": [
            [
                document.address,
                shown(document.name),
                shown(document.language),
                direction_of(document.language),
            ]
            for document in listed
        ],
        "items": items,
        "sections": [
            {
                "kind": shown(kind_of(rule, _category(groups))),
                "rule": names.number(rule),
                "summary": shown(notes[rule].summary) if rule in notes else "",
                "suggests": any(isinstance(group[0][1], FixRecord) for group in groups.values()),
                "groups": [
                    {
                        "title": names.number(title_of(group[0][1])),
                        "items": [i for i, _ in group],
                        **_settled(group[0][1]),
                    }
                    for group in sorted(groups.values(), key=_most_first)
                ],
            }
            for rule, groups in sorted(sections.items(), key=_worst_first)
        ],
        "names": names.shown(),
    }


def _sameness(item: Item) -> Hashable:
    """What two items share where one decision serves both: what goes, and what comes."""
    if isinstance(item, FindingRecord):
        return item.severity, item.excerpt, item.suggestions
    return tuple((edit.before, edit.after) for edit in item.edits)


def _settled(item: Item) -> dict[str, str]:
    """The words that *item* is about, and what would always be put for them, where a house may settle that for good."""
    if isinstance(item, FindingRecord):
        words, put = item.excerpt, next(iter(item.suggestions), None)
    elif len(item.edits) == 1:
        words, put = item.edits[0].before, item.edits[0].after
    else:
        return {}
    if not _can_stand_alone(words):
        return {}
    is_said = put is not None and put != words and words not in put and put.isprintable()
    return {"words": words, "instead": put} if is_said and put is not None else {"words": words}


def _can_stand_alone(words: str) -> bool:
    """Whether *words* are some that a house would have a rule for: fewer letters than these are in any text."""
    letters = sum(map(str.isalnum, words))
    return words.isprintable() and len(words) <= _LONGEST and letters >= _FEWEST


def _category(groups: Mapping[Hashable, Sequence[tuple[int, Item]]]) -> str:
    return next(item.category for group in groups.values() for _, item in group)


def _most_first(group: Sequence[tuple[int, Item]]) -> tuple[int, int]:
    return -len(group), group[0][0]


def _worst_first(
    section: tuple[str, Mapping[Hashable, Sequence[tuple[int, Item]]]],
) -> tuple[int, int, str]:
    rule, groups = section
    items = [item for group in groups.values() for _, item in group]
    return -max(item.severity.weight for item in items), -len(items), rule
