"""What no rule may touch inside a line of prose: addresses, paths, code, formulas, placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mtclean.languages.letters import WIDE, WIDE_MARKS
from mtclean.text import entity
from mtclean.text.led import Led
from mtclean.text.model import Span
from mtclean.text.protect.blocks import table_cells

_PARAGRAPH = re.compile(r"[^\r\n]+(?:(?:\r\n|[\r\n])[^\S\r\n]*[^\s][^\r\n]*)*")
_BACKTICKS = re.compile(r"`+")
_LONGEST_CODE = 500  # code points between backticks
_BRACES = re.compile(r"[{}]")
_OBJECT = re.compile(r"\{\s{0,80}\"[^\"\r\n]{0,100}\"\s?:")
_ARRAY = re.compile(r"\[\s?\"[^\"\r\n]{0,200}\"(?:,\s?\"[^\"\r\n]{0,200}\"){0,50}\s?\]")
_TEMPLATE = re.compile(
    r"\{%[^%\r\n]{0,300}%\}|<%[^%<\r\n]{0,300}%>|<\?(?:php|=)[^?<\r\n]{0,300}\?>"
)
_SLOT = re.compile(r"\{\{[^{}\r\n]{0,200}(?:\(\{[^{}\r\n]{0,400}\}\) ?)?\}\}")
_MANY_SLOTS = 3
"""Fewer of them, in a text without a template's other tags, were to be filled and are left over: a finding."""
# Each part begins with its sign, so that the search can skip to it.
_EXPRESSION_SIGN = re.compile(
    r"-(?<=[\w)\]]-)>(?=[A-Za-z_$])|:(?<=\w:):(?=[\w<*$])|\((?<=\w\()(?:\)|(?=[\"'][^\s\"'()]{0,80}[\"'][,)]))"
    r"|\$(?<![\w$]\$)[A-Za-z_]\w*(?=->|\[|\.['\"])|_(?<!\w_)_[A-Za-z]\w*__(?=[.\[(])"
)
_EXPRESSION_PARTS = ("->", "::", "()", '("', "('", "__", "$")
_INNER_LINE = re.compile(r"_(?<=[A-Za-z0-9]_)(?=[A-Za-z0-9])")
_NO_LETTER = re.compile(rf"[\W{WIDE}]+")
_NAME_AFTER = re.compile(rf"[^\W{WIDE}]+")
_LONGEST_WORD = 200  # code points of an expression on each side of its sign
_LONGEST_QUERY = 2_000  # code points of JSON in an address
_NO_SPACE = re.compile(r"[^\s<>“”»]*")
_EXPRESSION_REST = re.compile(rf"(?:[^\s<>“”»{WIDE}{WIDE_MARKS}-]|->?)*")
_NO_PART = re.compile(rf"(?:[^\w.$:>\[\]'\"()-]|[{WIDE}])+")
_LINK_TARGET = re.compile(
    r"\](?<=\])\([^()\s]{0,400}(?:\([^()\s]{0,100}\)[^()\s]{0,200}){0,3}(?:\s[\"'][^\"'\r\n]{0,200}[\"'])?\)"
    r"|!\s?\[[^\[\]\r\n]{0,200}\]\s?\([^()\s]{1,400}\)"
    r"|^ {0,3}\[[^\[\]\r\n]{1,80}\]:[^\S\r\n]{0,4}\S{1,400}",
    re.MULTILINE,
)
_MACRO = Led.by(
    r"\\",
    r"\\[A-Za-z]{2,20}\*?(?:\[[^\[\]\r\n]{0,80}\])?\{|\\[\"'`^~=.uvHckr]\{\\?[A-Za-z]\}|(?<=[A-Za-z])\\[\"'`^~=.][A-Za-z]"
    r"|\\{1,2}[(\[](?:[^\\\r\n]|\\(?![\\()\[\]])){1,300}\\{1,2}[)\]]",
)
_FORMULA = re.compile(
    r"\$\$?(?=[^$\r\n]{0,200}[\\^_={}])(?=\S)[^$\r\n]{1,200}(?<=\S)\$\$?(?![\w$])"
)
_SHOWN_BY_TEX = "{\\displaystyle"
_SIGNS_OF_FORMULA = re.compile(r"(?<!\S)(?:[^\s{}]{1,4}[^\S\r\n]){1,150}\Z")
_LONGEST_FORMULA = 1_000
"""Code points of one, and of its signs before it."""
_EMOTICON = re.compile(
    r"[:;=8](?<!\S[:;=8])(?:['’]?[-^o]?[()\[\]DPpOo3/\\|*]|-?\$)(?![^\s.,!?])"
    r"|\^(?<!\S\^)[_-]?\^(?![^\s.,!?])|<(?<!\S<)3(?![^\s.,!?])"
)
_QUOTED_VALUES = Led.by(
    "[\"']", r"(?<![^\W_])([\"'])[^\"'\s]{1,40}\1(?:[.,]\1[^\"'\s]{1,40}\1){1,200}(?!\w)"
)
"""Single words between straight marks, glued by commas or dots: values and names of a program, ``"a","b"`` and ``['a','b']``."""
_GLUED_VALUES = ('","', '"."', "','", "'.'")
_CODE_POINT = re.compile(r"\bU\+[0-9A-F]{4,6}\b")
_LONGEST_LINE = 500  # code points on each side of such a name
_ODD = re.compile(
    "[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufb00-\ufb06\ufeff\uff01-\uff5e]+"
)
"""What is shown and no prose in a line that names a code point: ``U+FF21, Ａ``."""
_ALONE = re.compile(r"^[^\S\r\n]*[\ufb00-\ufb06\uff01-\uff5e][^\S\r\n]*$", re.MULTILINE)
"""A character that is all of its line: it is shown, too."""
_PAIRS = ('""', "„“", "„”", "“”", "«»", "»«", "‹›", "「」", "『』", "“ ”", "‘ ’")
_SYMBOL = re.compile(r":(?<![\w:]:)([\"'])\w{1,100}(?:\.\w{1,100}){1,20}\1")
"""A name with parts as Ruby quotes it, ``:'errors.taken'``."""
_MENTIONED = Led.by(
    f"[{''.join({pair[0] for pair in _PAIRS})}]",
    rf"(?<![^\s(\[])(?:{'|'.join(_PAIRS)})(?![^\s)\].,;:!?])",
)
"""A pair of marks with nothing between them: somebody speaks of the marks."""
_SIGNS_APART = ('" ', "“ ", " : ", " ; ", " ! ", " ? ", " . ", " , ")
_SIGNS_SHOWN = re.compile(
    r"[\"“] [^\w\s\"“”]{1,10} [\"”]|[^\S\r\n][:;!?.,] (?:and|or|und|oder|et|ou|y|o|e) [:;!?.,](?=[\s)])"
)
"""Signs that are spoken of: alone between marks, ``" --> "``, or one beside the other, ``both : and ;``."""
_ROW_OF_NUMBERS = re.compile(r"(?<![\w.])(?:[-+]?\d[\w.+-]{0,20} , ){3,500}[-+]?\d[\w.]{0,20}")
"""Values of a file of data, of which no sentence has so many."""
_NAME_IN_MARKS = re.compile(
    r"(?<=[\"'“‘])[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){2,12}(?=[\"'”’])"
)
"""A name of at least three parts, ``'com.example.Gate'``."""
_DRAWN = re.compile(r"\"{5,}|'{5,}|(?<!\S)(?:'{3}|\"{3})(?!\S)")
"""Marks in a row as pictures and rules of typed text have them, and three apart that fence a block; a quotation opens with four at most."""
_LOST_BYTES = re.compile("[\ud800-\udfff]+(?:[^\ud800-\udfff]{1,3}[\ud800-\udfff]+)*")
"""Bytes of the file that are no text: nobody knows what they were, nor what they would make brought together."""
# From the mark on, which is rare; no \b before the name of the scheme: a letter that encoding repair
# makes of two marks must not change what is an address.
_URL = re.compile(
    r"(?:(?::(?<=http:)|:(?<=https:)|:(?<=ftp:)|:(?<=file:))//|:(?<=mailto:)|\.(?<=www\.))[^\s<>\"“”»、。「」『』《》【】（），；！？：]+",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ])(?:https?|ftp|file|mailto|www)\Z", re.IGNORECASE)
