"""A translation is compared with its source where its file has both: what is said is placed, kept and shown as all is."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from mtclean.documents import Document, beside
from mtclean.documents import document as document_of
from mtclean.documents.document import read_as
from mtclean.documents.formats import Reading, SourceFormat
from mtclean.formats import Choices
from mtclean.pipeline import stages, steps
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.pairs import units_of
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.single import through_the_stages
from mtclean.report import edits_json, sarif, summary_of, text_lines
from mtclean.report.record import Record
from mtclean.rules.bilingual.pair import Pair
from mtclean.rules.bilingual.rule import PairRule, RowsRule, pair_rule, rows_rule
from mtclean.rules.registry import Registry
from mtclean.text import Decision, Finding, Fix, Level, Policy, Severity, Span, Trail, Verdict
from mtclean.text.model import Edit

PO = """msgid ""
msgstr "Language: de\\n"

msgid "The bridge opened in 1971."
msgstr "Die Brücke wurde 1917 eröffnet."

msgid "See {link} for the hours of the ferry."
msgstr "Die Zeiten der Fähre stehen unter { link }."

#, fuzzy
msgid "Closed in 1988."
msgstr "Geschlossen 1898."
"""


@pair_rule("year-changed", "accuracy.date", severity=Severity.MAJOR)
def year_changed(pair: Pair) -> Iterator[Finding]:
    """A year is another one."""
    for place in ("1971", "1988"):
        at = pair.source.text.find(place)
        if at >= 0 and place not in pair.target.text:
            wrong = pair.target.text.find("1")
            span = Span(wrong, wrong + len(place))
            yield Finding(
                span, "The year is another one.", Severity.MAJOR, suggestions=(place,),
                source=Span(at, at + len(place)),
            )  # fmt: skip


@pair_rule("placeholder-spaced", "fluency.markup.spaced")
def placeholder_spaced(pair: Pair) -> Iterator[Fix]:
    """A placeholder got spaces."""
    at, original = pair.target.text.find("{ link }"), pair.source.text.find("{link}")
    if at >= 0 and original >= 0:
        edits = (Edit(at + 1, at + 2, ""), Edit(at + 6, at + 7, ""))
        yield Fix(edits, "It has no spaces.", source=Span(original, original + len("{link}")))


@rows_rule("units-counted", "style.count", opt_in=True)
def units_counted(pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
    """It counts."""
    yield len(pairs) - 1, Finding(Span(0, 1), f"{len(pairs)} units, {pairs[0].languages}")


class OfTwoTexts(Registry):
    """mtclean's rules of one text, and these three of two."""

    bilingual: tuple[PairRule | RowsRule, ...] = (year_changed, placeholder_spaced, units_counted)  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[Registry], tuple[()]]:
        return OfTwoTexts, ()


OPTIONS = Options(grammar=False, registry=OfTwoTexts())


def document(text: str = PO, name: str = "ferry.po", **choices: object) -> Document:
    reading = Reading(choices=Choices(**choices))  # type: ignore[arg-type]
    return read_as(reading, name, text.encode(), PurePath(name))


def record_of(read: Document, options: Options = OPTIONS, *decisions: Decision) -> Record:
    taken = {decision.id: decision for decision in decisions}
    return account(through_the_stages(read, options, None, taken)[0])


def test_what_is_said_of_a_pair_is_placed_on_the_target_and_in_the_source() -> None:
    record = record_of(document())
    (finding,) = [one for one in record.findings if one.stage == "compare"]
    assert finding.excerpt == "1917"
    assert finding.source
    assert finding.source.text == "The bridge opened in 1971."
    assert finding.source.text[slice(*finding.source.place or ())] == "1971"
    (fix,) = record.applied
    assert fix.source
    assert fix.source.text[slice(*fix.source.place or ())] == "{link}"
    assert record.stages == ("normalize", "artifacts", "compare")


def test_a_safe_fix_reaches_the_file_though_it_is_in_a_placeholder() -> None:
    work, _ = through_the_stages(document(), OPTIONS, None)
    assert cleaned_bytes(work).decode() == PO.replace("{ link }", "{link}")


