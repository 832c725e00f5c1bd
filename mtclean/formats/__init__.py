"""Where the prose of a file is: one module for each format, from the file's text to a :class:`Layout`.

A reader never makes the file anew.  It says which code points of the file are prose, and what was
changed in them is written back into the file as it was.  Nothing here opens a file or knows of bytes,
but for the archives.
"""

from mtclean.formats.format import NO_CHOICES, Archive, Asked, Choices, Format, Sources, Unreadable
from mtclean.formats.layout import Builder, Layout, Segment, Source

__all__ = [
    "NO_CHOICES",
    "Archive",
    "Asked",
    "Builder",
    "Choices",
    "Format",
    "Layout",
    "Segment",
    "Source",
    "Sources",
    "Unreadable",
]