_ROUND = re.compile(r"[()]")
_AT = re.compile(r"@")
_LOCAL_PART = re.compile(r"[\w.+%-]{1,64}\Z")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{2,63}){1,8}")
_WINDOWS_PATH = re.compile(r"(?:\b[A-Za-z]:|\\)\\[^\s\"“”<>|*?]+")
_UNIX_PATH = re.compile(r"/[\w.@+-]+(?:/[\w.@+-]*)+")
_UNIX_ROOT = re.compile(r"(?<![\w/.])(?:\.{1,2}|~)?\Z")
_BRACED = re.compile(
    r"\$\{\{?[\w.:! -]{0,60}\}\}?|\{\{[^{}\r\n]{0,200}\}\}|\{\{?[\w.:! -]{0,60}\}\}?|\{[\w.:!,/*+-]{1,120}\}"
)
_TAG = re.compile(
    r"</?[A-Za-z0-9][^<>\r\n]{0,200}>|<!--[^<>\r\n]{0,400}-->|=(?<=\w=)\"[^\"\r\n]{0,200}\""
)
_ENTITY = re.compile(rf"&{entity.AGAIN}#?\w{{2,8}};")
_SENTENCE_GLUED_ON = re.compile(r"[.!?](?=[A-Z][a-z]+(?:[^\w./?#&=%@:-]|$))")
_TRAILING = ".,;:!?)]}'’\"”*_"
_OPENING = {")": "(", "]": "[", "}": "{", '"': '"', "'": "'"}


