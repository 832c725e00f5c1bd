"""Texts of a program are laid beside one another by their keys, in every format that has some."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mtclean.documents import DocumentProblem, Reading, beside, read_as
from mtclean.documents.document import Document
from mtclean.formats.format import Choices

Texts = Mapping[str, str]


def android(texts: Texts) -> str:
    entries = (f'<string name="{key}">{text}</string>' for key, text in texts.items())
    return f"<resources>{''.join(entries)}</resources>"


def apple(texts: Texts) -> str:
    return "".join(f'"{key}" = "{text}";\n' for key, text in texts.items())


def json_(texts: Texts) -> str:
    return "{" + ", ".join(f'"{key}": "{text}"' for key, text in texts.items()) + "}"


def toml(texts: Texts) -> str:
    return "".join(f'{key} = "{text}"\n' for key, text in texts.items())


def rails(texts: Texts, language: str = "en") -> str:
    return f"{language}:\n" + "".join(f'  {key}: "{text}"\n' for key, text in texts.items())


def of(name: str, text: str) -> Document:
    return read_as(Reading(choices=Choices(fields=("*",))), name, text.encode(), Path(name))


def originals(target: Document, source: Document) -> list[tuple[str, str]]:
    """What *target* has, and what that is a translation of."""
    both = beside(target, source)
    assert both.layout
    assert both.text == target.text
    return [(both.text[slice(*s.view)], s.original) for s in both.layout.segments]


def java(texts: Texts) -> str:
    return "".join(f"{key} = {text}\n" for key, text in texts.items())


def fluent(texts: Texts) -> str:
    return "".join(f"{key} =\n    {text}\n" for key, text in texts.items())


def dot_net(texts: Texts) -> str:
    entries = (f'<data name="{k}"><value>{text}</value></data>' for k, text in texts.items())
    return f"<root>{''.join(entries)}</root>"


WRITERS = {
    "strings.xml": android, "Localizable.strings": apple, "en.json": json_, "en.yml": rails, "a.properties": java, "a.resx": dot_net,
    "a.ftl": fluent,
    "a.toml": toml,
}  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_a_key_says_which_text_is_whose(name: str) -> None:
    """Whatever the order, and though each side has texts that the other lacks, which are told once."""
    write = WRITERS[name]
    source = of(name, write({"greet": "Hello %1", "bye": "Goodbye", "save": "Save it"}))
    target = of(name, write({"save": "Sichern", "new": "Neues", "greet": "Hallo %1"}))
    assert originals(target, source) == [
        ("Sichern", "Save it"),
        ("Neues", ""),
        ("Hallo %1", "Hello %1"),
    ]
    layout = beside(target, source).layout
    assert layout
    assert layout.unmatched == (
        f"1 of its keys is not in {name}: 'new'.",
        f"1 of the keys in {name} has no text in it: 'bye'.",
    )


@pytest.mark.parametrize("name", WRITERS)
def test_files_without_a_common_key_are_not_laid_beside_one_another(name: str) -> None:
    write = WRITERS[name]
    with pytest.raises(DocumentProblem, match=f"no key of it is in {name}"):
        beside(of(name, write({"a": "Eins"})), of(name, write({"b": "One"})))


def test_the_language_that_all_keys_of_a_file_are_under_is_none_of_them() -> None:
    source, target = rails({"bye": "Goodbye"}), rails({"bye": "Tschüss"}, "de")
    assert originals(of("de.yml", target), of("en.yml", source)) == [("Tschüss", "Goodbye")]
    under = '{{"{}": {{"bye": "{}"}}}}'
    source, target = under.format("en", "Goodbye"), under.format("pt-BR", "Adeus")
    assert originals(of("pt.json", target), of("en.json", source)) == [("Adeus", "Goodbye")]


PLURALS = {
    "a.toml": '[days]\n{} = "{}"\nother = "{}"\n',
    "a.ftl": "days = {{ $n ->\n    [{}] {}\n   *[other] {}\n  }}\n",
    "strings.xml": (
        '<resources><plurals name="days"><item quantity="{}">{}</item><item quantity="other">{}</item>'
        "</plurals></resources>"
    ),
    "en.json": '{{"days_{}": "{}", "days_other": "{}"}}',
    "en.yml": 'days:\n  {}: "{}"\n  other: "{}"\n',
}


@pytest.mark.parametrize("name", PLURALS)
def test_a_form_for_a_quantity_that_the_source_does_not_tell_from_others(name: str) -> None:
    write = PLURALS[name].format
    source = of(name, write("one", "a day", "%d days"))
    target = of(name, write("few", "%d dny", "%d dní"))
    assert originals(target, source) == [("%d dny", "%d days"), ("%d dní", "%d days")]
    layout = beside(target, source).layout
    assert layout
    quantities = [(segment.plural, segment.quantity) for segment in layout.segments]
    assert quantities == [("%d days", "few"), ("%d days", "other")]
    assert not layout.unmatched


def test_a_key_that_only_ends_as_a_form_does_is_none() -> None:
    source, target = json_({"pick_one": "Pick one"}), json_({"pick_one": "Wähl eins"})
    layout = beside(of("de.json", target), of("en.json", source)).layout
    assert layout
    assert [(segment.plural, segment.quantity) for segment in layout.segments] == [("", "")]


def array(*items: str) -> str:
    return (
        f'<string-array name="a">{"".join(f"<item>{item}</item>" for item in items)}</string-array>'
    )


@pytest.mark.parametrize(
    ("items", "wanted"),
    [(("Eins", "Zwei"), ["One", "Two", "Hello"]), (("Eins",), ["", "Hello"])],
)
def test_members_of_lists_are_counterparts_where_there_are_as_many(
    items: tuple[str, ...], wanted: list[str]
) -> None:
    greeting = '<string name="b">{}</string>'.format
    source = f"<resources>{array('One', 'Two')}{greeting('Hello')}</resources>"
    target = f"<resources>{array(*items)}{greeting('Hallo')}</resources>"
    pairs = originals(of("strings.xml", target), of("strings.xml", source))
    assert [original for _, original in pairs] == wanted


def bundle(locale: str, greeting: str) -> str:
    about = '"@greet": {"description": "On the first page", "placeholders": {"n": {"example": 1}}}'
    return f'{{"@@locale": "{locale}", "greet": "{greeting}", {about}}}'


def test_of_a_resource_bundle_of_flutter_the_texts_are_read_and_not_what_is_said_of_them() -> None:
    of_arb = [
        read_as(Reading(), f"a_{locale}.arb", bundle(locale, text).encode(), Path("a.arb"))
        for locale, text in (("de_AT", "Grüß Gott, {n}"), ("en", "Hello {n}"))
    ]
    assert originals(*of_arb) == [("Grüß Gott, {n}", "Hello {n}")]
    layout = of_arb[0].layout
    assert layout
    assert [(one.label, one.language) for one in layout.segments] == [("greet", "de-AT")]


def test_values_without_keys_go_by_their_places() -> None:
    source, target = '{"t": "One"}\n{"t": "Two"}\n', '{"t": "Eins"}\n{"t": "Zwei"}\n'
    pairs = originals(of("t.jsonl", target), of("s.jsonl", source))
    assert pairs == [("Eins", "One"), ("Zwei", "Two")]
