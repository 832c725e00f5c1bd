"""What people decide about a document's changes: read, kept, counted.

    decisions = read(text)            # of NAME.decisions.json, by id
    write(name, decisions)            # str: the file
    tally(decisions)                  # for each rule, how often it was right

How a decision finds its place again in the next run is :mod:`mtclean.text.decision`.
"""

from mtclean.review.files import UnreadableDecisions, document_of, read, write
from mtclean.review.precision import Precision, tally

__all__ = [
    "Precision",
    "UnreadableDecisions",
    "document_of",
    "read",
    "tally",
    "write",
]
