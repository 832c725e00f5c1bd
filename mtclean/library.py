"""The engine for other programs: a text or a file in, one result with all views out."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mtclean.documents import (
    Document,
    DocumentProblem,
    Input,
    SourceFormat,
    WouldOverwrite,
    beside,
)
from mtclean.documents.decode import Decoded
from mtclean.documents.document import LARGEST, layout_of
from mtclean.documents.memory import check_memory
from mtclean.documents.write import is_one_file, write
from mtclean.grammar import Grammar
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import read
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import only_comparing
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.selection import check_names
from mtclean.pipeline.settings import check_code
from mtclean.pipeline.single import through_the_stages
from mtclean.report import (
    Record,
    Summary,
    Unchecked,
    edits_json,
    html_report,
    summary_of,
    unified_diff,
)
from mtclean.report.record import ChangeRecord, FindingRecord, FixRecord
from mtclean.text import Policy, Style
from mtclean.trouble import Trouble

_DEFAULT = Options(grammar=False)


@dataclass(frozen=True)
class Result:
    """What came of one text: views of its :class:`~mtclean.report.Record`.

    Places are half-open ranges of code points, in the original and in the output.
    """

    record: Record
    text: str
    """The cleaned text; of :func:`check` the text as it was."""
    no_grammar: str = ""
    """Why grammar was not checked to the end, where it was asked for; or empty."""

    @property
    def fixes(self) -> tuple[FixRecord, ...]:
        """Applied and suggested fixes, in document order; ``state`` says which a fix is."""
        return self.record.fixes

    @property
    def findings(self) -> tuple[FindingRecord, ...]:
        """What a reader should look at, in document order."""
        return self.record.findings

    @property
    def edits(self) -> tuple[ChangeRecord, ...]:
        """The places where the original and the cleaned text differ."""
        return self.record.changes

    @property
    def unchecked(self) -> tuple[Unchecked, ...]:
        """The parts that no rule, or no grammar, could speak of, and why."""
        return self.record.unchecked

    @property
    def language(self) -> str:
        """An ISO 639-1 code, or empty where the language is not plain."""
        return self.record.source.language

    @property
    def score(self) -> float | None:
        """MQM's, 0 to 100; None where it is not known, as in a language without rules."""
        return self._summary.score

    @property
    def coverage(self) -> str:
        """How much was not checked, in a line; empty where all was."""
        return self._summary.coverage

    def diff(self) -> str:
        """The unified diff from the original to the cleaned text."""
        return unified_diff(self.record).decode("utf-8", "replace")

    def html(self) -> str:
        """The report as a page."""
        return html_report(self.record)

    def json(self) -> str:
        """The record as JSON, as in ``NAME.edits.json``."""
        return edits_json.write(self.record)

    @cached_property
    def _summary(self) -> Summary:
        return summary_of(self.record)


def clean(text: str, options: Options | None = None, *, grammar: Grammar | None = None) -> Result:
    r"""Make the safe fixes in *text* and tell what else there is to look at.

    Grammar is checked only where *grammar* is given, whatever *options* say: LanguageTool takes seconds to
    start.  Where *options* name a ``source_format``, *text* is a file in it, and only its prose is changed.  Raises
    :class:`mtclean.Trouble` where *text* is no string of Unicode characters, too large, or not in that format.

    >>> import mtclean
    >>> result = mtclean.clean("She said that he must act.\u201dThe paper names a date, and a place.")
    >>> result.language
    'en'
    >>> mtclean.clean("").text
    ''
    """
    settled = _settled(options)
    document = _document(text, settled)
    result, cleaned = _result(document, settled, grammar)
    return replace(result, text=cleaned.decode()) if document.layout else result


def check(text: str, options: Options | None = None, *, grammar: Grammar | None = None) -> Result:
    """The same findings and fixes, with ``text`` as it was.  Raises as :func:`clean` does.

    >>> import mtclean
    >>> mtclean.check("The  paper names a date.").text
    'The  paper names a date.'
    """
    return replace(clean(text, options, grammar=grammar), text=text)


