from hypothesis import given
from hypothesis import strategies as st

from mtclean.grammar.offsets import Utf16, sendable

ANY = st.text(st.characters(exclude_categories=[]))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(ANY)
def test_every_boundary_is_carried_back(text: str) -> None:
    offsets = Utf16(text)
    for at in range(len(text) + 1):
        assert offsets.code_point(units(text[:at])) == at


def test_the_middle_of_a_pair_is_its_start() -> None:
    assert [Utf16("a😀b").code_point(i) for i in range(5)] == [0, 1, 1, 2, 3]


@given(ANY)
def test_what_is_sent_has_the_same_offsets(text: str) -> None:
    sent = sendable(text)
    assert len(sent) == len(text)
    assert units(sent) == units(text)
    sent.encode("utf-8")  # which lone surrogates do not have
    assert sendable(sent) == sent


def test_what_can_be_sent_stays() -> None:
    text = "Tab\tand line\r\nends, \xa0spaces, emoji 😀 and zero-width\u200djoiners\ufeff."
    assert sendable(text) == text
