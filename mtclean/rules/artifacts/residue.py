"""What stood around the article on its page and is not part of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter

from mtclean.languages.english import grammar_words
from mtclean.languages.lists import entries, words
from mtclean.rules.artifacts.elsewhere import lines_elsewhere
from mtclean.rules.artifacts.furniture import (
    article_in,
    first_of_prose,
    furniture_runs,
    headline_of,
    is_label,
    says_amount,
)
from mtclean.rules.artifacts.lines import without_line
from mtclean.rules.artifacts.page_lines import (
    asks_readers,
    is_headline,
    is_label_of_links,
    speaks_for_page,
)
from mtclean.rules.artifacts.serials import is_of_serial
from mtclean.rules.artifacts.stamps import is_dated, is_stamp
from mtclean.rules.artifacts.tokens import stripped
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Applicability, Edit, Finding, Fix, Passage, Span, known, rule

_LONGEST_LINE = 420
_CLOSING = re.compile(r"[(（\[【] ?([^()（）\[\]【】\r\n]{1,30}?) ?[)）\]】] ?[.。]?\Z")
_BARE_MARK = re.compile(r"(?<![\w-])(?:/ ?)?ENDS\Z|(?<![\w-])-30-\Z")
_SUFFIX = re.compile(r"(?:\s[-_] ?|[-_] |\s?[–—|丨｜] ?)([^-–—|_丨｜\r\n]{2,50})\Z")
_OUTLET_HEAD = re.compile(
    r"(?:[A-Z][\w'’.&]{0,20} ){0,4}(?:Network|News|Net|Online|Daily|Times|Post|Agency|Website|Portal|Gazette)"
    r"|[\w'’-]{2,30}(?: [\w'’-]{2,20}){0,2}\.(?:com|cn|net|org|ru|com\.cn|co\.uk)",
)
_LONGEST_NOTICE = 90
_FURNITURE_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ATTRIBUTE = re.compile(r"\w+=|\[[^\s\[\],]+,\S*\]")
"""The beginning of a line that says something to a program: *original=Log in*, *[source,javascript]*."""
_BYLINE = re.compile(
    r"by [A-Z][\w.’'-]{0,20}(?: (?:[A-Z][\w.’'-]{0,20}|and|&|de|van|von)|, [A-Z][\w.’'-]{0,20}){1,8}",
    re.IGNORECASE,
)
_LONGEST_CALL = 9
"""Words of a line that asks the reader for something."""
_READERS = frozenset(["our", "us", "your"])
_PAGER = re.compile(r"\d{1,3}")
_FEWEST_PAGES = 3
"""Numbers on lines of their own, one after another, that are a pager or the counter of a gallery."""
_FEWEST_AMOUNTS = 3
_FEWEST_BEFORE = 2
"""The same before the article, where it has lines of its own."""
_FEWEST_SURE = 2
"""Lines that are surely the page's, of those before or after the article, which make short ones there the page's, too."""
_MOST_STAMPS = 2
"""A text with more of them is a log."""
_MOST_SUFFIXES = 4
_FEWEST_OF_HEADLINE = 4
"""Words of a line behind a label for links that is one of them."""
_SEE_ALSO = re.compile(
    r"(?:further|related|recommended) reading|see also|contents?|disclaimer", re.IGNORECASE
)
_KEYWORDS = re.compile(r"key ?words", re.IGNORECASE)
_PAPER = re.compile(r"^(?:\d\.? {0,3})?(?:abstract|introduction)\b", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"(?P<key>[A-Z][\w-]{1,20}(?: \w[\w-]{0,20}){0,2}):(?:\s|\Z)|(?P<rest>\s+\S)")
"""A field of a record, *Posting Date: April 18*, or the line it goes on in."""
_FEWEST_FIELDS = 4
_TITLES = frozenset(["title", "subject"])
"""The field in which a record names what it is about; a page shows it as a headline."""
_UNDERLINE = re.compile(r"([-=~^*+#\"'])\1{2,}\s*\Z")
_LISTED = re.compile(r"[-*•·▪\d\[]|[^.!?]{1,200}\b(?:19|20)\d\d\b|\S{0,8}https?:|[\w-]{1,40}\(\d\)")


@cache
def _whole_line() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The residue lines as two expressions, so that a line is looked at twice at most.

    The first is for lines in small letters, which is quicker than whatever the case; in the second are those that name a case.
    """
    of_a_case = [entry for entry in entries("residue_lines.txt") if "(?-i:" in entry]
    others = [entry.lower() for entry in entries("residue_lines.txt") if "(?-i:" not in entry]
    return _any_of(others), _any_of(of_a_case, re.IGNORECASE)


