"""From bytes to text and back without losing one byte.

The order: byte-order mark, binary signatures, UTF-8, NULs (UTF-16 or no text at all), then
chardet, whose answer is recorded as a guess.  A text that is UTF-8 but for a few bytes is UTF-8: these
stand in it as lone surrogates (Python's ``surrogateescape``), and go back as they came.  ``benchmarks/decoding.py`` measures it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import chardet

from mtclean.documents.errors import DocumentProblem
from mtclean.formats.charsets import charset

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF-",
    b"\x7fELF",
    b"BZh",
    b"7z\xbc\xaf",
)
_ISO_2022 = re.compile(rb"\x1b\$[@B]")  # Japanese in seven bits, which is valid UTF-8, too
_SAMPLE = 65_536  # bytes looked at for NULs and given to the detector
_BINARY_SHARE = 0.05  # of NULs and other control bytes, from which a file is no text
_PLAIN = re.compile("[\t\n\r\x20-\x7e\u3000-\u3002]")
# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic; Indic scripts and Thai; marks; kana, Han,
# Hangul; full-width forms; emoji.
_USUAL = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u06ff\u0900-\u0eff\u1e00-\u20cf\u3000-\u30ff\u4e00-\u9fff"
    "\uac00-\ud7a3\uff00-\uffef\U0001f000-\U0001faff]"
)
# Right answers of chardet to benchmarks/decoding.py have .173 or more; the euro sign of a short
# Windows text was a letter of the Portuguese DOS to it, at .123.
_LEAST_CONFIDENCE = 0.15
# The same where it is given nothing but lines with such letters (tests/formats/test_subtitles.py).
_LEAST_TOLD = 0.12
_OF_OLD = chardet.EncodingEra.MODERN_WEB | chardet.EncodingEra.LEGACY_ISO
_OF_LATIN = (
    "windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258",
    "iso8859-1", "iso8859-2", "iso8859-9", "iso8859-15",
)  # fmt: skip
_USUAL_SHARE = 0.95  # of such characters, from which bytes may be UTF-16
_LEAST_SPACES = 0.05
_LOST = re.compile("[\udc80-\udcff]+")
_WIDE = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_WIDE_FOR_LOST = 10
"""Characters beyond ASCII beside one run of bytes that is none, from which a text is in an encoding; one mistaken
for it has hardly any.  Where only the last character is cut off, one is enough."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and all that is needed to write the same bytes again."""

    text: str
    encoding: str
    bom: bytes
    guessed: bool

    @property
    def lost(self) -> tuple[int, ...]:
        """Where in the text lone surrogates stand for bytes that are no character in the encoding, by runs."""
        return tuple(match.start() for match in _LOST.finditer(self.text))

    def encode(self, text: str) -> bytes:
        """*text* as the file had it: byte-order mark, encoding, newlines, bytes that are no characters.

        Raises :class:`UnicodeEncodeError` where the encoding has no such character.
        """
        return self.bom + self.encode_line(text)

    def encode_line(self, text: str) -> bytes:
        """The same of a part of the text, without the byte-order mark."""
        return text.encode(self.encoding, "surrogateescape")

    @property
    def by_lines(self) -> bool:
        """Whether each line's bytes stand for themselves and end in the byte 0x0A."""
        return not self.encoding.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz"))


def decode(
    data: bytes, declared: str = "", telling: Callable[[bytes], bytes] | None = None
) -> Decoded:
    """The text in *data*, which its format says is in the encoding *declared*, if it says one.

    Where it does not, and only some of the bytes tell, *telling* gives those.  Raises :class:`DocumentProblem` where
    there is no text, or none that could be written back, and where what tells leaves the encoding in doubt.
    """
    if not data:
        raise DocumentProblem("empty", "the file is empty", skipped=True)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            if data == bom:
                raise DocumentProblem("empty", "the file is empty", skipped=True)
            if encoding == "utf-8":
                text = data[len(bom) :].decode(encoding, "surrogateescape")
                return Decoded(text, encoding, bom, guessed=False)
            return _strictly(data[len(bom) :], encoding, bom)
    if declared:
        return _as_declared(data, declared)
    sample = data[:_SAMPLE]
    odd = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b\b\v")
    is_plain = odd <= _BINARY_SHARE * len(sample) and not sample.startswith(_SIGNATURES)
    if is_plain and not _ISO_2022.search(sample):
        utf8 = _but_for_a_few_bytes(data, "utf-8")
        if utf8 is not None:
            return Decoded(utf8, "utf-8", b"", guessed=False)
    utf16 = _utf16_without_mark(data)
    if not is_plain and not utf16:
        raise DocumentProblem("binary", "it is not a text file", skipped=True)
    if _is_ebcdic(sample):
        raise DocumentProblem("decode_error", "it is in EBCDIC, perhaps; save it as UTF-8")
    return _guessed(data, utf16, telling(data) if telling and not utf16 else b"")


def _is_ebcdic(sample: bytes) -> bool:
    """Whether *sample* has no space, but so many of the byte that is one on mainframes, ``@`` elsewhere."""
    return b" " not in sample and sample.count(b"@") > _LEAST_SPACES * len(sample)


