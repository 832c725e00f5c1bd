"""What the documents of a batch say about one: the same in any order, of copies once, and nothing of what stands alone."""

from __future__ import annotations

import json
from random import Random

import pytest

from mtclean.text import Passage, batch
from mtclean.text.batch import Gathered, Observed
from mtclean.text.evidence import NO_EVIDENCE, line_key

BODY = "In the year {0} the people of harbour {0} built quay number {0}, and all who lived there came to see ship {0} go out. "


def page(subject: str, *lines: str) -> str:
    """A page with prose of its own, and *lines* under it."""
    own = BODY.replace("{0}", subject)
    return "\n\n".join(
        (f"The quay of {subject}", own, f"Nobody in {subject} said so. {own}", *lines)
    )


def gathered(**pages: str) -> Gathered:
    return Gathered({name: Observed.of(text) for name, text in pages.items()})


@pytest.mark.parametrize("other", ["SHARE THIS", "share  this:", "Share — this!", "Share this 14"])
def test_a_line_is_told_by_its_words(other: str) -> None:
    assert (line_key(other) == line_key("Share this")) == (not other[-1].isdigit())
    assert line_key("Share this 3") == line_key("share this: 14")


@pytest.mark.parametrize("bare", ["", "* * *", "2019", "—"])
def test_what_has_no_letter_is_no_line(bare: str) -> None:
    assert line_key(bare) == 0


def test_lines_of_other_pages_are_counted_once_a_page() -> None:
    both = gathered(
        a=page("Ann", "Share this"), b=page("Bea", "Share this", "Share this"), c=page("Cay")
    )
    evidence = both.of("a")
    assert (evidence.pages, evidence.pages_with("SHARE THIS")) == (3, 2)
    assert both.of("c").lines == {}
    assert both.of("a").pages_with("The quay of Ann") == 0


def test_copies_are_one_page() -> None:
    """The same page by two extractors: what they share is the text, and no other page has it."""
    copies = gathered(a=page("Ann", "Share this"), b=f"Menu\n\n{page('Ann', 'Share this')}")
    assert copies.of("a") == NO_EVIDENCE
    third = gathered(
        a=page("Ann", "Share this"), b=f"Menu\n\n{page('Ann')}", c=page("Bea", "Share this")
    )
    assert third.of("a").pages == 2
    assert list(third.of("a").lines) == [line_key("Share this")]


def test_folders_are_apart() -> None:
    texts = {"one/a": page("Ann", "Share this"), "two/a": page("Bea", "Share this")}
    assert (
        Gathered({name: Observed.of(text) for name, text in texts.items()}).of("one/a")
        == NO_EVIDENCE
    )


