"""Verdicts made by hand keep their place, and take what is real out of the count without making it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.artifacts import macro_f1
from benchmarks.judged import Place, Tally, Verdict, key, tallies, verdicts

QUOTE = "fluency.punct.quote"
TEXT = "They spoke of the “old lamp and of much else, and nobody knew what they had meant by that. “Yes."
FIRST, LATER = (Place(at, at + 1, QUOTE) for at in (18, TEXT.rindex("“")))


def test_a_copy_of_a_place_has_its_verdict_and_another_category_has_not() -> None:
    far = "It rained for two whole days. " + TEXT
    assert key(far + far, Place(48, 49, QUOTE)) == key(
        far + far, Place(48 + len(far), 49 + len(far), QUOTE)
    )
    assert key(TEXT, FIRST) != key(TEXT, FIRST._replace(category="fluency.punct.spacing"))


def test_what_was_judged_real_is_left_out_and_what_nobody_judged_is_wrong() -> None:
    said = {key(TEXT, FIRST): Verdict.REAL}
    unknown = Place(0, 4, QUOTE)
    rows = [(TEXT, [FIRST, LATER, unknown], [LATER])]
    tally = tallies(rows, said)[QUOTE]
    assert tally == Tally(found=3, labelled=1, real=1, false=0)
    assert (tally.unjudged, tally.precision) == (1, 0.5)
    assert tallies(rows, {})[QUOTE].precision == pytest.approx(1 / 3)


def test_a_label_of_the_category_is_right_whatever_was_judged() -> None:
    said = {key(TEXT, FIRST): Verdict.FALSE}
    assert tallies([(TEXT, [FIRST], [FIRST])], said)[QUOTE].precision == 1


def test_a_file_of_verdicts_is_read_strictly(tmp_path: Path) -> None:
    page = tmp_path / "judged.tsv"
    page.write_text("# ours\nab12\treal\tthe mark faces the wrong way\n", "utf-8")
    assert verdicts(page) == {"ab12": Verdict.REAL}
    for wrong in ("ab12\tmaybe\tso\n", "ab12\treal\n", "ab12\treal\tso\nab12\tfalse\tno\n"):
        page.write_text(wrong, "utf-8")
        with pytest.raises(ValueError, match="line"):
            verdicts(page)


@pytest.mark.parametrize("name", ["judged.tsv", "judged_languages.tsv", "judged_pairs.tsv"])
def test_our_own_verdicts_can_be_read(name: str) -> None:
    assert verdicts(Path(__file__).parents[3] / "benchmarks" / name)


def test_the_mean_of_f1_leaves_pronouns_and_unlabelled_categories_out() -> None:
    whole = {"gold": 2, "precision": 1.0, "recall": 1.0}
    figures = {
        "a": whole,
        "b": {"gold": 2, "precision": 0.5, "recall": 0.5},
        "missed": {"gold": 1, "precision": None, "recall": 0.0},
        "unlabelled": {"gold": 0, "precision": 0.0, "recall": None},
        "fluency.pronoun": {"gold": 3, "precision": 0.1, "recall": 0.1},
    }
    assert macro_f1({"categories": figures}) == pytest.approx(0.5)
