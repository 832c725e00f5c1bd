"""Account for what was done to a document, and show it: one record, many views."""
