"""Every format with a reader.  A new one is a module and a line here."""

from __future__ import annotations

from mtclean.formats import docx, html, json_, markdown, po, subtitles, tables, tmx, xliff
from mtclean.formats.format import Format

FORMATS: tuple[Format, ...] = (
    tables.CSV,
    tables.TSV,
    docx.FORMAT,
    html.FORMAT,
    json_.FORMAT,
    markdown.FORMAT,
    markdown.MDX,
    po.FORMAT,
    subtitles.FORMAT,
    tmx.FORMAT,
    xliff.FORMAT,
)

BY_NAME = {known.name: known for known in FORMATS}
BY_ENDING = {ending: known for known in FORMATS for ending in known.endings}
