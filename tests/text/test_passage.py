"""What is known of a passage is worked out once, and goes with it."""

from __future__ import annotations

import gc
import pickle
import weakref

from mtclean.documents import document
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.stages import detect_artifacts, normalize
from mtclean.text import Passage, known

TEXT = "The council met on the the bridge ,and Anna Kolovin spoke. The Council left."


@known
def _letters(passage: Passage, sign: str = "") -> list[str]:
    return [letter for letter in passage.text if not sign or letter == sign]


def test_a_fact_is_worked_out_once_for_each_passage_and_question() -> None:
    one, other = Passage("a cat"), Passage("a cat")
    assert _letters(one) is _letters(one)
    assert _letters(one) is not _letters(other)
    assert _letters(one, "a") == _letters(one, sign="a") == ["a", "a"]


def test_facts_go_with_their_passage() -> None:
    passage = Passage("a cat")
    _letters(passage)
    gone = weakref.ref(passage)
    del passage
    gc.collect()
    assert gone() is None


def test_a_draft_of_which_much_is_known_can_be_sent_to_another_process() -> None:
    work = detect_artifacts(
        normalize(draft(document("a.txt", TEXT.encode(), is_text=True), Options(grammar=False)))
    )
    passage = work.passage(work.trail.text)
    assert passage.facts
    sent = pickle.loads(pickle.dumps(work))
    assert not sent.passage(sent.trail.text).facts
    assert detect_artifacts(sent).trail.text == work.trail.text


def test_what_is_known_of_a_language_stays_where_it_is_known() -> None:
    passage = Passage("Ein Text.", "de")
    assert passage.typography
    sent = pickle.loads(pickle.dumps(passage))
    assert "_language" not in vars(sent)
    assert sent.typography == passage.typography
