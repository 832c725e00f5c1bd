"""The lists of English words the rules lean on: only closed classes, words English has few of.

What each holds stands in its file, in ``mtclean/languages/en``.
"""

from __future__ import annotations

from mtclean.languages.lists import abbreviations, words

TITLES = abbreviations("title")
ABBREVIATIONS = abbreviations("other")
CALENDAR = abbreviations("date")

STARTERS = words("starters.txt")
LOWERCASE_STARTERS = words("lowercase_starters.txt")
LOWERCASE_BRANDS = words("lowercase_brands.txt")
ACRONYMS = words("ending_acronyms.txt")
UNIT_ENDS = words("counted_words.txt")
ENDINGS_THAT_ARE_WORDS = words("endings_that_are_words.txt")
FILE_ENDINGS = words("file_endings.txt")
DOMAIN_WORDS = words("domain_words.txt")
CODE_ROOTS = words("code_roots.txt")
CODE_WORDS = words("code_words.txt")
METHODS = words("methods.txt")
MODULES = words("modules.txt")
FILE_NAMES = words("file_names.txt")
AFTER_INITIALS = words("after_initials.txt")
PLAIN_ENDS = words("plain_ends.txt")
ELISIONS = words("elisions.txt")
SAYING = words("saying.txt")
PREFIXES = words("prefixes.txt")
COMBINING = words("combining_forms.txt")
COUNTRIES = words("countries.txt")
JOINABLE = words("joinable.txt")
NOT_RUN_TOGETHER = words("not_run_together.txt")

# Two small words run together, and where they part; none is a word of its own.
RUN_TOGETHER = {
    first + second: len(first)
    for first in [
        "in",
        "of",
        "to",
        "on",
        "for",
        "from",
        "with",
        "by",
        "at",
        "and",
        "that",
        "is",
        "was",
        "as",
    ]
    for second in ["the", "this", "their", "these", "which"]
} | {"oneof": 3, "someof": 4, "manyof": 4, "mostof": 4, "partof": 4, "itis": 2, "tobe": 2, "ofa": 2}