def entities(text: str) -> Iterator[Span]:
    """Where *text* has an entity of HTML, code or not."""
    return _matches(_ENTITY, text, "&" in text)


def others(text: str, more: Iterable[Span]) -> Iterator[Span]:
    """Everything in *text* to be left alone but for code, entities and placeholders; places may overlap."""
    yield from more
    yield from table_cells(text)
    yield from addresses(text)
    yield from _matches(_WINDOWS_PATH, text, ":\\" in text or "\\\\" in text)
    yield from _unix_paths(text)
    yield from _matches(_BRACED, text, "{" in text)
    yield from _matches(_TAG, text, "<" in text or "=" in text)
    yield from _identifiers(text)
    yield from _matches(_LINK_TARGET, text, "](" in text or "] (" in text or "]:" in text)
    yield from _matches(_MACRO, text, "\\" in text)
    yield from _matches(_FORMULA, text, "$" in text)
    yield from _emoticons(text)
    yield from _matches(_QUOTED_VALUES, text, any(glued in text for glued in _GLUED_VALUES))
    yield from _shown_characters(text)
    yield from _matches(_MENTIONED, text, any(pair in text for pair in _PAIRS))
    yield from _matches(_SIGNS_SHOWN, text, any(sign in text for sign in _SIGNS_APART))
    yield from _matches(_ROW_OF_NUMBERS, text, " , " in text)
    yield from _matches(_NAME_IN_MARKS, text, "." in text)
    yield from _matches(_SYMBOL, text, ":'" in text or ':"' in text)
    yield from _matches(_DRAWN, text, '"' * 3 in text or "'" * 3 in text)
    yield from _matches(_LOST_BYTES, text, not text.isascii())


def _shown_characters(text: str) -> Iterator[Span]:
    """Characters that the text speaks of."""
    if text.isascii():
        return
    yield from _matches(_ALONE, text, _ODD.search(text) is not None)
    done = 0
    for named in _matches(_CODE_POINT, text, "U+" in text):
        start = max(text.rfind("\n", done, named.start) + 1, named.start - _LONGEST_LINE, done)
        line_end = text.find("\n", named.end, named.end + _LONGEST_LINE)
        done = line_end if line_end >= 0 else min(named.end + _LONGEST_LINE, len(text))
        yield from (Span(*odd.span()) for odd in _ODD.finditer(text, start, done))


def inline_code(text: str) -> Iterator[Span]:
    """What in a line of prose is a program's: code between backticks, JSON, a template's tag, an expression."""
    yield from _between_backticks(text)
    tags = list(_matches(_TEMPLATE, text, "{%" in text or "<%" in text or "<?" in text))
    yield from tags
    slots = list(_matches(_SLOT, text, "{{" in text))
    if tags or len(slots) >= _MANY_SLOTS:
        yield from slots
    yield from _json(text)
    yield from _expressions(text)
    yield from _formulas_twice(text)


