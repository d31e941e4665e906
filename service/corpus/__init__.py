"""Folders of files in, Documents and a report of every file out."""