def _any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Any of *patterns*, and the marks behind it."""
    either = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{either})[\s.。:：!>»…\])】）]{{0,4}}", flags)


def _is_listed(said: str) -> bool:
    """Whether a line is one of the residue lines, whatever its case."""
    small, of_a_case = _whole_line()
    return bool(small.fullmatch(said.lower()) or of_a_case.fullmatch(said))


_LICENCE = re.compile(
    r"\s{1,4}(?:all rights reserved\.?\s{1,4})?"
    r"(?:redistribution and use|permission (?:is hereby|to use)|licen[sc]ed under|this (?:program|software|library|work) is)\b",
    re.IGNORECASE,
)
_ARTICLE = "\n\n".join(
    f"It rained for {days} in the south, and the river rose higher than the people of the town can remember, said the mayor."
    for days in ("a day", "two days", "a week", "a month")
)


@rule(
    "scrape-residue",
    "accuracy.addition.boilerplate",
    suggests=(
        ("A headline\n\n2022-07-06 0 By\n\nThe story begins.", "A headline\n\nThe story begins."),
        ("The end.\nScan the QR code to follow us", "The end."),
        (
            "The end.\n\nPrevious Chapter | Index | Next Chapter\n\nRead new chapters first at quaytales.example",
            "The end.",
        ),
        ("The end.\n\nTimed and translated by Quay Crew", "The end."),
        ("The end.\nYou must be logged in to comment\nShow all", "The end."),
        ("The end.\n\nSign up for our daily briefing", "The end."),
        (
            "The rain stopped.\n\nRead more: Rivers fall to 2.5 metres\n\nThey went home.",
            "The rain stopped.\n\nThey went home.",
        ),
        ("The end.\n\nThe Quay may earn a commission on what you buy through links.", "The end."),
        (
            "The rain stopped.\n\nYou have 3 free articles left this month.\n\nThey went home.",
            "The rain stopped.\n\nThey went home.",
        ),
        ("The end.\n\nReporting by Ann Lee; editing by Bo Ek", "The end."),
        (
            "The rain stopped.\n\nThe river at noon (Picture: Ann Lee)\n\nThey went home.",
            "The rain stopped.\n\nThey went home.",
        ),
        ("By Ann Lee, Tuesday, 7 May 2019 8:05 GMT\n\nThe rain stopped.", "The rain stopped."),
    ),
    finds=(
        (f"{_ARTICLE}\n\nScan the QR code to follow us\n\n7 May 2019\n\nMarkets", "Markets"),
        ("The visit ended.\nSource: Global Times, author: Niu Ruifei", "Source: Global Times"),
        ("The visit ended.\n[Editor: Chen Haifeng]", "[Editor: Chen Haifeng]"),
        (
            "The rain stopped.\n\nMore great stories\n\nRivers fall to where they were\n\nA town counts its boats\n\nThey all went home that night.",
            "A town counts its boats",
        ),
        ("The visit ended.\n责任编辑：王思硕", "责任编辑：王思硕"),
    ),
    leaves=(
        "Related\n\nThe two brothers are related to each other.",
        "Get up early, and follow the river to the sea.",
        "They may not be seen or heard, and nobody gets a share of what the links of the chain weigh.",
        "Concert Hall - Saturday, 9 May 2020, 7.30 pm\n\nDoors open at seven.",
        "The source: a spring in the hills. It never dries up, the villagers say with pride.",
        "Share prices fell on Monday.\nThe editors met in July.",
        "From: Alice\nTo: Bob\nSubject: Lunch",
        "Title: The Harbour\n\nAuthor: Ann Lee\n\nPosting Date: April 18, 2011\nLanguage: English,\n  and some German\nCreated: 7 May 2019\n\nIt was late.",
        "It is not a number (such as\n0/0).\n\nCopy\n----\n\nIt makes another one of it.",
        f"A letter\n\n7 May 2019\n\nTo the harbour\n\n{_ARTICLE}",
        f"{_ARTICLE}\n\nThe harbour\n\nThe town",
        "Further reading\n- A. Smith, The History of Tea, 1998.",
        "00:00:01.000 --> 00:00:03.500\nCaption text #3\n\n00:00:04.000 --> 00:00:05.000\nCaption text #4",
        "Click the mouse twice. The window opens and the menu appears at the left.",
        "They went home.\nAnd now to the news.",
        "original=Log in\ntranslation=Menu\n\n[source,javascript]\n\nThe harbour lies still.",
        "Copyright 2014 Quay Crew\n\nPermission is hereby granted to any member of the club to copy this.",
        "The novel was first published on quaytales.example in 2003.\n\nPlease vote on Monday.\n\nThe first chapter | a review",
        "The new site is at quay.example, and you can read what Ann Lee wrote of it.",
        "Next stop: the harbour\n\nPlease read chapters 3 and 4 of the novel.\n\nTiming by the moon\n\nIt set.",
        "How to find a word\nSearch\nType the word and press the key.\nMenu\nAll commands are here.",
        "10 May 2021 08:00:01\nDoor opened.\n10 May 2021 08:00:09\nDoor closed.\n10 May 2021 09:12:44\nDoor opened.",
    ),
)
def scrape_residue(passage: Passage) -> Iterator[Fix | Finding]:
    """A line of the page around the article: byline stamp, editor, share button, licence notice.

    Scrapers take the whole page, engines translate its buttons (`Click to view original`,
    `2022-07-06 0 By`), and a reader is told to scan a code that is not there.  Only a line that is
    nothing else is shown, and taking it out is suggested: one of the known lines, or a short one of
    nothing but the words of buttons and notices, which has to name what only pages have or to stand
    beside other such lines.  Whole lines of your own site go under `boilerplate` in `[lists]` of
    mtclean.toml.

    So are links to the chapters before and after, calls to the readers of a serial, and credits of those who translated or timed it.
    Where such a line, or two lines of nothing but dates, stand before or after the article, short lines behind them are the
    page's, too: sections, names, the numbers of a gallery.

    A short line between two of the page's is one, and so is what asks the reader for something of the page's (*Sign up for
    our daily briefing*) where it ends the text or stands beside another.

    So is what speaks for the page by what it is made of, wherever it stands: a lead to another page (*Read more: …*), the headlines
    behind a label for links, a call to subscribe, follow or log in, a credit for words or pictures, a reserved right, a
    commission that is earned, a day with its hour.

    Left alone: the headline, the lines between the last of the page's and the article, sentences that merely begin like one, lists of sources and of amounts, the heads of letters and of licences.
    """
    lines = [stripped(passage.text, *line) for line in passage.paragraphs]
    cues = (
        written_in(passage) is Form.SUBTITLES
    )  # short lines of speech, which no buttons stand between
    furniture = [0 if cues else _furniture(passage, line) for line in lines]
    residue = [
        _is_residue(passage, line) or sure == 2 for line, sure in zip(lines, furniture, strict=True)
    ]
    stamps = [is_stamp(passage.text[slice(*line)]) for line in lines]
    if 0 < sum(stamps) <= _MOST_STAMPS:
        residue = [a or b for a, b in zip(residue, stamps, strict=True)]
    spoken = set() if cues else _spoken(passage, lines)
    residue = [a or n in spoken for n, a in enumerate(residue)]
    of_page = set() if cues else _of_page(passage, residue)
    of_page = {n for n in of_page if not passage.is_in_entry(lines[n])}
    residue = [a or n in of_page for n, a in enumerate(residue)]
    said = {number for run in furniture_runs(passage) for number in run} | lines_elsewhere(passage)
    said |= _of_record(passage)
    for number, span in enumerate(lines):
        if number in said:
            continue
        beside = residue[max(0, number - 1) : number] + residue[number + 1 : number + 2]
        button = any(beside) or 0 < number == len(lines) - 1
        between = (
            len(beside) == 2
            and all(beside)
            and is_label(passage, number)
            and number > first_of_prose(passage)
        )
        is_page = residue[number] or (button and furniture[number]) or between
        if not is_page or _is_of_a_sentence(passage, span) or _heads_licence(passage, span.end):
            continue
        if not _belongs(passage, number):
            shown = passage.text[span.start : min(span.end, span.start + 60)]
            yield without_line(
                passage,
                number,
                f"“{shown}” belongs to the page the text was taken from, not to the article; delete the line.",
            )


def _of_record(passage: Passage) -> set[int]:
    """The lines of a record that has its title in a field, and others beside: the head of a proposal, of an e-book, of an e-mail."""
    text, lines = passage.text, passage.paragraphs
    fields = [_FIELD.match(text, *line) for line in lines]
    found: set[int] = set()
    for run in _rows(passage, lambda n: fields[n] is not None):
        keys = {field["key"].lower() for n in run if (field := fields[n]) and field["key"]}
        if len(keys) >= _FEWEST_FIELDS and not keys.isdisjoint(_TITLES):
            found.update(run)
    return found


def _heads_licence(passage: Passage, end: int) -> bool:
    """Whether the line that ends at *end* says whose the rights are that the next paragraph gives away."""
    return _LICENCE.match(passage.text, end) is not None


def _of_page(passage: Passage, known: list[bool]) -> set[int]:
    """The lines around the article that are the page's because what is *known* to be stands around them.

    Lines of other pages, and lines of nothing but a date, tell it too, where there are two of them.
    """
    elsewhere = lines_elsewhere(passage)
    sure = [a or n in elsewhere for n, a in enumerate(known)]
    article = article_in(passage, sure)
    if not article:
        return set()
    pagers = {n for run in _pagers(passage) for n in run}
    found: set[int] = set()
    for end in (range(article.start), range(article.stop, len(known))):
        when = {n for n in end if n and is_dated(_said(passage, n))}
        certain = when | {n for n in end if sure[n]}
        found |= pagers.intersection(end)
        is_head = end.start < article.start
        if is_head and sum(sure[n] for n in end) < _FEWEST_BEFORE:
            continue
        if len(certain) < _FEWEST_SURE and not any(known[n] for n in end):
            continue
        amounts = _amounts(passage, end)
        since, headline = (0, headline_of(passage, end)) if is_head else (min(certain), -1)
        until = max(certain) if is_head else len(known)
        found |= when
        found |= {
            n
            for n in end
            if since <= n <= until
            and n != headline
            and n not in amounts
            and (_BYLINE.fullmatch(_said(passage, n)) or is_label(passage, n))
            and not passage.is_code(Span(*passage.paragraphs[n]))
        }
    return found


def _spoken(passage: Passage, lines: list[Span]) -> set[int]:
    """The lines that speak for the page, and the headlines of other pages behind a label for them."""
    said = [passage.text[slice(*line)] for line in lines]
    found: set[int] = set()
    for number, line in enumerate(said):
        if is_label_of_links(line, passage.language):
            links = _links_behind(passage, said, number)
            found.update(links and range(number, links.stop))
        elif speaks_for_page(line, passage.language) and not (
            number == 0 and _may_be_headline(line, passage.language)
        ):
            found.add(number)
    return found


def _may_be_headline(first: str, language: str) -> bool:
    """Whether the *first* line may call on its readers because the text is about that: *Sign up for the new briefing*."""
    return asks_readers(first, language) and is_headline(first)


def _links_behind(passage: Passage, said: list[str], label: int) -> range:
    """The lines behind a *label* that are headlines, which the first line of prose ends."""
    if written_in(passage) is not Form.PLAIN:
        return range(0)
    end = label + 1
    while (
        end < len(said) and len(said[end].split()) >= _FEWEST_OF_HEADLINE and is_headline(said[end])
    ):
        end += 1
    return range(label + 1, end)


def _is_of_a_sentence(passage: Passage, line: Span) -> bool:
    """Whether a sentence goes on over the line's end or its beginning: it is one line of several, not of the page."""
    at = bisect_left(passage.torn, line.start, key=attrgetter("end"))
    return any(line.start <= gap.end and gap.start <= line.end for gap in passage.torn[at : at + 2])


