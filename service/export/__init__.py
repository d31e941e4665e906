"""Answers in, files that a person takes away out: Word, Markdown, JSON."""
