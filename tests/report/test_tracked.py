"""What people decided under their names, in the Word document of a review."""

from __future__ import annotations

import re

from mtclean.documents.document import laid_out
from mtclean.formats.docx import FORMAT
from mtclean.pipeline.account import account
from mtclean.pipeline.options import Options
from mtclean.pipeline.single import through_the_stages
from mtclean.report import Record
from mtclean.report.tracked import tracked_docx
from mtclean.text import Decision, Verdict
from tests.formats.word import members, run, word

OPTIONS = Options(grammar=False, language="en")
LETTER = word(
    f"<w:p>{run('They came late.. Then they went home to eat.It was the the gate.')}</w:p>"
)


def recorded(decisions: dict[str, Decision]) -> tuple[Record, bytes]:
    read = laid_out("letter.docx", LETTER, FORMAT)
    return account(through_the_stages(read, OPTIONS, None, decisions)[0]), LETTER


def test_the_document_says_who_decided_and_when() -> None:
    offered = recorded({})[0]
    stop = next(fix for fix in offered.held if ".." in fix.edits[0].before)
    word_ = next(item for item in offered.fixes if item.rule == "doubled-word")
    ada = ("Is it so?", "Ada", "2026-11-26T10:30:00.000+01:00")
    decisions = {
        stop.id: Decision(stop.id, Verdict.ACCEPT, stop.rule, "", "", False, *ada),
        word_.id: Decision(word_.id, Verdict.REJECT, word_.rule, by="Ben", at="yesterday"),
    }
    made = members(tracked_docx(*recorded(decisions), "2026-11-27T00:00:00Z"))
    body, comments = made["word/document.xml"], made["word/comments.xml"]
    theirs = re.findall(r'<w:(?:ins|del) [^>]*w:author="Ada" w:date="2026-11-26T09:30:00Z"', body)
    assert theirs
    assert 'w:author="mtclean" w:date="2026-11-27T00:00:00Z"' in body
    said = dict(re.findall(r'w:author="(Ada|Ben)".*?<w:t[^>]*>(.*?)</w:t>', comments))
    assert said == {"Ada": "Accepted: Is it so?", "Ben": "Rejected"}
