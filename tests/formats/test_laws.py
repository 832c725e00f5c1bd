"""The laws of every format at once, over small files made of its own marks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtclean.documents import DocumentProblem
from mtclean.documents.document import laid_out
from tests.formats.laws import FILES, edits_of, law_of_pieces


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(data=st.data())
def test_an_edit_changes_prose_or_nothing(name: str, data: st.DataObject) -> None:
    format, choices, recipe = FILES[name]
    source = data.draw(recipe.files).encode()
    try:
        document = laid_out("t", source, format, choices)
    except DocumentProblem:
        return  # the marks made no such file
    assert document.rewritten([]) == source
    assert document.layout is not None
    law_of_pieces(document.layout)
    try:
        written = document.rewritten(data.draw(edits_of(document.layout)))
    except DocumentProblem:
        return  # it falls whole
    again = format.read({"": written.decode()}, choices)
    assert again.has_the_frame_of(document.layout)
