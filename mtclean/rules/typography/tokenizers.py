"""What a tokenizer took apart and nobody put together again: numbers, initials, endings, and the signs it wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mtclean.languages.letters import SIGNS
from mtclean.rules.typography.mending import is_curly
from mtclean.rules.typography.pairing import drops_letters
from mtclean.text import Applicability, Edit, Fix, Passage, deleting, replacing, rule

TORN_APART = re.compile(
    r"[\dA-Z](?:(?<=\d)(?<![\w.,].)\d{0,2}(?: , \d{3})+|(?<=[A-Z])(?<!\w.)(?: \. [A-Z])+(?: \.)?)(?!\w)"
)

# An ending torn from its word, from its mark on, which is rarer than spaces; "'s" and the like stand by themselves nowhere else.
_ENDING = re.compile(r"['’](?:(?<=[^\W\d_] .)(?:s|m|re|ve|ll|d)(?![\w'’/-])|(?<=[a-z] n.)t(?!\w))")
_NEGATED = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need|might)\Z", re.I
)
_QUOTATION = re.compile(r"'[^'\r\n]{0,60}[a-z.,]'(?![\w'])")
_PRONOUN = re.compile(
    r"\b(?:I|you|he|she|it|we|they|that|this|there|here|who|what|where|when|how|why|one|let|everybody|somebody|nobody)\Z",
    re.IGNORECASE,
)


@rule(
    "torn-apart",
    "fluency.punctuation.spacing",
    suggests=[
        ("It cost 1 , 000 , 000 euros.", "It cost 1,000,000 euros."),
        ("The U . S . team left.", "The U.S. team left."),
    ],
    leaves=[
        "In 2019 , 300 ships came; it was I . He left.",
        "Plan A . B is no plan, and 1,000 is a number.",
        "The U.S. and J. R. R. Tolkien.",
    ],
    languages=("en",),
)
def torn_apart(passage: Passage) -> Iterator[Fix]:
    """A number or a row of initials has spaces around its marks: ``1 , 000``, ``U . S .``.

    Tokenisers set them, and what put the text together again left them.

    Left alone: until somebody says yes, all of them, because a list of numbers looks the same.
    """
    if not (" , " in passage.text or " . " in passage.text):
        return
    for match in TORN_APART.finditer(passage.text):
        if match.group()[-1].isupper():
            continue  # initials end with a stop
        gaps = [match.start() + m.start() for m in re.finditer(" ", match.group())]
        edits = tuple(Edit(at, at + 1, "") for at in gaps)
        yield Fix(edits, "Spaces stand around the marks inside of it.", Applicability.SUGGESTED)


_CLIPPED = re.compile(r" (?=na\b)(?:(?<=\b[Gg]on )|(?<=\b[Ww]an ))")
_TOKENIZED = re.compile(r"[.,](?<=\w .)(?=\s|\Z)")
"""A mark with a space before it, as tokenisers set every one."""
_SIGN_OF_TOKENS = re.compile(
    rf"(?<=[\w{SIGNS}]) @([-,./–])@ (?=\w)|-(?:LRB|LSB|LCB)- ?| ?-(?:RRB|RSB|RCB)-"
)
_QUOTED_BY_TOKENS = re.compile(r"(?<!\S)`` ([^`\s][^`\r\n]{0,400}?) ''(?!\S)")
_BRACKETS_OF_TREES = {"LRB": "(", "RRB": ")", "LSB": "[", "RSB": "]", "LCB": "{", "RCB": "}"}
_OTHER_BRACKET = {name: ("R" if name[0] == "L" else "L") + name[1:] for name in _BRACKETS_OF_TREES}


@rule(
    "tokenizer-sign",
    "fluency.markup.placeholder",
    fixes=[
        ("A well @-@ known ship of 1 @,@ 000 tons.", "A well-known ship of 1,000 tons."),
        ("The port -LRB- in Lima -RRB- is old.", "The port (in Lima) is old."),
        ("`` Come , '' she said . `` Now . ''", '"Come ," she said . "Now ."'),
    ],
    suggests=[
        ("It was dealing @-@ all day.", "It was dealing-all day."),
        ("The `` new '' port is old.", 'The "new" port is old.'),
    ],
    leaves=[
        "Meet me @ noon, or @-mention me.",
        "The LRB paper and the -l flag.",
        "a@b and @ - @",
        "In that treebank a bracket is written -LRB- and no other way.",
        "He said: ``Come,'' and left; `` ` `` is a backtick.",
    ],
    needs="@-`",
)
def tokenizer_sign(passage: Passage) -> Iterator[Fix]:
    """A tokeniser's sign for a hyphen, a bracket or a quotation mark was never taken back: ``@-@``, ``-LRB-``.

    Systems are trained on such texts and write them so.  Nothing else looks like it.

    Left alone: an @ or hyphen by itself, names in brackets, a bracket's sign without the other one, and the quotation marks of
    TeX, which touch their words.  One that is alone in its text is suggested only: it may
    stand for a word that was lost.

    Source: Moses, tokenizer.perl -a (``@-@``); Penn Treebank, bracketing guidelines (``-LRB-``).
    """
    text = passage.text
    signed = "@" in text or "B-" in text
    found = _with_partners(_SIGN_OF_TOKENS.finditer(text)) if signed else []
    quoted = list(_QUOTED_BY_TOKENS.finditer(text)) if "`` " in text else []
    certain = len(found) + len(quoted) > 1
    for match in found:
        piece = match.group().strip()
        ours = match[1] or _BRACKETS_OF_TREES[piece.strip("-")]
        fix = replacing(*match.span(), ours, f"“{piece}” is a tokeniser's sign for “{ours}”.")
        yield fix if certain else fix.suggested()
    opening, closing = "“”" if quoted and is_curly(passage) else '""'
    for match in quoted:
        edits = (
            Edit(match.start(), match.start(1), opening),
            Edit(match.end(1), match.end(), closing),
        )
        fix = Fix(edits, "A tokeniser writes quotation marks as TeX does, and apart.")
        yield fix if certain else fix.suggested()


def _with_partners(signs: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """*signs* without those of brackets whose other half is not among them."""
    found = [(match, match.group().strip(" -")) for match in signs]
    names = {name for _, name in found}
    return [match for match, name in found if _OTHER_BRACKET.get(name, name) in names]


@rule(
    "torn-ending",
    "fluency.punctuation.spacing",
    fixes=[
        (
            "It was Ana 's boat, and they did n't see it.",
            "It was Ana's boat, and they didn't see it.",
        ),
        ("It 's late , and I 'm here , too .", "It's late , and I'm here , too ."),
        ("The mayor ’s house and the town ’s hall.", "The mayor’s house and the town’s hall."),
    ],
    suggests=[
        ("It 's late, and I 'm here.", "It's late, and I'm here."),
        ("We 're gon na go.", "We're gonna go."),
    ],
    leaves=[
        "Write 's' or 'd' there; the boys ' boat.",
        "He called it 's-Hertogenbosch, and it's so.",
        "The 's of the plural' is what he wrote.",
        "The raft was sawed off with ’m, ’twas ’bout ’leven, ’n’ ’tis so with ’em ’n’ ’im, ’n’ he’s crazy ’s a loon.",
        "Ana's boat. Then run sed 's/.*/' on it, and sed 's/.*//' again.",
    ],
    failures=[
        (
            "The 's of the plural and the 's of the verb.",
            "The 's of the plural and the 's of the verb.",
        )
    ],
    languages=("en",),
)
def torn_ending(passage: Passage) -> Iterator[Fix]:
    """A space stands before the ending of a word: ``the mayor ’s house``, ``did n’t``.

    Tokenisers part endings from their words, and systems trained on their texts write them so.

    Left alone: until somebody says yes, one that stands alone in the text, and endings of pronouns
    where the text has no others and no marks that are set apart, too: printers once set ``it ’s`` and ``I ’ll`` with a space;
    and all in a text whose people drop letters, *mad ’s a hare*.
    """
    text = passage.text
    for match in _CLIPPED.finditer(text) if " na" in text else ():
        yield deleting(*match.span(), "The two are one word, clipped.").suggested()
    if not any(torn in text for torn in (" '", " ’", " n'", " n’")):
        return
    gaps = (text.rindex(" ", 0, m.start()) for m in _ENDING.finditer(text))
    found = [at for at in gaps if _is_torn(text, at)]
    if not found or drops_letters(passage):
        return
    nouns = any(
        text[at + 1] in "'’" and not _PRONOUN.search(text, max(0, at - 12), at) for at in found
    )
    tokenized = len(_TOKENIZED.findall(text)) > 1
    for at in found:
        fix = deleting(at, at + 1, "The ending belongs to the word before it.")
        yield fix if (nouns or tokenized) and len(found) > 1 else fix.suggested()


def _is_torn(text: str, at: int) -> bool:
    """Whether what follows the space at *at* is an ending, and not a quotation that opens."""
    if text[at + 1] == "n":
        return _NEGATED.search(text, max(0, at - 8), at) is not None
    if text[at + 1] == "’":
        return True
    return not _QUOTATION.match(text, at + 1)


RULES = (
    torn_apart,
    tokenizer_sign,
    torn_ending,
)
