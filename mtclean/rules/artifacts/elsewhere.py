"""Lines of a text that other pages of the same folder have, too: the site's, told by the batch and no list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtclean.rules.artifacts.furniture import furniture_runs, sizes_of
from mtclean.rules.artifacts.lines import without_line
from mtclean.rules.artifacts.written import Form, written_in
from mtclean.text import Fix, Passage, Span, known, rule

_OWN = re.compile(
    r"[-*•·▪#|>\[{<]|[\"“”‘'«„—–]|\d{1,3}[.)]\s|[^:\d]{1,40}:[\s~]*\d|(?:chapter|part|book|section)\b",
    re.IGNORECASE,
)
"""What begins lines that texts have in common of themselves: items, headings in Markdown, speech, facts, chapters."""
_PROSE = 20
"""Words of a line that is prose; the article is what lies between its first and its last that no other page has."""
_LONG = 8
"""Words of a line that is no heading or cry of the text's own."""
_HABIT = 0.5
"""A line in a larger share of the pages is the site's, wherever it stands."""
_FEWEST_PAGES = 4
"""From so many pages on a short one is, too."""


def lines_elsewhere(passage: Passage) -> frozenset[int]:
    """The numbers of the lines that are the site's by the evidence of the batch."""
    return _found(passage) if passage.batch.lines else frozenset()


@known
def _found(passage: Passage) -> frozenset[int]:
    if written_in(passage) is not Form.PLAIN:
        return frozenset()
    said = [passage.text[slice(*line)].strip() for line in passage.paragraphs]
    sizes = sizes_of(passage)
    pages = [0 if _OWN.match(line) else passage.batch.pages_with(line) for line in said]
    own = [n for n, size in enumerate(sizes) if size >= _PROSE and not pages[n]]
    if not own:
        return frozenset()
    headline = (
        max(range(own[0]), key=lambda n: sizes[n], default=-1) if all(pages[: own[0]]) else -1
    )
    return frozenset(
        n
        for n, many in enumerate(pages)
        if many
        and n != headline
        and (
            not own[0] < n < own[-1]
            or any(pages[max(0, n - 1) : n] + pages[n + 1 : n + 2])
            or (
                many > _HABIT * passage.batch.pages
                and (sizes[n] >= _LONG or passage.batch.pages >= _FEWEST_PAGES)
            )
        )
        and not passage.is_code(Span(*passage.paragraphs[n]))
    )


_STORY = "The boats came home on Friday with the best catch that the harbour has seen since the old quay was built by the town."
_OTHER = "The school will have a new roof before the winter, says the council, which has found the money in a drawer at last."
_MORE = "A ferry to the islands is planned for the spring, and two captains have said that they would sail it every morning."


@rule(
    "line-of-other-pages",
    "accuracy.addition.boilerplate",
    suggests=(
        (f"{_STORY}\n\nThe Quay, est. by the fishermen", _STORY),
        (f"{_STORY}\n\nRing us on Mondays\nThe Quay, est. by the fishermen", _STORY),
        (f"Read on paper\n\nBoats come home\n\n{_STORY}", f"Boats come home\n\n{_STORY}"),
    ),
    leaves=(
        f"{_STORY}\n\nThe Harbour, by night",
        f"Boats come home\n\n{_STORY}\n\nIt rains.\n\n{_STORY}",
        f"{_STORY}\n\n“Good,” he said.",
        f"{_STORY}\n\nPrice: 3 crowns",
        f"Chapter 3\n\n{_STORY}",
        f"Boats\n\n{_STORY}",
        f"# Boats\n\n{_STORY}\n\n## Ring us on Mondays\n\n- [Home](/)\n- [Boats](/boats)",
    ),
    others=(
        f"Boats\n\n{_OTHER}\n\nRing us on Mondays\nThe Quay, est. by the fishermen\nPrice: 2 crowns",
        f"Chapter 1\n\nRead on paper\n\n{_MORE}\n\nIt rains.\n\n{_MORE}\n\n“Good,” he said.\n\nThe Quay, est. by the fishermen",
    ),
)
def line_of_other_pages(passage: Passage) -> Iterator[Fix]:
    """A line stands on other pages of the same folder, too: it is the site's and not the article's.

    What a site puts round all its articles (menu, notice, teaser, address) no list can know, but whoever has two of
    its pages sees it.  Lines are compared by their words, whatever the case, the marks and the numbers.

    Left alone: what stands alone between the article's own paragraphs, unless most documents have it; the headline; items,
    speech, facts (*Price: 3 crowns*), the headings of chapters; texts in Markdown or HTML; and what only copies of the
    document have.  Where a document stands alone, name others with `--evidence`.
    """
    as_one = {number for run in furniture_runs(passage) for number in run}
    for number in sorted(lines_elsewhere(passage) - as_one):
        line = passage.text[slice(*passage.paragraphs[number])].strip()
        many, pages = passage.batch.pages_with(line), passage.batch.pages
        yield without_line(
            passage,
            number,
            f"“{line[:60]}” stands in {many} of {pages} documents: it is the site's, not the article's; delete the line.",
        )


RULES = (line_of_other_pages,)