def _pagers(passage: Passage) -> Iterator[range]:
    """The rows of lines that are nothing but numbers."""
    rows = _rows(passage, lambda n: bool(_PAGER.fullmatch(_said(passage, n))))
    return (row for row in rows if len(row) >= _FEWEST_PAGES)


def _amounts(passage: Passage, end: range) -> range:
    """The lines of *end* that are a list of how much of what, with its heading and the line behind it."""
    said = [n for n in end if says_amount(_said(passage, n))]
    return range(said[0] - 1, said[-1] + 2) if len(said) >= _FEWEST_AMOUNTS else range(0)


def _rows(passage: Passage, belongs: Callable[[int], bool]) -> Iterator[range]:
    """The numbers of lines one after another that *belong*."""
    start = 0
    for n in range(len(passage.paragraphs) + 1):
        if n == len(passage.paragraphs) or not belongs(n):
            if n > start:
                yield range(start, n)
            start = n + 1


def _said(passage: Passage, number: int) -> str:
    return passage.text[slice(*passage.paragraphs[number])].strip()


def _is_residue(passage: Passage, line: Span) -> bool:
    if line.end - line.start > _LONGEST_LINE:
        return False
    said = passage.text[slice(*line)]
    own = passage.style.listed("boilerplate")
    if own and said.casefold() in map(str.casefold, own):
        return True
    return _is_listed(said) or is_of_serial(said)


