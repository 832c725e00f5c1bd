"""Random histories of a text, and one written by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from mtclean.report.record import Record, RunSignature, Source, Unchecked, record_of
from mtclean.text import (
    Applicability,
    Edit,
    Finding,
    Fix,
    Passage,
    Severity,
    Span,
    Trail,
    replacing,
    rule,
)

SOURCE = Source("letter.txt", "0" * 64, language="en")
RUN = RunSignature("0.1.0", "abc", {"ftfy": "6.3.1"}, {"grammar": False})

# Line ends of every kind, what HTML, JSON and terminals trip over, and astral characters.
_ALPHABET = "ab  .,\n\n\r\t<>&\"'“”😀é\u2028\u202e\x00\x1b\x85\xa0\u200d\ufeff\udc80"

texts = st.text(st.sampled_from(_ALPHABET), max_size=60) | st.text(max_size=40)
bits = st.text(st.sampled_from(_ALPHABET), max_size=4)


@st.composite
def edit_lists(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits of *text* in order that do not overlap, no two insertions at one place."""
    bounds = draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    edits: list[Edit] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=False):
        if not edits or (start, end) != (edits[-1].start, edits[-1].end):
            edits.append(Edit(start, end, draw(bits)))
    return edits


@st.composite
def trails(draw: st.DrawFn, max_layers: int = 3) -> Trail:
    """A text with layers of fixes made, fixes held and findings noted on each layer."""
    trail = Trail(draw(texts))
    for layer in range(draw(st.integers(0, max_layers))):
        stage = f"stage{layer}"
        trail.make(stage, _fixes(draw, trail.text, Applicability.SAFE))
        for _ in range(draw(st.integers(1, 2))):  # of two rules, whose suggestions may clash
            trail.hold(stage, _fixes(draw, trail.text, Applicability.SUGGESTED))
        bounds = draw(st.lists(st.integers(0, len(trail.text)), max_size=6))
        trail.note(
            stage,
            [
                Finding(
                    Span(*sorted(pair)),
                    "look <here>",
                    draw(st.sampled_from(Severity)),
                    "fluency.style",
                    draw(st.sampled_from(["test.known", "languagetool.SOME_RULE"])),
                    ("so", "or <so>"),
                )
                for pair in zip(bounds[::2], bounds[1::2], strict=False)
            ],
        )
    return trail


def _fixes(draw: st.DrawFn, text: str, applicability: Applicability) -> list[Fix]:
    edits = draw(edit_lists(text))
    size = draw(st.integers(1, 2))
    return [
        Fix(tuple(edits[i : i + size]), "because", applicability, "test.known")
        for i in range(0, len(edits), size)
    ]


def known_rule(passage: Passage) -> list[Fix]:
    """Something is wrong & known.

    It is <b>bad</b>.
    """
    return []


RULES = {"test.known": rule("test.known", "fluency.typography")(known_rule)}


def record_for(trail: Trail, source: Source = SOURCE) -> Record:
    return record_of(trail, source, RUN, rules=RULES)


records = trails().map(record_for)

LETTER = (
    "Dear Sir,\n\nI came late.The train stood still.I am sorry for it ,as you know.\n\n"
    "He said ”wait here“ and went.It was the the end.\nBest, <Anna>\n"
)


def letter() -> Record:
    """A short letter with what a real run leaves: changes of two stages, a pair, a suggestion."""
    trail = Trail(LETTER)
    opened = [LETTER.index(s) + 1 for s in (".The", ".I am", ".It")]
    stray = LETTER.index(" ,as")
    made = [replacing(at, at, " ", "A space follows the end of a sentence.") for at in opened]
    made.append(replacing(stray, stray + 2, ", ", "A space follows the comma, none precedes it."))
    trail.make("normalize", [_by("spacing.sentence", fix) for fix in made])
    first = trail.text.index("”")
    second = trail.text.index("“")
    pair = Fix(
        (Edit(first, first + 1, "“"), Edit(second, second + 1, "”")), "The pair opens with “."
    )
    trail.make("quotes", [_by("quotes.pair", pair)])
    twice = trail.text.index("the the")
    trail.hold(
        "artifacts",
        [
            _by(
                "repetition.word", replacing(twice, twice + 4, "", "The word is doubled.")
            ).suggested()
        ],
    )
    trail.note(
        "artifacts",
        [
            Finding(
                Span(twice, twice + 7),
                "“the” twice",
                Severity.MAJOR,
                "fluency.x",
                "repetition.word",
            ),
            Finding(
                Span(0, 8), "A stiff greeting", Severity.NEUTRAL, "style.x", "languagetool.STIFF"
            ),
        ],
    )
    return record_of(
        trail,
        Source("letter.txt", "0" * 64, language="en"),
        RUN,
        [Unchecked("grammar", Span(0, 9), "LanguageTool took longer than 60 s")],
        ["the encoding is a guess"],
        ["normalize", "quotes", "artifacts", "grammar"],
        RULES,
    )


def _by(rule: str, fix: Fix) -> Fix:
    return Fix(fix.edits, fix.reason, fix.applicability, rule)