def compare(
    source: str,
    target: str,
    options: Options | None = None,
    *,
    languages: tuple[str, str] = ("", ""),
) -> Result:
    r"""What *target* says otherwise than *source*, of which it is the translation, with ``text`` as it was.

    Line by line, or by paragraphs where the two have not as many lines.  *languages* are that of *source* and that of
    *target*, as ISO 639-1 codes; they are told from the texts where they are empty.  ``source`` of a fix or finding has
    the unit of *source* it is about.  Raises as :func:`clean` does, and :class:`mtclean.DocumentProblem` where the
    two have not as many paragraphs either.

    >>> import mtclean
    >>> (found,) = mtclean.compare("They sold 1,234 tickets.", "Sie haben 1.324 Karten verkauft.").findings
    >>> found.excerpt, found.suggestions, found.source.text[slice(*found.source.place)]
    ('1.324', ('1.234',), '1,234')
    """
    if not (source.strip() and target.strip()):
        raise Trouble("there is nothing to compare: a text is empty")
    both = beside(_document(target), replace(_document(source), name="the source"), languages)
    return replace(_result(both, only_comparing(_settled(options)), None)[0], text=target)


def clean_file(
    path: str | os.PathLike[str],
    to: str | os.PathLike[str] | None = None,
    options: Options | None = None,
    *,
    grammar: Grammar | None = None,
) -> Result:
    """Clean the file at *path*; write it to the file *to*, if one is named, and never to the original.

    What is written has the encoding, newlines and format of the original.  Raises
    :class:`mtclean.Trouble` where it cannot be read or written, or *to* is the original.
    """
    source, target = _path(path), None if to is None else _path(to)
    if target is not None and is_one_file(source, target):
        raise WouldOverwrite(f"{target} is the original: name another file to write to")
    if not source.exists():
        raise Trouble(f"{source} does not exist")
    settled = _settled(options)
    document = read(Input(source, source.name), settled)
    result, cleaned = _result(document, settled, grammar)
    if target is not None:
        write(target, cleaned)
    return result


def _settled(options: Options | None) -> Options:
    """*options* with the format they name; raises :class:`mtclean.Trouble` for what is no setting."""
    if options is None:
        return _DEFAULT
    if not isinstance(options, Options):
        raise Trouble(f"options are an mtclean.Options, not {type(options).__name__}")
    for name, kind in (("style", Style), ("policy", Policy)):
        if not isinstance(given := getattr(options, name), kind):
            raise Trouble(f"{name} is an mtclean.{kind.__name__}, not {type(given).__name__}")
    for name in ("columns", "fields"):
        if isinstance(getattr(options, name), str):
            raise Trouble(f"{name} are several names: ({getattr(options, name)!r},)")
    check_code(options.language)
    check_code(options.source_language)
    policy = options.policy
    check_names(policy.ignored | policy.selected, options.registry)
    return replace(options, source_format=_format(options.source_format))


def _format(named: SourceFormat | str | None) -> SourceFormat | None:
    try:
        return SourceFormat(named) if named is not None else None
    except ValueError as error:
        known = ", ".join(format.value for format in SourceFormat)
        raise Trouble(f"source_format is {named!r}, which is none of {known}") from error


def _result(document: Document, options: Options, grammar: Grammar | None) -> tuple[Result, bytes]:
    """What came of *document*, and the cleaned file."""
    if grammar is not None and not isinstance(grammar, Grammar):
        raise Trouble(f"grammar is an mtclean.Grammar, not {type(grammar).__name__}")
    chosen = replace(options, grammar=grammar is not None)
    work, no_grammar = through_the_stages(document, chosen, grammar)
    cleaned = cleaned_bytes(work)
    return Result(account(work), work.trail.text, no_grammar), cleaned


def _document(text: object, options: Options = _DEFAULT) -> Document:
    """*text* as a document in the format that *options* say: a string is never guessed at, and may be empty."""
    if not isinstance(text, str):
        hint = ": decode them, or use clean_file" if isinstance(text, bytes | bytearray) else ""
        raise Trouble(f"the text is a str, not {type(text).__name__}{hint}")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise DocumentProblem(
            "surrogate", f"code point {error.start} of the text is half a surrogate pair: decode it"
        ) from error
    if len(data) > LARGEST:
        raise DocumentProblem("too_large", f"it is larger than {LARGEST // 1_000_000} MB; split it")
    check_memory(len(text), 1)
    document = Document("text", data, Decoded(text, "utf-8", b"", guessed=False))
    reading = options.reading_of(Input(Path("text"), "text"))
    format = reading.format.reader if reading.format else None
    if format is None:
        return document
    if format.archive:
        raise Trouble(f"{format.title} is no text: use clean_file")
    layout = layout_of(format, {"": text}, reading.choices)
    return replace(document, layout=layout, format=format, choices=reading.choices)


def _path(path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or "\0" in os.fsdecode(path):
        raise Trouble(f"{path!r} is no path of a file")
    return Path(os.fsdecode(path))
