"""Fluent (``.ftl``): the patterns of messages, terms and attributes are prose; names, comments and placeables stay.

The syntax is that of "Fluent Syntax 1.0".  Where a pattern is one choice by a number or another value and nothing else, each of its
variants is a text of its own; a choice in the middle of a sentence is shown and not changed.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import NamedTuple, NoReturn

from mtclean.formats.format import Choices, Format, Sources, Unreadable
from mtclean.formats.layout import WHITE, Builder, Layout, trimmed
from mtclean.text.model import Span

_DEEPEST = 20
"""Placeables in one another; those of people have two or three."""
_BESIDE = re.compile(r"(?:#[^\r\n]*|[ \t]*)(?:\r?\n|\Z)")
"""A comment or a blank line."""
_ENTRY = re.compile(r"(-?[a-zA-Z][\w-]*) *= *")
_ATTRIBUTE = re.compile(r"(?:[ \t]*\r?\n)+ +\.([a-zA-Z][\w-]*) *= *")
_TEXT = re.compile(r"[^{}\r\n]+")
_GOES_ON = re.compile(r"((?:[ \t]*\r?\n)+)(?: +(?![ .*\[}\r\n])|(?=\{))")
"""The end of a line behind which its pattern goes on."""
_IN_EXPRESSION = re.compile(r'[^{}"\-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"|-(?!>)')
_VARIANT = re.compile(r"\s*\*?\[\s*([\w.-]+)\s*\] *")
_END = re.compile(r"\s*\}")
_CHOICE = "a choice in a sentence"


class _Part(NamedTuple):
    """A run of a pattern: text, the end of a line, or a placeable with its ``variants``, which are patterns by their keys."""

    span: Span
    looks: str
    is_prose: bool
    variants: tuple[tuple[str, _Pattern], ...] = ()


class _Pattern(NamedTuple):
    parts: tuple[_Part, ...]
    end: int


def escaped(text: str) -> str:
    """*text* as a pattern has it: braces are placeables there."""
    return re.sub(r"[{}]", r'{"\g<0>"}', text).replace("\n", " ")


def read(sources: Sources, choices: Choices) -> Layout:
    """The texts in *sources*.  Raises :class:`Unreadable` where there is something else than entries and comments."""
    source = sources[""]
    builder = Builder(source)
    at = 1 if source.startswith("\ufeff") else 0
    while at < len(source):
        if beside := _BESIDE.match(source, at):
            at = beside.end()
            continue
        entry = _ENTRY.match(source, at)
        if entry is None:
            _refuse(source, at, "there is no message, term or comment")
        at = _put_pattern(builder, entry[1], entry.end())
        while attribute := _ATTRIBUTE.match(source, at):
            at = _put_pattern(builder, f"{entry[1]}.{attribute[1]}", attribute.end())
        if not (rest := _BESIDE.match(source, at)):
            _refuse(source, at, "a text ends in a brace that was not opened")
        at = rest.end()
    return builder.layout()


def _put_pattern(builder: Builder, key: str, at: int) -> int:
    """Add the pattern at *at*, which is called *key*; where it ends."""
    pattern = _pattern(builder.source, at, 0)
    _put(builder, key, pattern)
    return pattern.end


def _put(builder: Builder, key: str, pattern: _Pattern) -> None:
    parts = _trimmed(pattern.parts)
    if len(parts) == 1 and parts[0].variants:
        for variant, own in parts[0].variants:
            _put(builder, f"{key}.{variant}", own)
        return
    state = _CHOICE if any(part.variants for part in parts) else ""
    if not any(part.is_prose for part in parts):
        return
    for part in parts:
        if part.is_prose and not state:
            builder.verbatim(*part.span)
        else:
            builder.fixed(part.looks, *part.span)
    builder.end_segment(key, escape=escaped, state=state, key=key)


def _trimmed(parts: tuple[_Part, ...]) -> list[_Part]:
    """*parts* without the white space at their ends, which is no part of a pattern."""
    own = trimmed(parts, attrgetter("looks"))
    if own and own[-1].is_prose:
        looks = own[-1].looks.rstrip(WHITE)
        start = own[-1].span.start
        own[-1] = own[-1]._replace(looks=looks, span=Span(start, start + len(looks)))
    return own


def _pattern(source: str, at: int, depth: int) -> _Pattern:
    """The pattern that begins at *at*."""
    parts: list[_Part] = []
    while at < len(source):
        if text := _TEXT.match(source, at):
            parts.append(_Part(Span(*text.span()), text.group(), is_prose=True))
            at = text.end()
        elif source[at] == "{":
            parts.append(_placeable(source, at, depth + 1))
            at = parts[-1].span.end
        elif goes_on := _GOES_ON.match(source, at):
            lines = "\n" * goes_on[1].count("\n")
            parts.append(_Part(Span(*goes_on.span()), lines, is_prose=False))
            at = goes_on.end()
        else:
            break
    return _Pattern(tuple(parts), at)


def _placeable(source: str, start: int, depth: int) -> _Part:
    """The placeable that begins at *start*."""
    if depth > _DEEPEST:
        _refuse(source, start, f"there are over {_DEEPEST} placeables in one another")
    at = start + 1
    variants: list[tuple[str, _Pattern]] = []
    while not (end := _END.match(source, at)):
        if inside := _IN_EXPRESSION.match(source, at):
            at = inside.end()
        elif source.startswith("{", at):
            at = _placeable(source, at, depth + 1).span.end
        elif source.startswith("->", at):
            at += len("->")
            while variant := _VARIANT.match(source, at):
                variants.append((variant[1], _pattern(source, variant.end(), depth)))
                at = variants[-1][1].end
            if not variants or not _END.match(source, at):
                _refuse(source, at, "a choice has no variants, or no end")
        else:
            _refuse(source, start, "a placeable has no end")
    return _Part(Span(start, end.end()), source[start : end.end()], False, tuple(variants))


def _refuse(source: str, at: int, why: str) -> NoReturn:
    raise Unreadable(f"line {source.count(chr(10), 0, at) + 1}: {why}")


FORMAT = Format("fluent", "a file of Fluent (.ftl)", frozenset({".ftl"}), read, of_strings=True)