def _furniture(passage: Passage, line: Span) -> int:
    """How surely a short line is a button, counter or notice by its words: 2 anywhere, 1 among others, 0 not."""
    said = passage.text[slice(*line)]
    if (
        len(said) > _LONGEST_NOTICE
        or said.startswith("-")
        or said.endswith("?")
        or _ATTRIBUTE.match(said)
    ):
        return 0
    folded = [word for word in _FURNITURE_WORD.findall(said.lower()) if not word[0].isdigit()]
    signs = sum(word in words("page_signs.txt") for word in folded)
    networks = sum(word in words("page_networks.txt") for word in folded)
    plain = sum(word in words("page_words.txt") for word in folded)
    small = sum(word in _small_words() for word in folded)
    if not signs + networks + plain or signs + networks + plain + small < len(folded):
        return int(_is_call(folded))
    sure = (signs and signs + plain + networks > 1) or (networks and plain)
    if sure:
        return 2
    return 0 if said.endswith((".", "!")) else 1


def _is_call(said: list[str]) -> bool:
    """Whether the words *said* ask the reader for something of the page's: *Sign up for our daily briefing*."""
    if not 2 < len(said) <= _LONGEST_CALL or _READERS.isdisjoint(said):
        return False
    return said[0] in words("page_words.txt") or said[0] in words("page_signs.txt")