def test_a_settled_unit_is_not_compared() -> None:
    assert all(
        "1988" not in (f.source.text if f.source else "") for f in record_of(document()).findings
    )


def test_all_views_show_the_source() -> None:
    record = record_of(document())
    said = json.loads(edits_json.write(record))
    assert said["findings"][0]["source"] == {
        "text": "The bridge opened in 1971.",
        "place": [21, 25],
    }
    assert edits_json.read(edits_json.write(record), record.original) == replace(
        record, layout=None
    )
    related = [
        r.get("relatedLocations") for r in json.loads(sarif([(record, "")]))["runs"][0]["results"]
    ]
    assert any(one and "1971" in one[0]["message"]["text"] for one in related)
    assert any("(in the source: 1971)" in line for line in text_lines(record))


def test_what_is_major_weighs_as_such() -> None:
    heavy = summary_of(record_of(document())).score
    light = summary_of(record_of(document(PO.replace("1917", "1971")))).score
    assert heavy is not None
    assert light is not None
    assert heavy < light


def test_settings_turn_rules_of_two_texts_off_and_on() -> None:
    for policy in (Policy(ignored=frozenset({"accuracy"})), Policy((("year-changed", Level.OFF),))):
        assert not [
            f
            for f in record_of(document(), replace(OPTIONS, policy=policy)).findings
            if f.stage == "compare"
        ]
    suggest = replace(OPTIONS, policy=Policy((("fluency.markup.spaced", Level.SUGGEST),)))
    assert not record_of(document(), suggest).applied
    counted = replace(OPTIONS, policy=Policy(selected=frozenset({"units-counted"})))
    (finding,) = record_of(document(), counted).findings
    assert finding.message == "2 units, ('en', 'de')"


def test_a_decision_on_a_pair_outlives_the_run() -> None:
    first = record_of(document())
    (finding,) = [one for one in first.findings if one.stage == "compare"]
    (fix,) = first.applied
    chosen = Decision(finding.id, Verdict.ACCEPT, finding.rule, replacement="1971")
    refused = Decision(fix.id, Verdict.REJECT, fix.rule)
    again = record_of(document("# A remark.\n" + PO), OPTIONS, chosen, refused)
    assert "1971 eröffnet" in again.cleaned()
    assert "{ link }" in again.cleaned()
    assert not again.stale
    alone = read_as(
        Reading(), "ferry.txt", b"A text without a source, by the ferry.\n", PurePath("a.txt")
    )
    assert not record_of(alone, OPTIONS, chosen).stale, "the rule was not asked"


def test_a_file_without_sources_is_as_it_was() -> None:
    read = read_as(
        Reading(),
        "a.txt",
        b"The ferry leaves at noon, and it comes back at six.\n",
        PurePath("a.txt"),
    )
    assert record_of(read).stages == ("normalize", "artifacts")
    request = steps.detect_artifacts(steps.normalize(pickle.dumps(draft(read, OPTIONS))))
    assert not request.has_pairs


def test_a_worker_does_the_same() -> None:
    request = steps.detect_artifacts(steps.normalize(pickle.dumps(draft(document(), OPTIONS))))
    assert request.has_pairs
    assert "{link}." in steps.compare(request.parcel).text


XLIFF = """<xliff version="1.2"><file source-language="en" target-language="pt-br"><body><trans-unit id="1">
<source>The ferry leaves at noon.</source><target>A balsa parte ao meio-dia.</target></trans-unit></body></file></xliff>"""
TMX = """<tmx version="1.4"><header srclang="en-GB"/><body><tu><tuv xml:lang="en-GB"><seg>The ferry leaves at noon.</seg></tuv>
<tuv xml:lang="zh-hant"><seg>渡輪中午開出。</seg></tuv></tu></body></tmx>"""
TABLE = "en\tde\nThe ferry leaves at noon.\tDie Fähre fährt am Mittag.\n"


