"""What people decide about a document's changes: read, kept, counted.

    decisions = read(text)            # of NAME.decisions.json, by id
    changed(before, changes)          # with what one page sends: decisions, and what is taken back
    changes_of(text)                  # of an exported file: what its reader decided and took back
    merged(before, [mine, yours])     # one set of decisions, and where two people disagree
    write(name, decisions)            # str: the file
    tally(decisions)                  # for each rule, how often it was right

How a decision finds its place again in the next run is :mod:`mtclean.text.decision`.
"""

from mtclean.review.files import UnreadableDecisions, changed, changes_of, document_of, read, write
from mtclean.review.merging import Merged, merged
from mtclean.review.precision import Precision, tally

__all__ = [
    "Merged",
    "Precision",
    "UnreadableDecisions",
    "changed",
    "changes_of",
    "document_of",
    "merged",
    "read",
    "tally",
    "write",
]
