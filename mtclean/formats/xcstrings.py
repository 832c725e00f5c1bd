"""Apple's catalogs of strings (``.xcstrings``): the translations into one language are prose.

They are JSON as Xcode writes it.  Keys, comments, states, plural forms and the source language stay.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from mtclean.formats import json_
from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.languages import left_out, most
from mtclean.formats.layout import Builder, Layout

_VALUE = ("stringUnit", "value")
_PLURAL, _OTHER = "plural", "other"
_DEEPEST = 100  # Xcode nests some ten


def read(sources: Sources, choices: Choices) -> Layout:
    """The translations in *sources* into the language of *choices*, or else the one that most of them are in.

    Raises :class:`Unreadable` where it is no catalog.
    """
    source = sources[""]
    catalog = _loaded(source)
    entries, own = catalog["strings"], str(catalog.get("sourceLanguage", ""))
    counts = Counter(
        language
        for key, entry in entries.items()
        if _is_prose(entry)
        for language in entry.get("localizations", {})
        if language != own
    )
    target = choices.language or most(counts)
    builder = Builder(source)
    escape = json_.escape_of(source)
    for keys, (_, span) in zip(_leaves(catalog), json_.strings(source), strict=True):
        if not (
            keys[0] == "strings" and keys[2:4] == ("localizations", target) and keys[-2:] == _VALUE
        ):
            continue
        entry = entries[keys[1]]
        if target == own or not _is_prose(entry):
            continue
        json_.add(builder, source, span)
        is_form = _PLURAL in keys
        forms = ", ".join(key for key in keys[4:-2] if key not in ("variations", "substitutions"))
        builder.end_segment(
            ", ".join(filter(None, (repr(keys[1]), forms))),
            span,
            language=target,
            original=_original(entry, own, keys),
            original_language=own,
            escape=escape,
            plural=_original(entry, own, (*keys[:-3], _OTHER, *_VALUE)) if is_form else "",
            quantity=keys[-3] if is_form else "",
        )
    for remark in left_out(counts, target):
        builder.remark(remark)
    return builder.layout()


def _loaded(source: str) -> dict[str, Any]:
    try:
        catalog = json.loads(source, object_pairs_hook=_unique)
    except RecursionError as error:
        raise Unreadable("its values are nested too deeply") from error
    except Unreadable:
        raise
    except ValueError as error:
        raise Unreadable(str(error)) from error
    entries = catalog.get("strings") if isinstance(catalog, dict) else None
    if not isinstance(entries, dict) or not all(map(_is_entry, entries.values())):
        raise Unreadable("it has no strings with their localizations")
    assert isinstance(catalog, dict)
    return catalog


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("a key is there twice")
    return made


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("localizations", {}), dict)


def _is_prose(entry: dict[str, Any]) -> bool:
    return entry.get("shouldTranslate") is not False


def _original(entry: dict[str, Any], own: str, keys: tuple[str, ...]) -> str:
    """The same form in the source language; where there is none, the key is the text."""
    found: Any = entry.get("localizations", {}).get(own)
    if found is None:
        return keys[1]
    for key in keys[4:]:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _leaves(value: object, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys to every string there is, in the order of the file."""
    if len(keys) > _DEEPEST:
        raise Unreadable("its values are nested too deeply")
    if isinstance(value, str):
        yield keys
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, (*keys, ""))


FORMAT = Format(
    "xcstrings",
    "a catalog of strings (.xcstrings)",
    frozenset({".xcstrings"}),
    read,
    has_sources=True,
    of_strings=True,
)
