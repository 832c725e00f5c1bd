"""Every format with a reader.  A new one is a module and a line here."""

from __future__ import annotations

from mtclean.formats import docx, html, json_, markdown, po, subtitles, tables, tmx, xliff
from mtclean.formats.format import Format

FORMATS: tuple[Format, ...] = (
    docx.FORMAT,
    html.FORMAT,
    markdown.FORMAT,
    markdown.MDX,
    po.FORMAT,
    subtitles.FORMAT,
    tmx.FORMAT,
    xliff.FORMAT,
)

ASKED = (tables.CSV, tables.TSV, json_.FORMAT)
"""Formats of which somebody has to say what is prose: no command asks yet, so they are not found by an ending."""

BY_NAME = {known.name: known for known in (*FORMATS, *ASKED)}
BY_ENDING = {ending: known for known in FORMATS for ending in known.endings}
