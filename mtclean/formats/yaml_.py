r"""YAML: the chosen fields are prose; keys, numbers, comments, anchors and the way each text is written stay.

libyaml says where each scalar is.  A text that is written in a way not known here is left alone: what is read of it
must be what libyaml reads.  No alias is followed.  A file whose only key is a language, as Rails' ``de:``, holds nothing
but messages, and all of them are prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from operator import attrgetter
from typing import NamedTuple

import yaml

from mtclean.formats.fields import ALL, Fields
from mtclean.formats.format import Asked, Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Escape, Layout, Part, Writing, as_it_is, trimmed
from mtclean.languages.language import NEUTRAL
from mtclean.languages.language import language as language_of
from mtclean.text.model import Span

_DEEPEST = 200
"""Values in one another; those of people have some ten, and libyaml's time grows with the square."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Z]{2}|[A-Z][a-z]{3}|\d{3}))?")
_FOLD = r"(?P<fold>[ \t]*(?:\r?\n[ \t]*)+)"
_PLAIN = re.compile(_FOLD + r"|(?P<plain>[^\r\n \t]+(?:[ \t]+[^\r\n \t]+)*)")
_SINGLE = re.compile(
    _FOLD + r"|(?P<escape>'')|(?P<plain>[^\r\n \t']+(?:[ \t]+[^\r\n \t']+)*|[ \t]+)"
)
_DOUBLE = re.compile(
    r"(?P<none>\\\r?\n[ \t]*)|" + _FOLD + r"|(?P<escape>\\(?:x\w{2}|u\w{4}|U\w{8}|.))"
    r"|(?P<plain>[^\r\n \t\\]+(?:[ \t]+[^\r\n \t\\]+)*|[ \t]+)"
)
_HEAD = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?\r?\n")
_LINE = re.compile(r"(?P<indent> *)(?P<text>[^\r\n]*)(?:\r?\n|\Z)")
_PARTS = {"": _PLAIN, "'": _SINGLE, '"': _DOUBLE}
_STRING = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()


class _Scalar(NamedTuple):
    """A value that is a string, and the path to it."""

    path: str
    value: str
    style: str
    span: Span
    in_flow: bool
    """Whether it stands in brackets or braces."""


def escaped_in_single(text: str) -> str:
    """*text* as it is written between single quotation marks."""
    return text.replace("'", "''")


def escaped_in_double(text: str) -> str:
    """*text* as it is written between double quotation marks."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


_ESCAPES: dict[str, Escape] = {"'": escaped_in_single, '"': escaped_in_double}


def finished(in_flow: bool, field: str) -> str:
    """*field*, which had no quotation marks, with them if it needs them now."""
    before, after = ("[a: ", "]") if in_flow else ("a: ", "")
    try:
        events = list(yaml.parse(before + field + after, _loader()))
    except yaml.YAMLError:
        events = []
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    is_right = (
        len(scalars) == 2
        and _is_string(scalars[1])
        and scalars[1].end_mark.index == len(before) + len(field)
    )
    return field if is_right else f"'{escaped_in_single(field)}'"


def read(sources: Sources, choices: Choices) -> Layout:
    """The chosen fields of the documents in *sources*, named as those of JSON.

    Raises :class:`NotChosen` where none is or none is there, and :class:`Unreadable` where it is no YAML.
    """
    source = sources[""]
    scalars = list(_scalars(source))
    roots = {scalar.path.partition(".")[0] for scalar in scalars}
    only = roots.pop() if len(roots) == 1 and "." in scalars[0].path else ""
    language = only.replace("_", "-") if _is_language(only) else ""
    fields = Fields(choices.fields or ((ALL,) if language else ()))
    builder = Builder(source)
    left = 0
    for scalar in scalars:
        if not fields.has(scalar.path):
            continue
        parts = list(_parts(source, scalar))
        if "".join(part.looks for part in parts).strip() != scalar.value.strip():
            left += 1
            continue
        _put(builder, parts, scalar, language)
    fields.check()
    if left:
        builder.remark(
            f"{left} {'text is' if left == 1 else 'texts are'} written in a way that is not read."
        )
    return builder.layout(Writing(may_be_quoted=True))


def _is_language(key: str) -> bool:
    return bool(_LANGUAGE.fullmatch(key)) and language_of(key.replace("_", "-")) is not NEUTRAL


def _loader() -> type[yaml.SafeLoader]:
    """libyaml's; where PyYAML was built without, its own."""
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader


