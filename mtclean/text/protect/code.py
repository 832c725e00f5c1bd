"""Whether a line is one of a program, by its shape and by no list of languages.

A sentence is words with a blank between them.  A statement has marks inside its words where no
writing has them, or ends and begins with brackets.  What machine translation does to prose, blanks
lost after marks, must not look like it: ``end.”The``, ``word,word`` and ``word(s)`` are prose.
"""

from __future__ import annotations

import re

from mtclean.languages.letters import SIGNS, WIDE, WIDE_MARKS

LONGEST = 500
"""Code points of a line by which it is judged."""

_STATEMENT = re.compile(
    r"\s{0,200}(?:"
    r"[\[\]{}()]{1,6}[;,]?\s*\Z"  # brackets and nothing else
    r"|\"[\w.$@-]{1,60}\"\s?:\s?(?:[\"\[{\d-]|true|false|null)"  # a member of a JSON object
    r"|(?:def|fn|func|function|class|interface|struct)\s\w{1,60}\s?[({<:].{0,400}[:{;)>]\s*\Z"
    r"|(?:}\s?)?(?:if|for|while|switch|catch|else if)\s?\(.{1,400}\)\s?(?:\{|\Z|.{1,200};\s*\Z)|(?:}\s?)?else\s?[:{]\s*\Z"
    r"|(?:export\s)?(?:const|let|var|local|my)\s[\w$]{1,60}\s?=\s?\S|import\s?[{*\"']|[\"']{3}"
    r"|from\s[\w.]{1,60}\simport\s|import\s[\w.{*]{1,60}(?:\sas\s\w+)?;?\s*\Z|import\s.{1,100}\sfrom\s[\"']"
    r"|\#(?:include|define|ifdef|ifndef|endif|pragma|import)\b|\#!/"
    r"|(?://|/\*|\*/)(?!/)\s?\S|\*\s@\w"
    r"|(?:\$|>>>|\.\.\.|PS [\w:\\]{1,60}>|[\w.-]{1,30}@[\w.-]{1,40}[:~][^\s$#]{0,60}[$#])\s[a-z./~_][\w./~-]*(?:\s|\(|\Z)"
    r"|diff --git\s|index [0-9a-f]{7,40}\.\.[0-9a-f]{7,40}\b|@@ -\d|(?:---|\+\+\+) [ab]?/\S"
    r"|(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WITH|FROM|WHERE|VALUES|GROUP BY|ORDER BY|(?:LEFT |INNER )?JOIN)\s[\w\"`'(*].{0,400}[,;=)*\"]"
    r"|(?:0x)?[0-9A-Fa-f]{4,16}:?\s{1,4}(?:[0-9A-Fa-f]{2,8}\s{1,4}){4}"  # a hex dump
    r"|[\w.$>:\[\]'\"-]{1,80}\s?[-+*/|&.:]?=\s?[^=\s].{0,400};\s*\Z"
    r"|\\(?:begin|end|documentclass|usepackage|label|input|include|newcommand|renewcommand)\b"
    r"|[+-]?[.](?:[A-Z]{1,2}(?:\s|\Z)|\\\")"  # a request of roff, maybe in a patch: ".IR name ."
    r"|<\?(?:php|xml)\b|\?>\s*\Z|</?[a-z][\w:-]{0,40}(?:\s[\w:-]{1,40}=[^<>]{0,300})?/?>\s*\Z"
    r")"
)
_INSIDE = re.compile(
    r"[\w)\]]->[\w$]|\w::[\w<*$]|\w:=|[\w)\]\"']={2,3}[\w$\"'(]|\w!==?\w|\w=>|&&\S|\|\|\S|\+\+\Z|\A--\w{1,30}=|\A\+\+|\w\+=\w"
    r"|\w=[\"'$\w\[{(<]|[\w\]]\(\)|\w\([\"'$\[{]|[A-Za-z]\w*_\w*\(|[a-z][\w.]*\.\w+\([^)\s]{0,80}[)=,]"
    r"|\w\[[\"'$]|[\"'\])}];\Z|[\"'],[\"']|[\"']\][,;)]?\Z|\A[{}][;,)]*\Z|\)\{\Z|\w\{\Z|\A\$[A-Za-z_]|\w\.[\"']/"
    r"|\A\\[a-zA-Z]{2,20}[\[{]|\w_\w|\A@\w+\(|\A\.{1,2}/\w|\A~/\w"
)
_MAY_BE_INSIDE = re.compile(r"[>:=&|+(\[;\]{}$/\\_@]|[\"'],[\"']")
"""One of these is in all that :data:`_INSIDE` finds: few words of prose have to be looked through for the rest."""
_HEAD = re.compile(
    r"\s{0,200}(?:const|let|var|val|public|private|protected|static|export|return|throw|new|echo|use|using|package"
    r"|namespace|async|await|yield|final|abstract|type|enum|void|int|auto|local|delete|goto)\b"
)
_SIGN = re.compile(r"[=(\[{<$\\:>]")
_RARE = re.compile(r"[={}\[\]$_\\<>@%&|+~#/;]")
_PAIRS = ("()", '","', "','", "::", '("', "('", ".'", '."')
"""A line with neither of these has no sign of code inside its words."""
_WORD = re.compile(
    rf"[(\"'“‘«„\[—–-]{{0,3}}(?:[^\W\d_]|[{SIGNS}])+(?:['’–—-](?:[^\W\d_]|[{SIGNS}])+){{0,6}}"
    r"[)\]\"'”’».,;:!?…—–،؛؟۔।]{0,4}"
)
_WIDE = re.compile(f"([{WIDE}]+)|[{WIDE_MARKS}]")
_WIDE_WORD = 2
"""Letters of a word, about, where none are parted."""


