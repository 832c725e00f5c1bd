"""Run-on sentences: the space that was lost after a sentence's end is put back.

``missing_space`` is the rule; ``joint`` finds the places and what stands around them, ``boundary`` says what each is. It
leaves what begins without a capital to ``openings``, and what only the shape of the words can tell to ``beyond_english``.
``quotations`` knows where a quotation stands at the joint, and ``lost_end`` is the rule for sentences without even a mark.
"""

from mtclean.rules.typography.sentences.lost_end import lost_sentence_end
from mtclean.rules.typography.sentences.missing_space import missing_space_after_sentence

RULES = (missing_space_after_sentence, lost_sentence_end)