def _between_backticks(text: str) -> Iterator[Span]:
    """Code spans as CommonMark has them, closed by as many backticks as they were opened with, within a paragraph.

    One that goes over a line's end has to stand apart from words on both sides: a backtick may be a quotation mark.
    """
    if "`" not in text:
        return
    for paragraph in _PARAGRAPH.finditer(text):
        waiting: dict[int, list[re.Match[str]]] = {}
        runs = list(_BACKTICKS.finditer(text, *paragraph.span()))
        for run in reversed(runs):
            waiting.setdefault(len(run.group()), []).append(run)
        at = paragraph.start()
        for run in runs:
            alike = waiting[len(run.group())]
            alike.pop()  # itself
            if run.start() < at or not alike:
                continue
            closing = alike[-1]
            if _is_code_span(text, run, closing):
                at = closing.end()
                yield Span(run.start(), at)


def _is_code_span(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    inside = text[opening.end() : min(closing.start(), opening.end() + _LONGEST_CODE + 1)]
    if len(inside) > _LONGEST_CODE or _are_quotation_marks(text, opening, closing, inside):
        return False
    if "\n" not in inside and "\r" not in inside:
        return True
    return not (
        inside[0].isspace()
        or inside[-1].isspace()
        or "'" in inside
        or text[opening.start() - 1 : opening.start()].isalnum()
        or text[closing.end() : closing.end() + 1].isalnum()
    )


def _are_quotation_marks(
    text: str, opening: re.Match[str], closing: re.Match[str], inside: str
) -> bool:
    """Whether two pairs of backticks open a quotation each, as TeX and tokenisers write them."""
    # ``Yes,'' she said. ``No.''  `` Yes , '' she said . `` No . ''
    if len(opening.group()) != 2 or "''" not in inside or not inside[-1].isspace():
        return False
    if inside[0].isspace():
        return " '' " in inside and "`" not in inside
    return text[closing.end() : closing.end() + 1].isalnum()


def _json(text: str) -> Iterator[Span]:
    """Objects and arrays of JSON, from the first bracket to the one that closes it, within a paragraph."""
    if '"' not in text:
        return
    yield from _matches(_ARRAY, text, '["' in text)
    if '{"' not in text and not _OBJECT.search(text):
        return
    for paragraph in _PARAGRAPH.finditer(text):
        open_: list[int] = []
        for bracket in _BRACES.finditer(text, *paragraph.span()):
            if bracket.group() == "{":
                open_.append(bracket.start())
            elif open_:
                start = open_.pop()
                if not open_ and _OBJECT.match(text, start):
                    yield Span(start, bracket.end())


def _formulas_twice(text: str) -> Iterator[Span]:
    r"""Formulas as the pages of wikis have them, once by their signs and once for TeX: ``y 1 {\displaystyle y_{1}}``."""
    at, end = text.find(_SHOWN_BY_TEX), 0
    while at >= 0:
        signs = _SIGNS_OF_FORMULA.search(text, max(end, at - _LONGEST_FORMULA), at)
        end = _closed(text, at)
        yield Span(signs.start() if signs else at, end)
        at = text.find(_SHOWN_BY_TEX, end)


def _closed(text: str, at: int) -> int:
    """Where the brace at *at* is closed; behind the brace, where it is not."""
    depth = 0
    for brace in _BRACES.finditer(text, at, at + _LONGEST_FORMULA):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return brace.end()
    return at + 1


def _expressions(text: str) -> Iterator[Span]:
    """Words that have in them what only programs write, ``a->b``, ``$x["y"]``, ``run()``, but for marks after them."""
    if not any(part in text for part in _EXPRESSION_PARTS):
        return
    end = 0
    for sign in _EXPRESSION_SIGN.finditer(text):
        if sign.start() < end:
            continue
        start = _start_of_run(_NO_PART, text, sign.start(), end)
        after = _EXPRESSION_REST.match(text, sign.end(), sign.end() + _LONGEST_WORD)
        end = after.end() if after else sign.end()
        glued = _SENTENCE_GLUED_ON.search(text, sign.end(), end)
        yield Span(start, _without_trailing(text, start, glued.start() if glued else end))


def _start_of_run(other: re.Pattern[str], text: str, at: int, least: int) -> int:
    """Where the run of characters that ends at *at* begins; *other* finds what is not of its kind."""
    start = max(least, at - _LONGEST_WORD)
    for match in other.finditer(text, start, at):
        start = match.end()
    return start


def _identifiers(text: str) -> Iterator[Span]:
    """Names as programs write them: ``first_name``."""
    end = 0
    for line in _INNER_LINE.finditer(text):
        if line.start() >= end:
            start = _start_of_run(_NO_LETTER, text, line.start(), end)
            after = _NAME_AFTER.match(text, line.end(), line.end() + _LONGEST_WORD)
            end = after.end() if after else line.end()
            yield Span(start, end)


def _emoticons(text: str) -> Iterator[Span]:
    """``:-)`` and its kin; a bracket that closes one is no emoticon's mouth."""
    if not any(eyes in text for eyes in (":", ";", "=", "^", "<3")):
        return
    for match in _EMOTICON.finditer(text):
        before = text[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]
        if match.group()[-1] != ")" or before.count("(") <= before.count(")"):
            yield Span(*match.span())


def _matches(pattern: re.Pattern[str] | Led, text: str, worth_it: bool) -> Iterator[Span]:
    """Matches of *pattern*; none where a cheap look showed there can be none."""
    if worth_it:
        yield from (Span(*m.span()) for m in pattern.finditer(text))


def addresses(text: str) -> Iterator[Span]:
    """The addresses of pages and of e-mail in *text*; one of e-mail may lie in one of a page."""
    yield from _urls(text)
    yield from _emails(text)


def _unix_paths(text: str) -> Iterator[Span]:
    if "/" not in text:
        return
    for match in _UNIX_PATH.finditer(text):
        root = _UNIX_ROOT.search(text, max(0, match.start() - 3), match.start())
        if root:
            yield Span(root.start(), match.end())


def _urls(text: str) -> Iterator[Span]:
    taken = 0
    for match in _URL.finditer(text):
        if match.start() < taken:
            continue
        scheme = _SCHEME.search(text, max(0, match.start() - 7), match.start())
        if scheme is None:
            continue
        start = scheme.start()
        end = _closing(text, start, match.end()) if text[start - 1 : start] == "(" else match.end()
        sentence = _before_sentence(text, start + 8, end)
        if sentence < end:
            end = sentence
        elif text[end : end + 1] == '"' and text[end - 1] in "{[:,=":  # JSON in its query
            end = taken = _NO_SPACE.match(text, end, end + _LONGEST_QUERY).end()  # type: ignore[union-attr]
        yield Span(start, _without_trailing(text, start, end))


def _closing(text: str, start: int, end: int) -> int:
    """Where in ``[start, end)`` the bracket before *start* is closed: an address in brackets ends there; else *end*."""
    depth = 1
    for bracket in _ROUND.finditer(text, start, end):
        depth += 1 if bracket.group() == "(" else -1
        if not depth:
            return bracket.start()
    return end


def _without_trailing(text: str, start: int, end: int) -> int:
    """The end of ``[start, end)`` without the marks after it; a bracket or mark that was opened in it stays."""
    open_ = Counter(text[start:end])
    while end > start and text[end - 1] in _TRAILING:
        last = text[end - 1]
        opening = _OPENING.get(last)
        if opening and open_[opening] >= open_[last] and (opening != last or open_[last] % 2 == 0):
            break
        open_[last] -= 1
        end -= 1
    return end


def _emails(text: str) -> Iterator[Span]:
    for at in _AT.finditer(text):
        local = _LOCAL_PART.search(text, max(0, at.start() - 64), at.start())
        host = _HOST.match(text, at.end())
        if local and host:
            end = _before_sentence(text, at.end(), host.end() + 1)
            yield Span(local.start(), min(end, host.end()))


def _before_sentence(text: str, start: int, end: int) -> int:
    """*end*, or where a sentence is glued on before it: ``www.example.org.The next``.

    The marks between the two are no part of the address.  They are walked back over once the capital is found:
    a run of marks before no capital would be searched again from each of them.
    """
    glued = _SENTENCE_GLUED_ON.search(text, start, end)
    if glued is None:
        return end
    at = glued.start()
    while at > start and text[at - 1] in ".!?":
        at -= 1
    return at
