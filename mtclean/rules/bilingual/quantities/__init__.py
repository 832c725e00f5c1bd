"""The quantities of two texts: read in every notation, and matched one to one.

:func:`~mtclean.rules.bilingual.quantities.reader.read` finds numbers with what they count, months and weekdays; its items come
from ``items`` (words that are parted) and ``han`` (those that are not), and ``run`` makes one number of several words.
:func:`~mtclean.rules.bilingual.quantities.match.match` says which are the same, and which are left.
"""
