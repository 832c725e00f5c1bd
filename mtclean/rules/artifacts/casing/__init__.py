"""Capitals out of place: one module for each way they go wrong; ``surroundings`` is what all of them ask of a word."""

from mtclean.rules.artifacts.casing.common_nouns import stray_capital
from mtclean.rules.artifacts.casing.mid_sentence import capital_in_mid_sentence
from mtclean.rules.artifacts.casing.shouted import odd_acronym, shouted_word
from mtclean.rules.artifacts.casing.small_names import name_in_small_letters
from mtclean.rules.artifacts.casing.title_case import sentence_in_title_case

RULES = (
    name_in_small_letters,
    capital_in_mid_sentence,
    shouted_word,
    odd_acronym,
    stray_capital,
    sentence_in_title_case,
)
