"""A file stays in its encoding: what that lacks is written as a reference, or left and pointed at."""

from __future__ import annotations

import pytest

from mtclean.documents.document import laid_out
from mtclean.formats.registry import BY_NAME
from mtclean.pipeline.account import account
from mtclean.pipeline.draft import Draft, draft
from mtclean.pipeline.options import Options
from mtclean.pipeline.save import cleaned_bytes
from mtclean.pipeline.stages import decide, detect_artifacts, normalize
from mtclean.text.decision import BY_HAND_RULE, Decision, Place, Verdict

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\n'
PO = 'msgid "x"\nmsgstr "Das Tor {} ist grün{}so heißt es."\n'


def work_on(name: str, data: bytes) -> Draft:
    document = laid_out("t", data, BY_NAME[name])
    return detect_artifacts(normalize(draft(document, Options(grammar=False))))


@pytest.mark.parametrize(
    ("name", "encoding", "text", "missing"),
    [
        ("po", "iso8859-1", HEADER.format("ISO-8859-1") + PO.format("&hellip;", "{}"), "…"),
        ("po", "iso8859-2", HEADER.format("iso-8859-2") + PO.format("&ldquo;", "{}"), "“"),
    ],
)  # fmt: skip
def test_what_the_encoding_lacks_is_left_and_pointed_at(
    name: str, encoding: str, text: str, missing: str
) -> None:
    """A catalogue says its charset in its header, and a tool reads it so: it must not become UTF-8."""
    work = work_on(name, text.replace("{}", " ,").encode(encoding))
    assert work.document.encoding_kept == encoding
    written = cleaned_bytes(work)
    assert written.decode(encoding).replace(", ", " ,") == text.replace("{}", " ,")
    assert ", " in written.decode(encoding)  # what can be written is
    why = f"the file is in {encoding}, which has no {missing}."
    assert any(one.item.message.endswith(why) for one in work.trail.findings)
    assert not [w for w in work.warnings if "UTF-8" in w and "saved" in w]


def test_nobody_can_put_in_what_the_encoding_lacks() -> None:
    work = work_on("po", (HEADER.format("iso-8859-1") + PO.format("hier", " ")).encode("latin-1"))
    place = Place("Das Tor ", "hier", " ist")
    decision = Decision("0" * 12, Verdict.WRITE, BY_HAND_RULE, "", "…", place=place)
    work.decisions = {decision.id: decision}
    assert cleaned_bytes(decide(work)) == work.document.data
    assert len(account(work).stale) == 1


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (HEADER.format("ISO-8859-15") + PO.format("€", " "), "iso8859-15"),
        (HEADER.format("CHARSET") + PO.format("", " "), "utf-8"),
        (HEADER.format("UTF-8") + PO.format("", " "), "utf-8"),
    ],
)
def test_a_catalogue_is_in_the_charset_of_its_header(data: str, encoding: str) -> None:
    decoded = laid_out("t", data.encode(encoding), BY_NAME["po"]).decoded
    assert (decoded.encoding, decoded.text, decoded.guessed) == (encoding, data, False)


@pytest.mark.parametrize(
    ("page", "bytes_in", "taken_for"),
    [
        ("<meta charset=iso-8859-1><p>It’s the café", "cp1252", "cp1252"),
        ('<meta content="text/html; charset=Shift_JIS"><p>門は閉じた', "cp932", "cp932"),
        ("<meta charset=windows-1251><p>Да", "cp1251", "cp1251"),
        ("<meta charset=ks_c_5601-1987><p>문은 닫혔다", "cp949", "cp949"),
        ("<meta charset=x-sjis><p>門は①閉じた", "cp932", "cp932"),
        ("<meta charset=windows-874><p>ประตูปิด", "cp874", "cp874"),
        ("<meta charset=tis-620><p>“ประตู” ปิด", "cp874", "cp874"),
        ("<meta charset=ISO_8859-1><p>It’s the café", "cp1252", "cp1252"),
        ("<meta charset=latin2><p>Brána je zavřená", "iso8859-2", "iso8859-2"),
        ("<meta charset=utf-7><p>It’s +the- café", "cp1252", "cp1252"),
        ("<meta charset=idna><p>It’s the café", "cp1252", "cp1252"),
        (r"<meta charset=unicode_escape><p>It’s the café in C:\new", "cp1252", "cp1252"),
        ("<meta charset=iso-8859-1><p>It’s the café", "utf-8", "utf-8"),
        ("<meta charset=euc-kr><p>It’s the café, or it’s not", "cp1252", "cp1252"),
    ],
)
def test_a_page_is_in_the_encoding_it_names_unless_its_bytes_are_not(
    page: str, bytes_in: str, taken_for: str
) -> None:
    decoded = laid_out("t", page.encode(bytes_in), BY_NAME["html"]).decoded
    assert (decoded.encoding.lower(), decoded.text) == (taken_for, page)


@pytest.mark.parametrize("name", ["html", "subs", "markdown"])
def test_an_old_encoding_is_no_spoilt_text(name: str) -> None:
    """Cyrillic of Windows that is taken for that of the West looks garbled: it would be mended into something else."""
    prose = "Ворота закрыты ,а сторож ушёл домой. Никто не знает, когда он вернётся."
    make = {"html": "<p>{}</p>\n", "subs": "1\n00:00:01,000 --> 00:00:02,000\n{}\n"}.get(
        name, "{}\n"
    )
    work = work_on(name, make.format(prose).encode("cp1251"))
    want = make.format(prose.replace(" ,а", ", а"))
    assert cleaned_bytes(work).decode("cp1251") == want