def reads_as(data: bytes, text: str) -> bool:
    """Whether *data* is read as *text*."""
    try:
        return decode(data).text == text
    except DocumentProblem as problem:
        return problem.code == "empty" and not text


def as_utf8(text: str) -> bytes:
    """*text* as a file in UTF-8 that is read as *text*: with a byte-order mark where it needs one.

    Bytes that were no characters go back as they came.
    """
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # surrogates of another origin, which have no bytes
        data = text.encode("utf-8", "surrogatepass")
    return data if reads_as(data, text) else codecs.BOM_UTF8 + data


def _but_for_a_few_bytes(data: bytes, encoding: str) -> str | None:
    """*data* as a text in *encoding*, in which lone surrogates stand for at most a few bytes; None where it is none."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except UnicodeDecodeError:
        try:
            text = data.decode(encoding, "surrogateescape")
        except UnicodeDecodeError:
            return None
    lost = sum(1 for _ in _LOST.finditer(text))
    wide = sum(1 for _ in _WIDE.finditer(text))
    few = wide >= _WIDE_FOR_LOST * lost or (lost == 1 and wide and _is_cut(data, encoding))
    return text if few and text.encode(encoding, "surrogateescape") == data else None


def _is_cut(data: bytes, encoding: str) -> bool:
    """Whether nothing is wrong with *data* but that it ends within a character."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _as_declared(data: bytes, declared: str) -> Decoded:
    encoding = charset(declared)
    if not encoding:
        raise DocumentProblem(
            "decode_error", f"it says it is in {declared}, which is not known; save it as UTF-8"
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentProblem(
            "decode_error",
            f"it says it is in {declared}, but byte {error.start} is not; save it again as UTF-8",
        ) from error
    if text.encode(encoding) != data:
        raise DocumentProblem(
            "decode_error", f"its {declared} could not be written back; save it as UTF-8"
        )
    return Decoded(text, encoding, b"", guessed=False)


def _strictly(data: bytes, encoding: str, bom: bytes) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, bom, guessed=False)
    except UnicodeDecodeError as error:
        raise DocumentProblem(
            "decode_error",
            f"its byte-order mark says {encoding}, but byte {error.start + len(bom)} is not; "
            "save it again as UTF-8",
        ) from error


def _utf16_without_mark(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where *data* reads as text of today's scripts in it; else ''.

    A space, a newline or a digit has a NUL in it then, as no text of single bytes has.
    """
    if len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return ""
    likeness = {name: _likeness(data[:_SAMPLE], name) for name in ("utf-16-le", "utf-16-be")}
    best = max(likeness, key=lambda name: likeness[name])
    return best if likeness[best] else ""


def _likeness(sample: bytes, encoding: str) -> float:
    """0 where *sample* is no text in *encoding*; read the wrong way round, it has less ASCII."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    usual = len(_USUAL.findall(text)) / len(text)
    plain = len(_PLAIN.findall(text)) / len(text)
    return usual + plain if usual >= _USUAL_SHARE and plain else 0.0


def _guessed(data: bytes, utf16: str, telling: bytes) -> Decoded:
    """*utf16*, if given, or the detector's answer that gives the same bytes back; else Latin, if nothing is *telling*."""
    iso2022 = "iso2022_jp" if _ISO_2022.search(data[:_SAMPLE]) else ""
    if telling and not iso2022:
        candidates = [_told(telling[:_SAMPLE])]
    else:
        candidates = [utf16, iso2022, _detected(data[:_SAMPLE]), "cp1252", "latin-1"]
    for encoding in filter(None, candidates):
        with suppress(UnicodeError, LookupError):
            text = _but_for_a_few_bytes(data, encoding)
            if text is not None:
                return Decoded(text, codecs.lookup(encoding).name, b"", guessed=True)
    raise DocumentProblem("decode_error", "its encoding is not known; save it as UTF-8")


def _told(sample: bytes) -> str:
    """The encoding of *sample*, which is all letters, of those in which people wrote before UTF-8.

    Letters beyond ASCII are few among others in Latin script, and nearly all in any other.
    """
    few = 2 * sum(byte > 0x7F for byte in sample) < sum(map(_is_letter, sample))
    answer = chardet.detect(
        sample,
        encoding_era=_OF_OLD,
        include_encodings=_OF_LATIN if few else None,
        exclude_encodings=None if few else _OF_LATIN,
    )
    if answer["encoding"] and answer["confidence"] >= _LEAST_TOLD:
        return str(answer["encoding"])
    perhaps = f" ({answer['encoding']}, perhaps)" if answer["encoding"] else ""
    raise DocumentProblem(
        "decode_error", f"what encoding it is in cannot be told for sure{perhaps}; save it as UTF-8"
    )


def _is_letter(byte: int) -> bool:
    return byte > 0x7F or chr(byte).isalpha()


def _detected(sample: bytes) -> str:
    """The detector's answer where it is fairly sure; else ''."""
    answer = chardet.detect(sample)
    return (answer["encoding"] or "") if answer["confidence"] >= _LEAST_CONFIDENCE else ""
