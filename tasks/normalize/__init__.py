"""Typography and spacing put right: one module a theme, one rule a defect."""

from tasks.normalize import quotes, sentences

RULES = (*quotes.RULES, *sentences.RULES)
