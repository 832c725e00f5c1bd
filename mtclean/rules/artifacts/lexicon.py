"""The lists a house may add to, and the names whose spelling the lists settle."""

from __future__ import annotations

from functools import cache

from mtclean.languages.lists import words

HOUSE_LISTS = {
    "names": "a word that is a name and spelt right, as written: Korovin",
    "acronyms": "capitals that are right as they stand: INTERPOL",
    "boilerplate": "a whole line of the page around the article, whatever its case",
    "sites": "a site's name that hangs on headlines, whatever its case",
    "closing-marks": "what an agency puts in brackets after the last word, whatever its case",
    "preambles": "how a line of a chatbot begins, whatever its case",
    "calques": "a phrase and plain English: hand in hand with = together with",
}
"""The lists a house may add to under ``[lists]`` of its configuration, and what an entry is."""


@cache
def known_names() -> frozenset[str]:
    """Names whose spelling is settled, with their capitals."""
    nations = (name.capitalize() for name in words("names_never_lowercase.txt"))
    return words("places.txt") | words("lookalike_names.txt") | frozenset(nations)
