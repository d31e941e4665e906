"""Requests in, pages and JSON out."""
