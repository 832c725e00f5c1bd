"""Lines that are nothing but when: what a page says of the day and the hour it was made or changed."""

from __future__ import annotations

import re

_LONGEST = 120
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_STAMP = re.compile(
    r"(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d"
    r"|\d{1,2} [A-Z][a-z]{2,8},? (?:19|20)\d\d|[A-Z][a-z]{2,8} \d{1,2}, (?:19|20)\d\d)"
    r"(?:[ T,|]{1,3}| at )\d{1,2} ?[:：] ?\d{2}(?: ?[:：] ?\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[|·] ?[^.!?\r\n]{1,40})?"
)
"""A line of nothing but a date and the time of day, with at most the name of a section."""
_DATED = re.compile(
    r"(?=.{0,60}?(?:(?:19|20)\d\d|\d[/.]\d{1,2}[/.]\d\d\b|\bago\b|\bread\b|\d:\d\d))"
    rf"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|{_MONTHS}"
    r"|[ap]\.?m|[a-z]{1,3}t|utc|uk"
    r"|(?:last |first )?(?:updated|published|posted|modified|original)|at|on|ago|min(?:ute)?s?|hours?|days?|weeks?|read"
    r"|\d{1,4}(?:st|nd|rd|th|h|m|d)?)(?![^\W_])[\s,.:;/@|·•()+-]{0,24}){2,16}",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d ?[:：.] ?\d\d|\d ?[ap]\.?m", re.IGNORECASE)
_DAY = re.compile(
    rf"\b(?:{_MONTHS})\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{_MONTHS})\b|\d[-/.]\d{{1,2}}[-/.]\d",
    re.IGNORECASE,
)
_WORD = r"[A-Z][\w.’'-]{0,20}"
_SIGNED = re.compile(
    rf"[|•\s]{{0,4}}(?:[Bb]y {_WORD}(?: {_WORD}){{0,4}}\W{{1,8}}|{_WORD}(?: {_WORD}){{1,4}} ?[-–—|] ?(?=.{{0,60}}\b[A-Z]{{2,3}}T\Z))?"
)
"""Who wrote it, in front of such a line: *By Ann Lee*, or a name before an hour with its zone."""


def is_dated(said: str) -> bool:
    """Whether the line *said* is nothing but when: *First published on 19 May 2019 / 8:16 AM*, *2 min read*."""
    return _DATED.fullmatch(said) is not None


def is_stamp(said: str) -> bool:
    """Whether it is nothing but a day with its hour, with at most who wrote it: *Updated Nov 19, 6:55 AM*."""
    if len(said) > _LONGEST or not _CLOCK.search(said):
        return False
    if _STAMP.fullmatch(said):
        return True
    signed = _SIGNED.match(said)
    when = said[signed.end() :] if signed else said
    return is_dated(when) and _DAY.search(when) is not None