@pytest.mark.parametrize(
    ("name", "text", "choices", "languages"),
    [
        ("a.po", PO, {}, ("en", "de")),
        ("a.xlf", XLIFF, {}, ("en", "pt-BR")),
        ("a.tmx", TMX, {}, ("en-GB", "zh-Hant")),
        ("a.tsv", TABLE, {"columns": ("de",), "originals": (("de", "en"),)}, ("en", "de")),
    ],
)
def test_languages_are_the_file_s_or_told_from_all_of_it(
    name: str, text: str, choices: dict[str, object], languages: tuple[str, str]
) -> None:
    read = document(text, name, **choices)
    first = units_of(read, Trail(read.text), ("", "de"))[0].pair
    assert first.languages == languages
    assert first.document == name
    assert first.name


def test_chinese_that_is_told_is_in_the_characters_of_the_file() -> None:
    read = document(
        'msgid "The ferry leaves at noon."\nmsgstr "渡輪中午從碼頭開出，請準時到達。"\n'
    )
    (unit,) = units_of(read, Trail(read.text), ("en", "zh"))
    assert unit.pair.target.language == "zh-Hant"


RAIN = "Rain fell on the harbour all night long."
COUNCIL = "The council voted on Monday to build a new bridge over the river near the old mill, and the mayor welcomed it."


@pytest.mark.parametrize(
    ("target", "source", "kept"),
    [
        (f"{RAIN} {RAIN} It was cold.\n", "Es regnete. Es war kalt.\n", True),
        (f"{COUNCIL}\nAll went home.\n{COUNCIL}\n", "Der Rat.\nAlle gingen.\nDer Rat.\n", False),
    ],
)
def test_what_is_said_twice_in_one_unit_is_the_translation_s(
    target: str, source: str, kept: bool
) -> None:
    """In two units it is what the source says twice, too."""
    alone = document_of("t.txt", target.encode())
    both = beside(alone, document_of("s.txt", source.encode()))
    assert [has_duplicate(record_of(one)) for one in (alone, both)] == [True, kept]


def has_duplicate(record: Record) -> bool:
    return any(one.rule == "duplicate-passage" for one in record.items)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_beside_a_source_is_written_as_it_is_alone(encoding: str) -> None:
    """In its encoding, or where that lacks a sign in UTF-8."""
    text = 'The café is small .It is “blue”,and old.\r\nThe façade is "red" - they say.It is so.'
    alone = document_of("t.txt", text.encode(encoding))
    both = beside(alone, document_of("s.txt", b"Eins.\nZwei.\n"))
    written = [cleaned_bytes(through_the_stages(one, OPTIONS, None)[0]) for one in (alone, both)]
    assert written[0] == written[1] != alone.data


def test_of_torn_markup_that_the_source_mends_nothing_else_is_said() -> None:
    text = PO.replace("{ link }", "% (link)s").replace("{link}", "%(link)s")
    record = record_of(document(text), Options(grammar=False))
    said = [item.rule for item in record.asked if item.category.startswith("fluency.markup")]
    assert said == ["placeholder-mismatch"]


def test_an_untranslated_sentence_is_one_mistake() -> None:
    """It is seen from the text alone, too; beside its source it is said once, and of the source."""
    german = "Die alte Fähre legt jeden Tag am Mittag vom Hafen ab und kehrt erst am Abend wieder zurück."
    english = "The harbour is small and quiet, and the people who live there have known the captain for years."
    alone = document_of("t.txt", f"{english}\n{german}\n{english}\n".encode())
    source = document_of(
        "s.txt", f"Der Hafen ist klein.\n{german}\nDer Hafen ist klein.\n".encode()
    )
    said = [
        {
            one.stage
            for one in record_of(read, Options(grammar=False)).findings
            if "untranslated" in one.rule
        }
        for read in (alone, beside(alone, source, ("de", "en")))
    ]
    assert said == [{"artifacts"}, {"compare"}]


