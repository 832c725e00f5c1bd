"""Archives as they are: members read within limits, and a copy in which only some are new.

Nothing is unpacked that was not asked for.  In the copy every other member is, with its headers, byte for byte
what it was; only the places in the directory move.
"""

from __future__ import annotations

import codecs
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mtclean.formats.format import Sources, Unreadable
from mtclean.formats.xml import declared

LARGEST = 64_000_000
"""Bytes of one member, unpacked; the text of a book of 2,000 pages has some 20 million."""
_MOST_MEMBERS = 10_000

_END = struct.Struct("<4s4H2LH")
_RECORD = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _RECORD_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_LONGEST_REMARK = 65_535  # bytes behind the end of the directory
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_IN_ZIP64 = 0xFFFF_FFFF
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 1, 8, 0x800
_STORED, _DEFLATED = 0, 8
_UNICODE = "utf-8"
_ALL = (_UNICODE, "utf-16-le", "utf-16-be")
"""Encodings that have every character."""
_OLD = re.compile(
    r"us-ascii|iso-8859-(?:[1-9]|1[013-6])|windows-125[0-8]|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)"
)
"""Others in which a part may say it is, in which all markup is ASCII."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST_DAY = 0x21  # 1 January 1980, as old as a member can be


class Member(NamedTuple):
    """A file in an archive, as its directory has it.  Places are bytes of the archive."""

    name: str
    flags: int
    method: int
    sum: int
    packed: int
    size: int
    local: int
    """Where its local header begins."""
    end: int
    """Where the next one begins, or the directory."""
    record: slice
    """Its entry in the directory."""


@dataclass(frozen=True, slots=True)
class Zip:
    """An archive; ``members`` are in the order of its directory."""

    data: bytes
    members: Mapping[str, Member]
    directory: int
    """Where the directory begins."""

    def read(self, name: str) -> bytes:
        """The member *name*, which there is.  Raises :class:`Unreadable` where it is damaged or too large."""
        member = self.members[name]
        if member.flags & _ENCRYPTED:
            raise Unreadable("it is protected by a password")
        if member.size > LARGEST:
            raise Unreadable(f"{name!a} in it is larger than {LARGEST // 1_000_000} MB unpacked")
        packed = self._packed(member)
        if member.method == _STORED:
            content = packed
        elif member.method == _DEFLATED:
            content = _inflated(packed, member)
        else:
            raise Unreadable(f"{name!a} in it is packed in a way that is not known")
        if len(content) != member.size or zlib.crc32(content) != member.sum:
            raise Unreadable(f"{name!a} in it is damaged")
        return content

    def text(self, name: str) -> str:
        """The member *name* as text, a byte-order mark at its start included.  Raises :class:`Unreadable`."""
        data = self.read(name)
        encoding = _encoding(data)
        if not encoding:
            raise Unreadable(f"{name!a} in it is in {declared(data)}, which is not read")
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise Unreadable(f"{name!a} in it has bytes that are no characters") from error
        if text.encode(encoding) != data:
            raise Unreadable(f"{name!a} in it has characters that are written in two ways")
        return text

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """The members *names* as texts, in that order.  Raises :class:`Unreadable` where they are large together."""
        wanted = list(names)
        if sum(self.members[name].size for name in wanted) > LARGEST:
            raise Unreadable(f"its text is larger than {LARGEST // 1_000_000} MB unpacked")
        return {name: self.text(name) for name in wanted}

    def encoded(self, name: str, text: str) -> bytes:
        """*text* in the encoding of the member *name*, with references for what that lacks; for one that is new, in UTF-8."""
        encoding = _encoding(self.read(name)) if name in self.members else _UNICODE
        return text.encode(encoding, "strict" if encoding in _ALL else "xmlcharrefreplace")

    def rewritten(self, contents: Mapping[str, bytes]) -> bytes:
        """A copy in which the members named in *contents* hold those; what there was none of is added at the end."""
        body: list[bytes] = []
        records: dict[str, bytes] = {}
        at = 0
        for member in sorted(self.members.values(), key=lambda member: member.local):
            record = self.data[member.record]
            raw = self.data[member.local : member.end]
            if member.name in contents:
                raw, record = self._renewed(member, contents[member.name])
            records[member.name] = _at_place(record, at)
            body.append(raw)
            at += len(raw)
        for name in sorted(contents.keys() - self.members.keys()):
            raw, record = _made(name, contents[name])
            records[name] = _at_place(record, at)
            body.append(raw)
            at += len(raw)
        directory = [records.pop(name) for name in self.members] + list(records.values())
        return b"".join((*body, *directory, self._end(directory, at)))

    def _packed(self, member: Member) -> bytes:
        start = member.local + self._header(member)[1]
        return self.data[start : start + member.packed]

    def _header(self, member: Member) -> tuple[tuple[int, ...], int]:
        """The fields of its local header behind the mark, and how long that is."""
        mark, *fields = _LOCAL.unpack_from(self.data, member.local)
        length = _LOCAL.size + fields[-2] + fields[-1]
        if mark != _LOCAL_MARK or member.local + length + member.packed > member.end:
            raise Unreadable("its parts lie over one another")
        return tuple(fields), length

    def _renewed(self, member: Member, content: bytes) -> tuple[bytes, bytes]:
        """*member* with another content: its local header and what it holds, and its entry."""
        fields, length = self._header(member)
        version, flags, _, *when = fields[:5]
        names = self.data[member.local + _LOCAL.size : member.local + length]
        name, extra = names[: fields[8]], _without_zip64(names[fields[8] :])
        packed = content if member.method == _STORED else _deflated(content)
        facts = (zlib.crc32(content), len(packed), len(content))
        known = flags & ~_SIZES_BEHIND
        local = _LOCAL.pack(
            _LOCAL_MARK, version, known, member.method, *when, *facts, len(name), len(extra)
        )
        old = list(_RECORD.unpack_from(self.data, member.record.start))
        old[3], old[7:10] = old[3] & ~_SIZES_BEHIND, facts
        tail = self.data[member.record.start + _RECORD.size : member.record.stop]
        return local + name + extra + packed, _RECORD.pack(*old) + tail

    def _end(self, directory: list[bytes], at: int) -> bytes:
        begins = self.data.rfind(_END_MARK)
        mark, disk, first, *_, remark = _END.unpack_from(self.data, begins)
        count, size = len(directory), sum(map(len, directory))
        end = _END.pack(mark, disk, first, count, count, size, at, remark)
        return end + self.data[begins + _END.size :]


def opened(data: bytes) -> Zip:
    """The archive in *data*.  Raises :class:`Unreadable` where it is none, or would be read otherwise by others."""
    if data.startswith(_OLD_OFFICE):
        raise Unreadable("it is protected by a password, or of a kind before 2007")
    begins = data.rfind(_END_MARK, max(0, len(data) - _END.size - _LONGEST_REMARK))
    if begins < 0 or begins + _END.size > len(data):
        raise Unreadable("it is no zip archive, or cut off")
    _, *disks, count, size, directory, _ = _END.unpack_from(data, begins)
    if any(disks[:2]) or directory == _IN_ZIP64 or directory + size != begins:
        raise Unreadable("it is a zip archive of a kind that is not read")
    if count > _MOST_MEMBERS:
        raise Unreadable(f"it has over {_MOST_MEMBERS:,} parts")
    found = list(_members(data, directory, begins))
    if len(found) != count or len({member.name.lower() for member in found}) != count:
        raise Unreadable("its list of parts is damaged, or names one twice")
    return Zip(data, {member.name: member for member in _with_ends(found, directory)}, directory)


def pack(data: bytes, changed: Sources) -> bytes:
    """A copy of the archive in *data* in which the members *changed* hold those texts."""
    archive = opened(data)
    return archive.rewritten({name: archive.encoded(name, text) for name, text in changed.items()})


def _encoding(data: bytes) -> str:
    """The encoding of a part, empty where it is not read; it must be one in which a byte-order mark is a character like others."""
    if data.startswith(_UTF16):
        return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    said = declared(data)
    if not said or said.startswith("utf"):
        return _UNICODE
    return said if _OLD.fullmatch(said) else ""


def _members(data: bytes, at: int, end: int) -> Iterator[Member]:
    while at < end:
        if at + _RECORD.size > end or data[at : at + 4] != _RECORD_MARK:
            raise Unreadable("its list of parts is damaged")
        fields = _RECORD.unpack_from(data, at)
        _, _, _, flags, method, _, _, sum_, packed, size, name, extra, remark, *_, local = fields
        if _IN_ZIP64 in (packed, size, local):
            raise Unreadable("it is a zip archive of a kind that is not read")
        stop = at + _RECORD.size + name + extra + remark
        raw = data[at + _RECORD.size : at + _RECORD.size + name]
        shown = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/")
        yield Member(shown, flags, method, sum_, packed, size, local, 0, slice(at, stop))
        at = stop


def _with_ends(members: list[Member], directory: int) -> Iterator[Member]:
    """*members*, each of which ends where another begins; none may reach into another."""
    starts = sorted({member.local for member in members})
    if len(starts) != len(members) or (starts and (starts[0] or starts[-1] > directory)):
        raise Unreadable("its parts lie over one another")
    ends = dict(zip(starts, [*starts[1:], directory], strict=True))
    for member in members:
        end = ends[member.local]
        if member.local + _LOCAL.size + member.packed > end:
            raise Unreadable("its parts lie over one another")
        yield member._replace(end=end)


def _inflated(packed: bytes, member: Member) -> bytes:
    """What was packed, and never more than the directory says."""
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = decompressor.decompress(packed, member.size + 1)
    except zlib.error as error:
        raise Unreadable(f"{member.name!a} in it is damaged") from error
    return content


def _deflated(content: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


def _made(name: str, content: bytes) -> tuple[bytes, bytes]:
    """A new member: its local header and what it holds, and its entry in the directory, all but the place."""
    raw, packed = name.encode(), _deflated(content)
    common = (20, _UTF8, _DEFLATED, 0, _FIRST_DAY, zlib.crc32(content), len(packed), len(content))
    local = _LOCAL.pack(_LOCAL_MARK, *common, len(raw), 0)
    record = _RECORD.pack(_RECORD_MARK, 20, *common, len(raw), 0, 0, 0, 0, 0, 0)
    return local + raw + packed, record + raw


def _at_place(record: bytes, local: int) -> bytes:
    """An entry of the directory whose member begins at *local*."""
    return record[: _RECORD.size - 4] + struct.pack("<L", local) + record[_RECORD.size :]


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of a header without that of sizes, which stand in the header itself."""
    kept, at = [], 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept.append(extra[at : at + 4 + length])
        at += 4 + length
    return b"".join((*kept, extra[at:]))