@cache
def _small_words() -> frozenset[str]:
    """Words of grammar that page_words.txt does not have."""
    small = grammar_words()
    return small - words("page_words.txt") | {"in", "on", "a", "an", "no", "so"}


def _belongs(passage: Passage, number: int) -> bool:
    """Whether the line is part of a letter's head, an underlined heading or that of a list of sources, or has half a bracket."""
    lines = passage.paragraphs
    text = passage.text[slice(*lines[number])]
    following = passage.text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
    if _SEE_ALSO.match(text) and _LISTED.match(following):
        return True
    if _KEYWORDS.match(text) and _is_paper(passage):
        return True
    if _UNDERLINE.match(following) or text.count("(") != text.count(")"):
        return True
    return text.startswith("From:") and following.startswith(("To:", "Sent:", "Date:", "Subject:"))


@known
def _is_paper(passage: Passage) -> bool:
    """Whether the text has an abstract or an introduction, as papers have."""
    return _PAPER.search(passage.text) is not None


@rule(
    "closing-mark",
    "accuracy.addition.boilerplate",
    suggests=(
        ("They will meet again in May.(after)", "They will meet again in May."),
        ("They will meet again in May. (End)", "They will meet again in May."),
        ("They will meet again in May. /ENDS", "They will meet again in May."),
        ("They will meet again in May. -30-", "They will meet again in May."),
        ("They will meet again in May. (quayside)", "They will meet again in May."),
    ),
    leaves=(
        "He came in (after the others) and sat down.",
        "The results (over) were poor (see below).",
        "They spoke to a reporter (Reuters) on Monday.",
        "The film is a remake (1999)",
        "It is long, and so the film ENDS. It has 12-30- and 40-minute parts",
        "They will meet again in May. (harbour)",
    ),
    others=("The boats are home. (quayside)", "A roof fell in at noon. (quayside)"),
)
def closing_mark(passage: Passage) -> Iterator[Fix | Finding]:
    """`(End)`, `(after)`, `(Xinhua)`: an agency's closing mark stands after the last word.

    Chinese and Russian agencies close a report with （完） or their name; engines turn that into
    `(after)`, `(over)`, `(finished)`.  Seen only where it ends a line after a finished sentence or
    fills a line.  A mark in brackets that ends another document of the folder, too, is one of them.  Marks of your own agency go under `closing-marks` in `[lists]` of mtclean.toml.

    Left alone: the same words within a sentence.
    """
    for line in passage.paragraphs:
        span = stripped(passage.text, *line)
        is_last = line == passage.paragraphs[-1]
        mark = _CLOSING.search(passage.text, max(span.start, span.end - 36), span.end)
        if not mark or not _closes(mark.group(1), passage):
            mark = _BARE_MARK.search(passage.text, max(span.start, span.end - 8), span.end)
        if not mark:
            continue
        before = stripped(passage.text, span.start, mark.start())
        if is_last or before.start == before.end or passage.text[before.end - 1] in ".!?…\"”’'。]":
            start = before.end if before.end > before.start else mark.start()
            yield Fix(
                (Edit(start, mark.end(), ""),),
                f"“{mark.group()}” is the mark an agency closes its reports with, taken over by the scraper or"
                " the engine; delete it.",
                Applicability.SUGGESTED,
            )