def test_names_of_texts_are_no_sources() -> None:
    unit = "<trans-unit id='{0}'><source>{0}</source><target>{1}</target></trans-unit>"
    named = (
        ("flash.saved", "Der Eintrag „%name%“ von 1971 ist gespeichert."),
        ("btn_save", "Speichern"),
        ("btn_left", "btn_left"),
        ("Yes", "Ja"),
    )

    def xliff(units: Sequence[tuple[str, str]]) -> Document:
        body = "".join(unit.format(*one) for one in units)
        return document(
            "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file original='a' source-language='en'"
            f" target-language='de' datatype='plaintext'><body>{body}</body></file></xliff>",
            "ferry.xliff",
        )

    def compared(read: Document) -> list[str]:
        work, _ = through_the_stages(read, OPTIONS, None)
        return [one.pair.source.text for one in units_of(read, work.trail, ("en", "de"))]

    assert compared(xliff(named)) == ["btn_left", "Yes"]
    slots = [f.rule for f in record_of(xliff(named)).findings if f.excerpt == "%name%"]
    assert not slots, "a program's own placeholder"
    # One alone may be a file, or a word of the program, which is to stay.
    sentences = (("See ferry.txt now.", "Siehe."), ("Open it.", "Öffnen."), ("ferry.txt", "fähre"))
    assert compared(xliff(sentences)) == [source for source, _ in sentences]
    credits = ("translator-credits", "Ana Lima &lt;ana@example.org>, 2004\nTom Roe, 2012")
    assert compared(xliff((*sentences, credits))) == [source for source, _ in sentences]


def test_the_forms_of_a_plural_are_no_second_wording() -> None:
    """Polish has three where English has two, so that two of them have one source."""
    forms = ("Usunięto %d plik z portu", "Usunięto %d pliki z portu", "Usunięto %d plików z portu")
    entry = 'msgid "%d file was taken from the port"\nmsgid_plural "%d files were taken from the port"\n'
    entry += "".join(f'msgstr[{n}] "{form}"\n' for n, form in enumerate(forms))
    head = 'msgid ""\nmsgstr "Language: pl\\n"\n\n'
    record = record_of(document(head + entry, "gates.po"), Options(grammar=False))
    assert not [item for item in record.findings if item.rule == "source-in-two-ways"]


@pytest.mark.parametrize(("contexts", "told"), [("aa", ["Statek leży w porcie"]), ("ab", [])])
def test_what_a_program_uses_in_different_places_is_no_second_wording(
    contexts: str, told: list[str]
) -> None:
    messages = "".join(
        f"<context><name>{context}</name><message><source>The boat lies in the port</source>"
        f"<translation>{said}</translation></message></context>"
        for context, said in zip(
            contexts, ("Łódź stoi w porcie", "Statek leży w porcie"), strict=True
        )
    )
    catalogue = f'<TS version="2.1" language="pl" sourcelanguage="en">{messages}</TS>'
    read = read_as(Reading(SourceFormat.QT), "gates.ts", catalogue.encode(), Path("gates.ts"))
    record = record_of(read, Options(grammar=False))
    said = [item.excerpt for item in record.findings if item.rule == "source-in-two-ways"]
    assert said == told


def test_a_sign_that_is_code_keeps_its_space() -> None:
    page = document(
        "<p>Code after <code>!</code> is run by the shell , then read.</p>", "ferry.html"
    )
    work, _ = through_the_stages(page, OPTIONS, None)
    assert "after <code>!</code> is run by the shell, then" in cleaned_bytes(work).decode()


MESSAGES = (
    ("The :attribute is late.", "Das :attribute ist spät."),
    ("Choose an :attribute.", "Wähle ein : attribute."),
    ("The :attribute was lost.", "Es ging verloren."),
    ("Wait :minutes, please.", "Bitte warte :minutes."),
)


@pytest.mark.parametrize("shown", [MESSAGES, MESSAGES[2:]])
def test_placeholders_that_prose_may_have_are_known_by_the_other_sources(
    shown: tuple[tuple[str, str], ...],
) -> None:
    entries = "\n\n".join(f'msgid "{one}"\nmsgstr "{other}"' for one, other in shown)
    work = draft(document(f"{entries}\n"), Options(grammar=False, language="de"))
    work = stages.compare(stages.detect_artifacts(stages.normalize(work)))
    said = [placed.item.rule for placed in (*work.trail.held, *work.trail.findings)]
    many = shown is MESSAGES
    assert said.count("placeholder-mismatch") == (2 if many else 0)
    assert "space-before-punctuation" not in said or not many
