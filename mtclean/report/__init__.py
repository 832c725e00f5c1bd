"""Account for what was done to a document, and show it: one record, many views.

    record = record_of(trail, source, run, unchecked, warnings, rules)
    edits_json.write(record)          # str: NAME.edits.json
    edits_json.read(text, original)   # the record again
    unified_diff(record)              # bytes: NAME.diff, for patch
    html_report(record)               # str: NAME.report.html
    sarif([(record, path)])           # str: for code-review tools
    critic.write(record)              # str: CriticMarkup; critic.read gives both texts back
    docx(record)                      # bytes: Word, with tracked changes
    marked_text(record)               # a rich text of the whole, changes in place
    batch_page(rows)                  # str: index.html
    open_page(documents)              # str: all that is open in a batch, for the review server
    text_lines(record)                # lines of mtclean check
    json_lines(record)                # the same for programs
    workflow_commands(record)         # the same for GitHub Actions
    summary_table(rows)               # a rich table of (summary_of(record), path of its report)
    markdown_summary(rows)            # the same rows as a Prefect artifact

Everything is a pure function of its arguments: no clock, no path, no locale.
"""

from mtclean.report import critic, edits_json
from mtclean.report.batch import Row, batch_page, worst_first
from mtclean.report.coverage import GRAMMAR, unchecked_by_rules
from mtclean.report.docx import docx
from mtclean.report.github import workflow_commands
from mtclean.report.html import Body, Navigation, Rest, body_of, html_report, report_parts
from mtclean.report.markdown import markdown_summary
from mtclean.report.open_items import OpenDocument, open_page
from mtclean.report.record import Record, RunSignature, Source, Unchecked, in_the_file, record_of
from mtclean.report.sarif import sarif
from mtclean.report.summary import Summary, badness, summary_of
from mtclean.report.terminal import json_lines, marked_text, summary_table, text_lines
from mtclean.report.unified import unified_diff

__all__ = [
    "GRAMMAR",
    "Body",
    "Navigation",
    "OpenDocument",
    "Record",
    "Rest",
    "Row",
    "RunSignature",
    "Source",
    "Summary",
    "Unchecked",
    "badness",
    "batch_page",
    "body_of",
    "critic",
    "docx",
    "edits_json",
    "html_report",
    "in_the_file",
    "json_lines",
    "markdown_summary",
    "marked_text",
    "open_page",
    "record_of",
    "report_parts",
    "sarif",
    "summary_of",
    "summary_table",
    "text_lines",
    "unchecked_by_rules",
    "unified_diff",
    "workflow_commands",
    "worst_first",
]