def _closes(inside: str, passage: Passage) -> bool:
    folded = " ".join(inside.lower().split())
    house = {mark.lower() for mark in passage.style.listed("closing-marks")}
    return (
        folded in house
        or folded in passage.batch.closings
        or folded in words("closing_marks.txt")
        or folded in entries("closing_phrases.txt")
    )


@rule(
    "site-name-in-title",
    "accuracy.addition.boilerplate",
    suggests=(
        ("Rains flood the south - Xinhua\n\nIt rained.", "Rains flood the south\n\nIt rained."),
    ),
    leaves=(
        "Rains flood the south - again\n\nIt rained.",
        "A history of the Daily News\n\nIt began in 1919.",
        "# pre-harbour.com\n\nIt opens in May.",
        "China-Russia\n\nThey met.",
    ),
)
def site_name_in_title(passage: Passage) -> Iterator[Fix | Finding]:
    """The site's name hangs on the headline, as in a browser's title bar.

    `Rains flood the south - China News Network` is what a page calls itself, not what the author
    wrote; the engine then translates the name.  Your own sites go under `sites` in `[lists]` of
    mtclean.toml.

    Left alone: anywhere but at the end of the first line, after a dash or a bar.
    """
    if not passage.paragraphs:
        return
    line = stripped(passage.text, *passage.paragraphs[0])
    end = line.end
    for _ in range(_MOST_SUFFIXES):
        hanging = _SUFFIX.search(passage.text, max(line.start, end - 56), end)
        if not hanging or not _is_outlet(hanging.group(1), passage):
            break
        end = hanging.start()
    if line.start < end < line.end:
        yield Fix(
            (Edit(end, line.end, ""),),
            f"“{passage.text[end : line.end].strip()}” is the name of the site, hung on the headline by the page's"
            " title bar; delete it.",
            Applicability.SUGGESTED,
        )


def _is_outlet(name: str, passage: Passage) -> bool:
    name = name.strip()
    house = {site.lower() for site in passage.style.listed("sites")}
    return (
        name.lower() in house
        or name.lower() in entries("outlets.txt")
        or bool(_OUTLET_HEAD.fullmatch(name))
    )


RULES = (scrape_residue, closing_mark, site_name_in_title)
