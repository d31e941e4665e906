"""A question and its history in, an Answer out: understanding, ranking, evidence, citations, and honest silence."""