def _scalars(source: str) -> Iterator[_Scalar]:
    path = [""]
    """The path to each value that is open, and to what is read now."""
    opened: list[tuple[bool, str | int | None]] = []
    """Of each value that is open, whether it is in brackets, and the key or index in it; None before a key."""
    try:
        for event in yaml.parse(source, _loader()):
            if isinstance(event, yaml.CollectionEndEvent):
                opened.pop()
                path.pop()
                _step(opened, path)
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(opened) == _DEEPEST:
                    line = event.start_mark.line + 1
                    raise Unreadable(
                        f"line {line}: there are over {_DEEPEST} values in one another"
                    )
                if opened and opened[-1][1] is None:
                    line = event.start_mark.line + 1
                    raise Unreadable(f"line {line}: a key is no text")
                index = 0 if isinstance(event, yaml.SequenceStartEvent) else None
                opened.append((bool(event.flow_style), index))
                path.append(path[-1] + ("[0]" if index == 0 else ""))
            elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                is_key = bool(opened) and opened[-1][1] is None
                if isinstance(event, yaml.ScalarEvent) and not is_key and _is_string(event):
                    span = Span(event.start_mark.index, event.end_mark.index)
                    flow = any(in_flow for in_flow, _ in opened)
                    yield _Scalar(path[-1], event.value, event.style or "", span, flow)
                _step(opened, path, event.value if isinstance(event, yaml.ScalarEvent) else "?")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"line {line}: {error.problem}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise Unreadable("it has a character that YAML does not allow") from error


def _step(opened: list[tuple[bool, str | int | None]], path: list[str], name: str = "") -> None:
    """A key called *name* or a value was passed: go on to what comes next in what is open."""
    if not opened:
        return
    in_flow, at = opened[-1]
    if isinstance(at, int):
        opened[-1] = in_flow, at + 1
        path[-1] = f"{path[-2]}[{at + 1}]"
    elif at is None:
        opened[-1] = in_flow, name
        path[-1] = f"{path[-2]}.{name}" if path[-2] else name
    else:
        opened[-1] = in_flow, None


def _is_string(event: yaml.ScalarEvent) -> bool:
    if event.tag not in (None, "!"):
        return bool(event.tag == _STRING)
    if not event.implicit[0] or event.style:
        return True
    return bool(_RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False)) == _STRING)


def _parts(source: str, scalar: _Scalar) -> Iterator[Part]:
    """What *scalar* is made of, with the ends of its lines."""
    start, end = scalar.span
    if scalar.style in ("|", ">"):
        yield from _block_parts(source, scalar)
        return
    if scalar.style:
        start, end = start + 1, end - 1
    for match in _PARTS[scalar.style].finditer(source, start, end):
        text, span = match.group(), Span(*match.span())
        if match["fold"]:
            yield Part(_folded(text.count("\n")), span, is_prose=False)
        elif match["plain"]:
            yield Part(text, span, is_prose=True)
        elif scalar.style == "'":
            yield Part("'", span, is_prose=True)
        elif match["escape"]:
            looks = _unescaped(text)
            yield Part(looks, span, is_prose=looks.isprintable())


def _unescaped(text: str) -> str:
    if text[1] not in "xuU":
        return str(yaml.scanner.Scanner.ESCAPE_REPLACEMENTS.get(text[1], text))
    code = int(text[2:], 16)
    return text if 0xD800 <= code < 0xE000 else chr(code)


def _block_parts(source: str, scalar: _Scalar) -> Iterator[Part]:
    """The lines of a text that stands under ``|`` or ``>``, and what is between them."""
    head = _HEAD.match(source, *scalar.span)
    indent, last, newlines = -1, -1, 0
    for line in _LINE.finditer(source, head.end() if head else scalar.span.end, scalar.span.end):
        if line["text"]:
            indent = len(line["indent"]) if indent < 0 else indent
            start = line.start() + indent
            if last >= 0:
                gap = "\n" * newlines if scalar.style == "|" else _folded(newlines)
                yield Part(gap, Span(last, start), is_prose=False)
            last, newlines = line.end("text"), 0
            yield Part(source[start:last], Span(start, last), is_prose=True)
        newlines += 1


def _folded(newlines: int) -> str:
    """What the ends of so many lines are where a text is folded."""
    return " " if newlines == 1 else "\n" * (newlines - 1)


def _put(builder: Builder, parts: list[Part], scalar: _Scalar, language: str) -> None:
    """Add a text without the white space at its ends."""
    builder.put(trimmed(parts, attrgetter("looks")))
    builder.end_segment(
        scalar.path,
        scalar.span,
        language=language,
        escape=_ESCAPES.get(scalar.style, as_it_is),
        finish=as_it_is if scalar.style else partial(finished, scalar.in_flow),
        key=scalar.path,
    )


FORMAT = Format("yaml", "YAML", frozenset({".yaml", ".yml"}), read, asks=Asked.FIELD)