class Counting(dict[str, Observed]):
    """Counts that note who asks for which."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.read: list[str] = []

    def __getitem__(self, name: str) -> Observed:
        self.read.append(name)
        return super().__getitem__(name)


def test_documents_are_read_folder_by_folder_and_let_go() -> None:
    """Else a run would hold the counts of all folders to the end."""
    names = [f"{folder}/{page}" for folder in "abcdef" for page in ("Ann", "Bea", "Cay")]
    counts = Counting({name: Observed.of(page(name[2:], f"Share {name[0]}")) for name in names})
    batch = Gathered(counts)
    assert counts.read == []
    in_order = {name: batch.of(name) for name in names}
    assert counts.read == names, "each once"
    assert len(batch._opened) < 4
    assert {name: batch.of(name) for name in reversed(names)} == in_order
    assert all(evidence.pages_with(f"Share {name[0]}") == 3 for name, evidence in in_order.items())


def test_a_name_of_many_pages_is_settled_and_a_slip_beside_it_is_seen() -> None:
    many = {name: page(name, "We met Kolovin there.") for name in ("Ann", "Bea", "Cay")}
    found = gathered(**many, d=page("Dot", "We met Korovin there, and old Adamson."))
    assert found.of("Ann").names == {"Kolovin": 3}
    assert found.of("d").slips == {"Korovin": "Kolovin"}


def test_a_word_that_a_document_writes_small_too_is_no_name() -> None:
    assert Observed.of("It was a Bridge. The bridge fell, said old Adamson.").names == {"Adamson"}


def test_a_folder_says_the_language_of_a_document_that_does_not() -> None:
    said = {"Ann": "de", "Bea": "de", "Cay": "de", "Dot": "", "Eve": "fr"}
    seen = {name: Observed.of(page(name), language) for name, language in said.items()}
    mixed = Gathered(seen)
    assert {mixed.of(name).language for name in said} == {""}
    one = Gathered({name: seen[name] for name in ("Ann", "Bea", "Cay", "Dot")})
    assert [one.of(name).language for name in ("Ann", "Dot")] == ["", "de"]
    few = Gathered({name: seen[name] for name in ("Ann", "Bea", "Dot")})
    assert few.of("Dot").language == ""


def test_the_order_of_documents_says_nothing() -> None:
    texts = [
        (
            f"{number}",
            page(f"No{number % 7}x", *("Share this", "We met Kolovin there. (end)")[: number % 3]),
        )
        for number in range(20)
    ]
    first = Gathered({name: Observed.of(text) for name, text in texts})
    Random(3).shuffle(texts)
    again = Gathered({name: Observed.of(text) for name, text in texts})
    assert [first.of(name).digest for name, _ in texts] == [
        again.of(name).digest for name, _ in texts
    ]
    assert any(first.of(name).digest for name, _ in texts)


def test_counts_survive_json() -> None:
    counts = Observed.of(page("Ann", "Share this", "We met Kolovin, :name. (end)"))
    assert counts.closings == {"end"}
    assert counts.placeholders == {":name"}
    assert Observed.of_json(counts.as_json()) == counts


@pytest.mark.parametrize(
    "said", ["", "{}", "[[],[],[]]", '[["a"],[],[],[]]', "[[],[],[1],[]]", "[[true],[],[],[]]", "[[[]],[],[],[]]", "[" * 99_999, "[1,2,3,4]"],
)  # fmt: skip
def test_what_are_no_counts_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Observed.of_json(said)
    assert json.loads(Observed.of("").as_json()) == [[], [], [], [], [], ""]


MESSAGES = [
    "The :attribute is too long.",
    "The :attribute must be a date.",
    "Choose an :attribute.",
    "Wait :minutes.",
]
PRICED = ["$1 moved the page.", "$1 moved it to $2.", "$1 wrote to you.", "$1 is new here."]  # fmt: skip


@pytest.mark.parametrize(
    ("others", "own", "families"),
    [
        (MESSAGES, "It costs :price.", {":"}),
        (MESSAGES, "It costs $1.", set()),
        (MESSAGES[:2], "It costs :price.", set()),
        (["He said :so.", "She said :no.", "They said :yes."], "It said :maybe.", set()),
        (PRICED, "$2 left.", {"$1"}),
        ([*PRICED, "It costs $12."], "$2 left.", set()),
    ],
    ids=[
        "one on many pages",
        "another form",
        "on two pages",
        "each on one page",
        "numbers",
        "prices",
    ],
)
def test_a_program_s_placeholders_are_known_by_the_other_texts(
    others: list[str], own: str, families: set[str]
) -> None:
    texts = {str(number): Observed.of(text) for number, text in enumerate([*others, own])}
    evidence = Gathered(texts).of(str(len(others)))
    assert evidence.families == families
    passage = Passage(own, batch=evidence)
    assert bool(passage.placeholders) == bool(families)
    assert all(passage.is_protected(*span) for span in passage.placeholders)


@pytest.mark.parametrize("among", [True, False])
def test_one_more_document_is_compared_as_if_it_had_been_counted_with_the_others(
    among: bool,
) -> None:
    lines = ("Share this", "We met Kolovin there. (end)", "We met Korovin there.")
    texts = [page(f"No{number % 5}x", *lines[: number % 4]) for number in range(12)]
    asked = [*texts, *(page(f"New{number}", *lines[number:]) for number in range(3)), ""]
    for text in asked:
        others = [other for other in texts if among or other != text]
        counted = {f"{number}": Observed.of(other) for number, other in enumerate(others)}
        together = Gathered({**counted, "own": Observed.of(text)}).of("own")
        assert Gathered(counted).about(Observed.of(text)) == together


def test_to_ask_about_many_documents_counts_the_others_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others = gathered(a=page("Ann", "Share this"), b=page("Bea", "Share this"))
    counted: list[int] = []
    count = batch._with_copies
    monkeypatch.setattr(
        batch, "_with_copies", lambda some: counted.append(len(some)) or count(some)
    )
    for name in ("Ann", "Cay", "Dot"):
        assert others.about(Observed.of(page(name, "Share this"))).lines
    assert counted == [2]