MODEL_TAG = re.compile(
    r" {0,3}(?:(?:<|(?P<square>\[)|◁)(?P<close>/?)(?P<name>think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion)?|analy(?:sis|ze)|scratchpad"
    r"|(?:final|target|translated|english|source|revised|corrected|improved)?[_ -]?(?:answer|output|response|result|translation|text))"
    r"(?(square)\]|[>▷])|(?P<token><\|[a-z_]{3,20}\|>)(?:assistant|user|system)?)\s*\Z",
    re.IGNORECASE,
)
"""A line of nothing but a tag that language models put around what they think and what they answer, or of a token of theirs."""


def is_code(line: str) -> bool:
    """Whether *line* is one of a program, a shell, a dump of data or a diff."""
    seen = line[:LONGEST]
    if MODEL_TAG.match(seen):
        return False
    return bool(_STATEMENT.match(seen)) or _is_statement(seen) or _has_shape_of_code(seen)


def _is_statement(line: str) -> bool:
    """Whether the line begins with a word statements begin with, ends as they do, and has a sign of theirs."""
    return line.rstrip().endswith((";", "{")) and bool(_HEAD.match(line) and _SIGN.search(line))


def is_prose(line: str) -> bool:
    """Whether *line* has at least five words that stand as in a sentence, and more of them than of all else."""
    parts = _parts(line[:LONGEST])
    words = sum(map(_is_word, parts))
    return words >= 5 and 2 * words > len(parts)


def _parts(line: str) -> list[str]:
    """What is parted in *line*: by blanks, and by the letters and marks of scripts that set none, of which each has its own."""
    if line.isascii():
        return line.split()
    return _WIDE.sub(_with_blanks, line).split()


def _with_blanks(found: re.Match[str]) -> str:
    """Wide letters cut into words of like length, and a blank for a mark."""
    letters = found[1] or ""
    words = (letters[at : at + _WIDE_WORD] for at in range(0, len(letters), _WIDE_WORD))
    return f" {' '.join(words)} "


def _is_word(part: str) -> bool:
    return _WORD.fullmatch(part) is not None


def _has_shape_of_code(line: str) -> bool:
    if not _RARE.search(line) and not any(pair in line for pair in _PAIRS):
        return False
    parts = _parts(line)
    inside = sum(bool(_INSIDE.search(part)) for part in filter(_MAY_BE_INSIDE.search, parts))
    return inside > 0 and inside > sum(map(_is_word, parts))
