"""Every format with a reader.  A new one is a module and a line here."""

from __future__ import annotations

from mtclean.formats import (
    android,
    asciidoc,
    docx,
    epub,
    fluent,
    html,
    json_,
    markdown,
    odt,
    po,
    properties,
    qt,
    resx,
    rst,
    strings,
    subtitles,
    tables,
    tmx,
    toml_,
    xcstrings,
    xliff,
    yaml_,
)
from mtclean.formats.format import Format

FORMATS: tuple[Format, ...] = (
    tables.CSV,
    tables.TSV,
    android.FORMAT,
    asciidoc.FORMAT,
    docx.FORMAT,
    epub.FORMAT,
    fluent.FORMAT,
    html.FORMAT,
    json_.FORMAT,
    markdown.FORMAT,
    markdown.MDX,
    odt.FORMAT,
    po.FORMAT,
    properties.FORMAT,
    qt.FORMAT,
    resx.FORMAT,
    rst.FORMAT,
    strings.FORMAT,
    subtitles.FORMAT,
    tmx.FORMAT,
    toml_.FORMAT,
    xcstrings.FORMAT,
    xliff.FORMAT,
    yaml_.FORMAT,
)

BY_NAME = {known.name: known for known in FORMATS}
BY_ENDING = {ending: known for known in FORMATS for ending in known.endings}
